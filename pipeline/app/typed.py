"""What somebody has typed and not saved yet: kept in the private folder until it is saved or thrown away.

It is a convenience, and no truth: what is damaged is forgotten.
"""

import fcntl
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from pipeline.app.session import Session
from pipeline.errors import UsageError
from pipeline.limits import MOST_IN_A_TEXT
from pipeline.workspace import privacy, sources, storage

FOLDER = "typed"

MOST, MOST_CHARACTERS = 500, 1_000_000
"""Texts of a person in one document and language, and characters in all of them; their own oldest go."""

TRIES, PAUSE = 500, 0.01
"""How often, and after how many seconds, it is asked whether another server has written."""

_NAME = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text for the unit with a `name`, typed by somebody; `base` and `before` are what it was made from."""

    name: str
    by: str
    base: str
    before: str
    text: str


def keep(session: Session, document_id: str, lang: str, typed: KeptText) -> None:
    """Keep a text in place of what the same person typed for the unit before.

    Raises UsageError for one too long, and for what is no unit's name.
    """
    if not _NAME.fullmatch(typed.name):
        raise UsageError("there is no such sentence")
    if max(len(typed.text), len(typed.before)) > MOST_IN_A_TEXT:
        raise UsageError(f"a text of more than {MOST_IN_A_TEXT:,} characters; shorten it")
    _change(session, document_id, lang, typed.by, typed.name, typed)


def forget(session: Session, document_id: str, lang: str, by: str, name: str) -> None:
    """Let go of what somebody typed for a unit."""
    _change(session, document_id, lang, by, name, None)


def kept(session: Session, document_id: str, lang: str, by: str) -> dict[str, KeptText]:
    """Return what somebody has typed in a document, by the names of the units."""
    found = (_read(name, value) for name, value in _record(session, document_id, lang).items())
    return {text.name: text for text in found if text and text.by == by}


def _read(key: str, value: Any) -> KeptText | None:
    """Return a text as it was kept; None for anything else that stands there."""
    if not isinstance(value, list) or len(value) != 4 or not all(isinstance(one, str) for one in value):
        return None
    by, base, before, text = value
    return KeptText(key.rpartition("/")[2], by, base, before, text)


def _change(session: Session, document_id: str, lang: str, by: str, name: str, new: KeptText | None) -> None:
    with _alone(privacy.made_private(place(session, document_id, lang).parent)):
        _rewrite(session, document_id, lang, by, name, new)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait a moment for another server that is just writing in a folder, and keep others waiting."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for _ in range(TRIES):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(PAUSE)
            except OSError:  # a disk without locks
                break
            else:
                break
        yield
    finally:
        os.close(descriptor)


def _rewrite(session: Session, document_id: str, lang: str, by: str, name: str, new: KeptText | None) -> None:
    before = _record(session, document_id, lang)
    record = dict(before)
    record.pop(key := f"{by}/{name}", None)
    if new:
        record[key] = [new.by, new.base, new.before, new.text]
    record = _bounded(record, f"{by}/")
    if record != before:
        storage.write_beside(place(session, document_id, lang), storage.as_record(record))


def _bounded(record: Mapping[str, Any], own: str) -> dict[str, Any]:
    """Return texts without a person's oldest, where these are too many or too long: nobody else's go for them."""
    newest = [(key, value) for key, value in reversed(list(record.items())) if key.startswith(own)]
    sizes = accumulate(len(str(value)) for _, value in newest)
    gone = {
        key
        for place, ((key, _), size) in enumerate(zip(newest, sizes, strict=True))
        if place and (place >= MOST or size > MOST_CHARACTERS)
    }
    return {key: value for key, value in record.items() if key not in gone}


def _record(session: Session, document_id: str, lang: str) -> dict[str, Any]:
    return storage.read_record(place(session, document_id, lang))


def place(session: Session, document_id: str, lang: str) -> Path:
    """Return where is kept what is typed in a document and language; raise UsageError for what is no document's id."""
    if not sources.is_id(document_id) or "/" in lang:
        raise UsageError(f"there is no document {document_id!r}")  # nor a file elsewhere, of an address somebody wrote
    folder = privacy.private_folder(session.config) / FOLDER
    privacy.require_inside(session.config, folder)
    return folder / f"{document_id}.{lang}.json"
