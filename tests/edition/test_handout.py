"""A handout has the programme first, then speeches below their titles, then the terms side by side."""

from pipeline.document.corrections import Corrections
from pipeline.document.formats import txt
from pipeline.edition import alignment, handout
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Kind, Unit

SPEECH = "سخنرانی ما\n\nاین متن بلندی است که با نقطه پایان می یابد.\n"


def edition(text, id, target):
    document = txt.read(text.encode(), id, SHIPPED["fa"], Corrections())
    return alignment.build(document, {"en": Catalogue(id, "fa", "en", (Unit("title", "سخنرانی ما", target),))})


def test_the_same_sentence_keeps_the_translation_of_its_own_document():
    made = handout.build(
        edition(SPEECH, "programme", "Ours"),
        [edition(SPEECH, "a", "A"), edition(SPEECH, "b", "B")],
        [("کار", "labour")],
        SHIPPED["en"],
    )
    heads = [row for row in made.rows if row.block.kind in (Kind.TITLE, Kind.HEADING)]
    assert [row.passages[0].units["en"].target for row in heads] == ["Ours", "A", "B", "Glossary"]
    assert [row.block.level for row in heads] == [1, 2, 2, 2] and made.document.id == "programme"
    assert (made.rows[-1].block.text, made.rows[-1].passages[0].units["en"].target) == ("کار", "labour")
    assert [row.block.first for row in made.rows] == list(range(1, len(made.rows) + 1))
