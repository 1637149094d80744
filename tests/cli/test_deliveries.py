"""What is shown of deliveries names no partner to programs, and nobody's address, unless that is asked for."""

import json
import os
import sys
from contextlib import suppress

import pytest

from pipeline.app.distributing import Distribution
from pipeline.cli import deliveries
from pipeline.errors import UsageError
from tests.support.bundles import release
from tests.support.sending import prepare, send
from tests.support.sessions import begun


@pytest.fixture
def sent(workspace, tmp_path) -> Distribution:
    prepare(workspace, "oslo")
    return send(workspace, release(tmp_path / "files"))


def shown(workspace, distribution, capsys, **options) -> str:
    deliveries.show(begun(workspace)[0], distribution, **options)
    return capsys.readouterr().out


def test_a_table_has_a_row_for_every_document_and_addresses_when_asked_for(workspace, sent, capsys):
    head, row = shown(workspace, sent, capsys, as_json=False, private=False).splitlines()
    assert head.split() == ["partner", "document", "languages", "by", "outcome"]
    assert row.split() == ["oslo", "2016-10-statement", "en", "(new)", "folder", "accepted"]
    head, row = shown(workspace, sent, capsys, as_json=False, private=True).splitlines()
    assert head.split()[-2:] == ["address", "outcome"] and row.split()[-2:] == ["oslo", "accepted"]


@pytest.mark.parametrize("private", [True, False])
def test_programs_see_pseudonyms_and_what_became_of_each_text(workspace, sent, capsys, private):
    said = shown(workspace, sent, capsys, as_json=True, private=private)
    (one,) = json.loads(said)["deliveries"]
    assert ("oslo" in said, "address" in one, one["partner"].startswith("partner-")) == (private, private, not private)
    (text,) = one["texts"]
    assert (one["outcome"], text["document"], text["change"], text["replaces"]) == (
        "accepted",
        "2016-10-statement",
        "new",
        None,
    )


def test_a_rehearsal_that_sends_is_refused(workspace):
    with pytest.raises(UsageError, match="--send or --dry-run: choose one"):
        deliveries.require_one(send=True, dry_run=True, trust_ledger=False)
    with pytest.raises(UsageError, match="--trust-ledger is for --send"):
        deliveries.require_one(send=False, dry_run=False, trust_ledger=True)
    deliveries.require_one(send=True, dry_run=False, trust_ledger=True)


@pytest.mark.parametrize(("typed", "is_agreed"), [("y", True), ("n", False), ("", False)])
def test_somebody_at_a_terminal_is_asked_about_a_ledger(monkeypatch, typed, is_agreed):
    here, there = os.openpty()
    os.write(here, f"{typed}\n".encode())
    with open(there, encoding="utf-8") as stdin, open(there, "w", encoding="utf-8", closefd=False) as stderr:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys, "stderr", stderr)
        assert deliveries.consent(given=False).ask("If \x1b[31mthis is the first time, go on?") is is_agreed
    said = ""
    with suppress(OSError):  # nobody writes to the terminal any more
        while part := os.read(here, 10_000):
            said += part.decode()
    os.close(here)
    assert "\\x1b[31mthis is the first time, go on? [y/N]" in said and "\x1b" not in said


def test_nobody_is_asked_in_a_script_and_the_answer_is_no(capsys):
    assert not deliveries.consent(given=False).ask("Go on?") and capsys.readouterr() == ("", "")
