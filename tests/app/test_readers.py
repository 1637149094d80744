"""The digest goes to the organisation's own readers, each once, and nobody learns of another."""

import json
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from pipeline.app import partners, readers
from pipeline.distribution import ledger, planning
from pipeline.distribution.ledger.delivery import DeliveryKind, DeliveryState
from pipeline.errors import PartnersError
from tests.app.test_digest import TOPICS
from tests.support.bundles import release
from tests.support.mailbox import Mailbox, serve
from tests.support.office import trusting
from tests.support.sending import SENDER
from tests.support.sessions import begun

ANNA, BEN, CLARA = "anna@own.example", "ben@own.example", "clara@own.example"
READERS = f"""
[readers.anna]
address = "{ANNA}"
[readers.ben]
address = "{BEN}"
language = "EN"
topics = ["Labour"]
[readers.clara]
address = "{CLARA}"
active = false
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    mailbox = Mailbox()
    with serve(mailbox, tmp_path_factory.mktemp("mail"), security="none") as (port, _):
        yield mailbox, port


@pytest.fixture
def mailbox(server, workspace):
    mailbox, port = server
    mailbox.__init__()
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\npauses = []\n'
    with (workspace / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(TOPICS + SENDER + smtp)
    (workspace / "partners.toml").write_text(READERS, "utf-8")
    return mailbox


def came(pipeline, workspace, *titles):
    for title in titles:
        text = f"{title}\n\nThe workers of the port say what they want, and that they want {title.lower()} now.\n"
        (workspace / "text.txt").write_text(text, "utf-8")
        assert pipeline("inbox", "add", workspace / "text.txt", "--partner", "oslo").returncode == 0


def send(pipeline, *words, status=0):
    workspace = pipeline.args[0]
    done = pipeline(*trusting(workspace, "digest", "--send", "--json", "--private", *words))
    assert done.returncode == status, done.stderr
    return {(one["reader"], one["digest"]): one["outcome"] for one in json.loads(done.stdout)["deliveries"]}


def entries(workspace):
    with closing(ledger.open(workspace / ledger.FILE_NAME, lambda: datetime.now(UTC))) as book:
        return book.entries()


def titles(message: EmailMessage) -> set[str]:
    page = message.get_body(("html",)).get_content()
    return {title for title in ("A strike", "Bread and roses", "The second strike") if title in page}


def test_each_gets_what_is_on_their_topics_in_their_language_alone_and_once(pipeline, workspace, mailbox):
    came(pipeline, workspace, "A strike", "Bread and roses")
    shown = pipeline("digest")
    assert "nothing was sent" in shown.stderr and "anna" in shown.stdout and not mailbox.kept
    assert ANNA not in shown.stdout + shown.stderr
    found = send(pipeline)
    assert set(found.values()) == {"accepted"} and {reader for reader, _ in found} == {"readers.anna", "readers.ben"}
    (anna,), (ben,) = mailbox.messages(ANNA), mailbox.messages(BEN)
    assert (titles(anna), titles(ben)) == ({"A strike", "Bread and roses"}, {"A strike"})
    assert "نوشته‌های رسیده" in anna["Subject"] and ben["Subject"].startswith("What has come in – ")
    for message, other in ((anna, BEN), (ben, ANNA)):
        assert other not in message.as_string() and CLARA not in message.as_string()
        assert not message["Bcc"] and not message["Cc"] and message["To"].addresses[0].addr_spec != other
        (attached,) = message.iter_attachments()
        assert attached.get_content_type() == "application/pdf" and attached.get_content().startswith(b"%PDF")
        plain = message.get_body(("plain",)).get_content()
        assert "A strike" in plain and "<" not in plain
    assert send(pipeline) == {} and len(mailbox.kept) == 2
    came(pipeline, workspace, "The second strike")
    send(pipeline)
    assert [titles(message) for message in mailbox.messages(ANNA)[1:]] == [{"The second strike"}]


def test_what_failed_is_sent_the_next_time_with_what_came_since(pipeline, workspace, mailbox):
    came(pipeline, workspace, "A strike")
    mailbox.behaviour[BEN] = "later"
    assert sorted(send(pipeline, status=1).values()) == ["accepted", "failed"]
    came(pipeline, workspace, "The second strike")
    mailbox.behaviour.clear()
    assert set(send(pipeline).values()) == {"accepted"}
    assert [titles(message) for message in mailbox.messages(BEN)] == [{"A strike"}, {"The second strike"}]
    assert [titles(message) for message in mailbox.messages(ANNA)] == [{"A strike"}, {"The second strike"}]


def test_what_is_in_doubt_waits_for_a_person(pipeline, workspace, mailbox):
    mailbox.behaviour[ANNA] = "drop after"
    came(pipeline, workspace, "A strike")
    assert send(pipeline, status=1)["readers.anna", day(workspace)] == "doubt"
    again = pipeline("digest", "--send")
    assert again.returncode == 1 and "ask the reader, then type: pipeline ledger settle readers.anna" in again.stderr
    assert len(mailbox.messages(ANNA)) == 1
    shown = json.loads(pipeline("digest", "--send", "--json").stdout)
    assert "anna" not in str(shown) and "settle partner-" in shown["faults"][0]
    (doubt,) = [entry for entry in entries(workspace) if entry.state is DeliveryState.DOUBT]
    mailbox.behaviour.clear()
    assert pipeline("ledger", "settle", "readers.anna", doubt.delivery, "--lost").returncode == 0
    assert send(pipeline) == {("readers.anna", day(workspace)): "accepted"}


def day(workspace):
    return json.loads((workspace / "inbox" / "digests.json").read_text("utf-8"))[-1]["name"]


def test_the_intent_is_in_the_ledger_before_the_message_is_whole(pipeline, workspace, mailbox, monkeypatch):
    came(pipeline, workspace, "A strike")
    states = []

    async def noting(server, session, envelope):
        states.extend(entry.state for entry in entries(workspace))
        return "250 OK"

    monkeypatch.setattr(mailbox, "handle_DATA", noting, raising=False)
    send(pipeline)
    assert states[0] is DeliveryState.SENDING


def test_a_command_that_is_killed_behind_a_message_sends_it_to_nobody_twice(pipeline, workspace, mailbox):
    came(pipeline, workspace, "A strike")
    mailbox.behaviour[ANNA] = "hang after"
    command = [sys.executable, "-m", "pipeline", *trusting(workspace, "digest", "--send")]
    with subprocess.Popen(command, cwd=workspace, stderr=subprocess.PIPE) as process:
        while not mailbox.kept and process.poll() is None:
            time.sleep(0.01)
        process.kill()
    mailbox.behaviour.clear()
    assert len(mailbox.messages(ANNA)) == 1 and not mailbox.messages(BEN)
    assert send(pipeline, status=1) == {("readers.ben", day(workspace)): "accepted"}
    assert len(mailbox.messages(ANNA)) == 1 and len(mailbox.messages(BEN)) == 1


def test_a_refusal_waits_until_the_address_is_another(pipeline, workspace, mailbox):
    mailbox.behaviour[BEN] = "refuse"
    came(pipeline, workspace, "A strike")
    assert sorted(send(pipeline, status=1).values()) == ["accepted", "refused"]
    assert send(pipeline, status=1) == {} and mailbox.asked.count(BEN) == 1
    came(pipeline, workspace, "Another strike")
    assert set(send(pipeline, status=1).values()) == {"accepted"} and mailbox.asked.count(BEN) == 1
    path = workspace / "partners.toml"
    path.write_text(path.read_text("utf-8").replace(BEN, "ben@other.example"), "utf-8")
    assert set(send(pipeline).values()) == {"accepted"} and len(mailbox.messages("ben@other.example")) == 2


def test_a_new_reader_gets_no_old_digest_and_partners_are_not_mixed_up_with_readers(
    pipeline, workspace, mailbox, tmp_path
):
    came(pipeline, workspace, "A strike")
    send(pipeline)
    path = workspace / "partners.toml"
    partner = f'[partners.anna]\nname = "A"\nlanguages = ["en"]\ndelivery = "smtp"\naddress = "{ANNA}"\n'
    path.write_text(path.read_text("utf-8").replace("active = false", "") + partner, "utf-8")
    assert send(pipeline) == {} and not mailbox.messages(CLARA)
    assert {entry.kind for entry in entries(workspace)} == {DeliveryKind.DIGEST}
    session, _ = begun(workspace)
    plan = planning.plan(partners.known(session), [release(tmp_path / "files")], entries(workspace), [])
    assert [one.partner.id for one in plan.deliveries] == ["anna"] and plan.kept == ()


def test_without_readers_and_without_texts_nothing_is_sent(pipeline, workspace, mailbox):
    done = pipeline("digest", "--send", "--trust-ledger")
    assert done.returncode == 0 and "nothing to send" in done.stderr and not mailbox.asked
    (workspace / "partners.toml").unlink()
    done = pipeline("digest", "--send")
    assert done.returncode == 2 and "no readers yet; write: [readers.anna]" in done.stderr


def test_a_rehearsal_shows_who_would_get_it_and_sends_nothing(pipeline, workspace, mailbox):
    came(pipeline, workspace, "A strike")
    made = json.loads(pipeline("digest", "--dry-run", "--json", "--private").stdout)
    assert [(one["reader"], one["address"], one["texts"], one["outcome"]) for one in made["deliveries"]] == [
        ("readers.anna", ANNA, 1, "not sent"), ("readers.ben", BEN, 1, "not sent"),
    ]  # fmt: skip
    assert not mailbox.asked and not (workspace / "output" / "digest").exists()
    assert not (workspace / "inbox" / "digests.json").exists() and not (workspace / ledger.FILE_NAME).exists()
    hidden = pipeline("digest", "--dry-run", "--json").stdout
    assert ANNA not in hidden and "anna" not in hidden


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[readers.a]\naddress = "nobody"', "readers.a.address: no e-mail address alone"),
        ('[readers.a]\naddress = "a@b.example"\nlanguage = "xx"', "readers.a.language: \"xx\" is none of"),
        ('[readers.a]\naddress = "a@b.example"\ntopics = ["war"]', "readers.a.topics: names a topic that is none of"),
        ('[readers.a]\naddress = "a@b.example"\n[readers.b]\naddress = "A@b.example"', "the address of a too"),
        ('[readers.a]\naddress = "a@b.example"\nname = "A"', "readers.a.name"),
    ],
)  # fmt: skip
def test_a_fault_in_a_reader_is_named_and_no_address_is(workspace, text, fault):
    (workspace / "partners.toml").write_text(text, "utf-8")
    session, _ = begun(workspace)
    with pytest.raises(PartnersError) as raised:
        readers.digest_of(session, send=False)
    told = "\n".join(raised.value.faults)
    assert fault in told and "b.example" not in told


@pytest.mark.parametrize("lost", ["record", "earlier"])
def test_a_lost_record_of_digests_sends_nothing_twice(pipeline, workspace, mailbox, lost):
    came(pipeline, workspace, "A strike")
    send(pipeline)
    record = workspace / "inbox" / "digests.json"
    earlier = record.read_bytes()
    came(pipeline, workspace, "The second strike")
    mailbox.behaviour[BEN] = "later"
    send(pipeline, status=1)
    mailbox.behaviour.clear()
    record.write_bytes(earlier) if lost == "earlier" else record.unlink()
    came(pipeline, workspace, "Bread and roses")
    send(pipeline)
    assert [titles(message) for message in mailbox.messages(ANNA)] == [
        {"A strike"}, {"The second strike"}, {"Bread and roses"}
    ]  # fmt: skip
    assert [titles(message) for message in mailbox.messages(BEN)] == [{"A strike"}, {"The second strike"}]


def test_since_a_day_a_reader_who_came_later_gets_it_too(pipeline, workspace, mailbox):
    came(pipeline, workspace, "A strike")
    send(pipeline, "--since", "2026-01-01")
    path = workspace / "partners.toml"
    path.write_text(path.read_text("utf-8").replace("active = false", ""), "utf-8")
    assert [reader for reader, _ in send(pipeline, "--since", "2026-01-01")] == ["readers.clara"]
    assert [len(mailbox.messages(one)) for one in (ANNA, BEN, CLARA)] == [1, 1, 1]
