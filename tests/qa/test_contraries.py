"""What is said is not its contrary, and what is denied may be."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Unit
from pipeline.qa import checks
from pipeline.qa.checks import _contraries

CONTEXT = checks.context(SHIPPED["fa"], SHIPPED["en"], [], [])


def messages(source, target):
    return [finding.message for finding in _contraries.faults(Unit("paragraph", source, target), CONTEXT)]


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("اینترنت در سه استان قطع شد.", "The internet was cut off in three provinces.", "The internet was restored in three provinces."),
        ("با وجود وعده‌ها مزدی نپرداختند.", "Despite the promises they paid no wages.", "Thanks to the promises they paid no wages."),
        ("خانه‌های روستا را فروختند.", "They sold the houses of the village.", "They bought the houses of the village."),
        ("هیئت داوری شکایت او را وارد دانست.", "The board upheld her complaint.", "The board dismissed her complaint."),
        ("او از دیگران جوان‌تر بود.", "She was more youthful than the others.", "She was less young than the others."),
    ],
)  # fmt: skip
def test_a_contrary_is_told(source, right, wrong):
    assert messages(source, right) == []
    assert len(messages(source, wrong)) == 1


def test_a_contrary_is_none_where_the_source_says_both():
    source = "پیشنهاد اول پذیرفته شد و دومی را رد کردند."
    assert messages(source, "The first motion was adopted and the second rejected.") == []
    assert messages(source, "The second motion was rejected; of the first we hear nothing.") == []


def test_as_often_as_it_stands_in_the_source():
    source = "هر چه بیشتر سرکوب کردند، کمتر نتیجه گرفتند."
    assert messages(source, "The more they cracked down, the less they achieved.") == []
    assert messages(source, "The more they cracked down, the more they achieved.") == [
        "the target has “more” where the source says «کمتر»"
    ]


def test_a_word_inside_another_is_not_its_contrary():
    assert messages("دادگاه او را بی‌گناه دانست.", "The court found her not guilty.") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("دادگاه بدون حضور وکیل حکم داد.", "The court ruled in the absence of a lawyer, and told no one."),
        ("به خانواده‌ها اجازه‌ی ملاقات ندادند.", "The families were forbidden to visit."),
        ("درخواست را پذیرفتند.", "They did not reject the request."),
        ("نگفتند، و ما هم در را قفل نکردیم.", "They did not say so, and we left the door open."),
    ],
)
def test_what_is_denied_may_be_said_by_its_contrary(source, target):
    assert messages(source, target) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("دادگاه درخواست او را نپذیرفت.", "The court turned down her request."),
        ("این قانون هنوز لغو نشده است.", "This law is still in force."),
        ("وزیر این خبر را تأیید نمی‌کند.", "The minister denies the report."),
    ],
)
def test_what_is_denied_is_found_in_its_contrary(source, target):
    assert len(_contraries.affirmed(Unit("paragraph", source, target), CONTEXT)) == 1


def test_what_is_denied_is_not_found_where_the_target_says_it_itself():
    unit = Unit("paragraph", "دادگاه درخواست او را نپذیرفت.", "The court accepted her request and turned down his.")
    assert _contraries.affirmed(unit, CONTEXT) == {}


def test_a_language_without_poles_has_no_contraries():
    context = checks.context(SHIPPED["fa"], SHIPPED["de"], [], [])
    unit = Unit("paragraph", "دادگاه درخواست را پذیرفت.", "Das Gericht lehnte den Antrag ab.")
    assert list(_contraries.faults(unit, context)) == []


def test_each_pole_is_the_contrary_of_its_contrary_and_said_in_every_language_that_has_any():
    contraries = CONTEXT.source.source.contraries
    assert all(contraries[other] in CONTEXT.source.source.poles for other in contraries.values())
    for code in ("en", "fr"):
        assert SHIPPED[code].target.poles.keys() == SHIPPED["fa"].source.poles.keys() == contraries.keys()
