"""The marks that end sentences, ask and shout, and those that only halt, in any script.

They are those of Unicode (Sentence_Terminal) that people write today; no text means anything else with them. What is
a stop in one language alone, as the semicolon that asks in Greek, its file says (`punctuation.sentence`).
"""

import re
from functools import lru_cache

from pipeline.languages import Language

FULL_STOPS = ".\uff0e"
"""These stand behind abbreviations and in numbers, too."""

QUESTIONS = "?؟\uff1f\u037e\u1367"
SHOUTS = "!\uff01"
BOTH = "\u203c\u203d\u2047\u2048\u2049"
_STOPS = (
    "۔\u0589\u061d\u061e\u0700\u0701\u0702\u07f9\u0964\u0965\u104a\u104b\u1362\u1368\u17d4\u17d5"
    "\u1803\u1809\u1944\u1945\u1c7e\u1c7f\u2cf9\u3002\ua4ff\ua60e\ua6f3\uaaf0\uabeb\uff61"
)
"""Urdu, Armenian, Syriac, N'Ko, the dandas of India, Burmese, Ethiopic, Khmer, Mongolian, Limbu, Santali, Coptic,
Chinese and Japanese, Lisu, Vai, Bamum, Meitei."""

ENDS = FULL_STOPS + QUESTIONS + SHOUTS + BOTH + _STOPS
"""All that may end a sentence; an ellipsis does not by itself."""

QUIET = ENDS.translate(dict.fromkeys(map(ord, SHOUTS + BOTH)))
"""Those that do not shout."""

COLONS = ":\uff1a\u1365\u1366"
HALTS = ",،;؛\u055d\u1363\u1364\u3001\uff0c\uff1b\uff64" + COLONS
"""Behind one of these marks the sentence goes on: commas, semicolons and colons."""

HALTING = HALTS.translate(dict.fromkeys(map(ord, COLONS)))
"""Commas and semicolons alone."""

_FULL_WIDTH = "\u3002\uff01\uff0e\uff1f\uff61"
INNER = rf"(?:[{ENDS}]\s+|[{_FULL_WIDTH}][\s」』”’）]*+)"
"""The pattern of a stop with more behind it; Chinese and Japanese have no spaces."""

_WIDE_END = re.compile(rf"[{_FULL_WIDTH}\uff1a\uff1b](?:[\s」』”’）*\]]|\{{\d+\}})*$")


def gap(sentence: str) -> str:
    """Return what parts a translated sentence, with the signs of its marks, from the next.

    In Chinese and Japanese the room is in the stop.
    """
    return "" if _WIDE_END.search(sentence[-_NEAR_END:]) else " "


_NEAR_END = 40

OVER_A_LETTER = "\u055b\u055c\u055e"
"""In Armenian, what asks, shouts or stresses stands inside the word."""

PAIRS = {"(": ")", "[": "]", "{": "}"} | dict(zip("（［｛〔【〖", "）］｝〕】〗", strict=True))
"""Brackets that open, with those that close."""

QUOTES = dict(zip("「『《〈｢", "」』》〉｣", strict=True))
"""Quotation marks that stand in no other pair."""


@lru_cache(maxsize=16)
def of(language: Language) -> tuple[str, str]:
    """Return the marks that end sentences in a language, and those of them that no other language has.

    A mark that the language has for a colon or a semicolon ends none, as the full stop in Armenian.
    """
    marks = language.punctuation.sentence
    own = "".join(mark for mark in dict.fromkeys(marks[:3]) if mark not in ENDS + OVER_A_LETTER)
    return "".join(mark for mark in ENDS if mark not in set(marks[3:]) - set(marks[:3])), own
