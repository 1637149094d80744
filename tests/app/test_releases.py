"""What may leave: releases of the text as it stands, and the reason for everything else."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.app import catalogues, releases
from pipeline.app.session import Session
from pipeline.catalogue.po.disclosure import disclosed
from pipeline.distribution import bundle, release
from pipeline.edition import alignment
from pipeline.workspace import config
from tests.conftest import ROOT
from tests.support.bundles import SENDER
from tests.support.readings import read_all


def now() -> datetime:
    return datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    """A workspace with one document, released in English and a draft in French."""
    folder = tmp_path_factory.mktemp("released")
    (folder / "pipeline.toml").write_text(config.TEMPLATE, "utf-8")
    name = "seventh-congress-international-relations"
    for path in (f"seeds/{name}.txt", f"translations/en/{name}.po", f"translations/fr/{name}.po"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes((ROOT / path).read_bytes())
    stated = (ROOT / f"seeds/{name}.toml").read_text("utf-8")
    (folder / f"seeds/{name}.toml").write_text(stated + 'topics = ["solidarity"]\n', "utf-8")
    french = folder / f"translations/fr/{name}.po"
    head, first, rest = french.read_text("utf-8").partition("#. place:")
    french.write_text(head + first + rest.replace("\nmsgctxt", "\n#, fuzzy\nmsgctxt", 1), "utf-8")
    for lang in ("en", "fr"):
        read_all(folder / f"translations/{lang}/{name}.po")
    command = [sys.executable, "-m", "pipeline", "build-pdf", "-q"]
    subprocess.run(command, cwd=folder, check=True)
    subprocess.run([*command, "--release", "--languages", "en"], cwd=folder, check=True)
    return folder


def found(folder: Path, **options) -> tuple[list, list[str]]:
    ready, missing = releases.found(Session.open(folder, now), **options)
    return ready, [str(one) for one in missing]


def test_only_a_current_release_may_leave(released):
    (english,), missing = found(released)
    assert (english.lang, english.is_draft, english.reviewed, english.topics) == (
        "en",
        False,
        english.units,
        ("solidarity",),
    )
    assert set(english.files) == {"parallel", "po"} and english.files["parallel"].read_bytes().startswith(b"%PDF")
    assert missing == [
        (
            "seventh-congress-international-relations (fr): the current text is not released; "
            "type: pipeline build-pdf --release seventh-congress-international-relations"
        )
    ]
    (_, french), missing = found(released, allow_drafts=True)
    assert (french.lang, french.is_draft, french.reviewed) == ("fr", True, french.units - 1) and not missing


def test_a_changed_text_is_another_and_does_not_leave_until_it_is_released(released):
    (before,), _ = found(released)
    po = released / "translations/en/seventh-congress-international-relations.po"
    old = po.read_bytes()
    po.write_bytes(old.replace(b'msgstr "', b'msgstr "Now: ', 2))
    try:
        assert found(released)[0] == []
        po.write_bytes(old.replace(b"#. place: line", b"# note: to be printed\n#. place: line", 1))
        assert found(released)[0] == []
        po.write_bytes(old.replace(b"#. place: line", b"# a comment of a translator\n#. place: line", 1))
        assert found(released)[0] == [before]  # it leaves nowhere, so what was released stands
    finally:
        po.write_bytes(old)
    assert found(released)[0] == [before]


def test_typesetting_anew_does_not_make_another_text(released):
    (before,), _ = found(released)
    settings = released / "pipeline.toml"
    old = settings.read_text()
    settings.write_text(old.replace('paper = "a4"', 'paper = "letter"'))
    try:
        command = [sys.executable, "-m", "pipeline", "build-pdf", "-q", "--release", "--languages", "en"]
        subprocess.run(command, cwd=released, check=True)
        (after,), _ = found(released)
    finally:
        settings.write_text(old)
    assert after.files != before.files and replace(after, files=before.files) == before


def test_a_sentence_taken_out_of_the_document_leaves_nowhere(released):
    """Not even before anybody has typed `pipeline segment` again: its translation is in the PO file still."""
    seed = released / "seeds/seventh-congress-international-relations.txt"
    old = seed.read_text("utf-8")
    (before,), _ = found(released)
    first, gone, rest = old.split("\n\n", 2)
    seed.write_text(f"{first}\n\n{rest}", "utf-8")
    try:
        session = Session.open(released, now)
        (document,) = catalogues.documents(session, None)
        left = disclosed(catalogues.current(session, document, "en").catalogue)
    finally:
        seed.write_text(old, "utf-8")
    sentence = gone.split(".")[0].strip()
    assert sentence and sentence in before.files["po"].decode() and sentence not in left.decode()
    assert before.files["po"].count(b"msgid") > left.count(b"msgid") > 1


def test_other_layouts_and_the_original_alone_are_offered_when_they_are_printed(released, tmp_path):
    command = [sys.executable, "-m", "pipeline", "build-pdf", "-q", "--release", "--layout"]
    subprocess.run([*command, "facing", "--languages", "en"], cwd=released, check=True)
    subprocess.run([*command, "single", "--languages", "fa"], cwd=released, check=True)
    (original, english), _ = found(released)
    assert list(english.files) == ["facing", "parallel", "po"]
    assert (original.lang, original.source_lang, original.units, original.po_sha256) == ("fa", "fa", 0, "")
    facing = replace(english, files={"facing": english.files["facing"]})
    made = bundle.make((original, facing), "en", SENDER, replaces={}, sign=None)
    assert "Persian (version" in made.letter.text and "): the original." in made.letter.text
    pdfs = [artifact.path.rpartition("/")[2] for artifact in made.artifacts if artifact.path.endswith(".pdf")]
    assert [pdf.partition(".")[2] for pdf in pdfs] == ["fa-en.facing.pdf", "fa.pdf"]
    assert len(original.files) == 3  # all the same one
    records = json.loads(
        next(artifact.content for artifact in made.artifacts if artifact.path == "data/metadata.json")
    )["@graph"]
    assert [("translationOfWork" in one, "exampleOfWork" in one) for one in records[1:]] == [
        (True, False),
        (False, True),
    ]


def test_a_title_of_two_lines_is_one_line_of_the_subject(released, tmp_path):
    session = Session.open(released, now)
    document = next(catalogues.documents(session, None))
    made = alignment.build(document, {"en": catalogues.current(session, document, "en").catalogue})
    made = replace(made, title=replace(made.title, source="بیانیه\nدو سطری"))
    titles = release.release(made, "en", b"", {"parallel": tmp_path / "x.pdf"}, is_draft=False).titles
    assert titles["fa"] == "بیانیه دو سطری"
