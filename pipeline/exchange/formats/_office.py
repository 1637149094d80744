"""What DOCX and XLSX share: a ZIP archive of XML, read without trust and written without a trace of who wrote it."""

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.errors import ExchangeError
from pipeline.exchange.table import require_size

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_MEMBERS = 2_000
MOST_BYTES = 60_000_000
"""Unpacked, all members together."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
}


def members(content: bytes) -> dict[str, bytes]:
    """Return the XML members of an archive; raise ExchangeError when it is none, or not to be trusted."""
    require_size(content, "file")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_BYTES:
                raise ExchangeError("it unpacks to more than any table of translations; ask for it again")
            found = {info.filename: archive.read(info) for info in infos if info.filename.endswith((".xml", ".rels"))}
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise ExchangeError(f"not a whole file ({error}); ask for it again") from None
    if any(b"<!DOCTYPE" in member or b"<!ENTITY" in member for member in found.values()):
        raise ExchangeError("it declares entities, which no office program writes; do not open it")
    return found


def xml(content: bytes) -> "_Element":
    """Return the root of an XML member; raise ExchangeError when it is damaged."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ExchangeError(f"damaged inside ({error.msg}); ask for it again") from None


def anonymous(content: bytes) -> bytes:
    """Return an archive without author, program and dates, equal for equal documents."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in sorted(old.infolist(), key=lambda info: info.filename != "[Content_Types].xml"):
            member = zipfile.ZipInfo(info.filename, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, _PLAIN.get(info.filename) or old.read(info))
    return out.getvalue()
