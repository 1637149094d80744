"""pipeline.toml → a frozen Config, validated once."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipeline import languages, plugins
from pipeline.errors import UsageError

FILE_NAME = "pipeline.toml"
LAYOUTS = ("parallel",)

TEMPLATE = """\
# The settings of this workspace.
title = "{title}"
source_language = "fa"
languages = ["en", "fr"]
engine = "argos"          # machine translation; it never runs over a network
layouts = ["parallel"]    # source and translation side by side

[paths]
seeds = "seeds"
translations = "translations"
output = "output"
"""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a workspace. Paths are absolute and inside `root`.

    `engines` are the settings of engines by their name; each engine knows its own.
    """

    root: Path
    title: str
    source_language: str
    languages: tuple[str, ...]
    engine: str
    layouts: tuple[str, ...]
    seeds: Path
    translations: Path
    output: Path
    engines: dict[str, dict]
    offline: bool


def read(root: Path) -> Config:
    """Return the settings of the workspace at `root`; raise UsageError with the place of a fault."""
    root = root.resolve()
    file = root / FILE_NAME
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{root}: no {FILE_NAME} here; go to a workspace, or make one: pipeline init DIR") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{FILE_NAME}: {error}") from None
    known = {"title", "source_language", "languages", "engine", "engines", "offline", "layouts", "paths"}
    if unknown := sorted(set(table) - known):
        raise UsageError(f"{FILE_NAME}: unknown key {unknown[0]!r}; known are: {', '.join(sorted(known))}")
    return _validated(root, table)


def _validated(root: Path, table: dict) -> Config:
    source = _text(table, "source_language", "fa")
    targets = _texts(table, "languages", ["en", "fr"])
    for code in (source, *targets):
        languages.load(code)
    if source in targets:
        raise UsageError(f"{FILE_NAME}: languages: {source!r} is the source language; leave it out")
    engine = _text(table, "engine", "argos")
    if engine not in plugins.names("mt"):
        raise UsageError(f"{FILE_NAME}: engine = {engine!r} is none of: {', '.join(plugins.names('mt'))}")
    layouts = _texts(table, "layouts", ["parallel"])
    if wrong := [layout for layout in layouts if layout not in LAYOUTS]:
        raise UsageError(f"{FILE_NAME}: layouts: {wrong[0]!r} is none of: {', '.join(LAYOUTS)}")
    engines, offline = table.get("engines", {}), table.get("offline", False)
    if not isinstance(engines, dict) or not all(isinstance(one, dict) for one in engines.values()):
        raise UsageError(f"{FILE_NAME}: engines: write a table for each, such as [engines.openai]")
    if not isinstance(offline, bool):
        raise UsageError(f"{FILE_NAME}: offline = {offline!r}: write true or false")
    paths = table.get("paths", {})
    if not isinstance(paths, dict) or set(paths) - {"seeds", "translations", "output"}:
        raise UsageError(f"{FILE_NAME}: [paths] has seeds, translations and output, each a folder")
    folders = {name: _inside(root, _text(paths, name, name), name) for name in ("seeds", "translations", "output")}
    return Config(
        root,
        _text(table, "title", root.name),
        source,
        targets,
        engine,
        layouts,
        **folders,
        engines=engines,
        offline=offline,
    )


def _text(table: dict, key: str, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f'{FILE_NAME}: {key} = {value!r}: write text in quotes: {key} = "{default}"')
    return value


def _texts(table: dict, key: str, default: list[str]) -> tuple[str, ...]:
    value = table.get(key, default)
    listed = isinstance(value, list) and value and all(isinstance(item, str) for item in value)
    if not listed or len(set(value)) != len(value):
        raise UsageError(f"{FILE_NAME}: {key} = {value!r}: write a list of different names: {key} = {default}")
    return tuple(value)


def _inside(root: Path, name: str, key: str) -> Path:
    path = (root / name).resolve()
    if not path.is_relative_to(root) or path == root:
        raise UsageError(f"{FILE_NAME}: paths.{key} = {name!r} is not a folder inside the workspace")
    return path
