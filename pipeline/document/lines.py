"""Lines of plain text, and how those of one language are recognised."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages import Language, words_of_dates
from pipeline.model import Kind
from pipeline.text import stops
from pipeline.text.orthography import fold
from pipeline.text.segment import slogan
from pipeline.text.wordlist import alternatives


@dataclass(frozen=True, slots=True)
class Correction:
    """A block as an editor states it: its kind and its lines (or whatever is `counted`), the first being 1."""

    kind: Kind
    first: int
    last: int
    level: int = 0
    depth: int = 0
    header_rows: int = 0
    counted: str = "line"


@dataclass(slots=True)
class SourceLine:
    """A line that is not blank, or several that form one block; `text` has no outer white space.

    `kind` is None as long as no rule has claimed it; `likely` is what it looks like meanwhile. `indent` counts the
    spaces before its text. `series` is the number of the line with which the list of an item begins.
    """

    source: Sequence[str]
    text: str
    first: int
    last: int
    after_gap: bool
    before_gap: bool
    indent: int = 0
    kind: Kind | None = None
    likely: Kind | None = None
    level: int = 0
    depth: int = 0
    header_rows: int = 0
    marker: str = ""
    ordinal: int | None = None
    series: int = 0

    @property
    def is_open(self) -> bool:
        return self.kind is None

    @property
    def head(self) -> str:
        """How its text begins, folded, for patterns that look no further: paragraphs are long."""
        return fold(_DASH_BEHIND_NUMBER.sub("-", self.text[:_HEAD]))

    @property
    def is_prose(self) -> bool:
        return self.is_open and (
            len(self.text) > LONGEST_LABEL or (self.ends_sentence and self.text[-1] not in stops.COLONS)
        )

    @property
    def is_phrase(self) -> bool:
        """Whether it is short, and no sentence: a heading, a name, an item."""
        return self.is_open and len(self.text) <= LONGEST_HEADING and not self.ends_sentence

    @property
    def ends_sentence(self) -> bool:
        initial = ENDS_IN_INITIAL.search(self.text[-12:])
        is_name = initial and (self.text[-1] != "." or len(self.text.split()) <= MOST_OF_NAME)
        return _END.search(self.text[-12:]) is not None and not is_name

    @property
    def calls(self) -> bool:
        """Whether it is short, and asks or shouts."""
        return self.text.endswith(tuple(stops.SHOUTS + stops.QUESTIONS)) and len(self.text) <= LONGEST_HEADING

    @property
    def is_quoted(self) -> bool:
        return _IN_QUOTES.fullmatch(self.text) is not None

    @property
    def is_bracketed(self) -> bool:
        return self.text[0] in "([（［" and self.text[-1] in ")]）］"

    @property
    def introduces(self) -> bool:
        """Whether it announces what follows it."""
        return self.text.endswith(tuple(stops.COLONS))


_CLOSING = "»«\"'”“‘’」』›‹"
"""Marks that close a quotation in some language: „…“ in German, »…« in Danish."""

_END = re.compile(
    rf"[{stops.ENDS}{stops.HALTS}–—-][\s)）{_CLOSING}*]*$"
    rf"|(?<!\d)[{stops.ENDS}…][)）{_CLOSING}]*(?:[⁰¹²³⁴-⁹]{{1,3}}|\[[\d*]{{1,3}}\]|\d{{1,2}})$"
)
"""What closes a sentence, or a part of one; the mark of a note may be glued to it."""

_IN_QUOTES = re.compile(r"«[^«»]+»|“[^“”]+”|„[^„“”\"]+[“”\"]|「[^「」]+」|『[^『』]+』|\"[^\"]+\"")

_DASH_BEHIND_NUMBER = re.compile(r"(?<=[\d\s])ـ")
"""Behind a number, what else lengthens letters is a dash."""

_HEAD = 160
"""Characters in which a line says what it is, if it does."""

ENDS_IN_INITIAL = re.compile(r"(?<![\w.\u200c\u064b-\u065f])(?:[^\W\d_a-z]\.){1,4}[»\"”“]?$")
"""The full stop of a name that is not told, as of «Chirine D.», or of «A.O.B.»: it ends no sentence on a line alone."""

HOUR = re.compile(r"\d{1,2}[:.h]\d\d(?!\d)")
"""How a line of a programme begins."""

MOST_OF_NAME = 6
"""Words of a name with an initial, and of what is said of it."""

LONGEST_LABEL = 120
"""Characters; what is longer is prose."""

LONGEST_HEADING = 80
"""Characters; what is longer is no heading, except the title."""

LONGEST_HEAD = 16
"""Lines in which the head of a letter ends."""

FURNITURE = (Kind.DATE, Kind.CONTACT, Kind.SEPARATOR)
"""What may stand in the head of a document beside its title, and says nothing of it."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """How lines of one language are recognised: each pattern by what it finds at the beginning of a line.

    `slogan`, `slogan_end` (at the end of a line) and `number` are for texts as they stand, the others for folded ones.
    """

    slogan: re.Pattern[str]
    slogan_end: re.Pattern[str]
    era: re.Pattern[str]
    month: re.Pattern[str]
    date_word: re.Pattern[str]
    date_label: re.Pattern[str]
    orders: tuple[tuple[str, ...], ...]
    spelled: dict[str, int]
    number: re.Pattern[str]
    contact: re.Pattern[str]
    list_opening: re.Pattern[str]
    signatories: re.Pattern[str]
    subject: re.Pattern[str]
    author: re.Pattern[str]
    caption: re.Pattern[str]
    notes: re.Pattern[str]
    subtitle: re.Pattern[str]
    courtesy: re.Pattern[str]
    addressee: re.Pattern[str]
    organisation: re.Pattern[str]
    invocation: re.Pattern[str]
    furniture: re.Pattern[str]
    given_name: re.Pattern[str]
    unfinished: re.Pattern[str]
    broken_off: re.Pattern[str]
    part: re.Pattern[str]
    ordinal: re.Pattern[str]

    def ordinals(self, number: str) -> list[int]:
        """Return the number of a list marker; a letter may have one in each order. A dotted one counts by its last."""
        places = [letters.index(number) + 1 for letters in self.orders if number in letters]
        places += [self.spelled[number]] if number in self.spelled else []
        figures = re.findall(r"\d+", number)
        return [int(figures[-1])] if figures else places


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_OF_MAIL = {"date": ("Date",), "subject": ("Subject",)}
"""Labels above an e-mail, in whatever language it is."""

FIGURES = r"\d{1,3}(?:(?:[.٫/ـ-]|\s[–-]\s)\d{1,3}){0,4}"
_BOX = r"(?:\[[^\S\n]?[xX×✓✔]?[^\S\n]?\]|\([^\S\n]\))(?=[^\S\n])"
"""To be ticked, or ticked."""
_OPEN_ASIDE = r"[(\[][^\s()\[\]]{1,12}\s+[^\s)\]]"
"""A bracket that more than a number stands in: «(1. Vorsitzende)»."""
_BEFORE_FIGURE = r"(?:(?<=[)\]])\s+(?=\d)|(?<=\w[.ـ۔-])\s+(?=\d[\d٬,.٫]*\s[^\W\d]))"
"""Between a marker and a text that begins with a number, and is no date."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿"
BULLET = re.compile(
    rf"({_BOX}|[{CIRCLED}•‣⁃·∙★☆←→⇐⇒\u25a0-\u25ff\u2610-\u2612✓✔✗✘✦✧❖➔➜➢➣➤⮚✅\uf0a0-\uf0ff]|o(?=[^\S\n])|[*+](?=[^\S\n]|[^\W\d])|[-–—](?![-–—])|ـ(?=[^\S\n]))\s*(?=\S)"
)

PICTOGRAPH = re.compile(r"([\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?)\s++(?=\S)")
"""A bullet, if others begin lines beside it; a heading may have one, too."""


@lru_cache(maxsize=16)
def patterns(language: Language) -> Patterns:
    words, dates = language.reading, language.dates
    months = _any((*dates.jalali, *(dates.gregorian or words_of_dates(language.code))))
    era = rf"(?<=\d)\s*{_any(words.eras)}(?!\w)" if words.eras else "(?!)"
    orders = (words.letters, words.other_letters, ROMAN, tuple(number.lower() for number in ROMAN))
    letters = sorted({letter for order in orders for letter in order}, key=len, reverse=True)
    any_letter = "|".join(map(re.escape, letters))
    numbers = rf"(?:(?:{any_letter})[.–-])?{FIGURES}|{any_letter}"
    names = dict.fromkeys(
        part
        for name in (*dates.jalali, *dates.gregorian, *dates.doubtful)
        for part in re.split(r"[\W\d_]+", name)
        if part
    )
    inflected = (name + ending for name in names for ending in ("", *dates.endings))  # «noyabrın»
    date_words = (*inflected, *filter(None, [dates.month]), *words.dates, *words.eras, *words_of_dates(language.code))
    cardinals = {word: int(value) for word, value in language.numbers.values.items() if 1 <= value <= 12}
    spelled = {word: number for word, number in (cardinals | language.numbers.ordinals).items() if number <= 12}
    ordinals = _any((*language.numbers.ordinals, *ROMAN))
    return Patterns(
        slogan=slogan(language),
        slogan_end=re.compile(rf"(?<!\w){alternatives(words.slogans)}[\s!]*$"),
        era=re.compile(era),
        month=re.compile(rf"(?<!\w){months}(?!\w)"),
        date_word=_beginning(date_words, "$"),
        date_label=_beginning((*words.date_labels, *_OF_MAIL["date"]), rf"(?:\s\w+)?\s*[{stops.COLONS}]\s*"),
        orders=orders,
        spelled=spelled,
        number=re.compile(
            rf"(?!{_BOX}|{_OPEN_ASIDE})([(（\[]?({numbers}|{alternatives(tuple(spelled))}(?=\s?[-–—.)ـ:]))\u0640?(?:(?<=\d)\.?[°ºª](?=\s)|\ufe0f?\u20e3\s?|(?<=\d)[_/](?=\s)|(?<=ـ\d)(?=\s)|٫(?=\s)|(?:(?<=\d)\.?[°ºª])?\s*(?:[-–—.)）．、\]ـ۔]|(?<=\d):|(?<=[\w\u064b]):(?=\s))+))(?:\s*(?=[^\s\d,،;؛])|{_BEFORE_FIGURE})"
        ),
        contact=re.compile(_any(words.contacts, r"\s*"), re.IGNORECASE),
        list_opening=_beginning(words.list_openings),
        signatories=re.compile(_any(words.signatories), re.IGNORECASE),
        subject=_beginning((*words.subjects, *_OF_MAIL["subject"]), rf"\s*[{stops.COLONS}]\s*"),
        author=_beginning(words.authors),
        caption=_beginning(words.captions, r"(?:\s*\d|\s*[:.]|\s*[–—-])"),
        notes=_beginning(words.notes, rf"\s*[{stops.COLONS}]?$"),
        subtitle=_beginning(words.subtitles),
        courtesy=_beginning((*words.courtesies, *words.invocations)),
        addressee=_beginning(words.addressees),
        organisation=_beginning(words.organisations),
        invocation=_beginning(words.invocations),
        furniture=_beginning(words.furniture, r"[\s:()\d/.]*$"),
        unfinished=re.compile(rf"(?:.*\s)?{_any(words.continuing)}$", re.IGNORECASE),
        broken_off=re.compile(
            rf"(?:.*\s)?{_any([word for word in words.continuing if not word.endswith('*')])}$", re.IGNORECASE
        ),
        given_name=_beginning(language.source.given_names),
        part=re.compile(
            rf"(\w+)\s+(?:(?:\d{{1,3}}|{_any(tuple(cardinals))})(?=\s*(?:[-–—:.)ـ]|$))|{ordinals}(?!\w))"
            r"\s*(?:[-–—:.)ـ]+\s*(\S?))?",
            re.IGNORECASE,
        ),
        ordinal=re.compile(rf"{ordinals}(?!\w)", re.IGNORECASE),
    )


def _any(words: Sequence[str], space: str = r"\s+") -> str:
    """Return the pattern of any of the words, for folded text."""
    return alternatives([fold(word) for word in words], space)


def _beginning(words: Sequence[str], behind: str = r"(?!\w)") -> re.Pattern[str]:
    return re.compile(_any(words) + behind, re.IGNORECASE)


def read(lines: Sequence[str], corrections: Sequence[Correction]) -> Iterator[SourceLine]:
    """Yield the lines that are not blank; those of a correction as one, with its kind."""
    fixed = {correction.first: correction for correction in corrections}
    number = 1
    while number <= len(lines):
        correction = fixed.get(number)
        last = correction.last if correction else number
        text = "\n".join(lines[number - 1 : last])
        if text.strip():
            line = SourceLine(lines, text.strip(), number, last, _blank(lines, number - 1), _blank(lines, last + 1))
            line.indent = len(text.expandtabs()) - len(text.expandtabs().lstrip())
            if correction:
                line.kind, line.level = correction.kind, correction.level
                line.depth, line.header_rows = correction.depth, correction.header_rows
            yield line
        number = last + 1


def _blank(lines: Sequence[str], number: int) -> bool:
    return not (1 <= number <= len(lines)) or not lines[number - 1].strip()


def joined(lines: Sequence[SourceLine]) -> SourceLine:
    """Return the first of lines that follow each other, with the text of all; a marker taken from it stays out."""
    first, last = lines[0], lines[-1]
    if last is not first:
        end = first.source[first.last - 1]
        behind = "\n".join([end[len(end.rstrip()) :], *first.source[first.last : last.last]]).rstrip()
        first.text += behind
        first.last, first.before_gap = last.last, last.before_gap
    return first


def grouped(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    """Yield the lines that stand together without a blank line between."""
    group: list[SourceLine] = []
    for line in lines:
        if group and line.after_gap:
            yield group
            group = []
        group.append(line)
    if group:
        yield group
