"""Documents that would take hours, or all memory, are given up, whatever in them it is that does."""

from functools import partial

import pytest

from pipeline.document import bounds, formats
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
    monkeypatch.setattr(bounds, "SECONDS", 1)
    with pytest.raises(DocumentError, match=r"letter\.html: given up, .* more than 1 seconds? of work; .* as \.txt"):
        bounds.read(forever, FA, "letter.html", 1000)


def test_a_large_document_may_take_longer(monkeypatch):
    monkeypatch.setattr(bounds, "SECONDS", 0)
    with pytest.raises(DocumentError, match=r"more than 1 seconds? of work"):
        bounds.read(forever, FA, "letter.html", 200_000)


def test_what_fills_the_memory_is_given_up(monkeypatch):
    monkeypatch.setattr(bounds, "MORE_BYTES", 200_000_000)
    with pytest.raises(DocumentError, match=r"letter\.odt: given up, .* more than the memory"):
        bounds.read(everything, FA, "letter.odt", 1000)


def test_a_document_is_the_same_whatever_process_reads_it():
    page = "<h1>بیانیه</h1><p>یک <b>جملهٔ</b> می‌خواهد<a href='#n'>[۱]</a>.</p><table><tr><td>الف<td>ب</table>".encode()
    work = partial(formats.suffixes()[".html"].read, page, "letter", FA, Corrections())
    assert bounds.read(work, FA, "letter.html", len(page)) == work()


def test_a_fault_of_a_document_is_said_as_it_is():
    with pytest.raises(DocumentError, match=r"^letter\.docx: "):
        formats.read(b"PK\x03\x04 damaged", "letter.docx", FA, Corrections())


def test_a_fault_of_ours_is_no_fault_of_the_document():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        bounds.read(lambda: 1 // 0, FA, "letter.html", 1000)
