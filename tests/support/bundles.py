"""Releases and bundles for the tests: small files on disk, and a real key."""

from pathlib import Path

from pipeline.distribution.bundle import Bundle
from pipeline.distribution.release import Release
from pipeline.distribution.sender import Sender

SENDER = Sender("شورای همکاری", "office@sender.example", "answers@sender.example")


def release(folder: Path, document: str = "2016-10-statement", lang: str = "en", **changes) -> Release:
    """A release of a document with one PDF, and its PO file."""
    folder.mkdir(parents=True, exist_ok=True)
    pdf, po = folder / f"{document}.fa-{lang}.pdf", folder / f"{document}.{lang}.po"
    pdf.write_bytes(f"%PDF-1.7 {document} {lang}".encode())
    po.write_bytes(f'msgid ""\nmsgstr "{document} {lang}"\n'.encode())
    facts = {
        "document_id": document,
        "lang": lang,
        "text_sha256": "5e" * 32 if lang == "en" else "f0" * 32,
        "source_sha256": "aa" * 32,
        "po_sha256": "bb" * 32,
        "reviewed": 12,
        "units": 12,
        "engines": (),
        "is_draft": False,
        "titles": {"fa": "بیانیه", "en": "Statement", "fr": "Déclaration"},
        "issuer": {"fa": "شورا", "en": "The Council"},
        "date": "2016-10-30",
        "topics": ("labour",),
        "files": {"parallel": pdf, "po": po.read_bytes()},
        "source_lang": "fa",
    }
    return Release(**facts | changes)


def unpack(bundle: Bundle, folder: Path) -> Path:
    for artifact in bundle.artifacts:
        path = folder / bundle.name / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.content)
    return folder / bundle.name
