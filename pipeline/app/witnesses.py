"""What is remembered of the ledger outside it: an older one put back, or a copy of it, would send again what was sent.

There are two marks of how far it has come. The one in the workspace's private folder tells when an older ledger
stands beside it. The other is among the user's state, which does not travel with a workspace: it tells when all of
the workspace is older, or a copy. While something is sent, its file is held against other copies.
"""

import errno
import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import msgspec

from pipeline import disk
from pipeline.app.session import Session, some
from pipeline.distribution import ledger
from pipeline.distribution.ledger import Ledger
from pipeline.distribution.ledger.marks import Checkpoint
from pipeline.errors import LedgerError, PipelineError, UsageError
from pipeline.workspace import places, privacy, storage

MARK = "ledger"
"""In the private folder: that there was a ledger, and how far it had come."""

FOLDER = Path("pipeline", "ledgers")
"""Of the marks, in the folder of the user's state."""

MACHINE = Path("/etc/machine-id")
"""A random number given to a system when it was installed (machine-id(5)); it is kept in digests alone."""

OPTION = "--trust-ledger"


def nobody(question: str) -> bool:
    """Answer when there is nobody to ask."""
    return False


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a ledger may be trusted that is not known as it stands: said beforehand, or asked for."""

    is_given: bool = False
    ask: Callable[[str], bool] = nobody


NONE = Consent()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a ledger is not to be trusted as it stands; what to do about it; and when it may be trusted all the same."""

    fault: str
    remedy: str
    condition: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A file with a mark; `machine` is a digest of the machine it must have been written on, empty for any."""

    path: Path
    machine: str = ""

    def read(self) -> tuple[Checkpoint, str] | None:
        """Return the mark, and the machine it was written on; None when there is none to be read."""
        record = storage.read_record(self.path)
        try:
            return msgspec.convert(record, Checkpoint), msgspec.convert(record.get("machine"), str)
        except ValueError:  # msgspec’s own, and half a character in a key
            return None

    def is_of_this_machine(self) -> bool:
        """Whether there is a mark, and nothing speaks for another machine."""
        found = self.read()
        return found is not None and (found[1] == self.machine or not (found[1] and self.machine))

    def write(self, mark: Checkpoint) -> None:
        storage.write(self.path, json.dumps({**asdict(mark), "machine": self.machine}).encode())


@contextmanager
def watching(session: Session, book: Ledger, consent: Consent, *, is_new: bool) -> Iterator[None]:
    """Let a ledger be used that is known as it stands, or trusted by a person; mark how far it comes.

    With `is_new`, one with which nothing was ever sent is asked about too. Raises LedgerError when it is not to be
    trusted, UsageError when consent was given and is not needed: it must not stand in a script.
    """
    inside = Witness(privacy.private_folder(session.config) / MARK)
    with _outside(session, book) as outside:
        doubt = _doubt(session, book, inside, outside, is_new=is_new)
        if doubt is None and consent.is_given:
            raise UsageError(f"the ledger is known on this machine, and nothing is missing from it; leave {OPTION} out")
        if doubt and not (consent.is_given or consent.ask(_question(session, doubt))):
            raise LedgerError(_told(session, doubt))
        book.marks.witness = partial(_note, session.say_once, [witness for witness in (outside, inside) if witness])
        book.marks.tell()  # trusted now: what is killed behind its first step is known as well
        try:
            yield
        finally:
            with suppress(LedgerError):  # whatever else ended this is what gets reported
                book.marks.tell()


def look(session: Session, book: Ledger) -> None:
    """Say when something is missing from a ledger, at which the next sending will stop."""
    if doubt := _incomplete(session, book):
        session.say(_told(session, doubt))


def tell(session: Session, book: Ledger) -> None:
    """Say the same where nothing is sent: a withdrawal may be among what is missing."""
    if doubt := _incomplete(session, book):
        session.say(f"{_place(session)}: {doubt.fault}; {doubt.remedy}")


def _incomplete(session: Session, book: Ledger) -> Doubt | None:
    where = [session.config.root / places.PRIVATE / MARK, *(folder / book.marks.id for folder in _state())]
    if missing := _missing(book, [Witness(place) for place in where]):
        return _lost(book.marks.now(), missing)
    return _split(session, book)


def begin(session: Session, book: Ledger) -> None:
    """Mark a ledger that was just made; where that cannot be done, the first sending says so."""
    outside = [Witness(folder / book.marks.id, _machine(book)) for folder in _state()]
    _note(lambda text: None, [*outside, Witness(privacy.private_folder(session.config) / MARK)], book.marks.now())


def _note(say: Callable[[str], None], witnesses: list[Witness], mark: Checkpoint) -> None:
    """Write a mark everywhere; where that fails, what it says can be forgotten, and is not yet wrong."""
    for witness in witnesses:
        try:
            if witness.read() != (mark, witness.machine):
                disk.make_own(witness.path.parent)
                witness.write(mark)
        except (OSError, PipelineError) as error:
            say(_weaker(str(error)))


def _weaker(reason: str) -> str:
    return (
        f"{reason}; so nothing tells when all of the workspace is a copy, or an older one, and sends things again; "
        "set XDG_STATE_HOME to a folder of yours outside the workspace"
    )


@contextmanager
def _outside(session: Session, book: Ledger) -> Iterator[Witness | None]:
    """Give the mark among the user's state, held against other copies of the ledger; None where none can be kept."""
    try:
        (folder,) = _state()
        if folder.resolve().is_relative_to(session.config.root):
            raise OSError(errno.EXDEV, "lies in the workspace")
        disk.make_own(folder)
        lock = os.open(folder / f"{book.marks.id}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except ValueError:
        session.say_once(_weaker("nobody's home is known (HOME)"))
        yield None
    except OSError as error:
        session.say_once(_weaker(f"{folder}: {error.strerror}"))
        yield None
    else:
        try:
            _hold(lock, session.config.root)
            yield Witness(folder / book.marks.id, _machine(book))
        finally:
            os.close(lock)


def _hold(lock: int, root: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LedgerError(f"{root}: another copy of this workspace is in use; wait until it is done") from None
    except OSError:
        disk.tell(root, disk.Weakness.LOCK)


def _doubt(session: Session, book: Ledger, inside: Witness, outside: Witness | None, *, is_new: bool) -> Doubt | None:
    """Return what the marks say against a ledger."""
    mark = book.marks.now()
    if missing := _missing(book, [witness for witness in (inside, outside) if witness]):
        return _lost(mark, missing)
    if split := _split(session, book):
        return split
    if is_new and not mark.number:
        return _NEW
    return None if (outside or inside).is_of_this_machine() else _MOVED


def _missing(book: Ledger, witnesses: list[Witness]) -> Checkpoint | None:
    """Return the newest mark of what is not, or no longer, in the ledger."""
    marks = [found[0] for witness in witnesses if (found := witness.read())]
    return max((mark for mark in marks if not book.marks.holds(mark)), key=lambda mark: mark.number, default=None)


_NEW = Doubt(
    "nothing was ever sent with this ledger",
    "if something was, from another machine or with a ledger that was lost, put that ledger here first",
    "if this is the first time",
)
_MOVED = Doubt(
    "this machine does not know the ledger: the workspace was copied or moved",
    "if partners are still written to from another copy, go on there: each copy would send everything once more",
    "if they are written to from here alone from now on",
)


def _lost(mark: Checkpoint, known: Checkpoint) -> Doubt:
    """Return the doubt of a ledger that lacks something that is known of it, or is another."""
    condition = "if it is lost, and what it said was sent may be sent once more"
    if not set(known.withdrawn) <= set(mark.withdrawn):
        condition += ", even what it said was withdrawn, until you withdraw that again"
    if known.ledger != mark.ledger:
        return Doubt("this is another ledger than the workspace had", "put the right one back", condition)
    last = f"; the last step known here is number {known.number} of {known.time[:10] or 'no day'}"
    if mark.number < known.number:
        fault = f"this ledger is older than what was sent: it ends with number {mark.number}{last}"
    else:
        fault = f"this ledger is not the one that was used last: steps are missing from it{last}"
    return Doubt(fault, f"put the newest one back, with the files beside it ({ledger.FILE_NAME}-wal)", condition)


def _split(session: Session, book: Ledger) -> Doubt | None:
    """Return the doubt of a ledger beside which a copy of it knows of deliveries or withdrawals that it lacks.

    So programs for synchronising leave it when two machines have sent while they were apart.
    """
    found = sorted(filter(_is_copy, session.config.root.glob(_COPIES)))
    if not found:
        return None
    if len(found) > MOST_COPIES:
        session.say_once(
            f"{session.config.root}: {len(found)} files beside the ledger have names of copies of it; the first "
            f"{MOST_COPIES} are looked at, so move away those that are no longer needed"
        )
    known = {entry.delivery for entry in book.steps() if entry.state.may_have_arrived}  # once lost, it is not lacking
    for path in found[:MOST_COPIES]:
        try:
            with closing(ledger.open(path, session.clock)) as copy:
                if doubt := _lacking(book, known, copy, path.name) if copy.marks.id == book.marks.id else None:
                    return doubt
        except LedgerError as error:
            session.say_once(f"{error} (it has the name of a copy of the ledger; if it is none, move it away)")
    return None


def _lacking(book: Ledger, known: Collection[str], copy: Ledger, name: str) -> Doubt | None:
    """Return the doubt of a ledger, of which deliveries are `known`, when a copy has more of them, or withdrawals."""
    arrived = [entry for entry in copy.entries() if entry.state.may_have_arrived]
    if to := list(dict.fromkeys(entry.partner for entry in arrived if entry.delivery not in known)):
        return Doubt(
            f"{name} beside it has deliveries that it lacks, to {some(to)}, as when two machines send while they are "
            "apart",
            "go on with one machine alone, ask what they have, and move that file away",
            "if they may get it once more",
        )
    gone = {one.text for one in book.decisions.withdrawn()}
    ever = {(one.text, one.time) for one in book.decisions.ever_withdrawn()}
    new = (one for one in copy.decisions.withdrawn() if one.text not in gone and (one.text, one.time) not in ever)
    if unknown := list(dict.fromkeys(one.document for one in new)):
        return Doubt(
            f"{name} beside it has withdrawals that it lacks, of {some(unknown)}, as when two machines are used while "
            "they are apart",
            "move that file away, and withdraw these here too before anything is sent (pipeline withdraw)",
            "if they may be sent all the same",
        )
    return None


MOST_COPIES = 20
"""Beside a ledger that are held against it: each is read as a whole, at each planning and sending."""

_COPIES = "*ledger*.sqlite*"
"""What a ledger and its copies are called: «ledger (conflicted copy).sqlite», «ledger.sqlite.conflict1»."""


def _is_copy(path: Path) -> bool:
    """Whether a file is called like a copy of the ledger, and, if it ends otherwise, begins like a database."""
    if path.name == ledger.FILE_NAME:
        return False
    if path.suffix == Path(ledger.FILE_NAME).suffix:
        return True
    with suppress(OSError), disk.opened(path) as file:
        return file.read(len(_HEADER)) == _HEADER
    return False


_HEADER = b"SQLite format 3\0"


def _told(session: Session, doubt: Doubt) -> str:
    return f"{_place(session)}: {doubt.fault}; {doubt.remedy}; {doubt.condition}, add {OPTION}"


def _question(session: Session, doubt: Doubt) -> str:
    condition = f"{doubt.condition[0].upper()}{doubt.condition[1:]}"
    return f"{_place(session)}: {doubt.fault}; {doubt.remedy}. {condition}, go on?"


def _place(session: Session) -> Path:
    return session.config.root / ledger.FILE_NAME


def _state() -> list[Path]:
    """Return where the marks are kept, after the XDG Base Directory Specification; nowhere for who has no home."""
    stated = os.environ.get("XDG_STATE_HOME", "")
    if os.path.isabs(stated):
        return [Path(stated, FOLDER)]
    with suppress(RuntimeError):
        return [Path.home() / ".local" / "state" / FOLDER]
    return []


def _machine(book: Ledger) -> str:
    """Return a digest of the machine that tells nobody else which it is; empty where a machine has no number."""
    try:
        number = MACHINE.read_bytes().strip()
    except OSError:
        return ""
    return hmac.new(book.marks.id.encode(), number, hashlib.sha256).hexdigest()[:32] if number else ""
