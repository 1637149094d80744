"""Catalogues → tables for people and programs that do not edit PO files."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.app import catalogues, checking, importing, memory, reviewing
from pipeline.app.session import Session
from pipeline.catalogue import leverage
from pipeline.catalogue.po.disclosure import told
from pipeline.errors import ExchangeError, UsageError
from pipeline.exchange import incoming
from pipeline.exchange.formats import FORMATS, TableFormat
from pipeline.exchange.incoming import ArrivalOutcome
from pipeline.exchange.table import Help, Line, Table, bounded, line_id
from pipeline.model import Catalogue, State, Unit
from pipeline.tables import meant
from pipeline.termbase import Termbase
from pipeline.workspace import places, privacy, storage
from pipeline.workspace.config import Config

TABLES = places.TABLES
"""In the output folder: the tables."""


def export(
    session: Session,
    asked: Sequence[str] | None,
    languages: Sequence[str] | None,
    format_name: str,
    folder: Path | None = None,
    *,
    only_open: bool = False,
) -> int:
    """Write a table for each document and language, into output/exchange or `folder`; return how many were written.

    With `only_open` what is reviewed is left out. Raises UsageError for an unknown format or language.
    """
    format_name = meant(format_name.strip().removeprefix("."), FORMATS.names())
    if format_name not in FORMATS.names():
        raise UsageError(f"format {format_name!r} is unknown; choose one of: {', '.join(FORMATS.names())}")
    form = FORMATS.load(format_name)
    folder = (folder or session.config.output / TABLES).absolute()
    langs = session.languages(languages)
    written = 0
    with session.locked():
        for document in catalogues.documents(session, asked):
            for lang in session.targets(document, langs):
                with session.guarded():
                    catalogue = catalogues.current(session, document, lang).catalogue
                    path = folder / f"{document.id}.{lang}{form.SUFFIXES[0]}"
                    table = _table(session.config, catalogue, only_open)
                    if getattr(form, "HELPS", False):
                        table = replace(table, helps=_helps(session, catalogue, table))
                    written += _write(session, path, form, table, catalogue)
    return written


def _table(config: Config, catalogue: Catalogue, only_open: bool) -> Table:
    document_id, lang = catalogue.document_id, catalogue.target_lang
    units = (unit for unit in catalogue.units if not (only_open and unit.state.is_reviewed))
    lines = tuple(_line(document_id, lang, unit) for unit in units)
    return Table(document_id, config.language(catalogue.source_lang), config.language(lang), lines)


def _helps(session: Session, catalogue: Catalogue, table: Table) -> dict[str, Help]:
    """Return the terms and the suggestions of the memory for the lines of a table, by their ids."""
    config, lang = session.config, catalogue.target_lang
    agreed = Termbase(checking.terms(config, catalogue.source_lang), table.source, table.target)
    units = {line_id(catalogue.document_id, lang, unit): unit for unit in catalogue.units}
    standing = _StandingTexts(session, catalogue)
    with memory.opened(session, catalogue.source_lang, lang) as known:
        return {
            line.id: Help(
                tuple((one.term, one.renderings, one.forbidden) for one in reviewing.terms(agreed, units[line.id])),
                tuple(
                    (int(one.match.score), one.match.entry.source, one.match.entry.target)
                    for one in reviewing.similar(known, units[line.id])
                    if not one.match.entry.is_ours or standing.has(one.match.entry.source, one.match.entry.target)
                ),
            )
            for line in table.lines
        }


class _StandingTexts:
    """What stands in a document today, with its translation: what was taken out of one does not leave.

    A PO file may be older than its document, so the document itself is asked; those alone that a suggestion is of.
    """

    def __init__(self, session: Session, catalogue: Catalogue) -> None:
        self.session = session
        self.own = {(unit.source, unit.target) for unit in catalogue.units}
        self.others: dict[tuple[str, str], list[str]] = {}
        self.sentences: dict[str, Collection[str]] = {}
        ids = session.sources().documents.keys() - {catalogue.document_id}
        files = catalogues.all_files(session, catalogue.target_lang, {catalogue.document_id})
        for document_id, file in files.items():
            for unit in file.catalogue.units if document_id in ids else ():
                self.others.setdefault((unit.source, unit.target), []).append(document_id)

    def has(self, source: str, target: str) -> bool:
        places = self.others.get((source, target), ())
        return (source, target) in self.own or any(source in self._sentences(place) for place in places)

    def _sentences(self, document_id: str) -> Collection[str]:
        """Return the sentences of a document; none of one that cannot be read."""
        if document_id not in self.sentences:
            self.sentences[document_id] = ()
            with self.session.guarded():
                for document in catalogues.documents(self.session, [document_id]):
                    self.sentences[document_id] = {unit.source for unit in leverage.extract(document)}
        return self.sentences[document_id]


def _line(document_id: str, lang: str, unit: Unit) -> Line:
    name, notes = line_id(document_id, lang, unit), "\n".join(told(unit.notes))
    state = unit.state if unit.state.is_done else State.DOUBT
    previous = unit.previous if unit.state is State.CHANGED else ""
    return Line(name, unit.source, unit.target, notes, unit.context, state, previous=previous, marks=unit.marks)


def _write(session: Session, path: Path, form: TableFormat, table: Table, catalogue: Catalogue) -> bool:
    """Write a table unless there is nothing in it, or the same stands there; return whether it was written.

    Raises ExchangeError when somebody has worked in what stands there.
    """
    if not table.lines:
        return False
    try:
        bounded(table.lines)  # what could not come back does not go out
        content = form.write(table)
    except ExchangeError as error:
        raise ExchangeError(f"{path.name}: {error}") from None
    if path.is_relative_to(session.config.root):
        privacy.require_inside(session.config, path.parent)
    if path.is_file():
        if path.read_bytes() == content:
            return False
        _require_imported(path, catalogue)
    if not session.dry_run:
        storage.write(path, content)
    session.wrote(path)
    # What the translation of a sentence says is what that said before, in whatever format it leaves.
    if earlier := sum(bool(line.previous) for line in table.lines):
        has = "shows" if getattr(form, "SHOWS_EARLIER", False) else "translates"
        session.say(
            f"{path.name} {has} {earlier} {'sentence' if earlier == 1 else 'sentences'} as before the last change; "
            "if what was taken out must not leave, correct or empty the translation first"
        )
    return True


def _require_imported(path: Path, catalogue: Catalogue) -> None:
    """Raise ExchangeError when a file has what a catalogue has not: a table that was filled in where it lay."""
    try:
        lines, beside = importing.read(path)
    except ExchangeError:
        raise ExchangeError(
            f"{path}: is no table that can be read; move it away, or export to another folder"
        ) from None
    merged, arrivals = incoming.merge(catalogue, lines)
    is_left = any(one.outcome in _LEFT and one.line.target.strip() for one in arrivals)
    if is_left or _said(merged) != _said(catalogue):
        raise ExchangeError(
            f"{path}: somebody has written in it, which is not imported; import it (pipeline import), or move it away"
        )
    if beside:
        raise ExchangeError(
            f"{path}: words in it belong to no sentence: {beside}; read them, and move the file away or delete it"
        )


_LEFT = (ArrivalOutcome.UNKNOWN, ArrivalOutcome.LEFT_OUT)
_PRINTED = f"{incoming.FROM_OUTSIDE}note:"
"""How a note comes back that was printed when the table went out, and is another by now."""


def _said(catalogue: Catalogue) -> list[tuple[object, ...]]:
    """Return what people have said of the units of a catalogue, whatever a program adds."""
    return [
        (unit.target, unit.state, {note for note in unit.notes if not note.startswith(_PRINTED)})
        for unit in (*catalogue.units, *catalogue.obsolete)
    ]
