"""How long `pipeline publish` takes for many documents in three languages: at first, with nothing changed, with one changed.

Run: python -m benchmarks.publishing [DOCUMENTS]

PDFs are not typeset for it: a small file stands for each, recorded as released. Seconds are those of the processor, of whole commands
with all their processes and what the system did for them, so that other work on the machine counts little; each also as a multiple of
`pipeline --version`. So many cores as there are share them; what passes by the clock meanwhile is said behind them, and counts other work.
Programs are compiled once, as for whoever installs the package.
"""

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path

from pipeline.app import building, catalogues
from pipeline.app.session import Session
from pipeline.edition import alignment
from pipeline.edition.design import Design
from pipeline.edition.render import pdf
from pipeline.workspace import config

DOCUMENTS = 1000
LANGUAGES = ("en", "fr")
PARAGRAPHS, SENTENCES = 8, 4
TIMES = 3
TITLES = {
    "en": "Statement resolution call letter of the workers teachers nurses women students council union on strikes prison rights",
    "fr": "Déclaration résolution appel lettre des ouvriers enseignants femmes étudiants conseil syndicat sur la grève prison",
}
FORMATS = '["pdf", "epub", "docx"]'


def workspace(folder: Path, documents: int) -> Path:
    """Return a workspace of documents of some 30 sentences, all of them translated and recorded as released."""
    subprocess.run([sys.executable, "-m", "pipeline", "init", folder], check=True, capture_output=True)
    settings = folder / config.FILE_NAME
    address = 'address = "https://example.org/international/"'
    settings.write_text(f"{settings.read_text('utf-8')}\n[publication]\n{address}\nformats = {FORMATS}\n", "utf-8")
    root = Path(__file__).parents[1]
    words = " ".join(path.read_text("utf-8") for path in sorted((root / "seeds").glob("*.txt"))).split()
    words = [word.rstrip(".!؟:؛،") for word in words]
    for number in range(documents):
        (folder / "seeds" / f"document-{number}.txt").write_text(_text(words, number), "utf-8")
    subprocess.run([sys.executable, "-m", "pipeline", "segment", "-q", "-C", folder], check=True)
    for lang in LANGUAGES:
        for path in (folder / "translations" / lang).glob("*.po"):
            head, *entries = path.read_text("utf-8").split("\n\n")
            number = int(path.stem.rpartition("-")[2])
            done = (
                entry.replace('msgstr ""', f'msgstr "{_sentence(lang, place) if place else _title(lang, number)}"')
                for place, entry in enumerate(entries)
            )
            path.write_text("\n\n".join([head, *done]), "utf-8")
    _release(folder)
    return folder


def _text(words: list[str], number: int) -> str:
    paragraphs = []
    for paragraph in range(PARAGRAPHS):
        starts = ((number * 7919 + paragraph * 311 + place * 53) % (len(words) - 20) for place in range(SENTENCES))
        paragraphs.append(" ".join(f"{' '.join(words[start : start + 14])} {number}." for start in starts))
    return f"بیانیه شماره {number}\n\n" + "\n\n".join(paragraphs) + "\n"


def _title(lang: str, number: int) -> str:
    """Return words in an order that no two titles have in common."""
    words = TITLES[lang].split()
    return " ".join([*(words[number // len(words) ** place % len(words)] for place in range(6)), str(number)])


def _sentence(lang: str, place: int) -> str:
    return {
        "en": f"This is sentence {place} of the statement, and it says what it says.",
        "fr": f"Ceci est la phrase {place} de la déclaration.",
    }[lang]


def _release(folder: Path, documents: list[str] | None = None) -> None:
    session = Session.open(folder, lambda: datetime.now(UTC))
    record = session.config.output / ".built.json"
    built = json.loads(record.read_text()) if record.exists() else {}
    for document in catalogues.documents(session, documents):
        for lang in LANGUAGES:
            catalogue = catalogues.current(session, document, lang).catalogue
            edition = alignment.build(document, {lang: catalogue}, session.config.all_languages)
            name, content = pdf.path(document.id, (document.lang, lang), Design()), b"%PDF-1.7 " + document.id.encode()
            session.config.output.mkdir(exist_ok=True)
            (session.config.output / name).write_bytes(content)
            built[name] = {
                "fingerprint": "f",
                "sha256": hashlib.sha256(content).hexdigest(),
                "shown": "s",
                "text": building.texts_digest(edition, [lang]),
            }
    record.write_text(json.dumps(built))


def timed(*words: str) -> tuple[float, float, float, str]:
    """Return the seconds of the processor that a command took, those of its program, those of the clock, and what it said."""
    begun = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "pipeline", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=_environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    user = after.ru_utime - before.ru_utime
    return user + after.ru_stime - before.ru_stime, user, time.monotonic() - begun, done.stdout + done.stderr


@cache
def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": tempfile.mkdtemp()}


def main(documents: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = workspace(Path(name) / "workspace", documents)
        least = min(timed("--version")[0] for _ in range(5))
        first = timed("publish", "-C", str(folder))
        print(first[-1].splitlines()[-1])
        for what, (seconds, user, clock, _) in (("first", first), *_again(folder)):
            said = f"{seconds:6.1f} s ({user:5.1f} of the program) {seconds / least:6.1f} × {clock:6.1f} s by the clock"
            print(f"{what:16} {said} {seconds / documents * 1000:6.1f} ms a document")
    shutil.rmtree(_environment()["PYTHONPYCACHEPREFIX"])


def _again(folder: Path):
    yield "nothing changed", _median(folder, lambda: None)
    numbers = count()
    yield "one changed", _median(folder, lambda: _change(folder, next(numbers)))


def _median(folder: Path, prepare: Callable[[], None]) -> tuple[float, float, float, str]:
    found = []
    for _ in range(TIMES):
        prepare()
        found.append(timed("publish", "-C", str(folder)))
    return sorted(found)[TIMES // 2]


def _change(folder: Path, number: int) -> None:
    path = folder / "translations" / "en" / f"document-{number}.po"
    path.write_text(path.read_text("utf-8").replace("it says what it says", "it says so"), "utf-8")
    _release(folder, [f"document-{number}"])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
