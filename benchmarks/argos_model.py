"""An Argos package of the size of the real ones, with random weights, for measurements of speed.

Six layers on either side, 512 wide, 32,000 pieces, int8. What it says means nothing, but it
stops where a translation would: one head of the last layer looks at the place of its own step
in the source, and finds the end of the sentence there. The first 65 dimensions are kept free for
that: 64 hold a code for every position, one the mark of the end.
"""

import io
import json
import random
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import polib
import sentencepiece
from ctranslate2.specs import transformer_spec

ROOT = Path(__file__).parents[1]
LAYERS, DEPTH, HEADS, INNER, PIECES, POSITIONS = 6, 512, 8, 2048, 32_000, 1200
CODE = DEPTH // HEADS
END, FREE = CODE, CODE + 1
SPECIAL = ["<unk>", "<s>", "</s>"]
ENDINGS = {
    "fa": ("ها", "های", "ی", "ان", "تر", "گاه", "مند", "نامه"),
    "en": ("s", "ing", "ed", "ly", "er", "ness", "able", "ion"),
}


def words(lang: str) -> list[str]:
    files = [polib.pofile(str(path), encoding="utf-8") for path in sorted((ROOT / "translations" / "en").glob("*.po"))]
    return [
        word for file in files for entry in file for word in (entry.msgid if lang == "fa" else entry.msgstr).split()
    ]


def tokenizer() -> bytes:
    """A SentencePiece model of the usual size, of words of the five documents and words made from them."""
    rng, written = random.Random(0), io.BytesIO()
    texts = []
    for lang, endings in ENDINGS.items():
        known = sorted(set(words(lang)))
        texts += [
            f"{rng.choice(known)}{rng.choice(known)[:4]}{rng.choice(endings)} {rng.choice(known)}"
            for _ in range(60_000)
        ]
        texts += known * 5
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=written,
        vocab_size=PIECES,
        hard_vocab_limit=False,
        minloglevel=3,
        num_threads=2,
    )
    return written.getvalue()


class Weights:
    """Random numbers that keep the free dimensions free."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)

    def matrix(self, rows: int, columns: int) -> np.ndarray:
        return (self.random.standard_normal((rows, columns)) * columns**-0.5).astype(np.float32)

    def back(self, columns: int) -> np.ndarray:
        """A matrix whose result is added to the state."""
        made = 0.3 * self.matrix(DEPTH, columns)
        made[:FREE] = 0
        return made

    def embedding(self, size: int) -> np.ndarray:
        made = self.matrix(size, DEPTH)
        made[:, :FREE] = 0
        return made


def linear(layer, weight: np.ndarray, bias: np.ndarray | None = None) -> None:
    layer.weight = weight
    layer.bias = np.zeros(weight.shape[0], np.float32) if bias is None else bias


def normalise(layer) -> None:
    layer.gamma, layer.beta = np.ones(DEPTH, np.float32), np.zeros(DEPTH, np.float32)


def specification(vocabulary: list[str], seed: int) -> transformer_spec.TransformerSpec:
    made, size = Weights(seed), len(vocabulary)
    spec = transformer_spec.TransformerSpec.from_config((LAYERS, LAYERS), HEADS)
    encoder, decoder = spec.encoder, spec.decoder
    positions = np.zeros((POSITIONS, DEPTH), np.float32)
    positions[:, :CODE] = made.random.choice([-1.0, 1.0], (POSITIONS, CODE))
    source = made.embedding(size)
    source[SPECIAL.index("</s>"), END] = 4 / np.sqrt(DEPTH)
    encoder.embeddings[0].weight, decoder.embeddings.weight = source, made.embedding(size)
    for side in (encoder, decoder):
        side.position_encodings.encodings = positions.copy()
        normalise(side.layer_norm)
        for layer in side.layer:
            normalise(layer.self_attention.layer_norm)
            linear(layer.self_attention.linear[0], made.matrix(3 * DEPTH, DEPTH))
            linear(layer.self_attention.linear[1], made.back(DEPTH))
            normalise(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, made.matrix(INNER, DEPTH))
            linear(layer.ffn.linear_1, made.back(INNER))
    for layer in decoder.layer:
        cross(layer.attention, made, looks_for_the_end=layer is decoder.layer[-1])
    linear(decoder.projection, *projection(made, size))
    spec.config.add_source_eos, spec.config.decoder_start_token = True, "<s>"
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def cross(attention, made: Weights, *, looks_for_the_end: bool) -> None:
    query, pair, out = made.matrix(DEPTH, DEPTH), made.matrix(2 * DEPTH, DEPTH), made.back(DEPTH)
    if looks_for_the_end:
        query[:CODE], pair[:CODE], pair[DEPTH : DEPTH + CODE] = 0, 0, 0
        query[:CODE, :CODE], pair[:CODE, :CODE] = 6 * np.eye(CODE), np.eye(CODE)
        pair[DEPTH, END] = 1
        out[:, :CODE] = 0
        out[END, 0] = 6
    normalise(attention.layer_norm)
    linear(attention.linear[0], query)
    linear(attention.linear[1], pair)
    linear(attention.linear[2], out)


def projection(made: Weights, size: int) -> tuple[np.ndarray, np.ndarray]:
    weight, bias = 2 * made.matrix(size, DEPTH), np.zeros(size, np.float32)
    weight[:, :FREE] = 0
    end = SPECIAL.index("</s>")
    weight[end], bias[end] = 0, -60
    weight[end, END] = 30
    bias[:end] = -60
    return weight, bias


def package(folder: Path, source: str, target: str, pieces: bytes, seed: int) -> Path:
    """Write a package and return its path."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    known = [processor.id_to_piece(index) for index in range(processor.get_piece_size())]
    vocabulary = SPECIAL + [piece for piece in known if piece not in SPECIAL]
    root, path = f"translate-{source}_{target}-1_0", folder / f"{source}_{target}.argosmodel"
    metadata = {
        "package_version": "1.0", "argos_version": "1.9", "type": "translate", "code": f"translate-{source}_{target}",
        "from_code": source, "from_name": source, "to_code": target, "to_name": target, "links": [],
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive, tempfile.TemporaryDirectory() as model:
        archive.writestr(f"{root}/metadata.json", json.dumps(metadata))
        archive.writestr(f"{root}/sentencepiece.model", pieces)
        specification(vocabulary, seed).save(model)
        for file in sorted(Path(model).iterdir()):
            archive.write(file, f"{root}/model/{file.name}")
    return path
