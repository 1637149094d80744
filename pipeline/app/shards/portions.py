"""Sentences → drafts, some thousands at once, so that a killed worker costs these at most and is known by its document.

Nothing here looks at documents: a machine without the workspace can do it, which has its settings and models.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.app import translating
from pipeline.app.shards import plan as plans
from pipeline.app.shards import results
from pipeline.app.shards.attempts import MOST_DEATHS, Attempt
from pipeline.app.shards.plan import MadeWith
from pipeline.app.shards.results import Row
from pipeline.app.translating import Asked, Pair, WantedDrafts
from pipeline.translate.cache import DraftCache
from pipeline.translate.drafting import Route
from pipeline.workspace import config
from pipeline.workspace.config import Config

TOGETHER = 2000
"""Sentences that are drafted together, as many documents as they come from: what a killed worker loses at most."""

KILLS = f"{MOST_DEATHS} workers were killed while they were at it; translate it alone, or take it out of the documents"

BETWEEN = ""
"""What a worker is at that is at no document."""

_MOST_WAYS = 8
"""Pairs of languages whose models stay in a process."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Sentences of one document, or of several, that are drafted together: then its `parts` are those of each."""

    pair: Pair
    documents: tuple[str, ...]
    wanted: WantedDrafts
    parts: "tuple[Portion, ...]" = ()

    @property
    def name(self) -> str:
        return plans.digest([self.pair, self.documents, sorted(self.wanted.sources)])


def together(single: Sequence[Portion]) -> list[Portion]:
    """Return portions of single documents in larger ones, of whole documents; all are of one pair of languages."""
    return [_joined(parts) for parts in _gathered(single)]


def _gathered(single: Sequence[Portion]) -> Iterator[list[Portion]]:
    gathered: list[Portion] = []
    count = 0
    for portion in single:
        gathered.append(portion)
        count += len(portion.wanted.sources)
        if count >= TOGETHER:
            yield gathered
            gathered, count = [], 0
    if gathered:
        yield gathered


def _joined(parts: Sequence[Portion]) -> Portion:
    if len(parts) == 1:
        return parts[0]
    wanted = WantedDrafts({}, {}, {})
    for part in parts:
        one = part.wanted
        wanted = WantedDrafts(
            {**wanted.sources, **one.sources}, {**wanted.pivots, **one.pivots}, {**one.around, **wanted.around}
        )
    return Portion(parts[0].pair, tuple(name for part in parts for name in part.documents), wanted, tuple(parts))


@dataclass(frozen=True, slots=True)
class Bench:
    """What drafts are made with here: settings, what these and the models amount to, and what is asked of an engine."""

    settings: Config
    using: MadeWith
    asked: Asked

    def way(self, pair: Pair) -> Route:
        """Return the way of a pair; its models are loaded once in a process, however many shards it works on."""
        return _opened(self.settings.root, plans.digest(self.using), pair, self.asked)


def drafted(bench: Bench, portion: Portion, attempt: Attempt, left_out: dict[str, str]) -> list[Row]:
    """Return the drafts of a portion: made by a worker that was killed later, or now.

    What killed a worker is tried again document by document, until it is known which it was; that is `left_out`.
    """
    made = attempt.made(portion.name)
    if made is not None:
        return made
    parts = portion.parts if len(portion.parts) > 1 and attempt.deaths(portion.name) else (portion,)
    rows: list[Row] = []
    for part in parts:
        deaths = attempt.deaths(part.name) + (attempt.deaths(portion.name) if part is not portion else 0)
        if deaths >= MOST_DEATHS:
            left_out.update(dict.fromkeys(part.documents, KILLS))
            continue
        attempt.at(part.name)
        rows += (made := attempt.made(part.name) or _made(bench, part))
        attempt.keep(part.name, made)
        attempt.at(BETWEEN)
    return rows


def _made(bench: Bench, portion: Portion) -> list[Row]:
    with closing(DraftCache(None)) as drafts:
        return results.rows_of(
            translating.drafts(bench.settings, bench.way(portion.pair), portion.wanted, drafts, _untold)
        )


@lru_cache(_MOST_WAYS)
def _opened(root: Path, made_with: str, pair: Pair, asked: Asked) -> Route:
    return translating.route(config.read(root), pair, asked)


def _untold(windows: Iterable[list[str]], task: str, total: int) -> Iterable[list[str]]:
    return windows
