"""Any model folder that CTranslate2 runs: OPUS-MT, M2M-100, NLLB, MADLAD-400, converted.

Named in pipeline.toml, one table per pair of languages:

    [engines.ctranslate2.fa-fr]
    folder = "models/opus-mt-tc-big-fa-itc"
    source_prefix = [">>fra<<"]

`source_tokens` and `target_tokens` name the SentencePiece models in the folder, where they are
not called as these families call them; `source_prefix`, `source_suffix` and `target_prefix`
are tokens put before or behind what is asked for (docs/engines.md has them for each family). `device` is
"cpu" or "cuda".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pipeline import tables
from pipeline.errors import EngineError
from pipeline.tables import Line, Rule
from pipeline.translate import models
from pipeline.translate.mt import EngineSettings, Translation
from pipeline.translate.mt import _ctranslate2 as runtime

_SOURCE_TOKENS = ("source.spm", "sentencepiece.bpe.model", "sentencepiece.model", "spiece.model")
_TARGET_TOKENS = ("target.spm", *_SOURCE_TOKENS[1:])

_Tokens = Annotated[tuple[str, ...], Rule("a list of tokens", '["…"]')]


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """The table of one pair of languages."""

    folder: Annotated[Line, Rule("where the model is", '"models/…"', tables.is_one_line)]
    source_tokens: Line | None = None
    target_tokens: Line | None = None
    source_prefix: _Tokens = ()
    source_suffix: _Tokens = ()
    target_prefix: _Tokens = ()
    device: runtime.Device = runtime.Device.CPU


OPTIONS = dict[str, ModelFolder]


class FolderEngine:
    """One model folder."""

    name = "ctranslate2"

    def __init__(self, folder: Path, options: ModelFolder, written: str, settings: EngineSettings) -> None:
        self.model = folder.name
        source = runtime.Pieces(_file(folder, options.source_tokens, _SOURCE_TOKENS))
        target = runtime.Pieces(_file(folder, options.target_tokens, _TARGET_TOKENS))
        self._model = runtime.Model(
            folder,
            lambda text: [*options.source_prefix, *source.encode(text), *options.source_suffix],
            target.decode,
            settings,
            options.target_prefix,
            options.device,
        )
        self.device = options.device.value
        self.parameters = f"beam {self._model.beam}"
        self.fingerprint = f"{models.digest(folder)} {self.parameters} {written} decoding {runtime.DECODING}"

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        return self._model.translate(sentences)


def plan(source_lang: str, target_lang: str, settings: EngineSettings) -> list[tuple[str, str]]:
    """Return the pairs to go through: a folder for the pair, else two through English; raise EngineError."""
    ways = [[(source_lang, target_lang)], [(source_lang, models.PIVOT), (models.PIVOT, target_lang)]]
    for way in ways:
        if all(f"{source}-{target}" in settings.options for source, target in way):
            return way
    pair = f"{source_lang}-{target_lang}"
    raise EngineError(f"pipeline.toml names no model folder for {pair}; add a table [engines.ctranslate2.{pair}]")


def open(source_lang: str, target_lang: str, settings: EngineSettings) -> FolderEngine:
    """Return the engine of a pair that `plan` named; raise EngineError when its folder or a key is missing."""
    pair = f"{source_lang}-{target_lang}"
    where = f"pipeline.toml: engines.ctranslate2.{pair}"
    written = settings.options[pair]
    options = tables.converted(ModelFolder, written, where, EngineError)
    folder = settings.root / options.folder
    if not (folder / "model.bin").is_file():
        raise EngineError(f"{folder}: no model.bin there; convert the model, or correct {where}.folder")
    return FolderEngine(folder, options, _as_one_text(written), settings)


def _as_one_text(written: object) -> str:
    return str(sorted(written.items()) if isinstance(written, Mapping) else written)


def _file(folder: Path, named: str | None, usual: Sequence[str]) -> Path:
    for name in [named] if named else usual:
        if (folder / name).is_file():
            return folder / name
    raise EngineError(f"{folder}: no SentencePiece model {named or ' or '.join(usual)}; copy it there")
