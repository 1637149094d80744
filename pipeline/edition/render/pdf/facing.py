"""Facing pages: rows are laid out on a sheet of twice the width, which is then cut in the middle.

So both pages of an opening break at the same rows, and no row has to be measured.
"""

from collections.abc import Iterator

from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.background import layout_box_backgrounds

RIGHT = ("@top-right", "@bottom-right")


def cut(pages: list[Page]) -> list[Page]:
    """Return two pages for every sheet, the left one first, behind a cover that ends on a right-hand page."""
    widest = max(page.width for page in pages)
    cover = [page for page in pages if page.width < widest]
    if len(cover) % 2 == 0:
        cover.append(Page(cover[-1]._page_box.copy_with_children([])))
    return cover + [half for page in pages if page.width == widest for half in _halves(page._page_box)]


def _halves(sheet: boxes.PageBox) -> Iterator[Page]:
    width = sheet.margin_width() / 2
    for is_right in (False, True):
        page = _pruned(sheet, is_right)
        if is_right:
            move(page, page, -width)
        page.position_x = 0
        page.width = width - page.margin_left - page.margin_right
        yield Page(page)


def move(page: boxes.PageBox, part: boxes.Box, right: float, down: float = 0) -> None:
    """Move a part of a page, with the grounds behind it, which WeasyPrint leaves where they were."""
    part.translate(right, down)
    for box in part.descendants():
        if getattr(box, "background", None):
            layout_box_backgrounds(page, box, None, layout_children=False)


def _belongs(box: boxes.Box, is_right: bool) -> bool:
    """Whether a box stands in this half; what is in neither column alone stands in the left one."""
    if isinstance(box, boxes.MarginBox):
        return (box.at_keyword in RIGHT) == is_right
    classes = _classes(box)
    if "cell" in classes:
        return ("column-0" in classes) == is_right
    return True


def _pruned(box: boxes.Box, is_right: bool) -> boxes.Box:
    if isinstance(box, boxes.MarginBox) or "cell" in _classes(box) or not isinstance(box, boxes.ParentBox):
        return box
    half = box.copy_with_children([_pruned(child, is_right) for child in box.children if _belongs(child, is_right)])
    if isinstance(box, boxes.FootnoteAreaBox) or {"row", "colophon"} & set(_classes(box)):
        # Its rule ends where its column does.
        for cell in half.descendants():
            if "cell" in _classes(cell):
                half.position_x, half.width = cell.position_x, cell.margin_width()
                break
    return half


def _classes(box: boxes.Box) -> list[str]:
    element = getattr(box, "element", None)
    is_block = isinstance(box, boxes.BlockLevelBox | boxes.TableCellBox)
    if element is None or getattr(box, "is_anonymous", False) or not is_block:
        return []
    return str(element.get("class", "")).split()
