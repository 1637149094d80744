"""The characters of fonts that put signs in the places of letters, as office programs insert them.

symbols.json has what each font shows from U+0020 to U+00FF; U+FFFD is no character of Unicode. It is made from
dingbat-to-unicode, (c) 2019 Michael Williamson, BSD-2-Clause.
"""

import json
import re
from functools import cache
from importlib import resources

_FIRST, _NONE = 0x20, "\ufffd"
_PRIVATE = range(0xE000, 0xF900)
_LONGEST = 100
"""Characters of the name of a font that are looked at, for every sign in it."""
_ALIASES = {"opensymbol": "symbol", "standard symbols ps": "symbol"}


def character(font: str, code: int) -> str:
    """Return what a font shows for a code, which may stand in the private area from U+F000 on; empty if unknown."""
    name = font[:_LONGEST].strip().casefold()
    shown = _fonts().get(_ALIASES.get(name, name))
    place = code - 0xF000 if 0xF000 <= code < 0xF100 else code
    if shown and _FIRST <= place < 0x100:
        return shown[place - _FIRST].replace(_NONE, "")
    is_text = code >= _FIRST and code not in _PRIVATE and code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if is_text else ""


def is_known(font: str) -> bool:
    """Whether a font has signs in the places of letters."""
    name = font[:_LONGEST].strip().casefold()
    return _ALIASES.get(name, name) in _fonts()


class Signs:
    """The signs in one text as characters; `unread` are those that nobody knows, as font and code."""

    def __init__(self) -> None:
        self.unread: list[str] = []

    def shown(self, font: str, code: int) -> str:
        """Return what a font shows for a code; empty if unknown."""
        found = character(font, code)
        if not found:
            self.unread.append(f"{font[:40] or 'no font'} {code:04X}")
        return found

    def replaced(self, text: str, font: str) -> str:
        """Return a text with characters in the place of the font's signs."""
        return _SIGN.sub(lambda sign: self.shown(font, ord(sign[0])), text)


_SIGN = re.compile("[\uf000-\uf0ff]")
"""Where office programs keep the letters of a font of signs."""


@cache
def _fonts() -> dict[str, str]:
    content = resources.files(__package__).joinpath("symbols.json").read_text("utf-8")
    return {name.casefold(): shown for name, shown in json.loads(content).items()}
