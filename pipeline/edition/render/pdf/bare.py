"""Boxes without what most of them have none of: margins, borders, grounds.

WeasyPrint keeps some forty values for each box until the file is written, looks at all of its borders and grounds, and
copies the boxes of a page to sort them by what is in front. Here a box keeps what is not as usual, from when its page
is laid out, and is copied where its children are not the same. For each page WeasyPrint also asks all others for boxes
that stand on every page, which is done only where there are any.
"""

from collections.abc import Iterator
from math import inf
from typing import Any

import weasyprint.draw
import weasyprint.layout
import weasyprint.stacking
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background
from weasyprint.layout.absolute import AbsolutePlaceholder

_SIDES = ("top", "right", "bottom", "left")
_RADII = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))

USUAL: dict[str, Any] = {
    **{f"{kind}_{side}": 0 for kind in ("margin", "padding") for side in _SIDES},
    **{f"border_{side}_width": 0 for side in _SIDES},
    **dict.fromkeys(_RADII, (0, 0)),
    **dict.fromkeys(("min_width", "min_height"), 0),
    **dict.fromkeys(("max_width", "max_height"), inf),
    **dict.fromkeys(("background", "first_letter_style", "first_line_style", "clearance"), None),
    **dict.fromkeys(("leading_collapsible_space", "trailing_collapsible_space", "is_for_root_element"), False),
}
"""What boxes have that say nothing else."""

_DONE = {"origin", "pieces", "plan", "planned", "known", "resume_at", "cached_counter_values", "index"}
"""What only their layout needed."""


class _OwnSet:
    """The sides on which a box has lost its decoration: a set that is made when it is asked for."""

    def __get__(self, box: Any, owner: type) -> set[str]:
        made: set[str] = set()
        vars(box)["remove_decoration_sides"] = made
        return made


def for_layout() -> None:
    """Have WeasyPrint keep little of the boxes of a page that is laid out."""
    for name, value in USUAL.items():
        setattr(boxes.Box, name, value)
    boxes.Box.remove_decoration_sides, boxes.Box.descendants = _OwnSet(), _descendants
    make_all, lay_out = weasyprint.layout.make_all_pages, background.layout_box_backgrounds
    lay_out_fixed = weasyprint.layout.layout_fixed_boxes

    def make_all_pages(context: Any, *rest: Any) -> Iterator[Any]:
        for page in make_all(context, *rest):
            _lighten(page)
            context.has_fixed = vars(context).get("has_fixed") or bool(page.fixed_boxes)
            yield page

    def layout_fixed_boxes(context: Any, pages: Any, page: Any) -> Iterator[Any]:
        return lay_out_fixed(context, pages, page) if context.has_fixed else iter(())

    def layout_box_backgrounds(
        page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        if style is not None or box is page or not _has_no_ground(box.style):
            lay_out(page, box, get_image, layout_children, style)
        elif layout_children:
            for child in box.all_children():
                layout_box_backgrounds(page, child, get_image)

    weasyprint.layout.make_all_pages, weasyprint.layout.layout_fixed_boxes = make_all_pages, layout_fixed_boxes
    background.layout_box_backgrounds = layout_box_backgrounds


def for_file() -> None:
    """Have WeasyPrint draw the borders there are, and copy the boxes that change."""
    draw = weasyprint.draw.draw_border

    def draw_border(stream: Any, box: Any) -> None:
        if not _has_no_border(box.style):
            draw(stream, box)

    weasyprint.draw.draw_border = draw_border
    weasyprint.stacking._dispatch_children = _dispatch_children


def _descendants(box: Any, placeholders: bool = False) -> Iterator[Any]:
    """Yield a box and those inside, as WeasyPrint does, which asks through all boxes around for each."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        if placeholders and isinstance(box, AbsolutePlaceholder):
            box = box._box
        yield box
        if isinstance(box, boxes.Box):
            waiting += reversed(box.children)


def _lighten(box: Any) -> None:
    """Let a box and those inside forget what is as usual."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    kept = {
        name: value
        for name, value in vars(box).items()
        if name not in _DONE and not (name in USUAL and value == USUAL[name])
    }
    if not kept.get("remove_decoration_sides", True):
        del kept["remove_decoration_sides"]
    box.__dict__ = dict(kept)
    for child in box.all_children():
        _lighten(child)


def _has_no_ground(style: Any) -> bool:
    known = vars(style)
    if "has_no_ground" not in known:
        colour = style["background_color"]
        known["has_no_ground"] = (
            all((0, "px") in style[radius] for radius in _RADII)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and style["visibility"] != "hidden"
            and colour != "currentcolor"
            and colour.alpha == 0
            and all(kind == "none" for kind, _ in style["background_image"])
            and not style["box_shadow"]
        )
    return bool(known["has_no_ground"])


def _has_no_border(style: Any) -> bool:
    known = vars(style)
    if "has_no_border" not in known:
        known["has_no_border"] = (
            not any(style[f"border_{side}_width"] for side in _SIDES)
            and style["border_image_source"][0] == "none"
            and style["column_width"] == style["column_count"] == "auto"
        )
    return bool(known["has_no_border"])


def _dispatch_children(box: Any, *places: Any) -> Any:
    """Return a box with the children that are drawn with it; the others are put into their places by WeasyPrint."""
    if not isinstance(box, boxes.ParentBox):
        return box
    found = [weasyprint.stacking._dispatch(child, *places) for child in box.children]
    if len(found) == len(box.children) and all(map(_is_same, found, box.children)):
        return box
    return box.copy_with_children([child for child in found if child is not None])


def _is_same(one: Any, other: Any) -> bool:
    return one is other
