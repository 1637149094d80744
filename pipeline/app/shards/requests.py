"""What is asked of a machine that may not have the workspace, and what it answers: JSON that is read within limits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta

from pipeline import termbase
from pipeline.app.shards import plan as plans
from pipeline.app.shards import results
from pipeline.app.shards.plan import MadeWith
from pipeline.app.shards.portions import Portion
from pipeline.app.shards.results import Drafts
from pipeline.errors import PipelineError
from pipeline.languages import FOLDER as LANGUAGES
from pipeline.translate import models
from pipeline.workspace import config as settings_file
from pipeline.workspace import storage
from pipeline.workspace.config import Config

MARK = ".mark"
"""Ends the name of a file by which a machine knows that it sees a workspace."""

MAX_BYTES = results.MAX_DRAFT_BYTES

T = TypeVar("T")

_Name = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
_Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{1,20}\Z")]


@dataclass(frozen=True, slots=True)
class DraftSettings:
    """What of a workspace decides how its sentences are drafted: its settings of these, and the texts of small files.

    `languages` are the workspace's own, by code; `translated` are those that there are translations in.
    """

    settings: str
    languages: dict[_Code, str]
    translated: tuple[_Code, ...]
    terms: str
    lock: str

    def write(self, folder: Path) -> None:
        """Make a workspace without documents, in a new folder."""
        _written(folder / settings_file.FILE_NAME, self.settings)
        for code, text in self.languages.items():
            _written(folder / LANGUAGES / f"{code}.toml", text)
        for code in self.translated:
            (folder / "translations" / code).mkdir(parents=True, exist_ok=True)
        if self.terms:
            _written(folder / "translations" / termbase.FILE_NAME, self.terms)
        if self.lock:
            _written(folder / models.LOCK, self.lock)


def _written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


@dataclass(frozen=True, slots=True)
class ShardLoad:
    """What a machine without the workspace must be told: how to draft, and the sentences of each document."""

    settings: DraftSettings
    single: list[Portion]


@dataclass(frozen=True, slots=True)
class ShardRequest:
    """A shard to be drafted: its number in the plan and its name, and with what.

    `mark` is the name of a file that only a machine sees that has the workspace; another needs the `load`.
    """

    schema_version: int
    mark: _Name
    number: int
    name: _Name
    made_with: MadeWith
    load: ShardLoad | None = None


@dataclass(frozen=True, slots=True)
class ShardAnswer:
    """What has become of a shard: its result is `filed` in the workspace, its sentences are `drafted`, or it `failed`.

    A machine without the workspace `needs` the load; one that could draft no other shard either is `unfit`. `left_out`
    are documents, with the reason.
    """

    outcome: Literal["filed", "drafted", "needs", "failed", "unfit"]
    fault: str = ""
    drafts: Drafts = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def encoded(message: ShardRequest | ShardAnswer) -> bytes:
    return msgspec.json.encode(message)


def is_unfit(content: bytes) -> bool:
    """Whether a machine of ours answers that it can draft nothing."""
    return content.startswith(b'{"outcome":"unfit"')


def request(content: bytes) -> ShardRequest:
    """Return what is asked; raise PipelineError when it is no request of this version."""
    asked = _decoded(content, ShardRequest)
    if asked.schema_version != plans.SCHEMA_VERSION:
        raise PipelineError("asked by another version of pipeline; install the same here")
    return asked


def answer(content: object) -> ShardAnswer:
    """Return what is answered; raise PipelineError when it is no answer, or none that anybody may give."""
    if not isinstance(content, bytes):
        raise PipelineError(f"answered with a {type(content).__name__} instead of text")
    found = _decoded(content, ShardAnswer)
    results.require_sound(found.drafts)
    if not all(map(results.is_said, (*found.left_out, *found.left_out.values()))):
        raise PipelineError("answered with the names of what is no document")
    return found


def _decoded(content: bytes, form: type[T]) -> T:
    if len(content) > MAX_BYTES:
        raise PipelineError(f"answered with more than {MAX_BYTES:,} bytes")
    try:
        return msgspec.json.decode(content, type=form)
    except (ValueError, RecursionError) as error:
        raise PipelineError(f"answered with what cannot be read ({error})") from None


def settings_of(config: Config) -> DraftSettings:
    """Return what of a workspace decides how its sentences are drafted, and nothing else of it."""
    own = {path.stem: path for path in sorted((config.root / LANGUAGES).glob("*.toml"))}
    return DraftSettings(
        _settings(config),
        {code: _text(config, path) for code, path in own.items()},
        config.translated,
        _text(config, config.translations / termbase.FILE_NAME),
        _text(config, config.root / models.LOCK),
    )


def _text(config: Config, path: Path) -> str:
    return storage.decoded(storage.read_bytes(config, path), path.name) if path.is_file() else ""


def _settings(config: Config) -> str:
    table = {
        "source_language": config.source_language,
        "languages": config.languages,
        "sources": {code: {"languages": into} for code, into in config.sources.items()},
        "topics": {name: {"languages": topic.languages} for name, topic in config.topics.items() if topic.languages},
        "engine": config.engine,
        "engines": {config.engine: config.engines.get(config.engine, {})},
        "offline": config.offline,
    }
    return "".join(f"{key} = {_toml(value)}\n" for key, value in table.items())


def _toml(value: object) -> str:
    """Return a value of a setting as TOML, which writes all but tables as JSON does."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
