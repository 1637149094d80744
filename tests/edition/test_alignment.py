"""Every sentence stands beside its translations, and what is not translated is not left out."""

from dataclasses import replace

from pipeline.catalogue import leverage, po
from pipeline.document import structure
from pipeline.edition import alignment
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Document, Meta, State

TEXT = "بیانیه ما\n\nاین متن بلندی است که با نقطه پایان می یابد. جمله دوم این است.\n\n***\n\nبیانیه ما"


def document(text: str = TEXT, **meta: str) -> Document:
    blocks = structure.propose(text.split("\n"), SHIPPED["fa"])
    return Document("statement", SHIPPED["fa"], Meta(**meta), blocks, "ab" * 32)


def catalogue(document: Document, lang: str, origin: str = "", known: int | None = None) -> Catalogue:
    """The first `known` sentences of a document, numbered in their order."""
    units = enumerate(leverage.extract(document)[:known])
    done = tuple(replace(unit, target=f"{lang} {number}", state=State.REVIEWED) for number, unit in units)
    return Catalogue("statement", "fa", lang, done, headers=((po.ORIGIN, origin),) if origin else ())


def build(document: Document, *catalogues: Catalogue):
    return alignment.build(document, {one.target_lang: one for one in catalogues})


def test_nothing_of_a_document_is_left_out_and_what_has_no_letters_waits_for_no_translation():
    made = build(document(), catalogue(document(), "en"))
    assert [row.block for row in made.rows] == list(document().blocks)
    for row in made.rows:
        assert "".join(passage.source + passage.tail for passage in row.passages) == row.block.text
    bare = [passage.source for row in made.rows for passage in row.passages if not passage.units]
    assert bare == ["***"]


def test_languages_stand_in_the_order_asked_for_behind_that_of_the_document():
    for langs in (["en", "fr"], ["fr", "en"]):
        made = build(document(), *(catalogue(document(), lang) for lang in langs))
        assert [language.code for language in made.languages] == ["fa", *langs]
        assert list(made.rows[0].passages[0].units) == langs


def test_a_sentence_that_a_catalogue_does_not_know_stands_there_untranslated():
    made = build(document(), catalogue(document(), "en", known=2), catalogue(document(), "fr"))
    _, second = made.rows[1].passages
    assert (second.units["en"].target, second.units["en"].state) == ("", State.UNTRANSLATED)
    assert second.units["fr"].target.startswith("fr ")


def test_the_title_is_what_the_editor_states_then_that_of_the_text_then_the_id():
    stated, read, bare = (document(editorial_title="فراخوان"), document(), document("متن\n\nمتن"))
    bare = replace(bare, blocks=bare.blocks[1:])
    made = [build(one, catalogue(one, "en")) for one in (stated, read, bare)]
    assert [one.title.source for one in made] == ["فراخوان", "بیانیه ما", "statement"]
    assert [one.title_is_editorial for one in made] == [True, False, False]
    assert made[0].title.units["en"].target and not made[2].title.units


def test_each_language_keeps_what_its_file_says_of_where_it_came_from():
    made = build(
        document(issuer="شورا"), catalogue(document(), "en", origin="a volunteer"), catalogue(document(), "fr")
    )
    assert made.origins == {"en": "a volunteer", "fr": ""}
    assert made.issuer.source == "شورا" and made.issuer.units["en"].state is State.UNTRANSLATED
