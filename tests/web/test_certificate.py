"""A certificate for one evening, which OpenSSL itself takes for what it says."""

import ssl
import subprocess

import pytest

from pipeline.errors import EnvironmentMissing
from pipeline.web import certificate


def test_it_is_for_one_number_and_names_nobody(tmp_path):
    made = certificate.make(tmp_path, "192.0.2.1")
    said = subprocess.run(
        ["openssl", "x509", "-in", made.file, "-noout", "-text", "-fingerprint", "-sha256"],
        capture_output=True,
        text=True,
    ).stdout
    assert "IP Address:192.0.2.1" in said and "CN = pipeline review" in said.replace("CN=", "CN = ")
    assert made.fingerprint in said
    assert made.key.stat().st_mode & 0o077 == 0
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(made.file, made.key)


def test_two_have_nothing_in_common(tmp_path):
    (tmp_path / "other").mkdir()
    assert (
        certificate.make(tmp_path, "192.0.2.1").fingerprint
        != certificate.make(tmp_path / "other", "192.0.2.1").fingerprint
    )


def test_without_openssl_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentMissing, match="install the package openssl"):
        certificate.make(tmp_path, "192.0.2.1")
