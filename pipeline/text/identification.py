"""The language of a text: by its letters where they tell, else by py3langid, which knows 97 by their spelling."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.text.orthography import SCRIPT

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 20_000
"""So many characters of a text tell its language."""

FEW_LETTERS = 40
"""A text with fewer letters tells its language only in words of a sentence: it may be a name, or an address."""

FEW_WORDS = 2
"""Words that such a text needs that could stand in a sentence."""

SURE_LETTERS, SURE, LIKELY = 100, 0.99, 0.5

_SIGNS = {
    "ckb": ("ەۆێڕڵڤ", 0.02),
    "ur": ("ٹڈڑںےہھ", 0.02),
    "ps": ("ټډړښځڅېۍ", 0.02),
    "ar": ("ةأإى", 0.03),
    "fa": ("پچژگ", 0.01),
}
"""Letters of languages in the Arabic script, and the share of all that none of the languages behind reaches.

In 30 documents and the declaration of human rights Sorani has 24 % of its own, Urdu 13 %, Arabic 7 %, Persian
1.5–4.5 %; but for the Persian ones in Urdu, none has more than 0.3 % of another's. Pashto was not measured. py3langid
takes Sorani for Persian, and is not sure of Arabic.
"""

_ARABIC, _NOT_ARABIC = re.compile("[يكةى]"), re.compile("[یکپچژگ]")
"""Letters that are typed in Arabic, and in Persian on an Arabic keyboard; and those that are never typed in Arabic."""

_WORD = re.compile(r"[^\W\d_]{2,}")
ARTICLES = 0.08
"""The share of words with an article that only Arabic has: a fifth of them there, next to none in Persian."""

_ARTICLE = re.compile("[وفبك]?ال|لل")
_ADDRESS = re.compile(r"(?<!\S)\S*(?:@|://|www\.)\S*")


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """The language that a text seems to be in, by code; empty when nothing tells. It `is_sure`, or worth a question."""

    code: str
    is_sure: bool


def identify(text: str, own: str = "", known: Collection[str] = ()) -> LanguageGuess:
    """Return the language of a text; what has no words that tell one is in its `own` one.

    What is no more likely in one than in others is in one of the `known`.
    """
    text = _ADDRESS.sub(" ", text[:SAMPLE])
    letters = [letter for letter in text if letter.isalpha()]
    is_short = len(letters) < FEW_LETTERS
    if is_short and sum(not word[0].isupper() for word in _WORD.findall(text)) < FEW_WORDS:
        return LanguageGuess(own, is_sure=bool(own))
    if code := _by_letters(text, letters, own):
        return LanguageGuess(code, is_sure=not is_short or code == own)
    code, confidence = _identifier().classify(text)
    if confidence >= SURE and len(letters) >= SURE_LETTERS:
        return LanguageGuess(code, is_sure=True)
    if confidence < LIKELY:
        code = next((other for other, _ in _identifier().rank(text) if other in known), code)
    return LanguageGuess(code, is_sure=False)


def script(text: str) -> str:
    """Return the script of most letters of a text, as Unicode calls it: «LATIN», «CJK» of Japanese, too."""
    letters = Counter(letter for letter in text[:SAMPLE] if letter.isalpha())
    counts = Counter[str]()
    for letter, count in letters.items():
        counts[_SAME.get(first := unicodedata.name(letter, "").partition(" ")[0], first)] += count
    return max(counts, key=counts.__getitem__, default="")


_SAME = {"HIRAGANA": "CJK", "KATAKANA": "CJK"}


def _by_letters(text: str, letters: Collection[str], own: str) -> str:
    """Return the language in the Arabic script that letters belong to; empty when they are of another, or tell none.

    Those that every language has are of one's own, if that has this script.
    """
    counts = Counter(letters)
    script = sum(count for letter, count in counts.items() if SCRIPT.match(letter))
    if script * 2 < len(letters):
        return ""

    def share(signs: str) -> float:
        return sum(counts[sign] for sign in signs) / script

    is_arabic = not _NOT_ARABIC.search(text)
    told = [code for code, (signs, least) in _SIGNS.items() if share(signs) >= least]
    if len(letters) < SURE_LETTERS and told[:1] == ["ar"] and not is_arabic:
        del told[0]  # «رأی», «مسألة»: a single letter is much of a short text
    if told:
        return told[0]
    if is_arabic and _has_articles(text):
        return "ar"
    return own if own in _SIGNS and not (_ARABIC.search(text) and is_arabic) else ""


def _has_articles(text: str) -> bool:
    words = text.split()
    count = sum(map(bool, map(_ARTICLE.match, words)))
    return count > 1 and count >= ARTICLES * len(words)  # «البرز» is a name


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
