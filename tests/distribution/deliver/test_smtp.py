"""Bundles sent by e-mail, to a real server."""

import hashlib
import os
import re
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import getaddresses

import pytest
import trustme

from pipeline.distribution.deliver import Closed, Outcome, Settings, smtp
from pipeline.distribution.sender import Server
from pipeline.errors import DeliveryError
from tests.support.mailbox import PASSWORD, Mailbox, serve
from tests.support.parcels import HOME, LETTER, NOW, PARCEL, SENDER, SUBJECT, Commit

OSLO = "oslo@partner.example"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    mailbox = Mailbox()
    with serve(mailbox, tmp_path_factory.mktemp("served")) as (port, certificate):
        yield mailbox, port, certificate


@pytest.fixture
def mailbox(served):
    served[0].__init__()
    return served[0]


@pytest.fixture
def settings(served, mailbox, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(served[2]))
    return Settings(
        HOME, SENDER, Server("127.0.0.1", served[1], "starttls", greeting="example.org", timeout_seconds=2), NOW
    )


def send(settings, address=OSLO, parcel=PARCEL, commit=None):
    return smtp.deliver(parcel, address, settings, commit or Commit())


def test_an_email_arrives_as_it_should(settings, mailbox):
    commit = Commit()
    assert send(settings, commit=commit).outcome is Outcome.ACCEPTED
    assert commit.count == 1
    (message,) = mailbox.messages(OSLO)
    assert (message["Subject"], message["To"], message["Reply-To"]) == (SUBJECT, OSLO, "answers@example.org")
    assert message["From"].addresses[0].display_name == "شورای همکاری"
    assert message["Date"] == "Fri, 27 Nov 2026 06:00:00 +0000"
    assert message["Message-ID"].endswith("@example.org>")
    assert message["List-Unsubscribe"] == "<mailto:answers@example.org?subject=unsubscribe>"
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.text
    assert message.get_body(("html",)).get_content().strip() == LETTER.html
    (zipped,) = message.iter_attachments()
    assert (zipped.get_filename(), zipped.get_content()) == ("statement.3f2a9c1b.zip", PARCEL.zipped)
    assert mailbox.kept[0][1].isascii()


def test_a_line_that_begins_with_a_dot_arrives_and_ends_nothing(settings, mailbox):
    letter = replace(LETTER, text="Dear friends,\n.\n..\nQUIT\n")
    send(settings, parcel=replace(PARCEL, bundle=replace(PARCEL.bundle, letter=letter)))
    (message,) = mailbox.messages()
    assert message.get_body(("plain",)).get_content().splitlines() == letter.text.splitlines()


def test_no_header_and_no_greeting_tells_of_this_machine(settings, mailbox):
    send(settings)
    host = socket.gethostname().encode()
    assert set(mailbox.greetings) == {"example.org"}
    raw = mailbox.kept[0][1]
    assert host.lower() not in raw.lower() and os.getcwd().encode() not in raw
    assert not {"Received", "User-Agent", "X-Mailer", "Sender"} & set(mailbox.messages()[0].keys())
    unnamed = replace(settings, server=replace(settings.server, greeting=""))
    send(unnamed)
    assert mailbox.greetings[-1] == "localhost"


def test_the_same_delivery_is_the_same_message(settings, mailbox):
    draft, other = (smtp.drafts(one, OSLO, settings).files[0] for one in (PARCEL, replace(PARCEL, id="0" * 12)))
    assert draft.path == "statement.3f2a9c1b.eml"
    send(settings)
    assert mailbox.kept[0][1] == draft.content == smtp.drafts(PARCEL, OSLO, settings).files[0].content
    ids = [message_from_bytes(one.content, policy=default)["Message-ID"] for one in (draft, other)]
    assert ids[0] != ids[1]


@pytest.mark.parametrize(
    ("behaviour", "outcome", "commits", "kept"),
    [
        ("refuse", Outcome.REFUSED, 0, 0),
        ("later", Outcome.FAILED, 0, 0),
        ("refuse after", Outcome.REFUSED, 1, 0),
        ("later after", Outcome.FAILED, 1, 0),
        ("hang", Outcome.FAILED, 0, 0),
        ("hang after", Outcome.UNKNOWN, 1, 1),
        ("drop before", Outcome.UNKNOWN, 1, 0),
        ("drop after", Outcome.UNKNOWN, 1, 1),
    ],
)
def test_what_a_server_does_is_told_as_it_is(settings, mailbox, monkeypatch, behaviour, outcome, commits, kept):
    monkeypatch.setattr(smtp, "PATIENCE", 1)
    mailbox.behaviour[OSLO] = behaviour
    commit = Commit()
    settings = replace(settings, server=replace(settings.server, timeout_seconds=1))
    answer = send(settings, commit=commit)
    assert (answer.outcome, commit.count, len(mailbox.kept)) == (outcome, commits, kept)
    assert answer.reason and OSLO not in answer.reason
    if behaviour in ("refuse", "later"):
        assert OSLO in answer.said


def test_the_answer_to_a_message_is_waited_for_longer_than_others(settings, mailbox):
    mailbox.delay = 0.7  # twice behind the message
    assert send(replace(settings, server=replace(settings.server, timeout_seconds=1))).outcome is Outcome.ACCEPTED


def test_a_delivery_that_may_not_be_committed_is_not_sent(settings, mailbox):
    def stop():
        raise DeliveryError("no")

    begun = time.monotonic()
    with pytest.raises(DeliveryError, match="no"):
        send(settings, commit=Commit(stop))
    time.sleep(0.2)
    assert not mailbox.kept and time.monotonic() - begun < 1.5


def test_a_connection_that_ends_before_the_last_line_is_no_doubt(settings, mailbox, monkeypatch):
    sent = smtp.smtplib.SMTP.send

    def cut(self, content):
        if len(content) > 1000:
            sent(self, content[:700])
            self.sock.shutdown(socket.SHUT_RDWR)
        sent(self, content)

    monkeypatch.setattr(smtp.smtplib.SMTP, "send", cut)
    answer = send(settings)
    assert answer.outcome is Outcome.FAILED and not mailbox.kept


NEAR, FAR = datetime(2001, 1, 1, tzinfo=UTC), datetime(2091, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("issued", "told"),
    [
        ({"not_before": NEAR, "not_after": datetime(2002, 1, 1, tzinfo=UTC)}, "has expired (today is 2026-11-27 here); ask who runs it to renew it"),
        ({"not_before": datetime(2090, 1, 1, tzinfo=UTC), "not_after": FAR}, "is not yet valid (today is 2026-11-27 here); set the clock"),
        ({"name": "192.0.2.1"}, "is for a server of another number; write the name it has as smtp.host"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_certificate_is_called_so(mailbox, tmp_path, monkeypatch, security, issued, told):
    with serve(mailbox, tmp_path, security=security, **issued) as (port, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(Closed) as closed:
            send(Settings(HOME, SENDER, Server("127.0.0.1", port, security, timeout_seconds=2), NOW))
    assert told in str(closed.value) and not closed.value.is_passing and not mailbox.senders


@pytest.mark.parametrize(
    ("host", "own", "told"),
    [
        ("localhost", False, "is for a server of another name; write the name it has as smtp.host"),
        ("127.0.0.1", True, "is signed by itself; if it is yours, name the file of the certificate in SSL_CERT_FILE"),
        ("127.0.0.1", False, "is from an authority unknown here; if it is yours, name its file in SSL_CERT_FILE"),
    ],
)
def test_a_certificate_of_another_name_or_nobody_is_called_so(tmp_path, monkeypatch, host, own, told):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    if host == "localhost":
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if own:
        authority.private_key_pem.write_to_path(tmp_path / "key.pem")
        context.load_cert_chain(tmp_path / "authority.pem", tmp_path / "key.pem")
    else:
        authority.issue_cert("127.0.0.1").configure_cert(context)
    with Rude(context) as port, pytest.raises(Closed) as closed:
        send(Settings(HOME, SENDER, Server(host, port, "tls", timeout_seconds=2), NOW))
    assert told in str(closed.value)


class Rude(threading.Thread):
    """A server that takes a message as far as `length` bytes, then says its `last` words and hangs up."""

    def __init__(
        self, context: ssl.SSLContext | None = None, length: int = 0, last: bytes = b"", reads_on: bool = False
    ) -> None:
        super().__init__()
        self.context, self.length, self.last, self.reads_on = context, length, last, reads_on
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.is_gone = threading.Event()
        self.got = b""

    def run(self) -> None:
        with suppress(OSError):
            connection, _ = self.listener.accept()
            with (
                connection if self.context is None else self.context.wrap_socket(connection, server_side=True) as spoken
            ):
                self.talk(spoken)
        self.is_gone.set()

    def talk(self, spoken: socket.socket) -> None:
        spoken.sendall(b"220 rude\r\n")
        lines = spoken.makefile("rb")
        for line in lines:
            spoken.sendall(b"354 go on\r\n" if line == b"DATA\r\n" else b"250 rude\r\n")
            if line == b"DATA\r\n":
                break
        while len(self.got) < self.length:
            self.got += lines.read1(self.length - len(self.got))
        spoken.sendall(self.last)
        while self.reads_on and lines.read1(65536):
            pass
        spoken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def __enter__(self) -> int:
        self.start()
        return self.listener.getsockname()[1]

    def __exit__(self, *error: object) -> None:
        self.listener.close()
        self.join()


def rude(security: str, tmp_path, monkeypatch, kind=Rude, **how) -> tuple[Rude, Callable[[int], Settings]]:
    context = None
    if security == "tls":
        authority = trustme.CA()
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        authority.issue_cert("127.0.0.1").configure_cert(context := ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
    return kind(context, **how), lambda port: Settings(
        HOME, SENDER, Server("127.0.0.1", port, security, timeout_seconds=5, max_megabytes=100), NOW
    )


@pytest.mark.parametrize("security", ["none", "tls"])
def test_a_break_before_the_last_dot_is_no_doubt(tmp_path, monkeypatch, security):
    length = len(smtp.drafts(PARCEL, OSLO, Settings(HOME, SENDER, None, NOW)).files[0].content)
    server, settings = rude(security, tmp_path, monkeypatch, length=length)
    with server as port:
        answer = send(settings(port), commit=Commit(lambda: server.is_gone.wait(5)))
    assert answer.outcome is Outcome.FAILED and "before the message was complete" in answer.reason
    assert len(server.got) == length and not server.got.endswith(b"\r\n.\r\n")


@pytest.mark.parametrize("security", ["none", "tls"])
@pytest.mark.parametrize(
    ("last", "outcome", "told"),
    [
        (b"552 too large\r\n", Outcome.REFUSED, "the server answered 552"),
        (b"421 going down\r\n", Outcome.FAILED, "the server answered 421"),
        (b"250 never mind\r\n", Outcome.FAILED, ""),
        (b"", Outcome.FAILED, "before the message was complete"),
    ],
)
def test_a_server_that_speaks_or_leaves_too_early_gets_no_last_dot(
    tmp_path, monkeypatch, security, last, outcome, told
):
    server, settings = rude(security, tmp_path, monkeypatch, length=1000, last=last, reads_on=bool(last))
    commit = Commit()
    with server as port:
        large = replace(PARCEL, zipped=os.urandom(9_000_000))  # more than waits between two sockets
        answer = send(settings(port), parcel=large, commit=commit)
    assert (answer.outcome, commit.count) == (outcome, 0) and told in answer.reason


class Slow(Rude):
    """A server on a slow line: it takes a message in small parts, and waits before each."""

    def talk(self, spoken: socket.socket) -> None:
        spoken.sendall(b"220 slow\r\n")
        said, waited = b"", 0
        while not said.endswith(b"\r\n.\r\n"):
            if len(self.got) > waited + 200_000:
                waited = len(self.got)
                time.sleep(0.1)
            if not (new := spoken.recv(65_536)):
                return
            said = said[-10:] + new
            self.got += new if self.got or said.endswith(b"DATA\r\n") else b""
            if not self.got or said.endswith(b"DATA\r\n"):
                spoken.sendall(b"354 go on\r\n" if self.got else b"250 slow\r\n")
        spoken.sendall(b"250 thank you\r\n")


@pytest.mark.parametrize("security", ["none", "tls"])
def test_a_large_message_over_a_slow_line_arrives(tmp_path, monkeypatch, security):
    """It takes longer than any answer may; nothing but small messages got through."""
    server, settings = rude(security, tmp_path, monkeypatch, Slow)
    with server as port:
        known = settings(port)
        quick = replace(known, server=replace(known.server, timeout_seconds=1.5))
        answer = send(quick, parcel=replace(PARCEL, zipped=os.urandom(6_000_000)))
    assert answer.outcome is Outcome.ACCEPTED and len(server.got) > 8_000_000


class Scripted(threading.Thread):
    """A server that answers as it is told, once each: to the connection (""), and by the command; "." is the end."""

    def __init__(self, answers: dict[str, bytes], endless: bytes = b"", pause: float = 0) -> None:
        super().__init__()
        self.answers, self.endless, self.pause = answers, endless, pause
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.said = 0

    def run(self) -> None:
        with suppress(OSError), self.listener.accept()[0] as spoken:
            lines, is_message = spoken.makefile("rb"), False
            self.answer(spoken, "")
            for line in lines:
                command = line.split()[0].decode().upper() if line.split() else ""
                if not is_message or line == b".\r\n":
                    self.answer(spoken, command)
                is_message = (is_message or command == "DATA") and line != b".\r\n"

    def answer(self, spoken: socket.socket, command: str) -> None:
        said = self.answers.get(command, b"354 go on\r\n" if command == "DATA" else b"250 so be it\r\n")
        spoken.sendall(said)
        while said == b"":
            spoken.sendall(self.endless)
            self.said += len(self.endless)
            time.sleep(self.pause)

    def __enter__(self) -> int:
        self.start()
        return self.listener.getsockname()[1]

    def __exit__(self, *error: object) -> None:
        self.listener.close()
        self.join()


def scripted(port: int) -> Settings:
    return Settings(HOME, SENDER, Server("127.0.0.1", port, "none", timeout_seconds=1), NOW)


@pytest.mark.parametrize("early", [b"250 done\r\n", b"354 go on\r\n", b"25"])
@pytest.mark.parametrize("command", ["DATA", "RCPT"])
def test_an_answer_that_came_with_an_earlier_one_is_none_to_the_message(command, early):
    """The server refuses what it said it had before it was complete."""
    first = b"354 go on\r\n" if command == "DATA" else b"250 so be it\r\n"
    commit = Commit()
    with Scripted({"": b"220 here\r\n", command: first + early, ".": b"554 not this message\r\n"}) as port:
        answer = send(scripted(port), commit=commit)
    assert (answer.outcome, commit.count) == (Outcome.FAILED, 0)


@pytest.mark.parametrize("command", ["DATA", "RCPT"])
def test_an_answer_that_is_none_before_the_message_is_no_doubt(command):
    """The server has nothing of it, so that it is tried again and nobody need ask the partner."""
    with Scripted({"": b"220 here\r\n", command: b"999 what\r\n"}) as port:
        assert send(scripted(port)).outcome is Outcome.FAILED


@pytest.mark.parametrize("answer", [b"221 bye\r\n", b"220 again\r\n", b"554-no\r\n250 ok\r\n", b"250-ok\r\n554 no\r\n"])
def test_an_answer_to_the_message_that_is_none_is_a_doubt(answer):
    with Scripted({"": b"220 here\r\n", ".": answer}) as port:
        assert send(scripted(port)).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("command", "endless", "pause", "outcome"),
    [
        ("", b"220-and\r\n" * 1000, 0, None),
        ("EHLO", b"250-\r\n", 0.1, None),
        ("RCPT", b"2", 0.1, Outcome.FAILED),
        (".", b"250-and\r\n" * 1000, 0, Outcome.UNKNOWN),
        (".", b"2", 0.1, Outcome.UNKNOWN),
    ],
)
def test_an_answer_without_end_is_given_up(monkeypatch, command, outcome, endless, pause):
    monkeypatch.setattr(smtp, "PATIENCE", 1)
    server = Scripted({"": b"220 here\r\n"} | {command: b""}, endless, pause)
    with server as port:
        if outcome:
            assert send(scripted(port)).outcome is outcome
        else:
            with pytest.raises(Closed) as closed:
                send(scripted(port))
            assert closed.value.is_passing
    assert server.said < 20_000_000


@pytest.mark.parametrize(
    "name",
    ["Council, The", 'The "Real" Council', "A\\B", "شورا, همکاری", "Council of: x; (y) <z@example.org>", "Long name, " * 12, "a.b.c",
     "Dr. X", "=?utf-8?q?x?=", "Ä, b", "Plain", "The Council " * 20, "x" * 70, "شورای «همکاری» " * 9, '"', "é" * 70, "a,b\tc"],
)  # fmt: skip
def test_the_senders_name_arrives_as_it_is_and_is_no_second_address(settings, mailbox, name):
    assert send(replace(settings, sender=replace(SENDER, name=name))).outcome is Outcome.ACCEPTED
    header = message_from_bytes(mailbox.kept[0][1])["From"]
    ((said, address),) = getaddresses([header.replace("\r\n", "")])
    assert address == "office@example.org" and str(make_header(decode_header(said))).split() == name.split()
    assert all(len(line) <= 78 for line in header.splitlines())


def test_a_domain_is_nobody_elses_after_idna_2008(settings, mailbox):
    for address, arrives in (
        ("a@straße.example", "a@xn--strae-oqa.example"),
        ("a@faß.example", "a@xn--fa-hia.example"),
        ("a@BÜCHER.example", "a@xn--bcher-kva.example"),
        ("a@شورا.example", "a@xn--mgbti4f.example"),
    ):
        mailbox.kept.clear()
        assert send(settings, address).outcome is Outcome.ACCEPTED
        assert [recipient for recipient, _ in mailbox.kept] == [arrives]
    assert smtp.identity("A@Straße.example") != smtp.identity("a@strasse.example")
    assert smtp.identity("A@bücher.example") == smtp.identity("a@XN--bcher-kva.example")


LOOKALIKE = [
    "kаri@partner.example", "kari@pаrtner.example", "kari@раураӏ.example", "kari@partner.exаmple", "ka\u200cri@partner.example",
    "kari@part\u00adner.example", "kari\u202e@partner.example", "kari@نامه\u200cای.com", "kari@ｐartner.example", "kari@شوراي‌همکاری.example",
]  # fmt: skip


@pytest.mark.parametrize("address", LOOKALIKE)
def test_an_address_that_is_another_than_it_looks_is_told_and_not_written_to(settings, mailbox, address):
    told = "".join(smtp.faults(address))
    assert "; type it anew by hand" in told and address not in told
    with pytest.raises(DeliveryError, match="pipeline partners check"):
        send(settings, address)
    assert not mailbox.senders


@pytest.mark.parametrize(
    "address", ["علی@نامه.example", "büro@münchen.example", "kari@xn--mgb6dtb.example", "иван@почта.рф", "a@роса.рф"]
)
def test_an_address_in_its_own_script_is_as_it_looks(address):
    assert list(smtp.faults(address)) == []


def test_an_untrusted_certificate_closes_the_way(settings, mailbox, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Closed, match="certificate") as closed:
        send(settings)
    assert not closed.value.is_passing and not mailbox.kept and not mailbox.senders


def test_a_server_without_tls_gets_neither_password_nor_mail(mailbox, tmp_path):
    with serve(mailbox, tmp_path, security="none") as (port, _):
        server = Server("127.0.0.1", port, "starttls", user="office", timeout_seconds=2)
        with pytest.raises(Closed, match="STARTTLS") as closed:
            send(Settings(HOME, SENDER, server, NOW, PASSWORD))
        assert not closed.value.is_passing and not mailbox.logins and not mailbox.senders
        local = Settings(HOME, SENDER, replace(server, security="none", user=""), NOW)
        assert send(local).outcome is Outcome.ACCEPTED


def test_a_server_may_speak_tls_from_the_first_byte(mailbox, tmp_path, monkeypatch):
    with serve(mailbox, tmp_path, security="tls") as (port, certificate):
        settings = Settings(HOME, SENDER, Server("127.0.0.1", port, "tls", timeout_seconds=2), NOW)
        with pytest.raises(Closed, match="certificate"):
            send(settings)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert send(settings).outcome is Outcome.ACCEPTED


def test_the_password_is_needed_and_never_told(mailbox, tmp_path, monkeypatch):
    with serve(mailbox, tmp_path, login=True) as (port, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        server = Server("127.0.0.1", port, "starttls", user="office", timeout_seconds=2)
        for password, complaint in (("", "missing"), ("wrong " + PASSWORD, "does not accept")):
            with pytest.raises(Closed, match=complaint) as closed:
                send(Settings(HOME, SENDER, server, NOW, password))
            assert PASSWORD not in str(closed.value)
        settings = Settings(HOME, SENDER, server, NOW, PASSWORD)
        assert PASSWORD not in repr(settings)
        assert send(settings).outcome is Outcome.ACCEPTED
        assert PASSWORD.encode() not in mailbox.kept[0][1]


@pytest.mark.parametrize(
    ("user", "password", "challenge", "told"),
    [
        ("office", "گذرواژه", b"235 in\r\n", "beyond ASCII"),
        ("دفتر", "secret", b"235 in\r\n", "beyond ASCII"),
        ("office", "secret", b"334 a\r\n", "broke off"),
        ("office", "secret", b"334 \xff\xff\r\n", "broke off|does not accept"),
    ],
)
@pytest.mark.parametrize("way", [b"PLAIN", b"LOGIN", b"CRAM-MD5"])
def test_a_login_that_cannot_be_is_told(user, password, challenge, told, way):
    server = {"": b"220 here\r\n", "EHLO": b"250-here\r\n250 AUTH " + way + b"\r\n", "AUTH": challenge}
    with Scripted(server) as port:
        relay = Server("127.0.0.1", port, "none", user=user, timeout_seconds=1)
        with pytest.raises(Closed, match=told) as closed:
            send(Settings(HOME, SENDER, relay, NOW, password))
    assert password not in str(closed.value)


def test_a_server_that_is_not_there_or_says_nothing_may_be_there_later():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server("127.0.0.1", silent.getsockname()[1], "starttls", timeout_seconds=1)
        with pytest.raises(Closed, match="no answer in time") as closed:
            send(Settings(HOME, SENDER, server, NOW))
    assert closed.value.is_passing
    with pytest.raises(Closed, match="no connection") as closed:
        send(Settings(HOME, SENDER, server, NOW))
    assert closed.value.is_passing
    with pytest.raises(Closed, match=r"\[smtp\]"):
        send(Settings(HOME, SENDER, None, NOW))


def test_what_is_too_large_is_linked(settings, mailbox):
    large = replace(PARCEL, zipped=os.urandom(900_000))
    small = replace(settings, server=replace(settings.server, max_megabytes=1))
    with pytest.raises(DeliveryError, match=r"sender\.link"):
        smtp.drafts(large, OSLO, small)
    linked = replace(small, sender=replace(SENDER, link="https://example.org/bundles/"))
    draft = smtp.drafts(large, OSLO, linked)
    assert [(one.path, one.content) for one in draft.uploads] == [("statement.3f2a9c1b.zip", large.zipped)]
    assert send(linked, parcel=large).outcome is Outcome.ACCEPTED
    (message,) = mailbox.messages()
    assert not list(message.iter_attachments())
    digest = hashlib.sha256(large.zipped).hexdigest()
    for kind in ("plain", "html"):
        body = message.get_body((kind,)).get_content()
        assert "https://example.org/bundles/statement.3f2a9c1b.zip" in body and digest in body
        # Before the letter, which speaks of what is enclosed.
        assert body.index(digest) < body.index(SUBJECT if kind == "html" else "دوستان")
    assert not smtp.drafts(PARCEL, OSLO, linked).uploads


def test_a_server_that_takes_less_says_so_before_anything_is_sent(settings, mailbox, tmp_path):
    large = replace(PARCEL, zipped=os.urandom(30_000_000))
    roomy = replace(settings, server=replace(settings.server, max_megabytes=100))
    commit = Commit()
    with pytest.raises(DeliveryError, match="max_megabytes"):
        send(roomy, parcel=large, commit=commit)
    assert not commit.count and not mailbox.kept


EVIL = (
    "a@b.example\r\nBcc: c@d.example",
    "a@b.example\nX: y",
    "a b@c.example",
    "a@b@c.example",
    "<a@b.example>",
    "a",
    "",
    "a@b.example, c@d.example",
    "a@b.example\x00",
    "office[1]@b.example",
    "office]@b.example",
)


@pytest.mark.parametrize("address", EVIL)
def test_no_address_smuggles_a_header_or_a_second_recipient(settings, mailbox, address):
    with pytest.raises(DeliveryError, match="none for e-mail"):
        send(settings, address)
    assert not mailbox.kept


def test_no_subject_smuggles_a_header(settings, mailbox):
    letter = replace(LETTER, subject="Statement\r\nBcc: c@d.example\n\nText")
    send(settings, parcel=replace(PARCEL, bundle=replace(PARCEL.bundle, letter=letter)))
    (message,) = mailbox.messages()
    assert message["Subject"] == "Statement Bcc: c@d.example Text" and message["Bcc"] is None


def test_addresses_beyond_ascii_arrive(settings, mailbox):
    assert send(settings, "büro@münchen.example").outcome is Outcome.ACCEPTED
    assert send(settings, "office@münchen.example").outcome is Outcome.ACCEPTED
    assert [recipient for recipient, _ in mailbox.kept] == [
        "büro@xn--mnchen-3ya.example",
        "office@xn--mnchen-3ya.example",
    ]
    assert [("SMTPUTF8" in options) for _, options in mailbox.senders] == [True, False]
    assert mailbox.messages()[1]["To"] == "office@xn--mnchen-3ya.example"


def test_the_senders_address_may_be_beyond_ascii_too(settings, mailbox, monkeypatch):
    own = replace(settings, sender=replace(SENDER, address="büro@münchen.example", reply_to=""))
    assert send(own).outcome is Outcome.ACCEPTED
    assert mailbox.senders[-1][0] == "büro@xn--mnchen-3ya.example"
    assert mailbox.messages()[0]["List-Unsubscribe"] == "<mailto:b%C3%BCro@xn--mnchen-3ya.example?subject=unsubscribe>"
    monkeypatch.setattr(smtp.smtplib.SMTP, "has_extn", lambda self, name: name != "smtputf8")
    with pytest.raises(Closed, match=r"as in \[sender\]"):
        send(own)
    assert send(settings, "büro@b.example").outcome is Outcome.REFUSED


def test_long_headers_stay_whole(settings, mailbox):
    host = f"{'a' * 60}.{'b' * 60}.example"
    long = replace(SENDER, name="نام بلند فرستنده " * 9, address=f"office@{host}", reply_to=f"answers@{host}")
    letter = replace(LETTER, subject=SUBJECT * 20)
    send(replace(settings, sender=long), parcel=replace(PARCEL, bundle=replace(PARCEL.bundle, letter=letter)))
    (message,) = mailbox.messages()
    assert message["Subject"] == SUBJECT * 20 and message["Reply-To"] == f"answers@{host}"
    plain = message_from_bytes(mailbox.kept[0][1])  # Python's newer reader puts spaces into long names
    assert str(make_header(decode_header(plain["From"]))) == f"{'نام بلند فرستنده ' * 9}<office@{host}>"
    assert max(len(line) for line in plain["From"].splitlines()[:-1] + plain["Subject"].splitlines()) < 78
    assert f"\r\nList-Unsubscribe: <mailto:answers@{host}?subject=unsubscribe>\r\n".encode() in mailbox.kept[0][1]
    assert re.search(rb"\r\nMessage-ID: <[0-9a-f]{32}@%b>\r\n" % host.encode(), mailbox.kept[0][1])


@pytest.mark.parametrize(
    "address", ["a..b@c.example", ".a@c.example", "a.@c.example", "o'neil+x=%&!#@c.example", "-a@c.example"]
)
def test_odd_addresses_go_to_the_server_as_they_are(settings, mailbox, address):
    assert send(settings, address).outcome is Outcome.ACCEPTED
    assert mailbox.kept[0][0] == address


def test_a_server_that_accepts_and_hangs_up_has_accepted(settings, mailbox, monkeypatch):
    def broken(self, *words):
        if words[0] == "QUIT":
            raise BrokenPipeError
        return putcmd(self, *words)

    putcmd = smtp.smtplib.SMTP.putcmd
    monkeypatch.setattr(smtp.smtplib.SMTP, "putcmd", broken)
    assert send(settings).outcome is Outcome.ACCEPTED


def test_a_server_that_nobody_runs_is_told_with_why(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and not listening
        settings = replace(settings, server=replace(settings.server, port=taken.getsockname()[1]))
        with pytest.raises(Closed, match=r"127\.0\.0\.1: no connection \(Connection refused\)") as caught:
            send(settings)
    assert caught.value.is_passing


def test_an_address_is_the_same_in_capitals_and_faults_say_how_one_looks():
    assert smtp.identity("Oslo@Partner.example") == smtp.identity(OSLO)
    assert list(smtp.faults(OSLO)) == [] and "office@example.org" in "".join(smtp.faults(f"Oslo <{OSLO}>"))


@pytest.mark.parametrize(
    "said",
    [
        "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org",
        "550 5.7.606 Access denied, banned sending IP [192.0.2.7]",
        "550 5.7.26 This mail has been blocked because the sender is unauthenticated.",
        "554 5.7.1 <oslo@partner.example>: Relay access denied",
        "550 relay not permitted",
        "530 5.7.0 Authentication required",
        "553 5.7.1 <office@example.org>: Sender address rejected: not owned by user",
        "550 5.4.5 Daily user sending limit exceeded.",
    ],
)
def test_what_a_server_says_of_our_network_is_no_refusal_of_a_partner(settings, mailbox, said):
    """Each partner would have to be settled by hand, though none has done anything."""
    mailbox.behaviour[OSLO] = said
    answer = send(settings)
    assert answer.outcome is Outcome.FAILED and not answer.is_passing and "whoever it is for" in answer.reason
    assert OSLO not in answer.reason


@pytest.mark.parametrize(
    "said",
    [
        "550 5.1.1 <oslo@partner.example>: Recipient address rejected: User unknown",
        "550 5.7.1 <oslo@partner.example>: Recipient address rejected: Access denied",
        "550 5.7.1 No such user",
        "550 5.7.133 Sender not authenticated for group",
        "550 5.2.1 The account is disabled",
        "550 5.7.1 You are not a member of this list",
        "552 5.7.0 This message was blocked because its content presents a potential security issue.",
        "554 5.7.1 Virus found in message",
        "550 5.7.1 Message rejected as spam",
    ],
)
def test_what_it_says_of_the_partner_or_the_message_is(settings, mailbox, said):
    mailbox.behaviour[OSLO] = said
    assert send(settings).outcome is Outcome.REFUSED
