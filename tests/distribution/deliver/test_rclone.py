"""Bundles put onto a remote, with a real rclone."""

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.distribution.deliver import Closed, Outcome, Settings, rclone
from pipeline.errors import DeliveryError
from tests.support import webdav
from tests.support.parcels import HOME, NOW, PARCEL, SENDER, Commit, files, put


def test_without_rclone_its_way_is_closed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Closed, match="not installed"):
        put(rclone, "office:incoming")


@pytest.mark.parametrize("address", ["-v:x", ":sftp,host=h,pass=p:x", "incoming", ":local:/tmp", "office,pass=p:x"])
def test_an_address_of_rclone_is_a_remote_of_its_configuration(address):
    with pytest.raises(DeliveryError, match="none for rclone"):
        put(rclone, address)


@pytest.fixture
def remote(tmp_path, monkeypatch):
    if not shutil.which("rclone"):
        pytest.skip("rclone is missing; make test installs it")
    target = tmp_path / "remote"
    (tmp_path / "rclone.conf").write_text(f"[office]\ntype = alias\nremote = {target}\n")
    monkeypatch.setenv("RCLONE_CONFIG", str(tmp_path / "rclone.conf"))
    return target


def test_rclone_puts_the_zip_there_once(remote):
    commit = Commit(lambda: (remote / "incoming" / "statement.3f2a9c1b.zip").exists() and pytest.fail("too early"))
    assert put(rclone, "office:incoming", commit).outcome is Outcome.ACCEPTED
    assert files(remote) == {"incoming/statement.3f2a9c1b.zip": PARCEL.zipped} and commit.count == 1
    assert put(rclone, "office:incoming").reason == "it was there already"
    (remote / "incoming" / "statement.3f2a9c1b.zip").write_bytes(b"mine")
    with pytest.raises(DeliveryError, match="move it away"):
        put(rclone, "office:incoming")


def test_a_remote_that_is_a_folder_here_can_be_read_whatever_the_umask(remote):
    before = os.umask(0o077)
    try:
        put(rclone, "office:incoming")
    finally:
        os.umask(before)
    assert stat.S_IMODE((remote / "incoming" / "statement.3f2a9c1b.zip").stat().st_mode) == 0o644


def test_rclone_tells_after_a_kill_whether_the_zip_arrived(remote):
    settings = Settings(HOME, SENDER, None, NOW)

    def interrupted():
        raise KeyboardInterrupt

    def asked(address="office:incoming"):
        return rclone.arrived(PARCEL.bundle.name, "", address, settings)

    assert asked("nobody:incoming") is None
    with pytest.raises(KeyboardInterrupt):
        put(rclone, "office:incoming", Commit(interrupted))
    assert asked() is False
    assert rclone.clear(PARCEL.bundle.name, "office:incoming", settings) and not files(remote)
    assert not rclone.clear(PARCEL.bundle.name, "nobody:incoming", settings)
    put(rclone, "office:incoming")
    assert asked() is True
    (remote / "incoming" / "statement.3f2a9c1b.zip").unlink()
    assert asked() is None  # fetched, perhaps: it is not sent once more


def test_nothing_is_sent_where_nobody_knows_how_the_remotes_are_set_up(remote, tmp_path, monkeypatch):
    program = tmp_path / "bin" / "rclone"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "welcome to rclone"\nexec {shutil.which("rclone")} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    with pytest.raises(DeliveryError, match="does not tell how its remotes are set up"):
        put(rclone, "office:incoming")
    assert not remote.exists()


def test_rclone_ends_with_the_command_that_called_it(tmp_path, monkeypatch):
    """What it still sent, nobody would know of, and the next command would send it beside it."""
    (tmp_path / "rclone").write_text(
        "#!/bin/sh\ncase $1 in config) echo '{}'; exit;; lsjson) exit 3;; esac\nexec sleep 60\n"
    )
    (tmp_path / "rclone").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    sending = os.fork()
    if not sending:
        try:
            put(rclone, "office:incoming")
        finally:
            os._exit(0)
    try:
        (copying,) = _until(lambda: _called_by(sending, "sleep"))
    finally:
        os.kill(sending, signal.SIGKILL)
        os.waitpid(sending, 0)
    _until(lambda: not _is_running(copying))


def _called_by(parent, word):
    """Return the processes that another has called with a word."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [child for child in children if word.encode() in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")]


def _is_running(process):
    path = Path(f"/proc/{process}/stat")
    return path.exists() and path.read_text().rpartition(")")[2].split()[0] != "Z"  # nobody may wait for it


def _until(done, seconds=20):
    for _ in range(seconds * 20):
        with suppress(FileNotFoundError):
            if found := done():
                return found
        time.sleep(0.05)
    pytest.fail("it took too long")


def test_a_remote_that_cannot_be_reached_has_failed(remote):
    commit = Commit()
    answer = put(rclone, "nobody:incoming", commit)
    assert answer.outcome is Outcome.FAILED and not commit.count
    assert "nobody" in answer.said and "nobody" not in answer.reason


def test_a_remote_that_goes_away_while_the_zip_is_put_in_its_place_leaves_it_unknown(remote, tmp_path):
    """Not a failure, after which the bundle would be sent once more."""
    answer = put(rclone, "office:incoming", Commit(lambda: (tmp_path / "rclone.conf").write_text("")))
    assert answer.outcome is Outcome.UNKNOWN


def test_a_zip_that_arrived_though_rclone_said_otherwise_has_arrived(remote):
    def moved():
        (remote / "incoming" / "statement.3f2a9c1b.zip.part").rename(remote / "incoming" / "statement.3f2a9c1b.zip")

    assert put(rclone, "office:incoming", Commit(moved)).outcome is Outcome.ACCEPTED


def test_a_zip_that_did_not_get_to_its_place_has_failed(remote):
    def taken():
        (remote / "incoming" / "statement.3f2a9c1b.zip").mkdir()

    assert put(rclone, "office:incoming", Commit(taken)).outcome is Outcome.FAILED
    assert not files(remote)  # its text may be withdrawn before it is sent again, and nobody would look for it there


@pytest.fixture
def server(remote, tmp_path):
    disk = webdav.Disk()
    with webdav.serve(disk) as port, (tmp_path / "rclone.conf").open("a") as settings:
        settings.write(f"[cloud]\ntype = webdav\nurl = http://127.0.0.1:{port}\nvendor = other\n")
        settings.flush()
        yield disk


@pytest.mark.parametrize(
    ("moved", "outcome"),
    [
        (webdav.whole, Outcome.ACCEPTED),
        (webdav.half_and_says_so, Outcome.FAILED),
        (webdav.half_and_says_nothing, Outcome.FAILED),
        (webdav.nothing, Outcome.FAILED),
    ],
)
def test_a_zip_of_which_a_server_has_a_part_has_not_arrived(server, moved, outcome):
    server.moved = moved
    answer = put(rclone, "cloud:incoming")
    assert answer.outcome is outcome and ("moved away" in answer.reason) == (moved.__name__.startswith("half"))
    arrived = [content for name, content in server.files.items() if name.endswith(".zip")]
    assert (arrived == [PARCEL.zipped]) == (outcome is Outcome.ACCEPTED)
    if moved is not webdav.half_and_says_nothing:  # nobody can tell its half from what another command put there
        there = rclone.arrived(PARCEL.bundle.name, "", "cloud:incoming", Settings(HOME, SENDER, None, NOW))
        assert there is (outcome is Outcome.ACCEPTED)


def test_a_zip_that_was_fetched_before_its_copy_was_looked_for_may_have_arrived(server):
    server.moved = webdav.fetched_while_it_is_copied
    assert put(rclone, "cloud:incoming").outcome is Outcome.UNKNOWN


def test_a_server_that_always_fails_is_given_up_soon(server):
    asked = []
    server.moved = lambda files, old, new: asked.append(new) or 500
    assert put(rclone, "cloud:incoming").outcome is Outcome.FAILED
    assert len(asked) <= 5


@pytest.fixture
def over_ssh(remote, tmp_path, monkeypatch):
    """A server of SFTP, the way to which is called “office”; begins it anew with another key."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("RCLONE_SFTP_KNOWN_HOSTS_FILE", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "rclone.conf").write_text(
        f"[office]\ntype = alias\nremote = files:in\n[files]\ntype = sftp\nhost = 127.0.0.1\nport = {port}\n"
        f"user = u\npass = {rclone_says('obscure', 'p')}\n"
    )
    running = []

    def begin():
        for server in running:
            server.kill()
            server.wait()
        key = tmp_path / f"key{len(running)}"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        words = ["serve", "sftp", str(remote), "--addr", f"127.0.0.1:{port}", "--key", str(key)]
        running.append(subprocess.Popen(["rclone", *words, "--user", "u", "--pass", "p"], stderr=subprocess.DEVNULL))
        public = key.with_suffix(".pub").read_text().split()[:2]
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                return f"[127.0.0.1]:{port} {' '.join(public)}\n"
            time.sleep(0.1)
        raise AssertionError("the server does not answer")

    remote.mkdir()
    yield begin
    for server in running:
        server.kill()
        server.wait()


def rclone_says(*words):
    return subprocess.run(["rclone", *words], check=True, capture_output=True, text=True).stdout.strip()


def test_nothing_is_sent_to_a_server_whose_key_is_unknown_or_another_than_before(over_ssh, remote, tmp_path):
    line, known = over_ssh(), tmp_path / ".ssh" / "known_hosts"
    refused(remote, "compare")
    known.parent.mkdir()
    known.write_text(line)
    commit = Commit()
    assert put(rclone, "office:incoming", commit).outcome is Outcome.ACCEPTED and commit.count == 1
    (remote / "in" / "incoming" / "statement.3f2a9c1b.zip").unlink()
    over_ssh()  # with another key
    refused(remote, "another key than .* or it has several .* type ssh-keyscan SERVER")
    (reached,) = rclone.reached(["office:incoming"], Settings(HOME, SENDER, None, NOW))
    assert reached.outcome is Outcome.FAILED and "another key" in reached.reason


def refused(remote, said):
    commit = Commit()
    with pytest.raises(DeliveryError, match=said) as raised:
        put(rclone, "office:incoming", commit)
    assert not commit.count and not files(remote) and not re.search("127|files|office", str(raised.value))


def test_a_remote_may_name_the_keys_that_are_known_itself(over_ssh, remote, tmp_path):
    (tmp_path / "known").write_text(over_ssh())
    with (tmp_path / "rclone.conf").open("a") as settings:
        settings.write(f"known_hosts_file = {tmp_path / 'known'}\n")
    assert put(rclone, "office:incoming").outcome is Outcome.ACCEPTED and files(remote)


def test_nothing_is_sent_to_a_remote_that_others_could_read_on_the_way(remote, tmp_path):
    (tmp_path / "rclone.conf").write_text("[office]\ntype = ftp\nhost = files.example.org\n")
    with pytest.raises(DeliveryError, match="not encrypted"):
        put(rclone, "office:incoming")
    (reached,) = rclone.reached(["office:incoming"], Settings(HOME, SENDER, None, NOW))
    assert reached.outcome is Outcome.FAILED and "not encrypted" in reached.reason


@pytest.mark.parametrize(
    ("address", "setting"),
    [
        ("files:in", "CONFIG_FILES_TYPE=webdav CONFIG_FILES_URL=http://files.example.org"),
        ("FILES:in", "CONFIG_FILES_TYPE=webdav CONFIG_FILES_URL=http://files.example.org"),
        ("office:in", "CONFIG_OFFICE_URL=http://files.example.org"),
        ("office:in", "WEBDAV_URL=http://files.example.org"),
        ("office:in", "CONFIG_OFFICE_TYPE=ftp CONFIG_OFFICE_HOST=files.example.org"),
        ("office:in", "CONFIG_OFFICE_TYPE=alias CONFIG_OFFICE_REMOTE=files:in CONFIG_FILES_TYPE=smb"),
    ],
)
def test_nor_to_one_that_is_so_by_the_environment(remote, tmp_path, monkeypatch, address, setting):
    """`rclone config dump` does not tell what stands there, and rclone believes it all the same."""
    (tmp_path / "rclone.conf").write_text("[office]\ntype = webdav\nurl = https://files.example.org\n")
    for name, _, value in (one.partition("=") for one in setting.split()):
        monkeypatch.setenv(f"RCLONE_{name}", value)
    with pytest.raises(DeliveryError, match=r"is not encrypted|is at an address of http"):
        put(rclone, address)


@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:9"])
@pytest.mark.parametrize("passing_by", ["", "cloud.example", "*", "cloud.example:80, .example"])
def test_nor_where_the_environment_of_a_cloud_leads_without_encryption(
    remote, tmp_path, monkeypatch, passing_by, proxy
):
    """Of such a remote nothing is written down but that the environment says where it is."""
    (tmp_path / "rclone.conf").write_text("[cloud]\ntype = swift\nenv_auth = true\n")
    for name, value in {"ST_AUTH": "http://cloud.example/v1.0", "ST_USER": "office", "ST_KEY": "secret"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("no_proxy", passing_by)
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(DeliveryError, match="by http, without encryption"):
        put(rclone, "cloud:incoming")
    (answer,) = rclone.reached(["cloud:incoming"], Settings(tmp_path, SENDER, None, NOW))
    assert answer.outcome is Outcome.FAILED and "by http, without encryption" in answer.reason


def test_what_the_environment_empties_lets_no_key_pass(over_ssh, remote, monkeypatch):
    over_ssh()
    monkeypatch.setenv("RCLONE_CONFIG_FILES_KNOWN_HOSTS_FILE", "")
    refused(remote, "compare")


def test_an_answer_without_end_fills_no_memory_and_is_given_up(server, monkeypatch):
    monkeypatch.setattr(rclone, "MOST_MEMORY", 200_000_000)
    assert put(rclone, "cloud:incoming").outcome is Outcome.ACCEPTED  # which takes less
    server.is_endless = True
    assert rclone.arrived(PARCEL.bundle.name, "", "cloud:incoming", Settings(HOME, SENDER, None, NOW)) is None
    assert put(rclone, "cloud:elsewhere").outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "setting",
    ["DRY_RUN=true", "PROGRESS=true", "INTERACTIVE=true", "ERROR_ON_NO_TRANSFER=true", "COMPARE_DEST=office:incoming"],
)
def test_what_counts_as_sent_is_there_whatever_the_environment_tells_rclone(remote, monkeypatch, setting):
    name, _, value = setting.partition("=")
    monkeypatch.setenv(f"RCLONE_{name}", value)
    assert put(rclone, "office:incoming").outcome is Outcome.ACCEPTED
    assert files(remote) == {"incoming/statement.3f2a9c1b.zip": PARCEL.zipped}


def test_a_zip_that_is_under_neither_name_may_have_been_fetched(remote):
    answer = put(rclone, "office:incoming", Commit((remote / "incoming" / "statement.3f2a9c1b.zip.part").unlink))
    assert answer.outcome is Outcome.UNKNOWN


def test_a_file_of_any_size_in_the_place_of_the_zip_is_not_read_whole(remote):
    (remote / "incoming").mkdir(parents=True)
    with (remote / "incoming" / "statement.3f2a9c1b.zip").open("wb") as sparse:
        sparse.truncate(20_000_000_000)
    with pytest.raises(DeliveryError, match="move it away"):
        put(rclone, "office:incoming")


def test_what_would_go_to_a_remote_is_the_zip_if_the_address_is_one():
    (zipped,) = rclone.drafts(PARCEL, "office:incoming", Settings(HOME, SENDER, None, NOW)).files
    assert (zipped.path, zipped.media_type, zipped.content) == (
        "statement.3f2a9c1b.zip",
        "application/zip",
        PARCEL.zipped,
    )
    with pytest.raises(DeliveryError, match="none for rclone"):
        rclone.drafts(PARCEL, "office,pass=p:x", Settings(HOME, SENDER, None, NOW))


@pytest.mark.parametrize("address", ["office:incoming", "office:", "my office:a b/c", "a@b+c.d:x"])
def test_a_remote_with_a_path_is_an_address(address):
    assert list(rclone.faults(address)) == [] and rclone.identity(address) == address


def test_strokes_at_its_end_make_no_other_address():
    assert len({rclone.identity(address) for address in ("office:in", "office:in/", "office:in//")}) == 1
    assert len({rclone.identity(address) for address in ("office:", "office:/", "office:in", "my:in")}) == 4


@pytest.mark.parametrize(
    "address", ["incoming", ":local:x", " office:x", "off/ice:x", "office:a\nb", "office,p=q:x", ""]
)
def test_what_is_no_remote_is_told_with_an_example(address):
    assert "office:incoming" in "".join(rclone.faults(address))


def test_the_arguments_of_rclone_do_not_tell_the_address(remote, tmp_path, monkeypatch):
    """Everybody on this machine may read them, with ps."""
    seen, real = tmp_path / "arguments", shutil.which("rclone")
    program = tmp_path / "bin" / "rclone"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {seen}\nexec {real} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    for address in ("office:", "office:zahra qwf/in", "office:zahra/../qwf/"):
        assert put(rclone, address).outcome is Outcome.ACCEPTED
        assert rclone.arrived(PARCEL.bundle.name, "", address, Settings(HOME, SENDER, None, NOW))
    assert len(seen.read_text().splitlines()) >= 12 and not re.search("office|zahra|qwf", seen.read_text())
