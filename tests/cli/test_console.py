"""What the command line makes of events and rows: text for people, JSON for programs."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.app.events import Fault, Progress, Remark, Written
from pipeline.cli import console
from pipeline.cli.console import Console
from pipeline.errors import PipelineError, UsageError

EVENTS = (
    Remark("look here"),
    Written(Path("/w/output/a.pdf"), "output/a.pdf", is_planned=False),
    Written(Path("/w/output/b.pdf"), "output/b.pdf", is_planned=True),
    Progress("Typesetting", 1, 2),
    Fault(PipelineError("a.txt: unreadable; mend it")),
)


def test_events_are_lines_on_stderr(capsys):
    for event in EVENTS:
        Console(quiet=False)(event)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "look here",
        "wrote output/a.pdf",
        "would write output/b.pdf",
        "error: a.txt: unreadable; mend it",
    ]


def test_no_message_quotes_a_whole_text(capsys):
    console.say_error(PipelineError(f"a.po:3: {'x' * 70_000}; delete the line"))
    err = capsys.readouterr().err
    assert len(err) < 2200 and err.endswith("; delete the line\n")


def test_quiet_leaves_the_faults(capsys):
    for event in EVENTS:
        Console(quiet=True)(event)
    assert capsys.readouterr().err == "error: a.txt: unreadable; mend it\n"


def test_rows_are_json_with_a_schema_version(capsys):
    console.show("partners", [{"partner": "اسلو", "active": True}], as_json=True)
    assert json.loads(capsys.readouterr().out) == {
        "schema_version": 1,
        "partners": [{"partner": "اسلو", "active": True}],
    }


@pytest.mark.parametrize("count", [1, 999, 1000, 1001, 2000, 2001])
def test_json_of_many_rows_is_laid_out_as_that_of_few(capsys, count):
    rows = [{"document": f"{number}", "texts": ["[\n", "\n  ]"], "none": []} for number in range(count)]
    console.show_json(rows=rows, few=[[1], []], none=[], one={"a": [{"b": 1}]})
    whole = {"schema_version": 1, "rows": rows, "few": [[1], []], "none": [], "one": {"a": [{"b": 1}]}}
    assert capsys.readouterr().out == json.dumps(whole, indent=2) + "\n"


def test_rows_are_a_table_for_people(capsys):
    console.show("partners", [{"partner": "oslo", "is_active": True, "languages": ["fr", "en"]}], as_json=False)
    head, row = capsys.readouterr().out.splitlines()
    assert head.split() == ["partner", "is", "active", "languages"] and row.split() == ["oslo", "yes", "fr,", "en"]


def test_no_rows_say_so(capsys):
    console.show("partners", [], as_json=False, empty="no partners")
    assert capsys.readouterr().out == "no partners\n"
    console.show("partners", [], as_json=True, empty="no partners")
    assert json.loads(capsys.readouterr().out)["partners"] == []


@pytest.mark.parametrize(("asked", "names"), [(None, None), ("en", ["en"]), ("en, fr", ["en", "fr"])])
def test_names_are_separated_by_commas(asked, names):
    assert console.split(asked) == names


@pytest.mark.parametrize("asked", ["", " "])
def test_an_option_without_names_does_not_mean_all(asked):
    with pytest.raises(UsageError, match=r"^--languages has no names"):
        console.split(asked)
    with pytest.raises(UsageError, match=r"^--layout has no names"):
        console.split(asked, "--layout")


BARS = """
from pipeline.app.events import Progress
from pipeline.cli.console import Console
console = Console(quiet=False)
for outer in (0, 1):
    console(Progress("Checking", outer, 2))
    for inner in (0, 1, 2):
        console(Progress("Reading", inner, 3, is_over=inner == 2))
console(Progress("Checking", 2, 2, is_over=True))
assert console.bar is None and not console.tasks
print("done")
"""


def test_bars_within_bars_are_drawn_on_a_terminal_and_taken_away():
    terminal, there = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", BARS],
        stderr=there,
        stdout=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm"},
        text=True,
    )
    os.close(there)
    drawn = b""
    while True:
        try:
            drawn += os.read(terminal, 65536)
        except OSError:
            break
    assert done.returncode == 0 and done.stdout == "done\n"
    assert b"Checking" in drawn and b"Reading" in drawn
