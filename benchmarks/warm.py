"""What a command costs in a large archive in which little or nothing has changed since the last.

    python -m benchmarks.warm [DOCUMENTS ...] [--first 60] [--keep FOLDER]

To bring 10,000 documents through all stages takes hours, and what is measured here does not depend on it. So the
`--first` documents go through them as they are (`benchmarks.archive` makes and translates them; one PDF stands for
all), and the others are these once more, each under a name of its own and with a sentence of its own in it, in the
state a run leaves: text, PO file, earlier version, PDF, and what is known of them in the index, which is worked out
from each PO file by what the run itself uses. Before anything is measured, some of them are read again without the
index, and it has to come out as it was. Times are of the CPU (user), of all processes of a command together; memory is
the most that the largest of them had; the exponents are of what is above the start of the program.
"""

import argparse
import random
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from benchmarks import archive
from benchmarks.archive import LANG, StageCost
from pipeline import forking
from pipeline.app import catalogues, offered, overview, pdf_record, reviewing, settling
from pipeline.app.session import Session
from pipeline.catalogue import po, readings
from pipeline.cli import console
from pipeline.workspace import history, index, places, sources, storage
from pipeline.workspace.index import DocumentIndex, IndexEntry

MARK = "ژژژژژژژژ"
"""A word that stands in one sentence of each of the first documents; elsewhere it is another, as long as it."""

LETTERS = "ابپتثجچحخدرزسشصضطظعغفقکگلمنوهی"
TOPICS = ("run", overview.TOPIC, offered.TOPIC)
STAND_IN = b"%PDF-1.7"
"""Stands for a PDF: what is in one, no command looks at in which nothing has changed."""

SAMPLE = 20


def marked(first: int, seed: int, root: Path) -> None:
    """Put the mark into the first documents."""
    for path in sorted((root / "seeds").rglob("*.txt")):
        if path.stem != "sample":
            rng = random.Random(f"mark {seed} {path.stem}")
            own = " ".join((MARK, *rng.choices(archive._words("seeds/*.txt"), k=12)))
            path.write_text(f"{path.read_text('utf-8')}\n\n{own}.", "utf-8")


def word(number: int) -> str:
    rng = random.Random(f"word {number}")
    return "".join(rng.choices(LETTERS, k=len(MARK)))


@dataclass(frozen=True)
class FirstDocument:
    """A document that went through all stages: its id, its files, and what the index knows of it, by topic."""

    id: str
    text: str
    catalogue: str
    entries: dict[str, IndexEntry]


@dataclass(frozen=True)
class Copying:
    """A workspace that is filled with what stands in the first documents."""

    session: Session
    first: list[FirstDocument]

    def copied(self, number: int) -> tuple[str, dict[str, IndexEntry]]:
        """Write document N; return its id, and what is to be known of it."""
        config, one = self.session.config, self.first[number % len(self.first)]
        name = f"{random.Random(number).choice(archive.YEARS)}/{one.id.split('/')[1].split('-')[0]}-{number}"
        own = word(number)
        text, catalogue = (said.replace(MARK, own).replace(one.id, name) for said in (one.text, one.catalogue))
        path = places.catalogue_path(config, LANG, name)
        catalogue = self.read_again(catalogue, own, name)
        for file, content in ((config.seeds / f"{name}.txt", text), (path, catalogue)):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")
        history.see(config, path, catalogue.encode())
        pdf = config.output / f"{name}.fa-{LANG}.pdf"
        pdf.parent.mkdir(parents=True, exist_ok=True)
        pdf.write_bytes(STAND_IN)
        known = msgspec.msgpack.decode(one.entries["run"].found, type=settling._Settled)
        of_language = settling._of_language(catalogues.file_at(self.session, path).catalogue)
        found = {
            "run": msgspec.msgpack.encode(replace(known, languages={LANG: of_language})),
            offered.TOPIC: self.offered(one, name),
        }
        entries = {}
        for topic, entry in one.entries.items():
            files = [file.replace(one.id, name) for file in entry.files]
            entries[topic] = index.learnt(config, entry.made_by, files, found.get(topic, entry.found))
        return name, entries

    def offered(self, one: FirstDocument, name: str) -> bytes:
        """Return what may leave of a document that is another under a name of its own."""
        known = msgspec.msgpack.decode(one.entries[offered.TOPIC].found, type=offered._KeptOffer)
        built = {
            file.replace(one.id, name): its and replace(its, sha256=storage.sha256(STAND_IN))
            for file, its in known.built.items()
        }
        missing = tuple(replace(text, document=name) for text in known.missing)
        return msgspec.msgpack.encode(replace(known, missing=missing, built=built))

    def read_again(self, text: str, own: str, name: str) -> str:
        """Return a PO file of which the readings hold for its own sentence."""
        read = po.parse(text.encode(), name, name, self.session.config.source_language, LANG).catalogue
        unit = next(unit for unit in read.units if own in unit.source)
        start = text.rindex("\n\n", 0, text.index(f'msgid "{own}'))
        end = text.index("msgid", start)
        return text[:start] + re.sub(r"\[\w{16}\]", f"[{readings.digest(unit)}]", text[start:end]) + text[end:]


def begin(root: Path, count: int, seed: int) -> None:
    """Bring some documents through all stages."""
    archive.write(root, count, seed)
    partnered(root)  # before anything is known, as that depends on the settings
    marked(count, seed, root)
    archive.command(root, "segment", "-q")
    archive.work(root, seed)
    archive.command(root, "segment", "-q")
    archive.stand_in_pdfs(root)
    archive.command(root, "run", "-q")
    archive.command(root, "distribute")


def partnered(root: Path) -> None:
    """Have a partner who is to have everything in the language."""
    (root / "oslo").mkdir()
    with (root / "pipeline.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[sender]\nname = "We"\naddress = "office@example.org"\n')
    partner = f'[partners.oslo]\nname = "Oslo"\nlanguages = ["{LANG}"]\ndelivery = "folder"\naddress = "oslo"\n'
    (root / "partners.toml").write_text(partner, "utf-8")


def fill(root: Path, count: int) -> None:
    """Make an archive of `count` documents of those that are in it."""
    session = Session.open(root, console.clock)
    config = session.config
    known = {topic: DocumentIndex(config, topic) for topic in TOPICS}
    record = pdf_record.read(config)
    first = []
    for name, path in sources.documents(config).items():
        if name in known["run"].known and MARK in (text := path.read_text("utf-8")):
            written = places.catalogue_path(config, LANG, name).read_text("utf-8")
            first.append(
                FirstDocument(
                    name,
                    text,
                    written,
                    {topic: replace(known[topic].known[name], found=known[topic].found(name)) for topic in TOPICS},
                )
            )
    copying = Copying(session, first)
    began = len(sources.documents(config))
    for name, entries in forking.each(copying.copied, range(began, count), 1):
        for topic, entry in entries.items():
            known[topic].learn(name, entry)
        one = record[f"{copying.first[int(name.rpartition('-')[2]) % len(first)].id}.fa-{LANG}.pdf"]
        record[f"{name}.fa-{LANG}.pdf"] = replace(one, sha256=storage.sha256(STAND_IN))
    pdf_record.write(config, record)
    time.sleep(2.5)
    for topic in TOPICS:
        known[topic].keep(session.time_ns())


def renew(root: Path) -> None:
    """Have the index believed by this version of the program: what an earlier one found still stands."""
    session = Session.open(root, console.clock)
    known = {topic: DocumentIndex(session.config, topic) for topic in TOPICS}
    one = next(iter(known["run"].known))
    known["run"].forget(one)
    known["run"].keep(session.time_ns())
    archive.command(root, "run", "-q", one)
    archive.command(root, "distribute", f"--document={one}")
    for topic in TOPICS:
        made_by = DocumentIndex(session.config, topic).known[one].made_by
        again = DocumentIndex(session.config, topic)
        for name, entry in list(again.known.items()):
            again.learn(name, replace(entry, made_by=made_by, found=again.found(name)))
        time.sleep(2.5)
        again.keep(session.time_ns())


def require_true(root: Path) -> None:
    """Raise SystemExit unless some documents come out of the index as they went in."""
    config = Session.open(root, console.clock).config
    some = random.Random(1).sample(sorted(DocumentIndex(config, "run").known), SAMPLE)
    require_found_again(root, (offered.TOPIC,), some, "distribute", *(f"--document={name}" for name in some))
    require_found_again(root, ("run", overview.TOPIC), some, "run", "-q", *some)  # it makes PDFs that are offered


def require_found_again(root: Path, topics: tuple[str, ...], some: list[str], *words: str) -> None:
    """Raise SystemExit unless a command finds what was known of some documents, once that is forgotten."""
    session = Session.open(root, console.clock)
    before = known_of(session, topics, some)
    for topic in topics:
        emptied = DocumentIndex(session.config, topic)
        for name in some:
            emptied.forget(name)
        emptied.keep(session.time_ns())
    archive.command(root, *words)
    for about, found in known_of(session, topics, some).items():
        if found != before[about]:
            raise SystemExit(f"{about[1]}: {about[0]} knows something else of it than {words[0]} finds")


def known_of(session: Session, topics: tuple[str, ...], some: list[str]) -> dict[tuple[str, str], object]:
    """Return what is known of some documents, and of which files, by topic and document; None of what is unknown."""
    known = {topic: DocumentIndex(session.config, topic) for topic in topics}
    return {
        (topic, name): (one.found(name), one.known[name].joined) if name in one.known else None
        for topic, one in known.items()
        for name in some
    }


def stages(root: Path) -> Iterator[tuple[str, StageCost]]:
    yield "start of the program", archive.command(root, "ledger")
    yield "run, nothing changed", archive.command(root, "run", "-q")
    yield "status, nothing changed", archive.command(root, "status", "--json")
    yield "distribute, nothing due", archive.command(root, "distribute")
    yield "every PO file read", read_all(root)
    yield "review, the first text ever", reviewed(root)
    yield "review, another text", reviewed(root, 1)
    change(root, 0)
    archive.command(root, "run", "-q")  # the first change has the memory filled
    change(root, 1)
    yield "run, one changed", archive.command(root, "run", "-q")
    yield "status behind it", archive.command(root, "status", "--json")
    for name in ("index.sqlite", f"memory.fa-{LANG}.sqlite"):
        yield f".pipeline/{name}", StageCost(megabytes=archive._size(root / places.PRIVATE / name))


def read_all(root: Path) -> StageCost:
    session = Session.open(root, console.clock)
    return archive.within(lambda: catalogues.all_files(session, LANG))


def reviewed(root: Path, place: int = 0) -> StageCost:
    """Measure what finding out takes what other texts say of the sentences of one, as when it is opened."""
    session = Session.open(root, console.clock)
    name = list(sources.documents(session.config))[place]
    desk = reviewing.open_desk(session, next(catalogues.documents(session, [name])), LANG)
    return archive.within(lambda: reviewing.context(session, desk))


def change(root: Path, place: int) -> None:
    """Change one translation, of a sentence that no other document has."""
    config = Session.open(root, console.clock).config
    every = list(places.catalogues(config, LANG))
    for _, path in every[len(every) // 2 + place * 50 :]:
        text = path.read_text("utf-8")
        entry = next((one for one in text.split("\n\n") if re.search(rf'msgid[^\n]*"[{LETTERS}]{{8}} ', one)), "")
        if "# read: anna" in entry:
            path.write_text(text.replace(entry, re.sub(r'msgstr "[^"]*"', 'msgstr "Changed."', entry)), "utf-8")
            return


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--seed", type=int, default=23)
    parser.add_argument("--first", type=int, default=60)
    parser.add_argument("--keep", type=Path)
    words = parser.parse_args()
    found: list[dict[str, StageCost]] = []
    for count in words.documents:
        held = nullcontext(str(words.keep / str(count))) if words.keep else tempfile.TemporaryDirectory()
        with held as folder:
            root = Path(folder)
            if not (root / "pipeline.toml").exists():
                begin(root, words.first, words.seed)
                fill(root, count)
                require_true(root)
            else:
                renew(root)
            found.append({})
            for name, cost in stages(root):
                found[-1][name] = cost
                print(f"{count:>8} {name:28}{cost.seconds:9.2f} s{cost.megabytes:8.1f} MB", flush=True)


if __name__ == "__main__":
    main()
