"""Words are parted where pyphen parts them."""

import pyphen
import pytest

from pipeline.edition.render.pdf.hyphenation import Hyphenation

WORDS = (
    *("hyphenation", "Considerable", "demands", "associate", "present", "table", "WORKERS", "a", "university's"),
    *("Veröffentlichung", "Schifffahrt", "manifestation", "aujourd", "œuvre", "İstanbul", "işçilerinin", "straße"),
    *(
        "sendikalarının",
        "организация",
        "рабочих",
        "συνδικάτο",
        "trabajadores",
        "huelga",
        "förening",
        "megkülönböztetés",
    ),
)


@pytest.mark.parametrize("lang", sorted({path.name: lang for lang, path in pyphen.LANGUAGES.items()}.values()))
def test_words_are_parted_where_pyphen_parts_them(lang):
    theirs = pyphen.Pyphen(lang=lang, left=2, right=3)
    ours = Hyphenation(lang, 2, 3)
    words = [*WORDS, *(pattern.strip(".") for pattern in [*theirs.hd.patterns][::40]), *(word * 2 for word in WORDS)]
    assert {word: ours.positions(word) for word in words} == {word: list(theirs.positions(word)) for word in words}


def test_no_part_is_shorter_than_is_wanted():
    assert Hyphenation("en", 2, 2).positions("associate") == [2, 4, 6]
    assert Hyphenation("en", 3, 4).positions("associate") == [4]


def test_an_ending_keeps_the_letter_before_it():
    words = ("sounded", "adopted", "Suspended", "considerate", "acted")
    with_endings = Hyphenation("en", 3, 3, ("ed",))
    assert [with_endings.positions(word) for word in words] == [[], [], [3], [3, 6, 8], []]
    assert Hyphenation("en", 3, 3).positions("sounded") == [4]
