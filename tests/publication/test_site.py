"""The section of a website: what is in it, what each file depends on, and how it looks and behaves in a browser."""

import hashlib
import io
import re
from dataclasses import replace

import pytest
from PIL import Image

from pipeline.model import Kind
from pipeline.publication import Publisher, Standing, addresses, site
from pipeline.text.printable import safe
from tests.support import chromium, rich, sections
from tests.support.published import PUBLISHER, published

HOSTILE = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}{% raw %}&amp;\u202e\x00"


def test_a_section_has_no_faults():
    assert sections.faults(sections.usual()) == []


def test_the_same_texts_become_the_same_bytes():
    assert sections.made(sections.texts()) == sections.usual()


def test_each_path_is_there_once_whatever_documents_are_called():
    its = [
        replace(published("en"), document_id=name)
        for name in ("feed", "index", "lists", "assets", "with-fa", "en", "نامه")
    ]
    paths = [file.path.casefold() for file in site.pages(its, PUBLISHER)]
    assert len(paths) == len(set(paths))


def test_a_photograph_is_not_found_by_its_digest_on_the_disk_of_who_took_it():
    pictures = {hashlib.sha256(one).hexdigest(): one for one in map(photograph, ("red", "blue"))}
    blocks = [replace(rich.block(Kind.IMAGE, "عکس"), picture=name) for name in pictures]
    one = replace(published("fa", rich.edition(blocks=blocks)), pictures=pictures)
    files = sections.made([one])
    for path, content in files.items():
        assert not any(name in path or name.encode() in content for name in pictures), path
        assert not any(content == picture for picture in pictures.values())
    page = files[addresses.page(one)].decode()
    shown = re.findall(r'<img src="([^"]+)" alt="عکس">', page)
    points = [Image.open(io.BytesIO(files[addresses.file(one, name)])).getpixel((0, 0)) for name in shown]
    assert points == [(254, 0, 0), (0, 0, 254)]


def photograph(colour):
    """A photograph that says who took it."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x013B] = "Reza"
    Image.new("RGB", (60, 40), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_hostile_words_are_words_on_every_page():
    its = sections.texts()
    text = replace(its[1].text, title=HOSTILE, issuer=HOSTILE, number=HOSTILE, colophon=(HOSTILE,))
    bad = replace(
        its[1], document_id="a <b>&\"'#?%2f", text=text, issuer=HOSTILE, topics=(HOSTILE,), formats={"<b>": "a<b>.pdf"},
        metadata='{"name": "</script><!--<script>"}',
    )  # fmt: skip
    its += [bad, replace(bad, document_id="b", standing=Standing.WITHDRAWN, reason=HOSTILE)]
    files = sections.made(its, Publisher(PUBLISHER.languages, HOSTILE, PUBLISHER.address, {HOSTILE: HOSTILE}))
    files["en/a <b>&\"'#?%2f/a<b>.pdf"] = b""
    assert sections.faults(files) == []
    for path, content in files.items():
        if path.endswith(".html"):
            assert b"<script>alert" not in content and b"<img src=x" not in content and b"49" not in content, path
            assert content.count(b"<script") == content.count(b"</script>") <= 1


def changed(before, after):
    old = {file.path: file.made_of for file in site.pages(before, PUBLISHER)}
    return {file.path for file in site.pages(after, PUBLISHER) if old.get(file.path) != file.made_of}


def test_a_changed_text_changes_its_own_pages_and_the_lists_of_its_language():
    its = [*sections.texts(), replace(published("en"), document_id="other", stamp="other")]
    paths = changed(its, [*its[:-1], replace(its[-1], stamp="new")])
    assert {path for path in paths if path.startswith(("en/", "fa/", "fr/"))} == {
        "en/index.html", "en/other/index.html", "en/other/with-fa.html",
    }  # fmt: skip
    assert not any(
        part in path for path in paths for part in ("fa/index", "fr/index", "assets", "/fr.", "/fa/", "report")
    )


def test_a_new_language_of_a_document_is_named_on_its_other_pages():
    its = sections.texts()[:2]
    assert "fa/report/index.html" in changed(its[:1], its)


def test_a_withdrawn_text_is_its_notice_alone_and_in_no_list():
    files = sections.usual()
    for path in ("en/gone/index.html", "en/gone/with-fa.html"):
        page = files[path].decode()
        assert "withdrawn" in page and "It was &lt;b&gt;wrong&lt;/b&gt;." in page
        assert "ain mtn" not in page and "SHA-256" not in page
    assert not any(b"gone" in content for path, content in files.items() if not path.startswith(("en/gone", "feeds")))


def test_a_withdrawn_original_does_not_stand_beside_its_translation():
    fa, en, *_ = sections.texts()
    files = sections.made([replace(fa, standing=Standing.WITHDRAWN, reason="", stamp="x"), en])
    assert "گزارش" not in files["en/report/with-fa.html"].decode()
    assert b"with-fa.html" not in files["en/report/index.html"] and b"ain mtn" in files["en/report/index.html"]


def test_a_stale_and_corrected_text_says_so():
    page = sections.usual()["fr/report/index.html"].decode()
    assert (
        "Le texte original a été modifié depuis" in page
        and "remplace celui publié le 2\u00a0janvier 2026" in page.replace("2 j", "2\u00a0j")
    )


def test_versions_name_each_other_and_one_for_all_other_readers():
    for lang in ("fa", "en", "fr"):
        page = sections.usual()[f"{lang}/report/index.html"].decode()
        links = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page))
        home = PUBLISHER.address
        assert links == {other: f"{home}{other}/report/" for other in ("fa", "en", "fr")} | {
            "x-default": f"{home}en/report/"
        }


def test_without_an_address_no_page_says_where_it_stands():
    files = sections.made(sections.texts(), replace(PUBLISHER, address=""))
    assert sections.faults(files, "") == []
    assert "sitemap.xml" not in files
    assert not any(
        b"canonical" in content or b"og:" in content for path, content in files.items() if path.endswith("html")
    )


def test_a_card_is_drawn_where_it_is_asked_for():
    files = sections.made(sections.texts(), card=lambda one: one.lang.encode())
    assert files["fr/report/card.png"] == b"fr" and "en/gone/card.png" not in files
    assert b'property="og:locale" content="fr_FR"' in files["fr/report/index.html"]
    assert (
        b'property="og:image" content="https://example.org/international/fr/report/card.png"'
        in files["fr/report/index.html"]
    )


def test_a_long_list_has_pages():
    its = [replace(published("en"), document_id=f"d{n}", stamp=str(n)) for n in range(101)]
    paths = {file.path for file in site.pages(its, PUBLISHER)}
    assert {
        "lists/en/year-2016.html",
        "lists/en/year-2016.2.html",
    } <= paths and "lists/en/year-2016.3.html" not in paths


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sections.write(sections.usual(), tmp_path_factory.mktemp("section"))


KINDS = (
    "index.html", "en/index.html", "fa/index.html", "lists/fa/topic-labour.html", "search/fa/index.html",
    "fa/report/index.html", "fr/report/index.html", "en/report/with-fa.html", "en/gone/index.html",
)  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (768, "dark"), (1280, "light")])
def test_every_kind_of_page_fits_and_is_accessible(browser, folder, width, scheme):
    with chromium.page(browser, viewport={"width": width, "height": 900}, color_scheme=scheme) as (page, said):
        for path in KINDS:
            page.goto(f"file://{folder}/{path}")
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
            assert [one for one in said if not one.startswith(f"file://{folder}/")] == [], path
            assert chromium.faults(page) == [], path
            said.clear()  # axe reads the style sheets itself, which the policy of the pages forbids


def test_the_original_stands_on_its_side_and_rows_are_level(browser, folder):
    with chromium.page(browser, java_script_enabled=True) as (page, _):
        page.goto(f"file://{folder}/en/report/with-fa.html")
        boxes = page.evaluate(
            "[...document.querySelectorAll('p.pair, div.pair, h2.pair')].map(pair => [...pair.children].map(one => {"
            " const box = one.getBoundingClientRect(); return [one.lang, box.left, box.top, box.bottom] }))"
        )
        for fa, en in boxes:
            assert (fa[0], en[0]) == ("fa", "en") and fa[1] > en[1] and fa[2] < en[3] and en[2] < fa[3]
        page.set_viewport_size({"width": 390, "height": 800})
        assert (
            len(
                set(
                    page.evaluate(
                        "[...document.querySelectorAll('p.paragraph')].map(one => Math.round(one.getBoundingClientRect().width))"
                    )
                )
            )
            == 1
        )


def test_pages_are_whole_without_scripts(browser, folder):
    with chromium.page(browser, java_script_enabled=False) as (page, said):
        page.goto(f"file://{folder}/search/en/index.html")
        assert not page.locator("form").is_visible() and page.locator(".without").is_visible()
        assert "Searching needs JavaScript" in safe(page.inner_text("main"))
    assert [one for one in said if not one.startswith("file://")] == []
