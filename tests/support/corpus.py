"""Real PO files: of gettext itself and of programs with translations into many languages.

Fetched as Debian source packages from wherever this machine gets its packages, without
touching its own lists; a thousand translators have edited them for thirty years.
"""

import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("gettext", "iso-codes", "dpkg", "coreutils", "wget", "grep", "sed", "tar")

CONFIGURED = Path("/etc/apt")


def fetch(folder: Path) -> list[Path]:
    """Return the source archives of the packages; those that cannot be had are left out."""
    for name in ("lists/partial", "cache/archives/partial", "sources", "out"):
        (folder / name).mkdir(parents=True)
    _sources(folder)
    apt = [
        "apt-get", "-qq", "-o", f"Dir::Etc::sourcelist={folder}/sources.list", "-o", f"Dir::Etc::sourceparts={folder}/sources",
        "-o", f"Dir::State::lists={folder}/lists", "-o", f"Dir::Cache={folder}/cache", "-o", "APT::Sandbox::User=", "-o", "Acquire::Retries=1",
    ]  # fmt: skip
    subprocess.run([*apt, "update"], capture_output=True, timeout=120)
    for package in PACKAGES:
        command = [*apt, "source", "--download-only", "--only-source", package]
        subprocess.run(command, cwd=folder / "out", capture_output=True, timeout=120)
    return sorted(path for path in (folder / "out").iterdir() if ".tar." in path.name and path.suffix != ".asc")


def _sources(folder: Path) -> None:
    """Ask for sources where this machine asks for programs."""
    lines = []
    for path in [CONFIGURED / "sources.list", *(CONFIGURED / "sources.list.d").glob("*.list")]:
        if path.is_file():
            lines += [
                line.replace("deb ", "deb-src ", 1) for line in path.read_text().splitlines() if line.startswith("deb ")
            ]
    (folder / "sources.list").write_text("\n".join(lines) + "\n")
    for path in (CONFIGURED / "sources.list.d").glob("*.sources"):
        text = "\n".join(
            "Types: deb-src" if line.startswith("Types:") else line for line in path.read_text().splitlines()
        )
        (folder / "sources" / path.name).write_text(text + "\n")


def catalogues(archives: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the PO files by name; nothing is unpacked to disk."""
    for path in archives:
        with tarfile.open(path) as archive:
            for member in archive:
                if member.isfile() and member.name.endswith(".po"):
                    yield member.name, archive.extractfile(member).read()
