"""What pdftotext prints of a PDF → plain text for a person to look through, and what is doubtful in it.

A PDF holds places of glyphs, not text: joined letters come out in another order, a hamza loses its letter, and what was
a picture is not there at all. So nothing made here is read as a document before somebody has compared it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

FREQUENT = 0.5
"""A line at the top or the foot of so many pages is no part of the text."""

FEWEST_PAGES = 3
"""With fewer, a line that is repeated may be a part of the text."""

MOST_SHOWN = 5

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_EMBEDDED = re.compile("\u202a([^\u202a-\u202e]*)\u202c")
"""What is written from left to right in a line that is written from right to left."""
_SIGNS = re.compile(r"\A\W+")
_BULLETS = re.compile("[\uf0a7\uf0b7\uf0d8\uf0fc]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_TORN = (" \u0654", "ه ")
"""How the first part of a torn line ends, and how the second begins."""
_LOST_HAMZA = re.compile(r"(?:^|\s)\u0654")
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_LAM_ALEF = re.compile(
    "^(?:باال|اسالم|اسالمی|انقالب|عالقه|خالصه|اطالعات|اطالع|اصالح|سالمت|تالش|کالس|کامال|مثال|قبال|اعالم|اعالمیه|والیت|مالقات|"
    "مالحظه|خالف|اختالف|عالوه|اقالم|حاال|طالق|ابالغ|تعطیالت|تشکیالت|تحصیالت|اشکاالت|مشکالت|سواالت)$"
)
"""Words with «لا» whose two letters were turned around, as a joined glyph comes out of many PDFs."""


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """A text, and what is doubtful in it, for a person."""

    text: str
    doubts: tuple[str, ...]


def cleaned(printed: str) -> ExtractedText:
    """Return the text of pages that are parted by form feeds, without what is repeated on every page."""
    clean, controls = _CONTROL.subn("", printed)
    pages = [_lines(page) for page in clean.removesuffix("\f").split("\f")]
    furniture, gone = _furniture(pages), dict[str, list[str]]()
    kept = [_mended(_without(page, furniture, gone)) for page in pages]
    text = "\n\n".join(filter(None, ("\n".join(page).strip("\n") for page in kept)))
    return ExtractedText(f"{text}\n" if text else "", (*_controls(controls), *_doubts(pages, gone, text)))


def _controls(count: int) -> Iterator[str]:
    if count:
        yield f"{count:,} characters that are no text, and could control a terminal, are left out"


def _lines(page: str) -> list[str]:
    return [_BULLETS.sub("•", _BIDI.sub("", _EMBEDDED.sub(_turned, line))).rstrip() for line in page.split("\n")]


def _turned(embedded: re.Match[str]) -> str:
    """Return a number or a Latin word within Persian with the signs around it where a reader of Persian meets them."""
    before = _signs(embedded[1])
    rest = embedded[1][len(before) :]
    behind = _signs(rest[::-1])
    return behind + rest[: len(rest) - len(behind)] + before[::-1]


def _signs(text: str) -> str:
    """Return what a text begins with that is no letter and no figure."""
    return text[: len(text) - len(_SIGNS.sub("", text, count=1))]


def _mended(lines: Sequence[str]) -> list[str]:
    """Return lines with those joined again that were torn at a «هٔ», the second part of which comes first."""
    mended: list[list[str]] = []  # of each line its parts, the first of them last
    for line in lines:
        parts = mended[-1] if mended else [""]
        if parts[-1].startswith(_TORN[1]) and line.endswith(_TORN[0]):
            parts[-1] = parts[-1].removeprefix(_TORN[1])
            parts.append(line.removesuffix(_TORN[0]) + "ه\u0654 ")
        else:
            mended.append([line])
    return ["".join(reversed(parts)) for parts in mended]


def _form(line: str) -> str:
    """Return a line as it is compared with those of other pages: numbers of pages differ."""
    return _FIGURES.sub("0", " ".join(line.split()))


def _edges(page: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return where the first two lines of a page stand, and the last two, from the edge on."""
    printed = [at for at, line in enumerate(page) if line.strip()]
    return printed[:2], printed[:-3:-1]


def _furniture(pages: Sequence[Sequence[str]]) -> tuple[set[str], set[str]]:
    """Return the forms of lines that stand first on most pages, and of those that stand last."""
    counts: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for page in pages if len(pages) >= FEWEST_PAGES else ():
        for edge, counted in zip(_edges(page), counts, strict=True):
            counted.update({_form(page[at]) for at in edge})
    head, foot = ({form for form, count in one.items() if count > FREQUENT * len(pages)} for one in counts)
    return head, foot


def _without(page: Sequence[str], furniture: tuple[set[str], set[str]], gone: dict[str, list[str]]) -> list[str]:
    """Return a page without its furniture, which is noted as `gone`: at each edge once, for the next line is text.

    Of numbers below numbers, as in a table at the end of a page, the last is its own.
    """
    places: dict[int, str] = {}
    for edge, forms in zip(_edges(page), furniture, strict=True):
        its = {form: at for at in reversed(edge) if (form := _form(page[at])) in forms}
        places |= {at: form for form, at in its.items()}
    for at, form in sorted(places.items()):
        gone.setdefault(form, []).append(page[at].strip())
    return [line for at, line in enumerate(page) if at not in places]


def _doubts(pages: Sequence[Sequence[str]], gone: Mapping[str, Sequence[str]], text: str) -> Iterator[str]:
    empty = [str(number) for number, page in enumerate(pages, 1) if not any(line.strip() for line in page)]
    if empty:
        yield f"no text on page {_listed(empty)}: a picture, perhaps a scan, which must be typed"
    for _, lines in sorted(gone.items()):
        its = _listed([f"«{line}»" for line in dict.fromkeys(lines)])
        yield f"left out {len(lines)} times at the head or foot of a page, because it stands on most: {its}"
    if turned := _found(_LAM_ALEF, _WORD.findall(text)):
        yield f"«لا» may be turned around to «ال» throughout, as in {turned}"
    lines = text.split("\n")
    hamzas = [str(number) for number, line in enumerate(lines, 1) if _LOST_HAMZA.search(line)]
    if hamzas:
        yield f"a hamza (ٔ) has lost its letter, and words around it may be torn: line {_listed(hamzas)}"
    odd = [str(number) for number, line in enumerate(lines, 1) if _PRIVATE.search(line)]
    if odd:
        yield f"signs that no other font has: line {_listed(odd)}"
    if "\u200c" not in text and re.search(r"\bمی [^\W\d_]", text):
        yield "there is no non-joiner in it: «می» and endings stand apart, or joined"


def _found(pattern: re.Pattern[str], words: Sequence[str]) -> str:
    return _listed([f"«{word}»" for word in dict.fromkeys(words) if pattern.match(word)])


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else ""
    return ", ".join(names[:MOST_SHOWN]) + more
