"""The text of a PDF as readers of PDF find it, and how much of a source text that is."""

import re
import subprocess
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2

_INVISIBLE = re.compile("[\u00ad\ufffe]\n?|[\u061c\u2066-\u2069\u200e\u200f\u202a-\u202e]")
"""Isolates, marks, and hyphens that only a line end has put there (PDFium gives U+FFFE for these)."""


def pdfium(path: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def pdfjs(path: Path, folder: str = "") -> str:
    """By the pdf.js of Debian, or a newer one in a folder `pdfjs-dist` of npm."""
    return output("node", Path(__file__).with_name("pdfjs.cjs"), path, *filter(None, (folder,)))


def poppler(path: Path) -> str:
    return output("pdftotext", "-enc", "UTF-8", path, "-")


def mupdf(path: Path) -> str:
    """The words alone: before version 1.23, mutool leaves right-to-left text as it is drawn, from the left."""
    text = output("mutool", "draw", "-q", "-F", "txt", path)
    return re.sub("[\u0600-\u06ff\u200c\ufef5-\ufefc]+", lambda word: word[0][::-1], text)


def output(*command: object) -> str:
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True, encoding="utf-8").stdout


READERS = {"pdfium": pdfium, "pdfjs": pdfjs, "poppler": poppler, "mupdf": mupdf}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def found(text: str, source: str) -> tuple[int, int]:
    """Return how many words of a source a text holds, each as often as it stands there, and of how many."""
    there, wanted = Counter(words(text)), Counter(words(source))
    return sum(min(there[word], count) for word, count in wanted.items()), wanted.total()


def in_order(text: str, source: str) -> float:
    """Return the share of pairs of neighbouring words that are neighbours in the text too."""
    there, wanted = (Counter(pairwise(one)) for one in (words(text), words(source)))
    return sum(min(there[pair], count) for pair, count in wanted.items()) / wanted.total()
