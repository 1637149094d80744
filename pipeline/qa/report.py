"""The findings as one page: progress, a cell for every unit, and a card for each with findings, source beside target.

Self-contained and without scripts; the tree is built as elements, so every string is escaped. It is handed on,
and quotes no comments but those that are printed anyway.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.catalogue.po import disclosure
from pipeline.languages import Language
from pipeline.model import Catalogue, Finding, Severity, State, Unit
from pipeline.qa import marking

MARK = b"ranslations checked</title>"
"""What stands at the beginning of a page, with or without the title of a workspace before it."""

STATES = {
    State.REVIEWED: "reviewed",
    State.COPIED: "copied",
    State.TRANSLATED: "translated, not read by another person",
    State.MACHINE: "machine, not reviewed",
    State.CHANGED: "source changed",
    State.MEMORY: "from memory, not reviewed",
    State.DOUBT: "in doubt",
    State.UNTRANSLATED: "untranslated",
}

STYLE = """
:root { color-scheme: light }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; color: #1c1c1c }
h1 { font-size: 1.5em } h2 { font-size: 1.1em; margin: 2em 0 .4em }
.bar { display: flex; height: .8em; border-radius: .4em; overflow: hidden; background: #eee; max-width: 40em }
.cells { display: flex; flex-wrap: wrap; gap: 2px; margin: .5em 0 1em }
.cells a, .cells span { width: .8em; height: .8em; border-radius: 2px; display: block }
.reviewed, .copied { background: #4c8c5a } .machine { background: #d8a23a } .doubt { background: #b8721d }
.translated { background: #3d7f94 } .changed { background: #a5632f } .memory { background: #c98a4b }
.untranslated { background: #bbb } .warning { outline: 2px solid #c99000 } .error { outline: 2px solid #b3261e }
.key span { display: inline-block; padding: 0 .5em; margin-inline-end: .4em; border-radius: .3em }
.key span { color: #fff; font-size: .85em }
.key .machine, .key .untranslated { color: #1c1c1c }
.finding { border-top: 1px solid #ddd; padding: .7em 0; break-inside: avoid }
.finding:target { background: #fff6dd }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5em; margin-top: .4em }
.sides [dir=rtl] { text-align: right; font-size: 1.1em; line-height: 1.8 }
.what b { text-transform: uppercase; font-size: .75em; letter-spacing: .05em }
.what b.error-text { color: #b3261e } .what b.warning-text { color: #8a6100 }
.what b.hint-text, .what b.note-text { color: #555 }
.what i, .where, .accept { color: #555; font-style: normal }
.where, .accept { font-size: .85em; margin: .2em 0 }
.accept code { display: block }
mark { background: #ffe08a; color: inherit }
@media print {
  body { font-size: 10pt; margin: 0; max-width: none }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
@media (max-width: 40em) { .sides { grid-template-columns: 1fr } }
"""


@dataclass(frozen=True, slots=True)
class Result:
    """One document in one language, and the findings nobody has accepted.

    So many of its translated sentences are `unchanged` machine drafts, or nearly so. `file` is its PO file in the
    workspace.
    """

    document_id: str
    lang: str
    catalogue: Catalogue
    findings: tuple[Finding, ...]
    unchanged: int = 0
    file: str = ""


Card = tuple[Unit, tuple[Finding, ...]]
"""A sentence, and what was found in it."""


def cards(findings: Iterable[Finding]) -> list[Card]:
    """Return the findings by their sentences, in the order of these; untranslated ones are none."""
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.check != UNTRANSLATED:
            found[finding.unit.key].append(finding)
    return [(group[0].unit, tuple(group)) for group in found.values()]


UNTRANSLATED = "untranslated"
"""The check whose findings are counted, not shown: there is nothing to see."""


def untranslated(findings: Iterable[Finding]) -> str:
    """Return how many sentences are not translated, in words; empty for none."""
    count = sum(finding.check == UNTRANSLATED for finding in findings)
    return f"{count} sentence{'s are' if count > 1 else ' is'} not translated" if count else ""


def html(
    title: str, results: Sequence[Result], languages: Mapping[str, Language], least: Severity = Severity.NOTE
) -> str:
    """Return the page, without what is less severe than the least; of that it says how many there are.

    Without a title it says only what it is, as the name of a folder may be somebody's.
    """
    heading = f"{title}: translations checked" if title else "Translations checked"
    root = Element("html", lang="en", translate="no")
    head = SubElement(root, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width")
    SubElement(head, "meta", name="google", content="notranslate")
    SubElement(head, "title").text = heading
    SubElement(head, "style").text = STYLE
    body = SubElement(root, "body")
    SubElement(body, "h1").text = heading
    _key(body)
    for number, result in enumerate(results, 1):
        shown = tuple(finding for finding in result.findings if finding.severity.weighs(least))
        hidden = len(result.findings) - len(shown)
        _section(body, replace(result, findings=shown), languages, f"r{number}", hidden)
    return "<!DOCTYPE html>" + tostring(root, encoding="unicode", method="html")


def _key(body: Element) -> None:
    key = SubElement(body, "p", {"class": "key"})
    for state, text in STATES.items():
        if state is not State.COPIED:
            SubElement(key, "span", {"class": state.value}).text = text
    key[-1].tail = " An outline marks a finding; red is an error."


def _section(body: Element, result: Result, languages: Mapping[str, Language], anchor: str, hidden: int) -> None:
    units = result.catalogue.units
    section = SubElement(body, "section")
    SubElement(section, "h2").text = f"{result.document_id} · {result.lang}"
    reviewed = sum(unit.state.is_reviewed for unit in units)
    summary = f"{reviewed} of {len(units)} units reviewed, {len(result.findings)} findings"
    if hidden:
        summary += f" and {hidden} less severe, not shown"
    if result.unchanged:
        summary += f"; {result.unchanged} translated units are machine drafts, unchanged or nearly so"
    SubElement(section, "p").text = summary
    bar = SubElement(section, "div", {"class": "bar", "role": "img", "aria-label": summary})
    for state in STATES:
        share = sum(unit.state is state for unit in units) / max(1, len(units))
        if share:
            SubElement(bar, "span", {"class": state.value, "style": f"width:{share:.2%}"})
    _cells(section, result, anchor)
    if told := untranslated(result.findings):
        SubElement(section, "p").text = f"{told}."
    for number, card in enumerate(cards(result.findings), 1):
        _card(section, card, result, languages, f"{anchor}-{number}")


def _cells(section: Element, result: Result, anchor: str) -> None:
    """One coloured cell for every unit; one with findings leads to its card."""
    cells = SubElement(section, "div", {"class": "cells"})
    places = {unit.key: (number, found) for number, (unit, found) in enumerate(cards(result.findings), 1)}
    for number, unit in enumerate(result.catalogue.units, 1):
        tip = f"{number}: {STATES[unit.state]}"
        if unit.key in places:
            place, found = places[unit.key]
            worst = min((finding.severity for finding in found), key=list(Severity).index)
            link = {"href": f"#{anchor}-{place}", "class": f"{unit.state} {worst}", "title": f"{tip}, {worst}"}
            SubElement(cells, "a", link)
        else:
            SubElement(cells, "span", {"class": unit.state.value, "title": tip})


def _card(section: Element, card: Card, result: Result, languages: Mapping[str, Language], anchor: str) -> None:
    unit, found = card
    entry = SubElement(section, "div", {"class": "finding", "id": anchor})
    where = ", ".join(map(str, unit.locations))
    SubElement(entry, "p", {"class": "where"}).text = " · ".join(filter(None, (where, place(result.file, unit))))
    for finding in found:
        what = SubElement(entry, "div", {"class": "what"})
        SubElement(what, "b", {"class": f"{finding.severity}-text"}).text = finding.severity.value
        what[-1].tail = f" {finding.check}: {_message(finding)} "
        if finding.suggestion:
            SubElement(what, "i").text = f"→ {finding.suggestion}"
    sides = SubElement(entry, "div", {"class": "sides"})
    for code, text in ((result.lang, unit.target), (result.catalogue.source_lang, unit.source)):
        side = SubElement(sides, "div", {"lang": code, "dir": languages[code].direction})
        _marked(side, marking.parts(text, found))
    accept = SubElement(entry, "p", {"class": "accept"})
    accept.text = "To accept, put above the entry: "
    for check in dict.fromkeys(finding.check for finding in found):
        SubElement(accept, "code").text = marking.accepting(check)


def place(file: str, unit: Unit) -> str:
    """Return where the entry of a sentence stands: its PO file, and the line there, if it has been saved."""
    return f"{file}:{unit.line}" if unit.line and file else file


def _marked(side: Element, parts: Iterable[marking.Part]) -> None:
    side.text = ""
    last: Element | None = None
    for text, is_marked in parts:
        if is_marked:
            last = SubElement(side, "mark")
            last.text = text
        elif last is None:
            side.text += text
        else:
            last.tail = text


def _message(finding: Finding) -> str:
    """Return what a finding says, without the comment it may be about: that may name a person."""
    notes = finding.unit.notes
    is_private = finding.place in notes and finding.place not in disclosure.told(notes)
    return finding.message.replace(finding.place, "…") if is_private else finding.message
