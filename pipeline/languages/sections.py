"""What a language's file says of the language itself, a class for each table: its numbers, dates, grammar, words."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pipeline.languages.rules import Ending, Line, Words, named
from pipeline.tables import Rule


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
    Behind one of the `events` («انقلاب») figures may be a year, as behind one of the `years`.
    Between one of the `hours` and one of the `minutes` a number of each is a time of day («ساعت ۱۹ و ۳۰ دقیقه»).
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
    minutes: Words = ()
    events: Words = ()
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
    other words, too («اسد», «میزان»): they are months between a day and a year alone. `named` are names of the first
    day of a month («May Day»); where there are none, the name of the month may stand for it.
    """

    form: Annotated[str, named("day", "month", "year", example="{day} {month} {year}")] = "{day} {month} {year}"
    month_form: Annotated[str, named("month", "year", example="{month} {year}")] = "{month} {year}"
    first: Line = ""
    calendars: Annotated[tuple[Calendar, ...], _CALENDARS] = (Calendar.GREGORIAN,)
    month: Line = ""
    endings: Words = ()
    around: Words = ()
    named: Words = ()
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

    Nor before the second `halves` of words that are often written apart («سرمایه داری»).

    No word is parted one letter before one of the `endings`: «sound-ed» has too few letters for it, and «soun-ded» is
    wrong. Words with a capital inside a sentence are names, which are not parted either, unless `capital_nouns` says
    that other words have one, too.

    A number keeps to one of the `numbered` words before it («Article 12»), as to an abbreviation of those before
    numbers. The `leading` words lead on to the next one, such as articles and prepositions: no running head ends with
    one, and no line of a title; `*` before an ending stands for any letters. Of these, the `genitive` ones bind two
    nouns («of»), and the `joining` ones two words of a kind («and», «or»). The letters e, r and s of `raised` ordinal
    numbers stand above the line, behind their first sign («1er») or behind any number («*e»).
    """

    prefixes: Words = ()
    suffixes: Words = ()
    halves: Words = ()
    endings: Words = ()
    capital_nouns: bool = False
    numbered: Words = ()
    leading: Words = ()
    genitive: Words = ()
    joining: Words = ()
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
    `expletives` a verb is negative though it denies nothing («تا نیاید، نمی‌رویم»), so is one before one of the
    `subjunctives` («تا آزاد نشده باشد») or, behind `untils`, the `perfects` («تا زمانی که آزاد نشده است»), and one
    behind `litotes` affirms («کم نبودند»); `correlatives` are “not only”; `light_verbs` are the past stems of those
    that a noun makes one with («مخالفت کرد»); `exceptives` («جز») and a negation are “only”, `privatives` («بدون») and
    one of the `impossibilities` («ممکن نیست») a condition, `companions` («با») are their contrary, `quantifiers` say
    how many («همه», «برخی»), `modals` that something can or must be, `denied_modals` that it cannot; `permissions`
    («اجازه») and one forbid, in a sentence without `prohibitions` («منع»); `affixes` words that a part of them makes
    negative. `polarity` has words for and against
    by what they mean, `lexicon` other words of the field; `opposites` are meanings that turn others round, `plain`
    those that few words say, so that both languages say them or neither. `poles` are what is said and its contrary,
    in words that mean nothing else, those with `~` before them maybe; of each, `contraries` names the other one.
    `denials` are verbs that deny with what they are without that, and the letter with which any other begins.
    `votes` are the words for the sides of a vote («موافق»), and for what stands between two numbers of which one
    is `versus` the other; `aims` say what something is for («برای»), the words `against` behind `attacks` whom
    they hit («نبرد با»); `conditions` (“if”) and `unless` («مگر آنکه») are turned round by each other; one of the
    `lesser` stands for what may be “less” («زیر»). Behind one of the `namers` («میدان») a word is a name; those of
    `idioms` mean nothing by themselves. `given_names` are of people, `given_words` («امید») those that are other
    words too, and names before a surname alone; so are `surnames`, `*` standing for any letters; behind the
    `titles` stand names of people, behind the `sites` («روستا») those of what they say, but for the words
    `no_names`: `*ند` is an ending of such, `* سازی` a last part.
    """

    negations: Words = ()
    concords: Words = ()
    no_negations: Words = ()
    expletives: Words = ()
    subjunctives: Words = ()
    untils: Words = ()
    perfects: Words = ()
    exceptives: Words = ()
    litotes: Words = ()
    correlatives: Words = ()
    light_verbs: Words = ()
    permissions: Words = ()
    privatives: Words = ()
    companions: Words = ()
    quantifiers: dict[str, Words] = field(default_factory=dict)
    modals: dict[str, Words] = field(default_factory=dict)
    denied_modals: dict[str, Words] = field(default_factory=dict)
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
    attacks: Words = ()
    against: Words = ()
    conditions: Words = ()
    unless: Words = ()
    lesser: Words = ()


@dataclass(frozen=True, slots=True)
class Length:
    """The mean of log(target/source) in letters, and its variance: constant + per_letter / letters of the source."""

    mean: float
    constant: Annotated[float, Rule("a number above 0", "0.01", lambda number: number > 0)]
    per_letter: Annotated[float, Rule("a number, 0 or more", "0.5", lambda number: number >= 0)]


@dataclass(frozen=True, slots=True)
class Target:
    """What checks know of a language that is translated into.

    `negations` are words that say a negation, `*` standing for any letters; `no_negations` those that only look
    like it, `concords` the beginnings of those that go with another one («n’a aucun»); `affixes` words that a part
    of them makes negative, `privatives` negations that say an affix as well (“without”); `coordinators` go on with
    a negation (“nor”), two of the `conjunctions` (“neither”, “nor”) are two negations, `exclusives` are “only” and
    its like, `correlatives` those of “not only”, which one of the `additives` (“as well”) says before them,
    `requirements` say what nothing may be without, `prohibitions` forbid, `denials` are other words that deny by
    what they mean (“kept closed”, “shunned”), `dependents` go with a negation alone (« ni »), `companions`
    (“with”), `quantifiers` (“some”) and `modals` (“can”) are those of the source, `denied_modals` deny these
    (“unable”). `polarity` has, by what they mean, the beginnings of words for and against, or with a full stop whole
    words (“fell.”, not “fellow”), `lexicon` the words for what the source has in its own; `vague` ones of these are
    said of so much that they say nothing for certain
    («question»); `poles` and `votes` are those of the source, `hostile` words for attacks and protests, `lesser`
    those for “less” but in one of the expressions `no_lesser` (“no less”), `never_less` what nobody says with it
    (“once less”). `conditions` (“if”) and `unless` are those of the source, `exceptions` other words that say the
    second (“until”). `lengths` are the usual ones, by the code of the source language.
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
    dependents: Words = ()
    companions: Words = ()
    quantifiers: dict[str, Words] = field(default_factory=dict)
    modals: dict[str, Words] = field(default_factory=dict)
    denied_modals: dict[str, Words] = field(default_factory=dict)
    lesser: Words = ()
    no_lesser: Words = ()
    never_less: Words = ()
    conditions: Words = ()
    unless: Words = ()
    exceptions: Words = ()
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
