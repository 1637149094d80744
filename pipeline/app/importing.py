"""Tables that came back → catalogues."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline import bounded, disk
from pipeline.app import catalogues
from pipeline.app.approving import pseudonym
from pipeline.app.events import Remark
from pipeline.app.session import Session
from pipeline.catalogue import leverage
from pipeline.catalogue.origin import digest
from pipeline.errors import ExchangeError
from pipeline.exchange import bounds, incoming, moved, table, unread
from pipeline.exchange.formats import FORMATS, TableFormat
from pipeline.exchange.incoming import NOTHING_SAID, Arrival, ArrivalOutcome, Said
from pipeline.exchange.table import Line, went_out
from pipeline.model import Document, Kind, State, Unit
from pipeline.text import markup
from pipeline.text.excerpt import excerpt
from pipeline.text.orthography import wording

Place = tuple[str, str]
"""A document's id and a language."""

MOST_RECALLED = 500_000
"""Places, all together, where sentences that are gone without a trace are looked for."""

FOR_A_PERSON = (ArrivalOutcome.CONFLICT, ArrivalOutcome.EMPTIED, ArrivalOutcome.UNKNOWN, ArrivalOutcome.LEFT_OUT)


def import_tables(
    session: Session, paths: Sequence[Path], languages: Sequence[str] | None, *, reviewed: bool = False, by: str = ""
) -> list[tuple[Path, Arrival]]:
    """Merge tables that came back into the PO files; return what became of each line of each file.

    `reviewed` when whoever sent them has reviewed what they say; `by` is their pseudonym. A file that cannot be
    read is a fault. Raises UsageError when `by` is no pseudonym.
    """
    said = Said(reviewed, pseudonym(by) if by else "", session.day)
    langs = session.languages(languages)
    arrivals: list[tuple[Path, Arrival]] = []
    with session.locked():
        for path in paths:
            with session.guarded():
                arrivals += [(path, arrival) for arrival in _import_one(session, path, langs, said)]
    return arrivals


def _import_one(session: Session, path: Path, langs: list[str], said: Said) -> list[Arrival]:
    lines, beside = read(path)
    if not lines:
        raise ExchangeError(f"{path}: no sentence with a translation in it; look whether it is the right file")
    arrivals: list[Arrival] = []
    units = _Units(session, langs)
    units.name(lines)
    by_place: dict[tuple[Place, bool], list[Line]] = {}
    for place, line, has_id in (found for one in moved.in_place(lines) for found in units.find(one)):
        if place is None:
            arrivals.append(Arrival(line, None, ArrivalOutcome.LEFT_OUT if line.fault else ArrivalOutcome.UNKNOWN))
        else:
            by_place.setdefault((place, has_id), []).append(line)
    for ((document_id, lang), has_ids), its in by_place.items():
        with session.guarded():
            # What was only guessed to belong here is read by a person, whatever was said of the file.
            arrivals += _merge(session, units.documents[document_id], lang, its, said if has_ids else NOTHING_SAID)
    _tell(session, path, lines, units)
    if beside:
        session.say(
            f"{path}: words in it belong to no sentence, and are left out: {beside}; "
            "read them, they may be meant for you"
        )
    _tell_of_unread(session, path, arrivals, said)
    return arrivals


def _tell_of_unread(session: Session, path: Path, arrivals: Iterable[Arrival], said: Said) -> None:
    """Say which translations nobody has read by this file, and why: whoever had it saw something else."""
    claimed = [
        (one.unit, one.line)
        for one in arrivals
        if one.unit and (said.reviewed or one.line.state is State.REVIEWED) and not one.line.fault
    ]
    without = [unit for unit, line in claimed if incoming.has_unseen_notes(unit, line)]
    other = [unit for unit, line in claimed if incoming.is_of_another_sentence(line, unit)]
    for what, found in (
        ("without a note that is printed with the translation now", without if said.by else ()),
        ("of which the sentence has another vowel or number now", other),
    ):
        if found:
            session.say(
                f"{path}: {len(found)} row{'s' * (len(found) > 1)} («{excerpt(found[0].source)}») {what}: "
                "no reading is recorded there; export the table again, or approve it"
            )


def _tell(session: Session, path: Path, lines: Iterable[Line], units: "_Units") -> None:
    """Say in which rows there is more to know of a file that came back than what becomes of them."""
    waiting = "the translations there wait to be read, whatever the file says"
    told = [
        (f"the sentence itself was changed in {{}}; {waiting}", units.changed),
        (f"the sentence itself is missing in {{}}; {waiting}", units.bare),
    ]
    remarked: dict[str, list[Line]] = {}
    for line in lines:
        if line.remark and not line.fault:
            remarked.setdefault(line.remark, []).append(line)
    told += [(f"{{}}: {remark}", its) for remark, its in remarked.items()]
    for what, its in told:
        if its:
            rows = f"{len(its)} row{'s' * (len(its) > 1)} («{excerpt(its[0].source or its[0].target)}»)"
            session.say(f"{path}: {what.format(rows)}")


def _documents(session: Session) -> Iterator[Document]:
    """Yield every document, and say of none how it is read: most have nothing to do with the tables."""
    with session.apart() as said:
        found = list(catalogues.documents(session, None))
    session.repeat(event for event in said if not isinstance(event, Remark))
    yield from found


def _merge(session: Session, document: Document, lang: str, lines: list[Line], said: Said) -> list[Arrival]:
    for remark in document.remarks:
        session.say_once(remark)
    now = catalogues.current(session, document, lang)
    new, arrivals = incoming.merge(now.catalogue, lines, said)
    catalogues.save(session, now, new, lambda catalogue: incoming.merge(catalogue, lines, said)[0])
    return arrivals


class _Units:
    """Every unit of the workspace, by its id and by its wording."""

    def __init__(self, session: Session, langs: list[str]) -> None:
        self.langs = langs
        self.named: set[Place] = set()
        self.recalls_left = MOST_RECALLED
        self.documents = {document.id: document for document in _documents(session)}
        its = ((document.lang, session.targets(document, langs)) for document in self.documents.values())
        self.pairs = list(dict.fromkeys((source, lang) for source, targets in its for lang in targets))
        self.by_id: dict[str, tuple[Place, str, Unit]] = {}
        self.by_former_id: dict[str, tuple[Place, str, Unit]] = {}
        """By the ids that sentences had when their document was called otherwise: another may be called so by now."""
        self.by_wording: dict[str, list[tuple[Place, str]]] = {}
        self.wordings: set[str] = set()
        self.changed: list[Line] = []
        self.bare: list[Line] = []
        """Lines whose sentence was changed in the file, or taken out of it."""
        for document in self.documents.values():
            for lang in session.targets(document, langs):
                with session.guarded():
                    catalogue = catalogues.current(session, document, lang).catalogue
                    for unit in (*catalogue.units, *catalogue.obsolete):
                        now = table.unit_id(document.id, lang, unit)
                        self.by_id[now] = (document.id, lang), now, unit
                        for name in document.meta.formerly:
                            self.by_former_id[table.unit_id(name, lang, unit)] = self.by_id[now]
                        self.wordings |= _wordings(unit)
                    for unit in catalogue.units:
                        name = table.unit_id(document.id, lang, unit)
                        for words in _wordings(unit):
                            self.by_wording.setdefault(words, []).append(((document.id, lang), name))

    def name(self, lines: Iterable[Line]) -> None:
        """Note which documents and languages the ids of a file name: a row that has lost its id is of one of these."""
        parsed = (table.parse_id(line.id) for line in lines)
        self.named = {known[0] for one in parsed if one and (known := self._known(*one))}

    def _known(self, name: str, base: str) -> tuple[Place, str, Unit] | None:
        """Return where the sentence of an id stands, the id it has now, and its unit.

        Of two documents of which one was called as the other is, the one whose translation went out is meant.
        """
        own, former = self.by_id.get(name), self.by_former_id.get(name)
        is_of_former = own and former and went_out(former[2].target, base) and not went_out(own[2].target, base)
        return former if is_of_former else own or former

    def find(self, line: Line) -> Iterator[tuple[Place | None, Line, bool]]:
        """Yield where a line belongs, the line with its id, and whether it came with that: by its sentence otherwise.

        A line in several languages belongs to a catalogue in each of them.
        """
        parsed = table.parse_id(line.id)
        place, line = self._named(self._placed(line), *parsed) if parsed else (None, line)
        if not line.texts:
            yield self._read(place, line) if parsed else self._guessed(line, self.langs)
            return
        sides = {lang: side for source, lang in self.pairs if (side := line.between(source, lang))}
        for lang, side in sides.items():
            named = parsed and (place is None or place[1] == lang)
            yield self._read(place, self._placed(side)) if named else self._guessed(side, [lang])
        if not sides:
            yield None, replace(line, fault=self._foreign(line)), False

    def _named(self, line: Line, name: str, base: str) -> tuple[Place | None, Line]:
        """Return where the sentence of an id stands, and the line with the id it has now."""
        if known := self._known(name, base):
            place, now, _ = known
            return place, replace(line, id=f"{now}-{base}")
        return self._recalled(name, line.source), line

    def _read(self, place: Place | None, line: Line) -> tuple[Place | None, Line, bool]:
        """Return a line that came with its id; if its sentence was changed in the file, as one that nobody has read."""
        unit = self._unit_of(line)
        its = {wording(line.source), wording(line.target)}
        if unit is None or line.fault or its & _wordings(unit):
            return place, line, True
        (self.changed if line.source.strip() else self.bare).append(line)
        return place, replace(line, state=State.DOUBT), False

    def _unit_of(self, line: Line) -> Unit | None:
        """Return the unit that the id of a line names."""
        name = table.parse_id(line.id)
        known = self._known(*name) if name else None
        return known[2] if known else None

    def _placed(self, line: Line) -> Line:
        """Return a line; one that has the sentence of another than its id names with that as its fault."""
        name, unit = table.parse_id(line.id), self._unit_of(line)
        if unit is None or line.fault or line.texts or not line.source.strip():
            return line
        if _is_misread(line.source, unit.source):
            return replace(line, fault=f"{line.id}: {MISREAD}")
        source, target = wording(line.source), wording(line.target)
        if {source, target} & _wordings(unit):
            return line
        if name and table.went_out(line.source, name[1]):
            return replace(line, fault=f"{line.id}: {table.MERGED}")
        if source not in self.wordings:
            return line
        return replace(
            line,
            fault=f"{line.id}: its sentence is another («{excerpt(line.source)}»), as when a column is sorted alone; "
            f"put each id beside its own sentence, or export the table again",
        )

    def _foreign(self, line: Line) -> str:
        ours = " or ".join(dict.fromkeys(lang for _, lang in self.pairs))
        theirs = ", ".join(tag for tag, _ in line.texts)
        sources = " or ".join(dict.fromkeys(source for source, _ in self.pairs))
        return f"«{excerpt(line.source)}»: no text in {sources} and {ours}; its languages are {theirs}"

    def _guessed(self, line: Line, langs: list[str]) -> tuple[Place | None, Line, bool]:
        """Return the one place in some languages where the sentence of a line stands."""
        fitting = [found for found in self.by_wording.get(wording(line.source), []) if found[0][1] in langs]
        fitting = [found for found in fitting if found[0] in self.named] if len(fitting) > 1 else fitting
        if len(fitting) != 1:
            return None, line, False
        ((place, name),) = fitting
        # As if it had gone out empty, and never reviewed: nobody knows what it was made from.
        return place, replace(line, id=f"{name}-{digest('')}", state=State.DOUBT), False

    def _recalled(self, name: str, source: str) -> Place | None:
        """Return where a sentence stood that is gone without a trace: its id was made from the place."""
        units = [Unit(context, source) for context in (*leverage.STATED, *(kind.value for kind in Kind))]
        places = [(document_id, lang) for document_id in self.documents for lang in self.langs]
        self.recalls_left -= len(places) * len(units)
        if self.recalls_left < 0:
            return None
        return next((place for place in places for unit in units if table.unit_id(*place, unit) == name), None)


MISREAD = "its letters were read in another encoding; open the CSV anew as UTF-8 (Unicode), and type it again"

_SINGLE_BYTE = ("cp1252", "cp1256", "latin-1")
"""The encodings in which office programs of the West and the Middle East read what they are not told of."""


def _is_misread(came: str, source: str) -> bool:
    """Whether a sentence came back as it looks to a program that reads UTF-8 in another encoding.

    Signs do not count: programs differ in what they make of bytes that their encoding does not have.
    """
    if came == source or source.isascii():
        return False
    seen = (source.encode("utf-8", "replace").decode(name, "replace") for name in _SINGLE_BYTE)
    return _letters(came) in map(_letters, seen)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _wordings(unit: Unit) -> set[str]:
    return {wording(unit.source), wording(markup.unsigned(unit).source)}


class Returned(NamedTuple):
    """The lines of a file that came back, and how much belongs to none of them, with its words."""

    lines: tuple[Line, ...]
    beside: str


def read(path: Path) -> Returned:
    """Return what a file says that came back; raise ExchangeError with its name."""
    try:
        form = _format(path)
        content = disk.read(path, bounds.MOST_BYTES + 1)
        found = bounded.read(partial(_returned, form, content), Returned, len(content), ExchangeError)
        marked = moved.marks_in_place(found.lines) if getattr(form, "HAS_REVIEWED", False) else found.lines
        return Returned(marked, found.beside)
    except OSError as error:
        raise ExchangeError(f"{path}: {error.strerror}; check that it exists and can be read") from None
    except ExchangeError as error:
        raise ExchangeError(f"{path}: {error}") from None


def _returned(form: TableFormat, content: bytes) -> Returned:
    lines, held = form.read(content), getattr(form, "held", None)
    return Returned(lines, unread.said(held(content), lines) if held else "")


def _format(path: Path) -> TableFormat:
    forms = list(FORMATS)
    for form in forms:
        if path.suffix.lower() in form.SUFFIXES:
            return form
    suffixes = ", ".join(suffix for form in forms for suffix in form.SUFFIXES)
    raise ExchangeError(f"unknown suffix; known are: {suffixes}")
