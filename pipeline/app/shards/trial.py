"""How fast a pair of languages is drafted here: found from some sentences, by a process beside, which may be killed."""

import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.app import memory, translating
from pipeline.app.session import Session
from pipeline.app.shards import plan as plans
from pipeline.app.shards import working
from pipeline.app.shards.beside import ProcessBeside, ProcessLostError
from pipeline.app.shards.portions import Bench
from pipeline.app.translating import Pair, WantedDrafts
from pipeline.errors import EngineError, EnvironmentMissing
from pipeline.translate.cache import DraftCache
from pipeline.workspace import config, reading

SAMPLE = 20
"""Documents that a trial reads, from all over the plan."""
WARMING = 4
"""Sentences that are drafted before the time is taken: the first of them loads the model."""
SECONDS = 5
"""For so long a trial drafts, at most, in each pair of languages, and a first portion of sentences at least."""
PORTION = 64


@dataclass(frozen=True, slots=True)
class Speed:
    """What a trial found of a pair of languages: sentences of a document that an engine must draft, and how fast.

    `sentences_a_second` is 0 where it could not be tried; `why` then says so. `memory` is what it took, in bytes.
    """

    pair: str
    sentences_a_document: float
    sentences_a_second: float
    device: str = "cpu"
    why: str = ""
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """Sentences of a pair, and whether each has signs for its marks; `each` is how many a document has."""

    root: str
    pair: Pair
    each: float
    sentences: dict[str, bool]


def speeds(session: Session, names: Sequence[str]) -> tuple[Speed, ...]:
    """Read some of the documents and draft some of their sentences, for a few seconds."""
    with _ended(ProcessBeside(tried)) as beside:
        return tuple(_tried_here(session, beside, sample) for sample in _samples(session, names))


def _tried_here(session: Session, beside: ProcessBeside, sample: Sample) -> Speed:
    """Try a sample, unless that would show it to another machine in a dry run."""
    if session.dry_run and translating.is_elsewhere(session, sample.pair):
        return Speed("-".join(sample.pair), sample.each, 0, why=translating.rehearsed(session))
    return _speed(beside, sample)


@contextmanager
def _ended(beside: ProcessBeside) -> Iterator[ProcessBeside]:
    try:
        yield beside
    finally:
        beside.close()


def _samples(session: Session, names: Sequence[str]) -> Iterator[Sample]:
    step = max(1, len(names) // SAMPLE)
    files, read = session.sources().documents, []
    for name in names[::step][:SAMPLE]:
        with session.guarded():
            read.append(reading.read(session.config, files[name]))
    for pair, documents in translating.by_pair(session.config, read).items():
        counts: Counter[str] = Counter()
        found: dict[str, bool] = {}
        with memory.opened(session, *pair) as translations:
            for document in documents:
                with session.guarded():
                    its = working.wanted_of(session, document, pair[1], translations).sources
                    counts[document.id] = len(its)
                    found |= its
        yield Sample(str(session.config.root), pair, sum(counts.values()) / max(1, len(read)), found)


def _speed(beside: ProcessBeside, sample: Sample) -> Speed:
    try:
        return msgspec.json.decode(beside.ask(msgspec.json.encode(sample)), type=Speed)
    except ProcessLostError as error:
        return Speed("-".join(sample.pair), sample.each, 0, why=str(error))


def tried(content: bytes) -> bytes:
    """Draft sentences of a Sample for some seconds, and return the Speed."""
    return msgspec.json.encode(_tried(msgspec.json.decode(content, type=Sample)))


def _tried(sample: Sample) -> Speed:
    name, texts = "-".join(sample.pair), list(sample.sentences)
    try:
        settings = config.read(Path(sample.root))
        way = Bench(settings, plans.made_with(settings), translating.ASKED).way(sample.pair)
        device = getattr(way.engines[-1], "device", "cpu")
        with closing(DraftCache(None)) as drafts:

            def draft(some: Sequence[str]) -> None:
                wanted = WantedDrafts({text: sample.sentences[text] for text in some})
                translating.drafts(settings, way, wanted, drafts, lambda parts, task, total: parts)

            draft(texts[:WARMING])
            count, begun = 0, time.monotonic()
            for start in range(WARMING, len(texts), PORTION):
                draft(some := texts[start : start + PORTION])
                count += len(some)
                if time.monotonic() - begun > SECONDS:
                    break
            passed = time.monotonic() - begun
    except (EngineError, EnvironmentMissing) as error:
        return Speed(name, sample.each, 0, why=str(error))
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if not count:
        return Speed(name, sample.each, 0, device, "too few sentences to try it", taken)
    return Speed(name, sample.each, count / max(passed, 1e-9), device, memory=taken)
