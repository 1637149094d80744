"""What the checks find, and what they find wrongly.  Run: python -m benchmarks.checks [--fit | --speed | --list]

Errors of twelve kinds are planted by script in the reviewed translations of this workspace.
Usual lengths are fitted on one half of the units and on `corpus/statements.csv` and `hands-dev` (--fit prints them); the figures are
those of the other half. A planted error counts as found when a check that can know of it says so. --list prints what
is missed, --speed how long 100,000 units take.
"""

import gc
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from pipeline import termbase
from pipeline.catalogue import po
from pipeline.languages import SHIPPED
from pipeline.languages.sections import Length
from pipeline.model import Catalogue, Severity, State, Unit
from pipeline.qa import checks
from pipeline.qa.checks import length
from pipeline.termbase import Status
from pipeline.text import numerals, quantities
from pipeline.text.segment import ADDRESS
from pipeline.workspace import config

ROOT = Path(__file__).parents[1]
LANGS = ("en", "fr")
COPIES = 3
"""How often each kind is planted in a unit where chance decides the place."""


@dataclass(frozen=True)
class Planted:
    kind: str
    unit: Unit
    clean: Unit


def load(lang: str) -> tuple[list[Catalogue], checks.Context]:
    terms = termbase.read((ROOT / "translations" / termbase.FILE_NAME).read_text("utf-8"), termbase.FILE_NAME, "fa")
    paths = sorted((config.read(ROOT).translations / lang).glob("*.po"))
    catalogues = [po.read(path, path.stem, "fa", lang) for path in paths]
    return catalogues, checks.context(SHIPPED["fa"], SHIPPED[lang], terms, catalogues)


def halves(catalogues: list[Catalogue]) -> tuple[list[Unit], list[Unit]]:
    """Return the units for fitting and those for reporting, every other one."""
    units = [unit for catalogue in catalogues for unit in catalogue.units]
    return units[0::2], units[1::2]


# --- planting ------------------------------------------------------------------------

Plant = Callable[[Unit, random.Random, str, "checks.Context"], str]


def _numbers(unit: Unit, known: checks.Context) -> list[re.Match[str]]:
    """Return the numbers in figures of a target that its source has too."""
    wanted = {value for one in quantities.read(unit.source, known.source) for value in one.values}
    return [one for one in re.finditer(r"(?<![\d-])\d+(?![\d-])", unit.target) if float(one[0]) in wanted]


def number_changed(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    found = _numbers(unit, known)
    if not found:
        return ""
    place = chance.choice(found)
    return unit.target[: place.start()] + str(int(place[0]) + chance.choice([1, 2, 10])) + unit.target[place.end() :]


def number_dropped(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    found = _numbers(unit, known)
    if not found:
        return ""
    place = chance.choice(found)
    return unit.target[: place.start()].rstrip() + unit.target[place.end() :]


def _dropped(unit: Unit, chance: random.Random, share: float) -> str:
    words = unit.target.split(" ")
    if len(words) < 8:
        return ""
    size = round(len(words) * share)
    start = chance.choice([0, len(words) - size - 1, chance.randrange(len(words) - size)])
    return " ".join(words[:start] + words[start + size :])


def half_dropped(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    return _dropped(unit, chance, 0.5)


def quarter_dropped(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    return _dropped(unit, chance, 0.25)


NEGATIONS = {
    "en": (r"\bnot only\b", r"\bdoes not\b", r"\bdo not\b", r"\bis not\b", r"\bcannot\b", r"\bhave not\b", r"\bwill not\b",
           r"\bno\b", r"\bnot\b", r"\bwithout\b", r"\bunable to\b"),
    "fr": (r"\bne (\w+) pas\b", r"\bn’(\w+) pas\b", r"\bne (\w+) (?:aucun|aucune|ni|plus|jamais)\b", r"\bn’(\w+) (?:pu|été)\b",
           r"\bsans\b", r"\bne pas\b", r"\bn’"),
}  # fmt: skip
NEGATIVE = re.compile(r"نمی|نیست|نبود|ندار|نخواه|نتوان|نکن|نشد|نشود|نباش|نبای|\bنه\b(?! تنها)|بدون|هیچ")


def negation_removed(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    if not NEGATIVE.search(unit.source):
        return ""
    for pattern in NEGATIONS[lang]:
        if "not only" in pattern:
            continue
        if found := re.search(pattern, unit.target):
            kept = " ".join(group for group in found.groups() if group) or {"cannot": "can", "does not": "does",
                "do not": "do", "is not": "is", "have not": "have", "will not": "will", "without": "with",
                "unable to": "able to", "sans": "avec"}.get(found[0], "")  # fmt: skip
            return re.sub(" +", " ", unit.target[: found.start()] + kept + unit.target[found.end() :])
    return ""


OPPOSITES = {
    "en": {"against": "for", "Down with": "Long live", "Long live": "Down with", "Abolition": "Introduction",
           "abolition": "introduction", "overthrow": "preservation", "Defence": "Rejection", "Support": "Rejection",
           "support": "reject", "Prohibition": "Permission", "prohibition": "permission", "opposition": "support",
           "Separation": "Union", "separation": "union", "defence": "rejection", "rise": "fall", "anti-": "pro-"},
    "fr": {"contre": "pour", "À bas": "Vive", "Vive": "À bas", "Abolition": "Instauration", "abolition": "instauration",
           "renversement": "maintien", "Défense": "Rejet", "Appui": "Rejet", "Soutien": "Rejet", "Interdiction": "Autorisation",
           "interdiction": "autorisation", "opposition": "soutien", "Séparation": "Union", "séparation": "union",
           "défense": "rejet", "soutien": "rejet", "appui": "rejet", "hausse": "baisse"},
}  # fmt: skip


def polarity_turned(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    found = [word for word in OPPOSITES[lang] if re.search(rf"\b{word}", unit.target)]
    if not found:
        return ""
    word = chance.choice(found)
    return re.sub(rf"\b{word}", OPPOSITES[lang][word], unit.target)


def _replaced(unit: Unit, chance: random.Random, known: checks.Context, *, names: bool) -> str:
    """Put the rendering of another term in the place of one that stands there."""
    base = known.termbase
    here = [row.target for term in base.occurring(unit.source) for row in base.renderings(term, Status.PREFERRED)]
    here = [text for text in here if text[0].isupper() is names and re.search(rf"\b{re.escape(text)}\b", unit.target)]
    if not here:
        return ""
    word = chance.choice(here)
    others = PLACES if names else TERMS
    other = chance.choice([text for text in others[known.target.code] if text not in unit.target])
    return re.sub(rf"\b{re.escape(word)}\b", other, unit.target)


PLACES = {
    "en": ["Iraq", "Toronto", "Berlin", "Turkey", "Oslo"],
    "fr": ["Irak", "Toronto", "Berlin", "Turquie", "Oslo"],
}
TERMS = {
    "en": ["employers", "charity", "monarchy", "trade", "tradition", "industry"],
    "fr": ["employeurs", "charité", "monarchie", "commerce", "tradition", "industrie"],
}


def term_replaced(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    return _replaced(unit, chance, known, names=False)


def name_replaced(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    return _replaced(unit, chance, known, names=True)


def loop(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    words = unit.target.split(" ")
    size = chance.choice([2, 3, 4])
    if len(words) < size + 3:
        return ""
    start = chance.randrange(len(words) - size)
    return " ".join(
        words[: start + size] + words[start : start + size] * chance.choice([2, 3, 5]) + words[start + size :]
    )


def words_untranslated(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    words, source = unit.target.split(" "), unit.source.split()
    if len(words) < 4 or unit.state is State.COPIED:
        return ""
    place = chance.randrange(len(words))
    return " ".join(words[:place] + source[:2] + words[place + 2 :])


def address_altered(unit: Unit, chance: random.Random, lang: str, known: checks.Context) -> str:
    found = ADDRESS.search(unit.target)
    codes = numerals.codes(unit.target)
    address = found[0] if found else codes[0] if codes else ""
    if not address:
        return ""
    place = chance.choice([i for i, character in enumerate(address) if character.isalnum()])
    other = "7" if address[place] != "7" and address[place].isdigit() else "x"
    other = other if address[place].isalpha() or other != "x" else "1"
    altered = address[:place] + other + address[place + 1 :]
    return unit.target.replace(address, altered) if altered != address else ""


SHORTER = {
    "length",
    "terms",
    "names",
    "numbers",
    "dates",
    "punctuation",
    "negation",
    "polarity",
    "meaning",
    "places",
    "people",
}
KINDS: dict[str, tuple[Plant, set[str], float]] = {
    "number changed": (number_changed, {"numbers", "dates"}, 0.99),
    "number dropped": (number_dropped, {"numbers", "dates"}, 0.99),
    "half a sentence dropped": (half_dropped, SHORTER, 0.95),
    "a quarter dropped": (quarter_dropped, SHORTER, 0.50),
    "negation removed": (negation_removed, {"negation"}, 0.80),
    "polarity turned": (polarity_turned, {"polarity", "terms", "names", "negation", "meaning"}, 0.80),
    "wrong term": (term_replaced, {"terms", "names", "meaning", "places", "dates"}, 0.99),
    "wrong name": (name_replaced, {"names", "terms", "meaning", "places", "dates"}, 0.99),
    "loop": (loop, {"repetition"}, 0.99),
    "untranslated words": (words_untranslated, {"residue"}, 0.99),
    "address altered": (address_altered, {"addresses"}, 0.99),
}  # fmt: skip
NEIGHBOUR = "neighbour’s translation"


def planted(units: list[Unit], lang: str, known: checks.Context) -> Iterator[Planted]:
    chance = random.Random(20160430)
    for kind, (plant, _, _) in KINDS.items():
        for unit in units:
            made = {plant(unit, chance, lang, known) for _ in range(COPIES)} - {"", unit.target}
            for target in sorted(made):
                yield Planted(kind, replace(unit, target=target), unit)
    for unit, neighbour in pairwise(units):
        if State.COPIED not in (unit.state, neighbour.state) and unit.target != neighbour.target:
            yield Planted(NEIGHBOUR, replace(unit, target=neighbour.target), unit)


def is_found(one: Planted, known: checks.Context, least: Severity = Severity.WARNING) -> bool:
    before, after = (
        {(f.check, f.message) for f in checks.examine([unit], known) if f.severity.weighs(least)}
        for unit in (one.clean, one.unit)
    )
    after -= before
    able = KINDS[one.kind][1] if one.kind in KINDS else None
    return any(able is None or check in able for check, _ in after)


# --- reporting -----------------------------------------------------------------------


def fit() -> None:
    """Print mean and spread of log(target/source), as languages/*.toml have them."""
    from benchmarks import other_hands

    for lang in LANGS:
        units, _ = halves(load(lang)[0])
        units += other_hands.read(other_hands.CORPUS / "statements.csv", lang)
        units += other_hands.by_hand(other_hands.CORPUS / "hands-dev", lang)[0]
        units = [unit for unit in units if unit.state is State.REVIEWED]
        logs = [length.deviations(unit, Length(0, 1, 0)) for unit in units]
        weights = [length.letters(unit.source) for unit in units]
        mean = sum(log * min(w, 200) for log, w in zip(logs, weights, strict=True)) / sum(min(w, 200) for w in weights)
        squares = [(log - mean) ** 2 for log in logs]
        long = statistics.fmean(s for s, w in zip(squares, weights, strict=True) if w >= 120)
        short = [(s - long) * w for s, w in zip(squares, weights, strict=True) if w < 120]
        print(f"languages/{lang}.toml:\n\n[target.lengths.fa]\nmean = {mean:.3f}\nconstant = {long:.4f}")
        print(f"per_letter = {max(0, statistics.fmean(short)):.2f}\n")


def report() -> None:
    totals, founds, hinted = Counter(), Counter(), Counter()
    for lang in LANGS:
        catalogues, known = load(lang)
        _, units = halves(catalogues)
        findings = [one for one in checks.examine(units, known) if one.severity.weighs(Severity.WARNING)]
        false, errors = len({f.unit.key for f in findings}), sum(f.severity == "error" for f in findings)
        print(
            f"{lang}: {false} of {len(units)} reviewed units have a finding ({false / len(units):.1%}), {errors} an error"
        )
        for one in planted(units, lang, known):
            totals[one.kind] += 1
            founds[one.kind] += (is_it := is_found(one, known))
            hinted[one.kind] += is_it or is_found(one, known, Severity.HINT)
            if not is_it and "--list" in sys.argv:
                print(f"    MISSED {one.kind}: {one.unit.target}\n        {one.unit.source}")
    for kind, total in totals.items():
        target = KINDS[kind][2] if kind in KINDS else 0.95
        print(f"{kind:26} {founds[kind]:4} of {total:4}  {founds[kind] / total:6.1%}   "
              f"with hints {hinted[kind] / total:6.1%}   target {target:.0%}")  # fmt: skip
    print(f"{'all':26} {totals.total()} planted")


def speed(count: int = 100_000) -> None:
    catalogues, known = load("fr")
    units = [unit for catalogue in catalogues for unit in catalogue.units]
    many = [
        replace(
            unit, source=f"{unit.source} {_word(n, 'ابتجدرسفکم')}", target=f"{unit.target} {_word(n, 'abdegilmos')}"
        )
        for n, unit in zip(range(count), _forever(units), strict=False)
    ]
    gc.disable()  # as the command does
    start = time.process_time()
    findings = sum(1 for _ in checks.examine(many, known))
    print(f"{count:,} units checked in {time.process_time() - start:.1f} s of CPU, {findings:,} findings")


def _word(number: int, letters: str) -> str:
    """A word of its own for every unit, so that no cache answers for another."""
    return "".join(letters[int(digit)] for digit in str(number))


def _forever(units: list[Unit]) -> Iterator[Unit]:
    while True:
        yield from units


if __name__ == "__main__":
    if "--fit" in sys.argv:
        fit()
    elif "--speed" in sys.argv:
        speed()
    else:
        report()
