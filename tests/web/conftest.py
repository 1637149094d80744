"""A workspace with a short statement in English, served to a browser."""

import pytest

from tests.support import visits
from tests.support.statement import edit

PAGE = "/document/statement/en"


@pytest.fixture
def translated(pipeline, workspace, statement):
    """The PO file of a statement: its title is translated, the rest is not."""
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["en"]'), "utf-8")
    pipeline("segment", "--quiet")
    po = workspace / "translations" / "en" / "statement.po"
    edit(po, "بیانیه ما", "Our statement")
    return po


@pytest.fixture
def serving(workspace, translated):
    with visits.serving(workspace) as running:
        yield running


@pytest.fixture
def sara(serving):
    """Somebody who may do everything, called sara."""
    return serving.client()
