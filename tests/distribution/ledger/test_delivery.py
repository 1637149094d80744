"""What a delivery says of itself."""

from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState


def test_whether_it_arrived_is_asked_of_what_is_open_alone():
    may = {state for state in DeliveryState if state.may_have_arrived}
    assert may == {DeliveryState.SENDING, DeliveryState.ACCEPTED, DeliveryState.DOUBT}
    assert {state for state in DeliveryState if state.is_open} == {DeliveryState.SENDING, DeliveryState.DOUBT}


def test_a_text_corrects_another_or_comes_in_more_formats():
    first, more = Content("call", "en", "a" * 64), Content("call", "en", "a" * 64, replaces="a" * 64, after="d")
    other = Content("call", "en", "b" * 64, replaces="a" * 64, after="d")
    assert [one.adds_formats for one in (first, more, other)] == [False, True, False]
    assert [one.corrects for one in (first, more, other)] == ["", "", "a" * 64]


def test_formats_are_those_that_its_details_say_if_they_say_any():
    details = ('{"formats": ["epub", "parallel"]}', "", "{}", "damaged", "[]", '{"formats": 1}')
    assert [Content("call", "en", "a", details=one).formats for one in details] == [("epub", "parallel")] + 5 * [()]


def test_a_newsletter_brings_no_texts():
    assert {kind for kind in DeliveryKind if kind.is_of_texts} == {DeliveryKind.LETTER, DeliveryKind.WITHDRAWAL}
