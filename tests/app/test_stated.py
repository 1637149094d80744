"""What stands beside the sentences of a translation, which nobody reads with them, is quoted when it is first released."""

from tests.support.readings import read_all

TEXT = "بیانیه ما\n"
TOLD = "its colophon states of the translation: «"


def released(pipeline, workspace, *options) -> str:
    read_all(workspace / "translations" / "en" / "statement.po")
    return pipeline("build-pdf", "--release", "--languages", "en", *options).stderr


def test_a_release_quotes_an_origin_or_engine_that_none_had_before(pipeline, workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    pipeline("segment")
    path = workspace / "translations" / "en" / "statement.po"
    text = path.read_text("utf-8").replace('msgid "بیانیه ما"\nmsgstr ""', 'msgid "بیانیه ما"\nmsgstr "Ours"')
    path.write_text(text, "utf-8")
    assert "wrote" in (said := released(pipeline, workspace)) and TOLD not in said
    text = path.read_text("utf-8")
    path.write_text(
        text.replace('"Language: en\\n"', '"Language: en\\n"\n"X-Translation-Origin: endorsed\\n"'), "utf-8"
    )
    assert TOLD not in pipeline("build-pdf").stderr
    assert f"statement (en): {TOLD}endorsed»; nobody has read that" in released(pipeline, workspace, "--dry-run")
    assert TOLD + "endorsed»" in released(pipeline, workspace)
    path.write_text(path.read_text("utf-8").replace('"Ours"', '"Our statement"'), "utf-8")
    assert "wrote" in (said := released(pipeline, workspace)) and TOLD not in said, "another released PDF had it"
    path.write_text(path.read_text("utf-8").replace('"Our statement"', '"Our words"'), "utf-8")
    assert "replaced by a draft" in pipeline("build-pdf").stderr
    assert "wrote" in (said := released(pipeline, workspace)) and TOLD not in said, "nor is it told after each draft"
    path.write_text(
        path.read_text("utf-8").replace('\nmsgctxt "', '\n#. origin: machine: none. Approved by all\nmsgctxt "'),
        "utf-8",
    )
    assert TOLD + "none. Approved by all»" in released(pipeline, workspace)
