"""What a file of a language may say, and how a wrong one is refused."""

import re
from dataclasses import asdict
from importlib import resources

import pytest

from pipeline.errors import LanguageError
from pipeline.languages import SHIPPED, files
from tests.test_languages import DUTCH


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('direction = "ltr"\n', "", r"nl\.toml:1: direction: missing; write one of ltr, rtl: direction = \"ltr\""),
        ('"ltr"', '"left"', r'nl\.toml:1: direction: "left" is none of: ltr, rtl'),
        ("nplurals=2; plural=(n != 1);", "2", r"nl\.toml:2: plural_forms: .* write: plural_forms = \"nplurals=2"),
        ('page_alone = "Pagina {page}"\n', "", r"nl\.toml:4: labels\.page_alone: missing; write a line with {page}"),
        ("van {pages}", "van {page", r"nl\.toml:5: labels\.page: .* is not a line with {page}, {pages} in it"),
        ('["de", "het", "een", "van"]', '"de"', r"nl\.toml:\d+: grammar\.function_words: \"de\" is not a list"),
        ("maart = 3\n", "", r"nl\.toml:33: dates\.gregorian: name all twelve months"),
        ("maart = 3", 'maart = "3"', r"nl\.toml:36: dates\.gregorian\.maart: \"3\" is not a whole number"),
        (
            "[grammar]",
            '[orthography]\nheard_h = ["*a*a"]\n[grammar]',
            r"nl\.toml:48: .*heard_h: .* is not a word, or \* and how",
        ),
        (
            "[grammar]",
            '[orthography.spellings]\n"he*o" = "x"\n[grammar]',
            r"nl\.toml:48: .*spellings.*: not a word, or \*",
        ),
        ("[grammar]", '[orthography.spellings]\nhallo = ""\n[grammar]', r"nl\.toml:48: .*hallo: \"\" is not a word"),
        ("[grammar]", "[grammer]", r"nl\.toml:47: grammer: unknown key; known are: direction, .* grammar"),
    ],
)
def test_a_wrong_file_is_refused_with_the_line_the_key_and_the_remedy(old, new, message):
    text = DUTCH.read_text("utf-8")
    assert old in text
    with pytest.raises(LanguageError) as refused:
        files.parse(text.replace(old, new).encode(), "nl")
    assert re.search(f"languages/{message}", str(refused.value)), refused.value


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a = " + b"[" * 100_000, "nested too deeply"),
        (b'a = "\0"', r"Illegal character '\\x00'"),
        (b"\0" * 2_000_000, "larger than 1,000,000 bytes"),
        (b'a = "\xff"', "not valid UTF-8"),
        (b"a = " + b"9" * 5000, "a number is too large"),
    ],
)
def test_a_hostile_file_is_one_line(content, message):
    with pytest.raises(LanguageError, match=message) as caught:
        files.parse(content[:1_000_001], "nl")
    assert "\n" not in str(caught.value)


def test_the_same_bytes_are_the_same_language_and_a_file_that_cannot_be_read_is_named(tmp_path):
    """Words of a language are keys of caches."""
    assert files.read(DUTCH, "nl") is files.parse(DUTCH.read_bytes(), "nl")
    with pytest.raises(LanguageError, match=r"languages/nl\.toml: Is a directory; make it a file"):
        files.read(tmp_path, "nl")


@pytest.mark.parametrize("code", SHIPPED)
def test_a_file_of_the_package_is_without_faults_and_read_the_same_without_looking_for_any(code):
    content = (resources.files("pipeline.languages") / f"{code}.toml").read_bytes()
    assert asdict(files.parse(content, code)) == asdict(SHIPPED[code])


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Where what was read is kept, for these tests."""
    monkeypatch.setattr(files, "KEPT", tmp_path)
    monkeypatch.setattr(files.sys, "dont_write_bytecode", False)
    return tmp_path / "fa.toml.msgpack"


def shipped(code: str) -> bytes:
    return (resources.files("pipeline.languages") / f"{code}.toml").read_bytes()


def read_anew(content: bytes) -> dict:
    files._trusted.cache_clear()
    return asdict(files._trusted(content, "fa"))


def test_a_language_is_the_same_when_it_was_kept(kept):
    content = shipped("fa")
    first = read_anew(content)
    assert kept.is_file() and read_anew(content) == first == asdict(files.parse(content, "fa"))


def test_what_was_kept_of_another_file_is_not_taken(kept):
    read_anew(shipped("fa"))
    changed = shipped("fa").replace(b'direction = "rtl"', b'direction = "ltr"')
    assert read_anew(changed)["direction"] == "ltr"


@pytest.mark.parametrize("harm", [lambda content: b"", lambda content: content[:40], lambda content: content[:-9]])
def test_what_was_kept_and_is_damaged_is_read_again(kept, harm):
    first = read_anew(shipped("fa"))
    whole = kept.read_bytes()
    kept.write_bytes(harm(whole))
    assert read_anew(shipped("fa")) == first and kept.read_bytes() == whole


def test_where_nothing_can_be_kept_a_language_is_read_all_the_same(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "KEPT", tmp_path / "missing")
    assert read_anew(shipped("fa"))["direction"] == "rtl"
