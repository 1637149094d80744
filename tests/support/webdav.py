"""A WebDAV server on this machine, as far as rclone asks it for anything, that fails as it is told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

_FOLDER = "<D:resourcetype><D:collection/></D:resourcetype>"
_FILE = "<D:resourcetype/><D:getcontentlength>{}</D:getcontentlength>"
_FOUND = (
    '<?xml version="1.0"?><D:multistatus xmlns:D="DAV:"><D:response><D:href>{}</D:href><D:propstat><D:prop>{}'
    "<D:getlastmodified>Fri, 27 Nov 2026 06:00:00 GMT</D:getlastmodified></D:prop>"
    "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"
)

Files = dict[str, bytes]


class Disk:
    """The files of a server; `moved` is what it does when it is asked to move one, and returns the status it says."""

    def __init__(self) -> None:
        self.files: Files = {}
        self.is_endless = False  # as an enemy's, whose answer never ends
        self.moved: Callable[[Files, str, str], int] = whole


def whole(files: Files, old: str, new: str) -> int:
    files[new] = files.pop(old)
    return 201


def half_and_says_so(files: Files, old: str, new: str) -> int:
    """As a server that copies, and whose disk is full."""
    files[new] = files[old][:100]
    return 507


def half_and_says_nothing(files: Files, old: str, new: str) -> int:
    files[new] = files.pop(old)[:100]
    return 201


def nothing(files: Files, old: str, new: str) -> int:
    return 405


def fetched_while_it_is_copied(files: Files, old: str, new: str) -> int:
    """As a server that copies, from which a partner's program takes whatever comes."""
    return 201


@contextmanager
def serve(disk: Disk) -> Iterator[int]:
    """Run a server until the end of the block; give its port."""

    class Answering(BaseHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            pass

        def answer(self, status: int, body: str = "") -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def answer_without_end(self) -> None:
            self.send_response(207)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(_FOUND.partition("{}")[0].encode())
                while True:
                    self.wfile.write(b"a" * 2**20)

        def do_PROPFIND(self) -> None:
            path = unquote(self.path)
            if disk.is_endless:
                self.answer_without_end()
            elif path in disk.files:
                self.answer(207, _FOUND.format(path, _FILE.format(len(disk.files[path]))))
            elif path.endswith("/") or "." not in path:
                self.answer(207, _FOUND.format(path, _FOLDER))
            else:
                self.answer(404)

        def do_MKCOL(self) -> None:
            self.answer(201)

        def do_PUT(self) -> None:
            disk.files[unquote(self.path)] = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(201)
            self.end_headers()

        def do_MOVE(self) -> None:
            target = unquote(urlsplit(self.headers["Destination"]).path)
            self.answer(disk.moved(disk.files, unquote(self.path), target))

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
