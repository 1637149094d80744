"""pipeline.toml → a frozen Config, validated once."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import plugins
from pipeline.distribution import sender as senders
from pipeline.distribution.sender import Sender, Server
from pipeline.edition.design import LAYOUTS, NORMAL, PAPERS, PRINTS, Theme
from pipeline.errors import LanguageError, UsageError
from pipeline.languages import FOLDER, Language, Languages

FILE_NAME = "pipeline.toml"
MAX_ASSET_BYTES = 8_000_000
"""Of a logo or a font of the theme."""

TEMPLATE = """\
# The settings of this workspace.
title = "{title}"
source_language = "fa"
languages = ["en", "fr"]
engine = "argos"          # machine translation; it never runs over a network
layouts = ["parallel"]    # also: "facing" pages, "single" languages, "changes" since an earlier version
editions = []             # beside one PDF a language: "fa,en,fr" is one with all three
paper = "a4"              # or "a5", "letter"
print = "normal"          # or "large"

[paths]
seeds = "seeds"
translations = "translations"
output = "output"

# [sender]                # who sends to the partners in partners.toml (docs/distribution.md)
# name = "…"
# address = "office@example.org"
"""

IGNORED = "/.pipeline/\n/output/\n/partners.toml\n/ledger.sqlite*\n/keys/\n"
"""What is private in a workspace, or made again at any time: the lines of its .gitignore."""

_KEYS = (
    *("title", "source_language", "languages", "engine", "engines", "offline"),
    *("layouts", "editions", "paper", "print", "theme", "paths", "sender", "smtp"),
)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a workspace. Paths are absolute and inside `root`.

    `engines` are the settings of engines by their name; each engine knows its own. `editions` are
    target languages that share a PDF, in their order; `languages` are the codes of the target languages, and
    `all_languages` what is known of these and others; `paper`, `print` and `theme` are for every PDF.
    `server` is None when no e-mail is sent.
    """

    root: Path
    title: str
    source_language: str
    languages: tuple[str, ...]
    all_languages: Languages
    engine: str
    layouts: tuple[str, ...]
    editions: tuple[tuple[str, ...], ...]
    paper: str
    print: str
    theme: Theme
    seeds: Path
    translations: Path
    output: Path
    engines: dict[str, dict]
    offline: bool
    sender: Sender
    server: Server | None

    def language(self, code: str) -> Language:
        """Return a language of the workspace or the package; raise UsageError when there is none of this code."""
        return self.all_languages[code]


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
    known = set(_KEYS)
    if unknown := sorted(set(table) - known):
        raise UsageError(f"{FILE_NAME}: unknown key {unknown[0]!r}; known are: {', '.join(sorted(known))}")
    return _validated(root, table)


def _validated(root: Path, table: dict) -> Config:
    source = _text(table, "source_language", "fa")
    targets = _texts(table, "languages", ["en", "fr"])
    all_languages = _languages(root, (source, *targets))
    if source in targets:
        raise UsageError(f"{FILE_NAME}: languages: {source!r} is the source language; leave it out")
    engine = _text(table, "engine", "argos")
    if engine not in plugins.names("translate.mt"):
        raise UsageError(f"{FILE_NAME}: engine = {engine!r} is none of: {', '.join(plugins.names('translate.mt'))}")
    layouts = _texts(table, "layouts", ["parallel"])
    for layout in layouts:
        _one_of(layout, LAYOUTS, "layouts")
    editions = tuple(edition(names, source, targets) for names in _texts(table, "editions", []))
    paper = _one_of(_text(table, "paper", "a4"), PAPERS, "paper")
    size = _one_of(_text(table, "print", NORMAL), PRINTS, "print")
    engines, offline = table.get("engines", {}), table.get("offline", False)
    if not isinstance(engines, dict) or not all(isinstance(one, dict) for one in engines.values()):
        raise UsageError(f"{FILE_NAME}: engines: write a table for each, such as [engines.openai]")
    if not isinstance(offline, bool):
        raise UsageError(f"{FILE_NAME}: offline = {offline!r}: write true or false")
    paths = table.get("paths", {})
    if not isinstance(paths, dict) or set(paths) - {"seeds", "translations", "output"}:
        raise UsageError(f"{FILE_NAME}: [paths] has seeds, translations and output, each a folder")
    folders = {name: _inside(root, _text(paths, name, name), name) for name in ("seeds", "translations", "output")}
    sender = senders.sender(table.get("sender", {}), root, FILE_NAME)
    server = senders.server(table.get("smtp"), senders.domain(sender.address), FILE_NAME)
    return Config(
        root,
        _text(table, "title", root.name),
        source,
        targets,
        all_languages,
        engine,
        layouts,
        editions,
        paper,
        size,
        _theme(root, table.get("theme", {})),
        **folders,
        engines=engines,
        offline=offline,
        sender=sender,
        server=server,
    )


def _languages(root: Path, codes: Iterable[str]) -> Languages:
    """Return the languages of a workspace; raise LanguageError with the faults of all files it has or needs."""
    languages = Languages(root / FOLDER)
    faults: list[str] = []
    for code in dict.fromkeys((*codes, *languages.own)):
        try:
            languages[code]
        except LanguageError as error:
            faults += error.faults
    if faults:
        raise LanguageError(*faults)
    return languages


def edition(names: str, source: str, targets: Sequence[str]) -> tuple[str, ...]:
    """Return the target languages of «fa,en,fr»; raise UsageError when they are no edition of this workspace."""
    first, *rest = (name.strip() for name in names.split(","))
    if first != source or set(rest) - set(targets) or len(set(rest)) != len(rest) or len(rest) > 2:
        known = ", ".join(targets)
        raise UsageError(f"{names!r} is no edition: write {source}, then one or two different ones of: {known}")
    return tuple(rest)


def _one_of(value: str, known: Iterable[str], key: str) -> str:
    if value not in known:
        raise UsageError(f"{FILE_NAME}: {key}: {value!r} is none of: {', '.join(known)}")
    return value


def _theme(root: Path, table: object) -> Theme:
    """Return the theme of a table: a colour, a logo with its description, and fonts, as files of the workspace."""
    known = {"colour", "logo", "logo_text", "arabic", "latin"}
    if not isinstance(table, dict) or set(table) - known:
        raise UsageError(f"{FILE_NAME}: [theme] has {', '.join(sorted(known))}")
    colour = _text(table, "colour", Theme().colour)
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise UsageError(f'{FILE_NAME}: theme.colour = {colour!r}: write six hexadecimal digits: "#1b3f7a"')
    logo, text = b"", ""
    if "logo" in table:
        logo, text = _asset(root, _text(table, "logo", "logo.png"), _IMAGES), _text(table, "logo_text", "Logo")
    fonts = {script: _font(root, table[script], script) for script in ("arabic", "latin") if script in table}
    return Theme(colour, logo, text, fonts)


def _font(root: Path, value: object, script: str) -> tuple[bytes, bytes]:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(name, str) for name in value):
        raise UsageError(f'{FILE_NAME}: theme.{script}: write two files: ["regular.ttf", "bold.ttf"]')
    regular, bold = (_asset(root, name, _FONTS) for name in value)
    return regular, bold


def _asset(root: Path, name: str, kinds: dict[bytes, str]) -> bytes:
    """Return the content of a file of the workspace; raise UsageError when it is none of the kinds, or too large."""
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise UsageError(f"{FILE_NAME}: theme: {name!r} is no file inside the workspace")
    if path.stat().st_size > MAX_ASSET_BYTES:
        raise UsageError(f"{FILE_NAME}: theme: {name!r} has more than {MAX_ASSET_BYTES:,} bytes")
    content = path.read_bytes()
    if not content.startswith(tuple(kinds)):
        raise UsageError(f"{FILE_NAME}: theme: {name!r} is none of: {', '.join(dict.fromkeys(kinds.values()))}")
    return content


_IMAGES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_FONTS = {b"\x00\x01\x00\x00": "TrueType", b"OTTO": "OpenType", b"true": "TrueType"}


def _text(table: dict, key: str, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f'{FILE_NAME}: {key} = {value!r}: write text in quotes: {key} = "{default}"')
    return value


def _texts(table: dict, key: str, default: list[str]) -> tuple[str, ...]:
    value = table.get(key, default)
    listed = isinstance(value, list) and (value or not default) and all(isinstance(item, str) for item in value)
    if not listed or len(set(value)) != len(value):
        raise UsageError(f"{FILE_NAME}: {key} = {value!r}: write a list of different names: {key} = {default}")
    return tuple(value)


def _inside(root: Path, name: str, key: str) -> Path:
    path = (root / name).resolve()
    if not path.is_relative_to(root) or path == root:
        raise UsageError(f"{FILE_NAME}: paths.{key} = {name!r} is not a folder inside the workspace")
    return path
