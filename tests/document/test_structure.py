from dataclasses import replace

import pytest

from benchmarks import reading
from pipeline.document.lines import Correction
from pipeline.document.structure import propose
from pipeline.languages import SHIPPED
from pipeline.languages.sections import Dates, Numbers, Reading
from pipeline.model import Kind
from tests.support.plain import PROSE

PERSIAN = SHIPPED["fa"]
DOCUMENTS = sorted(path.stem for path in reading.READING.glob("*.json"))


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_the_five_documents_are_read_as_a_person_reads_them(document_id):
    score = reading.score(document_id, corrected=True)
    assert score.kinds == 1
    assert score.f1 == 1


def test_the_rules_alone_read_nearly_all_of_it():
    scores = [reading.score(document_id, corrected=False) for document_id in DOCUMENTS]
    total = sum(scores[1:], scores[0])
    assert total.kinds >= 0.95
    assert total.f1 >= 0.99


def test_lines_that_become_one_block_keep_every_space_between():
    text = "بیانیه آغاز همکاری \t\nتعدادی از تشکل ها"
    title = propose([*text.split("\n"), "", PROSE], PERSIAN)[0]
    assert (title.kind, title.text) == (Kind.TITLE, text)


def kinds(text, corrections=()):
    return [(block.kind.value, block.first, block.last) for block in propose(text.split("\n"), PERSIAN, corrections)]


MARKED = sorted((reading.ROOT / "tests" / "cases" / "reading").glob("*.txt"))
"""Documents with the kind of each block before its first line, and nothing before the others: «heading|…», «|…»."""


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_a_document_of_another_layout_is_read_as_it_is_marked(path):
    expected, lines = [], []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        kind, _, text = line.partition("|")
        lines.append(text)
        if kind:
            expected.append([kind, number, number])
        elif text:
            expected[-1][2] = number
    found = propose(lines, SHIPPED[path.suffixes[0][1:]])
    assert [[block.kind.value, block.first, block.last] for block in found] == expected


CASES = {
    "a title over two lines": (
        f"بیانیه آغاز همکاری\nتعدادی از تشکل ها\n\n{PROSE}",
        [("title", 1, 2), ("paragraph", 4, 4)],
    ),
    "a document without a title": (f"{PROSE}\n{PROSE}", [("paragraph", 1, 1), ("paragraph", 2, 2)]),
    "a title once more is a heading": (
        f"قطعنامه نشست\n{PROSE}\nقطعنامه نشست\n{PROSE}",
        [("title", 1, 1), ("paragraph", 2, 2), ("heading", 3, 3), ("paragraph", 4, 4)],
    ),
    "Persian, Western and lettered numbers": (
        f"{PROSE}\n۱- نان\n2. کار\n3– آزادی\n{PROSE}\nالف) نان\nب) کار",
        [("paragraph", 1, 1), *[("list_item", n, n) for n in (2, 3, 4)], ("paragraph", 5, 5),
         ("list_item", 6, 6), ("list_item", 7, 7)],
    ),
    "a line that begins with a date is no list item": (f"{PROSE}\n{PROSE}\n15 مرداد روز نشست است.", [
        ("paragraph", 1, 1), ("paragraph", 2, 2), ("paragraph", 3, 3)]),
    "a lone leading dash is no bullet": (
        f"{PROSE}\n– برای ادامه کار – کمک کنید.", [("paragraph", 1, 1), ("paragraph", 2, 2)]
    ),
    "two leading dashes are bullets": (
        f"{PROSE}\n- نان و کار برای همه.\n- آزادی برای همه.", [("paragraph", 1, 1), ("list_item", 2, 2), ("list_item", 3, 3)]
    ),
    "a list without markers after a colon": (
        f"{PROSE}\nبر مبانی زیر کار می کنیم:\nدفاع از آزادی\nجدائی دین از دولت\n\nزنده باد آزادی",
        [("paragraph", 1, 1), ("paragraph", 2, 2), ("list_item", 3, 3), ("list_item", 4, 4), ("slogan", 6, 6)],
    ),
    "signatories, date and place": (
        f"{PROSE}\n\nزنده باد آزادی\n\nشورای همکاری\nاستکهلم (سوئد)- 8 تا 10 آبان 1395\n\nاسامی :\n\n- حزب یک\n- حزب دو",
        [("paragraph", 1, 1), ("slogan", 3, 3), ("signature", 5, 5), ("date", 6, 6), ("heading", 8, 8),
         ("signature", 10, 10), ("signature", 11, 11)],
    ),
    "a line of stars": (f"{PROSE}\n   *******\n{PROSE}", [("paragraph", 1, 1), ("separator", 2, 2), ("paragraph", 3, 3)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_kinds(text, expected):
    assert kinds(text) == expected


def test_a_text_broken_at_a_fixed_width_is_joined():
    words = ("این متن با عرض ثابت شکسته شده است و هر سطر آن در میانه جمله تمام می شود " * 6).split()
    lines = [" ".join(words[n : n + 12]) for n in range(0, len(words), 12)]
    lines[-1] += " پایان."
    assert kinds("\n".join(lines)) == [("paragraph", 1, len(lines))]


def test_a_correction_decides():
    text = f"{PROSE}\n{PROSE}\n{PROSE}"
    assert kinds(text, [Correction(Kind.QUOTATION, 2, 3)]) == [("paragraph", 1, 1), ("quotation", 2, 3)]


def test_markers_are_kept_apart_from_the_text():
    blocks = propose([PROSE, "۱- نان", "۲- کار"], PERSIAN)
    assert [(block.marker, block.ordinal, block.text) for block in blocks[1:]] == [("۱-", 1, "نان"), ("۲-", 2, "کار")]


def test_text_is_kept_character_for_character():
    line = "كار و زندگي  برای\u200cهمه\u00a0است؟"
    assert propose([PROSE, f"  {line}  "], PERSIAN)[1].text == line


def test_a_list_goes_on_by_one_and_a_number_that_skips_is_text():
    blocks = propose([PROSE, "۱- نان", "۲- کار", "۴- آزادی ۱۳۹۵", "۳- مسکن", PROSE], PERSIAN)
    assert [(block.kind, block.ordinal) for block in blocks if block.ordinal] == [
        (Kind.LIST_ITEM, 1),
        (Kind.LIST_ITEM, 2),
        (Kind.LIST_ITEM, 3),
    ]
    assert "۴- آزادی ۱۳۹۵" in [block.text for block in blocks]


@pytest.mark.parametrize("letters", ["الف ب پ ت ث ج چ ح خ د", "الف ب ج د هـ و ز ح ط ی"])
def test_letters_number_a_list_in_either_order(letters):
    blocks = propose([PROSE, *(f"{letter}) نان و کار" for letter in letters.split()), PROSE], PERSIAN)
    assert [block.ordinal for block in blocks] == [None, *range(1, 11), None]


def test_a_letter_out_of_either_order_is_text():
    assert kinds(f"{PROSE}\nالف) نان\nد) کار\n{PROSE}")[2][0] != "list_item"


@pytest.mark.parametrize(
    "line",
    [
        "۹ آبان‌ماه ۱۳۹۵ شمسی",
        "۹ آبان ۱۳۹۵ هجری شمسی",
        "۹ آبان ۱۳۹۵ هـ.ش.",
        "۱ ژانویۀ ۲۰۱۶",
        "۱ ژانویهٔ ۲۰۱۶",
        "۵ جون ۲۰۱۵",
    ],
)
def test_a_date_may_name_its_era_and_join_its_words(line):
    assert kinds(f"{PROSE}\n\n{line}")[1][0] == "date"


def test_a_slogan_may_be_written_with_a_joiner():
    assert kinds(f"{PROSE}\n\nزنده‌باد آزادی")[1][0] == "slogan"


CORPUS = reading.ROOT / "benchmarks" / "corpus" / "reading"


@pytest.mark.parametrize("part", ["seen", "unseen", "fresh"])
def test_documents_of_other_hands_are_read_nearly_as_their_writers_read_them(part):
    """Each part was unseen once; what was learnt from it stays learnt."""
    paths = sorted((CORPUS / part / "txt").glob("*.txt"))
    first, *others = [reading.compare(path, path.with_suffix(".json")).score for path in paths]
    total = sum(others, first)
    assert total.kinds >= 0.97
    assert total.f1 >= 0.99


OF_SCRIPTS = [
    (
        "zh",
        "码头工人联合会声明\n\n上海，2026年3月12日\n\n我们从3月1日起罢工。公司已经拖欠工资。\n\n要求：\n一、支付工资。\n二、工人复职。\n\n工人团结万岁！\n全世界无产者，联合起来！",
        ["title", "date", "paragraph", "paragraph", "list_item", "list_item", "slogan", "slogan"],
    ),
    (
        "hi",
        "मज़दूर संघ का बयान\n\nमुंबई, 12 मार्च 2026\n\nमज़दूर हड़ताल पर हैं। कंपनी चुप है।\n\nएकता ज़िंदाबाद!\nएक हो!",
        ["title", "date", "paragraph", "slogan", "slogan"],
    ),
    (
        "el",
        "Ανακοίνωση του σωματείου\n\nΠειραιάς, 12 Μαρτίου 2026\n\nΑπεργούμε από την 1η Μαρτίου. Δεν θα υποχωρήσουμε.",
        ["title", "date", "paragraph"],
    ),
    (
        "ur",
        "مزدوروں کا بیان\n\nمزدور یکم مارچ سے ہڑتال پر ہیں۔ کمپنی خاموش ہے۔\n\nہمارے مطالبات:\n۱۔ تنخواہ دی جائے۔\n۲۔ ۱۷ مزدور بحال کیے جائیں۔",
        ["title", "paragraph", "paragraph", "list_item", "list_item"],
    ),
    (
        "ka",
        "პორტის მუშაკთა განცხადება\n\nმუშაკები გაფიცულნი არიან. კომპანია დუმს.\nგაფიცვა გრძელდება.",
        ["title", "paragraph", "paragraph"],
    ),
]


@pytest.mark.parametrize(("code", "text", "kinds"), OF_SCRIPTS, ids=[code for code, *_ in OF_SCRIPTS])
def test_a_language_whose_file_says_nothing_of_reading_has_the_same_kinds_of_lines(code, text, kinds):
    words = Reading(letters=tuple("一二三四五六七八九十")) if code == "zh" else Reading()
    language = replace(SHIPPED["en"], code=code, reading=words, dates=Dates(), numbers=Numbers())
    assert [block.kind.value for block in propose(text.split("\n"), language)] == kinds
