"""Argos Translate packages, run by CTranslate2 directly.

`argostranslate.translate` is not imported: it needs PyTorch through its sentence
splitters, which ours replace, and cuts output at 256 tokens without a word.
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import EngineError

BEAM_SIZE = 4
BATCH_TOKENS = 2048
PIVOT = "en"


@dataclass(frozen=True, slots=True)
class _Step:
    """One package, opened: a pair of languages."""

    tokenizer: Any
    translator: Any
    prefix: str

    def translate(self, sentences: Sequence[str]) -> list[str]:
        tokens = [self.tokenizer.encode(sentence) for sentence in sentences]
        longest = max((len(sentence) for sentence in tokens), default=0)
        try:
            results = self.translator.translate_batch(
                tokens,
                target_prefix=[[self.prefix]] * len(tokens) if self.prefix else None,
                beam_size=BEAM_SIZE,
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
                max_decoding_length=2 * longest + 20,
                replace_unknowns=True,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"the Argos model failed ({error}); remove the package and install it again") from None
        return [self._text(result.hypotheses[0]) for result in results]

    def _text(self, pieces: list[str]) -> str:
        if self.prefix and pieces[:1] == [self.prefix]:
            pieces = pieces[1:]
        return self.tokenizer.decode(pieces).strip()


@dataclass(frozen=True, slots=True)
class ArgosEngine:
    """A direct package, or two through English."""

    name: str
    steps: tuple[_Step, ...]

    def translate(self, sentences: Sequence[str]) -> list[str]:
        texts = list(sentences)
        for step in self.steps:
            texts = step.translate(texts)
        return texts


def open(source_lang: str, target_lang: str) -> ArgosEngine:
    """Open the installed packages of a pair; raise EngineError when none serve it, even by pivot."""
    installed = {(package.from_code, package.to_code): package for package in _installed()}
    pairs = [(source_lang, target_lang)]
    if pairs[0] not in installed and PIVOT not in pairs[0]:
        pairs = [(source_lang, PIVOT), (PIVOT, target_lang)]
    if missing := [pair for pair in pairs if pair not in installed]:
        names = " and ".join(f"{source}→{target}" for source, target in missing)
        raise EngineError(f"no Argos package {names} is installed; install it: {install_hint(missing)}")
    packages = [installed[pair] for pair in pairs]
    names = ", ".join(f"{p.from_code}→{p.to_code} {p.package_version}" for p in packages)
    return ArgosEngine(f"argos {names}", tuple(_opened(package) for package in packages))


def install_hint(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the command that installs the packages of these pairs."""
    return "pipeline models install " + " ".join(f"{source}-{target}" for source, target in pairs)


def _package_module() -> Any:
    # At INFO and DEBUG argostranslate logs the text it translates.
    logging.getLogger("argostranslate").setLevel(logging.WARNING)
    from argostranslate import package

    return package


def _installed() -> list[Any]:
    try:
        return [p for p in _package_module().get_installed_packages() if p.type == "translate"]
    except (OSError, ValueError) as error:
        raise EngineError(f"an Argos package cannot be read ({error}); remove it and install it again") from None


def _opened(package: Any) -> _Step:
    import ctranslate2

    try:
        translator = ctranslate2.Translator(
            str(package.package_path / "model"), device="cpu", inter_threads=os.cpu_count() or 1, intra_threads=1
        )
        package.tokenizer.encode("")
    except (RuntimeError, OSError, AttributeError) as error:
        raise EngineError(f"{package.package_path}: damaged ({error}); remove it and install it again") from None
    return _Step(package.tokenizer, translator, package.target_prefix)
