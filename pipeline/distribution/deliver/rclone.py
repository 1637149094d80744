"""SFTP, and whatever else rclone knows, if it is installed: the zip of the bag, at a remote of its configuration.

It is copied under another name and then gets its own. Not every server does that in one step: some copy, and may
stop half way; so the word of rclone is not enough, and sizes are compared. Where neither name is left after a kill, the
partner may have fetched the zip. Passwords and keys are rclone's: set up with `rclone config`, and not kept here. But
nothing is sent where others could read it on its way, which rclone alone would do (`_remotes`).
"""

import os
import re
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence

from pipeline import forking, scratch, strictjson
from pipeline.distribution.deliver import Answer, Closed, Outcome, Parcel, Preview, Settings, _remotes
from pipeline.errors import DeliveryError
from pipeline.model import Artifact
from pipeline.text import lookalikes

SECONDS = 900
"""For one step, however large the zip."""

MOST_MEMORY = 1_000_000_000
"""Bytes that rclone may fill. It keeps what a server answers to a question in memory, as long as that goes on."""

_OPTIONS = ("--retries", "1", "--low-level-retries", "3", "--contimeout", "15s", "--timeout", "60s")
"""What fails is tried again by whoever sends. rclone would try ten times, and for each of them S3 ten times more."""

_ALIAS = "pipelinepartner"
"""The remote that stands for a partner's folder."""

_NOT_FOUND = (3, 4)

_NOTHING = -1
"""The size of what is not there."""

_NOT_OURS = frozenset(
    f"RCLONE_{name}"
    for name in (
        "DRY_RUN", "INTERACTIVE", "PROGRESS", "ERROR_ON_NO_TRANSFER", "COMPARE_DEST", "COPY_DEST", "BACKUP_DIR",
        "SUFFIX", "IGNORE_EXISTING", "IGNORE_SIZE", "IGNORE_TIMES", "UPDATE", "IMMUTABLE", "MAX_TRANSFER",
        "MAX_DURATION",
    )
)  # fmt: skip
"""What a user's environment may tell rclone for backups, with which it copies nothing and says that all is well, or
takes a server for another."""

_SSH_KNOWS = "~/.ssh/known_hosts, or in known_hosts_file of the remote"
_ASKED = "ssh-keyscan SERVER (ssh-keyscan -p PORT SERVER for another port than 22)"
_UNKNOWN = (
    f"the server's key is not in {_SSH_KNOWS}; type {_ASKED}, put what it shows there, and compare what "
    "ssh-keygen -lf ~/.ssh/known_hosts shows with who runs the server"
)
_OTHER_KEY = (
    f"the server shows another key than it has in {_SSH_KNOWS}: somebody may stand in its place, or it has several "
    f"and one of another kind is known, as ssh keeps one alone; type {_ASKED}: if a line of these is known already, "
    "and who runs the server confirms the others, add them"
)
_OPEN = (
    "its remote leads to a server by http, without encryption, so anybody on the way can read what is sent; look where "
    "the environment, or the server that it logs in to, sends it, and take one of https"
)
_DISTRUSTED = (
    (b"knownhosts: key mismatch", _OTHER_KEY),
    (b"knownhosts: ", _UNKNOWN),
    (b"known_hosts_file", _UNKNOWN),
    (b"x509:", "the server's certificate is not to be trusted; ask who runs it"),
    (_remotes.NOBODY.encode(), _OPEN),
)
"""How rclone says that a server may not be the one it should be, and what to do."""

_REMOTE = re.compile(r"[\w.+@][\w.+@ -]*:[^\x00-\x1f\x7f]*")


def faults(address: str) -> Iterator[str]:
    """Yield what keeps a text from being a place at a remote of rclone."""
    if not _REMOTE.fullmatch(address):
        yield "no remote of rclone; write one, as rclone listremotes tells it, and a path: office:incoming"
    for fault in lookalikes.invisible(address, allowed=lookalikes.JOINERS):
        yield f"{fault}; type it anew by hand"


def identity(address: str) -> str:
    """Return an address without strokes at its end: only the remote knows which other paths are the same."""
    remote, colon, folder = address.partition(":")
    return f"{remote}{colon}{folder.rstrip('/') or folder[:1]}"


def drafts(parcel: Parcel, address: str, settings: Settings) -> Preview:
    """Return the zip."""
    _place(address, parcel.bundle.name)
    return Preview((Artifact(f"{parcel.bundle.name}.zip", "application/zip", parcel.zipped),))


def deliver(parcel: Parcel, address: str, settings: Settings, commit: Callable[[], None]) -> Answer:
    """Copy the zip to the remote; raise Closed when rclone is missing."""
    place = _place(address, parcel.bundle.name)
    if fault := _fault(address):
        raise DeliveryError(fault)
    asked = _asked(place)
    if reason := _distrust(asked):  # the next attempts would end no better, each after a while
        raise DeliveryError(reason)
    if _stated_size(asked) not in (None, _NOTHING):
        _require_same(place, parcel.zipped)
        commit()
        return Answer(Outcome.ACCEPTED, "it was there already")
    part = _part(place)
    with scratch.folder() as folder:
        local = folder / f"{parcel.bundle.name}.zip"
        local.write_bytes(parcel.zipped)
        if (done := _run(["copyto"], str(local), part)).returncode:
            _run(["deletefile"], part)
            return Answer(Outcome.FAILED, _reason(done), _said(done))
    if _size(part) not in (None, len(parcel.zipped)):  # not every remote tells sizes
        _run(["deletefile"], part)
        return Answer(Outcome.FAILED, "rclone ended well, but the remote has not all of what was copied", _said(done))
    commit()
    return _answer(_run(["moveto"], part, place), place, len(parcel.zipped))


def arrived(bundle: str, manifest_sha256: str, address: str, settings: Settings) -> bool | None:
    """Whether the zip is there; None when it may have been fetched, and when the remote does not answer."""
    return _arrived(_place(address, bundle))


def clear(bundle: str, address: str, settings: Settings) -> bool:
    """Remove what a killed command had copied without giving it its name; return whether nothing is left."""
    part = _part(_place(address, bundle))
    if _fault(address) or (there := _size(part)) is None:
        return False
    return there == _NOTHING or not _run(["deletefile"], part).returncode


def _answer(done: subprocess.CompletedProcess[bytes], place: str, size: int) -> Answer:
    """Return what became of a zip of that size that was to get its name, by what is there now."""
    there = _size(place)
    is_known = there not in (None, _NOTHING)
    if there == size or (done.returncode == 0 and not is_known):  # fetched already, perhaps
        return Answer(Outcome.ACCEPTED)
    if is_known:
        reason = f"the remote has {there:,} bytes of {size:,} under the name of the zip; have them moved away"
        return Answer(Outcome.FAILED, reason, _said(done))
    # Where a server copies, it may have been fetched before rclone looked for it, and left what it is a copy of.
    is_open = there is None or done.returncode in _NOT_FOUND or _size(_part(place)) in (None, _NOTHING)
    if is_open:
        return Answer(Outcome.UNKNOWN, _reason(done), _said(done))
    _run(["deletefile"], _part(place))  # its text may be withdrawn before it is sent again
    return Answer(Outcome.FAILED, _reason(done), _said(done))


def _arrived(place: str) -> bool | None:
    """Whether a zip is there; what is still under the other name too is whole if it is as large as that."""
    there, part = _size(place), _size(_part(place))
    if there == _NOTHING:
        return None if part in (None, _NOTHING) else False
    return None if there is None else part in (None, _NOTHING, there)


def _part(place: str) -> str:
    return f"{place}.part"


def reached(addresses: Sequence[str], settings: Settings) -> list[Answer]:
    """Return whether each remote answers; a folder that is not there yet is made by the first delivery."""
    return [_reached(address) for address in addresses]


def _reached(address: str) -> Answer:
    if fault := _fault(address):
        return Answer(Outcome.FAILED, fault)
    done = _run(["lsd"], address)
    if done.returncode in _NOT_FOUND:
        return Answer(Outcome.ACCEPTED, "the folder is not there yet, and is made when something is sent")
    return Answer(Outcome.FAILED, _reason(done), _said(done)) if done.returncode else Answer(Outcome.ACCEPTED)


def _place(address: str, name: str) -> str:
    remote, colon, folder = address.partition(":")
    if not colon or not remote or "," in remote or address.startswith("-"):
        raise DeliveryError("the address is none for rclone; write a remote of rclone config: remote:folder")
    return f"{remote}:{folder.rstrip('/')}/{name}.zip" if folder else f"{remote}:{name}.zip"


def _size(place: str) -> int | None:
    """Return how large a file at a remote is, _NOTHING when there is none; None when the remote does not tell."""
    return _stated_size(_asked(place))


def _asked(place: str) -> subprocess.CompletedProcess[bytes]:
    return _run(["lsjson", "--stat"], place)


def _stated_size(done: subprocess.CompletedProcess[bytes]) -> int | None:
    if done.returncode in _NOT_FOUND:
        return _NOTHING
    if done.returncode:
        return None
    # Where a remote has no folders of its own, what does not exist looks like an empty one.
    try:
        found = strictjson.read(done.stdout or b"null")
    except ValueError:
        return None
    if not isinstance(found, dict) or found.get("IsDir", True):
        return _NOTHING
    size = found.get("Size")
    return size if isinstance(size, int) and size >= 0 else None


def _require_same(place: str, zipped: bytes) -> None:
    done = _run(["cat", "--count", str(len(zipped) + 1)], place)  # whatever stands there may be of any size
    if done.returncode or done.stdout != zipped:
        raise DeliveryError(f"{place.rpartition('/')[2]} with other content is already there; move it away")


def _fault(address: str) -> str:
    """Return why nothing is sent to an address; empty when it is."""
    remotes = _configured()
    if remotes is None:
        return _UNTOLD
    return _remotes.fault(_remotes.surrounded(remotes, _known()), address.partition(":")[0])


_UNTOLD = (
    "rclone does not tell how its remotes are set up, so nobody knows whether others can read what is sent; type "
    "rclone config dump, and see that it shows them and nothing else"
)


def _configured() -> _remotes.Remotes | None:
    return _remotes.read(_called(["config", "dump"], {}).stdout)


def _run(command: list[str], *places: str) -> subprocess.CompletedProcess[bytes]:
    hidden = dict(map(_hidden, places))
    folder = next(filter(None, hidden.values()))
    name = f"RCLONE_CONFIG_{_ALIAS.upper()}"
    own = {f"{name}_TYPE": "alias", f"{name}_REMOTE": folder}
    remotes, known = _configured() or {}, _known()
    safe = _remotes.environment(remotes, os.environ) | _remotes.encrypted(
        _remotes.surrounded(remotes, known), folder.partition(":")[0], known
    )
    done = _called([*command, *_OPTIONS, "--", *hidden], safe | own)
    done.stderr = done.stderr.replace(f"{_ALIAS}:".encode(), folder.encode("utf-8", "surrogateescape"))
    return done


def _called(words: list[str], own: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Call rclone with the environment of the user and what is `own`."""
    program = shutil.which("rclone")
    if program is None:
        raise Closed("rclone is not installed; install it, and set the remote up with rclone config")
    try:
        # A remote that is a folder of this machine is its users' to read, whatever the umask here.
        return subprocess.run(
            [program, *words],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            umask=0o022,
            preexec_fn=_prepare,
            env=_known() | own,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(words, 5, b"", b"no answer in time")


def _known() -> dict[str, str]:
    """Return what rclone is told of the environment of the user."""
    return {key: value for key, value in os.environ.items() if not _is_not_ours(key)}


def _prepare() -> None:
    """Limit a process that becomes rclone, and have it end with this one: nobody would know what it does then."""
    forking.limit(resource.RLIMIT_DATA, MOST_MEMORY)
    forking.end_with_parent()


def _is_not_ours(variable: str) -> bool:
    return variable in _NOT_OURS or variable.endswith("_NO_CHECK_CERTIFICATE")


def _hidden(place: str) -> tuple[str, str]:
    """Return what rclone is given for a place, and what its alias stands for; a file of this machine has none.

    Everybody on this machine may read the arguments of a program, and only its owner what surrounds it.
    """
    end = max(place.rfind("/"), place.rfind(":")) + 1
    return (place, "") if place.startswith("/") else (f"{_ALIAS}:{place[end:]}", place[:end])


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    return _distrust(done) or f"rclone ended with {done.returncode}"


def _distrust(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return why rclone did not trust a server, and what to do; empty when that was not the fault."""
    reasons = (reason for said, reason in _DISTRUSTED if said in done.stderr)
    return next(reasons, "") if done.returncode else ""


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return " ".join(lines[-2:])[:500]  # the fault, and often a second line of what caused it
