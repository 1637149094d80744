"""What partners have, by the ledger alone."""

from dataclasses import replace

from pipeline.distribution import holdings, planning
from pipeline.distribution.ledger.decisions import Withdrawn
from pipeline.distribution.ledger.delivery import DeliveryKind, DeliveryState
from tests.distribution.test_planning import OSLO, had, plan, text


def test_what_is_withdrawn_is_counted_by_place_with_earlier_texts_and_former_names():
    rome, bern = (replace(OSLO, id=name) for name in ("rome", "bern"))
    old, new = Withdrawn("call", "en", "old", "wrong"), Withdrawn("appeal", "en", "new", "wrong")
    entries = [
        *had(*plan([text("call", sha="old")]).deliveries, name="a"),
        *had(*plan([text("appeal", sha="new")], partner=rome).deliveries, name="b"),
        *had(*plan([text("appeal", sha="later")], partner=bern).deliveries, name="c"),
    ]
    former = {"call": "appeal"}
    (one,) = holdings.recalls([old, new], entries, former)
    assert one == holdings.Recall("appeal", "en", ("new", "old"), 2, 0)
    notice = planning.plan([OSLO], (), entries, [old, new], former=former).deliveries
    for state, count in ((DeliveryState.ACCEPTED, 1), (DeliveryState.DOUBT, 0)):
        (one,) = holdings.recalls([old, new], [*entries, *had(*notice, name="d", state=state)], former)
        assert (one.holders, one.notified) == (2, count)


def test_who_was_only_told_of_a_text_does_not_hold_it():
    (delivery,) = plan([text("a")]).deliveries
    (content,) = delivery.contents
    news = replace(delivery, kind=DeliveryKind.NEWSLETTER, contents=(replace(content, document="newsletter: a"),))
    withdrawn = [Withdrawn("a", "en", "a", "Wrong")]
    assert [recall.holders for recall in holdings.recalls(withdrawn, had(news))] == [0]
    assert [recall.holders for recall in holdings.recalls(withdrawn, had(delivery, news))] == [1]
    assert [(name, place) for name, place, _ in holdings.holders(had(delivery, news))] == [("oslo", ("a", "en"))]


def test_who_has_the_notice_holds_the_text_no_more():
    entries = had(*plan([text("a")]).deliveries)
    notice = had(*plan([], entries, [Withdrawn("a", "en", "a", "Wrong")]).deliveries, name="n")
    assert list(holdings.holders(entries)) and not list(holdings.holders([*entries, *notice]))


def test_what_was_refused_for_good_is_known_by_way_and_address():
    entries = had(*plan([text("a")]).deliveries, state=DeliveryState.REFUSED)
    assert set(holdings.refusals(entries)) == {(OSLO.id, OSLO.delivery, OSLO.address)}
    assert not holdings.refusals(had(*plan([text("a")]).deliveries))
