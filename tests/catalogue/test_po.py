import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage import pypo

from pipeline.catalogue import po
from pipeline.catalogue.po import syntax
from pipeline.errors import CatalogueError
from pipeline.model import Catalogue, Location, State, Unit

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def catalogue(*units, **fields):
    headers = po.headers("statement", "fa", "en", "2016-10-30")
    return Catalogue("statement", "fa", "en", units, headers=headers, **fields)


def written(tmp_path, one, now=NOW):
    path = tmp_path / "statement.po"
    path.write_bytes(po.serialise(one, "seeds/statement", now))
    return path


UNITS = (
    Unit("title", "عنوان", "Title", State.TRANSLATED, locations=(Location(1),)),
    Unit(
        "paragraph",
        "عنوان",
        "A title",
        State.MACHINE,
        origin="machine: argos fa→en 1.5",
        locations=(Location(3, "عنوان"),),
    ),
    Unit("paragraph", 'نقل "قول"\nو \\ بند', "", locations=(Location(4), Location(9))),
    Unit("contact", "۱۲۳۴۵۶", "123456", State.COPIED, origin="copied"),
    Unit(
        "slogan",
        "می‌رود",
        "Goes",
        State.DOUBT,
        notes=("a translator's note", "in two lines"),
        flags=("python-format",),
        previous="رفت",
    ),
)


def test_a_catalogue_comes_back_as_it_was_written(tmp_path):
    gone = Unit("paragraph", "رفته", "Gone", State.TRANSLATED, notes=("kept",))
    one = catalogue(*UNITS, obsolete=(gone,), header_comment="What translators wrote above the header.")
    back = po.read(written(tmp_path, one), "statement", "fa", "en")
    assert po.same_meaning(replace(back, headers=()), replace(one, headers=()))
    assert [unit.locations for unit in back.units] == [unit.locations for unit in one.units]


def test_gettext_accepts_it(tmp_path):
    path = written(tmp_path, catalogue(*UNITS))
    done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", path], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_translate_toolkit_reads_the_same(tmp_path):
    path = written(tmp_path, catalogue(*UNITS))
    units = [unit for unit in pypo.pofile.parsefile(str(path)).units if not unit.isheader()]
    assert [(u.getcontext(), u.source, u.target, u.isfuzzy()) for u in units] == [
        (u.context, u.source, u.target, u.state in (State.MACHINE, State.DOUBT)) for u in UNITS
    ]


def test_headers_tell_what_they_must_and_no_time_zone(tmp_path):
    tehran = NOW.astimezone(timezone(timedelta(hours=3, minutes=30)))
    back = dict(po.read(written(tmp_path, catalogue(), tehran), "statement", "fa", "en").headers)
    assert back["POT-Creation-Date"] == "2016-10-30 00:00+0000"
    assert back["PO-Revision-Date"] == "2026-01-02 03:04+0000"
    assert (back["Language"], back["X-Source-Language"]) == ("en", "fa")
    assert not back["Last-Translator"] and not back["Language-Team"]


@pytest.mark.parametrize("date", ["2016-10", "2016", ""])
def test_a_header_names_no_day_that_a_document_does_not(date):
    assert "POT-Creation-Date" not in dict(po.headers("statement", "fa", "en", date))


def test_headers_of_others_survive(tmp_path):
    path = written(tmp_path, catalogue(*UNITS))
    text = (
        path.read_text("utf-8")
        .replace('"X-Source', '"X-Poedit-Basepath: .\\n"\n"X-Source')
        .replace("Team: ", "Team: Berlin")
    )
    path.write_text("# above the header\n" + text, "utf-8")
    again = po.serialise(po.read(path, "statement", "fa", "en"), "seeds/statement", NOW).decode()
    assert again.startswith("# above the header\n")
    assert '"X-Poedit-Basepath: .\\n"' in again and '"Language-Team: Berlin\\n"' in again


def test_references_have_no_line_numbers(tmp_path):
    text = written(tmp_path, catalogue(*UNITS)).read_text("utf-8")
    assert text.count("#: seeds/statement\n") == len(UNITS)


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40),
    st.text('a\\"\n\t%{}«؛', min_size=1, max_size=20),
)
def test_any_text_survives(tmp_path_factory, source, target):
    unit = Unit("paragraph", source + "x", target, State.REVIEWED)
    back = po.read(written(tmp_path_factory.mktemp("po"), catalogue(unit)), "statement", "fa", "en")
    assert [(u.source, u.target) for u in back.units] == [(unit.source, target)]


HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

BROKEN = {
    "a missing closing quote": ('msgid "a"\nmsgstr "b\n', ":5:"),
    "a missing opening quote": ('msgid "a"\nmsgstr b"\n', ":5:"),
    "a stray word": ('msgid "a"\nmsgstr "b"\nhello\n', ":6:"),
    "a merge conflict": ('<<<<<<< HEAD\nmsgid "a"\n=======\nmsgid "b"\n>>>>>>> x\nmsgstr ""\n', ":4: a merge conflict"),
    "msgstr without msgid": ('msgstr "b"\n', ":4:"),
    "an entry twice": ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', ":7: the same entry"),
    "a plural": ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n', ":4: a plural entry"),
}


@pytest.mark.parametrize(("body", "place"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_would_lose_text_is_refused_with_its_line(tmp_path, body, place):
    path = tmp_path / "statement.po"
    path.write_text(HEADER + body, "utf-8")
    with pytest.raises(CatalogueError, match=f"statement.po{place}"):
        po.read(path, "statement", "fa", "en")


def test_an_empty_file_and_another_encoding_are_refused(tmp_path):
    path = tmp_path / "statement.po"
    for content, message in ((b"", "empty"), (HEADER.encode() + b'msgid "\xe9"\n', "po:4: not valid UTF-8")):
        path.write_bytes(content)
        with pytest.raises(CatalogueError, match=message):
            po.read(path, "statement", "fa", "en")


def test_what_a_person_wrote_by_hand_is_read(tmp_path):
    path = tmp_path / "statement.po"
    path.write_text(
        HEADER + '# note\n#, fuzzy\nmsgctxt "title"\nmsgid ""\n"a"\n"b"\nmsgstr "c"\n\n#~ msgid "x"\n#~ msgstr "y"\n',
        "utf-8",
    )
    back = po.read(path, "statement", "fa", "en")
    assert [(u.source, u.target, u.state, u.notes) for u in back.units] == [("ab", "c", State.DOUBT, ("note",))]
    assert [(u.source, u.target) for u in back.obsolete] == [("x", "y")]


def test_msgfmt_is_there():
    assert shutil.which("msgfmt"), "gettext is missing; make test installs it"


EVIL = '\n\nmsgid "evil"\r\nmsgstr "in"\n#, fuzzy\u2028\x85msgid "too"\n'


@pytest.mark.parametrize("field", ["notes", "flags", "locations", "origin", "reference", "document", "header"])
def test_nothing_in_a_comment_a_flag_or_a_header_becomes_an_entry(field):
    unit = Unit("paragraph", "الف", "A", State.REVIEWED)
    fields = {"notes": (EVIL,), "flags": (EVIL.replace(",", ""),), "locations": (Location(3, EVIL),), "origin": EVIL}
    unit = replace(unit, **{field: fields[field]}) if field in fields else unit
    name = EVIL if field == "document" else "statement"
    headers = po.headers(name, "fa", "en", "") + ((("X-Evil", EVIL),) if field == "header" else ())
    content = po.serialise(
        Catalogue(name, "fa", "en", (unit,), headers=headers), EVIL if field == "reference" else "seeds/x", NOW
    )
    back = po.parse(content, "x.po", name, "fa", "en").catalogue
    assert [(one.source, one.target) for one in back.units] == [("الف", "A")]
    assert not any("evil" in key.lower() for key, _ in back.headers if key != "X-Evil")


def test_what_utf8_cannot_hold_is_refused_before_anything_is_written():
    with pytest.raises(CatalogueError, match="a character that UTF-8 cannot hold"):
        po.serialise(catalogue(Unit("paragraph", "الف", "half a \ud83d pair", State.REVIEWED)), "seeds/x", NOW)


def parsed(content: bytes) -> po.File:
    return po.parse(content, "statement.po", "statement", "fa", "en")


def order(content: bytes) -> list[str]:
    file = parsed(content)
    return [entry.source for entry in file.parsed.entries if not entry.is_header]


def unit(source, line, target="A"):
    return Unit("paragraph", source, target, State.REVIEWED, locations=(Location(line),))


def test_a_new_sentence_follows_the_one_before_it_and_what_left_goes_to_the_end():
    old = parsed(po.serialise(catalogue(unit("a", 1), unit("b", 2), unit("c", 3)), "x", NOW))
    a, b, c = old.catalogue.units
    new = replace(old.catalogue, units=(unit("first", 1), a, unit("n", 2), unit("m", 2), c), obsolete=(b,))
    content = po.serialise(new, "x", NOW, old)
    assert order(content) == ["first", "a", "n", "m", "c", "b"]
    assert b'\n#~ msgctxt "paragraph"\n#~ msgid "b"\n' in content
    again = parsed(content)
    back = replace(again.catalogue, units=(*again.catalogue.units, *again.catalogue.obsolete), obsolete=())
    assert order(po.serialise(back, "x", NOW, again)) == ["first", "a", "n", "m", "c", "b"]


def test_a_file_in_the_order_of_its_document_follows_it_and_one_that_somebody_sorted_does_not():
    old = parsed(po.serialise(catalogue(unit("a", 1), unit("b", 2)), "x", NOW))
    a, b = old.catalogue.units
    moved = (replace(b, locations=(Location(1),)), replace(a, locations=(Location(2),)))
    assert order(po.serialise(replace(old.catalogue, units=moved), "x", NOW, old)) == ["b", "a"]
    sorted_by_hand = parsed(po.serialise(catalogue(unit("a", 2), unit("b", 1)), "x", NOW))
    a, b = sorted_by_hand.catalogue.units
    assert order(po.serialise(replace(old.catalogue, units=(b, a)), "x", NOW, sorted_by_hand)) == ["a", "b"]


def test_only_the_revision_and_what_changed_is_written_anew():
    old = parsed(po.serialise(catalogue(*UNITS), "x", NOW))
    same = po.serialise(old.catalogue, "elsewhere", NOW, old)
    assert same == old.content
    later = po.serialise(old.catalogue, "x", NOW + timedelta(days=1), old).decode().splitlines()
    changed = [line for line, before in zip(later, old.content.decode().splitlines(), strict=True) if line != before]
    assert changed == ['"PO-Revision-Date: 2026-01-03 03:04+0000\\n"']


def test_two_catalogues_mean_the_same_whatever_their_places_and_headers():
    one, two = unit("a", 1), unit("b", 2)
    known = catalogue(one, two, obsolete=(unit("c", 3),))
    assert po.same_meaning(known, replace(known, headers=(("X", "y"),), units=(replace(one, locations=()), two)))
    assert not po.same_meaning(known, replace(known, units=(two, one)))
    assert not po.same_meaning(known, replace(known, obsolete=()))
    assert not po.same_meaning(known, replace(known, units=(replace(one, notes=("n",)), two)))
    by_hand = catalogue(two, one)
    assert po.same_meaning(by_hand, catalogue(one, two))


def test_a_header_says_what_is_known_and_nothing_else():
    assert po.headers("statement", "fa", "en", "", "nplurals=1;") == (
        ("Project-Id-Version", "statement"), ("PO-Revision-Date", ""), ("Last-Translator", ""), ("Language-Team", ""),
        ("Language", "en"), ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"), ("Plural-Forms", "nplurals=1;"), ("X-Source-Language", "fa"),
    )  # fmt: skip
    assert "Plural-Forms" not in dict(po.headers("statement", "fa", "en", ""))


@pytest.mark.parametrize(
    ("comments", "target", "state"),
    [
        ("", "", State.UNTRANSLATED), ("", " \\t", State.UNTRANSLATED), ("#, fuzzy\n", "", State.UNTRANSLATED), ("", "A", State.TRANSLATED), ("# read: sara\n", "A", State.REVIEWED),
        ("#. origin: copied\n", "A", State.TRANSLATED), ("#. origin: machine: argos\n#, fuzzy\n", "A", State.MACHINE),
        ("#, fuzzy\n", "A", State.DOUBT), ("#. origin: machine: argos\n", "A", State.TRANSLATED),
        ("#. origin: doubt: x\n#. origin: machine: argos\n#, fuzzy\n", "A", State.MACHINE),
    ],
)  # fmt: skip
def test_the_state_is_told_by_flag_and_origin(comments, target, state):
    (found,) = parsed(f'{comments}msgid "a"\nmsgstr "{target}"\n'.encode()).catalogue.units
    assert found.state is state and "fuzzy" not in found.flags


def test_a_file_larger_than_any_document_is_refused(monkeypatch):
    monkeypatch.setattr(po, "MAX_BYTES", 30)
    content = b'msgid "a"\nmsgstr "b"\n'
    assert parsed(content.ljust(30, b"\n")).catalogue.units
    with pytest.raises(CatalogueError, match="larger than 30 bytes"):
        parsed(content.ljust(31, b"\n"))


def test_a_new_file_names_its_document_and_languages():
    content = po.serialise(Catalogue("statement", "fa", "en", (UNITS[0],)), "x", NOW)
    headers = dict(parsed(content).catalogue.headers)
    assert (headers["Project-Id-Version"], headers["X-Source-Language"], headers["Language"]) == (
        "statement",
        "fa",
        "en",
    )
    assert headers["X-Generator"].startswith("pipeline ")


def test_a_file_whose_last_line_has_no_end_takes_more_sentences():
    old = parsed(b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "b"')
    content = po.serialise(replace(old.catalogue, units=(*old.catalogue.units, unit("c", 2))), "x", NOW, old)
    assert order(content) == ["a", "c"] and b'msgstr "b"\n\n#. place: line 2\n' in content


def test_new_entries_end_their_lines_as_the_file_does(tmp_path):
    path = written(tmp_path, catalogue(Unit("title", "عنوان", "Title", State.TRANSLATED)))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    file = po.load(path, "statement", "fa", "en")
    grown = replace(
        file.catalogue, units=(*file.catalogue.units, Unit("paragraph", "تازه\nدو سطر", "New", State.TRANSLATED))
    )
    content = po.serialise(grown, "seeds/statement", NOW, file)
    assert content.count(b"\n") == content.count(b"\r\n") and "تازه".encode() in content
    assert [unit.target for unit in po.parse(content, "x", "statement", "fa", "en").catalogue.units] == ["Title", "New"]


def test_a_line_longer_than_any_text_is_refused_before_it_is_looked_at():
    content = b'msgid "a"\nmsgstr ' + b'"" ' * 333_334 + b"\n"
    with pytest.raises(CatalogueError, match=r"x\.po:2: a line of more than 1,000,000 characters; shorten it"):
        po.parse(content, "x.po", "x", "fa", "en")


def test_a_file_of_more_entries_or_lines_than_any_document_has_is_refused(monkeypatch):
    monkeypatch.setattr(syntax, "MOST_ENTRIES", 20)
    monkeypatch.setattr(po, "MOST_LINES_OF_ENTRIES", 100)
    for content, message in (
        ("".join(f'msgid "{n}"\nmsgstr ""\n\n' for n in range(21)), r"x.po:\d+: more than 20 entries"),
        ("".join(f'#~ msgid "{n}"\n#~ msgstr "a"\n\n' for n in range(21)), r"x.po:\d+: more than 20 entries"),
        ("# \n" * 101, "more than 100 lines"),
    ):
        with pytest.raises(CatalogueError, match=message):
            po.parse(content.encode(), "x.po", "x", "fa", "en")


def test_what_signs_stand_for_is_in_comments_and_comes_back(tmp_path):
    marks = ("**…**: strong", "{1}: a link to https://example.org/a: b", "{2}: a picture: A hall")
    one = Unit("paragraph", "**کار** [ما]{1}{2}", "Our **[work]{1}**{2}", State.REVIEWED, marks=marks)
    content = po.written(catalogue(one))
    assert [line for line in content.decode().splitlines() if line.startswith("#. mark: ")] == [
        f"#. mark: {mark}" for mark in marks
    ]
    (back,) = parsed(content).catalogue.units
    assert (back.source, back.target, back.marks) == (one.source, one.target, marks)
    assert not po.same_meaning(catalogue(one), catalogue(replace(one, marks=())))


def test_comments_behind_the_mark_of_a_file_are_comments():
    """A draft would count as translated."""
    text = '\ufeff# ask Kari\n#, fuzzy\nmsgid "الف"\nmsgstr "A"\n'
    file = po.parse(text.encode(), "a.po", "a", "fa", "en")
    (unit,) = file.catalogue.units
    assert unit.notes == ("ask Kari",) and unit.state is State.DOUBT
    content = po.serialise(file.catalogue, "seeds/a", NOW, file)
    assert po.parse(content, "a.po", "a", "fa", "en").catalogue.units[0].notes == ("ask Kari",)


def test_a_header_that_stood_behind_an_entry_comes_behind_the_mark():
    text = '\ufeffmsgid "الف"\nmsgstr "A"\n\nmsgid ""\nmsgstr "Language: en\\n"\n'
    file = po.parse(text.encode(), "a.po", "a", "fa", "en")
    assert po.serialise(file.catalogue, "seeds/a", NOW, file).startswith(b'\xef\xbb\xbfmsgid ""')


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_file_with_a_mark_and_no_header_gets_one_behind_the_mark(line_end):
    text = '\ufeffmsgid "الف"\nmsgstr "A"\n\nmsgid "ب"\nmsgstr "B"\n'.replace("\n", line_end)
    file = po.parse(text.encode(), "a.po", "a", "fa", "en")
    content = po.serialise(file.catalogue, "seeds/a", NOW, file)
    assert content.startswith(b'\xef\xbb\xbfmsgid ""') and content.count(b"\xef\xbb\xbf") == 1
    back = po.parse(content, "a.po", "a", "fa", "en").catalogue
    assert [unit.target for unit in back.units] == ["A", "B"] and back.headers
    assert content.count(b"\n") == content.count(line_end.encode())
