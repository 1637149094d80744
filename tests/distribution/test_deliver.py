"""Every way of delivery offers the same."""

from pipeline import plugins


def test_every_way_offers_the_three_functions():
    assert set(plugins.names("distribution.deliver")) == {"folder", "rclone", "smtp"}
    for name in plugins.names("distribution.deliver"):
        way = plugins.load("distribution.deliver", name)
        assert all(callable(getattr(way, function)) for function in ("drafts", "deliver", "arrived"))
