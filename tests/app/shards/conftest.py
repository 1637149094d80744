"""A workspace with a few documents and small models, for the tests of shards."""

import re
import shutil
from pathlib import Path

import pytest

from tests.support import clusters, command, tiny_argos
from tests.support.clusters import Machines, use_brittle
from tests.support.statement import edit

DATES = re.compile(rb'^"(?:POT-Creation-Date|PO-Revision-Date):.*\n', re.MULTILINE)


@pytest.fixture(scope="session")
def tiny_packages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packages")
    return [
        tiny_argos.package(folder, "fa", "en", tiny_argos.FA_EN),
        tiny_argos.package(folder, "en", "fr", tiny_argos.EN_FR),
    ]


@pytest.fixture
def archive(workspace, pipeline, tiny_packages) -> Path:
    """Seven documents, one of them translated in part, and the models for them."""
    for number in range(7):
        text = f"نامه {number}\n\nشهر ما نامه {number} عید را نوشت. پاسخ می خواهد.\n"
        (workspace / "seeds" / f"letter-{number}.txt").write_text(text, "utf-8")
    done = pipeline("models", "install", *tiny_packages)
    assert done.returncode == 0, done.stderr
    assert pipeline("segment", "letter-0").returncode == 0
    edit(workspace / "translations" / "en" / "letter-0.po", "پاسخ می خواهد.", "It wants an answer.")
    return workspace


def translations(workspace: Path) -> dict[str, bytes]:
    """Return what stands in the PO files, apart from dates."""
    folder = workspace / "translations"
    return {str(path.relative_to(folder)): DATES.sub(b"", path.read_bytes()) for path in sorted(folder.rglob("*.po"))}


def plainly(workspace: Path) -> dict[str, bytes]:
    """Return what stands in the PO files after a plain command, in a copy of a workspace."""
    other = workspace.parent / "plain"
    shutil.copytree(workspace, other)
    done = command.run(other, "translate")
    assert done.returncode == 0, done.stderr
    return translations(other)


@pytest.fixture
def letters(workspace) -> Path:
    """Seven documents in a workspace whose engine is the brittle one of the clusters; the fourth has a word like no other."""
    for number in range(7):
        text = f"نامه {number}\n\nشهر ما نامه {number} را نوشت. پاسخ می خواهد.{' این زهر است.' * (number == 3)}\n"
        (workspace / "seeds" / f"letter-{number}.txt").write_text(text, "utf-8")
    use_brittle(workspace)
    return workspace


@pytest.fixture(scope="session")
def own_certificates(tmp_path_factory) -> Path:
    return clusters.certificates(tmp_path_factory.mktemp("cluster") / "own")


@pytest.fixture
def machines(tmp_path, own_certificates):
    """A cluster on loopback, of which nothing is started yet."""
    folder = tmp_path / "machines"
    folder.mkdir()
    made = Machines(folder, own_certificates)
    yield made
    made.end()
