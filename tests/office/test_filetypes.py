"""Files of every kind are called what they are, by their content; what to do with each fits its kind."""

import gzip
import io
import lzma
import sqlite3
import tarfile

import pytest

from pipeline.office import archive, filetypes
from tests.support.documents import TYPES, docx, odt, p, zipped

OLE = filetypes.OLE + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x09\0"


def compound(*streams: str, word: bytes = b"") -> bytes:
    """A compound file with these streams in its directory, and the beginning of a Word text."""
    return OLE.ljust(512, b"\0") + word.ljust(512, b"\0") + "".join(f"{name}\0" for name in streams).encode("utf-16-le")


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    return out.getvalue()


def database() -> bytes:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table a (b)")
        return connection.serialize()


def of_libreoffice(kind: str) -> bytes:
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}"})


KINDS = {
    "a Word document": lambda: docx(p("یک")),
    "an OpenDocument text": lambda: odt("<text:p/>"),
    "an EPUB book": lambda: zipped({"mimetype": "application/epub+zip"}),
    "a spreadsheet": lambda: zipped({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>"}),
    "a presentation": lambda: of_libreoffice("presentation"),
    "a drawing": lambda: of_libreoffice("graphics"),
    "a master document without a text": lambda: of_libreoffice("text-master"),
    "a document of Pages, Numbers or Keynote": lambda: zipped({"Index/Document.iwa": "x"}),
    "an archive (ZIP)": lambda: zipped({"letter.txt": "x"}),
    "an archive (gzip)": lambda: gzip.compress(b"x"),
    "an archive (xz)": lambda: lzma.compress(b"x"),
    "an archive (tar)": tar,
    "an archive (RAR)": lambda: b"Rar!\x1a\x07\x01\0",
    "a document of Word before 2007": lambda: compound("Root Entry", "WordDocument"),
    "an encrypted document of Word before 2007": lambda: compound(
        "WordDocument", word=b"\xec\xa5" + bytes(9) + b"\x01"
    ),
    "an encrypted document": lambda: compound("EncryptionInfo", "EncryptedPackage"),
    "a spreadsheet of Excel before 2007": lambda: compound("Workbook"),
    "a document of Microsoft Works": lambda: compound("MatOST"),
    "a message of Outlook": lambda: compound("__properties_version1.0"),
    "a file of an old program": lambda: compound("Whatever"),
    "a document in Rich Text Format": lambda: b"{\\rtf1\\ansi x}",
    "a PDF": lambda: b"%PDF-1.7\n",
    "a picture (JPEG)": lambda: b"\xff\xd8\xff\xe0\0\x10JFIF",
    "a picture (PNG)": lambda: b"\x89PNG\r\n\x1a\n",
    "a picture (HEIC)": lambda: b"\0\0\0\x18ftypheic",
    "a picture (SVG)": lambda: b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a recording (MPEG-4)": lambda: b"\0\0\0\x20ftypisom",
    "a recording (Ogg)": lambda: b"OggS\0\x02",
    "a web page": lambda: b"\xef\xbb\xbf\n<!DOCTYPE html>\n<html><body>x",
    "a Word document in XML": lambda: (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'
    ),
    "a flat OpenDocument text": lambda: b"<?xml version='1.0'?>\n<office:document/>",
    "a message encrypted with OpenPGP": lambda: b"-----BEGIN PGP MESSAGE-----\n\nx",
    "a database": database,
    "a program": lambda: b"\x7fELF\x02",
    "a font": lambda: b"OTTO\0\x0b",
    "a shortcut": lambda: b"[InternetShortcut]\r\nURL=https://example.org/\r\n",
    "a shortcut to Google Docs, without text": lambda: b'{"":"WARNING!","doc_id":"1x"}',
    "an e-mail": lambda: b"Received: from a\r\n\tby b\r\nSubject: x\r\nMessage-ID: <a@b>\r\n\r\nx",
    "a file of translations": lambda: b'# x\nmsgid ""\nmsgstr ""\n',
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_called_what_it_is(name):
    found = filetypes.of(KINDS[name]())
    assert found and found.name == name
    assert found.remedy and not found.remedy.endswith(".") and "\n" not in str(found)


@pytest.mark.parametrize(
    "text", ["بیانیه\n\nFrom: ما\n", "From the North\n\nSubject: a letter\n", "RIFF is a word", "BM", ""]
)
def test_a_text_is_nothing_else(text):
    assert filetypes.of(text.encode()) is None and filetypes.is_text(text.encode())


def test_a_text_in_another_encoding_is_none_that_is_known():
    assert not filetypes.is_text("Заявление".encode("koi8-r")) and not filetypes.is_text(b"a\0b")
    assert filetypes.is_text(b"a" + ("ب" * filetypes.ENOUGH).encode())  # its beginning ends inside a character


def test_the_class_of_an_old_document_says_more_than_the_names_in_it():
    """A spreadsheet with a Word document in it has the streams of both."""
    root = bytes(80) + bytes.fromhex("2008020000000000c000000000000046") + bytes(32)
    header = OLE.ljust(0x30, b"\0") + (0).to_bytes(4, "little")
    content = header.ljust(512, b"\0") + root + "WordDocument\0Workbook".encode("utf-16-le")
    found = filetypes.of(content)
    assert found and found.name == "a spreadsheet of Excel before 2007"


def test_a_zip_that_would_harm_is_refused():
    with pytest.raises(archive.OfficeError, match="not a whole document, or one that harms"):
        filetypes.of(docx(p("یک"))[:-40])
