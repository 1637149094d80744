"""A new, empty workspace."""

from collections.abc import Iterator
from pathlib import Path

from pipeline import disk
from pipeline.distribution import partners
from pipeline.errors import PipelineError
from pipeline.workspace import config, storage


def create(folder: Path, *, dry_run: bool = False) -> Iterator[Path]:
    """Make settings, and folders for documents and translations; yield the files that are written.

    Raises PipelineError when there is a workspace already.
    """
    if (folder / config.FILE_NAME).exists():
        raise PipelineError(f"{folder / config.FILE_NAME} exists already; edit it, or choose another folder")
    files = {config.FILE_NAME: config.TEMPLATE}
    if not (folder / partners.FILE_NAME).exists():
        files[partners.FILE_NAME] = partners.TEMPLATE
    if missing := _ignoring(folder / ".gitignore"):
        files[".gitignore"] = missing
    for name, text in files.items():
        if not dry_run:
            storage.write(folder / name, text.encode("utf-8", "surrogateescape"))
        yield folder / name
    for name in ("seeds", "translations") if not dry_run else ():
        (folder / name).mkdir(exist_ok=True)
    if not dry_run:
        disk.permit(folder / partners.FILE_NAME, 0o600)


def _ignoring(file: Path) -> str:
    """Return a .gitignore with what is private in it, if that is not there already."""
    text = file.read_text("utf-8", "surrogateescape") if file.is_file() else ""
    missing = config.not_ignored(text, config.IGNORED + config.COMPILED)
    return "\n".join([*text.splitlines(), *missing, ""]) if missing else ""
