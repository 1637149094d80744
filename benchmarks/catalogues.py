"""A large catalogue read, merged with 5 % changed sentences, and written, beside what msgmerge needs.

    python -m benchmarks.catalogues [UNITS]

Whole processes, started in turn; medians of three, as ratios to `msgmerge --no-fuzzy-matching`.
"""

import gc
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polib

from pipeline.catalogue import leverage, po
from pipeline.model import Catalogue, Location, State, Unit

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FUZZY_UNITS = 4_000
"""msgmerge compares every new sentence with every old one; more would take many minutes."""


def words(lang: str) -> list[str]:
    catalogues = [
        polib.pofile(str(path), encoding="utf-8") for path in sorted((ROOT / "translations" / "en").glob("*.po"))
    ]
    return [
        word
        for file in catalogues
        for entry in file
        for word in (entry.msgid if lang == "fa" else entry.msgstr).split()
    ]


def sentences(count: int, rng: random.Random) -> list[Unit]:
    """Return reviewed units with the words of the five documents, no two alike."""
    fa, en = words("fa"), words("en")
    return [
        Unit(
            "paragraph",
            f"{' '.join(rng.choices(fa, k=rng.randint(6, 32)))} {number}.",
            f"{' '.join(rng.choices(en, k=rng.randint(6, 36)))} {number}.",
            State.REVIEWED,
            locations=(Location(number, " ".join(rng.choices(fa, k=4))),),
        )
        for number in range(1, count + 1)
    ]


def make(folder: Path, count: int) -> None:
    """Write old.po, and what its document says now: new.txt for us, new.pot for msgmerge."""
    rng = random.Random(1)
    units = sentences(count, rng)
    headers = po.headers("large", "fa", "en", "")
    (folder / "old.po").write_bytes(
        po.serialise(Catalogue("large", "fa", "en", tuple(units), headers=headers), "seeds/large", NOW)
    )
    new = list(units)
    fa = words("fa")
    for index in rng.sample(range(count), count // 20):
        changed = new[index].source.split()
        changed[rng.randrange(len(changed) - 1)] = rng.choice(fa)
        new[index] = replace(new[index], source=" ".join(changed))
    bare = tuple(replace(unit, target="", state=State.UNTRANSLATED) for unit in new)
    (folder / "new.pot").write_bytes(
        po.serialise(Catalogue("large", "fa", "en", bare, headers=headers), "seeds/large", NOW)
    )


def ours(folder: Path) -> None:
    """The work of `pipeline segment` from the sentences on: read, merge, write."""
    new = po.read(folder / "new.pot", "large", "fa", "en").units
    old = po.load(folder / "old.po", "large", "fa", "en")
    merged = leverage.merge([replace(unit, line=0) for unit in new], old.catalogue)
    (folder / "ours.po").write_bytes(po.serialise(merged, "seeds/large", NOW, old))


def timed(*command: object) -> tuple[float, float]:
    """Return seconds and the most memory, in MB, of a process."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.catalogues", "--child", *map(str, command)],
        check=True,
        capture_output=True,
        text=True,
    )
    return time.perf_counter() - start, float(done.stdout)


def child(*command: str) -> None:
    """Do one piece of work and print the memory it took; gettext's programs run as its child."""
    if command[0] == "ours":
        gc.disable()  # as pipeline.__main__ does
        ours(Path(command[1]))
        who = resource.RUSAGE_SELF
    else:
        subprocess.run(command, check=True, capture_output=True)
        who = resource.RUSAGE_CHILDREN
    print(resource.getrusage(who).ru_maxrss / 1024)


def measure(count: int, *, fuzzy: bool) -> dict[str, tuple[float, float]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, count)
        files = folder / "old.po", folder / "new.pot", "-o", folder / "theirs.po"
        runs = {"ours": ("ours", folder), "msgmerge -N": ("msgmerge", "-q", "-N", *files)}
        if fuzzy:
            runs["msgmerge"] = ("msgmerge", "-q", "--previous", *files)
        times: dict[str, list[tuple[float, float]]] = {what: [] for what in runs}
        for _ in range(3):
            for what, command in runs.items():
                times[what].append(timed(*command))
    return {what: (statistics.median(t for t, _ in found), max(m for _, m in found)) for what, found in times.items()}


def main(most: int) -> None:
    baseline = None
    for count in (FUZZY_UNITS, most // 4, most // 2, most):
        found = measure(count, fuzzy=count == FUZZY_UNITS)
        unit = found["msgmerge -N"][0]
        for what, (seconds, memory) in found.items():
            print(f"{count:>7,} units  {what:<12} {seconds / unit:6.2f} × msgmerge -N  {memory:5.0f} MB", flush=True)
        if count == most // 4:
            baseline = found["ours"][0]
    print(f"growth: 4 × the units take ours {found['ours'][0] / baseline:.2f} × the time")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
