"""The fonts of pages."""

import re

from pipeline.publication.site import fonts
from tests.support import sections


def test_the_style_sheet_names_every_font_and_each_is_one():
    named = set(re.findall(r'url\("fonts/([^"]+)"\)', fonts.style()))
    files = sections.usual()
    assert named == set(fonts.NAMES)
    assert all(files[f"assets/fonts/{name}"].startswith(b"wOF2") for name in named)


def test_fonts_come_with_their_licences():
    for name in fonts.LICENCES:
        assert b"SIL OPEN FONT LICENSE" in sections.usual()[f"assets/fonts/{name}"]


def test_a_page_is_set_in_them(browser, tmp_path):
    folder = sections.write(sections.usual(), tmp_path)
    page = browser.new_page()
    page.goto(f"file://{folder}/en/report/with-fa.html")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].filter(one => one.status === 'loaded').map(one => one.family)").count(
        "Page Naskh"
    )
    page.close()
