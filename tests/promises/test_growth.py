"""Whatever text comes, the work on it grows with its length and no faster: no pattern and no loop goes on for hours."""

import dataclasses
import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
from lxml import etree

from pipeline import keylines, termbase
from pipeline.app import typed
from pipeline.catalogue import difference, leverage, origin, po, readings
from pipeline.catalogue.po import writing
from pipeline.cli import terminal
from pipeline.distribution import changes, reasons
from pipeline.document import contacts, corrections, lines, structure, tracking
from pipeline.document.formats import InputFormat, docx, html, md, odt, srt, txt
from pipeline.edition import alignment, revision
from pipeline.edition.design import Design
from pipeline.edition.render.pdf import composition, leaflet, linewords, numbers, page, raised
from pipeline.edition.render.pdf import lines as planning
from pipeline.edition.render.pdf.breaking import Form
from pipeline.errors import PipelineError
from pipeline.exchange import incoming, table
from pipeline.exchange.formats import csv, tmx, xliff
from pipeline.inbox import digest, digestpage
from pipeline.inbox.record import InboxItem
from pipeline.languages import SHIPPED, Language
from pipeline.model import Catalogue, Document, Edition, Finding, Kind, Location, Mark, MarkKind, Severity, State, Unit
from pipeline.office import filetypes
from pipeline.publication import Published, formats, parts
from pipeline.publication.plaintext import PlainParagraph
from pipeline.qa import acceptance, checks, report
from pipeline.qa.checks import CHECKS, MOST_FINDINGS, joining, punctuation
from pipeline.qa.checks import orthography as orthography_check
from pipeline.text import (
    dateforms,
    days,
    markup,
    numbersigns,
    numerals,
    orthography,
    plainwords,
    quantities,
    rewording,
    segment,
    similarity,
    wordkeys,
    wordlist,
    wordquery,
)
from pipeline.text.graphemes import graphemes
from pipeline.translate import answers, drafting, placing
from pipeline.translate.protection import protect
from tests.support import boxes, documents, growth
from tests.support.growth import is_steep
from tests.support.published import PUBLISHER, published

FA, EN, FR = (SHIPPED[code] for code in ("fa", "en", "fr"))
LINE_WORDS = linewords.read({"fa": linewords.job(FA)})["fa"]
NOW = datetime(2026, 1, 2, tzinfo=UTC)

# --- patterns ------------------------------------------------------------------------

MADE = {  # by the functions that make them: patterns of the words of a language, or None where a work below has them
    "pipeline.document.lines.patterns": lambda language: [
        (name, pattern) for name, pattern in _fields(lines.patterns(language)) if isinstance(pattern, re.Pattern)
    ],
    "pipeline.document.lines._beginning": None,  # of the words of a language, in the patterns above
    "pipeline.office.filetypes._matches": None,  # in the first 4,096 bytes of a file, as «kind of file»
    "pipeline.text.segment.slogan": lambda language: [("slogan", segment.slogan(language))],
    "pipeline.text.segment._slogan_gap": lambda language: [("_slogan_gap", segment._slogan_gap(language))],
    "pipeline.text.segment._further_label": lambda language: [("_further_label", segment._further_label(language))],
    "pipeline.text.segment._stop": lambda language: [("_stop", segment._stop(language))],
    "pipeline.text.segment._words": lambda language: _fields(segment._words(language)),
    "pipeline.text.days._patterns": lambda language: [
        (name, pattern) for name, pattern in _fields(days._patterns(language)) if isinstance(pattern, re.Pattern)
    ],
    "pipeline.text.dateforms._pattern": lambda language: [
        ("_pattern", dateforms._pattern("{year}年{month}{day}日", language))
    ],
    "pipeline.text.quantities._hour": lambda language: [("_hour", quantities._hour(language.numbers.hours))],
    "pipeline.text.quantities._minutes": lambda language: [
        ("_minutes", quantities._minutes(language.numbers.hours, language.numbers.joining, language.numbers.minutes))
    ],
    "pipeline.text.numbersigns._roman_ordinal": lambda language: [("roman", numbersigns._roman_ordinal(language))],
    "pipeline.text.quantities._halves": lambda language: [("_halves", quantities._halves(language))],
    "pipeline.text.quantities._indefinite_words": lambda language: [
        ("_indefinite_words", quantities._indefinite_words(language))
    ],
    "pipeline.edition.render.pdf.composition._bound": lambda language: [("_bound", composition._bound(language))],
    "pipeline.edition.render.pdf.composition._inside": lambda _: [("_inside", composition._inside("«»"))],
    "pipeline.edition.render.pdf.raised._ordinals": lambda language: [
        ("_ordinals", raised._ordinals(language.typesetting.raised))
    ],
    "pipeline.text.wordlist.whole": lambda language: [
        ("whole", wordlist.whole(language.source.negations, language.source.no_negations)),
        ("whole", wordlist.whole((*language.target.negations, "a*a*b", "*a*c c*", "*  a"))),
    ],
    "pipeline.text.wordlist.beginning": lambda language: [("beginning", wordlist.beginning(("a*a*b", "end  to")))],
    "pipeline.qa.checks.punctuation._unspaced_inside": lambda _: [("inside", punctuation._unspaced_inside("«»"))],
    "pipeline.qa.checks.punctuation._unspaced_before": lambda _: [("before", punctuation._unspaced_before(";!?:"))],
    "pipeline.qa.checks.orthography._holding": lambda _: [("holding", orthography_check._holding(("ي", "ه\u200c")))],
    "pipeline.qa.checks.orthography._outside_numbers": lambda _: [
        ("marks", orthography_check._outside_numbers((",", "?")))
    ],
    "pipeline.qa.checks.orthography._spaced": lambda _: [("spaced", orthography_check._spaced(".؟!:؛،"))],
    "pipeline.qa.checks.joining._whole": lambda _: [("whole", joining._whole(("هم چنین", "بعنوان")))],
    "pipeline.qa.checks.joining._rules": None,  # of one word
    "pipeline.catalogue.po._header": None,
    "pipeline.qa.marking.span": None,
    "pipeline.translate.protection._terms": None,
    "pipeline.text.segment._abbreviations": None,  # of the words of a language, in `_words`
    "pipeline.text.segment._inside_number_or_name": None,  # of one character
    "pipeline.distribution.deliver._message._phrase": None,  # a constant, for the sender’s own name
    "pipeline.translate.answers._talk": lambda language: list(answers._talk((language, EN))._asdict().items()),
    "pipeline.translate.placing._only": None,  # of at most fifty words
    "pipeline.translate.fetching._continued": None,  # of a number
    "pipeline.publication.formats._numbering._counted": None,  # of a number
    "pipeline.web.wording._patterns": None,  # of our own words; what they meet has 500 characters at most
    "pipeline.app.strays._candidates": None,  # of codes and layouts, for names of files
}
"""A new function that makes a pattern of what it is given is added here, with what it makes."""

SHORT = {
    "pipeline.document.contacts._PHONE": 120,
    "pipeline.edition.render.pdf.places._SENTENCE_START": 12,
    "pipeline.exchange.formats.xlsx._LITERAL": 255,
}
"""Patterns that meet no longer texts than these."""


def _fields(patterns: object) -> list[tuple[str, object]]:
    return [(field.name, getattr(patterns, field.name)) for field in dataclasses.fields(patterns)]


def of_languages() -> list[tuple[str, re.Pattern, set[str]]]:
    sources = [source for _, source in growth.modules()]
    made = ((name, found) for name, make in MADE.items() if make for language in (FA, FR) for found in make(language))
    return [(f"{name}: {field}", pattern, growth.uses(field, sources)) for name, (field, pattern) in made]


def steep(name: str, pattern: re.Pattern, methods: set[str]) -> str:
    """Return the text with which the work of a pattern grows too fast; empty when there is none."""
    for work in growth.tried(pattern, methods):
        for text in growth.hard(pattern):
            if is_steep(work, text, SHORT.get(name, growth.SIZE), most=0.5):
                return f"{name}: {text.shown}"
    return ""


def test_every_pattern_that_is_made_while_the_program_runs_is_known_here():
    assert set(growth.dynamic()) == MADE.keys()


def test_no_pattern_takes_more_than_its_text_is_long():
    patterns = [*growth.compiled(), *of_languages()]
    assert len(patterns) > 90
    assert list(filter(None, (steep(*pattern) for pattern in patterns))) == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:\w+ ?)+b", r"[\s*_]*[*_]{3,}[\s*_]*", r"\+?\d[\d()/.-]*(?:[ ./-]\d[\d()]*){1,}\d", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        r"(?:\s{3,}|\s*[-–—]\s*)(?=(?:Down\s+with))", r"\s+(?=[,;])", '"(?:[^"]|\\.)*"', r"([,;]*)(.*?)([,;(]*)", r"(?<=\D:)\S+[@.]",
    ],
)  # fmt: skip
def test_a_pattern_that_takes_more_is_found(pattern):
    assert steep(pattern, re.compile(pattern), {"search", "fullmatch"})


# --- what is done with one text ------------------------------------------------------

TERMS = [
    termbase.Term("کار و زندگی", "life", "en", termbase.Status.PREFERRED),
    termbase.Term("کار", "work", "en", termbase.Status.PREFERRED),
    termbase.Term("a a a", "a a a", "en", termbase.Status.PREFERRED),
]
(SOUGHT,) = wordquery.read(['"a a a b"'])
KNOWN = {language.code: checks.context(FA, language, TERMS, []) for language in (EN, FR)}
KNOWN["fa"] = checks.context(EN, FA, [], [])


def unit(source: str, target: str) -> Unit:
    return Unit("paragraph", source, target, State.REVIEWED)


def checked(name: str, lang: str, of: Callable[[str], Unit]) -> Callable[[str], object]:
    return lambda text: list(CHECKS.load(name).check(of(text), KNOWN[lang]))


def refused(work: Callable[[str], object]) -> Callable[[str], object]:
    def tried(text: str) -> object:
        try:
            return work(text)
        except PipelineError:
            return None

    return tried


def document(text: str):
    return txt.read(text.encode("utf-8", "replace"), "x", FA, corrections.Corrections())


def catalogue(body: str):
    return po.parse(f'msgid ""\nmsgstr "Language: en\\n"\n\n{body}'.encode("utf-8", "replace"), "x.po", "x", "fa", "en")


def drafted(text: str) -> object:
    protected = protect(text, FA, EN, KNOWN["en"].termbase)
    bare = dataclasses.replace(protected, values=())
    return protected.restored(protected.text), [*drafting._parts(protected), *drafting._parts(bare)]


def written(text: str) -> bytes:
    one = dataclasses.replace(unit(text, text), notes=(text,), origin=f"machine: {text}", previous=text)
    return po.serialise(Catalogue("x", "fa", "en", (one,)), "seeds/x.txt", NOW)


def reported(text: str) -> str:
    one = unit(text, text)
    found = tuple(checks.examine([one], KNOWN["en"]))
    return report.html("x", [report.Result("x", "en", Catalogue("x", "fa", "en", (one,)), found)], SHIPPED)


CAME = InboxItem(1, "a.txt", "", "", "", "fa", "2026-11-28")


def digested(text: str) -> tuple[str, ...]:
    came = dataclasses.replace(CAME, title=text, address=f"https://{text}", date=text, like=text)
    entry = digest.entry(came, text[:100], digest.Opening(((digest.shown(text),),)), "en", {})
    of = digest.Digest("x", "", (entry,), 0, {})
    return digestpage.html(of, EN, SHIPPED), digestpage.text(of, EN, SHIPPED)


def printed(text: str) -> list[str]:
    tree = Element("p")
    tree.text = text
    return leaflet._fit(tree, frozenset("a "))


def sent(texts: list[str]) -> str:
    return json.dumps(["en", False, "", "", "", [["", text] for text in texts], [[text, text, True] for text in texts]])


def cut(text: str, width: int) -> str:
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def remarked(text: str) -> object:
    """Read the comments of a long translation that has as many as words, for as many findings."""
    words = tuple(f"{word}{place}" for place, word in enumerate(text.split()))
    says = ("check: terms ok {}", "read: a{} 2026-01-02 [0123456789abcdef]", "translated: a{}", "read: b{}")
    one = dataclasses.replace(unit("a", text), notes=tuple(say.format(word) for say in says for word in words))
    of_it = [Finding("numbers", Severity.ERROR, one, word) for word in words[:MOST_FINDINGS]]
    return readings.readers(one), acceptance.dated(one), readings.dated(one, "2026-01-02"), acceptance.sift(of_it)


def noted(text: str) -> object:
    """Add the words of a text to as many comments that are there."""
    words = [f"{word}{place}" for place, word in enumerate(text.split())]
    return incoming.with_notes(tuple(f"{word}x" for word in words), words)


WORKS: dict[str, Callable[[str], object]] = {
    "sentences": lambda text: segment.split(text, FA),
    "slogans": lambda text: segment.split(text, FA, Kind.SLOGAN),
    "characters": lambda text: list(graphemes(text)),
    "messages": lambda text: parts.divided([PlainParagraph(text)], 200, FA),
    "contacts": lambda text: segment.split(text, FA, Kind.CONTACT),
    "numbers": lambda text: (numerals.blanked(text), numerals.codes(text), numerals.localised(text, EN, FR)),
    "numbers in words": lambda text: [days.read(text, language) for language in (FA, EN, FR)],
    "words": lambda text: (orthography.folded_words(text), plainwords.target_words(text), plainwords.capitalised_words(text)),
    "words to find": lambda text: wordquery.places(SOUGHT, wordkeys.placed(text, wordkeys.affixes(FA))),
    "words asked for": lambda text: wordquery.read([text], [wordkeys.affixes(FA)]),
    "spelling": lambda text: (orthography.fold(text), orthography.wording(text), orthography.unaccented(text)),
    "numbers in lines": lambda text: numbers.bound(text, LINE_WORDS),
    "contact value": contacts.is_contact_value,
    "alike": lambda text: similarity.similarity(text, text[::-1], 75),
    "what changed": lambda text: list(rewording.changes(text, f"x {text[::-1]}")),
    "corrections": lambda text: changes.between(sent([text]), sent([f"x {text[::-1]}"]), EN),
    "reasons": lambda text: (reasons.read(text), reasons.read(f"{{{text}"), reasons.typed([f"fr={text}x"], ["fr"])),
    "typed": lambda text: typed._bounded({f"a/{n}": ["a", "", "", one] for n, one in enumerate(cut(text, 7).split())}, "a/"),
    "terminal": lambda text: (terminal.visible(text), terminal.visible_json(text)),
    "origin": lambda text: (origin.read(f"machine: {text}"), Location.read(f"line 1, under «{text}"), table.parse_id(text)),
    "accepted": lambda text: acceptance.accepted(dataclasses.replace(unit("a", "b"), notes=(text, f"check: a ok{text}"))),
    "terms": lambda text: (KNOWN["en"].termbase._found(text), termbase.times_rendered(text, "a a a", EN)),
    "termbase": refused(lambda text: termbase.read(f"fa,en,status,note\n{text}", "t", "fa")),
    "draft": drafted,
    "verified": lambda text: drafting._verified(protect(text, FA, EN), drafting.Translation(text), FA, EN),
    "printed in Persian": lambda text: composition.compose(Element("p"), text, FA),
    "printed in English": lambda text: composition.compose(Element("p"), text, EN),
    "printed as changed": lambda text: composition.reworded(Element("p"), text, text[::-1], FA),
    "kind of file": lambda text: filetypes.of(text.encode("utf-8", "replace")),
    "document": refused(document),
    "document of short lines": refused(lambda text: document(cut(text, 7))),
    "document of wrapped lines": refused(lambda text: document(cut(text, 70))),
    "settings": refused(lambda text: corrections.parse(text.encode("utf-8", "replace"), "x.toml", ("en",))),
    "deep settings": lambda text: keylines.deepest(f"{text}\na.a"),
    "settings, told of": refused(lambda text: corrections.parse(b"a = %a\n" % text, "x.toml", ("en",))),
    "PO file": refused(catalogue),
    "PO text": refused(lambda text: catalogue(f'msgid "a"\nmsgstr "{text}\n')),
    "PO comments": refused(lambda text: catalogue("".join(f"# {line}\n" for line in cut(text, 5).split("\n")))),
    "PO strings": refused(lambda text: catalogue('msgid "a"\nmsgstr ' + '"" ' * (len(text) // 3))),
    "PO parts": writing._sections,
    "PO written": refused(written),
    "table": refused(lambda text: csv.read(text.encode("utf-8", "replace"))),
    "table of ids": refused(lambda text: csv.read(f"0123456789ab-0123456789abcdef,{text},{text}".encode("utf-8", "replace"))),
    "comments": remarked,
    "comments that come back": noted,
    "report": reported,
    "in a digest": digested,
    "topic": lambda text: digest.topic_of(dataclasses.replace(CAME, title=text), None, {"a": ("a*", "*a b*"), "b": ("کار*",)}),
    "on a leaflet": printed,
} | {
    f"check {name} {how}": checked(name, lang, of)
    for name in CHECKS.names()
    for how, lang, of in (
        ("of a source", "en", lambda text: unit(text, "ى@ a")),
        ("of both", "fr", lambda text: unit(text, text)),
    )
} | {
    f"check {name} into Persian": checked(name, "fa", lambda text: unit("a", text))
    for name in ("joining", "orthography", "residue")
}  # fmt: skip

PIECES = (
    "a", "1", " ", "ب", "\u200c", "\u0301", "(", '"', "«", "-", "@", "*", ":", "\n", "\\", "a ", "1 ", "1-", "a.", ". ", '."', ".)",
    "a:", " \n", "a@", "a@a.", "http://", "a-a.", "X1X ", "زنده باد - ", "5 مه ", "تلفن: ", "اول ", "کار و ", "ى@ ", "\u200ea",
    "a b c d ", "! ", "1) ", "#~ ", '"" ', 'msgid "a"\n', "a,b,c\n", "[[block]]\n", '\\"""', "[1,", "1,111,", "نمی ",
)  # fmt: skip
TEXTS: dict[str, growth.Text] = {
    **{repr(piece): lambda size, piece=piece: (piece * size)[:size] for piece in PIECES},
    "numbers": lambda size: " ".join(str(number) for number in range(size // 5)),
    "words": lambda size: " ".join(f"w{number}" for number in range(size // 6)),
    "sentences": lambda size: " ".join(f"کار {number} نان." for number in range(size // 10)),
    "dates": lambda size: " ".join(
        f"{n % 28 + 1} مارس {1900 + n} {n % 28 + 1} mars {1900 + n}," for n in range(size // 28)
    ),
    "months": lambda size: " ".join(f"{n % 28 + 1} خرداد {n % 28 + 1} mars," for n in range(size // 20)),
    "addresses": lambda size: " ".join(f"a{number}@b.org" for number in range(size // 10)),
    "spaces and a letter": lambda size: " " * size + "x",
    "nested": lambda size: "«" * (size // 2) + "»" * (size // 2),
    "marks out of order": lambda size: "a" + "\u0315\u0300\u0323" * (size // 3),
    "few words": lambda size: " ".join("abcdefg"[n % 7] + "xyzuv"[n % 5] for n in range(size // 3)),
}


@pytest.mark.parametrize("work", WORKS)
def test_no_text_takes_more_than_it_is_long(work):
    assert [name for name, text in TEXTS.items() if is_steep(WORKS[work], text)] == []


UNLIKE = {
    "years": ("دهه ۷۰ سال های ۱۳۶۷ تا ۱۳۷۰ ", "the 1970s 1967–70 "),
    "Roman numbers": ("قرن ۲۰ ", "XX IX MCMXC XVIIIth century "),
    "hours": ("ساعت ۱۰:۳۰ ", "10:30 a.m. 10h30 "),
    "codes": ("۱۲۳۴۵۶ ", "98-765-4321 "),
    "thousands": ("هشت میلیون ", "ten million, nine "),
    "dates": ("۲۵ اسفند ۱۳۹۵ و ", "1/1/1 "),
    "names": ("محمد رضا علی ", "Hassan Rouhani "),
    "signs": ("{1}{2}", "{2}{1}"),
    "words": ("نه نمی ", "support oppose "),
    "months of halves": ("یک سال و نیم ", "6 months "),
    "halves": ("شش ماه ", "a year and a half "),
    "shares": ("سه‌چهارم ", "75 per cent "),
    "contraries": ("محروم هستند و نپذیرفت ", "not allowed, said nothing, accepted "),
    "percentages": ("۲۵ درصد یک‌چهارم ", "one in four, a quarter, "),
    "spans": ("{} روز سه سال و شش ماه ", "a week, {} months, "),
    "conditions": ("بدون نه ممکن نیست ", "requires "),
    "bounds": ("بیش از {} نفر ", "less than {} persons "),
    "ranges": ("از {} به ۹ ", "from 9 to {} "),
    "marks": ("«(", "“”"),
    "addresses": ("http://a.b/ ", "c@d.e "),
}
"""What a source and its target may be full of that have nothing in common."""


def full(piece: str, size: int) -> str:
    """Return a text full of a piece, each with a number of its own if it has a place for one."""
    count = size // len(piece) + 1
    return "".join(piece.replace("{}", str(number)) for number in range(100, 100 + count))[:size]


@pytest.mark.parametrize("name", CHECKS.names())
def test_no_translation_of_something_else_takes_more_than_it_is_long(name):
    def work(text: str) -> object:
        return list(CHECKS.load(name).check(unit(*text.split("\0")), KNOWN["en"]))

    def of(pieces: tuple[str, str]) -> growth.Text:
        return lambda size: "\0".join(full(piece, size // 2) for piece in pieces)

    assert [what for what, pieces in UNLIKE.items() if is_steep(work, of(pieces), 16 * growth.SIZE)] == []


def test_people_who_share_a_name_take_no_more_than_they_are_many():
    """Half of them are named in full, so that the name they share tells nothing of the others."""
    persian, latin = "بدزسشفکلمن", ("b", "d", "z", "s", "sh", "f", "k", "l", "m", "n")

    def text(size: int) -> str:
        numbers = [f"{number:04}" for number in range(size // 50)]
        source = " ".join(f"آقای رضا {''.join(persian[int(one)] for one in number)}ی،" for number in numbers)
        named = numbers[: len(numbers) // 2]
        names = ("a".join(latin[int(one)] for one in number).title() for number in named)
        return f"{source}\0{', '.join(f'Reza {name}i' for name in names)}"

    def work(text: str) -> object:
        return list(CHECKS.load("people").check(unit(*text.split("\0")), KNOWN["en"]))

    assert not is_steep(work, text, 16 * growth.SIZE)


def _spoken(value: object) -> list[str]:
    """Return the words of a table of a language file, also of one that has them by their meanings."""
    if isinstance(value, dict):
        return [word for name, words in value.items() for word in (name, *_spoken(words))]
    words = value if isinstance(value, tuple) else [value]
    return [word.strip("~").replace("*", "") for word in words if isinstance(word, str)]


def _tables(of: Language, side: str) -> dict[str, str]:
    """Return the words of each table of a language that is translated from, or into, as one text.

    They are mixed: a longer part has no other words than a shorter one.
    """
    fields, mix = dict(_fields(getattr(of, side))) | {"places": of.places}, random.Random(1)
    spoken = ((name, _spoken(value)) for name, value in fields.items())
    return {name: f"{' '.join(mix.sample(words, len(words)))} " for name, words in spoken if words}


FULL_OF_WORDS = {
    **{f"source full of {name}": (words, "a ") for name, words in _tables(FA, "source").items()},
    **{f"target full of {name}": ("ا ", words) for name, words in _tables(EN, "target").items()},
    "source full of words with an affix": ("بی حجاب پیشگیری ", "tailor "),
    "source full of words that are left out": ("زندان اعتصاب شکنجه ۸۸۸ ۸۸۸ ۸۸۸ ", "a "),
    "target full of a place": ("ا ", "ICC "),
}


@pytest.mark.parametrize("name", CHECKS.names())
def test_no_sentence_full_of_known_words_takes_more_than_it_is_long(name):
    def work(text: str) -> object:
        return list(CHECKS.load(name).check(unit(*text.split("\0")), KNOWN["en"]))

    def of(pieces: tuple[str, str]) -> growth.Text:
        return lambda size: "\0".join(full(piece, size // 2) for piece in pieces)

    found = [what for what, pieces in FULL_OF_WORDS.items() if is_steep(work, of(pieces), 16 * growth.SIZE)]
    assert found == []


@pytest.mark.parametrize("name", [name for name in CHECKS.names() if getattr(CHECKS.load(name), "WORDING", False)])
def test_no_sentence_beside_another_translation_takes_more_than_it_is_long(name):
    """Names that nobody knows: each is held against those of the other language."""

    def names(letters: str, count: int) -> str:
        mix = random.Random(1)
        return " ".join("".join(mix.choices(letters, k=6)).title() for _ in range(count))

    def work(text: str) -> object:
        one = unit(names("ابتجدرسفکمنلشخزگ", len(text)), names("abdegilmnorstk", len(text)))
        other = replace(one, target=names("abdeilmnoprstk", len(text)))
        beside = checks.siblings([(KNOWN["fr"], Catalogue("x", "fa", "fr", (other,)))])
        return list(CHECKS.load(name).check(one, replace(KNOWN["en"], siblings=beside)))

    assert not is_steep(work, lambda size: "a" * size, growth.SIZE)


def test_marks_of_a_letter_are_put_in_order_in_pieces():
    """The library that does it takes the square of their number, but quickly: it shows in a long text."""
    for work in (orthography.fold, orthography.unaccented):
        assert not is_steep(work, TEXTS["marks out of order"], 8 * growth.SIZE)


# --- lines of paragraphs --------------------------------------------------------------

PARAGRAPHS: dict[str, tuple[str, growth.Text]] = {
    **{
        repr(piece): (lang, lambda size, piece=piece: piece * (size // len(piece)))
        for lang, pieces in (
            (
                "en",
                (
                    "a",
                    "a ",
                    "a\n",
                    "a-",
                    "30 May ",
                    "Art. 1 ",
                    "understanding ",
                    "under\u00adstanding ",
                    "\u00a0",
                    "« a » ",
                ),
            ),
            ("fa", ("همبستگی ", "همبستگی\n", "۸ مارس ")),
        )
        for piece in pieces
    },
    "words": ("en", TEXTS["words"]),
}


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_no_paragraph_takes_more_than_it_is_long(name):
    """Letters with thousands of marks are left out: what measures them, Pango, takes the square of their number.

    The first lines of a paragraph have fewer ways to them than those that follow, so it has many.
    """
    lang, text = PARAGRAPHS[name]

    def lines(given: str) -> object:
        return planning.lines(boxes.with_text(given, lang), 330.0, Form.JUSTIFIED)

    assert not is_steep(lines, text, 4 * growth.SIZE)


# --- pages and Markdown ---------------------------------------------------------------

PAGES: dict[str, growth.Text] = {
    **{
        repr(piece): lambda size, piece=piece: (piece * size)[:size]
        for piece in (
            "<p>a", "<b>a</b>", "a<br>", "a<br><br>", "<b>a</b><br><br>", "<li>a", "<td>a", "<a href='#x'>1</a>", "<p id=x>a",
            "<div class=footnotes><a href=#y>1</a></div>", "<p><a id=r href='#n'>1</a>", "<img alt=a>", "<pre>a\n</pre>",
        )
    },
    "notes": lambda size: "".join(f"<p><a id=r{n} href='#n{n}'>{n}</a><p id=n{n}>a<a href='#r{n}'>b</a>" for n in range(size // 60)),
    "links back": lambda size: "<p><a id=r href='#n'>1</a>" * (size // 60) + "<p id=n>" + "<a href='#r'>b</a>" * (size // 40),
    "rows": lambda size: "<table>" + "<tr><td rowspan=9 colspan=3>a<td>b" * (size // 40),
    "references to a long note": lambda size: "<a href=#n>[1]</a>" * (size // 30) + "<p id=n>" + "کار " * (size // 10),
    "references to names in a line": lambda size: "".join(f"<a href=#n{n}>[1]</a>" for n in range(size // 40)) + "".join(
        f"<a name=n{n}>a</a>" for n in range(size // 40)
    ),
    "references to one name": lambda size: "<a href=#n>[1]</a>" * (size // 30) + "<a name=n>a</a>" + "b" * (size // 2),
    "labels above a text": lambda size: "<p>©" * (size // 10) + f"<p>{'کار ' * (size // 8)}",
    "a long rule": lambda size: f"<style>.a{{color:{'x' * (size // 2)}}}</style>" + "<p class=a>a" * (size // 24),
    "a long base": lambda size: f"<base href='http://a.b/{'a/' * (size // 4)}'>" + "<p>a <a href=x>a</a>" * (size // 40),
    "a letterhead": lambda size: "<table>" + "".join(f"<tr><td>{'abcdefgh'[n % 8]}{'x' * (n // 8 % 99)}<td><b>1</b>" for n in range(size // 40)) + "</table><p>a.",
}  # fmt: skip
MARKDOWN: dict[str, growth.Text] = {
    **{
        repr(piece): lambda size, piece=piece: (piece * size)[:size]
        for piece in ("[", "![", "*a ", "**a *b ", "~a", "^a", "[a]{", "<a ", "`a", "> ", "- a\n", "|a", "[^1]: a\n", "# a {#", "a\n---\n")
    },
    "notes": lambda size: "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(size // 25)),
}  # fmt: skip


@pytest.mark.parametrize(("form", "texts"), [(html, PAGES), (md, MARKDOWN)], ids=["html", "md"])
def test_no_page_takes_more_than_it_is_long(form, texts):
    read = refused(lambda text: form.read(text.encode(), "x", FA, corrections.Corrections()))
    assert [name for name, text in texts.items() if is_steep(read, text)] == []


# --- office documents ----------------------------------------------------------------


def lists(size: int) -> bytes:
    levels = '<w:lvl w:ilvl="0"/>' * (size // 40)
    of_it = (f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(size // 80))
    return documents.docx(
        documents.p("a"), numbering=f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{"".join(of_it)}'
    )


def spans(size: int) -> bytes:
    around = [f'<text:span text:style-name="{"c" * (size // 300)}{n}">' for n in range(100)]
    within = (f'<text:span text:style-name="d{n}">a</text:span>' for n in range(size // 100))
    return documents.odt(f"<text:p>{''.join(around)}{''.join(within)}{'</text:span>' * len(around)}</text:p>")


def subtitles(size: int) -> bytes:
    return b"1\n00:00:01,000 --> 00:00:02,000\n" + b"a<b>" * (size // 4)


OFFICE: dict[str, tuple[InputFormat, Callable[[int], bytes]]] = {
    "levels of many lists": (docx, lists),
    "styles within long ones": (odt, spans),
    "tags of a cue": (srt, subtitles),
}


@pytest.mark.parametrize("name", OFFICE)
def test_no_document_takes_more_than_it_is_long(name):
    form, made = OFFICE[name]
    read = refused(lambda content: form.read(content, "x", FA, corrections.Corrections()))
    assert not is_steep(read, made, 16 * growth.SIZE)


PLAIN: dict[str, Callable[[int], str]] = {
    "addresses that tell of who read them": lambda size: " ".join(f"www.a.b/{n}?sid={n}" for n in range(size // 18)),
    "lines above tables and behind rules": lambda size: "".join(
        f"---\n\nPart {n} here\na\tb\nc\td\n\n---\n\nHeading\n\nThis is prose that ends well.\n\n"
        for n in range(size // 70)
    ),
}
"""Texts whose pieces could each be held against each."""


@pytest.mark.parametrize("name", PLAIN)
def test_no_plain_text_takes_more_than_it_is_long(name):
    def read(text: str) -> object:
        lines = text.replace(" www", "\nwww").split("\n")
        return list(tracking.said("x", lines)), structure.propose(lines, EN, ())

    assert not is_steep(read, PLAIN[name], 200 * growth.SIZE)


# --- texts with signs of marks -------------------------------------------------------

MARKED = ("{1}: a link to https://example.org",)
MARKS = tuple(Mark(0, 1, MarkKind.LINK, "https://example.org") for _ in range(9999))

SIGNED_WORKS: dict[str, Callable[[str], object]] = {
    "read": lambda text: (markup.plain(text), markup.parts(text), markup.numbers(text), markup.literal(text)),
    "checked": lambda text: list(
        CHECKS.load("markup").check(dataclasses.replace(unit(text, text[::-1]), marks=MARKED), KNOWN["en"])
    ),
    "drafted": lambda text: placing.put_back(
        text, placing.closed_up(text, text), {pair.words: pair.words for pair in placing.pairs(text)}
    ),
    "protected": lambda text: protect(text, FA, EN, is_signed=True),
    "printed in Persian": lambda text: composition.marked(Element("p"), text, FA, MARKS),
    "printed in English": lambda text: composition.marked(Element("p"), text, EN, MARKS),
    "in XLIFF": lambda text: xliff._write(etree.Element("source"), text, MARKED),
    "in TMX": lambda text: tmx._write(etree.Element("seg"), text),
}
SIGNS: dict[str, growth.Text] = {
    **{
        repr(piece): lambda size, piece=piece: (piece * size)[:size]
        for piece in ("[a", "]{1} ", "**م ", "a{1} ", "\\*", "*[a")
    },
    "pairs": lambda size: " ".join(f"[کار A]{{{number}}}" for number in range(1, size // 12)),
    "deep": lambda size: "[م" * (size // 8) + "]{1}a" * (size // 8),
    "crossing": lambda size: "**[a** ب]{1} " * (size // 12),
}


@pytest.mark.parametrize("work", SIGNED_WORKS)
def test_no_text_with_signs_takes_more_than_it_is_long(work):
    assert [name for name, text in SIGNS.items() if is_steep(SIGNED_WORKS[work], text)] == []


MANY_MARKS: dict[str, Callable[[str], list[Mark]]] = {
    "in a row": lambda text: [Mark(at, at + 1, MarkKind.CODE) for at in range(0, len(text), 2)],
    "overlapping": lambda text: [
        Mark(at, at + 3, list(MarkKind)[2 + at % 4], str(at)) for at in range(0, len(text), 2)
    ],
    "over all": lambda text: [Mark(0, len(text), MarkKind.LINK, str(at)) for at in range(0, len(text), 2)],
    "in two styles": lambda text: [Mark(at, at + 3, markup.STYLES[at % 4 // 2]) for at in range(0, len(text), 2)],
}


@pytest.mark.parametrize("marks", MANY_MARKS)
def test_no_text_with_many_marks_takes_more_than_it_is_long(marks):
    assert not is_steep(
        lambda text: markup.write(text, MANY_MARKS[marks](text)), lambda size: "ab" * (size // 2), 16_000
    )


# --- what is done with many sentences ------------------------------------------------

SENTENCES: dict[str, Callable[[int], str]] = {
    "alike": lambda number: f"کار نان {number} مسکن آزادی برای همه",
    "of one wording": lambda number: "کار نان" + "\u200c" * (number % 40) + " " * (number // 40) + " مسکن",
    "short": str,
}


def units(of: Callable[[int], str], count: int, target: str = "Target {}") -> tuple[Unit, ...]:
    return tuple(
        Unit("paragraph", of(n), target.format(n), State.REVIEWED, locations=(Location(n + 1),), line=n + 1) for n in range(count)
    )  # fmt: skip


def known(found: tuple[Unit, ...]) -> Catalogue:
    return Catalogue("x", "fa", "en", found)


def merged(of, count):
    return leverage.merge([Unit("paragraph", f"{of(n)}!") for n in range(count)], known(units(of, count)))


def merged_into_another_kind(of, count):
    return leverage.merge([Unit("heading", of(n)) for n in range(count)], known(units(of, count)))


def held_against_each_other(of, count, target="Same"):
    found = units(of, count, target)
    return list(checks.examine(found, checks.context(FA, EN, TERMS, [known(found)])))


def translated_otherwise(of, count):
    return held_against_each_other(lambda _: of(0), count, "Target {}")


def came_back(of, count):
    waiting = tuple(dataclasses.replace(one, target="", state=State.UNTRANSLATED) for one in units(of, count))
    return incoming.merge(
        known(waiting), [table.Line(f"{n:012x}-{n:016x}", f"{of(n)} x", "back") for n in range(count)]
    )


def compared(of, count, between="\n\n"):
    lines = [f"{of(n)}." for n in range(count)]
    made = document(
        f"عنوان\n\n{between.join([*lines[count // 2 :], *(f'مسکن {line}' for line in lines[: count // 3])])}"
    )
    now, before = known(leverage.extract(made)), known(units(lambda n: f"{of(n)}.", count))
    shown = revision.compare(alignment.build(made, {"en": now}), before, "2016-01-01")
    return page.html(shown, Design(), release=True), list(difference.lines(before, now))


def corrected(of, count):
    lines = [f"{of(n)}." for n in range(count)]
    return changes.between(sent(lines), sent([*lines[count // 2 :], *(f"مسکن {line}" for line in lines)]), EN)


def compared_in_one_paragraph(of, count):
    return compared(of, count, " ")


def saved(of, count):
    found = tuple(
        dataclasses.replace(one, source=f"{one.source} {n}", line=0) for n, one in enumerate(units(of, count))
    )
    file = po.parse(po.serialise(known(found), "seeds/x.txt", NOW), "x.po", "x", "fa", "en")
    turned = dataclasses.replace(file.catalogue, units=file.catalogue.units[::-2], obsolete=file.catalogue.units[::2])
    return po.serialise(turned, "seeds/x.txt", NOW, file)


@pytest.mark.parametrize(
    "work",
    [
        merged, merged_into_another_kind, held_against_each_other, translated_otherwise, came_back, compared,
        compared_in_one_paragraph, corrected, saved,
    ],
)  # fmt: skip
def test_no_number_of_sentences_takes_more_than_there_are(work):
    assert [
        name for name, of in SENTENCES.items() if is_steep(lambda count, of=of: work(of, count), lambda size: size, 400)
    ] == []


def _translated(made: Document) -> Edition:
    its = tuple(dataclasses.replace(one, target=one.source, state=State.REVIEWED) for one in leverage.extract(made))
    return alignment.build(made, {"en": Catalogue("x", "fa", "en", its)})


PUBLISHED = {
    "a paragraph": lambda n: document(" ".join(f"متن {one}." for one in range(n))),
    "notes": lambda n: document(
        "\n".join(f"متن [{one}] است." for one in range(1, n // 4))
        + "\n\n"
        + "\n".join(f"[{one}] یادداشت" for one in range(1, n // 4))
    ),
    "a list": lambda n: marked_down("\n".join(f"{'  ' * (one % 8)}- متن {one}" for one in range(n // 2))),
}


def marked_down(text: str):
    return md.read(text.encode(), "x", FA, corrections.Corrections())


@pytest.mark.parametrize("name", formats.names())
def test_no_published_text_takes_more_than_it_is_long(name):
    def work(text: Published) -> object:
        return formats.load(name).made(text, PUBLISHER)

    assert [
        what
        for what, of in PUBLISHED.items()
        if is_steep(work, lambda size, of=of: published("en", _translated(of(size))), 2000)
    ] == []
