"""Attacks on the page from other sites, names and programs of this machine: none comes in, and nothing is changed."""

import socket
import struct
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

import pytest

from pipeline.web import guard, server
from tests.support import chromium, visits
from tests.support.visits import Client
from tests.web.conftest import PAGE


@pytest.fixture
def form(sara):
    """The fields that would save a translation, with the key of their person."""
    name = sara.ask(PAGE).sentences["Our statement"]
    shown = sara.ask(f"{PAGE}?unit={name}")
    return shown.hidden("edit") | {"before": shown.field, "text": "Taken over", "do": "stay"}


def test_whoever_was_not_let_in_sees_nothing_of_the_workspace(serving):
    stranger = Client(serving.port, root=serving.root)
    for page in ("/", PAGE, f"{PAGE}/version", "/keys", "/nothing", "/people"):
        answer = stranger.once(page)
        assert answer.status == 403 and "statement" not in answer.text
    assert stranger.once("/static/review.css").status == 200
    assert Client(serving.port).once("/static/review.css").status == 403
    assert stranger.once("/static/../site.py").status in (403, 404)
    assert stranger.once("/static/%2e%2e/site.py").status in (403, 404)


def test_an_address_opens_once(serving):
    address = serving.told[-1].address
    serving.client()
    answer = Client(serving.port).once(address.partition(f":{serving.port}")[2])
    assert answer.status == 403 and "set-cookie" not in answer.headers


def test_the_address_that_lets_in_is_gone_from_the_page_that_follows(serving):
    answer = Client(serving.port).once(serving.told[-1].address.partition(f":{serving.port}")[2])
    assert f'http-equiv="refresh" content="0; url={serving.root}/"' in answer.text
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and f"Path={serving.root}/;" in cookie


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost.evil.example:{port}", "[::1]:{port}"]
)
def test_no_other_name_leads_to_the_page(serving, sara, host):
    """DNS rebinding: a page elsewhere makes its own name mean this machine."""
    assert sara.once("/", Host=host.format(port=serving.port)).status == 421
    assert (
        Client(serving.port, root=serving.root).once("/static/review.css", Host=host.format(port=serving.port)).status
        == 421
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": ""},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": ""},
        {"Origin": "", "Sec-Fetch-Site": "same-site"},
        {"Origin": "", "Sec-Fetch-Site": ""},
        {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_another_site_changes_nothing(sara, translated, form, headers):
    before = translated.read_bytes()
    assert sara.once(f"{PAGE}/save", form, **headers).status == 403
    assert translated.read_bytes() == before


@pytest.mark.parametrize("key", ["", "x" * 32, "é"])
def test_a_form_without_the_key_of_its_person_changes_nothing(sara, translated, form, key):
    before = translated.read_bytes()
    assert sara.once(f"{PAGE}/save", form | {"key": key}).status == 403
    assert translated.read_bytes() == before


def test_the_key_of_another_person_opens_nothing(serving, sara, form):
    other = serving.client()
    assert other.once(f"{PAGE}/save", form).status == 403


def test_links_change_nothing(sara, form):
    assert sara.once(f"{PAGE}/save").status == 405
    assert sara.once("/undo").status == 405


def test_pages_may_load_nothing_from_elsewhere_and_are_not_kept(sara):
    headers = sara.once(PAGE).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
    assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
    assert headers["referrer-policy"] == "no-referrer" and headers["x-dns-prefetch-control"] == "off"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_no_page_has_anything_that_the_policy_forbids(sara):
    name = sara.ask(PAGE).sentences["Our statement"]
    for page in ("/", PAGE, f"{PAGE}?unit={name}", f"{PAGE}/replace?words=statement&by=x", "/keys", "/people"):
        text = sara.ask(page).text
        for forbidden in (" style=", " onclick=", "<style", "javascript:", "http://", "https://", "<iframe"):
            assert forbidden not in text.replace('xmlns="http://www.w3.org/2000/svg"', ""), (page, forbidden)


def test_a_body_that_is_too_long_is_not_taken(sara, translated, form):
    answer = sara.once(f"{PAGE}/save", form | {"text": "x" * (guard.MOST_BYTES + 1)})
    assert answer.status == 413
    assert sara.once(f"{PAGE}/save", body=b"a=1&" * 25_000).status == 400
    assert sara.once(f"{PAGE}/save", body=b"text=%ff%fe").status == 400
    assert sara.once(f"{PAGE}/save", form, Content_Type="multipart/form-data; boundary=x").status == 415


def test_a_body_that_never_ends_is_given_up_and_others_are_served(serving, sara, monkeypatch):
    monkeypatch.setattr(guard, "PATIENCE", 0.3)
    with socket.create_connection(("127.0.0.1", serving.port), timeout=20) as slow:
        lines = (
            f"POST {serving.root}{PAGE}/save HTTP/1.1",
            f"Host: 127.0.0.1:{serving.port}",
            f"Cookie: {sara.cookie}",
            "Sec-Fetch-Site: same-origin",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: 100000",
            "",
            "text=",
        )
        slow.sendall("\r\n".join(lines).encode())
        assert sara.once("/").status == 200
        assert slow.recv(100).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("is_reset", [False, True])
def test_a_form_that_breaks_off_changes_nothing_and_says_nothing_at_the_terminal(
    serving, sara, form, translated, capfd, is_reset
):
    """A telephone goes out of range while it saves: hundreds of lines would drive the addresses off the terminal."""
    before = translated.read_bytes()
    body = urlencode(form | {"text": "Half of it"}).encode()
    lines = (
        f"POST {serving.root}{PAGE}/save HTTP/1.1",
        f"Host: 127.0.0.1:{serving.port}",
        f"Cookie: {sara.cookie}",
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "",
        "",
    )
    with socket.create_connection(("127.0.0.1", serving.port), timeout=20) as broken:
        broken.sendall("\r\n".join(lines).encode() + body[:-9])
        time.sleep(0.2)
        if is_reset:
            broken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert sara.once("/").status == 200
    time.sleep(0.2)
    assert capfd.readouterr() == ("", "") and translated.read_bytes() == before


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: evil\r\nX: "])
def test_connections_on_which_nothing_arrives_keep_nobody_out(workspace, translated, monkeypatch, sent):
    monkeypatch.setattr(server, "PATIENCE", 1)
    with visits.serving(workspace) as serving, ExitStack() as opened:
        sara = serving.client()
        sockets = [opened.enter_context(socket.create_connection(("127.0.0.1", serving.port))) for _ in range(80)]
        started = time.monotonic()
        while sara.once("/").status == 503 or time.monotonic() < started + 0.1:
            for one in sockets:
                with suppress(OSError):  # given up
                    one.sendall(sent[:1] if sent and time.monotonic() > started + 0.2 else sent)
            assert time.monotonic() < started + 30, "they are kept"
            time.sleep(0.05)
        assert sara.once("/").status == 200


def test_a_flood_of_requests_leaves_the_page_alive(serving, sara):
    sockets = []
    try:
        for _ in range(150):
            one = socket.create_connection(("127.0.0.1", serving.port), timeout=20)
            one.sendall(b"GET / HTTP/1.1\r\nHost: evil\r\n")
            sockets.append(one)
    finally:
        for one in sockets:
            one.close()
    for _ in range(50):
        with suppress(ConnectionError):  # hung up on, as long as there are too many
            if sara.once("/").status == 200:
                break
        time.sleep(0.1)
    assert sara.once("/").status == 200


@pytest.mark.parametrize(
    "page",
    ["/document/..%2f..%2fetc%2fpasswd/en", "/document/statement/..%2f..%2fen", "/document/%00/en", "/document//en"],
)
def test_no_path_leads_out_of_the_workspace(sara, page):
    assert sara.ask(page).status in (404, 409)


def test_cookies_that_make_no_sense_are_none(serving, sara):
    for cookie in ("a=b; ;;=", "x" * 9000, '"', f"{sara.cookie}x", sara.cookie.partition("=")[0]):
        assert Client(serving.port, cookie, serving.root).once("/").status in (400, 403)


def test_another_server_of_this_machine_is_not_shown_the_cookie(serving, browser):
    """Cookies know no ports: only an address that nobody can guess keeps them from whoever listens on another one."""
    shown = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self):
            shown.append(self.headers["Cookie"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as other, chromium.page(browser) as (page, _):
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        page.goto(serving.told[-1].address)
        page.wait_for_selector("ul.documents")
        for path in ("/", "/document/statement/en", "/come-in"):
            page.goto(f"http://127.0.0.1:{other.server_port}{path}")
        other.shutdown()
        thread.join()
    assert len(shown) >= 3 and not any(shown)


@pytest.mark.parametrize("other", ['a={"b": "c d"}', "a b=c", 'a="', "a@b[]=1", "a=" + "x" * 9000, "é=1", ";;="])
def test_cookies_of_other_programs_of_this_machine_lock_nobody_out(serving, sara, other):
    """They know no ports: whatever any page of 127.0.0.1 puts there comes here too."""
    for cookie in (f"{other}; {sara.cookie}", f"{sara.cookie}; {other}", f"{sara.cookie}x; {sara.cookie}"):
        assert Client(serving.port, cookie.encode().decode("latin-1"), serving.root).once("/").status == 200


_WORKER = b"""self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(clients.claim()));
self.addEventListener("fetch", (event) => event.respondWith(fetch(event.request)));"""
_LURE = b"<script>navigator.serviceWorker.register('/worker.js').then(() => { document.title = 'taken'; });</script>"


@contextmanager
def squatting(port):
    """Have somebody else listen on a port, who sends every page on to one of theirs; give what they were sent."""
    sent = []

    class Squatting(BaseHTTPRequestHandler):
        def do_GET(self):
            is_page = "/document/" in self.path and not self.path.endswith("/version")
            self.send_response(302 if is_page else 200)
            self.send_header("Location", "/lure")
            self.send_header("Content-Type", "text/javascript" if self.path == "/worker.js" else "text/html")
            self.end_headers()
            self.wfile.write(_WORKER if self.path == "/worker.js" else _LURE)

        def do_POST(self):
            sent.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", port), Squatting) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        try:
            yield sent
        finally:
            other.shutdown()
            thread.join()


def test_whoever_takes_the_port_of_a_server_that_has_ended_gets_no_page_and_no_text(workspace, translated, browser):
    with chromium.page(browser) as (page, _):
        with visits.serving(workspace) as serving:
            page.goto(serving.told[-1].address)
            page.wait_for_selector("ul.documents")
            page.goto(f"http://127.0.0.1:{serving.port}{serving.root}/document/statement/en")
            page.get_by_role("link", name="Our statement").first.click()
            page.wait_for_selector("#field")
        with squatting(serving.port) as sent:
            page.fill("#field", "A secret sentence")
            page.wait_for_timeout(6000)  # longer than the page waits to keep what is typed, and to ask for a version
            page.get_by_role("button", name="Save", exact=True).click()
            page.wait_for_function("() => document.querySelector('.said').textContent.includes('known here no more')")
            page.get_by_role("link", name="Documents").click()
            page.wait_for_timeout(500)
            assert serving.root in page.url and page.input_value("#field") == "A secret sentence"
            page.goto("about:blank")
            assert not sent


def test_what_another_program_left_under_the_address_sees_no_page(workspace, translated, browser):
    with chromium.page(browser) as (page, _):
        with visits.serving(workspace) as serving:
            pass
        with squatting(serving.port):
            page.goto(f"http://127.0.0.1:{serving.port}/lure")
            page.wait_for_function("() => document.title === 'taken'")
        with visits.serving(workspace, port=serving.port) as serving:
            page.goto(serving.told[-1].address)
            assert "stood between" in page.inner_text("body")
            page.goto(serving.told[-1].address)
            page.wait_for_selector("ul.documents")
            left = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
            assert page.evaluate(left) == 0 and page.evaluate("navigator.serviceWorker.controller") is None


def test_what_is_left_of_others_is_cleared_when_somebody_comes_in(serving):
    path = serving.told[-1].address.partition(f":{serving.port}")[2]
    assert Client(serving.port).once(path).headers["clear-site-data"] == '"storage"'
