"""A review kit: one file that a browser opens without a network, on a phone too, and that comes back filled in.

What is to be translated stands in it as JSON, which its own script shows and changes; nothing else in the file is read
again. The page may load nothing and send nothing, which its policy says to the browser.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from pipeline import strictjson
from pipeline.errors import ExchangeError
from pipeline.exchange import bounds, kit
from pipeline.exchange.table import Help, Line, Table, require_size, required
from pipeline.languages import Language
from pipeline.model import State

SUFFIXES = (".html", ".htm")
SHOWS_EARLIER = True
HELPS = True

VERSION = 1

_DATA = re.compile(r'<script\b[^<>]{0,100}\bid="?kit"?[^<>]{0,100}>([^<]*+)</script>')
_SHOWN = re.compile(r"<main\b")
"""What the script of a kit shows, and its button does not save."""
_DONE = ("reviewed", "copied", "translated")
"""States of which one comes back as a translation: a kit has no way to say that somebody has reviewed it."""


def write(table: Table) -> bytes:
    """Return the page of a table, with what helps to translate it."""
    script, style, words = (_part(name) for name in ("kit.js", "kit.css", "words.json"))
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'"
    parts = {
        "policy": f"{policy}; form-action 'none'",
        "title": escape(f"{table.document_id} · {table.target.name_of(table.target)}"),
        "style": style,
        "words": _inert(json.loads(words)),
        "kit": _inert(_data(table)),
        "script": script,
    }
    return Template(_part("kit.html")).substitute(parts).encode()


@cache
def _part(name: str) -> str:
    return files(kit).joinpath(name).read_text("utf-8").rstrip("\n")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inert(value: object) -> str:
    """Return JSON in which nothing ends a script."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")


def _data(table: Table) -> dict[str, object]:
    def language(one: Language) -> dict[str, str]:
        return {"code": one.code, "dir": one.direction, "name": one.name_of(one)}

    return {
        "kit": VERSION,
        "document": table.document_id,
        "source": language(table.source),
        "target": language(table.target),
        "lines": [_line(line, table.helps.get(line.id, Help())) for line in table.lines],
    }


def _line(line: Line, helps: Help) -> dict[str, object]:
    return {
        "id": line.id,
        "source": line.source,
        "target": line.target,
        "note": line.note,
        "context": line.context,
        "state": line.state or State.DOUBT,
        "previous": line.previous,
        "marks": line.marks,
        "terms": [{"term": t, "renderings": allowed, "forbidden": never} for t, allowed, never in helps.terms],
        "suggestions": [{"score": score, "source": of, "target": text} for score, of, text in helps.suggestions],
    }


def read(content: bytes) -> tuple[Line, ...]:
    """Return the lines of a kit that came back; raise ExchangeError for any other page, and for one that is damaged."""
    require_size(content, "kit")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ExchangeError("not valid UTF-8; ask for the file again, as an attachment") from None
    found = _DATA.search(text)
    if not found:
        raise ExchangeError("no review kit of ours; save it with the button in it, and send that file")
    if _SHOWN.search(text, found.end()):
        raise ExchangeError(
            "a kit that was saved by the browser's own command, without what was typed; open the kit again where it "
            "was filled in, and save it with the button in it"
        )
    try:
        data = strictjson.read(found[1].encode(), bounds.MOST_BYTES)
    except ValueError as error:
        raise ExchangeError(f"a damaged review kit ({error}); ask for the file again") from None
    lines = data.get("lines") if isinstance(data, dict) and data.get("kit") == VERSION else None
    if not isinstance(lines, list):
        raise ExchangeError("a review kit of another version; export it again")
    return required(_read(line, number) for number, line in enumerate(lines, 1))


def _read(line: Any, number: int) -> Line:
    """Return a line; raise ExchangeError when something is not a text."""
    fields = ("id", "source", "target", "note", "context", "state")
    if not isinstance(line, Mapping) or not all(isinstance(line.get(name), str) for name in fields):
        raise ExchangeError(f"sentence {number}: damaged; ask for the file again")
    one, source, target, note, context, said = (line[name] for name in fields)
    state = State.TRANSLATED if said in _DONE else State.DOUBT
    return Line(one, source, target.replace("\r\n", "\n"), note, context, state)
