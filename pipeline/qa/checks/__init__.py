"""Checks of translations: each file here is a Check.

A check looks at one unit at a time; what it must know of others stands in the Context. One that cannot run without
words of a language names the keys of its file in NEEDS, as ("source.negations", "target.negations"). One that looks
at the signs of marks says SIGNS = True; all others see a unit as it is read aloud. One that tells of words which may be
translated freely says WORDING = True: what a person's translation into another language leaves unsaid, too, is a hint.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import Protocol

from pipeline.languages import FOLDER, Language
from pipeline.languages.sections import Calendar
from pipeline.model import Catalogue, Finding, Severity, State, Unit
from pipeline.plugins import Plugins
from pipeline.termbase import Term, Termbase
from pipeline.text.days import Rendering
from pipeline.text.markup import unsigned
from pipeline.text.orthography import fold
from pipeline.text.sounds import Naming

MOST_ELSEWHERE = 8
"""Of the translations of one sentence, and of the sentences with one translation, so many are held against each."""

MOST_BESIDE = 3
"""Translations into another language, at most, that a sentence is held against: thousands may differ in marks alone."""

MOST_FINDINGS = 20
"""Of one check in one unit; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """A translation of the same sentence into another language, by a person, and what the checks know of it."""

    context: "Context"
    target: str


UnitKey = tuple[str, str]
"""The `key` of a unit as it is read aloud."""


@dataclass(frozen=True, slots=True)
class Context:
    """What checks of one language know: the termbase, and which translations stand elsewhere.

    `targets` are the targets of a folded source, `sources` the folded sources of a target: the first
    MOST_ELSEWHERE in their order. `rendering` says what becomes of dates, `shown` which characters the fonts of the
    page have; while it is empty, none is looked for. `naming` says in which letters names stand where those of the
    source are others than those of the target. `siblings` are the translations of a unit into other languages.
    """

    source: Language
    target: Language
    termbase: Termbase
    targets: dict[str, set[str]] = field(default_factory=dict)
    sources: dict[str, set[str]] = field(default_factory=dict)
    rendering: Rendering = Rendering.EITHER
    shown: frozenset[str] = frozenset()
    naming: Naming = Naming.TRANSCRIBED
    siblings: Mapping[UnitKey, tuple[Sibling, ...]] = field(default_factory=dict)

    @property
    def calendar(self) -> Calendar:
        """The calendar that dates are converted into."""
        return self.target.dates.calendars[0]


class Check(Protocol):
    """One kind of fault in a translation: a file in this folder, whose name is the name of the check."""

    def check(self, unit: Unit, context: Context) -> Iterator[Finding]:
        """Yield what is wrong with a unit."""


CHECKS: Plugins[Check] = Plugins("qa.checks")


def how_often(number: int) -> str:
    """Return how often something is there, in words."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def context(
    source: Language,
    target: Language,
    terms: Iterable[Term],
    catalogues: Iterable[Catalogue],
    rendering: Rendering = Rendering.EITHER,
    shown: frozenset[str] = frozenset(),
    naming: Naming = Naming.TRANSCRIBED,
) -> Context:
    """Return the context of a target language, from the termbase and all catalogues in it."""
    agreed, known = Termbase(terms, source, target), elsewhere(catalogues)
    return Context(source, target, agreed, known.targets, known.sources, rendering, shown, naming)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What catalogues say: the `targets` and `sources` of a Context."""

    targets: dict[str, set[str]]
    sources: dict[str, set[str]]


def elsewhere(catalogues: Iterable[Catalogue]) -> Elsewhere:
    """Return which translations and which sentences stand in catalogues."""
    targets: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    for catalogue in catalogues:
        for unit in map(unsigned, catalogue.units):
            if unit.target and unit.state is not State.COPIED:
                targets[fold(unit.source)].add(unit.target)
                sources[unit.target].add(fold(unit.source))
    return Elsewhere(_first(targets), _first(sources))


def siblings(catalogues: Iterable[tuple[Context, Catalogue]]) -> dict[UnitKey, tuple[Sibling, ...]]:
    """Return by unit what people say in other languages, by their catalogues, each with its context."""
    found = defaultdict[UnitKey, tuple[Sibling, ...]](tuple)
    for known, catalogue in catalogues:
        said = defaultdict[UnitKey, dict[str, Sibling]](dict)
        for unit in catalogue.units:
            if unit.state.is_done and unit.state is not State.COPIED and unit.target.strip():
                aloud = unsigned(unit)
                if len(its := said[aloud.key]) < MOST_BESIDE:
                    its[aloud.target] = Sibling(known, aloud.target)
        for key, its in said.items():
            found[key] += tuple(its.values())
    return dict(found)


def _first(found: dict[str, set[str]]) -> dict[str, set[str]]:
    return {
        key: set(nsmallest(MOST_ELSEWHERE, texts)) if len(texts) > MOST_ELSEWHERE else texts
        for key, texts in found.items()
    }


def examine(units: Iterable[Unit], context: Context) -> Iterator[Finding]:
    """Yield the findings of all checks, unit by unit. An empty target, or one of blanks, has one fault and no more."""
    able = [(name, plugin) for name, plugin in _plugins() if not _missing(plugin, context.source, context.target)]
    every = [(name, plugin, plugin.check, getattr(plugin, "SIGNS", False)) for name, plugin in able]
    of_empty = [one for one in every if one[0] == "untranslated"]
    for unit in units:
        aloud = unsigned(unit)
        for name, plugin, check, has_signs in every if unit.target.strip() else of_empty:
            seen = unit if has_signs else aloud
            if found := [*check(seen, context)]:
                told = _not_endless(name, seen, _weighed(plugin, seen, found, context))
                yield from (replace(finding, unit=unit) for finding in told)


def _weighed(plugin: Check, unit: Unit, found: list[Finding], context: Context) -> list[Finding]:
    """Return findings, a warning as a hint where a translation into another language has the same: both are free."""
    siblings = context.siblings.get(unit.key, ()) if getattr(plugin, "WORDING", False) else ()
    if not (siblings and any(one.severity is Severity.WARNING for one in found)):
        return found
    beside = (finding for one in siblings for finding in _found_beside(plugin, unit, one))
    shared = {finding.place for finding in beside if finding.severity.weighs(Severity.HINT)}
    return [
        replace(one, severity=Severity.HINT) if one.severity is Severity.WARNING and one.place in shared else one
        for one in found
    ]


def _found_beside(plugin: Check, unit: Unit, sibling: Sibling) -> Iterator[Finding]:
    if not _missing(plugin, sibling.context.source, sibling.context.target):
        yield from plugin.check(replace(unit, target=sibling.target), sibling.context)


def _not_endless(name: str, unit: Unit, findings: Iterable[Finding]) -> Iterator[Finding]:
    more: dict[Severity, int] = {}
    for number, finding in enumerate(findings, 1):
        if number > MOST_FINDINGS:
            more[finding.severity] = more.get(finding.severity, 0) + 1
        else:
            yield _with_a_use(finding)
    for severity, count in more.items():
        yield Finding(name, severity, unit, f"and {count} more of this kind in the sentence")


def _with_a_use(finding: Finding) -> Finding:
    """Return a finding without a suggestion that is what stands there already."""
    target, suggestion = finding.unit.target, finding.suggestion
    is_there = suggestion and (suggestion == target or (suggestion == finding.place and suggestion in target))
    return replace(finding, suggestion="") if is_there else finding


def unable(source: Language, target: Language) -> Iterator[str]:
    """Yield a line for each check that cannot run between two languages: what is missing, and from which file."""
    for name, plugin in _plugins():
        if missing := _missing(plugin, source, target):
            yield f"{name} is not checked from {source.code} into {target.code}: {' and '.join(missing)}"


def _plugins() -> Iterator[tuple[str, Check]]:
    for name in CHECKS.names():
        yield name, CHECKS.load(name)


def _missing(plugin: Check, source: Language, target: Language) -> list[str]:
    """Return the keys a check needs that are empty, each with its file."""
    missing = []
    for need in getattr(plugin, "NEEDS", ()):
        side, key = need.split(".")
        language = source if side == "source" else target
        is_common = hasattr(language, key)  # a table of its own, the same for source and target
        if not getattr(language if is_common else getattr(language, side), key):
            missing.append(f"{FOLDER}/{language.code}.toml has no {key if is_common else need}")
    return missing
