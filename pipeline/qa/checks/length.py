"""Targets far too short or too long for their source, by pair of languages and length.

The logarithm of target over source, counted in letters, is nearly normal: its
spread is narrow for long sentences and wide for short ones. The figures stand in the files of the
target languages; those of the package were fitted on one half of the reviewed units of this repository, and on
everyday sentences (python -m benchmarks.checks --fit).
"""

import math
from collections.abc import Iterator

from pipeline.languages import Length
from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa.checks import Context
from pipeline.text.words import Remembered, pieces

LIMIT = 2.9
"""Standard deviations from the mean that are still let pass."""

SHORT, LIMIT_OF_SHORT = 24, 4.0
"""Letters of a source whose translation may be a word or two («Annex 3»), and the deviations let pass there."""


OTHERS = Length(0.2, 0.06, 2.0)
"""For pairs nobody has measured: wide enough to find only the gross."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if unit.state is State.COPIED or not unit.target:
        return
    deviation = deviations(unit, context.target.target.lengths.get(context.source.code, OTHERS))
    if abs(deviation) > (LIMIT if letters(unit.source) >= SHORT else LIMIT_OF_SHORT):
        what = "short" if deviation < 0 else "long"
        yield Finding(
            "length",
            Severity.WARNING,
            unit,
            f"too {what} for its source: {'is something missing' if deviation < 0 else 'has something been added'}?",
        )


def deviations(unit: Unit, usual: Length) -> float:
    """Return by how many standard deviations a target is longer (or, negative, shorter) than usual."""
    source, target = letters(unit.source), letters(unit.target)
    spread = math.sqrt(usual.constant + usual.per_letter / max(1, source))
    return (math.log(max(1, target) / max(1, source)) - usual.mean) / spread


def letters(text: str) -> int:
    return sum(map(_LETTERS.__getitem__, pieces(text)))


_LETTERS = Remembered(lambda piece: sum(map(str.isalpha, piece)))
