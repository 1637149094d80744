"""Servers that send on, lie, drip or fall silent: nothing is taken from them, and nobody waits for ever."""

import http.server
import ssl
import threading
from contextlib import contextmanager
from http.client import HTTPException

import pytest
import trustme

from pipeline.errors import EngineError, EnvironmentMissing
from pipeline.translate import fetching, servers
from pipeline.translate.mt import openai


class Server(http.server.ThreadingHTTPServer):
    """Does what a test says with every request; `asked` are their paths, `ended` tells that the test is over."""

    def __init__(self, act):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.server.asked.append(self.path)
                act(self)

            def do_POST(self):
                self.do_GET()

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.ended = [], threading.Event()

    def handle_error(self, *_):
        """A client that hangs up is what is asked for here."""


@pytest.fixture
def authority(monkeypatch, tmp_path):
    """A certificate that only this test trusts."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return made


@contextmanager
def serving(act, authority=None):
    """Give a server on this machine and its address, over https with an authority."""
    server = Server(act)
    if authority:
        secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(secure)
        server.socket = secure.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    running = threading.Thread(target=server.serve_forever, args=(0.01,))
    running.start()
    try:
        yield server, f"http{'s' if authority else ''}://127.0.0.1:{server.server_port}"
    finally:
        server.ended.set()
        server.shutdown()
        running.join()
        server.server_close()


def answer(handler, status=200, content=b"", **headers):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def drip(handler, beginning):
    """Send a byte now and then, for as long as anybody listens."""
    handler.wfile.write(beginning)
    while not handler.server.ended.wait(0.02):
        handler.wfile.write(b" ")


def sent_on(address, code=302):
    return lambda handler: answer(handler, code, Location=address)


def fetched(address, most=1000):
    return fetching._download(f"{address}/fa", most, "fa-en")


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_from_https_nobody_is_sent_on_to_http(authority, code):
    with (
        serving(lambda handler: answer(handler, content=b"changed on its way")) as (plain, address),
        serving(sent_on(f"{address}/fa", code), authority) as (_, first),
        pytest.raises(EnvironmentMissing, match="not https"),
    ):
        fetched(first)
    assert plain.asked == []


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/fa", "data:,fa", "//127.0.0.1:1/fa", "", "https://["]
)
def test_nor_to_another_kind_of_address(authority, address):
    with serving(sent_on(address), authority) as (server, first), pytest.raises(EnvironmentMissing):
        fetched(first)
    assert set(server.asked) == {"/fa"}


def test_over_https_one_is_sent_on_but_not_for_ever(authority):
    with (
        serving(lambda handler: answer(handler, content=b"whole"), authority) as (_, last),
        serving(sent_on(f"{last}/fa"), authority) as (_, first),
    ):
        assert fetched(first) == b"whole"
    with serving(sent_on("/fa"), authority) as (server, first), pytest.raises(EnvironmentMissing):
        fetched(first)
    assert 1 < len(server.asked) < 12


@pytest.mark.parametrize("proxy", ["socks5h://127.0.0.1:9050", "http://127.0.0.1:1"])
@pytest.mark.parametrize("name", ["all_proxy", "https_proxy"])
def test_a_server_that_may_be_asked_directly_sends_nobody_past_a_proxy(authority, monkeypatch, name, proxy):
    with (
        serving(lambda handler: answer(handler, content=b"whole"), authority) as (beyond, last),
        serving(sent_on(f"{last}/fa"), authority) as (server, first),
    ):
        monkeypatch.setenv("no_proxy", first.removeprefix("https://"))
        monkeypatch.setenv(name, proxy)
        with pytest.raises(EnvironmentMissing):
            fetched(first)
    assert server.asked == ["/fa"] and beyond.asked == []


def test_an_address_is_opened_over_https_alone(authority, monkeypatch):
    for address in ("file:///etc/passwd", "ftp://127.0.0.1/fa", "data:,fa"):
        with pytest.raises(EnvironmentMissing):
            fetched(address)


@pytest.mark.parametrize(
    ("act", "error", "message"),
    [
        (lambda handler: answer(handler, content=b"x" * 50, Content_Length="100"), EnvironmentMissing, "interrupted"),
        (lambda handler: answer(handler, content=b"x" * 50, Content_Length="9" * 5000), EnvironmentMissing, "cannot be downloaded"),
        (lambda handler: answer(handler, content=b"x" * 50, Content_Length="5000"), EngineError, "states 5,000 bytes"),
        (lambda handler: answer(handler, content=b"x" * 5000), EngineError, "more than 1,000 bytes"),
        (lambda handler: answer(handler, 206, b"x" * 50, Content_Range="bytes 7-56/57"), EnvironmentMissing, "another part"),
        (lambda handler: answer(handler, 204), EnvironmentMissing, "204"),
        (lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000), EnvironmentMissing, "cannot be downloaded"),
        (lambda handler: answer(handler, content=b"zz\r\nxx", Transfer_Encoding="chunked"), EnvironmentMissing, "cannot be downloaded"),
    ],
)  # fmt: skip
def test_an_answer_that_lies_of_its_length_is_not_taken(authority, act, error, message):
    with serving(act, authority) as (_, address), pytest.raises(error, match=message):
        fetched(address)


def test_what_came_of_another_part_is_not_put_together(authority, tmp_path):
    """Half a package is here; the server sends another half than the one asked for."""
    kept = tmp_path / "fa.part"
    kept.write_bytes(b"first half")
    act = lambda handler: answer(handler, 206, b"another", Content_Range="bytes 3-9/10")  # noqa: E731
    with serving(act, authority) as (_, address), pytest.raises(EnvironmentMissing, match="another part"):
        fetching._download(f"{address}/fa", 1000, "fa-en", kept)
    assert b"another" not in kept.read_bytes()


@pytest.mark.parametrize("beginning", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_package_that_drips_is_given_up(authority, monkeypatch, beginning):
    monkeypatch.setattr(servers, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(servers, "SLOW_SECONDS", 0.2)
    with (
        serving(lambda handler: drip(handler, beginning), authority) as (_, address),
        pytest.raises(EnvironmentMissing, match=r"within 0|bytes a second"),
    ):
        fetched(address)


def test_a_slow_line_is_not_given_up(authority, monkeypatch):
    """As long as a package comes faster than the slowest line."""
    monkeypatch.setattr(servers, "SLOW_SECONDS", 0.01)
    monkeypatch.setattr(servers, "SLOWEST", 10)

    def slowly(handler):
        answer(handler, Content_Length="200")
        for _ in range(20):
            handler.wfile.write(b"x" * 10)
            handler.server.ended.wait(0.01)

    with serving(slowly, authority) as (_, address):
        assert fetched(address) == b"x" * 200


@pytest.mark.parametrize(
    "beginning", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n{", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{"]
)  # fmt: skip
def test_a_model_server_that_drips_is_given_up_in_its_time(beginning):
    with (
        serving(lambda handler: drip(handler, beginning)) as (_, address),
        pytest.raises(TimeoutError, match="no whole answer within 0"),
    ):
        servers.post(f"{address}/v1", b"{}", 0.5, 1000)


def test_a_model_server_that_never_speaks_is_given_up_in_its_time():
    with serving(lambda handler: handler.server.ended.wait(60)) as (_, address), pytest.raises(TimeoutError):
        servers.post(f"{address}/v1", b"{}", 0.3, 1000)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_model_server_may_not_send_the_text_on(code):
    with (
        serving(lambda handler: answer(handler)) as (other, elsewhere),
        serving(sent_on(f"{elsewhere}/v1", code)) as (_, address),
    ):
        engine = openai.ServedEngine("fa", "en", openai.Served(address, "tiny"))
        with pytest.raises(EngineError, match="sent on to"):
            engine.translate(["بله"])
    assert other.asked == []


def test_no_more_is_read_of_an_answer_than_was_asked_for():
    with serving(lambda handler: answer(handler, content=b"x" * 10**6)) as (_, address):
        assert servers.post(f"{address}/v1", b"{}", 10, 1000) == b"x" * 1000


def test_a_server_that_hangs_up_is_told_at_once():
    with serving(lambda handler: handler.connection.close()) as (_, address), pytest.raises((OSError, HTTPException)):
        servers.post(f"{address}/v1", b"{}", 60, 1000)
