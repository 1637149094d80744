"""What may leave: the documents whose current text lies in output/ as a released PDF."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.app import building, catalogues
from pipeline.app.building import Printing, is_on_disk, is_released
from pipeline.app.session import Session
from pipeline.catalogue import po
from pipeline.catalogue.po.disclosure import disclosed
from pipeline.distribution import release
from pipeline.distribution.release import Release
from pipeline.edition import alignment
from pipeline.edition.design import FACING, PARALLEL, SINGLE, Design, Paper, Print
from pipeline.model import Catalogue, Document, Edition

PRINTED = (PARALLEL, FACING, SINGLE)
"""The layouts that partners receive; changes are made for those who translate."""


def found(
    session: Session, documents: Sequence[str] | None = None, *, allow_drafts: bool = False
) -> tuple[list[Release], list[str]]:
    """Return what may leave, and what is not ready, with the reason and the remedy.

    A released PDF stays valid while its text and the typesetting stand. With `allow_drafts` a current
    draft is taken where there is no release. The original alone is offered too when it is printed (single).
    """
    record = building.read_record(session.config)
    releases: list[Release] = []
    missing: list[str] = []
    for document in catalogues.documents(session, documents):
        files = dict(_catalogues(session, document))
        merged = {lang: catalogues.merged(session, file, document) for lang, file in files.items()}
        made = alignment.build(document, merged, session.config.all_languages)
        for lang in (document.lang, *files):
            with session.guarded():
                inside = _leaving(files[lang], merged[lang], document) if lang in files else b""
                release = _release(session, made, lang, inside, record, allow_drafts=allow_drafts)
                if release:
                    releases.append(release)
                elif lang in files or SINGLE in session.config.layouts:
                    missing.append(_reason(document.id, lang, allow_drafts=allow_drafts))
    return releases, missing


def _catalogues(session: Session, document: Document) -> Iterator[tuple[str, po.File]]:
    for lang in session.config.languages:
        with session.guarded():
            yield lang, catalogues.read_catalogue(session, document, lang)


def _leaving(file: po.File, merged: Catalogue, document: Document) -> bytes:
    """Return the PO file of a document as it may leave; empty when there is none."""
    return disclosed(merged, document.meta.date) if file.content else b""


def _release(
    session: Session, made: Edition, lang: str, catalogue: bytes, record: building.Record, *, allow_drafts: bool
) -> Release | None:
    """Return the release in a language, or the draft if that will do; None when neither lies there."""
    for is_draft in (False, True) if allow_drafts else (False,):
        if printed := dict(_printed(session, made.document, lang, record, is_draft=is_draft)):
            files: dict[str, Path | bytes] = {**printed}
            if lang == made.document.lang:  # whatever layout a partner wants, the original stands alone
                files = dict.fromkeys(PRINTED, printed[SINGLE])
            elif catalogue:
                files["po"] = catalogue
            return release.release(made, lang, catalogue, files, is_draft=is_draft)
    return None


def _printed(
    session: Session, document: Document, lang: str, record: building.Record, *, is_draft: bool
) -> Iterator[tuple[str, Path]]:
    """Yield the current PDFs of a document in one language, by their layout."""
    config = session.config
    langs: tuple[str, ...] = () if lang == document.lang else (lang,)
    for layout in PRINTED if langs else (SINGLE,):
        design = Design(layout, Paper(config.paper), Print(config.print), config.theme)
        target = building.target_of(session, document, Printing(langs, design))
        is_there = is_on_disk(config, target.draft, record) if is_draft else is_released(config, target.release, record)
        if is_there:
            yield layout, config.output / target.release.path


def _reason(document_id: str, lang: str, *, allow_drafts: bool) -> str:
    """Return why nothing of a document may leave in a language, and what to type."""
    what = "there is no PDF of its current text" if allow_drafts else "its current text is not released"
    word = "build-pdf" if allow_drafts else "build-pdf --release"
    return f"{document_id} ({lang}): {what}; type: pipeline {word} {document_id}"
