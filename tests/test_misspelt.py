"""Somebody who does not know TOML is told what is wrong in a line, and what to write."""

import tomllib

import pytest

from pipeline import misspelt


def told(text: str) -> tuple[int, str]:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    return misspelt.said(caught.value, text)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a = 1\ntitle = “x”", 2, 'quotation marks of a word processor; write straight ones: "…"'),
        ("title = «x»", 1, "quotation marks of a word processor"),
        ("languages = [“fa”]", 1, "quotation marks of a word processor"),
        ("title “x”", 1, "quotation marks of a word processor"),
        ("title = ", 1, "no value behind the sign ="),
        ("title = # later\na = 1", 1, "no value behind the sign ="),
        ("title = hello", 1, 'a text without quotation marks; write: key = "text"'),
        ("glossy = Yes", 1, "a value that is neither true nor false"),
        ("date = 15/8/2011", 1, "there is more behind a value"),
        ("title = 'it's late'", 1, "a quotation mark in a text ends it"),
        ('title = "she said "no""', 1, "a quotation mark in a text ends it"),
        ("title: 'x'", 1, "a key without the sign = behind it"),
        ('a = "x\nb = 1', 1, "a text does not end in its line"),
        ("a = 'x", 1, "a text does not end"),
        ("a = [1, 2\nb = 3", 2, "a list does not go on with a comma, nor end"),
        ('a = "C:\\Users"', 1, "a backslash that begins no sign"),
        ("[a\nb = 1", 1, "the name of a table does not end; write: [name]"),
        ("a = ?", 1, "neither a text in quotation marks, a number, a day, true or false"),
    ],
)
def test_what_is_wrong_and_what_to_write(text, line, what):
    number, said = told(text)
    assert (number, said[: len(what)]) == (line, what)


@pytest.mark.parametrize(
    "text", ["x = {'Kari' = 1, 'Kari' = 2}", "['Kari']\n['Kari']", "x = {'Kari'=1}\n[x.'Kari']", "Kari", "x = Kari"]
)
def test_no_key_and_no_value_is_quoted(text):
    """It may be the name of a partner."""
    assert "Kari" not in told(text)[1]
