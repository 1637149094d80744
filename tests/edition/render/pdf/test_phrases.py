"""Titles and running heads are divided where a phrase ends."""

import pytest

from pipeline.edition.design import Design, Layout, Paper
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import linewords, phrases
from pipeline.edition.render.pdf.linewords import UNKNOWN
from pipeline.edition.render.pdf.phrases import Tie
from pipeline.languages import SHIPPED
from tests.support import readers
from tests.support.pages import built

KNOWN = linewords.read({code: linewords.job(SHIPPED[code]) for code in ("en", "fr", "de", "fa", "ar")})


def tie(text, lang):
    """Return how closely words are tied where a text has a stroke."""
    end = text.index("|")
    return phrases.tie(text.replace("|", ""), end, end + 1, KNOWN.get(lang, UNKNOWN))


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Report on the| strike", "en", Tie.LEADING), 
        ("Report| on the strike", "en", Tie.PHRASE), ("The freedom| of the press", "en", Tie.GENITIVE),
        ("A concerted| action", "en", Tie.WORDS), ("the dockers of South| Africa", "en", Tie.NAME),
        ("the Union| of Dockers", "en", Tie.LONG_NAME), ("Bakers, dockers,| miners", "en", Tie.POINT),
        ("Union:| what now", "en", Tie.POINT), ("the freedom-| loving people", "en", Tie.NAME),
        ("Report on| the strike", "en", Tie.LEADING_PHRASE), ("the Council| of Left and Red Unions", "en", Tie.LONG_NAME),
        ("the forces of left| and democratic women", "en", Tie.JOINED), ("of bread| and of freedom", "en", Tie.PHRASE),
        ("the Council of Left| and Red Unions", "en", Tie.NAME), ("le Conseil| de coopération", "fr", Tie.WORDS),
        ("روابط| بین\u00a0المللی", "fa", Tie.BARE), ("پیوند| بین کارگران", "fa", Tie.PHRASE),
        ("Workers| Unite", "en", Tie.WORDS),  # the first word has its capital from the sentence
        ("les ouvriers de| France", "fr", Tie.LEADING), ("les ouvriers| de la ville", "fr", Tie.GENITIVE),
        ("les ouvriers d’Amérique| du Nord", "fr", Tie.NAME), ("le peuple| d’Iran", "fr", Tie.GENITIVE),
        ("contre| l’oubli", "fr", Tie.LEADING), ("le combat| contre l’oubli", "fr", Tie.PHRASE),
        ("die Lage der| Arbeiter", "de", Tie.LEADING), ("die Freie| Gewerkschaft", "de", Tie.WORDS),
        ("کارگران نفت و| گاز", "fa", Tie.LEADING), ("کارگران نفت| و گاز", "fa", Tie.JOINED),
        ("سازمان‌های| کارگری", "fa", Tie.LEADING), ("اعضای| شورا", "fa", Tie.LEADING), ("خانهٔ| کارگر", "fa", Tie.LEADING),
        ("اتحاد| کارگران", "fa", Tie.BARE), ("عمال النفط| في الجنوب", "ar", Tie.PHRASE),
        ("rapport om| strejken", "xx", Tie.LEADING), ("rapport| strejken", "xx", Tie.WORDS),
    ],
)  # fmt: skip
def test_what_belongs_together_is_known_by_the_words_between_which_a_line_may_end(text, lang, expected):
    assert tie(text, lang) is expected


TITLES = {
    "en": "Appeal of the dockers of South Africa for the release of the imprisoned teachers in the ports",
    "fr": "Appel des dockers de Nouvelle Calédonie pour la libération des enseignants emprisonnés dans les ports",
    "de": "Aufruf der Hafenarbeiter zur Befreiung der Gefangenen und zur Unterstützung des Streiks in den Häfen",
    "es": "Carta abierta de los estibadores por la liberación de los maestros presos en los puertos del sur",
}


@pytest.mark.parametrize("lang", TITLES)
@pytest.mark.parametrize("paper", Paper)
def test_no_line_of_a_printed_title_ends_with_a_word_that_leads_on(lang, paper, tmp_path):
    made = built(
        "فراخوان باراندازان برای آزادی آموزگاران زندانی\nمتن", lambda text: TITLES[lang] if "فرا" in text else ".", lang
    )
    (sheet,) = pdf.sheets(made, Design(Layout("parallel"), paper), release=True)
    (tmp_path / "title.pdf").write_bytes(pdf.typeset(sheet).content)
    text = readers.poppler(tmp_path / "title.pdf")
    leading = SHIPPED[lang].typesetting.leading
    lines = [line.split() for line in text.splitlines() if line.strip() and line.strip() in TITLES[lang]]
    assert len(lines) > 1
    assert not [line for line in lines if line[-1].casefold() in leading]


@pytest.mark.parametrize(
    "text", ["Konseyi’nin 1404 (2025–2026) yılında", "the line Tehran—Tabriz", "pages 12-14 of it"]
)
def test_a_span_is_as_one_word(text):
    end = max(text.find(sign) for sign in "–—-") + 1
    assert phrases.tie(text, end, end, KNOWN["en"]) is Tie.NAME
    apart = f"{text[:end]} {text[end:]}"
    assert phrases.tie(apart, end, end + 1, KNOWN["en"]) is (Tie.NAME if "-" in text else Tie.POINT)
