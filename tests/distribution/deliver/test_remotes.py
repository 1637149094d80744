"""Whether anybody on the way could read what is sent to a remote of rclone, told by how that is configured."""

import json

import pytest

from pipeline.distribution.deliver import _remotes


@pytest.mark.parametrize(
    "settings",
    [
        {"type": "ftp", "host": "files.example.org"},
        {"type": "ftp", "host": "files.example.org", "tls": "false", "explicit_tls": "false"},
        {"type": "ftp", "host": "files.example.org", "tls": "true", "no_check_certificate": "true"},
        {"type": "ftp", "host": "localhost", "tls": "1", "no_check_certificate": "True"},
        {"type": "ftp", "host": "localhost", "no_check_certificate": "1"},
        {"type": "webdav", "url": "https://cloud.example.org/", "override.no_check_certificate": "t"},
        {"type": "webdav", "url": "https://cloud.example.org/", "global.no_check_certificate": "true"},
        {"type": "smb", "host": "files.example.org"},
        {"type": "hdfs", "namenode": "files.example.org:8020"},
        {"type": "netstorage", "protocol": "http", "host": "files.example.org/in"},
        {"type": "webdav", "url": "http://cloud.example.org/dav"},
        {"type": "webdav", "url": "HTTP://192.0.2.7"},
        {"type": "webdav", "url": "http://127.0.0.1.example.org/"},
        {"type": "webdav", "url": "http://cloud.example.org/?x=.onion"},
        {"type": "webdav", "url": "http://[::1"},
        {"type": "s3", "endpoint": "http://s3.example.org:9000"},
        {"type": "swift", "auth": "http://auth.example.org/v3"},
        {"type": "azureblob", "connection_string": "DefaultEndpointsProtocol=http;AccountName=x;AccountKey=y"},
        {"type": "azureblob", "connection_string": "AccountName=x;BlobEndpoint=http://blob.example.org/x;AccountKey=y"},
        {"type": "azurefiles", "connection_string": "AccountName=x; defaultendpointsprotocol = http"},
        {"type": "sftp", "ssh": "ssh -o StrictHostKeyChecking=no me@files.example.org"},
        {"type": "sftp", "ssh": "ssh -oStrictHostKeyChecking=accept-new me@files.example.org"},
        {"type": "sftp", "ssh": "ssh -o 'StrictHostKeyChecking off' me@files.example.org"},
        {"type": "sftp", "ssh": "ssh -o UserKnownHostsFile=/dev/null me@files.example.org"},
    ],
)
def test_a_way_that_others_can_read_is_a_fault_also_behind_other_remotes(settings):
    remotes = {
        "office": settings,
        "my short": {"type": "alias", "remote": "office:in/coming"},
        "several": {"type": "union", "upstreams": "elsewhere:x my short:y:ro"},
        "joined": {"type": "combine", "upstreams": "a=several:z b=elsewhere:"},
        "elsewhere": {"type": "s3", "endpoint": "s3.example.org"},
    }
    for name in ("office", "my short", "several", "joined"):
        assert _remotes.fault(remotes, name), name
    assert not _remotes.fault(remotes, "elsewhere")


@pytest.mark.parametrize(
    "settings",
    [
        {"type": "alias", "remote": ":webdav,url='http://files.example.org':in"},
        {"type": "alias", "remote": ":ftp,host=files.example.org:in"},
        {"type": "alias", "remote": "safe,no_check_certificate=true:in"},
        {"type": "alias", "remote": "safe,no_check_certificate:in"},
        {"type": "crypt", "remote": ":smb:in"},
        {"type": "union", "upstreams": "safe:in :ftp,host=x:in"},
        {"type": "union", "upstreams": "safe:in \"safe,url='http://x':a b\""},
        {"type": "combine", "upstreams": "a=safe: b=:ftp,host=x:"},
    ],
)
def test_a_remote_that_is_made_up_in_the_settings_of_another_is_a_fault(settings):
    assert "give that a name" in _remotes.fault({"office": settings, "safe": {"type": "sftp"}}, "office")


@pytest.mark.parametrize(
    "settings",
    [
        {"type": "sftp", "host": "files.example.org"},
        {"type": "ftp", "host": "files.example.org", "explicit_tls": "true"},
        {"type": "ftp", "host": "files.example.org", "tls": "True", "no_check_certificate": "f"},
        {"type": "ftp", "host": "localhost"},
        {"type": "netstorage", "host": "files.example.org/in"},
        {"type": "hdfs", "namenode": "files.example.org:8020", "data_transfer_protection": "privacy"},
        {"type": "webdav", "url": "https://cloud.example.org/dav"},
        {"type": "webdav", "url": "http://localhost:8080/"},
        {"type": "webdav", "url": "http://[::1]:8080/"},
        {"type": "webdav", "url": "http://expyuzz4wqqyqhjn.onion/"},
        {"type": "alias", "remote": "office:in"},
        {"type": "alias", "remote": "office:in, out/of use,3"},
        {"type": "combine", "upstreams": "a=office:in,x b='office:c d'"},
        {"type": "drive"},
        {"type": "azureblob", "connection_string": "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=y"},
        {"type": "azureblob", "connection_string": "BlobEndpoint=http://127.0.0.1:10000/x;AccountKey=y"},
        {"type": "sftp", "ssh": "ssh -o StrictHostKeyChecking=yes me@files.example.org"},
    ],
)
def test_a_way_that_is_encrypted_or_leaves_no_machine_is_none(settings):
    assert not _remotes.fault({"office": settings, "office2": {"type": "ftp", "host": "x.example"}}, "office")


@pytest.mark.parametrize("dump", [b"", b"null", b"[]", b"{", b"welcome\n{}", b"[" * 100_000])
def test_what_is_no_table_of_remotes_tells_of_none(dump):
    assert _remotes.read(dump) is None


@pytest.mark.parametrize("dump", [b"{}", b'{"a": 1, "b": {"type": 3}}'])
def test_a_table_may_have_no_remotes_or_odd_ones(dump):
    remotes = _remotes.read(dump)
    assert not _remotes.fault(remotes, "a") and not _remotes.fault(remotes, "b")


def test_known_keys_are_those_of_ssh_where_neither_the_user_nor_the_remote_names_others(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    remotes = _remotes.read(
        json.dumps({"my Office-2": {"type": "sftp", "known_hosts_file": "/mine"}, "bare": {"type": "sftp"}}).encode()
    )
    own, of_office = "RCLONE_SFTP_KNOWN_HOSTS_FILE", "RCLONE_CONFIG_MY OFFICE-2_KNOWN_HOSTS_FILE"
    assert _remotes.environment(remotes, {}) == {own: str(tmp_path / ".ssh" / "known_hosts"), of_office: "/mine"}
    assert _remotes.environment(remotes, {own: ""})[own] == str(tmp_path / ".ssh" / "known_hosts")
    assert _remotes.environment(remotes, {own: "/theirs", of_office: "/other"}) == {own: "/theirs", of_office: "/other"}


def test_the_environment_makes_remotes_and_comes_before_what_is_written():
    remotes = {"my office": {"type": "ftp", "explicit_tls": "true"}, "stick": {"type": "local"}}
    assert _remotes.surrounded(remotes, {"RCLONE_CONFIG": "/mine", "RCLONE_CONFIG_PASS": "p"}) == remotes
    for key in ("RCLONE_FTP_EXPLICIT_TLS", "RCLONE_CONFIG_MY OFFICE_EXPLICIT_TLS"):
        found = _remotes.surrounded(remotes, {key: "false"})
        assert not _remotes.fault(remotes, "my office") and "not encrypted" in _remotes.fault(found, "my office")
        assert not _remotes.fault(found, "stick")
    of_one = {"RCLONE_FTP_EXPLICIT_TLS": "false", "RCLONE_CONFIG_MY OFFICE_EXPLICIT_TLS": "true"}
    assert not _remotes.fault(_remotes.surrounded(remotes, of_one), "my office")
    leading = {"way": {"type": "alias", "remote": "Press:in"}}
    made = _remotes.surrounded(leading, {"RCLONE_CONFIG_PRESS_TYPE": "ftp"})
    assert "not encrypted" in _remotes.fault(made, "way")


def test_without_encryption_a_remote_comes_to_this_machine_alone_but_where_it_is_a_service_of_tor():
    remotes = {"tor": {"url": "http://abc.onion/"}, "office": {"remote": "tor:in"}, "other": {"type": "swift"}}
    assert _remotes.encrypted(remotes, "office", {}) == {}
    assert _remotes.encrypted(remotes, "other", {})["http_proxy"] == f"http://{_remotes.NOBODY}"
    assert _remotes.encrypted(remotes, "other", {"no_proxy": "cloud.example"})["no_proxy"] == ""


def test_what_passes_by_a_proxy_of_https_does_so_by_https_alone():
    """As within an office: whatever is named there was reached by http, too, with the password and the zip."""
    remotes = {"cloud": {"type": "webdav", "url": "https://dav.example:8443/in"}, "other": {"type": "swift"}}
    users = {"https_proxy": "http://proxy.example", "NO_PROXY": "dav.example, .example:80,cloud.example:443,10.0.0.0/8"}
    assert _remotes.encrypted(remotes, "other", users)["NO_PROXY"] == "dav.example:443,cloud.example:443"
    assert "dav.example:8443" in _remotes.encrypted(remotes, "cloud", users)["no_proxy"].split(",")
    of_version_six = _remotes.encrypted(remotes, "other", users | {"NO_PROXY": "::1,[fe80::1]"})
    assert of_version_six["NO_PROXY"] == "[::1]:443,[fe80::1]:443"
    every = _remotes.encrypted(remotes, "other", users | {"NO_PROXY": "*"})
    assert not any(every[key] for key in ("NO_PROXY", "no_proxy", "HTTPS_PROXY", "https_proxy"))
    assert "https_proxy" not in _remotes.encrypted(remotes, "other", {"https_proxy": "http://proxy.example"})
