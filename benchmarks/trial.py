"""What `pipeline shards plan` says that drafts will take, beside what they take, with a model of the size of Argos'.

    python -m benchmarks.trial 60

The model has random weights. Time is that of the clock, for it is what the plan tells; both are taken in turn on the same
machine, and the ratio is printed. Reading the documents again and writing the result are in what is taken.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import archive, argos_model


def command(root: Path, *words: str) -> str:
    line = [sys.executable, "-m", "pipeline", *words]
    return subprocess.run(line, cwd=root, check=True, capture_output=True, text=True).stdout


def main() -> None:
    count = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = f"{folder}/data"
        root = Path(folder) / "archive"
        archive.write(root, count, 0)
        package = argos_model.package(Path(folder), "fa", "en", argos_model.tokenizer(), 0)
        command(root, "models", "install", str(package))
        said = json.loads(command(root, "shards", "plan", "--json"))
        begun = time.monotonic()
        done = json.loads(command(root, "shards", "run", "1", "--json"))
        taken = time.monotonic() - begun
        print(f"{count} documents: {said['sentences']:,} sentences foreseen, {done['sentences']:,} drafted")
        print(f"time foreseen to time taken: {said['seconds'] / taken:.2f}")


if __name__ == "__main__":
    main()
