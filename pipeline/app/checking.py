"""The checks, run over a workspace: their findings, and what keeps a document from being released."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline import termbase
from pipeline.app import catalogues, postediting
from pipeline.app.session import Session
from pipeline.catalogue import po, readings
from pipeline.edition.render.pdf import faces
from pipeline.model import Catalogue, Document, Severity, State, Unit
from pipeline.qa import acceptance, checks, report
from pipeline.qa.report import Result
from pipeline.text.excerpt import excerpt
from pipeline.workspace import storage
from pipeline.workspace.config import Config

CHECKED = ".checked.json"
"""In the output folder: digests of the units checked last, for `check --changed`."""


def check(
    session: Session,
    asked: Sequence[str] | None,
    languages: Sequence[str] | None,
    *,
    changed: bool = False,
    page: Path | None = None,
) -> list[Result]:
    """Return the findings of the documents and languages asked for, and write them as an HTML page too.

    With `changed`, only of units that changed since the last check.
    """
    with session.locked():
        langs, documents = session.languages(languages), list(catalogues.documents(session, asked))
        results = [result for lang in langs for result in examine(session, documents, lang, changed=changed, seen=True)]
    if page:
        if not session.dry_run:
            html = report.html(session.config.title, results, session.config.all_languages)
            storage.write(page.absolute(), html.encode())
        session.wrote(page.absolute())
    return results


def examine(
    session: Session, documents: Sequence[Document], lang: str, *, changed: bool = False, seen: bool = False
) -> list[Result]:
    """Return the findings of documents in a language, without those a person has accepted.

    With `seen`, somebody is shown them, and `changed` will leave them out until their unit changes.
    """
    config = session.config
    documents = [document for document in documents if lang in config.targets_of(document)]
    if not documents:
        return []
    files = catalogues.all_files(session, lang)
    contexts = {source: context(session, source, lang, files) for source in {one.lang for one in documents}}
    last = storage.read_record(config.output / CHECKED)
    checked, results = dict(last), []
    for document in session.progress(documents, f"Checking {lang}", len(documents)):
        with session.guarded():
            catalogue, knowledge = _current(session, document, lang, files), contexts[document.lang]
            place = f"{lang}/{document.id}"
            digests = {unit.key: _digests(place, unit, knowledge) for unit in catalogue.units}
            units = [u for u in catalogue.units if not changed or last.get(digests[u.key][0]) != digests[u.key][1]]
            findings = acceptance.sift(checks.examine(units, knowledge))
            checked |= dict(digests[unit.key] for unit in units)
            unchanged = postediting.measure(session, catalogue.units).unchanged if seen else 0
            file = storage.catalogue_path(config, lang, document.id).relative_to(config.root).as_posix()
            results.append(Result(document.id, lang, catalogue, tuple(findings), unchanged, file))
    if seen and not session.dry_run:
        storage.write_record(config.output / CHECKED, checked, last)
    return results


def _current(session: Session, document: Document, lang: str, files: Mapping[str, po.File]) -> Catalogue:
    """Return a catalogue as it stands; what its comments accept is dated in the PO file, so that it can lapse."""
    now = catalogues.current(session, document, lang, files)
    if now.has_undated:
        catalogues.save_as_it_is(session, now)
    return now.catalogue


def _digests(place: str, unit: Unit, context: checks.Context) -> tuple[str, str]:
    """Return what names a unit, and what it says; a new check or a changed language file makes all units new."""
    knowledge = (context.source.sha256, context.target.sha256, context.rendering, context.naming)
    checked_by = (",".join(checks.CHECKS.names()), *knowledge)
    key = hashlib.sha256("\0".join((place, *unit.key)).encode("utf-8", "replace")).hexdigest()[:16]
    text = "\0".join((*checked_by, unit.target, unit.state, *unit.marks, *unit.notes))
    return key, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def context(session: Session, source_lang: str, lang: str, files: Mapping[str, po.File]) -> checks.Context:
    """Return what the checks of a pair of languages know: the termbase, and all catalogues of the pair."""
    config = session.config
    everything = [file.catalogue for file in files.values() if file.catalogue.source_lang == source_lang]
    source, target, agreed = config.language(source_lang), config.language(lang), terms(config, source_lang)
    shown = faces.shown(config.theme.files)
    return checks.context(source, target, agreed, everything, config.dates, shown, config.names)


def terms(config: Config, source_lang: str) -> tuple[termbase.Term, ...]:
    """Return the termbase of the workspace, from one language into the others; empty when it has none."""
    path = config.translations / termbase.FILE_NAME
    if not path.is_file():
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
