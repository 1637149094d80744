"""A source file → a Document, in the language that the editor, its folder or its text says it is in."""

import os
from dataclasses import replace
from pathlib import Path

from pipeline.document import corrections, formats
from pipeline.document.corrections import Corrections
from pipeline.errors import DocumentError
from pipeline.languages import name
from pipeline.model import Document
from pipeline.text import identification
from pipeline.workspace import sources, storage
from pipeline.workspace.config import Config


def read(config: Config, path: Path) -> Document:
    """Return the source document at `path`, with the corrections beside it applied."""
    return document_of(config, path, storage.read_bytes(config, path))


def document_of(config: Config, path: Path, content: bytes) -> Document:
    """Return the document that a file with this content is at `path`; raise DocumentError when it is none."""
    beside = path.with_suffix(".toml")
    said_in = f"{sources.id_of(config, path)}.toml"
    stated = corrections.parse(
        storage.read_bytes(config, beside) if beside.is_file() else b"", said_in, config.all_languages
    )
    said = stated.language or sources.language_of(config, path)
    document = _read(config, path, content, said or config.source_language, stated)
    return document if said else _as_its_text_says(config, path, content, document, stated)


def waits(config: Config, path: Path) -> bool:
    """Whether the document at `path` lies in an archive and nobody has selected it, by what is stated beside it."""
    if not config.archives or not config.is_archived(path.relative_to(config.seeds).as_posix()):
        return False
    beside = path.with_suffix(".toml")
    try:
        content = storage.read_bytes(config, beside) if os.path.lexists(beside) else b""
        return not corrections.parse(content, beside.name, config.all_languages).meta.selected
    except DocumentError:
        return False  # which is said where it is read


def unstated(config: Config, path: Path, content: bytes) -> Document:
    """Return the document that a file from elsewhere would be at `path`, in the language of its text.

    Raises DocumentError when it is none.
    """
    stated = Corrections()
    document = _read(config, path, content, config.source_language, stated)
    return _as_its_text_says(config, path, content, document, stated)


def _read(config: Config, path: Path, content: bytes, lang: str, stated: Corrections) -> Document:
    document = formats.read(content, _name(config, path), config.language(lang), stated)
    return replace(document, file=path.relative_to(config.seeds).as_posix())


def _name(config: Config, path: Path) -> str:
    """Return what a document is called in messages: its id, with the ending."""
    return f"{sources.id_of(config, path)}{path.suffix}"


def _as_its_text_says(config: Config, path: Path, content: bytes, document: Document, stated: Corrections) -> Document:
    """Return a document in the language of its text, with a remark where that is not the usual one."""
    usual = config.source_language
    text = "\n".join(block.text for block in document.blocks)
    guess = identification.identify(text, usual, config.all_languages)
    if guess.code == usual:
        return document
    found = name(guess.code, "en") or guess.code
    file, where = _name(config, path), f"{sources.id_of(config, path)}.toml"
    # In another script it is in another language, whichever that is.
    labels = config.language(usual).labels
    is_possible = identification.script(text) == identification.script(labels.colophon + labels.endorsement)
    is_taken = guess.code in config.all_languages and (guess.is_sure or not is_possible)
    lang = guess.code if is_taken else usual
    if guess.is_sure and is_taken:
        remark = (
            f"{file}: in {found}, by its text; to settle it, write into {where}: "
            f'language = "{guess.code}", or "{usual}" if that is wrong'
        )
    elif guess.is_sure:
        how = "which has no file in languages/ (docs/languages.md: how to add one)"
        remark = f"{file}: in {found}, by its text, {how}; it is read as {usual}"
    else:
        remark = f'{file}: perhaps in {found}, read as {lang}; write into {where} which it is: language = "…"'
    if is_taken:
        document = _read(config, path, content, lang, stated)
    return replace(document, remarks=(*document.remarks, remark))
