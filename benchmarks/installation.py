"""What plain pip brings, without the locks of `make run`.  Run: python -m benchmarks.installation

Builds the wheel, installs it into an empty environment from the package index that pip is configured for, and lets
it draft a sentence there with a tiny Argos package. Prints the time, the size, and whether PyTorch came with it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support import tiny_argos

ROOT = Path(__file__).parents[1]
UNWANTED = ("torch", "stanza", "spacy", "minisbd", "argostranslate")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _run(sys.executable, "-m", "flit_core.wheel", "--outdir", folder, ROOT)
        (wheel,) = folder.glob("*.whl")
        _run(sys.executable, "-m", "venv", folder / "environment")
        began = time.monotonic()
        _run(folder / "environment" / "bin" / "pip", "install", "-qq", wheel)
        seconds = time.monotonic() - began
        size = sum(path.stat().st_size for path in (folder / "environment").rglob("*") if not path.is_symlink())
        print(f"wheel        {wheel.stat().st_size / 1e6:6.1f} MB")
        print(f"environment  {size / 1e6:6.0f} MB, installed in {seconds:.0f} s")
        packages = {path.name for path in (folder / "environment").glob("lib/python*/site-packages/*")}
        print(f"came with it {', '.join(sorted(packages & set(UNWANTED))) or 'neither PyTorch nor argostranslate'}")
        print(f"a draft      {_draft(folder)}")


def _draft(folder: Path) -> str:
    """Return what the installed tool drafts for one Persian sentence."""
    command, workspace = folder / "environment" / "bin" / "pipeline", folder / "workspace"
    package = tiny_argos.package(folder, "fa", "en", tiny_argos.FA_EN)
    _run(command, "init", workspace, home=folder)
    _run(command, "models", "install", "-C", workspace, package, home=folder)
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\nسلام دنیا، آزادی برای همه است.\n", "utf-8")
    _run(command, "translate", "-C", workspace, home=folder)
    text = (workspace / "translations" / "en" / "statement.po").read_text("utf-8")
    return text.rsplit('msgstr "', 1)[1].split('"')[0]


def _run(*words: str | Path, home: Path | None = None) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(home)} if home else None
    subprocess.run(words, check=True, capture_output=True, env=environment, cwd="/")


if __name__ == "__main__":
    main()
