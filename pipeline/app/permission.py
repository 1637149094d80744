"""What keeps a text from leaving: one of others, of which nobody has said that it may be published; who meets where."""

from collections.abc import Iterator

from pipeline.app import inbox, sketches
from pipeline.app.session import Session
from pipeline.app.sketches import Sketch
from pipeline.catalogue import leverage
from pipeline.document import seminar
from pipeline.inbox.record import Fate, InboxItem
from pipeline.model import Document, Permission

_REMEDY = 'Ask whoever wrote it, and write into its file in .toml, below [provenance]: permission = "granted"'


_MEETING = (
    "a seminar, with the names of those who come: it goes to no partner and into no section; what is in output/seminar "
    "is for who is there"
)


class Permissions:
    """What is known of the texts of others; a document keeps what was said of it when its files are moved by hand."""

    def __init__(self, session: Session) -> None:
        accepted = (item for item in inbox.items(session) if item.fate is Fate.ACCEPTED)
        self.withheld: list[tuple[InboxItem, Sketch]] = [
            (item, item.sketch) for item in accepted if item.permission is not Permission.GRANTED
        ]

    def kept_here(self, document: Document) -> Iterator[str]:
        """Yield what keeps a document from partners and from the web, released or not."""
        if seminar.is_one(document.file):
            yield _MEETING
        yield from self.forbidden(document)

    def forbidden(self, document: Document) -> Iterator[str]:
        """Yield what keeps a document from being published at all."""
        provenance = document.meta.provenance
        if provenance and not provenance.is_permitted:
            yield f"a text of others; nothing says that it may be published again. {_REMEDY}"
        elif not provenance and (item := self._source(document)):
            yield (
                f"number {item.number} of the inbox, accepted as {item.document}, is much the same text of others, and "
                f"nothing says that it may be published again. {_REMEDY}"
            )

    def _source(self, document: Document) -> InboxItem | None:
        """Return the text of others that a document says nothing of, and is."""
        if not self.withheld:
            return None
        own = sketches.sketch(unit.source for unit in leverage.extract(document))
        like = (item for item, sketch in self.withheld if sketches.likeness(own, sketch) >= inbox.ALIKE)
        return next((item for item in like if item.like != document.id), None)  # what came back was ours before
