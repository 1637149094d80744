"""The documentation names what is there: every path exists, and every room is in the table."""

import re

import pytest

from tests.conftest import ROOT

PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md"))]
PATH = re.compile(r"(?:pipeline|tests|benchmarks|docs|seeds|translations)/[\w./-]*")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_named_exists(page):
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for words in re.findall(r"`([^`\n]+)`", text):
        # What a workspace, or somebody who adds a file, would call it: seeds/<id>.toml, seeds/ID.toml, statement.txt.
        if PATH.fullmatch(words) and not re.search(r"statement|dockers|teachers|ID|/memory/|accepted", words):
            assert (ROOT / words).exists(), words


def test_every_room_and_every_module_at_the_top_is_in_the_table():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for path in (ROOT / "pipeline").iterdir():
        if path.is_dir() and (path / "__init__.py").exists():
            assert f"`pipeline/{path.name}/`" in text, path.name
        elif path.suffix == ".py" and not path.name.startswith("__"):
            assert f"`pipeline/{path.name}`" in text, path.name


def test_every_folder_of_plug_ins_and_every_use_of_layers_is_named():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    layers = re.findall(r'^  "(pipeline\..*)",$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    numbered = re.findall(r"^\d+\. (.*?):", text, re.MULTILINE)
    assert len(layers) == len(numbered) <= 10
    for layer, described in zip(layers, numbered, strict=True):
        rooms = {name.removeprefix("pipeline.") for name in re.split(r" [:|] ", layer)} - {"__main__"}
        assert rooms == set(re.findall(r"`(\w+)`", described))
