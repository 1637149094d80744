"""Words with marks in our PDFs: how many of them readers find, and copy, as they are written.

    python -m benchmarks.recall [--pdfjs FOLDER] [--pymupdf PYTHON] [--lost]

It typesets a page of words in which every mark of Persian and Arabic stands on letters of every shape, at the
beginning, in the middle and at the end of a word, single and joined, before spaces, non-joiners and punctuation, in
running text that is justified and in headings, Persian beside Arabic. A word counts when it is found with all its characters, in the order in
which they are written or an equivalent one (NFC), as often as it stands there; signs of direction that readers add are
left out.

Readers that are not there are named and left out. FOLDER is `pdfjs-dist` of npm, for a newer pdf.js than Debian's;
PYTHON one that has PyMuPDF, for a newer MuPDF. `--lost` shows the words that are not found.
"""

import argparse
import re
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, product
from pathlib import Path

from pipeline.catalogue import leverage
from pipeline.edition import alignment
from pipeline.edition.design import Design, Layout
from pipeline.edition.render import pdf
from pipeline.languages import SHIPPED
from pipeline.model import Block, Catalogue, Document, Kind, Meta, State
from tests.support import readers

VOWELS = "\u064b\u064c\u064d\u064e\u064f\u0650"
MARKS = (*VOWELS, *"\u0651\u0652\u0653\u0654\u0655\u0670\u0656\u0657", *(f"\u0651{one}" for one in (*VOWELS, "\u0670")))
"""Tanwin, vowels, shadda, sukun, madda, hamza above and below, alefs and dammas above and below; shadda with others."""

BASES = "بنسصطعفقكکگلمهیحجدرواأ"
"""Letters of every shape that a mark may stand on: with a tooth, bowls, loops, strokes, a tail, an upright."""

SHAPES = ("{}مر", "ن{}مر", "بم{}", "را{}", "دا{}ب", "م{}\u200cها", "و{}")
"""A letter that begins a word, stands in its middle, ends it or stands alone, and one before a non-joiner."""

PLAIN = """
می‌خواهیم خانه‌های نیم‌فاصله کتاب‌هایشان بی‌آنکه سلام اسلام بالا الآن لأن لإيمان اللّٰه
هٰذا قرآن مؤسّسه مسئول حتماً محمّد خانهٔ أَحد عملاً مثلاً ابتداءً جزءاً لاً رَبَّنَا شيءٍ
كِتَابٌ رَحْمَٰن ٱلله إِنَّ آمَنُوا سَلَامٌ لَا إِلَٰهَ مُؤْمِنِينَ بِئْسَ تُقَدِّمُوا
مُحَمَّدٌ خانهٔ‌شان علاقهٔ‌مان ۀ خانۀ شورای‌ملّی اصلِ کلامِ بیّنه هیأتِ رأی
"""

BEHIND = ("", "،", "", ".", "", "؛", "", "»", "", "؟", "", ":", "", ")", "", "!")
"""What stands behind a word before the space."""

WORD = re.compile("[\\w\u200c\u064b-\u065f\u0670]+")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def marked() -> Iterator[str]:
    """Yield words with every mark on every letter, in every shape."""
    for number, (mark, base) in enumerate(product(MARKS, BASES)):
        # Of the shapes, three by turns; in all, each mark is in each, and so is each letter.
        for step in (0, 1, 2):
            yield SHAPES[(number + 3 * step) % len(SHAPES)].format(base + mark)


def texts(words: Iterable[str]) -> list[str]:
    """Return words as paragraphs under headings, which have words too."""
    ordered = [f"{word}{behind}" for word, behind in zip(words, cycle(BEHIND), strict=False)]
    parts = [ordered[start : start + 60] for start in range(0, len(ordered), 60)]
    return [line for part in parts for line in (" ".join(part[:4]), " ".join(part[4:])) if line]


def typeset(folder: Path, lines: Sequence[str]) -> Path:
    """Typeset headings and paragraphs by turns, in Persian beside Arabic."""
    path = folder / "recall.pdf"
    blocks = tuple(
        Block(Kind.PARAGRAPH if number % 2 else Kind.HEADING, line, number, number, 0 if number % 2 else 2)
        for number, line in enumerate(lines)
    )
    document = Document("recall", SHIPPED["fa"], Meta(), blocks, "ab" * 32)
    units = tuple(replace(unit, target=unit.source, state=State.REVIEWED) for unit in leverage.extract(document))
    edition = alignment.build(document, {"ar": Catalogue("recall", "fa", "ar", units)})
    (sheet,) = pdf.sheets(edition, Design(layout=Layout("parallel")))
    path.write_bytes(pdf.typeset(sheet).content)
    return path


def counted(found: str) -> Counter[str]:
    """Return how often each word stands in a text."""
    return Counter(WORD.findall(unicodedata.normalize("NFC", _DIRECTION.sub("", found))))


def lost(found: str, words: Iterable[str]) -> Counter[str]:
    """Return the words that a text has not, or not often enough."""
    return counted("\n".join(words)) - counted(found)


def judges(pdfjs: str | None, pymupdf: str | None) -> dict[str, Callable[[Path], str]]:
    """Return the readers of PDF, with the newer ones that are named."""
    found: dict[str, Callable[[Path], str]] = dict(readers.READERS)
    if pdfjs:
        found["pdf.js of npm"] = lambda path: readers.pdfjs(path, pdfjs)
    if pymupdf:
        code = "import sys, pymupdf\nfor page in pymupdf.open(sys.argv[1]): print(page.get_text())"
        found["PyMuPDF"] = lambda path: readers.output(pymupdf, "-c", code, path)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pdfjs", metavar="FOLDER")
    parser.add_argument("--pymupdf", metavar="PYTHON")
    parser.add_argument("--lost", action="store_true")
    options = parser.parse_args()
    lines = texts([*PLAIN.split(), *marked()])
    # Each language has them once.
    wanted = lines * 2
    with tempfile.TemporaryDirectory() as folder:
        path = typeset(Path(folder), lines)
        print(f"{counted(chr(10).join(wanted)).total()} words, {path.stat().st_size // 1000} kB")
        for name, read in judges(options.pdfjs, options.pymupdf).items():
            try:
                missed = lost(read(path), wanted)
            except (OSError, subprocess.CalledProcessError):
                print(f"{name:14} is not here, or does not run")
                continue
            print(f"{name:14} {1 - missed.total() / counted(chr(10).join(wanted)).total():.4f}")
            if options.lost:
                print("   ", " ".join(missed))


if __name__ == "__main__":
    main()
