"""Which PDFs lie in output/, and what each was made of: a record of them, and whether they are as it says."""

import json
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from pipeline import disk
from pipeline.edition.render import Sheet
from pipeline.workspace import storage
from pipeline.workspace.config import Config

FILE_NAME = ".built.json"
"""In the output folder: what each PDF was made of, and the hash of what was made."""

MOST_RECORDED = 400_000_000
"""Bytes of the record: some million and a half PDFs."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a PDF was made of, and the SHA-256 of its file.

    `fingerprint` and `shown` are those of its sheet; `text` stands for the texts in it and how far they are
    reviewed. Of a draft, `shown` and `text` are empty: it is replaced whenever anything changes. `stated` is what it,
    or the release before a draft, states of its translations beside their sentences.
    """

    fingerprint: str
    sha256: str
    shown: str = ""
    text: str = ""
    stated: tuple[str, ...] = ()


Record = dict[str, Built]
"""What was built, by the path of the PDF in the output folder."""


def read(settings: Config) -> Record:
    """Return what was built; what the record does not tell in full is left out, and built again."""
    try:
        content = disk.read(settings.output / FILE_NAME, MOST_RECORDED + 1)
    except OSError:
        return {}
    if len(content) > MOST_RECORDED:
        return {}
    with suppress(ValueError, RecursionError):
        return msgspec.json.decode(content, type=Record)
    return _what_is_whole(content)


def _what_is_whole(content: bytes) -> Record:
    """Return what a record tells in full that was changed by others."""
    found: Record = {}
    with suppress(ValueError, RecursionError):
        for path, entry in msgspec.json.decode(content, type=dict[str, msgspec.Raw]).items():
            with suppress(ValueError, RecursionError):
                found[path] = msgspec.json.decode(entry, type=Built)
    return found


def write(settings: Config, record: Record) -> None:
    """Write what was built, a line for each PDF."""
    lines = (f"{json.dumps(path)}: {msgspec.json.encode(built).decode()}" for path, built in sorted(record.items()))
    storage.write(settings.output / FILE_NAME, b"{\n" + ",\n".join(lines).encode() + b"\n}\n")


def is_released(config: Config, sheet: Sheet, record: Record) -> bool:
    """Whether a released PDF lies there that shows what a sheet shows; what is inside it unseen may be older."""
    built = record.get(sheet.path)
    return built is not None and sheet.shown == built.shown and is_whole(config, sheet.path, built)


def is_on_disk(config: Config, sheet: Sheet, record: Record) -> bool:
    """Whether the PDF of a sheet lies there as it was typeset."""
    built = record.get(sheet.path)
    return built is not None and sheet.fingerprint == built.fingerprint and is_whole(config, sheet.path, built)


def is_whole(config: Config, name: str, built: Built) -> bool:
    """Whether the PDF of this name lies there as it was typeset."""
    path = config.output / name
    return path.is_file() and built.sha256 == storage.file_sha256(config, path)
