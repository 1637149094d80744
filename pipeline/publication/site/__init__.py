"""The section of a website: every page, list and feed of it, with paths below its folder.

Nothing is made before it is asked for, and each file says what it is made of:

- the page of a text, and the one beside its original: that text alone, and in which languages its document is there;
- a page of a list: the texts on it, how many pages there are;
- the page at which a language begins, its feeds, its part of the site map and its search: all texts of the language;
- the first page: the languages; the style sheet and the fonts: nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from markupsafe import Markup

from pipeline.edition.render.pdf import pictures
from pipeline.publication import PlannedFile, Published, Publisher, Standing, addresses
from pipeline.publication.card import FILE_NAME as CARD
from pipeline.publication.site import feeds, fonts, lists, search, sitemap, views
from pipeline.publication.site.lists import Listing
from pipeline.publication.site.theme import SiteTheme
from pipeline.publication.site.views import Anchor, Frame, TextPage

NEWEST = 30
"""Texts on the page at which a language begins."""

INDEX = addresses.INDEX

Draw = Callable[[Published], bytes]


def pages(
    texts: Sequence[Published],
    publisher: Publisher,
    theme: Mapping[str, str] | None = None,
    card: Draw | None = None,
) -> Iterator[PlannedFile]:
    """Yield every file of the section but those of the formats, each path once.

    `theme` is what a workspace has instead of templates and the style sheet, by name; `card` draws the picture of a
    text for social sites, if there is to be one: card.png beside its page. Raises UsageError for a template that cannot
    be read; `make` does for one that cannot be filled in, and RenderError for a damaged picture or font.
    """
    yield from _WholeSection(texts, publisher, SiteTheme(theme), card).files()


class _WholeSection:
    """Texts by document and by language; those in lists are not withdrawn."""

    def __init__(self, texts: Sequence[Published], publisher: Publisher, theme: SiteTheme, card: Draw | None) -> None:
        self.texts, self.publisher, self.theme, self.card = texts, publisher, theme, card
        self.documents: defaultdict[str, list[Published]] = defaultdict(list)
        self.languages: defaultdict[str, list[Published]] = defaultdict(list)
        for one in sorted(texts, key=lambda one: (one.lang != one.source_lang, one.lang)):
            self.documents[one.document_id].append(one)
            self.languages[one.lang].append(one)
        self.langs = sorted(self.languages)

    def files(self) -> Iterator[PlannedFile]:
        for one in self.texts:
            yield from self._text(one)
        for lang in self.langs:
            yield from self._language(lang)
        yield from self._common()

    def _page(
        self, path: str, made_of: Iterable[str], make: Callable[[], bytes], *, must_go: bool = False
    ) -> PlannedFile:
        return PlannedFile(path, digest(made_of), make, must_go)

    # Texts

    def _text(self, one: Published) -> Iterator[PlannedFile]:
        """Yield the pages and the pictures of a text."""
        versions = self.documents[one.document_id]
        made_of = [one.stamp, *(f"{other.lang} {other.standing}" for other in versions)]
        is_withdrawn = any(other.standing is Standing.WITHDRAWN for other in versions)
        yield self._page(addresses.page(one), made_of, partial(self._text_page, one), must_go=is_withdrawn)
        if not one.is_original:
            yield self._page(addresses.beside(one), made_of, partial(self._beside_page, one), must_go=is_withdrawn)
        if one.standing is Standing.WITHDRAWN:
            return
        if self.card:
            yield self._page(addresses.file(one, CARD), made_of[:1], partial(self.card, one))
        for name, file in views.picture_names(one).items():
            if file:
                made = partial(pictures.printable, one.pictures[name], name)
                yield self._page(addresses.file(one, file), [name], made)

    def _text_page(self, one: Published) -> bytes:
        path = addresses.page(one)
        language = self.publisher.language(one.lang)
        html = views.article_html([one.text], one, self.publisher)
        article = self._article(one, language.direction, html)
        return self.theme.page(
            "text.html" if one.standing is not Standing.WITHDRAWN else "notice.html",
            page=self._frame(one, path, views.title(one), self._alternates(one, one)),
            article=article,
        )

    def _beside_page(self, one: Published) -> bytes:
        """Return the page of a translation beside its original, or the notice that one of the two is withdrawn."""
        withdrawn = next((text for text in (one, *self._original(one)) if text.standing is Standing.WITHDRAWN), None)
        language, source = map(self.publisher.language, (one.lang, one.source_lang))
        title = f"{views.title(one)} – {views.beside(one, self.publisher)}"
        frame = replace(self._frame(one, addresses.beside(one), title, ()), others=self._alternates(one, None))
        if withdrawn:
            notices = views.notices(withdrawn, self.publisher)
            its = self.publisher.language(withdrawn.lang)
            article = TextPage(withdrawn.lang, its.direction, Markup(), notices=notices)
            return self.theme.page("notice.html", page=frame, article=article)
        html = views.article_html([one.original, one.text], one, self.publisher)
        article = self._article(one, source.direction, html)
        return self.theme.page("beside.html", page=frame, article=article, languages=(source, language))

    def _original(self, one: Published) -> Iterator[Published]:
        return (other for other in self.documents[one.document_id] if other.is_original)

    def _frame(self, one: Published, path: str, title: str, alternates: tuple[Anchor, ...]) -> Frame:
        default = self._default(self.documents[one.document_id])
        made = views.frame(
            self.publisher, one.lang, path, title, description=views.description(one), alternates=alternates
        )
        if self.card and one.standing is not Standing.WITHDRAWN:
            made = replace(made, image=addresses.on_the_web(addresses.file(one, CARD), self.publisher))
        if alternates:
            address = addresses.on_the_web(addresses.page(default), self.publisher)
            return replace(made, default=address or made.root + quote(addresses.page(default)))
        return made

    def _alternates(self, one: Published, here: Published | None) -> tuple[Anchor, ...]:
        root = "../" * addresses.page(one).count("/")
        return tuple(
            views.anchor(other, self.publisher, root, is_here=other is here)
            for other in self.documents[one.document_id]
        )

    def _default(self, versions: Sequence[Published]) -> Published:
        """Return the text for readers of other languages: the English one, or the original, or any."""
        return next((one for one in versions if one.lang == "en"), versions[0])

    def _article(self, one: Published, direction: str, html: Markup) -> TextPage:
        language = self.publisher.language(one.lang)
        if one.standing is Standing.WITHDRAWN:
            return TextPage(one.lang, direction, Markup(), notices=views.notices(one, self.publisher))
        return TextPage(
            one.lang,
            direction,
            html,
            views.contents(one),
            views.notices(one, self.publisher),
            views.published_on(one, language),
            one.text.colophon,
            one.text_sha256,
            self._versions(one),
            views.downloads(one, self.publisher),
            self._topics(one),
            views.metadata(one),
        )

    def _versions(self, one: Published) -> tuple[Anchor, ...]:
        """Return a link to the text beside its original, if it may be read so."""
        if one.is_original or any(other.standing is Standing.WITHDRAWN for other in self._original(one)):
            return ()
        return (Anchor(views.beside(one, self.publisher), quote(addresses.beside(one).rpartition("/")[2])),)

    def _topics(self, one: Published) -> tuple[Anchor, ...]:
        its = (Listing(one.lang, "topic", topic, self.publisher.topics.get(topic) or topic, ()) for topic in one.topics)
        root = "../" * addresses.page(one).count("/")
        return tuple(Anchor(listing.title, root + quote(listing.path())) for listing in its)

    # Languages

    def _language(self, lang: str) -> Iterator[PlannedFile]:
        texts = lists.newest_first([one for one in self.languages[lang] if one.standing is not Standing.WITHDRAWN])
        found = list(lists.listings(texts, self.publisher))
        stamps = [*self.langs, *(one.stamp for one in texts)]
        yield self._page(addresses.home(lang), stamps, partial(self._home, lang, texts, found))
        for listing in found:
            for number in range(1, listing.pages + 1):
                made_of = [str(listing.pages), *(one.stamp for one in listing.page(number))]
                yield self._page(listing.path(number), made_of, partial(self._list, listing, number))
        yield from feeds.files(self.languages[lang], self.publisher, lang)
        yield from sitemap.files(texts, self.documents, self.publisher, lang)
        yield from search.files(texts, self.publisher, lang)
        path = f"search/{lang}/{INDEX}"
        yield self._page(path, self.langs, partial(self._search_page, lang, path))

    def _homes(self, here: str, root: str, path: Callable[[str], str]) -> tuple[Anchor, ...]:
        found = []
        for lang in self.langs:
            language = self.publisher.language(lang)
            address = addresses.on_the_web(path(lang), self.publisher)
            title = views.own_name(language)
            found.append(
                Anchor(title, root + path(lang), lang, language.direction, address, is_here=lang == here)
            )  # fmt: skip
        return tuple(found)

    def _home(self, lang: str, texts: Sequence[Published], found: Sequence[Listing]) -> bytes:
        path, labels = addresses.home(lang), self.publisher.language(lang).publication
        page = views.frame(
            self.publisher, lang, path, self.publisher.name or labels.texts, is_home=True,
            alternates=self._homes(lang, "../", addresses.home), default=self._first("../"),
        )  # fmt: skip
        groups = [
            (title, [Anchor(one.title, f"../{quote(one.path())}", note=str(len(one.texts))) for one in its])
            for title, kind in ((labels.years, "year"), (labels.topics, "topic"), (labels.issuers, "issuer"))
            if (its := lists.ordered(found, kind))
        ]
        entries = [views.entry(one, self.publisher, "../") for one in texts[:NEWEST]]
        return self.theme.page("home.html", page=page, entries=entries, groups=groups)

    def _first(self, root: str) -> str:
        return addresses.on_the_web(INDEX, self.publisher) or root + INDEX

    def _list(self, listing: Listing, number: int) -> bytes:
        path = listing.path(number)
        page = views.frame(self.publisher, listing.lang, path, listing.title)
        labels = page.labels
        said = {"year": labels.years, "topic": labels.topics, "issuer": labels.issuers}[listing.kind]
        entries = [views.entry(one, self.publisher, page.root) for one in listing.page(number)]
        others = [(labels.newer, number - 1), (labels.older, number + 1)]
        turns = [Anchor(title, page.root + listing.path(to)) for title, to in others if 1 <= to <= listing.pages]
        return self.theme.page("list.html", page=page, said=said, entries=entries, turns=turns)

    def _search_page(self, lang: str, path: str) -> bytes:
        title = self.publisher.language(lang).publication.search
        page = views.frame(
            self.publisher, lang, path, title, may_run_scripts=True,
            others=self._homes(lang, "../../", lambda lang: f"search/{lang}/{INDEX}"),
        )  # fmt: skip
        return self.theme.page("search.html", page=page)

    # The rest

    def _common(self) -> Iterator[PlannedFile]:
        if self.langs:
            yield self._page(INDEX, self.langs, self._front)
        yield from sitemap.index(self.langs, self.texts, self.publisher)
        yield self._page("assets/style.css", [], lambda: self.theme.style.encode())
        yield self._page("assets/fonts.css", [], lambda: fonts.style().encode())
        yield self._page("assets/search.js", [], search.script)
        for name in fonts.NAMES:
            yield self._page(f"assets/fonts/{name}", [], partial(fonts.content, name, self.publisher.keep))
        for name in fonts.LICENCES:
            yield self._page(f"assets/fonts/{name}", [], partial(fonts.licence, name))

    def _front(self) -> bytes:
        lang = "en" if "en" in self.langs else self.langs[0]
        title = self.publisher.name or self.publisher.language(lang).publication.texts
        homes = self._homes("", "", addresses.home)
        page = views.frame(self.publisher, lang, INDEX, title, alternates=homes, default=self._first(""))
        return self.theme.page("front.html", page=page)


def digest(made_of: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(made_of).encode("utf-8", "replace")).hexdigest()
