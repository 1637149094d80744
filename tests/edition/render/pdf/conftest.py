"""Typesetters for the tests: fresh ones, changed ones, and sheets for them."""

import sys

import pytest

from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import typesetter
from pipeline.errors import RenderError
from tests.support.pages import built

CHANGED = """
import os, resource, sys
from pipeline.edition.render.pdf import child
{change}
child.main(sys.stdin.buffer, sys.stdout.buffer)
"""


@pytest.fixture
def fresh(monkeypatch):
    """No process of an earlier test is used, and none of these by a later one."""
    monkeypatch.setattr(pdf, "_idle", [])
    yield
    end()


def end() -> None:
    while pdf._idle:
        pdf._idle.pop()._process.communicate()


@pytest.fixture
def changed(monkeypatch, fresh):
    """Typeset in a process that begins with some Python."""

    def change(code: str) -> None:
        monkeypatch.setattr(typesetter, "COMMAND", (sys.executable, "-c", CHANGED.format(change=code)))

    return change


@pytest.fixture(scope="module")
def long():
    text = "\n\n".join(f"بند شماره {number} این سند بلند است." for number in range(1500))
    return next(pdf.sheets(built(f"عنوان\n\n{text}", lambda text: "Row.")))


@pytest.fixture(scope="module")
def short():
    return next(pdf.sheets(built("متن", str)))


def fault(sheet) -> str:
    """Return what the user is told, without the name of the file."""
    with pytest.raises(RenderError) as told:
        pdf.typeset(sheet)
    name, _, message = str(told.value).partition(": ")
    assert name == sheet.path and "\n" not in message
    return message
