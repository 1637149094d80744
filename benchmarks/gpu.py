"""Sentences a second on a graphics card, beside one processor, with a model of the size of Argos' and random weights.

    python -m benchmarks.gpu

Sentences have 38 tokens or a few more. Without an NVIDIA card it measures nothing and says so.
Time is that of the clock, which is what a card takes; the median of three.
"""

import random
import statistics
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import ctranslate2

from benchmarks import argos_model
from pipeline.translate.mt import EngineSettings
from pipeline.translate.mt import _ctranslate2 as runtime

TOKENS, ON_CARD, ON_PROCESSOR, TIMES = 38, 8192, 64, 3


def model(folder: Path) -> Path:
    """Unpack a package, and return its folder."""
    package = argos_model.package(folder, "fa", "en", argos_model.tokenizer(), 0)
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    (found,) = folder.glob("translate-*")
    return found


def speed(place: Path, device: runtime.Device, *, fast: bool, count: int) -> float:
    """Return sentences a second; the model is loaded before the time is taken."""
    pieces = runtime.Pieces(place / "sentencepiece.model")
    settings = EngineSettings(fast=fast, threads=1)
    engine = runtime.Model(place / "model", pieces.encode, pieces.decode, settings, device=device)
    choice, known = random.Random(0), sorted(set(argos_model.words("fa")))
    texts = [sentence(choice, known, pieces) for _ in range(count)]
    engine.translate(texts[:8])
    taken = []
    for _ in range(TIMES):
        begun = time.monotonic()
        engine.translate(texts)
        taken.append(time.monotonic() - begun)
    return count / statistics.median(taken)


def sentence(choice: random.Random, known: list[str], pieces: runtime.Pieces) -> str:
    words: list[str] = []
    while len(pieces.encode(" ".join(words))) < TOKENS:
        words.append(choice.choice(known))
    return " ".join(words)


def main() -> None:
    if not ctranslate2.get_cuda_device_count():
        print("no NVIDIA card here: nothing was measured")
        sys.exit()
    with tempfile.TemporaryDirectory() as folder:
        place = model(Path(folder))
        for fast, beam in ((False, 4), (True, 1)):
            card = speed(place, runtime.Device.CUDA, fast=fast, count=ON_CARD)
            processor = speed(place, runtime.Device.CPU, fast=fast, count=ON_PROCESSOR)
            print(
                f"beam {beam}: {card:,.0f} sentences a second on the card, {card / processor:,.0f} times one processor"
            )


if __name__ == "__main__":
    main()
