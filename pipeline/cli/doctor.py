"""pipeline doctor: what this machine lacks, and the line that mends it."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import typer

from pipeline import plugins
from pipeline.cli.options import HERE, Workspace
from pipeline.cli.session import Session
from pipeline.cli.translate import engine_settings
from pipeline.distribution import signing
from pipeline.edition.render.pdf import fonts
from pipeline.errors import EngineError, EnvironmentMissing

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def doctor(workspace_folder: Workspace = HERE) -> None:
    """Check Pango, fonts, write access and translation models; exit with 3 when something needed is missing."""
    session = Session.open(workspace_folder)
    faults = [*_libraries(), *_fonts(), *_folders(session)]
    for fault in faults:
        print(f"missing  {fault}")
    for remark in (*_models(session), *_programs()):
        print(f"note     {remark}")
    if faults:
        raise typer.Exit(3)
    print("ready    everything needed to build PDFs is here")


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
    except (OSError, ValueError) as error:
        yield f"fonts: {error}"


def _folders(session: Session) -> Iterator[str]:
    config = session.config
    if not config.seeds.is_dir():
        yield f"{config.seeds}; create it and put the source documents there"
    for folder in (config.translations, config.output):
        existing: Path = next(path for path in (folder, *folder.parents) if path.exists())
        if not os.access(existing, os.W_OK | os.X_OK):
            yield f"permission to write in {existing}; give it: chmod u+rwx {existing}"


def _models(session: Session) -> Iterator[str]:
    config = session.config
    for lang in config.languages:
        try:
            settings = engine_settings(config)
            plugins.load("translate.mt", config.engine).plan(config.source_language, lang, settings)
        except (EngineError, EnvironmentMissing) as error:
            yield f"no machine translation into {lang}: {error}"
