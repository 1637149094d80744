"""Documents in folders below seeds/, whose ids are like 1988/letter: every command does with them what it does with others."""

import json
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from pipeline.publication import addresses
from pipeline.workspace import config, places, sources
from tests.support import office, visits
from tests.support.published import published
from tests.support.readings import read_all

ID, OTHER, TWIN = "1988/letter", "1989/paris/letter", "1988-letter"
"""Twice the same name in two folders, and one that is called as the first would be without folders."""

PAIRS = list(zip(re.split(r"\n+", office.TEXTS["letter"].strip()), office.WORDS["fr"][2:], strict=True))


def translate(folder, document_id, pairs=PAIRS):
    path = folder / f"translations/fr/{document_id}.po"
    text = path.read_text("utf-8")
    for source, target in pairs:
        asked = f'msgid "{source}"\nmsgstr ""'
        assert asked in text
        text = text.replace(asked, f'msgid "{source}"\nmsgstr "{target}"')
    path.write_text(text, "utf-8")


@pytest.fixture
def letters(workspace, pipeline):
    """A workspace in which three letters of different years wait for translators into French."""
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["fr"]') + office.SENDER, "utf-8")
    for document_id in (ID, OTHER):
        path = workspace / f"seeds/{document_id}.txt"
        path.parent.mkdir(parents=True)
        path.write_text(office.TEXTS["letter"].replace("جنگ", "جنگ" if document_id == ID else "ستیز"), "utf-8")
    (workspace / "new.txt").write_text(office.TEXTS["statement"], "utf-8")
    assert pipeline("add", "new.txt", "--id", TWIN).returncode == 0
    assert pipeline("segment", "--quiet").returncode == 0
    return workspace


def status(pipeline):
    return json.loads(pipeline("status", "--json").stdout)


def test_the_whole_line_from_a_text_to_a_partner(workspace, pipeline):
    """Add, run, review, approve, release, publish, distribute, rename, clean, restore, history: in folders."""

    def done(*words):
        end = pipeline(*words)
        assert end.returncode == 0 and "Traceback" not in end.stderr, (words, end.stdout, end.stderr)
        return end.stdout + end.stderr

    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["fr"]') + office.SENDER, "utf-8")
    (workspace / "new.txt").write_text(office.TEXTS["letter"], "utf-8")
    assert f"now type: pipeline run {ID}" in done("add", "new.txt", "--id", ID)
    done("run", f"seeds/{ID}.txt")
    po, pdf = workspace / f"translations/fr/{ID}.po", workspace / f"output/{ID}.fa-fr.pdf"
    assert f"#: seeds/{ID}\n" in po.read_text("utf-8") and pdf.stat().st_size > 1000
    translate(workspace, ID, PAIRS[:1])
    with visits.serving(workspace) as running:
        sara = running.client()
        page = f"/document/{ID}/fr"
        assert f'href="{sara.root}{page}"' in sara.ask("/").text
        assert sara.save(page, sara.ask(page).sentences[PAIRS[1][0]], PAIRS[1][1]).said == "saved."
        assert sara.once(f"{page}/version").status == 200
    done("approve", ID, "--languages", "fr", "--as", "reader")
    done("build-pdf", "--release", ID)
    assert status(pipeline)["documents"][0]["released"] is True

    done("publish")
    site = workspace / "output/site"
    assert (site / f"fr/{ID}/1988-letter.pdf").read_bytes() == pdf.read_bytes()
    assert 'href="1988-letter.pdf"' in (site / f"fr/{ID}/index.html").read_text("utf-8")
    done("publish", "--check")
    done("publish", "--format", "epub")
    assert (workspace / f"output/epub/fr/{ID}.epub").is_file()

    (workspace / "paris").mkdir()
    office.partners(workspace, paris={"delivery": "folder", "address": "paris", "languages": ["fr"]})
    done("keys", "make")
    done("distribute", "--send", "--trust-ledger")
    (bag,) = (workspace / "paris").iterdir()
    assert bag.name.startswith("1988-letter") and (bag / "data/1988-letter/1988-letter.fa-fr.pdf").is_file()
    assert ID in done("verify", bag, "--signer", workspace / "keys/pipeline.pub") and ID in done("ledger")

    done("rename", ID, "1989/spring/letter")
    assert not (workspace / "seeds/1988").exists() and not (workspace / "translations/fr/1988").exists()
    assert not (workspace / "output/1988").exists()
    assert f'formerly = ["{ID}"]' in (workspace / "seeds/1989/spring/letter.toml").read_text("utf-8")
    done("run")
    (row,) = status(pipeline)["documents"]
    assert (row["document"], row["translated"] + row["reviewed"]) == ("1989/spring/letter", len(PAIRS))
    assert "replaced" in done("history", "1989/spring/letter")
    done("build-pdf", "--release")
    assert "nothing" in done("distribute")  # it is the text that its partner has, under another name

    source = workspace / "seeds/1989/spring/letter.txt"
    words = source.read_bytes()
    source.unlink()
    (workspace / "seeds/other.txt").write_text(office.TEXTS["statement"], "utf-8")
    left = {one["file"] for one in status(pipeline)["belongs_to_no_document"]}
    assert {"translations/fr/1989/spring/letter.po", "output/1989/spring/letter.fa-fr.pdf"} <= left
    done("clean", "--yes")
    assert not (workspace / "translations/fr/1989").exists() and (workspace / "translations/fr").is_dir()
    done("restore", "1989/spring/letter")
    source.write_bytes(words)
    assert "1989/spring/letter" in [row["document"] for row in status(pipeline)["documents"]]


def test_two_documents_of_one_name_are_in_a_bundle_and_a_section_side_by_side(letters, pipeline):
    others = [(source.replace("جنگ", "ستیز"), target) for source, target in PAIRS]
    statement = list(zip(office.TEXTS["statement"].strip().split("\n\n"), office.WORDS["fr"][:2], strict=True))
    for document_id, pairs in ((ID, PAIRS), (OTHER, others), (TWIN, statement)):
        translate(letters, document_id, pairs)
        read_all(letters / f"translations/fr/{document_id}.po")
    assert pipeline("build-pdf", "--release").returncode == 0
    assert pipeline("publish", "--json").returncode == 0
    pages = sorted(path.parent.relative_to(letters / "output/site/fr").as_posix()
                   for path in (letters / "output/site/fr").rglob("index.html"))  # fmt: skip
    assert pages == [".", TWIN, ID, OTHER]
    office.partners(letters, oslo={"languages": ["fr"], "formats": ["parallel", "po", "epub"], "delivery": "folder",
                                   "address": "oslo"})  # fmt: skip
    (letters / "oslo").mkdir()
    assert pipeline("distribute", "--send", "--trust-ledger").returncode == 0
    bags = list((letters / "oslo").iterdir())
    stated = [one for bag in bags for one in json.loads((bag / "data/manifest.json").read_text("utf-8"))["documents"]]
    files = {one["document"]: one["files"] for one in stated if one["language"] == "fr"}
    assert set(files) == {ID, OTHER, TWIN}
    every = [file for its in files.values() for file in its]
    assert len({file.casefold() for file in every}) == len(every) and all(file.count("/") == 2 for file in every)
    assert any(file.endswith("/1989-paris-letter.fa-fr.pdf") for file in files[OTHER])


def test_the_folder_of_a_language_is_no_part_of_an_id_and_one_below_is(workspace, pipeline):
    for place in ("en/1988/call", "1988/en/notice"):
        path = workspace / f"seeds/{place}.txt"
        path.parent.mkdir(parents=True)
        path.write_text("To all members\n\nWe call on you to come to the meeting of the council.\n", "utf-8")
    settings = config.read(workspace)
    assert list(sources.documents(settings)) == ["1988/en/notice", "1988/call"]
    rows = {row["document"]: row["source_language"] for row in status(pipeline)["documents"]}
    assert rows == {"1988/en/notice": "en", "1988/call": "en"}
    (workspace / "seeds/1988/call.txt").write_text("To all\n", "utf-8")
    said = pipeline("segment").stderr
    assert "seeds/1988/call.txt: there is en/1988/call.txt too, of the same id" in said
    assert pipeline("rename", "1988/en/notice", "en/notice").returncode == 2


@pytest.mark.parametrize("name", ["../x", "a/../b", "/tmp/x", "a//b", "a/", "1988.05/x", ".x/y", "-x/y", "site/x",
                                  "Outbox/x", "a/b/c/d/e/f/g/h/i/j", "a\\b", "en/x", "a/ b"])  # fmt: skip
def test_what_would_lead_elsewhere_is_no_id(workspace, pipeline, statement, name):
    before = sorted(path for path in workspace.rglob("*") if ".pipeline" not in path.parts)
    for words in (("rename", "statement", name), ("add", "seeds/statement.txt", "--id", name)):
        assert pipeline(*words).returncode == 2
    if name != "en/x":  # that may be one in another workspace
        assert not sources.is_id(name)
        assert pipeline("history", name).returncode == 2
    assert before == sorted(path for path in workspace.rglob("*") if ".pipeline" not in path.parts)


def test_nothing_is_written_through_a_link_that_leads_out(workspace, pipeline, statement, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (workspace / "seeds/1988").symlink_to(outside)
    for words in (("add", "seeds/statement.txt", "--id", ID), ("rename", "statement", ID)):
        done = pipeline(*words)
        assert done.returncode == 1 and "leads out of the workspace" in done.stderr
    (workspace / "seeds/1988").unlink()
    (workspace / "translations/en").mkdir(exist_ok=True)
    (workspace / "translations/en/1988").symlink_to(outside)
    assert pipeline("rename", "statement", ID).returncode == 1 and not list(outside.iterdir())


def test_an_address_that_somebody_wrote_leads_to_no_file_elsewhere(letters):
    with visits.serving(letters) as running:
        sara = running.client()
        page = f"/document/{OTHER}/fr"
        form = sara.ask(f"{page}?unit={sara.ask(page).sentences[PAIRS[1][0].replace('جنگ', 'ستیز')]}").hidden("edit")
        for place in ("..%2F..%2F..%2Fx", "../../../x", "%2Ftmp%2Fx", "1988%2F..%2Fx"):
            answer = sara.once(f"/document/{place}/fr/forget", form)
            assert answer.status == 409 and "there is no document" in answer.text, answer.text
        assert sara.once(f"{page}/forget", form).status == 303


def test_names_of_a_document_are_understood_with_its_folders(letters, pipeline):
    for name in (ID, f"{ID}.txt", f"seeds/{ID}.txt", f"translations/fr/{ID}.po", letters / f"seeds/{ID}.txt"):
        assert [row["document"] for row in json.loads(pipeline("status", name, "--json").stdout)["documents"]] == [ID]


def test_tables_go_out_and_come_back_in_folders(letters, pipeline):
    assert pipeline("export", "--format", "csv").returncode == 0
    path = letters / f"output/exchange/{OTHER}.fr.csv"
    path.write_text(path.read_text("utf-8-sig").replace(f"{PAIRS[0][0]},", f"{PAIRS[0][0]},{PAIRS[0][1]}", 1), "utf-8")
    assert pipeline("import", path).returncode == 0
    assert PAIRS[0][1] in (letters / f"translations/fr/{OTHER}.po").read_text("utf-8")
    assert PAIRS[0][1] not in (letters / f"translations/fr/{ID}.po").read_text("utf-8")


def test_what_a_killed_command_left_in_a_folder_is_mended(letters, pipeline):
    parts = [letters / place / ".letter.txt.abcdefgh.part" for place in ("seeds/1988", "translations/fr/1989/paris")]
    for part in parts:
        part.write_bytes(b"half")
    conflict = letters / f"translations/fr/{ID}.po.0123456789abcdef.conflict"
    conflict.write_bytes(b"other")
    said = pipeline("segment").stderr
    assert not any(part.exists() for part in parts)
    assert f"{conflict}: saved at the same time as letter.po" in said


def test_no_file_of_the_section_is_where_another_document_is():
    """1988.pdf is beside the page of «1988», and the page of «1988/card.png» below it."""
    places = [
        addresses.folder(replace(published("fr"), document_id=one))
        for one in ("1988", "1988/card.png", "1988/card.png_", "x/1")
    ]
    assert places == ["fr/1988/", "fr/1988/card.png_/", "fr/1988/card.png__/", "fr/x/1/"]


def test_files_in_a_pdf_have_names_without_folders(letters, pipeline):
    assert pipeline("build-pdf", ID).returncode == 0
    found = PdfReader(letters / f"output/{ID}.fa-fr.pdf").attachments
    assert sorted(found) == ["1988-letter.fr.po", "1988-letter.txt"]


def test_the_five_documents_have_the_names_they_had(five):
    found = sources.documents(config.read(five))
    assert all(path == five / f"seeds/{name}{path.suffix}" for name, path in found.items())
    assert places.catalogue_path(config.read(five), "fr", "x/y") == five / "translations/fr/x/y.po"
