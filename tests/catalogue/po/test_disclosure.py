"""What leaves in a PO file: the translations of its document, and nothing that anybody wrote beside them."""

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue import leverage, origin, po
from pipeline.catalogue.po import disclosure
from pipeline.model import Catalogue, State, Unit

UNITS = (Unit("paragraph", "الف"), Unit("paragraph", "ب"))
SECRET = "Kari Nordmann <kari@x.example> +47 900 00 000"
PLURAL = "nplurals=2; plural=(n != 1);"
FILE = f'''\
# {SECRET}, 2026.
#. {SECRET}
#: /home/kari/x.po:1
#, fuzzy, kari-format
#| msgid "{SECRET}"
msgid ""
msgstr ""
"Project-Id-Version: {SECRET}\\n"
"Report-Msgid-Bugs-To: {SECRET}\\n"
"POT-Creation-Date: 2026-11-27 01:31+0330\\n"
"PO-Revision-Date: 2026-11-27 01:32+0330\\n"
"Last-Translator: {SECRET}\\n"
"Language-Team: {SECRET}\\n"
"Language: en_KARI\\n"
"MIME-Version: 1.0 {SECRET}\\n"
"Content-Type: text/plain; charset=UTF-8; kari=900 00 000\\n"
"Content-Transfer-Encoding: 8bit {SECRET}\\n"
"Plural-Forms: {PLURAL}\\n"
"X-Generator: Kari 900 00 000\\n"
"X-Source-Language: {SECRET}\\n"
"X-Poedit-Basepath: /home/kari\\n"
"kari 900 00 000\\n"

# {SECRET}
#  note: {SECRET}
#. place: line 3, under «{SECRET}»
#. kind: {SECRET}
#. origin: checked by {SECRET}
#. {SECRET}
#: /home/kari/x.txt:3
#, kari-format
#= kari-flag
#| msgctxt "kari"
#| msgid "{SECRET}"
msgctxt "paragraph"
msgid "الف"
msgstr "A"

# note: this is printed
# read: kari 2026-11-28 [0123456789abcdef]
# translated: kari
# {SECRET}
#. origin: memory 87%: kari-nordmann.tmx [{origin.digest("B")}]
#, fuzzy
msgctxt "paragraph"
msgid "ب"
msgstr "B"

# {SECRET}
msgctxt "paragraph"
msgid "no longer in the document: {SECRET}"
msgstr "{SECRET}"

# {SECRET}
#~| msgid "{SECRET}"
#~ msgid "{SECRET}"
#~ msgstr "{SECRET}"

# {SECRET}
'''


def leaving(content: str, date: str = "2016-10-30") -> bytes:
    file = po.parse(content.encode(), "x.po", "statement", "fa", "en")
    return disclosure.disclosed(leverage.merge(UNITS, file.catalogue), date)


def read(content: bytes) -> Catalogue:
    return po.parse(content, "x.po", "statement", "fa", "en").catalogue


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_no_field_of_a_po_file_lets_a_name_out(ends):
    content = leaving(FILE.replace("\n", ends))
    for secret in (b"kari", b"900 00 000", b"nordmann", b":31", b":32", b"0330", b"22:0"):
        assert secret not in content.lower()
    assert not [line for line in content.splitlines() if line.startswith((b"#:", b"#|", b"#~", b"#="))]


def test_the_translations_their_state_and_printed_notes_stay():
    first, second = read(leaving(FILE)).units
    assert (first.source, first.target, first.state, first.notes) == ("الف", "A", State.TRANSLATED, ())
    assert (second.source, second.target, second.state, second.origin) == ("ب", "B", State.MEMORY, "memory")
    assert second.notes == ("note: this is printed",)


def test_a_machines_text_names_its_engine_and_not_where_that_lies():
    digest = origin.digest("B")
    content = leaving(FILE.replace("memory 87%: kari-nordmann.tmx", "machine: openai /home/kari/models/aya.gguf fa→en"))
    assert read(content).units[1].origin == f"machine: openai aya.gguf fa→en [{digest}]" and b"kari" not in content


def test_the_header_is_written_anew_with_days_for_times():
    assert dict(read(leaving(FILE)).headers) == {
        "Project-Id-Version": "statement",
        "POT-Creation-Date": "2016-10-30 00:00+0000",
        "PO-Revision-Date": "2026-11-26 00:00+0000",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL,
        "X-Source-Language": "fa",
    }


@pytest.mark.parametrize("date", ["YEAR-MO-DA HO:MI+ZONE", "", "2026-11-27", "0001-01-01 00:00+2359", SECRET])
def test_a_date_that_is_none_is_left_out(date):
    content = leaving(FILE.replace("2026-11-27 01:32+0330", date), date="")
    headers = dict(read(content).headers)
    assert headers["PO-Revision-Date"] == "" and "POT-Creation-Date" not in headers


@pytest.mark.parametrize("forms", [f"{PLURAL} {SECRET}", SECRET, "nplurals=2; plural=kari;"])
def test_plural_forms_are_a_formula_or_nothing(forms):
    assert "Plural-Forms" not in dict(read(leaving(FILE.replace(PLURAL, forms))).headers)


@pytest.mark.parametrize(
    ("state", "said", "left"),
    [
        (State.MACHINE, origin.machine("argos fa→en 1.5", "A"), origin.machine("argos fa→en 1.5", "A")),
        (State.TRANSLATED, origin.machine("argos fa→en 1.5", "A"), origin.machine("argos fa→en 1.5", "A")),
        (State.TRANSLATED, origin.COPIED, origin.COPIED),
        (State.CHANGED, origin.changed("91% similar", "A"), "changed"),
        (State.MEMORY, origin.memory("kari.tmx", "A"), "memory"),
        (State.DOUBT, origin.doubt("kari says so"), "doubt"),
        (State.DOUBT, "kari says so", "doubt"),
        (State.TRANSLATED, origin.memory("kari.tmx", "A"), ""),
        (State.TRANSLATED, "read by kari", ""),
        (State.UNTRANSLATED, origin.failed("kari"), ""),
    ],
)
def test_an_origin_tells_of_engines_and_states_alone(state, said, left):
    unit = Unit("paragraph", "الف", "" if state is State.UNTRANSLATED else "A", state, said)
    (back,) = read(disclosure.disclosed(Catalogue("statement", "fa", "en", (unit,)))).units
    assert (back.target, back.state, back.origin) == (unit.target, state, left)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(target=TEXT, name=st.from_regex(r"[a-z]{6}zq[a-z]{6}", fullmatch=True))
def test_whatever_is_said_of_a_unit_its_text_alone_stays(target, name):
    unit = Unit("paragraph", "الف", target, State.DOUBT if target else State.UNTRANSLATED, name)
    told = Unit(unit.context, unit.source, unit.target, unit.state, name, (), (name, f"x note: {name}"), (name,), name)
    made = disclosure.disclosed(Catalogue("statement", "fa", "en", (told,), (told,), (("X-Kari", name),), name))
    assert name.encode() not in made and read(made).units[0].target == target


def test_a_stated_origin_stays_for_it_is_printed():
    stated = FILE.replace('"X-Source', '"X-Translation-Origin: machine\\n"\n"X-Source')
    assert dict(read(leaving(stated)).headers)["X-Translation-Origin"] == "machine"


def test_what_leaves_leaves_the_same_again_and_gettext_takes_it(tmp_path):
    content = leaving(FILE)
    assert leaving(content.decode()) == content
    (tmp_path / "x.po").write_bytes(content)
    assert shutil.which("msgfmt")
    subprocess.run(["msgfmt", "--check", "-o", tmp_path / "x.mo", tmp_path / "x.po"], check=True)


def test_what_the_signs_of_a_sentence_stand_for_leaves_with_it():
    one = Unit("paragraph", "[کار]{1}", "[Work]{1}", State.REVIEWED, marks=("{1}: a link to https://example.org",))
    content = disclosure.disclosed(Catalogue("statement", "fa", "en", (one,)))
    assert "#. mark: {1}: a link to https://example.org" in content.decode()
