"""What the translations of a unit into other languages tell of words that this one does not say.

A word of the source may be said freely, or be part of another word. Where a person has said it in another language,
that is less likely.
"""

from functools import cached_property

from pipeline.model import Unit
from pipeline.qa.checks import Context
from pipeline.qa.checks._literal import Span, is_said
from pipeline.text import vocabulary
from pipeline.text.saying import Saying


class SiblingSayings:
    """What the siblings of a unit say of what its source may mean."""

    def __init__(self, unit: Unit, context: Context) -> None:
        self._unit, self._context = unit, context

    @cached_property
    def _sayings(self) -> list[Saying]:
        siblings = self._context.siblings.get(self._unit.key, ())
        meant = vocabulary.source(self._unit.source, self._context.source).meanings if siblings else frozenset()
        return [vocabulary.said(one.target, one.context.target, meant) for one in siblings]

    def say(self, span: Span) -> bool:
        """Whether a word of the source is said in another language."""
        return any(is_said(span, said) for said in self._sayings)
