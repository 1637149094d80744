"""A negation of the source without one in the target."""

import re
from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import fold

# Verbs with the prefix ن: «نمی شود», «نبوده», «ندارد», «نخواهد», «نتوانسته», «نکنید», «نیست».
_STEMS = "بود|باش|بای|دار|داش|خواه|خواست|توان|شد|شو|کرد|کن|گرفت|گذار|گذاشت|رفت|یاب(?!ت)|یافت|گردد|گردید"
_VERB = re.compile(rf"\b(?:نمی\w*|نیست\w*|ن(?:{_STEMS})\w*)\b|\bنه\b(?! تنها| فقط)|\b(?:بدون|هیچ\w*)\b")
_WORDS = {
    "en": re.compile(
        r"\b(?:not|no|nor|neither|none|never|nothing|without|cannot|\w+n’t|unable|lack\w*|absence|refus\w+|fail\w*"
        r"|disappoint\w*|far from|nobody)\b"
    ),
    "fr": re.compile(
        r"\b(?:ne|n|ni|non|sans|aucune?|jamais|rien|absence|manque\w*|défaut|refus\w*|loin|déce[vç]\w*"
        r"|impossible)\b"
    ),
}


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if context.lang not in _WORDS:
        return
    verbs = _VERB.findall(fold(unit.source))
    if verbs and said(unit.target, context.lang) < needed(verbs):
        message = f"«{verbs[0]}» is negative; too few negations in the target"
        yield Finding("negation", Severity.WARNING, unit, message, verbs[0])


def needed(verbs: list[str]) -> int:
    """Two negations in a row often become one, as «neither … nor» or a subordinate clause."""
    return 1 if len(verbs) == 1 else len(verbs) - 1


def said(target: str, lang: str) -> int:
    return len(_WORDS[lang].findall(target.casefold()))
