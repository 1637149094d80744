"""Entries → PO text: what stood there stays as it was, to the character, but for what is to be another."""

import polib

from pipeline.catalogue.po.syntax import STATEMENT, Entry, flags_of, unmarked

_COMMENTS = {"#.": "extracted", "#:": "references", "#,": "flags", "#=": "flags", "#|": "previous"}
_STATEMENTS = {"msgctxt": "context", "msgid": "source", "msgid_plural": "plural", "msgstr": "targets"}
_MARKED = ("previous", *_STATEMENTS.values())
_ORDER = ("notes", "extracted", "references", "flags", "previous", "context", "source", "plural", "targets")


def write(wanted: Entry, like: Entry | None = None, reference: str = "") -> str:
    """Return the text of an entry: what stands in `like` already in its words, the rest anew.

    `wanted.raw` and `.gap` are ignored. An entry that is not obsolete gets the
    `reference` if it has none.
    """
    fresh = _rendered(wanted)
    kept = (_sections(like.raw.replace("\r\n", "\n")) if like else None) or {}
    for name, text in kept.items():
        if name == "references" or getattr(wanted, name) == getattr(like, name):
            fresh[name] = _marked(text, obsolete=wanted.obsolete) if name in _MARKED else text
        elif name == "flags":
            fresh[name] = _flag_lines(text, wanted.flags)
    if reference and not wanted.obsolete:
        fresh.setdefault("references", f"#: {one_line(reference)}\n")
    text = "".join(fresh.get(name, "") for name in _ORDER)
    return text.replace("\n", "\r\n") if like and "\r\n" in like.raw else text


def _rendered(entry: Entry) -> dict[str, str]:
    """Return the parts of an entry as polib writes its strings; comments one a line, never wrapped."""
    plurals = dict(enumerate(entry.targets)) if entry.plural is not None else {}
    strings = polib.POEntry(
        msgctxt=entry.context,
        msgid=entry.source,
        msgid_plural=entry.plural or "",
        msgstr="" if plurals else entry.targets[0],
        msgstr_plural=plurals,
        previous_msgid=entry.previous or None,
    )
    # A wrap width of 0 keeps one line to a string; polib would break long words otherwise.
    parts = _sections(strings.__unicode__(wrapwidth=0).strip("\n") + "\n") or {}
    parts = {name: _marked(text, obsolete=entry.obsolete) for name, text in parts.items()}
    parts["notes"] = "".join(f"# {note}\n" if note else "#\n" for note in entry.notes)
    parts["extracted"] = "".join(f"#. {part}\n" if part else "#.\n" for part in entry.extracted)
    parts["flags"] = f"#, {', '.join(entry.flags)}\n" if entry.flags else ""
    return parts


def one_line(text: str) -> str:
    """Return a comment's text without the characters that would end its line, here or in another program."""
    return "".join(" " if character in _LINE_ENDS else character for character in text)


_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def _sections(raw: str) -> dict[str, str] | None:
    """Return the lines of an entry by the field they give; None when two statements share a line."""
    values: dict[str, list[str]] = {}
    name = "notes"
    for line in _lines(raw):
        bare, _, is_previous = unmarked(line)
        if bare is None:
            name = _COMMENTS.get(line.lstrip()[:2], "notes")
        elif is_previous:
            name = "previous"
        elif keywords := [token["keyword"] for token in STATEMENT.finditer(bare) if token["keyword"]]:
            if len(keywords) > 1:
                return None
            name = _STATEMENTS[keywords[0].partition("[")[0]]
        values.setdefault(name, []).append(line)
    return {name: "".join(lines) for name, lines in values.items()}


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")]


def _marked(text: str, *, obsolete: bool) -> str:
    """Return statements with the marks «#~», «#|», «#~|» they have in an entry that is obsolete or is not."""
    return "".join(_marked_line(line, obsolete) for line in _lines(text))


def _marked_line(line: str, obsolete: bool) -> str:
    bare, was_obsolete, is_previous = unmarked(line)
    if bare is None or was_obsolete == obsolete or not bare.strip():
        return line
    mark = {(False, True): "#| ", (True, False): "#~ ", (True, True): "#~| "}.get((obsolete, is_previous), "")
    return mark + bare.lstrip(" ")


def _flag_lines(old: str, wanted: tuple[str, ...]) -> str:
    """Return flag lines that hold the wanted flags: those marked «#=» stay so, all others share one line.

    gettext 0.21 reads only the last of several lines «#,».
    """
    sticky = [
        flag for flag in flags_of("\n".join(line for line in _lines(old) if line.startswith("#="))) if flag in wanted
    ]
    other = [flag for flag in wanted if flag not in sticky]
    lines = [f"#, {', '.join(other)}\n" if other else "", f"#= {', '.join(sticky)}\n" if sticky else ""]
    return "".join(lines)
