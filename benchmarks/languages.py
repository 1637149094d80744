"""What the checks find wrongly, by language, both ways.  Run: python -m benchmarks.languages [--seen] [--list] [LANG …]

`corpus/languages` has sentences in Persian with right translations: 20 in each language of set.csv (40 in Turkish and
Sorani), which were in view when the words of the language files were chosen (--seen), and 20 of unseen.csv, written
before. fresh.csv and last.csv, which have no Arabic, were written when those had been read; then they were read, too. Each pair is read both
ways, as a translation from Persian and as one into it, so there are twice as many as sentences. errors.csv has errors
planted in unseen.csv (id, language, kind, target). All are by the hand that wrote the language files. --list prints what
is found wrongly, and what is missed; --fit the usual lengths by two sets.
"""

import csv
import math
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import other_hands
from pipeline.languages import SHIPPED
from pipeline.model import Severity, State, Unit
from pipeline.qa import checks
from pipeline.qa.checks import length

FOLDER = Path(__file__).parent / "corpus" / "languages"
ABLE = other_hands.ABLE | {"month changed": {"dates"}}
LANGS = ("ar", "az", "ckb", "de", "es", "it", "ku", "sv", "tr")


def pairs(name: str, lang: str) -> list[tuple[str, str]]:
    """Return sentences in Persian with their translations."""
    return [(row["fa"], row[lang]) for row in _rows(name) if row[lang]]


def _rows(name: str) -> list[dict[str, str]]:
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _unit(source: str, target: str) -> Unit:
    return Unit("paragraph", source, target, State.REVIEWED)


def found(name: str, lang: str) -> Iterator[tuple[str, Unit, set[tuple[str, str, str]]]]:
    """Yield every translation, from Persian and into it, with what the checks find."""
    there = checks.context(SHIPPED["fa"], SHIPPED[lang], [], [])
    back = checks.context(SHIPPED[lang], SHIPPED["fa"], [], [])
    for persian, other in pairs(name, lang):
        for way, unit, context in (
            (f"fa→{lang}", _unit(persian, other), there),
            (f"{lang}→fa", _unit(other, persian), back),
        ):
            yield way, unit, other_hands.found(unit, context, Severity.HINT)


def report(name: str, langs: tuple[str, ...], *, show: bool) -> None:
    print(name)
    total = wrong = errors = 0
    for lang in langs:
        all_found = list(found(name, lang))
        some = [one for one in all_found if one[2]]
        bad = [one for one in some if any(severity == "error" for _, severity, _ in one[2])]
        print(f"{lang:4} of {len(all_found)} right translations {len(some)} have a finding, {len(bad)} an error")
        total, wrong, errors = total + len(all_found), wrong + len(some), errors + len(bad)
        for way, unit, findings in some if show else ():
            print(f"    {way} {sorted(findings)}\n        {unit.source}\n        {unit.target}")
    print(f"all  {wrong} of {total} ({wrong / max(1, total):.1%}), errors {errors} ({errors / max(1, total):.1%})")


def recall(langs: tuple[str, ...], *, show: bool) -> None:
    """Print how many of the errors a check finds that can know of them."""
    right = {(row["id"], lang): row for row in _rows("unseen.csv") for lang in langs}
    totals, founds = Counter[str](), Counter[str]()
    for error in (one for one in _rows("errors.csv") if one["language"] in langs):
        row = right[error["id"], error["language"]]
        known = checks.context(SHIPPED["fa"], SHIPPED[error["language"]], [], [])
        clean = other_hands.found(_unit(row["fa"], row[error["language"]]), known, Severity.HINT)
        new = other_hands.found(_unit(row["fa"], error["target"]), known, Severity.HINT) - clean
        is_found = any(check in ABLE[error["kind"]] for check, _, _ in new)
        totals[error["kind"]] += 1
        founds[error["kind"]] += is_found
        if show and not is_found:
            print(f"    MISSED {error['kind']}: {error['target']}\n        {row['fa']}")
    for kind, total in totals.items():
        print(f"{kind:18} {founds[kind]:4} of {total:4}  {founds[kind] / total:6.1%}")


def fit() -> None:
    """Print the mean of log(target/source) from Persian by all sentences, as [target.lengths.fa] has it."""
    for lang in LANGS:
        both = pairs("set.csv", lang) + pairs("unseen.csv", lang)
        logs = [math.log(length.letters(other) / length.letters(persian)) for persian, other in both]
        print(f"{lang} mean {statistics.fmean(logs):.3f}, deviation {statistics.stdev(logs):.3f}")


def main() -> None:
    if "--fit" in sys.argv:
        fit()
        return
    langs = tuple(lang for lang in sys.argv[1:] if lang in LANGS) or LANGS
    show = "--list" in sys.argv
    for name in ("set.csv",) if "--seen" in sys.argv else ("unseen.csv", "fresh.csv", "last.csv"):
        report(name, langs, show=show)
    recall(langs, show=show)


if __name__ == "__main__":
    main()
