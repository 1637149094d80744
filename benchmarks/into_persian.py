"""What the checks find in translations into Persian.  Run: python -m benchmarks.into_persian [--list | --fit | FOLDER …]

`corpus/into-persian` has 160 sentences in English, French and Arabic with right translations, and errors planted by hand:
set.csv (id, language, source, fa) and errors.csv (id, language, kind, target). They are by the hand that wrote the rules. A
FOLDER of other_hands.py, whose Persian somebody else wrote, is read the other way round: its Persian sentences as
translations of the English and French ones; there are no errors in it. --fit prints the usual lengths.
"""

import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import other_hands
from benchmarks.checks import ROOT, Planted
from pipeline import termbase
from pipeline.languages import SHIPPED
from pipeline.languages.sections import Length
from pipeline.model import Severity, State, Unit
from pipeline.qa import checks
from pipeline.qa.checks import length

OWN = other_hands.CORPUS / "into-persian"
ABLE = other_hands.ABLE | {"spelling": {"orthography", "joining", "punctuation"}}


def load(source: str) -> checks.Context:
    terms = termbase.read((ROOT / "translations" / termbase.FILE_NAME).read_text("utf-8"), termbase.FILE_NAME, source)
    return checks.context(SHIPPED[source], SHIPPED["fa"], terms, [])


def own() -> tuple[dict[str, list[Unit]], dict[str, list[Planted]]]:
    """Return the right translations and those with an error, by source language."""
    rows = {row["id"]: row for row in other_hands._rows(OWN / "set.csv")}
    right = {id: _unit(row["source"], row["fa"]) for id, row in rows.items()}
    wrong = [(row, right[row["id"]]) for row in other_hands._rows(OWN / "errors.csv")]
    langs = dict.fromkeys(row["language"] for row in rows.values())
    return (
        {lang: [unit for id, unit in right.items() if rows[id]["language"] == lang] for lang in langs},
        {
            lang: [
                Planted(row["kind"], replace(unit, target=row["target"]), unit)
                for row, unit in wrong
                if row["language"] == lang
            ]
            for lang in langs
        },
    )


def turned(folder: Path) -> dict[str, list[Unit]]:
    """Return a folder of translations from Persian as translations into it."""
    rows = [row for name in ("set.csv", "short.csv") for row in other_hands._rows(folder / name)]
    return {lang: [_unit(row[lang], row["source"]) for row in rows if row[lang]] for lang in other_hands.LANGS}


def _unit(source: str, target: str) -> Unit:
    return Unit("paragraph", source, target, State.REVIEWED)


def report(name: str, right: dict[str, list[Unit]], wrong: dict[str, list[Planted]], *, show: bool) -> None:
    totals, founds = Counter[str](), Counter[str]()
    for lang, units in right.items():
        known = load(lang)
        clean = {unit: other_hands.found(unit, known, Severity.HINT) for unit in units}
        errors = sum(any(severity == "error" for _, severity, _ in one) for one in clean.values())
        print(
            f"{name}, {lang}→fa: of {len(units)} right translations {sum(map(bool, clean.values()))} have a finding, {errors} an error"
        )
        for unit, findings in clean.items():
            if show and findings:
                print(f"    WRONGLY {sorted(findings)}\n        {unit.source}\n        {unit.target}")
        for one in wrong.get(lang, ()):
            totals[one.kind] += 1
            new = other_hands.found(one.unit, known, Severity.HINT) - clean[one.clean]
            founds[one.kind] += (is_found := any(check in ABLE[one.kind] for check, _, _ in new))
            if show and not is_found:
                print(f"    MISSED {one.kind}: {one.unit.target}\n        {one.unit.source}")
    for kind, total in totals.items():
        print(f"{kind:18} {founds[kind]:4} of {total:4}  {founds[kind] / total:6.1%}")


def fit() -> None:
    """Print mean and spread of log(target/source), as languages/fa.toml has them."""
    units = own()[0]
    for folder in ("hands-dev",):
        for lang, more in turned(other_hands.CORPUS / folder).items():
            units[lang] += more
    for lang in other_hands.LANGS:
        units[lang] += [
            _unit(unit.target, unit.source) for unit in other_hands.read(other_hands.CORPUS / "statements.csv", lang)
        ]
    for lang, some in units.items():
        print(f"[target.lengths.{lang}]\n{_fitted(some)}\n")


def _fitted(units: list[Unit]) -> str:
    logs = [length.deviations(unit, Length(0, 1, 0)) for unit in units]
    weights = [length.letters(unit.source) for unit in units]
    heavy = [min(weight, 200) for weight in weights]
    mean = sum(log * weight for log, weight in zip(logs, heavy, strict=True)) / sum(heavy)
    squares = [((log - mean) ** 2, weight) for log, weight in zip(logs, weights, strict=True)]
    far = [square for square, weight in squares if weight >= 80] or [square for square, _ in squares]
    constant = statistics.fmean(far)
    short = statistics.fmean((square - constant) * weight for square, weight in squares if weight < 80)
    return f"mean = {mean:.3f}\nconstant = {constant:.4f}\nper_letter = {max(0, short):.2f}"


def _folders() -> Iterator[Path]:
    yield from (Path(argument) for argument in sys.argv[1:] if not argument.startswith("--"))


def main() -> None:
    if "--fit" in sys.argv:
        fit()
        return
    show = "--list" in sys.argv
    for folder in _folders():
        report(folder.name, turned(folder), {}, show=show)
    if not list(_folders()):
        report(OWN.name, *own(), show=show)


if __name__ == "__main__":
    main()
