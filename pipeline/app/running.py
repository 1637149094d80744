"""All that is needed: read the documents, translate, typeset, each doing only what changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.app import building, catalogues, overview, segmenting, translating
from pipeline.app.session import Session


@dataclass(frozen=True, slots=True)
class Run:
    """How many files were written, and how many sentences are still untranslated."""

    written: int
    untranslated: int


def run(session: Session, asked: Sequence[str] | None, *, release: bool = False) -> Run:
    """Segment, translate and build; with `release`, without the draft stamp where all is ready."""
    with session.locked():
        catalogues.say_what_is_not_read(session, asked)
        # What translate would write has this in it; a dry run shows it once.
        written = 0 if session.dry_run else segmenting.update(session, asked)
        filled, untranslated = translating.fill(session, asked)
        built = building.build(session, asked, release=release)
        overview.overview(session, asked)  # so that status need not read again what was read here
    return Run(written + filled + built, untranslated)
