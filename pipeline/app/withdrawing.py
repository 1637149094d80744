"""A notice to everyone who has a text that is not to be used any more."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from pipeline.app import catalogues, deliveries, distributing, partners, published, releases, renaming, witnesses
from pipeline.app.deliveries import Password
from pipeline.app.distributing import Distribution
from pipeline.app.records import Records
from pipeline.app.releases import PresentTexts
from pipeline.app.session import Session, codes, some
from pipeline.app.witnesses import Consent
from pipeline.distribution import details, holdings, ledger, planning, release, verification
from pipeline.distribution.holdings import Recall
from pipeline.distribution.ledger import Ledger
from pipeline.distribution.ledger.decisions import Withdrawn
from pipeline.distribution.ledger.delivery import FETCHED, DeliveryKind, LedgerEntry
from pipeline.distribution.reasons import kept, typed
from pipeline.distribution.release import Release
from pipeline.errors import DeliveryError, PipelineError, UsageError
from pipeline.publication import Published, Standing
from pipeline.workspace import places

NOBODY = "nobody has these texts, or has them without the notice: there is nobody to notify"


def withdraw(
    session: Session,
    document_id: str,
    reasons: Sequence[str],
    languages: Sequence[str] | None = None,
    *,
    send: bool = False,
    password: Password | None = None,
    consent: Consent = witnesses.NONE,
    private: bool = False,
) -> Distribution:
    """Withdraw the texts of a document: with `send`, tell everyone who has them, and distribute them no more.

    `reasons` are as `reasons.typed` reads them. Raises UsageError when none of the texts was ever sent or released in
    the languages asked for.
    """
    reason = typed(reasons, session.config.all_languages)
    with deliveries.begun(session, send=send, password=password, consent=consent) as (book, settings):
        former = renaming.former_ids(session)
        document_id, languages = _meant(session, document_id, former, languages)
        there = _present(session, document_id)
        ids = {document_id, *(old for old, new in former.items() if new == document_id)}
        on_the_web = published.Texts(session).before_of(ids)
        beside = _originals_sent(book, document_id, former)
        recalled = _texts(
            book, there, on_the_web, {one.key for one in beside}, document_id, former, languages, kept(reason)
        )
        own = _own_original(there, on_the_web, beside, recalled) if languages is None else None
        if send:
            held = {(*own.key, own.text_sha256)} if own else set()
            _note(book, there, beside, recalled, held | {one.key for one in beside} if languages is None else ())
        everyone, entries = partners.known(session), book.entries()
        withdrawn = _joined(book.decisions.withdrawn(), recalled)
        documents = {former.get(text.document, text.document) for text in recalled}
        plan = planning.plan(everyone, (), entries, withdrawn, documents=documents, former=former)
        plan = replace(plan, kept=(*plan.kept, *planning.strangers(everyone, entries, recalled)))
        _tell_of_translations(session, document_id, holdings.beside(entries, recalled, former))
        gone = {text.key for text in recalled}
        with_it = {one.translation for one in beside if one.key in gone}
        _tell_of_uploads(session, book.steps(), recalled, set(_sources(there, on_the_web, recalled)), with_it)
        _tell_of_others(session, document_id, there, languages, recalled)
        _tell_of_unfinished(session, document_id, languages, recalled)
        _tell_of_renamed(session, book, document_id, there, former, recalled)
        if languages is None:
            _tell_of_original(session, there, withdrawn, own)
        if send:
            _tell_of_section(session, document_id, on_the_web, recalled)
        return distributing.carry_out(session, book, plan, settings, (), NOBODY, reason, send=send, private=private)


def _note(
    book: Ledger,
    there: PresentTexts,
    beside: Iterable["_SentOriginal"],
    recalled: Iterable[Withdrawn],
    held: Iterable[holdings.Key],
) -> None:
    """Note what is withdrawn, and which originals are held; keep the texts, to know them again, released or not."""
    texts = {one.text_sha256: one.text for one in (*there.printed, *there.unprinted)}
    book.texts.keep(texts | {one.key[2]: one.text for one in beside})
    for key in sorted(held):
        book.decisions.hold(*key)
    for text in recalled:
        book.decisions.withdraw(*text.key, text.reason)


def _own_original(
    there: PresentTexts, on_the_web: Records, beside: Iterable["_SentOriginal"], recalled: Iterable[Withdrawn]
) -> Release | None:
    """Return the original of what is withdrawn, which is not to go out with a translation that nobody had yet.

    None where it was corrected since.
    """
    gone = {text.text_sha256 for text in recalled}
    originals = {one.original_text_sha256 for one in (*there.printed, *there.unprinted) if one.text_sha256 in gone}
    originals |= {one.published.original_sha256 for one in on_the_web.values()} | {one.key[2] for one in beside}
    own = there.original
    return own if own and own.text_sha256 in originals | gone else None


@dataclass(frozen=True, slots=True)
class _SentOriginal:
    """An original as it left with a translation, of which this is the digest."""

    key: holdings.Key
    text: str
    translation: str


def _originals_sent(book: Ledger, document: str, former: Mapping[str, str]) -> list[_SentOriginal]:
    """Return the originals that left with translations of a document, as they were then.

    What stands here may be another by now: who withdraws a text has begun to correct it, perhaps.
    """
    found = []
    sent = (one for entry in book.entries() if entry.kind is DeliveryKind.LETTER for one in entry.contents)
    for one in (one for one in sent if former.get(one.document, one.document) == document):
        with suppress(DeliveryError):  # what is known of a text may be damaged, which stops what needs it
            known, text = details.read(one), book.texts.text(one.text_sha256)
            if text and known.source_lang not in ("", one.language):
                own = release.original(text, known.source_lang, known.origin)
                key = one.document, known.source_lang, release.digest(own)
                found.append(_SentOriginal(key, own, one.text_sha256))
    return found


def _tell_of_translations(session: Session, document_id: str, languages: Sequence[str]) -> None:
    """Say which translations partners have that came with the original, which is withdrawn without them."""
    if languages:
        langs = ",".join(languages)
        session.say(
            f"{document_id} ({langs}): partners have the withdrawn original beside these translations, and are not "
            f"told; to tell them, withdraw these too: --languages {langs}"
        )


def _tell_of_uploads(
    session: Session,
    steps: Iterable[LedgerEntry],
    recalled: Iterable[Withdrawn],
    sources: Collection[str],
    translations: Collection[str],
) -> None:
    """Say which bundles with a withdrawn text partners were to fetch: whoever has the address still can.

    Those too that nobody was sent, as they are uploaded before, those with a translation of one of the `sources`, or
    one of the `translations`, and those that were moved to where they are fetched.
    """
    gone = {text.text for text in recalled}

    def has_it(entry: LedgerEntry) -> bool:
        texts = ((one.language, one.text_sha256) for one in entry.contents)
        return any(text in gone or text[1] in translations for text in texts)

    with_it = [entry for entry in steps if entry.kind is DeliveryKind.LETTER and has_it(entry)]
    folder = session.config.output / places.OUTBOX / deliveries.UPLOADS
    where = session.config.sender.link or "where you uploaded it"
    sent = {f"{entry.bundle}.zip" for entry in with_it}
    here = sorted(folder.glob("*.zip"))
    for path in here:
        stated = () if path.name in sent else _stated(path)
        is_in_it = any((lang, text) in gone or source in sources for lang, text, source in stated)
        if path.name in sent or is_in_it:
            session.say(f"{session.name(path)} has a withdrawn text: delete it, here and at {where}")
    fetched = {f"{entry.bundle}.zip" for entry in with_it if entry.reason == FETCHED}
    for name in sorted(fetched - {path.name for path in here}):
        session.say(f"{name} has a withdrawn text, and was to be fetched by partners: delete it at {where}")


def _stated(path: Path) -> list[tuple[str, str, str]]:
    """Return of each text in a bundle its language, its digest and that of its source; nothing of what is none."""
    try:
        documents = verification.verify(path).manifest.get("documents", ())
    except PipelineError:
        return []
    # As texts: whoever shares the workspace may have laid anything there.
    return [(str(one.get("language")), str(one.get("text_sha256")), str(one.get("source_sha256"))) for one in documents]


def _sources(there: PresentTexts, on_the_web: Records, recalled: Iterable[Withdrawn]) -> Iterator[str]:
    """Yield the digests of the sources whose own text is withdrawn, as far as they are still here."""
    gone = {text.text for text in recalled}
    for one in (*there.printed, *there.unprinted):
        if (one.source_lang, one.original_text_sha256 or one.text_sha256) in gone:
            yield one.source_sha256
    for text in (record.published for record in on_the_web.values()):
        if (text.source_lang, text.original_sha256 or text.text_sha256) in gone:
            yield text.source_sha256


def _tell_of_others(
    session: Session,
    document: str,
    there: PresentTexts,
    languages: Sequence[str] | None,
    recalled: Iterable[Withdrawn],
) -> None:
    """Say which texts of a document are not withdrawn: those being corrected, and those of one that is away."""
    if document not in session.sources().documents:
        session.say(
            f"{document} is not here: what nobody has yet is not withdrawn; if it returns, pipeline distribute tells "
            "what is sent of it"
        )
    gone = {text.text for text in recalled}
    for one in there.unprinted:
        if (one.lang, one.text_sha256) not in gone and (languages is None or one.lang in languages):
            session.say(
                f"{document} ({one.lang}): what it says now is another text than is withdrawn, and can be sent once "
                f"released; to withdraw it too, type: pipeline build-pdf {document}, and this again"
            )


def _tell_of_unfinished(
    session: Session, document: str, languages: Sequence[str] | None, recalled: Iterable[Withdrawn]
) -> None:
    """A fault where a language is asked for in which nobody has a text, and none is complete as it stands."""
    known = {one.language for one in recalled}
    if missing := [lang for lang in languages or () if lang not in known]:
        session.fault(
            DeliveryError(
                f"{document} ({', '.join(missing)}): not withdrawn, for nobody has it, and it is not complete as it "
                "stands; what was released of it goes out once it stands there again: finish it, or put it back, and "
                "type this again"
            )
        )


def _tell_of_renamed(
    session: Session,
    book: Ledger,
    document: str,
    there: PresentTexts,
    former: Mapping[str, str],
    recalled: Iterable[Withdrawn],
) -> None:
    """A fault where partners have a document that is gone and has the sentences of this one: they are not notified.

    Who has the very text gets the notice, whatever it was called.
    """
    gone = {one.text for one in (*book.decisions.withdrawn(), *recalled)}
    own = {one.lang: one for one in (*there.unprinted, *there.printed) if (one.lang, one.text_sha256) in gone}
    is_renamed = distributing.RenamedTexts(session, book, former)
    having: dict[str, list[str]] = defaultdict(list)
    for partner, (name, lang), content in holdings.holders(book.entries(), former):
        if lang in own and (lang, content.text_sha256) not in gone and is_renamed(own[lang], content):
            having[name].append(partner)
    for name, ids in having.items():
        to = deliveries.some(list(dict.fromkeys(ids)))
        reason = f"they have {name}, which is no longer here and has the sentences of {document}"
        remedy = f"if you renamed its files, type: pipeline rename {name} {document}, and this again"
        other = f"if it is another document, and wrong too: pipeline withdraw {name}"
        session.fault(DeliveryError(f"{to}: not notified: {reason}; {remedy}; {other}"))


def _tell_of_original(
    session: Session, there: PresentTexts, withdrawn: Iterable[Withdrawn], held: Release | None
) -> None:
    """Say that an original is not withdrawn of which all translations are: it goes with what corrects one."""
    wait = "translations into further languages wait; " if held else ""
    gone = {text.text for text in withdrawn}
    for one in (*there.printed, *there.unprinted):
        if one.original_text_sha256 and (one.source_lang, one.original_text_sha256) not in gone:
            session.say_once(
                f"{one.document_id} ({one.source_lang}): the original is not withdrawn: it goes out with a corrected "
                f"translation, and stands beside it on the web; {wait}if it is wrong itself, correct it, or withdraw "
                f"it too: --languages {one.source_lang}"
            )


def _tell_of_section(session: Session, document_id: str, on_the_web: Records, recalled: Iterable[Withdrawn]) -> None:
    """Say what stands on the web until the section is made anew."""
    gone = {text.text for text in recalled}
    there = (one.published for one in on_the_web.values() if one.published.standing is not Standing.WITHDRAWN)
    pages = session.config.output / places.SITE  # what is known of them may be lost, with hidden folders
    known = {one.published.lang for one in on_the_web.values()}
    unknown = (lang for lang, _ in gone if lang not in known and (pages / lang / document_id).is_dir())
    langs = sorted({one.lang for one in there if (one.lang, one.text_sha256) in gone} | set(unknown))
    if langs:
        session.say(
            f"{document_id} ({', '.join(langs)}): it stands in the section of the website; type: pipeline publish, and "
            "upload that"
        )


def undo(
    session: Session, document_id: str, languages: Sequence[str] | None = None, *, consent: Consent = witnesses.NONE
) -> list[Withdrawn]:
    """Distribute what was withdrawn last of a document again, or last in each of the `languages`; return these texts.

    What was withdrawn before stays so: that was another mistake. In a dry run nothing is noted. Raises UsageError when
    none of them is withdrawn, and when a partner has, or may have, the notice.
    """
    if not deliveries.exists(session):
        raise UsageError("nothing is withdrawn")
    with session.locked(), deliveries.opened(session, None if session.dry_run else consent, is_new=False) as book:
        former = renaming.former_ids(session)
        document_id, languages = _meant(session, document_id, former, languages)
        its = [text for text in book.decisions.withdrawn() if former.get(text.document, text.document) == document_id]
        groups = [its] if languages is None else [[one for one in its if one.language == lang] for lang in languages]
        wanted = {text.text for group in groups for text in _last(group)}
        texts = [text for text in book.decisions.withdrawn() if text.text in wanted]
        if not texts:
            raise UsageError(f"document {document_id!r} is not withdrawn in these languages; see pipeline status")
        _require_untold(book, texts)
        _tell_of_earlier(
            session, book, document_id, [one for group in groups for one in group if one.text not in wanted]
        )
        if not session.dry_run:
            book.decisions.undo(texts)
            if (last := _last(its)) and wanted.issuperset(one.text for one in last):
                held = {key: time for key, time in book.decisions.held().items() if not _are_apart(last[-1].time, time)}
                book.decisions.free([key for key in held if former.get(key[0], key[0]) == document_id])
    return texts


_APART = timedelta(minutes=1)
"""Between two texts that one command withdraws there is less."""


def _last(texts: Iterable[Withdrawn]) -> list[Withdrawn]:
    """Return those that were withdrawn last, together: with one reason, at one time."""
    latest = sorted(texts, key=lambda one: (one.number, one.time), reverse=True)
    breaks = (count for count, (later, one) in enumerate(pairwise(latest), 1) if not _is_with(later, one))
    return latest[: next(breaks, len(latest))]


def _is_with(later: Withdrawn, one: Withdrawn) -> bool:
    return later.reason == one.reason and not _are_apart(later.time, one.time)


def _are_apart(time: str, other: str) -> bool:
    """Whether two times are not of one command; a clock may have been set back between them."""
    with suppress(ValueError, TypeError):  # a ledger of somebody else may hold anything
        return abs(datetime.fromisoformat(time) - datetime.fromisoformat(other)) > _APART
    return False


def _tell_of_earlier(session: Session, book: Ledger, document: str, texts: Iterable[Withdrawn]) -> None:
    """Say in which languages texts stay withdrawn of which nobody has the notice: that can be undone, too."""
    langs = sorted({one.language for one in texts if not book.decisions.told_of(one)})
    if langs:
        session.say(
            f"{document} ({', '.join(langs)}): what was withdrawn before stays so; to undo that too, type it again"
        )


def recalls(session: Session, documents: Sequence[str] | None = None) -> list[Recall]:
    """Return what is withdrawn of the documents asked for, or of all, and how many partners have it."""
    if not deliveries.exists(session):
        return []
    with closing(ledger.open(session.config.root / ledger.FILE_NAME, session.clock)) as book:
        withdrawn = book.decisions.withdrawn()
        told = {text.text for text in withdrawn if book.decisions.told_of(text)}
        found = holdings.recalls(withdrawn, book.entries() if withdrawn else (), renaming.former_ids(session))
    wanted = documents and [catalogues.document_id(session, name) for name in documents]
    asked = (one for one in found if not wanted or one.document in wanted)
    last = {
        one: _last(text for text in withdrawn if text.language == one.language and text.text_sha256 in one.texts)
        for one in asked
    }
    return [replace(one, can_be_undone=told.isdisjoint(text.text for text in its)) for one, its in last.items()]


def _require_untold(book: Ledger, texts: Sequence[Withdrawn]) -> None:
    told = {text: partners for text in texts if (partners := book.decisions.told_of(text))}
    for text, names in told.items():
        free = sorted({one.language for one in texts} - {one.language for one in told})
        remedy = f"; to undo it in the other languages, add --languages {','.join(free)}" if free else ""
        raise UsageError(
            f"{text.document} ({text.language}): its withdrawal cannot be undone: {deliveries.some(names)} "
            f"may have the notice; release a corrected text, and distribute it{remedy}"
        )


def _meant(
    session: Session, document_id: str, former: Mapping[str, str], languages: Sequence[str] | None
) -> tuple[str, list[str] | None]:
    """Return the id that a document has now, and the languages that are meant."""
    document_id = catalogues.document_id(session, document_id)
    return former.get(document_id, document_id), codes(session.config, languages) or None


def _present(session: Session, document: str) -> PresentTexts:
    """Return what stands there of a document; nothing when it is gone."""
    if document not in session.sources().documents:
        return PresentTexts()
    return releases.present(session, document)


def _texts(
    book: Ledger,
    there: PresentTexts,
    on_the_web: Records,
    beside: Collection[holdings.Key],
    document: str,
    former: Mapping[str, str],
    languages: Sequence[str] | None,
    reason: str,
) -> list[Withdrawn]:
    """Return the texts of a document that anybody has, under whatever id, and those printed or published.

    In a language without any, it is the text that could be printed and leave. Elsewhere that may be a correction. Who
    has one of them as another document's, as after its files were renamed by hand, has it all the same.
    """
    sent = [one for entry in book.entries() if entry.kind is DeliveryKind.LETTER for one in entry.contents]
    texts = {Withdrawn(*one.place, one.text_sha256, reason) for one in sent}
    left = {one.text_sha256 for one in sent}
    present = (*there.printed, *(one for one in there.unprinted if one.text_sha256 in left))
    texts |= {Withdrawn(*one.key, one.text_sha256, reason) for one in there.printed}
    if languages is not None:  # who names none may correct the translations, and send them with the same original
        texts |= {Withdrawn(*key, reason) for one in present for key in _original(one, left)}
        texts |= {Withdrawn(*key, reason) for one in on_the_web.values() for key in _original_beside(one.published)}
        texts |= {Withdrawn(*key, reason) for key in beside}
    texts |= {Withdrawn(*key, one.published.text_sha256, reason) for key, one in on_the_web.items()}
    its = [one for one in texts if former.get(one.document, one.document) == document]
    known = {one.language for one in its}
    its += [Withdrawn(*one.key, one.text_sha256, reason) for one in there.unprinted if one.lang not in known]
    texts.update(its)
    wanted = {one.text for one in its if languages is None or one.language in languages}
    if not wanted:
        where = " in these languages" if its else ""
        others = sorted({former.get(one.document, one.document) for one in texts})
        remedy = f"; known are: {some(others)}" if others and not its else ""
        raise UsageError(f"document {document!r} was neither sent nor released{where}; see pipeline ledger{remedy}")
    return sorted((one for one in texts if one.text in wanted), key=lambda one: one.key)


def _original(one: Release, left: Collection[str]) -> Iterator[holdings.Key]:
    """Yield the original of a translation, which goes with it in every PDF, though nobody was sent it alone.

    That of a draft which never `left` is not meant: it may be what corrects the text that is withdrawn.
    """
    if one.original_text_sha256 and (not one.is_draft or one.text_sha256 in left):
        yield one.document_id, one.source_lang, one.original_text_sha256


def _original_beside(one: Published) -> Iterator[holdings.Key]:
    """Yield the original of a translation on the web, which may be an earlier one than stands there alone."""
    if one.original_sha256:
        yield one.document_id, one.source_lang, one.original_sha256


def _joined(known: Sequence[Withdrawn], new: Sequence[Withdrawn]) -> list[Withdrawn]:
    """Return what is withdrawn, each once; the first reason stands."""
    return list({one.key: one for one in (*new, *known)}.values())
