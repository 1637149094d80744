"""Typesetting beside what else sets a page: seconds and memory a page, at about 5, 50 and 500 pages.

    python -m benchmarks.typesetting --ours
    python -m benchmarks.typesetting [--typst PYTHON] [--chromium PROGRAM] [--most PAGES]

All set the same rows: the sentences of the five documents beside their English translation, over and over. Ours
makes of them what it makes of documents: level rows, both profiles, tags, text that can be read, attachments.
The others: WeasyPrint alone, with rows of floats that do not begin at the foot of a page and with a table; Chromium's print of that table; Typst's table, by a
PYTHON that has the package `typst`. CPU-seconds of whole processes, divided by the pages each needs.

`--ours` gives one line: CPU-seconds of the first page, with the start of the typesetter from its compiled code; then CPU
a page and the most memory of one process, at 45 and 448 pages; each CPU also as a multiple of `pipeline --version`.
"""

import argparse
import html
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pypdfium2

from pipeline.catalogue import leverage, po
from pipeline.edition import alignment
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf.child import JOB
from pipeline.model import Edition, Row
from pipeline.workspace import config, places, reading, sources

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "pipeline" / "edition" / "render" / "pdf" / "fonts"
PAGES_OF_ALL = 20
"""What the five documents take together."""

FLOATS = """
@page { @top-left { content: string(head) } @top-right { content: string(head) } @bottom-left { content: counter(page) } @bottom-right { content: counter(page) } }
.row { margin-bottom: 8pt } .row:first-child .en { string-set: head "Statements" }
.row::before { content: ""; display: block; height: 44pt; margin-bottom: -44pt; break-inside: avoid }
.row::after { content: ""; display: block; clear: both }
.fa { float: right; width: 47% } .en { float: left; width: 47% }
"""
TABLE = "table { width: 100%; border-collapse: collapse } td { vertical-align: top; width: 47%; padding-bottom: 8pt }"
STYLE = """
@font-face {{ font-family: Naskh; src: url("file://{fonts}/NotoNaskhArabic-Regular.ttf") }}
@font-face {{ font-family: Serif; src: url("file://{fonts}/NotoSerif-Regular.ttf") }}
@page {{ size: A4; margin: 25mm 18mm }} body {{ margin: 0 }}
.fa {{ font: 10.6pt/18pt Naskh; direction: rtl; text-align: justify }} .en {{ font: 9.4pt/13.5pt Serif; text-align: justify; hyphens: auto }}
"""
WEASYPRINT = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"


def editions(*langs: str) -> list[Edition]:
    """Return the five documents with their translations, into English if no language is given."""
    settings = config.read(ROOT)
    made = []
    for name, path in sources.documents(settings).items():
        document = reading.read(settings, path)
        units = leverage.extract(document)
        known = {
            lang: po.load(places.catalogue_path(settings, lang, name), name, "fa", lang).catalogue
            for lang in langs or ("en",)
        }
        made.append(alignment.build(document, {lang: leverage.merge(units, one) for lang, one in known.items()}))
    return made


def long_edition(pages: int) -> Edition:
    """An edition of about so many pages."""
    known = editions()
    rows = [row for one in known for row in one.rows]
    wanted = len(rows) * pages // PAGES_OF_ALL
    return replace(known[0], rows=tuple((rows * (wanted // len(rows) + 1))[:wanted]))


def texts(row: Row) -> tuple[str, str]:
    target = " ".join(passage.units["en"].target for passage in row.passages if passage.units)
    return "".join(passage.source + passage.tail for passage in row.passages), target


def page(made: Edition, *, table: bool) -> str:
    rows = []
    for row in made.rows:
        source, target = map(html.escape, texts(row))
        cell = "td" if table else "div"
        cells = [
            f'<{cell} class="fa" lang="fa" dir="rtl">{source}</{cell}>',
            f'<{cell} class="en" lang="en">{target}</{cell}>',
        ]
        rows.append(f"<tr>{''.join(reversed(cells))}</tr>" if table else f'<div class="row">{"".join(cells)}</div>')
    body = f"<table>{''.join(rows)}</table>" if table else "".join(rows)
    return f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>x</title><style>{STYLE.format(fonts=FONTS)}{TABLE if table else FLOATS}</style>{body}"


def typst(made: Edition) -> str:
    cells = []
    for row in made.rows:
        source, target = (json.dumps(text, ensure_ascii=False) for text in texts(row))
        cells.append(
            f'text(lang: "en", {target}), text(lang: "fa", dir: rtl, font: "Noto Naskh Arabic", size: 10.6pt, {source}),'
        )
    return (
        '#set page("a4", margin: (x: 18mm, y: 25mm))\n#set text(font: "Noto Serif", size: 9.4pt)\n#set par(justify: true)\n'
        f"#table(columns: (1fr, 1fr), stroke: none, column-gutter: 6mm, {chr(10).join(cells)})"
    )


def measured(command: list[str], content: bytes = b"") -> tuple[float, float]:
    """Return the CPU-seconds of a process and those it starts, and the most memory of one of them in MB."""
    with tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        process = subprocess.Popen(command, stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def ways(
    made: Edition, folder: Path, options: argparse.Namespace
) -> Iterator[tuple[str, Callable[[], tuple[float, float]]]]:
    out = str(folder / "out.pdf")
    for name, table in (("floats", False), ("table", True)):
        (folder / f"{name}.html").write_text(page(made, table=table), "utf-8")
    (sheet,) = pdf.sheets(made, release=True)
    ours = f"import sys; from pipeline.edition.render.pdf import child; open({out!r}, 'wb').write(child._tried(sys.stdin.buffer.read(), {str(folder)!r})[1])"
    yield "ours", lambda: measured([sys.executable, "-c", ours], sheet.job)
    for name in ("floats", "table"):
        yield (
            f"WeasyPrint, {name}",
            lambda name=name: measured([sys.executable, "-c", WEASYPRINT, str(folder / f"{name}.html"), out]),
        )
    if options.chromium:
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            f"--user-data-dir={folder}/chromium",
        ]
        yield (
            "Chromium, table",
            lambda: measured(
                [
                    options.chromium,
                    *flags,
                    "--no-pdf-header-footer",
                    f"--print-to-pdf={out}",
                    str(folder / "table.html"),
                ]
            ),
        )
    if options.typst:
        (folder / "table.typ").write_text(typst(made), "utf-8")
        yield "Typst, table", lambda: measured([options.typst, "-c", TYPST, str(folder / "table.typ"), out, str(FONTS)])


def cold(pages: int, runs: int) -> tuple[int, float, float]:
    """Return the pages of a document, and the median CPU-seconds and memory in MB of a typesetter that makes it first."""
    (sheet,) = pdf.sheets(long_edition(pages), release=True)
    made = io.BytesIO(pdf.typeset(sheet).content)
    command = [sys.executable, "-P", "-m", "pipeline.edition.render.pdf.child"]
    found = [measured(command, JOB.pack(len(sheet.job)) + sheet.job) for _ in range(runs)]
    return len(pypdfium2.PdfDocument(made)), *(statistics.median(values) for values in zip(*found, strict=True))


def ours() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the first run compiles
    version = [sys.executable, "-m", "pipeline", "--version"]
    measured(version)
    start = statistics.median(measured(version)[0] for _ in range(5))
    _, first, _ = cold(1, 5)
    said = [f"first page {first:.2f} s ({first / start:.1f} ×)"]
    for pages, runs in ((45, 3), (448, 1)):
        count, seconds, memory = cold(pages, runs)
        said.append(f"{count} pages {seconds / count:.3f} s a page ({seconds / count / start:.2f} ×), {memory:.0f} MB")
    print(f"{'; '.join(said)}; × pipeline --version, {start:.2f} s")


def together(pages: int) -> float:
    """Return how many times as fast two documents are at once as one after the other."""
    (sheet,) = pdf.sheets(long_edition(pages))

    def at_once() -> float:
        begun = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(pdf.typeset, [sheet] * 2))
        return time.perf_counter() - begun

    at_once()  # two typesetters are started
    begun = time.perf_counter()
    for _ in range(2):
        pdf.typeset(sheet)
    return (time.perf_counter() - begun) / at_once()


def main(options: argparse.Namespace) -> None:
    for pages in (number for number in (5, 50, 500) if number <= options.most):
        made, found = long_edition(pages), []
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for way, run in ways(made, folder, options):
                seconds, memory = run()
                found.append((way, seconds, len(pypdfium2.PdfDocument(folder / "out.pdf")), memory))
        least = next(seconds / count for way, seconds, count, _ in found if way == "WeasyPrint, floats")
        for way, seconds, count, memory in found:
            print(
                f"{way:20} {count:4} pages  {seconds / count:.3f} s a page, {seconds / count / least:.2f} × WeasyPrint's floats, {memory:.0f} MB"
            )
    print(f"two documents at once: {together(50):.2f} × as fast as one after the other")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", action="store_true")
    parser.add_argument("--typst")
    parser.add_argument("--chromium")
    parser.add_argument("--most", type=int, default=500)
    options = parser.parse_args()
    ours() if options.ours else main(options)
