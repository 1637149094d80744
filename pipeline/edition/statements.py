"""What is said of an edition: of what it was made, by whom, and how far it was reviewed."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pipeline.catalogue import readings
from pipeline.catalogue.origin import engine
from pipeline.edition.direction import ltr
from pipeline.languages import Language, listed
from pipeline.model import Edition, State, Unit, first_day
from pipeline.text import dates


def of(edition: Edition, language: Language, targets: Sequence[Language], *, has_editorial: bool = False) -> list[str]:
    """Return the sentences of a colophon in a language, about translations into others."""
    told = zip_longest(*(translation(edition, language, target) for target in targets))
    said = dict.fromkeys(statement for group in told for statement in group if statement)
    said |= dict.fromkeys(_provenance(edition, language))
    if edition.title_is_editorial:
        said[language.labels.editorial_title] = None
    if has_editorial and language.labels.editorial:
        said[language.labels.editorial] = None
    return [language.capitalised(statement) for statement in said]


def _provenance(edition: Edition, language: Language) -> Iterator[str]:
    """Yield whose a text of others is, where it comes from, and that it may be published again if it may."""
    provenance = edition.document.meta.provenance
    if not provenance:
        return
    yield _original(edition, language, is_permitted=provenance.is_permitted)
    if provenance.address:
        yield language.labels.provenance.format(address=ltr(provenance.address))


def _original(edition: Edition, language: Language, *, is_permitted: bool) -> str:
    """Return the sentence on the text that was translated, of what is known of it."""
    meta, form = edition.document.meta, language.labels.original
    issuer = _rendered(meta.issuer, edition, language) if meta.issuer else ""
    is_vague = "{month}" in form and first_day(meta.date or "") != meta.date
    told = {"language": language.name_of(edition.document.language), "issuer": issuer, "date": "", "month": ""}
    told["month" if is_vague else "date"] = dates.in_words(meta.date, language)

    def known(part: re.Match[str]) -> str:
        names = _BRACED.findall(part[1])
        return part[1] if (all(map(told.get, names)) if names else is_permitted) else ""

    found = _IF_KNOWN.sub(known, form).format(**told)
    return found[:-1] if found.endswith("..") else found  # the issuer is an “Inc.”


_IF_KNOWN, _BRACED = re.compile(r"\[([^\[\]]*)\]"), re.compile(r"\{(\w+)\}")


def _rendered(text: str, edition: Edition, language: Language) -> str:
    """Return a line of the head of a document as it is translated into a language, or as it is."""
    units = (one.units.get(language.code) for one in edition.passages if one.source == text)
    return next((unit.target for unit in units if unit and unit.target), text)


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


def translation(edition: Edition, language: Language, target: Language) -> Iterator[str]:
    """Yield, in a language, what is to be said of the translation."""
    labels, printed = language.labels, units(edition, target.code)
    if not printed:
        return
    states = [shown(unit.state) for unit in printed]
    about = {"language": language.name_of(target), "total": language.number(len(printed))}
    if labels.all_reviewed and set(states) <= {State.REVIEWED}:
        yield labels.all_reviewed.format(**about)
        if _are_read_twice(printed):
            yield labels.read_twice
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


def _are_read_twice(printed: Sequence[Unit]) -> bool:
    """Whether each translation has two readers or more; what is copied as it is needs none."""
    own = [unit for unit in printed if unit.state is not State.COPIED]
    return bool(own) and all(len(readings.readers(unit)) > 1 for unit in own)


def compared(edition: Edition, language: Language) -> str:
    """Return what an edition is compared with, and how its changes are marked."""
    day, *digest = edition.since.split(" ")
    return language.labels.changes.format(since=" ".join([dates.in_words(day, language), *map(ltr, digest)]))


def _joined(names: Sequence[str], language: Language) -> str:
    space = "\u202f" if ";" in language.punctuation.space_before else ""
    return ltr(f"{space}; ".join(names))
