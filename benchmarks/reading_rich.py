"""How well documents with styles are read, against readings by hand.  Run: python -m benchmarks.reading_rich FOLDER [-v]

FOLDER has documents, each beside its truth, `<file name>.json`. Kinds: share of the blocks of both readings that are in
both, with the same text but for white space. Marks and notes: those by hand that were found, and those that were read and are
none. Shape: level, depth, marker, rows and header rows of the blocks that are in both. Boundaries: F1 over the ends of
sentences within those blocks and all others. `-v` lists what differs.
"""

import difflib
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.document.corrections import Corrections
from pipeline.document.formats import FORMATS
from pipeline.languages import SHIPPED
from pipeline.model import Block, Document, Kind, MarkKind
from pipeline.text import grid
from pipeline.text.markup import PLACES
from pipeline.text.segment import split

NON_JOINER = "\u200c"


@dataclass
class Read:
    """A block, as both readings are compared."""

    kind: str
    text: str
    shape: dict[str, Any]
    marks: Counter[tuple[str, str, str]]
    whole: Counter[tuple[str, str, str]]
    """Marks over all of the block or of a cell, which a reading by hand may leave out."""
    sentences: list[str]

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, _squeezed(self.text)

    @property
    def ends(self) -> set[int]:
        """Where sentences end, in characters that are not white space."""
        ends, at = set(), 0
        for sentence in self.sentences:
            at += len(_squeezed(sentence))
            ends.add(at)
        return ends


@dataclass
class Score:
    found: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)
    common: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    differences: list[str] = field(default_factory=list)

    def count(self, what: str, found: Any, expected: Any, common: Any) -> None:
        self.found[what] += found
        self.expected[what] += expected
        self.common[what] += common

    def f1(self, what: str) -> float:
        both = self.found[what] + self.expected[what]
        return 2 * self.common[what] / both if both else 1.0

    def add(self, other: "Score") -> None:
        self.found += other.found
        self.expected += other.expected
        self.common += other.common
        self.lost += other.lost

    def __str__(self) -> str:
        figures = (f"{what} {self.f1(what):.4f}" for what in ("kinds", "shape", "marks", "notes", "boundaries"))
        return f"blocks {self.expected['kinds']:4}  {'  '.join(figures)}  non-joiners lost {self.lost}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _spaced(text: str) -> str:
    return " ".join(text.split())


def read(path: Path, lang: str) -> Document:
    form = next(one for one in FORMATS if path.suffix.lower() in one.SUFFIXES)
    return form.read(path.read_bytes(), path.stem, SHIPPED[lang], Corrections())


def _ours(block: Block, document: Document) -> Read:
    text = "" if block.kind is Kind.SEPARATOR else block.text
    sentences = [one.source for one in split(text, document.language, block.kind)]
    rows: list[list[str]] = []
    if block.kind.is_grid:
        cells = [(one.source, one.tail) for one in grid.cells(block.text)]
        rows = [[_spaced(cell or "") for cell in row] for row in grid.rows(cells)]
    shape = {"level": block.level, "depth": block.depth, "marker": block.marker, "rows": rows}
    return Read(
        block.kind.value,
        text,
        shape | {"header_rows": block.header_rows},
        Counter(mark for mark, is_whole in _marks(block) if not is_whole),
        Counter(mark for mark, is_whole in _marks(block) if is_whole),
        sentences,
    )


def _marks(block: Block) -> list[tuple[tuple[str, str, str], bool]]:
    marks = []
    wholes = {_spaced(part) for part in [block.text, *(block.text.replace("\n", "\t").split("\t"))]}
    for mark in block.marks:
        text = _spaced(block.text[mark.start : mark.end])
        if mark.kind in PLACES:
            marks.append(((mark.kind.value, "" if mark.kind is MarkKind.BREAK else mark.value, ""), False))
        elif text:
            marks.append(((mark.kind.value, text, mark.value if mark.kind is MarkKind.LINK else ""), text in wholes))
    return marks


def _theirs(block: dict[str, Any]) -> Read:
    kind = Kind(block["kind"])
    level = {Kind.TITLE: 1, Kind.HEADING: block.get("level", 2)}.get(kind, 0)
    shape = {
        "level": level,
        "depth": block.get("depth", int(kind is Kind.LIST_ITEM)),
        "marker": block.get("marker", ""),
        "rows": [[_spaced(cell) for cell in row] for row in block.get("rows", [])],
        "header_rows": block.get("header_rows", 0),
    }
    stated = block.get("marks", [])
    is_verse = kind is Kind.VERSE  # the line breaks of which are the lines of its text
    marks = Counter(
        (name, _spaced(text), target) for name, text, target in stated if not (is_verse and name == "break")
    )
    text = "" if kind is Kind.SEPARATOR else block["text"]
    return Read(kind.value, text, shape, marks, Counter(), block["sentences"])


def score(path: Path) -> Score:
    truth = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
    document = read(path, truth["language"])
    ours = [_ours(block, document) for block in document.blocks]
    return compared(ours, [_theirs(block) for block in truth["blocks"]])


def compared(ours: list[Read], theirs: list[Read]) -> Score:
    result = Score()
    result.lost = _lost([one.text for one in ours], [one.text for one in theirs])
    keys = [one.key for one in ours], [one.key for one in theirs]
    for _, start, end, first, last in difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        here, there = ours[start:end], theirs[first:last]
        same = [one.key for one in here] == [one.key for one in there]
        result.count("kinds", len(here), len(there), len(there) if same else 0)
        if same:
            for one, other in zip(here, there, strict=True):
                _compare_shapes(one, other, result)
        else:
            result.differences += [f"- {one.kind}: {_spaced(one.text)}" for one in there]
            result.differences += [f"+ {one.kind}: {_spaced(one.text)}" for one in here]
            ends, expected = (sum(len(one.ends) for one in part) for part in (here, there))
            result.count("boundaries", ends, expected, 0)
    _compare_marks(ours, theirs, result)
    return result


def _compare_shapes(one: Read, other: Read, result: Score) -> None:
    result.count("boundaries", len(one.ends), len(other.ends), len(one.ends & other.ends))
    for end in sorted(one.ends ^ other.ends):
        said = "ends" if end in one.ends else "does not end"
        result.differences.append(f"~ a sentence {said} after {_squeezed(one.text)[max(0, end - 25) : end]}")
    same = one.shape == other.shape
    result.count("shape", 1, 1, int(same))
    if not same:
        differing = {name: (one.shape[name], value) for name, value in other.shape.items() if one.shape[name] != value}
        result.differences.append(f"~ {_spaced(one.text)[:40]}: (read, by hand) {differing}")


def _compare_marks(ours: list[Read], theirs: list[Read], result: Score) -> None:
    found, expected = (sum((one.marks for one in part), Counter()) for part in (ours, theirs))
    found += sum((one.whole for one in ours), Counter()) & (expected - found)
    for what, kinds in (("notes", ("note",)), ("marks", tuple(kind for kind in MarkKind if kind != "note"))):
        one, other = (Counter({m: n for m, n in part.items() if m[0] in kinds}) for part in (found, expected))
        result.count(what, one.total(), other.total(), (one & other).total())
        result.differences += [f"- {mark}" for mark in (other - one).elements()]
        result.differences += [f"+ {mark}" for mark in (one - other).elements()]


def _lost(ours: list[str], theirs: list[str]) -> int:
    """Return how many non-joiners of the one text are not in the other, where the rest is the same."""
    here, there = ("".join(map(_squeezed, part)) for part in (ours, theirs))
    return max(0, there.count(NON_JOINER) - here.count(NON_JOINER))


def main() -> None:
    folder = Path(sys.argv[1])
    total = Score()
    for truth in sorted(folder.glob("*.json")):
        path = truth.with_suffix("")
        if not any(path.suffix.lower() in form.SUFFIXES for form in FORMATS):
            print(f"{path.name:32} not read: no format for {path.suffix}")
            continue
        one = score(path)
        print(f"{path.name:32} {one}")
        if "-v" in sys.argv:
            print(*(f"    {line}" for line in one.differences), sep="\n")
        total.add(one)
    print(f"{'all':32} {total}")


if __name__ == "__main__":
    main()
