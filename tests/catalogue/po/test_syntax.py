"""Every kind of PO file there is: read as gettext reads it, or refused with its line; rewritten to the byte."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import polib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.catalogue import po
from pipeline.catalogue.po import syntax
from pipeline.errors import CatalogueError
from pipeline.model import State
from tests.conftest import CASES

PO = sorted((CASES / "po").glob("*.po"))
ACCEPTED = [path for path in PO if not path.stem.startswith("refused_")]
REFUSED = {
    "charset": ":1: its charset is ISO-8859-1; save the file as UTF-8",
    "comment_inside": ":13: a comment inside an entry; move it above the entry",
    "conflict": ":12: a merge conflict; keep one of the two versions",
    "cut_off_after_msgid": ":13: the entry is cut off: it has no msgstr; restore",
    "cut_off_in_a_string": ":13: not a PO line; look for a missing quotation mark",
    "domain": ":12: a domain statement; one file holds one document",
    "duplicate": ":12: the same entry is already on line 8; delete one",
    "empty": ": the file is empty; restore it",
    "escapes_that_are_not_utf8": ":12: bytes written as",
    "half_obsolete": ":13: an obsolete entry (#~) and another run into each other",
    "latin1": ":13: not valid UTF-8",
    "missing_closing_quote": ":13: not a PO line; look for a missing quotation mark",
    "missing_opening_quote": ":13: not a PO line; look for a missing quotation mark",
    "missing_quote_of_an_obsolete_entry": ":12: not a PO line; look for a missing quotation mark",
    "msgid_without_msgstr": ":14: msgid where msgid_plural or msgstr should be",
    "msgstr_without_msgid": ":12: msgstr where msgctxt or msgid should be",
    "plural": ":12: a plural entry, which documents do not have",
    "plural_out_of_order": ":15: msgstr[10] where msgstr[1] should be",
    "prose": ":12: not a PO line",
    "quote_inside": ":13: not a PO line; look for a missing quotation mark",
    "text_alone": ":14: msgstr where msgid should be",
    "two_msgstr": ":14: msgstr where msgctxt or msgid should be",
    "unknown_escape": ":12: \\d means nothing in a PO file",
    "white_space": ": the file is empty",
}
GETTEXT_REFUSES = {"byte_order_mark", "without_header"}
"""What gettext refuses and is read here all the same: Windows editors and people leave it so."""

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def load(path):
    return po.load(path, "statement", "fa", "en")


def ids(path):
    return path.stem


@pytest.mark.parametrize("path", [path for path in PO if path not in ACCEPTED], ids=ids)
def test_what_would_lose_text_is_refused_with_its_line_and_a_remedy(path):
    with pytest.raises(CatalogueError, match=re.escape(path.name + REFUSED[path.stem.removeprefix("refused_")])):
        load(path)


@pytest.mark.parametrize("path", ACCEPTED, ids=ids)
def test_what_gettext_accepts_is_read_as_gettext_reads_it(path, tmp_path):
    plain = tmp_path / "plain.po"
    done = subprocess.run(["msgcat", "--no-wrap", path, "-o", plain], capture_output=True)
    assert (done.returncode != 0) == (path.stem in GETTEXT_REFUSES), done.stderr
    if not done.returncode:
        ours, theirs = load(path).catalogue, load(plain).catalogue
        assert [(u.key, u.target) for u in ours.units] == [(u.key, u.target) for u in theirs.units]
        assert [(u.key, u.target) for u in ours.obsolete] == [(u.key, u.target) for u in theirs.obsolete]
        if path.stem != "two_flag_lines":  # gettext 0.21 forgets the first of two flag lines, and with it «fuzzy»
            assert [u.state for u in ours.units] == [u.state for u in theirs.units]


def chunks(content):
    """Return the bytes of a file without its revision and generator, which every command writes."""
    return [line for line in content.split(b"\n") if b"PO-Revision-Date" not in line and b"X-Generator" not in line]


@pytest.mark.parametrize("path", ACCEPTED, ids=ids)
def test_what_did_not_change_keeps_its_bytes(path):
    file = load(path)
    again = po.serialise(file.catalogue, "seeds/statement", NOW, file)
    assert [line for line in chunks(again) if line] == [line for line in chunks(file.content) if line] or (
        path.stem == "without_header" and again.endswith(file.content)
    )


@pytest.mark.parametrize("path", [path for path in ACCEPTED if "الف".encode() in path.read_bytes()], ids=ids)
def test_a_changed_entry_changes_its_own_lines_only(path):
    file = load(path)
    first, *others = file.catalogue.units
    new = replace(file.catalogue, units=(replace(first, target="Another", state=State.DOUBT), *others))
    again = po.serialise(new, "seeds/statement", NOW, file)
    gone, came = set(chunks(file.content)) - set(chunks(again)), set(chunks(again)) - set(chunks(file.content))
    assert {line.strip() for line in gone} <= {b'msgstr "A"'}
    assert {line.strip() for line in came} == {
        b"#, fuzzy", b"#. kind: paragraph", b"#: seeds/statement", b'msgstr "Another"',
    } - ({b"#, fuzzy"} & {line.strip() for line in chunks(file.content)})  # fmt: skip


@pytest.mark.parametrize("path", ACCEPTED, ids=ids)
def test_every_entry_can_be_rewritten_and_keeps_what_others_put_there(path):
    file = load(path)
    units = tuple(replace(unit, target=f'{unit.target} é\t"«', origin="") for unit in file.catalogue.units)
    again = po.serialise(replace(file.catalogue, units=units), "", NOW, file)
    back = po.parse(again, "again.po", "statement", "fa", "en")
    assert [(u.key, u.target, u.notes, u.flags) for u in back.catalogue.units] == [
        (u.key, u.target, u.notes, u.flags) for u in units
    ]
    for line in (
        b"#. from another tool",
        b"#: seeds/x.txt:1 seeds/x.txt:2",
        b"#= no-wrap",
        b"#TODO ask",
        b"#! strange",
    ):
        assert (line in again) == (line in file.content)


def test_it_is_needed_polib_loses_some_of_these():
    """If polib ever reads them all as gettext does, a reader of our own is no longer worth its lines."""
    wrong = []
    for path in ACCEPTED:
        try:
            theirs = [
                (e.msgctxt or "", e.msgid, e.msgstr)
                for e in polib.pofile(str(path), encoding="utf-8")
                if not e.obsolete
            ]
        except Exception:
            theirs = None
        if theirs != [(*unit.key, unit.target) for unit in load(path).catalogue.units]:
            wrong.append(path.stem)
    assert len(wrong) >= 5, wrong


def test_gettext_is_there():
    assert shutil.which("msgcat"), "gettext is missing; make test installs it"


def test_a_sentence_may_be_obsolete_twice_but_active_once(tmp_path):
    """msgmerge leaves such files, and a translator's second wording is not to be lost."""
    path = tmp_path / "statement.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    entry = '{0}msgctxt "paragraph"\n{0}msgid "الف"\n{0}msgstr "{1}"\n\n'
    path.write_text(head + entry.format("", "A") + entry.format("#~ ", "B") + entry.format("#~ ", "C"), "utf-8")
    found = po.read(path, "statement", "fa", "en")
    assert [unit.target for unit in found.units] == ["A"]
    assert [unit.target for unit in found.obsolete] == ["B", "C"]
    path.write_text(head + entry.format("", "A") + entry.format("", "B"), "utf-8")
    with pytest.raises(CatalogueError, match=r"statement\.po:8"):
        po.read(path, "statement", "fa", "en")


ENTRY = """\
# note of the translator
#
#  indented
#. place: line 3
#.origin: doubt
#: statement.txt
#, fuzzy, no-wrap
#| msgid "before\\n"
#| "and"
msgctxt "paragraph"
msgid "Text \\"quoted\\""
msgstr ""
"A"
"\\tB"
"""


@pytest.mark.parametrize("between", ["", "\n"], ids=["as programs write it", "with a blank line inside"])
def test_every_part_of_an_entry_is_read_without_its_marks(between):
    (entry,) = syntax.parse(ENTRY.replace("msgctxt", f"{between}msgctxt"), "x.po").entries
    assert entry.notes == ("note of the translator", "", " indented")
    assert entry.extracted == ("place: line 3", "origin: doubt") and entry.flags == ("fuzzy", "no-wrap")
    assert (entry.previous, entry.context, entry.source) == ("before\nand", "paragraph", 'Text "quoted"')
    assert (entry.targets, entry.plural, entry.obsolete, entry.line) == (("A\tB",), None, False, 1)


def test_an_entry_without_a_kind_and_one_of_the_kind_nothing_are_the_same():
    content = b'msgid "a"\nmsgstr "b"\n\nmsgctxt ""\nmsgid "a"\nmsgstr "c"\n'
    with pytest.raises(CatalogueError, match=r"x\.po:4: the same entry is already on line 1; delete one"):
        po.parse(content, "x.po", "statement", "fa", "en")


@pytest.mark.parametrize(
    "first", ["# a note", "#. place: line 3", '#| msgid "x"', '#~| msgid "x"', "#, fuzzy", 'msgctxt "k"']
)
def test_an_entry_begins_with_its_comments_also_without_a_blank_line_before_them(first):
    mark = "#~ " if first.startswith("#~") else ""
    text = f'msgid "a"\nmsgstr "b"\n{first}\n{mark}msgid "d"\n{mark}msgstr "e"\n'
    one, two = syntax.parse(text, "x.po").entries
    assert (one.source, one.raw, two.source) == ("a", 'msgid "a"\nmsgstr "b"\n', "d")
    assert two.raw.startswith(first) and two.line == 3


def test_every_escape_of_a_string_is_read():
    (entry,) = syntax.parse('msgid "a"\nmsgstr "\\n\\t\\r\\\\\\""\n', "x.po").entries
    assert entry.targets == ('\n\t\r\\"',)


ODD = (
    "", "\n", "\n\n", "# loose\n", "#~ msgid \"gone\"\n#~ msgstr \"fort\"\n", 'msgid "a"\nmsgstr "b"\n"more"\n',
    '#, fuzzy\nmsgid "c"\nmsgstr "d"\n', 'msgid "e"\r\nmsgstr "f"\r\n', '"glued"\n', "#. kind: x\n", 'msgid "g"\nmsgstr "h"',
)  # fmt: skip


@example([ODD[6]], [ODD[6], ODD[8]])
@given(st.lists(st.sampled_from(ODD), max_size=9), st.lists(st.sampled_from(ODD), max_size=9))
def test_a_text_is_read_the_same_whatever_stood_there_before(one, other):
    def read(text, before=None):
        try:
            return syntax.parse(text, "x.po", before)
        except CatalogueError as error:
            return str(error)

    before, text = read("".join(one)), "".join(other)
    if not isinstance(before, str):
        assert read(text, before) == read(text)
