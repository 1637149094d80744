"""How typesetting, and what machines have drafted already, grow with their number.

    python -m benchmarks.many [DOCUMENTS ...] [--drafts 1000 10000 100000]

The documents are short (some ten sentences), not translated, and typeset as drafts by one command, whose seconds are those of the CPU (user) of all
its processes, above those for one document. Drafts are kept some hundred at once, as `pipeline translate` does, and then a
thousand of them are asked for. Exponents are by least squares of the logarithms.
"""

import argparse
import ctypes
import os
import random
import resource
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

from benchmarks import archive
from pipeline.translate.cache import DraftCache
from pipeline.translate.mt import Translation

AT_ONCE, ASKED = 128, 1000
SENTENCES = 10

_PR_SET_CHILD_SUBREAPER = 36
"""Of prctl(2): who is left by a command becomes a child of this process."""


def typeset(count: int) -> float:
    """Return the seconds in which the PDFs of so many short documents are made."""
    archive.MEDIAN, archive.SPREAD = SENTENCES, 0.3
    with tempfile.TemporaryDirectory() as folder:
        archive.write(Path(folder), count, 0)
        archive.command(Path(folder), "segment", "-q")
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        archive.command(Path(folder), "build-pdf", "-q")
        with suppress(ChildProcessError):
            while True:
                os.wait()  # for the typesetters, which end after the command
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def drafted(count: int) -> dict[str, float]:
    """Return what keeping so many drafts takes, and finding some among them; in µs each, but for their size."""
    texts = [archive._sentence(random.Random(number)) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder, closing(DraftCache(path := Path(folder) / "drafts.sqlite")) as cache:
        begun = time.process_time()
        for start in range(0, count, AT_ONCE):
            some = texts[start : start + AT_ONCE]
            cache.keep("engine", some, [Translation(f"Translated: {text}") for text in some])
        kept = time.process_time() - begun
        asked = random.Random(0).sample(texts, min(count, ASKED))
        begun = time.process_time()
        if len(cache.known("engine", asked)) != len(set(asked)):
            raise SystemExit("drafts that were kept are not found")
        found = time.process_time() - begun
        size = sum(file.stat().st_size for file in path.parent.iterdir())
    return {
        "keeping, s in all": kept,
        "finding one, µs": 1e6 * found / len(asked),
        "size, MB": size / 1e6,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", nargs="*", type=int, default=[10, 30, 100])
    parser.add_argument("--drafts", nargs="*", type=int, default=[1000, 10_000, 100_000])
    words = parser.parse_args()
    if words.drafts:
        found = [drafted(count) for count in words.drafts]
        for name in found[0]:
            values = [one[name] for one in found]
            said = "".join(f"{count:>9,}: {value:8.2f}" for count, value in zip(words.drafts, values, strict=True))
            print(f"{name:18}{said}   exponent {archive.exponent(words.drafts, values):.2f}", flush=True)
    if words.documents:
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
        start = typeset(1)
        values = [typeset(count) - start for count in words.documents]
        said = "".join(f"{count:>9,}: {value:8.2f}" for count, value in zip(words.documents, values, strict=True))
        print(f"typesetting, s    {said}   exponent {archive.exponent(words.documents, values):.2f}")


if __name__ == "__main__":
    main()
