"""What somebody receives who installs with pip, pipx or uvx instead of `make run`."""

import subprocess
import sys
import zipfile
from email.parser import BytesParser
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from this checkout with the locked flit."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "flit_core.wheel", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (path,) = folder.glob("pipeline-*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    files = (path for path in (ROOT / "pipeline").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    there = {path.relative_to(ROOT).as_posix() for path in files}
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == there


def test_the_wheel_holds_what_no_import_would_miss(wheel):
    """Languages, letters, fonts, dictionaries and their licences, the style sheet, and the mark that the package is typed."""
    names = wheel.namelist()
    for pattern in (
        "languages/fa.toml",
        "letter.fr.txt",
        "withdrawal.fa.html",
        "NotoNaskhArabic-Regular.ttf",
        "OFL-NotoSerif.txt",
        "dictionaries/words-fa.txt.xz",
        "dictionaries/README.md",
        "style.css",
        "pipeline/py.typed",
    ):
        assert [name for name in names if name.endswith(pattern)], pattern
    assert not [name for name in names if "test" in name.lower() or name.endswith(".pyc")]


def test_the_wheel_needs_nothing_that_brings_pytorch(wheel):
    """Every distribution that pip would install with it, extras too, by the metadata of those installed here."""
    (metadata,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    message = BytesParser().parsebytes(wheel.read(metadata))
    waiting, needed = [Requirement(line) for line in message.get_all("Requires-Dist")], set()
    while waiting:
        requirement = waiting.pop()
        if requirement.name in needed or (requirement.marker and not requirement.marker.evaluate({"extra": "keyring"})):
            continue
        needed.add(requirement.name)
        waiting += [Requirement(line) for line in _requirements(requirement.name)]
    assert {"ctranslate2", "sentencepiece", "numpy", "weasyprint"} <= needed
    assert not {"torch", "stanza", "spacy", "minisbd", "argostranslate"} & needed


def _requirements(name):
    """Only keyring, the one extra, is not installed here; it is pure Python and brings no models."""
    return () if name == "keyring" else requires(name) or ()


def test_the_version_is_told_by_the_command_and_the_wheel(wheel):
    told = subprocess.run([sys.executable, "-m", "pipeline", "--version"], capture_output=True, text=True, check=True)
    assert wheel.filename.endswith(f"/{told.stdout.strip().replace(' ', '-')}-py3-none-any.whl")
