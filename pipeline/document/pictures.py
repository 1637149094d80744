"""The pictures of a document that can be printed: taken out of its file as they are, within limits."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from pipeline.model import Block

MOST_IN_ONE, MOST_IN_ALL = 20_000_000, 60_000_000
"""Bytes."""

MOST_PICTURES = 100
"""A few bytes may be tens of millions of points, which each output goes through."""

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
    left = MOST_IN_ALL
    for part, content in sorted(found.items()):
        if len(kept) == MOST_PICTURES:
            break
        if content.startswith(_SIGNATURES) and len(content) <= min(MOST_IN_ONE, left):
            names[part] = name = hashlib.sha256(content).hexdigest()
            kept[name] = content
            left -= len(content)
    named = (replace(one, picture=names.get(one.picture, "")) if one.picture else one for one in blocks)
    return tuple(named), kept
