"""A text in Markdown with front matter: CommonMark, with the tables and notes that most programs know.

Whatever means something in Markdown is escaped, so that it reads as it is written; so is what the programs that make
sites of it take for their own code (`{{ … }}`, `{% … %}`).
"""

import re
from collections.abc import Iterator
from itertools import groupby

from pipeline.edition.content import StyledRun, TextBlock, Words
from pipeline.model import Kind, MarkKind
from pipeline.publication import Published, Publisher, Standing, elements
from pipeline.publication.formats import _frontmatter

SUFFIX = ".md"
MEDIA_TYPE = "text/markdown"

_SIGNS = re.compile(r"[\\`*_\[\]<>|~&^$=!{}]|\A%|(?<=\{)[%#]")
_AT_START = re.compile(r"^(\s*)(?:([#+:-])|(\d{1,9})([.)]))")
_AROUND = {MarkKind.STRONG: "**", MarkKind.EMPHASIS: "*"}
_TAGS = {MarkKind.SUPERSCRIPT: "sup", MarkKind.SUBSCRIPT: "sub", MarkKind.CODE: "code"}
_BREAK = "\\\n"


def made(published: Published, publisher: Publisher) -> bytes:
    """Return the text; its pictures are said in words, as it has no files beside it."""
    parts = [_frontmatter.lines(published, publisher).rstrip("\n"), *_parts(published, publisher)]
    return "\n\n".join(part for part in parts if part).encode("utf-8", "replace") + b"\n"


def _parts(published: Published, publisher: Publisher) -> Iterator[str]:
    text, language = published.text, publisher.language(published.lang)
    if published.standing is Standing.STALE:
        yield f"**{_line(language.publication.stale)}**"
    if text.title_is_editorial:
        yield f"# {_line(f'[{text.title}]')}"
    yield from (_line(stated) for stated in (text.issuer, text.number, text.dateline) if stated)
    writer = _Writer(elements.levels(text.blocks), language.labels.note)
    for kind, blocks in groupby(text.blocks, key=lambda block: block.kind):
        written = [writer.block(block) for block in blocks]
        if kind is Kind.QUOTATION:
            yield "\n>\n".join(re.sub("^", "> ", part, flags=re.MULTILINE) for part in written)
        else:
            yield from written
    if text.colophon:
        yield "* * *"
        yield from map(_line, text.colophon)


def escaped(text: str) -> str:
    """Return a text in which no sign means anything."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


def _line(text: str) -> str:
    """Return a line of text that begins with no sign of Markdown."""
    return _begun(escaped(" ".join(text.split())))


def _begun(line: str) -> str:
    return _AT_START.sub(lambda found: f"{found[1]}{found[3] or ''}\\{found[2] or found[4]}", line.lstrip(" \t"))


class _Writer:
    """Writes the blocks of one text."""

    def __init__(self, levels: dict[int, int], note: str) -> None:
        self.levels, self.note = levels, note

    def block(self, block: TextBlock) -> str:
        remarks = [f"**{_line(self.note)}** {_line(remark)}" for remark in block.remarks]
        return "\n\n".join([self._text(block), *remarks])

    def _text(self, block: TextBlock) -> str:
        if block.kind is Kind.SEPARATOR:
            return "* * *"
        if block.kind is Kind.TABLE:
            return self._table(block)
        if block.kind is Kind.SIGNATURES:
            return self._signatures(block)
        if block.kind.is_grid:
            return _BREAK.join(self._begun("\u2003".join(map(self.words, line))) for line in block.lines)
        words = self.words(block.words)
        if block.row in self.levels:
            marker = f"{escaped(block.marker)} " if block.marker else ""
            return f"{'#' * self.levels[block.row]} {(marker + words).replace(_BREAK, ' ')}"
        if block.kind is Kind.NOTE:
            return f"[^{block.row}]: {self._begun(words).replace(_BREAK, ' ')}"
        if block.kind is Kind.LIST_ITEM:
            return self._item(block, words)
        return self._begun(f"{escaped(block.marker)} {words}" if block.marker else words)

    def _begun(self, text: str) -> str:
        return "\n".join(map(_begun, text.split("\n")))

    def _item(self, block: TextBlock, words: str) -> str:
        """An item, whose marker is text: Markdown has no Persian numbers, and no letters."""
        indent = "  " * max(block.depth - 1, 0)
        return f"{indent}- {self._begun(f'{escaped(block.marker)} {words}')}".replace("\n", f"\n{indent}  ")

    def _table(self, block: TextBlock) -> str:
        width = max(map(len, block.lines), default=0)
        lines = [[self.words(cell).replace(_BREAK, "<br>") for cell in line] for line in block.lines]
        rows = [f"| {' | '.join([*line, *[''] * (width - len(line))])} |" for line in lines]
        if not block.header_rows:
            rows.insert(0, "|" + "  |" * width)
        return "\n".join([rows[0], "|" + " --- |" * width, *rows[1:]])

    def _signatures(self, block: TextBlock) -> str:
        columns = zip(
            *([*line, *[()] * (len(max(block.lines, key=len)) - len(line))] for line in block.lines), strict=True
        )
        signed = ([words for cell in column if (words := self.words(cell).strip())] for column in columns)
        return "\n\n".join(_BREAK.join(map(self._begun, lines)) for lines in signed if lines)

    def words(self, words: Words) -> str:
        runs = (run for phrase in words for run in phrase.runs)
        return "".join(self._run(run) for run in runs)

    def _run(self, run: StyledRun) -> str:
        if run.is_break:
            return _BREAK
        if run.note >= 0:
            return f"[^{run.note}]"
        text = escaped(run.text)
        inside = text.strip()
        if not inside:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        for style in run.styles:
            if style in _AROUND:
                inside = f"{_AROUND[style]}{inside}{_AROUND[style]}"
            elif style in _TAGS:
                inside = f"<{_TAGS[style]}>{inside}</{_TAGS[style]}>"
        if run.link:
            inside = f"[{inside}](<{run.link.replace('<', '%3C').replace('>', '%3E')}>)"
        return f"{before}{inside}{after}"
