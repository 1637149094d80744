"""The bookmarks of a PDF: the headings of each language, under its name where there are several."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # read in a process that needs no languages
    from pipeline.languages import Language

STEP = 10
"""What is added to the level of a heading for every column before its own, so that WeasyPrint keeps them apart."""

HEADINGS = range(1, 7)


def rules(columns: int) -> Iterator[str]:
    """Yield the rules that give headings their levels."""
    for column in range(columns):
        for level in HEADINGS:
            yield f".column-{column} h{level} {{ bookmark-level: {column * STEP + level} }}"


def named(columns: Sequence["Language"], order: Iterable["Language"]) -> list[tuple[int, str]]:
    """Return the columns in the order in which their languages are read, each with what its language calls itself."""
    names = {language: language.name_of(language) for language in order}
    return [(columns.index(language), language.capitalised(name)) for language, name in names.items()]


def tree(document: Any, columns: Sequence[tuple[int, str]], scale: float) -> list[Any]:
    """Return the bookmarks of laid-out pages as `Document.make_bookmark_tree` of WeasyPrint does."""
    pages = [list(page.bookmarks) for page in document.pages]
    trees: list[Any] = []
    for column, name in columns:
        for page, marks in zip(document.pages, pages, strict=True):
            page.bookmarks = [(mark[0] - column * STEP, *mark[1:]) for mark in marks if mark[0] // STEP == column]
        if made := type(document).make_bookmark_tree(document, scale, transform_pages=True):
            trees.append((name, made[0][1], made, "closed" if trees else "open"))
    return trees if len(trees) > 1 else [mark for _, _, made, _ in trees for mark in made]
