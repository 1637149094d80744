"""Images of others as they are printed: their points and nothing else, no larger than a page needs."""

import io
import struct
import warnings

from PIL import ExifTags, Image, UnidentifiedImageError

from pipeline.errors import RenderError

MOST_POINTS = 80_000_000
"""Of an image as it comes: what a camera makes, and no bomb."""

MOST_DRAWN = 40_000_000
"""Points of a PNG or GIF, all of which are unpacked; of a photograph no more than a page needs."""

MOST_SCANS = 500
"""Of a photograph that comes step by step: each takes a dozen bytes, and the time of all points. Cameras write ten."""

LARGEST = 1800
"""Points of the longer side of what is printed: 250 to the inch over the width of A4."""

UNSEEN = 12
"""Of 255: what is no more opaque than this nobody sees, as where an eraser with soft edges left something."""

_FAULTS = (
    OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, EOFError, struct.error,
    Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises for files that are damaged, or made to be."""

_SCAN = b"\xff\xda"
"""What begins a scan (ITU-T T.81, B.2.3), and stands nowhere among its points."""

_Turn = Image.Transpose
_TURNS = dict(
    enumerate(
        (
            _Turn.FLIP_LEFT_RIGHT, _Turn.ROTATE_180, _Turn.FLIP_TOP_BOTTOM, _Turn.TRANSPOSE, _Turn.ROTATE_270,
            _Turn.TRANSVERSE, _Turn.ROTATE_90,
        ),
        2,
    )
)  # fmt: skip
"""How a picture is turned to be looked at, by what the camera says."""


def printable(content: bytes, name: str) -> bytes:
    """Return an image whose file says nothing but its points: neither who made it, nor where, nor with what.

    A JPEG would get into the PDF as it is. Raises RenderError for one that is damaged, or a logo in colours that PDF/A
    would need a profile for.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow would tell the terminal what is damaged
        return _written(_read(content, is_logo=name == "logo"))


def _read(content: bytes, *, is_logo: bool) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MOST_POINTS // 2  # Pillow refuses from twice as many on
    try:
        image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF"))
        if image.format != "JPEG" and image.width * image.height > MOST_DRAWN:
            raise ValueError(f"more than {MOST_DRAWN:,} points")
        if image.format == "JPEG" and content.count(_SCAN) > MOST_SCANS:
            raise ValueError(f"more than {MOST_SCANS} scans")
        image.draft("RGB", (LARGEST, LARGEST))
        image.load()
    except _FAULTS as error:
        why = "no PNG, JPEG or GIF" if isinstance(error, UnidentifiedImageError) else error
        what = "theme.logo" if is_logo else "a picture of the document"
        remedy = "save it anew as PNG" if is_logo else "replace it, or take it out"
        raise RenderError(f"{what}: damaged ({why}); {remedy}") from None
    if is_logo and image.mode == "CMYK":
        raise RenderError("theme.logo: in colours for print (CMYK); save it in RGB")
    return image


def _opaque(image: Image.Image) -> Image.Image:
    """Return an image without colours where it is transparent: there, programs keep what was erased."""
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image
    full = image.convert("RGBA")
    shown = full.getchannel("A").point(lambda opacity: 255 if opacity > UNSEEN else 0)
    return Image.composite(full, Image.new("RGBA", full.size), shown)


def _turned(image: Image.Image) -> Image.Image:
    """Return an image as it is looked at; as it is when what the camera says is damaged."""
    try:
        way = image.getexif().get(ExifTags.Base.Orientation)
    except _FAULTS:
        return image
    return image.transpose(_TURNS[way]) if way in _TURNS else image


def _written(image: Image.Image) -> bytes:
    is_drawn = image.format in ("PNG", "GIF")
    shown, out = _turned(image), io.BytesIO()
    shown.info = {name: value for name, value in shown.info.items() if name == "transparency"}
    if image.format == "GIF" or shown.mode == "CMYK" or max(shown.size) > LARGEST:
        is_see_through = is_drawn and (shown.mode in ("RGBA", "LA", "PA") or "transparency" in shown.info)
        mode = "RGBA" if is_see_through else "RGB"
        shown = shown if shown.mode == mode else shown.convert(mode)
        shown.thumbnail((LARGEST, LARGEST))
    if is_drawn:
        _opaque(shown).save(out, format="PNG")
    else:
        shown.save(out, format="JPEG", quality=95, subsampling=0)
    return out.getvalue()
