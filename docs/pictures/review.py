"""Make the pictures of docs/review.md anew, in Debian's Chromium.  Run: python -m docs.pictures.review

The translation of one of the statements is shown as it could stand half way: some sentences are empty, drafts or wrong.
"""

import re
import tempfile
from pathlib import Path

from PIL import Image

from tests import test_docs
from tests.support import chromium, visits

HERE = Path(__file__).parent
DOCUMENT = "2016-01-joint-action-statement"
PAGE = f"/document/{DOCUMENT}/en"


def half_way(workspace: Path) -> None:
    """Make of a finished translation one that people are at work on."""
    path = workspace / "translations" / "en" / f"{DOCUMENT}.po"
    entries = path.read_text("utf-8").split("\n\n")
    for number, entry in enumerate(entries):
        if number in (9, 10, 14):
            entries[number] = re.sub(
                r'msgstr (?:"[^\n]*"\n?)+', 'msgstr ""\n', re.sub(r"(?m)^# .*\n", "", entry)
            ).rstrip()
        elif number in (6, 11, 12):
            entries[number] = re.sub(r"(?m)^msgctxt", "#, fuzzy\nmsgctxt", re.sub(r"(?m)^# .*\n", "", entry), count=1)
        elif number in (5, 7):
            entries[number] = re.sub(r"(?m)^# .*\n", "", entry)
    path.write_text("\n\n".join(entries), "utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        workspace = test_docs.copied(Path(name))
        half_way(workspace)
        with visits.serving(workspace) as running, chromium.browser() as browser:
            _shot(running, browser, "review", {"viewport": {"width": 1280, "height": 860}}, 5)
            phone = {"viewport": {"width": 390, "height": 860}, "locale": "fa-IR"}
            _shot(running, browser, "review-phone", phone, 5)


def _shot(running: visits.Serving, browser, name: str, options: dict, sentence: int) -> None:
    with chromium.page(browser, **options) as (page, _):
        page.goto(running.told[-1].address)
        page.wait_for_selector("ul.documents")
        page.goto(f"http://127.0.0.1:{running.port}{running.root}{PAGE}")
        page.locator("a.sentence").nth(sentence).click()
        page.wait_for_selector("#field")
        page.wait_for_timeout(500)
        page.mouse.move(0, 0)
        page.evaluate(
            "block => { document.getElementById('here').scrollIntoView({block}); document.activeElement.blur(); }",
            "start" if page.viewport_size["width"] < 768 else "center",
        )
        page.wait_for_timeout(300)
        page.screenshot(path=HERE / f"{name}.png")
    with Image.open(HERE / f"{name}.png") as image:
        image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
