"""What a recipient has seen of a sender → whether a bundle is older than that, or has in it what was withdrawn.

A signature says who made a bundle, not that it is the last one: whoever kept an old one can send it again. So the
latest number of every text is remembered, and every notice; documents by their digests, because
whoever finds the memory need not know what was read.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from pipeline.distribution.letter import WITHDRAWAL
from pipeline.distribution.release import Number

_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]
_Serial = Annotated[int, Meta(ge=1, le=2**53)]
_Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest text of a document in one language, or the notice that it was withdrawn."""

    day: _Day
    serial: _Serial
    text_sha256: _Sha256

    @property
    def number(self) -> Number:
        return Number(self.day, self.serial)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one sender: the number of the latest bundle, the latest texts, and the days of withdrawals.

    `originals` are the notices by which originals were withdrawn, by the digests of their files: these go with every
    translation.

    `texts` are by a digest of document and language, `withdrawn` by the text's own, and so is `replaced`: the latest
    text that came in its place, whatever its document is called by now.
    """

    day: str = ""
    serial: int = 0
    texts: dict[str, Latest] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, Latest] = field(default_factory=dict)
    originals: dict[str, Latest] = field(default_factory=dict)

    @property
    def number(self) -> Number:
        return Number(self.day, self.serial)

    def replacement(self, text: Latest, today: str) -> Latest | None:
        """Return what came in the place of a text; None when that is not known, or the text has returned since."""
        later = self.replaced.get(text.text_sha256)
        if later is None or not is_before(text.number, later.number, today):
            return None
        same = (one for one in self.texts.values() if one.text_sha256 == text.text_sha256)
        return later if all(is_before(one.number, later.number, today) for one in same) else None


@dataclass(frozen=True, slots=True)
class _Stated:
    document: str
    language: str
    text_sha256: _Sha256
    day: _Day
    serial: _Serial
    replaces: _Sha256 | None = None
    earlier: tuple[_Sha256, ...] = ()
    source_language: str | None = None
    source_sha256: str | None = None

    @property
    def place(self) -> str:
        return hashlib.sha256(f"{self.document}\0{self.language}".encode("utf-8", "replace")).hexdigest()

    @property
    def original(self) -> str:
        """The digest of the original, if this is a text in its language; else empty."""
        return (self.source_sha256 or "") if self.language == self.source_language else ""

    @property
    def latest(self) -> Latest:
        return Latest(self.day, self.serial, self.text_sha256)

    def __str__(self) -> str:
        return f"{self.document} ({self.language})"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a manifest says of itself and its texts."""

    kind: str
    day: _Day
    serial: _Serial
    documents: tuple[_Stated, ...]

    @property
    def number(self) -> Number:
        return Number(self.day, self.serial)


def is_before(one: Number, other: Number, today: str) -> bool:
    """Whether a number is before another. Where one of the days is to come, a clock was wrong, and serials count alone.

    Otherwise days do, so that a ledger that is lost does no harm.
    """
    return one.serial < other.serial if max(one.day, other.day) > today else one < other


def statement(manifest: Mapping[str, Any]) -> Statement | None:
    """Return what a manifest says of its age; None when it does not say it."""
    try:
        return msgspec.convert(dict(manifest), Statement)
    except msgspec.ValidationError:
        return None


def outdated(seen: Seen, said: Statement, today: str) -> Iterator[str]:
    """Yield which texts of a bundle are not to be used any more; `today` is the last day that is not to come."""
    for text in said.documents if said.kind != WITHDRAWAL else ():
        latest = seen.texts.get(text.place)
        if day := seen.withdrawn.get(text.text_sha256):
            yield f"{text}: this text was withdrawn on {day}"
        elif latest and latest.text_sha256 != text.text_sha256 and is_before(text.latest.number, latest.number, today):
            yield f"{text}: this text is of {text.day}, and {_since(seen, latest, 'older than')}"
        elif later := seen.replacement(text.latest, today):
            yield f"{text}: this text is of {text.day}, and {_since(seen, later, 'was replaced by')}"
        elif (notice := seen.originals.get(text.source_sha256 or "")) and is_before(
            text.latest.number, notice.number, today
        ):
            yield f"{text}: its original, which goes with it, was withdrawn on {notice.day}"


def elsewhere(others: Mapping[str, Seen], said: Statement, today: str) -> Iterator[str]:
    """Yield what was withdrawn or replaced with another key: a sender may have a new one, and old bundles the old."""
    for text in said.documents if said.kind != WITHDRAWAL else ():
        for fingerprint, seen in others.items():
            if day := seen.withdrawn.get(text.text_sha256):
                yield f"{text}: a notice of {day}, signed with {fingerprint}, withdrew this text"
            elif later := seen.replacement(text.latest, today):
                yield f"{text}: a text of {later.day}, signed with {fingerprint}, replaced this one"


def superseded(seen: Seen, said: Statement, today: str) -> Iterator[str]:
    """Yield in whose place another text stands that a notice does not withdraw: who kept one can send it again."""
    for text in said.documents if said.kind == WITHDRAWAL else ():
        latest = seen.texts.get(text.place)
        if latest is None or latest.text_sha256 in (text.text_sha256, *seen.withdrawn):
            continue
        if is_before(text.latest.number, latest.number, today):
            yield (
                f"{text}: this notice is of {text.day}; the text of {latest.day}, which you have received, came after "
                f"it, and it does not withdraw that"
            )


def _since(seen: Seen, later: Latest, how: str) -> str:
    """Return what became of a text since."""
    if day := seen.withdrawn.get(later.text_sha256):
        return f"one that came in its place was withdrawn on {day}"
    return f"{how} that of {later.day} which you have received"


def older(seen: Seen, said: Statement, today: str) -> str:
    """Return how a bundle is older than another one of its sender; empty when it is not."""
    if not is_before(said.number, seen.number, today):
        return ""
    return (
        f"this bundle (serial {said.serial}, {said.day}) is older than another of this sender that you have "
        f"received (serial {seen.serial}, {seen.day})"
    )


def noted(seen: Seen, said: Statement, today: str) -> Seen:
    """Return what is known with this bundle, which is as the sender made it."""
    number = said.number if is_before(seen.number, said.number, today) else seen.number
    seen = replace(seen, day=number.day, serial=number.serial)
    texts, replaced = dict(seen.texts), dict(seen.replaced)
    for text in said.documents:
        _put(texts, text.place, text.latest, today)  # of a notice, too, for it names the last text alone
        for name in filter(None, (text.replaces, *text.earlier)):
            _put(replaced, name, text.latest, today)
    notices = said.documents if said.kind == WITHDRAWAL else ()
    days, originals = {text.text_sha256: text.day for text in notices}, dict(seen.originals)
    for text in notices:
        if text.original:
            _put(originals, text.original, text.latest, today)
    return replace(seen, texts=texts, replaced=replaced, withdrawn={**days, **seen.withdrawn}, originals=originals)


def _put(texts: dict[str, Latest], key: str, text: Latest, today: str) -> None:
    """Keep the later of two texts."""
    if key not in texts or is_before(texts[key].number, text.number, today):
        texts[key] = text


def parse(content: bytes) -> dict[str, Seen]:
    """Return what was seen, by the fingerprints of senders; raise ValueError when it is damaged."""
    return msgspec.json.decode(content, type=dict[str, Seen]) if content else {}


def written(seen: Mapping[str, Seen]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(seen, order="deterministic"), indent=1) + b"\n"
