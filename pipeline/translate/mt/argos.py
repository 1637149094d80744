"""Argos Translate packages, run by CTranslate2 directly.

`argostranslate.translate` is not imported: it needs PyTorch through its sentence
splitters, which ours replace, and cuts output at 256 tokens without a word.
"""

from collections.abc import Sequence
from typing import Any

from pipeline.errors import EngineError
from pipeline.translate import models
from pipeline.translate.mt import PIVOT, Result, Settings
from pipeline.translate.mt import _ctranslate2 as runtime


class ArgosEngine:
    """One installed package."""

    name = "argos"

    def __init__(self, package: Any, settings: Settings) -> None:
        self.model = f"{package.from_code}→{package.to_code} {package.package_version}"
        prefix = [package.target_prefix] if package.target_prefix else []
        pieces = package.package_path / "sentencepiece.model"
        # argostranslate's own reader of such a model makes a space of every underscore.
        tokens = runtime.Pieces(pieces) if pieces.is_file() else _Words(package)
        self._model = runtime.Model(package.package_path / "model", tokens.encode, tokens.decode, settings, prefix)
        self.parameters = f"beam {self._model.beam}"
        files = models.digest(package.package_path)
        models.require_locked(package, files, settings.locked)
        pair = models.name(package)
        self.remark = "" if pair in settings.locked else f"{pair}: not locked; lock it: pipeline models install FILE"
        self.fingerprint = f"{files} {self.parameters} decoding {runtime.DECODING}"

    def translate(self, sentences: Sequence[str]) -> list[Result]:
        return self._model.translate(sentences)


class _Words:
    """The older packages' way: words, divided by byte pairs (bpe.model)."""

    def __init__(self, package: Any) -> None:
        self._package = package

    def encode(self, text: str) -> list[str]:
        try:
            return self._package.tokenizer.encode(text)
        except (RuntimeError, OSError, AttributeError, ValueError) as error:
            path = self._package.package_path
            raise EngineError(f"{path}: its tokenizer is damaged ({error}); install it again") from None

    def decode(self, pieces: list[str]) -> str:
        return self._package.tokenizer.decode(pieces)


def plan(source_lang: str, target_lang: str, settings: Settings) -> list[tuple[str, str]]:
    """Return the pairs to go through: the direct one, else two through English; raise EngineError."""
    installed = _by_pair()
    pairs = [(source_lang, target_lang)]
    if pairs[0] not in installed and PIVOT not in pairs[0]:
        pairs = [(source_lang, PIVOT), (PIVOT, target_lang)]
    if missing := [pair for pair in pairs if pair not in installed]:
        names = " and ".join(f"{source}→{target}" for source, target in missing)
        raise EngineError(f"no Argos package {names} is installed; install it: {install_hint(missing)}")
    return pairs


def open(source_lang: str, target_lang: str, settings: Settings) -> ArgosEngine:
    """Open the installed package of a pair that `plan` named."""
    return ArgosEngine(_by_pair()[source_lang, target_lang], settings)


def install_hint(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the command that installs the packages of these pairs."""
    return "pipeline models install " + " ".join(f"{source}-{target}" for source, target in pairs)


def _by_pair() -> dict[tuple[str, str], Any]:
    return {(one.from_code, one.to_code): one for one in models.installed()}
