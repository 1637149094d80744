"""Tags follow the blocks of the text, however they are divided on pages and in rows."""

from dataclasses import replace

from pipeline.catalogue import leverage
from pipeline.edition import revision
from pipeline.edition.design import CHANGES, Design
from pipeline.edition.render import pdf
from pipeline.model import Catalogue
from tests.support import rich
from tests.support.pages import PROSE, built
from tests.support.structure import Structure


def test_a_paragraph_over_two_pages_is_one_element(tmp_path):
    long = " ".join(f"{PROSE} شماره {n} است." for n in range(60))
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf.typeset(next(pdf.sheets(built(f"عنوان\n{long}", lambda text: "A sentence of it.")))).content)
    structure = Structure(path)
    for lang in ("en", "fa"):
        pages = [
            {part["/Pg"] for part in element["/K"] if isinstance(part, dict)} | {element["/Pg"]}
            for element in structure.within(structure.sections[lang])
            if element["/S"] == "/P" and isinstance(element.get("/K"), list)
        ]
        assert sum(len(found) > 1 for found in pages) == 1


def test_tables_lists_notes_and_headings_are_what_they_are_to_a_screen_reader(tmp_path):
    path = tmp_path / "rich.pdf"
    path.write_bytes(pdf.typeset(next(pdf.sheets(rich.edition()))).content)
    structure = Structure(path)
    for lang in ("fa", "en"):
        section = structure.sections[lang]

        def named(name, section=section):
            return [element for element in structure.within(section) if element["/S"] == name]

        (table,) = named("/Table")
        rows = [[cell["/S"] for cell in structure.children(row)] for row in structure.children(table)]
        assert rows == [["/TH"] * 3, ["/TD"] * 3, ["/TD"] * 3]
        assert [cell["/A"]["/Scope"] for cell in named("/TH")] == ["/Column"] * 3
        assert len(named("/H3")) == len(named("/Caption")) == 1 and len(named("/Reference")) == 2
        assert len({note["/ID"] for note in named("/Note")}) == 2
        outer, *inner, signed = named("/L")
        assert [len(structure.children(one)) for one in (outer, *inner, signed)] == [2, 1, 1, 4]
        assert inner[0] in list(structure.within(structure.children(outer)[0])), "a list in the item it belongs to"


def test_names_that_sign_one_below_another_are_a_list(tmp_path):
    text = "عنوان\nمتن بیانیه است که در آن چنین آمده است.\n\nاتحاد چپ ایران\nشورای همکاری نیروهای چپ\nفعالان چپ تورنتو"
    path = tmp_path / "signed.pdf"
    path.write_bytes(pdf.typeset(next(pdf.sheets(built(text, lambda text: "A name of ours")))).content)
    structure = Structure(path)
    for lang in ("en", "fa"):
        (names,) = [one for one in structure.within(structure.sections[lang]) if one["/S"] == "/L"]
        assert [[part["/S"] for part in structure.children(item)] for item in structure.children(names)] == [
            ["/LBody"]
        ] * 3


def test_a_listener_hears_what_was_removed_and_what_was_added(tmp_path):
    units = tuple(
        replace(unit, target=unit.source.translate(rich.LATIN).replace("mhm", "tazh"))
        for unit in leverage.extract(rich.document())
    )
    compared = revision.compare(rich.edition(), Catalogue("report", "fa", "en", units), "2026-01-02")
    path = tmp_path / "changes.pdf"
    path.write_bytes(pdf.typeset(next(pdf.sheets(compared, Design(CHANGES)))).content)
    structure = Structure(path)
    heard = [one.get("/Alt") for one in structure.within(structure.sections["en"]) if one["/S"] == "/Span"]
    assert heard == ["u:[removed: tazh]", "u:[added: mhm]"]
