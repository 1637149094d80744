"""What the typesetter is told of the words of a language."""

import json

from pipeline.edition.render.pdf import linewords
from pipeline.languages import SHIPPED


def test_what_a_language_file_says_of_lines_reaches_the_typesetter():
    sent = json.loads(json.dumps({code: linewords.job(SHIPPED[code]) for code in ("en", "de")}))
    read = linewords.read(sent)
    assert "ed" in read["en"].endings
    assert read["de"].has_capital_nouns and not read["en"].has_capital_nouns
