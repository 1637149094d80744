"""A text beside another in a file."""

from dataclasses import dataclass, field

from pipeline.publication.formats._office import FileText


@dataclass(slots=True)
class OdtSide:
    """A text as it stands in a file: what its names begin with, and which of its notes are written."""

    column: FileText
    name: str
    kind: str = "footnote"
    """Of its notes: those of an original are endnotes, so that both are counted from 1."""
    notes: dict[int, str] = field(default_factory=dict)
    """The ids of notes by their rows."""
    lists: dict[int, str] = field(default_factory=dict)
    """The ids of what was last written of each list."""

    @property
    def is_rtl(self) -> bool:
        return self.column.is_rtl
