from pipeline.loopback import is_loopback


def test_only_this_machine_is_this_machine():
    assert all(map(is_loopback, ("localhost", "LocalHost", "127.0.0.1", "127.9.9.9", "::1", "[::1]")))
    assert not any(map(is_loopback, ("192.0.2.7", "localhost.example.org", "128.0.0.1", "::2", "")))
