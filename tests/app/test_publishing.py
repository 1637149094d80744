"""The section of a site: all that is released, nothing else, and nothing written again that is the same."""

import json
import re
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from PIL import Image

from pipeline.app import publishing
from pipeline.app.session import Session
from pipeline.errors import DocumentError, UsageError
from tests.support import office
from tests.support.forked import Zygote

DAY = datetime(2026, 11, 28, tzinfo=UTC)
SETTINGS = '\n[publication]\naddress = "https://example.org/international/"\nformats = ["pdf", "txt"]\n'


@pytest.fixture(scope="module")
def zygote():
    with closing(Zygote()) as zygote:
        yield zygote


@pytest.fixture(scope="module")
def prepared(zygote, tmp_path_factory) -> Path:
    folder = office.workspace(zygote, tmp_path_factory.mktemp("publishing") / "workspace")
    with (folder / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    return folder


@pytest.fixture
def workspace(prepared, tmp_path) -> Path:
    return office.copy(prepared, tmp_path / "workspace")


def publish(folder: Path, **options: bool) -> publishing.PublishingOutcome:
    session = Session.open(folder, lambda: DAY, **options)
    made = publishing.publish(session)
    assert not session.faults
    return made


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    section = folder / "output/site"
    return {
        path.relative_to(section).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in section.rglob("*")
        if path.is_file()
    }


def test_every_text_has_its_page_and_its_files(workspace):
    made = publish(workspace)
    found = files(workspace)
    assert made.texts == 6 and made.written == len(found)
    assert {"en/statement/index.html", "fa/statement/index.html", "en/statement/statement.pdf"} <= set(found)
    assert found["en/statement/statement.pdf"][1] == (workspace / "output/statement.fa-en.pdf").read_bytes()
    assert "fa/statement/statement.pdf" not in found  # the original was not released alone


def test_the_second_time_nothing_is_written(workspace):
    publish(workspace)
    before = files(workspace)
    again = publish(workspace)
    assert (again.written, again.removed) == (0, 0) and files(workspace) == before


def test_a_text_that_another_replaced_is_told_when_it_comes_back(zygote, workspace):
    def published(old: str, new: str) -> str:
        office.reword(zygote, workspace, "statement", "en", old, new)
        return office.run(zygote, workspace, "publish")

    publish(workspace)
    told = "statement (en): the section had this very text until another replaced it"
    assert told not in published("all forces", "all friends")
    assert told in published("all friends", "all forces") and told not in office.run(zygote, workspace, "publish")


def test_one_correction_leaves_the_pages_of_other_documents_as_they_are(zygote, workspace):
    publish(workspace)
    before = files(workspace)
    office.reword(zygote, workspace, "statement", "en", "We call on", "We ask")
    publish(workspace)
    changed = {name for name, one in files(workspace).items() if before.get(name) != one}
    assert "en/statement/index.html" in changed
    assert not [name for name in changed if "/letter/" in name]


def test_what_is_withdrawn_gives_way_to_a_notice_and_its_files_go(zygote, workspace):
    publish(workspace)
    words = ("withdraw", "statement", "--languages", "en", "--reason", "a grave mistake", "--send")
    office.run(zygote, workspace, *office.trusting(workspace, *words))
    made = publish(workspace)
    found = files(workspace)
    assert made.removed and not [name for name in found if name.startswith("en/statement/statement")]
    page = found["en/statement/index.html"][1].decode()
    assert "a grave mistake" in page and "We call on" not in page
    assert not [name for name, (_, content) in found.items() if b"We call on all forces" in content]


def test_what_is_released_no_more_and_gone_leaves_nothing_behind(workspace):
    publish(workspace)
    for path in (workspace / "seeds").glob("statement*"):
        path.unlink()
    publish(workspace)
    assert not [name for name in files(workspace) if "statement" in name]


def test_files_of_others_in_the_section_are_left_alone_and_damaged_ones_are_made_again(workspace):
    publish(workspace)
    section = workspace / "output/site"
    (section / "CNAME").write_text("example.org")
    before = files(workspace)
    (section / "en/statement/index.html").write_text("damaged")
    (section / "en/letter/index.html").unlink()
    publish(workspace)
    assert {name: one[1] for name, one in files(workspace).items()} == {name: one[1] for name, one in before.items()}


def test_a_dry_run_writes_nothing(workspace):
    assert publish(workspace, dry_run=True).written
    assert not (workspace / "output/site").exists() and not (workspace / ".pipeline/published").exists()


def test_a_section_that_leads_out_of_the_workspace_is_not_written(workspace, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (workspace / "output/site").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DocumentError, match="leads out of the workspace"):
        publish(workspace)
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("place", ["en", "en/statement"])
@pytest.mark.parametrize("where", ["elsewhere", "workspace/seeds", "loop"])
def test_a_folder_of_the_section_that_is_a_link_is_told_of_and_nothing_behind_it_changes(
    workspace, tmp_path, place, where
):
    link, target = workspace / "output/site" / place, tmp_path / where
    publish(workspace)
    shutil.rmtree(link)
    if where == "elsewhere":
        (target / "statement").mkdir(parents=True)
        for name in ("index.html", "statement/index.html"):
            (target / name).write_text("mine")
    link.symlink_to(link if where == "loop" else target)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    session = Session.open(workspace, lambda: DAY)
    publishing.publish(session)
    assert {"a link leads out of output" in str(fault) for fault in session.faults} == {True}
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    for path in (workspace / "seeds").glob("statement*"):
        path.unlink()
    publishing.publish(Session.open(workspace, lambda: DAY))  # nor is anything behind it removed
    assert all(path.read_bytes() == content for path, content in before.items() if "seeds" not in path.parts)


def test_a_file_of_the_section_that_is_a_link_is_replaced_by_the_file(workspace, tmp_path):
    publish(workspace)
    page = workspace / "output/site/en/statement/index.html"
    mine, content = tmp_path / "mine.html", page.read_bytes()
    mine.write_bytes(content)
    page.unlink()
    page.symlink_to(mine)
    publish(workspace)
    assert not page.is_symlink() and page.read_bytes() == mine.read_bytes() == content
    page.unlink()
    page.symlink_to(mine)
    for path in (workspace / "seeds").glob("statement*"):
        path.unlink()
    publish(workspace)
    assert not page.is_symlink() and mine.read_bytes() == content


def test_the_longest_ids_are_published(zygote, tmp_path):
    ids = "a" * 200, "ب" * 100, "/".join(["1988", *["پوشه"] * 6, "ن" * 60])
    folder = office.workspace(zygote, tmp_path / "workspace", ("statement",))
    with (folder / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[publication]\naddress = "https://example.org/"\nformats = ["pdf", "epub", "docx", "odt-both", "txt"]\n'
        )
    for id in ids:
        path = folder / "seeds" / f"{id}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(office.TEXTS["statement"], "utf-8")
        office.run(zygote, folder, "segment")
        office.translate(folder, id, "en")
        office.run(zygote, folder, "build-pdf", "--release", id, "--languages", "en")
    publish(folder)
    assert publishing.check(Session.open(folder, lambda: DAY)) == []
    names = files(folder)
    for id in ids:
        file = f"en/{id}/{id.replace('/', '-')}"
        wanted = [f"{file}{suffix}" for suffix in (".pdf", ".epub", ".docx", ".both.odt", ".txt")]
        assert {f"en/{id}/index.html", *wanted} <= set(names)


def test_nothing_in_the_section_names_who_translated(workspace):
    path = workspace / "translations/en/statement.po"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Last-Translator: ", "Last-Translator: Sara Karimi <sara@example.org>"), "utf-8")
    publish(workspace)
    assert not [name for name, (_, content) in files(workspace).items() if b"Karimi" in content]


def test_one_format_is_made_in_a_folder_of_its_own(workspace):
    session = Session.open(workspace, lambda: DAY)
    made = publishing.publish_as(session, "txt", ["statement"], ["en"])
    assert (made.texts, made.written) == (1, 1)
    assert "We call on all forces" in next((workspace / "output/txt/en").iterdir()).read_text("utf-8")
    assert not (workspace / "output/site").exists()


def test_what_cannot_be_made_of_a_text_is_said(zygote, workspace):
    said = office.run(zygote, workspace, "publish", "statement", "--format", "epub-both", "--languages", "fa")
    assert "no published text of which epub-both can be made" in said
    assert not (workspace / "output/epub-both").exists()


@pytest.mark.parametrize("name", ["odf", "../../etc"])
def test_an_unknown_format_is_refused(workspace, name):
    with pytest.raises(UsageError, match="is unknown"):
        publishing.publish_as(Session.open(workspace, lambda: DAY), name, None, None)


def test_where_nothing_is_released_nothing_is_published(zygote, tmp_path):
    office.run(zygote, tmp_path, "init", tmp_path / "new")
    (tmp_path / "new/seeds/letter.txt").write_text(office.TEXTS["letter"], "utf-8")
    said = office.run(zygote, tmp_path / "new", "publish")
    assert "nothing is released" in said


def test_the_command_says_what_it_did(zygote, workspace):
    assert office.table(zygote, workspace, "publish")["texts"] == 6
    assert "nothing to do" in office.run(zygote, workspace, "publish")
    assert office.table(zygote, workspace, "publish", "--check")["faults"] == []
    page = workspace / "output/site/en/statement/index.html"
    page.write_text(page.read_text("utf-8").replace("</main>", '<a href="nowhere.html">x</a></main>'), "utf-8")
    (fault,) = office.table(zygote, workspace, "publish", "--check", status=1)["faults"]
    assert fault["path"] == "en/statement/index.html" and "nowhere.html" in json.dumps(fault)


def test_cards_have_the_colour_of_the_theme(workspace):
    publish(workspace)
    with (workspace / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write('\n[theme]\ncolour = "#8a1c1c"\n')
    publish(workspace)
    with Image.open(workspace / "output/site/en/statement/card.png") as card:
        assert card.convert("RGB").getpixel((0, 0)) == (0x8A, 0x1C, 0x1C)


def test_a_document_that_came_as_word_goes_back_in_its_own_styles(zygote, workspace):
    written = docx.Document()
    written.styles.add_style("Letter of the council", WD_STYLE_TYPE.PARAGRAPH).font.size = docx.shared.Pt(17)
    for words in ("نامه سرگشاده", "جنگ و آشوب در جهان را رقابت قدرت ها دامن می زند."):
        written.add_paragraph(words, style="Letter of the council")
    (workspace / "seeds/letter.txt").unlink()
    written.save(str(workspace / "seeds/letter.docx"))
    office.run(zygote, workspace, "run", "letter")
    office.run(zygote, workspace, "build-pdf", "--release", "letter", "--languages", "en")
    for name in ("letter", "appeal"):  # published, and renamed since
        publishing.publish_as(Session.open(workspace, lambda: DAY), "docx", [name], ["en"])
        made = docx.Document(str(workspace / f"output/docx/en/{name}.docx"))
        styles = {paragraph.text: paragraph.style for paragraph in made.paragraphs}
        style = styles["The rivalry of the powers fuels war and unrest in the world."]
        assert style.font.size == docx.shared.Pt(17) and "council" not in style.name
        if name == "letter":
            office.run(zygote, workspace, "rename", name, "appeal")


def withdraw(zygote, workspace, lang: str) -> None:
    words = ("withdraw", "statement", "--languages", lang, "--reason", "a grave mistake", "--send")
    office.run(zygote, workspace, *office.trusting(workspace, *words))


def test_a_withdrawn_original_stands_beside_its_translation_in_no_file(zygote, workspace):
    formats = '["pdf", "txt", "docx-both", "epub-both", "odt-both"]'
    path = workspace / "pipeline.toml"
    path.write_text(path.read_text("utf-8").replace('["pdf", "txt"]', formats), "utf-8")
    publish(workspace)
    before = files(workspace)
    before_page = (workspace / "output/site/en/statement/index.html").read_text("utf-8")
    withdraw(zygote, workspace, "fa")
    publish(workspace)
    found = files(workspace)
    assert {name for name in found if name.startswith("en/statement/")} == {
        f"en/statement/{name}" for name in ("index.html", "with-fa.html", "statement.txt", "card.png")
    }
    page = (workspace / "output/site/en/statement/index.html").read_text("utf-8")
    (title,) = re.findall(r'"inLanguage": "fa",\s*"name": "([^"]+)"', before_page)
    assert title not in page and '"workTranslation"' in page
    assert found["en/statement/card.png"][1] != before["en/statement/card.png"][1]  # the title of the original is gone
    publishing.publish_as(Session.open(workspace, lambda: DAY), "docx-both", None, None)
    assert not list((workspace / "output/docx-both").rglob("statement*"))


def correct_original(zygote, workspace) -> None:
    """Change a sentence of the original, and release the French of it alone."""
    path = workspace / "seeds/statement.txt"
    path.write_text(path.read_text("utf-8").replace("همه نیروها", "برخی نیروها"), "utf-8")
    office.run(zygote, workspace, "segment")
    path = workspace / "translations/fr/statement.po"
    path.write_text(re.sub(r"#, fuzzy\n|#\| .*\n", "", path.read_text("utf-8")), "utf-8")
    office.reword(zygote, workspace, "statement", "fr", "toutes les forces", "certaines forces")


@pytest.mark.parametrize("is_known", [True, False])
def test_a_withdrawn_original_does_not_come_back_with_a_translation_when_another_takes_its_place(
    zygote, workspace, is_known
):
    """The corrected original comes with the translation that is ready first; the other one still is of the withdrawn."""
    path = workspace / "pipeline.toml"
    path.write_text(path.read_text("utf-8").replace('["pdf", "txt"]', '["pdf", "docx-both"]'), "utf-8")
    publish(workspace)
    withdraw(zygote, workspace, "fa")
    publish(workspace)
    if not is_known:  # as earlier versions kept it
        for path in (workspace / ".pipeline/published").rglob("statement.json"):
            path.write_text(
                re.sub(r'"original_sha256":"\w*"', '"original_sha256":""', path.read_text("utf-8")), "utf-8"
            )
    correct_original(zygote, workspace)
    publish(workspace)
    found = files(workspace)
    assert "برخی نیروها" in found["fa/statement/index.html"][1].decode()
    assert "fr/statement/statement.pdf" in found and "برخی نیروها" in found["fr/statement/with-fa.html"][1].decode()
    pages = {name for name in found if name.startswith("en/statement/")}
    assert pages == {f"en/statement/{name}" for name in ("index.html", "with-fa.html", "card.png")}
    assert not any("همه نیروها".encode() in content for _, content in found.values())


def test_an_original_that_stands_beside_a_translation_alone_is_withdrawn_too(zygote, workspace):
    publish(workspace)
    correct_original(zygote, workspace)
    publish(workspace)
    withdraw(zygote, workspace, "fa")
    path = workspace / "seeds/statement.txt"
    path.write_text(path.read_text("utf-8").replace("برخی نیروها", "نیروها"), "utf-8")
    office.run(zygote, workspace, "segment")
    path = workspace / "translations/fr/statement.po"
    path.write_text(re.sub(r"#, fuzzy\n|#\| .*\n", "", path.read_text("utf-8")), "utf-8")
    office.reword(zygote, workspace, "statement", "fr", "certaines forces", "les forces")
    publish(workspace)
    assert not any(
        text.encode() in one for text in ("همه نیروها", "برخی نیروها") for _, one in files(workspace).values()
    )


def test_a_file_of_one_format_goes_when_its_text_is_corrected(zygote, workspace):
    """A name may have been taken out: whoever passes the file on later would pass on the text of before."""
    publishing.publish_as(Session.open(workspace, lambda: DAY), "txt", None, None)
    office.reword(zygote, workspace, "statement", "en", "We call on all forces", "We call on everybody")
    publish(workspace)
    folder = workspace / "output/txt"
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")}
    assert left == {f"{lang}/{name}.txt" for lang in ("fa", "en", "fr") for name in ("statement", "letter")} - {
        "en/statement.txt"
    }
    publishing.publish_as(Session.open(workspace, lambda: DAY), "txt", None, None)
    assert "We call on everybody" in (folder / "en/statement.txt").read_text("utf-8")


@pytest.mark.parametrize("as_section", [True, False])
def test_files_of_one_format_go_with_what_is_withdrawn_or_gone(zygote, workspace, as_section):
    folder = workspace / "output/txt"

    def left(again: str) -> set[str]:
        session = Session.open(workspace, lambda: DAY)
        publishing.publish(session) if as_section else publishing.publish_as(session, "txt", [again], None)
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    publishing.publish_as(Session.open(workspace, lambda: DAY), "txt", None, None)
    (folder / "en/mine.txt").write_text("mine")
    withdraw(zygote, workspace, "en")
    letters = {"en/letter.txt", "fr/letter.txt", "fa/letter.txt"}
    assert left("letter") == {"en/mine.txt", "fr/statement.txt", "fa/statement.txt", *letters}
    for path in (workspace / "seeds").glob("letter*"):
        path.unlink()
    assert left("statement") == {"en/mine.txt", "fr/statement.txt", "fa/statement.txt"}


def test_what_was_made_before_the_command_was_stopped_is_not_forgotten(workspace, monkeypatch):
    real, written = publishing._write, []

    def stops(session, path, content):
        written.append(real(session, path, content))
        if len(written) == 30:
            raise KeyboardInterrupt
        return written[-1]

    monkeypatch.setattr(publishing, "_write", stops)
    with pytest.raises(KeyboardInterrupt):
        publish(workspace)
    assert [name for name in files(workspace) if "statement" in name]
    monkeypatch.undo()
    for path in (workspace / "seeds").glob("statement*"):
        path.unlink()
    publish(workspace)
    assert not list((workspace / "output/site").rglob("*statement*"))


def test_a_text_that_stands_in_the_section_alone_can_be_withdrawn(zygote, workspace):
    publish(workspace)
    office.reword(zygote, workspace, "statement", "en", "We call on", "We ask", release=False)
    withdraw(zygote, workspace, "en")
    publish(workspace)
    assert not [name for name, (_, content) in files(workspace).items() if b"We call on all forces" in content]


@pytest.mark.parametrize("lost", [[".pipeline"], [".pipeline", "output/statement.fa-en.pdf"]])
def test_what_is_withdrawn_goes_though_hidden_folders_were_not_copied_with_the_workspace(zygote, workspace, lost):
    publish(workspace)
    withdraw(zygote, workspace, "en")
    for name in lost:
        path = workspace / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    publish(workspace)
    left = {name for name in files(workspace) if name.startswith("en/statement/")}
    assert left <= {"en/statement/index.html", "en/statement/with-fa.html"}
    assert not [name for name, (_, content) in files(workspace).items() if b"We call on all forces" in content]


@pytest.mark.parametrize("record", ["", "{", "[1]"])
def test_where_the_record_of_a_section_is_lost_somebody_is_told_to_look(workspace, record):
    publish(workspace)
    (workspace / "output" / publishing.RECORD).write_text(record)
    session = Session.open(workspace, lambda: DAY)
    publishing.publish(session)
    assert ["output/site: nobody knows" in str(fault) for fault in session.faults] == [True]
    publish(workspace)


def test_what_an_earlier_version_made_is_known(workspace):
    publish(workspace)
    (workspace / "output" / publishing.RECORD).rename(workspace / ".pipeline/publication.json")
    (workspace / "seeds/statement.txt").unlink()
    publish(workspace)
    assert not list((workspace / "output/site").rglob("*statement*"))


def test_a_record_leads_to_no_file_outside_the_output(workspace):
    publish(workspace)
    record = {"../../seeds/statement.txt": [], "../../pipeline.toml": 1, str(workspace / "seeds/letter.txt"): {}}
    record |= {"output/x": [{}, [[]], "txt"], "a\0b": ["x", "en", "txt"], "\ud800": [None]}
    record |= {name: [] for name in ("a\0b/c", "\ud800/c", "", ".", "..", "x/" * 3000, "x" * 5000)}
    for name in (publishing.RECORD, publishing.HANDED_OVER):
        (workspace / "output" / name).write_text(json.dumps(record | {"seeds/statement.txt": ["x", "en", "txt"]}))
    publish(workspace)
    assert (workspace / "seeds/statement.txt").is_file() and (workspace / "seeds/letter.txt").is_file()
    assert (workspace / "pipeline.toml").is_file()


def test_the_released_pdf_stays_while_somebody_works_on_its_text_whatever_settings_change(zygote, workspace):
    publish(workspace)
    before = files(workspace)["en/statement/statement.pdf"][1]
    office.reword(zygote, workspace, "statement", "en", "We call on", "We ask", release=False)
    office.run(zygote, workspace, "build-pdf", "statement", "--languages", "en")
    with (workspace / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write('name = "Elsewhere"\n')
    publish(workspace)
    assert (workspace / "output/statement.fa-en.pdf").read_bytes() != before
    assert files(workspace)["en/statement/statement.pdf"][1] == before


def test_what_is_withdrawn_goes_even_if_its_notice_cannot_be_made(zygote, workspace):
    (workspace / "theme").mkdir()
    (workspace / "theme/notice.html").write_text("{{ nothing.of_this_name }}")
    with (workspace / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write('theme = "theme"\n')
    publish(workspace)
    words = ("withdraw", "statement", "--languages", "en", "--reason", "a mistake", "--send")
    office.run(zygote, workspace, *office.trusting(workspace, *words))
    assert "notice.html" in office.run(zygote, workspace, "publish", status=1)
    assert not [name for name, (_, content) in files(workspace).items() if b"We call on all forces" in content]


def test_a_format_is_the_same_however_its_name_is_written(workspace):
    for _ in range(2):
        publishing.publish_as(Session.open(workspace, lambda: DAY), "html_fragment", None, None)
    assert list((workspace / "output/html-fragment").rglob("*.html"))
    assert not (workspace / "output/html_fragment").exists()
