"""How much of a machine's draft stands in what a person translated from it."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from pipeline.app.session import Session
from pipeline.catalogue import origin
from pipeline.model import Draft, State, Unit
from pipeline.translate.cache import DraftCache
from pipeline.translate.mt import Translation
from pipeline.workspace import places

FILE_NAME = "drafts.sqlite"
"""In the private folder: what machines translated already, and their drafts by digest."""

NEARLY = 90
"""Per cent: a translation that is more like its draft than this may not have been read."""

_BY_DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class PostEdited:
    """How many translated sentences began as a machine's draft, and how many of these stand nearly unchanged."""

    began: int
    unchanged: int


def cache(session: Session, *, keeps: bool = True) -> DraftCache:
    """Return the cache of drafts; unless it `keeps`, and in a dry run, it is only read."""
    return DraftCache(session.config.root / places.PRIVATE / FILE_NAME, keeps=keeps and not session.dry_run)


def keep(drafts: DraftCache, made: Iterable[Draft]) -> None:
    """Keep the texts of drafts by the digest that their units will have as their origin."""
    texts = {origin.digest(draft.text): Translation(draft.text) for draft in made if draft.text}
    drafts.keep(_BY_DIGEST, list(texts), list(texts.values()))


def measure(session: Session, units: Sequence[Unit]) -> PostEdited:
    """Return how much of the drafts stands in units; of a draft that is no longer kept, only whether it is the same."""
    began = {unit: digest for unit in units if (digest := _draft_of(unit))}
    changed = {unit: digest for unit, digest in began.items() if digest != origin.digest(unit.target)}
    if not changed:
        return PostEdited(len(began), len(began))
    with closing(cache(session, keeps=False)) as drafts:
        kept = drafts.known(_BY_DIGEST, changed.values())
    near = sum(_is_near(kept[digest].text, unit.target) for unit, digest in changed.items() if digest in kept)
    return PostEdited(len(began), len(began) - len(changed) + near)


def _is_near(draft: str, target: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(draft, target) > NEARLY


def _draft_of(unit: Unit) -> str:
    """Return the digest of the draft that a person's translation began as; empty when it began otherwise."""
    if unit.state not in (State.TRANSLATED, State.REVIEWED):
        return ""
    read = origin.read(unit.origin)
    return read.digest if read and read.state is State.MACHINE else ""
