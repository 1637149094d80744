"""Footnotes and endnotes of a Word document, counted as their references come (ECMA-376, part 1, 17.11)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.document.formats._word.package import WordPackage
from pipeline.office import counters, symbols, word, xml
from pipeline.office.word import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_IN_EACH = "eachSect"
_MARKED = (f"{W}footnoteRef", f"{W}endnoteRef")
"""What shows the marker of a note in the note itself."""


@dataclass(slots=True)
class WordNotes:
    """The footnotes or the endnotes of a document, counted as their references come."""

    bodies: "dict[str, _Element]"
    form: str
    start: int
    name: str = "footnote"
    begins_anew: bool = False
    """Whether numbers do in each section, whatever a section says of itself."""
    count: int = 0
    markers: dict[str, str] = field(default_factory=dict)
    """Of the notes that were referred to, by their ids, in the order of their references."""

    def marker(self, reference: "_Element", signs: symbols.Signs) -> str:
        """Return the marker of the next reference: its own sign, which is taken out of its run, or a number."""
        id, own = reference.get(f"{W}id", ""), _own_sign(reference, signs)
        if id not in self.markers:
            self.count += not own
            self.markers[id] = own or counters.shown(self.start + self.count - 1, self.form)
        return self.markers[id]


def _own_sign(reference: "_Element", signs: symbols.Signs) -> str:
    """Take what stands in its run in place of the number of a reference; nothing where it has one."""
    run = reference.getparent()
    if run is None or reference.get(f"{W}customMarkFollows") not in ("1", "true", "on"):
        return ""
    own = ""
    for one in list(run.iterchildren(f"{W}t", f"{W}sym")):
        own += word.symbol(one, signs) if one.tag == f"{W}sym" else one.text or ""
        one.tag, one.text = f"{W}t", ""
    return own.strip()


def read(package: WordPackage, name: str, form: str, settings: "_Element | None") -> WordNotes:
    """Return the notes of a name: «footnote» or «endnote»; their numbers are of a form, where nothing else is said."""
    root = package.root(f"{name}s")
    bodies = {
        note.get(f"{W}id", ""): note
        for note in (root if root is not None else ())
        if xml.name(note) == name and note.get(f"{W}type", "normal") == "normal"
    }
    said = settings.find(f"{W}{name}Pr") if settings is not None else None
    start = word.value(said, "numStart")
    return WordNotes(
        bodies,
        word.value(said, "numFmt") or form,
        int(start) if re.fullmatch("[0-9]{1,6}", start) else 1,
        name,
        word.value(said, "numRestart") == _IN_EACH,
    )


def begin_section(kinds: Iterable[WordNotes], said: "_Element | None") -> None:
    """Begin the numbers of notes anew behind a paragraph that ends a section, where these or the document say so."""
    section = said.find(f"{W}sectPr") if said is not None else None
    if section is None:
        return
    for notes in kinds:
        stated = word.value(section.find(f"{W}{notes.name}Pr"), "numRestart")
        if stated == _IN_EACH or (not stated and notes.begins_anew):
            notes.count = 0


def is_marked(body: "_Element") -> bool:
    """Whether a note shows its marker itself."""
    return next(body.iter(*_MARKED), None) is not None
