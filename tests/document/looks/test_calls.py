"""Slogans in the middle behind the text."""

from pipeline.model import Kind
from tests.support.looks import kinds, likely, line


def test_in_the_middle_at_the_end_stand_slogans_and_not_the_name_below_them():
    call = {"is_centred": True, "is_bold": True}
    ending = [line("نان، کار، آزادی", **call), line("اتحاد، مبارزه، پیروزی", **call)]
    assert likely(line(), *ending, line("سندیکای کارگران")) == [None, Kind.SLOGAN, Kind.SLOGAN, Kind.SIGNATURE]
    assert likely(line(), line("زنده باد همبستگی", **call), *ending)[1:] == [Kind.SLOGAN] * 3
    assert likely(line(), line("سندیکای کارگران", **call)) == [None, None]


def test_calls_in_the_middle_below_an_ornament_are_slogans():
    call = {"is_centred": True, "is_bold": True}
    found = kinds(
        line(),
        line("* * *", is_centred=True),
        line("معیشت، حق مسلم ماست", **call),
        line("نان برای همه", **call),
        line("شورا"),
    )
    assert found[2:4] == [(Kind.SLOGAN, 0), (Kind.SLOGAN, 0)]
