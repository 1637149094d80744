"""languages/<code>.toml → Language, with all faults of the file at once."""

import hashlib
import os
import sys
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from pipeline import disk, tables
from pipeline.errors import LanguageError
from pipeline.languages import CODE, FOLDER, Language, LanguageFile
from pipeline.tables import TableFault


def read(file: Traversable | Path, code: str, *, is_shipped: bool = False) -> Language:
    """Return the language in a file; raise LanguageError with all that is wrong with it.

    One that is shipped with the package is right: the tests have read it as they read any other.
    """
    place = f"{FOLDER}/{code}.toml"
    try:
        if is_shipped:
            return _trusted(file.read_bytes(), code)
        return parse(disk.read(Path(str(file)), tables.MAX_BYTES + 1), code)
    except OSError as error:
        raise LanguageError(f"{place}: {error.strerror}; make it a file that can be read") from None


@lru_cache(maxsize=64)
def parse(content: bytes, code: str) -> Language:
    """Return the language that the file of a code describes, the same one for the same bytes."""
    place = f"{FOLDER}/{code}.toml"
    if not CODE.fullmatch(code):
        raise LanguageError(f"{place}: {code!r} is not a language code; name the file like nl.toml or pt-BR.toml")
    return _language(tables.read(LanguageFile, content, place, LanguageError, _faults), content, code)


@lru_cache(maxsize=64)
def _trusted(content: bytes, code: str) -> Language:
    """Return the language that a file without faults describes, in a tenth of the time that looking for them takes."""
    digest = hashlib.sha256(content).digest()
    if not (table := _kept(code, digest)):
        found = tomllib.loads(content.decode())
        table = msgspec.convert(found, LanguageFile)
        _keep(code, digest + msgspec.msgpack.encode(found))
    return _language(table, content, code)


KEPT = Path(__file__).parent / "__pycache__"
"""Where Python keeps the modules of this package as it has read them; TOML takes twenty times as long to read."""


def _kept(code: str, digest: bytes) -> LanguageFile | None:
    """Return what stood in a file of this digest when it was read before; None when that is not known."""
    with suppress(OSError, ValueError):
        content = disk.read(KEPT / f"{code}.toml.msgpack", tables.MAX_BYTES)
        if content[: len(digest)] == digest:
            return msgspec.msgpack.decode(memoryview(content)[len(digest) :], type=LanguageFile)
    return None


def _keep(code: str, content: bytes) -> None:
    """Keep what was read where Python may keep what it reads."""
    if sys.dont_write_bytecode:
        return
    part = KEPT / f"{code}.toml.{os.getpid()}.part"
    with suppress(OSError):
        part.write_bytes(content)
        part.replace(KEPT / f"{code}.toml.msgpack")


def _language(table: LanguageFile, content: bytes, code: str) -> Language:
    sha256 = hashlib.sha256(content).hexdigest()
    return Language(code=code, sha256=sha256, **{field.name: getattr(table, field.name) for field in fields(table)})


def _faults(table: LanguageFile) -> Iterator[TableFault]:
    """Yield what is wrong between keys: months that are not twelve."""
    for calendar, months in (("gregorian", table.dates.gregorian), ("jalali", table.dates.jalali)):
        if months and set(months.values()) != set(range(1, 13)):
            yield TableFault.at("name all twelve months, with their numbers from 1 to 12", f"dates.{calendar}")
