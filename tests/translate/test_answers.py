"""What engines say besides a translation, or instead of it."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.translate import answers, drafting
from pipeline.translate.cache import DraftCache
from pipeline.translate.drafting import Route
from tests.translate.test_drafting import Engine

SOURCE = "کارگران هرگز تسلیم نمی‌شوند."
WANTED = "Workers never give in."
FA, EN, FR = (SHIPPED[code] for code in ("fa", "en", "fr"))
SPOKEN = (FA, EN, FR)


def cleaned(said, source, spoken=SPOKEN):
    return answers.cleaned(said, source, spoken)


@pytest.mark.parametrize(
    "said",
    [
        WANTED,
        f"<think>Let me see. The user wants…</think>\n\n{WANTED}",
        f"<think></think>{WANTED}",
        f"Okay, the user wants a translation.\n</think>\n\n{WANTED}",
        f"<THINKING>a</THINKING> <reasoning>b</reasoning>{WANTED}",
        f"Here is the translation:\n\n{WANTED}",
        f"Here's the English translation of the sentence: {WANTED}",
        f"Sure! The translation is:\n“{WANTED}”",
        f"**Translation:** {WANTED}",
        f"Voici la traduction : {WANTED}",
        f"ترجمه: {WANTED}",
        f"English: {WANTED}",
        f'"{WANTED}"',
        f"« {WANTED} »",
        f"**“{WANTED}”**",
        f"```\n{WANTED}\n```",
        f"{WANTED}\n\nNote: “give in” could also be “surrender”.",
        f"{WANTED}\n\n(Note that the tense is present: I kept it.)",
    ],
)
def test_the_translation_is_found_in_what_surrounds_it(said):
    assert cleaned(said, SOURCE) == WANTED


@pytest.mark.parametrize(
    "said",
    [
        f"<analysis>The user wants…</analysis>{WANTED}",
        f"◁think▷Let me see.◁/think▷{WANTED}",
        f"<|channel|>analysis<|message|>We need a translation.<|end|><|start|>assistant<|channel|>final<|message|>{WANTED}",
        f"{WANTED}<|im_end|>",
    ],
)
def test_models_mark_their_reasoning_in_several_ways(said):
    assert cleaned(said, SOURCE) == WANTED


@pytest.mark.parametrize(
    ("code", "opening", "note"),
    [
        ("ar", "إليك الترجمة:", "ملاحظة: كلمة"),
        ("az", "Budur tərcümə:", "Qeyd: söz"),
        ("ckb", "ئەمە وەرگێڕانەکەیە:", "تێبینی: وشە"),
        ("de", "Hier ist die Übersetzung:", "(Hinweis: wörtlich)"),
        ("es", "Aquí está la traducción:", "Nota: literal"),
        ("fa", "این هم ترجمۀ جمله:", "توضیح: واژه"),
        ("fr", "Voici la traduction :", "Remarque : littéral"),
        ("it", "Ecco la traduzione:", "Nota: letterale"),
        ("ku", "Werger:", "Têbinî: peyv"),
        ("sv", "Här är översättningen:", "Anmärkning: ord"),
        ("tr", "İşte çeviri:", "Açıklama: kelime"),
    ],
)
def test_an_opening_and_a_note_are_known_in_each_language_that_is_shipped(code, opening, note):
    spoken = (SHIPPED[code], EN)
    assert cleaned(f"{opening}\n“{WANTED}”\n\n{note}", SOURCE, spoken) == WANTED
    assert cleaned(f"{SHIPPED[code].english_name}: {WANTED}", SOURCE, spoken) == WANTED


def test_every_shipped_language_says_how_models_speak_in_it():
    assert [code for code in SHIPPED if not SHIPPED[code].answers.translating] == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("خواست‌های ما: آزادی و نان.", "Here are our demands: freedom and bread."),
        ("ترجمهٔ اسناد: کاری برای همه", "Translation of documents: work for all"),
        ("«آزادی، برابری»", "“Freedom, equality”"),
        ("انگلیسی: سه نسخه", "English: three copies"),
        ("یادداشت: این متن کوتاه است", "Note: this text is short"),
        ("گفت «بله» و «نه»", "“Yes” and “no”"),
    ],
)
def test_what_the_source_has_too_is_kept(source, text):
    assert cleaned(text, source) == text


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("never " * 80, "it repeats itself over and over"),
        ("They never give in, they never give in, they never give in, they never give in.", "it repeats itself over and over"),
        ("<think>The user wants me to translate this", "it holds reasoning instead of a translation"),
        ("<|assistant|> Workers never give in.", "it holds reasoning instead of a translation"),
        ("♪", "it has no letter in it"), ("_", "it has no letter in it"), ("… 12", "it has no letter in it"),
        ("<think>hm</think>", "it came back empty"), (" ", "it came back empty"),
    ],
)  # fmt: skip
def test_what_is_no_translation_is_no_draft_from_any_engine(said, problem):
    """Above the engines: one that somebody else writes is held to it, too."""
    engine = Engine(does=lambda text: said)
    (draft,) = drafting.draft([SOURCE], Route((("fa", "en"),), (engine,)), cache=DraftCache(None)).values()
    assert (draft.text, draft.problem) == ("", problem)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("No, no, no!", "نه!"),
        ("Bread, bread, bread!", "نان، نان، نان!"),
        ("Long live, long live, long live!", "زنده باد، زنده باد، زنده باد!"),
        ("step by step and little by little and bit by bit", "گام به گام و کم کم و ذره ذره"),
        ("1, 2, 3, 4, 5, 6, 7, 8, 9", "۱، ۲، ۳"),
    ],
)
def test_what_people_repeat_is_no_loop(text, source):
    assert not answers.is_loop(text, source)


def test_a_loop_in_the_language_between_is_seen(tmp_path):
    engines = (Engine(does=lambda text: "never " * 9), Engine("en→fr 1", does=lambda text: "Ils ne cèdent jamais."))
    way = Route((("fa", "en"), ("en", "fr")), engines)
    (draft,) = drafting.draft([SOURCE], way, cache=DraftCache(None)).values()
    assert draft.problem == "it repeats itself over and over"


@pytest.mark.parametrize(
    "said", ["<think>" * 50_000, "</think>" * 50_000, "\n" * 100_000, '"' * 100_000, "a: " * 50_000]
)
def test_an_endless_answer_is_read_in_one_go(said):
    answers.failure(cleaned(said, SOURCE), SOURCE)


def test_what_no_text_has_is_taken_out_of_an_answer():
    said = "The\0 \x1b]0;title\x07council\ud800 \x9b2Jmet.\x85"
    assert cleaned(said, "شورا نشست.") == "The ]0;titlecouncil 2Jmet."


@pytest.mark.parametrize(
    "offer",
    [
        "\n\nLet me know if you need any changes.",
        " Let me know if you’d like another version!",
        "\n\nN’hésitez pas à me dire si vous voulez une autre version.",
        "\nI hope this translation helps.",
    ],
)
def test_an_offer_of_more_help_is_taken_away(offer):
    spoken = (SHIPPED["fa"], SHIPPED["en"], SHIPPED["fr"])
    assert cleaned(f"The strike goes on.{offer}", "اعتصاب ادامه دارد.", spoken) == "The strike goes on."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("لطفاً به من خبر دهید که می‌آیید یا نه.", "Please let me know if you are coming."),
        ("جلسه شنبه است. خبر دهید که می‌آیید.", "The meeting is on Saturday. Let me know if you are coming."),
    ],
)
def test_what_the_source_asks_for_stays(source, target):
    assert cleaned(target, source, (SHIPPED["fa"], SHIPPED["en"])) == target
