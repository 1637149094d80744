"""Text → elements as they are printed: other scripts set apart, addresses as links, changes marked.

The tree is built as elements and serialised once, so every string is escaped.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition import counting, direction
from pipeline.edition.render.pdf.raised import with_raised
from pipeline.languages import Language
from pipeline.model import Mark, MarkKind
from pipeline.text import markup
from pipeline.text.orthography import western_digits
from pipeline.text.printable import plain, safe
from pipeline.text.rewording import WORD, Change, changes, gap, joined
from pipeline.text.segment import addresses
from pipeline.text.wordlist import alternatives

LONGEST_LINK = 2000
"""Characters; what is longer is printed as text."""

_SPACES = re.compile(r"[ \u00a0]{2,}")
_HANGING = re.compile(r" (?=[–—…]|-(?: |$)|\.\.)")
"""Before a dash or an ellipsis, which no line may begin with."""

_ENDLESS = re.compile(r"[^\s\u200b]{30}(?=[^\s\u200b])|[^ \u200b]{60}(?=[^ \u200b])")
"""No word of a language: without places to break it, its lines would take minutes to find."""

_LONG_WORD, _ADDRESS = re.compile(r"\S{24,}"), re.compile(r"://|www\.|\w@\w")
_IN_ADDRESS = re.compile(r"(?<=/)(?=[^\s/])|(?<=\w)(?=[.?&#=_~@-]\w)")
"""Where an address that may fit no line goes on in the next: behind a stroke, and before other signs, so that they are
seen to be its own. Behind a hyphen nobody could tell."""


_ELEMENTS = {
    MarkKind.STRONG: "strong",
    MarkKind.EMPHASIS: "em",
    MarkKind.CODE: "code",
    MarkKind.SUPERSCRIPT: "sup",
    MarkKind.SUBSCRIPT: "sub",
}


def marked(
    line: Element, text: str, language: Language, signs: Sequence[Mark] | None, around: Sequence[Mark] = ()
) -> None:
    """Append a sentence with its marks: `signs` are what the numbers in it stand for, `around` lie over all of it.

    Without `signs` it has none; a number that stands for nothing leaves its words alone. Addresses become links.
    """
    _add_spans(line, _spans(text, signs), language, signs or (), around)


def _spans(text: str, signs: Sequence[Mark] | None) -> list[markup.Span]:
    return [markup.Span(safe(text))] if signs is None else markup.read(safe(text))


def _add_spans(
    line: Element, spans: Sequence[markup.Span], language: Language, signs: Sequence[Mark], around: Sequence[Mark]
) -> None:
    known = dict(enumerate(signs, 1))
    opened: list[tuple[object, Element]] = []
    for stretch in _stretches(spans, language):
        pairs = [(number, known[number]) for number in stretch.span.around if number in known]
        styles = ((kind, Mark(0, 0, kind)) for kind in sorted(stretch.span.styles))
        runs = ((("run", run), None) for run in stretch.runs)
        wanted = [*runs, *enumerate(around, -len(around)), *pairs, *styles]
        kept = _shared([key for key, _ in opened], [key for key, _ in wanted])
        del opened[kept:]
        for key, mark in wanted[kept:]:
            parent = opened[-1][1] if opened else line
            opened.append((key, _element(parent, mark) if mark else _apart(parent, language)))
        parent = opened[-1][1] if opened else line
        if stretch.span.number:
            _place(parent, known.get(stretch.span.number), language)
        elif stretch.is_address and not any(element.tag == "a" for _, element in opened):
            _add_address(parent, stretch.span.text)
        else:
            compose(parent, stretch.span.text, language)
    for emphasis in line.iter("em"):
        if _has_no_italics("".join(emphasis.itertext())):
            emphasis.set("class", "upright")


def _has_no_italics(text: str) -> bool:
    """Whether letters of a text are of a script in which nothing slants: not Latin, Greek or Cyrillic."""
    return any(letter.isalpha() and not _SLANTS.match(letter) for letter in text)


_SLANTS = re.compile(
    "[A-Za-z\u00aa-\u052f\u1c80-\u1c8f\u1d00-\u1fff\u2071-\u209c\u2c60-\u2c7f\ua640-\ua7ff\uab30-\uab6f]"
)


class _Stretch(NamedTuple):
    """A part of a sentence that is one element: of one span, in the same runs, and an address or none."""

    span: markup.Span
    runs: tuple[int, ...]
    is_address: bool


def _stretches(spans: Sequence[markup.Span], language: Language) -> Iterator[_Stretch]:
    """Yield the parts of spans, cut at addresses, and where words of the other direction go over from part to part.

    «H₂O» in a Persian sentence has three spans, which would stand in the order of Persian; so would «Mail: a@b.org».
    """
    text = "".join(span.text for span in spans)
    links = [found.span() for found in addresses(western_digits(text)) if len(found[0]) <= LONGEST_LINK]
    bounds = sorted(
        {*accumulate((len(span.text) for span in spans), initial=0), *(place for link in links for place in link)}
    )
    crossing = _crossing(text, bounds, language) if len(bounds) > 2 else []
    starts, ends = [start for start, _ in crossing], [end for _, end in crossing]
    linked = set(links)
    end = 0
    for span in spans:
        start, end = end, end + len(span.text)
        if start == end:
            yield _Stretch(span, (), is_address=False)
            continue
        inside = crossing[bisect_right(ends, start) : bisect_left(starts, end)]
        within = bounds[bisect_left(bounds, start) : bisect_right(bounds, end)]
        cuts = sorted({*within, *(place for run in inside for place in run if start < place < end)})
        for left, right in pairwise(cuts):
            numbers = tuple(run[0] for run in inside if run[0] <= left and right <= run[1])
            yield _Stretch(replace(span, text=text[left:right]), numbers, (left, right) in linked)


def _crossing(text: str, bounds: Sequence[int], language: Language) -> list[tuple[int, int]]:
    """Return the runs of the other direction that go over one of the bounds."""
    runs = direction.runs(text, language.direction)
    return [run for run in runs if bisect_left(bounds, run[1]) > bisect_right(bounds, run[0])]


def _add_address(parent: Element, address: str) -> None:
    link = SubElement(parent, "a", {"class": "address", "dir": "ltr", "href": _link(address)})
    link.text = breakable(address)


def _apart(parent: Element, language: Language) -> Element:
    return SubElement(parent, "span", {"class": "apart", "dir": "ltr" if language.direction == "rtl" else "rtl"})


def _shared(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many things two sequences have in common from the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))


def _element(parent: Element, mark: Mark) -> Element:
    if mark.kind is MarkKind.LINK:
        is_safe = mark.value.startswith(_SCHEMES) and len(mark.value) <= LONGEST_LINK
        return SubElement(parent, "a", href=safe(mark.value)) if is_safe else SubElement(parent, "span")
    attributes = {"dir": "ltr"} if mark.kind is MarkKind.CODE else {}
    return SubElement(parent, _ELEMENTS[mark.kind], attributes)


_SCHEMES = ("https://", "http://", "mailto:")


def _place(parent: Element, mark: Mark | None, language: Language) -> None:
    """Append what stands at a place: a line end, or the marker of a note. A picture is a block of its own."""
    if mark is None:
        return
    if mark.kind is MarkKind.BREAK:
        SubElement(parent, "br")
    elif mark.kind is MarkKind.NOTE:
        add_text(parent, "\u2060")  # no line begins with a note's marker
        reference = SubElement(parent, "sup", {"class": "reference"})
        reference.text = counting.note(mark.value, language)


def reworded(
    line: Element,
    before: str,
    now: str,
    language: Language,
    signs: Sequence[Mark] | None = None,
    around: Sequence[Mark] = (),
) -> None:
    """Append a sentence with what changed in it marked as deleted and inserted.

    `now` has its marks, as in `marked`; what is gone has lost them. `data-spoken` is what a listener hears of a change.
    """
    spans = _spans(now, signs)
    text = "".join(span.text for span in spans)
    words = list(WORD.finditer(text))
    at = count = 0
    kind, last = Change.KEPT, ""
    for kind, run in changes(safe(before), text):
        # A line may end here, whatever follows: WeasyPrint finds no such place before an isolate.
        add_text(line, f"{gap(last, run[0])}\u200b" if last else "")
        last = run[-1]
        part = _change(line, kind, joined(run), language)
        if kind is Change.GONE:
            compose(part, joined(run), language)
            continue
        count += len(run)
        start, end = words[count - len(run)].start(), words[count - 1].end()
        is_last = count == len(words)
        _add_spans(part, _between(spans, start, end, at, len(text) if is_last else end), language, signs or (), around)
        at = end
    if kind is Change.GONE:
        add_text(line, gap(last, last))


def _change(line: Element, kind: Change, words: str, language: Language) -> Element:
    """Return where words belong: the line itself, or an element of what is gone or new."""
    if kind is Change.KEPT:
        return line
    label = language.labels.removed if kind is Change.GONE else language.labels.added
    return SubElement(line, "del" if kind is Change.GONE else "ins", {"data-spoken": label.format(words=plain(words))})


def _between(spans: Sequence[markup.Span], start: int, end: int, after: int, until: int) -> list[markup.Span]:
    """Return the spans of a stretch of a text, with the places (of notes, say) behind `after` up to `until`."""
    found, place = [], 0
    for span in spans:
        left, right = max(start - place, 0), min(end - place, len(span.text))
        if left < right:
            found.append(replace(span, text=span.text[left:right]))
        elif not span.text and (after < place <= until or (place == 0 and after == 0)):
            found.append(span)
        place += len(span.text)
    return found


def compose(parent: Element, text: str, language: Language) -> None:
    """Append a text as it is printed: single spaces, no line end inside a Persian word, wholes set apart, 1ᵉʳ for 1er.

    Bidirectional controls of the text's own are left out: one without its partner would turn
    all that follows.
    """
    text = _HANGING.sub("\u00a0", _SPACES.sub(" ", safe(text)))
    text = breakable(text)
    text = _bound(language).sub("\u00a0", text)
    if inside := language.punctuation.space_inside:
        text = _inside(inside).sub(NARROW, text)
    text = with_raised(text, language.typesetting.raised)
    add_text(parent, direction.isolated(text, language.direction))


NARROW = "\u202f"
"""A space of one width, in lines whose other spaces are wider."""


@lru_cache(maxsize=16)
def _inside(marks: str) -> re.Pattern[str]:
    """Return what finds the spaces inside quotation marks, which are pairs of an opening and a closing one."""
    return re.compile(f"(?<=[{re.escape(marks[::2])}])[ \u00a0]|[ \u00a0](?=[{re.escape(marks[1::2])}])")


@lru_cache(maxsize=16)
def _bound(language: Language) -> re.Pattern[str]:
    """Where a line may not end: before a suffix or second half of a word, after a prefix of a verb, within «12 500»."""
    words = language.typesetting
    inside = r"|(?<=\d) (?=\d{3}(?!\d))" if language.numbers.thousands.isspace() else ""
    after = "".join(rf"|(?<=\b{re.escape(prefix)}) " for prefix in words.prefixes)
    return re.compile(rf" (?={alternatives((*words.suffixes, *words.halves))}\b){after}{inside}")


def breakable(text: str) -> str:
    """Return a text with places to break what is no word of a language."""
    if "/" in text or "@" in text or "www." in text:
        text = _LONG_WORD.sub(_broken_address, text)
    return _ENDLESS.sub("\\g<0>\u200b", text)


def _broken_address(word: re.Match[str]) -> str:
    return _IN_ADDRESS.sub("\u200b", word[0]) if _ADDRESS.search(word[0]) else word[0]


def add_text(parent: Element, text: str) -> None:
    """Append text behind what an element holds already."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _link(address: str) -> str:
    if "@" in address:
        return f"mailto:{address}"
    return address if address.startswith(("http://", "https://")) else f"https://{address}"
