"""What classes say of paragraphs."""

import pytest

from pipeline.document.formats import _page, _roles
from pipeline.model import Kind


def role(page: str) -> tuple[Kind | None, int]:
    return _roles.of(_page.body(_page.parsed(page))[0])


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("book-title", (Kind.TITLE, 1)),
        ("Title", (Kind.TITLE, 1)),
        ("book-sub", (Kind.SUBTITLE, 0)),
        ("article__subtitle", (Kind.SUBTITLE, 0)),
        ("chapter-title calibre3", (Kind.HEADING, 2)),
        ("Heading-3", (Kind.HEADING, 3)),
        ("author", (Kind.SIGNATURE, 0)),
        ("publisher", (Kind.CONTACT, 0)),
        ("wp-caption-text", (Kind.CAPTION, 0)),
        ("img_caption", (Kind.CAPTION, 0)),
        ("calibre1", (None, 0)),
        ("format-quote", (None, 0)),
        ("category-poem", (None, 0)),
    ],
)
def test_a_class_says_what_a_paragraph_is(names, found):
    assert role(f'<p class="{names}">نامه‌هایی از بند هشت</p>') == found


def test_what_is_too_long_or_holds_paragraphs_is_not_what_its_class_says():
    assert role(f'<p class="author">{"نویسنده " * 30}</p>') == (None, 0)
    assert role('<div class="author"><p>متن</p></div>') == (None, 0)
    assert role('<div class="quote"><p>سخن</p></div>') == (Kind.QUOTATION, 0)
    assert role('<div class="quote"><h2>سر</h2><p>سخن</p></div>') == (None, 0)
    assert role('<h2 class="author">سر</h2>') == (None, 0)
