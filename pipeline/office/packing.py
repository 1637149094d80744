"""Parts → the ZIP file of an office document or a book: for the same parts the same bytes, whoever packs them."""

import zipfile
from collections.abc import Iterable
from io import BytesIO

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FROM_UNIX = 3
"""The system every file says it comes from: that of the writer would tell which one it has (APPNOTE, 4.4.2)."""


def packed(parts: Iterable[tuple[str, bytes]], stored: str = "") -> bytes:
    """Return a ZIP file with these parts in this order; the one named `stored` is not compressed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = _FROM_UNIX
            member.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return out.getvalue()
