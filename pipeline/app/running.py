"""All that is needed: read the documents, translate, typeset, each doing only what changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.app import building, catalogues, overview, segmenting, translating
from pipeline.app.session import Session
from pipeline.app.settling import Settling


@dataclass(frozen=True, slots=True)
class Run:
    """How many files were written, and how many sentences are still untranslated."""

    written: int
    untranslated: int


def run(session: Session, asked: Sequence[str] | None, *, release: bool = False, spared: Collection[str] = ()) -> Run:
    """Segment, translate and build; with `release`, without the draft stamp where all is ready.

    No engine is asked for documents `spared`.
    """
    with session.locked():
        catalogues.say_what_is_not_read(session, asked)
        settling = Settling(session, release=release)
        todo = asked or settling.unsettled()
        done = _done(session, todo, settling.left, spared, release=release) if todo else Run(0, 0)
        translating.say(session, settling.left)
        if todo:  # so that status need not read them again
            overview.overview(session, todo, settling.see, catalogues.files_by_id(session, todo))
        settling.keep()
    return Run(done.written, done.untranslated + settling.untranslated())


def unsettled(session: Session, *, release: bool) -> list[str]:
    """Return the documents that a run would look at; what there is to say of the others, a run says."""
    with session.locked(), session.apart():
        return Settling(session, release=release).unsettled()


def _done(
    session: Session, todo: Sequence[str], left: translating.Left, spared: Collection[str], *, release: bool
) -> Run:
    # What translate would write has this in it; a dry run shows it once.
    written = 0 if session.dry_run else segmenting.update(session, todo)
    filled, untranslated = translating.fill(session, todo, translating.ASKED, left, spared)
    built = building.build(session, todo, release=release)
    return Run(written + filled + built, untranslated)
