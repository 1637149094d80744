"""The search of a language: an index of words in small files, of which a browser reads only those it needs.

They are scripts, which a browser reads from a folder without a server, too. `static/search.js` finds words by the same
keys: one spelling for ي/ی, ك/ک, the digits of every script, accents, and forms joined, spaced or with a non-joiner.

Words are numbered texts: twice the number of a text, counted from the oldest, and one more if its title has the word.
"""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from hashlib import sha256
from importlib import resources

from pipeline.edition.content import TextContent
from pipeline.languages import Language
from pipeline.publication import PlannedFile, Published, Publisher
from pipeline.publication.site import views
from pipeline.text.wordkeys import affixes, words

TEXTS_A_PART, TEXTS_A_LIST = 32, 200
"""For so many texts there is a file of words more; so many are named in one file."""


def found_by(text: TextContent, language: Language) -> list[str]:
    """Return the words by which a text is found, sorted."""
    return sorted(words(_all(text), affixes(language)))


def files(texts: Sequence[Published], publisher: Publisher, lang: str) -> Iterator[PlannedFile]:
    """Yield the index of the texts of a language, which are the newest first."""
    index = _WordIndex(list(reversed(texts)), publisher, lang)
    made_of = _digest(texts)
    yield PlannedFile(f"search/{lang}/index.js", made_of, index.head)
    for part in range(index.parts):
        yield PlannedFile(f"search/{lang}/words-{part}.js", made_of, partial(index.part, part))
    for part, its in enumerate(index.lists):
        yield PlannedFile(f"search/{lang}/texts-{part}.js", _digest(its), partial(index.list, part))


def _in_javascript(word: str) -> bytes:
    """Return what sorts words as JavaScript does."""
    return word.encode("utf-16-be")


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
        language = self.publisher.language(self.lang)
        known = affixes(language)
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.texts):
            title = words(one.text.title, known)
            for word in one.words or found_by(one.text, language):
                found[word].append(2 * number + (word in title))
        return [(word, _packed(found[word])) for word in sorted(found, key=_in_javascript)]

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
