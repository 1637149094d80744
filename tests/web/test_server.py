"""The server: only this machine reaches it, it ends when it is told to, and guests come over TLS."""

import asyncio
import errno
import hashlib
import http.client
import os
import re
import resource
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest

from pipeline.errors import PipelineError, UsageError
from pipeline.web import server
from pipeline.web.people import Role
from tests.support import visits


def test_it_listens_on_this_machine_alone(serving, workspace):
    assert serving.told[-1].address.startswith("http://127.0.0.1:")
    with server.listening(server.HOST, 0) as listener:
        assert not server.Serving(workspace, visits.clock, listener).is_shared


def test_a_port_that_is_taken_is_named():
    with (
        server.listening("127.0.0.1", 0) as taken,
        pytest.raises(PipelineError, match=r"port \d+: .*choose another"),
    ):
        server.listening("127.0.0.1", taken.getsockname()[1])


def test_sharing_with_nobody_is_refused(workspace):
    listener = server.listening("0.0.0.0", 0)
    with pytest.raises(UsageError, match="--invite"):
        server.serve(server.Serving(workspace, visits.clock, listener), print)
    listener.close()


@pytest.fixture
def command(workspace, translated):
    """Start `pipeline review` as a process of its own; give it and the addresses it prints."""
    started = []

    def start(*words):
        words = [word for word in ("--no-browser", *words) if "--browser" not in words or "browser" not in word]
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "review", *words],
            cwd=workspace, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        started.append(process)
        lines = []
        while len([line for line in lines if line.startswith("http")]) < 1 + words.count("--invite"):
            line = process.stderr.readline()
            assert line, "it ended: " + "".join(lines)
            lines.append(line.strip())
        return process, [line for line in lines if line.startswith("http")], "\n".join(lines)

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def test_the_command_serves_until_it_is_stopped(command):
    process, (address,), _ = command("--as", "sara")
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(20) in (0, -signal.SIGINT, 130)
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address)


def test_whoever_opens_connections_without_end_fills_no_terminal_and_keeps_no_file_from_being_saved(
    command, translated
):
    process, (address,), _ = command("--as", "sara")
    port = int(address.split(":")[2].split("/")[0])
    sara = visits.Client(port).come_in(address)
    name = sara.ask("/document/statement/en").sentences["Our statement"]
    resource.prlimit(
        process.pid, resource.RLIMIT_NOFILE, (256, 256)
    )  # as many files as some systems let a program open
    crowd = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(600)]
    for one in crowd[server.MOST_CONNECTIONS + server.MOST_AT_ONCE :]:
        assert _is_hung_up_on(one)
    for one in crowd:
        one.close()
    sara.save("/document/statement/en", name, "Our declaration")
    assert 'msgstr "Our declaration"' in translated.read_text("utf-8")
    process.send_signal(signal.SIGINT)
    assert "Traceback" not in process.stderr.read()


def _is_hung_up_on(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_what_is_full_is_not_said_and_all_else_is(capfd):
    loop = asyncio.new_event_loop()
    server._unless_full(loop, {"message": "no room", "exception": OSError(errno.EMFILE, "too many")})
    assert "no room" not in capfd.readouterr().err
    with pytest.raises(LookupError, match="a fault"):
        loop.set_exception_handler(None)
        loop.default_exception_handler = _raise
        server._unless_full(loop, {"message": "a fault"})
    loop.close()


def _raise(context: dict[str, str]) -> None:
    raise LookupError(context["message"])


def test_no_argument_of_a_program_opens_the_page(command, workspace, tmp_path, monkeypatch):
    """Every user of a machine sees them; the browser is given a file that only its owner can read."""
    script, seen = tmp_path / "browser", tmp_path / "seen"
    script.write_text(
        f'#!/bin/sh\nprintf %s "$*" > {seen}.part; cat "${{1#file://}}" > {tmp_path}/page\nmv {seen}.part {seen}\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    process, (address,), _ = command("--browser")
    while not seen.exists():
        assert process.poll() is None
        time.sleep(0.02)
    arguments, page = seen.read_text(), (tmp_path / "page").read_text()
    assert arguments == (workspace / "output" / "review" / "open.html").as_uri()
    assert (workspace / "output" / "review").stat().st_mode & 0o077 == 0
    assert f'url={address}"' in page
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200
    assert [path.name for path in (workspace / "output" / "review").iterdir()] == [".gitignore"]


def _number():
    try:
        return server.own_number()
    except PipelineError:
        return ""


@pytest.mark.skipif(not _number(), reason="this machine is in no network")
def test_guests_come_over_tls_with_the_certificate_whose_fingerprint_is_told(command):
    host = _number()
    _, addresses, said = command("--share", "--at", host, "--invite", "sara:translate", "--invite", "guest:read")
    assert all(address.startswith(f"https://{host}:") for address in addresses)
    port = int(addresses[0].split(":")[2].split("/")[0])
    pem = ssl.get_server_certificate((host, port))
    fingerprint = re.search(r"fingerprint ([0-9A-F:]{95})", said)[1]
    assert fingerprint.replace(":", "").lower() == hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()
    context = ssl.create_default_context(cadata=pem)
    look = urllib.request.Request(addresses[1], method="HEAD")
    assert urllib.request.urlopen(look, context=context).headers["set-cookie"] is None
    door = urllib.request.urlopen(addresses[1], context=context).read().decode()
    assert fingerprint in door and "<button" in door  # a program that looks at links has not used it up
    assert urllib.request.urlopen(addresses[1], context=context).status == 200
    with pytest.raises((OSError, http.client.HTTPException)):
        urllib.request.urlopen(addresses[1].replace("https", "http"), timeout=5)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as", "Sara Ahmadi"], "not a pseudonym"),
        (["--invite", "sara:translate"], "--share"),
        (["--share", "--invite", "sara"], "read, translate, approve"),
        (["--share", "--invite", "sara:own"], "read, translate, approve"),
        (["--share", "--at", "0.0.0.0", "--invite", "sara:read"], "give --at the number"),
        (["--share", "--at", "127.0.0.1", "--invite", "sara:read", "--invite", "Sara:approve"], "called Sara"),
        (["--as", "reza", "--share", "--at", "127.0.0.1", "--invite", "reza:approve"], "called reza"),
        (["--share", "--at", "192.0.2.77", "--invite", "sara:read"], "192.0.2.77"),
        (["--share", "--at", "nonsense", "--invite", "sara:read"], "nonsense"),
    ],
)
def test_what_is_typed_wrongly_is_said(pipeline, words, said):
    done = pipeline("review", "--no-browser", *words)
    assert done.returncode in (1, 2) and said in done.stderr and "Traceback" not in done.stderr


def test_what_each_guest_may_do_holds_on_the_server(workspace, translated):
    """A form that somebody types by hand, for what their page does not offer."""
    with visits.serving(workspace, by="host", guests=(("guest", Role.READ), ("sara", Role.TRANSLATE))) as running:
        by = {one.invitation.by: one.address for one in running.told if not one.invitation.is_host}
        guest, sara = (visits.Client(running.port).come_in(by[name]) for name in ("guest", "sara"))
        page = "/document/statement/en"
        name = guest.ask(page).sentences["Our statement"]
        shown = guest.ask(f"{page}?unit={name}")
        key = shown.hidden('class="interface"')["key"]
        fields = {
            "key": key,
            "unit": name,
            "base": "",
            "text": "x",
            "check": "numbers",
            "why": "x",
            "note": "x",
            "words": "a",
            "by": "b",
        }
        before = translated.read_bytes()
        for form in ("save", "approve", "accept", "note", "typed", "replace"):
            assert guest.once(f"{page}/{form}", fields).status == 403
        assert guest.once("/undo", fields).status == guest.once(f"{page}/replace?words=a&by=b").status == 403
        shown = sara.ask(f"{page}?unit={name}")
        assert sara.once(f"{page}/approve", shown.hidden("edit")).status == 403
        assert sara.once("/people").status == 403
        sara.ask("/me", shown.hidden('class="interface"') | {"name": "reza"})  # who came as sara stays sara
        assert 'class="me">sara' in sara.ask("/").text
        assert translated.read_bytes() == before


def test_the_host_takes_back_the_invitation_of_a_guest_who_has_not_come(workspace, translated):
    with visits.serving(workspace, by="host", guests=(("sara", Role.TRANSLATE),)) as running:
        by = {one.invitation.by: one.address for one in running.told}
        host = visits.Client(running.port).come_in(by["host"])
        shown = host.ask("/people")
        assert "sara" in shown.text and "has not come yet" in shown.text
        host.ask("/people/end", shown.hidden("/people/end"))
        assert "sara" not in host.ask("/people").text
        path = by["sara"].partition(f":{running.port}")[2]
        assert visits.Client(running.port).once(path).status == 403


def test_the_host_does_not_write_in_the_name_of_a_guest(workspace, translated):
    """Whether the guest has come, or not yet."""
    with visits.serving(workspace, by="host", guests=(("guest", Role.READ), ("sara", Role.APPROVE))) as running:
        by = {one.invitation.by: one.address for one in running.told}
        visits.Client(running.port).come_in(by["guest"])
        host = visits.Client(running.port).come_in(by["host"])
        for name in ("Guest", "sara"):
            answer = host.ask("/me", host.ask("/").hidden('class="interface"') | {"name": name})
            assert "a guest is called so" in answer.text and ">host<" in host.ask("/").text
        assert ">reza<" in host.ask("/me", host.ask("/").hidden('class="interface"') | {"name": "reza"}).text


def test_whose_visit_was_ended_does_not_finish_a_form(workspace, translated):
    """It may arrive slowly, and have begun before."""
    with visits.serving(workspace, by="host", guests=(("sara", Role.TRANSLATE),)) as running:
        host, sara = (visits.Client(running.port).come_in(running.told[place].address) for place in (0, 1))
        page = "/document/statement/en"
        shown = sara.ask(f"{page}?unit={sara.ask(page).sentences['Our statement']}")
        body = urlencode(shown.hidden("edit") | {"text": "Too late", "do": "stay"}).encode()
        lines = (
            f"POST {running.root}{page}/save HTTP/1.1",
            f"Host: 127.0.0.1:{running.port}",
            f"Cookie: {sara.cookie}",
            "Sec-Fetch-Site: same-origin",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "",
            "",
        )
        with socket.create_connection(("127.0.0.1", running.port), timeout=20) as slow:
            slow.sendall("\r\n".join(lines).encode() + body[:10])
            sara.ask("/")  # what came before has arrived
            host.ask("/people/end", host.ask("/people").hidden("/people/end"))
            slow.sendall(body[10:])
            assert slow.recv(100).startswith(b"HTTP/1.1 403")
        assert "Too late" not in translated.read_text("utf-8")


def test_a_server_that_is_killed_leaves_every_file_whole(command, workspace, translated):
    process, (address,), _ = command("--as", "sara")
    client = visits.Client(int(address.split(":")[2].split("/")[0])).come_in(address)
    name = client.ask("/document/statement/en").sentences["Our statement"]
    client.save("/document/statement/en", name, "Our declaration")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(0.1)
    assert 'msgstr "Our declaration"' in translated.read_text("utf-8")
