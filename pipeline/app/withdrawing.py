"""A notice to everyone who has a text that is not to be used any more."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from pipeline.app import (
    catalogues,
    deliveries,
    distributing,
    partners,
    published,
    releases,
    renaming,
    unreached,
    witnesses,
)
from pipeline.app.deliveries import Password
from pipeline.app.distributing import Distribution
from pipeline.app.offered import Offers
from pipeline.app.records import Records
from pipeline.app.releases import PresentTexts
from pipeline.app.session import Session, codes, some
from pipeline.app.witnesses import Consent
from pipeline.distribution import details, holdings, ledger, newsletter, planning, release
from pipeline.distribution.holdings import Recall
from pipeline.distribution.ledger import Ledger
from pipeline.distribution.ledger.decisions import Withdrawn
from pipeline.distribution.ledger.delivery import DeliveryKind
from pipeline.distribution.reasons import kept, typed
from pipeline.distribution.release import Release
from pipeline.errors import DeliveryError, UsageError
from pipeline.publication import Published

NOBODY = "nobody has these texts, or has them without the notice: there is nobody to notify"
NO_NOTICE = "nobody was sent these texts, or has them without the notice: no notice is due"


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
        former = _former(session, book)
        document_id, languages = _meant(session, document_id, former, languages)
        there = _present(session, document_id)
        ids = {document_id, *(old for old, new in former.items() if new == document_id)}
        section = published.Texts(session)
        on_the_web = section.before_of(ids)
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
        unreached.of_translations(session, document_id, holdings.beside(entries, recalled, former))
        gone = {text.key for text in recalled}
        with_it = {one.translation for one in beside if one.key in gone}
        sources = set(unreached.sources(there, on_the_web, recalled))
        unreached.of_uploads(session, book.steps(), recalled, sources, with_it)
        is_known = unreached.of_newsletters(session, everyone, entries, recalled, former)
        unreached.of_others(session, document_id, there, languages, recalled)
        unreached.of_unfinished(session, document_id, languages, recalled)
        unreached.of_renamed(session, book, document_id, there, former, languages, recalled)
        if (others := list(session.sources().documents)) and document_id not in others:
            with session.guarded():  # whatever is wrong with others, the notice goes
                offered, _ = Offers(session, others, allow_drafts=False, formats=()).all()
                unreached.of_moved(session, book, document_id, offered, languages, recalled)
        if languages is None:
            unreached.of_original(session, there, withdrawn, own)
        if send:
            unreached.of_section(session, document_id, section.before | on_the_web, recalled)
        idle = NO_NOTICE if is_known else NOBODY
        return distributing.carry_out(session, book, plan, settings, (), idle, reason, send=send, private=private)


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
        former = _former(session, book)
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
        entries = book.entries() if withdrawn else ()
        found = holdings.recalls(withdrawn, entries, renaming.names_sent(session, entries))
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


def _former(session: Session, book: Ledger) -> dict[str, str]:
    """Return what documents were called, with what they are called now, or were last when they went.

    A TOML file tells the one, and goes with its document; the ledger the other, if something was sent since.
    """
    there, entries = session.sources().documents, book.entries()
    renamed = {old: new for old, new in holdings.followed(entries).items() if old not in there}
    renamed |= renaming.names_sent(session, entries)
    return {old: _last_name(old, renamed) for old in renamed}


def _last_name(name: str, renamed: Mapping[str, str]) -> str:
    seen = {name}
    while (name := renamed.get(name, name)) not in seen:
        seen.add(name)
    return name


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
    """Return the texts of a document that anybody has or knows of, under whatever id, and those printed or published.

    In a language without any, it is the text that could be printed and leave. Elsewhere that may be a correction. Who
    has one of them as another document's, as after its files were renamed by hand, has it all the same.
    """
    sent = [one for entry in book.entries() if entry.kind is DeliveryKind.LETTER for one in entry.contents]
    texts = {Withdrawn(*one.place, one.text_sha256, reason) for one in sent}
    texts |= {Withdrawn(*key, reason) for _, key in newsletter.told(book.entries())}
    left = {one.text_sha256 for one in sent}
    present = (*there.printed, *(one for one in there.unprinted if one.text_sha256 in left))
    texts |= {Withdrawn(*one.key, one.text_sha256, reason) for one in there.printed}
    if languages is not None:  # who names none may correct the translations, and send them with the same original
        texts |= {Withdrawn(*key, reason) for one in present for key in _original(one, left)}
        texts |= {Withdrawn(*key, reason) for one in on_the_web.values() for key in _original_beside(one.published)}
        texts |= {Withdrawn(*key, reason) for key in beside}
    stood = ((key, name) for key, one in on_the_web.items() for name in (*one.earlier, one.published.text_sha256))
    texts |= {Withdrawn(*key, name, reason) for key, name in stood}
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
