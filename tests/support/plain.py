"""Plain text for the tests of its rules: prose that is nothing else, and what a text is read as."""

from pipeline.document.structure import propose
from pipeline.languages import SHIPPED

PROSE = "این متن بلندی است که مانند یک بند معمولی نوشته شده و با نقطه پایان می یابد."
LONG = f"{PROSE} {PROSE}"


def read(text: str, lang: str = "fa") -> list[tuple[str, int, int]]:
    """Return the kind and place of every block that is no paragraph."""
    blocks = propose(text.split("\n"), SHIPPED[lang])
    return [(block.kind.value, block.first, block.last) for block in blocks if block.kind != "paragraph"]
