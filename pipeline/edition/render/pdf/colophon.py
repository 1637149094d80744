"""What is said of an edition at its end: of what it was made, by whom, and how far it was reviewed."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from xml.etree.ElementTree import Element, SubElement

from pipeline.catalogue.origin import engine
from pipeline.edition.render.pdf.composition import ltr
from pipeline.languages import Language, listed
from pipeline.model import Edition, State, Unit
from pipeline.text import dates


def element(
    edition: Edition,
    columns: Sequence[Language],
    source: Language,
    targets: Sequence[Language],
    *,
    has_editorial: bool = False,
) -> Element:
    """Return the colophon, in every language of the page; `has_editorial` details stand in brackets above the text."""
    found = Element("div", {"class": "colophon"})
    row = SubElement(found, "div", {"class": "row"})
    for number, language in enumerate(columns):
        role = "source" if language is source else "target"
        attributes = {"lang": language.code, "dir": language.direction}
        cell = SubElement(row, "div", {"class": f"cell column-{number} {role}", **attributes})
        SubElement(cell, "h2", {"data-block": "colophon"}).text = language.labels.colophon
        document = language.labels.document
        text = document.format(id=ltr(edition.document.id), language=language.name_of(source))
        SubElement(cell, "p", {"data-block": "colophon.document"}).text = text
        _hash(SubElement(cell, "p", {"class": "hash", "dir": "ltr", "data-block": "hash"}), edition.document.sha256)
        about = targets if language is source else [language]
        told = zip_longest(*(_statements(edition, language, target) for target in about))
        statements = dict.fromkeys(statement for group in told for statement in group if statement)
        statements |= dict.fromkeys(_provenance(edition, language))
        if edition.title_is_editorial:
            statements[language.labels.editorial_title] = None
        if has_editorial and language.labels.editorial:
            statements[language.labels.editorial] = None
        for index, statement in enumerate(statements):
            line = SubElement(cell, "p", {"data-block": f"colophon.{index}"})
            line.text = language.capitalised(statement)
    return found


def _provenance(edition: Edition, language: Language) -> Iterator[str]:
    """Yield where a text of others comes from, and that it may be published again if it may."""
    provenance = edition.document.meta.provenance
    if provenance and provenance.address:
        yield language.labels.provenance.format(address=ltr(provenance.address))
    if provenance and provenance.is_permitted and language.labels.permitted:
        yield language.labels.permitted


def _hash(line: Element, digest: str) -> None:
    """In two halves, on lines of their own, so that it can be compared by eye and copied."""
    for half in (digest[:32], digest[32:]):
        SubElement(line, "span").text = half


_TOLD = (State.REVIEWED, State.TRANSLATED, State.MACHINE, State.DOUBT, State.UNTRANSLATED)
"""The states that a partner reads, the best first."""


def units(edition: Edition, lang: str) -> list[Unit]:
    """Return the units that are printed of a language, each once."""
    found = {passage.units[lang].key: passage.units[lang] for passage in edition.passages if lang in passage.units}
    return list(found.values())


def shown(state: State) -> State:
    """Return the state that a partner reads: less detailed than what a translator sees."""
    if state in (State.CHANGED, State.MEMORY):
        return State.DOUBT
    return State.REVIEWED if state.is_reviewed else state


def _statements(edition: Edition, language: Language, target: Language) -> Iterator[str]:
    """Yield, in a language, what is to be said of the translation."""
    labels, printed = language.labels, units(edition, target.code)
    if not printed:
        return
    states = [shown(unit.state) for unit in printed]
    about = {"language": language.name_of(target), "total": language.number(len(printed))}
    if labels.all_reviewed and set(states) <= {State.REVIEWED}:
        yield labels.all_reviewed.format(**about)
    else:
        counts = [(state.value, states.count(state)) for state in _TOLD]
        told = [labels.counted(name, language.number(count)) for name, count in counts if count]
        yield labels.units.format(**about, counts=listed(told, language.code))
        engines = sorted({engine(unit.origin) for unit in printed if unit.state is State.MACHINE})
        yield labels.engine.format(engines=_joined(engines, language)) if engines else labels.no_engine
    if origin := edition.origins.get(target.code):
        yield labels.origin.format(origin=language.origins.get(origin) or ltr(origin)) + "."
    if {State.MACHINE, State.DOUBT, State.UNTRANSLATED} & set(states):
        yield labels.marks
    if edition.since:
        yield compared(edition, language)
    yield labels.endorsement


def compared(edition: Edition, language: Language) -> str:
    """Return what an edition is compared with, and how its changes are marked."""
    day, *digest = edition.since.split(" ")
    return language.labels.changes.format(since=" ".join([dates.in_words(day, language), *map(ltr, digest)]))


def _joined(names: Sequence[str], language: Language) -> str:
    space = "\u202f" if ";" in language.punctuation.space_before else ""
    return ltr(f"{space}; ".join(names))
