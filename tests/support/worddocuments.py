"""What our reader finds in Word documents made from fragments of their XML."""

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as form
from pipeline.languages import SHIPPED
from tests.support.documents import docx

PROSE = "این جمله‌ای است که به پایان می‌رسد و متن را پر می‌کند."


def blocks(body: str, lang: str = "fa", **parts) -> list:
    return list(form.read(docx(body, **parts), "d", SHIPPED[lang], Corrections()).blocks)


def texts(body: str, **parts) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


def marked(block) -> list[tuple[str, str]]:
    return [(mark.kind.value, block.text[mark.start : mark.end] or mark.value) for mark in block.marks]


ARTICLES = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)

NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
