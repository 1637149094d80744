"""What the way through English begins with."""

from datetime import UTC, datetime

import pytest

from pipeline.app import translating
from pipeline.app.session import Session
from pipeline.text.orthography import fold

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

{before}msgctxt "paragraph"
msgid "الف"
msgstr "{target}"
"""


@pytest.mark.parametrize("reviewed", ["a", "b"])
def test_what_is_reviewed_comes_before_what_is_only_translated(workspace, reviewed):
    folder = workspace / "translations" / "en"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("a", "b"):
        before = "# read: sara\n" if name == reviewed else ""
        (folder / f"{name}.po").write_text(PO.format(before=before, target=f"Target {name}"), "utf-8")
    session = Session.open(workspace, lambda: datetime(2026, 11, 28, tzinfo=UTC))
    assert translating.translated(session, "en") == {fold("الف"): f"Target {reviewed}"}


def test_a_draft_is_no_beginning(workspace):
    folder = workspace / "translations" / "en"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.po").write_text(PO.format(before="#, fuzzy\n", target="Draft"), "utf-8")
    session = Session.open(workspace, lambda: datetime(2026, 11, 28, tzinfo=UTC))
    assert translating.translated(session, "en") == {}
