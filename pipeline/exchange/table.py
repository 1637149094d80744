"""Formats for people and programs that do not edit PO files.

Each file here offers SUFFIXES (the first is written), write(table) -> bytes and read(content)
-> tuple[Line, ...]; both raise ExchangeError. The bytes tell nothing of who wrote them, or when, and are
equal for equal tables.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import NamedTuple

from pipeline.catalogue.origin import digest
from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.languages import Language
from pipeline.model import State, Unit
from pipeline.text.excerpt import excerpt
from pipeline.text.glyphs import MOST_MARKS, is_overloaded

ID = re.compile(r"([0-9a-f]{12})-([0-9a-f]{16}(?:-[rt])?)")


@dataclass(frozen=True, slots=True)
class Line:
    """One unit on its way out or back.

    `id` names the unit and holds a digest of its target as it went out (`line_id`); empty
    where the other program dropped it. `state` is what the format says of the target: reviewed,
    copied, translated, in doubt (none of these), or None where it does not say. `texts` are all that
    a file says in the languages it names, as (BCP 47 tag, text). A line with a `fault` cannot be read
    as it was meant; the fault says where it stands, and why. `previous` is the source that the target
    of a changed sentence translates. Of a unit with `marks`, source and target have signs for them; what came back
    from a format with inline elements has none, and `signed` gives its texts with signs, as (without, with).
    A line with a `remark` is read, and there is something to know of it, such as that the file shows it to nobody.
    """

    id: str
    source: str
    target: str
    note: str = ""
    context: str = ""
    state: State | None = None
    texts: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    previous: str = ""
    marks: tuple[str, ...] = ()
    signed: tuple[tuple[str, str], ...] = ()
    remark: str = ""

    def with_signs(self) -> "Line":
        """Return the line of a unit that has marks."""
        known = dict(self.signed)
        return replace(self, source=known.get(self.source, self.source), target=known.get(self.target, self.target))

    def between(self, source_lang: str, target_lang: str) -> "Line | None":
        """Return the line in these two languages; None when it has not both."""
        source, target = (_text_in(self.texts, lang) for lang in (source_lang, target_lang))
        if source is None or target is None:
            return None
        return replace(self, source=source, target=target, texts=())


def _text_in(texts: Iterable[tuple[str, str]], lang: str) -> str | None:
    """Return what is said in a language: in its own words before those of a region, «en-GB» for «en»."""
    fitting = [(rank, text) for tag, text in texts if (rank := distance(tag, lang)) is not None]
    return min(fitting, key=itemgetter(0), default=(0, None))[1]


def distance(tag: str, lang: str) -> int | None:
    """Return how far a tag is from a language: 0 to 2, or None when it is another."""
    tag, lang = (name.replace("_", "-").lower() for name in (tag, lang))
    if tag == lang:
        return 0
    return 1 if tag.startswith(f"{lang}-") else 2 if lang.startswith(f"{tag}-") else None


@dataclass(frozen=True, slots=True)
class Help:
    """What helps to translate a line.

    `terms` are those of the termbase in it, each with its renderings and what is forbidden; `suggestions` what the
    memory knows: how like it is in per cent, of which source, and the translation.
    """

    terms: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    suggestions: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The units of one document in one language, in document order, with what helps, by the ids of lines."""

    document_id: str
    source: Language
    target: Language
    lines: tuple[Line, ...]
    helps: Mapping[str, Help] = field(default_factory=dict)

    @property
    def source_lang(self) -> str:
        return self.source.code

    @property
    def target_lang(self) -> str:
        return self.target.code


class Cell(NamedTuple):
    """What a cell of a table shows, and why that is not what somebody wrote there, if so."""

    text: str
    fault: str = ""


NO_TEXT = "not a text; format the cell as text and type it again"
MERGED = (
    "cells of this row are merged, divided or missing; restore the cells as in the other rows and type the "
    "translation again"
)
STRUCK = "some words are struck through; delete them if they do not hold, or take away the line through them"
LISTED = "a line is an item of a list, whose number or bullet is no text; turn the list off and type how it begins"
RAISED = "some figures are raised or lowered, which would be lost; write them in Latin figures, or in words"
FORMULA = "it holds a formula, of which the signs alone could be read; type it as text"
HIDDEN = "shown to nobody who opens the file (a hidden row, column or sheet), and taken: look at the translation there"
NO_VALUE = "a formula that has no value; open the file in a spreadsheet program and save it again"


def error_shown(text: str) -> str:
    """Return the fault of a cell in which a spreadsheet shows an error."""
    return f"a spreadsheet's error ({text.strip()[:20]}), not a text; type the translation"


MOST_SHOWN = 5
"""Of the signs that cannot be read."""


def signs_unread(signs: Iterable[str]) -> str:
    """Return the fault of a cell with signs of fonts that nobody knows; empty when there are none."""
    names = ", ".join(list(dict.fromkeys(signs))[:MOST_SHOWN])
    return f"signs that cannot be read ({names}); type them as characters" if names else ""


def unit_id(document_id: str, target_lang: str, unit: Unit) -> str:
    """Return what names a unit among all documents and languages: 12 hexadecimal digits."""
    name = "\0".join((document_id, target_lang, unit.context, unit.source))
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def line_id(document_id: str, target_lang: str, unit: Unit) -> str:
    """Return the id of a unit's line: what names it, and its base, which tells what the table said as it went out."""
    return f"{unit_id(document_id, target_lang, unit)}-{digest(unit.target)}{_SAID.get(cell_of(unit.state), '')}"


_SAID = {"yes": "-r", "translated": "-t"}
"""How the base of a line ends, by what the column «reviewed» said."""


def went_out(target: str, base: str) -> bool:
    """Whether a line with this base went out with this target."""
    return base[:16] == digest(target)


def said_of_old(state: State, base: str) -> bool:
    """Whether a table said this of a line when it went out; a kit says «translated» of what was reviewed, too."""
    return base.endswith("-r") or (base.endswith("-t") and not state.is_reviewed)


def parse_id(text: str) -> tuple[str, str] | None:
    """Return what a line's id names, and the base; None when it is none."""
    found = ID.search(text[: bounds.MOST_AROUND_AN_ID])  # a text that many cells share is looked at for each of them
    return (found[1], found[2]) if found else None


def bounded(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines of a file, or for one; raise ExchangeError as soon as there is too much of anything."""
    kept: list[Line] = []
    ids: Counter[str] = Counter()
    characters = 0
    for number, line in enumerate(lines, 1):
        texts = (line.source, line.target, line.note, line.id, line.context, *(text for _, text in line.texts))
        if max(map(len, texts)) > bounds.MOST_CHARACTERS:
            raise ExchangeError(
                f"sentence {number} («{excerpt(line.source[:200])}»): more than {bounds.MOST_CHARACTERS:,} characters; "
                f"divide it, or take it out"
            )
        characters += sum(map(len, texts))
        if number > bounds.MOST_LINES or characters > bounds.MOST_TEXT:
            raise ExchangeError(
                f"sentence {number}: more than {bounds.MOST_LINES:,} of them, or than {bounds.MOST_TEXT:,} characters "
                f"in all; divide the file"
            )
        ids[line.id] += bool(line.id)
        if ids[line.id] > bounds.MOST_REPEATED:
            raise ExchangeError(
                f"sentence {number}: the id {line.id[:40]} is there more than {bounds.MOST_REPEATED} times; "
                f"leave one of them"
            )
        kept.append(_acceptable(line, number))
    return tuple(kept)


def _acceptable(line: Line, number: int) -> Line:
    """Return a line; one whose texts nobody can take, in whichever format they came, with that as its fault."""
    fault = "" if line.fault else _control("".join((line.target, line.note, *(text for _, text in line.texts))))
    return replace(line, fault=f"{line.id or f'sentence {number}'}: {fault}") if fault else line


def lines_of(rows: Iterable[Sequence[str]]) -> tuple[Line, ...]:
    """Return the lines in rows of a table, as `line_of` reads them.

    Raises ExchangeError when no row has an id, or as `bounded` does.
    """
    return required(line for row in rows if (line := line_of(row)))


def required(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines of a table; raise ExchangeError when there is none, or as `bounded` does."""
    found = bounded(lines)
    if not found:
        raise ExchangeError("no row with an id; fill in the table that was exported")
    return found


def raised(text: str, *, is_above: bool) -> str:
    """Return signs that stand above or below others as characters that do, where there are such: 10⁶ is not 106."""
    return text.translate(_ABOVE if is_above else _BELOW)


def raised_fault(text: str) -> str:
    """Return the fault of signs that `raised` gave back, as it does figures in Persian: «۱۰۶» is not 10⁶."""
    return RAISED if any(map(str.isdecimal, text)) else ""


_ABOVE = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_BELOW = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")


def row_of(cells: Sequence[Cell], remarks: Iterable[str]) -> tuple[list[str], str]:
    """Return the five texts of a row from its id on, and what is wrong with its translation or note; empty if nothing.

    The remarks on the row are added to its note.
    """
    cells = [*cells, *[Cell("")] * (5 - len(cells))]
    texts = [cell.text for cell in cells]
    texts[3] = "\n".join([texts[3], *remarks]).strip()
    texts[4] = "" if cells[4].fault == STRUCK else texts[4]
    remark = "" if cells[3].fault in (LISTED, RAISED) else cells[3].fault
    return texts, cells[2].fault or remark


class ColumnOrder:
    """Sees by the row of names above the first id whether columns were put in or moved: then all would be misread."""

    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self.at: int | None = None
        """The column in which ids stand, once there was one."""
        self.start: int | None = None
        """Where that is in a file that numbers no columns, once there was an id."""
        self.last: int | None = None
        """The last column in the row of names, once there was one."""

    def named(self, cells: Iterable[tuple[int, str]]) -> None:
        """Take a row without an id, as (column, text): the last that names a column of ids is that of names."""
        names = {text[: bounds.MOST_AROUND_AN_ID].strip().casefold(): column for column, text in cells}
        if "id" in names:
            self._names, self.last = names, max(names.values())

    def require(self, at: int) -> None:
        """Raise ExchangeError when the columns do not stand as they went out; ids stand in the column `at`."""
        self.at = at
        names, self._names = self._names, {}
        moved = [
            name
            for name, place in _PLACES.items()
            if names.get("id") == at and names.get(name, at + place) != at + place
        ]
        if moved:
            raise ExchangeError(
                f"the column «{moved[0]}» has moved; put the columns as they went out: id, text, translation, note, "
                f"reviewed"
            )
        last = at + _PLACES["reviewed" if "reviewed" in names else "note"]
        beside = (name for name, place in names.items() if place > last and name and not _is_earlier(name))
        if names.get("id") == at and (added := next(beside, "")):
            raise ExchangeError(
                f"the column «{added[:40]}» was put in behind those that went out, where nothing is read; move what "
                f"stands in it into these: id, text, translation, note, reviewed"
            )

    def without_id(self, cells: Iterable[tuple[int, str]], place: str) -> Line | None:
        """Return the line in a row without an id, as (column, text): its cell was emptied, or what stood there changed.

        The words tell where it belongs. None above the first id, for a row of names, and where no translation stands.
        """
        texts = {} if self.at is None else {column - self.at: text for column, text in cells}
        name, source, target, note = (texts.get(number, "") for number in range(4))
        if not target.strip() or name[: bounds.MOST_AROUND_AN_ID].strip().casefold() == "id":
            return None
        fault = "" if source.strip() else f"neither an id nor a sentence stands beside «{excerpt(target)}»"
        fault = fault or _fault(target) or _control(target + note)
        return Line("", source, target, note, state=State.DOUBT, fault=fault and f"{place}: {fault}")


_PLACES = {"note": 3, "reviewed": 4}
"""Where columns stand behind the ids."""

EARLIER = ", earlier"
"""How the name of the last column ends that a table in Word may have, with what changed sentences were."""


def _is_earlier(name: str) -> bool:
    return name.endswith(EARLIER)


def line_of(row: Sequence[str], place: str = "", fault: str = "") -> Line | None:
    """Return the line in a row of a table: id, source, target, note, reviewed, wherever the id stands.

    `place` is where the row stands («row 5»), `fault` what is wrong with it. None when it has no id, or nothing else.
    """
    at = next((index for index, text in enumerate(row) if parse_id(text)), None)
    if at is None or len(row) < at + 3:
        return None
    source, target, note, state = [*row[at + 1 : at + 5], "", "", ""][:4]
    fault = fault or ("" if target.strip() else _run_together(row[at])) or _fault(target) or _control(target + note)
    name = row[at].strip()
    return Line(name, source, target, note, state=state_in(state), fault=fault and f"{place or name}: {fault}")


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_SHEET_ERROR = re.compile(r"#[^\W\d_][\w/]*[!?]|#N/[AD]|#DIV/0!|Err:\d{3}|#{3,}")
"""What a spreadsheet shows in place of a value that it does not have, or for which a column is too narrow."""


_WITH_MORE = re.compile(rf"{ID.pattern}[\"']?[,;\t|]")


def _run_together(cell: str) -> str:
    """Return what is wrong with a cell that has more than an id: a spreadsheet program took another separator."""
    if not _WITH_MORE.search(cell[: bounds.MOST_AROUND_AN_ID]):
        return ""
    return "all columns stand in one cell; open the CSV anew, choosing the separator that it has, and type it again"


def _fault(target: str) -> str:
    """Return why what stands in a cell cannot be what was written there."""
    if _SHEET_ERROR.fullmatch(target.strip()):
        return error_shown(target)
    if ID.fullmatch(target.strip()):
        return "the id of a sentence, not a text; put the columns as they went out"
    if units_of(target) == bounds.MOST_IN_A_CELL:
        return "as long as a cell of a spreadsheet can be: its end may be lost; use a table in Word"
    return ""


def _control(text: str) -> str:
    """Return why a text cannot be taken that a terminal might obey, a PO file cannot hold, or no page can show."""
    if is_overloaded(text):
        return f"a letter with more than {MOST_MARKS} marks on it; delete them"
    found = _CONTROL.search(text)
    return f"the character U+{ord(found[0]):04X}, which no text has; take it out" if found else ""


def units_of(text: str) -> int:
    """Return the length of a text as office programs count it, in units of UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)


def cell_of(state: State | None) -> str:
    """Return what the column «reviewed» says of a line."""
    if state is None or not state.is_done:
        return ""
    return "yes" if state.is_reviewed else "translated"


def state_in(cell: str) -> State:
    """Return the state that the column «reviewed» names: any other word than these is no review."""
    word = cell.strip().lower()
    return State.REVIEWED if word in _YES else State.TRANSLATED if word in _TRANSLATED else State.DOUBT


_TRANSLATED = ("translated", "traduit", "ترجمه‌شده", "ترجمه شده")
_YES = ("yes", "y", "x", "1", "true", "oui", "بله")


def require_size(content: bytes, what: str, most: int = bounds.MOST_BYTES) -> None:
    """Raise ExchangeError for a file that is empty or larger than `most` bytes."""
    if not content.strip():
        raise ExchangeError(f"the file is empty; ask for the {what} again")
    if len(content) > most:
        raise ExchangeError(f"larger than {most:,} bytes; split the {what}")


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return a text that XML can hold as it is; raise ExchangeError with the character it cannot."""
    if found := _NOT_XML.search(text):
        code = f"U+{ord(found[0]):04X}"
        raise ExchangeError(f"«{text[:40]}»: the character {code} cannot be exported; take it out of the PO file")
    return text


_FORMULA = r"[=+\-@\t\r＝＋－＠]"
"""What formulas begin with, in spreadsheets of some languages in full width too."""
_BEFORE = r"(?:^|[;,|\t\r\n])[\"']*"
"""Where a cell begins, also for a program that takes another separator than ours."""
_UNGUARDED = re.compile(f"({_BEFORE})(?={_FORMULA})")
_GUARDED = re.compile(f"({_BEFORE})'(?={_FORMULA})")


def guarded(text: str) -> str:
    """Return a text for a cell of CSV in which no spreadsheet sees a formula: with an apostrophe before each."""
    return _UNGUARDED.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """Return the text of a cell that was `guarded`."""
    return _GUARDED.sub(r"\1", text)
