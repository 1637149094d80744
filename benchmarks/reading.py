"""How well documents are read, against readings by hand.  Run: python -m benchmarks.reading [-v] [FOLDER]

FOLDER has documents in plain text (a.txt) and beside each its reading by hand (a.json); without it, the five
documents of this workspace are read, by the rules alone and with the corrections beside them. Kinds: share of
blocks whose lines and kind are those of the reading by hand. Boundaries: F1 over the ends of sentences, each found
as a place in the file, so that a marker read as text costs nothing but itself. -v lists every difference.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from pipeline.document import corrections
from pipeline.document.formats import txt
from pipeline.document.sentences import sentences
from pipeline.languages import SHIPPED
from pipeline.model import Document
from pipeline.workspace import config, reading

ROOT = Path(__file__).parents[1]
READING = ROOT / "tests" / "statements" / "reading"

Read = tuple[str, int, int, list[str]]
"""A block as it was read: kind, first and last line, sentences."""


@dataclass(frozen=True)
class Score:
    blocks: int
    right_kinds: int
    found: int
    expected: int
    common: int

    @property
    def kinds(self) -> float:
        return self.right_kinds / self.blocks

    @property
    def f1(self) -> float:
        return 2 * self.common / (self.found + self.expected)

    def __add__(self, other: "Score") -> "Score":
        return Score(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Comparison:
    """A document as it is read, and as a person read it."""

    lines: list[str]
    ours: list[Read]
    theirs: list[Read]

    @property
    def score(self) -> Score:
        right = {block[:3] for block in self.ours}
        ours, theirs = (_ends(self.lines, blocks) for blocks in (self.ours, self.theirs))
        right_kinds = sum(block[:3] in right for block in self.theirs)
        return Score(len(self.theirs), right_kinds, len(ours), len(theirs), len(ours & theirs))

    def differences(self) -> Iterator[str]:
        ours, theirs = ({block[:3] for block in blocks} for blocks in (self.ours, self.theirs))
        for kind, first, last in sorted(ours ^ theirs, key=lambda block: block[1:]):
            sign = "-" if (kind, first, last) in theirs else "+"
            yield f"{sign} {first}-{last} {kind}: {self.lines[first - 1].strip()[:60]}"
        ours, theirs = _ends(self.lines, self.ours), _ends(self.lines, self.theirs)
        for line, column in sorted(ours ^ theirs):
            sign = "- missed" if (line, column) in theirs else "+ wrong"
            text = self.lines[line - 1]
            yield f"{sign} end {line}: …{text[max(0, column - 30) : column]}|{text[column : column + 25]}…"


def _ends(lines: list[str], blocks: Iterable[Read]) -> set[tuple[int, int]]:
    """Return the ends of sentences as lines, counted from 1, and the number of characters before each in its line."""
    ends = set()
    for kind, first, last, parts in blocks:
        if kind == "separator":
            continue
        characters = _places(lines, first, last)
        for part in parts:
            place = None
            for letter in "".join(part.split()):
                place = next((there for there, found in characters if found == letter), None)
            if place:
                ends.add(place)
    return ends


def _places(lines: list[str], first: int, last: int) -> Iterator[tuple[tuple[int, int], str]]:
    for number in range(first, last + 1):
        for column, letter in enumerate(lines[number - 1], 1):
            if not letter.isspace():
                yield (number, column), letter


def read(path: Path, lang: str, *, corrected: bool) -> Document:
    """Return a document, with the corrections beside it in this workspace or without them."""
    if corrected:
        return reading.read(config.read(ROOT), path)
    return txt.read(path.read_bytes(), path.stem, SHIPPED[lang], corrections.Corrections())


def compare(path: Path, truth: Path, *, corrected: bool = False) -> Comparison:
    expected = json.loads(truth.read_text("utf-8"))
    document = read(path, expected.get("language", "fa"), corrected=corrected)
    ours = [
        (block.kind.value, block.first, block.last, [one.source for one in sentences(block, document.language)])
        for block in document.blocks
    ]
    theirs = [(block["kind"], *block["lines"], block["sentences"]) for block in expected["blocks"]]
    return Comparison(path.read_text("utf-8-sig").splitlines(), ours, theirs)


def score(document_id: str, *, corrected: bool) -> Score:
    """Return the score of a document of this workspace."""
    return compare(ROOT / "seeds" / f"{document_id}.txt", READING / f"{document_id}.json", corrected=corrected).score


def show(comparisons: dict[str, Comparison], *, verbose: bool) -> None:
    scores = {name: one.score for name, one in comparisons.items()}
    total = sum(list(scores.values())[1:], next(iter(scores.values())))
    for name, one in [*scores.items(), ("all", total)]:
        print(f"  {name:42} blocks {one.blocks:4}  kinds {one.kinds:6.1%}  sentences F1 {one.f1:.4f}")
        for difference in comparisons[name].differences() if verbose and name in comparisons else ():
            print(f"    {difference}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("-v", action="store_true", dest="verbose", help="list every difference")
    options = parser.parse_args()
    if options.folder:
        paths = sorted(path for path in options.folder.glob("*.txt") if path.with_suffix(".json").exists())
        show({path.stem: compare(path, path.with_suffix(".json")) for path in paths}, verbose=options.verbose)
        return
    for corrected in (False, True):
        print("with corrections" if corrected else "rules alone")
        truths = sorted(READING.glob("*.json"))
        compared = {
            truth.stem: compare(ROOT / "seeds" / f"{truth.stem}.txt", truth, corrected=corrected) for truth in truths
        }
        show(compared, verbose=options.verbose)


if __name__ == "__main__":
    main()
