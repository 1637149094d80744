"""A folder of pages, shown in a browser on this machine alone, as a web server would.

They stand below an address that nobody can guess: other users of the machine, and sites that are open in the browser,
find nothing there.
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"
SECONDS = 30
"""How long somebody may take to say what they want."""

MOST_AT_ONCE = 64
"""Connections; more are hung up on."""

_FIRST_PAGES = ("index.html", "index.htm")
"""Given where a folder is asked for."""


class _FolderPages(SimpleHTTPRequestHandler):
    """Gives files below `root`, and no lists of them; to nobody who came by another name than this machine's."""

    def __init__(self, *words: Any, root: str, **more: Any) -> None:
        self.root = root
        super().__init__(*words, **more)

    timeout = SECONDS
    server_version, sys_version = "pipeline", ""

    def send_head(self) -> object:  # type: ignore[override]
        port = self.connection.getsockname()[1]
        if self.headers.get("Host") not in (f"{LOOPBACK}:{port}", f"localhost:{port}"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        if not self.path.startswith(self.root) or not self._is_inside():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.root.rstrip("/")))

    def _is_inside(self) -> bool:
        """Whether what is asked for is in the folder: who shares the workspace may put links into it that lead out."""
        try:
            asked, folder = Path(self.translate_path(self.path)), Path(self.directory).resolve()
            return all((asked / page).resolve().is_relative_to(folder) for page in ("", *_FIRST_PAGES))
        except (OSError, RuntimeError, ValueError):  # a link that leads to itself; no name that a file can have
            return False

    def list_directory(self, path: object) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-DNS-Prefetch-Control", "off")  # else the server of each link is looked up
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing: the terminal is for what a person asked for."""


class _FolderServer(ThreadingHTTPServer):
    def verify_request(self, request: object, client_address: object) -> bool:
        """Whether there is room for one more: others on this machine could use up all files that may be open."""
        return threading.active_count() <= MOST_AT_ONCE

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of those who hang up."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder while the context lasts; give its address."""
    root = f"/{secrets.token_urlsafe(12)}/"
    with _FolderServer((LOOPBACK, 0), partial(_FolderPages, directory=str(folder), root=root)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_address[1]}{root}"
        finally:
            server.shutdown()
            thread.join()
