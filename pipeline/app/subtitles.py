"""Subtitles and their catalogues → a file of subtitles in each language, as a draft or released."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.app import catalogues, checking
from pipeline.app.permission import Permissions
from pipeline.app.session import Session
from pipeline.document import formats, subtitles
from pipeline.document.formats import _subtitles
from pipeline.edition import alignment, subtitling
from pipeline.edition.subtitling import SPEED, WIDEST, Subtitled
from pipeline.errors import PipelineError, UsageError
from pipeline.model import Document
from pipeline.workspace import places, privacy, storage

FOLDER = places.SUBTITLES
"""In the output folder."""

SUFFIXES = (".srt", ".vtt")

_SHOWN = 3
"""Cues that are named in a message."""


@dataclass(frozen=True, slots=True)
class SubtitleFile:
    """A file of subtitles in a language; `obstacles` are what keeps it from being released."""

    document_id: str
    lang: str
    path: Path
    subtitled: Subtitled
    is_release: bool
    is_written: bool
    obstacles: tuple[str, ...] = ()


def is_subtitles(document: Document) -> bool:
    return formats.suffix(document.file) in SUFFIXES


def write(
    session: Session, asked: Sequence[str] | None, languages: Sequence[str] | None = None, *, release: bool = False
) -> list[SubtitleFile]:
    """Write the subtitles of the documents and languages asked for; those that are the same are left as they are.

    With `release`, what is not ready is a fault and is not written. Raises UsageError where there are none.
    """
    with session.locked():
        langs = session.languages(languages)
        documents = [one for one in catalogues.documents(session, asked) if _is_asked(session, one, asked)]
        if not documents and not session.faults:
            raise UsageError("no document is a file of subtitles; put one into seeds/: talk.srt or talk.vtt")
        return list(files(session, documents, langs, release=release))


def _is_asked(session: Session, document: Document, asked: Sequence[str] | None) -> bool:
    if not is_subtitles(document) and asked:
        session.fault(UsageError(f"{document.file}: no subtitles; print it with pipeline build-pdf"))
    return is_subtitles(document)


def files(
    session: Session, documents: Sequence[Document], langs: Sequence[str], *, release: bool
) -> Iterator[SubtitleFile]:
    """Yield the subtitles of documents in those of some languages they are translated into, as they are written."""
    wanted = [(document, lang) for document in documents for lang in session.targets(document, langs)]
    for document, lang in session.progress(wanted, "Writing subtitles", len(wanted)):
        with session.guarded():
            yield _file(session, document, lang, release=release)


def _file(session: Session, document: Document, lang: str, *, release: bool) -> SubtitleFile:
    obstacles = _obstacles(session, document, lang) if release else ()
    for obstacle in obstacles:
        session.fault(PipelineError(f"{document.id} ({lang}) is not ready: {obstacle}"))
    made, content = _made(session, document, lang, is_draft=not release)
    path = session.config.output / FOLDER / f"{document.id}.{lang}{formats.suffix(document.file)}"
    draft = path.with_suffix(f".draft{path.suffix}")
    if release:
        is_written = not obstacles and _write(session, path, content)
        if not obstacles and not session.dry_run:
            draft.unlink(missing_ok=True)
        return _told(session, SubtitleFile(document.id, lang, path, made, True, is_written, obstacles))
    if path.is_file():
        released = _made(session, document, lang, is_draft=False)[1]
        if not made.drafts and not made.missing and storage.read_bytes(session.config, path) == released:
            return SubtitleFile(document.id, lang, path, made, True, False)
        session.say(f"{session.name(path)}: older than its text or translation; release it again, or delete it")
    is_written = _write(session, draft, content)
    return _told(session, SubtitleFile(document.id, lang, draft, made, False, is_written))


def _obstacles(session: Session, document: Document, lang: str) -> tuple[str, ...]:
    (result,) = checking.examine(session, [document], lang)
    return (*Permissions(session).forbidden(document), *checking.obstacles(result, session.config.readers))


def _made(session: Session, document: Document, lang: str, *, is_draft: bool) -> tuple[Subtitled, bytes]:
    suffix, target = formats.suffix(document.file), session.config.language(lang)
    is_vtt = suffix == ".vtt"
    source = storage.read_bytes(session.config, session.config.seeds / document.file)
    found, _ = _subtitles.cues(source, document.file, is_vtt=is_vtt)
    catalogue = catalogues.current(session, document, lang).catalogue
    edition = alignment.build(document, {lang: catalogue}, session.config.all_languages)
    made = subtitling.subtitled(
        found.cues, subtitles.joined(found.cues), edition.rows, document.language, target, is_vtt=is_vtt
    )
    note = target.labels.draft if is_draft else ""
    return made, (subtitles.vtt(made.cues, found.styles, note) if is_vtt else subtitles.srt(made.cues)).encode()


def _write(session: Session, path: Path, content: bytes) -> bool:
    """Write a file, if it says anything else than the one that lies there; return whether it does."""
    if path.is_file() and storage.read_bytes(session.config, path) == content:
        return False
    if not session.dry_run:
        privacy.require_inside(session.config, path.parent)
        storage.write(path, content)
    session.wrote(path)
    return True


def _told(session: Session, file: SubtitleFile) -> SubtitleFile:
    """Say what is left out of a file, marked in it, and hard to read in its time."""
    name, made = f"{file.document_id} ({file.lang})", file.subtitled
    if made.missing:
        session.say(f"{name}: {made.missing} sentence{'s' * (made.missing > 1)} not translated, and left out")
    if made.drafts:
        session.say(f"{name}: {made.drafts} sentence{'s' * (made.drafts > 1)} not reviewed, and marked as such")
    if made.fast:
        cues = [f"{subtitles.shown_time(start)} ({speed} a second)" for start, speed in made.fast]
        session.say(
            f"{name}: more than {SPEED} characters a second, too fast to read, at {_some(cues)}; shorten the text"
        )
    if made.long:
        cues = [subtitles.shown_time(start) for start in made.long]
        session.say(f"{name}: a word of more than {WIDEST} characters, which no line holds, at {_some(cues)}")
    return file


def _some(cues: Sequence[str]) -> str:
    more = len(cues) - _SHOWN
    return ", ".join(cues[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
