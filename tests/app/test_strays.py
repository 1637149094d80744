"""What belongs to no document is listed with what it is, and removed only so that it can be brought back."""

import io
import json
import shutil

import pytest

from pipeline.edition.design import BOOKLET
from tests.support import command

TEXT = "بیانیه ما\n\nاین متن بلندی است که با نقطه پایان می یابد. جمله دوم این است.\n"


@pytest.fixture(scope="module")
def deleted(tmp_path_factory):
    """A workspace of which one of two documents was deleted."""
    root = tmp_path_factory.mktemp("deleted")
    command.run(root, "init", root)
    (root / "seeds/a.txt").write_text(TEXT, "utf-8")
    (root / "seeds/a.b.txt").write_text("چیز دیگر\n\nجمله ای دیگر است.\n", "utf-8")
    (root / "seeds/a.b.toml").write_text('issuer = "x"\n', "utf-8")
    command.run(root, "run", "-q")
    command.run(root, "build-pdf", "--layout", "facing", "--languages", "en", "-q")
    command.run(root, "export", "-q")
    (root / "seeds/a.b.txt").unlink()
    (root / "seeds/.hidden").write_bytes(b"x")
    shutil.copy(root / "output/a.b.fa-en.pdf", root / f"output/a.b.fa-en.facing.{BOOKLET}.pdf")
    (root / "output/invitation.pdf").write_bytes(b"somebody's own")
    return root


@pytest.fixture
def root(deleted, workspace):
    shutil.rmtree(workspace)
    shutil.copytree(deleted, workspace)
    return workspace


GONE = {
    "translations/en/a.b.po", "translations/fr/a.b.po", "seeds/a.b.toml", "output/a.b.fa-en.pdf", "output/a.b.fa-fr.pdf",
    "output/a.b.fa-en.facing.pdf", "output/a.b.fa-en.facing.booklet.pdf",
    "output/exchange/a.b.en.docx", "output/exchange/a.b.fr.docx",
}  # fmt: skip


def listed(pipeline):
    return {row["file"]: row for row in json.loads(pipeline("status", "--json").stdout)["belongs_to_no_document"]}


def test_status_lists_what_is_left_of_a_document(root, pipeline):
    found = listed(pipeline)
    assert set(found) == GONE
    assert {row["document"] for name, row in found.items() if name in GONE} == {"a.b"}
    shown = pipeline("status").stdout
    assert "pipeline clean" in shown and "pipeline rename" not in shown


def test_translations_that_somebody_else_saved_are_told_and_neither_renamed_nor_removed(root, pipeline):
    copy = root / "translations/en/a (conflicted copy 2026-11-30).po"
    shutil.copy(root / "translations/en/a.po", copy)
    (root / "seeds/a.toml").write_text('issuer = "x"\n')
    statements = root / "seeds/a (conflicted copy 2026-11-30).toml"
    statements.write_text('issuer = "y"\n')
    told = f"{copy.name}: saved at the same time as a.po; take over what you need, then delete it"
    assert told in pipeline("run").stderr
    rows = listed(pipeline)
    for row in (rows[f"translations/en/{copy.name}"], rows[f"seeds/{statements.name}"]):
        assert "saved" in row["what"] and not row["renamed_to"]
    assert told in pipeline("clean", "--yes").stderr and copy.exists() and statements.exists()


def test_partners_that_somebody_else_changed_are_told_of_before_anything_is_done(root, pipeline):
    for name in ("partners.toml", "partners.sync-conflict-20261130-101010-ABCDEFG.toml"):
        (root / name).touch(0o600)
    (root / "translations/en/a.po").unlink()
    said = pipeline("run").stderr
    assert 0 <= said.index("saved at the same time as partners.toml") < said.index("wrote translations/en/a.po"), said


def test_a_name_that_the_shell_would_divide_is_quoted_in_what_is_to_be_typed(root, pipeline):
    (root / "seeds/a.txt").rename(root / "seeds/b.txt")
    for path in root.glob("translations/*/a.po"):
        path.rename(path.with_name("a letter.po"))
    assert "pipeline rename 'a letter' b" in pipeline("status").stdout


def test_what_is_left_of_the_last_document_is_listed_and_goes_once_somebody_has_answered(root, pipeline, monkeypatch):
    for path in (root / "seeds").glob("*.txt"):
        path.unlink()
    said = pipeline("status")
    assert said.returncode == 1 and "no documents here" in said.stderr and "a.b" in said.stdout
    left = set(listed(pipeline))
    assert left > GONE
    assert "no documents at all" in pipeline("clean", "--yes").stderr and set(listed(pipeline)) == left
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"y\n")))
    pipeline("clean")
    assert not any((root / name).exists() for name in left)


def test_one_document_is_shown_without_the_rest(root, pipeline):
    assert "belongs to no document" not in pipeline("status", "a").stdout


def test_clean_removes_what_is_left_and_restore_brings_it_back(root, pipeline):
    before = {name: (root / name).read_bytes() for name in GONE}
    assert pipeline("clean", "--yes").returncode == 0
    assert not any((root / name).exists() for name in GONE)
    assert (root / "output/invitation.pdf").exists() and not listed(pipeline)
    assert pipeline("restore").returncode == 0
    assert {name: (root / name).read_bytes() for name in GONE} == before
    assert "nothing was removed" in pipeline("restore").stderr


def test_restore_brings_back_one_document_and_overwrites_nothing(root, pipeline):
    pipeline("clean", "--yes", "-q")
    (root / "translations/en/a.b.po").write_text("new")
    done = pipeline("restore", "a.b")
    assert "a.b.po: exists again" in done.stderr and (root / "output/a.b.fa-en.pdf").exists()
    assert (root / "translations/en/a.b.po").read_text() == "new"


def test_without_an_answer_nothing_is_removed(root, pipeline, monkeypatch):
    for answer in ("", "n\n"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(answer.encode())))
        done = pipeline("clean")
        assert done.returncode == 1 and "nothing was removed" in done.stderr and "Traceback" not in done.stderr
        assert all((root / name).exists() for name in GONE)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"y\n")))
    assert pipeline("clean").returncode == 0 and not any((root / name).exists() for name in GONE)


def test_a_dry_run_tells_what_would_be_removed(root, pipeline):
    done = pipeline("clean", "--dry-run", "--json")
    assert set(json.loads(done.stdout)["removed"]) == GONE and all((root / name).exists() for name in GONE)


def test_nothing_to_clean_is_said(workspace, pipeline):
    (workspace / "seeds/a.txt").write_text(TEXT, "utf-8")
    assert pipeline("clean").stderr == "nothing to remove\n"


def test_a_readme_in_the_folder_of_documents_is_no_document_and_belongs_there(workspace, pipeline):
    (workspace / "seeds" / "README.md").write_text("# About these files", "utf-8")
    (workspace / "seeds" / "call.md").write_text("# فراخوان\n\nهمه بیایند.", "utf-8")
    done = pipeline("status", "--json")
    assert done.returncode == 0 and "README" not in done.stdout + done.stderr
    assert {row["document"] for row in json.loads(done.stdout)["documents"]} >= {"call"}
