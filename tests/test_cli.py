"""The commands as a whole: where help lists them, what it loads, and mistakes in what is typed."""

import re
import subprocess
import sys

import pytest

from pipeline.cli.commands import COMMANDS
from pipeline.cli.options import Panel

USAGE = {
    "an unknown document": (["run", "nothing"], 2, "document 'nothing' is unknown; known are: statement"),
    "an unknown language": (["build-pdf", "--languages", "xx"], 2, "language 'xx' is unknown; known are: fa, en, fr"),
    "no workspace": (["run", "-C", "seeds"], 2, "no pipeline.toml here"),
    "an unknown option": (["run", "--fast-please"], 2, "No such option"),
    "JSON of nothing": (["segment", "--json"], 2, "--show DOCUMENT"),
    "a workspace twice": (["init", "."], 1, "exists already"),
}


@pytest.mark.parametrize(("words", "status", "message"), USAGE.values(), ids=USAGE)
def test_a_mistake_of_usage_is_one_line_without_a_traceback(pipeline, statement, words, status, message):
    done = pipeline(*words)
    assert (done.returncode, done.stdout) == (status, "")
    assert message in done.stderr and "Traceback" not in done.stderr


def test_help_loads_nothing_heavy():
    code = "import sys; sys.argv = ['pipeline', '--help']\ntry:\n import pipeline.__main__ as m; m.main()\nfinally: print(*sys.modules)"
    loaded = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.splitlines()[-1].split()
    )
    assert "pipeline.cli" in loaded
    assert not {"weasyprint", "ctranslate2", "numpy", "argostranslate", "sentencepiece", "msgspec"} & set(loaded)
    ours = {name.split(".")[1] for name in loaded if name.startswith("pipeline.")}
    assert ours <= {"__main__", "app", "cli", "edition", "errors", "model", "plugins", "text"}, "no stage of the work"


def test_help_lists_commands_by_what_they_are_for_in_the_order_of_a_beginner(pipeline):
    shown = pipeline("--help").stdout
    places = [shown.index(f"─ {panel} ─") for panel in Panel]
    assert places == sorted(places)
    for command in COMMANDS:
        (panel,) = re.findall(rf"─ {command.PANEL} ─(.*?)╰", shown, re.DOTALL)
        assert re.search(rf"(?m)^│ {command.__name__.rpartition('.')[2].strip('_').replace('_', '-')} ", panel)
