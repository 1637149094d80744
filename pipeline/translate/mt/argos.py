"""Argos Translate packages, run by CTranslate2 directly.

`argostranslate.translate` is never imported: its sentence splitters, which ours replace, need
PyTorch, and it cuts output at 256 tokens without saying so. `argostranslate.tokenizer` is
imported for packages of the older kind alone.
"""

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline import tables
from pipeline.errors import EngineError, EnvironmentMissing
from pipeline.translate import models
from pipeline.translate.mt import EngineSettings, Translation
from pipeline.translate.mt import _ctranslate2 as runtime


@dataclass(frozen=True, slots=True)
class ArgosOptions:
    """[engines.argos]: what runs the models."""

    device: runtime.Device = runtime.Device.CPU


OPTIONS = ArgosOptions


class ArgosEngine:
    """One installed package."""

    name = "argos"

    def __init__(self, package: models.Package, settings: EngineSettings) -> None:
        self.model = f"{package.source_lang}→{package.target_lang} {package.version}"
        prefix = [package.target_prefix] if package.target_prefix else []
        tokens = _tokens(package)
        where = "pipeline.toml: engines.argos"
        device = tables.converted(ArgosOptions, settings.options, where, EngineError).device
        self._model = runtime.Model(package.path / "model", tokens.encode, tokens.decode, settings, prefix, device)
        self.device = device.value
        self.parameters = f"beam {self._model.beam}"
        files = models.digest(package.path)
        models.require_locked(package, files, settings.locked)
        pair = package.pair
        self.remark = (
            ""
            if pair in settings.locked
            else f"{pair}: not in models.lock; to add it, type: pipeline models install FILE"
        )
        self.fingerprint = f"{files} {self.parameters} decoding {runtime.DECODING}"
        if device is not runtime.Device.CPU:  # which adds up in another order, and may choose other words
            self.fingerprint += f" on {device.value}"

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        return self._model.translate(sentences)


class _Tokenizer(Protocol):
    def encode(self, sentence: str) -> list[str]: ...

    def decode(self, tokens: list[str]) -> str: ...


def _tokens(package: models.Package) -> "runtime.Pieces | _Words":
    pieces, pairs = package.path / "sentencepiece.model", package.path / "bpe.model"
    return _Words(package) if pairs.is_file() and not pieces.is_file() else runtime.Pieces(pieces)


class _Words:
    """The older packages' way: words, divided by byte pairs (bpe.model)."""

    def __init__(self, package: models.Package) -> None:
        self._path = package.path
        self._tokenizer = _tokenizer(package)

    def encode(self, text: str) -> list[str]:
        try:
            return self._tokenizer.encode(text)
        except ImportError:
            raise EnvironmentMissing(_lacking(self._path)) from None
        except (RuntimeError, OSError, AttributeError, ValueError) as error:
            raise EngineError(f"{self._path}: its tokenizer is damaged ({error}); install it again") from None

    def decode(self, pieces: list[str]) -> str:
        return self._tokenizer.decode(pieces)


def _tokenizer(package: models.Package) -> _Tokenizer:
    # At INFO and DEBUG argostranslate logs the text it translates.
    logging.getLogger("argostranslate").setLevel(logging.WARNING)
    try:
        from argostranslate.tokenizer import BPETokenizer
    except ImportError:
        raise EnvironmentMissing(_lacking(package.path)) from None
    tokenizer: _Tokenizer = BPETokenizer(package.path / "bpe.model", package.source_lang, package.target_lang)
    return tokenizer


def _lacking(path: object) -> str:
    return (
        f"{path}: a package of the older kind (bpe.model), which needs argostranslate; type: "
        f"{sys.executable} -m pip install --no-deps argostranslate sacremoses regex click joblib tqdm"
    )


def plan(source_lang: str, target_lang: str, settings: EngineSettings) -> list[tuple[str, str]]:
    """Return the pairs to go through: the direct one, else two through English; raise EngineError."""
    installed = _by_pair()
    pairs = [(source_lang, target_lang)]
    if pairs[0] not in installed and models.PIVOT not in pairs[0]:
        pairs = [(source_lang, models.PIVOT), (models.PIVOT, target_lang)]
    if missing := [pair for pair in pairs if pair not in installed]:
        names = " and ".join(f"{source}→{target}" for source, target in missing)
        what = "package" if len(missing) == 1 else "packages"
        raise EngineError(f"not installed: the Argos {what} {names}; type: {install_hint(missing)}")
    return pairs


def open(source_lang: str, target_lang: str, settings: EngineSettings) -> ArgosEngine:
    """Open the installed package of a pair that `plan` named."""
    return ArgosEngine(_by_pair()[source_lang, target_lang], settings)


def install_hint(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the command that installs the packages of these pairs."""
    return "pipeline models install " + " ".join(f"{source}-{target}" for source, target in pairs)


def _by_pair() -> dict[tuple[str, str], models.Package]:
    return {(package.source_lang, package.target_lang): package for package in models.installed()}
