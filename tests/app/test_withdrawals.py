"""A document that was withdrawn as a whole goes on in the languages people had it in, and in no other unasked."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.app import withdrawing
from pipeline.app.session import Session
from pipeline.app.witnesses import Consent
from tests.support import office
from tests.support.forked import Zygote
from tests.support.readings import read_all

WITHDRAW = ("withdraw", "statement", "--reason", "it names somebody", "--send")
WAIT = "translations into further languages wait"
LATER = "nobody had it in this language when the document was withdrawn"
SAID_BEFORE = "a text that says the same in every sentence was withdrawn"
ALL_THE_SAME = "--allow-withdrawn-originals"


@pytest.fixture(scope="module")
def zygote():
    with closing(Zygote()) as zygote:
        yield zygote


@pytest.fixture(scope="module")
def prepared(zygote, tmp_path_factory) -> Path:
    """A workspace whose statement is released in English alone; Oslo wants it so, Paris in French."""
    folder = office.workspace(zygote, tmp_path_factory.mktemp("withdrawals") / "workspace", ("statement",))
    french = folder / "translations/fr/statement.po"
    french.rename(folder / "french.po")
    office.partners(
        folder,
        oslo={"delivery": "folder", "address": "oslo"},
        paris={"delivery": "folder", "address": "paris", "languages": ["fr"]},
    )
    for name in ("oslo", "paris"):
        (folder / name).mkdir()
    for pdf in folder.glob("output/*fr*"):
        pdf.unlink()
    office.run(zygote, folder, "segment")
    return folder


@pytest.fixture
def workspace(prepared, tmp_path) -> Path:
    return office.copy(prepared, tmp_path / "workspace")


@pytest.fixture
def run(zygote, workspace):
    return lambda *words: office.run(zygote, workspace, *office.trusting(workspace, *words))


@pytest.fixture
def sent(run, workspace):
    """Oslo has the English translation."""
    run("distribute", "--send")
    assert (received(workspace, "oslo"), received(workspace, "paris")) == (1, 0)


def finish_french(run, workspace: Path) -> None:
    path = (workspace / "french.po").replace(workspace / "translations/fr/statement.po")
    read_all(path)
    run("build-pdf", "--release", "--languages", "fr")


def received(workspace: Path, name: str) -> int:
    return len(list((workspace / name).iterdir()))


def section(run, workspace: Path, *words: str) -> tuple[str, set[str]]:
    """Publish; return what was said, and the languages in which the whole text stands on the web."""
    said = run("publish", *words)
    pages = workspace.glob("output/site/*/statement/index.html")
    return said, {page.parent.parent.name for page in pages if "withdrawn" not in page.read_text("utf-8")}


@pytest.mark.usefixtures("sent")
def test_what_is_translated_later_waits_wherever_it_would_go(run, workspace):
    assert WAIT in run(*WITHDRAW[:-1]) and WAIT in run(*WITHDRAW)
    finish_french(run, workspace)
    assert LATER in run("distribute", "--send")
    assert received(workspace, "paris") == 0
    said, langs = section(run, workspace)
    assert LATER in said and not langs & {"fr", "fa"}
    assert LATER not in run("distribute", "--send", ALL_THE_SAME)
    assert received(workspace, "paris") == 1
    assert LATER not in run("distribute", "--send")  # somebody has it now
    assert "fr" in section(run, workspace)[1]


def stated(run, workspace: Path, line: str) -> None:
    path = workspace / "seeds/statement.toml"
    path.write_text(f"{line}\n{path.read_text('utf-8') if path.exists() else ''}", "utf-8")
    run("build-pdf", "--release", "--languages", "en")


@pytest.mark.usefixtures("sent")
def test_what_is_stated_of_a_withdrawn_text_makes_no_other_of_it(run, workspace):
    """A number or a date is added to a whole archive: what was withdrawn for a name in it would be out again."""
    section(run, workspace)
    run(*WITHDRAW)
    stated(run, workspace, 'number = "12/95"')
    assert SAID_BEFORE in run("distribute", "--send")
    assert received(workspace, "oslo") == 2  # with the notice
    said, langs = section(run, workspace)
    assert SAID_BEFORE in said and not langs
    assert SAID_BEFORE not in run("distribute", "--send", "--allow-withdrawn-drafts", ALL_THE_SAME)
    assert received(workspace, "oslo") == 3
    assert SAID_BEFORE not in run("distribute", "--send")  # somebody has it now
    assert "en" in section(run, workspace)[1]


@pytest.mark.usefixtures("sent")
def test_the_original_waits_where_it_could_not_go_alone_before(zygote, run, workspace):
    run(*WITHDRAW)
    path = workspace / "pipeline.toml"
    path.write_text(path.read_text("utf-8").replace('["parallel"]', '["parallel", "single"]'), "utf-8")
    office.partners(workspace, paris={"delivery": "folder", "address": "paris", "languages": ["fa"]})
    office.run(zygote, workspace, "build-pdf", "--release", status=1)  # without the French
    assert f"statement (fa): {LATER}, and it is as it was" in run("distribute", "--send")
    assert f"statement (fa): not published: {LATER}, and it is as it was" in run("publish")
    assert received(workspace, "paris") == 0
    run("distribute", "--send", ALL_THE_SAME)
    assert received(workspace, "paris") == 1


def test_what_is_translated_later_is_made_in_a_format_by_who_allows_it(run, workspace):
    run(*WITHDRAW)
    finish_french(run, workspace)
    assert LATER in run("publish", "--format", "txt")
    assert "wrote output/txt/fr/statement.txt" in run("publish", "--format", "txt", ALL_THE_SAME)


def test_what_is_translated_later_is_published_by_who_allows_it(run, workspace):
    run(*WITHDRAW)
    finish_french(run, workspace)
    assert "fr" in section(run, workspace, ALL_THE_SAME)[1]
    assert LATER not in section(run, workspace)[0]  # it stands there


def test_what_was_published_under_another_name_was_had(zygote, run, workspace):
    run("publish")
    run("rename", "statement", "call")
    run("withdraw", "call", *WITHDRAW[2:])
    office.reword(zygote, workspace, "call", "en", "all forces", "all friends")
    assert LATER not in run("publish")


@pytest.mark.usefixtures("sent")
def test_a_corrected_translation_goes_on_and_its_original_is_told_of(zygote, run, workspace):
    run(*WITHDRAW)
    office.reword(zygote, workspace, "statement", "en", "all forces", "all friends")
    said = run("distribute", "--send")
    assert "its original, which goes with it, is the one that it had when it was withdrawn" in said
    assert received(workspace, "oslo") == 3  # the text, its notice, the correction
    assert "its original" not in run("distribute")  # nothing is due


def test_who_allows_an_original_that_is_withdrawn_is_not_told_to_withdraw_it(zygote, run, workspace):
    run("publish")  # it stands there
    run(*WITHDRAW)
    office.reword(zygote, workspace, "statement", "en", "all forces", "all friends")
    assert "its original, which goes with it, was withdrawn" in run("distribute")
    said = run("distribute", ALL_THE_SAME)
    assert "en (new)" in said and "if that is wrong itself" not in said


@pytest.mark.usefixtures("sent")
def test_a_corrected_original_frees_all(run, workspace):
    run(*WITHDRAW)
    for path in (workspace / "seeds/statement.txt", workspace / "french.po"):
        path.write_text(path.read_text("utf-8").replace("شرکت کنند", "حاضر شوند"), "utf-8")
    finish_french(run, workspace)
    assert LATER not in run("distribute", "--send")
    assert received(workspace, "paris") == 1


@pytest.mark.usefixtures("sent")
def test_an_original_of_which_another_day_is_stated_is_the_same(run, workspace):
    run(*WITHDRAW)
    path = workspace / "seeds/statement.toml"
    stated = path.read_text("utf-8") if path.is_file() else ""
    path.write_text(
        "\n".join(["date = 2016-10-30", *(line for line in stated.splitlines() if "date" not in line)]), "utf-8"
    )
    finish_french(run, workspace)
    assert f"statement (fr): {LATER}" in run("distribute", "--send") and received(workspace, "paris") == 0
    assert section(run, workspace)[1] == set()
    run("distribute", "--send", ALL_THE_SAME)
    assert received(workspace, "paris") == 1


@pytest.mark.usefixtures("sent")
def test_an_original_that_was_corrected_before_holds_nothing(zygote, run, workspace):
    for name in ("seeds/statement.txt", "translations/en/statement.po", "french.po"):
        path = workspace / name
        path.write_text(path.read_text("utf-8").replace("شرکت کنند", "حاضر شوند"), "utf-8")
    office.reword(zygote, workspace, "statement", "en", "all forces", "all friends", release=False)
    said = run(*WITHDRAW)
    assert "the original is not withdrawn" in said and WAIT not in said
    finish_french(run, workspace)
    assert LATER not in run("distribute")


@pytest.mark.usefixtures("sent")
def test_the_original_of_a_translation_that_is_gone_since_is_known(run, workspace):
    (workspace / "translations/en/statement.po").unlink()
    for pdf in workspace.glob("output/*"):
        if pdf.is_file():
            pdf.unlink()
    run("segment")
    run(*WITHDRAW)
    finish_french(run, workspace)
    assert LATER in run("distribute", "--send")


def test_a_withdrawal_that_is_undone_holds_nothing(run, workspace):
    run(*WITHDRAW)  # nobody has it, so nobody was told
    run("withdraw", "statement", "--undo")
    finish_french(run, workspace)
    assert LATER not in run("distribute", "--send")
    assert received(workspace, "paris") == 1


def test_undoing_a_later_withdrawal_goes_on_holding_for_the_earlier(run, workspace):
    run(*WITHDRAW)
    later = Session.open(workspace, lambda: datetime.now(UTC) + timedelta(minutes=3))
    consent = Consent(ask=lambda question: True)
    withdrawing.withdraw(later, "statement", ["Oops."], ["fa"], send=True, consent=consent)
    assert [one.language for one in withdrawing.undo(later, "statement", consent=consent)] == ["fa"]
    finish_french(run, workspace)
    assert LATER in run("distribute", "--send")


@pytest.mark.usefixtures("sent")
def test_withdrawing_a_translation_alone_holds_no_other(run, workspace):
    run(*WITHDRAW, "--languages", "en")
    finish_french(run, workspace)
    assert LATER not in run("distribute", "--send")
    assert received(workspace, "paris") == 1


@pytest.mark.usefixtures("sent")
def test_a_withdrawn_text_is_the_same_when_it_is_spelt_otherwise(run, workspace):
    """Saved with an Arabic keyboard, a file has other letters and the same words: what was withdrawn would be out again."""
    run(*WITHDRAW)
    seed = workspace / "seeds/statement.txt"
    before = seed.read_text("utf-8")
    seed.write_text(before.replace("ی", "ي").replace("ک", "ك"), "utf-8")
    assert seed.read_text("utf-8") != before
    run("build-pdf", "--release", "--languages", "en")
    assert SAID_BEFORE in run("distribute", "--send") and received(workspace, "oslo") == 2  # with the notice
    assert SAID_BEFORE in section(run, workspace)[0]


@pytest.mark.usefixtures("sent")
def test_what_says_the_same_in_another_folder_is_told_when_it_is_withdrawn_as_it_was_called(zygote, run, workspace):
    """Files are moved by hand, by the year: under its new name it stood on the web, and went on in other languages."""
    path = (workspace / "french.po").replace(workspace / "translations/fr/statement.po")
    read_all(path)
    for folder in (workspace / "seeds", *(workspace / "translations").iterdir()):
        for file in folder.glob("statement.*"):
            (folder / "2016").mkdir(exist_ok=True)
            file.rename(folder / "2016" / file.name)
    run("build-pdf", "--release")
    run("publish")
    said = office.run(zygote, workspace, *WITHDRAW, status=1)
    assert "error: 2016/statement (fr): it says what statement does, which is not here, and is not withdrawn" in said
    assert "2016/statement (en): it stands in the section of the website; type: pipeline publish" in said
    run("rename", "statement", "2016/statement")  # as it says
    assert "2016/statement (en, fa, fr): it stands in the section" in run(*WITHDRAW)
    run("publish")
    run("distribute", "--send")
    assert received(workspace, "paris") == 0
    pages = workspace.glob("output/site/*/2016/statement/index.html")
    assert all("withdrawn" in page.read_text("utf-8") for page in pages)
