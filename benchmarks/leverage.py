"""What becomes of reviewed translations when their documents are edited, beside `msgmerge --previous`.

    python -m benchmarks.leverage [SEEDS]

Edits made by script over the five documents, so that it is known what each new sentence was:
the same sentence, whose review should stand; another wording, part or union of old ones, whose
translation should be offered; or new, so that nothing should be offered.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline.catalogue import leverage, po
from pipeline.languages import SHIPPED, WESTERN_DIGITS
from pipeline.model import Catalogue, State, Unit
from pipeline.text.orthography import fold
from pipeline.text.similarity import similarity

ROOT = Path(__file__).parents[1]
PERSIAN_DIGITS = str.maketrans(WESTERN_DIGITS, SHIPPED["fa"].digits)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SHARE = 0.2
"""The share of a document's sentences that an edit touches; a quarter of it each when all come at once."""
share = SHARE


@dataclass(frozen=True)
class Sentence:
    """A sentence of the edited document. `was` are the old units it comes from; `same` if its review stands."""

    context: str
    source: str
    was: tuple[Unit, ...]
    same: bool


Edit = Callable[[list[Sentence], random.Random, list[Unit]], list[Sentence]]


def how_many(sentences: list[Sentence]) -> int:
    return max(1, round(share * len(sentences)))


def some(sentences: list[Sentence], rng: random.Random, fits: Callable[[Sentence], bool] = lambda s: True) -> list[int]:
    able = [index for index, sentence in enumerate(sentences) if sentence.same and fits(sentence)]
    return rng.sample(able, min(len(able), how_many(sentences)))


def insert(sentences, rng, others):
    for _ in range(how_many(sentences)):
        new = rng.choice(others)
        sentences.insert(rng.randrange(len(sentences) + 1), Sentence(new.context, new.source, (), False))
    return sentences


def delete(sentences, rng, others):
    gone = set(some(sentences, rng))
    return [sentence for index, sentence in enumerate(sentences) if index not in gone]


def move(sentences, rng, others):
    for _ in range(how_many(sentences)):
        sentences.insert(rng.randrange(len(sentences)), sentences.pop(rng.randrange(len(sentences))))
    return sentences


def each(change: Callable[[list[str], random.Random, list[Unit]], str], *, least: int = 5) -> Edit:
    """Return the edit that changes the words of some sentences."""

    def edit(sentences, rng, others):
        for index in some(sentences, rng, lambda s: len(s.source.split()) >= least):
            sentence = sentences[index]
            source = change(sentence.source.split(), rng, others)
            sentences[index] = replace(sentence, source=source, same=fold(source) == fold(sentence.source))
        return sentences

    return edit


def a_word(rng: random.Random, others: list[Unit]) -> str:
    return rng.choice(rng.choice(others).source.split())


def reworded(words, rng, others):
    for _ in range(max(1, len(words) // 8)):
        words[rng.randrange(len(words))] = a_word(rng, others)
    words.insert(rng.randrange(len(words)), a_word(rng, others))
    return " ".join(words)


def mistyped(words, rng, others):
    index = rng.choice([i for i, word in enumerate(words) if len(word) > 2])
    at = rng.randrange(len(words[index]) - 1)
    letters = list(words[index])
    letters[at], letters[at + 1] = rng.choice("ابپتسش"), letters[at]
    words[index] = "".join(letters)
    return " ".join(words)


def renumbered(words, rng, others):
    words.insert(rng.randrange(1, len(words)), SHIPPED["fa"].number(rng.randrange(2, 99)))
    return " ".join(words)


def split(sentences, rng, others):
    for index in sorted(some(sentences, rng, lambda s: len(s.source.split()) >= 10), reverse=True):
        sentence = sentences[index]
        words = sentence.source.split()
        at = len(words) * rng.randint(35, 65) // 100
        parts = (f"{' '.join(words[:at]).rstrip('،؛')}.", " ".join(words[at:]))
        sentences[index : index + 1] = [replace(sentence, source=part, same=False) for part in parts]
    return sentences


def join(sentences, rng, others):
    for index in sorted(some(sentences[:-1], rng), reverse=True):
        if index + 1 < len(sentences):
            one, two = sentences[index : index + 2]
            if one.same and two.same and one.context == two.context == "paragraph":
                source = f"{one.source.rstrip('. ')} و {two.source}"
                sentences[index : index + 2] = [Sentence(one.context, source, (*one.was, *two.was), False)]
    return sentences


def cosmetic(sentences, rng, others):
    """Spaces, joiners, letters of another keyboard, digits, punctuation: the review stands."""
    changes = [
        lambda t: t.replace("ی", "ي").replace("ک", "ك"), lambda t: t.replace("\u200c", " "), lambda t: t.replace("می ", "می\u200c"),
        lambda t: t.replace(" ", "  ", 3), lambda t: t.replace("،", " ،"), lambda t: t.replace("، ", "،"), lambda t: t.replace(".", " ."),
        lambda t: t.translate(PERSIAN_DIGITS), lambda t: t.replace("«", '"').replace("»", '"'),
    ]  # fmt: skip
    for index in some(sentences, rng):
        sentence = sentences[index]
        able = [changed for change in changes if (changed := change(sentence.source)) != sentence.source]
        if able:
            sentences[index] = replace(sentence, source=rng.choice(able))
    return sentences


def all_at_once(sentences, rng, others):
    global share
    share = SHARE / 4
    for name in ("cosmetic", "insert", "delete", "move", "split", "join", "reword", "typing error", "renumber"):
        sentences = EDITS[name](sentences, rng, others)
    share = SHARE
    return sentences


EDITS: dict[str, Edit] = {
    "insert": insert,
    "delete": delete,
    "move": move,
    "reword": each(reworded),
    "typing error": each(mistyped, least=3),
    "renumber": each(renumbered, least=3),
    "split": split,
    "join": join,
    "cosmetic": cosmetic,
    "all at once": all_at_once,
}


def judged(sentence: Sentence, unit: Unit) -> str:
    """Say what became of a sentence: kept, offered, lost, wrong (of another sentence), or rightly nothing."""
    targets = {one.target for one in sentence.was} | {" ".join(one.target for one in sentence.was)}
    if not unit.target:
        return "lost" if sentence.was else "nothing"
    if unit.target not in targets:
        return "wrong"
    if unit.state.is_done:
        return "kept" if sentence.same else "wrong"
    return "offered"


def ours(old: Catalogue, new: list[Unit], folder: Path) -> list[Unit]:
    return list(leverage.merge(new, old).units)


def msgmerge(old: Catalogue, new: list[Unit], folder: Path) -> list[Unit]:
    (folder / "old.po").write_bytes(po.serialise(old, "seeds/x", NOW))
    (folder / "new.pot").write_bytes(po.serialise(replace(old, units=tuple(new), obsolete=()), "seeds/x", NOW))
    command = ["msgmerge", "-q", "--previous", folder / "old.po", folder / "new.pot", "-o", folder / "out.po"]
    subprocess.run(command, check=True, capture_output=True)
    found = {unit.key: unit for unit in po.read(folder / "out.po", "x", "fa", "en").units}
    return [found[unit.key] for unit in new]


def catalogues() -> list[Catalogue]:
    found = [po.read(path, path.stem, "fa", "en") for path in sorted((ROOT / "translations" / "en").glob("*.po"))]
    bare = [
        tuple(replace(unit, line=0, notes=()) for unit in one.units if unit.state is State.REVIEWED) for one in found
    ]
    return [replace(one, units=units, obsolete=()) for one, units in zip(found, bare, strict=True)]


def strangers(one: Catalogue, others: list[Catalogue]) -> list[Unit]:
    """Return sentences of other documents that are like none of this one."""
    own = [fold(unit.source) for unit in one.units]
    return [
        u
        for other in others
        if other is not one
        for u in other.units
        if all(similarity(fold(u.source), text) < 60 for text in own)
    ]


def edited(one: Catalogue, edit: Edit, rng: random.Random, others: list[Unit]) -> list[Sentence]:
    sentences = [Sentence(unit.context, unit.source, (unit,), True) for unit in one.units]
    seen: dict[tuple[str, str], Sentence] = {}
    for sentence in edit(sentences, rng, others):
        seen.setdefault((sentence.context, sentence.source), sentence)
    return list(seen.values())


def main(seeds: int) -> None:
    found = {what: {name: Counter() for name in EDITS} for what in ("ours", "msgmerge")}
    seconds = Counter()
    documents = catalogues()
    with tempfile.TemporaryDirectory() as folder:
        for one in documents:
            others = strangers(one, documents)
            for seed in range(seeds):
                for name, edit in EDITS.items():
                    sentences = edited(one, edit, random.Random(f"{one.document_id} {seed} {name}"), others)
                    new = [Unit(s.context, s.source) for s in sentences]
                    for what, merge in (("ours", ours), ("msgmerge", msgmerge)):
                        start = time.perf_counter()
                        units = merge(one, new, Path(folder))
                        seconds[what] += time.perf_counter() - start
                        found[what][name].update(judged(s, unit) for s, unit in zip(sentences, units, strict=True))
                        if what == "ours" and "--wrong" in sys.argv:
                            show_wrong(name, sentences, units)
    report(found)
    print(f"time: ours {seconds['ours'] / seconds['msgmerge']:.2f} × msgmerge's (its process and files included)")


def show_wrong(name: str, sentences: list[Sentence], units: list[Unit]) -> None:
    for sentence, unit in zip(sentences, units, strict=True):
        if judged(sentence, unit) == "wrong":
            print(
                f"{name}: {sentence.source}\n    {unit.state}, {unit.origin}: {unit.previous}\n    was {[one.source for one in sentence.was]}"
            )


def report(found: dict[str, dict[str, Counter]]) -> None:
    print(f"{'':14}" + "".join(f"{what:>44}" for what in found))
    print(f"{'edit':14}" + f"{'sentences':>12}{'kept':>8}{'offered':>8}{'lost':>8}{'wrong':>8}" * 2)
    total = {what: Counter() for what in found}
    for name in [*EDITS, "total"]:
        line = f"{name:14}"
        for what, by_name in found.items():
            counts = total[what] if name == "total" else by_name[name]
            if name != "total":
                total[what].update(counts)
            had = sum(counts.values()) - counts["nothing"]
            line += f"{had:>12}" + "".join(
                f"{100 * counts[k] / max(1, had):7.1f}%" for k in ("kept", "offered", "lost", "wrong")
            )
        print(line)
    print(", ".join(f"{what}: {counts['wrong']} of {counts.total()} wrong" for what, counts in total.items()))


if __name__ == "__main__":
    main(int(next((word for word in sys.argv[1:] if word.isdigit()), "20")))
