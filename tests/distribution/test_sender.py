"""Which addresses and servers are taken, and who a partner writes to."""

import pytest

from pipeline.distribution import sender
from pipeline.distribution.sender import Security, Sender, SenderTable, ServerTable


@pytest.mark.parametrize(
    "text",
    [
        "office@example.org", "first.last+news@mail.example.org", "o'brien@example.org", "a@b", "نشانی@example.org",
        "office@bücher.example", "a@x--y.example", f"{'a' * 64}@example.org", f"a@{'b' * 63}.org", "a@1.example",
    ],
)  # fmt: skip
def test_an_address_of_a_mailbox_is_taken(text):
    assert sender.is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "office", "@example.org", "office@", "a@b@c", "a b@example.org", "a@exa mple.org", "a@example.org\nBcc: b@c",
        "<a@example.org>", "a,b@example.org", "a;b@example.org", 'a"b@example.org', "a@-x.org", "a@x-.org", "a@.org",
        "a@x..org", "a@x.org.", "a@x_.org", f"{'a' * 65}@example.org", f"a@{'b' * 64}.org", f"a@{'b.' * 127}org", "a\x7f@b.org", "=?utf-8?q?b=40c.example=3E?=@example.org"],
)  # fmt: skip
def test_what_is_more_or_less_than_an_address_is_not(text):
    assert not sender.is_address(text)


def test_an_address_has_at_most_254_characters():
    longest = f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 8}"
    assert len(longest) == 254 and sender.is_address(longest) and not sender.is_address(f"{longest}f")


@pytest.mark.parametrize(
    "host", ["mail.example.org", "mail", "127.0.0.1", "::1", "[::1]", "192.0.2.7", "[2001:db8::1]", "0.0.0.0"]
)
def test_a_server_has_a_name_or_a_number(host):
    assert sender.is_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "-mail.example.org",
        "mail_1",
        "mail example",
        "mail.example.org:587",
        "https://mail",
        "bücher.example",
        "[::1",
        "::1]",
        "[127.0.0.1]",
        "::1%\nQUIT",
    ],
)
def test_what_is_no_server_is_not_taken_for_one(host):
    assert not sender.is_host(host)


def made(tmp_path, table: dict, **sent) -> sender.Server:
    return sender.server(ServerTable(**table), sender.sender(SenderTable(**sent), tmp_path))


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_kind_of_encryption_has_its_usual_port(security, port, tmp_path):
    assert made(tmp_path, {"host": "localhost", "security": Security(security)}).port == port
    assert made(tmp_path, {"host": "localhost", "security": Security(security), "port": 2525}).port == 2525


def test_a_server_is_greeted_by_the_domain_of_the_sender_or_as_is_written(tmp_path):
    table = {"host": "mail.example.org", "user": " me "}
    assert made(tmp_path, table, address="office@bücher.example").greeting == "xn--bcher-kva.example"
    server = made(tmp_path, table | {"greeting": "other.example"}, address="office@example.org")
    assert (server.greeting, server.user) == ("other.example", "me") and not server.is_local
    assert made(tmp_path, {"host": "[::1]"}).is_local


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("a@example.org", "example.org"),
        ("a@BÜCHER.example", "xn--bcher-kva.example"),
        ("", ""),
        (f"a@{'ü' * 80}.org", ""),
    ],
)
def test_a_domain_is_told_in_ascii(address, domain):
    assert sender.domain(address) == domain


def test_partners_write_to_the_address_for_answers():
    assert Sender(address="a@x.example").answers == "a@x.example"
    assert Sender(address="a@x.example", reply_to="b@x.example").answers == "b@x.example"
    assert Sender().answers == ""


def test_the_usual_key_is_used_when_it_is_there_and_a_named_one_in_any_case(tmp_path, monkeypatch):
    assert sender.sender(SenderTable(), tmp_path).key is None
    assert sender.sender(SenderTable(key="  "), tmp_path).key is None
    assert sender.sender(SenderTable(key="mine"), tmp_path).key == tmp_path / "mine"
    monkeypatch.setenv("HOME", "/home/somebody")
    assert str(sender.sender(SenderTable(key=" ~/mine "), tmp_path).key) == "/home/somebody/mine"
    usual = tmp_path / sender.DEFAULT_KEY
    usual.parent.mkdir()
    usual.write_text("key")
    assert sender.sender(SenderTable(key="  "), tmp_path).key == usual
    assert sender.sender(SenderTable(name=" A ", link="https://x/"), tmp_path) == Sender(
        "A", key=usual, link="https://x/"
    )


def faults(table: SenderTable, server: ServerTable | None = None) -> list[str]:
    return [fault.text for fault in sender.faults(table, server)]


def test_a_password_is_never_sent_unencrypted_to_another_machine():
    plain = Security.NONE
    assert (
        faults(SenderTable(), ServerTable("localhost", plain))
        == faults(SenderTable(), ServerTable("127.0.0.1", plain))
        == []
    )
    for host in ("mail.example.org", "192.0.2.7"):
        (fault,) = faults(SenderTable(), ServerTable(host, plain))
        assert 'write: security = "starttls"' in fault
        assert faults(SenderTable(), ServerTable(host, Security.TLS)) == faults(SenderTable(), ServerTable(host)) == []


def test_a_domain_that_no_server_understands_needs_a_greeting():
    strange = SenderTable(address="a@x--y_z.example")
    (fault,) = faults(strange, ServerTable("localhost"))
    assert 'write: greeting = "example.org"' in fault
    assert faults(strange, ServerTable("localhost", greeting="example.org")) == faults(strange) == []
    assert faults(SenderTable(), ServerTable("localhost")) == []
    assert faults(SenderTable(address="a@example.org"), ServerTable("localhost")) == []


def test_the_folder_of_nobody_is_a_fault_of_its_own():
    (fault,) = faults(SenderTable(key="~nobody-of-this-name/key"))
    assert "not known on this machine" in fault
