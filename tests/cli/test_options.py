"""Options as `--help` shows them."""

from collections.abc import Iterator

import typer

from pipeline.cli import app


def commands(group, *words) -> Iterator[list[str]]:
    yield list(words)
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, *words, name)


def test_help_shows_no_value_after_an_option_that_takes_none(pipeline):
    shown = [
        line
        for words in commands(typer.main.get_command(app))
        for line in pipeline(*words, "--help").stdout.splitlines()
    ]
    assert any(" --connect " in line for line in shown)
    own = [line for line in shown if "--help" not in line and "completion" not in line]
    assert not [line for line in own if "<bool>" in line]
