"""A document that came, and the files, mailboxes and folders it came in."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline import disk
from pipeline.errors import InboxError

MOST_BYTES = 200_000_000
"""Of a file or mailbox."""

MOST_MESSAGES = 10_000

_HEAD = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*+){2,}+")
_NAMED = re.compile(
    rb"^(?:From:[^\n@]*+(?:\n[ \t][^\n@]*+)*+@|(?:Received|Return-Path|Message-ID|MIME-Version):"
    rb"|Date:[ \t]*+(?:[a-z]{3},[ \t]*+)?\d{1,2} [a-z]{3} \d{4} \d{1,2}:\d\d)",
    re.IGNORECASE | re.MULTILINE,
)
"""What stands in the head of an e-mail, and hardly in that of a text: «Date: Monday, 10:30» says when people meet."""
_BEGINNING = re.compile(
    rb"(?:\A|\r?\n\r?\n|\r?\n(?=From \S++ ++[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d))"
    rb"From (?>[^\n]*\d{4})[^\n]*+\n(?=[!-9;-~]+:)"
)
"""Of a message in an mbox: its line has a year, and a field comes behind it, as behind no line of a text.

One that says at which hour it came needs no empty line before it: not every program writes one.
"""
_QUOTED = re.compile(rb"(?m)^>(>*From )")


@dataclass(frozen=True, slots=True)
class Received:
    """A document as it came: a file's name and content. `date` is ISO 8601; what is not known is empty.

    `address` is where it is published, or that of who sent it. `original` is the message that it came in, and
    `writers` are who wrote that, and messages in it, by name and mailbox.
    """

    file: str
    content: bytes
    title: str = ""
    date: str = ""
    address: str = ""
    original: bytes = b""
    writers: tuple[str, ...] = ()


def one_line(text: str) -> str:
    """Return a text as one line of what can be printed; Persian words keep their joiners."""
    kept = (sign if sign.isprintable() or sign in "\u200c\u200d" else " " for sign in text)
    return " ".join("".join(kept).split())


def contents(path: Path) -> Iterator[bytes]:
    """Yield what lies at a path: a file, each message of an mbox, each of a Maildir.

    Raises InboxError when it cannot be read, is no Maildir, or holds too much.
    """
    if path.is_dir():
        yield from _maildir(path)
        return
    content = _read(path)
    if not _BEGINNING.match(content):
        yield content
        return
    for number, message in enumerate(filter(bytes.strip, _BEGINNING.split(content)), 1):
        _require_few(path, number)
        yield _QUOTED.sub(rb"\1", message)


def is_mail(content: bytes, name: str) -> bool:
    """Whether a file is an e-mail: by its ending, or because it begins with the fields of one (RFC 5322).

    From: without an address and a Date: as no program writes it do not make one: leaflets begin so, and talks.
    """
    beginning = content[:20_000]
    if beginning[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):  # as Outlook saves a text
        beginning = beginning.decode("utf-16", "ignore").encode()
    head = _HEAD.match(beginning.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n_"))
    return name.lower().endswith(".eml") or bool(head and _NAMED.search(head[0]))


def _maildir(folder: Path) -> Iterator[bytes]:
    parts = [folder / name for name in ("cur", "new") if (folder / name).is_dir()]
    if not parts:
        raise InboxError(f"{folder}: a folder, and no Maildir; name the files in it")
    paths = (path for part in parts for path in sorted(part.iterdir()) if not path.name.startswith("."))
    for number, path in enumerate(paths, 1):
        _require_few(folder, number)
        yield _read(path)


def _require_few(path: Path, number: int) -> None:
    if number > MOST_MESSAGES:
        raise InboxError(f"{path}: more than {MOST_MESSAGES:,} messages; divide it")


def _read(path: Path) -> bytes:
    try:
        content = disk.read(path, MOST_BYTES + 1)
    except disk.IrregularFileError:
        raise InboxError(f"{path}: a pipe or a device; name a file") from None
    except OSError as error:
        raise InboxError(f"{path}: {error.strerror}; look at its name again") from None
    if len(content) > MOST_BYTES:
        raise InboxError(f"{path}: larger than {MOST_BYTES:,} bytes; divide it")
    return content
