"""Documents of Word and LibreOffice, and books, made from fragments of their XML."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = (
    f'{W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
)
ODF += (
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, *, links: dict[str, str] | None = None, **parts: str) -> bytes:
    """Return a Word document; `parts` are the inside of its styles, numbering, footnotes, endnotes, settings."""
    relations = "".join(
        f'<Relationship Id="{id}" Type="x" Target="{target}" TargetMode="External"/>'
        for id, target in (links or {}).items()
    )
    others = {f"word/{name}.xml": f"<w:{name} {NAMES}>{inner}</w:{name}>" for name, inner in parts.items()}
    start = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{start}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
            **others,
        }
    )


def p(inner: str, properties: str = "") -> str:
    """Return a paragraph: of one run with that text, or of runs."""
    inner = inner if inner.startswith("<") else r(inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def odt(body: str, *, automatic: str = "", styles: str = "", files: dict[str, bytes] | None = None) -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {ODF}><office:styles>{styles}</office:styles>"
            "</office:document-styles>",
        }
        | (files or {})
    )


# --- books ---------------------------------------------------------------------------

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}"/></rootfiles></container>'
)


def page(inside: str) -> str:
    return f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{inside}</body></html>'


def opf(chapters: dict[str, str], spine: list[str] | None = None, more: str = "") -> str:
    """Return a list of chapters, given their paths and properties by name."""
    items = "".join(
        f'<item id="{id}" href="{href}" media-type="application/xhtml+xml" properties="{id}"/>'
        for id, href in chapters.items()
    )
    references = "".join(f'<itemref idref="{id}"/>' for id in spine or chapters)
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<metadata><dc:title>دفتر</dc:title><dc:creator>رضا</dc:creator><dc:publisher>کانون</dc:publisher><dc:date>2022-08</dc:date>"
        f"<dc:language>fa</dc:language></metadata><manifest>{items}</manifest><spine>{references}</spine>{more}</package>"
    )


def epub(pages: dict[str, str], package: str | None = None, path: str = "OEBPS/book.opf", **parts: str) -> bytes:
    names = {f"c{number}": name for number, name in enumerate(pages)}
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER.format(path),
            "OEBPS/book.opf": package or opf(names),
            **{f"OEBPS/{name}": page(inside) for name, inside in pages.items()},
            **{f"META-INF/{name}.xml": part for name, part in parts.items()},
        }
    )
