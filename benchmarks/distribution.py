"""1,000 partners and 10 documents in two languages planned, beside a query of the ledger for every pair; and sent.

    python -m benchmarks.distribution

Sent is one document in one or two languages, to 1,000 partners, over TLS to a server on this machine.
"""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pipeline.distribution import ledger, planning
from pipeline.distribution.ledger import database
from pipeline.distribution.ledger.delivery import DeliveryState, Try
from pipeline.distribution.partners import Partner
from pipeline.distribution.release import Release

LANGUAGES = ("en", "fr")


def partners(count: int) -> list[Partner]:
    wishes = ((("en",), False), (("fr", "en"), False), (("en", "fr"), True), (("de",), False))
    found = []
    for number in range(count):
        languages, every = wishes[number % 4]
        name = f"p{number}"
        topics = ("labour",) if number % 7 == 0 else ()
        found.append(
            Partner(
                name, "", languages, every, ("parallel",), "smtp", f"{name}@x.example", "en", number % 11 > 0, topics
            )
        )
    return found


def releases(documents: int, version: int = 0) -> list[Release]:
    return [
        Release(
            f"d{number}", lang, f"{number}-{lang}-{version if number % 2 else 0}", "s", "p", 9, 9, (), False,
            {"fa": "بیانیه"}, {}, "2026-11-27", ("labour",) if number % 3 == 0 else ("war",), {"parallel": Path("x.pdf")}, "fa",
        )
        for number in range(documents) for lang in LANGUAGES if number % 5 or lang == "en"
    ]  # fmt: skip


def fill(book: ledger.Ledger, everyone: Sequence[Partner], offered: Sequence[Release]) -> None:
    """Let every fifth partner have what it was to have; of these some refused, and some are in doubt."""
    for number, delivery in enumerate(planning.plan(everyone[::5], offered, (), ()).deliveries):
        tried = Try("smtp", delivery.partner.address, "bundle", "hash")
        name = book.plan(delivery.partner.id, delivery.kind, delivery.contents, tried)
        book.commit(name)
        book.record(
            name, {0: DeliveryState.REFUSED, 1: DeliveryState.DOUBT}.get(number % 10, DeliveryState.ACCEPTED), ""
        )


def due(plan: planning.Plan) -> set[tuple[str, str, str, str]]:
    """Return what a plan sends: partner, document, language, and the text that is replaced."""
    return {(one.partner.id, *content.place, content.replaces) for one in plan.deliveries for content in one.contents}


def naive(path: Path, everyone: Sequence[Partner], offered: Sequence[Release]) -> set[tuple[str, str, str, str]]:
    """The same, with a query for every partner, document and language."""
    found = set()
    with closing(sqlite3.connect(path)) as connection:
        for partner in everyone:
            refused = connection.execute(
                "SELECT 1 FROM deliveries d JOIN events e ON e.delivery = d.id WHERE partner = ? AND state = 'refused' AND address = ?",
                (partner.id, partner.address),
            ).fetchone()
            if refused or not partner.active:
                continue
            for document in dict.fromkeys(one.document_id for one in offered):
                there = {one.lang: one for one in offered if one.document_id == document}
                topics = {topic for one in there.values() for topic in one.topics}
                concerns = not partner.topics or topics & set(partner.topics)
                liked = [lang for lang in partner.languages if lang in there] if concerns else []
                chosen = liked if partner.every_language else liked[:1]
                for lang in there:
                    row = connection.execute(
                        "SELECT text_sha256, state FROM contents c JOIN deliveries d ON d.id = c.delivery JOIN events e ON e.delivery = d.id"
                        " WHERE partner = ? AND document = ? AND language = ? AND state IN ('sending', 'accepted', 'doubt')"
                        " ORDER BY number DESC",
                        (partner.id, document, lang),
                    ).fetchone()
                    if (row and row[1] == "accepted" and row[0] != there[lang].text_sha256) or (
                        not row and lang in chosen
                    ):
                        found.add((partner.id, document, lang, row[0] if row else ""))
    return found


def compared(folder: Path, partner_count: int, documents: int) -> tuple[float, float, int]:
    """Return the seconds both ways took, and how many texts are due; they must be the same."""
    path = folder / ledger.FILE_NAME
    database.create(path, "secret")
    everyone, changed = partners(partner_count), releases(documents, version=1)
    with closing(ledger.open(path, lambda: datetime.now(UTC))) as book:
        fill(book, everyone, releases(documents))
        begun = time.perf_counter()
        ours = due(planning.plan(everyone, changed, book.entries(), book.decisions.withdrawn()))
        middle = time.perf_counter()
        theirs = naive(path, everyone, changed)
        end = time.perf_counter()
    assert ours == theirs, ours ^ theirs
    return middle - begun, end - middle, len(ours)


def sending(folder: Path, count: int) -> Iterator[tuple[str, float]]:
    """Yield how long it takes to write drafts for so many partners, to send them theirs, and to find nothing to do."""
    from tests.support import office
    from tests.support.forked import Zygote
    from tests.support.mailbox import Mailbox, serve

    mailbox = Mailbox()
    with serve(mailbox, folder) as (port, certificate):
        os.environ["SSL_CERT_FILE"] = str(certificate)
        zygote = Zygote()
        workspace = office.workspace(zygote, folder / "workspace", ("statement",))
        office.server(workspace, port)
        wishes = ({"languages": ["en", "fr"], "every_language": number % 2 == 0} for number in range(count))
        office.partners(workspace, **{f"p{number}": wish for number, wish in enumerate(wishes)})
        for what, words in (("drafts", ()), ("sent", ("--send",)), ("nothing to do", ("--send",))):
            begun = time.perf_counter()
            office.run(zygote, workspace, *office.trusting(workspace, "distribute", *words))
            yield what, time.perf_counter() - begun
        assert len({address for address, _ in mailbox.kept}) == len(mailbox.kept) == count
        zygote.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs, count = compared(Path(folder), 1000, 10)
    print(
        f"1,000 partners, 10 documents, 18 texts: {count} due; planned in {ours:.2f} s, with a query a pair in {theirs:.2f} s"
    )
    with tempfile.TemporaryDirectory() as folder:
        for what, seconds in sending(Path(folder), 1000):
            print(f"{what}: {seconds:.1f} s")


if __name__ == "__main__":
    main()
