"""What each partner is to receive, and that it is sent once; as a coordinator types it."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from rich.cells import cell_len

from benchmarks import distribution as large
from pipeline.distribution import ledger
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, Try
from tests.support import office
from tests.support.forked import Zygote
from tests.support.mailbox import PASSWORD, Mailbox, serve


class Office:
    """A workspace with a server, and the commands in it."""

    def __init__(self, folder: Path, mailbox: Mailbox, zygote: Zygote) -> None:
        self.folder, self.mailbox, self.zygote = folder, mailbox, zygote
        self.outbox = folder / "output" / "outbox"

    def __call__(self, *words: object, status: int = 0) -> str:
        return office.run(self.zygote, self.folder, *office.trusting(self.folder, *words), status=status)

    def json(self, *words: object, status: int = 0) -> dict:
        return office.table(self.zygote, self.folder, *office.trusting(self.folder, *words), status=status)

    def partners(self, **tables: dict) -> None:
        office.partners(self.folder, **tables)

    def due(self, *words: object, status: int = 0) -> dict[str, set[tuple[str, str, str]]]:
        """Return what would be sent, by partner: documents, languages, and what they are."""
        found = self.json("distribute", "--private", *words, status=status)["deliveries"]
        return {one["partner"]: {(t["document"], t["language"], t["change"]) for t in one["texts"]} for one in found}

    def states(self) -> dict[str, str]:
        return {one["partner"]: one["state"] for one in self.json("ledger", "--private")["deliveries"]}

    def drafts(self) -> list[str]:
        files = (path for path in self.outbox.rglob("[!.]*") if path.is_file())
        return sorted(str(path.relative_to(self.outbox)) for path in files)

    def reword(self, old: str, new: str, lang: str = "en") -> None:
        office.reword(self.zygote, self.folder, "statement", lang, old, new)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    mailbox, folder = Mailbox(), tmp_path_factory.mktemp("distribute")
    with serve(mailbox, folder) as (port, certificate), pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(certificate))
        zygote = Zygote()
        workspace = office.workspace(zygote, folder / "workspace")
        office.server(workspace, port)
        yield mailbox, zygote, workspace
        zygote.close()


@pytest.fixture
def here(served, tmp_path) -> Office:
    mailbox, zygote, workspace = served
    mailbox.__init__()
    return Office(office.copy(workspace, tmp_path / "workspace"), mailbox, zygote)


BOTH = {("statement", "en", "new"), ("letter", "en", "new")}


def test_nothing_is_sent_unless_it_is_asked_for(here, tmp_path):
    (tmp_path / "paris").mkdir()
    here.partners(oslo={}, paris={"languages": ["fr"], "delivery": "folder", "address": str(tmp_path / "paris")})
    said = here("distribute")
    assert re.search(r"oslo +statement +en \(new\) +smtp +preview", said) and "nothing was sent" in said
    assert not here.mailbox.senders and not list((tmp_path / "paris").iterdir())
    assert here.json("ledger")["deliveries"] == []
    (eml,) = (here.outbox / "previews" / "oslo").iterdir()
    message = message_from_bytes(eml.read_bytes(), policy=default)
    assert message["To"] == "oslo@partner.example" and list(message.iter_attachments())
    (bag,) = (here.outbox / "previews" / "paris").iterdir()
    assert (bag / "data" / "statement" / "statement.fa-fr.pdf").is_file() and (bag / "bagit.txt").is_file()
    before = eml.name
    (eml.parent / "left.eml").write_bytes(b"")
    here("distribute", "oslo")
    assert [path.name for path in (here.outbox / "previews").rglob("*.eml")] == [before]
    assert not (here.outbox / "previews" / "paris").exists()
    assert stat.S_IMODE(here.outbox.stat().st_mode) == 0o700


def test_offline_a_bundle_goes_into_a_folder_and_nowhere_else(here, tmp_path):
    """Nothing is asked of a network, not even what became of an interrupted delivery: that waits."""
    (tmp_path / "paris").mkdir()
    folder = {"languages": ["fr"], "delivery": "folder", "address": str(tmp_path / "paris")}
    here.partners(oslo={}, rome={}, paris=folder, graz={"delivery": "rclone", "address": "office:incoming"})
    here("distribute")
    with closing(ledger.open(here.folder / "ledger.sqlite", lambda: datetime.now(UTC))) as book:
        text, tried = Content("statement", "en", "5e" * 32), Try("smtp", "rome@partner.example", "b", "m")
        interrupted = book.plan("rome", DeliveryKind.LETTER, (text,), tried)
        book.commit(interrupted)
    settings = here.folder / "pipeline.toml"
    online = settings.read_text("utf-8")
    settings.write_text(f"offline = true\n{online}", "utf-8")
    said = here("distribute", "oslo", "paris", "graz", "--send", status=1)
    assert "oslo, graz: not tried: pipeline.toml has offline = true; remove that line" in said
    assert not here.mailbox.senders and any((tmp_path / "paris").iterdir())
    assert here.states() == {"rome": "sending", "paris": "accepted"}
    settings.write_text(online, "utf-8")
    here("distribute", "oslo", "--send")
    assert here.states() == {"rome": "doubt", "paris": "accepted", "oslo": "accepted"}


def test_a_dry_run_is_what_happens_without_send(here):
    here.partners(oslo={})
    for words in (("distribute",), ("withdraw", "letter", "--reason", "Wrong")):
        assert "--send or --dry-run: choose one" in here(*words, "--send", "--dry-run", status=2)
        here(*words, "--dry-run")
    assert not here.mailbox.senders and here.json("ledger")["deliveries"] == []
    assert here.due("-n") == {"oslo": BOTH}


def test_what_was_sent_is_not_sent_again(here):
    here.partners(oslo={}, paris={"languages": ["fr"]})
    here("distribute")
    assert len(here.drafts()) == 2
    first = here.json("distribute", "--send", "--private")
    assert [(one["partner"], one["outcome"]) for one in first["deliveries"]] == [
        ("oslo", "accepted"),
        ("paris", "accepted"),
    ]
    assert sorted(address for address, _ in here.mailbox.kept) == ["oslo@partner.example", "paris@partner.example"]
    assert not here.drafts()
    assert "nothing to do" in here("distribute", "--send") and len(here.mailbox.kept) == 2
    here("build-pdf", "--release", "--force", "statement", "--languages", "en")  # typeset anew it is the same text
    assert here.due() == {}
    (message,) = here.mailbox.messages("oslo@partner.example")
    assert "Statement of the council" in message.get_body(("plain",)).get_content()
    assert message["Message-ID"] == f"<{message['Message-ID'][1:33]}@example.org>"


def test_the_bundle_of_an_email_can_be_verified(here, tmp_path):
    here("keys", "make")
    here.partners(oslo={})
    here("distribute", "--send")
    (attached,) = here.mailbox.messages()[0].iter_attachments()
    (tmp_path / attached.get_filename()).write_bytes(attached.get_content())
    signer = here.folder / "keys" / "pipeline.pub"
    assert "oslo" not in here("verify", tmp_path / attached.get_filename(), "--signer", signer)


def test_each_gets_the_language_liked_most_and_the_better_one_when_it_comes(here):
    french = here.folder / "output" / "statement.fa-fr.pdf"
    content = french.read_bytes()
    french.unlink()
    here.partners(
        oslo={"languages": ["fr", "en"]},
        paris={"languages": ["fr", "en"], "every_language": True},
        lyon={"languages": ["fr"]},
    )
    both = {("statement", "en", "new"), ("letter", "fr", "new")}
    assert here.due() == {"oslo": both, "paris": both | {("letter", "en", "new")}, "lyon": {("letter", "fr", "new")}}
    here("distribute", "--send")
    french.write_bytes(content)
    assert here.due() == {name: {("statement", "fr", "new")} for name in ("oslo", "paris", "lyon")}
    here("distribute", "--send")
    assert here.due() == {}
    here.reword("We call on all forces", "We call on all")
    assert here.due() == {name: {("statement", "en", "correction")} for name in ("oslo", "paris")}


def test_a_correction_names_what_it_replaces(here):
    here.partners(oslo={})
    here("distribute", "--send")
    here.reword("We call on all forces", "We call on all")
    (delivery,) = here.json("distribute", "--send")["deliveries"]
    (text,) = delivery["texts"]
    old, new = here.mailbox.messages()
    sent = json.loads(here("ledger", "--json", "--steps"))["deliveries"]
    before = next(one["text_sha256"] for one in sent if one["document"] == "statement")
    assert (text["change"], text["replaces"]) == ("correction", before)
    assert before[:12] in new.get_body(("plain",)).get_content() and "Correction" in new["Subject"]
    assert old["Message-ID"] != new["Message-ID"]


def test_a_text_that_returns_is_held_and_sent_once_more_where_that_is_allowed(here):
    """Older files that were put back beside the newest ledger would send what was taken out of a text once more."""
    here.partners(oslo={})
    here("distribute", "--send")
    here.reword("on all forces", "on all")
    assert here.due("--send") == {"oslo": {("statement", "en", "correction")}}
    here.reword("on all", "on all forces")
    said = here("distribute", "--send", status=1)
    assert "error: oslo: statement (en): partners had this very text until another replaced it" in said
    assert here.due("--allow-known-texts", "--send") == {"oslo": {("statement", "en", "correction")}}
    assert here.due() == {}
    assert len({message["Message-ID"] for message in here.mailbox.messages()}) == 3


def test_a_text_whose_files_were_renamed_by_hand_is_held_though_it_was_corrected_as_well(here):
    here.partners(oslo={})
    here("distribute", "--send")
    here.reword("on all forces", "on all")
    (here.folder / "seeds" / "statement.txt").rename(here.folder / "seeds" / "call.txt")
    for lang in ("en", "fr"):
        (here.folder / "translations" / lang / "statement.po").rename(here.folder / "translations" / lang / "call.po")
    here("build-pdf", "--release")
    said = here("distribute", "--send", status=1)
    assert "error: oslo: call (en): it has the sentences of statement, which was sent and is no longer here" in said
    assert here.due("--allow-known-texts") == {"oslo": {("call", "en", "new")}}
    here("rename", "statement", "call")
    assert here.due("--send") == {"oslo": {("call", "en", "correction")}}


def test_who_is_given_the_id_of_a_former_partner_would_get_nothing_of_what_that_had(here):
    here.partners(oslo={})
    here("distribute", "--send")
    here.partners(rome={})
    given = ("--name", "Other", "--languages", "en", "--delivery", "folder", "--address", "~/other")
    assert "oslo: something was sent under this id" in here("partners", "add", "oslo", *given)
    assert "under this id" not in here("partners", "add", "bern", *given[:-1], "~/bern")


def test_where_bundles_were_signed_none_goes_unsigned_because_the_key_is_missing(here):
    """As in a copy of a workspace, whose keys git ignores."""
    here("keys", "make")
    here.partners(oslo={})
    here("distribute", "--send")
    here.reword("on all forces", "on all")
    (here.folder / "keys").rename(here.folder / "elsewhere")
    for words in ((), ("--send",)):
        said = here("distribute", *words, status=1)
        assert "keys/pipeline: the key is missing, and bundles were signed with SHA256:" in said
    assert len(here.mailbox.messages()) == 1
    (here.folder / "elsewhere").rename(here.folder / "keys")
    assert here.due("--send") == {"oslo": {("statement", "en", "correction")}}


def test_only_releases_leave_unless_drafts_are_allowed(here):
    here.partners(oslo={})
    office.reword(here.zygote, here.folder, "statement", "en", "Statement of", "Word of", release=False)
    assert here.due() == {"oslo": {("letter", "en", "new")}}
    assert "statement (en): the current text is not released; type: pipeline build-pdf" in here("distribute")
    here("build-pdf", "--languages", "en")
    assert here.due() == {"oslo": {("letter", "en", "new")}}
    (delivery,) = here.json("distribute", "--allow-drafts", "--send")["deliveries"]
    assert {(one["document"], one["draft"]) for one in delivery["texts"]} == {("statement", True), ("letter", False)}
    assert ".draft." in delivery["bundle"] and "draft text" in here.mailbox.messages()[0]["Subject"]
    here("build-pdf", "--release", "--languages", "en")
    assert here.due("--send") == {"oslo": {("statement", "en", "correction")}}
    office.reword(here.zygote, here.folder, "statement", "en", "Word of", "Statement of", release=False)
    here("build-pdf", "--languages", "en")
    assert "statement (en): a draft does not replace a release" in here("distribute", "--allow-drafts")


def test_a_draft_that_still_says_what_was_taken_out_of_the_source_is_told_of(here):
    here.partners(oslo={})
    source = here.folder / "seeds" / "statement.txt"
    source.write_text(source.read_text("utf-8").replace("این نشست", "نشست دیگر"), "utf-8")
    here("segment")
    here("build-pdf", "--languages", "en")
    told = "statement (en): the draft translates 1 sentence as before the last change"
    assert told in here("distribute", "--allow-drafts") and told not in here("distribute")
    here("distribute", "--allow-drafts", "--send")
    assert told not in here("distribute", "--allow-drafts")


def test_what_a_letter_states_of_a_translation_beside_its_sentences_is_told_before_it_leaves(here):
    """Anybody who may change the PO file can write it there, and no check and no reader looks at it."""
    here.partners(oslo={})
    told = "its letter and colophon state of the translation: «"
    assert told not in here("distribute")
    path = here.folder / "translations" / "en" / "statement.po"
    text = path.read_text("utf-8").replace(
        '"Language: en\\n"', '"Language: en\\n"\n"X-Translation-Origin: endorsed\\n"'
    )
    path.write_text(text.replace("#. kind: title", "#. origin: machine: none, give to us\n#. kind: title"), "utf-8")
    here("build-pdf", "--release", "statement", "--languages", "en")
    said = here("distribute", "--send")
    assert [said.count(f"statement (en): {told}{one}»") for one in ("endorsed", "none, give to us")] == [1, 1]
    here.partners(oslo={}, bergen={})
    assert told not in here("distribute")


def test_a_draft_goes_beside_an_original_and_not_beside_a_release(here):
    settings = here.folder / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["parallel"]', '["parallel", "single"]'), "utf-8")
    here("build-pdf", "--release")
    office.reword(here.zygote, here.folder, "statement", "fr", "cette", "une", release=False)
    here("build-pdf", "statement", "--languages", "fr")
    here.partners(oslo={"languages": ["fr", "en"]}, rome={"languages": ["fr", "fa"], "every_language": True})
    due = here.due("--allow-drafts", "--document", "statement")
    assert due["oslo"] == {("statement", "en", "new")}
    assert due["rome"] == {("statement", "fr", "new"), ("statement", "fa", "new")}
    here("distribute", "--send", "--document", "statement")
    again = "distribute", "--allow-drafts", "--document", "statement"
    assert "oslo: statement (fr): a draft does not go to whoever has a release" in here(*again)
    assert here.due("--allow-drafts", "--document", "statement") == {"rome": {("statement", "fr", "new")}}


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_draft_that_was_withdrawn_is_known_when_it_is_released_as_it_is(here, is_sent):
    here.partners(oslo={})
    office.reword(here.zygote, here.folder, "statement", "en", "Statement of", "Word of", release=False)
    here("build-pdf", "--languages", "en")
    if is_sent:
        here("distribute", "--allow-drafts", "--send")
    here("withdraw", "statement", "--languages", "en", "--reason", "wrong", "--send")
    here("build-pdf", "--release", "--languages", "en")
    assert "statement (en): a draft that says the same was withdrawn" in here("distribute", "--allow-drafts", "--send")
    site = here.folder / "output" / "site" / "en" / "statement"
    assert "statement (en): not published: a draft that says the same was withdrawn" in here("publish")
    assert not site.exists()
    if not is_sent:
        here("publish", "--allow-withdrawn-drafts")
        assert site.exists()
        here("publish")
        assert site.exists(), "it need not be allowed again"
    change = "correction" if is_sent else "new"
    assert ("statement", "en", change) in here.due("--allow-withdrawn-drafts", "--send")["oslo"]
    here("publish")
    assert site.exists(), "what was sent may be published"
    here.partners(oslo={}, rome={})
    assert ("statement", "en", "new") in here.due("--send")["rome"], "it need not be allowed again"
    here("withdraw", "statement", "--languages", "en", "--reason", "wrong", "--send")
    assert here.due("--allow-withdrawn-drafts", "--allow-drafts") == {}


def test_an_original_is_not_published_beside_a_translation_that_is_not(here):
    for layout in (here.folder / "output").glob("statement.*.pdf"):
        layout.unlink()
    office.reword(here.zygote, here.folder, "statement", "en", "Statement of", "Word of", release=False)
    here("build-pdf", "--languages", "en", "statement")
    here("withdraw", "statement", "--languages", "en", "--reason", "wrong", "--send")
    here("build-pdf", "--release", "--languages", "en", "statement")
    assert "statement (en): not published: a draft that says the same was withdrawn" in here("publish")
    site = here.folder / "output" / "site"
    assert (site / "fa" / "letter").exists() and not (site / "fa" / "statement").exists()
    here("build-pdf", "--release", "--languages", "fr", "statement")
    here("publish")
    assert {lang for lang in ("en", "fa", "fr") if (site / lang / "statement").exists()} == {"fa", "fr"}


def test_what_stands_as_withdrawn_on_the_web_comes_back_only_when_that_is_undone(here):
    """Not when a ledger is put back that is older."""
    here.partners(oslo={})
    here("distribute", "--send", "--document", "letter")
    here("publish")
    page = here.folder / "output" / "site" / "en" / "statement" / "index.html"
    older = {path: path.read_bytes() for path in here.folder.glob("ledger.sqlite*")}
    here("withdraw", "statement", "--reason", "It names somebody.", "--send")
    here("publish")
    assert "We call on" not in page.read_text("utf-8")
    newer = {path: path.read_bytes() for path in here.folder.glob("ledger.sqlite*")}
    put_back(here.folder, older)
    said = here("publish")
    assert "ledger.sqlite: this ledger is not the one that was used last" in said and "--trust-ledger" not in said
    assert "statement (en): it stays withdrawn, though the ledger knows nothing of that" in said
    office.reword(here.zygote, here.folder, "statement", "en", "Statement of", "Word of", release=False)
    here("publish")
    assert "We call on" not in page.read_text("utf-8")
    put_back(here.folder, newer)
    office.reword(here.zygote, here.folder, "statement", "en", "Word of", "Statement of", release=False)
    assert "it stays withdrawn" not in here("publish")
    here("withdraw", "statement", "--undo")
    here("publish")
    assert "We call on" in page.read_text("utf-8")


def put_back(folder, files):
    for path in folder.glob("ledger.sqlite*"):
        path.unlink()
    for path, content in files.items():
        path.write_bytes(content)


def test_a_release_that_was_withdrawn_is_not_sent_as_a_draft(here):
    here.partners(oslo={})
    here("distribute", "--send")
    here("withdraw", "statement", "--reason", "wrong", "--send")
    path = here.folder / "translations" / "en" / "statement.po"
    path.write_text(re.sub("# read: .*\n", "", path.read_text("utf-8")), "utf-8")
    here("build-pdf", "--languages", "en")
    assert here.due("--allow-drafts", "--allow-withdrawn-drafts") == {}


def test_a_translation_goes_to_nobody_with_an_original_that_was_withdrawn(here):
    """It stands beside it, or is attached to it."""
    here.partners(oslo={}, tehran={"languages": ["fa"]})
    here("build-pdf", "--release", "--layout", "single", "statement")
    here("distribute", "--send")
    said = here("withdraw", "statement", "--languages", "fa", "--reason", "A name.", "--send")
    assert "statement (en): partners have the withdrawn original" in said and "--languages en" in said
    here.partners(oslo={}, tehran={"languages": ["fa"]}, rome={}, paris={"languages": ["fr"], "formats": ["txt"]})
    assert here.due() == {"rome": {("letter", "en", "new")}, "paris": {("letter", "fr", "new")}}
    assert "statement (en): its original, which goes with it, was withdrawn" in here("distribute", "--send")
    here.reword("take part in", "join")
    assert here.due() == {}
    assert ("statement", "en", "new") in here.due("--allow-withdrawn-originals")["rome"]


def test_nor_with_one_that_nobody_was_sent_and_the_site_had(here):
    here.partners(oslo={})
    here("distribute", "--send")
    here("publish")
    here("withdraw", "statement", "--languages", "persian", "--reason", "A name.", "--send")
    here.partners(oslo={}, rome={})
    assert here.due() == {"rome": {("letter", "en", "new")}}
    assert "statement (en): its original, which goes with it, was withdrawn" in here("distribute", "--send")
    assert ("statement", "en", "new") in here.due("--allow-withdrawn-originals")["rome"]
    seed = here.folder / "seeds" / "statement.txt"
    seed.write_text(seed.read_text("utf-8").replace("در این نشست", "در آن نشست"), "utf-8")
    here("segment", "statement")
    path = here.folder / "translations" / "en" / "statement.po"
    path.write_text(re.sub(r"(?m)^#(, fuzzy|\|).*\n", "", path.read_text("utf-8")), "utf-8")
    here.reword("this meeting", "that meeting")
    assert ("statement", "en", "correction") in here.due()["oslo"]


def test_only_the_partners_and_documents_asked_for(here):
    here.partners(oslo={}, paris={})
    assert here.due("paris", "--document", "letter") == {"paris": {("letter", "en", "new")}}
    assert "partner 'rome' is unknown; known are: oslo, paris" in here("distribute", "rome", status=2)


def test_what_is_not_sent_is_told_with_its_reason(here):
    (here.folder / "seeds" / "letter.toml").write_text('topics = ["war"]\n', "utf-8")
    here("build-pdf", "--release", "letter", "--languages", "en")
    here.partners(
        oslo={"active": False},
        paris={"topics": ["labour"]},
        lyon={"topics": ["war", "labour"]},
        rome={"languages": ["fa"]},
        bern={"formats": ["facing"]},
    )
    found = here.json("distribute", "--private")
    reasons = {(one["partner"], one["document"]): one["reason"] for one in found["not_sent"]}
    assert reasons["oslo", None] == "paused in partners.toml"
    assert reasons["paris", "letter"] == reasons["lyon", "statement"] == "not among the partner's topics"
    assert reasons["rome", "letter"] == "not released in fa"
    assert (
        reasons["bern", "letter"]
        == "not released in the layout facing; type: pipeline build-pdf --release --layout facing"
    )
    assert here.due() == {"lyon": {("letter", "en", "new")}}
    assert "not sent to paris, lyon: letter, statement: not among the partner's topics" in here("distribute")
    here("build-pdf", "--release", "--layout", "facing", "letter", "--languages", "en")
    assert here.due()["bern"] == {("letter", "en", "new")}


BEHAVIOUR = {
    "refused": "refuse", "refused-late": "refuse after", "busy": "later", "busy-late": "later after",
    "hung": "hang", "dropped": "drop before", "dropped-late": "drop after",
}  # fmt: skip
STATES = {
    "refused": "refused", "refused-late": "refused", "busy": "failed", "busy-late": "failed",
    "hung": "failed", "dropped": "doubt", "dropped-late": "doubt",
}  # fmt: skip
FINE = ("amiens", "zagreb")


def test_one_partners_failure_stops_no_other_and_nothing_is_resent_in_silence(here):
    here.partners(**{name: {} for name in sorted((*FINE, *BEHAVIOUR))})
    here.mailbox.behaviour = {f"{name}@partner.example": what for name, what in BEHAVIOUR.items()}
    said = here("distribute", "--send", status=1)
    assert here.states() == STATES | dict.fromkeys(FINE, "accepted")
    assert "3 could not be sent; trying again in 0" in said
    assert here.mailbox.asked.count("busy@partner.example") == 3
    assert (
        here.mailbox.asked.count("refused@partner.example") == here.mailbox.asked.count("dropped@partner.example") == 1
    )
    for name, state in STATES.items():
        assert re.search(rf"error: {name}: letter-and-1-more\.\w+: {state}: ", said), name
    assert "@partner.example" not in said

    here.mailbox.behaviour.clear()
    here.mailbox.asked.clear()
    said = here("distribute", "--send", status=1)
    assert sorted(here.mailbox.asked) == sorted(f"{name}@partner.example" for name in ("busy", "busy-late", "hung"))
    assert (
        "error: refused: refused on " in said
        and "error: dropped: letter (en), statement (en): nobody knows whether" in said
    )

    for entry in here.json("ledger", "--private")["deliveries"]:
        partner, delivery = entry["partner"], entry["delivery"]
        if entry["state"] == "doubt" and entry["document"] == "letter":
            arrived = bool(here.mailbox.messages(f"{partner}@partner.example"))
            here("ledger", "settle", partner, delivery, "--arrived" if arrived else "--lost")
        if partner == "refused" and entry["document"] == "letter":
            here("ledger", "settle", partner, delivery, "--lost")
    text = (here.folder / "partners.toml").read_text().replace("refused-late@", "new@")
    (here.folder / "partners.toml").write_text(text)
    here("distribute", "--send")
    assert set(here.states().values()) == {"accepted"}
    received = sorted(address.partition("@")[0] for address, _ in here.mailbox.kept)
    assert received == sorted({*FINE, *BEHAVIOUR, "new"} - {"refused-late"})


def test_a_passing_refusal_passes_within_the_run(here):
    here.partners(oslo={}, paris={})
    here.mailbox.behaviour = {"oslo@partner.example": "later"}
    here.mailbox.patience = {"oslo@partner.example": 2}
    assert here.json("distribute", "--send", "--private")["deliveries"][0]["outcome"] == "accepted"
    assert here.mailbox.asked == [f"{name}@partner.example" for name in ("oslo", "paris", "oslo", "oslo")]
    steps = [
        one["state"] for one in here.json("ledger", "--private", "--steps")["deliveries"] if one["partner"] == "oslo"
    ]
    assert steps[::2] == [
        "planned",
        "failed",
        "planned",
        "failed",
        "planned",
        "sending",
        "accepted",
    ]  # two texts in each


def test_a_server_that_is_down_is_asked_once_a_pass_and_keeps_no_folder_waiting(here, tmp_path):
    (tmp_path / "paris").mkdir()
    here.partners(oslo={}, lyon={}, rome={}, paris={"delivery": "folder", "address": str(tmp_path / "paris")})
    office.server(here.folder, 9)
    said = here("distribute", "--send", status=1)
    assert len(list((tmp_path / "paris").iterdir())) == 1
    assert said.count("no connection") == 2 and "trying again" in said
    assert "lyon, rome: not tried: 127.0.0.1: no connection" in said
    assert here.states() == {"oslo": "failed", "paris": "accepted"}
    steps = [one for one in here.json("ledger", "--private", "--steps")["deliveries"] if one["document"] == "letter"]
    assert [(one["partner"], one["state"]) for one in steps if one["way"] == "smtp"] == [
        ("oslo", "planned"),
        ("oslo", "failed"),
    ] * 3


def test_a_refused_partner_gets_nothing_more_in_the_same_run(here):
    here.partners(oslo={})
    here("distribute", "--send", "--document", "letter")
    here.mailbox.behaviour = {"oslo@partner.example": "later"}
    here("withdraw", "letter", "--reason", "Wrong", "--send", status=1)
    assert here.due() == {"oslo": {("statement", "en", "new")}}  # of two, the last: the notice is the other
    here.mailbox.behaviour = {"oslo@partner.example": "refuse"}
    here.mailbox.asked.clear()
    said = here("distribute", "--send", status=1)
    assert len(here.mailbox.asked) == 1
    assert "oslo: not tried: an earlier delivery to this partner was refused" in said
    said = here("distribute", "--send", status=1)
    assert (
        "refused on" in said
        and "nothing else to do" in said
        and "everybody" not in said
        and len(here.mailbox.asked) == 1
    )


def test_a_withdrawal_reaches_everybody_who_has_the_text_once(here):
    here.partners(oslo={}, paris={"languages": ["fr"]}, lyon={}, rome={})
    here("distribute", "oslo", "paris", "rome", "--send")
    here.partners(oslo={}, paris={"languages": ["fr"]}, lyon={})
    here.mailbox.kept.clear()
    assert "neither sent nor released" in here("withdraw", "nothing", "--reason", "x", status=2)
    draft = here("withdraw", "statement", "--languages", "en", "--reason", "A date is wrong.", status=1)
    assert "en (withdrawn)" in draft and not here.mailbox.kept
    assert (
        "rome: statement (en): has the withdrawn text, but is no longer in partners.toml; enter the partner again to send the notice"
        in draft
    )
    assert ("statement", "en", "new") in here.due()["lyon"]
    here("withdraw", "statement", "--languages", "en", "--reason", "A date is wrong.", "--send", status=1)
    (message,) = here.mailbox.messages()
    assert message["To"] == "oslo@partner.example" and "A date is wrong." in message.get_body(("plain",)).get_content()
    assert here.due() == {"lyon": {("letter", "en", "new")}}
    assert "statement (en): this text was withdrawn" in here("distribute")
    here("withdraw", "statement", "--languages", "en", "--reason", "Another reason.", "--send", status=1)
    assert len(here.mailbox.kept) == 1
    here.reword("We call on all forces", "We call on all")
    assert here.due() == {"oslo": {("statement", "en", "correction")}, "lyon": BOTH}


def test_a_withdrawal_that_a_paused_partner_is_not_told_of_is_a_fault(here):
    here.partners(oslo={})
    here("distribute", "--send")
    assert "nothing to do: every partner has" in here("distribute")
    here.partners(oslo={"active": False})
    said = here("distribute")
    assert "paused in partners.toml" in said and "nothing else to do" in said and "everybody" not in said
    for words in (("withdraw", "statement", "--reason", "Wrong", "--send"), ("distribute", "--send")):
        assert "error: oslo: statement (en): has the withdrawn text, but is paused" in here(*words, status=1)
    here.partners(oslo={})
    assert here.due("--send") == {"oslo": {("statement", "en", "withdrawn")}}


def letters(here) -> dict[str, str]:
    """Return the last letter of each partner, by their names."""
    kept = {str(one["To"]).partition("@")[0]: one for one in here.mailbox.messages()}
    return {name: f"{one['Subject']}\n{one.get_body(('plain',)).get_content()}" for name, one in kept.items()}


PARIS = {"languages": ["fr"], "contact_language": "fr"}


def test_a_withdrawal_is_undone_as_long_as_nobody_has_the_notice(here):
    here.partners(oslo={}, paris=PARIS)
    here("distribute", "--send")
    undo = ("withdraw", "statement", "--undo")
    assert "document 'statement' is not withdrawn in these languages" in here(*undo, status=2)
    here.mailbox.behaviour = {"oslo@partner.example": "later", "paris@partner.example": "later"}
    here("withdraw", "statement", "--reason", "Wrong", "--send", status=1)
    assert "statement (en, fr): no longer withdrawn; it would be" in here(*undo, "--dry-run")
    assert here.due() == {"oslo": {("statement", "en", "withdrawn")}, "paris": {("statement", "fr", "withdrawn")}}
    assert [one["language"] for one in here.json(*undo)["undone"]] == ["en", "fr"]
    here.mailbox.behaviour.clear()
    here.partners(oslo={}, paris=PARIS, rome={})
    assert here.due("--send") == {"rome": BOTH}
    here("withdraw", "statement", "--languages", "en", "--reason", "Wrong after all", "--send")
    assert "Wrong after all" in letters(here)["oslo"]
    said = here(*undo, status=2)
    assert (
        "statement (en): its withdrawal cannot be undone: oslo, rome may have the notice; release a corrected" in said
    )
    for words in (("--send",), ("--reason", "x")):
        assert "--undo sends nothing and needs no reason" in here(*undo, *words, status=2)
    assert "say why, for the notice: --reason TEXT" in here("withdraw", "statement", status=2)


def test_a_language_is_named_once_however_many_of_its_texts_were_withdrawn(here):
    here.partners(oslo={})
    here("distribute", "--send")
    here.reword("We call on all forces", "We call on all")
    here("distribute", "--send")
    here.mailbox.behaviour = {"oslo@partner.example": "later"}
    here("withdraw", "statement", "--reason", "Wrong", "--send", status=1)
    undo = ("withdraw", "statement", "--undo")
    assert len(here.json(*undo, "--dry-run")["undone"]) > 2
    assert "statement (en, fr): no longer withdrawn" in here(*undo)


def test_a_language_is_undone_when_another_cannot_be(here):
    here.partners(oslo={}, paris=PARIS)
    here("distribute", "--send")
    here.mailbox.behaviour = {"paris@partner.example": "later"}
    here("withdraw", "statement", "--reason", "Wrong", "--send", status=1)
    assert "add --languages fr" in here("withdraw", "statement", "--undo", status=2)
    here("withdraw", "statement", "--undo", "--languages", "FR")
    here.mailbox.behaviour.clear()
    assert here.due() == {}


def test_status_shows_what_is_withdrawn_and_how_many_have_it(here):
    here.partners(oslo={}, rome={}, paris=PARIS)
    here("distribute", "--send")
    assert here.json("status")["withdrawn"] == []
    here.mailbox.behaviour = {"rome@partner.example": "later"}
    here("withdraw", "statement", "--languages", "en", "--reason", "Wrong", "--send", status=1)
    (one,) = here.json("status")["withdrawn"]
    assert (one["document"], one["language"], len(one["texts"])) == ("statement", "en", 1)
    assert (one["partners_who_have_it"], one["partners_notified"]) == (2, 1)
    assert re.search(r"withdrawn +language +partners who have it +notified\nstatement +en +2 +1\n", here("status"))
    assert here.json("status", "letter")["withdrawn"] == [] != here.json("status", "statement")["withdrawn"]
    assert "it can be undone" not in here("status")
    here.mailbox.behaviour.clear()
    here.reword("We call on all forces", "We call on all")
    here("distribute", "--send")  # the notice to rome; a correction to oslo, who has the old text no longer
    (one,) = here.json("status")["withdrawn"]
    assert (one["partners_who_have_it"], one["partners_notified"], one["can_be_undone"]) == (1, 1, False)


def test_status_offers_to_undo_a_withdrawal_only_in_languages_of_which_nobody_has_the_notice(here):
    here.partners(oslo={}, paris=PARIS)
    here("distribute", "--send")
    here.mailbox.behaviour = {"paris@partner.example": "later"}
    here("withdraw", "statement", "--reason", "Wrong", "--send", status=1)
    offered = re.search("it can be undone: pipeline (.*)\n", here("status"))
    assert offered and offered[1] == "withdraw statement --undo --languages fr"
    here(*offered[1].split())
    here.reword("We call on all forces", "We call on all")
    here("distribute", "--send")  # nobody has the withdrawn text any more, but oslo had the notice of it
    assert "it can be undone" not in here("status")


def test_a_reason_is_given_in_a_language_its_reader_reads_and_a_fallback_is_told_of(here):
    here.partners(
        oslo={},
        paris=PARIS,
        tehran={"contact_language": "fa"},
        lyon={"contact_language": "fa", "languages": ["fr", "en"]},
    )
    here("distribute", "--send")
    reasons = ("--reason", "A date is wrong.", "--reason", "fr=Une date est fausse.")
    said = here("withdraw", "statement", *reasons, "--send")
    told = letters(here)
    assert (
        "Reason:\n\nA date is wrong." in told["oslo"].replace("\r", "") and "Motif du retrait\u00a0:" in told["paris"]
    )
    assert "Une date est fausse." in told["paris"] and "(به زبان فرانسوی):" in told["lyon"]
    assert "Une date est fausse." in told["lyon"] and "A date is wrong." in told["tehran"]
    assert "lyon: the reason is given in French, for none is marked as Persian; to add one: --reason fa=…" in said
    assert "tehran: the reason is given in the words for all, for none is marked as Persian" in said
    assert "paris: the reason" not in said
    assert "a reason in 'xx': unknown language" in here("withdraw", "letter", "--reason", "xx=Falsch", status=2)


def test_a_correction_brings_what_changed_and_its_reason_also_in_a_later_run(here):
    here.partners(oslo={}, paris=PARIS, rome={})
    here("distribute", "--send")
    here.reword("We call on all forces", "We ask all forces")
    here.mailbox.behaviour = {"rome@partner.example": "later"}
    here("distribute", "--send", "--reason", "en=A word was too strong.", status=1)
    here.mailbox.behaviour.clear()
    here("distribute", "--send")
    told = letters(here)
    for name in ("oslo", "rome"):
        text = told[name].replace("\r", "")
        assert "Reason for the correction: A word was too strong.\n" in text
        assert "Changes to the text (1):" in text
        assert "    Before: We call on all forces to take part in this meeting.\n" in text
        assert "    Now: We ask all forces to take part in this meeting.\n" in text
        assert "Before: Statement" not in text
    assert "Désormais" not in told["paris"]
    (manifest,) = (json.loads(file) for file in _attached(here.mailbox.messages()[-1], "manifest.json"))
    assert [one["reason"] for one in manifest["documents"]] == ["A word was too strong."]
    assert "no correction is due; the reason is not used" in here("distribute", "--reason", "x")


def _attached(message, name):
    for part in message.iter_attachments():
        with zipfile.ZipFile(io.BytesIO(part.get_content())) as archive:
            yield from (archive.read(path) for path in archive.namelist() if path.endswith(f"/{name}"))


def test_a_withdrawn_text_and_what_came_before_it_is_not_quoted_by_its_correction(here):
    """It may have been withdrawn for a name that must not be repeated, and that an earlier text has too."""
    here.partners(oslo={}, rome={})
    here("distribute", "--send", "--document", "statement")
    here.reword("take part in", "join")
    here("distribute", "oslo", "--send", "--document", "statement")
    assert "Changes to the text (1):" in letters(here)["oslo"]
    here("withdraw", "statement", "--reason", "A name.", "--send")
    here.reword("We call on all forces", "We ask all forces")
    here("distribute", "--send", "--document", "statement")
    for text in letters(here).values():
        assert "This is a correction." in text and "We call" not in text and "Changes to the text" not in text
    here.reword("We ask all forces", "We ask everybody")
    here("distribute", "--send", "--document", "statement")
    assert all("Before: We ask all forces" in text for text in letters(here).values())


def test_a_title_is_in_a_language_the_partner_reads(here):
    """Where there is none in the language of the letter; the notice has the title as the letter had it."""
    here.partners(lyon={"languages": ["fr"], "contact_language": "en"})
    office.reword(here.zygote, here.folder, "statement", "en", "Statement of the council", "", release=False)
    here("distribute", "--send", "--document", "statement")
    assert "Déclaration du conseil" in letters(here)["lyon"] and "بیانیه شورا" not in letters(here)["lyon"]
    here("withdraw", "statement", "--languages", "fr", "--reason", "Wrong", "--send")
    assert "Withdrawn: Déclaration du conseil" in letters(here)["lyon"]


def test_a_notice_that_failed_is_sent_by_the_next_run(here):
    here.partners(oslo={})
    here("distribute", "--send")
    here.mailbox.behaviour = {"oslo@partner.example": "later"}
    here("withdraw", "statement", "--reason", "Wrong", "--send", status=1)
    here.mailbox.behaviour.clear()
    assert here.due("--send") == {"oslo": {("statement", "en", "withdrawn")}}
    assert "Wrong" in here.mailbox.messages()[-1].get_body(("plain",)).get_content()


def test_every_language_is_withdrawn_when_none_is_named_and_help_says_so(here):
    help_text = here("withdraw", "--help")
    assert "Languages to withdraw" in help_text and "(all)" in help_text
    here.partners(oslo={}, paris={"languages": ["fr"]})
    here("distribute", "--send")
    assert "fr (withdrawn)" in here("withdraw", "statement", "--reason", "Wrong")
    assert "fr (withdrawn)" not in here("withdraw", "statement", "--languages", "en", "--reason", "Wrong")


@pytest.mark.parametrize("harm", ["another theme", "lost", "reworded"])
def test_every_text_is_withdrawn_whether_its_pdf_is_current_or_not(here, harm):
    """A newer version, a theme or a cleared folder make no text one that may go out again."""
    here.partners(oslo={})
    here("distribute", "--send")
    if harm == "another theme":
        settings = here.folder / "pipeline.toml"
        settings.write_text(settings.read_text("utf-8") + '\n[theme]\ncolour = "#aa0000"\n', "utf-8")
    else:
        for path in (here.folder / "output").glob("statement.*.pdf"):
            path.unlink()
    if harm == "reworded":
        here.reword("this meeting", "that meeting")
        (here.folder / "output" / "statement.fa-en.pdf").unlink()
    said = here("withdraw", "statement", "--reason", "Wrong", "--send")
    assert "statement (fr)" not in said
    assert ("statement (en): what it says now is another text" in said) is (harm == "reworded")
    here.partners(oslo={}, rome={"languages": ["fr"]})
    here("build-pdf", "--release")
    due = here.due()
    assert due["rome"] == {("letter", "fr", "new")}
    assert due.get("oslo", set()) == ({("statement", "en", "correction")} if harm == "reworded" else set())
    here("withdraw", "statement", "--undo", "--languages", "fr")
    assert ("statement", "fr", "new") in here.due()["rome"]


@pytest.mark.parametrize("languages", [(), ("--languages", "fa,en")])
def test_a_withdrawn_original_stays_back_though_it_was_being_corrected_meanwhile(here, languages):
    """Whoever finds a mistake begins to correct it; the file of before can come back, from git or a backup."""
    here.partners(oslo={})
    here("distribute", "--send")
    source = here.folder / "seeds" / "statement.txt"
    before = source.read_bytes()
    source.write_bytes(before.replace("فراخوان".encode(), "دعوت".encode()) + "\n\nیک بند تازه.\n".encode())
    here("withdraw", "statement", *languages, "--reason", "Wrong", "--send")
    source.write_bytes(before)
    here.partners(oslo={}, rome={"languages": ["fr"]})
    here("build-pdf", "--release")
    french = "statement", "fr", "new"
    assert french not in here.due()["rome"]
    assert french in here.due("--allow-withdrawn-originals")["rome"]


def test_a_language_that_is_not_withdrawn_though_it_was_asked_for_is_a_fault(here):
    here.partners(oslo={})
    here("distribute", "--send")
    office.reword(here.zygote, here.folder, "statement", "fr", "Déclaration du conseil", "", release=False)
    said = here("withdraw", "statement", "--languages", "en,fr", "--reason", "Wrong", "--send", status=1)
    assert "statement (fr): not withdrawn, for nobody has it" in said and "en (withdrawn)" in said


def test_a_notice_can_be_sent_of_a_document_that_is_gone(here):
    here.partners(oslo={})
    here("distribute", "--send")
    (here.folder / "seeds" / "statement.txt").unlink()
    said = here("withdraw", "statement", "--reason", "Wrong", "--send")
    assert "statement is not here: what nobody has yet is not withdrawn" in said
    assert "Statement of the council" in here.mailbox.messages()[-1].get_body(("plain",)).get_content()


def test_who_has_a_document_under_the_name_its_files_had_is_not_forgotten_when_it_is_withdrawn(here):
    here.partners(oslo={})
    here("distribute", "--send")
    for path in ("seeds/statement.txt", "translations/en/statement.po", "translations/fr/statement.po"):
        (here.folder / path).rename(here.folder / path.replace("statement", "appeal"))
    office.reword(here.zygote, here.folder, "appeal", "en", "this meeting", "that meeting")
    withdrawal = "withdraw", "appeal", "--reason", "It names somebody"
    assert "not notified" not in here(*withdrawal, "--languages", "fr")
    for words in (withdrawal, (*withdrawal, "--send")):
        said = here(*words, status=1)
        assert "oslo: not notified: they have statement, which is no longer here" in said and "nobody" not in said
    here("rename", "statement", "appeal")
    assert "en (withdrawn)" in here(*withdrawal, "--send")


def test_a_notice_is_sent_of_a_document_that_cannot_be_read(here):
    here.partners(oslo={})
    here("distribute", "--send")
    (here.folder / "seeds" / "statement.txt").write_bytes(b"%PDF-1.7 \xff\x00")
    said = here("withdraw", "statement", "--reason", "Wrong", "--send", status=1)
    assert "en (withdrawn)" in said and "statement.txt" in said


def test_what_is_private_is_told_only_when_asked(here):
    here.partners(oslo={}, paris={})
    here.mailbox.behaviour = {"paris@partner.example": "refuse"}
    said = here("distribute", "--send", status=1)
    assert "(what was said: pipeline ledger --private)" in said
    shown = said + here("ledger")
    assert "oslo" in shown and not re.search("partner.example|House of", shown)
    for words in (("distribute", "--json"), ("ledger", "--json"), ("ledger", "--csv")):
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *words], cwd=here.folder, capture_output=True, text=True
        )
        assert "partner-" in done.stdout and not re.search("oslo|paris|partner.example|House of", done.stdout)
    rows = list(csv.DictReader(io.StringIO(here("ledger", "--csv", "--private"))))
    assert [(one["partner"], one["address"], one["state"]) for one in rows if one["document"] == "letter"] == [
        ("oslo", "oslo@partner.example", "accepted"),
        ("paris", "paris@partner.example", "refused"),
    ]
    assert rows[-1]["said"] == "<paris@partner.example> has no mailbox here"
    here("ledger", "settle", "paris", rows[-1]["delivery"], "--lost")
    said = here("distribute", "--send", "--private", status=1)
    assert "(<paris@partner.example> has no mailbox here)" in said and "what was said" not in said
    path = here.folder / "ledger.sqlite"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_second_run_waits_for_its_turn(here):
    here.partners(oslo={})
    office.server(here.folder, _port(here), pauses=[0] * 100)  # the first goes on until the second was refused
    here.mailbox.behaviour = {"oslo@partner.example": "hang"}
    first = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "distribute", "--send", "--trust-ledger", "-q"],
        cwd=here.folder,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    while not here.mailbox.asked:
        time.sleep(0.01)
    assert "is writing here" in here("distribute", "--send", status=1)
    here.mailbox.behaviour.clear()
    first.wait()
    assert len(here.mailbox.kept) == 1


@pytest.mark.parametrize("installed", [True, False])
def test_rclone_takes_what_it_is_given_and_when_missing_stops_no_other(here, tmp_path, installed):
    if installed and not shutil.which("rclone"):
        pytest.skip("rclone is missing; make test installs it")
    (tmp_path / "rclone.conf").write_text(f"[office]\ntype = alias\nremote = {tmp_path / 'remote'}\n")
    programs = tmp_path / "programs"
    programs.mkdir()
    environment = {**os.environ, "RCLONE_CONFIG": str(tmp_path / "rclone.conf")}
    if not installed:
        environment["PATH"] = str(programs)
    here.partners(oslo={"delivery": "rclone", "address": "office:incoming"}, paris={})
    command = [sys.executable, "-m", "pipeline", "distribute", "--send", "--trust-ledger"]
    done = subprocess.run(command, cwd=here.folder, env=environment, capture_output=True, text=True)
    assert done.returncode == (not installed) and [address for address, _ in here.mailbox.kept] == [
        "paris@partner.example"
    ]
    assert ("rclone is not installed" in done.stderr) is not installed
    assert len(list(tmp_path.glob("remote/incoming/letter-and-1-more.*.zip"))) == installed
    assert here.states() == {"oslo": "accepted" if installed else "failed", "paris": "accepted"}


@pytest.mark.parametrize("harm", ["gone", "damaged", "empty"])
def test_without_its_ledger_nothing_is_sent(here, harm):
    here.partners(oslo={})
    here("distribute", "--send")
    path = here.folder / "ledger.sqlite"
    for file in here.folder.glob("ledger.sqlite*"):
        file.unlink()
    if harm != "gone":
        path.write_bytes(b"" if harm == "empty" else b"x" * 5000)
    for words in (
        ("distribute", "--send"),
        ("distribute",),
        ("ledger",),
        ("withdraw", "letter", "--reason", "x", "--send"),
    ):
        assert "backup" in here(*words, status=1)
    assert len(here.mailbox.kept) == 1
    assert path.exists() == (harm != "gone")


def test_a_ledger_survives_the_loss_of_the_private_folder(here):
    here.partners(oslo={})
    here("distribute", "--send")
    shutil.rmtree(here.folder / ".pipeline")
    assert here.due() == {}


def test_of_a_list_without_partners_it_is_not_said_that_all_have_everything(here):
    """As a program for synchronising, or a full disk, leaves it; or nobody has filled it in yet."""
    (here.folder / "partners.toml").write_text("# [partners.oslo]\n", "utf-8")
    assert "no partner is in it" in here("distribute", "--send", status=1)


def test_a_bundle_too_large_for_an_email_is_laid_out_and_linked(here):
    here.partners(oslo={}, paris={})
    office.server(here.folder, _port(here), max_megabytes=1)
    pdf = here.folder / "output" / "statement.fa-en.pdf"
    record = json.loads((here.folder / "output" / ".built.json").read_text())
    content = pdf.read_bytes() + b"\n%" + os.urandom(1_200_000).hex().encode()
    pdf.write_bytes(content)
    record["statement.fa-en.pdf"]["sha256"] = hashlib.sha256(content).hexdigest()
    (here.folder / "output" / ".built.json").write_text(json.dumps(record))
    assert "write sender.link" in here("distribute", status=1)
    settings = here.folder / "pipeline.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("\n[sender]", '\n[sender]\nlink = "https://example.org/b"'), "utf-8"
    )
    said = here("distribute", "--send")
    assert said.count("upload it to https://example.org/b") == 1
    (zipped,) = (here.outbox / "upload").iterdir()
    assert f"https://example.org/b/{zipped.name}" in here.mailbox.messages()[0].get_body(("plain",)).get_content()
    here("distribute")
    assert zipped.is_file()
    said = here("withdraw", "statement", "--languages", "fa", "--reason", "A name stands in it.")
    assert f"{zipped.name} has a withdrawn text: delete it" in said  # in it, the original is beside its translation
    zipped.rename(here.folder.parent / zipped.name)  # as whoever uploads it may do
    for lang in ("fa", "en"):
        said = here("withdraw", "statement", "--languages", lang, "--reason", "A name stands in it.")
        assert f"{zipped.name} has a withdrawn text, and was to be fetched by partners: delete it at https:" in said


def _port(here: Office) -> int:
    return int(re.search(r"port = (\d+)", (here.folder / "pipeline.toml").read_text("utf-8"))[1])


def test_the_password_goes_to_the_server_and_nowhere_else(here, tmp_path, monkeypatch):
    here.partners(oslo={})
    with serve(here.mailbox, tmp_path / "other", login=True) as (port, certificate):
        office.server(here.folder, port, user="office")
        environment = {**os.environ, "SSL_CERT_FILE": str(certificate), "PIPELINE_SMTP_PASSWORD": PASSWORD}
        command = [sys.executable, "-m", "pipeline", "distribute", "--send", "--trust-ledger", "--private"]
        done = subprocess.run(command, cwd=here.folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and here.mailbox.logins and len(here.mailbox.kept) == 1
    assert PASSWORD not in done.stdout + done.stderr
    for path in here.folder.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes(), path


def test_a_bundle_that_cannot_be_made_stops_no_other(here):
    here.partners(oslo={}, paris={"contact_language": "fr"})
    (here.folder / "letters").mkdir()
    (here.folder / "letters" / "letter.fr.txt").write_text("Objet {{ unknown }}\n\nTexte\n", "utf-8")
    said = here("distribute", "--send", status=1)
    assert "letter.fr.txt" in said and [address for address, _ in here.mailbox.kept] == ["oslo@partner.example"]


def test_the_plan_is_that_of_a_query_for_every_pair(tmp_path):
    ours, _, count = large.compared(tmp_path, 1000, 10)
    assert ours < 5 and count > 1000


def test_settling_needs_a_verdict_and_something_to_settle(here):
    here.partners(oslo={})
    here("distribute", "--send")
    delivery = here.json("ledger")["deliveries"][0]["delivery"]
    assert "--arrived, or --lost" in here("ledger", "settle", "oslo", delivery, status=2)
    assert "nothing to settle" in here("ledger", "settle", "oslo", delivery, "--arrived", status=1)
    assert "there is no delivery" in here("ledger", "settle", "paris", delivery, "--lost", status=1)


def test_a_partner_whose_id_was_changed_is_held(here):
    here.partners(oslo={})
    here("distribute", "--send")
    here.partners(**{"oslo-office": {"address": "oslo@partner.example"}})
    said = here("distribute", "--send", status=1)
    assert "give that partner its id oslo again" in said and len(here.mailbox.kept) == 1
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "distribute", "--json"], cwd=here.folder, capture_output=True, text=True
    )
    assert "its id partner-" in done.stdout and "oslo" not in done.stdout
    here("distribute", "oslo-office", "--allow-known-addresses", "--send")
    assert len(here.mailbox.kept) == 2 and here.due() == {}


def test_what_is_settled_as_lost_comes_in_all_formats_and_what_arrived_in_those_added(here):
    here.partners(oslo={})
    here("distribute", "--send", "--document", "letter")
    here.partners(oslo={"formats": ["parallel", "po"]})
    assert here.due("--document", "letter") == {"oslo": {("letter", "en", "more formats")}}
    here("ledger", "settle", "oslo", here.json("ledger")["deliveries"][0]["delivery"], "--lost")
    here("distribute", "--send", "--document", "letter")
    names = [next(message.iter_attachments()).get_content() for message in here.mailbox.messages()]
    assert [(b".po" in content, b".pdf" in content) for content in names] == [(False, True), (True, True)]
    assert here.due("--document", "letter") == {}


def test_an_email_that_bounced_is_sent_again(here):
    here.partners(oslo={})
    here("distribute", "--send")
    entry = here.json("ledger")["deliveries"][0]
    assert entry["partner"].startswith("partner-")
    assert "oslo: delivery" in here("ledger", "settle", entry["partner"], entry["delivery"], "--lost")
    assert here.due("--send") == {"oslo": BOTH} and here.due() == {}
    first, second = here.mailbox.messages()
    assert first["Message-ID"] != second["Message-ID"]
    assert [one["state"] for one in here.json("ledger")["deliveries"] if one["document"] == "letter"] == [
        "failed",
        "accepted",
    ]


def at_80_columns(here, *words) -> str:
    """Return what a command prints on a terminal of 80 columns."""
    shown, terminal = os.openpty()
    command = [sys.executable, "-m", "pipeline", *words]
    subprocess.run(command, cwd=here.folder, stdout=terminal, env={**os.environ, "COLUMNS": "80", "TERM": "xterm"})
    os.close(terminal)
    said = os.read(shown, 100_000).decode()
    os.close(shown)
    return said


def test_what_there_is_to_read_fits_a_terminal_of_80_columns(here):
    here.partners(**{"oslo-head-office": {}, "paris": PARIS})
    here("distribute", "--send")
    here("withdraw", "statement", "--reason", "Wrong", "--send")
    long = "We call on 37 forces. " * 9
    office.reword(here.zygote, here.folder, "statement", "en", "We call on all forces", long, release=False)
    for words in (("status",), ("check",), ("ledger",), ("ledger", "--private", "--steps")):
        lines = at_80_columns(here, *words).splitlines()
        assert len(lines) > 3 and [line for line in lines if cell_len(line) > 80] == []


@pytest.mark.parametrize("private", [(), ("--private",)])
def test_what_must_be_typed_is_whole_in_a_narrow_terminal(here, private):
    here.partners(**{"oslo-head-office": {}})
    here("distribute", "--send")
    delivery = here.json("ledger")["deliveries"][0]["delivery"]
    said = at_80_columns(here, "ledger", *private)
    assert len(re.findall(rf"oslo-head-office  .*{delivery}  ", said)) == 2
    assert re.search(r"(?m)^20\d\d-\d\d-\d\d \d\d:\d\dZ", said)


def test_an_empty_ledger_says_so(here):
    assert "nothing was sent yet" in here("ledger")
    assert not (here.folder / ledger.FILE_NAME).exists()


def test_the_signed_manifest_says_its_serial_and_day_and_a_recipient_what_is_out_of_date(here, tmp_path):
    """A bundle made again is the same to the byte; what comes later has a greater number."""
    (tmp_path / "shelf").mkdir()
    here("keys", "make")
    here.partners(oslo={"delivery": "folder", "address": str(tmp_path / "shelf")})

    def drafted() -> list[str]:
        here("distribute", "--document", "statement")
        return [path.name for path in (here.outbox / "previews" / "oslo").iterdir()]

    def sent(*words: str) -> tuple[Path, dict]:
        before = set((tmp_path / "shelf").iterdir())
        here(*words, "--send")
        (bag,) = set((tmp_path / "shelf").iterdir()) - before
        return bag, json.loads((bag / "data" / "manifest.json").read_text("utf-8"))

    names = drafted()
    assert drafted() == names
    first, table = sent("distribute", "--document", "statement")
    assert [first.name] == names and re.fullmatch(r"\d{4}-\d\d-\d\d", table["day"])
    assert [table["serial"]] == [one["serial"] for one in table["documents"]] == [1]
    here.reword("Statement of the council", "Statement by the council")
    second, table = sent("distribute", "--document", "statement")
    assert table["serial"] == 2
    notice, table = sent("withdraw", "statement", "--reason", "Wrong")
    assert table["serial"] == 3
    signer = ("--signer", here.folder / "keys" / "pipeline.pub")
    for bag in (first, second, notice):
        here("verify", bag, *signer)
    assert "this text was withdrawn on" in here("verify", second, *signer, status=1)
    assert "out of date: statement (en): this text" in here("verify", first, *signer, status=1)


def test_formats_that_a_partner_asks_for_later_come_once_and_alone(here):
    here.partners(oslo={"formats": ["parallel"]})
    here("distribute", "oslo", "--send")
    here.partners(oslo={"formats": ["parallel", "epub", "txt"]})
    assert here.due() == {"oslo": {(name, "en", "more formats") for name in ("statement", "letter")}}
    here("distribute", "oslo", "--send")
    assert here.due() == {}
    _, message = here.mailbox.messages("oslo@partner.example")
    assert "You have this text already; here it is in further formats." in message.get_body(("plain",)).get_content()
    (bag,) = message.iter_attachments()
    with zipfile.ZipFile(io.BytesIO(bag.get_content())) as files:
        names = {name.split("/data/")[-1] for name in files.namelist() if "/data/statement/" in name}
        assert names == {"statement/statement.en.epub", "statement/statement.en.txt"}
        text = next(files.read(name) for name in files.namelist() if name.endswith("statement.en.txt"))
        assert "We call on all forces" in text.decode()
    here.reword("take part", "participate")
    (delivery,) = here.json("distribute", "--send", "--private")["deliveries"]
    assert [(one["document"], one["change"]) for one in delivery["texts"]] == [("statement", "correction")]
    assert here.due() == {} and len(here.mailbox.messages("oslo@partner.example")) == 3
