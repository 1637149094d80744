"""What a document says of itself, field by field → its metadata, where the editor states none."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from pipeline.model import Document, Kind, Meta
from pipeline.text.excerpt import excerpt

_ISSUERS = ("issuer", "organisation", "organization", "institute", "publisher")
_PEOPLE = ("author", "authors", "creator")
"""Who programs write in by themselves: a person is not named in print for that."""
READ = ("title", "date", *_ISSUERS, *_PEOPLE)
"""The names of fields that are read."""


def completed(document: Document, fields: Mapping[str, str]) -> Document:
    """Return the document with what its fields say where the editor states nothing, and say so: it will be printed."""
    meta = document.meta
    has_title = any(block.kind is Kind.TITLE for block in document.blocks)
    stated = replace(
        meta,
        editorial_title=meta.editorial_title or ("" if has_title else fields.get("title", "")),
        issuer=meta.issuer or _first(fields.get(name, "") for name in _ISSUERS),
        date=meta.date or _iso(fields.get("date", "")),
    )
    remarks = (*document.remarks, *_said(document, stated), *_unnamed(document, stated, fields))
    return replace(document, meta=stated, remarks=remarks)


def _unnamed(document: Document, stated: Meta, fields: Mapping[str, str]) -> Iterator[str]:
    """Say that a person is not printed as the issuer, where nobody else is."""
    person = _first(fields.get(name, "") for name in _PEOPLE)
    if person and not stated.issuer:
        yield (
            f"{document.id}: the author that it names, «{excerpt(person)}», is not printed; to have an issuer "
            f'printed, write it in {document.id}.toml: issuer = "…"'
        )


def _said(document: Document, stated: Meta) -> Iterator[str]:
    names = {"title": "editorial_title", "issuer": "issuer", "date": "date"}
    new = [
        f"{name} «{excerpt(getattr(stated, field))}»"
        for name, field in names.items()
        if getattr(stated, field) != getattr(document.meta, field)
    ]
    if new:
        yield f"{document.id}: {', '.join(new)}: as it says of itself; state others in {document.id}.toml"


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _iso(stated: str) -> str:
    """Return a date in figures as ISO 8601, of whichever calendar; empty when it is none."""
    found = re.match(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)", stated)
    if not found:
        return ""
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        if year < 1700:
            return _of_jalali(year, month, day)
        full = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return ""
    return full[: 4 + 3 * bool(month) + 3 * bool(day)]


def _of_jalali(year: int, month: int, day: int) -> str:
    """Return a day of the Persian calendar; a month or a year of it is none of the Gregorian one."""
    from jdatetime import date as jalali

    return str(jalali(year, month, day).togregorian().isoformat()) if month and day else ""
