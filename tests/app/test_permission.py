"""A text of others is released only when somebody says that it may be, whatever becomes of its files."""

from tests.app.test_inbox import ENGLISH, mail  # noqa: F401


def test_a_text_of_others_is_not_permitted_by_moving_copying_or_forgetting_what_was_said_of_it(
    pipeline,
    workspace,
    mail,  # noqa: F811
):
    pipeline("inbox", "add", mail)
    pipeline("inbox", "accept", 1, "--id", "call")
    there = workspace / "seeds" / "en"
    (there / "call.txt").rename(there / "moved.txt")
    (there / "copied.txt").write_text(ENGLISH + "One more sentence.\n", "utf-8")
    done = pipeline("build-pdf", "--languages", "en", "--layout", "single", "--release")
    assert done.returncode == 1 and done.stderr.count("number 1 of the inbox, accepted as call,") == 2
    (there / "copied.toml").write_text('[provenance]\npermission = "granted"\n', "utf-8")
    assert pipeline("build-pdf", "copied", "--languages", "en", "--layout", "single", "--release").returncode == 0


def test_an_own_text_that_comes_back_from_a_partner_is_no_text_of_others(pipeline, workspace, mail):  # noqa: F811
    there = workspace / "seeds" / "en"
    there.mkdir()
    (there / "ours.txt").write_text(ENGLISH, "utf-8")
    pipeline("inbox", "add", mail)
    pipeline("inbox", "accept", 1, "--id", "back")
    done = pipeline("build-pdf", "--languages", "en", "--layout", "single", "--release")
    assert "back (source) is not ready" in done.stderr and "ours" not in done.stderr.replace("output/ours", "")
