"""Which documents of an archive are translated: those that somebody has selected, as seeds/<id>.toml says."""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.app import catalogues, removing, strays
from pipeline.app.session import Session, chosen
from pipeline.catalogue import origin
from pipeline.errors import PipelineError, UsageError
from pipeline.model import State, Unit
from pipeline.workspace import history, places, reading, storage

LINE = "selected = true"

_STATED = re.compile(r"(?m)^[ \t]*selected[ \t]*=[^\n]*\n?")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many documents of archives nobody has selected, and which of them have translations all the same."""

    count: int = 0
    translated: tuple[str, ...] = ()


NONE_WAITS = Waiting()


def waiting(session: Session) -> Waiting:
    """Return how many documents wait to be selected."""
    config = session.config
    if not config.archives:
        return NONE_WAITS
    ids = [name for name, path in session.sources().documents.items() if reading.waits(config, path)]
    return Waiting(len(ids), tuple(name for name in ids if _catalogues(session, name)))


def select(session: Session, asked: Sequence[str]) -> list[str]:
    """Select documents of archives to be translated; return those that were not before.

    Raises UsageError for documents that do not exist, or lie in no archive: these are translated anyway.
    """
    return _stated(session, asked, lambda session, name: None, is_selected=True)


def unselect(session: Session, asked: Sequence[str]) -> list[str]:
    """Select documents no longer, and remove what machines made for them; return those that were selected.

    One that somebody has begun to translate is a fault, and stays selected.
    """
    return _stated(session, asked, _take_back, is_selected=False)


def _stated(
    session: Session, asked: Sequence[str], first: Callable[[Session, str], None], *, is_selected: bool
) -> list[str]:
    """State whether documents are selected, each after what is to be done `first`; return those where that is new."""
    done = []
    with session.locked():
        documents = _archived(session, asked)
        for name, path in documents.items():
            if reading.waits(session.config, path) is is_selected:
                with session.guarded():
                    beside, before, after = _change(session, path, is_selected=is_selected)
                    first(session, name)
                    if not session.dry_run:
                        _write(beside, before, after)
                    session.wrote(beside)
                    done.append(name)
    return done


def _archived(session: Session, asked: Sequence[str]) -> dict[str, Path]:
    config = session.config
    known = session.sources().documents
    documents = {name: known[name] for name in chosen(list(known), catalogues.named(session, asked), "document")}
    for name, path in documents.items():
        if not config.is_archived(path.relative_to(config.seeds).as_posix()):
            raise UsageError(f"{name}: in no archive, so that it is translated anyway; see archives in pipeline.toml")
    return documents


def _change(session: Session, path: Path, *, is_selected: bool) -> tuple[Path, bytes, bytes]:
    """Return the TOML file of a document, what stands in it, and what will."""
    beside = path.with_suffix(".toml")
    before = storage.read_bytes(session.config, beside) if beside.is_file() else b""
    text = storage.decoded(before, beside.name)
    return beside, before, _with_selection(text, beside.name, is_selected=is_selected).encode()


def _write(path: Path, before: bytes, after: bytes) -> None:
    storage.write(path, after, expected=before)
    if not after:  # it said nothing but this
        storage.remove(path, history.digest(after))


def _with_selection(text: str, name: str, *, is_selected: bool) -> str:
    """Return a TOML file that says whether its document is selected; all else stays as it is, comments too."""
    rest = _STATED.sub("", text, count=1)
    changed = f"{LINE}\n{rest}" if is_selected else rest
    wanted = {key: value for key, value in _read(text, name).items() if key != "selected"}
    if _read(changed, name) != wanted | ({"selected": True} if is_selected else {}):
        raise PipelineError(f"{name}: write selected in a line by itself: {LINE}")
    return changed


def _read(text: str, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PipelineError(f"{name}: {error}; correct the file") from None


def _catalogues(session: Session, name: str) -> list[Path]:
    paths = (places.catalogue_path(session.config, lang, name) for lang in session.config.targets)
    return [path for path in paths if path.is_file()]


def _take_back(session: Session, name: str) -> None:
    """Remove what machines made for a document; raise PipelineError when a person has done anything with it."""
    paths = _catalogues(session, name)
    for path in paths:
        catalogue = catalogues.file_at(session, path).catalogue
        if any(map(_is_anybodys, (*catalogue.units, *catalogue.obsolete))):
            raise PipelineError(f"{session.name(path)}: somebody has begun to translate {name}; it stays selected")
    made = [one.path for one in strays.named_after(session, name) if one.what in strays.MADE]
    for path in removing.remove(session, ((path, name) for path in (*paths, *made))):
        session.say(f"{'would remove' if session.dry_run else 'removed'} {session.name(path)}")


def _is_anybodys(unit: Unit) -> bool:
    """Whether a person has written anything in a unit."""
    is_made = not unit.target or unit.state is State.COPIED or origin.is_untouched(unit)
    return bool(unit.notes) or not is_made
