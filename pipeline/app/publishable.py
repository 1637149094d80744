"""A document → which of its texts may be published: those whose PDF lies there as it was released."""

from collections.abc import Callable
from dataclasses import replace

from pipeline.app import building, catalogues, pdf_record
from pipeline.app.catalogues import Current
from pipeline.app.records import PublishedRecord
from pipeline.app.session import Session
from pipeline.distribution import metadata, release
from pipeline.edition import alignment, circumstances, reading
from pipeline.edition.content import TextContent
from pipeline.edition.design import CHANGES, Design, Paper, Print
from pipeline.edition.render import pdf
from pipeline.model import Document, Edition
from pipeline.publication import Published
from pipeline.workspace.config import Config


class ReleasedEdition:
    """A document, and which of its texts are released: whose PDF lies there as it was released, of the same text."""

    def __init__(self, session: Session, document: Document, built: pdf_record.Record) -> None:
        self.session, self.config, self.document, self.built = session, session.config, document, built
        read = catalogues.reader(session, document)
        self.current: dict[str, Current] = {}
        for lang in self.config.targets_of(document):
            with session.guarded():
                self.current[lang] = read(lang)
        merged = {lang: now.catalogue for lang, now in self.current.items()}
        self.contents: dict[str, TextContent] = {}
        self.edition: Edition = alignment.build(document, merged, self.config.all_languages)

    def text(self, lang: str) -> PublishedRecord | None:
        """Return the text in a language as it may be published; None when it is not released."""
        langs = () if lang == self.document.lang else (lang,)
        wanted = building.texts_digest(self.edition, langs)
        for layout in (one for one in self.config.layouts if one != CHANGES):  # those are for who translates
            design = Design(layout, Paper(self.config.paper), Print(self.config.print), self.config.theme)
            name = pdf.path(self.document.id, (self.document.lang, *langs), design)
            one = self.built.get(name)
            if one and one.shown and one.text == wanted and pdf_record.is_whole(self.config, name, one):
                return replace(self.of(lang), pdf=name, pdf_sha256=one.sha256)
        return None

    def wordings(self, lang: str) -> set[str]:
        """Return what the text in a language says, and what its original does, whatever their status."""
        langs = {lang, self.document.lang}
        return {release.wording(release.text(self.edition, one, is_draft=False)) for one in langs}

    def body(self, lang: str) -> str:
        return release.body_sha256(self.edition, lang)

    def content(self, lang: str) -> TextContent:
        if lang not in self.contents:
            self.contents[lang] = reading.read(self.edition, self.config.language(lang), self.config.theme)
        return self.contents[lang]

    def of(self, lang: str) -> PublishedRecord:
        """Return the text in a language, whether it is released or not."""
        made = text_of(self.config, self.edition, lang, self.content)
        return PublishedRecord(made, file=self.document.file, file_sha256=self.document.sha256)


def text_of(config: Config, edition: Edition, lang: str, content: Callable[[str], TextContent]) -> Published:
    """Return a text of an edition as it would be published; `content` reads it in a language."""
    document = edition.document
    one = release.release(edition, lang, b"", {}, is_draft=False)
    names = {block.picture for block in document.blocks} - {""}
    return Published(
        document.id,
        lang,
        document.lang,
        content(lang),
        content(document.lang),
        one.text_sha256,
        one.source_sha256,
        circumstances.in_language(config.language(lang), edition.issuer),
        circumstances.in_language(config.language(document.lang), edition.issuer),
        document.meta.date,
        document.meta.topics,
        document.meta.provenance,
        units=one.units,
        reviewed=one.reviewed,
        translated=one.translated,
        metadata=metadata.json_ld([one], {}).decode(),
        pictures={name: content for name, content in document.pictures.items() if name in names},
        original_sha256=one.original_text_sha256,
    )
