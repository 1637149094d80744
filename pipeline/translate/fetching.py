"""The Argos index, and packages fetched from it: over https, bounded, and gone on with where they broke off."""

import fcntl
import hashlib
import io
import os
import re
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline import strictjson
from pipeline.errors import EngineError, EnvironmentMissing, UsageError
from pipeline.translate import models

if TYPE_CHECKING:
    from http.client import HTTPResponse

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
MAX_INDEX_BYTES = 10 * 2**20

Progress = Callable[[int, int], None]
"""Told how many bytes have come, and how many there will be (0: not known)."""


def unheard(done: int, total: int) -> None:
    """Tell nobody."""


def index() -> list[dict[str, Any]]:
    """Return the Argos index, over https; raise EnvironmentMissing without a network, EngineError for nonsense."""
    address = os.environ.get("ARGOS_PACKAGE_INDEX") or INDEX
    if not address.startswith("https://"):
        raise UsageError(f"ARGOS_PACKAGE_INDEX={address}: give an address that begins with https://")
    address = f"{address.rstrip('/')}/index.json"
    content = _download(address, MAX_INDEX_BYTES, "the index")
    try:
        entries: Any = strictjson.read(content, MAX_INDEX_BYTES)
        return [entry for entry in entries if isinstance(entry, dict)]
    except (ValueError, TypeError):
        raise EngineError("what came is not an Argos index; try again later") from None


def fetch(pair: str, progress: Progress = unheard) -> bytes:
    """Return the newest package of a pair such as "fa-en" from the Argos index, over https.

    What came of an interrupted one is not fetched again. Raises UsageError for a pair the
    index does not know, EnvironmentMissing without a network.
    """
    source, _, target = pair.partition("-")
    if not (source.isalpha() and target.isalpha()):
        raise UsageError(f"{pair!r} is neither a file nor a pair of languages such as fa-en")
    entries = [entry for entry in index() if (entry.get("from_code"), entry.get("to_code")) == (source, target)]
    newest = max(entries, key=_version, default={})
    links = newest.get("links")
    links = [
        link
        for link in (links if isinstance(links, list) else ())
        if isinstance(link, str) and link.startswith("https://")
    ]
    if not links:
        raise UsageError(
            f"the Argos index has no package {pair}; go through English with two packages: {source}-en en-{target}"
        )
    kept = models.folder().parent / f"{hashlib.sha256(links[0].encode()).hexdigest()[:16]}.part"
    return _download(links[0], models.MAX_PACKAGE_BYTES, pair, kept, progress)


def _version(entry: dict[str, Any]) -> list[int]:
    return [int(part) for part in str(entry.get("package_version", "0"))[:100].split(".") if part.isdecimal()]


def _download(address: str, limit: int, what: str, kept: Path | None = None, progress: Progress = unheard) -> bytes:
    """Return what an address holds; with `kept`, written there as it comes, and gone on with where it ended."""
    try:
        with _opened(kept) as file:
            _receive(address, limit, file, progress)
            file.seek(0)
            content = file.read()
    except (OSError, ValueError, HTTPException) as error:
        raise EnvironmentMissing(
            f"{what}: cannot be downloaded ({error}); on a machine with internet access, download the "
            f".argosmodel file, carry it here, and type: pipeline models install FILE.argosmodel"
        ) from None
    if kept:
        kept.unlink(missing_ok=True)
    if len(content) > limit:
        raise EngineError(f"{what}: more than {limit:,} bytes were received; nothing was installed")
    return content


def _opened(kept: Path | None) -> BinaryIO:
    """Return a file to append to, with what is there already; raise OSError when another command appends to it."""
    if not kept:
        return io.BytesIO()
    kept.parent.mkdir(parents=True, exist_ok=True)
    file = kept.open("ab+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise OSError("another command is fetching it; wait until it is done") from None
    return file


def _receive(address: str, limit: int, file: BinaryIO, progress: Progress) -> None:
    """Append to a file what an address holds beyond it."""
    from urllib.error import HTTPError

    from pipeline.translate import servers

    done = file.seek(0, io.SEEK_END)
    try:
        with servers.download(address, {"Range": f"bytes={done}-"} if done else {}) as answer:
            done = _continued(answer, file, done)
            total = done + int(answer.headers.get("Content-Length") or 0)
            for chunk in servers.chunks(answer) if total <= limit else ():
                file.write(chunk)
                file.flush()
                done += len(chunk)
                progress(done, total)
                if done > limit:
                    break
    except HTTPError as error:
        if error.code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE or not done:
            raise
        # All of it is here, or something else is there now: begin again.
        file.truncate(0)
        _receive(address, limit, file, progress)
        return
    if total > limit:
        file.truncate(0)
        raise EngineError(f"{address}: states {total:,} bytes, more than {limit:,}; nothing was installed")
    if done < total:
        raise OSError("the connection was interrupted")


def _continued(answer: "HTTPResponse", file: BinaryIO, done: int) -> int:
    """Return how much of an answer the file holds already; empty it unless the answer goes on behind that."""
    stated = answer.headers.get("Content-Range", "")
    if answer.status == HTTPStatus.PARTIAL_CONTENT and re.match(rf"bytes {done}-", stated):
        return done
    file.truncate(0)
    if answer.status != HTTPStatus.OK:
        raise OSError(f"another part came than was asked for ({answer.status}); try again")
    return 0
