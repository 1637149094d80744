"""Termbases come and go as TBX: what other programs write is read, and what is written they read."""

import re

import pytest
from translate.storage import tbx as toolkit

from pipeline.errors import ExchangeError
from pipeline.exchange import tbx
from pipeline.exchange.tbx import Concept, ConceptTerm
from pipeline.termbase import Status

NOTED = Concept(
    (
        ConceptTerm("fa", "می‌خواهیم"),
        ConceptTerm("en", "strike", Status.PREFERRED, "a <note> & more"),
        ConceptTerm("en", "walkout", Status.ADMITTED),
        ConceptTerm("fr", "grève", Status.PREFERRED),
        ConceptTerm("fr", "révolte", Status.FORBIDDEN, "not that"),
    ),
    "fa",
)

V2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>MultiTerm</p></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="c7"><descrip type="subjectField">labour</descrip>
<langSet xml:lang="fa-IR"><descripGrp><descrip type="definition">…</descrip></descripGrp>
<ntig><termGrp><term>اعتصاب</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>
<langSet xml:lang="en_US"><tig><term>strike</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote><note>as agreed</note></tig>
<tig><term>riot</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>"""

DCT = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:basic="http://www.tbxinfo.net/ns/basic" style="dct" type="TBX-Basic" xml:lang="en">
<text><body><conceptEntry id="1"><langSec xml:lang="fa"><termSec><term>اعتصاب</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>strike</term><basic:administrativeStatus>admittedTerm-admn-sts</basic:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""


@pytest.mark.parametrize("version", tbx.VERSIONS)
def test_what_is_written_is_read_again_to_the_character(version):
    content = tbx.write([NOTED], "fa", version)
    assert tbx.read(content).concepts == (NOTED,)
    assert tbx.write([NOTED], "fa", version) == content


def test_another_program_reads_terms_notes_and_statuses():
    store = toolkit.tbxfile.parsestring(tbx.write([NOTED], "fa"))
    (unit,) = store.units
    assert unit.source == "می\u200cخواهیم"
    found = {one.text: (one.deprecated, [note.text for note in one.notes]) for one in unit.get_target_terms("fr")}
    assert found == {"grève": (False, []), "révolte": (True, ["not that"])}


def test_the_version_before_is_read_with_its_statuses_and_what_is_not_kept_is_counted():
    found = tbx.read(V2.encode())
    assert found.concepts[0].terms == (
        ConceptTerm("fa", "اعتصاب"),
        ConceptTerm("en", "strike", Status.PREFERRED, "as agreed"),
        ConceptTerm("en", "riot", Status.FORBIDDEN),
    )
    assert set(found.left_out) == {"subjectField", "descripGrp", "partOfSpeech"}


def test_a_region_is_kept_where_it_is_known():
    assert {term.lang for term in tbx.read(V2.encode(), ["fa", "en-US"]).concepts[0].terms} == {"fa", "en-US"}


def test_the_other_style_is_read():
    assert tbx.read(DCT.encode()).concepts[0].terms[1] == ConceptTerm("en", "strike", Status.ADMITTED)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<html/>", "not a TBX file"),
        (b"<tbx><text>", "well-formed"),
        (b"<tbx/>", "no terms"),
        (b'<!DOCTYPE tbx [<!ENTITY a "b">]><tbx>&a;</tbx>', "entities"),
        (b'<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx>&a;</tbx>', "entities"),
        (b"<tbx>" + b"<a>" * 60 + b"</a>" * 60 + b"</tbx>", "deep"),
        (DCT.replace("strike", "x" * 2000).encode(), "shorten"),
        (
            DCT.replace("<termSec><term>اعتصاب</term></termSec>", "<termSec><term>ا</term></termSec>" * 300).encode(),
            "more than 200 terms",
        ),
        (DCT.replace('xml:lang="fa"', f'xml:lang="{"x" * 500}"').encode(), "language"),
    ],
)
def test_what_cannot_be_read_is_said(content, said):
    with pytest.raises(ExchangeError, match=said):
        tbx.read(content)


def test_rows_with_the_same_term_are_one_concept_and_their_notes_stay():
    columns = ("fa", "en", "fr", "status", "note")
    rows = [("اعتصاب", "strike", "grève", "preferred", "n"), ("اعتصاب", "riot", "", "forbidden", "")]
    (concept,) = tbx.of_rows(rows, columns)
    assert [(one.lang, one.text, one.status, one.note) for one in concept.terms] == [
        ("fa", "اعتصاب", None, ""),
        ("en", "strike", Status.PREFERRED, "n"),
        ("fr", "grève", Status.PREFERRED, "n"),
        ("en", "riot", Status.FORBIDDEN, ""),
    ]
    assert not re.search("xml:lang=.de", tbx.write([concept], "fa").decode())


def test_attributes_are_counted_before_they_fill_the_memory():
    attributes = " ".join(f'a{number:x}=""' for number in range(600_000))
    content = f'<martif type="TBX"><text><body><termEntry {attributes}></termEntry></body></text></martif>'.encode()
    with pytest.raises(ExchangeError, match="more than 500,000 attributes"):
        tbx.read(content)
