"""The documentation names what is there: every path exists, and every room is in the table."""

import ast
import re
from collections import Counter

import pytest

from tests.conftest import ROOT

PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md"))]
PATH = re.compile(r"(?:pipeline|tests|benchmarks|docs|seeds|translations)/[\w./-]*")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_named_exists(page):
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for words in re.findall(r"`([^`\n]+)`", text):
        # What a workspace, or somebody who adds a file, would call it: seeds/<id>.toml, seeds/ID.toml, statement.txt.
        if PATH.fullmatch(words) and not re.search(r"statement|dockers|teachers|ID|/memory/|accepted|seeds/en/", words):
            assert (ROOT / words).exists(), words


def test_every_room_and_every_module_at_the_top_is_in_the_table():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for path in (ROOT / "pipeline").iterdir():
        if path.is_dir() and (path / "__init__.py").exists():
            assert f"`pipeline/{path.name}/`" in text, path.name
        elif path.suffix == ".py" and not path.name.startswith("__"):
            assert f"`pipeline/{path.name}`" in text, path.name


def _named_in(line):
    """Yield the paths that a line names; a bare name lies where the path before it does."""
    folder = ""
    for words in re.findall(r"`([^`\n]+)`", line):
        if words.startswith("pipeline/"):
            folder = words if words.endswith("/") else f"{words.rpartition('/')[0]}/"
            yield words
        elif re.fullmatch(r"\w+\.py", words):
            yield folder + words


def test_every_module_is_named_or_is_a_plug_in():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = {path for line in text.splitlines() for path in _named_in(line)}
    folders = set(re.findall(r"`(pipeline/[\w/]+)/`, one file each", text))
    modules = (path for path in (ROOT / "pipeline").rglob("*.py") if path.name != "__init__.py")
    unnamed = {path.relative_to(ROOT).as_posix() for path in modules} - named
    assert {path for path in unnamed if "/_" in path or path.rpartition("/")[0] not in folders} == set()


def test_every_folder_of_plug_ins_and_every_use_of_layers_is_named():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    layers = re.findall(r'^  "(pipeline\..*)",$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    numbered = re.findall(r"^\d+\. (.*?):", text, re.MULTILINE)
    assert len(layers) == len(numbered) <= 10
    for layer, described in zip(layers, numbered, strict=True):
        rooms = {name.removeprefix("pipeline.") for name in re.split(r" [:|] ", layer)} - {"__main__"}
        assert rooms == set(re.findall(r"`(\w+)`", described))


TOGETHER = ("qa/checks", "exchange/formats", "cli/commands")
"""Folders of plug-ins that one file runs over, each on its cases: test_checks.py, test_formats.py, and the commands' own."""


def _has_behaviour(module: ast.Module) -> bool:
    """Whether a module does anything: the methods of a Protocol say only what others do."""
    functions = (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))
    return any(not isinstance(line, ast.Expr) for function in functions for line in function.body)


def test_every_module_with_behaviour_has_a_test_file_of_its_name():
    without = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        module = path.relative_to(ROOT / "pipeline")
        if path.name == "__init__.py":  # a package's own test stands beside its folder
            module = module.parent.parent / f"{module.parent.name}.py"
        own = ROOT / "tests" / module.with_name(f"test_{module.stem.strip('_')}.py")
        if (
            _has_behaviour(ast.parse(path.read_text("utf-8")))
            and not own.exists()
            and module.parent.as_posix() not in TOGETHER
        ):
            without.add(path.relative_to(ROOT).as_posix())
    assert not without


SHARED: set[str] = set()
"""Names that two classes have: none, and none is added."""


def test_no_two_classes_share_a_name():
    """One word for one thing: a name found in two files means two things, or should be one."""
    names = Counter(
        node.name.lstrip("_")
        for path in (ROOT / "pipeline").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, count in names.items() if count > 1} <= SHARED
