import pytest

from pipeline.document.formats._lines import Losses, as_one, is_file_name, note, table
from pipeline.document.looks.shown import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.model import LINE_BREAK, Kind, Mark, MarkKind


def line(text: str, *marks: Mark, **look) -> Shown:
    return Shown(Paragraph(text, marks=marks), **look)


@pytest.mark.parametrize(
    "target",
    ["javascript:x", "file:///etc/passwd", "ftp://example.org", "https://", "https://a b", "https://[::1", "x" * 3000],
)
def test_where_a_program_or_a_file_would_open_there_is_no_link(target):
    losses = Losses()
    assert (losses.address(target), losses.links) == ("", 1)


def test_a_bookmark_in_the_document_is_no_loss():
    losses = Losses()
    assert (losses.address("#part"), losses.links) == ("", 0)


def test_paragraphs_of_a_cell_are_parted_by_line_breaks():
    text, marks = as_one([line("یک"), line(""), line("دو", Mark(0, 2, MarkKind.STRONG))])
    assert (text, marks) == ("یک\u2028دو", (Mark(2, 3, MarkKind.BREAK), Mark(3, 5, MarkKind.STRONG)))


def test_a_note_loses_the_marker_its_author_typed():
    assert note("*", [line("* واژه", Mark(2, 6, MarkKind.STRONG))]).paragraph == Paragraph(
        "واژه", Kind.NOTE, marker="*", marks=(Mark(0, 4, MarkKind.STRONG),)
    )


def test_names_in_one_row_with_lines_in_their_cells_are_rows():
    (found,) = table([[[line("دبیر"), line("کاوه")], [line("رئیس"), line("ناهید")]]], 0, is_framed=False)
    assert found.text == "دبیر\tرئیس\nکاوه\tناهید"


def test_a_first_row_in_bold_is_the_head_of_a_table_with_lines():
    rows = [[[line("نام", is_bold=True)], [line("سال", is_bold=True)]], [[line("سارا")], [line("۱۳۹۵")]]]
    (found,) = table(rows, 0, is_framed=True)
    assert found.paragraph.header_rows == 1


@pytest.mark.parametrize(
    "alternative",
    ["C:\\img\\photo 1.JPG", "file:///home/reza/x", "/home/reza/IMG_1.heic", "Macintosh HD:Users:reza:a.png", "C:\\Users\\reza\\a'b,c&d",
     "cid:image001.png@01D8.51", "\\\\office\\reza\\x", "عکس می\u200cرود (۲).jpeg"],
)  # fmt: skip
def test_names_of_files_are_no_alternative_texts(alternative):
    assert is_file_name(alternative)


@pytest.mark.parametrize(
    "alternative",
    ["WhatsApp Image 2026-11-28 at 10.22.11 (1)", "IMG_20211103_142233", "IMG-20211103-WA0004", "DSC01234", "P1010234",
     "PXL_20261128_102211.MP", "20261128_102211_edited", "PXL_20261128_102211123.PORTRAIT", "photo_2026-11-28_10-22-11", "signal-2026-11-28-102211", "20261128_102211", "image001",
     "Screenshot from 2026-11-28 10-22-11", "Screenshot_20261128-102211"],
)  # fmt: skip
def test_names_that_cameras_and_messengers_give_pictures_are_none_either(alternative):
    """Sites make them alternative texts, without the ending: they say when a picture was taken, or sent, and with what."""
    assert is_file_name(alternative)


@pytest.mark.parametrize(
    "alternative",
    ["کارگران در راه خانه", "A poster: “8 March/2016”", "حجم: ۱/۲ و ۳.۵", "Photo 1979", "Image of 12345 workers", "P1979 poster",
     "A photo of the strike on 28 November 2026 at 10.22", "Photo: 1 May 1979, Tehran", "IMG_1234, workers on strike"],
)  # fmt: skip
def test_words_are_alternative_texts(alternative):
    assert not is_file_name(alternative)


@pytest.mark.parametrize(
    ("target", "is_kept"),
    [("https://example.org/@office?a=b", True), ("mailto:office@example.org", True), ("https://reza:x@example.org/", False),
     ("https://safelinks.example/?url=x&amp;data=05%7Creza%40example.org%7C", False),
     ("https://example-my.sharepoint.com/:w:/g/personal/reza_example_org/EXyz?e=AbC", False),
     ("https://example.sharepoint.com/sites/office/call.docx", True),
     ("https://example.us1.list-manage.com/unsubscribe?u=1&id=2", False), ("https://example.org/manage-preferences/4fX9", False),
     ("https://example.org/email-profiles", True), ("https://unsubscribe.example.org/", True)],
)  # fmt: skip
def test_a_link_that_names_an_account_is_plain_words(target, is_kept):
    losses = Losses()
    assert losses.address(target) == (target if is_kept else "") and losses.links == (not is_kept)


@pytest.mark.parametrize(
    ("target", "kept"),
    [("mailto:office@example.org?cc=reza@example.org&body=x", "mailto:office@example.org"),
     ("https://example.org/a?utm_source=mail&id=3&mc_eid=8f2#part", "https://example.org/a?id=3#part"),
     ("https://example.org/a?fbclid=IwAR&gclid=x", "https://example.org/a"),
     ("https://example.org/a?access_token=s3&p=1&email=reza%40example.org", "https://example.org/a?p=1"),
     ("mailto:office@example.org,reza@example.org", "mailto:office@example.org"),
     ("https://www.linkedin.com/feed/update/urn:li:activity:1?utm_source=share&rcm=ACoAAreza", "https://www.linkedin.com/feed/update/urn:li:activity:1"),
     ("https://docs.google.com/document/d/1/edit?usp=sharing&ouid=11020&rtpof=true", "https://docs.google.com/document/d/1/edit?usp=sharing&rtpof=true"),
     ("https://example.us1.list-manage.com/track/click?u=1&id=2&e=8f2", "https://example.us1.list-manage.com/track/click?u=1&id=2"),
     ("https://mailchi.mp/abc/5?e=4d5e6f7a", "https://mailchi.mp/abc/5"),
     ("https://open.substack.com/pub/a/p/b?r=2x&ck_subscriber_id=4#part", "https://open.substack.com/pub/a/p/b#part"),
     ("https://X.com/i/status/1?T=a&s=20", "https://X.com/i/status/1"),
     ("https://example.org/?e=1&r=2&t=3&h=4&rcm=x", ""), ("https://notx.com/?t=1", ""),
     ("https://example.org/?side=left&residence=x&musi=1#utm_source=a", "")],
)  # fmt: skip
def test_a_link_does_not_say_who_followed_it(target, kept):
    losses = Losses()
    assert losses.address(target) == (kept or target)
    assert bool(losses.shortened) == bool(kept) == any("shortened" in line for line in losses.said("x"))


@pytest.mark.parametrize(("kind", "grid"), [(Kind.VERSE, Kind.VERSE), (Kind.SIGNATURE, Kind.SIGNATURES)])
def test_cells_in_a_style_that_says_what_they_are_need_no_guess(kind, grid):
    cells = [[[Shown(Paragraph(text, kind))] for text in row] for row in (("۱۲", "ب"), ("ج", "د"))]
    (found,) = table(cells, 0, is_framed=False)
    assert (found.paragraph.kind, found.text) == (grid, "۱۲\tب\nج\tد")
    (framed,) = table(cells, 0, is_framed=True)
    assert framed.paragraph.kind is Kind.TABLE


@pytest.mark.parametrize(
    ("marker", "text", "is_marked", "read"),
    [
        ("1", "1984 was a year.", False, "1984 was a year."),
        ("1", "1.5 million went.", False, "1.5 million went."),
        ("۱", "۱۳۵۸ بود.", False, "۱۳۵۸ بود."),
        ("1", "1. May was a day.", False, "May was a day."),
        ("1", "1The first", False, "The first"),
        ("1", "1 May was a day.", True, "1 May was a day."),
        ("1", " 1984", True, "1984"),
        ("1", ". Text", True, "Text"),
    ],
)
def test_figures_with_which_a_note_begins_are_text_unless_they_are_its_marker(marker, text, is_marked, read):
    assert note(marker, [line(text)], is_marked=is_marked).text == read


def test_an_item_of_a_list_keeps_its_number_in_a_cell():
    items = [Shown(Paragraph("نان", Kind.LIST_ITEM, marker="۱.", ordinal=1, marks=(Mark(0, 3, MarkKind.STRONG),)))]
    text, marks = as_one([*items, Shown(Paragraph("کار", Kind.LIST_ITEM, marker="•"))])
    assert text == f"۱. نان{LINE_BREAK}کار"
    assert Mark(3, 6, MarkKind.STRONG) in marks
