"""How strongly a row is kept with the one before it."""

from enum import IntEnum


class Keep(IntEnum):
    """Why a page should not end between two rows, the weakest reason first.

    They stand in the page as numbers: `data-kept` of a row that is kept with the one before it, `data-leads` of one
    that what follows is kept with. Of what the stylesheet keeps, such as headings, no page ever ends behind it.
    """

    NOT = 0
    SIGNED = 1
    """What a text is signed with stands below some of it."""
    UNDIVIDED = 2
    """A text of a few lines is not divided."""
    ADDRESSED = 3
    """Several lines of a contact stand below a name."""
    TOGETHER = 4
    """Of a few slogans, or the lines of a contact, one follows another."""
    ANNOUNCED = 5
    """The row before it ends in a colon."""
    BELONGING = 6
    """A date belongs to its signature, a separator between two texts."""
    ALONE = 7
    """The row, or the one before it, would be alone: the first or last of many, a caption."""
    ALWAYS = 8
