"""CPU time of commands that should start at once.  Run: python -m benchmarks.startup

Median of nine runs each, in CPU-seconds, and as a multiple of starting Python alone.
"""

import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 9


def cpu(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(*words: str) -> float:
    return statistics.median(cpu([sys.executable, *words]) for _ in range(RUNS))


def main() -> None:
    python = median("-c", "pass")
    rows = {"pipeline --help": ["--help"], "pipeline run, nothing changed": ["run"], "pipeline status": ["status"]}
    subprocess.run([sys.executable, "-m", "pipeline", "run", "-q"], cwd=ROOT, check=True)
    print(f"{'python alone':32} {python:5.2f} s")
    for name, words in rows.items():
        seconds = median("-m", "pipeline", *words)
        print(f"{name:32} {seconds:5.2f} s   {seconds / python:4.1f} ×")


if __name__ == "__main__":
    main()
