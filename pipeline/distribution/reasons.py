"""Why a text is withdrawn or corrected, in a person's words: for each language, or in words of none that is stated.

The ledger keeps a reason as one text: as it was typed, or as JSON when there are several.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from pipeline import strictjson
from pipeline.errors import UsageError
from pipeline.tables import meant

_OF_A_LANGUAGE = re.compile(r"\s*(?P<code>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\s*=(?P<words>.*)", re.DOTALL)

Reason = Mapping[str, str]
"""By language, and under an empty one what is said in words of no stated language."""


class StatedReason(NamedTuple):
    """A reason as one partner is given it, and its language, if that was stated."""

    words: str = ""
    lang: str = ""


def typed(words: Iterable[str], languages: Collection[str]) -> Reason:
    """Return what was typed as «words», or for each language as «fr=words»; raise UsageError when that is unclear."""
    reason: dict[str, str] = {}
    for text in words:
        form = _OF_A_LANGUAGE.fullmatch(text)
        lang = meant(form["code"], languages) if form else ""
        said = " ".join((form["words"] if form else text).split()).encode("utf-8", "replace").decode()
        if lang and lang not in languages:
            raise UsageError(f"a reason in {lang!r}: unknown language; choose from: {', '.join(languages)}")
        if lang in reason:
            raise UsageError(f"two reasons {_in(lang)}; say each in a language of its own: --reason fr=…")
        if lang and not said:
            raise UsageError(f"the reason {_in(lang)} is empty; write it behind {lang}=")
        reason[lang] = said
    return reason


def _in(lang: str) -> str:
    return f"in {lang}" if lang else "without a language"


def told(reason: Reason, preferred: Sequence[str]) -> StatedReason:
    """Return a reason in the first of the preferred languages it is given in; else as it is given first."""
    lang = next((lang for lang in (*preferred, "") if lang in reason), next(iter(reason), ""))
    return StatedReason(reason.get(lang, ""), lang)


def kept(reason: Reason) -> str:
    """Return a reason as one text, from which `read` makes it again."""
    words = reason.get("", "")
    if set(reason) <= {""} and read(words) == {"": words}:
        return words
    return json.dumps(reason, ensure_ascii=False)


def read(text: str) -> Reason:
    """Return the reason that was kept as a text."""
    if text.startswith("{"):
        with suppress(ValueError):
            table = strictjson.read(text.encode())
            if isinstance(table, dict) and table and all(isinstance(words, str) for words in table.values()):
                return table
    return {"": text}
