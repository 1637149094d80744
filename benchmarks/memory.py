"""Lookups in a large translation memory, beside comparing with every sentence.

    python -m benchmarks.memory [UNITS]

The sentences are made of the words of the five documents, as frequent as they are there, and
of rarer words made from them. Asked for are sentences that differ from one of them by a word or two.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import polib
from rapidfuzz import fuzz, process

from pipeline.catalogue import memory
from pipeline.catalogue.memory import MemoryEntry
from pipeline.text.orthography import fold

ROOT = Path(__file__).parents[1]
ENDINGS = ("ها", "های", "ی", "ان", "تر", "گاه", "مند", "نامه", "گر", "انه", "ستان", "وار")
QUESTIONS = 200


def vocabulary() -> list[str]:
    files = [polib.pofile(str(path), encoding="utf-8") for path in sorted((ROOT / "translations" / "en").glob("*.po"))]
    return [word for file in files for entry in file for word in entry.msgid.split()]


def sentence(words: list[str], rng: random.Random) -> str:
    found = rng.choices(words, k=rng.randint(6, 28))
    for index in range(len(found)):
        if rng.random() < 0.3:
            found[index] = rng.choice(words) + "".join(rng.choices(ENDINGS, k=rng.randint(1, 3)))
    return " ".join(found)


def entries(count: int) -> Iterator[MemoryEntry]:
    words, rng = vocabulary(), random.Random(1)
    for number in range(count):
        yield MemoryEntry(sentence(words, rng), f"Translation {number}", "paragraph", "large")


def edited(text: str, words: list[str], rng: random.Random) -> str:
    changed = text.split()
    for _ in range(rng.randint(1, 2)):
        changed[rng.randrange(len(changed))] = rng.choice(words)
    return " ".join(changed)


def main(count: int) -> None:
    words, rng = vocabulary(), random.Random(2)
    texts = [entry.source for entry in entries(count)]
    asked = rng.sample(range(count), QUESTIONS)
    questions = [(edited(texts[index], words, rng), texts[index]) for index in asked]
    strangers = [(sentence(words, rng), "") for _ in range(QUESTIONS // 4)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.sqlite"
        known = memory.open(path)
        start = time.perf_counter()
        known.feed("large", "1", lambda: entries(count))
        built = time.perf_counter() - start
        start = time.perf_counter()
        known.feed("small", "1", lambda: [MemoryEntry(text, "T", "paragraph", "small") for text, _ in questions])
        added = time.perf_counter() - start
        known.keep_only({"large"})
        print(
            f"{count:,} units: built in {built:.0f} s, {path.stat().st_size / 2**20:.0f} MB; {QUESTIONS} more in {1000 * added:.0f} ms"
        )
        times, found = [], 0
        for question, wanted in [*questions, *strangers]:
            start = time.perf_counter()
            matches = known.similar(question)
            times.append(1000 * (time.perf_counter() - start))
            found += bool(matches) and matches[0].entry.source == wanted
        folded = [fold(text) for text in texts]
        start = time.perf_counter()
        for question, _ in questions[:3]:
            process.extract(fold(question), folded, scorer=fuzz.ratio, limit=5, score_cutoff=50)
        brute = 1000 * (time.perf_counter() - start) / 3
    times.sort()
    middle = statistics.median(times)
    print(
        f"lookup: median {middle:.1f} ms, 95 of 100 under {times[len(times) * 95 // 100]:.1f} ms, longest {times[-1]:.1f} ms"
    )
    print(f"found: {100 * found / QUESTIONS:.1f} % of the sentences that were edited")
    print(f"comparing with every sentence by letters alone (rapidfuzz): {brute / middle:.0f} × as long")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
