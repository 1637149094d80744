"""Packages fetched from an index on this machine, over https: whole, or gone on with."""

import http.server
import json
import ssl
import threading

import pytest
import trustme

from pipeline.errors import EngineError, EnvironmentMissing
from pipeline.translate import fetching, servers
from tests.support import tiny_argos


class Index(http.server.BaseHTTPRequestHandler):
    """The Argos index and its packages; the first time it breaks off in the middle of one, and can go on there."""

    files, breaks, asked = {}, True, []

    def do_GET(self):
        content = self.files[self.path]
        start = int((self.headers.get("Range") or "bytes=0-")[6:-1])
        self.asked.append((self.path, start))
        if start >= len(content):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        stops = type(self).breaks and self.path != "/index.json"
        type(self).breaks = type(self).breaks and not stops
        self.wfile.write(content[start : len(content) // 2 if stops else None])

    def log_message(self, *_):
        pass


@pytest.fixture
def index(tiny, monkeypatch, tmp_path):
    """An index on this machine, over https, with a certificate that only this test trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Index)
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(secure)
    server.socket = secure.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"https://127.0.0.1:{server.server_port}"
    entries = [
        {"from_code": source, "to_code": target, "package_version": version, "links": [f"{address}/{file}"]}
        for source, target, version, file in (
            ("fa", "en", "1.0", "fa"),
            ("fa", "en", "0.9", "old"),
            ("en", "fr", "1.0", "fr"),
        )
    ]
    Index.files = {
        "/index.json": json.dumps(entries).encode(),
        "/fa": tiny[0].read_bytes(),
        "/fr": tiny[1].read_bytes(),
    }
    Index.asked, Index.breaks = [], True
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"{address}/")
    yield address
    server.shutdown()
    server.server_close()


def test_packages_are_fetched_and_an_interrupted_download_goes_on_where_it_ended(index, pipeline, workspace):
    assert pipeline("models", "available").stdout == "en-fr\t1.0\nfa-en\t0.9\nfa-en\t1.0\n"
    broken = pipeline("models", "install", "fa", "en", "fr")
    assert broken.returncode == 3 and "the connection was interrupted" in broken.stderr
    assert "no package is installed" in pipeline("models", "list").stdout
    done = pipeline("models", "install", "fa", "en", "fr")
    assert done.returncode == 0 and done.stdout.count("locked") == 2, done.stderr
    asked = [(path, start) for path, start in Index.asked if path != "/index.json"]
    assert asked[0] == ("/fa", 0) and asked[1] == ("/fa", len(Index.files["/fa"]) // 2) and asked[2] == ("/fr", 0)
    assert pipeline("models", "verify").returncode == 0


def test_an_install_that_broke_off_at_its_second_package_goes_on_there(index, pipeline, workspace):
    Index.breaks = False
    assert pipeline("models", "install", "fa-en").returncode == 0
    Index.breaks = True
    assert pipeline("models", "install", "fa", "en", "fr").returncode == 3
    done = pipeline("models", "install", "fa", "en", "fr")
    assert done.returncode == 0 and "fa-en is already installed" in done.stdout, done.stderr
    assert [path for path, _ in Index.asked if path != "/index.json"] == ["/fa", "/fr", "/fr"]
    Index.asked.clear()
    assert pipeline("models", "install", "fa", "en", "fr").returncode == 0 and Index.asked == []


def test_what_came_before_a_kill_is_not_fetched_again(index, tmp_path, monkeypatch):
    """A process that is killed writes nothing more: what came must be in the file as it comes."""
    monkeypatch.setattr(servers, "_CHUNK", 1000)
    content, kept, seen = Index.files["/fa"], tmp_path / "fa.part", []
    half = len(content) // 2
    with pytest.raises(EnvironmentMissing):
        fetching._download(f"{index}/fa", 10**6, "fa-en", kept, lambda done, total: seen.append(kept.read_bytes()))
    assert seen[-1] == content[:half]
    assert fetching._download(f"{index}/fa", 10**6, "fa-en", kept) == content
    assert Index.asked[-1] == ("/fa", half) and not kept.exists()
    kept.write_bytes(content)  # killed after the last byte
    assert fetching._download(f"{index}/fa", 10**6, "fa-en", kept) == content
    with fetching._opened(kept), pytest.raises(EnvironmentMissing, match="another command is fetching it"):
        fetching._download(f"{index}/fa", 10**6, "fa-en", kept)


def test_a_package_that_changed_at_its_address_is_refused(index, pipeline, workspace, tmp_path):
    Index.breaks = False
    assert pipeline("models", "install", "fa-en").returncode == 0
    pipeline("models", "remove", "fa-en")
    Index.files["/fa"] = tiny_argos.package(tmp_path, "fa", "en", {**tiny_argos.FA_EN, "س": "z"}).read_bytes()
    refused = pipeline("models", "install", "fa-en")
    assert refused.returncode == 1 and "not the fa-en that models.lock names" in refused.stderr
    assert "has no package fa-de" in pipeline("models", "install", "fa-de").stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"7", "not an Argos index"),
        (b"[" * 100_000, "not an Argos index"),
        (b'[7, {"from_code": "fa", "to_code": "en", "links": null}]', "has no package fa-en"),
        (
            b'[{"from_code": "fa", "to_code": "en", "links": [7], "package_version": "\xc2\xb2.1"}]',
            "has no package fa-en",
        ),
    ],
)
def test_an_index_that_is_none_is_named(index, pipeline, content, message):
    Index.files["/index.json"] = content
    done = pipeline("models", "install", "fa-en")
    assert done.returncode and message in done.stderr and "Traceback" not in done.stderr


def test_a_server_that_does_not_speak_http_is_no_network(index, pipeline, monkeypatch):
    def garbage(self):
        self.wfile.write(b"garbage\r\n\r\n")

    monkeypatch.setattr(Index, "do_GET", garbage)
    done = pipeline("models", "available")
    assert done.returncode == 3 and "cannot be downloaded" in done.stderr


def test_nothing_is_fetched_over_plain_http(pipeline, workspace, monkeypatch):
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9/")
    assert "begins with https://" in pipeline("models", "available").stderr


def test_more_bytes_than_a_package_may_have_are_not_taken(index, monkeypatch):
    with pytest.raises(EngineError, match="more than 1,000;"):
        fetching._download(f"{index}/fa", 1000, "fa-en")
