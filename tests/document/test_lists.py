import pytest

from pipeline.document.structure import propose
from pipeline.languages import SHIPPED
from tests.support.plain import PROSE


def items(text, lang="fa"):
    blocks = propose(text.split("\n"), SHIPPED[lang])
    return [(block.marker, block.depth) for block in blocks if block.kind == "list_item"]


@pytest.mark.parametrize(
    "markers",
    [
        ["۱-", "۲-"], ["2.1.", "2.2."], ["۲٫۱.", "۲٫۲."], ["الف ـ", "ب ـ"], ["الف)", "ب)"], ["۱ـ", "۲ـ"], ["(۱)", "(۲)"], ["•", "•"],
        ["+", "+"], ["[ ]", "[x]"], ["( )", "( )"], ["i)", "ii)"], ["–", "–"], ["■", "■"],
        ["1.º", "2.º"], ["۱۔", "۲۔"], ["۱/", "۲/"], ["1.ª", "2.ª"], ["1°", "2°"],
    ],
)  # fmt: skip
def test_markers(markers):
    assert items(f"{PROSE}\nچنین:\n" + "\n".join(f"{marker} نان و کار" for marker in markers)) == [
        (marker, 1) for marker in markers
    ]


@pytest.mark.parametrize(
    ("text", "depths"),
    [
        ("الف) نان:\n   ۱- یک\n   ۲- دو\nب) کار", [1, 2, 2, 1]),
        ("۱. نان:\n- یک\n- دو\n۲. کار", [1, 2, 2, 1]),
        ("• نان\n  ◦ یک\n    ▪ دو\n• کار", [1, 2, 3, 1]),
        ("۱- نان\n" + PROSE + "\n۲- کار", [1, 1]),
        ("۱. نان:\n   [ ] بله\n   [ ] نه\n۲. کار:\n   [×] بله", [1, 2, 2, 1, 2]),
    ],
)
def test_a_list_inside_an_item_is_deeper_and_the_outer_one_goes_on(text, depths):
    assert [depth for _, depth in items(f"{PROSE}\n{text}")] == depths


@pytest.mark.parametrize("gap", ["   ", "\t", " \t "])
def test_markers_may_stand_far_before_their_texts(gap):
    text = "Requests:\n" + "\n".join(f"   {marker}{gap}to write to them;" for marker in ("i.", "ii.", "iii."))
    assert [marker for marker, _ in items(text, "en")] == ["i.", "ii.", "iii."]


def test_the_day_of_a_date_is_no_marker_nor_is_a_number_in_a_bracket_that_holds_more():
    assert items(f"{PROSE}\n\nMadrid\n1.º de mayo de 2024", "es") == []


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("de", "1. Mai, Tag der Arbeit. Die Frauen gingen auf die Straße."),
        ("de", "1. Mai 1979 war ein großer Tag für uns alle."),
        ("es", "1.º de mayo, día de lucha. Las trabajadoras salieron."),
        ("it", "1° Maggio: le operaie sono uscite e hanno parlato."),
    ],
)
def test_the_day_with_which_a_paragraph_begins_is_no_number_of_a_list(lang, line):
    assert items(f"{PROSE}\n\n{line}\n\n{PROSE}", lang) == []
    assert len(items(f"{PROSE}\n\n{line}\n2. Die Arbeit. Sie war lang.\n\n{PROSE}", lang)) == 2
    assert len(items(f"{PROSE}\n\n1. Ein Tag. Er war lang.\n\n{PROSE}", lang)) == 1
    assert all(
        not marker for marker, _ in items(f"{PROSE}\n\nTermine:\n08.03., 12 Uhr: Fest\n09.03., 19 Uhr: Film", "de")
    )
    assert items(f"{PROSE}\n\nAnna Weber\n(1. Vorsitzende des Vereins in Köln)", "de") == []


def test_a_pictograph_that_is_a_bullet_in_one_section_is_one_in_all():
    news = f"🔹 {PROSE}\n🔹 {PROSE}\n\nاهواز: گردهمایی\n\n🔹 {PROSE}\n\n🔴 {PROSE}"
    assert items(f"{PROSE}\n\n{news}") == [("🔹", 1)] * 3


def test_a_heading_of_initials_is_apart_from_the_text_that_is_set_deeper_below():
    text = "1. Minutes\n   Agreed as a record.\n\n2. Report\n   It was read.\n\n3. A.O.B.\n   None. It closed at noon."
    blocks = propose(f"Minutes\n\n{text}".split("\n"), SHIPPED["en"])
    assert [block.text for block in blocks if block.kind == "heading"] == ["1. Minutes", "2. Report", "3. A.O.B."]


def test_turns_of_a_dialogue_are_no_items():
    assert items("– چرا آمدید؟\n– آمدم که ببینم.\n– چه دیدید؟\n– هیچ ندیدم.") == []


def test_initials_are_no_markers():
    assert items(f"A. Smith wrote this long line about bread and roses and work.\n{PROSE}", "en") == []


def test_a_number_above_prose_is_that_of_a_heading():
    blocks = propose(["گزارش", "", "۱. مقدمه", PROSE, "", "۲. نتیجه", PROSE], SHIPPED["fa"])
    assert [(block.kind, block.text) for block in blocks if block.kind == "heading"] == [
        ("heading", "۱. مقدمه"),
        ("heading", "۲. نتیجه"),
    ]


def test_a_list_in_numbered_headings_does_not_take_their_numbers():
    text = f"گزارش\n\n۱. دیباچه\n{PROSE}\n۱٫ نان\n۲٫ کار\n\n۲. کارها\n{PROSE}\n۱٫ نان\n۲٫ کار\n\n۳. پایان\n{PROSE}"
    blocks = propose(text.split("\n"), SHIPPED["fa"])
    assert [block.text for block in blocks if block.kind == "heading"] == ["۱. دیباچه", "۲. کارها", "۳. پایان"]
    assert [block.marker for block in blocks if block.kind == "list_item"] == ["۱٫", "۲٫"] * 2


def test_a_degree_sign_and_a_tatweel_are_markers():
    assert items(f"Nous demandons :\n1° du pain\n2° du travail\n{PROSE}", "fr") == [("1°", 1), ("2°", 1)]
    assert items(f"{PROSE}\nچنین:\nـ نان\nـ کار. فردا نیز.") == [("ـ", 1), ("ـ", 1)]


def test_a_paragraph_that_begins_with_an_initial_keeps_all_its_lines():
    lines = [
        "A. Smith wrote to us from the prison in the north about the bread and the",
        "water and the light that never goes out, and about the cold in the winter",
        "months that he had spent there.",
    ]
    assert [block.text for block in propose(["A title", "", *lines], SHIPPED["en"])][1:] == ["\n".join(lines)]


def test_bullets_above_prose_are_those_of_headings():
    text = f"گزارش سفر\n\n◆ روز نخست\n{PROSE}\n\n◆ روز سوم\n{PROSE}"
    assert [block.text for block in propose(text.split("\n"), SHIPPED["fa"]) if block.kind == "heading"] == [
        "◆ روز نخست",
        "◆ روز سوم",
    ]


def test_letters_and_colons_number_a_list_and_the_turns_of_an_interview_do_not():
    assert items(f"{PROSE}\nچنین:\nالف: نان\nب: کار") == [("الف:", 1), ("ب:", 1)]
    assert items("Q: Why did you come?\nA: To see it with my own eyes.\nQ: And then?\nA: I stayed.", "en") == []


@pytest.mark.parametrize(
    ("markers", "lang"),
    [
        (["۱_", "۲_"], "fa"), (["۵ـ۱", "۵ـ۲"], "fa"), (["أولاً:", "ثانياً:"], "ar"), (["یکم:", "دوم:"], "fa"),
    ],
)  # fmt: skip
def test_markers_as_people_type_them(markers, lang):
    assert items("\n".join(f"{marker}  نان و کار برای همه" for marker in markers), lang) == [
        (one, 1) for one in markers
    ]


def test_a_slip_in_the_numbers_of_a_list_is_none_of_its_text():
    text = "\n".join(f"{number}. نان و کار" for number in ("۱", "۲", "۳", "۴", "۴", "۶"))
    assert [marker for marker, _ in items(f"{PROSE}\n{text}")] == ["۱.", "۲.", "۳.", "۴.", "۴.", "۶."]
    assert [marker for marker, _ in items("۱. نان\n۲. کار\n\n۴. در سال بعد")] == ["۱.", "۲."]


def test_an_ornament_on_both_sides_is_no_bullet():
    assert items(f"{PROSE}\n\n★ نان و آزادی ★\n\n{PROSE}") == []


def test_a_bare_number_above_a_day_is_that_of_a_heading():
    text = f"Minutes\n\n1 Finance\n{PROSE}\n\n2 Date of next meeting\nTuesday 8 June 2021"
    kinds = [block.kind.value for block in propose(text.split("\n"), SHIPPED["en"])]
    assert kinds == ["title", "heading", "paragraph", "heading", "date"]


def test_signs_that_take_turns_to_ask_and_to_answer_are_no_bullets():
    turns = "● از کی به چاه می‌روید؟\n\n○ از وقتی که پایش شکست.\n\n● مردان چه گفتند؟\n\n○ چه بگویند؟ خندیدند."
    assert items(f"{PROSE}\n\n{turns}\n\n{PROSE}") == []
    kinds = {block.kind.value for block in propose(f"{PROSE}\n\n{turns}".split("\n"), SHIPPED["fa"])}
    assert kinds == {"paragraph"}
    assert len(items(f"{PROSE}\nچنین:\n● نان\n○ گندم\n○ جو\n● کار\n○ مزد")) == 5


def test_letters_above_lists_and_text_are_of_headings():
    text = f"الف) ماجرا\n\n۱. {PROSE}\n\n۲. {PROSE}\n\nب) پرسش‌ها\n\n{PROSE}\n\nپ) رأی\n\nدادگاه چنین می‌گوید:\nیک – نان.\nدو – کار."
    blocks = propose(f"{PROSE}\n\n{text}".split("\n"), SHIPPED["fa"])
    assert [block.text for block in blocks if block.kind == "heading"] == ["الف) ماجرا", "ب) پرسش‌ها", "پ) رأی"]


def test_lines_counted_in_words_below_a_colon_are_items():
    text = "سه پرسش است:\nپرسش یکم: چرا مردند؟ از دود.\nپرسش دوم: چه کسی بست؟ کارفرما."
    blocks = propose(f"{PROSE}\n\n{text}".split("\n"), SHIPPED["fa"])
    assert [block.kind for block in blocks[-2:]] == ["list_item", "list_item"]


def test_a_dash_behind_the_list_inside_an_item_goes_on_with_the_list():
    assert items(f"{PROSE}\n\n- نان\n- گندم\n    * جو\n    * ارزن\n- کار") == [
        ("-", 1),
        ("-", 1),
        ("*", 2),
        ("*", 2),
        ("-", 1),
    ]


def test_numbers_above_text_numbers_and_bullets_are_of_headings():
    text = f"1. Method\n{EN}\n\n2. Findings\n2.1 Hours\n{EN}\n\n3. Advice\n* Inspect at night.\n* Count bricks."
    blocks = propose(f"Report\n\n{EN}\n\n{text}".split("\n"), SHIPPED["en"])
    assert [block.text for block in blocks if block.kind == "heading"] == [
        "1. Method",
        "2. Findings",
        "2.1 Hours",
        "3. Advice",
    ]


EN = "This is a long line of a text about bread and roses, which ends with a full stop."


def test_questions_and_answers_behind_pictographs_are_no_items():
    text = "❓ چه کسی می‌تواند؟\n✅ همهٔ اعضا می‌توانند.\n\n❓ چقدر است؟\n✅ تا ۵ میلیون تومان است."
    assert items(f"{PROSE}\n\n{text}") == []
