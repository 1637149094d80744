"""What strangers may see of a catalogue: its translations, written anew from what is known to be harmless.

Editors and translators write names, folders, times and second thoughts into a PO file: into its header,
comments, flags, previous and obsolete entries. None of it is taken over. What is added to PO files one day
stays here, too, until it is named below.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from pipeline.catalogue import origin, po, readings
from pipeline.model import Catalogue, State, Unit

NOTE = readings.PRINTED

_PLURAL_FORMS = re.compile(r"nplurals=\d; plural=[n\d ()<>=!&|?:%]{1,300};?")


def disclosed(catalogue: Catalogue, date: str = "") -> bytes:
    """Return the PO file of a merged catalogue as it may leave; `date` is its document's (ISO 8601, may be empty)."""
    stated = dict(catalogue.headers)
    plural_forms = stated.get("Plural-Forms", "")
    languages = catalogue.source_lang, catalogue.target_lang
    if not _PLURAL_FORMS.fullmatch(plural_forms):
        plural_forms = ""
    fields = dict(po.headers(catalogue.document_id, *languages, date, plural_forms))
    fields["PO-Revision-Date"] = _day(stated.get("PO-Revision-Date", ""))
    if about := stated.get(po.ORIGIN, ""):
        fields[po.ORIGIN] = about  # it is printed in the colophon
    units = tuple(map(_disclosed, catalogue.units))
    return po.written(Catalogue(catalogue.document_id, *languages, units, headers=tuple(fields.items())))


def told(notes: Iterable[str]) -> tuple[str, ...]:
    """Return those of a translator's comments that everybody may see."""
    return tuple(note for note in notes if NOTE.match(note))


def _disclosed(unit: Unit) -> Unit:
    """Return a new unit of what may leave; of who has read it, nothing."""
    return Unit(
        unit.context,
        unit.source,
        unit.target,
        unit.state,
        _origin(unit),
        unit.locations,
        notes=told(unit.notes),
        marks=unit.marks,
    )


def _origin(unit: Unit) -> str:
    """Return what a unit's origin says of its text: the engine, which is printed too, or its state alone."""
    if origin.engine(unit.origin) or unit.origin == origin.COPIED:
        return origin.unplaced(unit.origin)
    return unit.state.value if unit.state.is_fuzzy and unit.state is not State.MACHINE else ""


def _day(date: str) -> str:
    """Return the day of a date in the header, in UTC, as programs read it: with an hour of nought."""
    try:
        return f"{datetime.strptime(date, '%Y-%m-%d %H:%M%z').astimezone(UTC):%Y-%m-%d} 00:00+0000"
    except (ValueError, OverflowError):
        return ""
