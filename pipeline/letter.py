"""Templates → the letter that comes with a bundle."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in one language: its subject is one line, its text and its HTML say the same."""

    subject: str
    text: str
    html: str
