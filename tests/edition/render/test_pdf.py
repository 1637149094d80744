"""PDFs as PDFium reads them."""

import ctypes
import re
import shutil
import subprocess
import sys

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from pipeline.edition.render import pdf
from pipeline.text.orthography import fold
from tests.conftest import ROOT, THOROUGH
from tests.support.pages import PROSE, built


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The ten PDFs of this repository, as `pipeline run` makes them."""
    folder = tmp_path_factory.mktemp("pages")
    for name in ("seeds", "translations", "pipeline.toml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    subprocess.run([sys.executable, "-m", "pipeline", "run", "--release", "-C", folder, "--quiet"], check=True)
    return folder / "output"


def text(path):
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def words(string):
    return re.findall(r"\w+", fold(string))


DOCUMENTS = sorted(path.stem for path in (ROOT / "seeds").glob("*.txt"))


def test_one_command_makes_ten_pdfs(pages):
    assert sorted(path.name for path in pages.glob("*.pdf")) == sorted(
        f"{document}.fa-{lang}.pdf" for document in DOCUMENTS for lang in ("en", "fr")
    )


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_word_of_the_source_can_be_found_in_the_pdf(pages, document):
    source = words((ROOT / "seeds" / f"{document}.txt").read_text("utf-8"))
    # Line ends divide words at hyphens and joiners; what is asked is that words are searchable.
    found = set(words(text(pages / f"{document}.fa-en.pdf")))
    assert sum(word in found for word in source) / len(source) >= 0.97


def test_no_font_but_ours_is_in_a_pdf(pages):
    for path in pages.glob("*.pdf"):
        names = {name.decode() for name in re.findall(rb"/BaseFont\s*/(?:[A-Z]+\+)?([\w-]+)", _uncompressed(path))}
        families = {"Naskh", "Naskh-Latin", "Naskh-Signs", "Serif", "Serif-Naskh", "Emoji"}
        assert {re.sub("(-Bold)?(-Italic)?$", "", name) for name in names} <= families


def _uncompressed(path):
    """Return the PDF with its objects in the clear, as PDFium writes it without object streams."""
    chunks = []
    writer = pdfium.FPDF_FILEWRITE(version=1)

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(pdfium.FPDF_FILEWRITE), ctypes.c_void_p, ctypes.c_ulong)
    def write(_, data, size):
        chunks.append(ctypes.string_at(data, size))
        return 1

    writer.WriteBlock = write
    pdfium.FPDF_SaveAsCopy(pypdfium2.PdfDocument(path), writer, 0)
    return b"".join(chunks)


def test_the_same_inputs_make_the_same_bytes(pages, five, pipeline, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tehran")
    monkeypatch.setenv("LANG", "fa_IR.UTF-8")
    name = "seventh-congress-international-relations"
    (five / "pipeline.toml").write_bytes((ROOT / "pipeline.toml").read_bytes())
    assert pipeline("build-pdf", "--release", name).returncode == 0
    for lang in ("en", "fr"):
        one = five / "output" / f"{name}.fa-{lang}.pdf"
        assert one.read_bytes() == (pages / one.name).read_bytes()


def test_no_time_user_or_folder_is_told(pages):
    for path in pages.glob("*.pdf"):
        content = _uncompressed(path)
        assert str(pages.parent).encode() not in content
        assert not re.search(rb"/CreationDate \(D:(?!20(10|11|16))", content)


def test_every_row_begins_on_one_page_at_one_height(tmp_path):
    """Marks at the beginning of every row of a long document, found again where they were printed."""
    words = ["این", "متن", "برای", "آزمودن", "ترازی", "سطرهای", "دو", "زبان", "نوشته", "شده", "است"]
    long = [f"بند{n} " + " ".join(words * (n * 7 % 11 + 1)) + "." for n in range(120)]
    one = built(
        "\n".join(long), lambda text: text.split()[0].replace("بند", "Row") + " of the text" * (len(text) // 11) + "."
    )
    (rows,) = pdf.sheets(one)
    path = tmp_path / "rows.pdf"
    path.write_bytes(pdf.typeset(rows).content)
    places = marks(path, r"(?:Row|دنب|بند)(?P<after>\d+)\b|\b(?P<before>\d+)بند")
    assert len(places) == 120
    for n, found in places.items():
        (page, height), (other_page, other_height) = found
        assert page == other_page and abs(height - other_height) < 5, f"row {n}"


def marks(path, pattern):
    """Return by number the (page, baseline in points) of every match of the pattern."""
    found = {}
    for number, one in enumerate(pypdfium2.PdfDocument(path)):
        read = one.get_textpage()
        for mark in re.finditer(pattern, read.get_text_range()):
            name = "after" if mark["after"] else "before"
            digit = mark.start(name)
            found.setdefault(int(mark[name]), []).append((number, read.get_charbox(digit)[1]))
    return found


ENDLESS = 100_000 if THOROUGH else 30_000
HARD = {
    "a word without an end": ("ب" * ENDLESS, "a" * ENDLESS),
    "an address without an end": ("متن", f"https://example.org/{'a' * ENDLESS}"),
    "controls": ("متن \u202e\u2066\x07\x1b[31m\u2069\u2069\u2067 پایان", "x\u202ey\x00\x0c\ufffe\ud800z"),
    "a script": ("متن", "javascript:alert(1) and data:text/html,x and www.example.org"),
}


@pytest.mark.parametrize("what", HARD)
def test_a_hard_text_is_typeset_within_the_limits(tmp_path, what):
    source, target = HARD[what]
    path = tmp_path / "hard.pdf"
    path.write_bytes(pdf.typeset(next(pdf.sheets(built(f"عنوان\n{PROSE} {source} است.", lambda text: target)))).content)
    links = re.findall(rb"/URI\s*\(([^)]{0,60})", _uncompressed(path))
    assert not [link for link in links if not link.startswith((b"https://", b"http://", b"mailto:"))]
    assert PROSE.split()[0] in text(path)


def test_thousands_of_blocks_are_typeset(tmp_path):
    path = tmp_path / "many.pdf"
    count = 5000 if THOROUGH else 1500
    many = "\n\n".join(f"بند شماره {number} این سند بلند است." for number in range(count))
    path.write_bytes(pdf.typeset(next(pdf.sheets(built(f"عنوان\n\n{many}", lambda text: "Row.")))).content)
    assert text(path).count("Row.") >= count
