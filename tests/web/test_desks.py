"""Documents kept open: what others write is seen at once, and what has not changed is not read again."""

import os

import pytest

from pipeline.errors import UsageError
from pipeline.web import desks as desks_module
from pipeline.web.desks import Desks
from tests.support.statement import edit
from tests.support.visits import clock


@pytest.fixture
def desks(workspace, translated):
    return Desks(workspace, clock)


def targets(desks):
    return {unit.source: unit.target for unit in desks.open("statement", "en").desk.units}


def test_a_document_that_has_not_changed_is_read_once(desks):
    assert desks.open("statement", "en") is desks.open("statement", "en")


def test_what_an_editor_saves_is_seen(desks, translated):
    version = desks.version("statement", "en")
    edit(translated, "بیانیه ما", "Our declaration")
    assert targets(desks)["بیانیه ما"] == "Our declaration"
    assert desks.version("statement", "en") != version


def test_a_file_put_in_the_place_of_another_is_seen_even_with_its_time_and_size(desks, translated):
    desks.open("statement", "en")
    before, text = translated.stat(), translated.read_text("utf-8")
    other = translated.with_suffix(".new")
    other.write_text(text.replace("Our statement", "Our STATEMENT"), "utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(translated)
    assert targets(desks)["بیانیه ما"] == "Our STATEMENT"


def test_a_changed_source_is_seen(desks, workspace):
    desks.open("statement", "en")
    source = workspace / "seeds" / "statement.txt"
    source.write_text(source.read_text("utf-8").replace("جمله دوم این است.", "جمله دوم آن است."), "utf-8")
    assert "جمله دوم آن است." in targets(desks)


def test_a_new_document_and_one_that_is_gone_are_seen(desks, workspace):
    (workspace / "seeds" / "letter.txt").write_text("نامه\n\nمتن نامه این است.\n", "utf-8")
    assert desks.open("letter", "en").desk.units
    (workspace / "seeds" / "letter.txt").unlink()
    with pytest.raises(UsageError, match="letter"):
        desks.open("letter", "en")


def test_of_a_document_that_is_open_the_folder_is_not_asked_each_time_somebody_types(desks, workspace):
    desks.open("statement", "en")
    (workspace / "seeds" / "statement.txt").rename(workspace / "elsewhere.txt")
    desks.require("statement", "en")
    for document, lang in (("letter", "en"), ("statement", "xx")):
        with pytest.raises(UsageError):
            desks.require(document, lang)


def test_changed_settings_hold_at_once(desks, workspace):
    desks.open("statement", "en")
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en"]', '["fr"]'), "utf-8")
    with pytest.raises(UsageError, match="'en'"):
        desks.open("statement", "en")


def test_a_changed_termbase_is_seen(desks, workspace):
    def found():
        opened = desks.open("statement", "en")
        (unit,) = [unit for unit in opened.desk.units if unit.source == "بیانیه ما"]
        return [finding.check for finding in opened.findings([unit])[unit.key]]

    assert found() == []
    termbase = workspace / "translations" / "termbase.csv"
    termbase.write_text("fa,en,status\nبیانیه,statement,forbidden\nبیانیه,declaration,preferred\n", "utf-8")
    assert "terms" in found()


def test_findings_follow_the_translation(desks, translated):
    def found():
        opened = desks.open("statement", "en")
        unit = next(unit for unit in opened.desk.units if unit.source == "بیانیه ما")
        return [finding.message for finding in opened.findings([unit])[unit.key]]

    assert found() == []
    edit(translated, "بیانیه ما", "Our statement of 1988")
    assert "1988 is not in the source" in found()


def test_findings_are_there_however_many_were_looked_for_before(desks, translated, monkeypatch):
    edit(translated, "بیانیه ما", "Our statement of 1988")
    opened = desks.open("statement", "en")
    first = opened.findings(opened.desk.units)
    assert any(first.values())
    monkeypatch.setattr(desks_module, "MOST_CHECKED", 1)
    assert opened.findings(opened.desk.units) == first
