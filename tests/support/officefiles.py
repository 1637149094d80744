"""Judges of office files: their schemas, our own readers, LibreOffice."""

import subprocess
from dataclasses import replace
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator
from openxml_audit.odf import OdfValidator

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx, odt
from pipeline.languages import SHIPPED
from pipeline.model import LINE_BREAK, Block, Kind, Mark, MarkKind
from pipeline.text.orthography import western_digits

READERS = {".docx": docx.read, ".odt": odt.read}

_NOT_NEEDED = "relationships/theme"
"""The validator asks for a theme, which ECMA-376 (part 1, 11.3) leaves to whoever writes a document."""

_APART = str.maketrans("", "", "\u202a\u202b\u202c\u2066\u2067\u2069")


def faults(path: Path) -> list[str]:
    """Return what the schemas and the rules of its standard do not allow in a file."""
    if path.suffix == ".docx":
        result = OpenXmlValidator(FileFormat.OFFICE_2019).validate(path)
    else:
        result = OdfValidator(relaxng_validation=True).validate(path)
    said = [error for error in result.errors if _NOT_NEEDED not in str(error.description)]
    return [f"{error.path} {error.description}" for error in said if "warning" not in str(error.severity).lower()]


def read_back(made: bytes, suffix: str, lang: str) -> list[Block]:
    """Return the blocks that our reader finds, without the signs that set words apart."""
    document = READERS[suffix](made, "back", SHIPPED[lang], Corrections())
    return [without_signs(block) for block in document.blocks]


def without_signs(block: Block) -> Block:
    def moved(place: int) -> int:
        return len(block.text[:place].translate(_APART))

    marks = tuple(replace(mark, start=moved(mark.start), end=moved(mark.end)) for mark in block.marks)
    return replace(block, text=block.text.translate(_APART), marks=marks)


def told(block) -> tuple:
    """Return what a block of a TextContent is, as `known` does of one that was read."""
    text, marks = "", set()
    for number, line in enumerate(block.lines or ((block.words,),)):
        text += "\n" if number else ""
        for at, cell in enumerate(line):
            text += "\t" if at else ""
            for run in (run for phrase in cell for run in phrase.runs):
                if run.note >= 0:
                    marks.add(Mark(len(text), len(text), MarkKind.NOTE, western_digits(run.text)))
                    continue
                shown = LINE_BREAK if run.is_break else run.text
                marks |= {(at, kind, "") for at in range(len(text), len(text) + len(shown)) for kind in run.styles}
                marks |= {(at, MarkKind.LINK, run.link) for at in range(len(text), len(text) + len(shown)) if run.link}
                text += shown
    is_note = block.kind is Kind.NOTE
    marker = western_digits(block.marker) if is_note else block.marker
    return block.kind, text, marks, marker, block.ordinal, block.depth, block.header_rows


def known(block: Block) -> tuple:
    """Return what a block is that was read: its marks letter by letter, as runs may be cut anywhere."""
    marks = set()
    for mark in block.marks:
        if mark.kind is MarkKind.NOTE:
            marks.add(Mark(mark.start, mark.end, mark.kind, western_digits(mark.value)))
        elif mark.kind is not MarkKind.BREAK:
            value = mark.value if mark.kind is MarkKind.LINK else ""
            marks |= {(at, mark.kind, value) for at in range(mark.start, mark.end)}
    is_note = block.kind is Kind.NOTE
    marker = western_digits(block.marker) if is_note else block.marker
    return block.kind, block.text, marks, marker, block.ordinal, block.depth, block.header_rows


def pdf_texts(folder: Path, *paths: Path) -> list[str]:
    """Return the texts of what LibreOffice makes of files."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, *paths], check=True, capture_output=True, timeout=240)
    return [_text_of(folder / f"{path.stem}.pdf") for path in paths]


def _text_of(path: Path) -> str:
    command = ["pdftotext", "-layout", path, "-"]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
