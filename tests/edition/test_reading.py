"""What a reader reads of an edition in a language, whatever it is read in."""

from xml.etree.ElementTree import fromstring

import pytest

from pipeline.edition import reading
from pipeline.edition.content import StyledRun, plain
from pipeline.edition.design import Design
from pipeline.edition.render.pdf import page
from pipeline.languages import SHIPPED
from pipeline.model import Kind, MarkKind
from tests.support import rich
from tests.support.pages import PROSE, built


def read(lang="en", edition=None):
    return reading.read(edition or rich.edition(), SHIPPED[lang])


def runs(words):
    return [run for phrase in words for run in phrase.runs]


def said(text, lang="fa"):
    """The words of a paragraph, as they are set apart: [ ] from left to right, { } from right to left."""
    paragraph = rich.block(Kind.PARAGRAPH, text)
    (block,) = read("fa", rich.edition(blocks=(paragraph,))).blocks
    around = {"": "{}", "ltr": "[{}]", "rtl": "{{{}}}"}
    return "".join(around[phrase.direction].format(plain([phrase])) for phrase in block.words)


def test_every_block_is_there_in_each_language_under_the_same_number():
    source, target = read("fa"), read("en")
    assert [block.row for block in source.blocks] == [block.row for block in target.blocks] == list(range(16))
    assert [block.kind for block in target.blocks] == [block.kind for block in rich.BLOCKS]
    assert source.blocks[0].plain == "گزارش سال" != target.blocks[0].plain
    assert (target.title, target.lang, source.issuer) == (target.blocks[0].plain, "en", "[شورا]")


def test_nothing_is_lost_of_the_words_of_a_document():
    blocks = [block for block in rich.BLOCKS if not block.kind.is_grid]
    read_blocks = [block for block in read("fa").blocks if not block.lines]
    assert [block.plain.replace("\n", "\u2028") for block in read_blocks] == [block.text for block in blocks]


def test_marks_are_styles_and_links_and_a_reference_leads_to_its_note():
    paragraph = read("fa").blocks[3]
    found = {run.text: run for run in runs(paragraph.words)}
    assert found["مهم"].styles == (MarkKind.STRONG,) and found["نو"].styles == (MarkKind.EMPHASIS,)
    assert found["نشانی ما"].link == "https://example.org/a"
    assert found["۱"] == StyledRun("۱", note=14)
    assert runs(read("en").blocks[10].lines[0][2])[-1] == StyledRun("2", note=15)


def test_rows_and_cells_of_a_table_are_kept_with_its_head():
    table = read("fa").blocks[10]
    assert table.header_rows == 1
    assert [[plain(cell) for cell in line] for line in table.lines] == [
        ["شهر", "شمار کارگران", "یادداشت"],
        ["تهران", "۱۲", ""],
        ["اهواز", "۳۴", "این یادداشت بلندتر از دیگران است"],
    ]


def test_a_line_end_inside_a_block_is_one():
    assert plain(read("en").blocks[4].words).count("\n") == 1


def test_items_have_the_marker_of_their_language():
    assert [read(lang).blocks[5].marker for lang in ("fa", "en")] == ["۱-", "1."]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("این NATO است", "این [NATO] است"),
        ("تلفن ما +98 (0)21 5550 4321 است", "تلفن ما [+98 (0)21 5550 4321] است"),
        ("به info@example.org بنویسید", "به [info@example.org] بنویسید"),
        ("سال ۱۳۹۵ بود", "سال ۱۳۹۵ بود"),
    ],
)
def test_what_reads_in_the_other_direction_is_set_apart_as_a_whole(text, apart):
    assert said(text) == apart


def test_an_address_in_a_text_is_a_link():
    edition = rich.edition(blocks=(rich.block(Kind.PARAGRAPH, "به info@example.org یا https://example.org/a بنویسید"),))
    links = [run.link for run in runs(read("fa", edition).blocks[0].words) if run.link]
    assert links == ["mailto:info@example.org", "https://example.org/a"]


def test_a_link_that_leads_nowhere_safe_is_no_link():
    dangerous = rich.block(Kind.PARAGRAPH, "این نشانی است", ("نشانی", MarkKind.LINK, "javascript:alert(1)"))
    assert not any(run.link for run in runs(read("fa", rich.edition(blocks=(dangerous,))).blocks[0].words))


def test_a_paragraph_broken_at_a_fixed_width_is_one_line():
    edition = built(f"عنوان\n\n{PROSE}\nو این هم دنبالۀ آن است که می آید.", str)
    assert not any("\n" in block.plain for block in read("fa", edition).blocks)


def test_the_colophon_says_of_what_it_was_made():
    assert any("reviewed" in line for line in read("en").colophon)


def test_sentences_in_chinese_stand_without_spaces_as_they_do_on_the_page():
    made = built("عنوان\n\nمتن نخست است. متن دوم است.", lambda _: "我们不同意。")
    paragraph = read("en", made).blocks[-1]
    assert paragraph.plain == "我们不同意。我们不同意。"
    assert "我们不同意。我们不同意。" in "".join(fromstring(page.html(made, Design(), release=True)).itertext())
