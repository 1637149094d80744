"""What WeasyPrint would find again for every box, line and page, found once for each style.

Boxes share styles: a page of two columns has some 270 boxes and 30 styles. What follows from a style alone is kept
with it.
"""

import re
from collections.abc import Callable
from typing import Any

import pydyf
import weasyprint.layout.absolute
import weasyprint.layout.block
import weasyprint.layout.column
import weasyprint.layout.float
import weasyprint.layout.inline
import weasyprint.layout.page
import weasyprint.layout.table
import weasyprint.pdf
import weasyprint.pdf.fonts
from weasyprint.css import StyleFor
from weasyprint.formatting_structure import boxes
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.line_break import Layout

ffi.cdef("PangoLayout *pango_layout_copy(PangoLayout *layout);")

_ROOMS = (
    weasyprint.layout.absolute,
    weasyprint.layout.block,
    weasyprint.layout.column,
    weasyprint.layout.float,
    weasyprint.layout.inline,
    weasyprint.layout.page,
    weasyprint.layout.table,
)

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"{kind}{side}" for kind in ("", "min_", "max_") for side in ("width", "height")),
)


def for_layout() -> None:
    """Have WeasyPrint find the lengths of a style, its font and the styles of pages once."""
    for room in _ROOMS:
        assert room.resolve_percentages
        room.resolve_percentages = _lengths(room.resolve_percentages)
    line_break._font_style_cache_key = _font_key(line_break._font_style_cache_key)
    line_break.strut = weasyprint.layout.inline.strut = _strut(line_break.strut)
    Layout.setup = _layouts(Layout.setup)
    StyleFor.set_computed_styles = _of_pages(StyleFor.set_computed_styles)
    StyleFor.add_page_declarations = _of_one_page(StyleFor.add_page_declarations)
    page = weasyprint.layout.page
    page.margin_box_content_layout = _margins(page.margin_box_content_layout)
    boxes.Box.is_in_normal_flow = _flows(boxes.Box.is_in_normal_flow)


# --- types of C ------------------------------------------------------------------


def know_types() -> None:
    """Have the types of C that every file needs taken apart before there is one."""
    for name in _TYPES:
        ffi.typeof(name)


_TYPES = (
    *("PangoGlyphInfo", "PangoFcFontMap *", "FcChar8 **", "char[]", "char[4]", "PangoRectangle *", "int[]"),
    *("PangoLogAttr[]", "unsigned int *", "hb_tag_t[100]", "hb_codepoint_t[]"),
)


class AnyLength:
    """The functions of C, with arrays of each length of one type: WeasyPrint takes one apart for every font."""

    def __init__(self, functions: Any) -> None:
        self._functions = functions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._functions, name)

    def new(self, kind: str, content: Any = None) -> Any:
        if content is not None and (sized := _SIZED.fullmatch(kind)) and int(sized[2]) == len(content):
            kind = f"{sized[1]}[]"
        return self._functions.new(kind, content)


_SIZED = re.compile(r"(\w+)\[(\d{1,9})\]")


def for_file() -> None:
    """Have fonts cut with arrays of one type."""
    fonts = weasyprint.pdf.fonts
    if not isinstance(fonts.ffi, AnyLength):
        fonts.ffi = AnyLength(fonts.ffi)
    weasyprint.pdf.pydyf.PDF.write = _written_once(weasyprint.pdf.pydyf.PDF.write)


def _written_once(write: Callable[..., None]) -> Callable[..., None]:
    """Return a `write` that packs each stream of a file once: for its place in the file and for the file's number."""

    def write_file(file: Any, *arguments: Any) -> None:
        for place, written in enumerate(file.objects):
            if isinstance(written, pydyf.Stream):
                file.objects[place] = _PackedStream(written)
        write(file, *arguments)

    return write_file


class _PackedStream(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """A stream as a file has it."""

    compressible, data = False, b""

    def __init__(self, stream: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free, self.data = stream.number, stream.generation, stream.free, stream.data


# --- lengths ---------------------------------------------------------------------


def _lengths(resolve: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def resolve_percentages(box: Any, containing_block: Any) -> None:
        known = vars(box.style)
        if (fixed := known.get("fixed")) is None:
            fixed = known["fixed"] = _fixed(box.style)
        if fixed:
            vars(box).update(fixed)
        else:
            resolve(box, containing_block)

    return resolve_percentages


def _fixed(style: Any) -> dict[str, Any]:
    """Return the lengths of the boxes of a style; none if one of them depends on what is around a box."""
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        return {}
    found = {}
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            found[name] = 0 if name.startswith("min_") else value
        elif getattr(value, "unit", None) == "px":
            found[name] = value.value
        else:
            return {}
    return found | {name: style[name] for name in (f"border_{side}_width" for side in _SIDES)}


def _flows(ask: Callable[[Any], bool]) -> Callable[[Any], bool]:
    def is_in_normal_flow(box: Any) -> bool:
        try:
            found: bool = box.style.flows
        except AttributeError:
            found = box.style.flows = ask(box)
        return found

    return is_in_normal_flow


# --- fonts -----------------------------------------------------------------------


def _font_key(find: Callable[..., str]) -> Callable[..., str]:
    def font_style_cache_key(style: Any, include_size: bool = False) -> str:  # WeasyPrint's
        known, name = vars(style), "font_key_of_size" if include_size else "font_key"
        if name not in known:
            known[name] = find(style, include_size)
        return str(known[name])

    return font_style_cache_key


def _strut(find: Callable[[Any], tuple[float, float]]) -> Callable[[Any], tuple[float, float]]:
    def strut(style: Any) -> tuple[float, float]:
        known = vars(style)
        if "strut" not in known:
            known["strut"] = find(style)
        found: tuple[float, float] = known["strut"]
        return found

    return strut


def _layouts(setup: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return a `setup` that copies an empty layout of the same style."""

    def set_up(layout: Any, style: Any) -> None:
        known = vars(style)
        if "empty_layout" not in known:
            setup(layout, style)
            known["empty_layout"] = {name: value for name, value in vars(layout).items() if name in _OF_STYLE}
        vars(layout).update(known["empty_layout"])
        layout.style = style
        layout.layout = ffi.gc(pango.pango_layout_copy(layout.layout), gobject.g_object_unref)

    return set_up


_OF_STYLE = {
    "layout",
    "language",
    "first_line_direction",
    "ascent",
    "underline_position",
    "strikethrough_position",
    "underline_thickness",
    "strikethrough_thickness",
}


# --- pages -----------------------------------------------------------------------


def _of_one_page(add: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return an `add_page_declarations` that forgets those of the page before: WeasyPrint goes through all of them."""

    def add_page_declarations(styles: Any, page_type: Any) -> None:
        styles.get_cascaded_styles().clear()
        add(styles, page_type)

    return add_page_declarations


def _of_pages(compute: Callable[..., None]) -> Callable[..., None]:
    """Return a `set_computed_styles` with which the margins of pages that match the same rules share their styles."""

    def set_computed_styles(
        styles: Any, element: Any, parent: Any, root: Any = None, pseudo_type: str | None = None, **named: Any
    ) -> None:
        if hasattr(element, "tag") or not hasattr(element, "side"):
            compute(styles, element, parent, root, pseudo_type, **named)
            return
        computed, cascaded = styles.get_computed_styles(), styles.get_cascaded_styles()
        shared = vars(styles).setdefault("of_pages", {})
        of_page = (element.name, _rules(cascaded.get((element, None), {})))
        key = (pseudo_type, of_page, _rules(cascaded.get((element, pseudo_type), {})))
        if pseudo_type and key in shared:
            computed[element, pseudo_type] = shared[key]
            return
        compute(styles, element, parent, root, pseudo_type, **named)
        style = computed[element, pseudo_type]
        first = shared.setdefault(key, style)
        if first is not style:  # a page: its own counters are added to its style, but not to that of its margins
            style.anonymous_style = first.anonymous_style

    return set_computed_styles


def _margins(lay_out: Callable[[Any, Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
    """Return a layout of the boxes in the margins of pages that copies those which say the same in the same place."""
    known: dict[Any, tuple[Any, Any]] = {}

    def margin_box_content_layout(context: Any, page: Any, box: Any) -> Any:
        place = (id(box.style), box.position_x, box.position_y, box.width, box.height)
        # WeasyPrint copies the style of a running element for each page.
        said = tuple((type(one), one.element, getattr(one, "text", "")) for one in box.descendants())
        if (place, said) not in known:
            known[place, said] = box.style, lay_out(context, page, box)
        return known[place, said][1].deepcopy()

    return margin_box_content_layout


def _rules(cascaded: dict[str, Any]) -> tuple[Any, ...]:
    """Return what tells the values of rules apart: each is one object for all pages."""
    return tuple((name, id(value)) for name, (value, _) in cascaded.items())
