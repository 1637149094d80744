"""Numbers of list items as Word shows them."""

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as form
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support.documents import docx, p


def level(place: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(levels: str, *overrides: str) -> str:
    numbers = "".join(
        f'<w:num w:numId="{id}"><w:abstractNumId w:val="0"/>{override}</w:num>'
        for id, override in enumerate(overrides or ("",), 1)
    )
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{numbers}'


def item(place: int = 0, id: int = 1, more: str = "") -> str:
    return p("بند", f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{id}"/></w:numPr>{more}')


def markers(numbering: str, *items: str) -> list[str]:
    read = form.read(docx("".join(items) + p("پایان."), numbering=numbering), "d", SHIPPED["fa"], Corrections())
    return [block.marker for block in read.blocks if block.kind is Kind.LIST_ITEM]


def test_levels_count_within_each_other_and_begin_anew():
    numbering = lists(level(0, "decimal", "ماده %1-") + level(1, "decimal", "%1-%2-") + level(2, "arabicAbjad", "%3)"))
    places = (0, 0, 1, 1, 2, 2, 0, 1)
    assert markers(numbering, *map(item, places)) == [
        "ماده 1-",
        "ماده 2-",
        "2-1-",
        "2-2-",
        "أ)",
        "ب)",
        "ماده 3-",
        "3-1-",
    ]


def test_a_list_goes_on_after_others_unless_it_is_overridden():
    numbering = lists(
        level(0, "hindiNumbers", "%1-"),
        "",
        "",
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>',
    )
    items = item(id=1), item(id=2), item(id=3), item(id=3), p("میان."), item(id=1)
    assert markers(numbering, *items) == ["۱-", "۲-", "۵-", "۶-", "۷-"]


def test_a_level_that_never_restarts_and_one_that_is_legal():
    numbering = lists(
        level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/><w:lvlRestart w:val='0'/>")
    )
    assert markers(numbering, *map(item, (0, 1, 0, 1))) == ["I.", "1.1", "II.", "2.2"]


def test_bullets_are_the_signs_of_their_font():
    bullet = level(0, "bullet", "\uf0b7").replace("</w:lvl>", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>')
    assert markers(lists(bullet), item()) == ["•"]


def test_a_deleted_item_is_not_counted():
    gone = item(more="<w:rPr><w:del/></w:rPr>").replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>")
    assert markers(lists(level(0, "decimal", "%1.")), item(), gone, item()) == ["1.", "2."]


def test_a_list_that_is_not_there_is_none():
    assert markers(lists(level(0, "decimal", "%1.")), item(id=9), item(place=7)) == []


def test_a_level_that_was_left_out_counts_as_if_it_had_been_there():
    numbering = lists(level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3"))
    assert markers(numbering, *map(item, (0, 2, 1, 0, 1))) == ["1", "1.1.1", "1.2", "2", "2.1"]


def test_a_level_that_states_no_number_to_begin_with_begins_at_0():
    numbering = lists(level(0, "decimal", "%1.").replace('<w:start w:val="1"/>', ""))
    assert markers(numbering, item(), item()) == ["0.", "1."]
