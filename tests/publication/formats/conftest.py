"""What LibreOffice shows of each office file, started once for all."""

import pytest

from pipeline.publication import formats
from tests.publication.formats.test_office import whole
from tests.support.officefiles import pdf_texts
from tests.support.published import PUBLISHER, write

_LANGS = {"docx": "fr", "odt": "fr", "docx_both": "en", "odt_both": "en"}


@pytest.fixture(scope="session")
def seen_in_libreoffice(tmp_path_factory):
    """The text of the pages of each format."""
    folder = tmp_path_factory.mktemp("office")
    suffixes = {name: name.partition("_")[0] for name in _LANGS}
    paths = [
        write(folder, f"{name}.{suffixes[name]}", formats.load(name).made(whole(lang), PUBLISHER))
        for name, lang in _LANGS.items()
    ]
    return dict(zip(_LANGS, pdf_texts(folder, *paths), strict=True))
