"""What `pipeline find` costs in an archive: making its index, bringing it up to date, asking it; and what grep does.

    python -m benchmarks.finding [DOCUMENTS ...]

For each number of documents (300, 1000 and 3000 without any), a workspace of so many texts of some 50 sentences, made
of the words of the seeds in their frequencies. Times are of the CPU, of all processes together; the exponent is that
with which each grows with the number of documents.
"""

import math
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipeline.app import finding, searchable, workspaces
from pipeline.app.session import Session
from pipeline.catalogue.fulltext import Within
from pipeline.cli import console
from pipeline.text import wordquery
from pipeline.workspace import config, places
from tests.conftest import ROOT

QUESTIONS = 40


def cpu() -> float:
    """Return the seconds of CPU of this process and of those that it has waited for."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def taken(work: Callable[[], object]) -> float:
    before = cpu()
    work()
    return cpu() - before


def texts(count: int) -> list[str]:
    read = (path.read_text("utf-8-sig") for path in sorted((ROOT / "seeds").glob("*.txt")))
    words, mixed = re.sub(r"[\s.!؟:]+", " ", " ".join(read)).split(), random.Random(23)
    made = []
    for number in range(count):
        lines = [" ".join(mixed.choices(words, k=6)), f"{1980 + number % 40}/3/12"]
        for _ in range(25):
            said = [*mixed.choices(words, k=18), mixed.choice(words) + mixed.choice(words)]
            lines.append(f"{' '.join(said[:9])}. {' '.join(said[9:])}.")
        made.append("\n\n".join(lines))
    return made


def questions(made: list[str]) -> list[list[str]]:
    """Return words that somebody may ask for: two of one text, of which one is rather rare."""
    mixed = random.Random(5)
    return [mixed.sample(re.findall(r"\w{4,}", mixed.choice(made)), 2) for _ in range(QUESTIONS)]


def measure(root: Path, count: int) -> dict[str, float]:
    list(workspaces.create(root))
    made = texts(count)
    for number, text in enumerate(made):
        (root / "seeds" / f"d{number:06}.txt").write_text(text, "utf-8")
    # As if the files were written long ago: those of the last two seconds are looked at twice.
    session = Session(config.read(root), lambda: console.clock().replace(year=2090))
    affixes = searchable.AffixesOf(session.config)
    asked = questions(made)

    def find(words: list[str]) -> finding.FoundTexts:
        return finding.find(session, words, Within(), 1, 10)

    def alone(words: list[str]) -> float:
        terms = wordquery.read(words, [affixes("fa")])
        return searchable.asked(session, affixes, lambda index: taken(lambda: index.find(terms, Within(), 0, 10)))

    building = taken(lambda: find(asked[0]))
    looks = [taken(lambda: searchable.asked(session, affixes, lambda index: None)) for _ in range(9)]
    wholes, questioned = [taken(partial(find, words)) for words in asked], [alone(words) for words in asked]
    changes = []
    for number in range(5):
        (root / "seeds" / "d000000.txt").write_text(f"{made[0]}\n\n{number}", "utf-8")
        changes.append(taken(partial(find, asked[0])))
    grep = ["grep", "-rlF", "", str(root / "seeds")]
    greps = [
        taken(partial(subprocess.run, [*grep[:2], words[0], grep[3]], stdout=subprocess.DEVNULL)) for words in asked
    ]
    index = root / places.PRIVATE / searchable.FILE_NAME
    return {
        "making the index, ms a document": 1000 * building / count,
        "size of the index, kB a document": index.stat().st_size / 1000 / count,
        "looking at all files, ms": 1000 * statistics.median(looks),
        "asking the index alone, ms": 1000 * statistics.median(questioned),
        "... 95 of 100 under, ms": 1000 * sorted(questioned)[len(questioned) * 95 // 100],
        "the whole of a question, ms": 1000 * statistics.median(wholes),
        "... after one document has changed, ms": 1000 * statistics.median(changes),
        "grep -rl for one of the words, ms": 1000 * statistics.median(greps),
    }


def exponent(counts: list[int], values: list[float]) -> float:
    """Return with which power of the counts values grow, by least squares of their logarithms."""
    xs, ys = [math.log(count) for count in counts], [math.log(value) for value in values]
    return statistics.linear_regression(xs, ys).slope


def main(counts: list[int]) -> None:
    found = []
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure(Path(folder), count))
    for name in found[0]:
        values = [one[name] for one in found]
        total = [
            value * (count if name.endswith("a document") else 1) for value, count in zip(values, counts, strict=True)
        ]
        grown = f"   grows with the power {exponent(counts, total):.2f}" if len(counts) > 1 else ""
        print(f"{name:44}" + "".join(f"{value:10.2f}" for value in values) + grown)


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [300, 1000, 3000])
