"""A seminar goes the whole way: document, PO file, handout, badges and subtitles, as drafts and released."""

import json

import pypdfium2
import pytest

from tests.app.test_subtitles import TALK
from tests.support.statement import TEXT, edit, files

SEMINAR = """title = "سمینار همبستگی"
days = [2026-11-28]
languages = ["en"]
documents = ["speech", "talk"]
glossary = ["کارگر", "نان"]

[[agenda]]
time = "09:30"
title = "گشایش"
speaker = "سارا محمدی"

[[people]]
name = "سارا محمدی"
names = { en = "Sara Mohammadi" }
role = "هماهنگ‌کننده"
"""


@pytest.fixture
def held(workspace):
    (workspace / "seminar.toml").write_text(SEMINAR, "utf-8")
    (workspace / "seeds" / "speech.txt").write_text(TEXT, "utf-8")
    (workspace / "seeds" / "talk.srt").write_text(TALK, "utf-8")
    (workspace / "translations" / "termbase.csv").write_text("fa,en,status,note\nکارگر,worker,preferred,\n", "utf-8")
    return workspace


def listed(pipeline, *words):
    return json.loads(pipeline("seminar", "seminar.toml", "--json", *words).stdout)


def text(path):
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_draft_has_all_there_is_and_says_what_is_left_out(pipeline, held):
    made = listed(pipeline)
    assert [one["file"] for one in made["files"]] == [
        "output/seminar/seminar.handout.fa-en.pdf",
        "output/seminar/seminar.badges.fa-en.pdf",
    ]
    assert made["subtitles"][0]["not_translated"] == 2 and not made["faults"]
    assert [one.partition(":")[0] for one in made["left_out"]] == ["نان", "هماهنگ‌کننده"]
    handout = text(held / made["files"][0]["file"])
    assert "Draft" in handout and "Sara Mohammadi" in handout and "worker" in handout and "Agenda" in handout
    assert "Sara" in text(held / made["files"][1]["file"])
    before = files(held)
    assert "nothing to do" in pipeline("seminar", "seminar.toml").stderr
    assert files(held) == before


def test_only_what_is_read_by_people_is_released(pipeline, held):
    pipeline("seminar", "seminar.toml")
    assert any("seminar: " in fault and "untranslated" in fault for fault in listed(pipeline, "--release")["faults"])
    pipeline("segment", "--quiet", "speech", "talk")
    folder = held / "translations" / "en"
    for name, source, target in (
        ("seminar", "سمینار همبستگی", "Seminar on Solidarity"),
        ("seminar", "گشایش", "Opening"),
        ("seminar", "هماهنگ‌کننده", "Coordinator"),
        ("speech", "بیانیه ما", "Our statement"),
        ("speech", "این متن بلندی است که با نقطه پایان می یابد.", "This is a long text that ends with a full stop."),
        ("speech", "جمله دوم این است.", "This is the second sentence."),
        ("speech", "تلفن :", "Telephone:"),
        ("talk", "کارگران بندر از دوشنبه در اعتصاب هستند.", "The dock workers have been on strike since Monday."),
        ("talk", "چرا؟", "Why?"),
    ):
        edit(folder / f"{name}.po", source, target)
    pipeline("translate", "--quiet", "speech")
    for name in ("seminar", "speech", "talk"):
        pipeline("approve", name, "--languages", "en", "--as", "reader", "--quiet")
    made = listed(pipeline, "--release")
    assert not made["faults"], made["faults"]
    handout = text(held / "output" / "seminar" / "seminar.handout.fa-en.pdf")
    assert "Draft" not in handout and "Our statement" in handout
    assert (held / "output" / "subtitles" / "talk.en.srt").is_file()


PARTNER = """[partners.oslo]
name = "Oslo"
languages = ["fa", "en"]
every_language = true
delivery = "folder"
address = "delivered"
contact_language = "en"
"""


def test_who_comes_is_told_to_no_partner_and_on_no_page_though_all_of_it_is_released(pipeline, workspace):
    (workspace / "seminar.toml").write_text(
        SEMINAR.replace('"speech", "talk"', "").replace('"کارگر", "نان"', ""), "utf-8"
    )
    (workspace / "partners.toml").write_text(PARTNER, "utf-8")
    pipeline("seminar", "seminar.toml", "--quiet")
    path = workspace / "translations" / "en" / "seminar.po"
    for source, target in (
        ("سمینار همبستگی", "Seminar on Solidarity"), ("گشایش", "Opening"), ("هماهنگ‌کننده", "Coordinator"),
    ):  # fmt: skip
        edit(path, source, target)
    pipeline("approve", "seminar", "--languages", "en", "--as", "reader", "--quiet")
    assert pipeline("build-pdf", "--languages", "en", "--release").returncode == 0
    shown, published = pipeline("distribute"), pipeline("publish")
    assert "seminar: a seminar" in shown.stderr and "seminar: not published: a seminar" in published.stderr
    left = [file for name in ("site", "outbox") for file in (workspace / "output" / name).rglob("*") if file.is_file()]
    assert not [file for file in left if "seminar" in str(file.relative_to(workspace))]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"talk"]', '"tolk"]', 'seminar.toml:4: documents: "tolk" is no document; known are: speech, talk'),
        ("{ en =", "{ xx =", 'people: language "xx" is unknown'),
        ('["en"]', '["en", "xx"]', 'seminar.toml:3: languages: language "xx" is unknown'),
    ],
)
def test_what_the_workspace_does_not_have_is_named_and_nothing_is_written(pipeline, held, old, new, message):
    (held / "seminar.toml").write_text(SEMINAR.replace(old, new), "utf-8")
    before = files(held)
    done = pipeline("seminar", "seminar.toml")
    assert done.returncode == 1 and message in done.stderr, done.stderr
    assert files(held) == before


def test_a_dry_run_writes_nothing_and_a_badge_without_room_is_refused(pipeline, held):
    before = files(held)
    done = pipeline("seminar", "seminar.toml", "--dry-run")
    assert "seminar.handout.fa-en.pdf" in done.stdout + done.stderr and files(held) == before
    for size in ("300x60", "10x10", "nanx60", "wide"):
        done = pipeline("seminar", "seminar.toml", "--badge", size)
        assert done.returncode and "badge" in done.stderr and files(held) == before


def test_what_names_people_who_no_longer_come_does_not_stay(pipeline, held):
    """What is in output/seminar/ is given to those who are there."""
    file, made = held / "seminar.toml", held / "output" / "seminar"
    file.write_text(SEMINAR.replace('languages = ["en"]', 'languages = ["en", "fr"]', 1), "utf-8")
    pipeline("seminar", "seminar.toml")
    assert len(list(made.iterdir())) == 4
    (made / "seminar.notes.pdf").write_bytes(b"somebody's own")
    assert "badges.fa-en.pdf: older" not in pipeline("seminar", "seminar.toml", "--release").stderr
    file.write_text(SEMINAR.partition("[[people]]")[0].replace("سارا محمدی", "رضا کریمی"), "utf-8")
    said = pipeline("seminar", "seminar.toml", "--release", "--dry-run").stderr
    assert "seminar.badges.fa-en.pdf would be removed" in said and (made / "seminar.badges.fa-en.pdf").exists()
    said = pipeline("seminar", "seminar.toml", "--release").stderr
    assert "seminar.handout.fa-en.pdf: older than the seminar" in said and "seminar.badges.fa-en.pdf is removed" in said
    assert sorted(path.name for path in made.iterdir()) == ["seminar.handout.fa-en.pdf", "seminar.notes.pdf"]
    pipeline("rename", "seminar", "meeting")
    assert [path.name for path in made.iterdir()] == ["seminar.notes.pdf"]


def test_what_was_made_of_a_seminar_that_is_deleted_is_listed(pipeline, held):
    pipeline("seminar", "seminar.toml")
    (held / "seeds" / "seminar.seminar").unlink()
    (held / "seeds" / "talk.srt").unlink()
    left = {row["file"] for row in json.loads(pipeline("status", "--json").stdout)["belongs_to_no_document"]}
    assert {
        "output/seminar/seminar.handout.fa-en.pdf", "output/seminar/seminar.badges.fa-en.pdf",
        "output/subtitles/talk.en.draft.srt",
    } <= left  # fmt: skip
