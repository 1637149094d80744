"""What leaves in a PO file: every sentence, and no person, folder or time zone."""

import pytest

from pipeline.catalogue import po
from pipeline.catalogue.po.disclosure import PUBLIC, disclosed

BODY = '\n# a note of the translator\n#: statement.txt\nmsgctxt "paragraph"\nmsgid "الف"\nmsgstr "A"\n'


def leaving(fields: str, above: str = "", body: str = BODY) -> bytes:
    header = "".join(f'"{field}\\n"\n' for field in fields.splitlines())
    content = f'{above}msgid ""\nmsgstr ""\n{header}{body}'.encode()
    return disclosed(po.parse(content, "x.po", "statement", "fa", "en"))


def fields(content: bytes) -> list[str]:
    headers = po.parse(content, "x.po", "statement", "fa", "en").catalogue.headers
    return [f"{key}: {value}" for key, value in headers]


@pytest.mark.parametrize(
    "key", sorted({*PUBLIC} - {"Last-Translator", "Language-Team", "POT-Creation-Date", "PO-Revision-Date"})
)
def test_what_a_program_needs_stays(key):
    value = {"Content-Type": "text/plain; charset=UTF-8"}.get(key, "x: y")
    assert fields(leaving(f"{key}: {value}")) == [f"{key}: {value}"]


def test_people_folders_and_unknown_fields_are_left_out():
    said = "Last-Translator: Kari <kari@x.example>\nX-Poedit-Basepath: /home/kari\nLanguage-Team: Oslo\nLanguage: en\nno field"
    assert fields(leaving(said)) == ["Last-Translator: ", "Language-Team: ", "Language: en"]


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2026-11-27 01:30+0330", "2026-11-26 22:00+0000"),
        ("2026-11-27 01:30+0000", "2026-11-27 01:30+0000"),
        ("YEAR-MO-DA HO:MI+ZONE", ""),
    ],
)
def test_dates_are_told_in_utc(date, told):
    for key in ("PO-Revision-Date", "POT-Creation-Date"):
        assert fields(leaving(f"{key}: {date}")) == [f"{key}: {told}"]


def test_names_above_the_header_go_and_all_else_stays_to_the_byte():
    content = leaving(
        "Language: en", "# Kari Nordmann <kari@x.example>, 2026.\n#\n", f'{BODY}\n#~ msgid "ب"\n#~ msgstr "B"\n\n'
    )
    assert b"Kari" not in content and content.endswith(f'{BODY}\n#~ msgid "ب"\n#~ msgstr "B"\n\n'.encode())


def test_a_file_that_says_nothing_of_anybody_is_the_same():
    header = f'msgid ""\nmsgstr ""\n"Language: en\\n"\n{BODY}'.replace("\n", "\r\n").encode()
    for content in (header, BODY.lstrip("\n").encode()):
        assert disclosed(po.parse(content, "x.po", "statement", "fa", "en")) == content
