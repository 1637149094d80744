"""What stands in a digest: the beginning of texts, by partner and topic, in the reader's language where a machine can."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import txt
from pipeline.inbox import digest
from pipeline.inbox.digest import BEGINNING, Digest, LanguageText, Opening
from pipeline.inbox.record import InboxItem
from pipeline.languages import SHIPPED

WORDS = {"labour": ("strike*", "trade union", "کارگر*"), "women": ("women", "النساء")}


NOTHING = Opening()


def item(number=1, **stated):
    usual = {"title": "A title", "lang": "en", "received": "2026-11-27"}
    return InboxItem(number, "a.txt", "", "", **(usual | stated))


def read(text):
    return txt.read(text.encode("utf-8", "replace"), "a", SHIPPED["en"], Corrections())


def entry(number=1, topic="", first=NOTHING, drafts=None, **stated):
    return digest.entry(item(number, **stated), topic, first, "fa", drafts or {})


def test_the_beginning_ends_with_a_sentence_and_says_that_there_is_more():
    sentence = "The workers of this port have been waiting for their wages since the spring."
    long = read("A title\n\n" + "\n\n".join(f"{sentence} {sentence}" for _ in range(20)))
    first, whole = digest.opening(long), digest.opening(long, full=True)
    assert BEGINNING <= first.length < BEGINNING + len(sentence) and not first.is_whole
    assert {one for paragraph in first.paragraphs for one in paragraph} == {sentence}
    assert len(whole.paragraphs) == 20 and whole.is_whole
    assert digest.opening(read("A title\n\nOne sentence only.")) == Opening((("One sentence only.",),))


@pytest.mark.parametrize("text", ["a" * 100_000, "word " * 100_000, "A short one. " * 40_000])
def test_a_text_without_end_is_cut(text):
    content = read(f"A title\n\n{text[:49_000]}\n\n{text[:49_000]}\n\n{text[:49_000]}")
    for full, most in ((False, BEGINNING), (True, digest.MOST_IN_TEXT)):
        first = digest.opening(content, full=full)
        assert first.length <= 2 * most and not first.is_whole


def test_the_topic_with_most_words_wins_and_an_editor_is_right():
    assert (
        digest.topic_of(item(title="Women on strike"), read("T\n\nThe striking trade\u00a0union."), WORDS) == "labour"
    )
    assert digest.topic_of(item(title="بیانیۀ كارگران"), None, WORDS) == "labour"  # with the Arabic ك
    assert digest.topic_of(item(title="Nothing of it: trade unions"), None, WORDS) == ""
    assert digest.topic_of(item(title="A strike", topic="women"), None, WORDS) == "women"
    assert digest.topic_of(item(title="A strike"), None, {}) == ""


def test_what_the_machine_could_not_translate_stays_and_nothing_is_called_a_translation_that_is_none():
    first = Opening((("One.", "Two."),))
    part = entry(first=first, drafts={"One.": "یک."})
    assert (
        part.paragraphs == ((LanguageText("یک.", "fa"), LanguageText("Two.", "en")),)
        and part.is_machine
        and not part.draft
    )
    none = entry(first=first)
    assert none.paragraphs == ((LanguageText("One.", "en"), LanguageText("Two.", "en")),) and not none.is_machine
    own = entry(first=first, drafts={"One.": "یک."}, lang="fa")
    assert own.paragraphs == ((LanguageText("One.", "fa"), LanguageText("Two.", "fa")),) and not own.is_machine


def test_partners_and_topics_stand_in_order_and_what_is_not_known_last():
    of = Digest(
        "d",
        "",
        (
            entry(1, partner="oslo"), entry(2), entry(3, "women", partner="oslo"), entry(4, "labour", partner="oslo"),
            entry(5, "labour", partner="oslo", date="2026-11-28"), entry(6, "gone", partner="beirut"),
        ),
        0,
        {"labour": "Labour", "women": "Women"},
    )  # fmt: skip
    found = [(who, [(what, [one.item.number for one in its]) for what, its in them]) for who, them in of.groups()]
    assert found == [
        ("beirut", [("gone", [6])]), ("oslo", [("labour", [5, 4]), ("women", [3]), ("", [1])]), ("", [("", [2])]),
    ]  # fmt: skip
    assert [one.item.number for one in of.of(("women", "gone")).entries] == [3, 6] and of.of(()) == of


def test_what_nobody_sees_is_not_shown():
    assert digest.shown("a\u202eb\u2066\x00c\nd\ud800\u00ade") == "ab c d e"
    assert digest.shown("می\u200cروند") == "می\u200cروند"
    assert len(digest.shown("e" + "\u0301" * 5000)) < 40
    assert len(digest.title(item(title="word " * 1000))) <= digest.MOST_IN_TITLE + 2
    assert digest.title(item(title="")) == "a.txt"


def test_addresses_in_what_was_sent_to_us_lead_nobody_to_pages_of_ours():
    """Every mail server on its way can read a digest, and leave a list in our name."""
    read_online = (
        "Read it at https://union.example/view?id=4&token=reza and leave at https://union.example/unsubscribe/reza now."
    )
    text = digest.opening(read(f"A title\n\n{read_online}\n"), full=True).paragraphs[0]
    assert text == ("Read it at https://union.example/view?id=4 and leave at union.example/… now.",)


@pytest.mark.parametrize(
    "footer",
    [
        "To unsubscribe, go to {} now.",
        "Opt out here: {} now.",
        "Stop receiving these letters: {}",
        "Manage your preferences: {}",
        "Remove me from this list {}",
        "You no longer want these e-mails? {}",
        "Einstellungen: {}",
        "Gérer vos préférences : {}",
        "برای لغو عضویت: {}",
        "Unsubscribe at {} now.",
        "Click here ({} ) to unsubscribe from these letters.",
        "Abmeldung: {} für immer",
    ],
)
@pytest.mark.parametrize("server", ["https://union.example", "www.union.example"])
def test_the_address_at_which_a_reader_leaves_a_list_is_left_out_wherever_it_stands(footer, server):
    [text] = digest.opening(read(f"A title\n\n{footer.format(server + '/l/reza1979')}\n"), full=True).paragraphs
    assert "reza" not in " ".join(text) and f"{server}/…" in " ".join(text)
