"""A mail server on this machine, with TLS, that keeps what it accepts and fails as it is told."""

import asyncio
import socket
import ssl
import time
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

PASSWORD = "correct horse battery staple"


class Mailbox:
    """What a server has accepted: (recipient, message), in order.

    `behaviour` by recipient: "refuse", "later" (a passing refusal), "refuse after", "later after"
    (of the message itself), an answer to RCPT in its own words, "hang", "hang after", "drop before" and "drop after" accepting. It holds as
    often as `patience` says, for ever when that says nothing. `delay` is waited at every step.
    """

    def __init__(self) -> None:
        self.kept: list[tuple[str, bytes]] = []
        self.behaviour: dict[str, str] = {}
        self.patience: dict[str, int] = {}
        self.asked: list[str] = []
        self.greetings: list[str] = []
        self.senders: list[tuple[str, list[str]]] = []
        self.logins: list[str] = []
        self.delay = 0.0
        self.connections: set[object] = set()

    def wait(self) -> None:
        """Wait until nothing is on its way any more."""
        while self.connections:
            time.sleep(0.005)

    def messages(self, recipient: str | None = None) -> list[EmailMessage]:
        return [message_from_bytes(m, policy=default) for r, m in list(self.kept) if recipient in (None, r)]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.greetings.append(hostname)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.senders.append((address, options))
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        await asyncio.sleep(self.delay)
        what = self.behaviour.get(address)
        self.asked.append(address)
        if address in self.patience:
            self.patience[address] -= 1
            if self.patience[address] < 0:
                del self.behaviour[address], self.patience[address]
                what = None
        if what == "hang":
            await asyncio.sleep(60)
        if what and what[:3].isdigit():
            return what
        if what in ("refuse", "later"):
            return f"{'550' if what == 'refuse' else '450'} <{address}> has no mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.delay)
        (address,) = envelope.rcpt_tos
        what = self.behaviour.get(address)
        if what in ("refuse after", "later after"):
            return f"{'554' if what == 'refuse after' else '451'} not this message"
        if what == "drop before":
            server.transport.abort()
            await asyncio.sleep(60)
        self.kept.append((address, envelope.original_content))
        if what == "drop after":
            server.transport.abort()
            await asyncio.sleep(60)
        if what == "hang after":
            await asyncio.sleep(60)
        await asyncio.sleep(self.delay)
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, login):
        self.logins.append(mechanism)
        found = (login.login, login.password) == (b"office", PASSWORD.encode())
        return AuthResult(success=found, handled=False)


class _Session(SMTP):
    """Counts the connections that are open: as long as there is one, a message may still be on its way."""

    def connection_made(self, transport):
        self.event_handler.connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, error):
        self.event_handler.connections.discard(self)
        super().connection_lost(error)


class _Server(Controller):
    def factory(self):
        return _Session(self.handler, **self.SMTP_kwargs)


@contextmanager
def serve(
    mailbox: Mailbox,
    folder: Path,
    *,
    security: str = "starttls",
    login: bool = False,
    name: str = "127.0.0.1",
    **validity: object,
):
    """Give the port of a server, and the certificate to trust; it is for 127.0.0.1, or another `name`."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name, **validity).configure_cert(context)
    folder.mkdir(exist_ok=True)
    certificate = folder / "authority.pem"
    authority.cert_pem.write_to_path(certificate)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    encrypted = {
        "starttls": {"tls_context": context, "require_starttls": True}, "tls": {"ssl_context": context}, "none": {}
    }[security]  # fmt: skip
    asked = {"auth_required": True, "authenticator": mailbox.authenticate} if login else {}
    server = _Server(mailbox, "127.0.0.1", port, ident="mailbox", enable_SMTPUTF8=True, **encrypted, **asked)
    server.start()
    try:
        yield port, certificate
    finally:
        server.stop()
