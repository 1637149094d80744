"""Texts of a language in lists: by year, topic and issuer, each cut into pages."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.publication import Published, Publisher
from pipeline.text.orthography import fold
from pipeline.text.printable import safe

ON_A_PAGE = 100
"""Texts."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Listing:
    """Texts that have something in common, the newest first; `kind` is «year», «topic» or «issuer»."""

    lang: str
    kind: str
    name: str
    title: str
    texts: tuple[Published, ...]

    def path(self, page: int = 1) -> str:
        """Return where a page of the list is, counted from 1."""
        return f"lists/{self.lang}/{self.kind}-{slug(self.name)}{f'.{page}' if page > 1 else ''}.html"

    @property
    def pages(self) -> int:
        return -(-len(self.texts) // ON_A_PAGE)

    def page(self, number: int) -> tuple[Published, ...]:
        return self.texts[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]


def slug(name: str) -> str:
    """Return a name as a part of a path: itself, or a digest where it has other signs than paths should have."""
    if len(name) <= 40 and _SLUG.fullmatch(name):
        return name
    return f"x{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:12]}"


def newest_first(texts: Sequence[Published]) -> list[Published]:
    return sorted(sorted(texts, key=lambda one: one.document_id), key=day, reverse=True)


def day(published: Published) -> str:
    """Return the day by which a text is listed: its own, or that on which it was published."""
    return published.date or published.published


def listings(texts: Sequence[Published], publisher: Publisher) -> Iterator[Listing]:
    """Yield all lists of the texts of one language, which are the newest first."""
    found: defaultdict[tuple[str, str], list[Published]] = defaultdict(list)
    titles: dict[tuple[str, str], str] = {}
    for one in texts:
        for kind, name, title in _of(one, publisher):
            found[kind, name].append(one)
            titles.setdefault((kind, name), title)
    for (kind, name), its in found.items():
        yield Listing(its[0].lang, kind, name, titles[kind, name], tuple(its))


def _of(one: Published, publisher: Publisher) -> Iterator[tuple[str, str, str]]:
    language = publisher.language(one.lang)
    year = one.date[:4]
    yield "year", year or "none", language.number(int(year)) if year.isdecimal() else language.publication.undated
    for topic in one.topics:
        yield "topic", topic, safe(publisher.topics.get(topic) or topic)
    if issuer := fold(one.issuer):
        yield "issuer", issuer, " ".join(safe(one.issuer).split())


def ordered(found: Sequence[Listing], kind: str) -> list[Listing]:
    """Return the lists of a kind: years from the newest, others by their titles."""
    its = [one for one in found if one.kind == kind]
    if kind == "year":
        return sorted(its, key=lambda one: (one.name.isdecimal(), one.name), reverse=True)
    return sorted(its, key=lambda one: (one.title.casefold(), one.name))
