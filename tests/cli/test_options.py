"""Options as `--help` shows them."""

import pytest


@pytest.mark.parametrize("command", [["run"], ["check"], ["distribute"], ["import"], ["memory", "search"], []])
def test_help_shows_no_value_after_an_option_that_takes_none(pipeline, command):
    said = pipeline(*command, "--help").stdout
    own = [line for line in said.splitlines() if "--" in line and "--help" not in line and "completion" not in line]
    assert own and not [line for line in own if "<bool>" in line]
