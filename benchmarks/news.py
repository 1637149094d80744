"""What the checks find in news that people have translated.  Run: python -m benchmarks.news FOLDER [--seen]

FOLDER has files of the data set NTREX-128 (CC BY-SA 4.0), which is not part of this workspace: DOCUMENT_IDS.tsv,
newstest2019-src.eng.txt, newstest2019-ref.fra.txt and newstest2019-ref.fas.txt, line by line the same sentence. The
Persian and the French are translated from English, so that they are held against each other here as no translator
has: rates of false findings are higher than of translations from Persian.

Whole documents, drawn by chance with a fixed seed, are kept apart for measuring; with --seen the others are measured,
which were in view when words were chosen. Errors are planted by the script of benchmarks/other_hands.py.
"""

import random
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.checks import Planted, half_dropped, load
from benchmarks.other_hands import LANGS, planted, report
from pipeline.model import State, Unit

SEED, KEPT = 1998, 220
FILES = {"fa": "ref.fas", "en": "src.eng", "fr": "ref.fra"}


def sentences(folder: Path, lang: str) -> list[Unit]:
    """Return all sentences of the data set with their translation into a language."""
    source, target = (_lines(folder / f"newstest2019-{FILES[code]}.txt") for code in ("fa", lang))
    return [Unit("paragraph", one, other, State.REVIEWED) for one, other in zip(source, target, strict=True)]


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]


def kept_apart(folder: Path) -> list[bool]:
    """Return of each sentence whether it is of a document that is kept for measuring."""
    documents = [line.split("\t")[0].strip() for line in _lines(folder / "DOCUMENT_IDS.tsv")]
    drawn = list(dict.fromkeys(documents))
    random.Random(SEED).shuffle(drawn)
    kept, count = set[str](), 0
    for name in drawn:
        if count >= KEPT:
            break
        kept.add(name)
        count += documents.count(name)
    return [name in kept for name in documents]


def wrong(units: list[Unit], lang: str) -> list[Planted]:
    """Return translations with an error, those of which half is left out among them."""
    chance, known = random.Random(SEED), load(lang)[1]
    shorter = ((unit, half_dropped(unit, chance, lang, known)) for unit in units)
    halves = [Planted("half dropped", replace(unit, target=target), unit) for unit, target in shorter if target]
    return [*planted(units, lang), *halves]


def main() -> None:
    folder = Path(next(argument for argument in sys.argv[1:] if not argument.startswith("--")))
    is_kept = kept_apart(folder)
    wanted = "--seen" not in sys.argv
    units = {
        lang: [unit for unit, kept in zip(sentences(folder, lang), is_kept, strict=True) if kept is wanted]
        for lang in LANGS
    }
    part = "news, kept apart" if wanted else "news, in view"
    report(part, units, show=False, wrong={lang: wrong(units[lang], lang) for lang in LANGS})


if __name__ == "__main__":
    main()
