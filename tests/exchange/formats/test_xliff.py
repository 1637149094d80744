"""XLIFF of other programs: 2.x in the order it states, and 1.2."""

import pytest

from pipeline.errors import ExchangeError
from pipeline.exchange.formats import xliff
from pipeline.model import State
from tests.conftest import CASES

ID = "0123456789ab-0123456789abcdef"


def case(name):
    return (CASES / "exchange" / name).read_bytes()


def test_targets_are_joined_in_the_order_they_state():
    assert xliff.read(case("order.xlf"))[1].target == "This is the first sentence."


def test_what_is_no_character_is_one_line_with_its_place():
    with pytest.raises(ExchangeError, match=r"^line 11: <cp hex='zz'>: no character; export it again$"):
        xliff.read(case("no_character.xlf"))


def version_1(units, number="1.2"):
    return (
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:{number}" version="{number}"><file original="x" datatype="po" '
        f'source-language="fa" target-language="en-GB"><body><group>{units}</group></body></file></xliff>'
    ).encode()


@pytest.mark.parametrize(
    ("unit", "line"),
    [
        (f'<trans-unit id="u{ID}" approved="yes"><source>الف</source><target>A</target></trans-unit>', (ID, "A", State.REVIEWED)),
        (f'<trans-unit id="7" resname="{ID}"><source>الف</source><target state="translated">A</target></trans-unit>', (ID, "A", State.TRANSLATED)),
        ('<trans-unit id="7"><source>الف</source><target state="needs-translation">A</target></trans-unit>', ("7", "A", State.DOUBT)),
        ('<trans-unit id="7"><source>الف</source></trans-unit>', ("7", "", State.DOUBT)),
        ('<trans-unit id="7"><source>الف</source><seg-source><mrk mtype="seg">الف</mrk></seg-source><target><mrk mtype="seg">A <g id="1">b</g><x id="2"/></mrk> <ph id="3">code</ph>c</target><alt-trans><source>x</source><target>no</target></alt-trans></trans-unit>', ("7", "A b c", State.DOUBT)),
    ],
)  # fmt: skip
def test_version_1_is_read(unit, line):
    (found,) = xliff.read(version_1(unit))
    assert (found.id, found.target, found.state) == line
    assert found.source == "الف" and found.texts == (("fa", "الف"), ("en-GB", line[1]))


def test_another_version_is_named():
    with pytest.raises(ExchangeError, match="not XLIFF 2"):
        xliff.read(version_1("", "9.9"))
