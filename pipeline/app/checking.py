"""The checks, run over a workspace: their findings, and what keeps a document from being released."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence

from pipeline import termbase
from pipeline.app import catalogues
from pipeline.app.session import Session
from pipeline.catalogue import po, readings
from pipeline.edition.render.pdf import faces
from pipeline.model import Document, Severity, State, Unit
from pipeline.qa import acceptance, checks
from pipeline.qa.report import Result
from pipeline.text.excerpt import excerpt
from pipeline.workspace import storage
from pipeline.workspace.config import Config


def examine(session: Session, documents: Sequence[Document], lang: str) -> list[Result]:
    """Return the findings of documents in a language, without those a person has accepted."""
    config = session.config
    documents = [document for document in documents if lang in config.targets_of(document)]
    if not documents:
        return []
    files = catalogues.all_files(session, lang)
    contexts = {source: context(session, source, lang, files) for source in {one.lang for one in documents}}
    results = []
    for document in session.progress(documents, f"Checking {lang}", len(documents)):
        with session.guarded():
            catalogue = current(session, document, lang, files).catalogue
            findings = acceptance.sift(checks.examine(catalogue.units, contexts[document.lang]))
            results.append(Result(document.id, lang, catalogue, tuple(findings)))
    return results


def current(
    session: Session, document: Document, lang: str, files: Mapping[str, po.File] = catalogues.NONE_READ
) -> catalogues.Current:
    """Return a catalogue as it stands; what its comments accept is dated in the PO file, so that it can lapse."""
    now = catalogues.current(session, document, lang, files)
    if now.has_undated:
        catalogues.save_as_it_is(session, now)
    return now


def digests(place: str, unit: Unit, context: checks.Context) -> tuple[bytes, bytes]:
    """Return what names a unit, and what it says; a new check or a changed language file makes all units new."""
    knowledge = (context.source.sha256, context.target.sha256, context.rendering, context.naming)
    checked_by = (",".join(checks.CHECKS.names()), *knowledge)
    key = hashlib.sha256("\0".join((place, *unit.key)).encode("utf-8", "replace")).digest()[:8]
    text = "\0".join((*checked_by, unit.target, unit.state, *unit.marks, *unit.notes))
    return key, hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8]


def context(session: Session, source_lang: str, lang: str, files: Mapping[str, po.File]) -> checks.Context:
    """Return what the checks of a pair of languages know: the termbase, and all catalogues of the pair."""
    config = session.config
    everything = [file.catalogue for file in files.values() if file.catalogue.source_lang == source_lang]
    source, target, agreed = config.language(source_lang), config.language(lang), terms(config, source_lang)
    shown = faces.shown_of_theme(config.theme.files)
    return checks.context(source, target, agreed, everything, config.dates, shown, config.names)


def terms(config: Config, source_lang: str) -> tuple[termbase.Term, ...]:
    """Return the termbase of the workspace, from one language into the others; empty when it has none."""
    path = config.translations / termbase.FILE_NAME
    if not os.path.lexists(path):
        return ()
    text = storage.decoded(storage.read_bytes(config, path), path.name)
    return termbase.read(text, path.name, source_lang)


def obstacles(result: Result, readers: int) -> Iterator[str]:
    """Yield what keeps a document from being released in a language where so many `readers` are asked for."""
    states = [unit.state for unit in result.catalogue.units]
    for state in State:
        if (count := states.count(state)) and not state.is_done:
            what = "untranslated" if state is State.UNTRANSLATED else f"not reviewed ({state})"
            yield f"{count} of {len(states)} sentences {what}"
    if unread := sum(is_unread(unit, readers) for unit in result.catalogue.units):
        yield f"{unread} of {len(states)} sentences {_READ_BY[readers]}; {_remedy(result)}"
    for finding in result.findings:
        if finding.severity is Severity.ERROR and finding.check != "untranslated":
            yield f"{finding.check}: {finding.message} — in: {excerpt(finding.unit.source)}"


_READ_BY = ("", "not read by anybody but their translator", "not read by two people besides their translator")


def is_unread(unit: Unit, readers: int) -> bool:
    """Whether a translated sentence has fewer readers than are asked for."""
    return unit.state.is_done and unit.state is not State.COPIED and len(readings.readers(unit)) < readers


def _remedy(result: Result) -> str:
    return f"whoever has read them types: pipeline approve {result.document_id} --languages {result.lang} --as NAME"
