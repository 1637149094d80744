"""A booklet: the pages of a PDF, two on each side of a sheet, in the order in which folded sheets show them."""

import io
from collections.abc import Iterator

PACKET = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">{}</x:xmpmeta>'
    '<?xpacket end="r"?>'
)


def spreads(pages: int, *, from_right: bool = False) -> Iterator[tuple[int | None, int | None]]:
    """Yield the pages on the left and on the right of every side, counted from 0; None is a blank one.

    Both sides of a sheet follow each other, and the innermost sheet comes last. `from_right` for a text whose pages
    are turned from the left to the right.
    """
    places: list[int | None] = [*range(pages), *[None] * (-pages % 4)]
    while places:
        first, second, *places, second_last, last = places
        for left, right in ((last, first), (second, second_last)):
            yield (right, left) if from_right else (left, right)


def booklet(content: bytes, *, from_right: bool, rdf: str) -> bytes:
    """Return a PDF with two pages of another on each side; its metadata say what is printed, and claim no standard.

    It is for printing alone: links and the structure that screen readers go by are left out.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, StreamObject

    pages = PdfReader(io.BytesIO(content)).pages
    width, height = pages[0].mediabox.width, pages[0].mediabox.height
    writer = PdfWriter()
    for page in pages:
        page.pop("/Annots", None)
    for sides in spreads(len(pages), from_right=from_right):
        sheet = writer.add_blank_page(2 * width, height)
        for number, place in enumerate(sides):
            if place is not None:
                sheet.merge_translated_page(pages[place], number * width, 0)
    writer.metadata = None
    packet = StreamObject()
    packet.set_data(PACKET.format(rdf).encode())
    packet.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
