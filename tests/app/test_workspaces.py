"""A new workspace keeps what is private to itself, and what was there before."""

import pytest

from pipeline.app import workspaces
from pipeline.errors import PipelineError
from pipeline.workspace import config


def test_a_file_where_init_wants_a_folder_is_named(pipeline, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "seeds").write_text("")
    done = pipeline("init", tmp_path / "new")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "seeds" in done.stderr


def test_init_makes_a_workspace_that_keeps_private_files_out_of_git(pipeline, workspace):
    private = ["/.*/", "/inbox*/", "/output/", "/*partners*.toml*", "/*ledger*.sqlite*", "/keys*/"]
    private += ["/.goutputstream-*", "/.fuse_hidden*", "/.nfs*", "*.mo"]
    assert (workspace / ".gitignore").read_text().split() == private
    other = workspace / "other"
    other.mkdir()
    (other / ".gitignore").write_text("*.o\n/output/\n")
    assert pipeline("init", other).returncode == 0
    assert (other / ".gitignore").read_text().split() == [
        "*.o",
        "/output/",
        *(name for name in private if name != "/output/"),
    ]
    assert (workspace / "seeds").is_dir() and (workspace / "translations").is_dir()


def test_a_dry_run_names_the_files_and_a_second_workspace_is_refused(tmp_path):
    new = tmp_path / 'the "new" one'
    named = [path.name for path in workspaces.create(new, dry_run=True)]
    assert named == ["pipeline.toml", "partners.toml", ".gitignore"] and not new.exists()
    new.mkdir()
    assert [path.name for path in workspaces.create(new)] == named
    assert config.read(new).title == ""
    with pytest.raises(PipelineError, match="exists already"):
        next(workspaces.create(new))
