"""A scheduler is local, or reached over TLS; without Dask it is said how to have it."""

import sys

import pytest

from pipeline.app.shards import cluster
from pipeline.errors import UsageError


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tcp://192.0.2.7:8786", "only tls:// is encrypted.*write tls://192.0.2.7:8786"),
        ("ws://host:1", "only tls://"),
        ("http://host:1", "only tls://"),
        ("host:8786", "write local, or tls://HOST:PORT"),
        ("tls://host", "write local, or tls://HOST:PORT"),
        ("tls://host:99999", "write local"),
        ("tls://a b:1", "write local"),
        ("tls://host:1/x", "write local"),
        ("Local", "write local"),
        ("", "write local"),
    ],
)
def test_what_is_no_scheduler_is_refused_with_what_to_write(workspace, pipeline, text, said):
    with pytest.raises(UsageError, match=said):
        cluster.place(text)
    if text:
        done = pipeline("run", "--scheduler", text)
        assert done.returncode == 2 and "Traceback" not in done.stderr


def test_a_scheduler_has_a_name_or_a_number():
    assert cluster.place("tls://host-1.example:8786").address == "tls://host-1.example:8786"
    assert cluster.place("tls://[2001:db8::1]:80").host == "[2001:db8::1]"


def test_offline_nothing_goes_to_another_machine(workspace, pipeline):
    (workspace / "pipeline.toml").write_text("offline = true\n", "utf-8")
    done = pipeline("run", "--scheduler", "tls://192.0.2.7:8786")
    assert done.returncode == 2 and "offline = true" in done.stderr


def test_without_dask_it_is_said_how_to_have_it_and_all_else_works(archive, pipeline, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    for words in (
        ("run", "--scheduler", "local"),
        ("translate", "--scheduler", "local"),
        ("shards", "scheduler"),
        ("shards", "worker", "tls://127.0.0.1:1"),
    ):
        done = pipeline(*words)
        assert done.returncode == 3 and "pip install distributed" in done.stderr
    assert pipeline("translate").returncode == 0


def test_without_certificates_nothing_is_begun_and_none_are_made(archive, pipeline):
    for words in (
        ("run", "--scheduler", "tls://127.0.0.1:1"),
        ("shards", "scheduler", "--listen", "127.0.0.1:1"),
        ("shards", "worker", "tls://127.0.0.1:1"),
    ):
        done = pipeline(*words)
        assert done.returncode == 2 and "ca.pem: missing" in done.stderr and "docs/archives.md" in done.stderr
    assert not (archive / "keys").exists()


def test_a_port_that_is_taken_is_said(workspace, machines, pipeline):
    machines.scheduler()
    listen = machines.address.removeprefix("tls://")
    done = pipeline("shards", "scheduler", "--listen", listen, "--certificates", machines.certificates)
    assert done.returncode == 3 and "cannot be listened at" in done.stderr and "--listen" in done.stderr
