"""A key to sign with, and an empty ledger."""

from datetime import UTC, datetime

import pytest

from pipeline.distribution import ledger, signing
from pipeline.distribution.ledger import database


@pytest.fixture(scope="session")
def signer(tmp_path_factory) -> signing.Signer:
    key = tmp_path_factory.mktemp("keys") / "key"
    signing.make(key)
    return signing.open(key)


@pytest.fixture
def path(tmp_path):
    database.create(tmp_path / ledger.FILE_NAME, "secret")
    return tmp_path / ledger.FILE_NAME


@pytest.fixture
def book(path):
    opened = ledger.open(path, lambda: datetime.now(UTC))
    yield opened
    opened.close()
