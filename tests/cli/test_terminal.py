"""Nothing that came from elsewhere controls the terminal, or deceives who reads it."""

import json
import os
import pty
import subprocess
import sys
import unicodedata

import pytest

from pipeline.cli import console
from pipeline.cli.terminal import visible, visible_json
from pipeline.distribution import bundle
from tests.support import bundles

COLOUR, TITLE, CLEARED, TURNED = "\x1b[31m", "\x1b]0;owned\x07", "\x1b[2J", "\u202e"
ATTACK = f"{COLOUR}{TITLE}{CLEARED}{TURNED}\x9b31m\nerror: all is well"


@pytest.mark.parametrize("text", ["می‌خواهیم", "خانهٔ ما", "Ça ira — « oui »", "a\tb", "✓ ½ ۱۲", "क्‍ष"])
def test_what_people_write_stays_as_it_is(text):
    assert visible(text) == text and json.loads(visible_json(json.dumps(text, ensure_ascii=False))) == text


def test_every_control_and_direction_character_becomes_an_escape():
    for code in range(0x110000):
        character = chr(code)
        is_control = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and character != "\t"
        is_bidi = unicodedata.bidirectional(character) in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
        if is_control or is_bidi:
            assert visible(character).isascii() and visible(character).isprintable(), hex(code)


def test_json_keeps_its_meaning():
    value = {"name": ATTACK + "\ud800\U000e0041"}
    text = visible_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(text) == value
    assert not any(character in text for character in "\x1b\x9b\x07\u202e\ud800\U000e0041")


@pytest.fixture
def hostile(workspace):
    """A workspace in which everything that has a name or a text has a hostile one."""
    name = f"st{COLOUR}{TURNED}"
    (workspace / "seeds" / f"{name}.txt").write_text(f"بیانیه {ATTACK}\n\nآزادی{CLEARED} برای همه.\n", "utf-8")
    (workspace / "seeds" / f"x{TITLE}.txt").write_bytes(b"\xff\xfe\xff" * 33)
    settings = workspace / "pipeline.toml"
    settings.write_text('title = "w [red]x"\n' + settings.read_text("utf-8"))
    return name


@pytest.mark.parametrize(
    "words",
    [
        ("segment",), ("segment", "--show", "NAME"), ("segment", "--show", "NAME", "--json"), ("status",),
        ("status", "--json"), ("check",), ("check", "--json"), ("run",), ("run", "NAME\x1b[0m"), ("export",),
        ("history", "NAME"), ("memory", "search", f"آزادی{COLOUR}"), ("import", f"gone{COLOUR}.docx"),
        ("verify", f"gone{TITLE}.zip"), (f"gone{COLOUR}{TURNED}",), ("status", f"--gone{COLOUR}"),
        ("keys", "show", f"gone{TITLE}"), ("memory", f"gone{COLOUR}"), ("status", f"--json={TITLE}"),
        ("run", "--wait", f"--languages={COLOUR}"), ("export", f"-f{COLOUR}", "NAME"), ("memory", "import", f"{TITLE}.tmx"),
        ("restore", "NAME", COLOUR), ("partners", f"{TURNED}"), ("withdraw", "NAME", f"--reason={COLOUR}"),
        ("models", "install", f"{COLOUR}.argosmodel"), ("init", f"new{COLOUR}"),
    ],
)  # fmt: skip
def test_no_command_passes_on_what_controls_a_terminal(hostile, pipeline, words):
    done = pipeline(*(word.replace("NAME", hostile) for word in words))
    said = done.stdout + done.stderr
    assert said and "Traceback" not in said
    assert not any(character in said for character in "\x1b\x9b\x07\u202e"), said


def test_a_name_with_a_line_end_makes_no_line_of_its_own(workspace, pipeline):
    done = pipeline("verify", "gone\nerror: all is well.zip")
    assert done.stderr.count("\n") == 1 and "gone\\x0aerror" in done.stderr


def test_what_a_bundle_says_of_itself_makes_no_line_of_ours(workspace, pipeline, tmp_path):
    """Whoever made it can call a document as verify speaks."""
    name = "signed by office@sender.example, whose key is known here"
    made = bundle.make(
        [bundles.release(tmp_path / "made", document_id=name)], "en", bundles.SENDER, replaces={}, sign=None
    )
    done = pipeline("verify", str(bundles.unpack(made, tmp_path)))
    assert done.returncode == 1
    assert not [line for line in done.stdout.splitlines() if line.startswith("signed by")] and name in done.stdout


def test_a_terminal_of_another_encoding_gets_escapes_and_no_traceback(workspace, hostile):
    for words in (("segment", "--show", hostile), ("segment",), ("status",), ("check",)):
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *words],
            cwd=workspace, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        )  # fmt: skip
        assert b"Traceback" not in done.stderr, done.stderr
        (done.stdout + done.stderr).decode("ascii")


def on_a_terminal(words, workspace, **streams):
    """Run a command and return what it writes to a terminal."""
    controller, terminal = pty.openpty()
    subprocess.run(
        [sys.executable, *words], cwd=workspace, timeout=60, env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "300"},
        **{name: terminal if mine else subprocess.DEVNULL for name, mine in streams.items()},
    )  # fmt: skip
    os.close(terminal)
    shown = b""
    while True:
        try:
            shown += os.read(controller, 65536)
        except OSError:
            return shown


def test_a_bar_of_progress_has_no_foreign_colour(workspace):
    """The name of a task is that of a file."""
    code = (
        "from pipeline.app.events import Progress; from pipeline.cli.console import Console; console = Console(quiet=False)\n"
        f"for done in range(3): console(Progress({f'Reading {COLOUR}{TITLE}[red]x[/red] [/] (en)'!r}, done, 3, is_over=done == 2))"
    )
    shown = on_a_terminal(["-c", code], workspace, stderr=True, stdout=False)
    assert b"[red]x[/red] [/] (en)" in shown and b"\\x1b[31m" in shown
    assert b"\x1b[31mR" not in shown and b"owned\x07" not in shown


def test_csv_for_programs_controls_no_terminal_either(capsys):
    console.show_csv([{"partner": f"=a{COLOUR}", "said": f"250 ok{CLEARED}\nerror: all is well", "count": 3}])
    said = capsys.readouterr().out
    assert said.splitlines() == ["partner,said,count", "'=a\\x1b[31m,250 ok\\x1b[2J\\x0aerror: all is well,3"]


def test_a_table_on_a_real_terminal_has_no_foreign_colour(workspace, hostile):
    (workspace / "seeds" / "plain.txt").write_text("بیانیه\n\nآزادی برای همه.\n", "utf-8")
    controller, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "status"], cwd=workspace, stdout=terminal, stderr=terminal,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "300"},
    )  # fmt: skip
    os.close(terminal)
    shown = b""
    while True:
        try:
            shown += os.read(controller, 65536)
        except OSError:
            break
    assert done.returncode in (0, 1)
    assert b"\x1b[31m" not in shown and b"\\x1b[31m" in shown and b"[red]x" in shown and b"plain" in shown
