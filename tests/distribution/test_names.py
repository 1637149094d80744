"""A name in a bundle is the same file on every system, or it is refused; those we give are."""

import unicodedata

import pytest

from pipeline.distribution import names

FAULTS = {
    "/etc/x": "absolute", "a/../x": "leads out", "..": "leads out", "a/./x": "not a plain path", "a//x": "not a plain path",
    "": "invisible", "a\0": "invisible", "a\n": "invisible", "\u202efdp.exe": "invisible", "a\u200d": "invisible",
    "a\u00ad": "invisible", "a\ufe0f": "invisible", "a\u3164": "invisible", "a\u034fb": "invisible", "a\u2028": "invisible",
    "a\u00a0b": "invisible", "\udcff": "invisible", "a\ue000": "invisible",
    "a\\b": "has \\ in", "C:x": "has : in", "a/x:stream": "has : in", "a?": "has ? in", "a*": "has * in", 'a"': "has \" in",
    "a<": "has < in", "a|b": "has | in", "a.pdf;1": "has ; in", "b;": "has ; in", "data/LETTER~1.TXT": "the short one", "data./x": "takes away", "signer.pub.": "takes away", "data /x": "takes away",
    " x": "takes away", "x. ": "takes away", "...": "takes away",
    "con": "device", "NUL.txt": "device", "data/Com1": "device", "lpt9.tar.gz": "device", "aux .txt": "device",
    "COM¹": "device", "lpt³.pdf": "device", "CONOUT$": "device", "a/b/prn/c": "device",
    "a" * 1001: "too long", "/".join("a" * 12): "too deep",
}  # fmt: skip


@pytest.mark.parametrize("path", FAULTS)
def test_a_name_that_is_not_the_same_everywhere_has_a_fault(path):
    assert FAULTS[path] in names.fault(path)


@pytest.mark.parametrize(
    "path", ["data/بیانیه-۱۳۹۵.pdf", "Déclaration.pdf", "a b.txt", ".hidden", "console", "com10", "e\u0301", "a~b"]
)
def test_a_plain_name_has_none(path):
    assert names.fault(path) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Data/x", "data/X"),
        ("é", "e\u0301"),
        ("ﬁ", "fi"),
        ("Ω", "ω"),
        ("ẞ", "ss"),
        ("ΐ", "ΐ".upper()),
        ("ſ", "S"),
        ("２", "2"),
    ],
)
def test_names_that_some_system_takes_for_one_are_one(one, other):
    assert names.identity(one) == names.identity(other)


def test_names_that_differ_are_two():
    assert names.identity("call-2016") != names.identity("call-2017") and names.identity("ی") != names.identity("ي")


def test_a_name_has_a_length_however_long_what_it_is_made_of():
    assert names.safe("ب" * 1_000_000) == names.safe("ب" * 1000)


def test_every_name_we_give_is_plain_and_stays_as_it_is():
    odd = [chr(code) for code in (*range(0x3000), 0x3164, 0xFE0F, 0xFFA0, 0x1F600, 0xE0061)]
    for name in [
        *(f"a{sign}b" for sign in odd),
        *odd,
        *(
            f"{stem}{end}"
            for stem in ("com¹", "Aux", "x" * 87, "字" * 99, "字" * 101)
            for end in ("", ".", ".b", "..pdf", " ")
        ),
    ]:
        given = names.safe(name)
        assert len(given.encode()) <= 240, ascii(name)
        assert names.fault(given) == "" and names.safe(given) == given == unicodedata.normalize("NFC", given), ascii(
            name
        )
