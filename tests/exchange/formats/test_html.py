"""A review kit goes out as one file, is filled in by a real browser without a network, and comes back."""

import json
import re
from dataclasses import replace

import pytest

from pipeline.errors import ExchangeError
from pipeline.exchange.formats import html
from pipeline.exchange.table import Help, Line, Table
from pipeline.languages import SHIPPED
from pipeline.model import State
from tests.support import chromium

HOSTILE = (
    '</script><script>alert(1)</script><!-- <img src="https://evil.example/x" onerror=alert(1)> $policy \u2028 \\u003c'
)
LINE = Line("0123456789ab-0123456789abcdef", HOSTILE, HOSTILE, HOSTILE, "paragraph", State.DOUBT)


def table(*lines, **helps):
    return Table("statement", SHIPPED["fa"], SHIPPED["en"], lines, helps)


def test_texts_of_all_kinds_come_back_to_the_character_and_run_nothing():
    content = html.write(table(LINE))
    assert content.count(b"</script>") == 3 and content.count(b"<script") == 3
    (line,) = html.read(content)
    assert (line.source, line.target, line.note) == (HOSTILE,) * 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<html></html>", "no review kit"),
        (b'<script id="kit">{</script>', "damaged"),
        (b'<script id="kit">' + b"[" * 100_000 + b"</script>", "damaged"),
        (b'<script id="kit">[]</script>', "another version"),
        (b'<script id="kit">{"kit": 2, "lines": []}</script>', "another version"),
        (b'<script id="kit">{"kit": 1, "lines": [1]}</script>', "sentence 1"),
        (b'<script id="kit">{"kit": 1, "lines": [{"id": 3}]}</script>', "sentence 1"),
        (b"\xff\xfe" + "<script".encode("utf-16-le"), "UTF-8"),
    ],
)
def test_what_is_no_kit_is_said(content, said):
    with pytest.raises(ExchangeError, match=said):
        html.read(content)


@pytest.fixture
def phone(browser, tmp_path):
    """Open a file in a browser as wide as a phone, without a network; what it asks of others is noted."""
    managers = []

    def opened(path, **options):
        manager = chromium.page(browser, **({"viewport": {"width": 390, "height": 800}, "offline": True} | options))
        page, said = manager.__enter__()
        managers.append(manager)
        page.goto(path.as_uri())
        page.wait_for_selector("header")
        page.said = [one for one in said if not one.startswith("file:")]
        return page

    yield opened
    for manager in managers:
        manager.__exit__(None, None, None)


def test_a_kit_is_filled_in_on_a_phone_and_imported(phone, pipeline, workspace, statement, tmp_path):
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["en"]'), "utf-8")
    (workspace / "translations" / "termbase.csv").write_text(
        "fa,en,status\nبیانیه,statement,preferred\nبیانیه,notice,forbidden\n", "utf-8"
    )
    pipeline("segment", "-q")
    assert pipeline("export", "statement", "--format", "html").returncode == 0
    page = phone(workspace / "output" / "exchange" / "statement.en.html", locale="fa-IR")
    assert page.evaluate("document.documentElement.dir") == "rtl" and "بدون اینترنت" in page.inner_text("main")
    page.locator("textarea").nth(0).fill("Our ")
    page.get_by_role("button", name="statement").click()
    page.locator("textarea").nth(1).fill("A long text\u200c.")
    page.locator("input[type=checkbox]").nth(1).uncheck()
    page.locator("input[type=text]").nth(1).fill("look again")
    assert "notice" in page.locator("del").first.inner_text()
    page.get_by_role("button", name="ناتمام بعدی").click()
    assert page.evaluate("document.activeElement.id") == "f2"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert chromium.faults(page) == [] and page.said == []
    with page.expect_download() as download:
        page.locator("button.main").click()
    back = tmp_path / "came-back.html"
    download.value.save_as(back)
    done = pipeline("import", back, "--as", "sara")
    assert done.returncode == 0, done.stderr
    text = (workspace / "translations" / "en" / "statement.po").read_text("utf-8")
    assert 'msgstr "Our statement"' in text and "# translated: sara" in text
    assert re.search(r'# look again\n(?:#[^\n]*\n)*#, fuzzy\n(?:[^\n]*\n){1,4}msgstr "A long text\u200c."', text)


def test_what_was_saved_opens_again_and_goes_on(phone, tmp_path):
    first = tmp_path / "first.html"
    first.write_bytes(html.write(table(Line(LINE.id, "جمله", "", "", "paragraph", State.DOUBT))))
    page = phone(first)
    page.locator("textarea").first.fill("Half")
    with page.expect_download() as download:
        page.locator("button.main").click()
    download.value.save_as(tmp_path / "second.html")
    again = phone(tmp_path / "second.html")
    assert again.locator("textarea").first.input_value() == "Half" and again.said == []
    again.locator("textarea").first.fill("Whole")
    with again.expect_download() as download:
        again.locator("button.main").click()
    download.value.save_as(tmp_path / "third.html")
    assert [line.target for line in html.read((tmp_path / "third.html").read_bytes())] == ["Whole"]


def test_what_a_browser_kept_replaces_nothing_that_the_file_has_since(phone, tmp_path):
    """Two people at one computer, or the same kit on a phone and on a laptop."""
    path = tmp_path / "kit.html"
    path.write_bytes(html.write(table(LINE)))
    page = phone(path)
    page.locator("textarea").first.fill("Kept here")
    page.wait_for_function("() => window.localStorage.length")
    page.reload()
    assert page.locator("textarea").first.input_value() == "Kept here"
    path.write_bytes(html.write(table(replace(LINE, target="Typed elsewhere"))))
    page.reload()
    assert page.locator("textarea").first.input_value() == "Typed elsewhere"


def test_other_files_of_the_disk_read_nothing_of_what_was_typed(phone, tmp_path):
    """Chromium gives them one store: an attachment that somebody opens sees what is kept there, also years later."""
    kit, other = tmp_path / "kit.html", tmp_path / "other.html"
    kit.write_bytes(html.write(table(replace(LINE, source="جمله", target="A draft", note=""))))
    other.write_text("<!DOCTYPE html><header></header><title>other</title>")
    page = phone(kit)
    page.locator("textarea").first.fill("An unpublished sentence")
    page.wait_for_function("() => window.localStorage.length")
    with page.expect_download():
        page.locator("button.main").click()
    page.goto(other.as_uri())
    kept = page.evaluate("JSON.stringify(Object.entries(window.localStorage))")
    assert len(kept) > 100 and not re.search("sentence|draft|statement|0123456789ab", kept)
    page.goto(kit.as_uri())
    assert page.locator("textarea").first.input_value() == "An unpublished sentence"


def test_hostile_texts_are_texts_in_the_browser(phone, tmp_path):
    path = tmp_path / "hostile.html"
    helps = {LINE.id: Help(((HOSTILE, (HOSTILE,), (HOSTILE,)),), ((90, HOSTILE, HOSTILE),))}
    path.write_bytes(html.write(Table("x", SHIPPED["fa"], SHIPPED["en"], (LINE,), helps)))
    page = phone(path)
    assert page.locator("textarea").first.input_value() == HOSTILE
    assert page.locator("img").count() == 0 and page.locator("script").count() == 3 and page.said == []


def test_the_words_of_a_kit_are_the_same_in_each_language():
    words = json.loads(html._part("words.json"))
    assert {tuple(one) for one in words.values()} == {tuple(words["en"])}
    assert set(re.findall(r'_\("(\w+)"\)', html._part("kit.js"))) == set(words["en"])


def test_no_service_of_a_browser_is_given_the_texts():
    content = html.write(table(LINE)).decode()
    assert '<html lang="en" translate="no">' in content and '<meta name="google" content="notranslate">' in content


def test_a_kit_that_a_browser_saved_by_itself_is_refused_for_it_has_nothing_of_what_was_typed(phone, tmp_path):
    path, saved = tmp_path / "kit.html", tmp_path / "saved.html"
    path.write_bytes(html.write(table(LINE)))
    page = phone(path)
    page.locator("textarea").first.fill("Typed")
    saved.write_text(page.content(), "utf-8")
    with pytest.raises(ExchangeError, match="save it with the button in it"):
        html.read(saved.read_bytes())
    page.goto(saved.as_uri())
    page.wait_for_selector("header")
    assert page.locator("textarea").count() == 1
    page.locator("textarea").first.fill("Typed again")
    with page.expect_download() as download:
        page.locator("button.main").click()
    download.value.save_as(tmp_path / "back.html")
    assert html.read((tmp_path / "back.html").read_bytes())[0].target == "Typed again"


def test_what_was_typed_in_two_windows_with_one_kit_is_all_there(phone, tmp_path):
    """A telephone opens a file anew at every touch."""
    path = tmp_path / "kit.html"
    lines = [
        Line(f"{place}" * 12 + LINE.id[12:], f"جمله {place}", "", "", "paragraph", State.DOUBT) for place in (1, 2)
    ]
    path.write_bytes(html.write(table(*lines)))
    page = phone(path)
    other = page.context.new_page()
    other.goto(path.as_uri())
    other.wait_for_selector("header")
    for window, place in ((page, 0), (other, 1)):
        window.locator("textarea").nth(place).fill(f"Window {place}")
        window.wait_for_timeout(300)
    other.reload()
    other.wait_for_selector("header")
    assert [other.locator("textarea").nth(place).input_value() for place in (0, 1)] == ["Window 0", "Window 1"]
