"""Markdown: CommonMark with tables, footnotes, raised letters and attributes, and the fields before the text."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import Any

from pipeline.document.corrections import Corrections
from pipeline.document.formats import _document, _encoding, _fields, _page, _tree, _unclosed
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.limits import MOST_IN_A_PARAGRAPH, MOST_LINES
from pipeline.model import Document
from pipeline.office.archive import OfficeError
from pipeline.text import merges
from pipeline.text.excerpt import excerpt

SUFFIXES = (".md", ".markdown")
MOST_BYTES = 10_000_000
MOST_NESTED = 60
"""Of lists and quotations in each other; the reader would leave out what is deeper, without a word."""
MOST_COMPARED = 50_000_000
"""Brackets of a paragraph, each with each other one there, of all paragraphs: so the reader looks for links."""
MOST_QUOTED = 2_000_000
"""Quotations that begin between lines without an empty one, each with all lines there, of all of these: at each, the
reader looks at all that follow."""
_SIGNS = "*_[|`<"
"""Of which an element has two or more; what has too many is refused before it fills the memory."""
_FRONT = re.compile(
    r"\A\s{0,99}?(?:---[ \t]*\n(?P<yaml>[^\n]*(?:\n[^\n]*){0,300}?)\n(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?P<toml>[^\n]*(?:\n[^\n]*){0,300}?)\n\+\+\+)[ \t]*(?:\n|\Z)"
)
_PARTED = re.compile(r"\n\s*\n")
_FIELD = re.compile(r"([A-Za-z_][A-Za-z0-9_. -]{0,40}):(?:[ \t]+(.*))?")
_OF_YAML = re.compile(rf"{_FIELD.pattern}|#.*|[ \t].*|-(?:\s.*)?|[\]}}].*|")
"""A line of YAML: a key, a remark, or what belongs to the key above; a text between two rules has others."""
_FOLDED = re.compile("[>|][+-]?[0-9]?")
"""Stands for a value that is written below its key."""
_NOTE = re.compile(r"^[ >\t]{0,20}\[\^([^\]\s]{1,99})\]:", re.MULTILINE)
_CELL = re.compile(r"(?<!\\)\|")
_ATTRIBUTES = re.compile(r"^( {0,3}#{1,6} [^\n{]*+)\{[#.:][^{}\n]{0,200}\}[ \t#]*+$", re.MULTILINE)
"""What pandoc and others let stand behind a heading: {#its-name .class}"""


def read(content: bytes, id: str, language: Language, corrections: Corrections) -> Document:
    """Return the document in `content`; its fields are the metadata where the editor states none.

    Raises DocumentError when it is empty, too large, or in no encoding known here.
    """
    name = f"{id}.md"
    if len(content) > MOST_BYTES:
        raise DocumentError(f"{name}: larger than {MOST_BYTES:,} bytes; split it into several documents")
    try:
        text, encoding = _encoding.text(content)
        lines = text.splitlines()
        _require_readable(lines, name)
        fields, text = _front("\n".join(lines))
        _page.require_not_too_many(sum(map(text.count, _SIGNS)))
        page, unread = _html(text)
        root = _page.parsed(page)
        reading = _tree.shown(_page.body(root))
    except OfficeError as error:
        raise DocumentError(f"{name}: {error}") from None
    remarks = [f"read as {encoding}"] if encoding else []
    remarks += [*_said(fields, language, text), *unread, *_unclosed.swallowed(page, root)]
    document = _document.document(
        reading, content, name, id, language, corrections, (f"{name}: {one}" for one in remarks)
    )
    return _fields.completed(document, fields)


def _require_readable(lines: list[str], name: str) -> None:
    if len(lines) > MOST_LINES:
        raise DocumentError(f"{name}: more than {MOST_LINES:,} lines; split it into several documents")
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_IN_A_PARAGRAPH:
            raise DocumentError(f"{name}:{number}: a line of more than {MOST_IN_A_PARAGRAPH:,} characters; divide it")
    if sum(paragraph.count("[") ** 2 for paragraph in _PARTED.split("\n".join(lines))) > MOST_COMPARED:
        raise DocumentError(f"{name}: thousands of brackets in one paragraph; divide it")
    if sum(_begun(piece.split("\n")) for piece in _PARTED.split("\n".join(lines))) > MOST_QUOTED:
        raise DocumentError(f"{name}: hundreds of quotations without an empty line between; put one behind each")
    if conflict := merges.conflict(lines):
        raise DocumentError(f"{name}:{conflict}: a merge conflict; keep one of the two versions")


def _begun(lines: list[str]) -> int:
    """Return how many quotations begin within lines, each with all of these."""
    depths = [line[: len(line) - len(line.lstrip(" \t>"))].count(">") for line in lines]
    return len(lines) * sum(depth > before for before, depth in pairwise([0, *depths]))


def _said(fields: Mapping[str, str], language: Language, text: str) -> Iterator[str]:
    yield from _page.foreign(fields.get("lang", fields.get("language", "")), language, text)
    if others := [name for name in fields if name not in (*_fields.READ, "lang", "language")]:
        yield f"of the fields before the text these are not read: {excerpt(', '.join(others))}"


# --- fields before the text ------------------------------------------------------------


def _front(text: str) -> tuple[dict[str, str], str]:
    """Return the fields before a text, in YAML or TOML, and the text."""
    found = _FRONT.match(text)
    if not found:
        return {}, text
    fields = _of_yaml(found["yaml"]) if found["toml"] is None else _of_toml(found["toml"])
    return ({}, text) if fields is None else (fields, text[found.end() :])


def _of_yaml(front: str) -> dict[str, str] | None:
    """Return the fields of YAML whose values are words; None for a text between two rules."""
    lines = [line.rstrip() for line in front.split("\n")]
    if any(lines) and not (lines[0] and all(map(_OF_YAML.fullmatch, lines))):
        return None
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        if one := _FIELD.fullmatch(line):
            value = one[2] or ""
            name = one[1].lower() if _FOLDED.fullmatch(value) else ""
            fields[one[1].lower()] = "" if name else ", ".join(part.strip(" \t\"'") for part in _listed(value))
        elif name:
            fields[name] = f"{fields[name]} {line.strip()}".strip()
    return fields


def _listed(value: str) -> list[str]:
    value = value.strip()
    return value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]


def _of_toml(front: str) -> dict[str, str] | None:
    """Return the fields of TOML; None where it is none."""
    try:
        fields: dict[str, Any] = tomllib.loads(front)
    except (ValueError, RecursionError):  # which is also what a number of thousands of digits is
        return None
    return {key.lower(): str(value) for key, value in fields.items() if not isinstance(value, dict | list)}


# --- text ------------------------------------------------------------------------------


def _html(text: str) -> tuple[str, list[str]]:
    """Return a text as a page, and what of it is not there."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader.use(footnote_plugin).use(superscript_plugin).use(sub_plugin).use(attrs_plugin, spans=True)
    reader.add_render_rule("footnote_caption", _caption)
    reader.options["maxNesting"] = MOST_NESTED
    reader.options["store_labels"] = True
    # Where links lead is looked at in every format; here one to a file of somebody's machine would stay as it is typed.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    env: dict[str, Any] = {}
    tokens = reader.parse(_ATTRIBUTES.sub(r"\1", text), env)
    if deep := next((token for token in tokens if token.level >= MOST_NESTED - 1), None):
        line = f"line {deep.map[0] + 1}: " if deep.map else ""
        raise OfficeError(f"{line}lists or quotations are too deep in each other to be read whole; divide them")
    page = f"<body>{reader.renderer.render(tokens, reader.options, env)}</body>"
    return page, [
        *_notes_unread(text, env),
        *_turns_unread(text, env, tokens),
        *_cells_unread(text.split("\n"), tokens),
    ]


def _notes_unread(text: str, env: Mapping[str, Any]) -> Iterator[str]:
    """Say of notes that nothing refers to, and of those whose marker another has, that they are not read."""
    counts = Counter(found[1] for found in _NOTE.finditer(text))
    known = {name.removeprefix(":"): place for name, place in env.get("footnotes", {}).get("refs", {}).items()}
    if alone := [name for name, place in known.items() if place < 0]:
        yield f"notes that are not read, since nothing refers to them: {excerpt(', '.join(alone))}"
    if twice := [name for name, count in counts.items() if count > 1 and known.get(name, -1) >= 0]:
        yield f"of notes with the same marker only the last is read; give each its own: {excerpt(', '.join(twice))}"


def _turns_unread(text: str, env: Mapping[str, Any], tokens: Any) -> Iterator[str]:
    """Say of lines such as «[Sara]: Yes» that they are not read: they name where links lead, and none does there."""
    used = {one.meta.get("label") for token in tokens for one in token.children or ()}
    named = [one for label, one in env.get("references", {}).items() if label not in used]
    named += env.get("duplicate_refs", ())
    places = sorted(one["map"] for one in named if _is_word(one["href"]))
    if places:
        lines = text.split("\n")
        unread = " ".join(line.strip("> \t") for first, end in places for line in lines[first:end])
        yield (
            "lines that are not read, since they only say where links lead, and no link leads there; "
            f"put a backslash before each that is text: «{excerpt(unread)}»"
        )


def _is_word(href: str) -> bool:
    """Whether what stands for an address is a word; remarks for those who write are made with nothing, and with «#»."""
    return bool(href) and re.search(r"[:/#@]|\.\w", href) is None


def _cells_unread(lines: Sequence[str], tokens: Any) -> Iterator[str]:
    """Say of rows that have more cells than the first of their table that these are not read."""
    for at, token in enumerate(tokens):
        if token.type != "table_open" or not token.map:
            continue
        row = (tokens[place] for place in range(at, len(tokens)))
        width = sum(one.type == "th_open" for one in takewhile(lambda one: one.type != "thead_close", row))
        for number in range(token.map[0] + 2, token.map[1]):
            more = _CELL.split(lines[number].strip(" \t>"))[width + lines[number].strip(" \t>").startswith("|") :]
            if words := " ".join(filter(None, map(str.strip, more))):
                yield f"line {number + 1}: cells without a head, which are not read: «{excerpt(words)}»"


def _caption(renderer: object, tokens: Any, at: int, options: object, env: object) -> str:
    """Return the number of a note without brackets."""
    return str(tokens[at].meta["id"] + 1)
