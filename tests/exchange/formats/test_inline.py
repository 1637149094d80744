"""Signs of marks as inline elements of XLIFF and TMX, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.exchange import incoming
from pipeline.exchange.formats import tmx, xliff
from pipeline.exchange.table import Line, Table, line_id
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, State, Unit
from pipeline.text import markup

MARKS = ("**…**: strong", "*…*: emphasis", "{1}: a link to https://example.org", "{2}: note ۱", "{3}: raised")
SIGNED = r"**[کار *ما*]{1}** است.{2} [[**نو**]{3}]{1} \*"
TARGET = r"Our **[*work*]{1}** is.{2} [[**new**]{3}]{1} \*"
SOUP = st.lists(st.sampled_from(["**", "*", "[", "]{1}", "]{2}", "{3}", "]", "\\", "a", "م ", "\n", "&", "<"])).map(
    "".join
)


def unit(source=SIGNED, target=TARGET):
    return Unit("paragraph", source, target, State.REVIEWED, marks=MARKS)


def table(*units):
    lines = (
        Line(line_id("d", "en", one), one.source, one.target, "", one.context, one.state, marks=one.marks)
        for one in units
    )
    return Table("d", SHIPPED["fa"], SHIPPED["en"], tuple(lines))


@given(SOUP)
def test_parts_are_the_text(text):
    assert "".join(map(str, markup.parts(text))) == text


@pytest.mark.parametrize("form", [xliff, tmx])
@given(source=SOUP, target=SOUP)
def test_what_goes_out_with_codes_comes_back_to_the_character(form, source, target):
    one = unit("الف" + source, "A" + target)
    (line,) = form.read(form.write(table(one)))
    back = line.with_signs()
    assert (back.source, back.target) == (one.source, one.target)


@pytest.mark.parametrize("form", [xliff, tmx])
def test_programs_see_codes_and_no_signs(form):
    written = form.write(table(unit("[**نو**]{1}{2}", "[**new**]{1}{2}")))
    (line,) = form.read(written)
    assert (line.source, line.target) == ("نو", "new")
    assert line.with_signs().target == "[**new**]{1}{2}"
    names = [element.tag.rpartition("}")[2] for element in etree.fromstring(written).iter()]
    assert ("pc" in names and "ph" in names) if form is xliff else {"bpt", "ept", "ph"} <= set(names)


def test_a_text_without_marks_has_no_codes_whatever_it_looks_like():
    one = Unit("paragraph", "**[الف]{1}**", "**[A]{1}**", State.REVIEWED)
    for form in (xliff, tmx):
        (line,) = form.read(form.write(table(one)))
        assert (line.source, line.target, line.with_signs().target) == (one.source, one.target, one.target)


def test_what_a_program_changed_comes_in_with_its_signs():
    written = xliff.write(table(unit("[کار]{1} است.{2}", "[Work]{1} is.{2}"))).replace(b"Work", b"Labour")
    before = Catalogue("d", "fa", "en", (unit("[کار]{1} است.{2}", "[Work]{1} is.{2}"),))
    after, _ = incoming.merge(before, xliff.read(written))
    assert after.units[0].target == "[Labour]{1} is.{2}"
    same, arrivals = incoming.merge(before, xliff.read(xliff.write(table(*before.units))))
    assert same == before and [one.outcome for one in arrivals] == ["same"]


ID = line_id("d", "en", unit("[کار]{1} است.{2}", ""))
VERSION_1 = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="x" datatype="po" '
    f'source-language="fa" target-language="en"><body><trans-unit id="u{ID}"><source>کار است.</source>'
    '<target state="translated">%s</target></trans-unit></body></file></xliff>'
)


@pytest.mark.parametrize(
    ("target", "comes"),
    [
        ('<g id="1">Work</g> is.<x id="2"/>', "[Work]{1} is.{2}"),
        ('<bx id="1"/>Work<ex id="1"/> is.<ph id="2">code</ph>', "[Work]{1} is.{2}"),
        ('<g id="b1">Work</g> is.<!-- no -->', "**Work** is."),
        ('<g id="font7">Work</g> <it id="x" pos="open">&lt;b></it>is.', "Work is."),
        ("[Work]{1} is.{2}", "[Work]{1} is.{2}"),
    ],
)
def test_version_1_has_codes_too_and_those_of_others_are_left_out(target, comes):
    before = Catalogue("d", "fa", "en", (unit("[کار]{1} است.{2}", ""),))
    after, _ = incoming.merge(before, xliff.read((VERSION_1 % target).encode()))
    assert after.units[0].target == comes


def test_codes_of_other_programs_are_no_signs_where_a_unit_has_no_marks():
    before = Catalogue("d", "fa", "en", (Unit("paragraph", "[کار]{1} است.{2}"),))
    after, _ = incoming.merge(before, xliff.read((VERSION_1 % '<g id="1">Work</g> is.<x id="2"/>').encode()))
    assert after.units[0].target == "Work is."
