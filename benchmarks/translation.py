"""Machine translation with packages of real size, beside the public API of argostranslate.

    python -m benchmarks.translation [PYTHON]

The API is given the sentences ready split, all at once, which spares it its own splitting.
PYTHON is one of an environment that holds argostranslate with all it wants (PyTorch on the CPU
will do); without it, ours is measured against the arithmetic limit alone: what `score_batch`
needs for the same tokens, once a beam. CPU-seconds of whole processes, less what the same process needs for one sentence.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import argos_model

SENTENCES = 240

OURS = """
import json, sys
from pathlib import Path
from pipeline.translate import drafting
from pipeline.translate.cache import DraftCache
from pipeline.translate.mt import EngineSettings, argos
asked = json.loads(sys.stdin.read())
cache, langs = DraftCache(None), asked["langs"]
for lang in langs:
    way = drafting.route(argos, "fa", lang, EngineSettings(fast=asked["fast"]))
    work = drafting.Translator(way, cache, lambda parts, text, total: parts)
    work.through(asked["sentences"], 0)
"""

API = """
import json, sys
import argostranslate.package, argostranslate.translate as translate
asked = json.loads(sys.stdin.read())
BORDER = " \\u241e "

class Split:
    def split_sentences(self, text):
        return text.split(BORDER)

def opened(source, target):
    found = [p for p in argostranslate.package.get_installed_packages() if (p.from_code, p.to_code) == (source, target)]
    # Made without its constructor, which would want to fetch a sentence splitter.
    made = translate.PackageTranslation.__new__(translate.PackageTranslation)
    made.from_lang, made.to_lang = translate.Language(source, source), translate.Language(target, target)
    made.pkg, made.translator, made.sentencizer = found[0], None, Split()
    return made

steps = {"en": [("fa", "en")], "fr": [("fa", "en"), ("en", "fr")]}
for lang in asked["langs"]:
    for step in steps[lang]:
        # The second step gets the same sentences: what the first makes of them means nothing, and is as long.
        opened(*step).hypotheses(BORDER.join(asked["sentences"]), 1)
"""

LIMIT = """
import json, os, sys
import ctranslate2
from pipeline.translate import drafting
from pipeline.translate.cache import DraftCache
from pipeline.translate.mt import EngineSettings, argos
asked = json.loads(sys.stdin.read())
way = drafting.route(argos, "fa", "en", EngineSettings(fast=asked["fast"]))
work, model = drafting.Translator(way, DraftCache(None), lambda parts, text, total: parts), way.engines[0]._model
work.through(asked["sentences"][:1], 0)

def spent(task):
    start = os.times()
    made = task()
    end = os.times()
    return end.user + end.system - start.user - start.system, made

ours, _ = spent(lambda: work.through(asked["sentences"][1:], 0))
sources = [model.encode(text) for text in sorted(asked["sentences"][1:], key=lambda text: (len(text), text))]
found = model._translator.translate_batch(sources, beam_size=1, max_batch_size=2048, batch_type="tokens", max_decoding_length=1000)
targets = [result.hypotheses[0] for result in found]
limit, _ = spent(lambda: model._translator.score_batch(sources, targets, max_batch_size=2048, batch_type="tokens"))

def wall(workers):
    import time
    translator = ctranslate2.Translator(str(model.folder), inter_threads=workers, intra_threads=1)
    translator.translate_batch(sources[:2], beam_size=1)
    begun = time.perf_counter()
    translator.translate_batch(sources, beam_size=model.beam, max_batch_size=512, batch_type="tokens", max_decoding_length=1000)
    return time.perf_counter() - begun
print(json.dumps([model.beam * limit / ours, sum(map(len, targets)), wall(1) / (2 * wall(2))]))
"""


def sentences(rng: random.Random) -> list[str]:
    known = argos_model.words("fa")
    return [" ".join(rng.choices(known, k=rng.randint(5, 30))) for _ in range(SENTENCES)]


def seconds(python: str, script: str, env: dict, asked: dict) -> tuple[float, str]:
    """Return the CPU-seconds of a process and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [python, "-c", script], input=json.dumps(asked), env=env, check=True, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def net(python: str, script: str, env: dict, asked: dict) -> float:
    """Return the CPU-seconds that the sentences need beside starting and loading."""
    one = {**asked, "sentences": asked["sentences"][:1]}
    return seconds(python, script, env, asked)[0] - seconds(python, script, env, one)[0]


def memory(env: dict, asked: dict) -> float:
    """Return the most memory our process takes, in MB."""
    script = OURS + "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    return float(seconds(sys.executable, script, env, asked)[1])


def install(folder: Path) -> dict:
    """Make the packages in a private folder; return the environment in which both sides find them."""
    pieces = argos_model.tokenizer()
    place = folder / "argos-translate" / "packages"
    place.mkdir(parents=True)
    for seed, (source, target) in enumerate((("fa", "en"), ("en", "fr"))):
        path = argos_model.package(folder, source, target, pieces, seed)
        subprocess.run([sys.executable, "-m", "zipfile", "-e", path, place], check=True)
    return dict(
        os.environ, XDG_DATA_HOME=str(folder), ARGOS_PACKAGES_DIR=str(place), HOME=str(folder), OMP_NUM_THREADS="1"
    )


def main(python: str | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        env = install(Path(name))
        asked = {"sentences": sentences(random.Random(1)), "langs": ["en"], "fast": False}
        ours = {
            (langs, fast): net(sys.executable, OURS, env, {**asked, "langs": langs.split(), "fast": fast})
            for langs in ("en", "en fr")
            for fast in (False, True)
        }
        more = [text for seed in range(2, 12) for text in sentences(random.Random(seed))]
        for fast in (False, True):
            share, tokens, workers = json.loads(
                seconds(sys.executable, LIMIT, env, {**asked, "fast": fast, "sentences": more[: 3 * SENTENCES]})[1]
            )
            print(
                f"beam {1 if fast else 4}: {tokens} tokens at {100 * share:.0f} % of what score_batch reaches; two workers are {100 * workers:.0f} % efficient"
            )
        print(f"en and fr together: {ours['en fr', False] / ours['en', False]:.2f} × en alone (two passes, not three)")
        few, many = (memory(env, {**asked, "fast": True, "sentences": some}) for some in (more[: len(more) // 2], more))
        print(f"memory: {few:.0f} MB for {len(more) // 2:,} sentences, {many:.0f} MB for {len(more):,}")
        if python:
            for langs in ("en", "en fr"):
                api = (
                    net(
                        python,
                        API,
                        env,
                        {**asked, "langs": langs.split(), "sentences": asked["sentences"][: SENTENCES // 4]},
                    )
                    * 4
                )
                print(
                    f"{langs}: argostranslate takes {api / ours[langs, False]:.1f} × ours with beam 4, {api / ours[langs, True]:.1f} × with beam 1"
                )


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else None)
