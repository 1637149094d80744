"""Fonts as they were cut for a text: kept, as cutting one takes longer than making a book."""

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress

from pipeline import disk
from pipeline.app import inputs
from pipeline.errors import PipelineError
from pipeline.workspace import privacy, storage
from pipeline.workspace.config import Config

FOLDER = "fonts"
"""In the private folder: each font under a digest of all that it is made of. It may be deleted at any time."""

MOST = 200
"""Fonts that are kept: those of a language that has not been published for long, or of an earlier program, go."""

_NAME = re.compile("[0-9a-f]{64}")
_DIGEST = hashlib.sha256().digest_size


class CutFonts:
    """The folder of a workspace in which fonts are kept, or are only looked for."""

    def __init__(self, config: Config, *, keeps: bool) -> None:
        self.config, self.keeps = config, keeps
        self.folder = privacy.private_folder(config) / FOLDER

    def of(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the font that was made under a name before, or make it; one that is damaged is made again."""
        path = self.folder / hashlib.sha256(inputs.program() + name.encode()).hexdigest()
        with suppress(OSError):
            kept = disk.read(path, storage.MAX_RECORD_BYTES)
            if hashlib.sha256(kept[_DIGEST:]).digest() == kept[:_DIGEST]:
                return kept[_DIGEST:]
        content = make()
        if self.keeps:
            with suppress(PipelineError, OSError):  # on a full disk, it is made again the next time
                storage.write_made(self.config, path, hashlib.sha256(content).digest() + content)
                self._forget()
        return content

    def _forget(self) -> None:
        own = (path for path in self.folder.iterdir() if _NAME.fullmatch(path.name))
        kept = sorted(own, key=lambda path: path.stat().st_mtime_ns)
        for path in kept[:-MOST]:
            path.unlink(missing_ok=True)
