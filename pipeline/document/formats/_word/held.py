"""Every paragraph of a Word document that nobody deleted, hidden or not: found apart from who reads it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.office import word
from pipeline.office.word import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPH = f"{W}p"
_WORDS = (f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_GONE = (f"{W}del", f"{W}moveFrom", f"{W}conflictDel", f"{W}rt")
"""What holds words that were deleted, or moved away, or how a word is pronounced."""


def paragraphs(element: "_Element") -> Iterator[str]:
    """Yield the words of each paragraph in an element; of several wordings for several programs, the longest."""
    apart = {words for gone in _apart(element) for words in gone.iter(*_WORDS)}
    found: list[str] = []
    for one in element.iter(_PARAGRAPH, *_WORDS):
        if one.tag == _PARAGRAPH:
            yield "".join(found)
            found.clear()
        elif one not in apart:
            found.append(one.text or "")
    yield "".join(found)
    yield from _drawn(element)


def _drawn(element: "_Element") -> Iterator[str]:
    """Yield words drawn along a path, as titles of older documents are, which no alternative has as text."""
    for art in element.iter("{urn:schemas-microsoft-com:vml}textpath"):
        around = next(art.iterancestors(_ALTERNATIVES), None)
        if around is None or not _length(around):
            yield art.get("string", "")


def in_margin(root: "_Element") -> Iterator[str]:
    """Yield the words of each paragraph of a header or footer, but for those that count pages."""
    for one in root.iter(_PARAGRAPH):
        codes = [code.text or "" for code in one.iter(f"{W}instrText")]
        codes += [field.get(f"{W}instr", "") for field in one.iter(f"{W}fldSimple")]
        if not any("PAGE" in code.upper() for code in codes):
            yield from paragraphs(one)


def _apart(element: "_Element") -> Iterator["_Element"]:
    """Yield what holds words that are none of the document."""
    yield from element.iter(*_GONE)
    for control in element.iter(f"{W}sdt"):
        if is_contents(control):
            yield control
    for row in element.iter(f"{W}tr"):
        if word.is_deleted(row):
            yield row
    for alternatives in element.iter(_ALTERNATIVES):
        longest = max(alternatives, key=_length, default=None)
        yield from (branch for branch in alternatives if branch is not longest)


def is_contents(control: "_Element") -> bool:
    """Whether a control holds the contents that Word writes itself."""
    return control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery[@{W}val='Table of Contents']") is not None


def _length(branch: "_Element") -> int:
    return sum(len(one.text or "") for one in branch.iter(*_WORDS))
