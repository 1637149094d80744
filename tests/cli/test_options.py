"""Options as `--help` shows them."""


def test_help_shows_no_value_after_an_option_that_takes_none(pipeline):
    for command in (["run"], ["check"], ["distribute"], ["memory", "search"], []):
        said = pipeline(*command, "--help").stdout
        assert "--" in said and "<bool>" not in said
