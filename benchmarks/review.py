"""How long the review page takes on a document of 5,000 sentences, and how large its process grows.  Run: python -m benchmarks.review

A real server on this machine and a client without scripts. Medians of 20; each figure also as a multiple of the page with
the keys, which has nothing of the document.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.visits import Client

SENTENCES, TIMES = 5000, 20
PAGE = "/document/long/en"


def workspace(folder: Path) -> Path:
    """Return a workspace with a document of SENTENCES sentences, all of them translated but every tenth."""
    subprocess.run([sys.executable, "-m", "pipeline", "init", folder], check=True, capture_output=True)
    settings = folder / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["en"]'), "utf-8")
    root = Path(__file__).parents[1]
    words = " ".join(path.read_text("utf-8") for path in sorted((root / "seeds").glob("*.txt"))).split()
    lines = []
    for number in range(SENTENCES // 4):
        start = number * 37 % (len(words) - 60)
        parts = [
            " ".join(word.rstrip(".!؟") for word in words[start + 13 * part : start + 13 * part + 12])
            for part in range(4)
        ]
        lines.append(" ".join(f"{part} {number}." for part in parts))
    (folder / "seeds" / "long.txt").write_text("عنوان سند\n\n" + "\n\n".join(lines) + "\n", "utf-8")
    subprocess.run([sys.executable, "-m", "pipeline", "segment", "-C", folder], check=True, capture_output=True)
    path = folder / "translations" / "en" / "long.po"
    entries = path.read_text("utf-8").split("\n\n")
    for number, entry in enumerate(entries[1:], 1):
        if number % 10:
            entries[number] = entry.replace(
                'msgstr ""', f'msgstr "This is sentence {number} of the document, and it says what it says."'
            )
    path.write_text("\n\n".join(entries), "utf-8")
    return folder


def median(work) -> float:
    times = []
    for number in range(TIMES):
        start = time.perf_counter()
        work(number)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = workspace(Path(name) / "workspace")
        command = [sys.executable, "-m", "pipeline", "review", "--no-browser", "--as", "sara", "-C", str(folder)]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            address = next(line.strip() for line in server.stderr if line.startswith("http"))
            client = Client(int(address.split(":")[2].split("/")[0])).come_in(address)
            client.ask("/")  # somebody looks at the list first; meanwhile what was worked on last is read
            time.sleep(3)
            start = time.perf_counter()
            shown = client.ask(PAGE)
            first = time.perf_counter() - start
            names = list(shown.sentences.values())
            form = client.ask(f"{PAGE}?unit={names[1]}")
            saving = []

            def save(number: int) -> None:
                shown = client.ask(f"{PAGE}?unit={names[number + 2]}")
                fields = shown.hidden("edit") | {"before": "", "text": f"Another text {number}.", "do": "stay"}
                start = time.perf_counter()
                answer = client.once(f"{PAGE}/save", fields)
                saving.append(time.perf_counter() - start)
                assert answer.status == 303, answer.text

            keys = median(lambda _: client.once("/keys"))
            page = median(lambda _: client.ask(PAGE))
            opened = median(lambda number: client.ask(f"{PAGE}?unit={names[number + 1]}"))
            median(save)
            saved = statistics.median(saving)
            status = Path(f"/proc/{server.pid}/status").read_text()
            peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024
            print(f"first page            {first * 1000:7.0f} ms")
            for what, value in (("keys", keys), ("a page", page), ("a sentence opened", opened), ("saved", saved)):
                print(f"{what:20}  {value * 1000:7.0f} ms  {value / keys:6.1f} ×")
            print(
                f"memory of the process {peak} MB; page {len(shown.text) // 1000} kB, with a sentence open {len(form.text) // 1000} kB"
            )
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
