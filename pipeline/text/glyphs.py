"""Characters that a set of fonts cannot show: the same rule for the check and for the page."""

import re
import unicodedata
from itertools import groupby

from pipeline.text.lookalikes import JOINERS, UNSEEN

MOST_MARKS = 30
"""On one letter: more than any language has (UAX #15, 13). A page with thousands is typeset for minutes."""
_PERHAPS_MARKS = re.compile(rf"[^\w\x00-\x7f]{{{MOST_MARKS + 1},}}")
_WITHOUT_GLYPH = f"\t\n{JOINERS}"


def lacking(text: str, shown: frozenset[str]) -> list[str]:
    """Return the characters of a text that are not `shown`; of what nobody would see, none is missed."""
    missed = set(text) - shown
    return sorted(one for one in missed if one not in _WITHOUT_GLYPH and not UNSEEN.match(one))


def is_overloaded(text: str) -> bool:
    """Whether a letter in a text has more marks above and below it than MOST_MARKS."""
    for found in _PERHAPS_MARKS.finditer(text):
        runs = groupby(unicodedata.category(one) in ("Mn", "Me", "Mc") for one in found[0])
        if any(are_marks and sum(1 for _ in run) > MOST_MARKS for are_marks, run in runs):
            return True
    return False


def named(character: str) -> str:
    """Return a character as a message calls it: “☃” (U+2603 snowman)."""
    name = unicodedata.name(character, "unnamed").lower()
    return f"“{character}” (U+{ord(character):04X} {name})"
