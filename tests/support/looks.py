"""Paragraphs that look somehow, and what they are read as."""

from pipeline.document import looks
from pipeline.document.looks.shown import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.languages import SHIPPED
from pipeline.model import Kind

PROSE = "این جمله‌ای است که به پایان می‌رسد و متن را پر می‌کند."


def line(text: str = PROSE, kind: Kind | None = None, level: int = 0, **look) -> Shown:
    return Shown(Paragraph(text, kind, level), **{"size": 13.0, **look})


def kinds(*lines: Shown) -> list[tuple[Kind | None, int]]:
    return [(one.kind, one.level) for one in looks.recognised(lines, SHIPPED["fa"])]


def likely(*lines: Shown) -> list[Kind | None]:
    return [one.kind or one.likely for one in looks.recognised(lines, SHIPPED["fa"])]
