"""Make the pictures of README.md, docs/translator.md, editor.md and coordinator.md anew.

Run: python -m docs.pictures.make

The first hours are run as tests/test_docs.py runs them. Each picture is a page of a PDF as it stands when the
picture comes up in the text, set by pdftoppm; long empty stretches are cut out.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from tests import test_docs

HERE = Path(__file__).parent
SHOWN_FIRST = "2016-01-joint-action-statement"
PICTURES = {
    "page": (f"{SHOWN_FIRST}.fa-en.pdf", 2, 1),
    "translator-page": ("dockers.fa-en.pdf", 1, 0.5),
    "translator-fuzzy": ("dockers.fa-en.pdf", 1, 0.5),
    "editor-release": ("teachers.fa-en.pdf", 1, 0.62),
    "editor-facing": ("teachers.fa-en.facing.a5.pdf", 2, 1),
    "coordinator-page": ("2010-08-washington-resolution.fa-fr.pdf", 1, 1),
}
"""The PDF, its first page to be shown (of facing ones, both), and how much of its height is shown above its foot."""


def main() -> None:
    os.environ |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "120"}
    for page in test_docs.FIRST_HOURS:
        with tempfile.TemporaryDirectory() as name:
            os.environ |= {"XDG_DATA_HOME": f"{name}/data", "XDG_CONFIG_HOME": f"{name}/config"}
            _follow(test_docs.ROOT / "docs" / f"{page}.md", test_docs.copied(Path(name)))
    with tempfile.TemporaryDirectory() as name:
        workspace = test_docs.copied(Path(name))
        test_docs.run(workspace, f"pipeline build-pdf {SHOWN_FIRST} --languages en --release", [])
        _picture("page", workspace / "output")


def _follow(page: Path, workspace: Path) -> None:
    """Run a page, and make each picture where it comes up."""
    for part in re.split(r"(?=^!\[)", page.read_text("utf-8"), flags=re.MULTILINE):
        if picture := re.match(r"!\[[^]]*\]\(pictures/(.+)\.png\)", part):
            _picture(picture[1], workspace / "output")
        test_docs.follow(part, workspace)


def _picture(name: str, folder: Path) -> None:
    file, number, shown = PICTURES[name]
    sheets = [_sheet(folder / file, page, shown) for page in range(number, number + 1 + ("facing" in file))]
    whole = Image.new("RGB", (sum(sheet.width for sheet in sheets), sheets[0].height))
    for index, sheet in enumerate(sheets):
        whole.paste(sheet, (index * sheet.width, 0))
    whole.quantize(64, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


def _sheet(pdf: Path, number: int, shown: float) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        page = ["-f", str(number), "-l", str(number), "-singlefile", "-r", "80", "-png"]
        subprocess.run(["pdftoppm", *page, pdf, f"{folder}/page"], check=True)
        image = Image.open(f"{folder}/page.png").convert("RGB")
    foot = image.crop((0, image.height - 65, image.width, image.height))
    image = image.crop((0, 0, image.width, int(image.height * shown)))
    if shown < 1:
        body, image = image, Image.new("RGB", (image.width, image.height + foot.height))
        image.paste(body, (0, 0))
        image.paste(foot, (0, body.height))
    return ImageOps.expand(image, 1, "#bbbbbb")


if __name__ == "__main__":
    main()
