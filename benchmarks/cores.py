"""How many documents a second each stage takes on one core and on two, the first time: `python -m benchmarks.cores [N]`.

An archive of N documents (300 without it), made as for `benchmarks.archive`; one PDF stands for all but the last stage.
On one core is the time of the CPU (user) of a command that may use one core alone, and so does everything itself. On
two is that of its main process and half of that of all others, which is what the command takes where nothing else
works on the machine: other work makes seconds on the clock mean nothing. `--clock` shows these, too. What the program
takes to start is taken from both. Typesetting is measured with so few documents as take it some seconds.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import archive

TYPESET = 24

_COMMAND = """
import json, os, resource, sys
if sys.argv.pop(1) == "1":
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
from pipeline.__main__ import main
try:
    main()
except SystemExit:
    pass
mine, others = [resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
for child in open("/proc/self/task/%d/children" % os.getpid()).read().split():  # those that typeset wait for more
    ticks = open("/proc/%s/stat" % child).read().rpartition(")")[2].split()
    others += (int(ticks[11]) + int(ticks[13])) / os.sysconf("SC_CLK_TCK")
print(json.dumps([mine, others]), file=open(os.environ["USED"], "w"))
"""


@dataclass(frozen=True)
class CoreCost:
    """Seconds of the CPU of a command's main process and of its others, and on the clock."""

    main: float
    others: float
    clock: float


def command(root: Path, cores: int, *words: str) -> CoreCost:
    with tempfile.NamedTemporaryFile("r") as used:
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", _COMMAND, str(cores), *words, "-C", str(root)],
                       env=os.environ | {"USED": used.name}, stdout=subprocess.DEVNULL, check=True)  # fmt: skip
        clock = time.monotonic() - began
        main, others = json.loads(used.read())
    return CoreCost(main, others, clock)


def measured(root: Path, start: float, *words: str) -> tuple[float, CoreCost, CoreCost]:
    """Return the seconds of a command on one core, and what it cost on one and two, each in a copy of the workspace."""
    costs = []
    for cores in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "workspace"
            shutil.copytree(root, copy, symlinks=True)
            costs.append(command(copy, cores, *words))
    one, two = costs
    return one.main + one.others - start, one, two


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", nargs="?", type=int, default=300)
    parser.add_argument("--seed", type=int, default=23)
    parser.add_argument("--clock", action="store_true")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "archive"
        archive.write(root, words.documents, words.seed)
        start = min(command(root, 2, "ledger").main for _ in range(3))
        show("reading: find", words, root, start, "find", "x", count=words.documents)
        show("PO files: segment", words, root, start, "segment", "-q", count=words.documents)
        command(root, 2, "segment", "-q")
        archive.work(root, words.seed)
        show("merging: segment", words, root, start, "segment", "-q", count=words.documents)
        command(root, 2, "segment", "-q")
        show("checking: check", words, root, start, "check", "-q", count=words.documents)
        paths = sorted((root / "seeds").glob("*/*.txt"))[:TYPESET]
        ids = [path.relative_to(root / "seeds").with_suffix("").as_posix() for path in paths]
        show("typesetting: build-pdf", words, root, start, "build-pdf", "-q", *ids, count=len(ids))
        archive.stand_in_pdfs(root)
        show("the rest: run", words, root, start, "run", "-q", count=words.documents)


def show(name: str, words: argparse.Namespace, root: Path, start: float, *typed: str, count: int) -> None:
    alone, one, two = measured(root, start, *typed)
    both = max(two.main - start, 0) + two.others / 2
    clock = f"   on the clock {one.clock:.1f} and {two.clock:.1f} s" if words.clock else ""
    print(f"{name:24}{count / alone:8.1f} a second on one, {count / both:8.1f} on two: x {alone / both:.2f}"
          f"   (of two: main {two.main - start:.1f}, others {two.others:.1f} s){clock}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
