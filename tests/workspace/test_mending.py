"""What killed commands left is put in order."""

import shutil

import pytest

from pipeline.errors import DocumentError
from pipeline.workspace import config, mending, privacy


def test_what_a_killed_command_left_half_written_in_the_inbox_is_removed(workspace):
    settings = config.read(workspace)
    part = privacy.inbox(settings) / ".inbox.json.abcdefgh.part"
    part.write_bytes(b"half")
    assert list(mending.mend(settings)) == [] and not part.exists()


def test_versions_kept_beside_files_are_found_in_every_folder_that_is_written_to(workspace):
    settings = config.read(workspace)
    for folder in (settings.translations / "en", settings.translations / "xx" / "1988", settings.seeds):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "letter.po.0123456789abcdef.conflict").write_text("x")
    assert shown(workspace) == {
        f"{one}/letter.po.0123456789abcdef.conflict": f"{one}/letter.po"
        for one in ("seeds", "translations/en", "translations/xx/1988")
    }


def shown(workspace):
    found = mending.conflicts(config.read(workspace))
    return {path.relative_to(workspace).as_posix(): of.relative_to(workspace).as_posix() for path, of in found}


NO_SETTINGS = ("inbox", "seeds")


def test_versions_of_other_files_that_people_write_are_found(workspace):
    """A partner may have been taken out on the other machine."""
    written = {
        "partners (conflicted copy 2026-11-30).toml": "partners.toml",
        "pipeline.sync-conflict-20261130-101010-ABCDEFG.toml": "pipeline.toml",
        "translations/termbase (conflicted copy 2026-11-30).csv": "translations/termbase.csv",
        "inbox/inbox (1).json": "inbox/inbox.json",
        "seeds/letter (Case Conflict).toml": "seeds/letter.toml",
    }
    for name in (
        *written,
        *written.values(),
        "seeds/call.toml",
        "seeds/call (2).toml",
        "seeds/call (2).txt",
        "a (1).toml",
        "export.csv",
        "export (1).csv",
    ):
        (workspace / name).parent.mkdir(exist_ok=True)
        (workspace / name).touch()
    assert shown(workspace) == written
    told = {path.name for path, _ in mending.conflicts_of_settings(config.read(workspace))}
    assert told == {name.removeprefix("translations/") for name in written if name.partition("/")[0] not in NO_SETTINGS}


def test_versions_of_translations_that_programs_for_synchronising_keep_are_found(workspace):
    """Two people have saved while they were apart; what one of them did would be missed by nobody."""
    folder = workspace / "translations/en/1988"
    folder.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Project-Id-Version: 1988/{}\\n"\n'
    for name in ("letter", "letter-2", "other (2)"):
        (folder / f"{name}.po").write_text(header.format(name))
    copies = (
        "letter (conflicted copy 2026-11-30).po",
        "letter.sync-conflict-20261130-101010-ABCDEFG.po",
        "letter (1).po",
    )
    for name in (*copies, "letter-2-DESKTOP-4F.po", "letter conflicts.po", "gone (1).po"):
        (folder / name).write_text(header.format("letter-2" if name.startswith("letter-2") else "letter"))
    (folder / "other.po").write_text(header.format("other"))
    expected = {f"translations/en/1988/{name}": "translations/en/1988/letter.po" for name in copies}
    assert shown(workspace) == {
        **expected,
        "translations/en/1988/letter-2-DESKTOP-4F.po": "translations/en/1988/letter-2.po",
    }


@pytest.mark.parametrize("name", ["output", "translations/en", ".pipeline/history"])
def test_a_folder_that_is_written_to_must_lie_in_the_workspace(workspace, tmp_path_factory, name):
    settings, folder = config.read(workspace), workspace / name
    mending.require_own_folders(settings)
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.symlink_to(tmp_path_factory.mktemp("theirs"))
    with pytest.raises(DocumentError, match="leads out of the workspace"):
        mending.require_own_folders(settings)
