"""What is private in a workspace is its owner's alone, whatever stood there before."""

import os
import shutil
import stat
import subprocess

import pytest

from pipeline.errors import DocumentError
from pipeline.workspace import config, privacy, storage

COPIES = (
    "partners.toml~",
    ".partners.toml.swp",
    "partners (Anna's conflicted copy 2026-11-30).toml",
    "partners.sync-conflict-20261130-101500-ABCDEFG.toml",
    "partners copy.toml",
    "ledger (conflicted copy 2026-11-30 101500).sqlite",
    "ledger.sync-conflict-20261130-101500-ABCDEFG.sqlite-wal",
)
"""What editors, file managers, Dropbox, Nextcloud and Syncthing put beside a file."""
VERSIONS = (
    ".stversions/partners~20261130-101500.toml",
    ".history/partners_20261130101500.toml",
    ".sync/Archive/partners.toml",
    ".Trash-1000/files/ledger.sqlite",
)
"""Where Syncthing, an extension of VS Code, Resilio Sync and file managers keep earlier ones."""
FILES = (
    "partners.toml",
    *COPIES,
    *VERSIONS,
    "ledger.sqlite",
    "ledger.sqlite-wal",
    "ledger.sqlite-shm",
    "keys/pipeline",
    ".pipeline/salt",
)
FOLDERS = (
    "keys",
    ".pipeline",
    "output/outbox",
    "keys (1)",
    "inbox 2",
    ".pipeline.conflict-1",
    ".stversions/keys",
    ".stversions/inbox",
    ".stversions/output/outbox",
)


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def wide_open(workspace):
    """A workspace made by a program that keeps nothing private."""
    for name in FOLDERS:
        (workspace / name).mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / name).write_bytes(b"")
        (workspace / name).chmod(0o666)
    for name in FOLDERS:
        (workspace / name).chmod(0o2775)
    return workspace


def test_what_was_open_is_shut_and_that_is_said_once(wide_open):
    settings = config.read(wide_open)
    (said,) = privacy.keep_private(settings)
    for name in (".pipeline", "keys", "partners.toml", "ledger.sqlite", "output/outbox"):
        assert name in said
    assert said.endswith("others on this machine could read this; now only you can")
    assert {mode(wide_open / name) for name in FILES} == {0o600}
    assert {mode(wide_open / name) for name in FOLDERS} == {0o700}
    assert not list(privacy.keep_private(settings))


@pytest.mark.parametrize("words", [("status",), ("partners", "check"), ("segment",), ("ledger",)])
def test_every_command_sees_to_it_and_a_rehearsal_changes_nothing(wide_open, pipeline, words):
    (wide_open / "ledger.sqlite").unlink()
    (wide_open / "seeds" / "statement.txt").write_text("بیانیه\n", "utf-8")
    pipeline("segment", "--dry-run")
    assert mode(wide_open / "partners.toml") == 0o666
    assert "now only you can" in pipeline(*words).stderr
    assert mode(wide_open / "partners.toml") == 0o600 and mode(wide_open / "output" / "outbox") == 0o700


def test_git_takes_no_copy_of_what_is_private(wide_open):
    for name in FOLDERS:
        (wide_open / name / "oslo").write_text("kari@oslo.example")
    subprocess.run(["git", "init", "-q", wide_open], check=True)
    added = subprocess.run(["git", "add", "-An", "."], cwd=wide_open, capture_output=True, text=True, check=True).stdout
    assert "pipeline.toml" in added and not [name for name in (*FILES, "oslo") if name in added]


@pytest.mark.parametrize("name", [".stversions/partners~20261130-101500.toml", ".sync/Archive/partners.toml"])
def test_no_document_is_read_through_a_link_to_a_copy_of_what_is_private(wide_open, pipeline, name):
    (wide_open / "seeds" / "letter.txt").symlink_to(wide_open / name)
    (wide_open / name).write_text("Kari Nordmann, Oslo\n")
    done = pipeline("segment")
    assert "leads out of the workspace" in done.stderr
    assert not list((wide_open / "translations").rglob("*.po"))


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_folders_are_private_from_the_start(workspace, umask):
    before = os.umask(umask)
    try:
        folders = privacy.private_folder(config.read(workspace)), privacy.outbox(config.read(workspace))
    finally:
        os.umask(before)
    assert {mode(folder) for folder in folders} == {0o700}


def test_git_takes_nothing_private_wherever_the_settings_put_it(workspace):
    """Who keeps PDFs in git has them made in another folder than the one that is ignored; the outbox lies below it."""
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('output = "output"', 'output = "pdf"'), "utf-8")
    (workspace / ".gitignore").unlink()
    own = config.read(workspace)
    folders = (privacy.private_folder, privacy.inbox, privacy.outbox, privacy.digests, privacy.opened)
    for find in folders:
        for _ in range(2):  # made, and there already
            folder = find(own)
        (folder / "below").mkdir()
        (folder / "below" / "oslo.eml").write_text("To: office@oslo.example\n")
    (own.output / "statement.pdf").write_bytes(b"%PDF")
    listing = ["git", "status", "--porcelain", "--untracked-files=all", "--ignored=no"]
    subprocess.run(["git", "init", "--quiet"], cwd=workspace, check=True)
    taken = subprocess.run(listing, cwd=workspace, check=True, capture_output=True, text=True).stdout
    assert "pdf/statement.pdf" in taken and "oslo" not in taken


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_private_folder_that_may_only_be_read_is_none_the_less_one(workspace):
    folder = privacy.private_folder(config.read(workspace))
    (folder / ".gitignore").unlink()
    folder.chmod(0o500)
    assert privacy.private_folder(config.read(workspace)) == folder


def test_what_cannot_be_shut_is_said(workspace, monkeypatch):
    """As on a stick without modes, which takes a change and does not make it."""
    (workspace / "partners.toml").write_text("")
    (workspace / "partners.toml").chmod(0o644)
    monkeypatch.setattr(type(workspace), "chmod", lambda path, mode, **options: None)
    (said,) = privacy.keep_private(config.read(workspace))
    assert said.startswith("partners.toml: others on this machine can read this; move the workspace")


@pytest.mark.parametrize("name", [b"\xda\xd8.txt", b"a\xff.toml", b"\xff.docx"])
@pytest.mark.parametrize(
    "words",
    [("status", "--json"), ("segment",), ("check", "--html", "page.html"), ("clean", "--yes"), ("rename", "b", "c")],
)
def test_a_name_in_an_encoding_of_old_is_told_with_a_remedy(workspace, pipeline, name, words):
    seeds = os.fsencode(workspace / "seeds")
    with open(os.path.join(seeds, name), "wb") as file:
        file.write("بیانیه\n".encode())
    (workspace / "seeds" / "b.txt").write_text("بیانیه\n", "utf-8")
    done = pipeline(*words)
    assert "Traceback" not in done.stderr
    if name.endswith(b".txt") and words[0] != "rename":
        assert done.returncode == 1 and "its name is not valid UTF-8; give the file another name" in done.stderr


@pytest.mark.parametrize("name", [".pipeline", ".pipeline/x", "keys", "keys/x", "output/outbox", "partners.toml"])
def test_what_a_link_leads_to_outside_is_not_touched(workspace, tmp_path_factory, name):
    """A link may come with a workspace of somebody else; a folder that others are to read stays open to them."""
    theirs = tmp_path_factory.mktemp("theirs")
    (theirs / "page.html").write_text("x")
    target = theirs / "page.html" if name == "partners.toml" else theirs
    target.chmod(0o755)
    (workspace / name).parent.mkdir(parents=True, exist_ok=True)
    (workspace / "partners.toml").unlink(missing_ok=True)
    (workspace / name).symlink_to(target)
    before = [(path, mode(path)) for path in (theirs, *theirs.iterdir())]
    list(privacy.keep_private(config.read(workspace)))
    assert [(path, mode(path)) for path in (theirs, *theirs.iterdir())] == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("output/outbox", ("distribute",)),
        (".pipeline", ("segment",)),
        (".pipeline/history", ("segment",)),
        ("output/exchange", ("export", "--format", "csv")),
        ("translations/en", ("segment",)),
        ("output", ("build-pdf",)),
    ],
)
def test_no_folder_that_is_cleared_or_kept_leads_out_of_the_workspace(
    workspace, pipeline, tmp_path_factory, name, words
):
    theirs = tmp_path_factory.mktemp("theirs")
    for part in ("previews/letter", "history/version"):
        (theirs / part).parent.mkdir()
        (theirs / part).write_text("precious")
    before = [(path, mode(path)) for path in sorted(theirs.rglob("*"))]
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n", "utf-8")
    (workspace / "partners.toml").write_text("")
    (workspace / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(workspace / name, ignore_errors=True)
    (workspace / name).symlink_to(theirs)
    (theirs / ".page.abcdefgh.part").write_text("")
    before = [(path, mode(path)) for path in sorted(theirs.rglob("*"))]
    said = pipeline(*words).stderr
    assert [(path, mode(path)) for path in sorted(theirs.rglob("*"))] == before
    assert "Traceback" not in said


def contents(folder):
    return {path: (mode(path), path.is_file() and path.read_bytes()) for path in (folder, *sorted(folder.rglob("*")))}


def test_no_folder_within_those_of_the_tool_leads_out_of_the_workspace(workspace, pipeline, tmp_path_factory):
    """Its own folders were looked at, and not what lies in them."""
    theirs = tmp_path_factory.mktemp("theirs")
    (theirs / "letter.en.csv").write_text("precious")
    (workspace / "seeds/1988").mkdir()
    (workspace / "seeds/1988/letter.txt").write_text("نامه\n", "utf-8")
    (workspace / "output/exchange").mkdir(parents=True)
    (workspace / "output/exchange/1988").symlink_to(theirs)
    before = contents(theirs)
    done = pipeline("export", "--format", "csv")
    assert contents(theirs) == before
    assert done.returncode == 1 and "leads out of the workspace" in done.stderr


def test_earlier_versions_are_not_looked_for_outside_the_workspace(workspace, pipeline, statement, tmp_path_factory):
    theirs = tmp_path_factory.mktemp("theirs")
    (workspace / ".pipeline/history/translations").mkdir(parents=True)
    (workspace / ".pipeline/history/translations/en").symlink_to(theirs)
    (theirs / "statement.po").mkdir()
    done = pipeline("history", "statement")
    assert done.returncode == 1 and "leads out of the workspace" in done.stderr


@pytest.mark.parametrize("private", ["partners.toml", "keys/pipeline", ".pipeline/salt", "output/outbox/letter.eml"])
@pytest.mark.parametrize("place", ["theme/style.css", "seeds/statement.txt", "seeds/folder/statement.txt"])
def test_what_is_private_is_read_by_its_own_name_and_through_no_link(wide_open, private, place):
    """Git carries links: with one in a theme, partners would get into the pages of a website."""
    (wide_open / private).write_text("Oslo")
    settings, link = config.read(wide_open), wide_open / place
    for folder in (link.parent.parent, link.parent):
        folder.mkdir(exist_ok=True)
    link.symlink_to(wide_open / private)
    with pytest.raises(DocumentError, match="put the file itself there"):
        storage.read_bytes(settings, settings.root / place)
    assert storage.read_bytes(settings, settings.root / private) == b"Oslo"
    link.unlink()
    link.symlink_to(wide_open / "pipeline.toml")
    assert storage.read_bytes(settings, settings.root / place)
    if link.parent.name == "folder":
        link.unlink()
        link.parent.rmdir()
        link.parent.symlink_to((wide_open / private).parent)
        if private != "partners.toml":
            assert not privacy.is_inside(settings, settings.root / "seeds/folder" / private.rpartition("/")[2])
