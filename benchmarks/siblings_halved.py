"""What the check of lengths says of a translation beside one into another language that is right, or has lost a half.

Run: python -m benchmarks.siblings_halved [FILE …]

Each FILE, by default every one of `corpus/`, has sentences in Persian with translations into English and
French. Halves are dropped by script, with a fixed seed.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.checks import half_dropped, load
from benchmarks.other_hands import CORPUS, LANGS, SEED, read
from pipeline.model import Unit
from pipeline.qa import checks
from pipeline.qa.checks import length


def outcomes(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield of each translation how it stands beside its sibling, and whether the check tells of it."""
    units = {lang: read(path, lang) for lang in LANGS}
    contexts, chance = {lang: load(lang)[1] for lang in LANGS}, random.Random(SEED)
    halves = {lang: [half_dropped(unit, chance, lang, contexts[lang]) for unit in units[lang]] for lang in LANGS}
    for lang, other in (LANGS, LANGS[::-1]):
        rows = zip(units[lang], halves[lang], units[other], halves[other], strict=True)
        for unit, half, beside, shorter in rows:
            yield "right, beside a right one", is_told(unit, beside.target, contexts[lang], contexts[other])
            if shorter:
                yield "right, beside a half", is_told(unit, shorter, contexts[lang], contexts[other])
            if half:
                made = replace(unit, target=half)
                yield "half, beside a right one", is_told(made, beside.target, contexts[lang], contexts[other])
            if half and shorter:
                yield "half, beside a half", is_told(made, shorter, contexts[lang], contexts[other])


def is_told(unit: Unit, beside: str, context: checks.Context, other: checks.Context) -> bool:
    known = replace(context, siblings={unit.key: (checks.Sibling(other, beside),)})
    return any(length.check(unit, known))


def main() -> None:
    total, told = Counter[str](), Counter[str]()
    for path in [*map(Path, sys.argv[1:])] or sorted(CORPUS.glob("*.csv")):
        for how, is_found in outcomes(path):
            total[how] += 1
            told[how] += is_found
    for how, count in total.items():
        print(f"{how:26} {told[how]:5} of {count:5}  {told[how] / count:6.1%}")


if __name__ == "__main__":
    main()
