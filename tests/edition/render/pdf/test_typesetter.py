"""Whatever ends the typesetter, the user reads one clear line, and the next document is typeset."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import typesetter
from tests.edition.render.pdf.conftest import end, fault

pytestmark = pytest.mark.usefixtures("fresh")


def child_of(process: int) -> int:
    """Return the process that another has forked, as soon as it is there."""
    while True:
        if numbers := Path(f"/proc/{process}/task/{process}/children").read_text().split():
            return int(numbers[0])
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (signal.SIGKILL, "stopped from outside (SIGKILL); run the command again, or: pipeline doctor"),
        (signal.SIGTERM, "stopped from outside (SIGTERM); run the command again, or: pipeline doctor"),
        (signal.SIGTRAP, "broke off (SIGTRAP), as it does for want of memory; free some, or divide the document"),
        (signal.SIGSEGV, "broke off (SIGSEGV), as it does for want of memory; free some, or divide the document"),
        (signal.SIGABRT, "broke off (SIGABRT), as it does for want of memory; free some, or divide the document"),
        (
            signal.SIGRTMIN + 1,
            f"broke off (signal {signal.SIGRTMIN + 1}), as it does for want of memory; free some, or divide the document",
        ),
    ],
)
@pytest.mark.parametrize("whom", ["the typesetter", "its child"])
def test_whatever_signal_ends_it_is_told_and_the_next_document_is_typeset(long, short, whom, number, message):
    pdf.typeset(short)
    process = pdf._idle[-1]._process.pid
    told = []
    working = threading.Thread(target=lambda: told.append(fault(long)))
    working.start()
    child = child_of(process)
    os.kill(child if whom == "its child" else process, number)
    if whom == "the typesetter":
        os.kill(child, signal.SIGKILL)
    working.join()
    assert told[0].endswith(message)
    assert pdf.typeset(short).content.startswith(b"%PDF")


def descendants(process: int) -> set[int]:
    """Return the processes that stem from one, dead ones that nobody has buried too."""
    found = set()
    for number in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        found |= {int(number)} | descendants(int(number))
    return found


def is_over(process: int) -> bool:
    """Whether a process has ended; where nobody buries the orphans of a container, it stays listed as dead."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize("whom", ["the typesetter", "its child", "both"])
def test_a_typesetter_that_somebody_stopped_is_given_up_and_the_next_document_is_typeset(
    monkeypatch, short, long, whom
):
    monkeypatch.setattr(typesetter, "STILL_SECONDS", 1)
    pdf.typeset(short)
    one = pdf._idle[-1]._process.pid
    told = []
    working = threading.Thread(target=lambda: told.append(fault(long)))
    working.start()
    child = child_of(one)
    for number in {"the typesetter": [one], "its child": [child], "both": [one, child]}[whom]:
        os.kill(number, signal.SIGSTOP)
    if whom == "the typesetter":
        os.kill(child, signal.SIGKILL)
    working.join()
    assert told == [
        "typesetting was given up: it was stopped from outside; free some memory, and run the command again"
    ]
    assert not {one, child} & descendants(os.getpid())
    while not is_over(child):
        time.sleep(0.01)
    assert pdf.typeset(short).content.startswith(b"%PDF")


def test_a_typesetter_stopped_before_a_long_job_comes_is_given_up(monkeypatch, short, long):
    """More than a pipe holds: whoever writes it must not wait for ever either."""
    monkeypatch.setattr(typesetter, "STILL_SECONDS", 1)
    pdf.typeset(short)
    os.kill(pdf._idle[-1]._process.pid, signal.SIGSTOP)
    assert len(long.job) > 100_000 and "stopped from outside" in fault(long)


@pytest.mark.parametrize(
    "wait", ["threading.Lock().__class__; x = threading.Lock(); x.acquire(); child.pdf = lambda job: x.acquire()",
             "child._apart = lambda job: time.sleep(600)"],
)  # fmt: skip
def test_a_library_that_waits_for_ever_is_given_up(monkeypatch, changed, short, wait):
    monkeypatch.setattr(typesetter, "STILL_SECONDS", 1)
    changed(f"import threading, time; {wait}")
    before = descendants(os.getpid())
    assert "given up: it was waiting for something" in fault(short)
    assert descendants(os.getpid()) <= before


def test_what_computes_is_waited_for(monkeypatch, changed, short):
    monkeypatch.setattr(typesetter, "STILL_SECONDS", 1)
    changed(
        "import time\ndef busy(job):\n    while time.process_time() < 2.5: pass\n    return b'done'\nchild.pdf = busy"
    )
    assert pdf.typeset(short).content == b"done"


def computed(process):
    """The seconds of CPU that a process has taken (proc_pid_stat(5), fields 14 and 15)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def test_what_a_killed_typesetter_was_at_work_on_ends_with_it(short, long):
    pdf.typeset(short)
    one = pdf._idle[-1]._process.pid
    working = threading.Thread(target=lambda: fault(long))
    working.start()
    child = child_of(one)
    while computed(child) < 0.05:  # from the moment it is made until then, it may not know yet whose death is its own
        time.sleep(0.005)
    os.kill(child, signal.SIGSTOP)
    os.kill(one, signal.SIGKILL)
    working.join()
    while not is_over(child):
        time.sleep(0.01)


def test_a_typesetter_that_was_killed_while_it_waited_is_told_of_and_replaced(short):
    pdf.typeset(short)
    pdf._idle[-1]._process.kill()
    assert fault(short).startswith("typesetting was stopped from outside (SIGKILL)")
    assert pdf.typeset(short).content.startswith(b"%PDF")


@pytest.mark.parametrize("status", [0, 1, 2, 3, 127, 255])
def test_whatever_exit_status_ends_it_is_told(changed, short, status):
    changed(f"child.pdf = lambda job: os._exit({status})")
    assert (
        fault(short)
        == f"typesetting broke off (exit status {status or 71}), as it does for want of memory; free some, or divide the document"
    )
    changed(f"child._apart = lambda job: os._exit({status})")
    end()
    assert (
        fault(short)
        == f"typesetting broke off (exit status {status}), as it does for want of memory; free some, or divide the document"
    )


@pytest.mark.parametrize("half", ["b'%PDF'", "child.ANSWER.pack(0, 1000)", "child.ANSWER.pack(0, 1000) + b'%PDF'"])
def test_half_an_answer_is_no_pdf(changed, short, half):
    changed(f"jobs = sys.stdin.buffer; jobs.read(8)\nos.write(1, {half})\nos._exit(3)")
    assert "exit status 3" in fault(short)


def test_a_process_that_closes_its_ears_and_lives_on_is_ended(changed, short):
    changed("import time\nos.close(0), os.close(1), time.sleep(600)")
    assert "SIGKILL" in fault(short)
