"""The drafts of a shard: a folder that is there as a whole or not at all, and that merging reads without trust."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline import disk
from pipeline.app.shards import plan as plans
from pipeline.app.shards.plan import MadeWith, Shard, ShardPlan
from pipeline.errors import PipelineError
from pipeline.model import Draft
from pipeline.tables import is_line
from pipeline.workspace import storage
from pipeline.workspace.config import Config

RECORD, DRAFTS, MERGED = "result.json", "drafts.json", "merged"

MAX_DRAFT_BYTES = 500_000_000
MAX_RECORD_BYTES = 10_000_000
MOST_TIMES_LONGER, MOST_LONGER = 10, 2000
"""A draft that has more characters than so many times those of its source, and so many more, is none of ours."""
MOST_SAID = 1000
"""Characters of what names an engine or says what is wrong with a draft."""

T = TypeVar("T")

Row = tuple[str, str, str, str, tuple[str, ...]]
"""A source and its Draft: text, engine, problem, signs left out."""

Drafts = dict[str, list[Row]]
"""By pair of languages: «fa-en»."""


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What is said of drafts beside them: with what they were made, their size and digest.

    `changed` are documents that were no longer as planned, `left_out` those that could not be drafted, with the
    reason; `sentences` is how many were drafted.
    """

    schema_version: int
    shard: str
    made_with: MadeWith
    size: int
    sha256: str
    changed: tuple[str, ...]
    left_out: dict[str, str]
    sentences: int


def place(config: Config, name: str) -> Path:
    return plans.folder(config) / name


def is_there(config: Config, name: str) -> bool:
    return os.path.lexists(place(config, name))


def is_merged(config: Config, name: str) -> bool:
    return (place(config, name) / MERGED).is_file()


def mark_merged(config: Config, name: str, day: str) -> None:
    storage.write(place(config, name) / MERGED, f"{day}\n".encode())


def write(
    config: Config, shard: Shard, using: MadeWith, drafts: Drafts, changed: Sequence[str], left_out: Mapping[str, str]
) -> bool:
    """Write the result of a shard; return whether it is this one: False when another worker was first."""
    content = msgspec.json.encode(drafts)
    count = sum(map(len, drafts.values()))
    digest = storage.sha256(content)
    result = ShardResult(
        plans.SCHEMA_VERSION, shard.name, using, len(content), digest, tuple(changed), dict(left_out), count
    )
    files = {DRAFTS: content, RECORD: msgspec.json.encode(result)}
    return storage.write_folder(place(config, shard.name), files)


def remove(config: Config, name: str) -> None:
    """Take away what stands in the place of a result that nobody can use."""
    storage.remove_folder(place(config, name))


def read(config: Config, plan: ShardPlan, name: str) -> ShardResult | None:
    """Return what there is of a shard, without its drafts; None when there is nothing.

    Raises PipelineError with the reason for what merging refuses.
    """
    folder = place(config, name)
    if not is_there(config, name):
        return None
    if folder.is_symlink() or not folder.is_dir():  # what is behind a link is nobody's here
        raise PipelineError(f"{folder}: not a folder; {_again(plan, name)}")
    content = _content(folder / RECORD, plan, name, MAX_RECORD_BYTES)
    result = _parsed(content, ShardResult, folder / RECORD, plan, name)
    if result.schema_version != plans.SCHEMA_VERSION:
        raise PipelineError(f"{folder}: made with another version of the program; {_again(plan, name)}")
    if result.shard != name:
        raise PipelineError(f"{folder}: the result of another shard; {_again(plan, name)}")
    if difference := plan.made_with.difference(result.made_with):
        raise PipelineError(f"{folder}: made with {difference}; {_again(plan, name)}")
    if not all(map(is_said, (*result.changed, *result.left_out, *result.left_out.values()))):
        raise PipelineError(f"{folder}: it names what is no document; {_again(plan, name)}")
    return result


def drafts(config: Config, plan: ShardPlan, result: ShardResult) -> dict[str, dict[str, Draft]]:
    """Return the drafts of a result, by pair and source; raise PipelineError when they are not those it had."""
    folder = place(config, result.shard)
    content = _content(folder / DRAFTS, plan, result.shard, MAX_DRAFT_BYTES)
    if len(content) != result.size or storage.sha256(content) != result.sha256:
        raise PipelineError(f"{folder / DRAFTS}: not as it was written; {_again(plan, result.shard)}")
    rows = _parsed(content, Drafts, folder / DRAFTS, plan, result.shard)
    try:
        require_sound(rows)
    except PipelineError as error:
        raise PipelineError(f"{folder / DRAFTS}: {error}; {_again(plan, result.shard)}") from None
    return {pair: drafts_of(its) for pair, its in rows.items()}


def drafts_of(rows: Sequence[Row]) -> dict[str, Draft]:
    return {source: Draft(text, engine, problem, left) for source, text, engine, problem, left in rows}


def rows_of(made: Mapping[str, Draft]) -> list[Row]:
    return [(source, one.text, one.engine, one.problem, one.left_out) for source, one in made.items()]


def require_sound(made: Drafts) -> None:
    """Raise PipelineError, with what is wrong, for drafts that no program of ours makes."""
    for row in (row for its in made.values() for row in its):
        if fault := _fault(row):
            raise PipelineError(fault)


def _fault(row: Row) -> str:
    """Return what is wrong with a row that whoever made it may have written as they liked; empty when nothing is."""
    source, text, engine, problem, left_out = row
    if len(text) > MOST_TIMES_LONGER * len(source) + MOST_LONGER:
        return f"a draft of {len(text):,} characters for a sentence of {len(source):,}"
    if not all(map(is_said, (engine, problem, *left_out))):
        return "what it says of a draft is no line of text"
    if not is_line(text.replace("\u2028", "")):
        return "a draft with characters that no text has"
    return ""


def is_said(text: str) -> bool:
    return len(text) <= MOST_SAID and is_line(text)


def _parsed(content: bytes, form: type[T], path: Path, plan: ShardPlan, name: str) -> T:
    try:
        return msgspec.json.decode(content, type=form)
    except (ValueError, RecursionError) as error:
        raise PipelineError(f"{path}: not a result ({error}); {_again(plan, name)}") from None


def _content(path: Path, plan: ShardPlan, name: str, most: int) -> bytes:
    try:
        with disk.opened(path, os.O_NOFOLLOW) as file:
            content = file.read(most + 1)
    except OSError as error:
        raise PipelineError(f"{path}: {error.strerror}; {_again(plan, name)}") from None
    if len(content) > most:
        raise PipelineError(f"{path}: larger than {most:,} bytes; {_again(plan, name)}")
    return content


def _again(plan: ShardPlan, name: str) -> str:
    return f"make it again: pipeline shards run {plan.names.index(name) + 1}"
