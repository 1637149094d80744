"""What servers answer: over the schemes asked for, sent on to no other, and given up when it drips.

The limits of time of Python's sockets begin anew with every byte. Here a request has one for all of it, or, for
a package over a slow line, a speed it may not fall below.
"""

import socket
import string
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import IO, Any
from urllib.error import URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    getproxies,
    proxy_bypass,
)

HEAD_SECONDS = 60
"""For a connection, and the head of an answer."""
SLOW_SECONDS, SLOWEST = 60, 500
"""After so many seconds an answer is given up that brought fewer bytes a second."""
_CHUNK = 2**18


@contextmanager
def download(address: str, headers: Mapping[str, str], only: str = "") -> Iterator[HTTPResponse]:
    """Give the answer to a GET over https, wherever it is sent on to over https, or on the `only` host.

    Raises OSError or HTTPException.
    """
    if not address.lower().startswith("https://"):
        raise URLError(f"{address[:200]} is not https")
    with _alarm(HEAD_SECONDS) as alarm:
        answer = _opener(alarm, _Proxies(), _HttpsOnly(only)).open(Request(_quoted(address), headers=dict(headers)))
        alarm.stop()
        with answer:
            yield answer


def _quoted(address: str) -> str:
    """Return an address as it can be asked for: feeds have the letters of a language in the paths of pages."""
    scheme, slashes, rest = address.partition("://")
    named, slash, path = rest.partition("/")
    return "".join((scheme, slashes, named, slash, quote(path, string.punctuation, errors="replace")))


def host(address: str) -> str:
    """Return the host and port of an https address, without www.; raise ValueError for a port that cannot be."""
    parts = urlsplit(address)
    return f"{(parts.hostname or '').removeprefix('www.')}:{parts.port or 443}"


def chunks(answer: HTTPResponse) -> Iterator[bytes]:
    """Yield what comes, as it comes; raise OSError when that is next to nothing for long."""
    began, count = time.monotonic(), 0
    while chunk := answer.read1(_CHUNK):
        count += len(chunk)
        yield chunk
        if time.monotonic() - began > SLOW_SECONDS:
            if count < SLOW_SECONDS * SLOWEST:
                raise OSError(f"less than {SLOWEST} bytes a second came; try again later")
            began, count = time.monotonic(), 0


def post(address: str, content: bytes, seconds: float, most: int) -> bytes:
    """Return at most `most` bytes of what a server answers to JSON within so many seconds; it may not send on.

    Without a proxy: what is meant for this machine must not leave it because of a setting. Raises OSError or
    HTTPException.
    """
    request = Request(address, content, {"Content-Type": "application/json"})
    with _alarm(seconds) as alarm, _opener(alarm, ProxyHandler({}), _Nowhere()).open(request) as answer:
        parts, count = [], 0
        while count < most and (chunk := answer.read1(most - count)):
            parts.append(chunk)
            count += len(chunk)
        return b"".join(parts)


class _Proxies(ProxyHandler):
    """The proxies of the environment, for each server that is asked; none that cannot be used is passed by.

    Who sets `all_proxy`, as desktops do for Tor, does not want to be seen by the server.
    """

    def __init__(self) -> None:
        known = getproxies()
        super().__init__({"https": known["all"]} | known if known.get("all") else known)

    def proxy_open(self, req: Request, proxy: str, type: str) -> None:
        if "://" in proxy and not proxy.lower().startswith(("http://", "https://")) and not proxy_bypass(req.host):
            raise URLError("the proxy that is set cannot be used here; take it away, and start this with torsocks")
        super().proxy_open(req, proxy, type)


class _HttpsOnly(HTTPRedirectHandler):
    max_redirections = 5

    def __init__(self, only: str) -> None:
        self._only = only

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if not newurl.lower().startswith("https://"):
            raise URLError(f"sent on to {newurl[:200]}, which is not https")
        if self._only and host(newurl) != self._only:
            raise URLError(f"sent on to {newurl[:200]}, which is another server")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Nowhere(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        raise URLError(f"sent on to {newurl[:200]}, where nothing is sent unless its address is in pipeline.toml")


class _Alarm:
    """Ends the connections of a request when its time is over, wherever that waits."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.is_over = seconds, False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def connected(self, address: tuple[str, int], *_: object) -> socket.socket:
        """Return a connection; a copy of it is kept to be shut, which shuts the connection itself."""
        made = socket.create_connection(address, min(self.seconds, HEAD_SECONDS))
        made.settimeout(self.seconds)
        self._sockets.append(made.dup())
        if self.is_over:  # while it was connecting
            self._ring()
        return made

    def _ring(self) -> None:
        self.is_over = True
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def require_time(self) -> None:
        """Raise TimeoutError when the time is over."""
        if self.is_over:
            raise TimeoutError(f"no whole answer within {self.seconds:g} seconds") from None

    def stop(self) -> None:
        """Let what was asked go on, each of its steps within the time."""
        self._timer.cancel()

    def close(self) -> None:
        self.stop()
        for one in self._sockets:
            one.close()


@contextmanager
def _alarm(seconds: float) -> Iterator[_Alarm]:
    alarm = _Alarm(seconds)
    try:
        yield alarm
    except (OSError, ValueError, HTTPException):
        alarm.require_time()
        raise
    else:
        alarm.require_time()  # an answer of no stated length seems whole when its connection is shut
    finally:
        alarm.close()


class _Handler(HTTPSHandler):
    """Opens connections that an alarm can end."""

    def __init__(self, alarm: _Alarm) -> None:
        super().__init__()
        self._alarm = alarm

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._made(HTTPConnection), req)

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._made(HTTPSConnection), req)

    http_request = HTTPSHandler.https_request

    def _made(self, kind: type[HTTPConnection]) -> Any:
        def connection(host: str, **options: Any) -> HTTPConnection:
            made = kind(host, **options)
            made._create_connection = self._alarm.connected  # type: ignore[attr-defined]
            return made

        return connection


def _opener(alarm: _Alarm, proxies: ProxyHandler, redirects: HTTPRedirectHandler) -> OpenerDirector:
    """Return what opens http and https, and no files, no FTP and no data as Python's own would."""
    opener = OpenerDirector()
    for handler in (proxies, redirects, _Handler(alarm), HTTPErrorProcessor(), HTTPDefaultErrorHandler()):
        opener.add_handler(handler)
    return opener
