"""Every character is set in a font that has it: the first of its text's direction."""

import io
import json
import re
import unicodedata
from dataclasses import replace
from importlib import resources
from itertools import pairwise

import pypdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from pipeline.edition.design import SINGLE, Design, Theme
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import faces, fonts, page
from pipeline.errors import RenderError
from pipeline.languages import SHIPPED
from pipeline.model import Kind, MarkKind
from tests.conftest import THOROUGH
from tests.support import rich
from tests.support.pages import built

LISTED = "²¹½№µ±‰†₺ḥṣəʿ≥≤≠√∞→←⇒↔✓✔✗☐☑◦•▪■●★☎✉①Ⅳ⅓━✅❌📞🌐✊⚡αωДжћґڕێۆەڵٹڈڑںہھےكيةىەğışçöüñßœåøł"
"""What documents of this kind hold, and what nine languages of the region and beyond are written with."""


def box(*characters: str, empty: str = "", is_postscript: bool = False) -> bytes:
    """A font in which every character is a black box, and some have no glyph but that for missing ones."""
    pen = T2CharStringPen(1000, None) if is_postscript else TTGlyphPen(None)
    pen.moveTo((0, 0)), pen.lineTo((0, 700)), pen.lineTo((900, 700)), pen.lineTo((900, 0)), pen.closePath()
    glyph = pen.getCharString() if is_postscript else pen.glyph()
    made = FontBuilder(1000, isTTF=not is_postscript)
    made.setupGlyphOrder([".notdef", "box"])
    made.setupCharacterMap({ord(c): "box" for c in characters} | {ord(c): ".notdef" for c in empty})
    if is_postscript:
        made.setupCFF("Box", {}, {".notdef": glyph, "box": glyph}, {})
    else:
        made.setupGlyf({".notdef": glyph, "box": glyph})
    made.setupHorizontalMetrics({".notdef": (1000, 0), "box": (1000, 0)})
    made.setupHorizontalHeader(ascent=2000, descent=-900)
    made.setupNameTable({"familyName": "Box", "styleName": "Regular"})
    made.setupOS2(sTypoAscender=2000, usWinAscent=2000)
    made.setupPost()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


LETTERS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def family(character, direction, own=None):
    """The family a character is set in: the first of the direction that has it."""
    made = faces.faces(f"aا{character}", own)
    names = dict.fromkeys(
        face.family for face in made if re.sub("^Own | [B-F]$", "", face.family) in faces._NAMES[direction].values()
    )
    return next(
        name
        for name in names
        for face in made
        if face.family == name and ord(character) in fonts.characters(face.content)
    )


@pytest.mark.parametrize(
    ("characters", "in_persian", "in_latin"),
    [
        ("ابپکگیهٔۀ۱٪،؛؟ـڕێٹ", "Naskh", "Serif Naskh"),
        (".:!()[]«»–—…%/-", "Naskh", "Serif"),
        ("aZ09ḥṣəğ\u0323²¹½µ№‰†₺αДʿ", "Naskh Latin", "Serif"),
        ("≥√→✓◦①━📞", "Naskh Signs", "Emoji"),
    ],
)
def test_letters_are_set_in_the_font_of_their_script_and_points_in_that_of_the_text(characters, in_persian, in_latin):
    assert {family(character, "rtl") for character in characters} == {in_persian}
    assert {family(character, "ltr") for character in characters} == {in_latin}


@pytest.mark.parametrize("hyphen", "\u2010\u2011")
def test_a_hyphen_of_latin_words_stands_as_high_in_persian_text_as_they_do(hyphen):
    assert (family(hyphen, "rtl"), family(hyphen, "ltr")) == ("Naskh Latin", "Serif")


def test_all_that_documents_of_this_kind_hold_is_shown_in_regular_and_bold():
    assert not {*LISTED} - faces.shown()
    known = SHIPPED.values()
    assert not {c for language in known for c in "".join(language.digits)} - faces.shown()


def glyphs(content):
    """Yield the number of each glyph drawn, and how many its font has."""
    for one in pypdf.PdfReader(io.BytesIO(content)).pages:
        known = {}
        for name, font in one["/Resources"]["/Font"].items():
            file = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"].get_data()
            known[name[1:]] = TTFont(io.BytesIO(file), lazy=True)["maxp"].numGlyphs
        used = None
        for token in re.findall(r"/(\w+) [\d.]+ Tf|<([0-9a-f]+)>", one.get_contents().get_data().decode("latin-1")):
            used = token[0] or used
            yield from ((int(number, 16), known[used]) for number in re.findall("....", token[1]))


def test_every_character_the_fonts_have_is_drawn_in_both_columns_and_weights():
    """What is promised, read back from a finished file."""
    shown = sorted(c for c in faces.shown() if unicodedata.category(c) not in ("Cc", "Cf", "Zs", "Zl", "Zp"))
    shown = shown if THOROUGH else shown[::4]
    text = " ".join("".join(shown[place : place + 12]) for place in range(0, len(shown), 12))
    blocks = [rich.block(Kind.PARAGRAPH, text, *marks) for marks in ((), ((text, MarkKind.STRONG, ""),))]
    (sheet,) = pdf.sheets(rich.edition(blocks=tuple(blocks)))
    drawn = [*glyphs(pdf.typeset(sheet).content)]
    assert len(drawn) > 3 * len(shown)
    assert not [number for number, count in drawn if not 0 < number < count]


@pytest.mark.parametrize("scale", [1.0, 0.5])
@pytest.mark.parametrize("is_postscript", [False, True])
def test_a_font_is_fitted_whatever_its_outlines_and_heights(is_postscript, scale):
    made = TTFont(
        io.BytesIO(faces._fitted(box("a", "b", is_postscript=is_postscript), frozenset(b"a"), scale, 1.0, 0.25))
    )
    units = made["head"].unitsPerEm
    assert made.getBestCmap() == {ord("a"): "box"}
    assert (made["hhea"].ascent / units, made["hhea"].descent / units) == (1.0, -0.25)
    assert made["hmtx"]["box"][0] / units == scale
    bounds = made.getGlyphSet()["box"]
    from fontTools.pens.boundsPen import BoundsPen

    pen = BoundsPen(made.getGlyphSet())
    bounds.draw(pen)
    assert pen.bounds[2] / units == pytest.approx(0.9 * scale)


def test_fonts_of_the_theme_come_first_for_their_script_and_for_what_only_they_have():
    own = {
        "latin-0": box(*LETTERS, "ا", "中"),
        "latin-1": box(*LETTERS),
        "arabic-0": box("ا", "a", "."),
        "arabic-1": box("ا"),
    }
    assert (family("a", "rtl", own), family("a", "ltr", own)) == ("Own Naskh Latin", "Own Serif")
    assert (family("ا", "rtl", own), family("ا", "ltr", own)) == ("Own Naskh", "Own Serif Naskh")
    assert (family(".", "rtl", own), family(".", "ltr", own)) == ("Own Naskh", "Serif")
    assert (family("é", "rtl", own), family("ب", "ltr", own)) == ("Naskh Latin", "Serif Naskh")
    assert (family("中", "rtl", own), family("≥", "ltr", own)) == ("Own Naskh Latin", "Emoji")
    assert "中" in faces.shown(own) and "中" not in faces.shown()


def test_fonts_of_other_scripts_serve_what_no_other_font_has_and_change_no_letter_of_these():
    chinese, hebrew = box(*LETTERS, *"中文é "), box(*LETTERS, *"אב中")
    own = {"signs-0": chinese, "signs-1": chinese, "signs-2": hebrew, "signs-3": hebrew}
    assert [family(one, "ltr", own) for one in "a中א≥"] == ["Serif", "Own Emoji", "Own Emoji B", "Emoji"]
    assert [family(one, "rtl", own) for one in "aé中א"] == [
        "Naskh Latin",
        "Naskh Latin",
        "Own Naskh Signs",
        "Own Naskh Signs B",
    ]
    assert {"中", "א"} <= faces.shown(own)
    theme = Theme(fonts={"signs": tuple(own.values())})
    (sheet,) = pdf.sheets(built("عنوان", lambda _: "Café 中文 中 אב"), Design(theme=theme))
    assert all(0 < number < count for number, count in glyphs(pdf.typeset(sheet).content))


def test_each_of_six_scripts_has_fonts_of_its_own_in_all_that_is_typeset():
    scripts = "中अאአ가ก"
    own = {f"signs-{number}": box(*LETTERS, scripts[number // 2]) for number in range(12)}
    names = [f"Own Emoji{letter}" for letter in faces.OTHERS]
    assert [family(one, "ltr", own) for one in scripts] == names
    theme = Theme(fonts={"signs": tuple(own.values())})
    (sheet,) = pdf.sheets(built("عنوان", lambda _: scripts), Design(theme=theme))
    assert all(0 < number < count for number, count in glyphs(pdf.typeset(sheet).content))
    for style in ("style", "leaflet", "badges"):
        css = resources.files("pipeline.edition.render.pdf").joinpath(f"{style}.css").read_text("utf-8")
        for lasting in ("Emoji", "Naskh Signs"):
            listed = ", ".join([*(f"Own {lasting}{letter}" for letter in faces.OTHERS), lasting])
            assert css.count(f" {lasting}") - css.count(f"Own {lasting}") == css.count(listed) > 0


def test_a_character_that_a_font_has_only_an_empty_box_for_is_set_in_another():
    own = {"latin-0": box(*LETTERS, empty="é中"), "latin-1": box(*LETTERS)}
    assert family("é", "ltr", own) == "Serif" and "中" not in faces.shown(own)
    theme = Theme(fonts={"latin": (own["latin-0"], own["latin-1"])})
    (sheet,) = pdf.sheets(built("عنوان", lambda _: "Café"), Design(theme=theme))
    assert all(0 < number < count for number, count in glyphs(pdf.typeset(sheet).content))


def test_only_what_a_page_needs_is_declared():
    needed = {(face.family, face.style) for face in faces.faces("aا")}
    assert needed == {("Naskh", "normal"), ("Naskh Latin", "normal"), ("Serif", "normal"), ("Serif Naskh", "normal")}
    more = {(face.family, face.style) for face in faces.faces("<em>aا≥</em>")} - needed
    assert more == {("Serif", "italic"), ("Naskh Signs", "normal"), ("Emoji", "normal")}


MIXED = {
    "en": "A line of کارگران and of «یک متن دیگر» and ≥ 5 √2 or ✅ and Москва by https://example.org/a and so on, ",
    "fa": "این سطر از Amnesty International و ۵ ≥ √۲ و ✓ و Москва و ḥ در https://example.org/a و کارگران است، ",
}


@pytest.mark.parametrize(("lang", "pitch"), [("en", 13.5), ("fa", 18)])
def test_words_of_another_script_and_signs_leave_the_lines_as_far_apart_as_they_are(lang, pitch):
    text = rich.block(Kind.PARAGRAPH, MIXED[lang] * 8)
    edition = rich.edition(blocks=(text,))
    if lang == "fa":
        edition = replace(edition, languages=edition.languages[:1])
    design = Design(SINGLE)
    (sheet,) = pdf.sheets(edition, design)
    (first, *_) = pypdf.PdfReader(io.BytesIO(pdf.typeset(sheet).content)).pages
    content = first.get_contents().get_data().decode("latin-1")
    heights = sorted({round(float(y), 2) for y in re.findall(r"[\d.]+ 0 0 -1 [\d.]+ ([\d.]+) Tm", content)})
    apart = [(below - above) * 0.75 for above, below in pairwise(heights)]
    in_text = [one for one in apart if 0.95 * pitch < one < 1.3 * pitch]
    assert len(in_text) > 5 and in_text == pytest.approx([pitch] * len(in_text), abs=0.02)


EMPHASIS = rich.block(Kind.PARAGRAPH, "این متن نو است.", ("نو", MarkKind.EMPHASIS, ""))


def test_emphasis_is_italic_in_latin_text_and_underlined_in_persian():
    (sheet,) = pdf.sheets(rich.edition(blocks=(EMPHASIS,)))
    content = pdf.typeset(sheet).content
    fonts_used = {font["/BaseFont"].split("+")[1] for font in _fonts_of(content)}
    assert "Serif-Italic" in fonts_used and not any("Naskh" in name and "Italic" in name for name in fonts_used)
    assert "text-decoration: none" in json.loads(sheet.job)["css"]


def test_persian_in_emphasised_english_is_underlined():
    html = page.html(rich.edition(blocks=(EMPHASIS,)), Design(), release=True)
    assert html.count("<em>") == html.count('<em class="upright">') == 1


@pytest.mark.parametrize(
    ("word", "slants"), [("Wort", True), ("слово", True), ("λέξη", True), ("我们", False), ("मूल", False), ("ቃል", False)]
)
def test_emphasis_in_a_script_without_italics_is_underlined(word, slants):
    made = rich.edition(blocks=(EMPHASIS,))
    (row,) = made.rows
    (passage,) = row.passages
    units = {"en": replace(passage.units["en"], target=f"In *{word}*.")}
    html = page.html(
        replace(made, rows=(replace(row, passages=(replace(passage, units=units),)),)), Design(), release=True
    )
    assert (f"<em>{word}</em>" in html) is slants and (f'<em class="upright">{word}</em>' in html) is not slants


def _fonts_of(content):
    for one in pypdf.PdfReader(io.BytesIO(content)).pages:
        yield from one["/Resources"]["/Font"].values()


def test_code_is_set_in_letters_of_one_width_and_a_page_without_has_no_font_for_it():
    made = {face.family: face.content for face in faces.faces("<code>aا</code>")}
    assert not {"Serif Code", "Naskh Code"} & {face.family for face in faces.faces("aا")}
    for name in ("Serif Code", "Naskh Code"):
        font = TTFont(io.BytesIO(made[name]))
        assert len({font["hmtx"][font.getBestCmap()[ord(letter)]][0] for letter in "iW-1é"}) == 1


def test_what_fonts_of_a_theme_show_is_told_from_apart_as_from_here():
    own = {"latin-0": fonts.unsigned(fonts.load()["Signs-Regular.ttf"])}
    assert faces.shown_of_theme({}) == faces.shown()
    read = fonts.characters.cache_info().misses
    told = faces.shown_of_theme(own)
    assert fonts.characters.cache_info().misses == read  # by another process
    assert told == faces.shown(own)
    with pytest.raises(RenderError, match="a font is damaged"):
        faces.shown_of_theme({"latin-0": b"OTTO"})
