"""What went missing from a PO file between two commands, as when a program empties what is fuzzy: noticed, and kept."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pipeline.app import numbering
from pipeline.app.session import Session
from pipeline.catalogue import leverage, po, readings
from pipeline.errors import PipelineError
from pipeline.model import Catalogue, Document, State, Unit
from pipeline.workspace import history, places


def look(session: Session, document: Document, path: Path, file: po.File) -> None:
    """Say which translations are gone from a PO file since a command last looked at it.

    A writing command keeps the version that had them, and remembers what stands there now; a reading one
    says the same again until then.
    """
    digest = history.digest(file.content)
    if session.seen.get(path) in ((digest, True), (digest, session.is_locked)):
        return
    session.seen[path] = digest, session.is_locked
    known = history.seen(session.config, path)
    if known is not None and known.digest != digest:
        _compare(session, document, path, file.catalogue, known)
    if file.content and (known is None or known.digest != digest):
        see(session, path, file.content)


def see(session: Session, path: Path, content: bytes) -> None:
    """Remember what stands in a PO file, if this is a command that writes."""
    if session.is_locked and not session.dry_run:
        know(session, path, content)
        history.see(session.config, path, content)


def know(session: Session, path: Path, content: bytes) -> None:
    """Take a PO file as seen that this session has written itself."""
    session.seen[path] = history.digest(content), True


def keep(session: Session, path: Path, content: bytes = b"") -> None:
    """Keep the version of a PO file that a command last saw, as nothing stands there now that can be read.

    Only a writing command does, and none when it is kept already.
    """
    known = history.seen(session.config, path)
    if known is None or known.digest == history.digest(content) or not session.is_locked or session.dry_run:
        return
    if known.digest not in {version.digest for version in history.versions(session.config, path)}:
        with suppress(PipelineError):  # a damaged copy is no version
            history.keep(session.config, path, known.read(), session.now)


def _compare(session: Session, document: Document, path: Path, now: Catalogue, known: history.Version) -> None:
    try:
        content = known.read()
        before = po.parse(content, str(path), document.id, now.source_lang, now.target_lang).catalogue
    except PipelineError:
        return  # of what cannot be read nothing can be said
    lost, noted, older = list(_lost(before, now)), _uncommented(before, now), list(_given_way(before, now))
    if older := _of_the_document(document, older):
        session.say_once(
            f"{session.name(path)}: gone since the last command: what had been read, or corrected, of {len(older)} "
            f"sentence{'s' * (len(older) > 1)}; what is there now was read no later, as when an older copy is saved "
            f"over the file; to get them back as they were: {_restoring(session, document, path, older)}"
        )
    if lost:
        session.say_once(_told(session, document, path, lost))
    if noted:
        session.say_once(
            f"{session.name(path)}: gone since the last command: all comments of translators, those on who has read it "
            f"among them, of {noted} translations; to get the whole file back as it was: "
            f"pipeline restore {document.id} --languages {places.catalogue_of(session.config, path)[0]} "
            f"--version {known.digest}"
        )
    if (lost or noted or older) and session.is_locked and not session.dry_run:
        history.keep(session.config, path, content, session.now)


def _lost(before: Catalogue, now: Catalogue) -> Iterator[Unit]:
    """Yield the units whose translation is found nowhere now; what is copied is copied again."""
    every = (*now.units, *now.obsolete)
    kept = {unit.key for unit in every if unit.target.strip()}
    emptied = {unit.key for unit in every} - kept
    texts = {unit.target for unit in every}
    for unit in (*before.units, *before.obsolete):
        has_text = unit.target.strip() and unit.state is not State.COPIED
        # The text of an entry that is gone may stand in another: so msgmerge moves it to a reworded sentence.
        if has_text and unit.key not in kept and (unit.key in emptied or unit.target not in texts):
            yield unit


def _given_way(before: Catalogue, now: Catalogue) -> Iterator[Unit]:
    """Yield the units of before that were read, in whose place another text stands that was not read after them.

    Whoever changes a text by hand has it read anew: its readings of before do not hold. Those too that a person had
    corrected and nobody had read, in whose place the text stands that was read before.
    """
    there = {unit.key: unit for unit in now.units}
    others = ((unit, there[unit.key]) for unit in before.units if unit.key in there)
    for unit, other in others:
        if unit.target == other.target or not other.state.is_reviewed:
            continue
        is_corrected = unit.state in (State.TRANSLATED, State.DOUBT) and bool(unit.target.strip())
        is_older = "" < readings.last_day(other) <= readings.last_day(unit)
        if is_older if unit.state.is_reviewed else is_corrected and readings.had_lapsed(other, unit):
            yield unit


def _uncommented(before: Catalogue, now: Catalogue) -> int:
    """Return how many translations had comments, if a program has dropped those of all that are still there.

    A person deletes one, which nobody need be told.
    """
    there = {unit.key: unit for unit in (*now.units, *now.obsolete)}
    every = (*before.units, *before.obsolete)
    had = [unit for unit in every if unit.notes and unit.target.strip() and unit.key in there]
    are_gone = len(had) >= _LEAST_COMMENTED and not any(unit.notes for unit in there.values())
    return len(had) if are_gone else 0


_LEAST_COMMENTED = 3


def _of_the_document(document: Document, units: list[Unit]) -> list[Unit]:
    """Return the units whose sentence is in the document now."""
    here = {unit.key for unit in leverage.extract(document)} if units else set()
    return [unit for unit in units if unit.key in here]


def _restoring(session: Session, document: Document, path: Path, units: list[Unit]) -> str:
    """Return the command that brings back the texts of units that are in the document."""
    known = {unit.key: number for number, unit in enumerate(leverage.extract(document), 1)}
    numbers = sorted(known[unit.key] for unit in units)
    where = f"{document.id} --languages {places.catalogue_of(session.config, path)[0]}"
    return f"pipeline restore {where} --units {numbering.ranges(numbers)}"


def _told(session: Session, document: Document, path: Path, lost: list[Unit]) -> str:
    own = _of_the_document(document, lost)
    drafts = sum(unit.state is State.MACHINE for unit in lost)
    among = f", machine drafts among them: {drafts}" if drafts else ""
    what = f"{len(lost)} translation{'s' * (len(lost) > 1)}{among}"
    said = [f"{session.name(path)}: gone since the last command: {what}"]
    if own:
        said.append(f"to get them back: {_restoring(session, document, path, own)}")
    if len(lost) > len(own):
        said.append(
            f"of sentences that have left the document: {len(lost) - len(own)} (pipeline history {document.id})"
        )
    return "; ".join(said)
