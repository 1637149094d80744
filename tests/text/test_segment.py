import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import SHIPPED
from pipeline.model import Kind
from pipeline.text.segment import split
from tests.conftest import CASES

PERSIAN = SHIPPED["fa"]


def cases():
    text = (CASES / "segment.txt").read_text("utf-8")
    found = [case.split("\n") for case in text.split("\n", 1)[1].strip().split("\n\n")]
    return [pytest.param(source, sentences, id=title) for title, source, *sentences in found]


@pytest.mark.parametrize(("text", "sentences"), cases())
def test_sentences_end_where_the_rule_says(text, sentences):
    assert [segment.source for segment in split(text, PERSIAN)] == sentences


LETTERS = st.text('آبپکيك ه\u200c\u00a0۱2.!?؟…:؛،«»"()-–—\n\r\t@ a/زنده باد', max_size=80)


@given(st.one_of(st.text(max_size=200), LETTERS), st.sampled_from(Kind))
def test_segments_joined_give_the_block_back(text, kind):
    assert "".join(segment.source + segment.tail for segment in split(text, PERSIAN, kind)) == text


@given(LETTERS)
def test_a_sentence_is_never_white_space_alone_unless_the_block_is(text):
    assert all(segment.source.strip() for segment in split(text, PERSIAN)) or not text.strip()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("زنده باد آزادی     زنده باد سوسیالیسم", ["زنده باد آزادی", "زنده باد سوسیالیسم"]),
        ("سرنگون باد رژیم – زنده باد آزادی", ["سرنگون باد رژیم", "زنده باد آزادی"]),
        ("زنده باد آزادی، زنده باد سوسیالیسم", ["زنده باد آزادی، زنده باد سوسیالیسم"]),
        ("زنده باد همبستگی چپ – شیکاگو", ["زنده باد همبستگی چپ – شیکاگو"]),
    ],
)
def test_two_slogans_on_one_line_are_two_sentences(text, parts):
    assert [segment.source for segment in split(text, PERSIAN, Kind.SLOGAN)] == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ایمیل آدرس، برای تماس :  a.b@example.org", ["ایمیل آدرس، برای تماس :", "a.b@example.org"]),
        ("a@example.org\n\nای – میل :", ["a@example.org", "ای – میل :"]),
        ("تلفن:۵۱۴-۲۵۸", ["تلفن:", "۵۱۴-۲۵۸"]),
        ("سایت: https://example.org/a:b", ["سایت:", "https://example.org/a:b"]),
        ("حساب بانکی : رویال بانک کانادا", ["حساب بانکی : رویال بانک کانادا"]),
    ],
)
def test_label_and_value_of_a_contact_are_two_units(text, parts):
    assert [segment.source for segment in split(text, PERSIAN, Kind.CONTACT)] == parts
