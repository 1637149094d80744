"""Words for and against turned round: علیه/against, سرنگون باد/down with, لغو/abolition and their like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import fold


@dataclass(frozen=True, slots=True)
class Side:
    """A Persian wording, and the beginnings of words that say the same in each language.

    With `every`, each time it stands in the source it must be said; else once is enough.
    """

    source: str
    en: str
    fr: str
    every: bool = False


SIDES = (
    Side("سرنگون باد", "down with", "à bas", every=True),
    Side("زنده باد", "long live", "vive", every=True),
    Side("مرگ بر", "death to", "mort à|mort au", every=True),
    Side("علیه", "against|anti-|directed at", "contre|anti|envers|à l’égard"),
    Side("ضد", "against|anti", "contre|anti"),
    Side("لغو|الغا|الغای|الغاء|ملغی", "abol|repeal|lift|revo|cancel|end to", "abol|abrog|lev|annul", every=True),
    Side("ممنوعیت|ممنوع|منع", "prohibit|ban|forbid", "interdi|prohib|défen", every=True),
    Side("سرنگونی", "overthrow|toppl|downfall", "renvers|chute"),
    Side("دفاع", "defen|uphold", "défen"),
    Side("حمایت|پشتیبانی", "support|back|solidarity", "sout|appu|appui|aide"),
    Side("مخالفت|مخالف|مخالفان", "oppos|oppon|against|dissent|reject", "oppos|contre|rejet|dissid|advers"),
    Side("افزایش", "increas|rise|rising|grow|rais|higher", "augment|hausse|accroiss|accro|croiss|essor|mont|accru"),
    Side("کاهش", "reduc|decreas|fall|declin|lower|cut", "rédu|diminu|baiss|recul|limit"),
    Side("جدائی|جدایی", "separat", "sépar", every=True),
    Side("آزادی", "free|libert|release|liberat", "libert|libér|libre"),
    Side("مردود", "reject|condemn", "rejet|condamn|récus"),
    Side("تشدید", "intensif|sharpen|aggravat|escalat|deepen|increas", "intensif|aggrav|renforc|exacerb|accentu|accru"),
)  # fmt: skip


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if context.lang not in ("en", "fr"):
        return
    source, target = fold(unit.source), unit.target.casefold()
    for side in SIDES:
        found = _source(side).findall(source)
        if found and len(_target(side, context.lang).findall(target)) < (len(found) if side.every else 1):
            wanted = getattr(side, context.lang).split("|")[0]
            message = f"nothing in the target says «{found[-1]}» (“{wanted}…”)"
            yield Finding("polarity", Severity.WARNING, unit, message, found[-1])


@cache
def _source(side: Side) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{side.source})\b")


@cache
def _target(side: Side, lang: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{getattr(side, lang)})")
