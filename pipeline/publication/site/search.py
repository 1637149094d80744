"""The search of a language: an index of words in small files, of which a browser reads only those it needs.

They are scripts, which a browser reads from a folder without a server, too. `static/search.js` finds words by the same
keys: one spelling for ي/ی, ك/ک, the digits of every script, accents, and forms joined, spaced or with a non-joiner.

Words are numbered texts: twice the number of a text, counted from the oldest, and one more if its title has the word.
"""

import json
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from hashlib import sha256
from importlib import resources
from itertools import chain, pairwise

from pipeline.edition.content import TextContent
from pipeline.languages import Language
from pipeline.publication import PlannedFile, Published, Publisher
from pipeline.publication.site import views
from pipeline.text.orthography import fold
from pipeline.text.words import WORD, Remembered

TEXTS_A_PART, TEXTS_A_LIST = 32, 200
"""For so many texts there is a file of words more; so many are named in one file."""

LONGEST_WORD = 40
"""Letters; what is longer is an address or a digest."""

_NON_JOINER = re.compile("[\u200b-\u200d\u2060\ufeff]")
_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
_DIGIT = re.compile(r"[^\D0-9]")
_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ٱ": "ا", "ı": "i", "ß": "ss", "æ": "ae",
     "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ς": "σ", "_": " "}
)  # fmt: skip


def key(text: str) -> str:
    """Return the form in which words are compared: of search.js, `key` does the same."""
    small = _MARKS.sub("", unicodedata.normalize("NFD", fold(text))).lower().translate(_LETTERS)
    return _DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), small)


def _words(piece: str) -> tuple[str, ...]:
    """Return the words of what stands between two spaces; of parts that a non-joiner parts, the whole as well."""
    parts = WORD.findall(key(piece))
    whole = ["".join(parts)] if len(parts) > 1 and _NON_JOINER.search(piece) else []
    return tuple(word for word in (*parts, *whole) if len(word) <= LONGEST_WORD)


_WORDS = Remembered(_words)


def words(text: str, affixes: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())) -> set[str]:
    """Return the words of a text; one that is written apart from its prefix or suffix is there joined, too."""
    pieces = text.split()
    distinct = set(pieces)
    found = set(chain.from_iterable(map(_WORDS.__getitem__, distinct)))
    if not any(affixes):
        return found
    prefixes, suffixes = ({piece for piece in distinct if _ALONE[piece] in its} for its in affixes)
    pairs = {pair for pair in pairwise(pieces) if pair[0] in prefixes or pair[1] in suffixes}
    joined = (_ALONE[first] + _ALONE[second] for first, second in pairs if _ALONE[first] and _ALONE[second])
    return found.union(joined)


def _alone(piece: str) -> str:
    """Return a piece that is one word, as a key."""
    its = _WORDS[piece]
    return its[0] if len(its) == 1 else ""


_ALONE = Remembered(_alone)


def affixes(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Return the prefixes and suffixes that a language may write apart, as keys."""
    orthography = language.orthography
    suffixes = (*orthography.suffixes, *orthography.comparative)
    return frozenset(map(key, orthography.prefixes)), frozenset(map(key, suffixes))


def files(texts: Sequence[Published], publisher: Publisher, lang: str) -> Iterator[PlannedFile]:
    """Yield the index of the texts of a language, which are the newest first."""
    index = _WordIndex(list(reversed(texts)), publisher, lang)
    made_of = _digest(texts)
    yield PlannedFile(f"search/{lang}/index.js", made_of, index.head)
    for part in range(index.parts):
        yield PlannedFile(f"search/{lang}/words-{part}.js", made_of, partial(index.part, part))
    for part, its in enumerate(index.lists):
        yield PlannedFile(f"search/{lang}/texts-{part}.js", _digest(its), partial(index.list, part))


def _digest(texts: Sequence[Published]) -> str:
    return sha256("\n".join(one.stamp for one in texts).encode()).hexdigest()


def script() -> bytes:
    return (resources.files(__package__) / "static" / "search.js").read_bytes()


class _WordIndex:
    """Where each word stands, worked out when the first file is asked for."""

    def __init__(self, texts: Sequence[Published], publisher: Publisher, lang: str) -> None:
        self.texts, self.publisher, self.lang = texts, publisher, lang
        self.parts = max(1, len(texts) // TEXTS_A_PART)
        self.lists = [texts[start : start + TEXTS_A_LIST] for start in range(0, len(texts), TEXTS_A_LIST)]

    @cached_property
    def _found(self) -> list[tuple[str, str]]:
        """The words in the order of JavaScript, each with the texts it stands in."""
        known = affixes(self.publisher.language(self.lang))
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.texts):
            title = words(one.text.title, known)
            for word in words(_all(one.text), known) | title:
                found[word].append(2 * number + (word in title))
        return [(word, _packed(found[word])) for word in sorted(found, key=lambda word: word.encode("utf-16-be"))]

    @cached_property
    def _starts(self) -> list[int]:
        """The place of the first word of each part, so that all parts are about as long."""
        lengths, total = [], 0
        for word, its in self._found:
            lengths.append(total)
            total += len(word) + len(its) + 6
        return [bisect_left(lengths, total * part / self.parts) for part in range(self.parts)]

    def head(self) -> bytes:
        """Return how many texts there are, and with which word each part begins."""
        firsts = [self._found[start][0] if start < len(self._found) else "\uffff" for start in self._starts]
        return _script("index", {"texts": len(self.texts), "list": TEXTS_A_LIST, "parts": firsts})

    def part(self, number: int) -> bytes:
        """Return the words of a part."""
        end = self._starts[number + 1] if number + 1 < self.parts else len(self._found)
        return _script(f"words-{number}", dict(self._found[self._starts[number] : end]))

    def list(self, number: int) -> bytes:
        """Return what is shown of texts: title, address from the folder of the section, date and issuer."""
        entries = (views.entry(one, self.publisher, "") for one in self.lists[number])
        return _script(f"texts-{number}", [[one.title, one.href, one.date, one.issuer, *one.badges] for one in entries])


def _all(text: TextContent) -> str:
    return "\n".join([text.title, text.issuer, text.number, text.dateline, *(block.plain for block in text.blocks)])


_BASE = "0123456789abcdefghijklmnopqrstuvwxyz"


def _packed(numbers: Sequence[int]) -> str:
    """Return rising numbers as their differences, in base 36."""
    return " ".join(map(_in_base, (number - before for before, number in zip((0, *numbers), numbers, strict=False))))


def _in_base(number: int) -> str:
    made = ""
    while number >= 36:
        number, rest = divmod(number, 36)
        made = _BASE[rest] + made
    return _BASE[number] + made


def _script(name: str, value: Mapping[str, object] | Sequence[object]) -> bytes:
    return f"searched({json.dumps(name)}, {json.dumps(value, ensure_ascii=False, separators=(',', ':'))});\n".encode()
