"""Ordinal numbers as French prints them; what readers of a file find is tested in `test_setting`."""

import pytest

from pipeline.edition.render.pdf.raised import with_raised
from pipeline.languages import SHIPPED
from tests.support.pages import built, html_of


@pytest.mark.parametrize(
    ("text", "lang", "printed"),
    [
        ("le 1er mai, au XIXe siècle, la 2e, sous Ier, en 1re", "fr", "le 1ᵉʳ mai, au XIXᵉ siècle, la 2ᵉ, sous Iᵉʳ, en 1ʳᵉ"),
        ("les 21es, Xe ; la 3ème", "fr", "les 21ᵉˢ, Xᵉ ; la 3ème"),
        ("Vers la Vie, un Ver, mais ni CO2e ni A1er ni 1erx, Ve\u202f!", "fr", "Vers la Vie, un Ver, mais ni CO2e ni A1er ni 1erx, Vᵉ\u202f!"),
        ("the 1st of May and the 2nd, 1er", "en", "the 1st of May and the 2nd, 1er"),
    ],
)  # fmt: skip
def test_the_endings_of_ordinal_numbers_are_raised_where_the_language_does_so(text, lang, printed):
    assert with_raised(text, SHIPPED[lang].typesetting.raised) == printed


def test_they_are_raised_on_the_page_but_not_in_an_address():
    made = html_of(built("متن", lambda _: "Le 1er mai : https://example.org/1er/2e", lang="fr")).replace("\u200b", "")
    assert "Le 1ᵉʳ mai" in made and ">https://example.org/1er/2e<" in made
