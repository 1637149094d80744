"""The stylesheet of one sheet: what depends on layout, paper and theme, around the fixed `style.css`."""

from collections.abc import Iterator, Sequence
from importlib import resources

from pipeline.edition.design import (
    FACING,
    LARGE,
    LEAST,
    MILLIMETRE,
    Design,
    Geometry,
    Paper,
    Print,
    Theme,
    are_stacked,
    geometry,
)
from pipeline.edition.render.pdf import outline
from pipeline.edition.render.pdf.columns import GAP, LATIN, PERSIAN, SMALL, shares
from pipeline.edition.render.pdf.faces import SMALLER
from pipeline.languages import Language

LARGEST_HEAD = 38.0
"""Per cent of the width that the outer two of three running heads have at most, so that the middle one has room."""

ITALIC = '.cell[dir="ltr"] em:not(.upright) { font-style: italic; text-decoration: none }'


def css(design: Design, columns: Sequence[Language], lengths: Sequence[int], *, is_stamped: bool = False) -> str:
    """Return the stylesheet for columns of languages, from the right to the left, with so many characters in each.

    One that `is_stamped` has the stamp of a draft beside the page numbers.
    """
    sheet = geometry(design, len(columns))
    double = design.layout is FACING
    parts_of_width = shares(columns, lengths)
    parts = [
        *(_digits(language) for language in columns),
        _page(sheet, double=double),
        *(
            _margins_in_turn(len(columns), is_stamped=is_stamped)
            if are_stacked(design, len(columns))
            else _margins(sheet, columns, parts_of_width, design)
        ),
        *(_STACKED if are_stacked(design, len(columns)) else _columns(sheet, parts_of_width, double=double)),
        resources.files(__package__).joinpath("style.css").read_text("utf-8"),
        *_small(LEAST[design.print] / sheet.zoom),
        *_raised(LEAST[Print.NORMAL] / sheet.zoom),
        *outline.rules(len(columns)),
        _indent(sheet, 1 if double or are_stacked(design, len(columns)) else len(columns)),
        _RAGGED if design.print is LARGE else "",
        _emphasis(design.theme),
        *_coloured(design.theme),
    ]
    return "\n".join(part for part in parts if part)


def alone(design: Design, language: Language) -> Iterator[str]:
    """Yield the rules of pages that are in one language, with their number at the foot."""
    yield _digits(language)
    yield _page(geometry(design, 1), double=False)
    yield "@page { @bottom-center { content: element(foot-0); width: 100% } } .foot { position: running(foot-0) }"


_RAGGED = (
    ".row:not(.separator) > .cell { text-align: start; hyphens: manual } "
    ".row:not(.slogan) .untranslated { text-align: start }"
)
"""Large print has even spaces and whole words, for those who read letter by letter."""


_BELOW = ".cell { width: 100% } .row::after { break-before: avoid } .whole { break-inside: avoid }"
"""What are no floats would be parted from the end of their row, and this alone kept with what follows."""

_STACKED = (
    _BELOW,
    ".row > .cell + .cell { margin-top: 6pt } .row { padding-bottom: 8pt }",
    *(f".row.{kind} > .cell + .cell {{ margin-top: 1pt }}" for kind in ("slogan", "signature", "date", "contact")),
    '.marked > .cell::before { content: ""; display: block; height: 42pt; margin-bottom: -42pt }',
    ".marked > .cell::before { break-inside: avoid; break-after: avoid }",
    ".row.continued.continued, .row.indented.indented { margin-top: 0 }",
    ".row + .row { border-top: .4pt solid #ccc; padding-top: 8pt }",
    ".row.titled, .titled.last + .row, .foot-note .row, .colophon .row { border: none; padding-top: .6pt }",
    ".row.titled:not(.last), .foot-note .row, .colophon .row { padding-bottom: .6pt }",
    *(f".cell.column-{number} {{ position: relative; z-index: {number} }}" for number in range(3)),
)
"""Languages below each other: a rule from row to row shows what belongs together."""

COLOPHON = {"ltr": (7.4, 1.43), "rtl": (8.4, 1.67)}
"""Points of the type of the colophon, where that is not less than what is legible, and how far apart its lines are."""

_PARTS = {".endnote p, .endnote .p, .compared p": 0.86, ".caption p, .image p": 0.92, "code": 0.85}
"""What is a part of the text's size."""


INDENT, LESS, SHORT = 1.2, 0.8, 24.0
"""Ems by which a paragraph is indented; in columns shorter than so many, of whose lines that would take too much."""


def _indent(sheet: Geometry, abreast: int) -> str:
    """Return the rule for the first element of text in each cell: before it may stand that it is not reviewed."""
    is_short = (sheet.width - sheet.outer - sheet.inner) * MILLIMETRE / abreast < SHORT * LATIN
    texts = ".indented > .cell > .mark + *, .indented > .cell > :first-child:not(.mark)"
    return f"{texts} {{ text-indent: {LESS if is_short else INDENT}em }}"


def _small(least: float) -> Iterator[str]:
    """Yield the rules for all that is smaller than the text, and no smaller than so many points."""

    def rule(selector: str, points: float, leading: float) -> str:
        size = max(points, least)
        return f"{selector} {{ font-size: {size:.3f}pt; line-height: {leading * size:.3f}pt }}"

    yield rule(".head, .foot", SMALL, 1.6)
    yield f'[dir="rtl"].head, [dir="rtl"].foot {{ font-size: {max(8.5, least):.3f}pt }}'
    for direction, (points, leading) in COLOPHON.items():
        yield rule(f'.colophon .cell[dir="{direction}"]', points, leading)
    yield rule(".colophon .hash", 7, 1.43)
    yield f'.colophon [dir="rtl"] .hash {{ font-size: {max(7 / SMALLER, least):.3f}pt }}'
    yield rule(".cell .note", 7.8, 1.46)
    yield rule(".cell .mark", 7, 1.2)
    yield f".stated > .cell.cell {{ padding-top: {1.3 * max(7, least):.3f}pt }}"
    for selector, part in _PARTS.items():
        yield f"{selector} {{ font-size: {max(part, least / LATIN):.4f}em }}"
    yield ".endnote code, sup code, sub code { font-size: 1em }"


def _raised(least: float) -> Iterator[str]:
    """Yield the rules for raised and lowered letters, in proportion to their text in any size of print."""
    yield f'[dir="rtl"] sup, [dir="rtl"] sub {{ font-size: {max(0.7 * PERSIAN, least):.3f}pt }}'
    yield f'.cell[dir="ltr"] sup, .cell[dir="ltr"] sub {{ font-size: {max(0.7 * LATIN, least):.3f}pt }}'


def _coloured(theme: Theme) -> Iterator[str]:
    yield f"a {{ color: {theme.colour} }}"
    if theme != Theme():
        yield f".titled.last, .cover .title-part {{ border-color: {theme.colour} }}"


def _emphasis(theme: Theme) -> str:
    """Return the rule for emphasis in Latin text, unless the theme's own font for it has no italics."""
    has_italics = len(theme.fonts.get("latin", "1234")) == 4
    return ITALIC if has_italics else ""


def _digits(language: Language) -> str:
    symbols = " ".join(f'"{digit}"' for digit in language.digits)
    name = f"digits-{language.code}"
    return (
        f"@counter-style {name} {{ system: numeric; symbols: {symbols} }}\n"
        f".{name} .page::after {{ content: counter(page, {name}) }} "
        f".{name} .pages::after {{ content: counter(pages, {name}) }}"
    )


def _page(sheet: Geometry, *, double: bool) -> str:
    width = sheet.width * 2 if double else sheet.width
    margins = f"{sheet.top:.3f}mm {sheet.outer:.3f}mm {sheet.bottom:.3f}mm"
    return f"@page {{ size: {width:.3f}mm {sheet.height:.3f}mm; margin: {margins} }}"


_PLACES = {1: ("center",), 2: ("right", "left"), 3: ("right", "left", "center")}
"""Where the head and foot of each column stand in the margin."""


def _margins(sheet: Geometry, columns: Sequence[Language], shares: Sequence[float], design: Design) -> list[str]:
    """Return the rules that put running heads and feet into the margins of the page, each above its column."""
    count = len(columns)
    double = design.layout is FACING
    rules = _facing(sheet, columns) if double else [*_begun_with_columns(columns, shares)]
    for number, (name, part) in enumerate(zip(_PLACES[count], _head_widths(columns, shares), strict=True)):
        width = f"width: {part:.2f}%"
        if double:
            fold = "left" if name == "right" else "right"
            width = f"width: {sheet.width - sheet.outer - sheet.inner:.3f}mm; margin-{fold}: {sheet.inner:.3f}mm"
        for place, running in (("top", "head"), ("bottom", "foot")):
            rules.append(f"@page {{ @{place}-{name} {{ content: element({running}-{number}); {width} }} }}")
            rules.append(f".{running}.column-{number} {{ position: running({running}-{number}) }}")
    if count == 1:
        rules.append(".head.head.head, .foot.foot.foot { text-align: center }")
    return rules


def _begun_with_columns(columns: Sequence[Language], shares: Sequence[float]) -> Iterator[str]:
    """Yield the rules that let heads and feet begin where their columns do, also where those end before their place."""
    places = _between(_head_widths(columns, shares))
    room = 100 - GAP[len(columns)] * (len(columns) - 1) if len(columns) > 1 else 100
    texts = _between([room * share for share in shares], GAP.get(len(columns), 0))
    for number, (language, place, text) in enumerate(zip(columns, places, texts, strict=True)):
        side, away = ("right", place[1] - text[1]) if language.direction == "rtl" else ("left", text[0] - place[0])
        if away > 0:
            selector = f".head.column-{number}, .foot.column-{number}"
            yield f"{selector} {{ padding-{side}: {100 * away / (place[1] - place[0]):.2f}% }}"


def _between(widths: Sequence[float], gap: float = 0.0) -> list[tuple[float, float]]:
    """Return where columns begin and end, in per cent: the first stands at the right, the others from the left."""
    found, left = [(100 - widths[0], 100.0)], 0.0
    for width in widths[1:]:
        found.append((left, left + width))
        left += width + gap
    return found


def _margins_in_turn(count: int, *, is_stamped: bool) -> Iterator[str]:
    """Yield the rules for languages below each other: their heads, and feet with stamps, in turn from page to page.

    At the foot of each page is room for the number in all of them.
    """
    for number, place in enumerate(_PLACES[count]):
        yield f".head.column-{number} {{ position: running(head-{number}) }}"
        yield f".foot.column-{number} {{ position: running(foot-{number}) }}"
        head = f"@top-center {{ content: element(head-{number}); width: 100% }}"
        foot = f"content: element(foot-{number}); width: {{:.2f}}%"
        turn = f"@page :nth({count}n + {number + 1})"
        if is_stamped:
            yield f"{turn} {{ {head} @bottom-center {{ {foot.format(100)} }} }}"
            yield f".foot.foot.column-{number} {{ text-align: center }}"
        else:
            yield f"{turn} {{ {head} }}"
            yield f"@page {{ @bottom-{place} {{ {foot.format(100 / count)} }} }}"
    yield ".head.head.head { text-align: center }"
    yield f".foot.foot.column-{_PLACES[count].index('center')} {{ text-align: center }}"


def _head_widths(columns: Sequence[Language], shares: Sequence[float]) -> list[float]:
    """Return the per cent of the width that each running head has; of three, the middle one begins with its column.

    Two have the same, unless one begins at the inner edge of its column, which need not be half of the width.
    """
    if len(shares) == 3:
        side = min((100 - 2 * GAP[3]) * shares[1] + GAP[3], LARGEST_HEAD)
        return [side, side, 100 - 2 * side]
    if len(shares) == 2 and (columns[0].direction, columns[1].direction) != ("rtl", "ltr"):
        return [(100 - GAP[2]) * share + GAP[2] / 2 for share in shares]
    return [100 / len(shares)] * len(shares)


def _facing(sheet: Geometry, columns: Sequence[Language]) -> list[str]:
    """Return the rules of openings: a cover first, on a right-hand page; two page numbers a sheet."""
    corners = ("top-left", "top-right", "bottom-left", "bottom-right")
    none = " ".join(f"@{corner} {{ content: none; border: none }}" for corner in corners)
    left = f"digits-{columns[1].code}"
    return [
        "@page { counter-increment: page 2 left 2 }",
        f"@page cover {{ size: {sheet.width:.3f}mm {sheet.height:.3f}mm; {none} }}",
        "@page cover { counter-increment: page 0; counter-set: page 1 }",
        *_cover(sheet.height),
        "@page :nth(2) { @top-left { content: none; border: none } @top-right { content: none; border: none } }",
        f".foot.column-1 .page::after {{ content: counter(left, {left}) }}",
    ]


_COVER_TITLES = {
    ".title-part p": (17, 24),
    '.title-part [dir="rtl"] p': (20, 34),
    ".long .title-part p": (15, 21),
    '.long .title-part [dir="rtl"] p': (17, 28),
}
"""The size and line height of titles of a cover on A4, in points."""

_ABOVE_TEXT = {"ltr": 15.0, "rtl": 17.0}
"""Points of a title above the text, in style.css: on a cover it is no smaller."""

_TALL, _TALL_FOR_LONG = 150.0, 190.0
"""Millimetres of height that a cover needs for that, and one with a long title."""

_LEAST_TITLE = 11.2
"""Points of a title on a small cover, which large print makes 16."""


def _cover(height: float) -> Iterator[str]:
    """Yield the rules of a cover that fits a page of a height (mm): as it is set on A4, and closer on less."""
    room = min(1.0, (height / Paper.A4.size[1]) ** 1.5)
    yield f".cover {{ page: cover; break-after: page; padding-top: {room**2 * height / 7:.3f}mm }}"
    yield f".cover .cell {{ margin: 0 0 {3 * room:.2f}mm !important }}"
    yield f".cover .part {{ margin-bottom: {12 * room:.2f}mm }}"
    yield f".cover .title-part {{ padding: {11 * room:.2f}mm 4mm {8 * room:.2f}mm; margin-bottom: {10 * room:.2f}mm }}"
    yield f".cover .title-part .cell + .cell {{ margin-top: {8 * room:.2f}mm !important }}"
    for part, (points, leading) in _COVER_TITLES.items():
        is_tall = height > (_TALL_FOR_LONG if part.startswith(".long") else _TALL)
        least = _ABOVE_TEXT["rtl" if "rtl" in part else "ltr"] if is_tall else _LEAST_TITLE
        size = max(points * room**0.5, least)
        selector = f".cover{part}" if part.startswith(".long") else f".cover {part}"
        yield f"{selector} {{ font-size: {size:.2f}pt; line-height: {size * leading / points:.2f}pt }}"


BAR = 7.0
"""Points beside a column that the bar beside what is not reviewed stands in, in style.css."""

_EVEN = '.slogan > .cell[dir="ltr"] { padding-bottom: 3.6pt }'
"""Below a slogan of two Latin lines there is as much room as below one that has a Persian line beside it."""


def _columns(sheet: Geometry, shares: Sequence[float], *, double: bool) -> list[str]:
    """Return the rules of the columns: the first floats on the right, the others follow from the left."""
    count = len(shares)
    if count == 1:
        return [_BELOW]
    if double:
        widths = [100 * (sheet.width - sheet.outer - sheet.inner) / (2 * (sheet.width - sheet.outer))] * 2
    else:
        widths = [(100 - GAP[count] * (count - 1)) * share for share in shares]
    rules = [f".cell.column-0 {{ float: right; width: {widths[0]:.3f}% }}"]
    for number, width in enumerate(widths[1:], 1):
        gap = f"; margin-left: {GAP[count]}%" if number > 1 else ""
        rules.append(f".cell.column-{number} {{ float: left; width: {width:.3f}%{gap} }}")
        if gap:
            room = GAP[count] / 100 * (sheet.width - sheet.outer - sheet.inner) * MILLIMETRE - BAR
            rules.append(f'.cell.column-{number}.unreviewed[dir="ltr"] {{ margin-left: {room:.2f}pt }}')
    # Drawn column by column: readers that follow the file would join lines that stand side by side.
    rules += [f".cell.column-{number} {{ position: relative; z-index: {number} }}" for number in range(count)]
    rules.append(_EVEN)
    return rules
