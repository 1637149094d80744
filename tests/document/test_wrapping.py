from pipeline.document.structure import propose
from pipeline.languages import SHIPPED
from tests.support.plain import PROSE

SENTENCE = "این متن با عرض ثابت شکسته شده است و هر سطر آن در میانه تمام می شود"


def wrapped(text, width=60, indent=""):
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append(indent)
        lines[-1] += (" " if lines[-1].strip() else "") + word
    return lines


def read(lines):
    return [(block.kind.value, block.first, block.last) for block in propose(lines, SHIPPED["fa"])]


def test_a_paragraph_ends_where_the_next_word_would_have_fitted():
    one = wrapped(f"{SENTENCE} و {SENTENCE} و {SENTENCE}.")
    assert read([*one, *one]) == [("paragraph", 1, len(one)), ("paragraph", len(one) + 1, 2 * len(one))]


def test_what_hangs_under_a_marker_belongs_to_the_item():
    items = [wrapped(f"{number}- {SENTENCE} و {SENTENCE}.", indent="   ") for number in (1, 2)]
    count = len(items[0])
    found = read([*wrapped(f"{SENTENCE} و {SENTENCE} و {SENTENCE}:"), *items[0], *items[1]])
    assert [kind for kind, *_ in found] == ["paragraph", "list_item", "list_item"]
    assert [last - first + 1 for _, first, last in found[1:]] == [count, count]


def test_lines_of_a_text_that_is_not_broken_stay_apart():
    assert read([f"{SENTENCE} {SENTENCE} {SENTENCE} {n}." for n in "abc"]) == [("paragraph", n, n) for n in (1, 2, 3)]


def test_the_lines_of_a_title_are_not_joined_as_those_of_prose_are():
    text = wrapped(f"{SENTENCE} و {SENTENCE} و {SENTENCE}.")
    title = "خبرنامهٔ انجمن دانشجویان ایرانی شهر لیون و دوستان آن انجمن"
    assert read([title, "ژانویه ۲۰۲۴", "", *text])[:2] == [("title", 1, 1), ("date", 2, 2)]


def test_how_wide_a_text_is_its_broken_lines_say_and_not_its_short_ones():
    text = wrapped(f"{SENTENCE} و {SENTENCE} و {SENTENCE}.", width=70)
    short = [line for n in range(12) for line in ("کوتاه", "")]
    found = read([*short, *text, "", f"«{SENTENCE[:50]}».", "تصویب شد."])
    assert found[-2:] == [("paragraph", 30, 30), ("paragraph", 31, 31)] or len(text) != 4


def test_one_line_that_stops_in_a_sentence_is_enough_where_the_next_ends_it():
    line = "نوزده: آغاز برنامه با درود همه انجمن ها و پس از آن پذیرایی با چای و"
    assert read(["برنامه", "", line, "شیرینی.", "", "پایان برنامه ساعت ده شب است."])[1] == ("paragraph", 3, 4)


def test_numbers_above_lines_that_are_set_deeper_head_them_where_these_had_room_beside_them():
    parts = "\n\n".join(
        f"{number}- بخش {word}\n  {PROSE}" for number, word in zip("۱۲۳", ("نان", "کار", "آب"), strict=True)
    )
    found = [
        (block.kind.value, block.first, block.last)
        for block in propose(f"{PROSE}\n\n{parts}".split("\n"), SHIPPED["fa"])
    ]
    assert found[1:] == [
        (kind, line, line) for line in (3, 6, 9) for kind, line in (("heading", line), ("paragraph", line + 1))
    ]


def test_a_rest_of_an_item_that_begins_with_and_belongs_to_it():
    text = f"{PROSE}\n\nچنین است:\nالف ـ آب آشامیدنی؛\nب ـ گرمابهٔ جدا برای زنان\nو مردان.\n\n{PROSE}"
    found = propose(text.split("\n"), SHIPPED["fa"])
    assert [(block.first, block.last) for block in found if block.kind == "list_item"] == [(4, 4), (5, 6)]


def test_a_small_letter_goes_on_behind_the_stop_of_an_abbreviation_though_its_word_would_have_fitted():
    prose = "this text was broken at a fixed width by somebody who typed each of its lines by hand and with care"
    lines = [*wrapped(f"{prose}. {prose.capitalize()}."), ""]
    hers = ["It will be held at the Casa, 9 Hope St, on Sat. 6 Nov.", "at 2 p.m. No flowers, please."]
    blocks = propose([*lines, *hers], SHIPPED["en"])
    assert [(block.first, block.last) for block in blocks][-1] == (len(lines) + 1, len(lines) + 2)
