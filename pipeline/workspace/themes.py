"""The table [theme] of pipeline.toml → the colour, logo and fonts with which documents are typeset."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pipeline import disk, tables
from pipeline.edition.design import Theme
from pipeline.tables import Line, Rule, TableFault

MAX_ASSET_BYTES = 12_000_000
"""Of a logo or a font of the theme."""


@dataclass(frozen=True, slots=True)
class ThemeTable:
    colour: Annotated[
        str,
        Rule("six hexadecimal digits", '"#1b3f7a"', lambda text: bool(re.fullmatch("#[0-9a-fA-F]{6}", text))),
    ] = Theme().colour
    logo: Line = ""
    logo_text: Line = "Logo"
    arabic: Annotated[
        tuple[Line, ...], Rule("two files", '["regular.ttf", "bold.ttf"]', lambda two: len(two) == 2)
    ] = ()
    latin: Annotated[
        tuple[Line, ...],
        Rule("two files, or four with italics", '["regular.ttf", "bold.ttf"]', lambda files: len(files) in (2, 4)),
    ] = ()
    others: Annotated[
        tuple[Line, ...],
        Rule(
            "two files, or two for each of up to six scripts",
            '["regular.ttf", "bold.ttf"]',
            lambda files: len(files) in range(2, 13, 2),
        ),
    ] = ()
    quotation_marks: bool = False
    digits: bool = False


_IMAGES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_FONTS = {b"\x00\x01\x00\x00": "TrueType", b"OTTO": "OpenType", b"true": "TrueType"}


def read(root: Path, table: ThemeTable) -> Theme:
    """Return the theme that a table without faults states, with its files."""
    logo = (root / table.logo).read_bytes() if table.logo else b""
    scripts = (("arabic", table.arabic), ("latin", table.latin), ("signs", table.others))
    fonts = {script: names for script, names in scripts if names}
    contents = {script: tuple((root / name).read_bytes() for name in names) for script, names in fonts.items()}
    words = table.logo_text if logo else ""
    return Theme(table.colour, logo, words, contents, table.quotation_marks, table.digits)


def faults(root: Path, table: ThemeTable) -> Iterator[TableFault]:
    """Yield what keeps files from being part of the theme."""
    files = (("logo", table.logo, _IMAGES), *(("arabic", name, _FONTS) for name in table.arabic))
    others = (("others", name, _FONTS) for name in table.others)
    for key, name, kinds in (*files, *(("latin", name, _FONTS) for name in table.latin), *others):
        if name and (fault := _asset_fault(disk.inside(root, name), kinds)):
            yield TableFault.at(f"{tables.shown(name)} {fault}", f"theme.{key}")


def _asset_fault(path: Path | None, kinds: dict[bytes, str]) -> str:
    """Return what keeps a file from being part of the theme; empty when nothing does."""
    try:
        if path is None or not path.is_file():
            return "is not a file inside the workspace; put it there"
        if path.stat().st_size > MAX_ASSET_BYTES:
            return f"has more than {MAX_ASSET_BYTES:,} bytes; make it smaller"
        with path.open("rb") as file:
            is_known = file.read(16).startswith(tuple(kinds))
    except OSError as error:
        return f"cannot be read ({error.strerror}); make it readable"
    return "" if is_known else f"is none of: {', '.join(dict.fromkeys(kinds.values()))}"
