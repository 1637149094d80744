"""A folder of pages, shown on this machine alone."""

import http.client
import socket
import struct
import threading
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline.web import folder
from tests.support import chromium


@pytest.fixture
def pages(tmp_path) -> Path:
    (tmp_path / "pages/en").mkdir(parents=True)
    (tmp_path / "pages/en/index.html").write_text("<p>نان")
    (tmp_path / "secret").write_text("secret")
    return tmp_path / "pages"


def ask(address: str, path: str, host: str = "") -> tuple[int, bytes]:
    place = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=10)
    connection.request("GET", place.path.rstrip("/") + path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_pages_are_given_and_nothing_beside_them(pages):
    with folder.serving(pages) as address:
        assert ask(address, "/en/") == (200, "<p>نان".encode())
        assert [ask(address, path)[0] for path in ("/", "/../secret", "/%2e%2e/secret", "/en/none")] == [404] * 4


def test_no_link_leads_out_of_the_folder(pages):
    """Who shares the workspace may put links into it."""
    (pages / "link").symlink_to(pages.parent / "secret")
    (pages / "above").symlink_to(pages.parent)
    (pages / "loop").symlink_to("loop")
    (pages / "inside").symlink_to("en")
    for name, first in (("a", "index.html"), ("b", "index.htm")):
        (pages / name).mkdir()
        (pages / name / first).symlink_to(pages.parent / "secret")
    with folder.serving(pages) as address:
        assert [ask(address, path)[0] for path in ("/link", "/above/secret", "/loop", "/a/", "/b/")] == [404] * 5
        assert ask(address, "/inside/") == (200, "<p>نان".encode())


def test_whatever_is_asked_for_and_whoever_hangs_up_nothing_reaches_the_terminal(pages, capfd):
    (pages / "large").write_bytes(bytes(20_000_000))
    with folder.serving(pages) as address:
        assert ask(address, "/%00")[0] == 404
        port = urlsplit(address).port
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as asking:
                asking.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                asking.sendall(f"GET {urlsplit(address).path}large HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                asking.recv(1)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1"])
def test_who_came_by_another_name_is_turned_away(pages, host):
    with folder.serving(pages) as address:
        assert ask(address, "/en/", host)[0] == 421


def test_no_other_machine_can_reach_it(pages):
    with folder.serving(pages) as address:
        assert address.startswith("http://127.0.0.1:")


def test_whoever_does_not_know_the_address_finds_nothing(pages):
    """Other users of this machine may ask at every port."""
    with folder.serving(pages) as address, folder.serving(pages) as other:
        place = f"http://127.0.0.1:{urlsplit(address).port}"
        guesses = ("/en/", "/", "//en/", urlsplit(other).path + "en/", f"{urlsplit(address).path[:-2]}/en/")
        assert [ask(place, path)[0] for path in guesses] == [404] * 5


def test_a_folder_without_its_stroke_leads_to_itself(pages):
    with folder.serving(pages) as address:
        place = urlsplit(address)
        connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=10)
        connection.request("GET", f"{place.path}en")
        assert connection.getresponse().getheader("Location").endswith(f"{place.path}en/")


def test_no_other_site_in_the_browser_loads_anything_of_it(pages, browser):
    """Scripts and pictures are not kept from others by the browser itself, whatever they say of a text."""
    (pages / "words.js").write_text("window.taken = true;")
    with folder.serving(pages) as address, folder.serving(pages) as elsewhere, chromium.page(browser) as (page, _):
        page.goto(f"{elsewhere}en/")
        loaded = """async (address) => {
            const script = document.createElement("script");
            script.src = address.replace("127.0.0.1", "localhost") + "words.js";
            const came = new Promise((done) => { script.onload = () => done(true); script.onerror = () => done(false); });
            document.body.append(script);
            return await came;
        }"""
        assert page.evaluate(loaded, address) is False and page.evaluate(loaded, elsewhere) is False
        page.goto(f"{elsewhere}words.js")
        assert "taken" in page.content()


def test_whoever_opens_connections_without_end_uses_up_no_files(pages):
    with folder.serving(pages) as address, ExitStack() as opened:
        port, before = urlsplit(address).port, threading.active_count()
        silent = [
            opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            for _ in range(2 * folder.MOST_AT_ONCE)
        ]
        assert silent[-1].recv(1) == b"" and threading.active_count() <= folder.MOST_AT_ONCE + 1
        for one in silent:
            one.close()
        while threading.active_count() > before:
            pass
        assert ask(address, "/en/")[0] == 200
