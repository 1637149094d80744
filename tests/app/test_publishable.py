"""A text may be published as long as its PDF is that of its release, and is known by what it says whether it may or not."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.app import pdf_record
from pipeline.app.publishable import ReleasedEdition
from pipeline.app.session import Session
from pipeline.workspace import reading
from tests.support import office
from tests.support.forked import Zygote


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    with closing(Zygote()) as zygote:
        return office.workspace(zygote, tmp_path_factory.mktemp("publishable") / "workspace", ("statement",))


@pytest.fixture
def workspace(prepared, tmp_path) -> Path:
    return office.copy(prepared, tmp_path / "workspace")


def edition(folder: Path) -> ReleasedEdition:
    session = Session.open(folder, lambda: datetime(2026, 11, 28, tzinfo=UTC))
    document = reading.read(session.config, folder / "seeds/statement.txt")
    return ReleasedEdition(session, document, pdf_record.read(session.config))


def test_a_released_text_is_there_with_its_pdf(workspace):
    record = edition(workspace).text("en")
    assert record and (workspace / "output" / record.pdf).is_file() and record.published.lang == "en"


@pytest.mark.parametrize("change", ["its translation", "its PDF"])
def test_a_text_that_is_not_as_it_was_released_is_not(workspace, change):
    pdf = workspace / "output" / edition(workspace).text("en").pdf
    before = edition(workspace)
    if change == "its PDF":
        pdf.write_bytes(pdf.read_bytes() + b"\n")
    else:
        path = workspace / "translations/en/statement.po"
        path.write_text(path.read_text("utf-8").replace("all forces", "all friends"), "utf-8")
    now = edition(workspace)
    assert now.text("en") is None and now.of("en").published.document_id == "statement"
    assert (now.body("en") == before.body("en")) is (change == "its PDF")
    assert (now.wordings("en") == before.wordings("en")) is (change == "its PDF")
