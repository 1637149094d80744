from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.languages.sections import Punctuation, Reading
from pipeline.model import State, Unit
from pipeline.qa.checks import Context, glyphs, length, punctuation
from pipeline.termbase import Termbase
from pipeline.text import stops
from pipeline.text.segment import split

PLAIN = replace(SHIPPED["en"], reading=Reading())
"""A language whose file says only what it must."""


def written(marks, **words):
    return replace(PLAIN, punctuation=Punctuation(sentence=marks), reading=Reading(**words))


def parted(text, language=PLAIN):
    return [segment.source for segment in split(text, language)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["工会要求谈判。", "公司为什么沉默？", "罢工继续！", "“我们不走。”", "他们这样说。"],
        ["組合は交渉を求める。", "「もう黙らない！」", "委員長は語った。", "人口は1．5億。"],
        ["कंपनी चुप है।", "मज़दूर हड़ताल पर हैं॥", "वे लौटेंगे।"],
        ["Ընկերությունը լռում է։", "Ինչո՞ւ են լռում։", "Կեցցե՛ գործադուլը։"],
        ["ድርጅቱ ዝም አለ።", "ለምን ዝም አለ፧", "ትግሉ ይቀጥላል።"],
        ["လုပ်သားများ ဆန္ဒပြသည်။", "သူတို့ ပြန်မလာပါ။"],
        ["គេធ្វើកូដកម្ម។", "គេមិនត្រឡប់ទេ។"],
        ["ხელფასი არ გადაიხადეს.", "რატომ დუმს კომპანია?", "გაფიცვა გრძელდება."],
        ["Γιατί σιωπούν\u037e", "Δεν ξέρουμε."],
    ],
)
@pytest.mark.parametrize("space", ["", " "])
def test_sentences_end_in_every_script(sentences, space):
    if not space and sentences[0][-1] == ".":
        return  # a full stop without a space may stand inside a name
    assert parted(space.join(sentences)) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "详见第3.2条，人口1.5亿。",
        "会場は東京（渋谷区。詳細は後日。）である。",
        "他说：“走。”，然后走了。",
        "‘去。’、‘不去。’",
    ],
)
def test_a_stop_inside_a_number_or_in_brackets_or_before_a_comma_ends_nothing(text):
    assert parted(text) == [text]


def test_a_mark_of_one_language_ends_its_sentences_and_no_others():
    greek, text = written(".;!:·"), "Γιατί σιωπά η εταιρεία; Θέλουμε ψωμί· δουλειά· ελευθερία."
    assert parted(text, greek) == ["Γιατί σιωπά η εταιρεία;", "Θέλουμε ψωμί· δουλειά· ελευθερία."]
    assert parted("One; two. Three.") == ["One; two.", "Three."]
    assert parted("Στις 10;30 ήρθαν.", greek) == ["Στις 10;30 ήρθαν."]


def test_what_a_language_has_for_a_colon_ends_no_sentence():
    text = "Նա ասաց. «Մենք չենք հանձնվի»։ Հետո գնաց։"
    assert parted(text, written("։՞՜.՝")) == ["Նա ասաց. «Մենք չենք հանձնվի»։", "Հետո գնաց։"]


def test_what_goes_on_behind_a_closing_mark_the_file_says():
    text = "「これは詐欺だ！」と委員長は述べた。会社は黙った。"
    assert parted(text, written("。？！：；", continuing=("と*",))) == [
        "「これは詐欺だ！」と委員長は述べた。",
        "会社は黙った。",
    ]


def test_a_sign_inside_a_hebrew_word_is_no_quotation_mark():
    text = 'עו"ד כהן אמר: "לא ניכנע." האסיפה מחר. מנכ"ל צה"ל. הוא שתק.'
    assert parted(text) == ['עו"ד כהן אמר: "לא ניכנע."', "האסיפה מחר.", 'מנכ"ל צה"ל.', "הוא שתק."]


@pytest.mark.parametrize("text", ["Долг 5 тыс. руб. с человека.", "Χρέος 5 χιλ. ευρώ τον μήνα."])
def test_a_number_and_its_unit_are_one_sentence_in_every_script_with_capitals(text):
    assert parted(text, written(".?!:;", abbreviations=("тыс", "руб", "χιλ"))) == [text]


def test_a_word_that_ends_in_a_vowel_sign_or_in_one_letter_behind_it_is_no_initial():
    assert parted("सब मज़दूर. वे लौटेंगे.") == ["सब मज़दूर.", "वे लौटेंगे."]


def findings(check, source, target, language):
    unit = Unit("paragraph", source, target, State.TRANSLATED)
    return [one.message for one in check(unit, Context(SHIPPED["en"], language, Termbase((), SHIPPED["en"], language)))]


def test_a_question_in_armenian_has_its_mark_inside_a_word():
    armenian = written("։՞՜.՝")
    assert not findings(punctuation.check, "Why is it silent?", "Ինչո՞ւ է լռում։", armenian)
    assert findings(punctuation.check, "Why is it silent?", "Նա լռում է։", armenian)


def test_a_sentence_in_chinese_or_hindi_is_not_too_short():
    source = "The dockers have been on strike since the first of March, and the company is silent."
    assert not findings(length.check, source, "码头工人从三月一日起罢工，而公司保持沉默。", PLAIN)
    assert not findings(length.check, source, "मज़दूर पहली मार्च से हड़ताल पर हैं और कंपनी चुप है।", PLAIN)
    assert findings(length.check, source, "公司沉默。", PLAIN)


def test_a_script_that_no_font_has_is_told_once_a_sentence():
    context = Context(SHIPPED["en"], PLAIN, Termbase((), SHIPPED["en"], PLAIN), shown=frozenset("abc"))
    many, few = (Unit("paragraph", "abc", target, State.TRANSLATED) for target in ("码头工人罢了", "码头"))
    (told,) = glyphs.check(many, context)
    assert told.message.endswith("and 5 others: name fonts of their script in [theme]")
    assert len(list(glyphs.check(few, context))) == 2


def test_no_mark_is_a_stop_and_a_halt():
    assert not {*stops.ENDS} & {*stops.HALTS}
    assert {*stops.QUIET} == {*stops.ENDS} - {*stops.SHOUTS, *stops.BOTH}


@pytest.mark.parametrize("sentence", ["好。", "他说：「好。」", "好吗？", "**好。**", "好。{1}", "电话："])
def test_behind_a_wide_stop_no_space_parts_a_translation_from_the_next_sentence(sentence):
    assert stops.gap(sentence) == ""


@pytest.mark.parametrize("sentence", ["Yes.", "نه.", "हाँ।", "好", "አዎ።"])
def test_behind_any_other_a_space_does(sentence):
    assert stops.gap(sentence) == " "
