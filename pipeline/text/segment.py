"""Text → sentences, lossless.

A boundary stands behind a lone . ! ? ؟ 。 । (or a run of them with ! or ?), whether or not a
space follows: «کرد.بحرانی» is two sentences; what closes or refers there (» ) ۲ [1]) belongs to it. Where a stop is
none, and which sentences go on behind a closing mark, the rules below and the words of the
language say. Each rule has its cases in tests/cases/segment.txt.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages import Language
from pipeline.languages.capitals import has_case, is_small
from pipeline.model import Kind, Segment
from pipeline.text import grid, stops
from pipeline.text.wordlist import alternatives
from pipeline.text.words import MARKS

_LATIN = "A-Za-z\u00c0-\u024f"
_LABEL = rf"[{_LATIN}0-9-]{{1,63}}+"
HAN = "\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uf900-\ufaff"
"""The signs of Chinese and Japanese, which have no spaces."""
WIDE = f"{HAN}\uac00-\ud7af"
"""These and the Korean ones: they stand directly beside an address."""

ADDRESS = re.compile(
    rf"""(?:https?://|www\.)[^\s«»،؛<>"、。，：；！？（）「」『』【】《》]+[\w/]
       | (?:(?:(?![{WIDE}])[\w.+-]){{1,64}}|[\w.+-]{{0,63}}[{WIDE}])@
         (?:(?:(?![{WIDE}])[\w-])++(?:\.(?:(?![{WIDE}])[\w-])++)++|[\w-]++(?:\.[\w-]++)++)
       | (?<![\w.]){_LABEL}(?:\.{_LABEL}){{0,9}}\.(?:com|org|net|info|ir|fr|de|uk|ca|se|eu)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""An e-mail or web address. No name in it is longer than the network has them (RFC 5321, RFC 1035)."""
_INNER_STOP = re.compile(r"\.\w")

_LIST_NUMBER = re.compile(r"(?:^|\n)[^\S\n]*[(]?\d{1,3}$|[:؛،][^\S\n]*(?:[(]\d{1,3}|[1۱١])$")
_NEXT_NUMBER = re.compile(r"[,;،؛]\s*(\d{1,2})$")
_ITEM_NUMBER = re.compile(r"[:,;،؛]\s*(\d{1,2})\.(?!\d)")
_HIDDEN = "\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_NOTE = re.compile(r"\[(?:\d{1,3}|[*†‡])\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[*†‡]{1,3}|\(\d{1,2}\)(?=\s|$)")
_NUMBER_OF_NOTE = re.compile(r"(?<!\s[.!?؟])\d{1,2}(?=[\s»”)\]]|$)")
_NEAR = 100
"""Characters behind a stop that say whether its sentence goes on."""
_NUMBERED = re.compile(r"\s*(?:\w+\s\d{1,3}|\w{1,5}(?:[.٫]\d{1,3}){0,4})\.")
_NUMBER_OF_PART = re.compile(r"\s*(?:\w{1,12}\.?|§)\s\d{1,3}\w{0,3}\.")
_CONTACT_GAP = re.compile(
    rf"(?<=\D[{stops.COLONS}])(?!//)\s*+(?=[+(\d]|\S{{1,300}}?[@.])|(?<!\s)[^\S\n\t\u2028]*+[\n\t\u2028]\s*+|(?<=\S)\s++(?=[\w.+-]++@)"
)
_LABEL_BEHIND_GAP = re.compile(r"(?<=\S)(?:\t|[^\S\n]{2})[^\S\n]*+(?:[\w\u200c.]{1,30}+[^\S\n]?+){1,3}+:(?=\s)")
_LABEL_OF_CONTACT = re.compile(rf"[^\n{stops.COLONS}]{{1,40}}+(?<!\d)[{stops.COLONS}](?!//)\s*+(?=\S)")


@lru_cache(maxsize=16)
def slogan(language: Language) -> re.Pattern[str]:
    """Return the pattern of how a slogan begins."""
    return re.compile(rf"^\W*{alternatives(language.reading.slogans)}")


@lru_cache(maxsize=16)
def _slogan_gap(language: Language) -> re.Pattern[str]:
    opening = alternatives(language.reading.slogans)
    return re.compile(rf"(?<!\s)(?:\s{{3,}}+|\s*+[-–—]\s*+|\s{{2,}}+[-–—*]\s*+)(?={opening})")


def split(text: str, language: Language, kind: Kind = Kind.PARAGRAPH) -> tuple[Segment, ...]:
    """Return the sentences of a block's text, in order.

    Text before the first sentence cannot be lost: leading white space belongs to the
    first segment. An empty text has no segments.
    """
    if kind.is_grid:
        return tuple(grid.cells(text))
    if kind is Kind.SLOGAN:
        separators = _slogan_gap(language)
        ends = sorted({*_sentence_ends(text, language), *(gap.start() for gap in separators.finditer(text))})
    elif kind is Kind.CONTACT:
        ends = list(_contact_ends(text, language))
        separators = None
    elif kind in (Kind.SEPARATOR, Kind.DATE):
        ends, separators = [], None
    else:
        ends, separators = list(_sentence_ends(text, language)), None
    if kind in (Kind.CAPTION, Kind.HEADING) and ends and _NUMBERED.fullmatch(text, 0, ends[0]):
        del ends[0]
    return tuple(_cut(text, ends, separators))


def _may_hold_address(text: str) -> bool:
    """Nearly no sentence has an address, and the full pattern is slow to find that out."""
    return "://" in text or _INNER_STOP.search(text) is not None


def addresses(text: str) -> list[re.Match[str]]:
    """Return the e-mail and web addresses of a text."""
    return list(ADDRESS.finditer(text)) if _may_hold_address(text) else []


@lru_cache(maxsize=64)
def without_addresses(text: str) -> str:
    """Return a text with a space in the place of every address."""
    return ADDRESS.sub(" ", text) if _may_hold_address(text) else text


def _cut(text: str, ends: list[int], separators: re.Pattern[str] | None) -> Iterator[Segment]:
    start = 0
    for end in [*ends, len(text)]:
        while end > start and text[end - 1].isspace():
            end -= 1
        if end <= start or not text[start:end].strip():
            continue
        gap = separators.match(text, end) if separators else None
        after = gap.end() if gap else end
        while after < len(text) and text[after].isspace():
            after += 1
        yield Segment(text[start:end], text[end:after])
        start = after
    if start < len(text):
        yield Segment(text[start:], "")


def _contact_ends(text: str, language: Language) -> Iterator[int]:
    """A label ends at its colon, where the block begins with it; a value at the end of its line or before a label."""
    label = _LABEL_OF_CONTACT.match(text)
    ends = {gap.start() for gap in _CONTACT_GAP.finditer(text)} | ({label.end()} if label else set())
    for further in _further_label(language).finditer(text):
        ends |= {further.start(), further.end()}
    for apart in _LABEL_BEHIND_GAP.finditer(text):
        ends |= {apart.start(), apart.end()}
    yield from sorted(ends)


@lru_cache(maxsize=16)
def _further_label(language: Language) -> re.Pattern[str]:
    contacts = alternatives(language.reading.contacts, r"[\s\u200c]+")
    return re.compile(rf"(?<=[،,؛;|/–-]\s){contacts}(?:[^\S\n]\w{{1,12}})?[^\S\n]?:", re.IGNORECASE)


# --- what a language says ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _StopWords:
    """Patterns of the words of one language that tell whether a stop ends a sentence.

    Those of abbreviations find what stands before the stop, the others what stands behind it; `compound` ones have
    stops inside.
    """

    abbreviation: re.Pattern[str]
    compound: re.Pattern[str]
    final: re.Pattern[str]
    before_number: re.Pattern[str]
    continuing: re.Pattern[str]
    opening: re.Pattern[str]
    counted: re.Pattern[str]


@lru_cache(maxsize=16)
def _words(language: Language) -> _StopWords:
    reading, numbers, dates = language.reading, language.numbers, language.dates
    counted = (*numbers.years, *numbers.decades, *numbers.hours, *dates.jalali, *dates.gregorian)
    compound = [word for word in (*reading.abbreviations, *reading.final_abbreviations) if "." in word]
    parts = "|".join(r"\.\s?".join(map(re.escape, re.split(r"\.\s*", word))) for word in compound)
    return _StopWords(
        compound=re.compile(
            rf"(?<!\w)(?:{parts or '(?!)'})(?=\.)|(?<=\d)\.{alternatives(reading.letters)}(?!\w)", re.IGNORECASE
        ),
        abbreviation=_abbreviations(reading.abbreviations),
        final=_abbreviations(reading.final_abbreviations),
        before_number=_abbreviations(reading.before_numbers),
        continuing=re.compile(rf"{alternatives(reading.continuing)}(?!\w)"),
        opening=re.compile(rf"{alternatives(reading.openings)}(?!\w)"),
        counted=re.compile(rf"\d+\s+{alternatives(counted)}(?!\w)"),
    )


def _abbreviations(words: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of what stands before a stop: «etc» is also «ETC», but «Sok» not «sok», nor «s» an initial."""
    exact = [word for word in words if len(word) == 1 or word[:1].isupper()]
    first = "|".join(rf"{word[0]}(?i:{alternatives([word[1:]])})" for word in exact)
    others = alternatives([word for word in words if word not in exact])
    return re.compile(rf"(?<!\w)(?:(?i:{others})|{first or '(?!)'})$")


def ends_in_abbreviation(text: str, language: Language) -> bool:
    """Whether the full stop at the end of a text is that of an abbreviation: «Freie Ufer e. V.»."""
    words, before = _words(language), text[-_NEAR:].removesuffix(".")
    known = (words.abbreviation, words.final, words.before_number)
    return text.endswith(".") and any(one.search(before) for one in known)


# --- quotation marks and brackets ----------------------------------------------------

_OPENING = {'"': '"', "«": "»", "“": "”", "„": "“", "‹": "›"} | stops.QUOTES | stops.PAIRS
_CLOSING = "»”’›" + "".join((*stops.QUOTES.values(), *stops.PAIRS.values()))
_IN_HEBREW_WORD = '(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])'
"""What makes a word of letters, as «מנכ"ל»: no quotation mark."""
_QUOTE = re.compile(f"(?!{_IN_HEBREW_WORD})[{re.escape(''.join({*_OPENING, *_OPENING.values()}))}]")

_INWARD = re.compile(r"[^«»]*?(?<![^\s(\[-])»(?=[^\s.,;:!?])")
_BACKWARD = re.compile(r"[^“”„]*+(?<![^\s(\[-])”(?=[^\s.,;:!?])[^“”„]*+“")
"""With another one of these between, they are Swedish ones beside English ones: ”nej”, “no”."""


def _outward(text: str) -> str:
    """Return a text whose marks open and close: »German«, ”Swedish”, ”Arabic“ ones are turned; no place in it moves."""
    if "“" in text and _BACKWARD.match(text):
        text = text.translate(_TURNED_CURLY)
    if "”" in text and not {"“", "„"} & {*text}:
        text = _in_turn(text, "“”")
    if not _INWARD.match(text):
        return text
    return text.translate(_TURNED) if "«" in text else _in_turn(text, "«»")


def _in_turn(text: str, marks: str) -> str:
    """Return a text whose closing marks stand for both, every other one turned."""
    first, *others = text.split(marks[1])
    return first + "".join(marks[number % 2] + other for number, other in enumerate(others))


_TURNED = str.maketrans("«»", "»«")
_TURNED_CURLY = str.maketrans("“”", "”“")

FARTHEST = 600
"""Characters between quotation marks that a sentence may hold; in what is longer, sentences end."""


@dataclass(frozen=True, slots=True)
class _Enclosure:
    """Where a quotation mark or a bracket opens, and where it closes."""

    start: int
    end: int
    is_bracket: bool


def _enclosures(text: str) -> list[_Enclosure]:
    """Return the pairs of a text in the order in which they open; what is not closed is none."""
    found: list[_Enclosure] = []
    opened: list[tuple[int, str]] = []
    expected: dict[str, int] = {}
    for mark in _QUOTE.finditer(text):
        sign = mark[0]
        if expected.get(sign):
            while opened:
                start, close = opened.pop()
                expected[close] -= 1
                if close == sign:
                    found.append(_Enclosure(start, mark.start(), text[start] in stops.PAIRS))
                    break
        elif sign in _OPENING:
            closing = _OPENING[sign]
            opened.append((mark.start(), closing))
            expected[closing] = expected.get(closing, 0) + 1
    return sorted(found, key=lambda pair: pair.start)


@lru_cache(maxsize=16)
def _stop(language: Language) -> re.Pattern[str]:
    """Return the pattern of a stop; a mark that only this language has for one stands inside other things, too."""
    anywhere, own = stops.of(language)
    return re.compile(rf"[{re.escape(anywhere)}…]+" + (rf"|[{re.escape(own)}]++(?!\w)" if own else ""))


# --- the ends ------------------------------------------------------------------------

_SPACES = " \t\n\u00a0\u202f\u200c\u200d\u200e\u200f\u2028\u3000"
_STOPS = tuple(stops.ENDS + "…")
_URDU_STOP = "۔"
_HALTS = tuple(stops.HALTS)
_ATTACHED = (*_HALTS, "-", "–", "—")
_BEHIND = re.compile(rf"[{_HIDDEN}]*+(?:[{re.escape(_CLOSING)}]|[^\S\n]++[»”]|‘{{1,2}}(?=\s|$))")
_AGAIN = re.compile(rf"[{_HIDDEN}]*+\s?[{stops.ENDS}]++")
_REMARK = re.compile(r"(?<!\s)[^\S\n]++[(\[][^()\[\].!?؟…:\d«»\"“”]{2,40}[)\]](?=[^\S\n]++\w)")
_ASIDE_IN_BRACKETS = re.compile(r"\([^()\n]{1,90}\)\s")
_DASH = re.compile(r"\s[–—-]\s")
_ASIDE = re.compile(r"[^\S\n]?[–—][^\S\n]?")
_DOTTED = re.compile(r"(?<![\w.])[^\W\d_]{1,3}(?:\.[^\W\d_]{1,3}){2,9}(?!\w)")
_COUNTED_PAGES = re.compile(r"(?<!\d)\d{1,3}\s([^\W\d_]{1,3})$")
"""A number and what is counted, as «۲۷۲ ص.» at the end of a description, where letters have no case; no year."""
_LETTER = re.compile(
    rf"(?<![^\W\d])(?<![\u05d0-\u05ea][\"\u05f4])(?<![\u200c\u064b-\u065f{MARKS}])(?:[^\W\d_]|[CDGKPSTZ]h)$"
)
"""A letter alone, or one written as two («Sh. Ebrahimi»); behind a vowel sign or a non-joiner it ends a word."""
_INITIAL_BEHIND = re.compile(r"[^\W\d_]\.")
_NUMBER = re.compile(r"\d|[IVXLC]+\b|[A-Z]\b|\((?:\d{1,3}|[a-z]{1,3})\)|[-–—]")
_HIGH_ORDINAL = re.compile(r"(?<![\w.,:])(?<![\d.]\s)[1-9]\d\d$")
_ORDINAL = re.compile(r"(?<![\w.,:])(?<!\d\s)\d{1,2}$|(?<=\d\.)(?:0?[1-9]|1[0-2])$")


def _sentence_ends(text: str, language: Language) -> Iterator[int]:
    """Yield the places behind stops that end sentences: not in addresses, nor in pairs with which one goes on."""
    text = _outward(text)
    enclosures = _enclosures(text)
    around = _Around(text, language, enclosures)
    kept = _Untouched([*addresses(text), *_DOTTED.finditer(text), *_words(language).compound.finditer(text)])
    pairs = iter(enclosures)
    pair = next(pairs, None)
    start = silent = 0
    for stop in _stop(language).finditer(text):
        while pair and pair.start < stop.start():
            if pair.start >= silent and around.goes_on(pair, start):
                silent = pair.end
            pair = next(pairs, None)
        if stop.start() >= max(silent, start) and stop.start() not in kept and around.ends(stop, start):
            start = around.end(stop.end())
            yield start
            if remark := around.remark(start):
                start = remark
                yield start


class _Untouched:
    """Places inside of what no sentence ends in."""

    def __init__(self, found: Sequence[re.Match[str]]) -> None:
        self._spans = sorted(one.span() for one in found)
        self._starts = [start for start, _ in self._spans]

    def __contains__(self, place: int) -> bool:
        nearest = bisect_right(self._starts, place) - 1
        return nearest >= 0 and place < self._spans[nearest][1]


class _Around:
    """What stands around the stops of one text, and what it says of them."""

    def __init__(self, text: str, language: Language, enclosures: Sequence[_Enclosure]) -> None:
        self.text, self.words = text, _words(language)
        self._has_ordinal_stops = language.reading.ordinal_stops
        self._closings = {pair.end for pair in enclosures}

    def goes_on(self, pair: _Enclosure, start: int) -> bool:
        """Whether the sentence that began at `start` goes on behind a pair, so that none ends inside."""
        if pair.end - pair.start > FARTHEST:
            return False
        if pair.is_bracket:
            return any(letter.isalnum() for letter in self.text[max(start, pair.start - 200) : pair.start])
        stopped = self.text[max(pair.start, pair.end - 12) : pair.end].rstrip(_SPACES).endswith(_STOPS)
        after = self._after(self._noted(pair.end + 1)).lstrip(_SPACES + _CLOSING)
        if not after or after[0] in stops.ENDS:
            return False
        return not stopped or self._is_continued(after)

    def remark(self, place: int) -> int:
        """Return where a remark in brackets alone between two sentences ends, as of laughter; 0 when there is none."""
        found = _REMARK.match(self.text, place)
        return found.end() if found and not self._is_continued(self._after(found.end())) else 0

    def _is_continued(self, after: str) -> bool:
        return after.startswith(_ATTACHED) or is_small(after[0]) or self.words.continuing.match(after) is not None

    def _after(self, place: int) -> str:
        return self.text[place : place + _NEAR].lstrip(_SPACES)

    def ends(self, stop: re.Match[str], start: int) -> bool:
        """Whether a stop ends the sentence that began at `start`."""
        mark, behind = stop[0], self.end(stop.end())
        before = self.text[max(start, stop.start() - 24) : stop.start()].rstrip("\u200d\u0640")
        after = self._after(behind)
        if after.startswith(_HALTS):
            return False
        if mark == _URDU_STOP and (_LIST_NUMBER.search(before) or _LETTER.search(before)):
            return False
        if mark.strip(stops.FULL_STOPS + "…"):
            aside = _ASIDE.match(self.text, behind)
            if aside and is_small(self.text[aside.end() : aside.end() + 1]):
                return False
            return not (_DASH.match(self.text, behind) and self._is_in_dashes(start, stop.start()))
        if mark not in tuple(stops.FULL_STOPS):  # an ellipsis
            return self.words.opening.match(after) is not None
        if _NUMBER_OF_PART.fullmatch(self.text, start, stop.end()) and _ASIDE.match(self.text, behind):
            return False  # «Art. 2. – …»
        inside = _inside_number_or_name(before[-1:], self.text[stop.end() : stop.end() + 1])
        listed = _LIST_NUMBER.search(before) or self._is_enumerated(before, start, stop.start())
        return not (inside or listed or self._is_abbreviated(before, after))

    def _is_enumerated(self, before: str, start: int, end: int) -> bool:
        """Whether a number behind a comma goes on with the one before it: «bread, 2. peace»."""
        number = _NEXT_NUMBER.search(before)
        if not number or int(number[1]) < 2:
            return False
        earlier = _ITEM_NUMBER.findall(self.text, max(start, end - FARTHEST), end)
        return int(number[1]) - 1 in map(int, earlier)

    def _is_in_dashes(self, start: int, end: int) -> bool:
        return len(_DASH.findall(self.text, max(start, end - FARTHEST), end)) % 2 == 1

    def _is_abbreviated(self, before: str, after: str) -> bool:
        """Whether the full stop between is that of an abbreviation, an initial or an ordinal number."""
        words, is_upper = self.words, after[:1].isupper()
        if words.abbreviation.search(before):
            counted = _COUNTED_PAGES.search(before)
            is_count = counted and not any(map(has_case, counted[1])) and after[:1].isalpha()
            return not (is_count and not words.continuing.match(after))
        if words.final.search(before):
            return bool(after) and not is_upper
        letter = _LETTER.search(before)
        if words.before_number.search(before) and not (letter and letter[0][0].isupper()):
            return is_small(after[:1]) or _NUMBER.match(after) is not None
        if letter:
            if _INITIAL_BEHIND.match(after):  # «J. A. Soto», «Frankfurt a. M.»
                return True
            if letter[0][0].isupper() and after[:1] in tuple('"“«'):
                return False
            return not (is_small(letter[0][0]) and is_upper) and not words.opening.match(after)
        if self._has_ordinal_stops and _ORDINAL.search(before):
            return bool(after)
        if self._has_ordinal_stops and _HIGH_ORDINAL.search(before) and is_upper:
            return not words.opening.match(after)
        within = _ASIDE_IN_BRACKETS.match(after) if after.startswith("(") else None
        goes_on = after[within.end() : within.end() + 1] if within else after[:1]
        return is_small(goes_on) and (has_case(before[-1:]) or before[-1:].isdigit())

    def end(self, place: int) -> int:
        """Return where a sentence ends whose stop ends at `place`: behind what closes or refers there."""
        place = self._noted(place)
        while True:
            closing = _BEHIND.match(self.text, place)
            if not closing and place not in self._closings:
                return place
            place = closing.end() if closing else place + 1
            stop = _AGAIN.match(self.text, place)
            place = self._noted(stop.end() if stop else place)

    def _noted(self, place: int) -> int:
        """Return where the marks of notes glued to a place end; «کرد.37 سال» has a number there."""
        while found := _NOTE.match(self.text, place):
            place = found.end()
        number = _NUMBER_OF_NOTE.match(self.text, place)
        return number.end() if number and not self.words.counted.match(self.text, place) else place


def _inside_number_or_name(left: str, right: str) -> bool:
    """3.5, 1.2.2011, Node.js; but not «کرد.37» nor «2016.سپس»."""
    word = rf"[{_LATIN}\d]"
    return bool(re.match(word, left) and re.match(word, right))
