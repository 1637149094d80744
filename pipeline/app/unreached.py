"""What a withdrawal does not reach is said: other texts, other languages, what was uploaded, what stands on the web."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.app import deliveries, distributing, withdrawals
from pipeline.app.records import Records
from pipeline.app.releases import PresentTexts
from pipeline.app.session import Session
from pipeline.distribution import holdings, newsletter, verification
from pipeline.distribution.ledger import Ledger
from pipeline.distribution.ledger.decisions import Withdrawn
from pipeline.distribution.ledger.delivery import FETCHED, DeliveryKind, LedgerEntry
from pipeline.distribution.partners import Partner
from pipeline.distribution.release import Release
from pipeline.errors import DeliveryError, PipelineError
from pipeline.publication import Standing
from pipeline.workspace import places


def of_translations(session: Session, document_id: str, languages: Sequence[str]) -> None:
    """Say which translations partners have that came with the original, which is withdrawn without them."""
    if languages:
        langs = ",".join(languages)
        session.say(
            f"{document_id} ({langs}): partners have the withdrawn original beside these translations, and are not "
            f"told; to tell them, withdraw these too: --languages {langs}"
        )


def of_uploads(
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


def of_newsletters(
    session: Session,
    everyone: Iterable[Partner],
    entries: Iterable[LedgerEntry],
    recalled: Iterable[Withdrawn],
    former: Mapping[str, str],
) -> bool:
    """Say who knows a withdrawn text from a newsletter, and whether the next tells them; return whether anybody does.

    Whoever was told already that it is withdrawn is not meant.
    """
    if knowing := newsletter.knowing(entries, {one.text for one in recalled}, former):
        wishing = {one.id for one in everyone if one.newsletter and one.active}
        if to := sorted(knowing & wishing):
            session.say(
                f"{deliveries.some(to)}: told of it in a newsletter; to tell them that it is withdrawn, type: "
                "pipeline newsletter --send"
            )
        if left := sorted(knowing - wishing):
            session.say(
                f"{deliveries.some(left)}: told of it in a newsletter, and get none now: they are not told that it is "
                "withdrawn"
            )
    return bool(knowing)


def sources(there: PresentTexts, on_the_web: Records, recalled: Iterable[Withdrawn]) -> Iterator[str]:
    """Yield the digests of the sources whose own text is withdrawn, as far as they are still here."""
    gone = {text.text for text in recalled}
    for one in (*there.printed, *there.unprinted):
        if (one.source_lang, one.original_text_sha256 or one.text_sha256) in gone:
            yield one.source_sha256
    for text in (record.published for record in on_the_web.values()):
        if (text.source_lang, text.original_sha256 or text.text_sha256) in gone:
            yield text.source_sha256


def of_others(
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


def of_unfinished(
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


def of_renamed(
    session: Session,
    book: Ledger,
    document: str,
    there: PresentTexts,
    former: Mapping[str, str],
    languages: Sequence[str] | None,
    recalled: Iterable[Withdrawn],
) -> None:
    """A fault where partners have a document that is gone and has the sentences of this one: they are not notified.

    Who has the very text gets the notice, whatever it was called.
    """
    gone = {one.text for one in (*book.decisions.withdrawn(), *recalled)}
    own = [one for one in (*there.unprinted, *there.printed) if (one.lang, one.text_sha256) in gone]
    is_renamed = distributing.RenamedTexts(session, book, former)
    having: dict[str, list[str]] = defaultdict(list)
    for partner, (name, lang), content in holdings.holders(book.entries(), former):
        is_meant = (languages is None or lang in languages) and (lang, content.text_sha256) not in gone
        if is_meant and any(is_renamed(one, content) for one in own):
            having[name].append(partner)
    for name, ids in having.items():
        to = deliveries.some(list(dict.fromkeys(ids)))
        reason = f"they have {name}, which is no longer here and has the sentences of {document}"
        remedy = f"if you renamed its files, type: pipeline rename {name} {document}, and this again"
        other = f"if it is another document, and wrong too: pipeline withdraw {name}"
        session.fault(DeliveryError(f"{to}: not notified: {reason}; {remedy}; {other}"))


def of_original(session: Session, there: PresentTexts, withdrawn: Iterable[Withdrawn], held: Release | None) -> None:
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


def of_moved(
    session: Session,
    book: Ledger,
    document: str,
    offered: Collection[Release],
    languages: Sequence[str] | None,
    recalled: Iterable[Withdrawn],
) -> None:
    """A fault where one that is gone is withdrawn, and another document says the same: its files were moved by hand.

    What is `offered` of that in other languages is not withdrawn, nor what is stated otherwise, as its date.
    """
    gone = {text.text for text in recalled}
    bodies = withdrawals.bodies_of(book, [name for _, name in gone])
    same = {one.document_id for one in offered if (one.lang, one.text_sha256) in gone or one.body_sha256 in bodies}
    for name in sorted(same - {document}):
        its = (one for one in offered if one.document_id == name and (languages is None or one.lang in languages))
        if left := sorted(one.lang for one in its if (one.lang, one.text_sha256) not in gone):
            remedy = f"if you renamed or moved its files, type: pipeline rename {document} {name}, and this again"
            other = f"if it is another document, and wrong too: pipeline withdraw {name}"
            reason = f"it says what {document} does, which is not here, and is not withdrawn"
            session.fault(DeliveryError(f"{name} ({', '.join(left)}): {reason}; {remedy}; {other}"))


def of_section(session: Session, document_id: str, on_the_web: Records, recalled: Iterable[Withdrawn]) -> None:
    """Say what stands on the web until the section is made anew, as whatever document it stands there."""
    gone = {text.text for text in recalled}
    there: dict[str, set[str]] = defaultdict(set)
    for one in (record.published for record in on_the_web.values()):
        if one.standing is not Standing.WITHDRAWN and (one.lang, one.text_sha256) in gone:
            there[one.document_id].add(one.lang)
    pages = session.config.output / places.SITE  # what is known of them may be lost, with hidden folders
    known = {lang for name, lang in on_the_web if name == document_id}
    if unknown := {lang for lang, _ in gone if lang not in known and (pages / lang / document_id).is_dir()}:
        there[document_id] |= unknown
    for name, langs in sorted(there.items()):
        session.say(
            f"{name} ({', '.join(sorted(langs))}): it stands in the section of the website; type: pipeline publish, "
            "and upload that"
        )
