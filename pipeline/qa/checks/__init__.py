"""Checks of translations: each file here offers check(unit, context) -> Iterator[Finding].

A check looks at one unit at a time; what it must know of others stands in the Context.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline import plugins
from pipeline.model import Catalogue, Finding, State, Unit
from pipeline.termbase import Term, Termbase
from pipeline.text.orthography import fold


@dataclass(frozen=True, slots=True)
class Context:
    """What checks of one language know: the termbase, and which translations stand elsewhere.

    `targets` are all targets of a folded source, `sources` all folded sources of a target.
    """

    source_lang: str
    lang: str
    termbase: Termbase
    targets: dict[str, set[str]] = field(default_factory=dict)
    sources: dict[str, set[str]] = field(default_factory=dict)


def context(source_lang: str, lang: str, terms: Iterable[Term], catalogues: Iterable[Catalogue]) -> Context:
    """Return the context of a language, from the termbase and all catalogues in it."""
    targets, sources = defaultdict(set), defaultdict(set)
    for catalogue in catalogues:
        for unit in catalogue.units:
            if unit.target and unit.state is not State.COPIED:
                targets[fold(unit.source)].add(unit.target)
                sources[unit.target].add(fold(unit.source))
    return Context(source_lang, lang, Termbase(terms, lang), dict(targets), dict(sources))


def examine(units: Iterable[Unit], known: Context) -> Iterator[Finding]:
    """Yield the findings of all checks, unit by unit. An empty target has one fault and no more."""
    checks = {name: plugins.load("qa.checks", name).check for name in plugins.names("qa.checks")}
    for unit in units:
        for name, check in checks.items():
            if unit.target or name == "untranslated":
                yield from check(unit, known)
