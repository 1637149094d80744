"""Any model folder that CTranslate2 runs: OPUS-MT, M2M-100, NLLB, MADLAD-400, converted.

Named in pipeline.toml, one table a pair of languages:

    [engines.ctranslate2.fa-fr]
    folder = "models/opus-mt-tc-big-fa-itc"
    source_prefix = [">>fra<<"]

`source_tokens` and `target_tokens` name the SentencePiece models in the folder, where they are
not called as these families call them; `source_prefix`, `source_suffix` and `target_prefix`
are tokens put before or behind what is asked for (docs/engines.md has them for each family).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import EngineError
from pipeline.translate import models
from pipeline.translate.mt import Result, Settings
from pipeline.translate.mt import _ctranslate2 as runtime

_SOURCE_TOKENS = ("source.spm", "sentencepiece.bpe.model", "sentencepiece.model", "spiece.model")
_TARGET_TOKENS = ("target.spm", *_SOURCE_TOKENS[1:])
_KEYS = {"folder", "source_tokens", "target_tokens", "source_prefix", "source_suffix", "target_prefix"}


class FolderEngine:
    """One model folder."""

    name = "ctranslate2"

    def __init__(self, folder: Path, options: Mapping[str, Any], settings: Settings) -> None:
        self.model = folder.name
        source = runtime.Pieces(_file(folder, options.get("source_tokens"), _SOURCE_TOKENS))
        target = runtime.Pieces(_file(folder, options.get("target_tokens"), _TARGET_TOKENS))
        before, behind = options.get("source_prefix", []), options.get("source_suffix", [])
        self._model = runtime.Model(
            folder,
            lambda text: [*before, *source.encode(text), *behind],
            target.decode,
            settings,
            options.get("target_prefix", []),
        )
        self.parameters = f"beam {self._model.beam}"
        self.fingerprint = (
            f"{models.digest(folder)} {self.parameters} {sorted(options.items())} decoding {runtime.DECODING}"
        )

    def translate(self, sentences: Sequence[str]) -> list[Result]:
        return self._model.translate(sentences)


def plan(source_lang: str, target_lang: str, settings: Settings) -> list[tuple[str, str]]:
    """Return the pairs to go through: a folder for the pair, else two through English; raise EngineError."""
    ways = [[(source_lang, target_lang)], [(source_lang, models.PIVOT), (models.PIVOT, target_lang)]]
    for way in ways:
        if all(f"{source}-{target}" in settings.options for source, target in way):
            return way
    pair = f"{source_lang}-{target_lang}"
    raise EngineError(f"pipeline.toml names no model folder {pair}; add a table [engines.ctranslate2.{pair}]")


def open(source_lang: str, target_lang: str, settings: Settings) -> FolderEngine:
    """Return the engine of a pair that `plan` named; raise EngineError when its folder or a key is missing."""
    options = settings.options[f"{source_lang}-{target_lang}"]
    where = f"pipeline.toml: engines.ctranslate2.{source_lang}-{target_lang}"
    if not isinstance(options, dict) or not isinstance(options.get("folder"), str):
        raise EngineError(f'{where}: say where the model is: folder = "models/…"')
    if unknown := sorted(set(options) - _KEYS):
        raise EngineError(f"{where}: unknown key {unknown[0]!r}; known are: {', '.join(sorted(_KEYS))}")
    for key in ("source_prefix", "source_suffix", "target_prefix"):
        if not isinstance(options.get(key, []), list) or not all(isinstance(one, str) for one in options.get(key, [])):
            raise EngineError(f'{where}: {key}: write a list of tokens: {key} = ["…"]')
    folder = settings.root / options["folder"]
    if not (folder / "model.bin").is_file():
        raise EngineError(f"{folder}: no model.bin there; convert the model, or correct {where}.folder")
    return FolderEngine(folder, options, settings)


def _file(folder: Path, named: str | None, usual: Sequence[str]) -> Path:
    for name in [named] if named else usual:
        if (folder / name).is_file():
            return folder / name
    raise EngineError(f"{folder}: no SentencePiece model {named or ' or '.join(usual)}; copy it there")
