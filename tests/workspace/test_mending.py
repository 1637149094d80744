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
        (folder / "letter.po.conflict").write_text("x")
    found = [path.relative_to(workspace).as_posix() for path in mending.conflicts(settings)]
    assert found == [f"{one}/letter.po.conflict" for one in ("seeds", "translations/en", "translations/xx/1988")]


@pytest.mark.parametrize("name", ["output", "translations/en", ".pipeline/history"])
def test_a_folder_that_is_written_to_must_lie_in_the_workspace(workspace, tmp_path_factory, name):
    settings, folder = config.read(workspace), workspace / name
    mending.require_own_folders(settings)
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.symlink_to(tmp_path_factory.mktemp("theirs"))
    with pytest.raises(DocumentError, match="leads out of the workspace"):
        mending.require_own_folders(settings)
