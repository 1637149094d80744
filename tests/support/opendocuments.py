"""What our reader finds in OpenDocument texts made from fragments of their XML."""

from pipeline.document.corrections import Corrections
from pipeline.document.formats import odt as form
from pipeline.languages import SHIPPED
from pipeline.model import Document
from tests.support.documents import odt

PROSE = "<text:p>این جمله‌ای است که به پایان می‌رسد و متن را پر می‌کند.</text:p>"

AUTOMATIC = (
    '<style:style style:name="B" style:family="text"><style:text-properties style:font-weight-complex="bold"/></style:style>'
    '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic" '
    'style:font-style-complex="italic"/></style:style>'
    '<style:style style:name="N" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="S" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="Q1" style:family="paragraph" style:parent-style-name="Quotations"/>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="-" '
    'style:num-format="۱, ۲, ۳, ..."/><text:list-level-style-number text:level="2" style:num-format="a" '
    'style:num-suffix=")" text:display-levels="2"/><text:list-level-style-bullet text:level="3" text:bullet-char="–"/>'
    "</text:list-style>"
)

STYLES = '<style:style style:name="Quotations" style:family="paragraph"/>'


def document(body: str) -> Document:
    content = odt(body, automatic=AUTOMATIC, styles=STYLES)
    return form.read(content, "d", SHIPPED["fa"], Corrections())


def blocks(body: str) -> list:
    return list(document(body).blocks)
