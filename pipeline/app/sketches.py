"""What stands for the sentences of a text: enough to tell how much two texts have in common."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from pipeline.app import inputs
from pipeline.app.session import Session
from pipeline.catalogue import leverage
from pipeline.errors import PipelineError
from pipeline.workspace import reading
from pipeline.workspace.index import DocumentIndex, contents, digest, learnt

TOPIC = "sentences"
"""Of the index."""

SKETCH = 64
"""So many digests stand for the sentences of a text."""

ALIKE = 0.5
"""The share of sentences that two texts have in common when one is the other under a new name."""

Sketch = tuple[str, ...]


def sketch(sentences: Iterable[str]) -> Sketch:
    """Return what stands for a text: the least digests of its sentences (a bottom-k sketch, Broder 1997)."""
    digests = {hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16] for text in sentences}
    return tuple(sorted(digests)[:SKETCH])


def likeness(one: Sketch, other: Sketch) -> float:
    """Return about which share of the sentences of two texts both have, 0 to 1."""
    least = sorted({*one, *other})[:SKETCH]
    return sum(digest in one and digest in other for digest in least) / len(least) if least else 0.0


def of_documents(session: Session, documents: Mapping[str, Path]) -> dict[str, Sketch]:
    """Return what stands for each document that can be read; other commands say what is wrong with the rest."""
    index = DocumentIndex(session.config, TOPIC, keeps=not session.dry_run)
    made_by = digest(inputs.common(session, []))
    found = dict[str, Sketch]()
    for document_id, path in documents.items():
        with suppress(PipelineError):
            found[document_id] = _known(session, index, made_by, document_id, path)
    index.keep_only(documents)
    index.keep(session.time_ns())
    return found


def _known(session: Session, index: DocumentIndex, made_by: bytes, document_id: str, path: Path) -> Sketch:
    if known := index.fresh(document_id, made_by):
        return tuple(known.decode("ascii", "replace").split())
    files = [session.name(file) for file in inputs.sources(path)]
    before = contents(session.config, files)
    made = sketch(unit.source for unit in leverage.extract(reading.read(session.config, path)))
    now = learnt(session.config, made_by, files, " ".join(made).encode())
    if now.contents == before:
        index.learn(document_id, now)
    return made
