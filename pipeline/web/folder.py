"""A folder of pages, shown in a browser on this machine alone, as a web server would."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LOOPBACK = "127.0.0.1"
SECONDS = 30
"""How long somebody may take to say what they want."""

_FIRST_PAGES = ("index.html", "index.htm")
"""Given where a folder is asked for."""


class _FolderPages(SimpleHTTPRequestHandler):
    """Gives files, and no lists of them; to nobody who came by another name than this machine's."""

    timeout = SECONDS
    server_version, sys_version = "pipeline", ""

    def send_head(self) -> object:  # type: ignore[override]
        port = self.connection.getsockname()[1]
        if self.headers.get("Host") not in (f"{LOOPBACK}:{port}", f"localhost:{port}"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        if not self._is_inside():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def _is_inside(self) -> bool:
        """Whether what is asked for is in the folder, and no link out of it: every user of this machine may ask."""
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
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing: the terminal is for what a person asked for."""


class _FolderServer(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of those who hang up."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder while the context lasts; give its address."""
    with _FolderServer((LOOPBACK, 0), partial(_FolderPages, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
