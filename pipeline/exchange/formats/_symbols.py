"""The characters of fonts that put signs in the places of letters, as office programs insert them.

_symbols.json has what each font shows from U+0020 to U+00FF; U+FFFD is no character of Unicode. It is made from
dingbat-to-unicode, (c) 2019 Michael Williamson, BSD-2-Clause.
"""

import json
from functools import cache
from importlib import resources

_FIRST, _NONE = 0x20, "\ufffd"
_PRIVATE = range(0xE000, 0xF900)
_ALIASES = {"opensymbol": "symbol", "standard symbols ps": "symbol"}


def character(font: str, code: int) -> str:
    """Return what a font shows for a code, which may stand in the private area from U+F000 on; empty if unknown."""
    name = font.strip().casefold()
    shown = _fonts().get(_ALIASES.get(name, name))
    place = code - 0xF000 if 0xF000 <= code < 0xF100 else code
    if shown and _FIRST <= place < 0x100:
        return shown[place - _FIRST].replace(_NONE, "")
    is_text = code >= _FIRST and code not in _PRIVATE and code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if is_text else ""


@cache
def _fonts() -> dict[str, str]:
    content = resources.files(__package__).joinpath("_symbols.json").read_text("utf-8")
    return {name.casefold(): shown for name, shown in json.loads(content).items()}
