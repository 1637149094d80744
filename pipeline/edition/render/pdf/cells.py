"""What stands in a cell of the page: passages in a language, and what is to be said of them.

Every element of text carries `data-block`, which is the same for all parts of one block in one
language: `tagging` makes of them one paragraph for screen readers.
"""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from pipeline.catalogue.po import disclosure
from pipeline.edition import house, statements
from pipeline.edition.design import CHANGES
from pipeline.edition.render.pdf import markers
from pipeline.edition.render.pdf.columns import Page
from pipeline.edition.render.pdf.composition import add_text, marked, reworded
from pipeline.edition.render.pdf.markers import Lead
from pipeline.languages import Language
from pipeline.model import LINE_BREAK, Passage, State
from pipeline.text import markup, stops
from pipeline.text.orthography import fold


def language_of(language: Language) -> dict[str, str]:
    return {"lang": language.code, "dir": language.direction}


def row(
    page: Page, name: str, passages: Sequence[Passage], key: str, lead: Lead | None = None, tag: str = "p"
) -> Element:
    """Return a row with passages in the language of each column."""
    made = Element("div", {"class": f"row {name}"})
    for number, language in enumerate(page.columns):
        cell = SubElement(made, "div", {"class": f"cell column-{number}", **language_of(language)})
        if language is page.source:
            cell.set("class", f"{cell.get('class')} source")
            original(page, cell, passages, key, lead, tag)
        else:
            translation(page, cell, passages, language, key, lead, tag)
    make_room_for_states(made, is_continued="continued" in name.split())
    return made


def add_line(cell: Element, tag: str, key: str, **attributes: str) -> Element:
    return SubElement(cell, tag, {"data-block": key, **attributes})


def original(page: Page, cell: Element, passages: Sequence[Passage], key: str, lead: Lead | None, tag: str) -> None:
    line = add_line(cell, tag, key)
    markers.add(line, lead, page.source, page.columns)
    for passage in passages:
        add_passage(page, line, passage, page.source)
        if passage is not passages[-1]:
            _add_gap(line, passage, passage.tail)


def _add_gap(line: Element, passage: Passage, gap: str) -> None:
    """Append what parts a sentence from the next: a line end where the source has one."""
    if LINE_BREAK in passage.tail:
        SubElement(line, "br")
    else:
        add_text(line, gap)


def add_passage(page: Page, line: Element, passage: Passage, language: Language) -> None:
    """Append a passage in a language; with what changed in it, where changes are shown."""
    unit = passage.units.get(language.code)
    text = unit.target if unit else passage.source
    if page.layout is CHANGES:
        earlier = markup.unsigned(passage.earlier) if passage.earlier else None
        before = "" if earlier is None else earlier.source if language is page.source else earlier.target
        now = text if passage.signs is None else markup.plain(text)
        if fold(before) != fold(now):
            before, text = (house.styled(one, language, page.design.theme) for one in (before, text))
            reworded(line, before, text, language, passage.signs, passage.around)
            return
    text = house.styled(text, language, page.design.theme)
    marked(line, text, language, passage.signs, passage.around)


def translation(
    page: Page,
    cell: Element,
    passages: Sequence[Passage],
    target: Language,
    key: str,
    lead: Lead | None,
    tag: str,
) -> None:
    cell.set("class", f"{cell.get('class')} target")
    add_state(cell, passages, target, key)
    line = None
    for passage in passages:
        unit = passage.units.get(target.code)
        if unit and not unit.target:
            source = page.source
            line = add_line(cell, tag, f"{key}.source", **{"class": "untranslated"}, **language_of(source))
            marked(line, passage.source, source, passage.signs, passage.around)
            line = None
            continue
        if line is None:
            line = add_line(cell, tag, key)
            if passage is passages[0]:
                markers.add(line, lead, target, page.columns)
        add_passage(page, line, passage, target)
        if passage is not passages[-1]:
            _add_gap(line, passage, stops.gap(unit.target if unit else passage.source))
    add_notes(cell, passages, target, key)


def add_notes(cell: Element, passages: Sequence[Passage], target: Language, key: str) -> None:
    for number, note in enumerate(_notes(passages, target)):
        line = add_line(cell, "p", f"{key}.note.{number}", **{"class": "note"})
        add_text(line, f"{target.labels.note} ")
        marked(line, note, target, None)


def _notes(passages: Iterable[Passage], target: Language) -> Iterator[str]:
    """Yield the notes that translators want to be printed, each once."""
    for passage in passages:
        for comment in passage.units[target.code].notes if target.code in passage.units else ():
            if start := disclosure.NOTE.match(comment):
                yield comment[start.end() :]


def add_state(cell: Element, passages: Sequence[Passage], target: Language, key: str) -> bool:
    """Say above a cell that not all of it is reviewed, and put a bar beside it; return whether there is something."""
    if state := _worst_state(passages, target):
        cell.set("class", f"{cell.get('class')} unreviewed {state}")
        SubElement(cell, "div", {"class": "mark", "data-block": f"{key}.mark"}).text = target.labels.state(state)
    return bool(state)


def make_room_for_states(row: Element, *, is_continued: bool = False) -> None:
    """Let all cells of a row leave the room for what is said above some; of a paragraph it is said once."""
    said = [(cell, cell.find("div[@class='mark']")) for cell in row]
    for cell, mark in said:
        if mark is not None and is_continued:
            cell.remove(mark)
    if not is_continued and any(mark is not None for _, mark in said):
        row.set("class", f"{row.get('class')} stated")


def _worst_state(passages: Iterable[Passage], target: Language) -> str:
    """The word for the margin, the farthest from a finished text first; nothing when all is reviewed."""
    states = {statements.shown(unit.state) for passage in passages if (unit := passage.units.get(target.code))}
    return next((state.value for state in State if state in states and not state.is_done), "")
