"""Source language left over: letters of another script in a target, or the source as its own translation.

In a target of Arabic letters, Latin ones are left as abbreviations («ITUC»), in brackets behind a name, and where an
Arabic source has them; whether names stand in them is `names` in pipeline.toml.
"""

import re
from collections.abc import Iterator

from pipeline.document.contacts import is_contact_value
from pipeline.languages.sections import Direction
from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import SCRIPT, fold, folded_words
from pipeline.text.segment import without_addresses
from pipeline.text.sounds import Naming

_FAR = re.compile("[^\0-\u05ff\u1e00-\u20cf]")
"""What most targets have nothing of: signs beyond the European ones, among them all that fold to Arabic letters."""
_ARABIC_LETTER = re.compile("[\u0621-\u063f\u0641-\u064a\u0671-\u06d3]")
_LETTER = re.compile(r"[^\W\d_]")
_RUN = re.compile(rf"{SCRIPT.pattern}(?:[\s\u200c]*+{SCRIPT.pattern})*+")
_LATIN_WORD = r"[A-Za-z\u00c0-\u024f][\w’'.&/+-]*"
_LATIN = re.compile(rf"(?<!°){_LATIN_WORD}(?:[ \u00a0\u202f,]{{1,2}}{_LATIN_WORD})*+")
_TOPIC = re.compile(r"(?<![\w@#])[@#](?=[^\W\d_])[\w\u200c]++")
"""Under this name people find each other and a cause; it is the same in every language."""
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

WORDS_OF_A_COPY = 4
"""Of two languages with one script, so many words in a row are no name that both write alike."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if context.target.direction is Direction.RTL:
        yield from _left(unit, context)
        return
    if _FAR.search(unit.target):
        for run in _RUN.finditer(_TOPIC.sub(" ", unit.target)):
            yield Finding("residue", Severity.ERROR, unit, f"«{run[0]}» is left in the source language", run[0])
    elif _ARABIC_LETTER.search(unit.source):
        return  # they are not the same
    if not _is_copied(unit) and fold(unit.target) == fold(unit.source) and not SCRIPT.search(unit.target):
        yield Finding("residue", Severity.ERROR, unit, "the target is the source, untranslated")


def _is_copied(unit: Unit) -> bool:
    return (
        unit.state is State.COPIED or is_contact_value(unit.source) or not _LETTER.search(_TOPIC.sub("", unit.target))
    )


def _left(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield what is left untranslated in a target of Arabic letters."""
    if _is_copied(unit):
        return
    if fold(unit.target) == fold(unit.source) and len(folded_words(unit.source)) >= (_least(unit)):
        yield Finding("residue", Severity.ERROR, unit, "the target is the source, untranslated")
        return
    text = _IN_BRACKETS.sub(" ", without_addresses(_TOPIC.sub(" ", unit.target)))
    for run in dict.fromkeys(found[0] for found in _LATIN.finditer(text)):
        words = run.split()
        if all(map(_is_code, words)) or (context.source.direction is Direction.RTL and run in unit.source):
            continue
        if not (_is_name(words[0]) and _is_name(words[-1])):
            yield Finding("residue", Severity.ERROR, unit, f"“{run}” is left in the source language", run)
        elif context.naming is Naming.TRANSCRIBED:
            told = f"the name “{run}” stands in Latin letters; they may follow it in brackets"
            yield Finding("residue", Severity.WARNING, unit, told, run, _agreed(run, context))


def _least(unit: Unit) -> int:
    return WORDS_OF_A_COPY if SCRIPT.search(unit.source) else 1


def _is_name(word: str) -> bool:
    return word[0].isupper() or not word.islower()


def _is_code(word: str) -> bool:
    """Whether a word is an abbreviation or a name of a thing: «ITUC», «CO2», «YouTube»."""
    return any(letter.isupper() or letter.isdigit() for letter in word[1:]) or len(word) == 1


def _agreed(name: str, context: Context) -> str:
    """Return how a name is transcribed by the termbase; empty when nobody has agreed."""
    terms = context.termbase
    return next((text for term in terms.occurring(name) for text in terms.agreed(term).allowed), "")
