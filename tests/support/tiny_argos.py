"""Real Argos packages of some 30 kB, made in under a second without training.

The model is a one-layer Transformer with weights set by hand. Every position has a random
code; the decoder's cross-attention looks for the encoder state with the code of its own
step, so that step i sees source character i. The output projection is a table of
characters: «سلام» becomes "slam". All else is zero. The end of the sentence is a character
like the others, and is carried over in its turn.
"""

import io
import json
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2.specs import transformer_spec

FA = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآئء،؛؟"
EN = "abptScCHxdDrzZsSTDtzegfqkglmnvhyAyE,;?"
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?'\"()-@/_éùô"
CHARACTERS = list(dict.fromkeys([*FA, *LATIN, "\u200c", "۱", "۲"]))

FA_EN = dict(zip(FA, EN, strict=True))
EN_FR = {"e": "é", "u": "ù", "o": "ô"}

CODE = 64
"""Size of a position code; the character code has the same size, one attention head each."""
SPECIAL = ["<unk>", "<s>", "</s>"]


def package(
    folder: Path, source: str, target: str, table: dict[str, str], version: str = "1.0", positions: int = 1024
) -> Path:
    """Write translate-SOURCE_TARGET.argosmodel, which maps character to character as in `table`.

    It can count to `positions`. With "</s>" in the table it does not know where to end.
    """
    root = f"translate-{source}_{target}-{version.replace('.', '_')}"
    metadata = {
        "package_version": version, "argos_version": "1.9", "type": "translate",
        "from_code": source, "from_name": source, "to_code": target, "to_name": target,
    }  # fmt: skip
    tokenizer = _tokenizer()
    path = folder / f"translate-{source}_{target}.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryDirectory() as model:
        archive.writestr(f"{root}/metadata.json", json.dumps(metadata))
        archive.writestr(f"{root}/sentencepiece.model", tokenizer)
        _specification(_vocabulary(tokenizer), table, positions).save(model)
        for file in sorted(Path(model).iterdir()):
            archive.write(file, f"{root}/model/{file.name}")
    return path


def bpe_package(folder: Path, source: str, target: str, table: dict[str, str]) -> Path:
    """Write a package of the older kind: words are divided into letters, «س@@ ل@@ ا@@ م», by a bpe.model that joins none."""
    inside = {f"{letter}@@": f"{other}@@" for letter, other in table.items()}
    tokens = list(dict.fromkeys([*table, *table.values(), *inside, *inside.values()]))
    root = f"translate-{source}_{target}-0_9"
    metadata = {"package_version": "0.9", "type": "translate", "from_code": source, "to_code": target}
    path = folder / f"bpe-{source}_{target}.argosmodel"
    with zipfile.ZipFile(path, "w") as archive, tempfile.TemporaryDirectory() as model:
        archive.writestr(f"{root}/metadata.json", json.dumps(metadata))
        archive.writestr(f"{root}/bpe.model", "#version: 0.2\n")
        _specification([*SPECIAL, *tokens], table | inside).save(model)
        for file in sorted(Path(model).iterdir()):
            archive.write(file, f"{root}/model/{file.name}")
    return path


def _tokenizer() -> bytes:
    """A SentencePiece model whose pieces are single characters."""
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["".join(CHARACTERS), " ".join(CHARACTERS)]),
        model_writer=written,
        model_type="char",
        vocab_size=len(CHARACTERS) + 4,
        hard_vocab_limit=False,
        character_coverage=1.0,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        minloglevel=3,
    )
    return written.getvalue()


def _vocabulary(tokenizer: bytes) -> list[str]:
    processor = sentencepiece.SentencePieceProcessor(model_proto=tokenizer)
    pieces = [processor.id_to_piece(index) for index in range(processor.get_piece_size())]
    return SPECIAL + [piece for piece in pieces if piece not in SPECIAL]


def _specification(vocabulary: list[str], table: dict[str, str], count: int = 1024) -> transformer_spec.TransformerSpec:
    size, depth = len(vocabulary), 2 * CODE
    assert size <= 2 * CODE, "more characters than the codes can tell apart"
    random = np.random.default_rng(0)
    positions = np.zeros((count, depth), np.float32)
    positions[:, :CODE] = random.choice([-1.0, 1.0], (count, CODE))
    characters = random.choice([-1.0, 1.0], (size, CODE)).astype(np.float32)
    embedding = np.zeros((size, depth), np.float32)
    embedding[:, CODE:] = characters

    spec = transformer_spec.TransformerSpec.from_config((1, 1), 2)
    encoder, decoder = spec.encoder, spec.decoder
    encoder.scale_embeddings = decoder.scale_embeddings = False
    encoder.embeddings[0].weight = embedding
    decoder.embeddings.weight = np.zeros_like(embedding)
    for side in (encoder, decoder):
        side.position_encodings.encodings = positions.copy()
        _silence(side.layer[0], depth)
        _normalise(side.layer_norm, depth)
    _look_at_own_position(decoder.layer[0].attention, depth)
    _linear(decoder.projection, *_projection(vocabulary, characters, table, depth))

    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "<s>"
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _linear(layer, weight: np.ndarray, bias: np.ndarray | None = None) -> None:
    layer.weight = weight.astype(np.float32)
    layer.bias = np.zeros(weight.shape[0], np.float32) if bias is None else bias.astype(np.float32)


def _normalise(layer, depth: int) -> None:
    layer.gamma, layer.beta = np.ones(depth, np.float32), np.zeros(depth, np.float32)


def _silence(layer, depth: int) -> None:
    """Self-attention and feed-forward add nothing."""
    for part in (layer.self_attention.layer_norm, layer.ffn.layer_norm):
        _normalise(part, depth)
    _linear(layer.self_attention.linear[0], np.zeros((3 * depth, depth)))
    _linear(layer.self_attention.linear[1], np.zeros((depth, depth)))
    _linear(layer.ffn.linear_0, np.zeros((8, depth)))
    _linear(layer.ffn.linear_1, np.zeros((depth, 8)))


def _look_at_own_position(attention, depth: int) -> None:
    """Queries and keys are position codes, in both heads; values are the whole source state."""
    _normalise(attention.layer_norm, depth)
    code = np.zeros((depth, depth))
    code[:CODE, :CODE] = code[CODE:, :CODE] = np.eye(CODE)
    characters_only = np.zeros((depth, depth))
    characters_only[CODE:, CODE:] = np.eye(CODE)
    _linear(attention.linear[0], 8 * code)
    _linear(attention.linear[1], np.vstack([code, np.eye(depth)]))
    _linear(attention.linear[2], characters_only)


def _projection(vocabulary, characters, table, depth) -> tuple[np.ndarray, np.ndarray]:
    """The row of a target character answers to the codes of all characters that become it."""
    index = {piece: number for number, piece in enumerate(vocabulary)}
    weight, bias = np.zeros((len(vocabulary), depth)), np.full(len(vocabulary), -1e3)
    for number, piece in enumerate(vocabulary):
        target = index[table.get(piece, piece)]
        weight[target, CODE:] += characters[number]
        bias[target] = 0
    bias[:2] = -1e4
    return weight, bias
