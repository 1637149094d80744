"""Catalogue ⇄ PO; the only importer of polib.

`# ` comments belong to translators and are carried. `#.` comments are ours: place, kind
and origin of the translation. `#:` names the source file without a line number, so that
a line inserted above does not rewrite the file. The flag `fuzzy` means: not reviewed.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polib

from pipeline import __version__, languages
from pipeline import origin as origins
from pipeline.errors import CatalogueError
from pipeline.model import Catalogue, State, Unit

MAX_BYTES = 50_000_000

_STRING = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(
    rf"""\s*(?:\#.*
        | (?:\#~\s*)?(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*{_STRING}
        | (?:\#~\s*)?{_STRING}
        )?\s*""",
    re.VERBOSE,
)
_OBSOLETE = re.compile(rf"\s*\#~\s*(?:(?:\w+(?:\[\d\])?\s*)?{_STRING}|\|.*)\s*")
_OWN_COMMENT = re.compile(r"(place|kind|origin): (.*)")
_CHANGING = {"PO-Revision-Date", "X-Generator"}


def read(path: Path, document_id: str, source_lang: str, target_lang: str) -> Catalogue:
    """Return the catalogue in a PO file.

    Raises CatalogueError with the line when the file is not UTF-8, not PO, or holds what
    would be lost: duplicates, plural entries, merge conflicts.
    """
    text = _text(path)
    _check_lines(text, path)
    try:
        file = polib.pofile(str(path), encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError, IndexError, AttributeError) as error:
        raise CatalogueError(_message(error, path)) from None
    _check_entries(file, path)
    return Catalogue(
        document_id,
        source_lang,
        target_lang,
        tuple(_unit(entry) for entry in file if not entry.obsolete),
        tuple(_unit(entry) for entry in file.obsolete_entries()),
        tuple(file.metadata.items()),
        file.header,
    )


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}; make the file readable") from None
    if len(content) > MAX_BYTES:
        raise CatalogueError(f"{path}: larger than {MAX_BYTES:,} bytes; no document needs that much")
    if not content.strip():
        raise CatalogueError(f"{path}: the file is empty; restore it from a copy, or delete it to begin anew")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogueError(f"{path}:{line}: not valid UTF-8; set the file's charset to UTF-8 and save it") from None


def _check_lines(text: str, path: Path) -> None:
    """Refuse the lines polib would read wrongly without a word: a missing quote, a conflict marker."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            raise CatalogueError(f"{path}:{number}: a merge conflict; keep one of the two versions")
        pattern = _OBSOLETE if line.lstrip().startswith("#~") else _LINE
        if not pattern.fullmatch(line):
            raise CatalogueError(f"{path}:{number}: not a PO line; look for a missing quotation mark: {line[:60]}")


def _message(error: Exception, path: Path) -> str:
    found = re.search(r"line (\d+)(?:\))?(?:: (.*))?", str(error))
    place, fault = (f":{found[1]}", found[2]) if found else ("", None)
    return f"{path}{place}: {fault or 'not a PO file'}; open it in a PO editor, or restore it from a copy"


def _check_entries(file: polib.POFile, path: Path) -> None:
    seen: dict[tuple[str, str], int] = {}
    for entry in file:
        if entry.msgid_plural:
            raise CatalogueError(f"{path}:{entry.linenum}: a plural entry; documents have none: remove msgid_plural")
        key = (entry.msgctxt or "", entry.msgid)
        if not entry.obsolete and key in seen:
            raise CatalogueError(f"{path}:{entry.linenum}: the same entry stands in line {seen[key]}; delete one")
        if not entry.obsolete:
            seen[key] = entry.linenum


def _unit(entry: polib.POEntry) -> Unit:
    own = [_OWN_COMMENT.fullmatch(line) for line in entry.comment.splitlines()]
    origin = next((match[2] for match in own if match and match[1] == "origin"), "")
    return Unit(
        context=entry.msgctxt or "",
        source=entry.msgid,
        target=entry.msgstr,
        state=_state(entry, origin),
        origin=origin,
        places=tuple(match[2] for match in own if match and match[1] == "place"),
        notes=tuple(entry.tcomment.split("\n")) if entry.tcomment else (),
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        previous=entry.previous_msgid or "",
    )


def _state(entry: polib.POEntry, origin: str) -> State:
    if not entry.msgstr:
        return State.UNTRANSLATED
    if "fuzzy" in entry.flags:
        return origins.state(origin, entry.msgstr)
    return State.COPIED if origin == origins.COPIED else State.REVIEWED


def same_meaning(one: Catalogue, other: Catalogue) -> bool:
    """Whether two catalogues differ in nothing but places, revision date and generator."""
    return _meaning(one) == _meaning(other)


def _meaning(catalogue: Catalogue) -> tuple:
    headers = tuple(pair for pair in catalogue.headers if pair[0] not in _CHANGING)
    bare = [tuple(replace(unit, places=()) for unit in units) for units in (catalogue.units, catalogue.obsolete)]
    return headers, catalogue.header_comment, *bare


def headers(document_id: str, source_lang: str, target_lang: str, date: str) -> tuple[tuple[str, str], ...]:
    """Return the header fields of a new catalogue; `date` is the document's (ISO 8601, may be empty)."""
    created = (("POT-Creation-Date", f"{date} 00:00+0000"),) if date else ()
    return (
        ("Project-Id-Version", document_id),
        *created,
        ("PO-Revision-Date", ""),
        ("Last-Translator", ""),
        ("Language-Team", ""),
        ("Language", target_lang),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", languages.load(target_lang).plural_forms),
        ("X-Source-Language", source_lang),
    )


def serialise(catalogue: Catalogue, reference: str, revised: datetime) -> bytes:
    """Return the PO file of a catalogue.

    `reference` is the source file's path from the workspace; `revised` is written in UTC,
    so that no time zone is told. Raises CatalogueError for text that UTF-8 cannot hold.
    """
    file = polib.POFile(wrapwidth=0)
    file.header = catalogue.header_comment
    file.metadata = dict(catalogue.headers) | {
        "PO-Revision-Date": revised.astimezone(UTC).strftime("%Y-%m-%d %H:%M+0000"),
        "X-Generator": f"pipeline {__version__}",
    }
    file.extend(_entries(catalogue, reference))
    try:
        # polib writes a lone "#" for a header comment that is not there.
        return f"{file}".removeprefix("#\n").rstrip("\n").encode() + b"\n"
    except UnicodeEncodeError as error:
        raise CatalogueError(f"{catalogue.document_id}: a character that UTF-8 cannot hold: {error.reason}") from None


def _entries(catalogue: Catalogue, reference: str) -> Iterator[polib.POEntry]:
    for unit in catalogue.units:
        yield _entry(unit, reference, obsolete=False)
    for unit in catalogue.obsolete:
        yield _entry(unit, reference, obsolete=True)


def _entry(unit: Unit, reference: str, *, obsolete: bool) -> polib.POEntry:
    comments = [f"place: {place}" for place in unit.places]
    comments += [f"kind: {unit.context}"] + [f"origin: {unit.origin}"] * bool(unit.origin)
    fuzzy = ["fuzzy"] if unit.state.is_fuzzy else []
    return polib.POEntry(
        msgctxt=unit.context or None,
        msgid=unit.source,
        msgstr=unit.target,
        comment="\n".join(comments),
        tcomment="\n".join(unit.notes),
        flags=[*fuzzy, *unit.flags],
        previous_msgid=unit.previous or None,
        occurrences=[] if obsolete else [(reference, "")],
        obsolete=obsolete,
    )
