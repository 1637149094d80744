"""Characters nobody sees: controls, what turns text round, zero-width ones; look-alike letters in addresses."""

import re
import unicodedata
from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import stops
from pipeline.text.lookalikes import JOINERS, UNSEEN
from pipeline.text.orthography import SCRIPT
from pipeline.text.segment import WIDE, addresses

_STRANGE = re.compile(r"[^\x00-\x7f«»“”’\u00a0\u202f]")
_JOINER = re.compile(f"[{JOINERS}]")
_OF_INDIA = re.compile("[\u0900-\u0dff\u1000-\u109f\u1780-\u18af]")
"""Scripts of India and its neighbours, in which joiners choose how letters are put together."""
_BETWEEN_WORDS = re.compile(r"(?<=\S)[\u2028\u2029\x85\x0b\x0c](?=\S)")
"""What ends a line in some programs and stands between two words."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    for side, text in (("target", unit.target), ("source", unit.source)):
        severity = Severity.ERROR if side == "target" else Severity.NOTE
        for character in dict.fromkeys(UNSEEN.findall(text)):
            told = f"{_name(character)} in the {side}"
            yield Finding("invisible", severity, unit, told, character, _cleared(text))
        for joiner in _JOINER.finditer(text):
            around = text[max(0, joiner.start() - 1) : joiner.start()] + text[joiner.end() : joiner.end() + 1]
            if not (SCRIPT.search(around) or _OF_INDIA.search(around)):
                yield Finding("invisible", severity, unit, f"{_name(joiner[0])} outside a Persian word in the {side}")
    strange = [(address, found[0]) for address in _addresses(unit.target) if (found := _STRANGE.search(address))]
    wanted = _wanted(unit.source) if strange else ""
    for address, character in strange:
        message = f"{_name(character)} in the address {address}"
        yield Finding("invisible", Severity.ERROR, unit, message, address, wanted)


def _cleared(text: str) -> str:
    """Return a text without what nobody sees; words that an end of a line held apart stay apart."""
    return UNSEEN.sub("", _BETWEEN_WORDS.sub(" ", text))


def _addresses(text: str) -> list[str]:
    """Return what looks like an address, whatever letters it is written in."""
    if not ("@" in text or "://" in text or "www." in text):
        return []
    words = (_AT_ENDS.sub("", word) for word in _BETWEEN.split(text))
    return [word for word in words if "@" in word or "://" in word or word.startswith("www.")]


_BETWEEN = re.compile(r"[\s、。，：；！？（）「」『』【】《》]+")
_ENDING = rf"[{WIDE}{re.escape(stops.ENDS + stops.HALTS)}]"
_AT_ENDS = re.compile(rf"^[{WIDE}]+|(?<!{_ENDING}){_ENDING}++$")
"""Stops behind an address, and signs of Chinese or Japanese beside it, which has no spaces."""


def _name(character: str) -> str:
    unnamed = "control character" if unicodedata.category(character) == "Cc" else "unnamed"
    return f"U+{ord(character):04X} {unicodedata.name(character, unnamed).lower()}"


def _wanted(source: str) -> str:
    return next((address[0] for address in addresses(source)), "")
