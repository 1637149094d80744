"""What strangers may see of a PO file: editors write into its header who saved it, where, and in which time zone."""

from datetime import UTC, datetime

from pipeline.catalogue.po import File, syntax

PUBLIC = (
    *("Project-Id-Version", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Language"),
    *("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms", "X-Generator", "X-Source-Language"),
    "X-Translation-Origin",
)
"""The fields of a header that strangers may see; editors add others, with folders of their user's."""


def disclosed(file: File) -> bytes:
    """Return the file as it may leave: its header names no person, no folder and no time zone; all else to the byte.

    Comments above the header, where gettext has translators put their names, are left out.
    """
    header = next((entry for entry in file.parsed.entries if entry.is_header), None)
    if header is None:
        return file.content
    fields = "".join(f"{line}\n" for field in header.targets[0].split("\n") if (line := _public_field(field)))
    wanted = header._replace(targets=(fields,), notes=())
    if wanted == header:
        return file.content
    wanted = wanted._replace(raw=syntax.write(wanted, header))
    entries = (wanted if entry is header else entry for entry in file.parsed.entries)
    return ("".join(entry.gap + entry.raw for entry in entries) + file.parsed.tail).encode()


def _public_field(line: str) -> str:
    """Return a line of a header as strangers may see it; empty when they may not."""
    key, _, value = (part.strip() for part in line.partition(":"))
    if key not in PUBLIC:
        return ""
    if key in ("Last-Translator", "Language-Team"):
        return f"{key}: "
    if not key.endswith("-Date"):
        return line
    try:
        return f"{key}: {datetime.strptime(value, '%Y-%m-%d %H:%M%z').astimezone(UTC):%Y-%m-%d %H:%M+0000}"
    except ValueError:
        return f"{key}: "
