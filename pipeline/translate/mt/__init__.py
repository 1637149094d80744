"""Machine translation engines: one file an engine, here or in another package (pipeline/plugins.py).

What stands above (pipeline/translate/drafting.py) protects, verifies, and does nothing twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from pipeline.plugins import Plugins
from pipeline.translate.models import Locked

TRUNCATED, REPEATED, REFUSED = "truncated", "repeated", "refused"


@dataclass(frozen=True, slots=True)
class Translation:
    """What an engine made of a sentence.

    `score` is the mean log-probability of its tokens; `flags` say what went wrong. TRUNCATED: it
    reached the greatest length allowed. REPEATED: it repeats itself over and over. REFUSED: the engine will not have
    this sentence, and did not translate it.
    """

    text: str
    score: float = 0.0
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What the editor chose: `fast` for speed instead of quality; `options`, the engine's table in pipeline.toml.

    `locked` are the models the workspace is locked to; `root` is where relative paths begin.
    `offline`: nothing may leave this machine, whatever an engine's table allows. `threads` is how many processors a
    model may use, 0 all that this process has.
    """

    fast: bool = False
    options: Mapping[str, object] = field(default_factory=dict)
    locked: Mapping[str, Locked] = field(default_factory=dict)
    root: Path = Path(".")
    offline: bool = False
    threads: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a sentence in its document, and what its marks stand for in the target.

    `introduction` is the unfinished sentence before a list that an item of it goes on from.
    """

    before: str = ""
    after: str = ""
    introduction: str = ""
    marks: tuple[str, ...] = ()


class Engine(Protocol):
    """A model that translates from one language into another.

    `name` and `model` are printed in PO files and colophons. `fingerprint` stands for all that its output depends
    on beside the sentence. An engine may also have a text `parameters`, printed behind the model, and a text
    `remark`, said to the editor.
    """

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """Return one translation per sentence, in order. Sentences have no newlines."""


@runtime_checkable
class ContextualEngine(Protocol):
    """An engine that can use more than the sentence: it finds the Surroundings of each in `contexts`."""

    contexts: dict[str, Surroundings]


class EnginePlugin(Protocol):
    """A file in this folder, named by `engine` in pipeline.toml.

    `OPTIONS` declares its table [engines.<name>] there, as a type that pipeline/tables.py reads. One that hands
    sentences to a server also has `ASKS_A_SERVER`, which is True: a worker asks none but those of its own settings.
    """

    OPTIONS: object

    def plan(self, source_lang: str, target_lang: str, settings: EngineSettings) -> list[tuple[str, str]]:
        """Return the pairs of languages to go through, one or two; raise EngineError when no way leads there."""

    def open(self, source_lang: str, target_lang: str, settings: EngineSettings) -> Engine:
        """Return the engine of one pair that `plan` named; nothing heavy is loaded before the first sentence comes."""


ENGINES: Plugins[EnginePlugin] = Plugins("translate.mt")
