"""What makes a word another than it looks: letters of other scripts, characters nobody sees.

Scripts are those of Unicode Standard Annex 24; which of them may stand in one word follows Unicode Technical
Standard 39, section 5.2, “highly restrictive”.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, spaces beyond the usual one, the empty pattern of Braille, and what Unicode calls default ignorable."""

JOINERS = "\u200c\u200d"
"""Invisible characters that words of Persian and other languages are written with."""

UNSEEN = re.compile(rf"{INVISIBLE.pattern}(?<![\t\n\u00a0\u2000-\u200a\u202f\u205f\u3000{JOINERS}])")
"""What no text needs: all that is invisible, but for spaces and joiners."""

_PHONETIC = re.compile("(?![əɛɔɓɖɗɣɲʃʊʋʒ])[\u0250-\u02af\u1d00-\u1dbf\ua730-\ua731\uab30-\uab6f]")
"""Letters of phonetic notation: Latin by their script, and in the words of no language, as «ə» is of Azerbaijani."""

_NEUTRAL = frozenset({"Zyyy", "Zinh"})
_WRITTEN_TODAY = _NEUTRAL | {
    "Adlm", "Arab", "Armn", "Beng", "Bopo", "Cyrl", "Deva", "Ethi", "Geor", "Grek", "Gujr", "Guru", "Hang", "Hani",
    "Hebr", "Hira", "Kana", "Khmr", "Knda", "Laoo", "Latn", "Mlym", "Mong", "Mymr", "Nkoo", "Orya", "Sinh", "Syrc",
    "Taml", "Telu", "Tfng", "Thaa", "Thai", "Tibt",
}  # fmt: skip
"""Scripts that names are written in; others have letters like theirs.

Those of Unicode Standard Annex 31, table 5, and some of table 7: Adlam, Mongolian, N’Ko, Syriac and Tifinagh.
"""
_TOGETHER = (
    frozenset({"Latn", "Hani", "Hira", "Kana"}),
    frozenset({"Latn", "Hani", "Bopo"}),
    frozenset({"Latn", "Hani", "Hang"}),
)

_LIKE_LATIN = {
    "Cyrl": frozenset("аеорсухѕіјһԁԛԝӏѵҽѡүё"),
    "Grek": frozenset("αεικνορτυχωγηβ"),
    "Armn": frozenset("օսոհլցզպյգզք"),
}
"""Small letters that a reader takes for Latin ones (UTS 39, confusables)."""

_DRAWN_AS = str.maketrans(
    {
        **dict(zip("I1|", "lll", strict=True)),
        **dict(zip("АВЕКМНОРСТУХЅІЈ", "ABEKMHOPCTYXSlJ", strict=True)),
        **dict(zip("аеорсухѕіјһԁԛԝӏѵҽѡүвктм", "aeopcyxsijhdqwlvewybktm", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHlKMNOPTYX", strict=True)),
        **dict(zip("αεικνορσςτυχωγηβ", "aeikvopoctuxwynb", strict=True)),
        **dict(zip("ՍՕՏԼՈօսոհլցզպյ", "UOSLNounhlgqwj", strict=True)),
        **dict(zip("ıøØđĐłŁħĦŧŦ〇ㅇ", "ioOdDlLhHtTOo", strict=True)),
        **dict(zip("ھہەةۃڪكګیيىېۍ", "ه" * 5 + "ک" * 3 + "ی" * 5, strict=True)),
        "ß": "ss", "æ": "ae", "œ": "oe", "ٱ": "ا", "一": "", "ー": "",
    }
)  # fmt: skip
"""Letters and digits as those they are drawn as (UTS 39, confusables); of the Arabic script, as those of Persian."""

_ARABIC, _PERSIAN = frozenset("يكىة"), frozenset("یکگچپژۀ")


def deceptions(word: str, *, among_latin: bool = True) -> Iterator[str]:
    """Yield what makes a word another than it looks, each as a clause: “holds …”.

    `among_latin` when what stands around it leads a reader to expect Latin letters.
    """
    if word.isascii():
        return
    yield from invisible(word)
    if unicodedata.normalize("NFKC", word) != word:
        yield "holds characters that are another form of the usual ones"
    scripts = _scripts(word)
    if len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER):
        yield f"mixes letters of different scripts ({', '.join(sorted(map(_name, scripts)))})"
    elif not scripts <= _WRITTEN_TODAY:
        yield f"is in letters that hardly any names are written in ({', '.join(sorted(map(_name, scripts)))})"
    elif among_latin and _is_all_of(word, _LIKE_LATIN.get(script := min(scripts, default=""), frozenset())):
        yield f"looks like Latin letters, and is {_name(script)}"
    elif set(word) & _ARABIC and set(word) & _PERSIAN:
        yield "mixes Persian and Arabic forms of letters that look alike (ی and ي, ک and ك)"


def drawn(text: str) -> str:
    """Return what is equal for short texts that are drawn alike: «wilson» and «wi1son», «coco» in two scripts."""
    marked = unicodedata.normalize("NFD", text)
    plain = "".join(map(_drawn, marked)).translate(_DRAWN_AS).casefold()
    letters = "".join(letter for letter in plain if unicodedata.category(letter)[0] not in "PSZ")
    return letters.replace("rn", "m").replace("vv", "w").replace("cl", "d") or text


def _drawn(character: str) -> str:
    """Return a letter without the mark on it, and a digit as a Latin one."""
    if unicodedata.combining(character):
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else "O" if digit == 0 else str(digit)


def invisible(word: str, *, allowed: str = "") -> Iterator[str]:
    """Yield which characters nobody sees are in a word, but for those `allowed`, each as a clause."""
    for found in sorted(set(INVISIBLE.findall(word)) - set(allowed)):
        yield f"holds an invisible character (U+{ord(found):04X})"


def _is_all_of(word: str, letters: frozenset[str]) -> bool:
    return bool(letters) and all(letter in letters for letter in word.casefold() if letter.isalpha())


def _scripts(word: str) -> set[str]:
    return {_script(letter) for letter in word} - _NEUTRAL


@cache
def _script(letter: str) -> str:
    from fontTools.unicodedata import script

    return "phonetic" if _PHONETIC.fullmatch(letter) else str(script(letter))


def _name(script: str) -> str:
    from fontTools.unicodedata import script_name

    return script if script == "phonetic" else str(script_name(script))
