"""Tags follow the blocks of the text, however they are divided on pages and in rows."""

from pipeline.edition.render import pdf
from tests.edition.render.pdf.test_page import PROSE, built
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
