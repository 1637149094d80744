"""A text in Persian with every kind of block."""

import pytest

from pipeline.publication import formats
from tests.publication.formats.test_office import whole
from tests.support.published import PUBLISHER


@pytest.fixture(scope="session")
def persian():
    return formats.load("odt").made(whole("fa"), PUBLISHER)
