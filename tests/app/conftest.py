"""Workspaces with one document, for the tests of use cases."""

import shutil

import pytest

from pipeline.app import catalogues, reviewing
from pipeline.app.session import Session
from tests.conftest import ROOT
from tests.support.statement import edit
from tests.support.visits import clock

NAME = "2011-08-montreal-meeting-call"


@pytest.fixture
def one(workspace):
    """A workspace with one document and its translations."""
    for path in (f"seeds/{NAME}.txt", f"seeds/{NAME}.toml", f"translations/en/{NAME}.po", f"translations/fr/{NAME}.po"):
        (workspace / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, workspace / path)
    return workspace


@pytest.fixture
def reviewed(pipeline, workspace, statement):
    """A workspace whose one document is translated and reviewed, in English alone."""
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["en"]'), "utf-8")
    pipeline("segment", "--quiet")
    po = workspace / "translations" / "en" / "statement.po"
    edit(po, "بیانیه ما", "Our statement")
    edit(po, "این متن بلندی است که با نقطه پایان می یابد.", "This is a long text that ends with a full stop.")
    edit(po, "جمله دوم این است.", "This is the second sentence.")
    edit(po, "تلفن :", "Telephone:")
    pipeline("translate", "--quiet")
    pipeline("approve", "statement", "--as", "reader", "--quiet")
    return po


@pytest.fixture
def session(workspace, reviewed):
    return Session.open(workspace, clock)


@pytest.fixture
def desk(session):
    """The reviewed document, open in English."""
    (document,) = catalogues.documents(session, ["statement"])
    return reviewing.open_desk(session, document, "en")
