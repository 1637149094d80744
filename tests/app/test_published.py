"""What is published: what is released, and what became of what was published before."""

import shutil
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.app import withdrawing
from pipeline.app.published import Texts
from pipeline.app.session import Session
from pipeline.distribution import ledger
from pipeline.distribution.ledger import database
from pipeline.publication import Standing
from pipeline.workspace import index, places
from tests.app.test_settling import audited
from tests.support import office, sending
from tests.support.forked import Zygote

DAY = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture(scope="module")
def zygote():
    with closing(Zygote()) as zygote:
        yield zygote


@pytest.fixture(scope="module")
def prepared(zygote, tmp_path_factory) -> Path:
    return office.workspace(zygote, tmp_path_factory.mktemp("published") / "workspace", ("statement",))


@pytest.fixture
def workspace(prepared, tmp_path) -> Path:
    return office.copy(prepared, tmp_path / "workspace")


def published(folder: Path, days: int = 0, said: list | None = None, clock=None):
    session = Session.open(folder, clock or (lambda: DAY + timedelta(days)))
    if said is not None:
        session.listen = lambda event: said.append(str(event))
    with session.locked():
        return {key: record.published for key, record in Texts(session).now().items()}


def test_what_is_released_is_published_and_the_original_beside_it(workspace):
    texts = published(workspace)
    assert set(texts) == {("statement", lang) for lang in ("fa", "en", "fr")}
    english = texts["statement", "en"]
    assert (english.text.title, english.original.title) == ("Statement of the council", "بیانیه شورا")
    assert (english.published, english.replaces, english.standing) == ("2026-11-28", "", Standing.CURRENT)
    assert '"inLanguage": "en"' in english.metadata


def test_nothing_is_read_again_while_nothing_changes_and_the_first_day_stands(workspace):
    first = published(workspace)
    assert published(workspace, days=3) == first


def test_what_was_published_stays_under_another_name_and_what_corrects_it_says_so(zygote, workspace):
    published(workspace)
    words = ("withdraw", "statement", "--languages", "fr", "--reason", "a mistake", "--send")
    office.run(zygote, workspace, *office.trusting(workspace, *words))
    said, before = [], tuple(published(workspace)["statement", "en"].text.blocks)
    office.run(zygote, workspace, "rename", "statement", "call")
    office.reword(zygote, workspace, "call", "en", "We call on", "We ask", release=False)
    texts = published(workspace, days=2, said=said)
    assert set(texts) == {("call", lang) for lang in ("fa", "en", "fr")}
    assert tuple(texts["call", "en"].text.blocks) == before
    assert '"identifier": "call.en"' in texts["call", "en"].metadata and "statement" not in texts["call", "en"].metadata
    assert (texts["call", "en"].published, texts["call", "en"].standing) == ("2026-11-28", Standing.CURRENT)
    assert (texts["call", "fr"].standing, texts["call", "fr"].reason) == (Standing.WITHDRAWN, "a mistake")
    assert any("statement (en): published as call now" in one for one in said)
    assert published(workspace, days=3) == texts
    office.run(zygote, workspace, "build-pdf", "--release", "call", "--languages", "en")
    corrected = published(workspace, days=4)["call", "en"]
    assert (corrected.published, corrected.replaces) == ("2026-12-02", "2026-11-28")
    assert not list((workspace / ".pipeline/published").rglob("statement.json"))


def test_what_was_published_is_not_forgotten_while_two_documents_claim_its_name(zygote, workspace):
    first = published(workspace)
    office.run(zygote, workspace, "rename", "statement", "call")
    (workspace / "seeds/other.txt").write_text("متن", "utf-8")
    claim = workspace / "seeds/other.toml"
    claim.write_text('formerly = ["statement"]\n', "utf-8")
    said: list[str] = []
    published(workspace, days=1, said=said)
    assert any("statement (en): not published until it is known" in one for one in said)
    claim.unlink()
    texts = published(workspace, days=2)
    assert {lang: one.published for (_, lang), one in texts.items()} == dict.fromkeys(("fa", "en", "fr"), "2026-11-28")
    assert {one.text_sha256 for one in texts.values()} == {one.text_sha256 for one in first.values()}


def test_a_fault_in_what_is_stated_of_another_document_keeps_nothing_from_its_new_name(zygote, workspace):
    published(workspace)
    office.run(zygote, workspace, "rename", "statement", "call")
    for name, content in (("other.txt", "متن"), ("other.toml", "issuer = \n")):
        (workspace / "seeds" / name).write_text(content, "utf-8")
    assert set(published(workspace)) == {("call", lang) for lang in ("fa", "en", "fr")}


def test_a_draft_is_not_published(workspace):
    (workspace / "output" / ".built.json").unlink()
    assert published(workspace) == {}


def test_a_correction_says_which_text_it_replaces(zygote, workspace):
    before = published(workspace)
    office.reword(zygote, workspace, "statement", "en", "We call on", "We ask")
    after = published(workspace, days=2)
    assert (after["statement", "en"].published, after["statement", "en"].replaces) == ("2026-11-30", "2026-11-28")
    assert after["statement", "fr"] == before["statement", "fr"]


def test_a_text_that_is_being_worked_on_stays_as_it_was_released(zygote, workspace):
    before, said = published(workspace), []
    office.reword(zygote, workspace, "statement", "en", "We call on", "We ask", release=False)
    assert published(workspace, said=said)["statement", "en"] == before["statement", "en"]
    assert any("is not released" in one for one in said)


def test_a_translation_of_an_earlier_original_says_so(zygote, workspace):
    before = published(workspace)
    seed = workspace / "seeds/statement.txt"
    seed.write_text(seed.read_text("utf-8").replace("شرکت کنند", "حاضر شوند"), "utf-8")
    office.run(zygote, workspace, "segment")
    english = published(workspace)["statement", "en"]
    assert english.standing is Standing.STALE and english.text == before["statement", "en"].text
    assert english.stamp != before["statement", "en"].stamp


def test_a_withdrawn_text_gives_way_to_its_notice_and_comes_back(zygote, workspace):
    published(workspace)
    words = ("withdraw", "statement", "--languages", "en")
    office.run(zygote, workspace, *office.trusting(workspace, *words, "--reason", "a mistake", "--send"))
    texts = published(workspace)
    assert (texts["statement", "en"].standing, texts["statement", "en"].reason) == (Standing.WITHDRAWN, "a mistake")
    assert texts["statement", "fr"].standing is Standing.CURRENT
    office.run(zygote, workspace, *words, "--undo")
    assert published(workspace)["statement", "en"].standing is Standing.CURRENT


@pytest.mark.parametrize("languages", [(), ("--languages", "en,fr")])
def test_the_original_of_what_was_withdrawn_first_does_not_come_into_the_section(zygote, workspace, languages):
    words = ("withdraw", "statement", "--reason", "it names somebody", "--send", *languages)
    office.run(zygote, workspace, *office.trusting(workspace, *words))
    texts = published(workspace)
    assert not [key for key, one in texts.items() if one.standing is not Standing.WITHDRAWN]
    office.run(zygote, workspace, "withdraw", "statement", "--undo")
    texts = published(workspace)
    assert {lang for _, lang in texts} == {"fa", "en", "fr"}
    assert {one.standing for one in texts.values()} == {Standing.CURRENT}


def test_who_withdraws_all_translations_is_told_of_the_original_and_can_withdraw_it(zygote, workspace):
    (workspace / "partners.toml").write_text(sending.TABLE.format("oslo"), "utf-8")
    (workspace / "oslo").mkdir()
    office.run(zygote, workspace, *office.trusting(workspace, "distribute", "--send"))
    words = ("withdraw", "statement", "--reason", "it names somebody", "--send")
    assert "statement (fa): the original is not withdrawn" in office.run(zygote, workspace, *words)
    shutil.rmtree(workspace / "output")  # as on another machine, to which git brought the workspace
    office.run(zygote, workspace, *words, "--languages", "fa")
    recalled = {one.language for one in withdrawing.recalls(Session.open(workspace, lambda: DAY))}
    assert recalled == {"fa", "en", "fr"}
    assert "the original is not withdrawn" not in office.run(zygote, workspace, *words)


def test_an_original_alone_can_be_withdrawn_before_it_is_published(zygote, workspace):
    words = ("withdraw", "statement", "--languages", "fa", "--reason", "it names somebody", "--send")
    office.run(zygote, workspace, *office.trusting(workspace, *words))
    standing = {lang: one.standing for (_, lang), one in published(workspace).items()}
    assert standing == {"en": Standing.CURRENT, "fr": Standing.CURRENT}  # a notice would have its title


def test_a_copy_of_what_was_withdrawn_comes_into_the_section_once_that_is_undone(zygote, workspace):
    """It is known by its text, and nothing of the copy itself changes when the other document's is undone."""
    words = ("withdraw", "statement", "--languages", "en")
    office.run(zygote, workspace, *office.trusting(workspace, *words, "--reason", "a mistake", "--send"))
    for name in ("seeds/{}.txt", "translations/en/{}.po"):
        shutil.copy(workspace / name.format("statement"), workspace / name.format("copy"))
    office.run(zygote, workspace, "build-pdf", "--release", "copy", "--languages", "en")
    assert ("copy", "en") not in published(workspace)
    office.run(zygote, workspace, *words, "--undo")
    assert published(workspace)["copy", "en"].standing is Standing.CURRENT


def test_what_stood_on_the_web_before_is_withdrawn_with_what_took_its_place(zygote, workspace):
    """As of what partners were sent: an older file that is put back brings nothing that was withdrawn."""
    first = published(workspace)["statement", "en"].text_sha256
    office.reword(zygote, workspace, "statement", "en", "all forces", "all friends")
    published(workspace)
    words = ("withdraw", "statement", "--languages", "en", "--reason", "it names somebody", "--send")
    office.run(zygote, workspace, *office.trusting(workspace, *words))
    office.reword(zygote, workspace, "statement", "en", "all friends", "all forces")
    english = published(workspace)["statement", "en"]
    assert english.standing is Standing.WITHDRAWN and english.text_sha256 != first


def test_what_is_withdrawn_before_it_was_published_gets_no_page_with_its_title(zygote, workspace):
    """It is withdrawn for what it says, perhaps in its title, and nobody on the web knows of it."""
    words = ("withdraw", "statement", "--languages", "en", "--reason", "it names somebody", "--send")
    office.run(zygote, workspace, *office.trusting(workspace, *words))
    assert "statement (en): not published: this text was withdrawn before" in office.run(zygote, workspace, "publish")
    pages = (workspace / "output/site").rglob("*")
    assert not [page for page in pages if page.is_file() and b"Statement of the council" in page.read_bytes()]
    office.reword(zygote, workspace, "statement", "en", "all forces", "all friends")
    assert published(workspace)["statement", "en"].standing is Standing.CURRENT


def test_who_withdraws_what_is_published_is_told_that_it_stands_there_still(zygote, workspace):
    published(workspace)
    words = office.trusting(workspace, "withdraw", "statement", "--reason", "a mistake", "--send")
    assert "statement (en, fa, fr): it stands in the section" in office.run(zygote, workspace, *words)
    published(workspace)
    assert "it stands in the section" not in office.run(zygote, workspace, *words)


def test_a_correction_that_waits_as_a_draft_is_not_withdrawn_with_what_it_corrects(zygote, workspace):
    published(workspace)
    seed = workspace / "seeds/statement.txt"
    seed.write_text(seed.read_text("utf-8").replace("شرکت کنند", "حاضر شوند"), "utf-8")
    office.run(zygote, workspace, "run", "--quiet")
    words = ("withdraw", "statement", "--languages", "fa", "--reason", "it names somebody", "--send")
    office.run(zygote, workspace, *office.trusting(workspace, *words))
    (original,) = [one for one in withdrawing.recalls(Session.open(workspace, lambda: DAY)) if one.language == "fa"]
    assert original.texts == (published(workspace)["statement", "fa"].text_sha256,)  # the one that was published


def test_a_document_that_is_gone_is_published_no_more(workspace):
    published(workspace)
    (workspace / "seeds/statement.txt").unlink()
    (workspace / "seeds/other.txt").write_text(office.TEXTS["letter"], "utf-8")
    said: list[str] = []
    assert published(workspace, said=said) == {}
    assert sum("not published any more" in one for one in said) == 3


def test_a_text_of_others_without_permission_is_not_published(workspace):
    published(workspace)
    (workspace / "seeds/statement.toml").write_text('[provenance]\npermission = "refused"\n')
    assert published(workspace) == {}


@pytest.mark.parametrize("damage", [b"", b"{", b"[" * 200_000, b'{"published": 1}'])
def test_a_damaged_record_is_made_anew(workspace, damage):
    before = published(workspace)
    (workspace / ".pipeline/published/en/statement.json").write_bytes(damage)
    assert set(published(workspace)) == set(before)


def before(folder: Path) -> dict:
    session = Session.open(folder, lambda: DAY)
    with session.locked():
        return {key: record.published for key, record in Texts(session).before.items()}


CHANGES = {
    "nothing": lambda root: None,
    "a record that is gone": lambda root: (root / ".pipeline/published/en/statement.json").unlink(),
    "a record that is damaged": lambda root: (root / ".pipeline/published/en/statement.json").write_text("{"),
    "a record that is another": lambda root: shutil.copy(
        root / ".pipeline/published/fr/statement.json", root / ".pipeline/published/en/statement.json"
    ),
    "a translation": lambda root: (root / "translations/en/statement.po").unlink(),
    "a document that is gone": lambda root: (root / "seeds/statement.txt").unlink(),
    "the languages": lambda root: (root / "pipeline.toml").write_text(
        (root / "pipeline.toml").read_text("utf-8").replace('["en", "fr"]', '["en"]'), "utf-8"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_published_before_is_known_as_if_it_were_read(workspace, change):
    published(workspace)
    published(workspace)
    CHANGES[change](workspace)
    known = before(workspace)
    (workspace / places.PRIVATE / index.FILE_NAME).unlink()
    assert known == before(workspace)


def test_records_in_which_nothing_has_changed_are_not_read(workspace):
    for _ in range(3):
        published(workspace, clock=lambda: datetime.now(UTC))
        time.sleep(index.YOUNG / 1e9)  # what was written a moment ago is looked at again
    heard: list[str] = []
    with audited(lambda event, arguments: heard.append(str(arguments[0])) if event == "open" else None):
        assert len(before(workspace)) == 3
    assert not any(name.endswith("statement.json") for name in heard)


def test_where_an_original_is_held_no_document_is_read_again_for_what_others_are_published(workspace):
    database.create(workspace / ledger.FILE_NAME, "secret")
    with closing(ledger.open(workspace / ledger.FILE_NAME, lambda: DAY)) as book:
        book.decisions.hold("letter", "fa", "5e" * 32)
    for _ in range(3):
        published(workspace, clock=lambda: datetime.now(UTC))
        time.sleep(index.YOUNG / 1e9)
    (workspace / ".pipeline/published/en/other.json").touch()
    heard: list[str] = []
    with audited(lambda event, arguments: heard.append(str(arguments[0])) if event == "open" else None):
        published(workspace, clock=lambda: datetime.now(UTC))
    assert not any(name.endswith("statement.txt") for name in heard)


def test_of_one_document_the_records_of_no_other_are_read(workspace):
    published(workspace)
    folder = workspace / ".pipeline/published/en"
    shutil.copy(folder / "statement.json", folder / "other.json")
    heard: list[str] = []
    with audited(lambda event, arguments: heard.append(str(arguments[0])) if event == "open" else None):
        its = Texts(Session.open(workspace, lambda: DAY)).before_of(["statement"])
    assert set(its) == {("statement", lang) for lang in ("fa", "en", "fr")}
    assert not any(name.endswith("other.json") for name in heard)
