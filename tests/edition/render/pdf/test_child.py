"""The process that typesets has limits, reads nothing of its own accord, and leaves nothing behind."""

import json
import subprocess
import sys

import pytest

from pipeline.edition.render import Sheet, pdf
from pipeline.edition.render.pdf import typesetter
from pipeline.errors import RenderError
from tests.conftest import THOROUGH
from tests.edition.render.pdf.conftest import fault
from tests.support.pages import built


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("SECONDS = .2", f"not typeset after {pdf.SECONDS} seconds; divide the document"),
        ("CPU_SECONDS = 1", f"not typeset after {pdf.CPU_SECONDS} seconds of computing; divide the document"),
    ],
)
def test_a_page_that_takes_too_long_is_given_up(changed, long, limit, message):
    changed(f"child.{limit}")
    assert fault(long) == message


@pytest.mark.parametrize("megabytes", [1, 20, 100])
def test_a_page_that_takes_too_much_memory_is_given_up(changed, long, megabytes):
    changed(f"child.MEMORY_BYTES = {megabytes * 10**6}")
    message = fault(long)
    assert "memory" in message and message.endswith("divide the document"), message


@pytest.mark.parametrize("limit", ["child.MEMORY_BYTES = {}", "resource.setrlimit(resource.RLIMIT_AS, ({0}, {0}))"])
@pytest.mark.parametrize("megabytes", [100, 150, 200, 250] if THOROUGH else [100, 200])
def test_wherever_memory_runs_out_the_page_is_typeset_or_the_user_told(monkeypatch, changed, long, limit, megabytes):
    """In Python, in a library that aborts, in a thread that cannot start: each machine differs."""
    # Where a library waits for ever for the thread it could not start, it is given up.
    monkeypatch.setattr(typesetter, "STILL_SECONDS", 5)
    changed(limit.format(megabytes * 10**6))
    try:
        assert pdf.typeset(long).content.rstrip().endswith(b"%%EOF")
    except RenderError as error:
        name, _, message = str(error).partition(": ")
        assert name == long.path and message.startswith("typesetting ") and "\n" not in message


@pytest.mark.parametrize("act", ["socket.socket()", "subprocess.run(['true'])", "os.system('true')", "os.fork()"])
def test_a_typesetter_that_opens_a_connection_or_starts_a_program_is_ended(changed, short, act):
    changed(f"import socket, subprocess\nchild.pdf = lambda job: (sys.addaudithook(child._refuse), {act})")
    assert fault(short) == "typesetting was stopped: the page wanted something it may not have; report it"


def test_a_crash_leaves_no_core_with_the_text(changed, short):
    changed("child.pdf = lambda job: str(resource.getrlimit(resource.RLIMIT_CORE)[0]).encode()")
    assert pdf.typeset(short).content == b"0"


@pytest.mark.parametrize("limit", ["", "child.SECONDS = .2"])
def test_no_temporary_file_is_left_whether_it_ends_well_or_not(changed, long, short, limit, tmp_path):
    changed(f"import tempfile\ntempfile.tempdir = {str(tmp_path)!r}\n{limit}")
    if limit:
        assert "not typeset after" in fault(long)
    else:
        pdf.typeset(short)
    assert not list(tmp_path.iterdir())


def sheet(markup):
    """A sheet with markup that no edition could bring into it."""
    (clean,) = pdf.sheets(built("متن", str))
    job = json.loads(clean.job)
    page = f"<html lang='en'><head/><body>{markup}</body></html>"
    return Sheet("x.pdf", json.dumps(job | {"html": page}).encode(), "", "")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/passwd"/>',
        '<img src="http://127.0.0.1:9/x.png"/>',
        '<link rel="attachment" href="file:///etc/passwd"/>',
        '<img src="data:image/png;base64,iVBORw0KGgo="/>',
        "<style>@import url(file:///etc/passwd)</style>",
    ],
)
def test_a_page_can_fetch_nothing(markup):
    """Even if markup got through, which escaping prevents, the typesetter opens no file and no connection."""
    with pytest.raises(RenderError, match="may not fetch"):
        pdf.typeset(sheet(f"<p data-block='1'>text</p>{markup}"))


def test_a_page_that_cannot_be_typeset_is_one_line_for_the_user():
    with pytest.raises(RenderError, match=r"x\.pdf: typesetting .+") as fault:
        pdf.typeset(sheet("<div>" * 5000 + "text"))
    assert "\n" not in str(fault.value)


def test_a_start_asks_no_compiler_and_reads_no_library_that_a_page_does_not_need():
    script = """
import subprocess, sys
from pipeline.edition.render.pdf import child
started = []
sys.addaudithook(lambda event, _: started.append(event) if event == "subprocess.Popen" else None)
child._load_weasyprint()
import weasyprint
assert "fontTools.ttLib.tables.otTables" not in sys.modules
print(len(started))
from fontTools.varLib.instancer import instantiateVariableFont
try:
    instantiateVariableFont(None, {})
except TypeError:
    assert "fontTools.ttLib.tables.otTables" in sys.modules, "it was put off for ever"
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_a_library_of_another_name_is_looked_for_as_before():
    script = """
import ctypes.util
from pipeline.edition.render.pdf import child
asked = []
def load(name):
    asked.append(ctypes.util.find_library("c"))
    if asked == [None]:
        raise OSError("no library of that name")
child.import_module = load
child._put_off = child._put_off_function = lambda *names: None
child._load_weasyprint()
print(len(asked), asked[1] is not None, ctypes.util.find_library("c") is not None)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "True", "True"]
