"""Fonts that go with a text: the faces that it is printed in, each cut to the alphabets that the text needs.

A face is cut to whole alphabets, so that most texts of a language share one, which is made once: cutting takes longer
than all else. What else a text has is kept character by character.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipeline.edition.render.pdf import faces, fonts
from pipeline.edition.render.pdf.faces import Face
from pipeline.publication import Keep, made_anew

_ALPHABETS = tuple(
    frozenset(map(ord, alphabet))
    for alphabet in (
        "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u202f–—‘’“”«»…·•",
        "àâäæçèéêëìîïñòôöœùûüÿßáíóúåÀÂÄÆÇÈÉÊËÌÎÏÑÒÔÖŒÙÛÜŸÁÍÓÚÅ¿¡ªº°€",
        "əğıışƏĞİŞ",
        "،؛؟ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىئًٌٍَُِّْپچژکگیۀ\u200c\u200d«»ٰ",
        "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٪٫٬",
        "ەڕڵۆێڤھ",
    )
)
"""What stands together in texts of the languages that the package brings."""

_NAMES = [0, 1, 2, 4, 6, 13, 14]
"""Of the names in a font, those that it is called by, whose it is, and under what licence it may be passed on."""


def embedded(text: str, direction: str, keep: Keep = made_anew, *, italic: bool) -> Iterator[Face]:
    """Yield the faces of a text in languages of a direction, in the order in which their families are to be tried.

    Raises RenderError when a font of the package is damaged.
    """
    used = frozenset(map(ord, set(text)))
    for face in faces.needed(direction, used, italic=italic):
        yield replace(face, content=_kept(face.content, _rounded(used & fonts.characters(face.content)), keep))


def _rounded(used: frozenset[int]) -> frozenset[int]:
    return used.union(*(alphabet for alphabet in _ALPHABETS if alphabet & used - {ord(" ")}))


@lru_cache(maxsize=128)
def _kept(content: bytes, kept: frozenset[int], keep: Keep) -> bytes:
    named = hashlib.sha256(content + repr(sorted(kept)).encode()).hexdigest()
    return keep(named, lambda: _cut(content, kept))


def _cut(content: bytes, kept: frozenset[int]) -> bytes:
    """Return a font with these characters and all that they are drawn with; the same bytes for the same ones."""
    from fontTools import subset

    options = subset.Options(hinting=False, notdef_outline=True, recalc_timestamp=False, name_IDs=_NAMES)
    made = io.BytesIO()
    with fonts.sound():
        font = subset.load_font(io.BytesIO(content), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=kept | {ord(" ")})
        subsetter.subset(font)
        font["head"].created = font["head"].modified = fonts.NO_TIME
        subset.save_font(font, made, options)
    return made.getvalue()
