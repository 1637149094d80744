"""Files that would take hours, or all memory, are given up, whatever in them it is that does."""

import pytest

from pipeline import bounded
from pipeline.document import formats
from pipeline.document.corrections import Corrections
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED

FA = SHIPPED["fa"]


def forever():
    while True:
        pass


def everything():
    held = []
    while True:
        held.append(bytearray(10**7))


def test_what_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(bounded, "SECONDS", 1)
    with pytest.raises(DocumentError, match=r"^letter: given up, .* more than 1 seconds of work; .* save it in"):
        bounded.read(forever, str, 1000, DocumentError, "letter: ")


def test_a_large_file_may_take_longer(monkeypatch):
    monkeypatch.setattr(bounded, "SECONDS", 0)
    with pytest.raises(DocumentError, match=r"more than 1 seconds of work"):
        bounded.read(forever, str, 200_000, DocumentError)


def test_what_fills_the_memory_is_given_up(monkeypatch):
    monkeypatch.setattr(bounded, "MORE_BYTES", 200_000_000)
    with pytest.raises(DocumentError, match=r"more than 200,000,000 bytes of memory"):
        bounded.read(everything, str, 1000, DocumentError)


def test_a_document_is_the_same_whatever_process_reads_it():
    page = "<h1>بیانیه</h1><p>یک <b>جملهٔ</b> می‌خواهد<a href='#n'>[۱]</a>.</p><table><tr><td>الف<td>ب</table>".encode()
    here = formats.suffixes()[".html"].read(page, "letter", FA, Corrections())
    assert formats.read(page, "letter.html", FA, Corrections()).blocks == here.blocks


def test_a_fault_of_a_document_is_said_as_it_is():
    with pytest.raises(DocumentError, match=r"^letter\.docx: "):
        formats.read(b"PK\x03\x04 damaged", "letter.docx", FA, Corrections())


def test_a_fault_of_ours_is_said_of_the_file_it_shows_in():
    with pytest.raises(
        DocumentError, match=r"^letter: this program fails .*ZeroDivisionError in test_bounded\.py, line"
    ):
        bounded.read(lambda: 1 // 0, int, 1000, DocumentError, "letter: ")


def test_a_text_on_which_this_program_fails_keeps_no_other_from_being_read(monkeypatch):
    class Failing:
        def read(self, content, id, language, corrections):
            return 1 // 0

    monkeypatch.setitem(formats.suffixes(), ".txt", Failing())
    with pytest.raises(DocumentError, match=r"^letter\.txt: this program fails .*ZeroDivisionError"):
        formats.read("بیانیه".encode(), "letter.txt", FA, Corrections())
