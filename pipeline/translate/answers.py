"""What an engine says → the translation in it, or why there is none: the same for every engine.

Language models think aloud, say what they are about to do, and put their answer between quotation marks; small
models run in loops, or answer with a sign. None of that may reach a person as a draft.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import eq
from typing import NamedTuple

from pipeline import languages
from pipeline.languages import Language
from pipeline.text import wordlist

ROUNDS, SHORT_ROUNDS = 3, 6
"""A phrase that stands so many times in a row is a loop; a single word, which people do repeat, so many times."""
LONGEST_OFFER = 300
"""Characters of the last sentence of an answer that offers more help («Let me know if …»)."""
LONGEST_ROUND = 40
"""Words and marks of the longest phrase that is looked for."""

_TAG = "think|thinking|thought|reasoning|reflection|analysis|scratchpad"
_OPEN = re.compile(rf"[<◁]({_TAG})[>▷]", re.IGNORECASE)
_CLOSE = re.compile(rf"[<◁]/({_TAG})[>▷]", re.IGNORECASE)
_CONTROL = re.compile(rf"[<◁]/?(?:{_TAG})[>▷]|<\|[a-z_]{{1,40}}\|>|\[/?INST\]", re.IGNORECASE)
_FINAL = "<|channel|>final<|message|>"
"""What stands before the answer in models that think in a channel of its own."""
_END = re.compile(r"<\|(?:end|return|im_end|eot_id|endoftext)\|>")
_FENCE = re.compile(r"```[a-z]{0,20}\n(.*)\n```", re.DOTALL)
_OPENING = re.compile(r"[^:\n]{1,120}:[*_]{0,2}(?:\s|(?=[\"“«]))")
_QUOTES = {'"': '"', "“": "”", "«": "»", "‘": "’", "'": "'", "„": "“", "`": "`", "*": "*", "_": "_"}
_EMPHASIS = re.compile(r"([*_]{2,3})(?=[^*_])(.+[^*_])\1", re.DOTALL)
_WORD = re.compile(r"\w+|[^\w\s]")
_SENTENCE_END = re.compile(r"[.!?؟…][\"”»)’]?(?=\s|$)")
_HARMFUL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no text has, and no file can hold, or a terminal obeys; white space and ends of lines stay."""


class _Talk(NamedTuple):
    """What engines say around a translation: that it is one, the name of a language, a note below, an offer of help."""

    keyword: re.Pattern[str]
    name: re.Pattern[str]
    note: re.Pattern[str]
    offer: re.Pattern[str]


@lru_cache(50)
def _talk(spoken: tuple[Language, ...]) -> _Talk:
    """Return the patterns of what is said in some languages."""
    names = {languages.name(one.code, other.code) or one.own_name for one in spoken for other in spoken}
    keywords, notes, offers, its_name = (
        wordlist.alternatives(words, r"\s+")
        for words in (
            [word for one in spoken for word in one.answers.translating],
            [word for one in spoken for word in one.answers.notes],
            [word for one in spoken for word in one.answers.offers],
            sorted(filter(None, names)),
        )
    )
    return _Talk(
        re.compile(rf"\b{keywords}", re.IGNORECASE),
        re.compile(rf"\W{{0,3}}{its_name}\W{{0,3}}:\W{{0,3}}\s", re.IGNORECASE),
        re.compile(rf"\n[ \t(*_]{{0,8}}{notes}[^:\n]{{0,40}}:", re.IGNORECASE),
        re.compile(rf"(?:\n|(?<=[.!?…»”\"]) )\W{{0,3}}{offers}[^\n]{{0,{LONGEST_OFFER}}}\Z", re.IGNORECASE),
    )


def cleaned(said: str, source: str, spoken: tuple[Language, ...]) -> str:
    """Return the translation in what an engine said, on one line.

    Taken away are reasoning that is marked as such, a fence, an opening («Here is the translation:») in one of the
    languages `spoken`, notes below, and quotation marks around the whole, unless the source has such things too.
    """
    talk = _talk(spoken)
    text = _END.sub("", _HARMFUL.sub("", said).rpartition(_FINAL)[2])
    text = "".join(_spoken(text)).strip()
    if fence := _FENCE.fullmatch(text):
        text = fence[1].strip()
    text = _without_opening(text, source, talk)
    if (note := talk.note.search(text)) and not talk.note.search(f"\n{source}"):
        text = text[: note.start()]
    if (offer := talk.offer.search(text)) and offer.start() and _ends(text) > _ends(source):
        text = text[: offer.start()]
    return " ".join(_unquoted(text.strip(), source).split())


def _ends(text: str) -> int:
    """Return how many sentences end in a text: an offer of help is one more than the source has."""
    return len(_SENTENCE_END.findall(text))


def _spoken(said: str) -> Iterator[str]:
    """Yield what is no reasoning. Some servers leave out the tag that opens it: all before one that closes is."""
    place, closed = 0, _CLOSE.search(said)
    if closed and not _OPEN.search(said, 0, closed.start()):
        place = closed.end()
    while (opened := _OPEN.search(said, place)) and (closed := _CLOSE.search(said, opened.end())):
        yield said[place : opened.start()]
        place = closed.end()
    yield said[place:]


def _without_opening(text: str, source: str, talk: _Talk) -> str:
    opening = talk.name.match(text) if not talk.name.match(source) else None
    if not opening and not talk.keyword.search(source):
        found = _OPENING.match(text)
        opening = found if found and talk.keyword.search(found[0]) else None
    rest = text[opening.end() :].strip() if opening else ""
    return rest or text


def _unquoted(text: str, source: str) -> str:
    """Return a text without the pairs of marks around the whole of it that the source does not have."""
    if (strong := _EMPHASIS.fullmatch(text)) and "*" not in source:
        text = strong[2].strip()
    while len(text) > 2 and _QUOTES.get(text[0]) == text[-1] and source.strip()[:1] not in _QUOTES:
        inner = text[1:-1]
        if text[0] in inner or text[-1] in inner:
            break
        text = inner.strip()
    return text


def failure(text: str, source: str) -> str:
    """Return why a cleaned answer is no draft of a source; empty when it may be one."""
    if not text:
        return "it came back empty"
    if _CONTROL.search(text) and not _CONTROL.search(source):
        return "it holds reasoning instead of a translation"
    if _has_letters(source) and not _has_letters(text):
        return "it has no letter in it"
    return "it repeats itself over and over" if is_loop(text, source) else ""


def _has_letters(text: str) -> bool:
    return any(character.isalpha() for character in text)


def is_loop(text: str, source: str) -> bool:
    """Whether a phrase stands in a text so often in a row that the source cannot be why."""
    words = _WORD.findall(text.casefold())
    loops = [(size, rounds) for size, rounds in _rounds(words) if rounds >= ROUNDS]
    if not loops:
        return False
    usual = max((rounds for _, rounds in _rounds(_WORD.findall(source))), default=1)
    return any(rounds > usual for _, rounds in loops)


def _rounds(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield for phrases of every size how often one stands in a row, counting a single word as half as often."""
    for size in range(1, min(LONGEST_ROUND, len(words) // 2) + 1):
        run, best, end = 0, 0, 0
        for index, same in enumerate(map(eq, words, words[size:]), size):
            run = run + 1 if same else 0
            if run > best:
                best, end = run, index
        if best >= size:
            is_short = sum(word.isalnum() for word in words[end - size + 1 : end + 1]) < 2
            rounds = best // size + 1
            yield size, rounds * ROUNDS // SHORT_ROUNDS if is_short else rounds
