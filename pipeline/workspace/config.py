"""pipeline.toml → a frozen Config, checked once."""

import fnmatch
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Annotated

from pipeline import disk, tables
from pipeline.distribution import sender as senders
from pipeline.distribution.sender import Sender, SenderTable, Server, ServerTable
from pipeline.edition.design import Layout, Paper, Print, Theme
from pipeline.errors import LanguageError, UsageError
from pipeline.keylines import Place
from pipeline.languages import FOLDER, Language, Languages
from pipeline.model import Document
from pipeline.publication import formats
from pipeline.tables import Choice, Line, Rule, TableFault, are_different
from pipeline.text.days import Rendering
from pipeline.text.sounds import Naming
from pipeline.translate.mt import ENGINES
from pipeline.workspace import themes

FILE_NAME = "pipeline.toml"
TEMPLATE = """\
# The settings of this workspace.
# title = "Statements"    # stands above reports, which others may get
source_language = "fa"
languages = ["en", "fr"]
engine = "argos"          # machine translation; it never runs over a network
layouts = ["parallel"]    # also: "facing" pages, "single" languages, "changes" since an earlier version
editions = []             # besides one PDF per language: "fa,en,fr" is one with all three
paper = "a4"              # or "a5", "letter"
print = "normal"          # or "large"
readers = 1               # how many people besides its translator must read a sentence before it is released: 0, 1 or 2
dates = "either"          # dates of another calendar in a translation: "kept", "converted", or either
names = "transcribed"     # names in a translation of other letters; also: "latin", "either"
# archives = ["archive"]  # folders in seeds/ whose documents are translated once they are selected; "." is all of it

[paths]
seeds = "seeds"
translations = "translations"
output = "output"

# [sources.en]            # documents in another language: seeds/en/, or language = "en" beside the document
# languages = ["fa"]      # what they are translated into; without this, into source_language

# [topics.labour]         # documents of a topic, and what comes in about it
# languages = ["en"]      # what they are translated into; without this, into the same as all others
# title = "Labour"        # as a digest prints it
# words = ["strike*"]     # what comes in with these words is of this topic (docs/inbox.md)

# [publication]           # pipeline publish (docs/publishing.md)
# address = "https://example.org/international/"   # where the section will stand
# formats = ["pdf", "epub", "docx"]                # beside each page

# [sender]                # who sends to the partners in partners.toml (docs/distribution.md)
# name = "…"
# address = "office@example.org"
"""

IGNORED = (
    "/.*/\n/inbox*/\n/output/\n/*partners*.toml*\n/*ledger*.sqlite*\n/keys*/\n"
    "/.goutputstream-*\n/.fuse_hidden*\n/.nfs*\n"
)
"""What is private in a workspace, or made again at any time: lines of its .gitignore.

Hidden folders are those of this program and of others, which keep earlier versions of all that is private there. The
last are what editors and disks leave of a file that was being saved, or was deleted while it was open.
"""

COMPILED = "*.mo\n"
"""What PO editors make beside each PO file: a line of its .gitignore too."""

_SAMPLE = '["en", "fr"]'


def not_ignored(gitignore: str, lines: str) -> list[str]:
    """Return which lines a .gitignore does not have, with slashes at their ends or without, nor a wider one (`/.*`)."""
    listed = gitignore.splitlines()
    same = {line.strip("/") for line in listed}
    wider = [line.lstrip("/") for line in listed if "*" in line and line[-1] != "/" and not set(line) & set("!?[\\")]
    return [
        line
        for line in lines.splitlines()
        if line.strip("/") not in same and not any(fnmatch.fnmatchcase(line.strip("/"), glob) for glob in wider)
    ]


@dataclass(frozen=True, slots=True)
class _Paths:
    seeds: Line = "seeds"
    translations: Line = "translations"
    output: Line = "output"


def _is_section(address: str) -> bool:
    return not address or (re.fullmatch(r"https?://[^\s/?#@]+/(?:[^\s?#]*/)?", address) is not None)


@dataclass(frozen=True, slots=True)
class PublicationSettings:
    """What `pipeline publish` makes, and where it will stand: `address` ends with a slash.

    `formats` are those in which each text is to be had beside its page; `theme` is a folder of templates and a style
    sheet instead of our own.
    """

    name: Line = ""
    address: Annotated[
        Line, Rule("where the section will stand, with a slash at its end", '"https://example.org/en/"', _is_section)
    ] = ""
    formats: Annotated[
        tuple[Annotated[str, Choice(lambda: (formats.PDF, *formats.names()))], ...],
        Rule("a list of different formats", '["pdf", "epub"]', are_different),
    ] = (formats.PDF,)
    theme: Line = ""
    longest_message: Annotated[
        int, Rule("a number from 200 to 100000", "4096", lambda most: 200 <= most <= 100_000)
    ] = 4096


_Languages = Annotated[
    tuple[str, ...],
    Rule("a list of different names", _SAMPLE, lambda codes: bool(codes) and are_different(codes)),
]


@dataclass(frozen=True, slots=True)
class _TargetsTable:
    languages: _Languages


@dataclass(frozen=True, slots=True)
class Topic:
    """What documents of a topic are translated into, if it says so; and for digests, its title and the words of it.

    `*` in a word stands for any letters; words are in whatever languages texts come in.
    """

    languages: _Languages = ()
    title: Line = ""
    words: Annotated[
        tuple[Line, ...], Rule("a list of words", '["strike*"]', lambda words: all(map(_has_letters, words)))
    ] = ()


def _has_letters(word: str) -> bool:
    return any(map(str.isalnum, word))


def _are_folders(names: tuple[str, ...]) -> bool:
    parts = [name.split("/") for name in names]
    return are_different(names) and all(its == ["."] or not {"", ".", ".."} & set(its) for its in parts)


@dataclass(frozen=True, slots=True)
class _SettingsFile:
    """pipeline.toml as it is written."""

    title: Line = ""
    source_language: Line = "fa"
    languages: _Languages = ("en", "fr")
    sources: dict[str, _TargetsTable] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    archives: Annotated[tuple[Line, ...], Rule("a list of folders in seeds/", '["archive"]', _are_folders)] = ()
    engine: Annotated[str, Choice(ENGINES.names)] = "argos"
    engines: dict[str, dict[str, object]] = field(default_factory=dict)
    offline: bool = False
    layouts: Annotated[
        tuple[Layout, ...],
        Rule("a list of different names", '["parallel"]', lambda names: bool(names) and are_different(names)),
    ] = (Layout.PARALLEL,)
    editions: Annotated[tuple[str, ...], Rule("a list of different names", '["fa,en,fr"]', are_different)] = ()
    paper: Paper = Paper.A4
    print: Print = Print.NORMAL
    readers: Annotated[int, Rule("0, 1 or 2", "1", lambda count: 0 <= count <= 2)] = 1
    dates: Rendering = Rendering.EITHER
    names: Naming = Naming.TRANSCRIBED
    theme: themes.ThemeTable = field(default_factory=themes.ThemeTable)
    publication: PublicationSettings = PublicationSettings()
    paths: _Paths = field(default_factory=_Paths)
    sender: SenderTable = field(default_factory=SenderTable)
    smtp: ServerTable | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a workspace. Paths are absolute and inside `root`.

    `engines` are the settings of engines by their name; each engine knows its own. `editions` are languages that
    share a PDF, the source first. `languages` are what documents in `source_language` are translated into, by code,
    `sources` what those in other languages are, `topics` what is said of each topic, and `translated` are those that
    there are translations in; `all_languages` is what is known of these and others. `archives` are the folders of
    documents that are translated once they are selected. `paper`, `print` and `theme` are for every PDF. `readers` is
    how many people besides its translator must have read a sentence before it is released; `dates` says what becomes
    of those of another calendar in a translation, `names` in which letters names stand in one of another script.
    `server` is None when no e-mail is sent.
    """

    root: Path
    title: str
    source_language: str
    languages: tuple[str, ...]
    sources: dict[str, tuple[str, ...]]
    topics: dict[str, Topic]
    archives: tuple[str, ...]
    translated: tuple[str, ...]
    all_languages: Languages
    engine: str
    layouts: tuple[Layout, ...]
    editions: tuple[tuple[str, ...], ...]
    paper: Paper
    print: Print
    readers: int
    dates: Rendering
    names: Naming
    theme: Theme
    seeds: Path
    translations: Path
    output: Path
    engines: dict[str, dict[str, object]]
    offline: bool
    sender: Sender
    publication: PublicationSettings
    server: Server | None

    def language(self, code: str) -> Language:
        """Return a language of the workspace or the package; raise UsageError when there is none of this code."""
        return self.all_languages[code]

    @property
    def targets(self) -> tuple[str, ...]:
        """Every language that documents are translated into, those of `languages` first."""
        others = (code for targets in (*self.sources.values(), *map(_into, self.topics.values())) for code in targets)
        return tuple(dict.fromkeys((*self.languages, *others, *self.translated, self.source_language)))

    @property
    def known_languages(self) -> tuple[str, ...]:
        """Every language of documents and translations, that of the workspace first."""
        return tuple(dict.fromkeys((self.source_language, *self.targets, *self.sources)))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of languages that these settings name: source and target."""
        into = {self.source_language: self.languages} | self.sources
        return tuple((source, target) for source, targets in into.items() for target in targets)

    def targets_from(self, source: str) -> tuple[str, ...]:
        """Return what documents in a language are translated into, unless they or their topics say otherwise."""
        return self.languages if source == self.source_language else self.sources.get(source, (self.source_language,))

    def targets_of(self, document: Document) -> tuple[str, ...]:
        """Return what a document is translated into: as it says itself, its topics, or its language; never its own.

        One of an archive is translated into nothing until it is selected.
        """
        if self.is_archived(document.file) and not document.meta.selected:
            return ()
        of_topics = (code for topic in document.meta.topics for code in _into(self.topics.get(topic)))
        stated = document.meta.languages or tuple(dict.fromkeys(of_topics)) or self.targets_from(document.lang)
        return tuple(code for code in stated if code != document.lang)

    def is_archived(self, file: str) -> bool:
        """Whether a file, by its path from the folder of documents, lies in an archive."""
        return any(name == "." or file.startswith(f"{name}/") for name in self.archives)


def _into(topic: Topic | None) -> tuple[str, ...]:
    return topic.languages if topic else ()


def read(root: Path) -> Config:
    """Return the settings of the workspace at `root`; raise UsageError with every fault of the file."""
    try:
        root = root.resolve()
        content = disk.read(root / FILE_NAME, tables.MAX_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"{root}: no {FILE_NAME} here; go to a workspace, or make one: pipeline init DIR") from None
    except RuntimeError:  # links in a circle, up to Python 3.12
        raise UsageError(f"{root}: a link that leads to itself; name the folder itself") from None
    table = tables.read(_SettingsFile, content, FILE_NAME, UsageError, lambda table: _faults(table, root))
    languages = Languages(root / FOLDER)
    table, folders = _meant(table, languages), _folders(root, table.paths)
    sender = senders.sender(table.sender, root)
    return Config(
        root,
        table.title,
        table.source_language,
        table.languages,
        {code: targets.languages for code, targets in table.sources.items()},
        table.topics,
        table.archives,
        tuple(code for code in languages if (folders["translations"] / code).is_dir()),
        _languages(root, _named(table)),
        table.engine,
        table.layouts,
        tuple(_edition(table, names) for names in table.editions),
        table.paper,
        table.print,
        table.readers,
        table.dates,
        table.names,
        themes.read(root, table.theme),
        **folders,
        publication=table.publication,
        engines=table.engines,
        offline=table.offline,
        sender=sender,
        server=senders.server(table.smtp, sender) if table.smtp else None,
    )


def _meant(table: _SettingsFile, languages: Languages) -> _SettingsFile:
    """Return the settings with languages as their files are named, however they were written."""

    def codes(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tables.meant(code, languages) for code in names))

    def targets(one: _TargetsTable) -> _TargetsTable:
        return _TargetsTable(codes(one.languages))

    return replace(
        table,
        source_language=tables.meant(table.source_language, languages),
        languages=codes(table.languages),
        sources={tables.meant(code, languages): targets(one) for code, one in table.sources.items()},
        topics={name.strip(): replace(one, languages=codes(one.languages)) for name, one in table.topics.items()},
    )


def _is_folder(path: Path | None) -> bool:
    return path is not None and path.is_dir()


def _named(table: _SettingsFile) -> Iterator[str]:
    """Yield every language that settings name."""
    yield from (table.source_language, *table.languages, *table.sources)
    for targets in table.sources.values():
        yield from targets.languages
    for topic in table.topics.values():
        yield from topic.languages


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


def _edition(table: _SettingsFile, names: str) -> tuple[str, ...]:
    """Return the languages of «fa,en,fr»; raise UsageError when they are no edition of this workspace."""
    sources = {table.source_language: table.languages} | {code: one.languages for code, one in table.sources.items()}
    first = tables.meant(names.partition(",")[0].strip(), sources)
    source = first if first in sources else table.source_language
    return source, *edition(names, source, sources[source])


def edition(names: str, source: str, targets: Sequence[str]) -> tuple[str, ...]:
    """Return the target languages of «fa,en,fr»; raise UsageError when they are no edition of these languages."""
    first, *rest = (tables.meant(name.strip(), (source, *targets)) for name in names.split(","))
    if first != source or set(rest) - set(targets) or len(set(rest)) != len(rest) or not 1 <= len(rest) <= 2:
        possible = ", ".join(targets)
        raise UsageError(
            f"{tables.shown(names)} is not an edition; write {source}, then one or two different ones of: {possible}"
        )
    return tuple(rest)


def _faults(table: _SettingsFile, root: Path) -> Iterator[TableFault]:
    """Yield what is wrong between keys, and beyond the file."""
    languages = Languages(root / FOLDER)
    yield from _language_faults(_meant(table, languages), languages)
    yield from _folder_faults(root, table.paths)
    yield from themes.faults(root, table.theme)
    if table.publication.theme and not _is_folder(disk.inside(root, table.publication.theme)):
        shown = tables.shown(table.publication.theme)
        yield TableFault.at(f"{shown} is not a folder inside the workspace; put it there", "publication.theme")
    yield from _engine_faults(table.engines)
    yield from senders.faults(table.sender, table.smtp)


def _language_faults(table: _SettingsFile, languages: Languages) -> Iterator[TableFault]:
    source, targets = table.source_language, table.languages
    yield from _unknown(languages, ("source_language",), [source])
    yield from _unknown(languages, ("languages",), targets)
    if source in targets:
        yield TableFault.at(
            f"{tables.shown(source)} is the source language; leave it out", "languages", "source_language"
        )
    for code, one in table.sources.items():
        place = ("sources", code, "languages")
        yield from _unknown(languages, place[:2], [code])
        yield from _unknown(languages, place, one.languages)
        if code in one.languages:
            yield TableFault(f"{tables.shown(code)} is what these documents are written in; leave it out", (place,))
    if source in table.sources:
        text = f"{tables.shown(source)} is the source language; write its targets as languages = […] above all tables"
        yield TableFault(text, (("sources", source),))
    for name, topic in table.topics.items():
        yield from _unknown(languages, ("topics", name, "languages"), topic.languages)
    for names in table.editions:
        try:
            _edition(table, names)
        except UsageError as error:
            yield TableFault.at(str(error), "editions", "languages", "source_language")


def _unknown(languages: Languages, place: Place, codes: Iterable[str]) -> Iterator[TableFault]:
    for code in codes:
        if code not in languages:
            remedy = f"known are: {', '.join(languages)}; or add {FOLDER}/{code}.toml"
            yield TableFault(f"language {tables.shown(code)} is unknown; {remedy}", (place,))


def _engine_faults(engines: dict[str, dict[str, object]]) -> Iterator[TableFault]:
    names = ENGINES.names()
    for name, options in engines.items():
        if name not in names:
            yield TableFault(f"is none of the engines: {', '.join(names)}", (("engines", name),))
        else:
            yield from tables.faults_within(ENGINES.load(name).OPTIONS, options, ("engines", name))


def _folders(root: Path, paths: _Paths) -> dict[str, Path]:
    names = {"seeds": paths.seeds, "translations": paths.translations, "output": paths.output}
    return {key: disk.inside(root, name) or root for key, name in names.items()}


def _folder_faults(root: Path, paths: _Paths) -> Iterator[TableFault]:
    folders = _folders(root, paths)
    for key, folder in folders.items():
        if folder == root:
            yield TableFault.at(f'is not a folder inside the workspace; write: {key} = "{key}"', f"paths.{key}")
    for key, other in combinations(folders, 2):
        if root in (folders[key], folders[other]):
            continue
        if folders[key].is_relative_to(folders[other]) or folders[other].is_relative_to(folders[key]):
            text = f'lies in the same place as {key}; write a folder of its own: {other} = "{other}"'
            yield TableFault.at(text, f"paths.{other}", f"paths.{key}")
