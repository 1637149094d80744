"""How large the search of a section is, how long it takes to make, and what Pagefind makes of the same texts.

    python -m benchmarks.searching [texts] [folder]

Texts are made of the sentences of the seeds, mixed. With a folder, they are also written there as pages whose words are
folded as those of our own index, for `pagefind --site FOLDER`.
"""

import random
import sys
import time
from dataclasses import replace
from html import escape
from pathlib import Path

from pipeline.edition.content import Phrase, StyledRun, TextBlock
from pipeline.model import Kind
from pipeline.publication import Published, site
from pipeline.text import wordkeys
from tests.conftest import ROOT
from tests.support.published import PUBLISHER, published


def texts(count: int) -> list[Published]:
    """Return so many texts in Persian, of words in the frequencies of the seeds, each with some of its own."""
    words = " ".join(path.read_text("utf-8-sig") for path in sorted((ROOT / "seeds").glob("*.txt"))).split()
    mixed, one = random.Random(22), published("fa")
    made = []
    for number in range(count):
        start = mixed.randrange(len(words) - 700)
        said = [*words[start : start + 700], *(f"{mixed.choice(words)}{mixed.choice(words)}" for _ in range(20))]
        block = TextBlock(0, Kind.PARAGRAPH, (Phrase((StyledRun(" ".join(said)),)),))
        text = replace(one.text, title=" ".join(said[:8]), blocks=(block,))
        made.append(replace(one, document_id=f"d{number:05}", text=text, stamp=str(number)))
    return made


def main(count: int = 1000, folder: str = "") -> None:
    its = texts(count)
    start = time.process_time()
    files = [
        file for file in site.pages(its, PUBLISHER) if file.path.startswith("search/fa/") and file.path.endswith(".js")
    ]
    sizes = {file.path: len(file.make()) for file in files}
    parts = sorted(size for path, size in sizes.items() if "words-" in path)
    print(
        f"{count} texts: {time.process_time() - start:.2f} s of CPU, {len(sizes)} files, {sum(sizes.values()) / 1e6:.2f} MB"
    )
    print(f"a word is looked up in {parts[len(parts) // 2] / 1e3:.0f} kB (median; at most {parts[-1] / 1e3:.0f} kB)")
    for one in its if folder else ():
        page = Path(folder, one.document_id, "index.html")
        page.parent.mkdir(parents=True, exist_ok=True)
        words = wordkeys.key(one.text.blocks[0].plain)
        page.write_text(
            f'<html lang="fa"><title>{escape(one.text.title)}</title><body>{escape(words)}</body></html>', "utf-8"
        )


if __name__ == "__main__":
    main(*([int(sys.argv[1])] if sys.argv[1:] else []), *sys.argv[2:3])
