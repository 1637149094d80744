"""Lookups in a large translation memory, beside comparing with every sentence.

    python -m benchmarks.memory [UNITS] [share of units that stand in an earlier document, per cent] [FILE]

FILE is where the memory is kept; one that is there is asked as it is.

The sentences are made of the words of the five documents, as frequent as they are there, and of rarer words made from them; they
come in documents of 60. Asked for are sentences that differ from one of them by a word or two. Times are of the CPU, user and system.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import polib
from rapidfuzz import fuzz, process

from pipeline.catalogue import memory
from pipeline.catalogue.memory import Memory, MemoryEntry
from pipeline.text.orthography import fold

ROOT = Path(__file__).parents[1]
ENDINGS = ("ها", "های", "ی", "ان", "تر", "گاه", "مند", "نامه", "گر", "انه", "ستان", "وار")
QUESTIONS = 200
A_DOCUMENT = 60
MOST_REPEATED = 2000
"""Sentences that stand in many documents: letterheads, slogans, closing words."""
COMPARED = 100_000
"""Sentences that are compared one by one, to tell how long all of them would take."""
READING = "read: anna 2026-11-28 [0123456789abcdef]"


def vocabulary() -> list[str]:
    files = [polib.pofile(str(path), encoding="utf-8") for path in sorted((ROOT / "translations" / "en").glob("*.po"))]
    return [word for file in files for entry in file for word in entry.msgid.split()]


def sentence(words: list[str], rng: random.Random) -> str:
    found = rng.choices(words, k=rng.randint(6, 28))
    for index in range(len(found)):
        if rng.random() < 0.3:
            found[index] = rng.choice(words) + "".join(rng.choices(ENDINGS, k=rng.randint(1, 3)))
    return " ".join(found)


def documents(count: int, repeated: int) -> Iterator[list[MemoryEntry]]:
    """Yield documents with so many units in all, some of which stand in an earlier one, too."""
    words, rng = vocabulary(), random.Random(1)
    known: list[tuple[str, str]] = []
    for number in range(count // A_DOCUMENT):
        units = []
        for place in range(A_DOCUMENT):
            if known and rng.random() * 100 < repeated:
                source, target = rng.choice(known)
            else:
                source, target = (
                    sentence(words, rng),
                    f"Translation {number}.{place} of what it says, of no fewer words",
                )
                if len(known) < MOST_REPEATED:
                    known.append((source, target))
            units.append(MemoryEntry(source, target, "paragraph", f"d{number}", (READING,)))
        yield units


def edited(text: str, words: list[str], rng: random.Random) -> str:
    changed = text.split()
    for _ in range(rng.randint(1, 2)):
        changed[rng.randrange(len(changed))] = rng.choice(words)
    return " ".join(changed)


def build(known: Memory, count: int, repeated: int) -> None:
    """Feed documents with so many units in all, and say what that took."""
    building = 0.0
    with known.feeding():
        for number, units in enumerate(documents(count, repeated)):
            start = time.process_time()
            known.feed(f"d{number}", "1", lambda units=units: units)
            building += time.process_time() - start
    start = time.process_time()
    known.feed("d0", "2", lambda: units)
    print(f"built in {1e6 * building / count:.0f} µs a unit, {building:.0f} s")
    print(
        f"a document of {A_DOCUMENT} in the place of another: {1000 * (time.process_time() - start):.0f} ms", flush=True
    )


def main(count: int, repeated: int, path: Path) -> None:
    words, rng = vocabulary(), random.Random(2)
    is_there = path.exists()
    with closing(memory.open(path)) as known:
        if not is_there:
            build(known, count, repeated)
        known._rows("PRAGMA wal_checkpoint(TRUNCATE)")
        ((entries,), *_) = known._rows("SELECT max(id) FROM entries")
        size = path.stat().st_size
        print(f"{count:,} units, {repeated} % of them in an earlier document too: {entries:,} are kept")
        print(f"{size / 2**20:.0f} MB, {size / count:.0f} bytes a unit")
        compared = [fold(text) for (text,) in known._rows(f"SELECT source FROM entries LIMIT {COMPARED}")]
        numbers = [rng.randint(1, entries) for _ in range(QUESTIONS)]
        chosen = [
            known._rows("SELECT source FROM entries WHERE id >= ? LIMIT 1", (number,))[0][0] for number in numbers
        ]
        questions = [(edited(text, words, rng), text) for text in chosen]
        strangers = [(sentence(words, rng), "") for _ in range(QUESTIONS // 4)]
        similar, exact, found = [], [], 0
        for question, wanted in [*questions, *strangers]:
            start = time.process_time()
            matches = known.similar(question)
            similar.append(1000 * (time.process_time() - start))
            found += bool(matches) and matches[0].entry.source == wanted
            start = time.process_time()
            known.exact(wanted)
            exact.append(1000 * (time.process_time() - start))
    start = time.process_time()
    for question, _ in questions[:3]:
        process.extract(fold(question), compared, scorer=fuzz.ratio, limit=5, score_cutoff=50)
    brute = 1000 * (time.process_time() - start) / 3 * count / len(compared)
    for name, times in (("the same sentence", exact), ("one like it", similar)):
        times.sort()
        print(
            f"{name}: median {statistics.median(times):.1f} ms, 95 of 100 under {times[len(times) * 95 // 100]:.1f} ms, longest {times[-1]:.1f} ms"
        )
    print(f"found: {100 * found / QUESTIONS:.1f} % of the sentences that were edited")
    print(
        f"comparing with every sentence by letters alone (rapidfuzz): {brute / statistics.median(similar):.0f} × as long"
    )


if __name__ == "__main__":
    given = sys.argv[1:]
    count, repeated = (int(word) for word in (*given[:2], *("1000000", "20")[len(given[:2]) :]))
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        main(count, repeated, Path(*given[2:3] or (folder, "memory.sqlite")))
