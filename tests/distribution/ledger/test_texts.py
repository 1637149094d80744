"""Texts that were sent are kept, and believed only as they were."""

import pytest

from pipeline.distribution.release import digest

pytestmark = pytest.mark.usefixtures("closed_databases")


def test_a_text_is_kept_once_and_believed_only_as_it_was(path, book):
    name = digest(SENT)
    for _ in range(2):
        book.texts.keep({name: SENT, "b" * 64: f"{SENT} "})
    assert book.texts.text(name) == SENT and book.texts.text("b" * 64) == "" and book.texts.text("c" * 64) == ""


SENT = '["en", false, "", "", "", [["", "a"], ["1.", "b", [0, 1, "strong", ""]]], [["a", "A", true, ["note: c"]]]]'


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "{", "{}", "1", "[]", "[" * 100_000, SENT.replace('"en"', "1"), SENT.replace("false", "null"), SENT[:-1] + ", []]",
        SENT.replace('["", "a"]', '["a"]'), SENT.replace('["", "a"]', "1"), SENT.replace('"A"', "null"), SENT.replace("true", "[]"),
        '["en", false, "", "", "", [], {}]', f'["en", false, "", "", "", [], [{"[]," * 5_000_000}[]]]',
    ],
)  # fmt: skip
def test_what_is_no_text_of_a_release_is_none_though_its_digest_fits(book, text):
    book.texts.keep({digest(text): text})
    assert book.texts.text(digest(text)) == ""
