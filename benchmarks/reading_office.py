"""How long and how much memory a large Word document takes to read.  Run: python -m benchmarks.reading_office [MEGABYTES]

The document has paragraphs of the words of the five statements in runs of a few words, as Word writes them, with headings,
lists and notes, up to MEGABYTES (10) of its packed size. Reported: seconds of CPU, how often lxml alone could have parsed its
text meanwhile, and the most memory of the process.
"""

import io
import random
import resource
import sys
import time
import zipfile
from pathlib import Path

from lxml import etree

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx
from pipeline.languages import SHIPPED

ROOT = Path(__file__).parents[1]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RUN = (
    '<w:r w:rsidR="00{0:06X}" w:rsidRPr="00{0:06X}"><w:rPr><w:rFonts w:hint="cs"/>{1}<w:rtl/><w:lang w:bidi="fa-IR"/></w:rPr>'
    '<w:t xml:space="preserve">{2} </w:t></w:r>'
)
_LIST = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:bidi/></w:pPr>'
_NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1-"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def paragraph(words: list[str], chance: random.Random) -> str:
    parts = []
    for _ in range(chance.randint(2, 14)):
        bold = "<w:b/><w:bCs/>" if chance.random() < 0.1 else ""
        parts.append(
            _RUN.format(chance.randrange(16**6), bold, " ".join(chance.choices(words, k=chance.randint(2, 8))))
        )
    properties = _LIST if chance.random() < 0.2 else "<w:pPr><w:bidi/></w:pPr>"
    return f'<w:p w:rsidR="00{chance.randrange(16**6):06X}">{properties}{"".join(parts)}</w:p>'


def document(size: int) -> bytes:
    """Return a Word document of about that many bytes."""
    texts = (path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    words = sorted({word for text in texts for word in text.split() if "<" not in word and "&" not in word})
    chance = random.Random(0)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/numbering.xml", _NUMBERING)
        with archive.open("word/document.xml", "w") as part:
            part.write(f"<w:document {W}><w:body>".encode())
            while out.tell() < size:
                part.write(paragraph(words, chance).encode())
            part.write(b"</w:body></w:document>")
    return out.getvalue()


def _parsing(content: bytes) -> float:
    """Return the CPU-seconds in which lxml reads the text of the document, and nothing is made of it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("word/document.xml") as part:
        start = time.process_time()
        for _, element in etree.iterparse(part):
            element.clear()
        return time.process_time() - start


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    content = document(int(megabytes * 1_000_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    start = time.process_time()
    read = docx.read(content, "large", SHIPPED["fa"], Corrections())
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    parsing = _parsing(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = archive.getinfo("word/document.xml").file_size
    characters = sum(len(block.text) for block in read.blocks)
    print(f"{len(content):,} bytes ({unpacked:,} unpacked), {len(read.blocks):,} blocks, {characters:,} characters")
    print(
        f"{seconds:.1f} s of CPU, {seconds / parsing:.1f} × lxml alone, at most {memory} MB of memory ({before} MB before)"
    )


if __name__ == "__main__":
    main()
