"""Targets far too short or too long for their source, by pair of languages and length.

The logarithm of target over source, counted in letters, is nearly normal: its
spread is narrow for long sentences and wide for short ones. The figures stand in the files of the
target languages; those of the package were fitted on one half of the reviewed units of this repository, and on
everyday sentences (python -m benchmarks.checks --fit).
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.languages import Language
from pipeline.languages.sections import Length
from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa.checks import Context
from pipeline.text import quantities
from pipeline.text.segment import without_addresses
from pipeline.text.words import MARKS, Remembered, pieces

LIMIT = 2.9
"""Standard deviations from the mean that are still let pass."""

USUAL = 1.0
"""Standard deviations that tell nothing, whatever other languages say."""

SHARED = 0.6
"""How closely the deviations of a sentence in English and in French go together: their correlation, in the corpus."""

SHORT, LIMIT_OF_SHORT = 24, 4.0
"""Letters of a source whose translation may be a word or two («Annex 3»), and the deviations let pass there."""


OTHERS = Length(0.2, 0.06, 2.0)
"""For pairs nobody has measured: wide enough to find only the gross."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if unit.state is State.COPIED or not unit.target:
        return
    deviation = deviation_beside(unit, context)
    if _is_unusual(deviation, unit) and _is_unusual(deviation_beside(unit, context, _without_numbers), unit):
        what = "short" if deviation < 0 else "long"
        yield Finding(
            "length",
            Severity.WARNING,
            unit,
            f"too {what} for its source: {'is something missing' if deviation < 0 else 'has something been added'}?",
        )


def deviation_beside(unit: Unit, context: Context, of: Callable[[Unit, Context], Unit] | None = None) -> float:
    """Return by how many standard deviations a target is longer than usual, and than its siblings let expect.

    Where a sentence is terse in one language, it is more often terse in another; but one that has lost a half tells
    nothing of it, so that each counts for USUAL at most. Only what `of` leaves of each counts.
    """
    own, others = _deviation(unit, context, of), context.siblings.get(unit.key, ())
    if not others or abs(own) < USUAL:
        return own
    theirs = (min(USUAL, max(-USUAL, _deviation(replace(unit, target=one.target), one.context, of))) for one in others)
    return (own - SHARED * sum(theirs) / len(others)) / math.sqrt(1 - SHARED**2)


def _deviation(unit: Unit, context: Context, of: Callable[[Unit, Context], Unit] | None) -> float:
    usual = context.target.target.lengths.get(context.source.code, OTHERS)
    return deviations(of(unit, context) if of else unit, usual)


def _is_unusual(deviation: float, unit: Unit) -> bool:
    far = abs(deviation)
    return far > LIMIT and (far > LIMIT_OF_SHORT or letters(unit.source) >= SHORT)


def _without_numbers(unit: Unit, context: Context) -> Unit:
    """Return a unit without numbers, which one side may have in words and the other in figures, and addresses."""
    return replace(unit, source=_wordless(unit.source, context.source), target=_wordless(unit.target, context.target))


def _wordless(text: str, language: Language) -> str:
    """Return a text without its numbers and addresses, and with a percentage that has its sign in letters."""
    text, numbers = without_addresses(text), quantities.read(without_addresses(text), language)
    starts, ends = (one.start for one in numbers), (one.end for one in numbers)
    kept = zip((0, *ends), (*starts, len(text)), strict=True)
    return "".join(text[start:end] for start, end in kept).replace("%", PER_CENT)


PER_CENT = "percent"
"""As many letters as «درصد», “per cent” and «pour cent» have, about."""


def deviations(unit: Unit, usual: Length) -> float:
    """Return by how many standard deviations a target is longer (or, negative, shorter) than usual."""
    source, target = letters(unit.source), letters(unit.target)
    spread = math.sqrt(usual.constant + usual.per_letter / max(1, source))
    return (math.log(max(1, target) / max(1, source)) - usual.mean) / spread


def letters(text: str) -> int:
    return sum(map(_LETTERS.__getitem__, pieces(text)))


_SIGN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_OF_SIGN = 3
"""A Chinese sign says about as much as so many letters."""


def _counted(piece: str) -> int:
    """Return the letters of a piece; a vowel sign of India is one, too."""
    if piece.isascii():
        return sum(map(str.isalpha, piece))
    return sum(one.isalpha() or one in MARKS for one in piece) + (_OF_SIGN - 1) * len(_SIGN.findall(piece))


_LETTERS = Remembered(_counted)
