"""A zip that says anything twice and differently, or holds anything between its files, is refused with the reason."""

import random
import struct
import zipfile
import zlib
from dataclasses import dataclass, replace
from io import BytesIO

import pytest

from pipeline.distribution import zips
from pipeline.errors import BundleError


@dataclass(frozen=True)
class Part:
    """An entry as it is to be written; `local` are fields that stand otherwise before the content."""

    name: bytes
    content: bytes = b"x"
    packed: bytes | None = None
    method: int = 0
    flags: int = 0
    crc: int | None = None
    size: int | None = None
    made_by: int = 3 << 8 | 20
    needed: int = 20
    extra: bytes = b""
    comment: bytes = b""
    disk: int = 0
    internal: int = 0
    external: int = 0o100644 << 16
    gap: bytes = b""
    behind: bytes = b""
    shift: int = 0
    local: tuple = ()

    @property
    def written(self) -> bytes:
        return self.content if self.packed is None else self.packed

    def head(self) -> bytes:
        crc = zlib.crc32(self.content) if self.crc is None else self.crc
        size = len(self.content) if self.size is None else self.size
        return struct.pack(
            "<5H3I2H", self.needed, self.flags, self.method, 0, 0x4A21, crc, len(self.written), size,
            len(self.name), len(self.extra),
        )  # fmt: skip


def crafted(*parts: Part, end: dict | None = None, last: bytes = b"", before_end: bytes = b"") -> bytes:
    """Return a zip of the parts, byte by byte as they say."""
    body, listing = b"", b""
    for part in parts:
        body += part.gap
        offset = len(body) + part.shift
        inner = replace(part, **dict(part.local))
        body += b"PK\3\4" + inner.head() + inner.name + inner.extra + part.written + part.behind
        listing += b"PK\1\2" + struct.pack("<H", part.made_by) + part.head()
        listing += struct.pack("<3H2I", len(part.comment), part.disk, part.internal, part.external, offset)
        listing += part.name + part.extra + part.comment
    said = {"disk": 0, "first": 0, "here": len(parts), "count": len(parts), "length": len(listing), "start": len(body)}
    said |= {"comment": b""} | (end or {})
    numbers = [said[key] for key in ("disk", "first", "here", "count", "length", "start")]
    close = b"PK\5\6" + struct.pack("<4H2IH", *numbers, len(said["comment"])) + said["comment"]
    return body + listing + before_end + close + last


def contents(packed: bytes) -> dict[str, bytes]:
    file = BytesIO(packed)
    return {entry.path: b"".join(zips.content(file, entry)) for entry in zips.entries("b.zip", file)}


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


PLAIN = Part(b"b/letter.txt", b"to you")
LARGE = b"letter " * 140_000


def test_what_is_written_as_ours_is_read():
    parts = (
        Part(b"b/", b"", external=0o040755 << 16 | 0x10),
        PLAIN,
        Part("b/بیانیه".encode(), b"", flags=0x800),
        Part(b"b/large", LARGE, deflated(LARGE), method=8),
    )
    assert contents(crafted(*parts)) == {
        "b/": b"", "b/letter.txt": b"to you", "b/بیانیه": b"", "b/large": LARGE,
    }  # fmt: skip


def extra(kind: int, text: bytes) -> bytes:
    return struct.pack("<HH", kind, len(text)) + text


UNICODE_PATH = extra(0x7075, b"\1" + struct.pack("<I", zlib.crc32(PLAIN.name)) + b"b/evil.txt")

REFUSED = {
    "another name in a Unicode path": (crafted(replace(PLAIN, extra=UNICODE_PATH)), "extra fields"),
    "another name there, before the content alone": (crafted(replace(PLAIN, local=(("extra", UNICODE_PATH),))), "written differently"),
    "rights for everybody": (crafted(replace(PLAIN, external=0o100666 << 16)), "altered by everybody"),
    "rights for nobody": (crafted(replace(PLAIN, external=0o100000 << 16)), "read by anybody"),
    "no rights at all": (crafted(replace(PLAIN, external=0)), "read by anybody"),
    "a folder that nobody opens": (crafted(Part(b"b/", b"", external=0o040200 << 16 | 0x10)), "read by anybody"),
    "a folder for everybody": (crafted(Part(b"b/", b"", external=0o040777 << 16 | 0x10)), "altered by everybody"),
    "a time": (crafted(replace(PLAIN, extra=extra(0x5455, b"\1aaaa"))), "extra fields"),
    "sizes of zip64 in a field": (crafted(replace(PLAIN, extra=extra(1, bytes(16)))), "extra fields"),
    "an empty extra field": (crafted(replace(PLAIN, extra=extra(0xCAFE, b""))), "extra fields"),
    "another name before the content": (crafted(replace(PLAIN, local=(("name", b"b/letter.exe"),))), "written differently"),
    "another length of name": (crafted(replace(PLAIN, local=(("name", b"b/x"),))), "written differently"),
    "another size": (crafted(replace(PLAIN, local=(("size", 3),))), "written differently"),
    "another sum": (crafted(replace(PLAIN, local=(("crc", 3),))), "written differently"),
    "another method": (crafted(replace(PLAIN, local=(("method", 8),))), "written differently"),
    "other flags": (crafted(replace(PLAIN, local=(("flags", 0x800),))), "written differently"),
    "another version": (crafted(replace(PLAIN, local=(("needed", 10),))), "written differently"),
    "two sizes": (crafted(replace(PLAIN, size=3)), "two sizes"),
    "a descriptor": (crafted(replace(PLAIN, flags=8, behind=b"PK\7\x08" + bytes(12))), "data descriptor"),
    "a descriptor without a flag": (crafted(PLAIN, replace(PLAIN, name=b"b/x", gap=b"PK\7\x08" + bytes(12))), "belongs to no file"),
    "a gap": (crafted(PLAIN, replace(PLAIN, name=b"b/x", gap=b"MZ")), "belongs to no file"),
    "a hidden entry": (crafted(PLAIN, replace(PLAIN, name=b"b/x", gap=crafted(Part(b"b/evil"))[:37])), "belongs to no file"),
    "a hidden entry at the end": (crafted(replace(PLAIN, behind=crafted(Part(b"b/evil"))[:37])), "belongs to none"),
    "something before the first": (crafted(replace(PLAIN, gap=b"#!/bin/sh\n")), "belongs to no file"),
    "a prefix": (b"#!/bin/sh\n" + crafted(PLAIN), "something before the first"),
    "a prefix that is reckoned with": (crafted(replace(PLAIN, gap=b"MZ", shift=-2)), "written differently"),
    "something before the end": (crafted(PLAIN, before_end=b"sign here"), "something before the first"),
    "something behind the end": (crafted(PLAIN, last=b"<html>"), "added behind its end"),
    "a whole zip behind the end": (crafted(PLAIN, last=crafted(Part(b"c/evil"))), "something before the first"),
    "a comment": (crafted(PLAIN, end={"comment": b"<html>"}), "added behind its end"),
    "an end in a comment": (crafted(PLAIN, end={"comment": crafted()}), "something before the first"),
    "a comment on a file": (crafted(replace(PLAIN, comment=b"read evil.html")), "has a comment"),
    "fewer listed than there are": (crafted(PLAIN, Part(b"b/x"), end={"count": 1, "here": 1}), "belongs to none"),
    "more listed than there are": (crafted(PLAIN, end={"count": 2, "here": 2}), "a damaged zip"),
    "two counts": (crafted(PLAIN, end={"here": 0}), "in several parts"),
    "a second disk": (crafted(PLAIN, end={"disk": 1}), "in several parts"),
    "a file on a second disk": (crafted(replace(PLAIN, disk=1)), "written in a way"),
    "a list of the large kind": (crafted(PLAIN, end={"start": 0xFFFFFFFF}), "zip64"),
    "a locator": (crafted(PLAIN, before_end=b"PK\6\7" + bytes(16)), "zip64"),
    "a list cut off": (crafted(PLAIN, end={"length": 20}), "something before the first"),
    "encrypted": (crafted(replace(PLAIN, flags=1)), "is encrypted"),
    "strongly encrypted": (crafted(replace(PLAIN, flags=0x40)), "written in a way"),
    "masked": (crafted(replace(PLAIN, flags=0x2000)), "written in a way"),
    "of a later version": (crafted(replace(PLAIN, needed=45)), "written in a way"),
    "packed oddly": (crafted(replace(PLAIN, method=9)), "packed in a way"),
    "a name of an old encoding": (crafted(replace(PLAIN, name=b"b/\x8d\x99")), "no known encoding"),
    "a name without its flag": (crafted(replace(PLAIN, name="b/é".encode())), "no known encoding"),
    "a name that is no UTF-8": (crafted(replace(PLAIN, name=b"b/\xff", flags=0x800)), "no known encoding"),
    "an overlong stroke": (crafted(replace(PLAIN, name=b"b/..\xc0\xafx", flags=0x800)), "no known encoding"),
    "no name": (crafted(replace(PLAIN, name=b"")), "invisible"),
    "a link": (crafted(replace(PLAIN, external=0o120777 << 16)), "a link or a device"),
    "a link made on a Mac": (crafted(replace(PLAIN, external=0o120777 << 16, made_by=19 << 8)), "a link or a device"),
    "a program with its owner's rights": (crafted(replace(PLAIN, external=0o104755 << 16)), "a link or a device"),
    "a program": (crafted(replace(PLAIN, external=0o100755 << 16)), "run as a program"),
    "made by an Amiga": (crafted(replace(PLAIN, made_by=1 << 8)), "attributes"),
    "a name of Windows": (crafted(replace(PLAIN, name="b/é".encode(), flags=0x800, made_by=20)), "read otherwise"),
    "hidden on Windows": (crafted(replace(PLAIN, external=0o100644 << 16 | 2)), "attributes"),
    "text to be converted": (crafted(replace(PLAIN, internal=1)), "attributes"),
    "a folder with content": (crafted(replace(PLAIN, name=b"b/x/")), "a file and a folder"),
    "a file called a folder": (crafted(replace(PLAIN, external=0o040755 << 16)), "a file and a folder"),
    "a file called a folder by Windows": (crafted(replace(PLAIN, external=0x10)), "a file and a folder"),
    "one content for two": (crafted(PLAIN, replace(PLAIN, name=b"b/x", shift=-48)), "overlaps"),
    "a name that is cut off": (crafted(PLAIN)[: -22 - len(PLAIN.name)] + crafted(PLAIN)[-22:], "something before the first"),
    "a bomb": (crafted(replace(PLAIN, packed=deflated(bytes(3_000_000)), method=8, size=3_000_000)), "zip bomb"),
    "too many files": (crafted(PLAIN, end={"count": 10_001, "here": 10_001}), "more than 10,000 files"),
    "no zip": (b"%PDF-1.7 and no more", "not a zip, nor a folder"),
    "an entry far away": (crafted(replace(PLAIN, shift=1 << 31)), "belongs to no file"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_written_as_ours_is_refused_with_the_reason(name):
    packed, reason = REFUSED[name]
    with pytest.raises(BundleError) as caught:
        contents(packed)
    assert reason in str(caught.value) and str(caught.value).startswith("b.zip: refused: ")


STREAM = deflated(b"to you")

DAMAGED = {
    "another sum": (replace(PLAIN, crc=1), "checksum"),
    "too short": (replace(PLAIN, packed=STREAM, method=8, size=7), "size or checksum"),
    "too long": (replace(PLAIN, packed=STREAM, method=8, size=5), "larger than it says"),
    "something behind the stream": (replace(PLAIN, packed=STREAM + b"evil", method=8), "after its end"),
    "a second stream": (replace(PLAIN, packed=STREAM + STREAM, method=8), "after its end"),
    "a stream cut off": (replace(PLAIN, packed=STREAM[:-2], method=8), "cut off"),
    "no stream": (replace(PLAIN, packed=b"\xff\xff", method=8), "invalid"),
    "an empty stream": (replace(PLAIN, packed=b"", method=8), "cut off"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_content_that_is_not_what_the_zip_says_is_damaged(name):
    part, reason = DAMAGED[name]
    with pytest.raises(zips.DamagedError, match=reason):
        contents(crafted(part))


def test_much_behind_a_large_stream_is_noticed_too():
    content = random.Random(1).randbytes(zips.CHUNK + 10)
    part = Part(b"b/x", content, deflated(content) + bytes(zips.CHUNK), method=8)
    with pytest.raises(zips.DamagedError, match="after its end"):
        contents(crafted(part))
    assert contents(crafted(replace(part, packed=deflated(content)))) == {"b/x": content}


def test_a_content_is_never_read_beyond_what_is_said_of_it():
    bomb = replace(PLAIN, packed=deflated(bytes(30_000_000)), method=8, size=999_999, crc=0)
    file = BytesIO(crafted(bomb))
    (entry,) = zips.entries("b.zip", file)
    read = 0
    with pytest.raises(zips.DamagedError, match="larger than it says"):
        for piece in zips.content(file, entry):
            read += len(piece)
    assert read <= entry.size + zips.CHUNK


def test_every_flipped_bit_is_refused_or_changes_no_name_and_no_content():
    """Whatever is accepted, another reader of zips takes for the same."""
    dice = random.Random(5)
    parts = (
        PLAIN,
        Part("b/بیانیه".encode(), b"PK\5\6 and PK\1\2", flags=0x800),
        Part(b"b/z", b"aaaa" * 9, deflated(b"aaaa" * 9), method=8),
    )
    whole = crafted(*parts)
    first = contents(whole)
    accepted = 0
    for place in range(len(whole)):
        for bit in dice.sample(range(8), 4):
            packed = bytearray(whole)
            packed[place] ^= 1 << bit
            try:
                found = contents(bytes(packed))
            except (BundleError, zips.DamagedError):
                continue
            accepted += 1
            assert found == first, f"byte {place}, bit {bit}"
            with zipfile.ZipFile(BytesIO(packed)) as other:
                assert {name: other.read(name) for name in other.namelist()} == first
    assert 0 < accepted < len(whole) // 4  # rights and versions, which change nothing


def test_no_bytes_whatever_make_it_crash():
    dice = random.Random(6)
    whole = crafted(PLAIN, Part(b"b/x"), Part(b"b/y", b"yy", deflated(b"yy"), method=8))
    for _ in range(1500):
        packed = bytearray(whole)
        for _ in range(dice.choice((1, 3, 9))):
            cut = slice(dice.randrange(len(packed)), None)
            match dice.randrange(3):
                case 0:
                    packed[cut.start] = dice.randrange(256)
                case 1:
                    packed[cut.start : cut.start] = dice.randbytes(dice.randrange(5))
                case 2:
                    del packed[cut.start : cut.start + dice.randrange(5)]
        try:
            contents(bytes(packed))
        except (BundleError, zips.DamagedError) as error:
            assert str(error).isprintable()
