"""A folder of pages, shown on this machine alone."""

import http.client
from pathlib import Path

import pytest

from pipeline.web import folder


@pytest.fixture
def pages(tmp_path) -> Path:
    (tmp_path / "pages/en").mkdir(parents=True)
    (tmp_path / "pages/en/index.html").write_text("<p>نان")
    (tmp_path / "secret").write_text("secret")
    return tmp_path / "pages"


def ask(address: str, path: str, host: str = "") -> tuple[int, bytes]:
    port = int(address.rstrip("/").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_pages_are_given_and_nothing_beside_them(pages):
    with folder.serving(pages) as address:
        assert ask(address, "/en/") == (200, "<p>نان".encode())
        assert [ask(address, path)[0] for path in ("/", "/../secret", "/%2e%2e/secret", "/en/none")] == [404] * 4


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1"])
def test_who_came_by_another_name_is_turned_away(pages, host):
    with folder.serving(pages) as address:
        assert ask(address, "/en/", host)[0] == 421


def test_no_other_machine_can_reach_it(pages):
    with folder.serving(pages) as address:
        assert address.startswith("http://127.0.0.1:")
