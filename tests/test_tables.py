"""Tables that people write are read with all their faults at once, each with file, line, key and remedy."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from msgspec import Meta

from pipeline import tables
from pipeline.errors import UsageError
from pipeline.tables import Choice, Rule, TableFault


class Ink(StrEnum):
    BLACK = "black"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Note:
    lines: Annotated[tuple[int, ...], Rule("two numbers", "[7, 9]", lambda lines: len(lines) == 2)]
    kind: Ink = Ink.BLACK


@dataclass(frozen=True, slots=True)
class Tray:
    sheets: Annotated[int, Rule("a whole number from 1 to 99", "2"), Meta(ge=1, le=99)]
    colour: Annotated[str, Rule("a colour", '"#1b3f7a"', lambda text: text.startswith("#"))] = "#000000"


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    size: Annotated[str, Choice(lambda: ("a4", "a5"))] = "a4"
    side: Literal["front", "back"] = "front"
    names: tuple[str, ...] = ()
    glossy: bool = False
    limit: float | None = None
    note: tuple[Note, ...] = ()
    trays: dict[Annotated[str, Rule("an id", "[trays.a]", str.islower)], Tray] = field(default_factory=dict)


def read(text: str | bytes, check=lambda table: ()) -> Paper:
    return tables.read(Paper, text if isinstance(text, bytes) else text.encode(), "paper.toml", UsageError, check)


def faults(text: str | bytes, check=lambda table: ()) -> list[str]:
    with pytest.raises(UsageError) as caught:
        read(text, check)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return [fault.removeprefix("paper.toml:") for fault in caught.value.faults]


def test_a_table_is_made_of_what_is_written_and_of_defaults():
    paper = read('title = "x"\nlimit = 2\n[[note]]\nlines = [1, 2]\nkind = "blue"\n[trays.a]\nsheets = 9\n')
    assert paper == Paper("x", limit=2.0, note=(Note((1, 2), Ink.BLUE),), trays={"a": Tray(9)})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("size = 'a4'", "1: title: missing; write text in quotes: title = \"…\""),
        ("title = 1", '1: title: 1 is not text in quotes; write: title = "…"'),
        ("title = ''\nsize = 'a9'", '2: size: "a9" is none of: a4, a5'),
        ("title = ''\nsize = []", "2: size: this list is none of: a4, a5"),
        ("title = ''\nside = 'top'", '2: side: "top" is none of: front, back'),
        ("title = ''\nnames = 'x'", '2: names: "x" is not a list, each text in quotes; write: names = ["…"]'),
        ("title = ''\nnames = [\n  1,\n]", '2: names: 1 is not text in quotes; write: names = "…"'),
        ("title = ''\nglossy = 'yes'", '2: glossy: "yes" is not true or false, without quotes; write: glossy = true'),
        ("title = ''\nlimit = true", "2: limit: true is not a number; write: limit = 1"),
        ("title = ''\nfoo = 1", "2: foo: unknown key; known are: title, size,"),
        ("title = ''\n[note]\nlines = 3", "2: note: write a table for each, with two brackets: [[note]]"),
        ("title = ''\n[[note]]\nlines = [1]\n", "3: note.lines: this list is not two numbers; write: lines = [7, 9]"),
        ("title = ''\nnote = [3]", "2: note: write a table: [note]"),
        ("title = ''\n[[note]]\nlines = [1, 2]\n[[note]]\nlines = [1, 2]\nkind = 'red'", '6: note.kind: "red" is none of'),
        ("title = ''\ntrays = []", "2: trays: write a table: [trays]"),
        ("title = ''\n[trays]\na = 4", "3: trays.a: write a table: [trays.a]"),
        ("title = ''\n[trays.A]\nsheets = 1", "2: trays.A: not an id; write: [trays.a]"),
        ("title = ''\n[trays.a]\n\n", "2: trays.a.sheets: missing; write a whole number from 1 to 99: sheets = 2"),
        ("title = ''\n[trays.a]\nsheets = 0", "3: trays.a.sheets: 0 is not a whole number from 1 to 99; write: sheets = 2"),
        ("title = ''\n[trays]\na.sheets = 1\na.colour = 'pink'", '4: trays.a.colour: "pink" is not a colour'),
        ("title = ''\n[trays.'Kari Nordmann']\nsheets = 0", '2: trays."…": not an id'),
        ("title = ", "1: no value behind the sign =; write one"),
        ("title = 'x'\n\ntitle = 'y'", "3: this key was written before; take one"),
        ("title = 'x'\n[trays.a]\n[trays.a]", "3: this table was written before; put both"),
        ("title = '\0'", "1: "),
        (b"title = 'x'\nnames = ['\xff']", "2: not valid UTF-8; save the file as UTF-8"),
        ("title = 'x'".encode("utf-16"), "1: not valid UTF-8"),
        ("title = ''\nnames = " + "[" * 100_000, "2: nested too deeply; write at most 100 levels"),
        ("title = ''\nnames = " + "{a=" * 100_000, "2: nested too deeply"),
        ("title = ''\n" + "a." * 100_000 + "a = 1", "2: nested too deeply"),
        ("title = ''\n[" + "'a'." * 100_000 + "a]", "2: nested too deeply"),
        ("title = ''\nlimit = " + "9" * 5000, "2: a number is too large; correct the line"),
        ("title = ''\nglossy = 0x" + "f" * 5000, "2: glossy: so large a number is not true or false"),
        ("title = ''\nlimit = nan\nsize = nan", "3: size: no number is none of"),
        ("title = ''\nsize = '" + "a" * 500 + "'", f'2: size: "{"a" * 40}…" is none of'),
        (b"#" * 1_000_001, " larger than 1,000,000 bytes"),
    ],
)  # fmt: skip
def test_a_fault_has_its_line_its_key_and_a_remedy(text, fault):
    assert faults(text)[0].startswith(fault)


def test_no_value_of_a_private_file_is_quoted():
    text = (
        "title = 7\nsize = 'Kari'\nnames = 'Kari'\n'Kari Nordmann' = 1\n['Kari']\n[note]\nkind = 'Kari'\n[['Kari']]\n"
    )
    for wrong in (text.partition("[[")[0], text):
        with pytest.raises(UsageError) as caught:
            tables.read(Paper, wrong.encode(), "paper.toml", UsageError, is_private=True)
        assert "Kari" not in str(caught.value).replace("paper.toml:5: Kari: unknown key", "")


def test_all_faults_are_told_at_once_in_the_order_of_lines():
    text = 'trays.a.sheets = 0\nsize = """\nsize = 3\n""" # size\nside = 1\n\n[[note]]\n[[note]]\nlines = [1, 2]\nx.y = 1\n'
    assert [fault.partition(": ")[0] for fault in faults(text)] == ["1", "1", "2", "5", "7", "10"]


def test_thousands_of_faults_are_not_all_told():
    told = faults("title = ''\n" + "".join(f"k{number} = 1\n" for number in range(5000)))
    assert len(told) == 51 and told[-1] == " and 4950 more"


def test_a_text_of_many_dots_is_no_deep_key():
    assert read(f'title = "{"." * 500}"\n# {"a." * 500}\n').title == "." * 500


def test_a_byte_order_mark_and_lines_of_windows_are_read():
    assert read(b"\xef\xbb\xbftitle = 'x'\r\nnames = ['y']\r\n").names == ("y",)
    assert faults(b"\xef\xbb\xbftitle = 'x'\r\nnames = 3\r\n")[0].startswith("2: names")


def test_what_is_wrong_between_keys_is_told_beside_the_rest_but_not_for_keys_that_are_wrong_themselves():
    def check(paper):
        yield TableFault.at("no glossy paper of this size", "size", "glossy")
        yield TableFault.at("too long", "title")

    assert faults("title = 'x'\nsize = 'a5'\nglossy = 3", check) == [
        "1: title: too long",
        "3: glossy: 3 is not true or false, without quotes; write: glossy = true",
    ]
    assert faults("title = 'x'\nsize = 'a5'", check)[-1] == "2: size: no glossy paper of this size"


def test_a_line_may_have_joiners_but_no_controls():
    assert (
        tables.is_line("می‌رود")
        and tables.is_line("ن\u200dه")
        and not tables.is_line("a\nb")
        and not tables.is_line("a\u202eb")
    )
