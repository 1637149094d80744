"""Text → elements as they are printed: other scripts set apart, addresses as links, changes marked.

The tree is built as elements and serialised once, so every string is escaped.
"""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from pipeline.languages import Language
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
