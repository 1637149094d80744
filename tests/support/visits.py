"""A real server of the review page in this process, and a client without scripts, as a strict browser is one."""

import html
import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from pipeline.web import server
from pipeline.web.people import Role


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def sentences(self) -> dict[str, str]:
        """The names of the sentences on the page, by their words."""
        links = re.findall(r'<a class="sentence[^>]*id="u-([0-9a-f]{12})"[^>]*>(.*?)</a>', self.text, re.DOTALL)
        plain = {
            name: html.unescape(re.sub(r"<span class=\"(?:sign|hidden)\".*?</span>", "", text)) for name, text in links
        }
        return {re.sub(r"<[^>]*>", "", text).strip(): name for name, text in plain.items()}

    def hidden(self, form: str) -> dict[str, str]:
        """The hidden fields of a form, by its class or a part of its address."""
        found = next(
            text for text in re.findall(r"<form.*?</form>", self.text, re.DOTALL) if form in text.partition(">")[0]
        )
        pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', found)
        return {name: html.unescape(value) for name, value in pairs}

    @property
    def field(self) -> str:
        """What the field of the open sentence holds."""
        return html.unescape(re.search(r'<textarea id="field".*?>\n(.*?)</textarea>', self.text, re.DOTALL)[1])

    @property
    def said(self) -> str:
        return html.unescape(re.search(r'<p class="said".*?>(.*?)</p>', self.text, re.DOTALL)[1]).strip()


@dataclass
class Client:
    """Somebody who came in, or nobody yet."""

    port: int
    cookie: str = ""
    root: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, fields: dict[str, object] | None = None, **headers: str) -> Answer:
        """Ask for a page, or send a form as a browser does; follow where it leads on this server.

        Where everything begins on this server, its `root`, may be left out.
        """
        answer = self.once(path, fields, **headers)
        if answer.status == 303:
            return self.ask(answer.headers["location"].partition("#")[0])
        return answer

    def once(self, path: str, fields: dict[str, object] | None = None, body: bytes = b"", **headers: str) -> Answer:
        own = {"Host": f"127.0.0.1:{self.port}", "Accept-Language": "en"} | self.headers
        own |= {"Cookie": self.cookie} if self.cookie else {}
        if fields is not None or body:
            body = body or urlencode(fields, doseq=True).encode()
            own |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": "null",
                "Sec-Fetch-Site": "same-origin",
            }
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        path = path if path.startswith(f"{self.root}/") else self.root + path
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("POST" if body else "GET", path, body or None, {k: v for k, v in own.items() if v})
        response = connection.getresponse()
        text = response.read().decode("utf-8")
        connection.close()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, text)

    def come_in(self, address: str) -> "Client":
        path = address.partition(f":{self.port}")[2]
        self.root = path.partition("/come-in")[0]
        answer = self.once(path)
        assert answer.status == 200, answer.text
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return self

    def save(self, page: str, name: str, text: str, do: str = "stay", **more: object) -> Answer:
        """Open a sentence and save a translation for it, as somebody does who sees it as it is now."""
        shown = self.ask(f"{page}?unit={name}")
        return self.ask(f"{page}/save", shown.hidden("edit") | {"before": shown.field, "text": text, "do": do} | more)


@dataclass
class Serving:
    """A server that runs: its port, and the addresses that it has told."""

    port: int
    told: list[server.Opened]

    @property
    def root(self) -> str:
        """What all addresses on it begin with."""
        return self.told[-1].address.partition(f":{self.port}")[2].partition("/come-in")[0]

    def client(self, **headers: str) -> Client:
        return Client(self.port, headers=headers).come_in(self.told[-1].address)


def clock() -> datetime:
    return datetime.now(UTC)


@contextmanager
def serving(
    folder: Path, by: str = "sara", guests: tuple[tuple[str, Role], ...] = (), port: int = 0
) -> Iterator[Serving]:
    """Serve a workspace on a port, one of its own if none is named, until the end."""
    running: list[uvicorn.Server] = []
    run = uvicorn.Server.run

    def started(one, sockets):
        running.append(one)
        run(one, sockets)

    listener = server.listening(server.HOST, port)
    told: list[server.Opened] = []
    uvicorn.Server.run = started
    thread = threading.Thread(
        target=server.serve, args=(server.Serving(folder, clock, listener, by, guests), told.append)
    )
    thread.start()
    try:
        while not (running and running[0].started):
            assert thread.is_alive()
            thread.join(0.01)
        uvicorn.Server.run = run
        yield Serving(listener.getsockname()[1], told)
    finally:
        uvicorn.Server.run = run
        if running:
            running[0].should_exit = True
        thread.join(20)
        listener.close()
