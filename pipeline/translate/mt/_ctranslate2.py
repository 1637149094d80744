"""A model that CTranslate2 runs: the engines that use one differ in their tokens alone."""

import os
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypedDict, Unpack

from pipeline.errors import EngineError, EnvironmentMissing
from pipeline.translate.mt import REPEATED, TRUNCATED, EngineSettings, Translation

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor


class Device(StrEnum):
    """What runs a model: the processors, or a graphics card of NVIDIA's."""

    CPU = "cpu"
    CUDA = "cuda"


BATCH_TOKENS = {Device.CPU: 2048, Device.CUDA: 16_384}
BEAMS = {True: 1, False: 4}
"""By `EngineSettings.fast`."""

NGRAM = 3
"""What may not come twice when an output that ran in a loop is tried again."""

DECODING = 3
"""Of the way sentences are decoded here: what was drafted in an earlier one is not taken from the cache."""

_LONGEST_LOOP, _ROUNDS = 12, 4

_NO_POSITION = "No position encodings"
"""How CTranslate2 begins when a sentence, or what it becomes, is longer than a model can count."""

_FAULTS = (RuntimeError, ValueError, LookupError, ArithmeticError, MemoryError)
"""What exceptions of C++ become in Python (pybind11, «Built-in C++ to Python exception translation»)."""

Tokens = list[str]


class _Hypotheses(Protocol):
    """What CTranslate2 makes of one sentence, the best one first."""

    hypotheses: list[Tokens]
    scores: list[float]


class _Handed(Protocol):
    """A sentence that CTranslate2 is at work on."""

    def result(self) -> _Hypotheses: ...


class _Options(TypedDict, total=False):
    no_repeat_ngram_size: int


class _Ctranslator(Protocol):
    def translate_batch(self, tokens: list[Tokens], **options: object) -> list[_Handed]: ...


class Model:
    """A model folder, loaded when the first sentence comes."""

    def __init__(
        self, folder: Path, encode: Callable[[str], Tokens], decode: Callable[[Tokens], str], settings: EngineSettings,
        prefix: Sequence[str] = (), device: Device = Device.CPU,
    ) -> None:  # fmt: skip
        self.folder, self.encode, self.decode = folder, encode, decode
        self.beam, self.prefix = BEAMS[settings.fast], list(prefix)
        self.device = device
        self.threads = settings.threads or len(os.sched_getaffinity(0))

    @cached_property
    def _translator(self) -> _Ctranslator:
        import ctranslate2

        self._require_device(ctranslate2.get_cuda_device_count())
        threads = self.threads if self.device is Device.CPU else 1  # more would keep the model on the card as often
        try:
            translator: _Ctranslator = ctranslate2.Translator(
                str(self.folder), device=self.device.value, inter_threads=threads, intra_threads=1
            )
        except (*_FAULTS, OSError) as error:
            raise EngineError(f"{self.folder}: damaged ({error}); remove it and install it again") from None
        return translator

    def _require_device(self, cards: int) -> None:
        """Raise EnvironmentMissing when a graphics card is to be used and there is none."""
        if self.device is Device.CUDA and not cards:
            raise EnvironmentMissing(
                f'{self.folder}: device = "cuda" in pipeline.toml, and no NVIDIA card is seen here; '
                'install its driver, or write device = "cpu"'
            )

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """Return one result per sentence; what runs in a loop is tried a second time."""
        tokens = [self.encode(sentence) for sentence in sentences]
        try:
            results = self._decoded(tokens)
            again = [index for index, result in enumerate(results) if REPEATED in result.flags]
            second = self._decoded([tokens[index] for index in again], no_repeat_ngram_size=NGRAM)
        except _FAULTS as error:
            raise EngineError(f"{self.folder}: the model failed ({error}); install it again") from None
        for index, result in zip(again, second, strict=True):
            results[index] = result
        return results

    def _decoded(self, tokens: list[Tokens], **options: Unpack[_Options]) -> list[Translation]:
        """Return one result per sentence, each as if it stood alone.

        Those that may become equally long go together; all parts are handed over at once,
        so that no processor waits for the last sentences of one.
        """
        parts: dict[int, list[int]] = {}
        for index, sentence in enumerate(tokens):
            parts.setdefault(longest(len(sentence)), []).append(index)
        handed = {most: self._handed([tokens[i] for i in part], most, **options) for most, part in parts.items()}
        results: dict[int, Translation] = {}
        for most, part in parts.items():
            results.update(
                zip(part, self._received(handed[most], [tokens[i] for i in part], most, options), strict=True)
            )
        return [results[index] for index in range(len(tokens))]

    def _handed(self, tokens: list[Tokens], most: int, **options: Unpack[_Options]) -> list[_Handed]:
        return self._translator.translate_batch(
            tokens,
            target_prefix=[self.prefix] * len(tokens) if self.prefix else None,
            beam_size=self.beam,
            max_batch_size=BATCH_TOKENS[self.device],
            batch_type="tokens",
            max_input_length=0,  # CTranslate2 would cut at 1,024 tokens, without a word
            max_decoding_length=most,
            replace_unknowns=True,
            return_scores=True,
            asynchronous=True,
            **options,
        )

    def _received(self, handed: list[_Handed], tokens: list[Tokens], most: int, options: _Options) -> list[Translation]:
        """Return the results of a part; a sentence too long for the model comes back empty, and TRUNCATED."""
        try:
            return [
                self._result(source, sentence.result(), most) for source, sentence in zip(tokens, handed, strict=True)
            ]
        except (RuntimeError, ValueError) as error:
            if _NO_POSITION not in str(error):
                raise
        if len(tokens) == 1:
            return [Translation("", flags=frozenset({TRUNCATED}))]
        # One sentence must not cost the others their drafts.
        return [self._received(self._handed([s], most, **options), [s], most, options)[0] for s in tokens]

    def _result(self, source: Tokens, output: _Hypotheses, most: int) -> Translation:
        pieces = output.hypotheses[0]
        flags = {TRUNCATED} if len(pieces) >= most else set()
        if loops(pieces) and not loops(source):
            flags.add(REPEATED)
        if self.prefix and pieces[: len(self.prefix)] == self.prefix:
            pieces = pieces[len(self.prefix) :]
        return Translation(self.decode(pieces).strip(), output.scores[0] if output.scores else 0.0, frozenset(flags))


def longest(length: int) -> int:
    """Return how many tokens a sentence of so many may become: twice as many and a few, in steps of a half.

    The steps are so wide that the sentences of one fill batches: narrower ones cost time.
    """
    step = 16
    while step < length:
        step += step // 2
    return 2 * step + 20


class Pieces:
    """A SentencePiece model, loaded when it is needed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _processor(self) -> "SentencePieceProcessor":
        import sentencepiece

        try:
            return sentencepiece.SentencePieceProcessor(model_file=str(self._path))
        except (RuntimeError, OSError) as error:
            raise EngineError(f"{self._path}: damaged ({error}); copy the model folder again") from None

    def encode(self, text: str) -> Tokens:
        return list(self._processor.encode(text, out_type=str))

    def decode(self, pieces: Tokens) -> str:
        return str(self._processor.decode(pieces))


def loops(pieces: Sequence[str]) -> bool:
    """Whether a run of tokens comes four times one after another."""
    for length in range(1, min(_LONGEST_LOOP, len(pieces) // _ROUNDS) + 1):
        equal = 0
        for index in range(length, len(pieces)):
            equal = equal + 1 if pieces[index] == pieces[index - length] else 0
            if equal >= length * (_ROUNDS - 1) and (length > 1 or equal >= 2 * _ROUNDS):
                return True
    return False
