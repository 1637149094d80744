"""What is to be drafted, in shards; each is named by a digest of its documents and of all that drafts depend on."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

import pipeline
from pipeline import disk
from pipeline.app import checking, inputs, translating
from pipeline.errors import EngineError, EnvironmentMissing, PipelineError, UsageError
from pipeline.translate import models
from pipeline.workspace import places, privacy, storage
from pipeline.workspace.config import Config

SCHEMA_VERSION = 1

FOLDER = "shards"
"""In the private folder: the plan, what is in each shard, and its result."""

PLACE = f"{places.PRIVATE}/{FOLDER}"

MAX_PLAN_BYTES = 100_000_000

_PLAN = "plan.json"
_LENGTH = 32
"""Hexadecimal digits of a digest: 128 bits."""

_RUNTIME = ("ctranslate2", "sentencepiece")

T = TypeVar("T")

_Name = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
"""Of a result: one that leads elsewhere would have another folder read, and cleared."""

Contents = tuple[tuple[str, str], ...]
"""The documents of a shard: the id of each, and the digest of its files."""


class UnlikePlanError(PipelineError):
    """Drafts made here would be others than those of the plan."""


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What drafts depend on besides their documents, as digests.

    `code` is this program with what runs its models, `settings` are languages, terms and engine, `models` is
    models.lock; `engines` has the fingerprints of the models of each pair, as far as they are here.
    """

    code: str
    settings: str
    models: str
    engines: dict[str, tuple[str, ...]]

    def difference(self, other: "MadeWith") -> str:
        """Say in what another differs that drafts were made with; empty when they are the same."""
        if self.code != other.code:
            return "another version of the program"
        if self.models != other.models:
            return f"another {models.LOCK}"
        if self.settings != other.settings:
            return "other settings, languages or terms"
        for pair in sorted(self.engines.keys() & other.engines.keys()):
            if self.engines[pair] != other.engines[pair]:
                return f"other models for {pair}"
        return ""


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the plan. Its `number` counts from 1; its `name` is that of its result."""

    number: int
    name: str
    documents: Contents


@dataclass(frozen=True, slots=True)
class ShardPlan:
    """The shards by name, and what their drafts are to be made with."""

    schema_version: int
    made_with: MadeWith
    names: tuple[_Name, ...]

    def name(self, number: int) -> str:
        """Return the name of a shard; raise UsageError when there is none of this number."""
        if not 1 <= number <= len(self.names):
            raise UsageError(f"shard {number}: there are {len(self.names)}, counted from 1; see: pipeline shards list")
        return self.names[number - 1]


def folder(config: Config) -> Path:
    return config.root / PLACE


def require_same(number: int, planned: MadeWith, using: MadeWith) -> None:
    """Raise UnlikePlanError when drafts made here would be others than those of the plan."""
    if difference := planned.difference(using):
        fault = f"not drafted here: this machine has {difference} than the plan"
        raise UnlikePlanError(f"shard {number}: {fault}; {_REMEDY}")


_REMEDY = "make them the same, or plan again: pipeline shards plan"


def made_with(config: Config) -> MadeWith:
    """Return what drafts made here would depend on; raise EngineError when models.lock is damaged."""
    models.read_lock(config.root)
    return MadeWith(_code(), _settings(config), _lock(config), dict(_engines(config)))


@cache
def _code() -> str:
    root = Path(pipeline.__file__).parent
    files = [path for path in sorted(root.rglob("*")) if path.suffix in (".py", ".toml") and path.is_file()]
    named = [(path.relative_to(root).as_posix(), storage.sha256(path.read_bytes())) for path in files]
    return digest([named, [version(name) for name in _RUNTIME]])


def _settings(config: Config) -> str:
    languages = [(code, config.language(code).sha256) for code in config.known_languages]
    topics = sorted((name, topic.languages) for name, topic in config.topics.items())
    terms = [
        repr(term) for source in sorted({one for one, _ in config.pairs}) for term in checking.terms(config, source)
    ]
    engine = config.engine, repr(sorted(config.engines.get(config.engine, {}).items()))
    return digest([config.source_language, languages, config.pairs, topics, terms, engine])


def _lock(config: Config) -> str:
    path = config.root / models.LOCK
    return digest(path.read_bytes().decode("utf-8", "replace")) if path.is_file() else ""


def _engines(config: Config) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pair in config.pairs:
        try:
            way = translating.route(config, pair)
        except (EngineError, EnvironmentMissing):
            continue  # whoever drafts there will say so
        yield "-".join(pair), tuple(digest(engine.fingerprint) for engine in way.engines)


def document_digest(config: Config, path: Path) -> str:
    """Return the digest of what a document is read from; raise DocumentError when it cannot be read."""
    files = [storage.file_sha256(config, file) if file.is_file() else "" for file in inputs.sources(path)]
    return digest([path.relative_to(config.seeds).as_posix(), files])


def digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:_LENGTH]


def name(documents: Contents, using: MadeWith) -> str:
    """Return what the result of a shard is called."""
    return digest([documents, using.code, using.settings, using.models])


def divided(documents: Sequence[tuple[str, str]], most: int) -> list[Contents]:
    """Return documents in parts of so many at most."""
    return [tuple(documents[start : start + most]) for start in range(0, len(documents), most)]


def read(config: Config) -> ShardPlan:
    """Return the plan; raise UsageError when there is none, DocumentError when its folder leads out of the workspace.

    A worker holds no lock, with which that would have been looked at, and writes there too.
    """
    privacy.require_inside(config, folder(config))
    path = folder(config) / _PLAN
    if not path.exists():
        raise UsageError(f"{config.root}: no shards are planned; type: pipeline shards plan")
    plan = decoded(path, ShardPlan, MAX_PLAN_BYTES)
    if plan.schema_version != SCHEMA_VERSION:
        raise PipelineError(f"{path}: of another version of pipeline; plan again: pipeline shards plan")
    return plan


def shard(config: Config, plan: ShardPlan, number: int) -> Shard:
    """Return a shard of the plan; raise UsageError when there is none, PipelineError when its file is damaged."""
    wanted = plan.name(number)
    path = folder(config) / f"{wanted}.json"
    documents = decoded(path, Contents, MAX_PLAN_BYTES)
    if name(documents, plan.made_with) != wanted:
        raise PipelineError(f"{path}: damaged; plan again: pipeline shards plan")
    return Shard(number, wanted, documents)


def write(config: Config, plan: ShardPlan, contents: dict[str, Contents]) -> None:
    """Write a plan, after what is in those of its shards that are new."""
    place = privacy.made_private(privacy.private_folder(config) / FOLDER)
    for one, documents in contents.items():
        storage.write(place / f"{one}.json", msgspec.json.encode(documents))
    storage.write(place / _PLAN, msgspec.json.encode(plan))


def decoded(path: Path, form: type[T], most: int) -> T:
    """Return what a file of the plan or of a result says; raise PipelineError when it is not of that form."""
    try:
        content = disk.read(path, most + 1)
        if len(content) > most:
            raise ValueError(f"larger than {most:,} bytes")
        return msgspec.json.decode(content, type=form)
    except OSError as error:
        raise PipelineError(f"{path}: {error.strerror}; plan again: pipeline shards plan") from None
    except (ValueError, RecursionError) as error:
        raise PipelineError(f"{path}: damaged ({error}); plan again: pipeline shards plan") from None
