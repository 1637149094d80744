"""A word that is another than it looks is told; the words people have in their own scripts are not."""

import pytest

from pipeline.text.lookalikes import deceptions

HONEST = [
    "", "office", "o'brien", "first.last+news", "bücher", "straße", "ışık", "İstanbul", "نشانی", "دفتر_۲", "شوراي", "كتب",
    "пример", "почта", "москва", "παράδειγμα", "Ελλάδα", "例え", "東京オフィス", "tokyo事務所", "사무소", "משרד", "कार्यालय", "ειρήνη", "məktəb", "ܫܠܡܐ", "ⴰⵣⵓⵍ", "ߒߞߏ", "𞤆𞤵𞤤𞤢𞤪", "ᠮᠣᠩᠭᠣᠯ",
]  # fmt: skip
"""The last of them are words of one script, or of those that are written together."""


@pytest.mark.parametrize("word", HONEST)
def test_words_in_their_own_script_are_as_they_look(word):
    assert list(deceptions(word)) == []


def test_a_word_that_could_be_latin_is_as_it_looks_among_its_own_kind():
    assert list(deceptions("роса")) and not list(deceptions("роса", among_latin=False))


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("pаypal", "mixes letters of different scripts (Cyrillic, Latin)"),
        ("οffice", "mixes letters of different scripts (Greek, Latin)"),
        ("ɑdmin", "mixes letters of different scripts (Latin, phonetic)"),
        ("officeی", "mixes letters of different scripts (Arabic, Latin)"),
        ("оffiсе.аррlе", "(Cyrillic, Latin)"),
        ("арр", "looks like Latin letters, and is Cyrillic"),
        ("ОРЕХ", "looks like Latin letters, and is Cyrillic"),
        ("οικο", "looks like Latin letters, and is Greek"),
        ("ⲥⲟⲥⲟ", "hardly any names are written in (Coptic)"),
        ("ᎪᏚᎪ", "hardly any names are written in (Cherokee)"),
        ("ᴠɪᴠᴏ", "hardly any names are written in (phonetic)"),
        ("ｏｆｆｉｃｅ", "another form of the usual ones"),
        ("oﬃce", "another form of the usual ones"),
        ("bu\u0308cher", "another form of the usual ones"),
        ("شورايی", "Persian and Arabic forms"),
        *((f"off{hidden}ice", f"(U+{ord(hidden):04X})") for hidden in "\u200b\u200c\u200d\u200e\u202e\u2066\u00ad\u2060\ufeff\u3164\ufe0f\u00a0\u2003\u034f\U000e0061\u180e"),
        ("نشانی\u200cها", "invisible character (U+200C)"),
    ],
)  # fmt: skip
def test_a_word_that_is_another_than_it_looks_is_told(word, told):
    assert any(told in one for one in deceptions(word)), list(deceptions(word))
