"""What stands before every page: nobody comes in who was not let in, and nothing goes out that a page does not need.

Requests must name this server as their host, so that no other name leads here (DNS rebinding); a change must come
from a page of this server, and carry the key of its person's forms. Bodies are small, and read within a time.
"""

import asyncio
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.web.people import People, Person

MOST_BYTES = 1_000_000
"""Of the body of a request: a translation is at most some 100 kB."""

MOST_FIELDS = 20_000
"""As many sentences as words may be replaced in at a time."""

PATIENCE = 10.0
"""Seconds for a body to arrive."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-DNS-Prefetch-Control": "off",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cache-Control": "no-store",
}

OPEN = re.compile(r"/static/[a-z.-]+|/come-in")
"""What is shown to whoever asks: nothing of the workspace is in it."""


class FormError(Exception):
    """A form that cannot be taken: the `status` of the answer, and what it says."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True, slots=True)
class Gate:
    """Where the server is reached (its hosts as browsers name them, its scheme), and who may come in.

    `fingerprint` is that of its certificate, for people to compare. All addresses begin with `root`, which nobody can
    guess: cookies know no ports, so that for another path the browser would show ours to any server of this machine.
    """

    people: People
    hosts: Collection[str]
    scheme: str
    cookie: str
    root: str
    fingerprint: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether other machines can reach the server."""
        return self.scheme == "https"

    def person(self, headers: Headers) -> Person | None:
        pairs = (one.strip().partition("=") for one in headers.get("cookie", "").split(";"))
        # Other programs of this machine put cookies there too, whatever they look like.
        found = (self.people.find(value) for name, _, value in pairs if name == self.cookie)
        return next(filter(None, found), None)

    def set_cookie(self, secret: str) -> str:
        secure = "; Secure" if self.is_shared else ""
        return f"{self.cookie}={secret}; Path={self.root}/; HttpOnly; SameSite=Strict{secure}"


class Guard:
    """An ASGI application around another that only lets through what may come in."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app, self.gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                person: Person | None = scope.get("person")
                if person is not None:
                    headers["Answer-Key"] = person.answer_key
            await send(message)

        refusal = self._refusal(scope)
        if refusal:
            await PlainTextResponse(refusal[1], refusal[0])(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or headers["host"].lower() not in self.gate.hosts:
            return 421, "This page is not served under this name."
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "Only GET and POST."
        if scope["method"] == "POST" and not self._is_ours(headers):
            return 403, "This form was not sent from a page of this server."
        person = self.gate.person(headers)
        root, path = scope["path"][: len(self.gate.root)], scope["path"][len(self.gate.root) :]
        if root != self.gate.root or not path.startswith("/") or (person is None and not OPEN.fullmatch(path)):
            return 403, "Please open the address that `pipeline review` has printed. Each of them opens once."
        scope["person"], scope["root_path"] = person, root
        return None

    def _is_ours(self, headers: Headers) -> bool:
        """Whether a change comes from a page of this server; every browser of today says so in one of two headers."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is None or origin == "null":  # a page without referrer sends «null» with a form
            return site == "same-origin"
        return origin in {f"{self.gate.scheme}://{host}" for host in self.gate.hosts} and site in (None, "same-origin")


async def form(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form, whose key is that of its person; raise FormError for any other, and for too much."""
    body = await _body(request)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise FormError(400, "This form cannot be read.") from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    person: Person | None = request.scope.get("person")
    if person is not None and not person.sent(fields.get("key", [""])[0]):
        raise FormError(403, "This form is from another visit; load the page again.")
    return fields


async def _body(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise FormError(415, "Only forms are taken.")
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise FormError(413, f"More than {MOST_BYTES:,} bytes.")
    except TimeoutError:
        raise FormError(408, "The form did not arrive in time.") from None
    except ClientDisconnect:  # whoever sent it is gone: their network, or their browser
        raise FormError(400, "The form broke off.") from None
    return bytes(body)
