"""Packages are installed once, locked to the workspace, and fetched only where the network may be used."""

from pathlib import Path

import pytest

from pipeline.app import models
from pipeline.errors import EnvironmentMissing, UsageError
from tests.translate.test_models import package


def fetched(name: str) -> bytes:
    raise AssertionError(f"{name} is fetched")


@pytest.fixture
def install(workspace):
    def install(*names, offline=False, dry_run=False, fetch=fetched):
        return list(models.install(workspace, names, fetch, print, offline=offline, dry_run=dry_run))

    return install


def test_a_package_is_installed_and_locked_then_compared_and_removed(workspace, install, tmp_path):
    file = str(tmp_path / "fa-en.argosmodel")
    Path(file).write_bytes(package(**{"fa_en/model/model.bin": b"x"}))
    assert install(file, dry_run=True) == [f"would install {file}"] and not (workspace / "models.lock").exists()
    assert [line.split()[0] for line in install(file)] == ["installed", "locked"]
    (row,) = models.installed(workspace)
    assert (row["pair"], row["version"], row["locked"]) == ("fa-en", "1.0", True)
    assert list(models.compared(workspace)) == [("fa-en", "matches models.lock", True)]
    assert install("fa-en") == ["fa-en is already installed, as in models.lock"]
    place = models.remove("fa-en", dry_run=True)
    (place / "model" / "model.bin").write_bytes(b"y")
    assert list(models.compared(workspace)) == [("fa-en", "differs from models.lock", False)]
    assert models.remove("fa-en", dry_run=False) == place and not place.exists()
    assert list(models.compared(workspace)) == [("fa-en", "is not installed", True)]
    with pytest.raises(UsageError, match="fa-en: not installed; there are: none"):
        models.remove("fa-en", dry_run=False)


def test_languages_name_the_packages_from_the_first_into_the_others(install):
    assert install("fa", "en", dry_run=True) == ["would install fa-en, fetched over the network"]
    with pytest.raises(UsageError, match="name the target languages too: fa en fr"):
        install("fa")


@pytest.mark.parametrize("is_set", [True, False])
def test_offline_nothing_is_fetched(workspace, install, is_set):
    if is_set:
        path = workspace / "pipeline.toml"
        path.write_text("offline = true\n" + path.read_text("utf-8"), "utf-8")
    where = "offline = true in pipeline.toml" if is_set else "--offline"
    with pytest.raises(EnvironmentMissing, match=f"fa-en: not fetched, because of {where}"):
        install("fa-en", offline=not is_set)
    with pytest.raises(EnvironmentMissing, match="the index: not fetched"):
        models.available(workspace, offline=not is_set)


def test_offline_holds_in_the_folders_of_a_workspace(workspace):
    settings = workspace / "pipeline.toml"
    settings.write_text(f"offline = true\n{settings.read_text()}")
    for folder in (workspace / "seeds", workspace / "translations" / "en"):
        folder.mkdir(parents=True, exist_ok=True)
        with pytest.raises(EnvironmentMissing, match="offline = true"):
            list(models.install(folder, ["fa-en"], fetched, print, offline=False, dry_run=False))
        with pytest.raises(EnvironmentMissing, match="offline = true"):
            models.available(folder, offline=False)
