"""Text → elements as they are printed: other scripts set apart, addresses as links, changes marked.

The tree is built as elements and serialised once, so every string is escaped.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, pairwise
from xml.etree.ElementTree import Element, SubElement

from pipeline.languages import Language
from pipeline.model import Mark, MarkKind
from pipeline.text import markup
from pipeline.text.orthography import SCRIPT, western_digits
from pipeline.text.rewording import Change, changes
from pipeline.text.segment import addresses
from pipeline.text.wordlist import alternatives

LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"
"""Isolates: what stands between does not move what stands around (Unicode Standard Annex #9)."""

LONGEST_LINK = 2000
"""Characters; what is longer is printed as text."""

_NUMBER = r"\+?[0-9۰-۹]++(?:[-./ ][0-9۰-۹]++)*+"
_LATIN = r"[A-Za-z\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f .,&:/_'’-]*[A-Za-z0-9\u00c0-\u024f+#])?"
_LATIN_RUN = re.compile(f"{_NUMBER}|{_LATIN}")
_ARABIC_RUN = re.compile(rf"{SCRIPT.pattern}(?:[\s\u200c،؛؟.]*{SCRIPT.pattern})*")
_COMPOUND = re.compile("[-./ ]")
_SPACES = re.compile(r"[ \u00a0]{2,}")
_HANGING = re.compile(r" (?=[–—…]|-(?: |$)|\.\.)")
"""Before a dash or an ellipsis, which no line may begin with."""

_ENDLESS = re.compile(r"\S{30}(?=\S)")
"""No word of a language: without places to break it, its lines would take minutes to find."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    return " ".join(_safe(text).split())


def ltr(text: str) -> str:
    return f"{LRI}{_safe(text)}{PDI}"


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

    Without `signs` it has none; a number that stands for nothing leaves its words alone.
    """
    spans = [markup.Span(text)] if signs is None else markup.read(text)
    if signs is None and not around:
        sentence(line, text, language)
        return
    known = dict(enumerate(signs or (), 1))
    opened: list[tuple[object, Element]] = []
    for span, run in _with_runs(spans, language):
        pairs = [(number, known[number]) for number in span.around if number in known]
        styles = ((kind, Mark(0, 0, kind)) for kind in sorted(span.styles))
        wanted = [*((("run", one), None) for one in run), *enumerate(around, -len(around)), *pairs, *styles]
        kept = _shared([key for key, _ in opened], [key for key, _ in wanted])
        del opened[kept:]
        for key, mark in wanted[kept:]:
            parent = opened[-1][1] if opened else line
            opened.append((key, _element(parent, mark) if mark else _apart(parent, language)))
        parent = opened[-1][1] if opened else line
        if span.number:
            _place(parent, known.get(span.number), language)
        elif any(element.tag == "a" for _, element in opened):
            compose(parent, span.text, language)
        else:
            sentence(parent, span.text, language)
    for emphasis in line.iter("em"):
        if SCRIPT.search("".join(emphasis.itertext())):
            emphasis.set("class", "upright")


def _with_runs(spans: Sequence[markup.Span], language: Language) -> Iterator[tuple[markup.Span, tuple[int, ...]]]:
    """Yield spans, cut where words of another script go over from one into the next, with a number for these words.

    «H₂O» in a Persian sentence has three spans, which would stand in the order of Persian.
    """
    text = "".join(span.text for span in spans)
    pattern = _LATIN_RUN if language.direction == "rtl" else _ARABIC_RUN
    bounds = list(accumulate((len(span.text) for span in spans), initial=0))
    runs = [run.span() for run in pattern.finditer(text)]
    crossing = [run for run in runs if bisect_left(bounds, run[1]) > bisect_right(bounds, run[0])]
    starts, ends = [start for start, _ in crossing], [end for _, end in crossing]
    for span, start, end in zip(spans, bounds, bounds[1:], strict=False):
        if start == end:
            yield span, ()
            continue
        inside = crossing[bisect_right(ends, start) : bisect_left(starts, end)]
        cuts = sorted({start, end, *(place for run in inside for place in run if start < place < end)})
        for left, right in pairwise(cuts):
            numbers = tuple(run[0] for run in inside if run[0] <= left and right <= run[1])
            yield replace(span, text=text[left:right]), numbers


def _apart(parent: Element, language: Language) -> Element:
    return SubElement(parent, "span", {"class": "apart", "dir": "ltr" if language.direction == "rtl" else "rtl"})


def _shared(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many things two sequences have in common from the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))


def _element(parent: Element, mark: Mark) -> Element:
    if mark.kind is MarkKind.LINK:
        is_safe = mark.value.startswith(_SCHEMES) and len(mark.value) <= LONGEST_LINK
        return SubElement(parent, "a", href=_safe(mark.value)) if is_safe else SubElement(parent, "span")
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
        reference.text = note_marker(mark.value, language)


def note_marker(marker: str, language: Language) -> str:
    """Return the marker of a note in the digits of a language."""
    return in_digits(_safe(marker), language).strip()


def in_digits(text: str, language: Language) -> str:
    """Return a text with its numbers in the digits of a language."""
    return western_digits(text).translate(str.maketrans("0123456789", "".join(language.digits)))


def sentence(line: Element, text: str, language: Language) -> None:
    """Append a sentence to a line; addresses in it become links."""
    text = _safe(text)
    position = 0
    for found in addresses(western_digits(text)):
        if len(found[0]) > LONGEST_LINK:
            continue
        compose(line, text[position : found.start()], language)
        link = SubElement(line, "a", {"class": "address", "dir": "ltr", "href": _link(found[0])})
        link.text = _breakable(found[0])
        position = found.end()
    compose(line, text[position:], language)


def reworded(line: Element, before: str, now: str, language: Language) -> None:
    """Append a sentence with what changed in it marked as deleted and inserted."""
    kind = Change.KEPT
    for index, (kind, words) in enumerate(changes(_safe(before), _safe(now))):
        # A line may end here, whatever follows: WeasyPrint finds no such place before an isolate.
        add_text(line, " \u200b" if index else "")
        part = line if kind is Change.KEPT else SubElement(line, "del" if kind is Change.GONE else "ins")
        compose(part, " ".join(words), language)
    if kind is Change.GONE:
        add_text(line, " ")


def compose(parent: Element, text: str, language: Language) -> None:
    """Append a text as it is printed: single spaces, no line end inside a Persian word, other scripts set apart.

    In Persian, Latin words and compound numbers are isolated; in other languages, Persian is.
    Bidirectional controls of the text's own are left out: one without its partner would turn
    all that follows.
    """
    text = _HANGING.sub("\u00a0", _SPACES.sub(" ", _safe(text)))
    text = _breakable(text)
    text = _bound(language).sub("\u00a0", text)
    if language.direction == "rtl":
        text = _LATIN_RUN.sub(_isolated, text)
    else:
        text = _ARABIC_RUN.sub(f"{RLI}\\g<0>{PDI}", text)
    add_text(parent, text)


@lru_cache(maxsize=16)
def _bound(language: Language) -> re.Pattern[str]:
    """Where a line may not end: before the suffix of a word, and after the prefix of a verb."""
    words = language.typesetting
    after = "".join(rf"|(?<=\b{re.escape(prefix)}) " for prefix in words.prefixes)
    return re.compile(rf" (?={alternatives(words.suffixes)}\b){after}")


def _breakable(text: str) -> str:
    return _ENDLESS.sub("\\g<0>\u200b", text)


def _isolated(found: re.Match[str]) -> str:
    """Set a run apart; a compound number stays on one line, and a simple one as it is."""
    if not (found[0][0].isalpha() or _COMPOUND.search(found[0])):
        return found[0]
    run = found[0] if found[0][0].isalpha() else found[0].replace(" ", "\u00a0")
    return f"{LRI}{run}{PDI}"


def add_text(parent: Element, text: str) -> None:
    """Append text behind what an element holds already."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _safe(text: str) -> str:
    """Return a text that can be printed: without control characters, which would break the page or turn it."""
    return _BIDI.sub("", _CONTROL.sub("\ufffd", text))


def _link(address: str) -> str:
    if "@" in address:
        return f"mailto:{address}"
    return address if address.startswith(("http://", "https://")) else f"https://{address}"
