"""What all ways of delivery share: which need a network, and that no password is shown."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.distribution import deliver
from pipeline.distribution.deliver import WAYS, Settings
from pipeline.errors import UsageError
from tests.support.parcels import SENDER


def test_offline_folders_alone_are_used():
    assert [name for name in WAYS.names() if deliver.is_local(name)] == ["folder"]
    with pytest.raises(UsageError, match="'fax' is unknown"):
        deliver.is_local("fax")


def test_what_is_shown_of_the_settings_has_no_password():
    """A traceback, or a log of values, goes to whoever helps."""
    settings = Settings(Path("/w"), SENDER, None, datetime(2026, 11, 28, tzinfo=UTC), password="hunter2")
    assert settings.password == "hunter2" and "hunter2" not in f"{settings} {settings!r}"
