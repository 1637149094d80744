"""How an OpenDocument text counts: the digits of a language, and the levels of its lists (part 3, 16.30, 19.505)."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.languages import Language
from pipeline.publication.formats._numbering import BULLET, CountedLevel
from pipeline.publication.formats._opendocument.elements import child

if TYPE_CHECKING:
    from lxml.etree import _Element

SAMPLES = {
    "decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
    "hindiNumbers": "۱, ۲, ۳, ...", "arabicNumbers": "١, ٢, ٣, ...",
}  # fmt: skip
"""How numbers are written, by the formats that count so (19.505)."""
FORMS = tuple(SAMPLES)
_STEP = 7.5
"""Millimetres from one level of a list to the next."""
_LONG = 3
"""Characters of a marker for which there is no room before the text."""


def sample(language: Language) -> str:
    """Return how a program is asked for the digits of a language; empty where it has none."""
    return {"0123456789": "1", "۰۱۲۳۴۵۶۷۸۹": "۱, ۲, ۳, ...", "٠١٢٣٤٥٦٧٨٩": "١, ٢, ٣, ..."}.get(
        "".join(language.digits), ""
    )


def list_style(into: "_Element", name: str, levels: Mapping[int, CountedLevel], *, is_rtl: bool) -> None:
    made = child(into, "text:list-style", {"style:name": name})
    for place, level in sorted(levels.items()):
        said = {"text:level": str(place + 1)}
        if level.form == BULLET and len(level.text) == 1:
            one = child(made, "text:list-level-style-bullet", {**said, "text:bullet-char": level.text})
        else:
            one = child(made, "text:list-level-style-number", said | _counting(place, level))
        _indent(one, place, is_long=len(level.text.replace("%", "")) > _LONG, is_shown=bool(level.text), is_rtl=is_rtl)


def _counting(place: int, level: CountedLevel) -> dict[str, str]:
    """Return how a level is numbered; a marker that is not counted stands before a number that does not show."""
    if not level.is_counted:
        return {"style:num-format": "", "style:num-prefix": level.text, "text:start-value": str(max(level.start, 1))}
    first = re.search("%([1-9])", level.text)
    before, after = level.text[: first.start() if first else 0], level.text.rpartition(f"%{place + 1}")[2]
    shown = place + 2 - int(first[1]) if first else 1
    said = {"style:num-format": SAMPLES[level.form], "style:num-prefix": before, "style:num-suffix": after}
    said |= {"text:display-levels": str(shown)} if shown > 1 else {}
    return {name: text for name, text in said.items() if text} | {"text:start-value": str(max(level.start, 1))}


def _indent(level: "_Element", place: int, *, is_long: bool, is_shown: bool, is_rtl: bool) -> None:
    mode = {"text:list-level-position-and-space-mode": "label-alignment"}
    properties = child(level, "style:list-level-properties", mode)
    # LibreOffice lets markers begin where they should end, when the text reads from the right.
    room = f"{_STEP * (place + 1) + (_STEP / 2 if is_rtl else 0):g}mm"
    said = {
        "text:label-followed-by": "space" if is_long else "listtab" if is_shown else "nothing",
        "fo:margin-left": room,
    }
    stop = {"text:list-tab-stop-position": room} if is_shown and not is_long else {}
    child(
        properties, "style:list-level-label-alignment", {**said, **stop, "fo:text-indent": f"-{_STEP * is_shown:g}mm"}
    )
