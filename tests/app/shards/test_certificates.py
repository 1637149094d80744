"""Who has no certificate of the cluster's own authority comes nowhere, and is told what is wrong."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress

import pytest

from pipeline.app.shards import certificates
from pipeline.errors import EnvironmentMissing, UsageError
from tests.support import clusters


@pytest.fixture
def copied(own_certificates, tmp_path):
    """A copy that a test may spoil."""
    folder = tmp_path / "copied"
    folder.mkdir()
    for path in own_certificates.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "key.pem").chmod(0o600)
    return folder


@pytest.mark.parametrize("name", ["ca.pem", "cert.pem", "key.pem"])
def test_what_is_missing_or_damaged_is_named(copied, name):
    certificates.read(copied)
    (copied / name).write_text("no certificate")
    with pytest.raises(UsageError, match=r"not certificates of a cluster.*archives\.md"):
        certificates.read(copied)
    (copied / name).unlink()
    with pytest.raises(UsageError, match=rf"{name}: missing.*archives\.md"):
        certificates.read(copied)


def test_a_key_that_others_can_read_is_refused(copied):
    (copied / "key.pem").chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        certificates.read(copied)


def test_a_key_of_another_certificate_is_refused(copied, tmp_path):
    other = clusters.certificates(tmp_path / "other")
    (copied / "key.pem").write_bytes((other / "key.pem").read_bytes())
    with pytest.raises(UsageError, match="not certificates"):
        certificates.read(copied)


def test_another_authority_is_not_let_in(machines, tmp_path):
    scheduler = machines.address.rpartition(":")[2]
    machines.scheduler()
    certificates.require_reached("127.0.0.1", int(scheduler), certificates.read(machines.certificates))
    other = certificates.read(clusters.certificates(tmp_path / "other"))
    with pytest.raises(EnvironmentMissing, match="certificates of the same authority"):
        certificates.require_reached("127.0.0.1", int(scheduler), other)


def test_a_client_whom_the_scheduler_alone_does_not_trust_is_told(own_certificates, tmp_path):
    """Its own authority is right, and its certificate is of another: the first answer says so."""
    other = clusters.certificates(tmp_path / "other")
    mixed = certificates.Certificates(own_certificates / "ca.pem", other / "cert.pem", other / "key.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(own_certificates / "ca.pem"))
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(own_certificates / "cert.pem", own_certificates / "key.pem")
    refused = pytest.raises(EnvironmentMissing, match=r"same authority|hung up|not reached")
    with served(lambda connection: context.wrap_socket(connection, server_side=True).close()) as port, refused:
        certificates.require_reached("127.0.0.1", port, mixed)


def test_what_speaks_no_tls_is_told(own_certificates):
    refused = pytest.raises(EnvironmentMissing, match=r"no connection by TLS|not reached")
    with served(lambda connection: connection.sendall(b"HTTP/1.1 400\r\n\r\n")) as port, refused:
        certificates.require_reached("127.0.0.1", port, certificates.read(own_certificates))
    with pytest.raises(EnvironmentMissing, match="pipeline shards scheduler"):
        certificates.require_reached("127.0.0.1", clusters.free_port(), certificates.read(own_certificates))


@contextmanager
def served(what):
    """Serve one connection, and give the port."""

    def serve():
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            what(connection)
            connection.recv(1)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(30)
