"""Of what each partner is still to be told."""

from dataclasses import replace

from pipeline.distribution import newsletter
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState, LedgerEntry, Try
from pipeline.distribution.newsletter import PublishedNews
from pipeline.distribution.partners import Partner
from pipeline.distribution.sender import Sender
from pipeline.languages import SHIPPED

WAY = Try("smtp", "oslo@x.example", "newsletter", "m")
OSLO = Partner("oslo", "", ("fr", "en"), False, ("parallel",), "smtp", "oslo@x.example", "en", True, (), True)
TEXT = PublishedNews("call", "en", "1", "A call", "Council", "2026-11-01", ("labour",), "https://x.example/en/call/")


def told(*found, kind=DeliveryKind.NEWSLETTER, state=DeliveryState.ACCEPTED, name="d1"):
    contents = tuple(one.content for one in found)
    return [LedgerEntry(1, name, "oslo", kind, state, "", "", "", "smtp", OSLO.address, "b", "m", contents)]


def changes(published, entries=(), partner=OSLO, since=""):
    return [
        (one.news.document, one.news.lang, one.change) for one in newsletter.due(partner, published, entries, since)
    ]


def test_each_text_is_told_once_and_what_takes_its_place_is_a_correction():
    found = newsletter.due(OSLO, [TEXT], [])
    assert [one.change for one in found] == ["new"]
    entries = told(*found)
    assert changes([TEXT], entries) == [] and changes([TEXT], told(*found, state=DeliveryState.FAILED))
    second = newsletter.due(OSLO, [replace(TEXT, text_sha256="2")], entries)
    assert [one.change for one in second] == ["correction"] and second[0].content.after == "d1"
    assert changes([TEXT], entries + told(*second, name="d2")) == [("call", "en", "correction")]


def test_a_withdrawal_is_told_to_whom_the_text_was_told_or_sent():
    gone = replace(TEXT, is_withdrawn=True)
    assert changes([gone]) == []
    entries = told(*newsletter.due(OSLO, [TEXT], []))
    found = newsletter.due(OSLO, [gone], entries, since="2027-01-01")
    assert [one.change for one in found] == ["withdrawn"]
    assert changes([gone], entries + told(*found, name="d2")) == []
    later = replace(gone, text_sha256="2")
    assert changes([later], entries) == [("call", "en", "withdrawn")]
    assert changes([later], entries + told(*found, name="d2")) == []
    content = Content("call", "en", "1")
    sent = [replace(told()[0], kind=DeliveryKind.LETTER, contents=(content,))]
    assert changes([gone], sent) == [("call", "en", "withdrawn")] and changes([TEXT], sent) == [("call", "en", "new")]


def test_what_was_withdrawn_or_corrected_is_named_however_much_is_new():
    """The oldest, it would stand behind the texts that a letter counts alone, and the ledger has it as told."""
    old, wrong = (replace(TEXT, document=name, text_sha256=name) for name in ("old", "wrong"))
    entries = told(*newsletter.due(OSLO, [old, wrong], []))
    names = [f"n{number}" for number in range(newsletter.MOST_TEXTS + 9)]
    new = [replace(TEXT, document=name, text_sha256=name, published="2026-12-01") for name in names]
    found = newsletter.due(OSLO, [*new, replace(wrong, text_sha256="2"), replace(old, is_withdrawn=True)], entries)
    assert [one.change for one in found[:3]] == ["withdrawn", "correction", "new"] and newsletter.at_once(
        found
    ) == found
    facts = newsletter.facts(found, SHIPPED["en"], Sender("", "o@x.org"), "https://x.example/", SHIPPED)
    assert [one["change"] for one in facts["texts"]] == ["withdrawn", "correction", *["new"] * newsletter.MOST_TEXTS]
    assert facts["left"] == 9


def test_what_changed_and_does_not_go_into_a_letter_is_due_again(monkeypatch):
    monkeypatch.setattr(newsletter, "MOST_CHANGED", 2)
    texts = [replace(TEXT, document=name, text_sha256=name) for name in ("a", "b", "c")]
    entries = told(*newsletter.due(OSLO, texts, []))
    now = [TEXT, *(replace(one, is_withdrawn=True) for one in texts)]
    first = newsletter.at_once(newsletter.due(OSLO, now, entries))
    assert [one.change for one in first] == ["withdrawn", "withdrawn", "new"]
    assert [one.change for one in newsletter.due(OSLO, now, entries + told(*first, name="d2"))] == ["withdrawn"]


def test_a_withdrawn_text_that_has_gone_from_the_web_is_known_by_what_was_told_of_it():
    entries = told(*newsletter.due(OSLO, [TEXT], []))
    (found,) = newsletter.gone(OSLO, entries, {("en", "1"): "a name"}, (), address="https://x.example/")
    assert (found.title, found.about, found.reason, found.address) == (
        "A call",
        "Council",
        "a name",
        "https://x.example/",
    )
    assert [one.change for one in newsletter.due(OSLO, [found], entries)] == ["withdrawn"]
    assert not list(newsletter.gone(OSLO, entries, {("fr", "1"): ""}, ()))
    assert not list(newsletter.gone(OSLO, entries, {("en", "1"): ""}, {("call", "en")}))
    for details in ("", "[1]", "[" * 100_000):  # of earlier versions, and of somebody else's ledger
        (contents,) = (entry.contents for entry in entries)
        before = [replace(entries[0], contents=(replace(contents[0], details=details),))]
        (found,) = newsletter.gone(OSLO, before, {("en", "1"): ""}, ())
        assert (found.document, found.title) == ("call", "")


def test_partners_are_told_of_their_topics_in_their_languages():
    french = replace(TEXT, lang="fr", text_sha256="f")
    assert changes([TEXT, french]) == [("call", "fr", "new")]
    assert len(changes([TEXT, french], partner=replace(OSLO, every_language=True))) == 2
    assert changes([replace(TEXT, lang="de")]) == []
    assert changes([TEXT], partner=replace(OSLO, topics=("war",))) == []
    assert changes([TEXT], partner=replace(OSLO, topics=("labour",))) == [("call", "en", "new")]


def test_what_was_published_before_a_day_can_be_left_out():
    later = replace(TEXT, document="letter", published="2026-11-20")
    assert changes([TEXT, later], since="2026-11-20") == [("letter", "en", "new")]
    assert changes([TEXT, later]) == [("letter", "en", "new"), ("call", "en", "new")]


def test_a_document_that_was_renamed_is_not_told_of_again():
    entries = told(*newsletter.due(OSLO, [TEXT], []))
    assert newsletter.due(OSLO, [replace(TEXT, document="appeal")], entries, former={"call": "appeal"}) == []
    later = replace(TEXT, document="appeal", text_sha256="2")
    assert [one.change for one in newsletter.due(OSLO, [later], entries)] == ["new"]
    assert [one.change for one in newsletter.due(OSLO, [later], entries, former={"call": "appeal"})] == ["correction"]


def test_a_document_whose_files_were_renamed_by_hand_is_not_told_of_again():
    entries = told(*newsletter.due(OSLO, [TEXT], []))
    moved = replace(TEXT, document="letter", address="https://x.example/en/letter/")
    assert changes([moved], entries) == []
    assert changes([replace(moved, text_sha256="2")], entries) == [("letter", "en", "new")]


def test_nothing_is_told_of_a_document_in_doubt_whatever_it_is_called_by_then():
    entries = told(*newsletter.due(OSLO, [TEXT], []), state=DeliveryState.DOUBT)
    later = replace(TEXT, document="appeal", text_sha256="2")
    assert newsletter.due(OSLO, [later], entries, former={"call": "appeal"}) == []


def test_a_text_that_stands_on_the_web_again_is_told_again_whatever_it_was_called_between(book):
    def tell(news, former):
        its = newsletter.due(OSLO, [news], book.entries(), former=former)
        name = book.plan("oslo", DeliveryKind.NEWSLETTER, [one.content for one in its], WAY)
        book.commit(name)
        book.record(name, DeliveryState.ACCEPTED, "")
        assert newsletter.due(OSLO, [news], book.entries(), former=former) == []

    tell(TEXT, {})
    tell(replace(TEXT, document="appeal", text_sha256="2"), {"call": "appeal"})
    tell(TEXT, {"appeal": "call"})
