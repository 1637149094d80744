"""The search finds what is written otherwise, without a server; the keys of both languages are the same."""

import json
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from pipeline.publication import site
from pipeline.publication.site import search
from pipeline.text import wordkeys
from pipeline.text.words import WORD
from tests.support import chromium, rich, sections
from tests.support.published import PUBLISHER, published


def read(script):
    assert script.startswith(b"searched(") and script.endswith(b");\n")
    return json.loads(f"[{script[len('searched(') : -3].decode()}]")[1]


def test_every_word_is_in_the_part_that_begins_before_it():
    its = [replace(published("fa"), document_id=f"d{n}", stamp=str(n)) for n in range(100)]
    files = {file.path: file.make() for file in site.pages(its, PUBLISHER) if file.path.endswith(".js")}
    firsts = read(files["search/fa/index.js"])["parts"]
    found = [list(read(files[f"search/fa/words-{part}.js"])) for part in range(len(firsts))]
    assert len(firsts) == 3 and all(found)
    assert [words[0] for words in found] == firsts
    words = [word for words in found for word in words]
    assert words == sorted(words) and {"گزارش", "کارگران", "راهپیمایی", "راه"} <= set(words)


def test_numbers_are_packed():
    assert search._packed([0, 1, 37, 1333]) == "0 1 10 100"


TRICKY = (
    "كتاب علي", "۱۲٣৪๕", "می‌شود", "ÉTAT Œuvre", "الأُمَم ئ ؤ ۀ ة", "İı ΣΑΣ Straße", "ﻛﺎﺭﮔﺮ ﷲ", "ﬁn ① ½ x²", "𝟙𝟚𝟗 Ａｂ１", "a_b don't",
    "नमस्ते १२", "ێ ڕ ە ھ", "\u200fالف\u200e ـــ", "Ǆ ǰ",
)  # fmt: skip


@pytest.fixture(scope="module")
def searching(browser, tmp_path_factory):
    """A page of the search of Persian texts, from a folder without a server."""
    its = [
        published("fa"),
        replace(published("fa", rich.edition(blocks=(rich.block(rich.Kind.TITLE, "دربارهٔ كارگران", level=1),))), document_id="b"),
        replace(published("fa", rich.edition(blocks=(rich.block(rich.Kind.PARAGRAPH, "او می‌شود بین المللی"),))), document_id="c"),
    ]  # fmt: skip
    folder = sections.write(sections.made(its), tmp_path_factory.mktemp("search"))
    with chromium.page(browser) as (page, said):
        page.goto(f"file://{folder}/search/fa/index.html")
        yield page
        assert [one for one in said if not one.startswith("file://")] == []


def found(page, query):
    page.fill("input", "")
    expect(page.locator("output")).to_be_empty()
    page.fill("input", query)
    expect(page.locator("output")).not_to_be_empty()
    return [
        link.rsplit("/", 2)[-2] for link in page.eval_on_selector_all(".entries a", "all => all.map(one => one.href)")
    ]


def test_the_search_finds_texts_without_a_server(searching):
    assert found(searching, "كارگران") == ["b", "report"]
    assert searching.inner_text("output") == "تعداد متن‌های یافته‌شده: ۲"
    assert found(searching, "گزارش کارگر") == ["report"]
    assert found(searching, "میشود") == ["c"]
    assert found(searching, "می شود") == ["c"]
    assert found(searching, "بین‌المللی") == ["c"]
    assert found(searching, "بینالمللی") == ["c"]
    assert found(searching, "راهپیمایی") == ["report"]
    assert found(searching, "12") == ["report"]
    assert found(searching, "<b>") == []
    assert "چیزی یافت نشد" in searching.inner_text("output")


def test_the_browser_makes_the_same_words_of_a_text(searching):
    script = search.script().decode()
    start, end = script.index("  const LETTERS"), script.index("  const page =")
    of = f"texts => {{ {script[start:end]} return texts.map(words); }}"
    assert searching.evaluate(of, list(TRICKY)) == [WORD.findall(wordkeys.key(text)) for text in TRICKY]
    scripts = [
        "我们从3月1日起罢工，PDF文件。",
        "私たちは「ガス」を",
        "กรรมกร ๑๒ คนหยุดงาน ทำ",
        "दिन और दान १२।",
        "លុយ ៥",
        "ပြည်သူ ၅",
    ]
    assert list(map(set, searching.evaluate(of, scripts))) == list(map(wordkeys.words, scripts))
