"""Earlier translations → new catalogue: nothing translated is thrown away, nothing done twice.

A unit keeps its translation while its key (kind of block, sentence) stands, wherever the
sentence moves; what leaves the document becomes obsolete and comes back with it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from pipeline import origin
from pipeline.model import Block, Catalogue, Document, Kind, State, Unit
from pipeline.orthography import fold, western_digits
from pipeline.segment import split
from pipeline.structure import is_contact_value

TITLE, ISSUER = "title", "issuer"
"""The contexts of what the editor states about a document, beside the kinds of its blocks."""


def extract(document: Document) -> tuple[Unit, ...]:
    """Return the untranslated units of a document, each sentence of a kind once, in order.

    First the editor's title and issuer, then the blocks. What has no letter and no digit
    (a line of asterisks) is no unit.
    """
    places: dict[tuple[str, str], list[str]] = {}
    if document.meta.editorial_title:
        places[TITLE, document.meta.editorial_title] = ["stated by the editor"]
    if document.meta.issuer:
        places[ISSUER, document.meta.issuer] = ["stated by the editor"]
    heading = ""
    for block in document.blocks:
        for segment in split(block.text, block.kind):
            if any(character.isalnum() for character in segment.source):
                places.setdefault((block.kind.value, segment.source), []).append(_place(block, heading))
        heading = " ".join(block.text.split()) if block.kind in (Kind.TITLE, Kind.HEADING) else heading
    return tuple(Unit(context, source, places=tuple(at)) for (context, source), at in places.items())


def _place(block: Block, heading: str) -> str:
    return f"line {block.first}" + (f", under «{heading}»" if heading else "")


def merge(units: Iterable[Unit], old: Catalogue) -> Catalogue:
    """Return the catalogue of these units with every translation `old` has for them.

    A unit whose sentence changed in spelling only (as `fold` sees it) keeps its review. What
    none of the units takes up becomes obsolete, a second translation of one sentence too.
    """
    earlier = (*old.units, *old.obsolete)
    exact, similar = _by(earlier, lambda unit: unit.key), _by(earlier, _folded_key)
    merged, used = [], set()
    for unit in units:
        found = [*exact.get(unit.key, ()), *similar.get(_folded_key(unit), ())]
        best = next((one for one in found if one.target), found[0] if found else None)
        if best:
            used.add(id(best))
            unit = replace(best, source=unit.source, places=unit.places)
        merged.append(unit)
    gone = [unit for unit in earlier if id(unit) not in used and (unit.target or unit.notes)]
    return replace(old, units=tuple(merged), obsolete=tuple(replace(unit, places=()) for unit in gone))


def _folded_key(unit: Unit) -> tuple[str, str]:
    return unit.context, fold(unit.source)


def _by(units: Iterable[Unit], key: Callable[[Unit], tuple[str, str]]) -> dict[tuple[str, str], list[Unit]]:
    found: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        found.setdefault(key(unit), []).append(unit)
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """What the memory holds of a sentence: a reviewed target, its context and its document."""

    context: str
    target: str
    document_id: str


Memory = dict[str, tuple[Entry, ...]]
"""Reviewed translations into one language, by folded source."""


def memory(catalogues: Iterable[Catalogue]) -> Memory:
    """Return the translation memory that the reviewed units of these catalogues make."""
    found: dict[str, list[Entry]] = {}
    for catalogue in catalogues:
        for unit in (*catalogue.units, *catalogue.obsolete):
            if unit.state is State.REVIEWED:
                entry = Entry(unit.context, unit.target, catalogue.document_id)
                found.setdefault(fold(unit.source), []).append(entry)
    return {source: tuple(entries) for source, entries in found.items()}


def fill(catalogue: Catalogue, known: Memory) -> Catalogue:
    """Return the catalogue with empty units filled by copying addresses and from the memory.

    A sentence of the same kind keeps its review; one from another kind of block, or one
    translated in several ways, is offered for review.
    """
    return replace(catalogue, units=tuple(_filled(unit, known) for unit in catalogue.units))


def _filled(unit: Unit, known: Memory) -> Unit:
    if unit.target:
        return unit
    if is_contact_value(unit.source):
        return replace(unit, target=western_digits(unit.source), state=State.COPIED, origin=origin.COPIED)
    entries = known.get(fold(unit.source), ())
    if not entries:
        return unit
    best = next((entry for entry in entries if entry.context == unit.context), entries[0])
    alike = best.context == unit.context and len({e.target for e in entries if e.context == unit.context}) == 1
    state = State.REVIEWED if alike else State.DOUBT
    return replace(unit, target=best.target, state=state, origin=f"memory: {best.document_id}")


def untranslated(catalogue: Catalogue) -> list[Unit]:
    return [unit for unit in catalogue.units if unit.state is State.UNTRANSLATED]


def draft(catalogue: Catalogue, targets: dict[tuple[str, str], str], engine: str) -> Catalogue:
    """Return the catalogue with machine translations, by key, in its empty units; all are fuzzy."""

    def drafted(unit: Unit) -> Unit:
        target = targets.get(unit.key, "")
        if unit.target or not target.strip():
            return unit
        return replace(unit, target=target, state=State.MACHINE, origin=origin.machine(engine, target))

    return replace(catalogue, units=tuple(drafted(unit) for unit in catalogue.units))
