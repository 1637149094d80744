"""What a library reads of a bundle: linked records that say what is known, and nothing that is not."""

import json
from xml.etree import ElementTree

import pytest

from pipeline.distribution import metadata
from tests.support.bundles import release

DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SOURCE, ENGLISH, FRENCH = (f"urn:sha256:{digest * 32}" for digest in ("aa", "5e", "f0"))


@pytest.fixture
def text(tmp_path):
    return lambda **changes: release(tmp_path, **changes)


def graph(*releases, files=(), withdrawn=False) -> list[dict]:
    table = json.loads(metadata.json_ld(releases, dict(files), withdrawn=withdrawn))
    assert table["@context"] == "https://schema.org"
    return table["@graph"]


def elements(release) -> list[tuple[str, str, str | None]]:
    (record,) = ElementTree.fromstring(metadata.dublin_core([release]))
    return [(one.tag, one.text, one.get(LANG)) for one in record]


def test_an_original_is_described_once_with_all_its_translations(text):
    original, *texts = graph(text(), text(lang="fr"), text(document="other", source_sha256="bb" * 32))[:-1]
    assert original == {
        "@type": "CreativeWork",
        "@id": SOURCE,
        "identifier": "2016-10-statement",
        "inLanguage": "fa",
        "name": "بیانیه",
        "datePublished": "2016-10-30",
        "publisher": {"@type": "Organization", "name": "شورا"},
        "about": ["labour"],
        "workTranslation": [{"@id": ENGLISH}, {"@id": FRENCH}],
    }
    assert [one["identifier"] for one in texts] == ["other", "2016-10-statement.en", "2016-10-statement.fr"]


def test_a_text_says_what_it_translates_and_which_files_hold_it(text):
    file = {"path": "data/x.pdf", "type": "application/pdf", "bytes": 7, "sha256": "12" * 32}
    made = text()
    _, stated = graph(made, files={made.key: [file]}.items())
    assert stated == {
        "@type": "CreativeWork",
        "@id": ENGLISH,
        "identifier": "2016-10-statement.en",
        "inLanguage": "en",
        "name": "Statement",
        "creativeWorkStatus": "Published",
        "translationOfWork": {"@id": SOURCE},
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": "data/x.pdf",
                "encodingFormat": "application/pdf",
                "contentSize": "7",
                "sha256": "12" * 32,
            }
        ],
    }


def test_the_original_as_it_is_printed_is_no_translation(text):
    original, printed = graph(text(lang="fa"))
    assert "workTranslation" not in original
    assert printed["exampleOfWork"] == {"@id": SOURCE} and "translationOfWork" not in printed


def test_what_is_not_known_is_not_stated(text):
    (stated,) = graph(text(source_sha256="", titles={}, issuer={}, date="", topics=()), withdrawn=True)
    assert not {"name", "encoding", "publisher", "datePublished"} & set(stated)
    assert stated["creativeWorkStatus"] == "Withdrawn"
    original, _ = graph(text(issuer={"en": "The Council"}, date="", topics=()))
    assert not {"publisher", "datePublished", "about"} & set(original)


@pytest.mark.parametrize(
    ("is_draft", "withdrawn", "status"),
    [(False, False, "Published"), (True, False, "Draft"), (True, True, "Withdrawn"), (False, True, "Withdrawn")],
)
def test_the_status_is_that_of_the_text(is_draft, withdrawn, status, text):
    assert graph(text(is_draft=is_draft), withdrawn=withdrawn)[-1]["creativeWorkStatus"] == status


def test_letters_are_written_as_themselves(text):
    assert "بیانیه".encode() in metadata.json_ld([text()], {})
    assert "بیانیه".encode() in metadata.dublin_core([text()])


def test_dublin_core_says_what_is_known_of_a_translation(text):
    assert elements(text(reviewed=9)) == [
        (f"{DC}identifier", ENGLISH, None),
        (f"{DC}identifier", "2016-10-statement.en", None),
        (f"{DC}title", "Statement", "en"),
        (f"{DC}title", "بیانیه", "fa"),
        (f"{DC}creator", "The Council", "en"),
        (f"{DC}creator", "شورا", "fa"),
        (f"{DC}language", "en", None),
        (f"{DC}type", "Text", None),
        (f"{DC}date", "2016-10-30", None),
        (f"{DC}subject", "labour", None),
        (f"{DC}source", SOURCE, None),
        (f"{TERMS}isVersionOf", SOURCE, None),
        (f"{DC}description", "9 of 12 sentences reviewed", "en"),
    ]


def test_dublin_core_names_a_draft_and_leaves_out_what_is_not_known(text):
    stated = elements(text(is_draft=True, units=0, reviewed=0, titles={}, date="", topics=(), source_sha256=""))
    assert [tag.removeprefix(DC) for tag, _, _ in stated] == [
        "identifier",
        "identifier",
        "language",
        "type",
        "description",
    ]
    assert stated[-1][1:] == ("Draft, not released", "en")


def test_the_original_has_no_source_but_itself(text):
    tags = [tag for tag, _, _ in elements(text(lang="fa"))]
    assert not {f"{DC}source", f"{TERMS}isVersionOf"} & set(tags) and tags.count(f"{DC}title") == 1


def test_a_title_with_characters_that_xml_cannot_hold_is_read_all_the_same(text):
    title = next(
        text for tag, text, _ in elements(text(titles={"en": "A\x07\t\ud800B \U0001f54a\ue000"})) if tag == f"{DC}title"
    )
    assert title == "A\tB \U0001f54a\ue000"


def test_prefixes_are_those_that_libraries_know(text):
    content = metadata.dublin_core([text(), text(lang="fr")])
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<records') and content.endswith(b"</records>\n")
    assert content.count(b"<dc:language>") == 2 and content.count(b"<dcterms:isVersionOf>") == 2
