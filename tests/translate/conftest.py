import pytest

from tests.support import tiny_argos


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """Two real packages: Persian to English, English to French."""
    folder = tmp_path_factory.mktemp("packages")
    return [
        tiny_argos.package(folder, "fa", "en", tiny_argos.FA_EN),
        tiny_argos.package(folder, "en", "fr", tiny_argos.EN_FR),
    ]
