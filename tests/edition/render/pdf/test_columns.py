"""Which language stands where."""

import pytest

from pipeline.edition.design import SINGLE, Design
from pipeline.edition.render.pdf.columns import Page
from tests.support import rich


@pytest.mark.parametrize(("layout", "columns"), [(None, ["fa", "en", "fr"]), (SINGLE, ["en", "fr"])])
def test_what_is_written_from_right_to_left_stands_on_the_right_and_a_translation_alone_has_no_source(layout, columns):
    made = Page.of(rich.edition("en", "fr"), Design(layout=layout) if layout else Design())
    assert [language.code for language in made.columns] == columns
    assert made.reader.code == "en"


def test_the_title_of_a_file_begins_with_the_readers_language():
    assert Page.of(rich.edition(), Design()).title == "gzarc sal — گزارش سال"
