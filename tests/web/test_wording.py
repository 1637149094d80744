"""The page in Persian and French: every text of it, as it is meant."""

import re
from pathlib import Path

import pytest

from pipeline.languages import SHIPPED
from pipeline.web import rendering, wording

WEB = Path(wording.__file__).parent


def texts():
    """Return the English texts that the templates and the program show."""
    found = set()
    for file in (WEB / "templates").glob("*.html"):
        for one, other in re.findall(r"""\b_\(\s*(?:"([^"]*)"|'([^']*)')""", file.read_text("utf-8")):
            found.add(one or other)
    for file in (WEB / "site.py", WEB / "visit.py", WEB.parent / "app" / "saving.py"):
        source = file.read_text("utf-8")
        found |= set(re.findall(r'(?:visit\.say|UsageError|visit\.wording)\(\s*"([^"]*)"', source))
        for one, other in re.findall(r'say\("([^"]*)" if [^"]* else "([^"]*)"\)', source):
            found |= {one, other}
    found |= set(re.findall(r'self\._after\(.*"(\w+)"\)', (WEB / "site.py").read_text("utf-8")))
    found |= set(re.findall(r'SavingOutcome\.\w+: "([^"]*)"', (WEB / "site.py").read_text("utf-8")))
    found |= {*rendering.STATES.values(), *(text for _, text in rendering.KINDS)}
    for code in ("fa", "en", "fr"):
        found |= {name for _, name in rendering.signs_of(SHIPPED[code])}
    return found


@pytest.mark.parametrize("code", ["fa", "fr"])
def test_every_text_of_the_page_is_translated(code):
    known = wording.wordings()[code].texts
    assert len(texts()) > 100
    assert sorted(texts() - known.keys()) == []
    assert all(known.values())


@pytest.mark.parametrize("code", ["fa", "fr"])
def test_translations_have_the_places_of_their_texts(code):
    for text, translation in wording.wordings()[code].texts.items():
        assert sorted(re.findall(r"\{\w*\}", text)) == sorted(re.findall(r"\{\w*\}", translation))


def test_numbers_are_in_the_digits_of_the_language():
    assert wording.wordings()["fa"]("Sentence {number}", number=12) == "جملهٔ ۱۲"
    assert wording.wordings()["en"]("Sentence {number}", number=12) == "Sentence 12"


def test_the_most_wanted_language_that_there_is_is_chosen():
    def chosen(header):
        return wording.chosen(wording.accepted(header)).code

    assert chosen("fr-CA,fr;q=0.9") == "fr"
    assert chosen("de;q=1, en;q=0.2, fa;q=0.8") == "fa"
    assert chosen("de") == chosen("") == chosen(";;,q=x;q=,") == "en"
