"""What templates show of a text."""

import json
from dataclasses import replace

from pipeline.model import Kind
from pipeline.publication import Standing
from pipeline.publication.site import views
from tests.support import rich
from tests.support.published import PUBLISHER, published


def test_a_title_of_the_editors_is_in_brackets_and_none_is_the_id():
    one = published("en")
    assert views.title(replace(one, text=replace(one.text, title=" a\n b ", title_is_editorial=True))) == "[a b]"
    assert views.title(replace(one, text=replace(one.text, title=""))) == "report"


def test_metadata_ends_no_script_and_says_the_same():
    said = {"name": "</script><!-- \u2028 & ]]>"}
    written = views.metadata(replace(published("en"), metadata=json.dumps(said, ensure_ascii=False)))
    assert json.loads(written) == said and not {"<", ">", "&", "\u2028"} & set(written)


def test_nothing_of_a_withdrawn_text_describes_it():
    assert views.description(published("en", standing=Standing.WITHDRAWN)) == ""
    assert views.description(published("en")).startswith("ain mtn mhm")


def test_a_long_text_has_a_table_of_contents():
    headings = [rich.block(Kind.HEADING, f"بخش {number}", level=2) for number in range(4)]
    one = published("fa", rich.edition(blocks=(rich.BLOCKS[0], *headings)))
    assert [anchor.title for anchor in views.contents(one)] == ["بخش 0", "بخش 1", "بخش 2", "بخش 3"]
    assert views.contents(published("en")) == ()


def test_files_are_called_by_their_formats():
    files = {"txt": "a.txt", "docx-both": "a b.docx", "pdf": "a.pdf", "new": "a.new"}
    found = views.downloads(replace(published("fr"), formats=files), PUBLISHER)
    assert [(one.title, one.href) for one in found] == [
        ("PDF", "a.pdf"), ("TXT", "a.txt"), ("Word (DOCX) – Français et persan côte à côte", "a%20b.docx"), ("NEW", "a.new"),
    ]  # fmt: skip


def test_a_picture_that_is_not_there_is_said_in_words():
    blocks = (replace(rich.block(Kind.IMAGE, "عکس"), picture="ab12"),)
    one = published("fa", rich.edition(blocks=blocks))
    assert "<img" not in views.article_html([one.text], one, PUBLISHER) and "عکس" in views.article_html(
        [one.text], one, PUBLISHER
    )
    one = replace(one, pictures={"ab12": b"\xff\xd8\xff..."})
    assert '<img src="picture-1.jpg" alt="عکس">' in views.article_html([one.text], one, PUBLISHER)


def test_tables_scroll_where_there_is_no_room():
    html = views.article_html([published("en").text], published("en"), PUBLISHER)
    assert '<div class="scroll" role="group" tabindex="0"><table' in html
