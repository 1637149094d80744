import pytest

from pipeline.loopback import is_loopback, number


def test_only_this_machine_is_this_machine():
    assert all(map(is_loopback, ("localhost", "LocalHost", "127.0.0.1", "127.9.9.9", "::1", "[::1]")))
    assert not any(map(is_loopback, ("192.0.2.7", "localhost.example.org", "128.0.0.1", "::2", "")))


@pytest.mark.parametrize(
    "host",
    ["[::1", "::1]", "[[::1]]", "]::1[", "[127.0.0.1]", "127.0.0.1]", "[]", "::1%\r\nQUIT", "[::1%x]", "[::1]:25"],
)
def test_what_is_half_a_number_is_none(host):
    assert number(host) is None and not is_loopback(host)
