"""Where the keys of TOML stand, which its parser does not tell: the line of each, and how deep they go."""

import re
import tomllib
from collections.abc import Iterator, Mapping

MOST_LEVELS = 100
"""Of tables within tables."""

Place = tuple[str | int, ...]
"""Where a value stands in a file: the keys that lead to it, and numbers of tables in a list, from 0."""


def of_toml(text: str) -> dict[Place, int]:
    """Return in which line each table and each key of a well-formed TOML file stands."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, tokens in _statements(text):
        keys: Place = tuple(_key(token["key"]) for token in tokens if token["key"])
        if tokens[0][0] != "[":
            for count in range(1, len(keys) + 1):
                lines.setdefault(table + keys[:count], number)
            continue
        table = _resolved(keys, counts)
        if len(tokens) > 1 and tokens[1][0] == "[":
            counts[table] = counts.get(table, -1) + 1
            lines.setdefault(table, number)
            table = (*table, counts[table])
        for count in range(1, len(table) + 1):
            lines.setdefault(table[:count], number)
    return lines


def _statements(text: str) -> Iterator[tuple[int, list[re.Match[str]]]]:
    """Yield the headers and keys of a TOML file: the line each begins in, and its tokens up to the sign «=»."""
    line, depth = 1, 0
    first, tokens, is_value = 1, list[re.Match[str]](), False
    for token in _TOKEN.finditer(text):
        if token[0] == "\n" and (depth == 0 or not is_value):
            if tokens:
                yield first, tokens
            tokens, is_value, depth = [], False, 0
        elif is_value:
            depth += (token[0] in "[{") - (token[0] in "]}")
        elif token[0] == "=":
            is_value = True
        elif not token[0].isspace() and not token[0].startswith("#"):
            first = first if tokens else line
            tokens.append(token)
        line += token[0].count("\n")
    if tokens:
        yield first, tokens


def _key(token: str) -> str:
    return str(tomllib.loads(f"key = {token}")["key"]) if token[0] in "\"'" else token


def _resolved(keys: Place, counts: Mapping[Place, int]) -> Place:
    """Return the place of a header: within a list of tables it means the last one."""
    place: Place = ()
    for key in keys[:-1]:
        place = (*place, key)
        if place in counts:
            place = (*place, counts[place])
    return (*place, *keys[-1:])


def deepest(text: str) -> int:
    """Return the first line with more levels than are allowed; 0 when there is none."""
    depth, parts, line = 0, 0, 1
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth = max(depth - 1, 0)
        parts = parts + 1 if token[0] == "." else parts if token["key"] or token[0].isspace() else 0
        if max(depth, parts) > MOST_LEVELS:
            return line
        line += token[0].count("\n")
    return 0


_TOKEN = re.compile(
    r"""(?P<key>"(?!"")(?:[^"\\\n]|\\.)*+"?|'(?!'')[^'\n]*+'?|[A-Za-z0-9_-]+)"""
    r'''|"""(?:[^\\]|\\(?:.|\Z))*?(?:"{3,5}|\Z)|\'{3}.*?(?:\'{3,5}|\Z)|\#[^\n]*|[ \t]+|.''',
    re.DOTALL,
)
"""A key, a text, a comment, blanks or a single mark of TOML."""
