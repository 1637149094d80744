"""Where a target comes from, and the proof that nobody has touched it since.

The text of a unit's `#. origin:` comment. What a program put there ends in a digest of the
target: while it fits, the target is still byte for byte what the program wrote.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document.contacts import is_contact_value
from pipeline.model import State, Unit
from pipeline.text.orthography import western_digits

COPIED = "copied"

_FORM = re.compile(r"(?P<state>machine|changed|memory|doubt)\b(?P<detail>.*?)(?: \[(?P<digest>[0-9a-f]{16})\])?")

_LENT = re.compile(r" \d{1,2}%: (?P<where>.+)")
"""Of less than 100 per cent: what another sentence says."""


@dataclass(frozen=True, slots=True)
class Origin:
    """An origin, read: the `state` it was written for, what is said of it, and the digest of the target, if any.

    As text it is «machine: argos fa→en 1.5», without the digest.
    """

    state: State
    detail: str
    digest: str

    def __str__(self) -> str:
        return f"{self.state}{self.detail}"


def read(text: str) -> Origin | None:
    """Return what the text of an origin says; None when it tells of no text that waits for review."""
    form = _FORM.fullmatch(text)
    return Origin(State(form["state"]), form["detail"], form["digest"] or "") if form else None


def digest(target: str) -> str:
    """Return 16 hexadecimal digits that stand for a text."""
    return hashlib.sha256(target.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_copied(text: str, source: str, target: str) -> bool:
    """Whether an origin says that a target was copied, and it still is what a program copies: nobody need read that."""
    return text == COPIED and is_contact_value(source) and western_digits(target) == western_digits(source)


def machine(engine: str, target: str, left_out: Sequence[str] = ()) -> str:
    """The origin of a machine's draft, with the signs it has not: «machine: argos fa→en 1.5; without {1} [digest]»."""
    without = f"{_WITHOUT}{' '.join(left_out)}" if left_out else ""
    return f"machine: {_unplaced(engine)}{without} [{digest(target)}]"


_WITHOUT = "; without "


def failed(problem: str) -> str:
    """The origin of a unit that stayed empty because a machine's draft was unfit to be read."""
    return f"draft rejected: {problem}"


def changed(how: str, target: str) -> str:
    """The origin of an earlier wording's translation: «changed: 91% similar [digest]»."""
    return f"changed: {how} [{digest(target)}]"


def memory(where: str, target: str, score: float = 100) -> str:
    """The origin of what the memory knew: «memory 87%: 2016-10-statement [digest]»."""
    return f"memory {score:.0f}%: {where} [{digest(target)}]"


def lender(text: str) -> str:
    """Return the document, or the memory of others, that a sentence alike comes from; empty for the same sentence."""
    said = read(text)
    form = _LENT.fullmatch(said.detail) if said and said.state is State.MEMORY else None
    return form["where"] if form else ""


def moved(unit: Unit, target: str) -> str:
    """Return the origin of a unit for a target that a program has made of its own, which nobody has touched since."""
    return unit.origin.replace(digest(unit.target), digest(target)) if is_untouched(unit) else unit.origin


def doubt(why: str) -> str:
    """The origin of a person's text that waits for review: «doubt: returned by a volunteer»."""
    return f"doubt: {why}"


def told(unit: Unit) -> str:
    """Return the origin as it must read now that a person has edited a text, marked it, or reviewed it."""
    before = read(unit.origin)
    is_doubt = before is not None and before.state is State.DOUBT
    if unit.state.is_done and is_doubt:
        return ""
    if unit.state is State.DOUBT and not is_doubt:
        return doubt(f"edited; was {before}" if before else "marked by a person")
    return unit.origin


def engine(text: str) -> str:
    """Return the name of the engine in the origin of a machine's draft; empty in any other origin."""
    return _unplaced(_engine(text))


def unplaced(text: str) -> str:
    """Return an origin that names no folder, which earlier versions wrote and a person may have written."""
    said = _engine(text)
    return text.replace(said, _unplaced(said), 1) if said else text


def _engine(text: str) -> str:
    origin = read(text)
    detail = origin.detail.removeprefix(": ") if origin and origin.state is State.MACHINE else ""
    return detail.partition(_WITHOUT)[0]


def _unplaced(engine: str) -> str:
    """Return an engine's name without the folders that servers call their models by: they tell whose machine it is."""
    name, blank, model = engine.partition(" ")
    folders = max(model.rfind("/"), model.rfind("\\")) + 1
    return f"{name}{blank}{model[folders:].lstrip()}"


def state(text: str, target: str) -> State:
    """Return the state of a fuzzy unit: what the program left, or a person's text in doubt."""
    origin = read(text)
    if origin is None or (origin.digest and origin.digest != digest(target)):
        return State.DOUBT
    return origin.state


def is_untouched(unit: Unit) -> bool:
    """Whether a fuzzy target is proved to be what a program wrote, so that a program may replace it."""
    origin = read(unit.origin)
    return origin is not None and unit.state.is_fuzzy and origin.digest == digest(unit.target)
