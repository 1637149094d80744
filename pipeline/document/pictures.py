"""The pictures of a document that can be printed: taken out of its file as they are, within limits."""

import hashlib
import math
import re
import struct
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from pipeline.model import Block

MOST_IN_ONE, MOST_IN_ALL = 20_000_000, 60_000_000
"""Bytes."""

MOST_PICTURES = 100
"""A few bytes may be tens of millions of points, which each output goes through."""

MOST_POINTS_IN_ALL = 400_000_000
"""Of the PNGs and GIFs of a document, which each output unpacks: 20 seconds of work."""

_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers behind which a JPEG says how large it is."""

_A_HUNDREDTH = 100
"""The share of that which going through a point of a photograph takes, once for each of its scans."""

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
"""Of the formats that pages can show. What is inside is looked at by nobody but the process that typesets."""


def taken(
    blocks: Sequence[Block], parts: Callable[[Collection[str]], Mapping[str, bytes]]
) -> tuple[tuple[Block, ...], dict[str, bytes]]:
    """Return blocks whose pictures are named by their SHA-256, and the pictures by these names.

    Before, they name parts of a file, which `parts` returns. A block keeps none that is no picture that can be
    printed, that is too large, or one too many.
    """
    wanted = {block.picture for block in blocks if block.picture}
    found = parts(wanted) if wanted else {}
    names: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    left, points = MOST_IN_ALL, MOST_POINTS_IN_ALL
    for part, content in sorted(found.items()):
        if len(kept) == MOST_PICTURES:
            break
        if not content.startswith(_SIGNATURES) or len(content) > min(MOST_IN_ONE, left):
            continue
        if (unpacked := _unpacked(content)) <= points:
            names[part] = name = hashlib.sha256(content).hexdigest()
            kept[name] = content
            left -= len(content)
            points -= unpacked
    named = (replace(one, picture=names.get(one.picture, "")) if one.picture else one for one in blocks)
    return tuple(named), kept


def _unpacked(content: bytes) -> int:
    """Return how many points a picture says that it has: of a photograph what these cost beside those of a drawing."""
    if content.startswith(b"\x89PNG"):
        return max((_product(">II", content, found.end()) for found in re.finditer(b"IHDR", content)), default=0)
    if content.startswith(b"GIF"):
        return _product("<HH", content, 6)
    return _product(">HH", content, _frame(content) + 5) * content.count(b"\xff\xda") // _A_HUNDREDTH


def _product(form: str, content: bytes, at: int) -> int:
    """Return the product of two numbers at a place; 0 where the picture is cut off, which whoever typesets it says."""
    whole = content[at : at + struct.calcsize(form)]
    return math.prod(struct.unpack(form, whole)) if len(whole) == struct.calcsize(form) else 0


def _frame(content: bytes) -> int:
    """Return where a JPEG says how large it is (ITU-T T.81, B.2.2); its end where it does not."""
    at = 2
    while content[at : at + 1] == b"\xff" and at + 4 <= len(content):
        kind = content[at + 1]
        if kind in (0x00, 0xFF):  # nothing, before a marker
            at += 1 if kind else 2
        elif kind in _FRAMES:
            return at
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return len(content)
