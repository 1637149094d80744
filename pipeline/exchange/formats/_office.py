"""What DOCX and XLSX share: a ZIP archive of XML, read without trust and written without a trace of who wrote it."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from pipeline import archives
from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.table import require_size
from pipeline.office import archive, packing

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
        with archives.opened(content, bounds.MOST_MEMBERS, bounds.MOST_UNPACKED) as opened:
            entries = [entry for entry in opened.infolist() if entry.filename.endswith((".xml", ".rels"))]
            return {entry.filename: archives.read(opened, entry) for entry in entries}
    except archives.ArchiveError as error:
        raise ExchangeError(f"not a whole file, or one that harms ({error}); ask for it again") from None


def related(parts: Mapping[str, bytes], path: str, kind: str) -> list[str]:
    """Return the parts that a part names as being of a kind, each once, in order."""
    folder = path.rpartition("/")[0]
    listed = parts.get(archive.relations_of(path))
    found = [] if listed is None else list(bounds.xml(listed).iterchildren("{*}Relationship"))
    targets = (one.get("Target", "") for one in found if one.get("Type", "").endswith(f"/{kind}"))
    paths = (archive.target(folder, target) for target in targets)
    return [path for path in dict.fromkeys(paths) if path in parts]


def anonymous(content: bytes) -> bytes:
    """Return an archive without author, program and dates, equal for equal documents."""
    with zipfile.ZipFile(BytesIO(content)) as old:
        infos = sorted(old.infolist(), key=lambda info: info.filename != "[Content_Types].xml")
        return packing.packed((info.filename, _PLAIN.get(info.filename) or old.read(info)) for info in infos)
