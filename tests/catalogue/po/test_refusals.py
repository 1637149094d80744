"""What would be lost, or is another language's, is refused with its line."""

import pytest

from pipeline.catalogue import po
from pipeline.errors import CatalogueError


@pytest.mark.parametrize("field", ["msgctxt", "msgid", "msgstr", "#| msgid"])
def test_a_text_that_nobody_writes_is_refused_with_its_line(field):
    texts = {"#| msgid": '"c"', "msgctxt": '"a"', "msgid": '"b"', "msgstr": '"c"'} | {field: f'"{"x" * 100_001}"'}
    content = "".join(f"{name} {text}\n" for name, text in texts.items()).encode()
    with pytest.raises(CatalogueError, match=r"x\.po:1: a text of more than 100,000 characters; shorten it"):
        po.parse(content, "x.po", "x", "fa", "en")


@pytest.mark.parametrize(
    ("stated", "is_refused"),
    [("fr", True), ("fr_FR", True), ("fr-ca", True), ("en", False), ("en_GB", False), ("EN", False), ("de", False),
     ("French", False), ("", False), ("pt", False)],
)  # fmt: skip
def test_a_file_that_says_it_is_in_another_language_of_the_workspace_is_refused(stated, is_refused):
    text = f'msgid ""\nmsgstr ""\n"Language: {stated}\\n"\n"X-Source-Language: fa\\n"\n\nmsgid "الف"\nmsgstr "A"\n'
    langs = ("en", "fr", "zh-hans")
    if is_refused:
        with pytest.raises(CatalogueError, match=r"a\.po:1: its header says that it is in another language"):
            po.parse(text.encode(), "a.po", "a", "fa", "en", langs=langs)
    else:
        assert po.parse(text.encode(), "a.po", "a", "fa", "en", langs=langs).catalogue.units[0].target == "A"


def test_a_file_of_another_script_of_its_language_is_refused():
    text = 'msgid ""\nmsgstr ""\n"Language: zh-Hans\\n"\n\nmsgid "الف"\nmsgstr "A"\n'
    with pytest.raises(CatalogueError, match="another language"):
        po.parse(text.encode(), "a.po", "a", "fa", "zh-Hant", langs=("zh-Hant", "zh-Hans"))
    assert po.parse(text.encode(), "a.po", "a", "fa", "zh-Hant", langs=("zh-Hant", "en")).catalogue.units


def test_what_msgcat_put_together_of_two_versions_is_refused_with_its_line():
    both = "#-#-#-#-#  a.po  #-#-#-#-#\\nOne\\n#-#-#-#-#  b.po  #-#-#-#-#\\nTwo"
    with pytest.raises(CatalogueError, match=r"a\.po:2: a merge conflict"):
        po.parse(f'\n#, fuzzy\nmsgid "الف"\nmsgstr "{both}"\n'.encode(), "a.po", "a", "fa", "en")
