"""The page in Persian and French: every text of it, as it is meant."""

import ast
import itertools
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
    found |= set(re.findall(r'"((?:this is|no other)[^"]*)"', (WEB / "site.py").read_text("utf-8")))
    found |= set(re.findall(r'_problem\([^")]*"([^"]*)"', (WEB / "site.py").read_text("utf-8")))
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
    assert wording.wordings()["fa"]("Page {number} of {pages}", number=12, pages=30) == "صفحهٔ ۱۲ از ۳۰"
    assert wording.wordings()["en"]("Page {number} of {pages}", number=12, pages=30) == "Page 12 of 30"


def test_what_the_program_says_is_said_in_the_language_with_the_words_of_the_document():
    french = wording.wordings()["fr"]
    assert french.said("“once” is not in the source") == "«\u00a0\u2068once\u2069\u00a0» n’est pas dans l’original"
    assert french.said("{2} is in the target 3 times; it must be there once").startswith(
        "\u2068{2}\u2069 est \u20683\u2069 fois dans"
    )
    assert french.said("edited; was machine: argos fa→en") == (
        "modifiée\u00a0; auparavant\u00a0: traduction automatique\u00a0: \u2068argos fa→en\u2069"
    )
    assert french.said("nobody knows this") == "nobody knows this"
    assert (
        french.said("{words} is not in the source".replace("{words}", "{0.x}"))
        == "\u2068{0.x}\u2069 n’est pas dans l’original"
    )


@pytest.mark.parametrize("code", ["fa", "fr"])
def test_what_checks_find_is_said_in_the_language(code):
    known = wording.wordings()[code]
    files = [file for file in (WEB.parent / "qa" / "checks").glob("*.py") if file.name != "__init__.py"]
    told = {text for file in files for text in messages(ast.parse(file.read_text("utf-8")))}
    assert len(told) > 60
    assert sorted(text for text in told if known.said(text) == text) == []


def messages(tree):
    """Return the messages in the source of a check, with a letter where it puts words that are known only there."""
    named = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, node.value)
    found = {one for text in outermost(tree) for one in read(text, named)}
    whole = {text for text in found if re.search(r"[a-z]{2,} [a-z]{2,}|Q [a-z]{2,}\b.* Q|^Q [a-z]+$", text)}
    return {text for text in whole if not IMPOSSIBLE.search(text)}


IMPOSSIBLE = re.compile("^[,;]|^stands |  |“”|long.*missing|short.*added")
"""Of what `read` makes of parts: parts of a message, nothing in the place of words, and what is not said together."""


def outermost(node):
    """Yield the texts in the source of a program that stand in no other, nor tell what it does."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.JoinedStr) or (isinstance(part, ast.Constant) and isinstance(part.value, str)):
            yield part
        elif not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)):
            yield from outermost(part)


def read(node, named):
    """Yield what a text in the source of a program can be."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            for parts in itertools.product(*([*read(part, named)] for part in node.values)):
                yield "".join(parts)
        case ast.FormattedValue():
            yield from read(node.value, named)
        case ast.IfExp():
            yield from itertools.chain(read(node.body, named), read(node.orelse, named))
        case ast.Name(id="side"):
            yield from ("source", "target")
        case ast.Name() if node.id in named:
            yield from read(named[node.id], {})
        case _:
            yield "Q"


def test_the_most_wanted_language_that_there_is_is_chosen():
    def chosen(header):
        return wording.chosen(wording.accepted(header)).code

    assert chosen("fr-CA,fr;q=0.9") == "fr"
    assert chosen("de;q=1, en;q=0.2, fa;q=0.8") == "fa"
    assert chosen("de") == chosen("") == chosen(";;,q=x;q=,") == "en"
