import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import SHIPPED
from pipeline.model import Kind, Segment
from pipeline.text.segment import addresses, slogan, split, without_addresses
from tests.conftest import CASES

PERSIAN = SHIPPED["fa"]


def cases():
    for code, path in [
        ("fa", CASES / "segment.txt"),
        *((one.suffixes[0][1:], one) for one in CASES.glob("segment.*.txt")),
    ]:
        found = [case.split("\n") for case in path.read_text("utf-8").split("\n", 1)[1].strip().split("\n\n")]
        yield from (pytest.param(code, source, ends, id=f"{code}: {title}") for title, source, *ends in found)


@pytest.mark.parametrize(("code", "text", "sentences"), list(cases()))
def test_sentences_end_where_the_rule_says(code, text, sentences):
    assert [segment.source for segment in split(text, SHIPPED[code])] == sentences


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
        ("حساب بانکی : رویال بانک کانادا", ["حساب بانکی :", "رویال بانک کانادا"]),
        ("ስልክ፦ +251 11 555 0123", ["ስልክ፦", "+251 11 555 0123"]),
        ("电话：+86 21 5550 4321", ["电话：", "+86 21 5550 4321"]),
        ("تلگرام: @kanun\u2028ایمیل: a@example.org", ["تلگرام:", "@kanun", "ایمیل:", "a@example.org"]),
    ],
)
def test_label_and_value_of_a_contact_are_two_units(text, parts):
    assert [segment.source for segment in split(text, PERSIAN, Kind.CONTACT)] == parts


ADDRESSES = [
    "https://example.org/a.b?c=d", "http://مثال.example/راه", "www.example.org/x", "first.last+x@mail.example.org",
    "a-b@c-d.example", "example.org", "EXAMPLE.COM", "sub.example.net", "bücher.de", "example.co.uk", "https://localhost/x",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_found_whole_and_may_be_taken_out(address):
    text = f"به {address} و «{address}»، بنویسید"
    assert [found[0] for found in addresses(text)] == [address, address]
    assert without_addresses(text) == "به   و « »، بنویسید"


@pytest.mark.parametrize(
    "text", ["", "بی نشانی", "Dr. Smith", "3.5", "a@b", "کرد.بحرانی", "x.orgy", "Node.js", "@example"]
)
def test_what_is_no_address_stays(text):
    assert addresses(text) == [] and without_addresses(text) == text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("به a.b@example.org. بنویسید.", ["به a.b@example.org.", "بنویسید."]),
        ("a.b@example.org آمد. و www.example.org/a.b رفت. تمام", ["a.b@example.org آمد.", "و www.example.org/a.b رفت.", "تمام"]),
        ("به https://example.org/a?b=c!d بروید. بمانید", ["به https://example.org/a?b=c!d بروید.", "بمانید"]),
        ("به https://example.org/a.b/ نروید. بمانید", ["به https://example.org/a.b/ نروید.", "بمانید"]),
    ],
)  # fmt: skip
def test_no_sentence_ends_inside_an_address_and_every_one_ends_behind_it(text, sentences):
    assert [segment.source for segment in split(text, PERSIAN)] == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Die Straße.Über uns. Ende", ["Die Straße.Über uns.", "Ende"]),
        ("اکتبر3.5 است. تمام", ["اکتبر3.5 است.", "تمام"]),
        ("آمد .1 رفت", ["آمد .", "1 رفت"]),
        ("1.a و ۲.۳ و x.y آمد", ["1.a و ۲.۳ و x.y آمد"]),
        ("گفت «نه.»» رفت", ["گفت «نه.»»", "رفت"]),
        ('گفت "نه." رفت', ['گفت "نه."', "رفت"]),
        ('گفت نه. "آری" رفت', ["گفت نه.", '"آری" رفت']),
        ('نه."آری" رفت', ["نه.", '"آری" رفت']),
        ("واقعا…؟ بله", ["واقعا…؟", "بله"]),
        ("آمد.. رفت", ["آمد.. رفت"]),
        ("آمد! ، رفت", ["آمد! ، رفت"]),
        ("(12. کار", ["(12. کار"]),
        ("آمد: (12. کار. تمام", ["آمد: (12. کار.", "تمام"]),
        ("آمد. 123. کار", ["آمد.", "123. کار"]),
        ("آمد. 1234. کار", ["آمد.", "1234.", "کار"]),
        ("آمد\n7. کار", ["آمد\n7. کار"]),
        ("نفر 7. کار", ["نفر 7.", "کار"]),
        ("  آمد.  رفت.  ", ["  آمد.", "رفت."]),
    ],
)
def test_a_full_stop_ends_a_sentence_unless_it_belongs_to_something(text, sentences):
    assert [segment.source for segment in split(text, PERSIAN)] == sentences


def test_white_space_belongs_to_the_sentence_before_it_and_at_first_to_the_first():
    assert split(" آمد. \n رفت. ", PERSIAN) == (Segment(" آمد.", " \n "), Segment("رفت.", " "))
    assert split(" \n", PERSIAN) == (Segment(" \n", ""),) and split("", PERSIAN) == ()


def test_a_separator_is_one_piece_whatever_stands_in_it():
    assert split("* . * ! *", PERSIAN, Kind.SEPARATOR) == (Segment("* . * ! *", ""),)


def test_between_slogans_the_dash_belongs_to_neither():
    assert split("زنده باد آزادی  –  زنده باد نان", PERSIAN, Kind.SLOGAN) == (
        Segment("زنده باد آزادی", "  –  "),
        Segment("زنده باد نان", ""),
    )
    assert [one.source for one in split("زنده باد آزادی! نان.", PERSIAN, Kind.SLOGAN)] == ["زنده باد آزادی!", "نان."]
    assert [one.source for one in split("زنده باد آزادی – زنده باد نان", PERSIAN)] == ["زنده باد آزادی – زنده باد نان"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请写信至beian@example.org，谢谢", ["beian@example.org"]),
        ("メールkawabe@example.jpでお寄せください", ["kawabe@example.jp"]),
        ("网址：https://example.org/a。电话", ["https://example.org/a"]),
        ("写信至用户@例子.公司", ["写信至用户@例子.公司"]),
        ("به müller@bücher.de بنویسید", ["müller@bücher.de"]),
    ],
)
def test_an_address_ends_where_chinese_or_japanese_begins(text, found):
    assert [one[0] for one in addresses(text)] == found


def test_a_slogan_is_known_by_how_it_begins():
    assert slogan(PERSIAN).search("«زنده باد آزادی") and not slogan(PERSIAN).search("گفتند زنده باد آزادی")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("نشانی  a@example.org", ["نشانی", "a@example.org"]),
        ("تلفن: +49 30", ["تلفن:", "+49 30"]),
        ("تلفن: (030) 12", ["تلفن:", "(030) 12"]),
        ("ساعت 3:15", ["ساعت 3:15"]),
        ("یک\nدو", ["یک", "دو"]),
        ("نشانی: خیابان 3", ["نشانی:", "خیابان 3"]),
        (
            "شماره: ۹۹/۳۱۷        تاریخ: ۲۲/۲/۱۴۰۳        پیوست: ندارد",
            ["شماره:", "۹۹/۳۱۷", "تاریخ:", "۲۲/۲/۱۴۰۳", "پیوست:", "ندارد"],
        ),
    ],
)
def test_a_contact_is_divided_at_its_values_and_lines(text, parts):
    assert [segment.source for segment in split(text, PERSIAN, Kind.CONTACT)] == parts


def test_swedish_quotation_marks_beside_english_ones_are_not_turned():
    text = "Han sade ”Hej. Nu går vi.” Sedan sade hon “Yes. Now go.” Det var allt."
    assert "Nu går vi.”" in [one.source for one in split(text, SHIPPED["sv"])]
