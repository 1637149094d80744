import pytest

from pipeline.document.formats import _breaks
from pipeline.document.looks.shown import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.document.runs import Wording
from pipeline.model import LINE_BREAK, Kind, Mark, MarkKind

LONG = "این جمله چنان دراز است که جز بندی از یک متن نمی‌تواند باشد و از صد و بیست نویسه می‌گذرد تا کسی آن را سطری از یک شعر نپندارد."


def worded(*runs: str) -> Wording:
    wording = Wording()
    for run in runs:
        kinds = [MarkKind.STRONG] if run.startswith("*") else []
        wording.add(run.removeprefix("*"), kinds)
    return wording


B = LINE_BREAK


@pytest.mark.parametrize(
    ("runs", "paragraphs"),
    [
        (["یک", B, "دو"], [f"یک{B}دو"]),
        (["یک", B, " ", B, "دو", B, B, B, "سه"], ["یک", "دو", "سه"]),
        (["- چه گفت؟", B, "– هیچ.", B, "— همین؟"], ["- چه گفت؟", "– هیچ.", "— همین؟"]),
        (["۱- نان", B, "۲- کار"], ["۱- نان", "۲- کار"]),
        (["خواست‌ها:", B, "1) نان", B, "2) کار"], ["خواست‌ها:", "1) نان", "2) کار"]),
        (["*خواست‌ها", B, "۱ - نان", B, "۲ - کار"], ["خواست‌ها", "۱ - نان", "۲ - کار"]),
        (["*خواست‌ها", B, "متن", B, "متن"], ["خواست‌ها", f"متن{B}متن"]),
        (["*نان!", B, "*کار!"], ["نان!", "کار!"]),
        (["*نان", B, "*کار"], [f"نان{B}کار"]),
        (["Box 1, Oslo", B, "تلفن: ۰۲۱", B, "a@example.org"], ["Box 1, Oslo", "تلفن: ۰۲۱", "a@example.org"]),
        (["تلفن: ۰۲۱", B, "a@example.org"], [f"تلفن: ۰۲۱{B}a@example.org"]),
        (["خواست‌ها", B, "۱- نان", B, "۲- کار"], [f"خواست‌ها{B}۱- نان{B}۲- کار"]),
        (["12.5 تن", B, "13.5 تن"], [f"12.5 تن{B}13.5 تن"]),
        ([LONG, B, LONG], [LONG, LONG]),
        ([LONG, B, "کوتاه"], [f"{LONG}{B}کوتاه"]),
        ([B, B], [""] * 2),
    ],
)
def test_line_breaks_part_paragraphs_where_two_stand_together_or_each_line_is_one(runs, paragraphs):
    assert [text for _, text, _ in _breaks.parted(worded(*runs))] == paragraphs


def test_every_part_keeps_its_own_marks():
    parts = [part[1:] for part in _breaks.parted(worded("الف ", "*ب", B, B, "*ج", " د", B, B, "ه"))]
    assert parts == [
        ("الف ب", (Mark(4, 5, MarkKind.STRONG),)),
        ("ج د", (Mark(0, 1, MarkKind.STRONG),)),
        ("ه", ()),
    ]


def test_a_note_at_the_end_of_a_line_stays_there():
    wording = worded("یک")
    wording.place(MarkKind.NOTE, "1")
    for run in (B, B, "دو"):
        wording.add(run)
    assert [marks for _, _, marks in _breaks.parted(wording)] == [(Mark(2, 2, MarkKind.NOTE, "1"),), ()]


def shown(text: str, *marks: Mark, kind: Kind | None = None) -> Shown:
    return Shown(Paragraph(text, kind, marks=marks))


def test_names_below_the_text_stand_on_lines_of_their_own():
    breaks = Mark(12, 13, MarkKind.BREAK)
    lines = _breaks.signed([shown(f"{LONG}"), shown(f"کانون معلمان{B}سندیکا", breaks, Mark(0, 19, MarkKind.STRONG))])
    assert [line.text for line in lines] == [LONG, "کانون معلمان", "سندیکا"]
    assert [line.paragraph.marks for line in lines[1:]] == [
        (Mark(0, 12, MarkKind.STRONG),),
        (Mark(0, 6, MarkKind.STRONG),),
    ]


@pytest.mark.parametrize("text", [f"تلفن 12{B}نشانی", f"a@b.c{B}نام", f"نام، سمت{B}نام"])
def test_addresses_below_the_text_stay_together(text):
    assert [line.text for line in _breaks.signed([shown(LONG), shown(text)])] == [LONG, text]


@pytest.mark.parametrize(
    ("lines", "is_verse"),
    [
        (["دست در دست هم ای رنجبران", "نان ز خون دل ما می‌پزند", "سفره خالی‌ست ولی سینه پر است", "از امیدی که به فردا دارند"], True),
        (["یک", "دو", "سه"], False),
        (["نام: الف", "تلفن: ب", "نشانی: ج", "تاریخ: د"], False),
        (["این یک جمله است.", "این دیگری است.", "این سومی است.", "این هم یکی."], False),
        (["الف", "سطری که از همه آن‌های دیگر بسیار بلندتر است", "ب", "ج"], False),
    ],
)  # fmt: skip
def test_a_stanza_is_short_lines_of_like_length(lines, is_verse):
    assert _breaks.is_verse(B.join(lines)) is is_verse
