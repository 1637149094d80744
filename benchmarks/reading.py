"""How well the five documents are read, against tests/statements/reading/.  Run: python -m benchmarks.reading

Kinds: share of blocks whose lines and kind are those of the reading by hand. Boundaries:
F1 over the ends of sentences, counted in characters that are not white space.
"""

import json
from dataclasses import astuple, dataclass
from pathlib import Path

from pipeline.document import corrections
from pipeline.languages import SHIPPED
from pipeline.model import Document
from pipeline.text import segment
from pipeline.workspace import config, storage

ROOT = Path(__file__).parents[1]
READING = ROOT / "tests" / "statements" / "reading"


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


def read(document_id: str, *, corrected: bool) -> Document:
    """Return a document of this workspace, with or without the corrections beside it."""
    path = ROOT / "seeds" / f"{document_id}.txt"
    if corrected:
        return storage.read_document(config.read(ROOT), path)
    from pipeline.document.formats import txt

    return txt.read(path.read_bytes(), document_id, SHIPPED["fa"], corrections.Corrections())


def score(document_id: str, *, corrected: bool) -> Score:
    expected = json.loads((READING / f"{document_id}.json").read_text("utf-8"))["blocks"]
    document = read(document_id, corrected=corrected)
    kinds = {(block.kind.value, block.first, block.last) for block in document.blocks}
    right = sum((block["kind"], *block["lines"]) in kinds for block in expected)
    found = [[s.source for s in segment.split(block.text, document.language, block.kind)] for block in document.blocks]
    ours, theirs = _ends(found), _ends([block["sentences"] for block in expected])
    return Score(len(expected), right, len(ours), len(theirs), len(ours & theirs))


def _ends(blocks: list[list[str]]) -> set[int]:
    ends, position = set(), 0
    for sentence in (sentence for block in blocks for sentence in block):
        position += len("".join(sentence.split()))
        ends.add(position)
    return ends


def main() -> None:
    ids = sorted(path.stem for path in READING.glob("*.json"))
    for corrected in (False, True):
        scores = [score(document_id, corrected=corrected) for document_id in ids]
        print("with corrections" if corrected else "rules alone")
        for document_id, one in zip([*ids, "all"], [*scores, sum(scores[1:], scores[0])], strict=True):
            print(f"  {document_id:42} blocks {one.blocks:4}  kinds {one.kinds:6.1%}  sentences F1 {one.f1:.4f}")


if __name__ == "__main__":
    main()
