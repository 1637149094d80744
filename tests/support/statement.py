"""A short statement, what a translator does to its PO file in an editor, and what a command has changed."""

import re
from pathlib import Path

TEXT = "بیانیه ما\n\nاین متن بلندی است که با نقطه پایان می یابد. جمله دوم این است.\n\nتلفن : ۵۱۴-۲۵۸-۸۱۸۶\n"


def edit(path: Path, source: str, target: str) -> None:
    """Translate one entry of a PO file, as an editor would, and take its fuzzy flag away."""
    text = path.read_text("utf-8")
    changed = re.sub(rf'(msgid "{re.escape(source)}"\nmsgstr )".*"', rf'\1"{target}"', text)
    assert changed != text
    path.write_text(changed, "utf-8")


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All files, without what the tool keeps for itself."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and ".pipeline" not in path.parts]
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}
