"""What a machine or a workspace lacks is told with its remedy."""


def test_doctor_finds_what_is_needed(pipeline, workspace, statement):
    done = pipeline("doctor")
    assert done.returncode == 0, done.stdout
    assert "ready" in done.stdout and "pipeline models install fa-en" in done.stdout
    (workspace / "seeds" / "statement.txt").unlink()
    (workspace / "seeds").rmdir()
    done = pipeline("doctor")
    assert (done.returncode, "missing" in done.stdout) == (3, True)
