"""Machine translation engines: each file here, and each entry point `pipeline.mt`, offers

- plan(source_lang, target_lang, settings) -> the pairs of languages to go through, one or two,
  raising EngineError when it serves them not even so;
- open(source_lang, target_lang, settings) -> Engine for one such pair; nothing heavy is loaded
  before the first sentence comes.

What stands above (`pipeline.drafting`) protects, verifies, and does nothing twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from pipeline.translate.models import PIVOT, Locked

__all__ = ["PIVOT", "REPEATED", "TRUNCATED", "Context", "Engine", "Locked", "Result", "Settings"]

TRUNCATED, REPEATED = "truncated", "repeated"


@dataclass(frozen=True, slots=True)
class Result:
    """A translation. `score` is the mean log-probability of its tokens; `flags` say what went wrong.

    TRUNCATED: it reached the greatest length allowed. REPEATED: it runs in a loop.
    """

    text: str
    score: float = 0.0
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the editor chose: `fast` for speed instead of quality; the engine's table in pipeline.toml.

    `locked` are the models the workspace is locked to; `root` is where relative paths begin.
    `offline`: nothing may leave this machine, whatever an engine's table allows.
    """

    fast: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    locked: Mapping[str, Locked] = field(default_factory=dict)
    root: Path = Path(".")
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a sentence in its document, and what its marks stand for in the target.

    `introduction` is the unfinished sentence before a list that an item of it goes on from.
    """

    before: str = ""
    after: str = ""
    introduction: str = ""
    marks: tuple[str, ...] = ()


class Engine(Protocol):
    """`name` and `model` are printed in PO files and colophons.

    `fingerprint` stands for all that its output depends on beside the sentence. One that can use
    more than the sentence has a dict `contexts`, in which it finds the Context of each. One that
    has something to say to the editor has a text `remark`.
    """

    name: str
    model: str
    fingerprint: str

    def translate(self, sentences: Sequence[str]) -> list[Result]:
        """Return one result per sentence, in order. Sentences have no newlines."""
        ...
