"""A workspace with released documents and with partners, for the tests of distribution."""

import json
import re
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pipeline.distribution import ledger
from pipeline.errors import LedgerError
from tests.support.forked import Zygote
from tests.support.readings import read_all

SENDER = '\n[sender]\nname = "شورای همکاری"\naddress = "office@example.org"\nreply_to = "answers@example.org"\n'
TEXTS = {
    "statement": "بیانیه شورا\n\nما از همه نیروها می خواهیم که در این نشست شرکت کنند.\n",
    "letter": "نامه سرگشاده\n\nجنگ و آشوب در جهان را رقابت قدرت ها دامن می زند.\n",
}
WORDS = {
    "en": ["Statement of the council", "We call on all forces to take part in this meeting.",
           "Open letter", "The rivalry of the powers fuels war and unrest in the world."],
    "fr": ["Déclaration du conseil", "Nous appelons toutes les forces à participer à cette réunion.",
           "Lettre ouverte", "La rivalité des puissances attise la guerre et les troubles dans le monde."],
}  # fmt: skip


def workspace(zygote: Zygote, folder: Path, documents: tuple[str, ...] = ("statement", "letter")) -> Path:
    """Return a workspace whose documents are released in English and French, without partners."""
    run(zygote, folder.parent, "init", folder)
    with (folder / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(SENDER)
    for name in documents:
        (folder / "seeds" / f"{name}.txt").write_text(TEXTS[name], "utf-8")
    run(zygote, folder, "segment")
    for lang in ("en", "fr"):
        for name in documents:
            translate(folder, name, lang)
    run(zygote, folder, "build-pdf", "--release")
    return folder


def translate(folder: Path, name: str, lang: str) -> None:
    path = folder / "translations" / lang / f"{name}.po"
    words = WORDS[lang][:2] if name == "statement" else WORDS[lang][2:]
    path.write_text(
        re.sub('msgstr ""\n(?=\n|$)', lambda _: f'msgstr "{words.pop(0)}"\n', path.read_text("utf-8")), "utf-8"
    )
    assert not words
    read_all(path)


def reword(zygote: Zygote, folder: Path, name: str, lang: str, old: str, new: str, *, release: bool = True) -> None:
    """Change a translation, and release it."""
    path = folder / "translations" / lang / f"{name}.po"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    read_all(path)
    if release:
        run(zygote, folder, "build-pdf", "--release", name, "--languages", lang)


def run(zygote: Zygote, folder: Path, *words: object, status: int = 0) -> str:
    """Run a command and return what it said; it must end with this status."""
    ended, said = zygote.run([str(word) for word in words], folder)
    assert ended == status and "Traceback" not in said, f"{words}: {ended}\n{said}"
    return said


def trusting(folder: Path, *words: object) -> list[str]:
    """Return the words of a command, and that the ledger may be trusted when it is the first to send."""
    is_first = "--send" in words and "--dry-run" not in words and not has_sent(folder)
    return [*map(str, words), *(["--trust-ledger"] if is_first else [])]


def has_sent(folder: Path) -> bool:
    """Whether there is any step in the ledger of a workspace."""
    try:
        with closing(ledger.open(folder / ledger.FILE_NAME, lambda: datetime.now(UTC))) as book:
            return bool(book.marks.now().number)
    except LedgerError:
        return (folder / ".pipeline" / "ledger").exists()


def table(zygote: Zygote, folder: Path, *words: object, status: int = 0) -> dict:
    """Return the JSON a command prints; its faults stand around it."""
    said = run(zygote, folder, *words, "--json", status=status)
    return json.loads(said[said.index("{\n") : said.rindex("\n}") + 2])


def partners(folder: Path, **tables: dict) -> None:
    """Write partners.toml: oslo={"languages": ["en"], …}; by e-mail if nothing else is said."""
    lines = []
    for name, keys in tables.items():
        usual = {
            "name": f"House of {name.title()}",
            "languages": ["en"],
            "delivery": "smtp",
            "address": f"{name}@partner.example",
        }
        lines.append(f"[partners.{name}]")
        lines += (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in {**usual, **keys}.items())
    path = folder / "partners.toml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    path.chmod(0o600)


def server(folder: Path, port: int, **keys: object) -> None:
    """Write the table [smtp] of pipeline.toml, in place of an earlier one."""
    usual = {"host": "127.0.0.1", "port": port, "timeout_seconds": 1, "pauses": [0, 0]}
    lines = [f"{key} = {json.dumps(value)}" for key, value in {**usual, **keys}.items()]
    path = folder / "pipeline.toml"
    text = path.read_text("utf-8").partition("\n[smtp]")[0]
    path.write_text("\n".join((text, "[smtp]", *lines, "")), "utf-8")


def copy(folder: Path, target: Path) -> Path:
    return Path(shutil.copytree(folder, target))
