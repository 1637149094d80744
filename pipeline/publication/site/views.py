"""Published texts → what templates show of them: values whose words are text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

from pipeline.edition.content import TextContent
from pipeline.languages import Language
from pipeline.languages.labels import PublicationLabels
from pipeline.model import Kind
from pipeline.publication import Published, Publisher, Standing, addresses, elements
from pipeline.text import dates
from pipeline.text.excerpt import excerpt
from pipeline.text.printable import safe

LONGEST_DESCRIPTION = 200
"""Characters of what search engines and feeds show of a text."""

FROM_HEADINGS = 4
"""So many headings make a table of contents."""

_FORMATS = {
    "pdf": "PDF", "epub": "EPUB", "docx": "Word (DOCX)", "odt": "OpenDocument (ODT)", "txt": "TXT",
    "markdown": "Markdown", "html-fragment": "HTML",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that leads to a place: `href` from the page it is on, `address` on the web if that is known."""

    title: str
    href: str
    lang: str = ""
    direction: str = ""
    address: str = ""
    note: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class ListedText:
    """A text in a list."""

    title: str
    href: str
    day: str = ""
    date: str = ""
    issuer: str = ""
    badges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around every page: `root` leads to the folder of the section.

    `alternates` are the page in each language; `others` are languages that are no versions of the page itself.
    """

    language: Language
    path: str
    title: str
    name: str
    root: str
    canonical: str
    description: str = ""
    image: str = ""
    home: str = ""
    search: str = ""
    alternates: tuple[Anchor, ...] = ()
    others: tuple[Anchor, ...] = ()
    feeds: tuple[Anchor, ...] = ()
    is_home: bool = False
    may_run_scripts: bool = False
    default: str = ""

    @property
    def labels(self) -> PublicationLabels:
        return self.language.publication


@dataclass(frozen=True, slots=True)
class TextPage:
    """A text as a page shows it; `html` is its elements. Of a withdrawn one, there is a notice alone."""

    lang: str
    direction: str
    html: Markup
    headings: tuple[Anchor, ...] = ()
    notices: tuple[str, ...] = ()
    published: str = ""
    colophon: tuple[str, ...] = ()
    sha256: str = ""
    versions: tuple[Anchor, ...] = ()
    downloads: tuple[Anchor, ...] = ()
    topics: tuple[Anchor, ...] = ()
    metadata: Markup = field(default_factory=Markup)


def frame(publisher: Publisher, lang: str, path: str, title: str, **more: object) -> Frame:
    """Return what is around a page at a path of the section."""
    language, root = publisher.language(lang), "../" * path.count("/")
    made = Frame(
        language,
        path,
        safe(title),
        safe(publisher.name) or language.publication.texts,
        root,
        addresses.on_the_web(path, publisher),
        home=root + addresses.home(lang),
        search=f"{root}search/{lang}/index.html",
        feeds=tuple(
            Anchor(name, f"{root}feeds/{lang}{suffix}", address=kind)
            for name, suffix, kind in (
                ("Atom", ".xml", "application/atom+xml"),
                ("JSON", ".json", "application/feed+json"),
            )
        ),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def title(published: Published) -> str:
    """Return the title of a text, in brackets where it is the editors'."""
    text = " ".join(safe(published.text.title).split()) or published.document_id
    return f"[{text}]" if published.text.title_is_editorial else text


def description(published: Published) -> str:
    """Return how a text begins."""
    if published.standing is Standing.WITHDRAWN:
        return ""
    plain = (block.plain for block in published.text.blocks if block.kind in (Kind.PARAGRAPH, Kind.QUOTATION))
    return excerpt(safe(next((text for text in plain if len(text) > 40), "")), LONGEST_DESCRIPTION)


def entry(published: Published, publisher: Publisher, root: str) -> ListedText:
    language = publisher.language(published.lang)
    labels = language.publication
    badges = [
        *([labels.is_withdrawn] if published.standing is Standing.WITHDRAWN else []),
        *([labels.outdated] if published.standing is Standing.STALE else []),
        *([labels.corrected] if published.replaces else []),
    ]
    date = dates.in_words(published.date, language) or published_on(published, language)
    href = root + quote(addresses.page(published))
    day = published.date or published.published
    return ListedText(title(published), href, day, date, safe(published.issuer), tuple(badges))


def anchor(published: Published, publisher: Publisher, root: str, *, is_here: bool = False) -> Anchor:
    """Return a link to a text, called by its language in that language."""
    language = publisher.language(published.lang)
    path = addresses.page(published)
    address = addresses.on_the_web(path, publisher)
    return Anchor(own_name(language), root + quote(path), language.code, language.direction, address, is_here=is_here)


def own_name(language: Language) -> str:
    return language.capitalised(language.name_of(language))


def notices(published: Published, publisher: Publisher) -> tuple[str, ...]:
    """Return what a reader must know before reading."""
    language = publisher.language(published.lang)
    labels, said = language.publication, []
    if published.standing is Standing.WITHDRAWN:
        said = [labels.withdrawn]
        said += [labels.reason.format(reason=safe(published.reason))] if published.reason else []
    elif published.standing is Standing.STALE:
        said = [labels.stale]
    if published.replaces and published.standing is not Standing.WITHDRAWN:
        date, earlier = (dates.in_words(day, language) for day in (published.published, published.replaces))
        said.append(labels.replaces.format(date=date, earlier=earlier))
    return tuple(said)


def published_on(published: Published, language: Language) -> str:
    """Return on which day a text was first published, as its language says it."""
    day = dates.in_words(published.published, language)
    return language.publication.published.format(date=day) if day else ""


def beside(published: Published, publisher: Publisher) -> str:
    """Return what a text beside its original is called."""
    language, source = map(publisher.language, (published.lang, published.source_lang))
    words = language.publication.beside.format(first=language.name_of(language), second=language.name_of(source))
    return language.capitalised(words)


def downloads(published: Published, publisher: Publisher) -> tuple[Anchor, ...]:
    """Return the files beside a page, by their formats."""
    known = list(_FORMATS)
    names = sorted(published.formats, key=lambda name: (known.index(name) if name in known else len(known), name))
    return tuple(Anchor(_format(name, published, publisher), quote(published.formats[name])) for name in names)


def _format(name: str, published: Published, publisher: Publisher) -> str:
    kind = name.removesuffix("-both")
    words = _FORMATS.get(kind, kind.upper())
    return words if kind == name else f"{words} – {beside(published, publisher)}"


def article_html(texts: Sequence[TextContent], published: Published, publisher: Publisher) -> Markup:
    """Return a text, or two side by side, as HTML."""
    body, names = Element("div"), picture_names(published)
    elements.Flow(texts, publisher.languages, lambda name: names.get(name, "")).add_all(body)
    _make_tables_scroll(body)
    inside = tostring(body, "unicode", method="html").removeprefix("<div>").removesuffix("</div>")
    return Markup(inside)  # noqa: S704 – written by ElementTree, which escapes every text


def picture_names(published: Published) -> dict[str, str]:
    """Return the files of pictures beside their page, by their names; empty where there is none to show.

    Such a name is the digest of the file it came as, by which programs find that on a seized telephone.
    """
    return {
        name: f"picture-{number}{'.jpg' if content.startswith(_JPEG) else '.png'}" if content else ""
        for number, (name, content) in enumerate(published.pictures.items(), 1)
    }


def _make_tables_scroll(body: Element) -> None:
    """Put every table into something that scrolls where there is no room for it, by keys as well."""
    for parent in list(body.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == "table":
                held = Element("div", {"class": "scroll", "role": "group", "tabindex": "0"})
                held.tail, child.tail = child.tail, None
                parent.remove(child)
                held.append(child)
                parent.insert(place, held)


def contents(published: Published) -> tuple[Anchor, ...]:
    """Return the headings of a long text."""
    found = [heading for heading in elements.headings(published.text) if heading.level > 1]
    if len(found) < FROM_HEADINGS:
        return ()
    return tuple(Anchor(safe(one.title), f"#{one.id}", note=str(one.level)) for one in found)


_JPEG = b"\xff\xd8\xff"
_CLOSING = re.compile("[<>&\u2028\u2029]")


def metadata(published: Published) -> Markup:
    """Return JSON-LD as it may stand in a page: nothing in it ends the script, or begins a comment."""
    return Markup(_CLOSING.sub(lambda found: f"\\u{ord(found[0]):04x}", published.metadata.strip()))  # noqa: S704
