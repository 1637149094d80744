"""A digest of inputs stands for the files and for everything that reads them."""

import pytest

from pipeline.app import building, inputs
from pipeline.app.session import Session
from pipeline.cli import console


@pytest.fixture
def session(workspace):
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n", "utf-8")
    return Session.open(workspace, console.clock)


def test_the_program_and_the_packages_beside_it_count(tmp_path, monkeypatch):
    before = inputs.program()
    (tmp_path / "some_package-2.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    inputs.program.cache_clear()
    assert inputs.program() != before
    inputs.program.cache_clear()


def test_the_design_counts(session):
    one = building.main_choice(session.config, "en")
    assert inputs.common(session, [one]) != inputs.common(session, [])


def test_a_file_and_its_name_count(session):
    path = session.config.seeds / "statement.txt"
    before = inputs.of_document(session.config, path)
    assert before == inputs.of_document(session.config, path)
    other = path.rename(path.with_name("other.txt"))
    assert inputs.of_document(session.config, other) != before
    (session.config.translations / "en").mkdir(parents=True)
    (session.config.translations / "en" / "other.po").write_text("")
    assert inputs.of_document(session.config, other) not in (before, "")
