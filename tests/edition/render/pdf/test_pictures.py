"""Images of others get into a PDF as their points alone, as large as a page needs, and with words for those who do not see."""

import hashlib
import io
import time
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from pipeline.edition.design import FACING, SINGLE, Design
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf.pictures import LARGEST, printable
from pipeline.errors import RenderError
from pipeline.model import Kind
from tests.support import rich
from tests.support.structure import Structure


def image(mode="RGB", size=(40, 30), kind="PNG", **options):
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def telling():
    exif = Image.Exif()
    exif[0x013B] = "qwfartist"
    return image(kind="JPEG", exif=exif, comment=b"qwfcomment")


def test_what_a_photograph_says_of_who_made_it_stays_behind():
    content = telling()
    assert b"qwf" in content and b"qwf" not in printable(content, "picture-1")
    told = PngInfo()
    told.add_text("Author", "qwfauthor")
    assert b"qwf" not in printable(image(pnginfo=told), "picture-1")


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("P", "GIF"), ("RGBA", "PNG"), ("I;16", "PNG"), ("L", "JPEG"), ("1", "PNG")]
)
def test_every_kind_is_printed_and_none_larger_than_a_page_needs(mode, kind):
    made = Image.open(io.BytesIO(printable(image(mode, (3000, 1000), kind), "picture-1")))
    assert made.size == (LARGEST, LARGEST // 3) and made.mode in ("RGB", "RGBA")
    assert Image.open(io.BytesIO(printable(image(mode, (30, 10), kind), "picture-1"))).size == (30, 10)


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n", image(kind="JPEG")[:200], image("1", (20_000, 20_000)), b"P6 9 9 255 "]
)
def test_what_is_damaged_or_a_bomb_or_of_another_format_is_refused(content):
    with pytest.raises(RenderError, match="a picture of the document: damaged"):
        printable(content, "picture-1")


def test_a_drawing_of_few_bytes_and_very_many_points_is_refused_before_it_is_unpacked():
    drawing = image("1", (7_000, 6_000))
    assert len(drawing) < 10_000
    with pytest.raises(RenderError, match="more than 40,000,000 points"):
        printable(drawing, "picture-1")
    assert printable(image("L", (7_000, 6_000), "JPEG"), "picture-1")  # as a camera makes them


def test_a_photograph_in_scans_without_end_is_refused_before_they_are_read():
    photograph = image("L", (4_000, 4_000), "JPEG", progressive=True)
    scan = b"\xff\xda\0\x08\x01\x01\0\x01\x01\0\0"
    assert printable(photograph[:-2] + scan * 100 + photograph[-2:], "picture-1")
    began = time.process_time()
    with pytest.raises(RenderError, match="more than 500 scans"):
        printable(photograph[:-2] + scan * 20_000 + photograph[-2:], "picture-1")
    assert time.process_time() - began < 1


def with_picture(content):
    block = rich.block(Kind.IMAGE, "کارگران در راه", picture=hashlib.sha256(content).hexdigest())
    made = rich.edition(blocks=(rich.BLOCKS[0], block))
    return replace(made, document=replace(made.document, pictures={block.picture: content}))


@pytest.mark.parametrize(
    ("layout", "shown"), [(None, {"en": 1, "fa": 0}), (FACING, {"en": 1, "fa": 1}), (SINGLE, {"en": 1})]
)
def test_a_picture_stands_on_the_page_with_its_words_in_the_language_of_its_reader(layout, shown, tmp_path):
    path = tmp_path / "picture.pdf"
    design = Design(layout=layout) if layout else Design()
    path.write_bytes(pdf.typeset(next(pdf.sheets(with_picture(telling()), design))).content)
    with pypdfium2.PdfDocument(path) as document:
        found = [one for page in document for one in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    assert len(found) == sum(shown.values())
    structure = Structure(path)
    words = {"en": "u:kargran dr rah", "fa": "u:کارگران در راه"}
    for lang, count in shown.items():
        figures = [one["/Alt"] for one in structure.within(structure.sections[lang]) if one["/S"] == "/Figure"]
        assert figures == [words[lang]] * count


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "RGB"])
def test_what_was_erased_from_a_picture_cannot_be_found_in_it_again(mode):
    """Programs that erase make a point transparent, and keep its colour."""
    erased = Image.new("RGBA", (40, 30), (10, 20, 30, 255))
    erased.paste((200, 100, 50, 0), (0, 0, 20, 30))
    out = io.BytesIO()
    if mode in ("P", "RGB"):
        colour = (200, 100, 50) if mode == "RGB" else 0
        flat = erased.convert("RGB").quantize(2, dither=0) if mode == "P" else erased.convert("RGB")
        flat.save(out, "PNG", transparency=flat.getpixel((0, 0)) if mode == "P" else colour)
    else:
        erased.convert(mode).save(out, "PNG")
    made = Image.open(io.BytesIO(printable(out.getvalue(), "picture-1")))
    assert made.mode == "RGBA" and made.getpixel((0, 0)) == (0, 0, 0, 0) and made.getpixel((39, 0))[3] == 255
    assert made.getpixel((39, 0))[:3] != (0, 0, 0)


@pytest.mark.parametrize(("opacity", "is_left"), [(1, False), (10, False), (60, True)])
def test_what_an_eraser_with_soft_edges_left_and_nobody_sees_is_gone(opacity, is_left):
    erased = Image.new("RGBA", (40, 30), (10, 20, 30, 255))
    erased.paste((200, 100, 50, opacity), (0, 0, 20, 30))
    out = io.BytesIO()
    erased.save(out, "PNG")
    made = Image.open(io.BytesIO(printable(out.getvalue(), "picture-1")))
    assert made.getpixel((0, 0)) == ((200, 100, 50, opacity) if is_left else (0, 0, 0, 0))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("way", range(1, 9))
def test_a_photograph_is_turned_as_its_camera_says(kind, way):
    """Pillow judges."""
    exif = Image.Exif()
    exif[0x0112] = way
    out = io.BytesIO()
    made = Image.new("RGB", (40, 30))
    made.paste((255, 0, 0), (0, 0, 20, 15))
    made.save(out, kind, exif=exif)
    turned = Image.open(io.BytesIO(printable(out.getvalue(), "picture-1")))
    wanted = ImageOps.exif_transpose(Image.open(out))
    assert turned.size == wanted.size
    assert [turned.getpixel(at)[0] > 100 for at in ((2, 2), (27, 2), (2, 27), (27, 27))] == [
        wanted.getpixel(at)[0] > 100 for at in ((2, 2), (27, 2), (2, 27), (27, 27))
    ]


def test_what_a_camera_says_may_be_damaged_in_any_way():
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x0100] = 6, "artist", 5
    whole = image(kind="JPEG", exif=exif)
    begin = whole.index(b"Exif")
    printed = 0
    for at in range(begin, begin + len(exif.tobytes())):
        for value in (0, 1, 128, 255):
            damaged = whole[:at] + bytes([value]) + whole[at + 1 :]
            try:
                printed += printable(damaged, "picture-1").startswith(b"\xff\xd8")
            except RenderError:
                continue
    assert printed > 100


def test_what_is_no_picture_is_said_without_the_words_of_a_program():
    with pytest.raises(RenderError, match=r"damaged \(no PNG, JPEG or GIF\)"):
        printable(b"GIF", "picture-1")
