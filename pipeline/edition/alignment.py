"""Document + catalogues → Edition: every sentence beside its translations."""

import operator
from collections.abc import Mapping
from dataclasses import replace

from pipeline.catalogue import po
from pipeline.catalogue.leverage import ISSUER, PLACE, SHORT_TITLE, TITLE
from pipeline.document.sentences import sentences
from pipeline.languages import SHIPPED, Language
from pipeline.model import Block, Catalogue, Document, Edition, Kind, Passage, Row, Segment, Unit
from pipeline.text import markup

_Units = dict[str, dict[tuple[str, str], Unit]]
"""By language, and by the key of each unit."""


def build(document: Document, catalogues: dict[str, Catalogue], languages: Mapping[str, Language] = SHIPPED) -> Edition:
    """Return the edition of a document in its own language and those of `catalogues`, in this order.

    A sentence that a catalogue does not know yet stands there as an untranslated unit.
    """
    units = {lang: {unit.key: unit for unit in catalogue.units} for lang, catalogue in catalogues.items()}
    rows = tuple(Row(block, _passages(document, block, units)) for block in document.blocks)
    meta = document.meta
    return Edition(
        document=document,
        languages=(document.language, *(languages[lang] for lang in catalogues)),
        rows=rows,
        title=_title(document, rows, units),
        title_is_editorial=bool(meta.editorial_title),
        issuer=_passage(ISSUER, Segment(meta.issuer, ""), units) if meta.issuer else None,
        short_title=_passage(SHORT_TITLE, Segment(meta.short_title, ""), units) if meta.short_title else None,
        place=_passage(PLACE, Segment(meta.place, ""), units) if meta.place else None,
        origins={lang: dict(c.headers).get(po.ORIGIN, "") for lang, c in catalogues.items()},
    )


def renewed(edition: Edition, before: Catalogue, now: Catalogue) -> Edition:
    """Return an edition with a catalogue in the place of an earlier one of the same document and language."""
    lang = now.target_lang
    old = {unit.key: unit for unit in before.units}
    changed = {unit.key: unit for unit in now.units if old.get(unit.key) != unit}

    def passage(one: Passage) -> Passage:
        unit = one.units.get(lang)
        return replace(one, units=one.units | {lang: changed[unit.key]}) if unit and unit.key in changed else one

    def row(one: Row) -> Row:
        passages = tuple(map(passage, one.passages))
        return one if all(map(operator.is_, passages, one.passages)) else replace(one, passages=passages)

    def maybe(one: Passage | None) -> Passage | None:
        return passage(one) if one else None

    return replace(
        edition,
        rows=tuple(map(row, edition.rows)),
        title=passage(edition.title),
        issuer=maybe(edition.issuer),
        short_title=maybe(edition.short_title),
        place=maybe(edition.place),
        origins=edition.origins | {lang: dict(now.headers).get(po.ORIGIN, "")},
    )


def _title(document: Document, rows: tuple[Row, ...], units: _Units) -> Passage:
    if document.meta.editorial_title:
        return _passage(TITLE, Segment(document.meta.editorial_title, ""), units)
    for row in rows:
        if row.block.kind is Kind.TITLE:
            return row.passages[0]
    return Passage(document.id, "")


def _passages(document: Document, block: Block, units: _Units) -> tuple[Passage, ...]:
    segments = sentences(block, document.language)
    return tuple(_passage(block.kind.value, segment, units) for segment in segments)


def _passage(context: str, segment: Segment, units: _Units) -> Passage:
    passage = Passage(segment.source, segment.tail, signs=segment.signs, around=segment.around)
    if not any(character.isalnum() for character in segment.source):
        return passage
    key, described = (context, segment.source), markup.described(segment)
    return replace(
        passage, units={lang: known.get(key) or Unit(*key, marks=described) for lang, known in units.items()}
    )
