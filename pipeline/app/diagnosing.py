"""What this machine lacks, and the line that mends it."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.app.session import Session
from pipeline.app.translating import engine_settings
from pipeline.distribution import signing
from pipeline.edition.render.pdf import fonts
from pipeline.errors import EngineError, EnvironmentMissing, RenderError
from pipeline.qa import checks
from pipeline.translate.mt import ENGINES

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What PDFs cannot be built without, and what else is missing, each with its remedy."""

    missing: tuple[str, ...]
    notes: tuple[str, ...]


def diagnose(session: Session) -> Diagnosis:
    """Look for Pango, fonts, write access, translation models, words for the checks, and programs."""
    missing = (*_libraries(), *_fonts(), *_folders(session))
    return Diagnosis(missing, (*_models(session), *_checks(session), *_programs()))


def _programs() -> Iterator[str]:
    if not shutil.which(signing.PROGRAM):
        yield f"no {signing.PROGRAM}, which signs bundles and checks them; install it: apt-get install openssh-client"


def _libraries() -> Iterator[str]:
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            yield f"{library}; install it: sudo apt-get install -y --no-install-recommends {package}"


def _fonts() -> Iterator[str]:
    try:
        fonts.load()
    except (OSError, RenderError) as error:
        yield f"fonts: {error}"


def _folders(session: Session) -> Iterator[str]:
    config = session.config
    if not config.seeds.is_dir():
        yield f"{config.seeds}; create it and put the source documents there"
    for folder in (config.translations, config.output):
        existing: Path = next(path for path in (folder, *folder.parents) if path.exists())
        if not os.access(existing, os.W_OK | os.X_OK):
            yield f"permission to write in {existing}; give it: chmod u+rwx {existing}"


def _checks(session: Session) -> Iterator[str]:
    config = session.config
    for source, target in config.pairs:
        yield from checks.unable(config.language(source), config.language(target))


def _models(session: Session) -> Iterator[str]:
    config = session.config
    for source, target in config.pairs:
        try:
            settings = engine_settings(config)
            ENGINES.load(config.engine).plan(source, target, settings)
        except (EngineError, EnvironmentMissing) as error:
            way = f" from {source}" if source != config.source_language else ""
            yield f"no machine translation{way} into {target}: {error}"
