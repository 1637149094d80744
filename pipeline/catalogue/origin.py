"""Where a target comes from, and the proof that nobody has touched it since.

The text of a unit's `#. origin:` comment. What a program put there ends in a digest of the
target: while it fits, the target is still byte for byte what the program wrote.
"""

import hashlib
import re

from pipeline.model import State, Unit

COPIED = "copied"

_DOUBT = "doubt: "
_FORM = re.compile(r"(?P<what>machine|changed|memory)\b(?P<detail>.*?)(?: \[(?P<digest>[0-9a-f]{16})\])?")


def digest(target: str) -> str:
    """Return 16 hexadecimal digits that stand for a text."""
    return hashlib.sha256(target.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def machine(engine: str, target: str) -> str:
    """The origin of a machine's draft: «machine: argos fa→en 1.5 [digest]»."""
    return f"machine: {engine} [{digest(target)}]"


def failed(problem: str) -> str:
    """The origin of a unit that stayed empty because a machine's draft was unfit to be read."""
    return f"no draft: {problem}"


def changed(how: str, target: str) -> str:
    """The origin of an earlier wording's translation: «changed: 91 % alike [digest]»."""
    return f"changed: {how} [{digest(target)}]"


def memory(where: str, target: str, score: float = 100) -> str:
    """The origin of what the memory knew: «memory 87 %: 2016-10-statement [digest]»."""
    return f"memory {score:.0f} %: {where} [{digest(target)}]"


def doubt(why: str) -> str:
    """The origin of a person's text that waits for review: «doubt: came back from outside»."""
    return f"{_DOUBT}{why}"


def told(unit: Unit) -> str:
    """Return the origin as it must read now that a person has edited a text, marked it, or reviewed it."""
    if unit.state is State.REVIEWED and unit.origin.startswith(_DOUBT):
        return ""
    if unit.state is State.DOUBT and not unit.origin.startswith(_DOUBT):
        found = _FORM.fullmatch(unit.origin)
        return doubt(f"edited since {found['what']}{found['detail']}" if found else "marked by a person")
    return unit.origin


def engine(origin: str) -> str:
    """Return the name of the engine in the origin of a machine's draft."""
    found = _FORM.fullmatch(origin)
    return found["detail"].removeprefix(": ") if found else origin


def state(origin: str, target: str) -> State:
    """Return the state of a fuzzy unit: what the program left, or a person's text in doubt."""
    found = _FORM.fullmatch(origin)
    touched = not found or (found["digest"] and found["digest"] != digest(target))
    return State.DOUBT if touched else State(found["what"])


def is_untouched(unit: Unit) -> bool:
    """Whether a fuzzy target is proved to be what a program wrote, so that a program may replace it."""
    found = _FORM.fullmatch(unit.origin)
    return bool(found and unit.state.is_fuzzy and found["digest"] == digest(unit.target))
