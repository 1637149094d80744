"""The text of a PDF is written for a person to look through; nothing that is there is replaced, whatever the file."""

import subprocess
import zlib
from pathlib import Path

import pytest

from pipeline.app import converting
from pipeline.errors import DocumentError, EnvironmentMissing

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="9" height="9"/></svg>'


@pytest.fixture
def pdf(tmp_path):
    """Give a function that makes a PDF of HTML."""
    from weasyprint import HTML

    def make(html: str, name: str = "call.pdf"):
        HTML(string=html).write_pdf(tmp_path / name)
        return tmp_path / name

    return make


def test_the_text_of_a_pdf_is_written_beside_it(pdf):
    path = pdf("<h1>A call</h1><p>We met in May. We shall meet again.")
    converted = converting.convert(path, None)
    assert converted.path == path.with_suffix(".txt")
    assert converted.path.read_text("utf-8") == "A call\nWe met in May. We shall meet again.\n"
    assert not converted.doubts


def test_what_is_there_is_not_replaced_and_a_dry_run_writes_nothing(pdf, tmp_path):
    path = pdf("<p>We met.")
    converting.convert(path, tmp_path / "other.txt", dry_run=True)
    assert not (tmp_path / "other.txt").exists()
    (tmp_path / "call.txt").write_text("mine")
    with pytest.raises(DocumentError, match="is there already; name another file with --to"):
        converting.convert(path, None)
    assert (tmp_path / "call.txt").read_text() == "mine"


def test_what_has_no_text_is_locked_or_damaged_is_said_and_nothing_written(pdf, tmp_path):
    good = pdf("<p>We met.", "good.pdf")
    locked, cut, other = tmp_path / "locked.pdf", tmp_path / "cut.pdf", tmp_path / "other.pdf"
    subprocess.run(["qpdf", "--encrypt", "a", "b", "256", "--", str(good), str(locked)], check=True)
    cut.write_bytes(b"%PDF-1.7\n" + good.read_bytes()[9:200])
    other.write_bytes(b"PK\x03\x04")
    for path, words in (
        (pdf(SVG, "picture.pdf"), "only pictures"),
        (locked, "locked with a password"),
        (cut, "damaged"),
        (other, "not a PDF"),
        (tmp_path / "none.pdf", "no such file"),
    ):
        with pytest.raises(DocumentError, match=words):
            converting.convert(path, None)
        assert not path.with_suffix(".txt").exists()


def written(path: Path, content: bytes, pages: int = 1) -> Path:
    """Write a PDF by hand, all pages of which have one content."""
    packed = zlib.compress(content)
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages),
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[page] * pages,
    ]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % numbered for numbered in enumerate(objects, 1))
    path.write_bytes(b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF")
    return path


def test_a_pdf_with_more_text_than_a_document_has_is_ended(tmp_path):
    line = b"(We met again, and we shall meet again, as often as it takes.) Tj T* "
    path = written(tmp_path / "long.pdf", b"BT /F 8 Tf 10 TL 20 780 Td " + line * 70 + b"ET", pages=2_600)
    with pytest.raises(DocumentError, match="takes more time or memory, or holds more text"):
        converting.convert(path, None)
    assert not path.with_suffix(".txt").exists()


def test_what_is_complained_of_is_bounded_like_the_text(tmp_path):
    """A small PDF can be complained of without end: each unknown operator is a line, and they are packed."""
    with pytest.raises(DocumentError, match="only pictures"):
        converting.convert(written(tmp_path / "loud.pdf", b"qx\n" * 20_000), None)
    path = written(tmp_path / "louder.pdf", b"qx\n" * 400_000)
    assert path.stat().st_size < 3_000
    with pytest.raises(DocumentError, match="takes more time or memory, or holds more text"):
        converting.convert(path, None)


def test_without_the_program_it_is_named(pdf, monkeypatch):
    path = pdf("<p>We met.")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(EnvironmentMissing, match="apt-get install poppler-utils"):
        converting.convert(path, None)


def test_a_pdf_with_more_pages_than_anybody_compares_is_refused(pdf, monkeypatch):
    monkeypatch.setattr(converting, "MOST_PAGES", 2)
    with pytest.raises(DocumentError, match="more than 2 pages; divide it"):
        converting.convert(pdf("<p style='break-after:page'>a" * 3), None)


def test_people_and_programs_are_told_of_words_under_a_bar(pdf, pipeline, tmp_path):
    """A name that somebody blacked out is in the text."""
    bar = "<div style='position:absolute;top:0;left:0;width:300pt;height:40pt;background:#000'></div>"
    path = pdf(f"<p>Zehra Yaqubi was there.</p>{bar}")
    for number, options in enumerate(([], ["--json"])):
        done = pipeline("convert", path, "--to", tmp_path / f"{number}.txt", *options)
        assert "such as those under a black bar, are in the text too" in done.stdout + done.stderr
        assert "Zehra" in (tmp_path / f"{number}.txt").read_text("utf-8")
