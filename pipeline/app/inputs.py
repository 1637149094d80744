"""What the figures and pages of documents are made of, as digests: nothing is read again while these stand."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pipeline.app import postediting
from pipeline.app.session import Session
from pipeline.workspace import places, storage
from pipeline.workspace.config import Config
from pipeline.workspace.sources import id_of


def common(session: Session, printings: Sequence[object]) -> str:
    """Return a digest of what all documents depend on: the program, the settings, the languages, what is printed."""
    config = session.config
    languages = [(code, config.language(code).sha256) for code in config.known_languages]
    into = config.languages, config.sources, config.topics, config.archives
    has_drafts = (config.root / places.PRIVATE / postediting.FILE_NAME).is_file()
    return _digest(program(), repr((languages, into, printings, has_drafts)).encode())


def of_document(config: Config, path: Path) -> str:
    """Return a digest of a document's own files; raise DocumentError when one cannot be read."""
    digests = [storage.file_sha256(config, file) if file.is_file() else "" for file in files(config, path)]
    return _digest(repr((path.relative_to(config.seeds).as_posix(), digests)).encode())


def files(config: Config, path: Path) -> list[Path]:
    """Return a document's own files, which need not all be there: its source, what is stated of it, its catalogues."""
    document_id = id_of(config, path)
    return [*sources(path), *(places.catalogue_path(config, lang, document_id) for lang in config.targets)]


def sources(path: Path) -> list[Path]:
    """Return the files that a document is read from."""
    return [path, path.with_suffix(".toml")]


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@cache
def program() -> bytes:
    """Return a digest of this program and of the packages beside it."""
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(_packages()):
        digest.update(name.encode())
    for path in sorted(Path(__file__).parents[1].rglob("*")):
        if "__pycache__" not in path.parts and path.is_file():
            digest.update(path.read_bytes())
    return digest.digest()


def _packages() -> Iterator[str]:
    """Yield the packages that Python finds: their names and versions, as their folders have them."""
    for folder in filter(os.path.isdir, sys.path):
        yield from (name for name in os.listdir(folder) if name.endswith(".dist-info"))
