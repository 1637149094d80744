"""What is imported is declared, and what is patched is the version that the patches were made for."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

from packaging.requirements import Requirement

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
OF_THEIR_OWN = {
    "argostranslate": "pipeline/translate/",
    "keyring": "pipeline/cli/",
    "dask": "pipeline/app/shards/cluster.py",
    "distributed": "pipeline/app/shards/",
}
"""Imported where they are wanted only: a group and extras bring them."""


def imported(path: Path) -> Iterator[str]:
    """Yield the top of every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).split(".")[0]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_import_is_declared():
    declared = {normal(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    distributions = packages_distributions()
    for path in (ROOT / "pipeline").rglob("*.py"):
        place = path.relative_to(ROOT).as_posix()
        for module in set(imported(path)) - sys.stdlib_module_names - {"pipeline"}:
            if not place.startswith(OF_THEIR_OWN.get(module, "nowhere")):
                names = {normal(name) for name in distributions.get(module, [module])}
                assert names & declared, f"{place} imports {module}; declare it in pyproject.toml"


def test_weasyprint_is_of_the_major_version_that_the_patches_were_tested_with():
    (wanted,) = [line for line in PROJECT["project"]["dependencies"] if line.startswith("weasyprint")]
    major = int(version("weasyprint").split(".")[0])
    specifier = Requirement(wanted).specifier
    assert version("weasyprint") in specifier
    assert f"{major + 1}.0" not in specifier and f"{major - 1}.9" not in specifier
