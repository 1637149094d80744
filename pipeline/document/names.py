"""What a line names: a person, an organisation, a kind of document."""

import re

from pipeline.document.contacts import LABELLED
from pipeline.document.lines import Patterns, SourceLine
from pipeline.text.orthography import fold

_FIGURE = re.compile(r"\d")
_INITIAL = re.compile(r"(?<![\w.])[^\W\d_a-z]\.\s[^\W\d_a-z]")
_NAME_AND_OFFICE = re.compile(r"[^\W\d_]++(?:[\s-][^\W\d_]++){1,2}(?:[،,]\s[^\W\d_]++(?:\s[^\W\d_]++){0,3})?")
"""A name of two or three words, and an office behind a comma."""


def names_person(line: SourceLine, patterns: Patterns, *, is_second: bool = False) -> bool:
    """Whether a line is a name: by its first word or an initial, or, below a subtitle, by a label or its length."""
    text = fold(line.text)
    if patterns.given_name.match(text) or patterns.author.match(text) or _INITIAL.search(line.text):
        return True
    if labels_writer(line, patterns):
        return True
    label = LABELLED.match(line.text)
    labelled = label is not None and not _FIGURE.search(line.text) and len(label[1].split()) <= 3
    return is_second and (labelled or _NAME_AND_OFFICE.fullmatch(line.text.replace("\u200c", "")) is not None)


def names_writer(line: SourceLine) -> bool:
    """Whether a label stands before a name of two or three words, perhaps with an office."""
    label = LABELLED.match(line.text)
    return label is not None and _NAME_AND_OFFICE.fullmatch(line.text[label.end() :].replace("\u200c", "")) is not None


def names_organisation(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a label stands before the name of an organisation."""
    label = LABELLED.match(line.text)
    return label is not None and patterns.organisation.match(fold(line.text[label.end() :])) is not None


def labels_writer(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a label stands before a name, or before an organisation."""
    label = LABELLED.match(line.text)
    value = fold(line.text[label.end() :]) if label else ""
    return bool(value and (patterns.organisation.match(value) or patterns.given_name.match(value)))


def names_kind(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line is the name of a kind of document, and no more: «Interview»."""
    return line.is_open and len(line.text.split()) < 3 and patterns.subtitle.match(fold(line.text)) is not None
