"""Running heads fit their place, and end with a word that can end them."""

import re

import pytest

from pipeline.edition.render.pdf import heads, linewords
from pipeline.edition.render.pdf.measuring import units
from pipeline.edition.render.pdf.paragraphs import InlineText
from pipeline.languages import SHIPPED
from tests.support.boxes import line_box

KNOWN = linewords.read({code: linewords.job(SHIPPED[code]) for code in ("en", "fr", "fa")})
ENGLISH = "Report of the <b>fifth meeting of the</b> council on the strike of 30 September 2025, and on what came of it"
FRENCH = "Rapport de la cinquième réunion du conseil sur la grève des ouvriers de la ville et de ses environs"
PERSIAN = "گزارش پنجمین نشست شورا درباره اعتصاب کارگران شهر در ۳۰ شهریور ۱۴۰۴ و آنچه از آن برآمد"


def head(text, lang, width):
    box = line_box(text, lang)
    heads.fit(box, float(width), KNOWN[lang])
    return InlineText(box)


@pytest.mark.parametrize(("text", "lang"), [(ENGLISH, "en"), (FRENCH, "fr"), (PERSIAN, "fa")])
def test_a_head_fits_its_place_and_ends_with_no_word_that_leads_on(text, lang):
    whole = re.sub("<.*?>", "", text)
    cut = 0
    for width in range(100, 1100, 23):
        made = head(text, lang, width)
        assert made.before()[-1] <= units(width) or width > 1000
        if made.text != whole:
            cut += 1
            assert made.text.endswith(" …") and whole.startswith(made.text.removesuffix(" …"))
            last = made.text.removesuffix(" …").split()[-1].casefold()
            assert last not in KNOWN[lang].leading
            assert last not in ("30", "۳۰", "september", "شهریور")
    assert cut > 10


def test_a_head_that_fits_is_left_as_it_is():
    assert head(ENGLISH, "en", 5000).text == re.sub("<.*?>", "", ENGLISH)


def test_it_is_cut_by_its_width_and_not_by_its_letters():
    wide, narrow = (head(f"{letter * 9} " * 8, "en", 600).text for letter in "wi")
    assert wide.count(" ") < narrow.count(" ")


def test_a_word_wider_than_its_place_is_cut_inside():
    made = head("w" * 80, "en", 300)
    assert made.before()[-1] <= units(300.0) and made.text.startswith("wwww")


@pytest.mark.parametrize(
    ("text", "lang", "whole", "fitting"),
    [
        ("Report on the wages of workers and collective agreements", "en", "Report on the wages of workers", " and collective"),
        ("Statement on the joint cooperation of democratic organisations", "en", "Statement on the joint cooperation", " of democratic"),
        ("Minutes of the strike: new demands", "en", "Minutes of the strike", ": new"),
        ("Rapport sur le travail des femmes et les nouvelles conventions", "fr", "Rapport sur le travail des femmes", " et les nouvelles"),
        ("گزارش وضعیت کارگران و پیمان‌های جمعی", "fa", "گزارش وضعیت کارگران", " و پیمان‌های"),
    ],
)  # fmt: skip
def test_a_head_ends_before_a_word_that_leads_on_rather_than_in_an_adjective(text, lang, whole, fitting):
    width = InlineText(line_box(f"{whole}{fitting} …", lang)).before()[-1] / 1024 + 20 * heads.APART + 1
    assert head(text, lang, width).text == f"{whole} …"


def test_a_head_is_cut_no_shorter_than_it_has_to_be_to_end_so():
    assert head("Of " + "workers " * 9, "en", 600).text.count("workers") > 4
    assert head("Workers of " + "cooperating " * 9, "en", 600).text.count("cooperating") > 2
