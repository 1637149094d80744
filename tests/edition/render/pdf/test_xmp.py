"""What a PDF says of itself: titles in their languages, and how far a translation is reviewed."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pipeline.edition.render.pdf import xmp
from pipeline.model import State
from tests.support.pages import PROSE, built

NAMES = xmp._XMP
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def said(edition, titles=None, *, release=True):
    return ElementTree.fromstring(xmp.rdf(edition, titles or {}, "Title", release=release))


def fact(root, name):
    found = root.find(f".//translation:{name}", NAMES)
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("state", "reviewed", "translated"),
    [(State.REVIEWED, "en 2/2", None), (State.TRANSLATED, "en 0/2", "en 2"), (State.MACHINE, "en 0/2", None)],
)
def test_it_claims_no_more_reviewing_than_there_was(state, reviewed, translated):
    root = said(built(f"عنوان\n{PROSE}", str, state=state), release=False)
    assert (fact(root, "reviewed"), fact(root, "translated"), fact(root, "status")) == (reviewed, translated, "draft")


def test_titles_stand_in_their_languages_and_text_is_text():
    edition = replace(built("عنوان", str, issuer="<rdf:li>&\x07"), origins={"en": "a volunteer"})
    root = said(edition, {"fa": "بیانیه", "en": "<b>&", "fr": ""})
    titles = {item.get(LANG): item.text for item in root.iterfind(".//dc:title//rdf:li", NAMES)}
    assert titles == {"x-default": "Title", "fa": "بیانیه", "en": "<b>&"}
    (creator,) = root.iterfind(".//dc:creator//rdf:li", NAMES)
    assert creator.text == "<rdf:li>&\ufffd" and fact(root, "origins") == "en: a volunteer"


@pytest.mark.parametrize("state", [State.MACHINE, State.TRANSLATED])
def test_every_fact_is_described_as_pdf_a_asks(state):
    root = said(replace(built("عنوان", str, state=state), origins={"en": "a volunteer"}))
    described = {name.text for name in root.iterfind(".//pdfaProperty:name", NAMES)}
    facts = {one.tag.partition("}")[2] for one in root.iter() if one.tag.startswith(f"{{{NAMES['translation']}}}")}
    assert "origins" in facts and facts <= described
