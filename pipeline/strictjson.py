"""JSON, read strictly: whatever a file or an answer holds, it is a value or a ValueError."""

import json
import math
import re

_TEXT = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?', re.DOTALL)  # one that never ends is taken whole, too

MAX_BYTES = 1_000_000
"""Of a file, unless somebody says otherwise."""

MOST_VALUES = 1_000_000
"""In one text: each takes some hundred bytes of memory, however few it is written in."""

MOST_DIGITS = 1000
"""Of a whole number; Python itself refuses more than 4,300."""


def read(content: bytes, most: int = MAX_BYTES) -> object:
    """Return what a file or an answer says in JSON (RFC 8259); raise ValueError, and nothing else, when it says none.

    That is so as well for what is too large, nested too deeply, or named twice, and for numbers that are none.
    """
    if len(content) > most:
        raise ValueError(f"larger than {most:,} bytes")
    if _has_too_many(content):
        raise ValueError(f"more than {MOST_VALUES:,} values")
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_int=_whole,
            parse_float=_finite,
            parse_constant=_no_number,
            object_pairs_hook=_named_once,
        )
    except json.JSONDecodeError:
        raise
    except UnicodeDecodeError as fault:
        raise ValueError(f"byte {fault.start}: not valid UTF-8") from None
    except RecursionError:
        raise ValueError("a nesting is too deep") from None


def _has_too_many(content: bytes) -> bool:
    """Whether there are too many values; what stands in texts is looked at only where it could matter."""
    if _marks(content) <= MOST_VALUES:
        return False
    return _marks(_TEXT.sub(b"", content)) > MOST_VALUES


def _marks(content: bytes) -> int:
    """Return how many marks there are that stand before a value, or a name."""
    return sum(map(content.count, (b",", b":", b"[", b"{")))


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("a number is too large")
    return int(digits)


def _finite(digits: str) -> float:
    """Return a number that can be written again: of a huge exponent Python makes «Infinity», which JSON has not."""
    if not math.isfinite(number := float(digits)):
        raise ValueError("a number is too large")
    return number


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _named_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("a key is there twice")
    return table
