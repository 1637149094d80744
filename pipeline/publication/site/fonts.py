"""The fonts of pages: those of the PDF, cut to the scripts of the languages and packed for the web."""

import hashlib
import io
from collections.abc import Iterable
from functools import lru_cache, partial
from importlib import resources

from pipeline.edition.render.pdf import fonts
from pipeline.edition.render.pdf.faces import SMALLER
from pipeline.publication import Keep, embedding, made_anew

_ARABIC = ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0x200C, 0x200F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
_LATIN = ((0x20, 0x24F), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF), (0x2116, 0x2122))

_FAMILIES = {"rtl": ("Naskh", _ARABIC, ("normal",)), "ltr": ("Serif", _LATIN, ("normal", "italic"))}
"""By the direction they are made for: the family, what of it is shown, and its styles."""

LICENCES = ("OFL-NotoNaskhArabic.txt", "OFL-NotoSerif.txt")


def _name(family: str, weight: int, style: str) -> str:
    return f"{family.lower()}-{weight}{'-italic' * (style == 'italic')}.woff2"


NAMES = tuple(
    _name(family, weight, style)
    for family, _, styles in _FAMILIES.values()
    for style in styles
    for weight in (400, 700)
)


def content(name: str, keep: Keep = made_anew) -> bytes:
    """Return a font by its name."""
    return _made(keep)[name]


@lru_cache(maxsize=1)
def _made(keep: Keep) -> dict[str, bytes]:
    """Return all fonts by their names: their making takes seconds."""
    found = {}
    for direction, (family, ranges, _) in _FAMILIES.items():
        text = "".join(chr(code) for first, last in ranges for code in range(first, last + 1))
        for face in embedding.embedded(text, direction, keep, italic=direction == "ltr"):
            if face.family == family:
                named = hashlib.sha256(b"woff2" + face.content).hexdigest()
                found[_name(family, face.weight, face.style)] = keep(named, partial(_packed, face.content))
    return found


def _packed(content: bytes) -> bytes:
    """Return a font as WOFF2, a third as long."""
    with fonts.sound():
        font, packed = fonts.opened(content), io.BytesIO()
        font.flavor = "woff2"
        font.save(packed, reorderTables=None)
    return packed.getvalue()


def style() -> str:
    """Return the style sheet that names the fonts; Latin letters among Arabic ones are a little smaller.

    A browser fetches only those whose characters stand on a page.
    """
    rules = []
    for family, ranges, styles in _FAMILIES.values():
        for style in styles:
            for weight in (400, 700):
                rules += [_rule(f"Page {family}", family, weight, style, ranges)]
                if family == "Serif" and style == "normal":
                    rules += [_rule("Page Naskh Latin", family, weight, style, ranges, f" size-adjust: {SMALLER:.0%};")]
    return "".join(rules)


def _rule(name: str, family: str, weight: int, style: str, ranges: Iterable[tuple[int, int]], more: str = "") -> str:
    return (
        f'@font-face {{ font-family: "{name}"; font-weight: {weight}; font-style: {style}; font-display: swap;'
        f' src: url("fonts/{_name(family, weight, style)}") format("woff2");{more}'
        f" unicode-range: {', '.join(f'U+{first:X}-{last:X}' for first, last in ranges)}; }}\n"
    )


def licence(name: str) -> bytes:
    """Return under what licence the fonts may be passed on."""
    return (resources.files(fonts) / name).read_bytes()
