"""What some texts say and others lack is counted and quoted, however programs write between letters."""

import pytest

from pipeline.text import unread


@pytest.mark.parametrize(
    ("held", "read", "said"),
    [
        (["One", "Two words"], ["Two  words", "One"], None),
        (["Two words"], ["Two", "words"], None),
        (["co\u00adop", "10\u202f000"], ["coop", "10000"], None),
        (["One", "One"], ["One"], "3 («One»)"),
        (["A kept sentence and Kanarie"], ["A kept sentence and"], "7 («Kanarie»)"),
        (["…", " "], [], None),
    ],
)
def test_what_is_lacking_is_said(held, read, said):
    found = unread.lacking(held, read)
    assert (found and str(found)) == said
