"""What is published: what is released, and what became of what was published before."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.app.published import Texts
from pipeline.app.session import Session
from pipeline.publication import Standing
from tests.support import office
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


def published(folder: Path, days: int = 0, said: list | None = None):
    session = Session.open(folder, lambda: DAY + timedelta(days))
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
