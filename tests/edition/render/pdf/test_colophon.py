"""What a partner is told of how far a translation was reviewed."""

import hashlib
import re
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest

from pipeline.edition.design import FACING, LARGE, SINGLE, Design, Paper
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import page
from pipeline.model import State
from tests.support import rich
from tests.support.pages import PROSE, built, html


def told(made):
    return re.sub("<[^>]*>|[\u2066-\u2069]", "", made[made.index('class="colophon') :])


def test_the_colophon_counts_truthfully_in_both_languages():
    one = built(f"عنوان\n{PROSE}", lambda text: "Text")
    machine = built(f"عنوان\n{PROSE}", lambda text: "Text", state=State.MACHINE)
    assert "Every sentence of the English translation has been reviewed (2\u00a0in\u00a0all)." in told(
        page.html(one, Design(), release=True)
    )
    assert "ترجمۀ انگلیسی ۲ جمله دارد: ۲ جملۀ ترجمۀ ماشینی که هنوز بازبینی نشده است." in told(
        page.html(machine, Design(), release=True)
    )
    assert "not been endorsed by the issuer" in told(page.html(one, Design(), release=True))
    assert "ab" * 32 in told(page.html(one, Design(), release=True))


def test_of_a_file_that_does_not_leave_the_colophon_states_the_digest_of_its_text():
    plain = built(f"عنوان\n{PROSE}", lambda text: "Text")
    text = told(page.html(replace(plain, document=replace(plain.document, file="x.docx")), Design(), release=True))
    assert "ab" * 32 not in text
    assert hashlib.sha256("".join(f"{one.text}\n\n" for one in plain.document.blocks).encode()).hexdigest() in text


@pytest.mark.parametrize("state", [State.DOUBT, State.CHANGED, State.MEMORY])
def test_what_waits_for_review_is_counted_as_in_doubt(state):
    text = told(html(f"عنوان\n{PROSE}", lambda text: "Text", state=state))
    assert "The English translation has 2 sentences: 2 marked “to be reviewed”." in text
    assert "A line in the margin marks text that is unfinished" in text


def test_the_colophon_states_the_origin_in_each_language():
    origin = "project translation; not checked by a professional translator or by the issuing organisation"
    one = replace(built(PROSE, lambda text: "Texte", lang="fr"), origins={"fr": origin})
    text = told(page.html(one, Design(), release=True))
    assert "établie pour la présente édition, elle n’a été vérifiée ni par un traducteur professionnel" in text
    assert "نه مترجم حرفه‌ای آن را وارسی کرده است" in text


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "en",
            "has 5 sentences: 1 reviewed, 1 translated but not yet read by a second person, and 3 not yet translated.",
        ),
        (
            "fr",
            "compte 5 phrases (relues\u00a0:\u00a01, traduites et non relues par une autre personne\u00a0:\u00a01 et non traduites\u00a0:\u00a03).",
        ),
    ],
)
def test_sentences_are_counted_as_a_language_lists_and_what_there_is_none_of_is_not_named(lang, sentence):
    kinds = iter([State.REVIEWED, State.TRANSLATED, *[State.UNTRANSLATED] * 3])
    one = built(f"عنوان\n{PROSE} دومی. سومی. چهارمی.", lambda text: "Text", lang=lang)
    made = replace(
        one,
        rows=tuple(
            replace(
                row,
                passages=tuple(
                    replace(passage, units={lang: replace(passage.units[lang], state=next(kinds))})
                    for passage in row.passages
                ),
            )
            for row in one.rows
        ),
        short_title=None,
    )
    made = replace(made, title=made.rows[0].passages[0])
    assert sentence in told(page.html(made, Design(), release=False))


@pytest.mark.parametrize("design", [Design(), Design(paper=Paper.A5), Design(FACING), Design(SINGLE, Paper.A5)])
def test_a_colophon_that_is_shorter_than_most_of_a_page_is_not_parted(design):
    def kept(said):
        one = replace(built(PROSE, str), origins={"en": said})
        (found,) = fromstring(page.html(one, design, release=True)).findall("body/div[last()]")
        return found.get("class").split(), [one.get("class") for one in found]

    assert kept("by hand") == (["colophon", "kept", "whole"], ["row"])
    assert kept(PROSE * 40) == (["colophon", "kept"], ["guard", "row"])


def test_of_languages_below_each_other_the_first_begins_its_colophon_below_the_text_and_the_others_are_not_parted():
    one = rich.edition("en", "fr")
    (found,) = fromstring(page.html(one, Design(print=LARGE), release=True)).findall("body/div[last()]")
    assert ["whole" in cell.get("class") for cell in found.find("div[@class='row']")] == [False, True, True]


@pytest.mark.parametrize("length", range(6, 14))
def test_a_colophon_of_half_a_page_in_large_print_is_on_one_page(length):
    """Whatever comes before it: one statement alone would be on the last page, and of facing pages on an opening."""
    translated = "A paragraph of the translation, of two lines or three. " * 2
    one = built("\n\n".join([PROSE] * length), lambda text: translated, editorial_title="فراخوان", issuer="شورا")
    origin = "project translation; not checked by a professional translator or by the issuing organisation"
    one = replace(one, origins={"en": origin})
    (sheet,) = pdf.sheets(one, Design(SINGLE, print=LARGE), release=True)
    pages = [found.get_textpage().get_text_range() for found in pypdfium2.PdfDocument(pdf.typeset(sheet).content)]
    (begun,), (ended,) = (
        [number for number, text in enumerate(pages) if words in text]
        for words in ("About this edition", "been endorsed by")
    )
    assert begun == ended == len(pages) - 1
