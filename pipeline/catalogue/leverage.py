"""Earlier translations → new catalogue: nothing translated is thrown away, nothing done twice.

A unit keeps its translation while its key (kind of block, sentence) stands, wherever the
sentence moves; what leaves the document becomes obsolete and comes back with it.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.catalogue import matching, origin, readings
from pipeline.catalogue.matching import Piece
from pipeline.catalogue.memory import Match, Memory, MemoryEntry
from pipeline.document.contacts import is_contact_value
from pipeline.document.sentences import sentences
from pipeline.model import Catalogue, Document, Draft, Kind, Location, State, Unit
from pipeline.text import markup
from pipeline.text.excerpt import excerpt
from pipeline.text.orthography import is_respelling, western_digits, wording

PROSE = frozenset({Kind.PARAGRAPH.value, Kind.LIST_ITEM.value, Kind.QUOTATION.value})
"""The contexts among which a sentence's translation is the same."""

THIS = "this document"

LONGEST_HEADING = 500
"""Characters of a heading that are repeated with every sentence under it."""

TITLE, ISSUER, SHORT_TITLE, PLACE = STATED = ("title", "issuer", "short_title", "place")
"""The contexts of what the editor states about a document, beside the kinds of its blocks."""


def extract(document: Document) -> tuple[Unit, ...]:
    """Return the untranslated units of a document, each sentence of a kind once, in order.

    First the editor's title, issuer, short title and place, then the blocks. What has no letter and no digit
    (a line of asterisks) is no unit.
    """
    locations: dict[tuple[str, str], list[Location]] = {}
    marks: dict[tuple[str, str], tuple[str, ...]] = {}
    meta = document.meta
    for key in zip(STATED, (meta.editorial_title, meta.issuer, meta.short_title, meta.place), strict=True):
        if key[1]:
            locations[key] = [Location(0)]
    heading = ""
    for block in document.blocks:
        for segment in sentences(block, document.language):
            if any(character.isalnum() for character in segment.source):
                key = block.kind.value, segment.source
                locations.setdefault(key, []).append(Location(block.first, heading, document.counted))
                marks.setdefault(key, markup.described(segment))
        heading = excerpt(block.text, LONGEST_HEADING) if block.kind in (Kind.TITLE, Kind.HEADING) else heading
    return tuple(Unit(*key, locations=tuple(found), marks=marks.get(key, ())) for key, found in locations.items())


def merge(units: Iterable[Unit], old: Catalogue) -> Catalogue:
    """Return the catalogue of these units with every translation `old` has for them.

    In this order: the same sentence of the same kind; one that differs in spelling alone
    (as `wording` sees it), which keeps its review; the same words with other marks, in doubt; the
    same sentence of another kind, which keeps it in prose; what the sentence was before it was
    reworded, split or joined, offered for review. What none of the units takes up becomes obsolete, with all it had.
    """
    merging = _Merging(tuple(units), old)
    merging.take_same(lambda unit: unit.key)
    merging.take_same(lambda unit: (unit.context, *_signs(unit)))
    merging.take_same(lambda unit: (unit.context, _words(unit)))
    merging.take_same(_words)
    merging.offer_earlier_wordings()
    gone = [
        _retired(unit, index < len(old.units)) for index, unit in enumerate(merging.earlier) if index in merging.left
    ]
    units = tuple(
        unit if (told := origin.told(unit)) == unit.origin else replace(unit, origin=told) for unit in merging.merged
    )
    return replace(old, units=units, obsolete=tuple(_one_of_each(unit for unit in gone if unit)))


OTHER = "another translation: "
"""What a translator's comment begins with that keeps the second of two translations of a sentence that is gone."""


def _one_of_each(gone: Iterable[Unit]) -> Iterable[Unit]:
    """Return units with one for each key, for gettext refuses two; the other's translation becomes a comment."""
    by_key: dict[tuple[str, str], Unit] = {}
    for unit in gone:
        first = by_key.get(unit.key)
        by_key[unit.key] = unit if first is None else _together(first, unit)
    return by_key.values()


def _together(first: Unit, second: Unit) -> Unit:
    """Return the one of two that a person wrote, or else the first, with what the other has besides."""
    kept, other = (second, first) if _weight(second) < _weight(first) else (first, second)
    others = f"{OTHER}{other.target}".split("\n") if other.target.strip() and other.target != kept.target else []
    return replace(kept, notes=tuple(dict.fromkeys((*kept.notes, *other.notes, *others))))


def _weight(unit: Unit) -> int:
    """What a person wrote is better than what a program wrote, and that better than nothing."""
    return 2 if not unit.target else int(origin.is_untouched(unit))


def _retired(unit: Unit, was_active: bool) -> Unit | None:
    """Return a unit as it is kept when its sentence is gone; None when nobody has worked on it."""
    if was_active and not unit.notes:
        is_offer = unit.state in (State.CHANGED, State.MEMORY) and origin.is_untouched(unit)
        if is_offer or not unit.target:
            return None
    return replace(unit, locations=()) if was_active else unit


class _Merging:
    """The work of `merge`: `left` are the indexes of the `earlier` units that are not taken up yet."""

    def __init__(self, new: tuple[Unit, ...], old: Catalogue) -> None:
        self.new, self.merged = new, list(new)
        self.earlier = (*old.units, *old.obsolete)
        self.active = len(old.units)
        self.left = set(range(len(self.earlier)))
        self.taken: dict[int, int] = {}

    def take_same(self, form: Callable[[Unit], Hashable]) -> None:
        """Give every unit without a target the best of the earlier units that have the same form."""
        open_units = [index for index, unit in enumerate(self.merged) if not unit.target]
        useful = [index for index in sorted(self.left) if self.earlier[index].target or index < self.active]
        if not open_units or not useful:
            return
        by_form: dict[Hashable, list[int]] = {}
        for index in useful:
            by_form.setdefault(form(self.earlier[index]), []).append(index)
        for candidates in by_form.values():
            if len(candidates) > 1:
                candidates.sort(key=self._rank, reverse=True)  # the best stands last
        for index in open_units:
            candidates = by_form.get(form(self.new[index]), [])
            while candidates and candidates[-1] not in self.left:
                candidates.pop()
            if candidates:
                self._take(index, candidates[-1])

    def _rank(self, index: int) -> tuple[int, int]:
        return _weight(self.earlier[index]), index

    def _take(self, index: int, best: int) -> None:
        unit, before = self.new[index], self.earlier[best]
        if index in self.taken and not before.target:
            return
        if unit.context != before.context and not {unit.context, before.context} <= PROSE:
            if self._is_human(best):
                self.merged[index] = _offered(unit, before)
            return
        self.left.discard(best)
        self.taken[index] = best
        if _place(before) == _place(unit):
            self.merged[index] = before
        elif _signs(before) != _signs(unit):
            self.merged[index] = _in_doubt(unit, before, OTHER_MARKS)
        elif is_respelling(before.source, unit.source):
            self.merged[index] = _placed(before, unit)
        else:
            # The digest of a reading does not see vowels and spaces: it would hold for what nobody has read.
            self.merged[index] = readings.without(_in_doubt(unit, before, OTHER_VOWELS))

    def offer_earlier_wordings(self) -> None:
        """Offer what came in instead of a sentence that is gone the translation that sentence had."""
        gone = [index for index in sorted(self.left) if self.earlier[index].target and self._is_human(index)]
        came = [index for index, unit in enumerate(self.merged) if not unit.target and index not in self.taken]
        if not gone or not came:
            return
        for pairing in matching.pair(list(self._pieces(gone)), list(self._new_pieces(came))):
            before = [self.earlier[gone[piece]] for piece in pairing.old]
            for index in (came[piece] for piece in pairing.new):
                self.merged[index] = _reworded(self.new[index], before, len(pairing.new), pairing.score)

    def _is_human(self, index: int) -> bool:
        return self.earlier[index].state in (State.TRANSLATED, State.REVIEWED, State.DOUBT, State.CHANGED)

    def _pieces(self, gone: list[int]) -> Iterator[Piece]:
        for before, index in zip([-2, *gone], gone, strict=False):
            unit, is_active = self.earlier[index], index < self.active
            source = markup.unsigned(unit).source
            yield Piece(source, unit.context, index if is_active else math.inf, is_active and before == index - 1)

    def _new_pieces(self, came: list[int]) -> Iterator[Piece]:
        place, wanted = -0.5, set(came)
        for index, unit in enumerate(self.new):
            if index in wanted:
                yield Piece(markup.unsigned(unit).source, unit.context, place, index - 1 in wanted)
            elif index in self.taken and self.taken[index] < self.active:
                place = self.taken[index] + 0.5


def _reworded(unit: Unit, before: list[Unit], parts: int, score: float) -> Unit:
    target = " ".join(markup.fitted(one.target, one.marks, unit.marks) for one in before)
    how = f"{math.floor(score)}% similar"
    if len(before) > 1:
        how = f"joined from {len(before)}"
    elif parts > 1:
        how = f"split into {parts}"
    offered = _offer(unit, before[0], State.CHANGED, origin.changed(how, target))
    notes = tuple(dict.fromkeys(note for one in before for note in one.notes))
    # An offer nobody has read yet is still the translation of the wording before it.
    previous = " ".join(one.previous if one.state is State.CHANGED else one.source for one in before)
    return replace(offered, target=target, notes=notes, previous=previous)


def _offer(unit: Unit, before: Unit, state: State, where: str) -> Unit:
    """Return a unit with another's translation, for a person to review; the other keeps its own."""
    return replace(_placed(before, unit), state=state, origin=where, line=0)


def _offered(unit: Unit, before: Unit) -> Unit:
    target = markup.fitted(before.target, before.marks, unit.marks)
    return replace(_offer(unit, before, State.MEMORY, origin.memory(THIS, target)), target=target)


def _place(unit: Unit) -> tuple[object, ...]:
    return unit.source, unit.context, unit.locations, unit.marks


def _placed(before: Unit, unit: Unit) -> Unit:
    """Return an earlier unit with the sentence of a new one, and where that stands."""
    return replace(before, source=unit.source, context=unit.context, locations=unit.locations, marks=unit.marks)


def _words(unit: Unit) -> str:
    """Return the wording of a sentence without the signs of its marks."""
    return wording(markup.unsigned(unit).source)


def _signs(unit: Unit) -> tuple[str, bool]:
    """Return what a translation must fit: the words with their signs, and whether they are signs."""
    return wording(unit.source), bool(unit.marks)


def _in_doubt(unit: Unit, before: Unit, why: str) -> Unit:
    """Return a unit with the translation of the same words, of which something is other: a person must look."""
    target = markup.fitted(before.target, before.marks, unit.marks)
    kept = replace(_placed(before, unit), target=target, previous=before.previous or before.source)
    if before.state.is_done:
        return replace(kept, state=State.DOUBT, origin=why)
    return replace(kept, origin=origin.moved(before, target))


OTHER_MARKS = origin.doubt("its sentence has other marks now")
OTHER_VOWELS = origin.doubt("its sentence has other vowels or figures now")
"""Why the translation of the same words waits for review."""


def fill(catalogue: Catalogue, memory: Memory) -> Catalogue:
    """Return the catalogue with what needs no engine: addresses copied, and what the memory knows.

    Filled are empty units, and those whose text is proved to be what a program left there.
    A sentence of the same kind that a document of ours translates in one way keeps its
    readings; any other, of another kind, of somebody else's memory or only alike, is offered; not what was taken out of
    the documents, as a name may have been, so that it does not leave.
    """
    return replace(catalogue, units=tuple(_filled(unit, memory) for unit in catalogue.units))


def _filled(unit: Unit, memory: Memory) -> Unit:
    if unit.target and not origin.is_untouched(unit):
        return unit
    if is_contact_value(unit.source):
        return replace(unit, target=western_digits(unit.source), state=State.COPIED, origin=origin.COPIED)
    words = markup.unsigned(unit).source
    if entries := memory.exact(words):
        return _remembered(unit, entries)
    return unit if unit.target else _suggested(unit, memory.similar(words, matching.LEAST, only_standing=True))


def _remembered(unit: Unit, entries: list[MemoryEntry]) -> Unit:
    alike = (entry for entry in entries if (wording(entry.source), bool(entry.marks)) == _signs(unit))
    fitting = [entry for entry in alike if is_respelling(entry.source, unit.source)]
    ours = [entry for entry in fitting if entry.is_ours and _same_kind(entry.context, unit.context)]
    if len({entry.target for entry in ours}) == 1:
        best, where = ours[0], f"memory: {ours[0].origin}"
        notes = tuple(dict.fromkeys((*unit.notes, *(note for entry in ours for note in entry.readings))))
        taken = replace(unit, target=best.target, state=State.TRANSLATED, origin=where, notes=notes, previous="")
        return readings.settled(taken)
    best = (ours or fitting or entries)[0]
    target = markup.fitted(best.target, best.marks, unit.marks)
    where, previous = (best.origin, "") if best in fitting else (f"{best.origin}, with other marks", best.source)
    return replace(unit, target=target, state=State.MEMORY, origin=origin.memory(where, target), previous=previous)


def _suggested(unit: Unit, matches: Sequence[Match]) -> Unit:
    if not matches:
        return unit
    best = max(matches, key=lambda match: (round(match.score), _same_kind(match.entry.context, unit.context)))
    target = markup.fitted(best.entry.target, best.entry.marks, unit.marks)
    where = origin.memory(best.entry.origin, target, math.floor(best.score))
    return replace(unit, target=target, state=State.MEMORY, origin=where, previous=best.entry.source)


def _same_kind(one: str, other: str) -> bool:
    return one == other or {one, other} <= PROSE


def undrafted(catalogue: Catalogue, *, redo: bool = False) -> list[Unit]:
    """Return the units an engine may fill: empty ones; with `redo`, a machine's text nobody touched too."""
    return [unit for unit in catalogue.units if _is_undrafted(unit, redo)]


def _is_undrafted(unit: Unit, redo: bool) -> bool:
    return not unit.target or (redo and unit.state is State.MACHINE and origin.is_untouched(unit))


def draft(catalogue: Catalogue, drafts: Mapping[tuple[str, str], Draft], *, redo: bool = False) -> Catalogue:
    """Return the catalogue with machine translations, by key, where an engine may write; all are fuzzy.

    Where there is none fit to be read, an empty unit stays so, and its origin says why.
    """

    def drafted(unit: Unit) -> Unit:
        made = drafts.get(unit.key)
        if made is None or not _is_undrafted(unit, redo):
            return unit
        if made.text.strip():
            return replace(
                unit,
                target=made.text,
                state=State.MACHINE,
                origin=origin.machine(made.engine, made.text, made.left_out),
            )
        return unit if unit.target else replace(unit, origin=origin.failed(made.problem))

    return replace(catalogue, units=tuple(drafted(unit) for unit in catalogue.units))
