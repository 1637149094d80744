"""Make the picture of the section in the README anew, in Debian's Chromium.  Run: python -m docs.pictures.site

`make run` comes first: it makes the section of the documents in seeds/.
"""

from pathlib import Path

from pipeline.web.folder import serving
from tests.support import chromium

HERE = Path(__file__).parent
SECTION = HERE.parents[1] / "output" / "site"
PAGE = "en/2016-01-joint-action-statement/with-fa.html"


def main() -> None:
    with serving(SECTION) as address, chromium.browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        page.goto(f"{address}{PAGE}")
        page.screenshot(path=HERE / "site.png")


if __name__ == "__main__":
    main()
