import pytest

from pipeline.languages import SHIPPED
from pipeline.text import wordkeys, wordquery
from pipeline.text.wordquery import MOST_IN_A_PHRASE

PERSIAN = wordkeys.affixes(SHIPPED["fa"])


def found(typed, text, affixes=PERSIAN):
    """Return what each of the terms that were typed stands in."""
    terms = wordquery.read(typed, [PERSIAN])
    words = wordkeys.placed(text, affixes)
    return [[text[start:end] for start, end in wordquery.places(term, words)] for term in terms]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("میشود", "می شود"), ("می شود", "می‌شود"), ("می‌شود", "میشود"), ("شود", "می‌شود"), ("نرم افزار", "نرم‌افزار"),
        ("کتاب‌ها", "کتابها"), ("État", "l’etat"), ("1395", "سال ۱۳۹۵"), ("كتاب", "کتابِ"), ("General Strike", "a general strike."),
    ],
)  # fmt: skip
def test_a_word_or_phrase_is_found_however_it_is_written(typed, text):
    assert found([typed], text)[0]


def test_a_phrase_is_found_in_a_row_alone():
    assert found(["general strike"], "a strike in general, a general  Strike!") == [["general  Strike"]]
    assert found(['"general strike" oil'], "oil strike") == [[], ["oil"]]


def test_a_beginning_is_found_in_words_and_at_the_end_of_a_phrase():
    assert found(["strik*"], "strike, striking, a hunger-strike, Streik") == [["strike", "striking", "hunger-strike"]]
    assert found(['"general stri"*'], "general striking, general election") == [["general striking"]]
    assert found(["«general stri»*"], "general striking") == [["general striking"]]


def test_two_words_may_stand_as_one():
    assert found(["نرم", "افزار"], "نرمافزار نو") == [["نرمافزار"], ["نرمافزار"]]


@pytest.mark.parametrize("typed", [[], [""], ["؟!"], ['""'], ["*"], ['"'], ["« »"]])
def test_what_has_no_word_looks_for_nothing(typed):
    assert wordquery.read(typed) == ()


def test_marks_of_query_languages_are_no_more_than_marks():
    (one, two, three) = wordquery.read(["NOT", "a-b", "title:x"])
    assert one.forms[0] == ("not",) and ("a", "b") in two.forms and ("title", "x") in three.forms


def test_a_phrase_is_not_longer_than_can_be_asked():
    (term,) = wordquery.read([" ".join(f"w{n}" for n in range(100))])
    assert max(map(len, term.forms)) == MOST_IN_A_PHRASE
