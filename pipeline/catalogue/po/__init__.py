"""Catalogue ⇄ PO, with every byte that needs no change left as it is.

`# ` comments belong to translators and are carried. `#.` comments are ours: place, kind
and origin of the translation, and what the signs in a sentence stand for. `#:` names the
source file without a line number, so that a line inserted above does not rewrite the file.
The flag `fuzzy` means: not reviewed. Nothing else is said in flags: gettext and Poedit drop
those they do not know.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import zip_longest
from operator import attrgetter
from pathlib import Path

from pipeline import __version__, disk
from pipeline.catalogue import origin as origins
from pipeline.catalogue import readings
from pipeline.catalogue.po import refusals, syntax, writing
from pipeline.catalogue.po.syntax import Entry, Parsed
from pipeline.errors import CatalogueError
from pipeline.languages import CODE, Language
from pipeline.limits import MOST_IN_A_LINE, MOST_LINES_OF_ENTRIES
from pipeline.model import Catalogue, Location, State, Unit

MAX_BYTES = 100_000_000

ORIGIN = "X-Translation-Origin"
"""The field of a header that states where the translation comes from."""

SOURCE = "X-Source-Language"

_OWN_COMMENT = re.compile(r"(place|kind|mark|origin): (.*)")
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class File:
    """A PO file as it was read: its catalogue, its bytes and their entries. A new one has no bytes."""

    catalogue: Catalogue
    content: bytes = b""
    parsed: Parsed = syntax.NOTHING


def new(document_id: str, source_lang: str, target: Language, date: str) -> File:
    """Return the file of a catalogue without units; `date` is the document's (see `Meta`)."""
    fields = headers(document_id, source_lang, target.code, date, target.plural_forms)
    return File(Catalogue(document_id, source_lang, target.code, (), headers=fields))


def load(path: Path, document_id: str, source_lang: str, target_lang: str, langs: Collection[str] = ()) -> File:
    """Return a PO file; raise CatalogueError as `parse` does, or when it cannot be read."""
    try:
        content = disk.read(path, MAX_BYTES + 1)
    except disk.IrregularFileError:
        raise CatalogueError(f"{path}: a folder, a pipe or a device; put a file in its place") from None
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}; make the file readable") from None
    return parse(content, str(path), document_id, source_lang, target_lang, langs=langs)


def parse(
    content: bytes,
    name: str,
    document_id: str,
    source_lang: str,
    target_lang: str,
    before: File | None = None,
    *,
    langs: Collection[str] = (),
) -> File:
    """Return the PO file with these bytes. Its source language is `source_lang` unless its header says another.

    What stands in it as it did `before` is not read again.

    Raises CatalogueError with the line when they are not UTF-8, not PO, too long, or hold what would
    be lost: duplicates, plural entries, merge conflicts, an entry that is cut off. So it does when the header
    says that it is in another of the languages `langs`.
    """
    earlier = before.parsed if before else syntax.NOTHING
    parsed = syntax.parse(_decoded(content, name), name, earlier)
    refusals.require_sound(parsed.entries, name, earlier)
    refusals.require_language(parsed.entries, name, target_lang, langs)
    return File(_catalogue(parsed, document_id, source_lang, target_lang, before), content, parsed)


def _decoded(content: bytes, name: str) -> str:
    if len(content) > MAX_BYTES:
        raise CatalogueError(f"{name}: larger than {MAX_BYTES:,} bytes; no document needs that much")
    if not content.strip():
        raise CatalogueError(f"{name}: the file is empty; restore it (pipeline history), or delete it to begin anew")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogueError(f"{name}:{line}: not valid UTF-8; set the file's charset to UTF-8 and save it") from None
    if text.count("\n") > MOST_LINES_OF_ENTRIES:
        raise CatalogueError(f"{name}: more than {MOST_LINES_OF_ENTRIES:,} lines; remove comments and obsolete entries")
    lines = text.split("\n")
    if (longest := max(map(len, lines))) > MOST_IN_A_LINE:
        number = next(number for number, one in enumerate(lines, 1) if len(one) == longest)
        raise CatalogueError(f"{name}:{number}: a line of more than {MOST_IN_A_LINE:,} characters; shorten it")
    return text


def _catalogue(
    parsed: Parsed, document_id: str, source_lang: str, target_lang: str, before: File | None = None
) -> Catalogue:
    units = _units_by_entry(before) if before else {}
    header = next((entry for entry in parsed.entries if entry.is_header), None)
    lines = (line.partition(":") for line in header.targets[0].split("\n")) if header else ()
    fields = tuple((key.strip(), value.strip()) for key, colon, value in lines if colon)
    return Catalogue(
        document_id,
        stated if CODE.fullmatch(stated := dict(fields).get(SOURCE, "")) else source_lang,
        target_lang,
        tuple(_unit_of(entry, units) for entry in parsed.entries if not entry.obsolete and not entry.is_header),
        tuple(_unit_of(entry, units) for entry in parsed.entries if entry.obsolete),
        fields,
        "\n".join(header.notes) if header else "",
    )


def _units_by_entry(file: File) -> dict[str, Unit]:
    """Return the units of a file by the raw text of their entries."""
    by_line = {unit.line: unit for unit in (*file.catalogue.units, *file.catalogue.obsolete)}
    return {entry.raw: by_line[entry.line] for entry in file.parsed.entries if entry.line in by_line}


def _unit_of(entry: Entry, known: Mapping[str, Unit]) -> Unit:
    unit = known.get(entry.raw)
    if unit is None:
        return _unit(entry)
    return unit if unit.line == entry.line else replace(unit, line=entry.line)


def _unit(entry: Entry) -> Unit:
    own: dict[str, list[str]] = {"place": [], "kind": [], "mark": [], "origin": [""]}
    for comment in entry.extracted:
        key, colon, value = comment.partition(": ")
        if colon and key in own:
            own[key].append(value)
    origin = own["origin"][-1]
    unit = Unit(
        context=entry.context or "",
        source=entry.source,
        target=entry.targets[0],
        state=_state(entry, origin),
        origin=origin,
        locations=tuple(filter(None, map(Location.read, own["place"]))),
        notes=entry.notes,
        flags=tuple([flag for flag in entry.flags if flag != "fuzzy"]) if entry.flags else (),
        previous=entry.previous,
        line=entry.line,
        marks=tuple(own["mark"]),
    )
    return readings.settled(unit)


def _state(entry: Entry, origin: str) -> State:
    if not entry.targets[0].strip():
        return State.UNTRANSLATED
    if "fuzzy" in entry.flags:
        return origins.state(origin, entry.targets[0])
    is_noted = any(map(readings.PRINTED.match, entry.notes))  # which somebody is to read
    is_copied = not is_noted and origins.is_copied(origin, entry.source, entry.targets[0])
    return State.COPIED if is_copied else State.TRANSLATED


def read(path: Path, document_id: str, source_lang: str, target_lang: str) -> Catalogue:
    """Return the catalogue in a PO file; raise CatalogueError as `load` does."""
    return load(path, document_id, source_lang, target_lang).catalogue


def same_meaning(first: Catalogue, other: Catalogue) -> bool:
    """Whether a catalogue says what another said, in the same order if that followed its document.

    Places and headers do not count.
    """
    keys = [[unit.key for unit in catalogue.units] for catalogue in (first, other)]
    if keys[0] == keys[1] and first.obsolete == other.obsolete:
        pairs = zip(first.units, other.units, strict=True)
        return all(one is two or _MEANING(one) == _MEANING(two) for one, two in pairs)
    if keys[0] != keys[1] and _is_in_document_order(first.units):
        return False
    return _meaning(first.units) == _meaning(other.units) and _meaning(first.obsolete) == _meaning(other.obsolete)


_MEANING = attrgetter("context", "source", "target", "state", "origin", "notes", "flags", "previous", "marks")


def _meaning(units: Iterable[Unit]) -> Counter[tuple[object, ...]]:
    return Counter(map(_MEANING, units))


def headers(
    document_id: str, source_lang: str, target_lang: str, date: str, plural_forms: str = ""
) -> tuple[tuple[str, str], ...]:
    """Return the header fields of a new catalogue; `date` is the document's, and is left out if it is not a day."""
    created = (("POT-Creation-Date", f"{date} 00:00+0000"),) if date.count("-") == 2 else ()
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
        *((("Plural-Forms", plural_forms),) if plural_forms else ()),
        (SOURCE, source_lang),
    )


def serialise(catalogue: Catalogue, reference: str, revised: datetime, old: File | None = None) -> bytes:
    """Return the PO file of a catalogue; entries that say what they said in `old` keep their bytes.

    `reference` is the source file's path from the workspace; `revised` is written in UTC,
    so that no time zone is disclosed. What is returned has been read again, and says what the
    catalogue says: CatalogueError if not, and for text that UTF-8 cannot hold.
    """
    old = old or File(catalogue)
    return _encoded(
        [_header(catalogue, revised, old), *_entries(catalogue, reference, old)], catalogue.document_id, old
    )


def written(catalogue: Catalogue) -> bytes:
    """Return a new PO file of a catalogue with its header as it is; raise CatalogueError as `serialise` does."""
    old = File(catalogue)
    return _encoded([_new_header(catalogue), *_entries(catalogue, "", old)], catalogue.document_id, old)


def _encoded(entries: list[Entry], document_id: str, old: File) -> bytes:
    if (first := old.parsed.entries[:1]) and first[0].gap.startswith(_MARK) and entries[0].line != first[0].line:
        entries = [_unmarked(entry) if entry.line == first[0].line else entry for entry in entries]
        entries[0] = entries[0]._replace(gap="", raw=_MARK + entries[0].raw)
    text = "".join(_spaced(entries, old.parsed.tail, _line_end(old)))
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        raise CatalogueError(f"{document_id}: a character that UTF-8 cannot hold: {error.reason}") from None
    _prove(text, entries, f"{document_id}.po", old)
    return content


def _unmarked(entry: Entry) -> Entry:
    """Return an entry that stood first in its file without the mark of UTF-8, which stands there or nowhere."""
    return entry._replace(gap=entry.gap.removeprefix(_MARK))


def _line_end(file: File) -> str:
    """Return how lines end in a file: as the first one does."""
    first = file.content.find(b"\n")
    return "\r\n" if first > 0 and file.content[first - 1 : first] == b"\r" else "\n"


def _header(catalogue: Catalogue, revised: datetime, old: File) -> Entry:
    """Return the header: that of the file with its revision and generator, else a new one."""
    before = next((entry for entry in old.parsed.entries if entry.is_header), None)
    header = before or _new_header(catalogue)
    text = header.targets[0]
    other = dict(old.catalogue.headers).get(SOURCE, catalogue.source_lang) != catalogue.source_lang
    for key, value in (
        *([(SOURCE, catalogue.source_lang)] if other else []),
        ("PO-Revision-Date", revised.astimezone(UTC).strftime("%Y-%m-%d %H:%M+0000")),
        ("X-Generator", f"pipeline {__version__}"),
    ):
        text, replaced = re.subn(rf"(?m)^{key}:.*$", f"{key}: {value}", text, count=1)
        text = text if replaced else f"{text}{key}: {value}\n"
    wanted = header._replace(targets=(text,))
    raw = writing.write(wanted, before)
    return wanted._replace(raw=raw if before else raw.replace("\n", _line_end(old)))


def _new_header(catalogue: Catalogue) -> Entry:
    fields = catalogue.headers or headers(catalogue.document_id, catalogue.source_lang, catalogue.target_lang, "")
    text = "".join(f"{key}: {writing.one_line(value)}\n" for key, value in fields)
    notes = tuple(catalogue.header_comment.split("\n")) if catalogue.header_comment else ()
    made = Entry("", "", 0, notes, (), (), "", None, "", None, (text,), False)
    return made._replace(raw=writing.write(made))


def _entries(catalogue: Catalogue, reference: str, old: File) -> list[Entry]:
    """Return the entries of a catalogue in the order they shall have in the file.

    Entries keep their place. New ones follow the sentence before them; when a file stands
    in the order of its document, as it does unless somebody sorted it, it follows the
    document's new order. What became obsolete goes to the end.
    """
    before = {entry.line: entry for entry in old.parsed.entries}
    by_line = {unit.line: unit for unit in (*old.catalogue.units, *old.catalogue.obsolete)}

    def written(unit: Unit, *, obsolete: bool) -> Entry:
        entry = before.get(unit.line)
        if entry and entry.obsolete == obsolete and (by_line[unit.line] is unit or by_line[unit.line] == unit):
            return entry
        wanted = _wanted(unit, entry, obsolete=obsolete)
        raw = writing.write(wanted, entry, reference)
        return wanted._replace(raw=raw if entry else raw.replace("\n", _line_end(old)))

    active = [written(unit, obsolete=False) for unit in catalogue.units]
    obsolete = [written(unit, obsolete=True) for unit in catalogue.obsolete]
    return _placed(active, obsolete, old)


def _wanted(unit: Unit, entry: Entry | None, *, obsolete: bool) -> Entry:
    """Return what an entry shall say; `entry` is the one the unit was read from, if there is one."""
    own = [f"place: {location}" for location in unit.locations]
    own += [f"kind: {unit.context}", *(f"mark: {mark}" for mark in unit.marks)] + [f"origin: {unit.origin}"] * bool(
        unit.origin
    )
    theirs = [comment for comment in entry.extracted if not _OWN_COMMENT.fullmatch(comment)] if entry else []
    return Entry(
        gap=entry.gap if entry else "\n",
        raw="",
        line=entry.line if entry else 0,
        notes=unit.notes if entry and entry.notes == unit.notes else tuple(map(writing.one_line, unit.notes)),
        extracted=(*map(writing.one_line, own), *theirs),
        flags=(*["fuzzy"] * unit.state.is_fuzzy, *(writing.one_line(flag).strip() for flag in unit.flags)),
        previous=unit.previous,
        context=unit.context or None,
        source=unit.source,
        plural=None,
        targets=(unit.target,),
        obsolete=obsolete,
    )


def _placed(active: list[Entry], obsolete: list[Entry], old: File) -> list[Entry]:
    """Return entries in file order, given the active ones in document order."""
    stood = {entry.line for entry in old.parsed.entries if not entry.obsolete}
    staying = [entry for entry in active if entry.line in stood]
    if not _is_in_document_order(old.catalogue.units):
        staying.sort(key=lambda entry: entry.line)
    lying = {entry.line: entry for entry in obsolete if entry.line}
    still_active = {entry.line for entry in staying}
    following = iter(staying)
    placed: list[Entry] = []
    for entry in old.parsed.entries:
        if entry.line in still_active:
            placed.append(next(following))
        elif entry.obsolete and entry.line in lying:
            placed.append(lying.pop(entry.line))
    return [*_with_new(placed, active, still_active), *lying.values(), *(entry for entry in obsolete if not entry.line)]


def _with_new(placed: list[Entry], active: list[Entry], staying: set[int]) -> Iterator[Entry]:
    """Yield the placed entries, every new one after the sentence that stands before it in the document."""
    after: dict[int, list[Entry]] = {}
    last = 0
    for entry in active:
        if entry.line in staying:
            last = entry.line
        else:
            after.setdefault(last, []).append(entry)
    yield from after.get(0, ())
    for entry in placed:
        yield entry
        if not entry.obsolete:
            yield from after.get(entry.line, ())


def _is_in_document_order(units: Iterable[Unit]) -> bool:
    lines = [unit.locations[0].line for unit in units if unit.locations]
    return lines == sorted(lines)


def _spaced(entries: Iterable[Entry], tail: str, line_end: str) -> Iterator[str]:
    """Yield the entries with what stood between them, an empty line where others came between."""
    before: Entry | None = None
    for entry in entries:
        glued = before and entry.line and entry.line == before.line + before.raw.count("\n")
        if before and not before.raw.endswith("\n"):
            yield line_end
        gap = entry.gap if entry.line else line_end * bool(before)
        yield gap if before is None or gap or glued else line_end
        yield entry.raw
        before = entry
    yield tail


def _prove(text: str, entries: list[Entry], name: str, old: File) -> None:
    """Raise CatalogueError unless the text, read again, says what the entries say."""
    kept = {id(entry) for entry in old.parsed.entries}
    parsed = syntax.parse(text, name, old.parsed)
    refusals.require_sound(parsed.entries, name, old.parsed)
    for wanted, written in zip_longest(entries, parsed.entries):
        if wanted is written or (wanted and written and id(wanted) in kept and wanted.raw == written.raw):
            continue  # it stands there as it was read
        if wanted is None or written is None or _said(wanted) != _said(written):
            what = f"«{(wanted or written).source[:60]}»"
            raise CatalogueError(
                f"{name}: {what} would read back differently, so the file was left as it was; please report this"
            )


def _said(entry: Entry) -> tuple[object, ...]:
    return (*entry[_NOTES:_FLAGS], set(entry.flags), *entry[_FLAGS + 1 : _PLAIN])


_NOTES, _FLAGS, _PLAIN = map(Entry._fields.index, ("notes", "flags", "is_plain"))
