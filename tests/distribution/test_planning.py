"""What is due to whom, from partners, releases and the ledger alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.distribution import bundle, planning, verification, zips
from pipeline.distribution.ledger.decisions import Withdrawn
from pipeline.distribution.ledger.delivery import DeliveryKind, DeliveryState, LedgerEntry
from pipeline.distribution.partners import Partner
from pipeline.distribution.planning import Kept
from pipeline.distribution.release import Release
from pipeline.distribution.sender import Sender
from pipeline.errors import DeliveryError

OSLO = Partner("oslo", "", ("fr", "en"), False, ("parallel", "po"), "smtp", "oslo@x.example", "en", True, ())


def text(document, lang="en", sha=None, **known):
    usual = Release(
        document, lang, sha or document, "s", "p", 9, 9, ("argos 1.9",), False, {"fa": "بیانیه", "en": "Statement"}, {"fa": "ما"},
        "2026-11-27", (), {"parallel": Path(f"{document}.{lang}.pdf"), "single": Path("no.pdf")}, "fa",
    )  # fmt: skip
    return replace(usual, **known)


def plan(releases, entries=(), withdrawn=(), partner=OSLO):
    return planning.plan([partner], releases, entries, withdrawn)


def had(*planned, state=DeliveryState.ACCEPTED, name="d1", address=OSLO.address):
    """Return the ledger after these deliveries, each with its own name."""
    return [
        LedgerEntry(number, f"{name}{number}", one.partner.id, one.kind, state, "2026-11-27T06:00:00Z", "", "", "smtp", address, "b", "m", one.contents)
        for number, one in enumerate(planned)
    ]  # fmt: skip


def due(found):
    return [
        (one.kind, [(*content.place, content.text_sha256, content.replaces) for content in one.contents])
        for one in found.deliveries
    ]


def test_everything_new_goes_into_one_delivery_with_the_formats_asked_for():
    found = plan([text("b"), text("a", files={"parallel": Path("a.pdf"), "po": Path("a.po")})])
    assert due(found) == [(DeliveryKind.LETTER, [("a", "en", "a", ""), ("b", "en", "b", "")])]
    assert [set(one.files) for one in found.deliveries[0].releases] == [{"parallel", "po"}, {"parallel"}]
    assert not found.kept and found.deliveries[0].replaces == {}


def test_more_than_a_letter_can_tell_of_goes_in_several_bundles_that_can_be_verified(tmp_path):
    """As to who becomes a partner of an archive, or has all of it corrected: no letter could be written, ever."""
    titles = {"en": "A statement of the workers of all harbours and ships, on the day of its anniversary, " * 2}
    many = [text(f"d{number:04}", titles=titles, files={"parallel": b"", "po": b"x"}) for number in range(1001)]
    found = plan(many)
    for one in found.deliveries:
        made = bundle.make(one.releases, "en", Sender("", "o@x.org"), replaces={}, sign=None)
        assert len(made.artifacts) < zips.MAX_FILES
    assert [len(one.contents) for one in found.deliveries] == [bundle.MOST_TEXTS, bundle.MOST_TEXTS, 1]
    assert len({content.place for one in found.deliveries for content in one.contents}) == len(many)
    assert not plan(many, had(*found.deliveries)).deliveries
    formats = tuple(f"format{number}" for number in range(100))
    rich = [text(f"d{number}", files=dict.fromkeys(formats, b"")) for number in range(40)]
    parts = plan(rich, partner=replace(OSLO, formats=formats)).deliveries
    assert [len(one.contents) for one in parts] == [30, 10]
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(bundle.MOST_BYTES // 2)
    heavy = [text(f"d{number}", files={"parallel": large}) for number in range(5)]
    assert [len(one.contents) for one in plan(heavy).deliveries] == [2, 2, 1]
    assert verification.MAX_BYTES > bundle.MOST_BYTES


def test_no_first_draft_goes_beside_a_release_that_goes_because_the_partner_had_it():
    """In a language that the partner wishes no more; what was had is withdrawn, so that nothing of it stands."""
    french = replace(OSLO, languages=("fr",))
    sent = plan([text("a", sha="old", original_sha256="o")], partner=replace(OSLO, languages=("en",))).deliveries
    gone = [Withdrawn("a", "en", "old", "")]
    notice = plan((), had(*sent), gone).deliveries
    now = [text("a", sha="new", original_sha256="o"), text("a", "fr", sha="draft", original_sha256="o", is_draft=True)]
    found = plan(now, had(*sent, *notice), gone, french)
    assert due(found) == [(DeliveryKind.LETTER, [("a", "en", "new", "old")])]
    assert "a draft does not go" in found.kept[0].reason


def test_two_documents_with_the_very_same_text_go_once():
    """A file that was copied under another name: the partner would have got it twice in one bundle."""
    found = plan([text("a", sha="x"), text("b", sha="x"), text("c")])
    assert due(found) == [(DeliveryKind.LETTER, [("a", "en", "x", ""), ("c", "en", "c", "")])]
    (kept,) = found.kept
    assert (kept.document, kept.language) == ("b", "en") and "the very text of a, which is due" in kept.reason
    apart = plan([text("a", sha="x"), text("b", "fr", sha="x")])  # as digests never are: of one language only
    assert len(due(apart)[0][1]) == 2 and not apart.kept


def test_in_which_order_a_partner_lists_formats_leaves_with_nothing():
    """Bundles name files as they come: two partners with the same formats would have got bundles that differ."""
    files = {"docx": Path("a.docx"), "parallel": Path("a.pdf"), "po": Path("a.po")}
    orders = (("po", "docx", "parallel"), ("parallel", "po", "docx"))
    plans = [plan([text("a", files=files)], partner=replace(OSLO, formats=formats)) for formats in orders]
    first, second = ([list(release.files) for release in found.deliveries[0].releases] for found in plans)
    assert first == second == [["docx", "parallel", "po"]]


@pytest.mark.parametrize("state", [DeliveryState.DOUBT, DeliveryState.SENDING])
def test_doubt_holds_its_texts_and_no_others(state):
    entries = had(*plan([text("a")]).deliveries, state=state)
    found = plan([text("a", sha="new"), text("b")], entries)
    assert due(found) == [(DeliveryKind.LETTER, [("b", "en", "b", "")])]
    (kept,) = found.kept
    assert (kept.document, kept.language, kept.is_urgent) == ("a", "en", True) and "settle oslo d10" in kept.told()


def test_a_refusal_holds_everything_as_long_as_the_address_is_the_same():
    entries = had(*plan([text("a")]).deliveries, state=DeliveryState.REFUSED)
    (kept,) = plan([text("a"), text("b")], entries).kept
    assert kept.is_urgent and "refused on 2026-11-27" in kept.reason and not plan([text("b")], entries).deliveries
    for other in (replace(OSLO, address="new@x.example"), replace(OSLO, delivery="folder")):
        assert len(plan([text("a"), text("b")], entries, partner=other).deliveries[0].contents) == 2


def test_who_refused_a_newsletter_is_sent_no_text_either():
    (letter,) = had(*plan([text("a")]).deliveries, state=DeliveryState.REFUSED)
    refused = replace(letter, kind=DeliveryKind.NEWSLETTER, contents=())
    (kept,) = plan([text("a")], [refused]).kept
    assert kept.is_urgent and "settle oslo d10 --lost" in kept.told() and not plan([text("a")], [refused]).deliveries


STRANGE = [None, 1, -1.5, True, "x", "2016-13", "2016-10-30x", [1], [[]], {}, {"en": 1}]


@pytest.mark.parametrize(
    "key",
    [
        name
        for name in Release.__dataclass_fields__
        if name not in ("files", "text", "wording_sha256", "original_sha256", "original_text_sha256")
    ],
)
@pytest.mark.parametrize("value", STRANGE)
def test_what_a_ledger_of_somebody_else_says_of_a_text_is_read_or_refused(key, value):
    (entry,) = had(*plan([text("a")]).deliveries)
    (content,) = entry.contents
    details = json.dumps(json.loads(content.details) | {key: value})
    entry = replace(entry, contents=(replace(content, details=details),))
    try:
        found = plan([], [entry], [Withdrawn("a", "en", "a", "")])
    except DeliveryError as error:
        assert "what was sent cannot be read" in str(error)
    else:
        (delivery,) = found.deliveries
        made = bundle.make(delivery.releases, "en", Sender(), replaces={}, kind="withdrawal", sign=None)
        assert bundle.zipped(made)


def test_nobody_is_sent_everything_again_under_a_new_id():
    entries = had(*plan([text("a")]).deliveries, address="Oslo@x.example")
    renamed = replace(OSLO, id="oslo-office")
    (kept,) = plan([text("a")], entries, partner=renamed).kept
    assert kept.is_urgent and "that of another partner; give that partner its id oslo again" in kept.told()
    assert "id <oslo> " in kept.told("<{}>".format) and "distribute <oslo-office> --allow" in kept.told("<{}>".format)
    assert not plan([text("a")], entries, partner=renamed).deliveries
    assert planning.plan([renamed], [text("a")], entries, (), allow_known_addresses=True).deliveries
    own = had(*plan([text("b")], partner=renamed).deliveries, state=DeliveryState.FAILED, name="d2")
    since = [replace(entry, number=entry.number + 1) for entry in own]
    before = [replace(entry, number=entry.number + 1) for entry in entries]
    assert not plan([text("a")], own + before, partner=renamed).deliveries, "in vain, before anything arrived there"
    for allowed, partner in (
        (entries + since, renamed),
        (entries, replace(renamed, address="new@x.example")),
        (had(*plan([text("a")]).deliveries, state=DeliveryState.FAILED), renamed),
    ):
        assert plan([text("a")], allowed, partner=partner).deliveries
    assert not plan([], entries, partner=renamed).kept


def test_who_moves_to_where_another_partner_was_is_sent_nothing_that_arrived_there():
    """As when two partners become one: a text that went to that address would go there again, under the other id."""
    bergen = replace(OSLO, id="bergen", address="bergen@x.example")
    entries = had(*plan([text("a")]).deliveries) + [
        replace(entry, number=1)
        for entry in had(*plan([text("b")], partner=bergen).deliveries, name="d2", address=bergen.address)
    ]
    moved = replace(OSLO, address="Bergen@x.example")
    found = plan([text("a"), text("b")], entries, partner=moved)
    (kept,) = found.kept
    assert not found.deliveries and kept.is_urgent and "give that partner its id bergen again" in kept.told()
    assert planning.plan([moved], [text("b")], entries, (), allow_known_addresses=True).deliveries
    assert not plan([text("a")], entries, partner=moved).kept  # nothing is due
    gone = plan([text("b")], entries, [Withdrawn("a", "en", "a", "")], partner=moved)
    assert [one.kind for one in gone.deliveries] == [DeliveryKind.WITHDRAWAL] and len(gone.kept) == 1
    back = plan([text("b")], entries, partner=OSLO)  # to the address it always had
    assert back.deliveries and not back.kept


def test_a_notice_makes_nobody_at_home_where_another_partner_was():
    """It goes wherever its partner is; behind it, all that the other had would have gone to that address again."""
    bergen = replace(OSLO, id="bergen", address="bergen@x.example")
    moved, alone = replace(OSLO, address=bergen.address), replace(OSLO, address="new@x.example")
    first = had(*plan([text("a")]).deliveries)
    its = had(*plan([text("b")], partner=bergen).deliveries, name="d2", address=bergen.address)
    gone = [Withdrawn("a", "en", "a", "")]
    for partner, known in ((moved, [*first, *its]), (alone, first)):
        notice = plan([], known, gone, partner=partner).deliveries
        entries = [*known, *had(*notice, name="d3", address=partner.address)]
        numbered = [replace(entry, number=number) for number, entry in enumerate(entries)]
        found = plan([text("b")], numbered, gone, partner=partner)
        assert bool(found.deliveries) == (partner is alone)
        assert [one.other for one in found.kept] == ([] if partner is alone else ["bergen"])


def test_a_correction_follows_whoever_has_the_text():
    entries = had(*plan([text("a"), text("b")]).deliveries)
    changed = [text("a", sha="c"), text("b"), text("a", "fr")]
    for partner in (OSLO, replace(OSLO, topics=("war",)), replace(OSLO, languages=("de",))):
        found = plan(changed, entries, partner=partner)
        assert ("a", "en", "c", "a") in due(found)[0][1] and found.deliveries[0].replaces == {("a", "en"): "a"}
    assert not plan(changed, entries, partner=replace(OSLO, active=False)).deliveries


def test_the_language_liked_most_is_sent_even_when_another_was_before():
    entries = had(*plan([text("a")]).deliveries)
    assert due(plan([text("a"), text("a", "fr")], entries)) == [(DeliveryKind.LETTER, [("a", "fr", "a", "")])]
    entries = had(*plan([text("a", "fr")]).deliveries)
    assert due(plan([text("a"), text("a", "fr")], entries)) == []


@pytest.mark.parametrize("every", [False, True])
def test_whoever_has_the_language_liked_most_gets_no_other_while_that_is_not_released(every):
    partner = replace(OSLO, every_language=every)
    sent = plan([text("a", "fr")], partner=partner).deliveries
    found = plan([text("a")], had(*sent), partner=partner)
    assert due(found) == ([(DeliveryKind.LETTER, [("a", "en", "a", "")])] if every else [])
    assert found.kept == (
        Kept("oslo", "a", "fr", "the partner has an earlier text; the current text is not released yet"),
    )
    (kept,) = plan([text("a")], had(*sent, state=DeliveryState.DOUBT), partner=partner).kept
    assert kept.is_urgent and (kept.document, kept.language) == ("a", "fr")


def test_whoever_had_the_language_liked_most_and_was_told_to_use_it_no_more_gets_the_next():
    sent, gone = plan([text("a", "fr")]).deliveries, [Withdrawn("a", "fr", "a", "wrong")]
    found = plan([text("a")], had(*sent), gone)
    english = (DeliveryKind.LETTER, [("a", "en", "a", "")])
    assert due(found) == [(DeliveryKind.WITHDRAWAL, [("a", "fr", "a", "")]), english]
    assert due(plan([text("a")], had(*sent, found.deliveries[0]), gone)) == [english]


def test_what_somebody_has_is_corrected_while_the_language_liked_most_is_not_released():
    entries = had(*plan([text("a")]).deliveries, *plan([text("a", "fr")]).deliveries)
    assert due(plan([text("a", sha="b")], entries)) == [(DeliveryKind.LETTER, [("a", "en", "b", "a")])]


def test_notices_go_first_one_a_reason_and_once():
    entries = had(*plan([text("a"), text("b"), text("c")]).deliveries)
    gone = [Withdrawn("a", "en", "a", "wrong"), Withdrawn("b", "en", "b", "wrong"), Withdrawn("c", "en", "c", "late")]
    found = plan([text("a", sha="new"), text("d")], entries, gone)
    assert due(found) == [
        (DeliveryKind.WITHDRAWAL, [("a", "en", "a", ""), ("b", "en", "b", "")]),
        (DeliveryKind.WITHDRAWAL, [("c", "en", "c", "")]),
        (DeliveryKind.LETTER, [("d", "en", "d", "")]),
    ]
    assert found.kept == (Kept("oslo", "a", "en", "the notice of its withdrawal must be sent first"),)
    assert [one.reason.words for one in found.deliveries] == ["wrong", "late", ""]
    later = entries + had(*found.deliveries, name="d2")
    assert due(plan([text("a", sha="new"), text("d")], later, gone)) == [
        (DeliveryKind.LETTER, [("a", "en", "new", "a")])
    ]
    assert due(plan([text("a")], later, gone)) == []


def test_a_notice_that_a_paused_partner_does_not_get_needs_a_person():
    entries = had(*plan([text("a"), text("b")]).deliveries)
    paused, gone = replace(OSLO, active=False), [Withdrawn("a", "en", "a", "wrong")]
    first, second = plan([text("b", sha="c")], entries, gone, paused).kept
    assert (first.document, first.reason, first.is_urgent) == ("", "paused in partners.toml", False)
    assert (second.document, second.language, second.is_urgent) == ("a", "en", True)
    assert "has the withdrawn text, but is paused" in second.reason and "active = true" in second.reason
    told = entries + had(*plan([], entries, gone).deliveries, name="d2")
    assert not any(one.is_urgent for one in plan([text("b", sha="c")], told, gone, paused).kept)


def test_a_draft_replaces_no_release():
    draft = text("a", sha="d", is_draft=True)
    entries = had(*plan([text("a")]).deliveries)
    found = plan([draft, text("b", sha="d", is_draft=True)], entries)
    assert due(found) == [(DeliveryKind.LETTER, [("b", "en", "d", "")])]
    assert found.kept == (Kept("oslo", "a", "en", "a draft does not replace a release"),)
    after = had(*plan([draft]).deliveries)
    released = had(*plan([draft]).deliveries, *plan([text("a")], after).deliveries)
    assert plan([draft], released).kept == (Kept("oslo", "a", "en", "a draft does not replace a release"),)
    for better in (text("a"), text("a", sha="e", is_draft=True)):
        assert due(plan([better], after)) == [(DeliveryKind.LETTER, [("a", "en", better.text_sha256, "d")])]
    gone = [Withdrawn("a", "en", "a", "wrong")]
    told = entries + had(*plan([], entries, gone).deliveries, name="d2")
    assert due(plan([draft], told, gone)) == [(DeliveryKind.LETTER, [("a", "en", "d", "a")])]


@pytest.mark.parametrize("every_language", [True, False])
def test_a_draft_in_another_language_goes_to_nobody_who_has_a_release_or_gets_one(every_language):
    partner = replace(OSLO, every_language=every_language)
    draft, english = text("a", "fr", sha="d", is_draft=True), text("a")
    assert due(plan([draft], partner=partner)) == [(DeliveryKind.LETTER, [("a", "fr", "d", "")])]
    found = plan([draft, english], partner=partner)
    assert due(found) == [(DeliveryKind.LETTER, [("a", "en", "a", "")])]
    assert [(one.language, "a draft does not go" in one.reason) for one in found.kept] == [("fr", True)]
    entries = had(*found.deliveries)
    for offered in ([draft, english], [draft]):
        assert not plan(offered, entries, partner=partner).deliveries
        assert not plan(offered, entries, partner=replace(partner, languages=("fr",))).deliveries
    original = text("a", "fa", sha="o")
    reader = replace(partner, languages=("fr", "fa"))
    assert ("a", "fr", "d", "") in due(plan([draft, original], partner=reader))[0][1]
    gone = [Withdrawn("a", "en", "a", "wrong")]
    told = entries + had(*plan([], entries, gone).deliveries, name="d2")
    assert due(plan([draft], told, gone, partner)) == [(DeliveryKind.LETTER, [("a", "fr", "d", "")])]


def test_a_notice_knows_what_was_sent():
    sent = plan([text("a", topics=("war",))])
    (notice,) = plan([], had(*sent.deliveries), [Withdrawn("a", "en", "a", "wrong")]).deliveries
    assert notice.releases == (text("a", topics=("war",), files={}),)


def test_what_was_withdrawn_is_not_distributed_and_the_next_language_is():
    found = plan([text("a"), text("a", "fr")], (), [Withdrawn("a", "fr", "a", "wrong")])
    assert due(found) == [(DeliveryKind.LETTER, [("a", "en", "a", "")])]


def test_a_po_file_that_is_not_given_away_is_no_obstacle_unless_it_is_all_that_is_wanted():
    assert plan([text("a")]).deliveries
    (kept,) = plan([text("a")], partner=replace(OSLO, formats=("po",))).kept
    assert kept == Kept("oslo", "a", "en", "its PO file cannot be sent: it may name a person")


def test_a_format_that_is_not_there_is_waited_for():
    found = plan(
        [text("a"), text("b", files={"facing": Path("f")})], partner=replace(OSLO, formats=("parallel", "facing"))
    )
    assert not found.deliveries
    assert [one.reason.split(";")[0] for one in found.kept] == [
        "not released in the layout facing",
        "not released in the layout parallel",
    ]
    assert [(one.partner, one.document, one.language) for one in found.kept] == [
        ("oslo", "a", "en"),
        ("oslo", "b", "en"),
    ]


def test_only_partners_of_a_topic_get_it_and_the_others_are_told_why():
    war, labour = text("a", topics=("war",)), text("b", topics=("labour", "women"))
    found = plan([war, labour], partner=replace(OSLO, topics=("women", "health")))
    assert due(found) == [(DeliveryKind.LETTER, [("b", "en", "b", "")])]
    assert found.kept == (Kept("oslo", "a", "", "not among the partner's topics"),)
    assert len(due(plan([war, labour]))[0][1]) == 2
    assert not plan([text("c")], partner=replace(OSLO, topics=("women",))).deliveries


def test_whoever_asked_for_other_languages_is_told_of():
    assert plan([text("a", "de")]).kept == (Kept("oslo", "a", "", "not released in fr or en"),)


def test_every_language_asked_for_is_sent_or_the_first():
    both = [text("a"), text("a", "fr"), text("a", "de")]
    (delivery,) = plan(both, partner=replace(OSLO, every_language=True)).deliveries
    assert [one.language for one in delivery.contents] == ["en", "fr"]
    assert [one.language for one in plan(both).deliveries[0].contents] == ["fr"]


def test_with_documents_named_nothing_is_said_or_sent_of_others():
    entries = had(*plan([text("a"), text("b")]).deliveries)
    gone = [Withdrawn("a", "en", "a", "wrong"), Withdrawn("b", "en", "b", "wrong")]
    for partner in (OSLO, replace(OSLO, active=False)):
        found = planning.plan([partner], [text("c")], entries, gone, documents=["a"])
        places = [(*content.place,) for one in found.deliveries for content in one.contents if one.kind == "withdrawal"]
        places += [(one.document, one.language) for one in found.kept if one.is_urgent]
        assert places == [("a", "en")]


def test_a_withdrawn_text_whose_arrival_nobody_knows_is_asked_about_first():
    entries = had(*plan([text("a")]).deliveries, state=DeliveryState.DOUBT)
    found = plan([], entries, [Withdrawn("a", "en", "a", "wrong")])
    (kept,) = found.kept
    assert kept.is_urgent and "settle oslo d10 --arrived (or --lost)" in kept.told() and not found.deliveries


def test_a_notice_names_the_text_and_the_delivery_that_brought_it():
    first = had(*plan([text("a")]).deliveries)
    second = had(*plan([text("a", sha="b")], first).deliveries, name="e")
    (content,) = plan([], first + second, [Withdrawn("a", "en", "b", "wrong")]).deliveries[0].contents
    assert (content.text_sha256, content.replaces, content.after) == ("b", "", "e0")
    assert not plan([], first + second, [Withdrawn("a", "en", "a", "wrong")]).deliveries, (
        "what was replaced needs no notice"
    )


def test_a_correction_names_the_text_and_the_delivery_before():
    (content,) = plan([text("a", sha="b")], had(*plan([text("a")]).deliveries)).deliveries[0].contents
    assert (content.replaces, content.after) == ("a", "d10")
    (content,) = plan([text("a")]).deliveries[0].contents
    assert (content.replaces, content.after) == ("", "")


def test_who_left_partners_toml_with_a_withdrawn_text_is_told_of():
    entries = had(*plan([text("a"), text("b")]).deliveries)
    gone = [Withdrawn("a", "en", "a", "wrong"), Withdrawn("b", "en", "other", "wrong")]
    (stranger,) = planning.strangers([replace(OSLO, id="paris")], entries, gone)
    assert (stranger.partner, stranger.document, stranger.language, stranger.is_urgent) == ("oslo", "a", "en", True)
    assert list(planning.strangers([OSLO], entries, gone)) == []
    told = entries + had(*plan([], entries, gone).deliveries, name="d2")
    assert list(planning.strangers([], told, gone)) == []


def test_a_withdrawal_of_one_text_keeps_no_other_of_the_document():
    gone = [Withdrawn("a", "en", "old", "wrong")]
    assert due(plan([text("a"), text("b")], (), gone))[0][1] == [("a", "en", "a", ""), ("b", "en", "b", "")]


def test_a_text_that_was_withdrawn_is_not_sent_under_another_name():
    """As after somebody renamed the document's files by hand."""
    gone = [Withdrawn("a", "en", "a", "wrong")]
    found = plan([text("renamed", sha="a"), text("renamed", "fr", "f")], (), gone)
    assert due(found) == [(DeliveryKind.LETTER, [("renamed", "fr", "f", "")])]
    assert not plan([text("renamed", sha="a")], had(*plan([text("b")]).deliveries), gone).deliveries


@pytest.mark.parametrize("state", [DeliveryState.ACCEPTED, DeliveryState.DOUBT])
def test_a_text_that_a_partner_has_is_not_sent_under_another_name(state):
    entries = had(*plan([text("a")]).deliveries, state=state)
    found = plan([text("renamed", sha="a"), text("b")], entries)
    assert due(found) == [(DeliveryKind.LETTER, [("b", "en", "b", "")])]
    assert [kept.document for kept in found.kept if "pipeline rename a renamed" in kept.reason] == ["renamed"]
    assert due(plan([text("renamed", "de", "a")], entries, partner=replace(OSLO, languages=("de",))))
    failed = had(*plan([text("a")]).deliveries, state=DeliveryState.FAILED)
    assert due(plan([text("renamed", sha="a")], failed)) and not due(
        plan([text("b")], had(*plan([text("b")]).deliveries))
    )


def test_a_text_that_another_replaced_is_held_for_everybody():
    first = plan([text("a", sha="old")]).deliveries
    entries = had(*first, *plan([text("a", sha="new")], had(*first)).deliveries)
    back = [text("a", sha="old")]
    (kept,) = plan(back, entries).kept
    assert (kept.document, kept.is_urgent) == ("a", True) and "--allow-known-texts" in kept.told()
    other = replace(OSLO, id="rome", address="rome@x.example")
    assert not plan(back, entries, partner=other).deliveries and plan(back, entries, partner=other).kept
    assert planning.plan([other], back, entries, (), allow_known_texts=True).deliveries
    allowed = planning.plan([OSLO], back, entries, (), allow_known_texts=True)
    assert due(allowed) == [(DeliveryKind.LETTER, [("a", "en", "old", "new")])]
    again = had(*first, *plan([text("a", sha="new")], had(*first)).deliveries, *allowed.deliveries)
    assert not plan(back, again).kept and not plan(back, again).deliveries
    assert due(plan(back, again, partner=other)) == [(DeliveryKind.LETTER, [("a", "en", "old", "")])]


def test_a_text_that_another_replaced_is_held_though_somebody_has_it_by_a_later_step():
    """One whose delivery was in doubt, and settled when others had the correction; or who got more formats since."""
    rome = replace(OSLO, id="rome", address="rome@x.example")
    first = plan([text("a", sha="old")]).deliveries
    corrected = had(*first, *plan([text("a", sha="new")], had(*first)).deliveries)
    its = had(*plan([text("a", sha="old")], partner=rome).deliveries, name="d2", address=rome.address)
    files = {"parallel": Path("a.pdf"), "docx": b"docx"}
    back, more = [text("a", sha="old", files=files)], replace(rome, formats=("parallel", "docx"))
    added = had(*plan(back, its, partner=more).deliveries, name="d3", address=rome.address)
    for later in (its, [*its, *added]):
        entries = [replace(entry, number=number) for number, entry in enumerate([*corrected, *later])]
        found = plan(back, entries)
        assert not found.deliveries and "--allow-known-texts" in found.kept[0].told()


def test_a_text_that_says_what_another_document_said_is_held_for_who_has_that_alone():
    entries = had(*plan([text("a"), text("b")]).deliveries)

    def is_renamed(release, content):
        return content.document == "a"

    found = planning.plan([OSLO], [text("c"), text("b", sha="new")], entries, (), is_renamed=is_renamed)
    (kept,) = found.kept
    assert kept.is_urgent and "pipeline rename a c" in kept.told()
    assert due(found) == [(DeliveryKind.LETTER, [("b", "en", "new", "b")])]
    other = replace(OSLO, id="rome", address="rome@x.example")
    assert planning.plan([other], [text("c")], entries, (), is_renamed=is_renamed).deliveries


def test_a_text_of_a_document_that_is_gone_is_held_in_every_language():
    """Who has the French would get the English as if it were new, while the French is being corrected."""
    paris = replace(OSLO, languages=("fr", "en"))
    entries = had(*plan([text("a", "fr")], partner=paris).deliveries)

    def is_renamed(release, content):
        return content.document == "a"

    (kept,) = planning.plan([paris], [text("b", "en")], entries, (), is_renamed=is_renamed).kept
    assert kept.is_urgent and "pipeline rename a b" in kept.told()


def test_what_was_renamed_by_hand_once_more_is_held_whatever_it_was_called_before(tmp_path):
    """Its TOML file, which goes with it, tells of the name before, and nobody tells of the one between."""
    first = plan([text("a")]).deliveries
    second = planning.plan([OSLO], [text("b", sha="now")], had(*first), (), former={"a": "b"}).deliveries
    entries = had(*first, *second)

    def found(release, **allowed):
        known = {"is_renamed": lambda release, content: content.document == "b", "former": {"a": "c"}}
        return planning.plan(
            [replace(OSLO, formats=("parallel", "single"))], [release], entries, (), **known, **allowed
        )

    for release in (text("c", sha="later"), text("c", sha="now"), text("c", sha="a")):
        (kept,) = found(release).kept
        assert "pipeline rename b c" in kept.told() and not found(release).deliveries
    assert due(found(text("c", sha="later"), allow_known_texts=True))
    assert not planning.plan([OSLO], [text("c", sha="a")], entries, (), former={"a": "c"}).kept, "nothing is due"


def test_a_text_that_another_replaced_is_held_under_any_name():
    first = plan([text("a", sha="old")]).deliveries
    entries = had(*first, *plan([text("a", sha="new")], had(*first)).deliveries)
    assert "--allow-known-texts" in plan([text("b", sha="old")], entries).kept[0].told()


def test_a_stopped_partner_stops_no_other():
    entries = had(*plan([text("a")]).deliveries, state=DeliveryState.REFUSED)
    bern, paused = replace(OSLO, id="bern", address="b@x.example"), replace(OSLO, id="rome", active=False)
    found = planning.plan([OSLO, paused, bern], [text("a")], entries, ())
    assert [one.partner.id for one in found.deliveries] == ["bern"]
    assert [one.partner for one in found.kept] == ["oslo", "rome"]


def test_a_known_address_stops_the_new_name_alone_and_only_by_the_same_way():
    entries = had(*plan([text("a")]).deliveries)
    new, other = replace(OSLO, id="new"), replace(OSLO, id="other", delivery="folder")
    found = planning.plan([new, other, OSLO], [text("b")], entries, ())
    assert [one.partner.id for one in found.deliveries] == ["other", "oslo"]


@pytest.mark.parametrize("words", ["PARTNER of OTHER", "{partner} {other} {0} {", "settle PARTNER"])
def test_the_words_of_a_reason_are_told_as_they_are(words):
    assert Kept("oslo", "", "", words, other="paris").told("<{}>".format) == words
    kept = Kept(
        "{other}", "", "", words, remedy="type: {partner} {delivery}, not {other}", delivery="d1", other="OTHER"
    )
    assert kept.told() == f"{words}; type: {{other}} d1, not OTHER"


def test_a_delivery_by_a_way_that_is_gone_is_still_known():
    entries = [replace(one, way="pigeon") for one in had(*plan([text("a")]).deliveries)]
    assert not plan([text("a")], entries).deliveries


def test_what_was_sent_as_another_document_is_no_correction_of_this_one():
    """As when files were renamed by hand, to an id that another document had."""
    entries = had(*plan([text("a"), text("b")]).deliveries)
    found = plan([text("b", sha="a")], entries)
    (kept,) = found.kept
    assert not found.deliveries and "it was sent as a" in kept.told() and "pipeline rename a b" in kept.told()


def test_why_a_text_was_corrected_is_known_after_a_rename():
    entries = had(*plan([text("call")]).deliveries)
    said = {("call", "en", "new"): "A date was wrong."}
    found = planning.plan([OSLO], [text("appeal", sha="new")], entries, (), former={"call": "appeal"}, reasons=said)
    assert [one.words for one in found.deliveries[0].reasons] == ["A date was wrong."]


def test_formats_that_are_added_come_once_and_a_correction_in_all():
    files = {"parallel": Path("a.pdf"), "po": b"po", "epub": b"epub", "docx": b"docx"}
    entries = had(*plan([text("a", files=files)]).deliveries)
    more = replace(OSLO, formats=("parallel", "po", "epub"))
    found = plan([text("a", files=files)], entries, partner=more)
    assert due(found) == [(DeliveryKind.LETTER, [("a", "en", "a", "a")])]
    assert found.deliveries[0].added == {("a", "en")} and not found.deliveries[0].replaces
    assert set(found.deliveries[0].releases[0].files) == {"epub"} and not found.deliveries[0].reasons[0].words
    entries += had(*found.deliveries, name="d2")
    assert not plan([text("a", files=files)], entries, partner=more).deliveries
    assert not plan([text("a", files=files)], entries, partner=OSLO).deliveries
    third = plan([text("a", files=files)], entries, partner=replace(more, formats=("epub", "docx"))).deliveries
    assert [set(one.releases[0].files) for one in third] == [{"docx"}] and third[0].contents[0].after == "d20"
    (corrected,) = plan([text("a", sha="b", files=files)], entries, partner=more).deliveries
    assert set(corrected.releases[0].files) == {"parallel", "po", "epub"} and corrected.replaces and not corrected.added


def test_an_original_comes_once_in_whatever_layout_for_it_is_the_same_file_in_all():
    files = dict.fromkeys(("parallel", "facing", "single"), Path("a.fa.pdf")) | dict.fromkeys(
        ("epub", "epub-both"), b""
    )
    original = [text("a", "fa", files=files)]
    reader = replace(OSLO, languages=("fa",), formats=("facing",))
    entries = had(*plan(original, partner=reader).deliveries)
    for formats in (("facing", "parallel"), ("single",), ("parallel", "po")):
        found = plan(original, entries, partner=replace(reader, formats=formats))
        assert not found.deliveries and not found.kept
    (more,) = plan(original, entries, partner=replace(reader, formats=("facing", "epub"))).deliveries
    entries += had(more, name="d2")
    assert set(more.releases[0].files) == {"epub"}
    assert not plan(original, entries, partner=replace(reader, formats=("parallel", "epub-both"))).deliveries
    translation = [text("a", files=files)]
    its = had(*plan(translation, partner=replace(OSLO, formats=("facing",))).deliveries)
    assert plan(translation, its, partner=replace(OSLO, formats=("parallel",))).deliveries, "which differs in each"
    (kept,) = plan(original, partner=replace(reader, formats=("po",))).kept
    assert "an original has no PO file" in kept.told()


def test_an_earlier_ledger_says_nothing_of_formats_and_brings_nothing_twice():
    (first,) = plan([text("a")]).deliveries
    (content,) = first.contents
    details = content.details.replace(', "formats": ["parallel", "po"]', "")
    assert details != content.details
    entries = had(replace(first, contents=(replace(content, details=details),)))
    files = {"parallel": Path("a.pdf"), "facing": Path("f.pdf"), "epub": b"epub"}
    partner = replace(OSLO, formats=("parallel", "facing"))
    assert not plan([text("a", files=files)], entries, partner=partner).deliveries
    (more,) = plan([text("a", files=files)], entries, partner=replace(OSLO, formats=("facing", "epub"))).deliveries
    assert set(more.releases[0].files) == {"epub"}


def test_a_format_that_is_added_and_not_there_yet_is_waited_for():
    entries = had(*plan([text("a")]).deliveries)
    found = plan([text("a")], entries, partner=replace(OSLO, formats=("parallel", "facing")))
    assert not found.deliveries and "build-pdf --release --layout facing" in found.kept[0].told()
    found = plan([text("b")], entries, partner=replace(OSLO, formats=("parallel", "epub")))
    assert not found.deliveries and found.kept[0].told() == "not released as epub"


def test_who_was_only_told_of_a_text_does_not_have_it():
    (delivery,) = plan([text("a")]).deliveries
    (content,) = delivery.contents
    news = replace(delivery, kind=DeliveryKind.NEWSLETTER, contents=(replace(content, document="newsletter: a"),))
    withdrawn = [Withdrawn("a", "en", "a", "Wrong")]
    assert plan([text("a")], had(news)).deliveries and not list(planning.strangers([], had(news), withdrawn))
