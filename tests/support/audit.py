"""Laid-out pages, walked: are rows level, headings with their text, lines inside their columns?

    python -m tests.support.audit < JOB     # a sheet's job; prints what it found as JSON

It runs in a process of its own, as the typesetter does.
"""

import json
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass, field

LEVEL = 2.0
"""Pixels by which the first baselines of a row may differ: 1.5 points."""

OUTSIDE = 1.5
"""Pixels by which a line may stand out of its column: hanging punctuation and rounding."""


@dataclass
class Report:
    pages: int = 0
    rows: int = 0
    misaligned: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    stranded: list[str] = field(default_factory=list)
    overflow: list[str] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    """Per cent of the page's text area left empty at its foot, for every page but the last."""


def audit(document, *, facing: bool = False) -> Report:
    from weasyprint.formatting_structure import boxes

    report = Report(pages=len(document.pages))
    pieces = defaultdict(list)
    last_row: dict[int, tuple[float, object]] = {}
    first = document.pages[0]._page_box
    root = next(child.element for child in first.children if not isinstance(child, boxes.MarginBox))
    rows = {cell: row for row in root.iter() if {"row", "line"} & {*row.get("class", "").split()} for cell in row}
    repeated = {row for head in root.iter("thead") for row in head}
    for number, page in enumerate(document.pages):
        sheet = (number + 1) // 2 if facing else number
        box = page._page_box
        foot = box.position_y + box.margin_top
        # Not below their rows: what is left of a float that goes on on another page hangs on the page itself.
        for cell in _of_class(box, "cell"):
            lines = [line for line in cell.descendants() if isinstance(line, boxes.LineBox) and _has_text(line)]
            lines.sort(key=lambda line: line.position_y)
            if lines and cell.element in rows:
                row = rows[cell.element]
                pieces[row, cell.element].append((sheet, lines))
                foot = max(foot, lines[-1].position_y + lines[-1].height)
                if lines[0].position_y >= last_row.get(number, (0, row))[0]:
                    last_row[number] = lines[0].position_y, row
                report.overflow += [_place(number, line) for line in lines if _is_outside(line, cell)]
                if all(map(_is_marker, lines)):
                    report.orphans.append(f"{_place(number, lines[0])} without its text")
        is_last = number >= len(document.pages) - (2 if facing else 1)
        if not is_last and not (facing and number == 0):
            report.gaps.append(round(100 * (1 - (foot - box.position_y - box.margin_top) / box.height)))
    _rows(report, {(row, cell): found[: 1 if row in repeated else None] for (row, cell), found in pieces.items()})
    _headings(report, last_row, facing=facing)
    return report


def _rows(report: Report, pieces: dict) -> None:
    rows = defaultdict(list)
    for (row, _), found in pieces.items():
        rows[row].append(found)
        sheet, lines = found[0]
        if (
            len(found) > 1 and lines[-1].position_y - lines[0].position_y < LEVEL
        ):  # a list marker is a line beside the first
            report.orphans.append(_place(sheet, lines[0]))
    report.rows = len(rows)
    for row, cells in rows.items():
        starts = {found[0][0] for found in cells}
        heights = [found[0][1][0].position_y + found[0][1][0].baseline for found in cells]
        if "colophon" not in str(row.get("class")) and (len(starts) > 1 or max(heights) - min(heights) > LEVEL):
            report.misaligned.append(f"{_place(min(starts), cells[0][0][1][0])} by {max(heights) - min(heights):.1f}")


def _headings(report: Report, last_row: dict, *, facing: bool) -> None:
    last = max(last_row, default=0)
    for number, (_, row) in last_row.items():
        is_heading = {"heading", "title", "caption"} & set(row.get("class").split())
        # The two halves of facing pages end alike.
        if is_heading and number < last - (1 if facing else 0):
            report.stranded.append(f"page {number + 1}: {''.join(row.itertext())[:40]}")


def _of_class(box, name: str):
    """Return the block boxes of elements of a class."""
    from weasyprint.formatting_structure import boxes

    return [
        found
        for found in box.descendants()
        if isinstance(found, boxes.BlockBox | boxes.TableCellBox)
        and found.element is not None
        and found.element_tag == found.element.tag
        and name in found.element.get("class", "").split()
    ]


def _has_text(line) -> bool:
    return any(getattr(child, "text", "").strip() for child in line.descendants())


def _is_marker(line) -> bool:
    return line.element is not None and "marker" in line.element.get("class", "").split()


def _is_outside(line, cell) -> bool:
    from weasyprint.formatting_structure import boxes

    left, right = cell.content_box_x(), cell.content_box_x() + cell.width
    texts = [child for child in line.descendants() if isinstance(child, boxes.TextBox) and child.text.strip()]
    return any(t.position_x < left - OUTSIDE or t.position_x + t.width > right + OUTSIDE for t in texts)


def _place(number: int, line) -> str:
    text = " ".join(getattr(child, "text", "") for child in line.descendants())
    return f"page {number + 1}: {text[:40]}"


if __name__ == "__main__":
    from pipeline.edition.render.pdf import child

    job = json.loads(sys.stdin.buffer.read())
    print(json.dumps(asdict(audit(child.lay_out(job), facing=job["facing"])), ensure_ascii=False))
