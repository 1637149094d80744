"""Characters that a set of fonts cannot show: the same rule for the check and for the page."""

import unicodedata

from pipeline.text.lookalikes import JOINERS, UNSEEN

_WITHOUT_GLYPH = f"\t\n{JOINERS}"


def lacking(text: str, shown: frozenset[str]) -> list[str]:
    """Return the characters of a text that are not `shown`; of what nobody would see, none is missed."""
    missed = set(text) - shown
    return sorted(one for one in missed if one not in _WITHOUT_GLYPH and not UNSEEN.match(one))


def named(character: str) -> str:
    """Return a character as a message calls it: “☃” (U+2603 snowman)."""
    name = unicodedata.name(character, "unnamed").lower()
    return f"“{character}” (U+{ord(character):04X} {name})"
