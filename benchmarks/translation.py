"""Machine translation with packages of real size, beside the public API of argostranslate.

    python -m benchmarks.translation [PYTHON]

The API is given the sentences ready split, all at once, which spares it its own splitting.
PYTHON is one of an environment that holds argostranslate with all it wants (PyTorch on the CPU
will do); without it, ours is measured against the arithmetic limit alone: what `score_batch`
needs for the same tokens. CPU-seconds of whole processes, less what the same process needs for one sentence.
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
from pipeline import drafting
from pipeline.drafts import Drafts
from pipeline.mt import Settings, argos
asked = json.loads(sys.stdin.read())
cache, langs = Drafts(None), asked["langs"]
for lang in langs:
    way = drafting.route(argos, "fa", lang, Settings(fast=asked["fast"]))
    work = drafting._Work(way, cache, lambda parts, text, total: parts)
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
from pipeline.mt import Settings, argos
asked = json.loads(sys.stdin.read())
engine = argos.open("fa", "en", Settings(fast=asked["fast"]))
model = engine._model
sources = [model.encode(text) for text in sorted(asked["sentences"], key=len)]
results = model._translator.translate_batch(sources, beam_size=1, max_batch_size=2048, batch_type="tokens", max_decoding_length=1000)
targets = [result.hypotheses[0] for result in results]
start = os.times()
model._translator.score_batch(sources, targets, max_batch_size=2048, batch_type="tokens")
end = os.times()
first = os.times()
model._translator.translate_batch(sources, beam_size=model.beam, max_batch_size=2048, batch_type="tokens", max_decoding_length=1000)
last = os.times()
print(json.dumps([end.user + end.system - start.user - start.system, last.user + last.system - first.user - first.system, sum(map(len, targets))]))
"""


def sentences(rng: random.Random) -> list[str]:
    known = argos_model.words("fa")
    return [" ".join(rng.choices(known, k=rng.randint(5, 30))) for _ in range(SENTENCES)]


def seconds(python: str, script: str, env: dict, asked: dict) -> tuple[float, str]:
    """Return the CPU-seconds of a process and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([python, "-c", script], input=json.dumps(asked), env=env, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def net(python: str, script: str, env: dict, asked: dict) -> float:
    """Return the CPU-seconds that the sentences need beside starting and loading."""
    one = {**asked, "sentences": asked["sentences"][:1]}
    return seconds(python, script, env, asked)[0] - seconds(python, script, env, one)[0]


def install(folder: Path) -> dict:
    """Make the packages in a private folder; return the environment in which both sides find them."""
    pieces = argos_model.tokenizer()
    place = folder / "argos-translate" / "packages"
    place.mkdir(parents=True)
    for seed, (source, target) in enumerate((("fa", "en"), ("en", "fr"))):
        path = argos_model.package(folder, source, target, pieces, seed)
        subprocess.run([sys.executable, "-m", "zipfile", "-e", path, place], check=True)
    return dict(os.environ, XDG_DATA_HOME=str(folder), ARGOS_PACKAGES_DIR=str(place), HOME=str(folder), OMP_NUM_THREADS="1")


def main(python: str | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        env = install(Path(name))
        asked = {"sentences": sentences(random.Random(1)), "langs": ["en"], "fast": False}
        ours = {(langs, fast): net(sys.executable, OURS, env, {**asked, "langs": langs.split(), "fast": fast}) for langs in ("en", "en fr") for fast in (False, True)}
        for fast in (False, True):
            limit, decoding, tokens = json.loads(seconds(sys.executable, LIMIT, env, {**asked, "fast": fast})[1])
            print(f"beam {1 if fast else 4}: decoding {tokens} tokens takes {decoding / limit:.2f} × what scoring them takes; ours as a whole {ours['en', fast] / decoding:.2f} × the decoding")
        print(f"en and fr together: {ours['en fr', False] / ours['en', False]:.2f} × en alone (two passes, not three)")
        if python:
            for langs in ("en", "en fr"):
                api = net(python, API, env, {**asked, "langs": langs.split(), "sentences": asked["sentences"][: SENTENCES // 4]}) * 4
                print(f"{langs}: argostranslate takes {api / ours[langs, False]:.1f} × ours with beam 4, {api / ours[langs, True]:.1f} × with beam 1")


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else None)
