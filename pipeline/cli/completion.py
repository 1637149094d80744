"""What the shell offers while a command is typed: names of the workspace. Where it cannot tell, it offers nothing."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pipeline.workspace.config import Config

Offer = tuple[str, str]
"""A name, and a word about it, which not every shell shows."""

Completion = Callable[[typer.Context, str], list[Offer]]

_MEANS_SOMETHING = re.compile(r"""[\s!"#$&'()*;<=>?\[\\\]^`{|}~]""")
"""What some shell takes for more than a letter: bash puts names on the line as they are, and zsh reads them as code."""


def _completion(names: Callable[["Config", typer.Context], Iterable[Offer]]) -> Completion:
    """Return a completion that offers those of the names that begin as was typed; it never fails, and never speaks."""

    def offered(context: typer.Context, incomplete: str) -> list[Offer]:
        with suppress(Exception):  # whatever is wrong here, the command itself will say
            return [offer for offer in _safe(names(_settings(context), context)) if offer[0].startswith(incomplete)]
        return []

    return offered


def _several(completion: Completion) -> Completion:
    """Return a completion of names separated by commas: what stands before the last one stays."""

    def offered(context: typer.Context, incomplete: str) -> list[Offer]:
        before, comma, last = incomplete.rpartition(",")
        taken = before.split(",")
        return [(f"{before}{comma}{name}", about) for name, about in completion(context, last) if name not in taken]

    return offered


def _settings(context: typer.Context) -> "Config":
    from pipeline.cli.options import HERE
    from pipeline.workspace import config

    return config.read(Path(context.params.get("workspace_folder") or HERE))


def _safe(offers: Iterable[Offer]) -> Iterator[Offer]:
    """Yield what can stand on a command line as it is, and what a terminal shows as it is."""
    from pipeline.cli.terminal import visible

    for name, about in offers:
        if name == visible(name) and not name.startswith("-") and not _MEANS_SOMETHING.search(name):
            yield name, _MEANS_SOMETHING.sub(" ", visible(about))


def _documents(settings: "Config", context: typer.Context) -> Iterator[Offer]:
    from pipeline.workspace import sources

    typed = context.params.get("documents") or ()
    yield from ((name, "") for name in sources.documents(settings) if name not in typed)


def _languages(settings: "Config", context: typer.Context) -> Iterator[Offer]:
    codes = dict.fromkeys((*(target for _, target in settings.pairs), *settings.translated))
    yield from ((code, settings.language(code).english_name) for code in codes)


def _all_languages(settings: "Config", context: typer.Context) -> Iterator[Offer]:
    yield from ((code, settings.language(code).english_name) for code in settings.known_languages)


def _partners(settings: "Config", context: typer.Context) -> Iterator[Offer]:
    import tomllib

    from pipeline.distribution.partners import FILE_NAME

    typed = context.params.get("asked") or ()
    table = tomllib.loads((settings.root / FILE_NAME).read_text("utf-8"))  # a fault in one hides none of the others
    yield from ((name, "") for name in table["partners"] if name not in typed)


def _versions(settings: "Config", context: typer.Context) -> Iterator[Offer]:
    from pipeline.workspace import history, places, sources

    words = list(filter(sources.is_id, _words()))
    langs = [lang for lang in settings.targets if any(lang in word.split(",") for word in words)]
    for lang in langs or settings.targets:
        for word in words:
            for version in history.versions(settings, places.catalogue_path(settings, lang, word)):
                yield version.digest, f"{lang}, replaced {version.time:%Y-%m-%d %H:%M}"


def _words() -> list[str]:
    """Return what was typed so far: before an option without its value, nothing of it has been understood yet."""
    typed = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS", "")
    return [word for word in re.split(r"\s+", typed) if word]


def _deliveries(settings: "Config", context: typer.Context) -> Iterator[Offer]:
    from datetime import UTC, datetime

    from pipeline.distribution import ledger

    book = ledger.open(settings.root / ledger.FILE_NAME, lambda: datetime.now(UTC))
    try:
        entries = book.entries()
    finally:
        book.close()
    partner = context.params.get("partner")
    yield from ((entry.delivery, str(entry.state)) for entry in entries if partner in (None, entry.partner))


def listed(names: Callable[[], Iterable[str]]) -> Completion:
    """Return a completion of names that are the same in every workspace, separated by commas."""

    return _several(lambda context, typed: [(name, "") for name in names() if name.startswith(typed)])


def ways() -> tuple[str, ...]:
    """Return the names of the ways of delivery."""
    from pipeline.distribution.deliver import WAYS

    return WAYS.names()


documents = _completion(_documents)
languages = _several(_completion(_languages))
all_languages = _several(_completion(_all_languages))
partners = _completion(_partners)
versions = _completion(_versions)
deliveries = _completion(_deliveries)
