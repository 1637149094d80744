"""CPU time and memory of `pipeline status` in large workspaces.

    python -m benchmarks.overview [--documents 1000] [--lines 500000]

A workspace of so many documents of 12 to 40 sentences in two languages, each with its PDFs (one that was typeset,
in the place of all), and a workspace with one document of so many lines. The first look reads everything, the next
only what changed: nothing, and one PO file.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from pipeline.app import building, catalogues, pdf_record, workspaces
from pipeline.app.session import Session
from pipeline.cli import console
from pipeline.edition.render import pdf
from pipeline.workspace import config, storage

ROOT = Path(__file__).parents[1]
WORDS = ["کارگر", "زن", "مرد", "کار", "نان", "آب", "شهر", "راه", "روز", "شب", "خانه", "مدرسه"]


@contextmanager
def workspace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        list(workspaces.create(Path(name)))
        yield Path(name)


def segment(root: Path) -> None:
    subprocess.run([sys.executable, "-m", "pipeline", "segment", "-q", "-C", str(root)], check=True)


def many(root: Path, count: int) -> None:
    """Make documents of the beginnings of the five, with PO files and PDFs."""
    texts = [path.read_text("utf-8").splitlines() for path in sorted((ROOT / "seeds").glob("*.txt"))]
    for number in range(count):
        text = [*texts[number % len(texts)][:12], "", f"این سند شماره {number} است."]
        (root / "seeds" / f"statement-{number}.txt").write_text("\n".join(text), "utf-8")
    segment(root)
    session = Session.open(root, console.clock)
    content, record = b"", {}
    for document in catalogues.documents(session, None):
        for lang in session.config.languages:
            read = catalogues.reader(session, document)
            target = building.target_of(session, document, building.main_choice(session.config, lang), read)
            content = content or pdf.typeset(target.draft).content
            storage.write(session.config.output / target.draft.path, content)
            record[target.draft.path] = asdict(pdf_record.Built(target.draft.fingerprint, storage.sha256(content)))
    storage.write_record(session.config.output / pdf_record.FILE_NAME, record, {})


def long(root: Path, lines: int) -> None:
    """Make one document of short paragraphs."""
    text = "\n\n".join(f"{number} {WORDS[number % len(WORDS)]}" for number in range(lines // 2))
    (root / "seeds" / "long.txt").write_text(text, "utf-8")
    segment(root)


def status(root: Path) -> str:
    process = subprocess.Popen([sys.executable, "-m", "pipeline", "status", "-C", str(root)], stdout=subprocess.DEVNULL)
    _, code, used = os.wait4(process.pid, 0)
    if code:
        raise SystemExit("pipeline status failed")
    return f"{used.ru_utime + used.ru_stime:6.2f} s  {used.ru_maxrss / 1024:5.0f} MB"


def looks(name: str, root: Path) -> None:
    print(f"{name}, first look    {status(root)}")
    print(f"{name}, again         {status(root)}")
    settings = config.read(root)
    first = min((settings.translations / settings.languages[0]).glob("*.po"))
    first.write_text(first.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "x"\n\n', 1), "utf-8")
    print(f"{name}, one file anew {status(root)}")


def main(options: argparse.Namespace) -> None:
    with workspace() as root:
        many(root, options.documents)
        looks(f"{options.documents} documents", root)
        shutil.rmtree(root / "output")
    with workspace() as root:
        long(root, options.lines)
        looks(f"{options.lines} lines", root)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--lines", type=int, default=500_000)
    main(parser.parse_args())
