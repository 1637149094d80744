"""The values that flow from stage to stage: frozen, and without a third-party library."""

import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what reads language files is slow to import, and no help text needs it
    from pipeline.languages import Language


class Kind(StrEnum):
    """What a block is. The value is also the msgctxt of its units."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    SLOGAN = "slogan"
    SEPARATOR = "separator"
    DATE = "date"
    SIGNATURE = "signature"
    CONTACT = "contact"
    QUOTATION = "quotation"
    TABLE = "table"
    VERSE = "verse"
    SIGNATURES = "signatures"
    NOTE = "note"
    CAPTION = "caption"
    IMAGE = "image"

    @property
    def is_grid(self) -> bool:
        """Whether its text is rows of cells: a table, hemistichs side by side, signatures in columns."""
        return self in (Kind.TABLE, Kind.VERSE, Kind.SIGNATURES)


class MarkKind(StrEnum):
    """What a mark says of a part of a text; NOTE, IMAGE and BREAK stand at a place, the others around words."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    LINK = "link"
    CODE = "code"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    NOTE = "note"
    IMAGE = "image"
    BREAK = "break"


LINE, PARAGRAPH = "line", "paragraph"
"""What is counted in a document."""

LINE_BREAK = "\u2028"
"""A line end inside a block, which a mark BREAK covers."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A part of a text, from its character `start` up to `end`, and what it is there.

    `value` is the address of a link, the marker of a note, the alternative text of an image.
    """

    start: int
    end: int
    kind: MarkKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document; `text` is a part of the source, character for character (of quoted mail, without «>»).

    `first` and `last` are line numbers, counted from 1; in formats without lines, numbers of
    paragraphs. `level` is 1 for a title, 2 and deeper for headings, else 0; `depth` is 1 for an item
    of a list, 2 for one of a list in it, else 0. `marker` is that of a list or a note as it stands in
    the source («۱-», «•»); it is no part of `text`. `ordinal` is its number, if it has one. The text of a
    grid has a tab (in plain text, a wide gap) between cells and a line end between rows, of which the
    first `header_rows` are the head of a table. `marks` lie over the text and may overlap. `picture` is the name, in
    the document's `pictures`, of what an image shows; without it there is the alternative text alone.
    """

    kind: Kind
    text: str
    first: int
    last: int
    level: int = 0
    marker: str = ""
    ordinal: int | None = None
    depth: int = 0
    header_rows: int = 0
    marks: tuple[Mark, ...] = ()
    picture: str = ""


class Permission(StrEnum):
    """Whether a text of others may be published again: only what is granted is ever released."""

    GRANTED = "granted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a text of others was published, and whether it may be published again."""

    address: str = ""
    permission: Permission = Permission.UNKNOWN

    @property
    def is_permitted(self) -> bool:
        return self.permission is Permission.GRANTED


@dataclass(frozen=True, slots=True)
class Meta:
    """What the editor states about a document, in the source language.

    `editorial_title` names a document that has no title of its own; `date` is ISO 8601 as far as the document
    gives it (yyyy-mm-dd, yyyy-mm or yyyy), or empty. `topics` say which partners it concerns, `formerly` under which
    ids it was known. `short_title` is for the heads of its pages, `number` the one its issuer filed it under, `place`
    where it was issued. `languages` are what it is translated into, if it says so itself; a text of others has a
    `provenance`. One of an archive is translated once it is `selected`.
    """

    editorial_title: str = ""
    issuer: str = ""
    date: str = ""
    topics: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    short_title: str = ""
    number: str = ""
    place: str = ""
    languages: tuple[str, ...] = ()
    provenance: Provenance | None = None
    selected: bool = False


def first_day(date: str) -> str:
    """Return the first day of a date that may be a month or a year alone, as yyyy-mm-dd."""
    return f"{date}-01-01"[: len("yyyy-mm-dd")]


@dataclass(frozen=True, slots=True)
class Document:
    """A source document, read. `sha256` is that of its `file`, a name; `remarks` say what was done to read it.

    The file of one that lies in a folder for its language has that before its name: «en/call.txt».

    `counted` is what `first` and `last` of its blocks count: lines, or paragraphs where a format has no lines.
    `pictures` are files as they stand in the document, unread, by their SHA-256.
    """

    id: str
    language: "Language"
    meta: Meta
    blocks: tuple[Block, ...]
    sha256: str
    remarks: tuple[str, ...] = ()
    file: str = ""
    counted: str = LINE
    pictures: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def lang(self) -> str:
        return self.language.code

    @property
    def leaves_whole(self) -> bool:
        """Whether its file may leave byte for byte: a plain text, in which nothing stands that is not read."""
        return self.file.endswith(".txt") and self.counted == LINE

    @property
    def text_alone(self) -> bytes:
        """What leaves of any other file: that may name who wrote it, and where."""
        return "".join(f"{block.text}\n\n" for block in self.blocks).encode()

    @property
    def stated_sha256(self) -> str:
        """The digest of what leaves.

        That of a file which stays here would tell whoever guesses a name in it that it is right, and whoever finds it
        on somebody's machine that it is the very one.
        """
        return self.sha256 if self.leaves_whole else hashlib.sha256(self.text_alone).hexdigest()


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence and what stands between it and the next one.

    For every block without marks, "".join(s.source + s.tail for s in segments) is its text. With marks,
    `source` has signs for them (see `pipeline.text.markup`), and `signs` are what {1}, {2} … stand
    for; None says that there are none, and all signs in the text are text. `around` are marks over the
    whole sentence, which has no signs for them.
    """

    source: str
    tail: str
    signs: tuple[Mark, ...] | None = None
    around: tuple[Mark, ...] = ()


class State(StrEnum):
    """How far a unit has come, the farthest from a finished text first.

    `machine` to `doubt` carry the PO flag `fuzzy`, each for another kind of reading: a
    machine's text; the translation of an earlier wording of the sentence; the translation
    of a sentence like it; text of a person who left, or put, the flag there. `translated` is
    what a person took the flag from, `reviewed` what another person has read since.
    """

    UNTRANSLATED = "untranslated"
    MACHINE = "machine"
    CHANGED = "changed"
    MEMORY = "memory"
    DOUBT = "doubt"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    COPIED = "copied"

    @property
    def is_fuzzy(self) -> bool:
        return self in (State.MACHINE, State.CHANGED, State.MEMORY, State.DOUBT)

    @property
    def is_done(self) -> bool:
        """Whether a person stands behind it, or it needs nobody, as an address that is copied."""
        return self in (State.TRANSLATED, State.REVIEWED, State.COPIED)

    @property
    def is_reviewed(self) -> bool:
        """Whether it is done and nobody else needs to read it."""
        return self in (State.REVIEWED, State.COPIED)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a sentence stands: its line, counted from 1, and the heading above it, if there is one.

    Where a format has no lines, paragraphs are `counted`. Line 0 is that of what the editor states (title,
    issuer), which stands nowhere in the document. As text it is «line 3, under «heading»», and `read`
    understands it again.
    """

    line: int
    heading: str = ""
    counted: str = LINE

    def __str__(self) -> str:
        return self.short + (f", under «{self.heading}»" if self.line and self.heading else "")

    @property
    def short(self) -> str:
        """The place without its heading."""
        return f"{self.counted} {self.line}" if self.line else "stated by the editor"

    @classmethod
    def read(cls, text: str) -> "Location | None":
        """Return the location that a text names; None when it names none."""
        if text == str(cls(0)):
            return cls(0)
        form = _LOCATION.fullmatch(text)
        return cls(int(form["line"]), form["heading"] or "", form["counted"]) if form else None


_LOCATION = re.compile(r"(?P<counted>line|paragraph) (?P<line>[1-9][0-9]{0,8})(?:, under «(?P<heading>.*)»)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment, its target and its state: one entry of a PO file.

    `context` is the kind of its block. `origin` tells where the target comes from, as
    `pipeline.catalogue.origin` writes it; it is empty when a person wrote it. `notes` belong to
    translators and are carried, never written, as are the PO `flags` other than fuzzy and the
    `previous` source text. `line` is where its entry stands in the PO file it was read from, 0 for
    a new one. `marks` say in words what the signs in its source stand for; without any, signs are text.
    """

    context: str
    source: str
    target: str = ""
    state: State = State.UNTRANSLATED
    origin: str = ""
    locations: tuple[Location, ...] = ()
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: str = ""
    line: int = field(default=0, compare=False)
    marks: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.source


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The units of one document in one language: one PO file.

    `obsolete` units have left the document. `headers` are the fields of the PO header in
    their order, `header_comment` what translators wrote above it.
    """

    document_id: str
    source_lang: str
    target_lang: str
    units: tuple[Unit, ...]
    obsolete: tuple[Unit, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    header_comment: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine's translation and the `engine` that made it; empty, with the `problem`, when unfit to be read.

    `left_out` are the signs of its source that it has not.
    """

    text: str
    engine: str
    problem: str = ""
    left_out: tuple[str, ...] = ()


class Severity(StrEnum):
    """How much a finding weighs: an error keeps a document from being released.

    A hint is too often wrong to be told unasked; a note is hardly ever a fault.
    """

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    NOTE = "note"

    def weighs(self, least: "Severity") -> bool:
        """Whether it is at least as severe as another."""
        order = list(Severity)
        return order.index(self) <= order.index(least)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in a unit. `place` is the wording it is about, `suggestion` what should stand there."""

    check: str
    severity: Severity
    unit: Unit
    message: str
    place: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence in all languages of an edition; `units[lang]` is missing for the source language.

    `signs` and `around` are those of its segment. In an edition that shows changes, `earlier` is what
    stood here before: None when nothing did. A sentence that is gone has no source of its own.
    """

    source: str
    tail: str
    units: dict[str, Unit] = field(default_factory=dict)
    earlier: Unit | None = None
    signs: tuple[Mark, ...] | None = None
    around: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A block in all languages: what stands side by side on the page."""

    block: Block
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One document in its languages, aligned, ready to typeset.

    `title`, `issuer`, `short_title` and `place` are passages of their own: the title may be editorial (then
    `title_is_editorial`) and stand nowhere in the document. `since` names the revision it is
    compared with, if it shows changes.
    """

    document: Document
    languages: "tuple[Language, ...]"
    rows: tuple[Row, ...]
    title: Passage
    title_is_editorial: bool
    issuer: Passage | None
    origins: dict[str, str]
    since: str = ""
    short_title: Passage | None = None
    place: Passage | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All that it says: what is stated about the document, then the passages of its rows."""
        stated = (self.title, self.issuer, self.short_title, self.place)
        return (*filter(None, stated), *(passage for row in self.rows for passage in row.passages))

    @property
    def langs(self) -> tuple[str, ...]:
        return tuple(language.code for language in self.languages)


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be written; `path` is relative to the output folder."""

    path: str
    media_type: str
    content: bytes
