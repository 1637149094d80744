"""Books for e-readers and phones, in one language."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image

from pipeline.languages import SHIPPED
from pipeline.model import Kind, MarkKind, Permission, Provenance
from pipeline.publication import Standing
from pipeline.publication.formats import epub, epub_both
from tests.support import chromium, epubcheck, rich
from tests.support.published import PUBLISHER, published, write

HOSTILE = (
    """<script>alert("1")</script> ]]> &amp; {1} '"` ../../x\\y https://a.example/"onclick="""
    "\u202e\x00\x0b\ud800\uffff!"
)
LONG = "واژه‌ای" * 20
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"


def picture() -> bytes:
    """A photograph that says who took it."""
    exif = Image.Exif()
    exif[0x013B] = "Reza"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def pictured(lang="en"):
    """A hostile text with two pictures, one of which is lost."""
    blocks = (
        rich.block(Kind.TITLE, HOSTILE, level=1),
        rich.block(Kind.IMAGE, HOSTILE, picture="ab"),
        rich.block(Kind.IMAGE, "عکس گم‌شده", picture="cd"),
        rich.block(Kind.HEADING, HOSTILE, level=4),
        rich.block(Kind.LIST_ITEM, HOSTILE, marker="<b>", depth=3),
        rich.block(Kind.TABLE, f"{HOSTILE}\tالف\nب", header_rows=1),
        rich.block(Kind.TABLE, "\t".join(f"ستون {LONG} {number}" for number in range(9)), header_rows=1),
        rich.block(Kind.VERSE, f"{LONG}\t{LONG}"),
        rich.block(Kind.SIGNATURES, f"{LONG}\tالف\nب\t{LONG}"),
        rich.block(Kind.NOTE, HOSTILE, marker="*"),
    )
    provenance = Provenance("https://example.org/?a=1&b=<2>", Permission.GRANTED)
    return published(
        lang, rich.edition(lang, blocks=blocks), pictures={"ab": picture()}, issuer=HOSTILE, provenance=provenance
    )


def long(lang="fr"):
    """A text of several files, whose notes stand in the last."""
    words = rich.block(Kind.PARAGRAPH, "آغاز. " + "کلمه " * 3000, ("آغاز.", MarkKind.NOTE, "۱"))
    one = (rich.block(Kind.HEADING, "بخش", level=2), words)
    note = rich.block(Kind.NOTE, "یادداشت", marker="۱")
    return published(lang, rich.edition(lang, blocks=(*one, *one, *one, note)))


def parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def pages(made: bytes):
    return {name.removeprefix("EPUB/"): fromstring(part) for name, part in parts(made).items() if "xhtml" in name}


def said(made: bytes, name: str) -> list[str]:
    """What the metadata say under a name of Dublin Core, or as a property."""
    package = fromstring(parts(made)["EPUB/package.opf"])
    return [
        one.text
        for one in package[0]
        if one.tag == f"{{http://purl.org/dc/elements/1.1/}}{name}" or name == one.get("property")
    ]


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """A book of every kind, for judges."""
    folder = tmp_path_factory.mktemp("books")
    made = {
        "fa": epub.made(published("fa", standing=Standing.STALE), PUBLISHER),
        "en-hostile-both": epub_both.made(pictured("en"), replace(PUBLISHER, name=HOSTILE)),
        "fr-long": epub.made(replace(long("fr"), published="", date=""), replace(PUBLISHER, address="", name="")),
    }
    return [write(folder, f"{name}.epub", content) for name, content in made.items()]


def test_epubcheck_finds_nothing(books):
    assert epubcheck.found(*books) == {book.name: [] for book in books}


def test_axe_finds_nothing_on_a_phone_and_all_fonts_are_there(books, tmp_path, browser):
    with chromium.page(browser, viewport={"width": 360, "height": 640}) as (page, _):
        for book in books[:2]:
            zipfile.ZipFile(book).extractall(tmp_path / book.stem)
            for file in sorted((tmp_path / book.stem / "EPUB").glob("*.xhtml")):
                page.goto(file.as_uri())
                page.evaluate("document.fonts.ready")
                assert chromium.faults(page) == [], file
                assert page.evaluate("document.documentElement.scrollWidth") <= 360, file
                used = page.evaluate("[...document.fonts].map(font => [font.family, font.status])")
                assert "loaded" in {status for _, status in used} and not [one for one in used if one[1] == "error"]


def test_a_book_is_an_archive_that_begins_with_its_type_and_has_no_clock():
    with zipfile.ZipFile(io.BytesIO(epub.made(published("fa"), PUBLISHER))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_everything_says_its_language_and_direction(lang):
    made = epub.made(published(lang), PUBLISHER)
    direction = SHIPPED[lang].direction
    for page in pages(made).values():
        assert [(one.get("lang"), one.get("dir")) for one in (page, page[1])] == [(lang, direction)] * 2
    assert f'page-progression-direction="{direction}"'.encode() in parts(made)["EPUB/package.opf"]
    assert said(made, "language") == [lang]


def test_the_cover_is_known_as_such_and_is_read_aloud():
    made = parts(epub_both.made(pictured("en"), PUBLISHER))
    package = fromstring(made["EPUB/package.opf"])
    covers = [one for one in package.iter(f"{OPF}item") if one.get("properties") == "cover-image"]
    assert [one.get("href") for one in covers] == ["cover.png"]
    assert [one.get("content") for one in package.iter(f"{OPF}meta") if one.get("name") == "cover"] == [
        covers[0].get("id")
    ]
    first = next(package.iter(f"{OPF}itemref")).get("idref")
    assert [one.get("href") for one in package.iter(f"{OPF}item") if one.get("id") == first] == ["cover.xhtml"]
    image = next(fromstring(made["EPUB/cover.xhtml"]).iter(f"{XHTML}img"))
    assert image.get("src") == "cover.png" and "\u202e" not in image.get("alt")
    assert said(epub.made(published("en"), PUBLISHER), "schema:accessMode") == ["textual"]  # nothing is lost without it


def test_notes_pop_up_and_lead_back():
    page = pages(epub.made(published("en"), PUBLISHER))["text-1.xhtml"]
    references = [one for one in page.iter(f"{XHTML}a") if one.get(f"{EPUB}type") == "noteref"]
    notes = {one.get("id"): one for one in page.iter(f"{XHTML}aside") if one.get(f"{EPUB}type") == "footnote"}
    assert [one.get("href").removeprefix("#") for one in references] == list(notes) and len(notes) == 2
    back = [one.get("href") for note in notes.values() for one in note.iter(f"{XHTML}a") if one.get("role")]
    assert back == [f"#{one.get('id')}" for one in references]


def test_a_note_that_nothing_refers_to_is_not_hidden_until_it_is_asked_for():
    page = pages(epub.made(pictured(), PUBLISHER))["text-1.xhtml"]
    assert list(page.iter(f"{XHTML}aside")) == []
    assert len([one for one in page.iter(f"{XHTML}div") if one.get("role") == "doc-footnote"]) == 1


def test_a_long_text_is_several_files_with_links_between_them():
    made = pages(epub.made(long(), PUBLISHER))
    assert [name for name in made if name.startswith("text")] == ["text-1.xhtml", "text-2.xhtml"]
    ids = {f"{name}#{one.get('id')}" for name, page in made.items() for one in page.iter() if one.get("id")}
    links = {(name, link.get("href")) for name, page in made.items() for link in page.iter(f"{XHTML}a")}
    inner = {href if "#" in href[1:] else f"{name}{href}" for name, href in links if "#" in href}
    assert inner <= ids and any(name == "text-1.xhtml" and href.startswith("text-2.xhtml#note") for name, href in links)


def test_the_contents_name_the_headings_of_the_text():
    made = pages(epub.made(published("fa"), PUBLISHER))["nav.xhtml"]
    contents = [link.text for link in made.find(f".//{XHTML}nav").iter(f"{XHTML}a")]
    assert contents == ["گزارش سال", "ماده ۱ کارگران", "بخش دوم", "دربارۀ این نسخه"]
    assert len(made.findall(f".//{XHTML}nav[1]/{XHTML}ol/{XHTML}li/{XHTML}ol/{XHTML}li")) == 1


def test_a_picture_says_nothing_but_its_points_and_a_lost_one_is_words():
    made = parts(epub.made(pictured(), PUBLISHER))
    assert Image.open(io.BytesIO(made["EPUB/pictures/1.jpg"])).getexif() == {}
    page = fromstring(made["EPUB/text-1.xhtml"])
    assert [one.get("src") for one in page.iter(f"{XHTML}img")] == ["pictures/1.jpg"]
    assert [one.get("class") for one in page.iter(f"{XHTML}p")].count("image") == 1


def test_no_text_becomes_markup_and_nothing_is_fetched():
    made = parts(epub_both.made(pictured(), replace(PUBLISHER, name=HOSTILE)))
    assert not [name for name in made if b"<script" in made[name]]
    assert not re.findall(rb"""(?:src|data)=["']?https?:|url\(["']?https?:|@import""", b"".join(made.values()))


def test_a_stale_text_says_so_first():
    made = pages(epub.made(published("en", standing=Standing.STALE), PUBLISHER))["text-1.xhtml"]
    assert made.find(f".//{XHTML}main")[0].text == SHIPPED["en"].publication.stale


def test_the_book_says_what_it_corrects_and_by_which_digest_it_is_known():
    made = pages(epub.made(published("fr", replaces="2026-11-01"), PUBLISHER))["about.xhtml"]
    words = " ".join(made.itertext())
    assert "1er novembre 2026" in words and published("fr").text_sha256 in words
    assert "https://example.org/international/fr/report/" in words
