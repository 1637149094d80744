"""E-mail: one message a partner, through one server, with the standard library.

A server has a message when it has seen the line with the lone dot at its end (RFC 5321,
4.1.1.4). All before that line may be repeated without harm; so the delivery is committed right
before it. When the connection breaks behind it, nobody here can tell what the server did.
"""

import io
import os
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from pipeline.distribution.deliver import Answer, Closed, Outcome, Parcel, Preview, Settings
from pipeline.distribution.deliver._message import are_plain, composed, envelope, most_bytes
from pipeline.distribution.sender import Server, deceptions, is_address
from pipeline.errors import DeliveryError
from pipeline.model import Artifact

_MEGABYTE = 1_000_000

_PIECE = 2**16
"""Bytes that a line takes in the time for an answer, or it is given up."""

PATIENCE = 10
"""So many times longer than for other answers is waited for the one to a message: ten minutes, as RFC 5321 asks for
(4.5.3.2.6), where nothing else is configured. Whoever hangs up earlier makes doubts."""

MOST_LINES = 100
"""Of one answer; every known extension has one line in that to EHLO."""


class _Lines(io.BufferedReader):
    """What a server says; one that does not come to an end of it is given up, and half a line is none."""

    left = MOST_LINES
    code = b""

    def readline(self, size: int | None = -1, /) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise OSError(f"an answer of more than {MOST_LINES} lines")
        line = super().readline(size)
        if line[:3] != (self.code or line[:3]):
            raise OSError("an answer with two codes")
        self.code = line[:3]
        return line if line.endswith(b"\n") or len(line) == size else b""


class _Connection(smtplib.SMTP):
    """A connection on which every answer has a limit of lines, and of time for the whole of it.

    The limits of time of Python's sockets begin anew with every byte.
    """

    def getreply(self) -> tuple[int, bytes]:
        if self.sock is None or (seconds := self.sock.gettimeout()) is None:
            return super().getreply()
        if self.file is None:
            self.file = _Lines(self.sock.makefile("rb", buffering=0))
        self.file.left, self.file.code = MOST_LINES, b""
        # A copy, because the connection itself does not bear to be shut while it is read from.
        with socket.socket(fileno=os.dup(self.sock.fileno())) as line:
            is_late = threading.Event()
            timer = threading.Timer(seconds, _hang_up, (line, is_late))
            timer.daemon = True
            timer.start()
            try:
                return super().getreply()
            except OSError:
                if is_late.is_set():
                    raise TimeoutError from None
                raise
            finally:
                timer.cancel()
                timer.join()


def _hang_up(line: socket.socket, is_late: threading.Event) -> None:
    is_late.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


class _EncryptedConnection(_Connection, smtplib.SMTP_SSL):
    pass


def faults(address: str) -> Iterator[str]:
    """Yield what keeps a text from being the address of one mailbox."""
    if not is_address(address):
        yield "no e-mail address alone; write one, without a name: office@example.org"
    yield from deceptions(address)


def identity(address: str) -> str:
    """Return an address in small letters, its domain in ASCII: nearly every server takes it for the same."""
    return envelope(address).casefold()


def drafts(parcel: Parcel, address: str, settings: Settings) -> Preview:
    """Return the message, and the zip when it is too large for one."""
    content, is_linked = _message(parcel, address, settings)
    draft = Artifact(f"{parcel.bundle.name}.eml", "message/rfc822", content)
    return Preview((draft,), (parcel.file,) if is_linked else ())


def deliver(parcel: Parcel, address: str, settings: Settings, commit: Callable[[], None]) -> Answer:
    """Send the message; raise DeliveryError when it is too large, Closed when the server takes none of ours."""
    content, _ = _message(parcel, address, settings)
    with _connected(settings) as server:
        options = [f"SIZE={len(content)}"] if server.has_extn("size") else []
        if not are_plain(address, settings):
            if not server.has_extn("smtputf8"):
                if address.isascii():
                    raise Closed(f"{_NOT_ASCII}, as in [sender]")
                return Answer(Outcome.REFUSED, _NOT_ASCII)
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        return _sent(server, settings, envelope(address), options, content, commit)


def arrived(bundle: str, manifest_sha256: str, address: str, settings: Settings) -> bool | None:
    """A server does not tell whether it took a message; its partner does."""
    return None


def reached(addresses: Sequence[str], settings: Settings) -> list[Answer]:
    """Return whether the server takes a connection and the login, once for all; whose mail it takes, mail tells."""
    with _connected(settings) as server:
        takes_all = server.has_extn("smtputf8")
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
    return [
        Answer(Outcome.ACCEPTED) if takes_all or are_plain(address, settings) else Answer(Outcome.REFUSED, _NOT_ASCII)
        for address in addresses
    ]


_NOT_ASCII = "the server takes no address with letters beyond ASCII before the @"


def _sent(
    server: smtplib.SMTP,
    settings: Settings,
    recipient: str,
    options: list[str],
    content: bytes,
    commit: Callable[[], None],
) -> Answer:
    is_complete = False
    try:
        _open(server, envelope(settings.sender.address), options)
        code, text = server.rcpt(recipient)
        if code < 400:
            code, text = server.docmd("DATA")
        if code >= 400:
            return _before_message(code, text)
        if code != 354:
            return Answer(Outcome.FAILED, f"the server does not ask for the message, but says {code}")
        _send(server, _without_lone_dots(content))
        assert server.sock and settings.server
        # Otherwise the lone dot waits until the other side has acknowledged the rest.
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if (said := _said_too_early(server)) is not None:
            return said
        server.sock.settimeout(PATIENCE * settings.server.timeout_seconds)
        commit()
        server.send(b".\r\n")
        is_complete = True
        answer = _answer(*server.getreply())
    except (OSError, smtplib.SMTPException) as error:
        if is_complete:
            return Answer(Outcome.UNKNOWN, f"the connection ended behind the message ({_plain(error)})")
        return Answer(Outcome.FAILED, f"the connection ended before the message was complete ({_plain(error)})")
    with suppress(OSError, smtplib.SMTPException):
        server.putcmd("QUIT")  # nobody waits for its answer: what the server said of the message is noted at once
    return answer


def _send(server: smtplib.SMTP, content: bytes) -> None:
    """Send a message, each piece within the time for an answer: sockets count theirs for all that they are given.

    A large message over a slow line would otherwise never come to its end.
    """
    for start in range(0, len(content), _PIECE):
        server.send(content[start : start + _PIECE])


def _said_too_early(server: smtplib.SMTP) -> Answer | None:
    """Return the answer of a server that has hung up, or spoken, before the message was complete; None if it waits."""
    assert server.sock and server.file
    server.sock.settimeout(0)
    try:
        # What came together with an earlier answer is no longer in the socket.
        said = server.file.peek() or server.sock.recv(1000)
    except (BlockingIOError, ssl.SSLWantReadError):
        return None
    if not said:
        return Answer(Outcome.FAILED, "the server hung up before the message was complete")
    code = said[:3]
    return _answer(int(code) if code.isdigit() and code[:1] in b"45" else 450, said[4:])


def _open(server: smtplib.SMTP, sender: str, options: list[str]) -> None:
    """Begin a message; what is wrong so early is not the partner's fault."""
    code, text = server.mail(sender, options)
    if code == 552:
        raise DeliveryError("too large for the server; lower smtp.max_megabytes")
    if code >= 400:
        raise Closed(
            f"the server takes no mail from sender.address ({_answer(code, text).said})", is_passing=code < 500
        )


_GREETINGS = (220, 221)
"""Codes that begin and end a connection (RFC 5321, 4.2.3), and accept nothing."""


def _answer(code: int, text: bytes) -> Answer:
    said = " ".join(text.decode("utf-8", "replace").split())[:500]
    if 200 <= code < 300 and code not in _GREETINGS:
        return Answer(Outcome.ACCEPTED, said=said)
    if code // 100 == 5 and _OF_US.search(said) and not _OF_PARTNER.search(said):
        return Answer(Outcome.FAILED, _refused_us(code), said, is_passing=False)
    outcomes = {4: Outcome.FAILED, 5: Outcome.REFUSED}
    return Answer(outcomes.get(code // 100, Outcome.UNKNOWN), f"the server answered {code}", said)


_OF_US = re.compile(
    r"\b5\.(?:1\.[78]|4\.5|7\.(?:[01]|2\d|[5-7]\d\d))(?!\d)|(?:block|black|deny) ?list|blocked using|spamhaus|barracuda"
    r"|banned sending|sender (?:address )?(?:rejected|verify failed)|relay(?:ing)? (?:access )?(?:denied|not permitted)"
    r"|relaying is |authentication (?:is )?required|sending (?:limit|quota)",
    re.IGNORECASE,
)
"""How servers say that they take nothing from this network, user or sender, whoever it is for (RFC 3463, 5321)."""

_OF_PARTNER = re.compile(
    r"recipient (?:address )?rejected|no such |(?:user|recipient|mailbox|account) (?:is )?(?:un|not |does )"
    r"|5\.1\.[1-3](?!\d)|not a member|by (?:the )?recipient|virus|malware|attachment|\bcontents?\b"
    r"|(?:as|is|likely) (?:spam|unsolicited)\b|spam message",
    re.IGNORECASE,
)
"""How they say that one partner, or what is in this one message, is the matter: they have the same number (5.7.1)."""


def _refused_us(code: int) -> str:
    return f"the server takes no mail from this network or sender, whoever it is for ({code}); ask who runs it"


def _before_message(code: int, text: bytes) -> Answer:
    """Return why a server does not ask for the message: whatever it says, it has none."""
    answer = _answer(code, text)
    return replace(answer, outcome=Outcome.FAILED) if answer.outcome is Outcome.UNKNOWN else answer


@contextmanager
def _connected(settings: Settings) -> Iterator[smtplib.SMTP]:
    """Give a connection that may be used for mail: encrypted, and with the user logged in. Raises Closed."""
    relay = settings.server
    if relay is None:
        raise Closed("pipeline.toml has no [smtp]; write it (docs/distribution.md), or send the drafts by hand")
    try:
        server = _greeted(relay)
    except ssl.SSLCertVerificationError as error:
        raise Closed(f"{relay.host}: {_distrusted(error, settings)}") from None
    except smtplib.SMTPNotSupportedError:
        raise Closed(f'{relay.host}: the server offers no STARTTLS; try smtp.security = "tls"') from None
    except (OSError, smtplib.SMTPException) as error:
        raise Closed(f"{relay.host}: no connection ({_plain(error)})", is_passing=True) from None
    try:
        _log_in(server, relay, settings.password)
        yield server
    finally:
        server.close()


_DISTRUSTED = {
    9: "its certificate is not yet valid (today is {today} here); set the clock of this machine, or ask who runs it",
    10: "its certificate has expired (today is {today} here); ask who runs it to renew it, or set the clock",
    18: "its certificate is signed by itself; if it is yours, name the file of the certificate in SSL_CERT_FILE",
    19: "its certificate is from an authority that nobody knows; if it is yours, name its file in SSL_CERT_FILE",
    20: "its certificate is from an authority unknown here; if it is yours, name its file in SSL_CERT_FILE",
    23: "its certificate was revoked; ask who runs it",
    62: "its certificate is for a server of another name; write the name it has as smtp.host",
    64: "its certificate is for a server of another number; write the name it has as smtp.host",
}
"""By OpenSSL's number, X509_V_ERR_…, and what to do."""


def _distrusted(error: ssl.SSLCertVerificationError, settings: Settings) -> str:
    usual = f"its certificate is not to be trusted ({error.verify_message}); ask who runs it"
    return _DISTRUSTED.get(error.verify_code, usual).format(today=f"{settings.now:%Y-%m-%d}")


def _greeted(relay: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    # Without a name of ours, smtplib tells the server that of this host.
    name, seconds = relay.greeting or "localhost", relay.timeout_seconds
    server: smtplib.SMTP
    if relay.security == "tls":
        server = _EncryptedConnection(relay.host, relay.port, name, context=context, timeout=seconds)
    else:
        server = _Connection(relay.host, relay.port, name, timeout=seconds)
    try:
        server.ehlo_or_helo_if_needed()
        if relay.security == "starttls":
            code, _ = server.starttls(context=context)
            if code != 220:
                raise smtplib.SMTPNotSupportedError
            server.ehlo()
    except BaseException:
        server.close()
        raise
    return server


def _log_in(server: smtplib.SMTP, relay: Server, password: str) -> None:
    if not relay.user:
        return
    if not password:
        raise Closed(
            f"{relay.host}: the password is missing; give it as PIPELINE_SMTP_PASSWORD, "
            f"or to the keyring: keyring set pipeline@{relay.host} {relay.user}"
        )
    if not (relay.user + password).isascii():  # smtplib's own way; RFC 4616 would have UTF-8, which few servers take
        raise Closed(f"{relay.host}: smtp.user or the password has a letter beyond ASCII; set a password without one")
    try:
        server.login(relay.user, password)
    except smtplib.SMTPAuthenticationError as error:
        raise Closed(
            f"{relay.host}: the server does not accept user and password ({error.smtp_code})",
            is_passing=error.smtp_code < 500,
        ) from None
    except smtplib.SMTPNotSupportedError:
        raise Closed(f"{relay.host}: the server offers no login that is known here; take smtp.user away") from None
    except (OSError, smtplib.SMTPException) as error:
        raise Closed(f"{relay.host}: the login broke off ({_plain(error)})", is_passing=True) from None
    except ValueError:  # what it asks is no base64
        raise Closed(f"{relay.host}: the login broke off (the server asks what nobody can read)") from None


def _message(parcel: Parcel, address: str, settings: Settings) -> tuple[bytes, bool]:
    """Return the message as it goes over the wire, and whether it names a link in place of the zip."""
    if not settings.sender.address:
        raise Closed("pipeline.toml does not say who sends; write [sender] with name and address")
    if any(faults(address)):
        raise DeliveryError("the address is none for e-mail; correct it in partners.toml (pipeline partners check)")
    is_large = most_bytes(parcel) > (settings.server.max_megabytes if settings.server else 10) * _MEGABYTE
    if is_large and parcel.attached:
        raise DeliveryError(
            f"{parcel.file.path} is too large for an e-mail; raise smtp.max_megabytes, or make it shorter"
        )
    if is_large and not settings.sender.link:
        raise DeliveryError(
            f"{parcel.bundle.name}.zip is too large for an e-mail ({len(parcel.zipped):,} bytes); write sender.link, "
            "the address where partners fetch it, or raise smtp.max_megabytes"
        )
    return composed(parcel, address, settings, is_linked=is_large), is_large


def _without_lone_dots(content: bytes) -> bytes:
    """Return a message as it is sent behind DATA: a dot at the beginning of a line is doubled."""
    return re.sub(rb"(?m)^\.", b"..", content if content.endswith(b"\r\n") else content + b"\r\n")


def _plain(error: Exception) -> str:
    """Return what an error says, without the bytes of an exchange that may hold more than that."""
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        error = error.__context__  # smtplib says of every break while it sends that there was no connection
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "no answer in time"
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    return (getattr(error, "strerror", None) or str(error)).replace("\n", " ")
