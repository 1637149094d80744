"""Languages: one TOML file each, named by its code, with all that differs from one language to another.

A workspace has its own in `languages/`: a file there adds a language, or replaces the one the package brings.
What a file may say, docs/languages.md tells; `files.py` reads it. The names of languages come from CLDR.
"""

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

from pipeline.errors import UsageError
from pipeline.limits import MOST_IN_A_TERM
from pipeline.tables import Rule

FOLDER = "languages"
"""Of a workspace, beside pipeline.toml."""

CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A code of a language, as its file is named."""

WESTERN_DIGITS = "0123456789"

_INVISIBLE = dict.fromkeys(map(ord, "\u200c\u200d\u00a0\u202f"))
"""What may stand in a text though it is not printed: joiners and no-break spaces."""


def _is_line(text: str) -> bool:
    return len(text) <= MOST_IN_A_TERM and text.translate(_INVISIBLE).isprintable()


def _is_word(text: str) -> bool:
    return _is_line(text) and bool(text.strip())


def _braces(text: str) -> list[str]:
    """Return what stands between the braces of a text; a brace alone is a name that fits nothing."""
    try:
        # A width, as in «{page:>9999999}», would be text without end.
        return sorted(
            "{" if form or conversion else name
            for _, name, form, conversion in string.Formatter().parse(text)
            if name is not None
        )
    except ValueError:
        return ["{"]


def _with(*names: str, example: str, optional: tuple[str, ...] = ()) -> Rule[str]:
    """Return the rule for a text with each of these names in braces, at most once the `optional`, and no other."""
    what = f"a line with {', '.join(f'{{{name}}}' for name in names)} in it" if names else "a line without braces"
    return Rule(what, f'"{example}"', lambda text: _is_word(text) and _fills(text, names, optional))


def _fills(text: str, names: tuple[str, ...], optional: tuple[str, ...]) -> bool:
    braces = _braces(text)
    return braces == sorted((*names, *(name for name in optional if braces and name in braces)))


Line = Annotated[str, Rule("one line of text", '"…"', _is_line)]
Word = Annotated[str, Rule("a word", '"…"', _is_word)]
Words = tuple[Word, ...]


def _is_ending(text: str) -> bool:
    return _is_word(text.removeprefix("*")) and "*" not in text[1:]


Ending = Annotated[str, Rule("a word, or * and how words end", '"*…"', _is_ending)]
"""One with several stars could be looked for in more ways than anybody can wait for."""


class Direction(StrEnum):
    """Which way a language is written."""

    LTR = "ltr"
    RTL = "rtl"


class Calendar(StrEnum):
    """The calendars in which a language may write a date."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How numbers are written, in figures and in words.

    `values` are what cardinal numbers in words are worth, 0 those that name no number («hundreds», «several»);
    `ordinals` a place in an order. Without `values` the package num2words says them, for the code `num2words`.
    `uncertain` ones may be no number («one», «نه»). The words `joining` stand inside a number («two hundred and six»);
    with `units_first` «خمسة وعشرون» is 25. Where a number may be one word («zweihundertfünfzig»), `parts` are words
    that say one only inside. `ordinal_endings` stand behind a Roman one («XIXe»). `decades`, `years` and `hours` stand
    beside such numbers. `indefinite` ones say only how many figures a number has («thousands»: 1000). What ends in one
    of the `counted` words is of so many («چهارنفره»). One of the words of `ranges` stands between two numbers («to»),
    one of the `shares` where these are a share (“one patient in five”); one of the `per_cents` beside a number of a
    hundred, and parts of a whole are ordinals or `fractions` («quarts»). One of the `articles` before a part, or a unit
    of time, says that it is one. `durations` are units of time in hours, `spans` the hours of what lasts so long by
    itself («fortnight») or other than its number says («15 jours»).
    Behind one of those of `half_past` stands an hour that half of the next one is added to.
    """

    decimal: Line = "."
    thousands: Line = ","
    num2words: Line = ""
    values: dict[str, float] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    uncertain: Words = ()
    joining: Words = ()
    units_first: bool = False
    parts: dict[str, float] = field(default_factory=dict)
    ordinal_endings: Words = ()
    decades: Words = ()
    years: Words = ()
    hours: Words = ()
    indefinite: dict[str, float] = field(default_factory=dict)
    counted: Words = ()
    ranges: Words = ()
    half_past: Words = ()
    shares: Words = ()
    per_cents: Words = ()
    fractions: Words = ()
    articles: Words = ()
    durations: dict[str, float] = field(default_factory=dict)
    spans: dict[str, float] = field(default_factory=dict)


_CALENDARS: Rule[tuple[Calendar, ...]] = Rule("a list of calendars", '["gregorian"]', lambda calendars: bool(calendars))


@dataclass(frozen=True, slots=True)
class Dates:
    """How dates are written: months by name, with their numbers; a month may have several names, the usual one first.

    `form` has {day}, {month} and {year} in it, `month_form` the last two. `first` is the first day of a month,
    where it is no mere number. A date is written in each of the `calendars`, all but the first in brackets.
    `month` is the word «month»; `endings` may be written onto the name of one. Behind one of the words `around`
    («end») the name of a month is a date, though no day or year is there. `doubtful` are Jalali months whose names are
    other words, too («اسد», «میزان»): they are months between a day and a year alone.
    """

    form: Annotated[str, _with("day", "month", "year", example="{day} {month} {year}")] = "{day} {month} {year}"
    month_form: Annotated[str, _with("month", "year", example="{month} {year}")] = "{month} {year}"
    first: Line = ""
    calendars: Annotated[tuple[Calendar, ...], _CALENDARS] = (Calendar.GREGORIAN,)
    month: Line = ""
    endings: Words = ()
    around: Words = ()
    gregorian: dict[str, int] = field(default_factory=dict)
    jalali: dict[str, int] = field(default_factory=dict)
    doubtful: dict[str, int] = field(default_factory=dict)

    def names(self, calendar: Calendar, number: int) -> list[str]:
        """Return the names of a month, the usual one first; none if the language has none for this calendar."""
        months = self.jalali if calendar is Calendar.JALALI else self.gregorian
        return [name for name, month in months.items() if month == number]


@dataclass(frozen=True, slots=True)
class Punctuation:
    """The marks of the language.

    `sentence` are the full stop, question mark, exclamation mark, colon and semicolon, in this order.
    A no-break space belongs before the signs in `space_before`, and inside the pair of quotation marks
    `space_inside`. `quotation_marks` are the pair of the language. `doubled` are words that may stand twice in a row.
    """

    sentence: Annotated[str, Rule("five marks", '".?!:;"', lambda marks: len(marks) == 5)] = ".?!:;"
    space_before: Line = ""
    space_inside: Annotated[str, Rule("two marks, or none", '"«»"', lambda marks: len(marks) in (0, 2))] = ""
    quotation_marks: Annotated[str, Rule("two marks", '"«»"', lambda marks: len(marks) == 2)] = "“”"
    doubled: Words = ()


@dataclass(frozen=True, slots=True, eq=False)  # it is a key of caches, and its words are many
class Orthography:
    """How words and marks of a target are written; empty for a language in which nothing of it is checked.

    `letters` and `marks` are those of other languages with what stands for them here («ي»: «ی»). Of what a non-joiner
    belongs before, `suffixes` stand behind any word, `suffixes_of_h` behind one in a silent «ه» that is none of
    `no_stems`, and `comparative` ones behind the `adjectives`; `glued` may not be written right onto such an «ه»,
    unless it is heard, as in the words `heard_h` («*اه»). One belongs behind the `prefixes` of a verb: a form of one is
    a stem of `present` or `past` with one of its endings, but for what `no_verbs` say. `spellings` are other slips;
    `*` before one stands for the letters that its word begins with.
    """

    letters: dict[str, Line] = field(default_factory=dict)
    marks: dict[str, Line] = field(default_factory=dict)
    suffixes: Words = ()
    suffixes_of_h: Words = ()
    no_stems: Words = ()
    comparative: Words = ()
    adjectives: Words = ()
    glued: Words = ()
    heard_h: tuple[Ending, ...] = ()
    prefixes: Words = ()
    present: Words = ()
    present_endings: tuple[Line, ...] = ()
    past: Words = ()
    past_endings: tuple[Line, ...] = ()
    no_verbs: Words = ()
    spellings: dict[Ending, Ending] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)  # it is a key of caches, and its words are many
class Grammar:
    """Forms of words, for finding terms however they are inflected.

    `conjunctions` are written onto the following word. `endings` are what one form of a word may have where
    another has another; `plurals` those of them that make a plural. `inflections` are others that a word of the
    lexicon may have, `inflections_of_short` those of a word of two or three letters. `function_words` are passed
    over in terms.
    """

    conjunctions: Words = ()
    plurals: Words = ()
    endings: Words = ()
    inflections: Words = ()
    inflections_of_short: Words = ()
    function_words: Words = ()


@dataclass(frozen=True, slots=True)
class Typesetting:
    """Where a line may not end: after the `prefixes` and before the `suffixes`, which are words of their own.

    No word is parted one letter before one of the `endings`: «sound-ed» has too few letters for it, and «soun-ded» is
    wrong. Words with a capital inside a sentence are names, which are not parted either, unless `capital_nouns` says
    that other words have one, too.

    A number keeps to one of the `numbered` words before it («Article 12»), as to an abbreviation of those before
    numbers. The `leading` words lead on to the next one, such as articles and prepositions: no running head ends with
    one, and no line of a title; `*` before an ending stands for any letters. Of these, the `genitive` ones bind two
    nouns («of»). The letters e, r and s of `raised` ordinal numbers stand above the line, behind their first sign
    («1er») or behind any number («*e»).
    """

    prefixes: Words = ()
    suffixes: Words = ()
    endings: Words = ()
    capital_nouns: bool = False
    numbered: Words = ()
    leading: Words = ()
    genitive: Words = ()
    raised: Words = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The words by which lines and sentences of a document in this language are recognised.

    `abbreviations` end in a full stop that ends no sentence, and are written without it; one of `final_abbreviations`
    does end it before a capital letter («etc.»), one of `before_numbers` everywhere else («No. 5»). `openings` are
    words with which a sentence begins even behind an initial; `continuing` ones go on with it behind a closing
    mark, `*` standing for any letters. With `ordinal_stops` «3.» is «third».

    `slogans` are how slogans begin. `letters` number lists, in their order; `other_letters` in another order.
    `contacts` are labels such as «phone», `date_labels` such as «date», `subjects` such as «subject».
    `list_openings` begin the items of a list without markers; `signatories` begin a line above
    signatures, `authors` one that names who wrote, `captions` one beside a table or a picture, `notes` one above notes,
    `subtitles` one below a title, `courtesies` one at the beginning or end of a letter,
    `addressees` one above a letter that says to whom it goes («to», «an die»), `organisations` the name of one,
    `invocations` one above all («به نام …»), `furniture` one below the article of a page: comments, related pages.
    `eras` may
    stand behind a year, and `dates` are other words that belong to a date.
    """

    abbreviations: Words = ()
    final_abbreviations: Words = ()
    before_numbers: Words = ()
    openings: Words = ()
    continuing: Words = ()
    ordinal_stops: bool = False
    slogans: Words = ()
    letters: Words = ()
    other_letters: Words = ()
    contacts: Words = ()
    date_labels: Words = ()
    subjects: Words = ()
    list_openings: Words = ()
    signatories: Words = ()
    authors: Words = ()
    captions: Words = ()
    notes: Words = ()
    subtitles: Words = ()
    courtesies: Words = ()
    addressees: Words = ()
    organisations: Words = ()
    invocations: Words = ()
    furniture: Words = ()
    eras: Words = ()
    dates: Words = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What checks know of a language that is translated from.

    `negations` are negative words, `*` standing for any letters; `no_negations` those that only look like it,
    `concords` the beginnings of those that go with another one and make no second negation («هیچ … نیست»); behind
    `expletives` a verb is negative though it denies nothing («تا نیاید، نمی‌رویم»), and one behind `litotes` affirms
    («کم نبودند»); `correlatives` are “not only”; `light_verbs` are the past stems of those that a noun makes one with
    («مخالفت کرد»); `exceptives` («جز») and a negation are “only”, `privatives` («بدون») and one of the
    `impossibilities` («ممکن نیست») a condition; `permissions` («اجازه») and one forbid, in a sentence without
    `prohibitions` («منع»); `affixes` words that a part of them makes negative. `polarity` has words for and against
    by what they mean, `lexicon` other words of the field; `opposites` are meanings that turn others round, `plain`
    those that few words say, so that both languages say them or neither. `poles` are what is said and its contrary,
    in words that mean nothing else, those with `~` before them maybe; of each, `contraries` names the other one.
    `denials` are verbs that deny with what they are without that, and the letter with which any other begins. `votes`
    are the words for the sides of a vote («موافق»), and for what stands between two numbers of which one is `versus`
    the other; `aims` say what something is for («برای»). Behind one of the `namers` («میدان») a word is a name; those
    of `idioms` mean nothing by themselves. `given_names` are of people, `given_words` («امید») those that are other
    words too, and names before a surname alone; so are `surnames`, `*` standing for any letters; behind the `titles`
    stand names of people, behind the `sites` («روستا») those of what they say, but for the words `no_names`: `*ند` is
    an ending of such, `* سازی` a last part.
    """

    negations: Words = ()
    concords: Words = ()
    no_negations: Words = ()
    expletives: Words = ()
    exceptives: Words = ()
    litotes: Words = ()
    correlatives: Words = ()
    light_verbs: Words = ()
    permissions: Words = ()
    privatives: Words = ()
    impossibilities: Words = ()
    prohibitions: Words = ()
    affixes: Words = ()
    namers: Words = ()
    idioms: Words = ()
    given_names: Words = ()
    given_words: Words = ()
    surnames: Words = ()
    titles: Words = ()
    sites: Words = ()
    no_names: Words = ()
    plain: Words = ()
    polarity: dict[str, Words] = field(default_factory=dict)
    lexicon: dict[str, Words] = field(default_factory=dict)
    opposites: dict[str, Words] = field(default_factory=dict)
    poles: dict[str, Words] = field(default_factory=dict)
    contraries: dict[str, Line] = field(default_factory=dict)
    denials: dict[str, Line] = field(default_factory=dict)
    votes: dict[str, Words] = field(default_factory=dict)
    aims: Words = ()


@dataclass(frozen=True, slots=True)
class Length:
    """The mean of log(target/source) in letters, and its variance: constant + per_letter / letters of the source."""

    mean: float
    constant: Annotated[float, Rule("a number above 0", "0.01", lambda number: number > 0)]
    per_letter: Annotated[float, Rule("a number, 0 or more", "0.5", lambda number: number >= 0)]


@dataclass(frozen=True, slots=True)
class Target:
    """What checks know of a language that is translated into.

    `negations` are words that say a negation, `*` standing for any letters; `no_negations` those that only look like
    it, `concords` the beginnings of those that go with another one («n’a aucun»); `affixes` words that a part of them
    makes negative, `privatives` negations that say an affix as well (“without”); `coordinators` go on with a negation
    (“nor”), two of the `conjunctions` (“neither”, “nor”) are two negations, `exclusives` are “only” and its like,
    `correlatives` those of “not only”, which one of the `additives` (“as well”) says before them, `requirements` say
    what nothing may be without, `prohibitions` forbid, `denials` are other words that deny by what they mean (“kept
    closed”, “shunned”). `polarity` has, by what they mean, the beginnings of words for and against, `lexicon` the
    words for what the source has in its own; `vague` ones of these are said of so much that they say nothing for
    certain («question»); `poles` and `votes` are those of the source, `hostile` words for attacks and protests.
    `lengths` are the usual ones, by the code of the source language.
    """

    negations: Words = ()
    concords: Words = ()
    no_negations: Words = ()
    affixes: Words = ()
    privatives: Words = ()
    coordinators: Words = ()
    exclusives: Words = ()
    correlatives: Words = ()
    additives: Words = ()
    conjunctions: Words = ()
    requirements: Words = ()
    prohibitions: Words = ()
    denials: Words = ()
    vague: Words = ()
    polarity: dict[str, Words] = field(default_factory=dict)
    lexicon: dict[str, Words] = field(default_factory=dict)
    poles: dict[str, Words] = field(default_factory=dict)
    votes: dict[str, Words] = field(default_factory=dict)
    hostile: Words = ()
    lengths: dict[str, Length] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a language model says in this language besides a translation.

    `translating` are the beginnings of words for translating («Here is the translation:»), `notes` those of words
    above an explanation that follows it, `offers` those of a last sentence that offers more help («Let me know if»).
    """

    translating: Words = ()
    notes: Words = ()
    offers: Words = ()


_ORIGINAL = _with(
    "language",
    "issuer",
    "date",
    example="Translated from the {language}[ of {issuer}][, published {date}][, by permission].",
    optional=("month",),
)


@dataclass(frozen=True, slots=True)
class Labels:
    """What is printed around a text, with names in braces for what is filled in.

    Of `original`, parts in square brackets are left out when what they name is not known, and a part that names nothing
    when there is no permission; `month` is a date without a day, where that is said otherwise.
    """

    page: Annotated[str, _with("page", "pages", example="Page {page} of {pages}")]
    page_alone: Annotated[str, _with("page", example="Page {page}")]
    untranslated: Annotated[str, _with(example="not yet translated")]
    machine: Annotated[str, _with(example="machine")]
    doubt: Annotated[str, _with(example="to be reviewed")]
    draft: Annotated[str, _with(example="Draft, not released")]
    colophon: Annotated[str, _with(example="About this edition")]
    document: Annotated[str, _with("id", "language", example="Document {id}. Source text in {language}; SHA-256:")]
    units: Annotated[str, _with("language", "total", "counts", example="{language}: {total} sentences: {counts}.")]
    count_reviewed: Annotated[str, _with("count", example="{count} reviewed")]
    count_translated: Annotated[str, _with("count", example="{count} translated and not read by another person")]
    count_machine: Annotated[str, _with("count", example="{count} machine-translated")]
    count_doubt: Annotated[str, _with("count", example="{count} to be reviewed")]
    count_untranslated: Annotated[str, _with("count", example="{count} untranslated")]
    engine: Annotated[str, _with("engines", example="Machine translation: {engines}.")]
    no_engine: Annotated[str, _with(example="No machine translation is printed here.")]
    origin: Annotated[str, _with("origin", example="Origin of the translation: {origin}")]
    marks: Annotated[str, _with(example="A line in the margin marks text that no one has reviewed yet.")]
    endorsement: Annotated[str, _with(example="The source text alone is authoritative.")]
    editorial_title: Annotated[str, _with(example="The title in square brackets is the editors’.")]
    note: Annotated[str, _with(example="Translator’s note:")]
    changes: Annotated[str, _with("since", example="Underlined words were put in since the version of {since}.")]
    all_reviewed: Annotated[str, _with("language", "total", example="{language}: all {total} sentences reviewed.")] = ""
    read_twice: Annotated[str, _with(example="Each has been read by two people other than its translator.")] = ""
    editorial: Annotated[str, _with(example="What is in square brackets above the text is the editors’.")] = ""
    original: Annotated[str, _ORIGINAL] = "{language}[: {issuer}][, {date}]"
    provenance: Annotated[str, _with("address", example="First published at {address}")] = "{address}"
    permitted: Annotated[str, _with(example="Translated and published again by permission.")] = ""
    number: Annotated[str, _with("number", example="No. {number}")] = "No. {number}"
    removed: Annotated[str, _with("words", example="[removed: {words}]")] = "[− {words}]"
    added: Annotated[str, _with("words", example="[added: {words}]")] = "[+ {words}]"

    def state(self, name: str) -> str:
        """Return the mark of a sentence that is not reviewed: «untranslated», «machine» or «doubt»."""
        return {"untranslated": self.untranslated, "machine": self.machine, "doubt": self.doubt}[name]

    def counted(self, name: str, count: str) -> str:
        """Return how many sentences are in a state, by its name."""
        text: str = getattr(self, f"count_{name}")
        return text.format(count=count)


_Plain = Annotated[str, _with(example="…")]


@dataclass(frozen=True, slots=True)
class DigestLabels:
    """What is printed in a digest of what partners write; without it, a language has the English words."""

    title: _Plain = "What has come in"
    private: _Plain = "For readers within the organisation. Please do not pass it on."
    contents: _Plain = "Contents"
    nothing: _Plain = "Nothing has come in."
    since: Annotated[str, _with("since", example="Since {since}")] = "Since {since}"
    between: Annotated[str, _with("first", "last", example="{first} to {last}")] = "{first} to {last}"
    count: Annotated[str, _with("count", example="Texts: {count}")] = "Texts: {count}"
    no_partner: _Plain = "Other senders"
    no_topic: _Plain = "Other topics"
    machine: _Plain = "Machine translation, not checked"
    untranslated: _Plain = "Not translated"
    original: Annotated[str, _with("language", example="Original in {language}")] = "Original in {language}"
    received: Annotated[str, _with("date", example="Received {date}")] = "Received {date}"
    by_mail: _Plain = "By e-mail"
    permitted: _Plain = "May be republished"
    refused: _Plain = "May not be republished"
    unknown: _Plain = "Permission to republish not known"
    number: Annotated[str, _with("number", example="Inbox no. {number}")] = "Inbox no. {number}"
    document: Annotated[str, _with("id", example="Accepted as document {id}")] = "Accepted as document {id}"
    alike: Annotated[str, _with("other", example="Similar to: {other}")] = "Similar to: {other}"
    shortened: _Plain = "Shortened; the whole text is in the inbox"
    more: Annotated[str, _with("count", example="Further texts, left for the next digest: {count}")] = (
        "Further texts, left for the next digest: {count}"
    )
    about: _Plain = "Editors set the topic of a text, or it follows from words that they list for each topic."


_PLURALS = re.compile(r"nplurals=[1-9]\d*; plural=[n0-9 ()<>=!&|?:%+*/-]+;")


@dataclass(frozen=True, slots=True)
class PublicationLabels:
    """What is said of a published text wherever it is read; without it, a language has the English words."""

    stale: _Plain = "The original of this text has changed since; the translation is of an earlier version."
    withdrawn: _Plain = "This text has been withdrawn. Please do not use it, publish it or pass it on."
    on_the_web: _Plain = "On the web:"
    texts: _Plain = "All texts"
    topics: _Plain = "Topics"
    issuers: _Plain = "Issued by"
    years: _Plain = "By year"
    newest: _Plain = "Newest texts"
    search: _Plain = "Search"
    search_for: _Plain = "Search the texts"
    found: Annotated[str, _with("count", example="Texts found: {count}")] = "Texts found: {count}"
    not_found: _Plain = "Nothing found. Try other words, or fewer."
    without_script: _Plain = (
        "Searching needs JavaScript. Without it, you can find every text in the lists by year, topic and issuer."
    )
    languages: _Plain = "Languages"
    skip: _Plain = "Skip to the text"
    download: _Plain = "Download"
    beside: Annotated[str, _with("first", "second", example="{first} and {second} side by side")] = (
        "{first} and {second} side by side"
    )
    published: Annotated[str, _with("date", example="Published on {date}")] = "Published on {date}"
    replaces: Annotated[
        str, _with("date", "earlier", example="Corrected on {date}: this text replaces the one published on {earlier}.")
    ] = "Corrected on {date}: this text replaces the one published on {earlier}."
    corrected: _Plain = "Corrected"
    outdated: _Plain = "Not up to date"
    is_withdrawn: _Plain = "Withdrawn"
    reason: Annotated[str, _with("reason", example="Reason: {reason}")] = "Reason: {reason}"
    undated: _Plain = "Undated"
    text_digest: _Plain = "SHA-256 of the text:"
    feed: _Plain = "Feed of new texts"
    newer: _Plain = "Newer texts"
    older: _Plain = "Older texts"
    accessible: _Plain = (
        "Screen readers can read this book aloud, and its letters can be enlarged. Headings, lists, tables and notes "
        "are marked as such, and the language of every part is stated."
    )


@dataclass(frozen=True, slots=True)
class NewsletterLabels:
    """What a letter says that tells of what was published; without it, a language has the English words."""

    subject: _Plain = "Newly published"
    greeting: _Plain = "Dear friends,"
    intro: _Plain = "Since our last letter of this kind we have published:"
    correction: _Plain = "Corrected: please use this text from now on."
    withdrawn: _Plain = "Withdrawn: please do not use it, publish it or pass it on."
    more: Annotated[str, _with("count", example="And further texts: {count}")] = "And further texts: {count}"
    stop: Annotated[str, _with("address", example="To stop receiving these letters, write to {address}.")] = (
        "To stop receiving these letters, write to {address}."
    )
    regards: _Plain = "Kind regards,"


@dataclass(frozen=True, slots=True)
class SeminarLabels:
    """What is printed in the handout of a seminar; without it, a language has the English words."""

    agenda: _Plain = "Agenda"
    time: _Plain = "Time"
    title: _Plain = "Topic"
    speaker: _Plain = "Speaker"
    people: _Plain = "Participants"
    name: _Plain = "Name"
    role: _Plain = "Role"
    organisation: _Plain = "Organisation"
    glossary: _Plain = "Glossary"


@dataclass(frozen=True, slots=True, eq=False)
class LanguageFile:
    """What one file says.

    `digits` are the ten numerals from zero. `origins` are how statements of origin in PO headers read in this
    language. `own_name` is for a language that CLDR does not know. `capitals` are those of small letters that have
    another one in most languages; `letters` with an accent are others than those without («ş»). `places` are names of
    countries and towns by what they are; `sounds` the letters of consonants by their class, the same in all languages.
    """

    direction: Direction
    plural_forms: Annotated[
        str, Rule("as gettext has it", '"nplurals=2; plural=(n != 1);"', lambda text: bool(_PLURALS.fullmatch(text)))
    ]
    labels: Labels
    digits: Annotated[
        str,
        Rule("ten different digits from zero", f'"{WESTERN_DIGITS}"', lambda text: len(text) == len(set(text)) == 10),
    ] = WESTERN_DIGITS
    digest: DigestLabels = field(default_factory=DigestLabels)
    publication: PublicationLabels = field(default_factory=PublicationLabels)
    newsletter: NewsletterLabels = field(default_factory=NewsletterLabels)
    seminar: SeminarLabels = field(default_factory=SeminarLabels)
    own_name: Line = ""
    capitals: dict[str, Line] = field(default_factory=dict)
    letters: Line = ""
    origins: dict[str, Line] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=Numbers)
    dates: Dates = field(default_factory=Dates)
    punctuation: Punctuation = field(default_factory=Punctuation)
    orthography: Orthography = field(default_factory=Orthography)
    grammar: Grammar = field(default_factory=Grammar)
    typesetting: Typesetting = field(default_factory=Typesetting)
    reading: Reading = field(default_factory=Reading)
    source: Source = field(default_factory=Source)
    target: Target = field(default_factory=Target)
    answers: Answers = field(default_factory=Answers)
    places: dict[str, Words] = field(default_factory=dict)
    sounds: dict[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Language(LanguageFile):
    """A language, by its code; two are the same when they were read from the same bytes, whose digest is `sha256`."""

    code: str
    sha256: str

    def number(self, value: int) -> str:
        """Return a number in the numerals of the language."""
        return str(value).translate(str.maketrans(WESTERN_DIGITS, self.digits))

    def capitalised(self, text: str) -> str:
        """Return a text with a capital at its beginning: «İngilis» of «ingilis» in Azerbaijani."""
        return self.capitals.get(text[:1], text[:1].upper()) + text[1:]

    @property
    def has_capitals(self) -> bool:
        """Whether names begin with a capital letter, as in all languages here that are written from left to right."""
        return self.direction is Direction.LTR

    @property
    def english_name(self) -> str:
        return name(self.code, "en") or self.own_name or self.code

    def name_of(self, other: "Language") -> str:
        """Return what another language is called in this one; its own name, or its code, where CLDR has none."""
        return name(other.code, self.code) or other.own_name or other.code

    @property
    def locale(self) -> tuple[str, str]:
        """Its code and that of the country most of whose readers have it (`fa`, `IR`), empty where CLDR knows none."""
        return _locale(self.code)


@lru_cache(100)
def _locale(code: str) -> tuple[str, str]:
    from babel.core import get_global

    base, likely = code.partition("-")[0], get_global("likely_subtags")
    country = str(likely.get(code) or likely.get(base) or "").rpartition("_")[2]
    return base, country if len(country) == 2 and country.isupper() else ""


def listed(texts: Sequence[str], lang: str) -> str:
    """Return texts as a language lists them: with commas, and a word before the last; as English does without CLDR."""
    from babel import Locale, UnknownLocaleError
    from babel.lists import format_list

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return format_list(texts, locale=locale)


def name(code: str, lang: str) -> str:
    """Return what a language is called in another, both by code; empty when CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(lang, sep="-").languages.get(code.replace("-", "_"), ""))
    except (UnknownLocaleError, ValueError):
        return ""


class Languages(Mapping[str, Language]):
    """The languages of a workspace by code: those of its own `folder`, and the others that the package brings.

    A file is read when its language is first asked for.
    """

    def __init__(self, folder: Path | None = None) -> None:
        own = _files(folder) if folder and folder.is_dir() else {}
        self.own = tuple(own)
        self._files = _files(resources.files(__name__)) | own
        self._read: dict[str, Language] = {}

    def __getitem__(self, code: str) -> Language:
        """Return a language. Raise UsageError when it has no file, LanguageError with all faults of its file."""
        if code not in self._files:
            raise UsageError(f"language {code!r} is unknown; known are: {', '.join(self)}; or add {FOLDER}/{code}.toml")
        if code not in self._read:
            from pipeline.languages import files

            self._read[code] = files.read(self._files[code], code, is_shipped=code not in self.own)
        return self._read[code]

    def meant(self, text: str) -> str:
        """Return the code of a language that is given by it, or by its name in English or in itself; another stays."""
        asked = text.strip().casefold()
        named = {called.casefold(): code for code in self for called in (name(code, "en"), name(code, code), code)}
        return named.get(asked, text) if asked else text

    def __contains__(self, code: object) -> bool:
        return code in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._files))

    def __len__(self) -> int:
        return len(self._files)


def _files(folder: Traversable | Path) -> dict[str, Traversable | Path]:
    return {file.name.removesuffix(".toml"): file for file in folder.iterdir() if file.name.endswith(".toml")}


SHIPPED = Languages()
"""Those of the package alone."""
