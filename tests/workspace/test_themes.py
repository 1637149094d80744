"""The table [theme]: whose files are inside the workspace, of a kind that is drawn, and of a size that is read."""

import pytest

from pipeline.edition.design import Theme
from pipeline.workspace import themes
from pipeline.workspace.themes import ThemeTable

PNG, TTF = b"\x89PNG\r\n\x1a\n", b"\x00\x01\x00\x00"


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "workspace"
    root.mkdir()
    (root / "logo.png").write_bytes(PNG)
    for name in ("regular.ttf", "bold.ttf"):
        (root / name).write_bytes(TTF + name.encode())
    (tmp_path / "outside.png").write_bytes(PNG)
    return root


def faults(folder, **table) -> list[str]:
    return [str(fault) for fault in themes.faults(folder, ThemeTable(**table))]


def test_a_theme_has_its_files_by_what_they_are_for(folder):
    table = ThemeTable(colour="#aa0000", logo="logo.png", logo_text="The council", latin=("regular.ttf", "bold.ttf"))
    assert faults(folder, logo="logo.png", latin=table.latin) == []
    fonts = {"latin": (TTF + b"regular.ttf", TTF + b"bold.ttf")}
    assert themes.read(folder, table) == Theme("#aa0000", PNG, "The council", fonts)


def test_without_a_logo_there_are_no_words_for_it(folder):
    assert themes.read(folder, ThemeTable(logo_text="The council")) == Theme()


@pytest.mark.parametrize("name", ["../outside.png", "link.png", "none.png", ".", "circle", "a" * 5000])
def test_no_file_outside_the_workspace_is_read_for_a_theme(folder, name):
    (folder / "link.png").symlink_to(folder.parent / "outside.png")
    (folder / "circle").symlink_to("circle")
    (fault,) = faults(folder, logo=name)
    assert "is not a file inside the workspace; put it there" in fault


def test_a_file_of_another_kind_and_one_too_large_are_refused_before_they_are_read(folder):
    assert "is none of: PNG, JPEG" in faults(folder, logo="bold.ttf")[0]
    assert "is none of: TrueType, OpenType" in faults(folder, others=("logo.png", "bold.ttf"))[0]
    with (folder / "logo.png").open("r+b") as file:
        file.truncate(themes.MAX_ASSET_BYTES + 1)
    assert "has more than 12,000,000 bytes" in faults(folder, logo="logo.png")[0]
