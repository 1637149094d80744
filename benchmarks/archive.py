"""An archive of documents as organisations have them, made up; and what each stage costs in archives of several sizes.

    python -m benchmarks.archive [DOCUMENTS ...] [--seed 23] [--without check …] [--keep FOLDER]
    python -m benchmarks.archive 1000 10000 100000 --names      # what follows from the names of files alone

For each number of documents (100, 300 and 1000 without any) a workspace: texts in folders by year (1988/call-12), of
lengths as archives have them, with sentences that recur, documents sent again under another name, and corrected ones.
Four of ten are translated and read, two half translated, the others not begun. Document N is the same in an archive
of any size. PDFs are not typeset: one stands for all of them. Then every stage, in this order: times are of the CPU
(user), of all processes together; memory is that of the largest; the exponent is that with which each grows with the
number of documents, by least squares of the logarithms.
"""

import argparse
import math
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.app import building, catalogues, pdf_record, strays, workspaces
from pipeline.app.session import Session
from pipeline.catalogue import leverage
from pipeline.cli import console
from pipeline.edition.render import pdf
from pipeline.workspace import places, reading, sources, storage

ROOT = Path(__file__).parents[1]
YEARS = range(1979, 2021)
MEDIAN, SPREAD, LONGEST = 18, 0.8, 600
"""Sentences of a document, and the deviation of their logarithm."""

RECURRING, SENT_AGAIN, CORRECTED = 0.12, 0.05, 0.04
"""The shares of sentences that stand in many documents, and of documents that are others, whole or but for a sentence."""

TRANSLATED, BEGUN = 0.4, 0.2
KINDS = ("call", "letter", "statement", "report", "resolution")
LANG = "en"


@cache
def _words(pattern: str) -> list[str]:
    read = " ".join(path.read_text("utf-8-sig") for path in sorted(ROOT.glob(pattern)))
    return re.findall(r"\w{2,}", re.sub(r"[0-9A-Za-z]+" if pattern.startswith("seeds") else r"[^A-Za-z\s]+", " ", read))


@cache
def _recurring(seed: int) -> list[str]:
    rng = random.Random(f"recurring {seed}")
    return [_sentence(rng) for _ in range(200)]


def _sentence(rng: random.Random) -> str:
    return f"{' '.join(rng.choices(_words('seeds/*.txt'), k=rng.randint(6, 28)))}."


@dataclass(frozen=True)
class ArchivedText:
    """A document of the archive: its id, and its text."""

    id: str
    text: str


def document(number: int, seed: int) -> ArchivedText:
    """Return document N of an archive, whatever the size of that."""
    rng = random.Random(f"{seed} {number}")
    fate, year = rng.random(), rng.choice(YEARS)
    name = f"{year}/{rng.choice(KINDS)}-{number}"
    if number and fate < SENT_AGAIN + CORRECTED:
        lines = document(rng.randrange(number), seed).text.split("\n\n")
        if fate > SENT_AGAIN:
            lines[rng.randrange(1, len(lines))] = _sentence(rng)
        return ArchivedText(name, "\n\n".join(lines))
    return ArchivedText(name, "\n\n".join(_paragraphs(rng, year, seed)))


def _paragraphs(rng: random.Random, year: int, seed: int) -> Iterator[str]:
    yield " ".join(rng.choices(_words("seeds/*.txt"), k=rng.randint(3, 9)))
    yield f"{year}/{rng.randint(1, 12)}/{rng.randint(1, 28)}"
    left = max(3, min(LONGEST, round(rng.lognormvariate(math.log(MEDIAN), SPREAD))))
    while left > 0:
        count = min(left, rng.randint(1, 5))
        left -= count
        said = (rng.choice(_recurring(seed)) if rng.random() < RECURRING else _sentence(rng) for _ in range(count))
        yield " ".join(said)


def write(root: Path, count: int, seed: int) -> None:
    """Make a workspace of so many documents, not begun."""
    list(workspaces.create(root))
    settings = root / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', f'["{LANG}"]'), "utf-8")
    for number in range(count):
        made = document(number, seed)
        path = root / "seeds" / f"{made.id}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, "utf-8")


def work(root: Path, seed: int) -> None:
    """Translate in the PO files what translators have, and readers have read."""
    for _, path in places.catalogues(Session.open(root, console.clock).config, LANG):
        rng = random.Random(f"work {seed} {path.name}")
        if (fate := rng.random()) < TRANSLATED + BEGUN:
            _translate(path, rng, 1.0 if fate < TRANSLATED else 0.5)


def _translate(path: Path, rng: random.Random, share: float) -> None:
    header, *entries = path.read_text("utf-8").split("\n\n")
    made = []
    for entry in entries:
        if rng.random() < share and entry.rstrip().endswith('msgstr ""'):
            target = " ".join(rng.choices(_words("translations/en/*.po"), k=12))
            entry = f'# read: anna\n# translated: omid\n{entry.rstrip()[:-1]}{target}."\n'
        made.append(entry)
    path.write_text("\n\n".join((header, *made)), "utf-8")


def stand_in_pdfs(root: Path) -> None:
    """Put one PDF in the place of all, and note each as typeset."""
    session = Session.open(root, console.clock)
    content, record = b"", {}
    for one in catalogues.documents(session, None):
        target = building.target_of(
            session, one, building.main_choice(session.config, LANG), catalogues.reader(session, one)
        )
        content = content or pdf.typeset(target.draft).content
        storage.write_made(session.config, session.config.output / target.draft.path, content)
        record[target.draft.path] = pdf_record.Built(target.draft.fingerprint, storage.sha256(content))
    pdf_record.write(session.config, record)


@dataclass(frozen=True)
class StageCost:
    """Seconds of the CPU, and MB of memory; or MB on the disk alone."""

    seconds: float = 0.0
    megabytes: float = 0.0


MEASURED = """
import os, subprocess, sys
_, code, used = os.wait4(subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL).pid, 0)
print(os.waitstatus_to_exitcode(code), used.ru_utime, used.ru_maxrss / 1024)
"""
"""Runs a command. A process begins with the memory of the one that starts it, which has to be small for that."""


def command(root: Path, *words: str) -> StageCost:
    """Run a command; raise SystemExit when it does not end well."""
    arguments = [sys.executable, "-c", MEASURED, sys.executable, "-m", "pipeline", *words, "-C", str(root)]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=True)
    code, seconds, megabytes = ran.stdout.split()
    if code != "0" and words[0] != "check":  # which ends so where it finds anything
        raise SystemExit(f"{' '.join(words)}: {ran.stderr[-2000:]}")
    return StageCost(float(seconds), float(megabytes))


def within(work: Callable[[], object]) -> StageCost:
    before = os.times().user
    work()
    return StageCost(os.times().user - before)


def stages(root: Path, count: int, seed: int, without: list[str]) -> Iterator[tuple[str, StageCost]]:
    write(root, count, seed)
    session = Session.open(root, console.clock)
    paths = list(sources.documents(session.config).values())
    yield "list the documents", within(lambda: sources.look(session.config))
    documents = []
    yield "read", within(lambda: documents.extend(reading.read(session.config, path) for path in paths))
    yield "segment", within(lambda: [leverage.extract(one) for one in documents])
    documents.clear()
    yield "PO files, the first time", command(root, "segment", "-q")
    work(root, seed)
    yield "merge", command(root, "segment", "-q")
    if "check" not in without:
        yield "check, the first time", command(root, "check", "-q")
        yield "check, nothing changed", command(root, "check", "-q")
        _change(root, paths)
        yield "check, one changed", command(root, "check", "-q")
    stand_in_pdfs(root)
    if "run" not in without:
        yield "run, the first time", command(root, "run", "-q")
        yield "run, nothing changed", command(root, "run", "-q")
    yield "status, the first time", command(root, "status")
    yield "status, nothing changed", command(root, "status")
    _change(root, paths)
    if "run" not in without:
        yield "run, one changed", command(root, "run", "-q")
        yield "status behind it", command(root, "status")
    yield "find, the first time", command(root, "find", _words("seeds/*.txt")[0])
    yield "find, nothing changed", command(root, "find", _words("seeds/*.txt")[0])
    for name in ("index.sqlite", "texts.sqlite", f"memory.fa-{LANG}.sqlite"):
        yield f".pipeline/{name}", StageCost(megabytes=_size(root / places.PRIVATE / name))
    for name in ("seeds", "translations", places.PRIVATE):
        yield f"{name}/", StageCost(megabytes=_size(root / name))


def names(root: Path, count: int, seed: int) -> Iterator[tuple[str, StageCost]]:
    """Measure what every command does with names of files, in a workspace of empty ones."""
    list(workspaces.create(root))
    for number in range(count):
        rng = random.Random(f"{seed} {number}")
        name = f"{rng.choice(YEARS)}/{rng.choice(KINDS)}-{number}"
        kept = f"{places.PRIVATE}/{places.HISTORY}/translations/{LANG}/{name}.po/seen-0123456789abcdef.gz"
        for file in (f"seeds/{name}.txt", f"translations/{LANG}/{name}.po", kept):
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).touch()
    session = Session.open(root, console.clock)

    def lock() -> None:
        with session.locked():
            pass

    yield "list the documents", within(lambda: sources.look(session.config))
    yield "list the PO files", within(lambda: list(places.catalogues(session.config, LANG)))
    yield "begin and end a command", within(lock)
    yield "what belongs to no document", within(lambda: strays.find(session))


def _change(root: Path, paths: list[Path]) -> None:
    """Change a word of a translation, as a person does in an editor."""
    config = Session.open(root, console.clock).config
    path = places.catalogue_path(config, LANG, sources.id_of(config, paths[len(paths) // 2]))
    text = path.read_text("utf-8")
    path.write_text(re.sub(r'msgstr "([^"]*)"\n*\Z', 'msgstr "Changed."\n', text), "utf-8")


def _size(path: Path) -> float:
    """Return the megabytes of a file, or of all files in a folder."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def exponent(counts: list[int], values: list[float]) -> float:
    xs, ys = [math.log(count) for count in counts], [math.log(max(value, 1e-3)) for value in values]
    return statistics.linear_regression(xs, ys).slope


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", nargs="*", type=int, default=[100, 300, 1000])
    parser.add_argument("--seed", type=int, default=23)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--names", action="store_true")
    words = parser.parse_args()
    found: list[dict[str, StageCost]] = []
    for count in words.documents:
        held = nullcontext(words.keep / str(count)) if words.keep else tempfile.TemporaryDirectory()
        with held as folder:
            found.append({})
            of_names = names(Path(folder), count, words.seed) if words.names else None
            for name, cost in of_names or stages(Path(folder), count, words.seed, words.without):
                found[-1][name] = cost
                print(f"{count:>8} {name:28}{cost.seconds:9.2f} s{cost.megabytes:8.1f} MB", flush=True)
    if len(found) > 1:
        print(f"\n{'':28}" + "".join(f"{count:>10,}" for count in words.documents) + "   exponent")
        for name in found[0]:
            values = [one[name].seconds or one[name].megabytes for one in found]
            unit = "s" if found[0][name].seconds else "MB"
            print(f"{name:25}{unit:>3}" + "".join(f"{value:10.2f}" for value in values)
                  + f"{exponent(words.documents, values):10.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
