"""Names of the source that the target does not say: nothing there sounds alike.

A person is known by a given name, which the word behind it belongs to, or by a title before the name; a park,
a village, a hospital by the word that says what it is. Of a person either name is enough. What a translation into
another language spells with a capital is a name, too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context, Sibling
from pipeline.text import dictionary, plainwords, vocabulary
from pipeline.text.expressions import WordTable
from pipeline.text.orthography import fold, folded_words, words_by_piece
from pipeline.text.sounds import Heard, Naming, consonants, sounds_of
from pipeline.text.words import pieces

NEEDS = ("source.given_names", "target.sounds")
WORDING = True

SHORTEST = 3
"""Letters of a word that is taken for a name because of the word before it."""

LONG = 4
"""Consonants by which a name is known that another language spells in several words: «الفاشر», “El Fasher”."""

Name = tuple[str, ...]


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    names: dict[Name, Severity] = {}
    if not _hints(context.source).all.isdisjoint(folded_words(unit.source)):
        names.update(_names(unit, context))
    if unit.key in context.siblings:
        names |= {name: Severity.WARNING for name in _spelt_elsewhere(unit, context) if not _is_within(name, names)}
    if not names:
        return
    said = plainwords.capitalised_words(unit.target)
    heard = Heard(said, context.target)
    others = _heard_for_others(names, said, heard, context)
    for name, severity in names.items():
        text = " ".join(name)
        if context.source.has_capitals and not context.target.has_capitals:
            yield from _transcribed(name, unit, context)
        elif name in others or not (
            _is_spelt_alike(name, unit.target, context) or _is_heard(name, severity, heard, context)
        ):
            yield Finding("people", severity, unit, f"«{text}» is not named in the target", text)


def _heard_for_others(
    names: Mapping[Name, Severity], said: Sequence[str], heard: Heard, context: Context
) -> frozenset[Name]:
    """Return the people of whom a target only has a name that somebody else has, too, who is named in full.

    “Davood Razavi” is not «رضا شهابی», whose given name has the same consonants.
    """
    full = [name for name, severity in names.items() if severity is Severity.ERROR and len(name) > 1]
    if len(full) < PAIR or not context.target.has_capitals or context.source.has_capitals:
        return frozenset()
    times = Counter(consonants(word, context.target) for word in said if word[0].isupper())
    sounds = {name: [consonants(word, context.source) for word in name] for name in full}
    named = {name for name, its in sounds.items() if all(map(times.__getitem__, its))}
    claimed = Counter(sound for name in named for sound in sounds[name])
    return frozenset(
        name
        for name in full
        if name not in named
        and (its := [one for one in sounds[name] if times[one]])
        and all(claimed[one] >= times[one] for one in its)
        and not heard.has(["".join(sounds[name])])
    )


PAIR = 2


def _is_heard(name: Name, severity: Severity, heard: Heard, context: Context) -> bool:
    """Whether a name is heard; of one that is known by what stands beside it alone, its ending may be another."""
    sounds = _sounds(name, context)
    if severity is Severity.ERROR:
        return heard.has(sounds)
    least = max(1, min(SHORTEST, max(map(len, sounds), default=1)))  # «خارا» is no “Cour”
    return heard.has(sounds, least) or any(heard.has_beginning(sound) for sound in sounds if len(sound) >= least)


def _spelt_elsewhere(unit: Unit, context: Context) -> Iterator[Name]:
    """Yield words of a source that a translation into another language spells as a name, and that mean nothing else."""
    siblings = context.siblings.get(unit.key, ())
    if not siblings or context.source.has_capitals or not context.target.has_capitals:
        return
    names = [(plainwords.capitalised_words(one.target), one.context.target) for one in siblings]
    spelt = frozenset[str]().union(*(sounds_of(said, language) for said, language in names))
    together = frozenset[str]().union(*(Heard(said, language).together for said, language in names))
    words, given, months = _SourceWords(unit.source), _hints(context.source).given, _months(context.source)
    taken = vocabulary.source(unit.source, context.source).within(WordTable.PLACES)
    taken |= context.termbase.covered(unit.source)
    for at, word in enumerate(words.all):
        if at not in words.begins or at in taken or word in months:
            continue
        parts = words.all[at : words.end(at)]
        sound = "".join(consonants(part, context.source) for part in parts)
        if len(parts) > 1:  # «ترکمن‌صحرا», “Turkmen Sahra”
            is_spelt = len(sound) >= LONG and sound in together
        else:
            is_spelt = len(sound) >= SHORTEST and (sound in spelt or (len(sound) >= LONG and sound in together))
        if is_spelt and (word in given or len(parts) > 1 or not _is_any_word(word, context)):
            yield parts
    yield from _pairs_spelt(words, taken, siblings, context)


def _pairs_spelt(
    words: "_SourceWords", taken: frozenset[int], siblings: Sequence[Sibling], context: Context
) -> Iterator[Name]:
    """Yield two words of a source, side by side, that a translation spells as a name, whatever each means.

    One of them may be spelt as its own language has it, where neither is a word of the field: «ویکتور خارا», “Jara”.
    """
    spelt = set[tuple[str, str]]()
    for one in siblings:
        said = plainwords.capitalised_words(one.target)
        pairs = (pair for pair in pairwise(said) if all(word[0].isupper() for word in pair))
        language = one.context.target
        spelt.update((consonants(first, language), consonants(last, language)) for first, last in pairs)
    halves = tuple(frozenset(pair[side] for pair in spelt) for side in (0, 1))
    for at, (first, last) in enumerate(pairwise(words.all) if spelt else ()):
        if at in words.begins and at + 1 in words.begins and at not in taken and words.end(at + 1) == at + 2:
            sounds = consonants(first, context.source), consonants(last, context.source)
            is_one = any(len(one) >= SHORTEST and one in half for one, half in zip(sounds, halves, strict=True))
            is_name = is_one and not (_is_known(first, context.source) or _is_known(last, context.source))
            if min(map(len, sounds)) > 1 and ((max(map(len, sounds)) >= SHORTEST and sounds in spelt) or is_name):
                yield first, last


def _is_any_word(word: str, context: Context) -> bool:
    """Whether a word means something, by list or dictionary: «تونل», which begins a name as “Tunnel No. 3”."""
    known = dictionary.of_source(context.source)
    return _is_known(word, context.source) or bool(known and known.has(word))


@lru_cache(maxsize=16)
def _months(language: Language) -> frozenset[str]:
    """Return the names of months, which languages spell alike, or not at all alike: «آگوست», “August”, « août »."""
    return frozenset(map(fold, (*language.dates.gregorian, *language.dates.jalali)))


def _is_within(name: Name, names: Iterable[Name]) -> bool:
    return any(not set(name).isdisjoint(other) for other in names)


def _sounds(name: Name, context: Context) -> list[str]:
    """Return the consonants of a name; where no capital tells the names of a target, no single one is enough."""
    sounds = [consonants(word, context.source) for word in name]
    return sounds if context.target.has_capitals else [sound for sound in sounds if len(sound) > 1]


def _is_spelt_alike(name: Name, target: str, context: Context) -> bool:
    if any(word.isascii() and word in target for word in name):
        return True  # «گفت‌وگو با Clark»
    return not context.target.has_capitals and not set(name).isdisjoint(folded_words(target))


def _transcribed(name: Name, unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield what is wrong with a name in Latin letters in a target of other ones, where it may stand in either."""
    text, is_there = " ".join(name), any(word in unit.target for word in name)
    if context.naming is Naming.LATIN and not is_there:
        yield Finding("people", Severity.WARNING, unit, f"«{text}» does not stand in Latin letters", text, text)
    elif not (is_there or _is_alike(name, unit.target, context)):
        yield Finding("people", Severity.WARNING, unit, f"«{text}» is not named in the target", text)


def _is_alike(name: Name, target: str, context: Context) -> bool:
    """Whether a word of a name sounds nearly like one of a target: letters have more sounds than a file says."""
    spoken = {_loosely(consonants(word, context.target)) for word in plainwords.capitalised_words(target)}
    for word in name:
        for spelt in (word, _SOFT_C.sub("s", _SOFT_G.sub("j", word.casefold().replace("x", "ks")))):
            sound = _loosely(consonants(spelt, context.source))
            if not sound or any(sound == one or (len(sound) > 1 and sound in one) for one in spoken):
                return True
    return False


_SOFT_C, _SOFT_G = re.compile("c(?=[eiyéèê])"), re.compile("g(?=[eiyéèê])")
_ALIKE = str.maketrans("gxjzd", "ksss" + "t")


def _loosely(sound: str) -> str:
    """Return consonants of a name, those alike as one: «George», «جورج»."""
    return "".join(letter for letter, _ in groupby(sound.translate(_ALIKE)))


class _SourceWords:
    """The words of a source: which begin a piece between two spaces, and before which a mark or a quotation stands."""

    def __init__(self, source: str) -> None:
        self.all = folded_words(source)
        self.begins, self.parted, self.quoted = {0}, set[int](), set[int]()
        at = 0
        parted = _STOP.sub(r"\g<0> ", source)
        for piece, words in zip(pieces(parted), words_by_piece(parted), strict=True):
            if piece[0] in _QUOTATIONS:
                self.quoted.add(at)
            at += len(words)
            self.begins.add(at)  # not «نگار» in «روزنامه‌نگار»
            if piece[-1] in _STOPS:  # behind which it was parted
                self.parted.add(at)

    def end(self, at: int) -> int:
        """Return where the piece ends that begins at a word."""
        at, last, begins = at + 1, len(self.all), self.begins
        while at < last and at not in begins:
            at += 1
        return min(at, last)


_STOPS, _QUOTATIONS = "،؛.:!؟,;?", '«“"„'
_STOP = re.compile(f"[{_STOPS}]")


def _names(unit: Unit, context: Context) -> Iterator[tuple[Name, Severity]]:
    source, language = unit.source, context.source
    words, hints = _SourceWords(source), _hints(language)
    taken = vocabulary.source(source, language).within(WordTable.PLACES)
    for at, word in enumerate(words.all):
        if at not in words.begins or at in taken or _is_doubtful_month(words.all, at, language):
            continue
        if word in hints.given and not _is_other_word(words, at, language):
            behind = () if at + 1 in words.parted else words.all[at + 1 : at + 2]
            following = [one for one in behind if one.isalpha() and (one[0].isupper() or not language.has_capitals)]
            is_titled = not hints.titles.isdisjoint(words.all[max(0, at - 1) : at])
            if hints.others.isdisjoint(following) and (
                is_titled or not _are_other_words(word, following, unit, context)
            ):
                yield (word, *(one for one in following if len(one) >= SHORTEST)), Severity.ERROR
        elif word in hints.titles or word in hints.sites:
            if name := _behind(words, at, taken, language):
                yield name, Severity.WARNING
        elif name := _with_surname(words, at, context):
            yield name, Severity.WARNING


def _are_other_words(first: str, behind: Sequence[str], unit: Unit, context: Context) -> bool:
    """Whether what looks like a given name means something, and so does the word behind it: «عزت مردم».

    Not where a translation into another language names somebody so («گوهر عشقی», “Gohar Eshghi”).
    """
    known, hints = dictionary.of_source(context.source), _hints(context.source)
    sound = consonants(first, context.source)
    meanings = known.meanings(first) if behind and known else ()
    if all(sound.startswith(consonants(one, context.target)) for one in meanings):  # «یوسف», “Joseph”
        return False
    is_surname = any(word in hints.given or _known_surname((word,), context.source) for word in behind)
    if is_surname or not all(_is_any_word(word, context) for word in behind):
        return False
    return not _is_heard_elsewhere((first, *behind), unit, context)


def _is_heard_elsewhere(name: Name, unit: Unit, context: Context) -> bool:
    """Whether a translation into another language has every word of a name."""
    sounds = [consonants(word, context.source) for word in name]
    others = context.siblings.get(unit.key, ())
    heard = [Heard(plainwords.capitalised_words(one.target), one.context.target) for one in others]
    return any(all(one.has([sound]) for sound in sounds) for one in heard)


def _is_doubtful_month(words: Sequence[str], at: int, language: Language) -> bool:
    """Whether a name stands as a month between a day and a year: «۲۴ اسد ۱۴۰۰»."""
    beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
    return words[at] in _doubtful(language) and len(beside) > 1 and all(map(str.isdigit, beside))


@lru_cache(maxsize=16)
def _doubtful(language: Language) -> frozenset[str]:
    return frozenset(map(fold, language.dates.doubtful))


def _is_other_word(words: _SourceWords, at: int, language: Language) -> bool:
    """Whether what looks like a given name is a part of another word: «سپیده‌دم», not «علی‌پور» or «مریم‌ها»."""
    hints, behind = _hints(language), words.all[at + 1 : words.end(at)]
    forms = (*language.grammar.plurals, *language.grammar.inflections, *language.typesetting.suffixes)
    known = hints.given | hints.surnames | hints.surname_parts | hints.titles
    return bool(behind) and not language.has_capitals and behind[0] not in forms and known.isdisjoint(behind)


def _behind(words: _SourceWords, at: int, taken: frozenset[int], language: Language) -> Name:
    """Return the name behind a title, or behind the word for a site."""
    hints = _hints(language)
    behind = at + 1 if at + 1 in words.begins else at + 2  # «محله‌ی …»
    if behind > at + 1 and words.all[at + 1] in language.grammar.plurals:
        return ()  # «روزنامه‌ها چیزی ننوشتند»
    if behind not in words.begins or behind in taken or behind in words.parted:
        return ()
    if name := _with_ezafe(words, at, behind, language):
        return name
    if _is_inflected(words, behind, language):
        return ()
    most = 2 if words.all[at] in hints.titles and behind + 1 not in words.parted else 1
    parts = words.all[behind : words.end(behind)]
    if most > 1 and _is_surname(words, behind + 1, language):
        parts = words.all[behind : words.end(behind + 1)]  # «خانم پروانه حسینی»
    elif behind not in words.quoted:
        is_said = all(vocabulary.means(part, language) for part in parts)  # «آقای وزیر», not «آقای وطن‌پرور»
        return _names_at(words.all, behind, most, language, alone=len(parts) == 1 or is_said)
    return tuple(part for part in parts if len(part) >= SHORTEST)


def _with_ezafe(words: _SourceWords, at: int, behind: int, language: Language) -> Name:
    """Return a name behind a title whose parts an ezafe joins: «خانم پروانه‌ی سلطانی»."""
    hints, end = _hints(language), words.end(behind)
    first, last = words.all[behind : behind + 1], words.all[end : end + 1]
    if words.all[at] not in hints.titles or words.all[behind + 1 : end] not in _EZAFE or end in words.parted:
        return ()
    is_name = not (hints.given | hints.given_words).isdisjoint(first)
    return (*first, *last) if is_name and last and len(last[0]) >= SHORTEST else ()


_EZAFE = frozenset({("ی",), ("ي",)})


def _is_inflected(words: _SourceWords, at: int, language: Language) -> bool:
    """Whether a piece in parts is a verb or a form of a word («برنمی‌گردند», «جان‌باخته», «باروت‌سازی»), and no name."""
    end = words.end(at)
    if end - at < 2:
        return False
    first, last = words.all[at], words.all[end - 1]
    grammar, typesetting = language.grammar, language.typesetting
    hints = _hints(language)
    suffixes = (*grammar.plurals, *grammar.inflections, *typesetting.suffixes, *hints.parts)
    return last in suffixes or last in hints.verbs or first.endswith(typesetting.prefixes)


def _is_surname(words: _SourceWords, at: int, language: Language) -> bool:
    """Whether a piece is a surname by itself, or by its last part («علی‌نژاد»)."""
    if at not in words.begins or at >= len(words.all):
        return False
    end = words.end(at)
    return _known_surname(words.all[at:end], language)


@lru_cache(maxsize=4096)
def _known_surname(parts: tuple[str, ...], language: Language) -> bool:
    hints = _hints(language)
    if len(parts) > 1:
        return parts[-1] in hints.surname_parts
    return parts[0] in hints.surnames or (len(parts[0]) > SHORTEST + 2 and parts[0].endswith(hints.surname_endings))


def _with_surname(words: _SourceWords, at: int, context: Context) -> Name:
    """Return a name of two words of which the second is a surname; the first is a name, or no word that is known."""
    first, last, hints = words.all[at], words.end(at), _hints(context.source)
    if last != at + 1 or last in words.parted or not _is_surname(words, last, context.source):
        return ()
    if first not in hints.given_words and (len(first) < SHORTEST or _is_any_word(first, context)):
        return ()
    return (first, *(one for one in words.all[last : words.end(last)] if len(one) >= SHORTEST))


def _is_known(word: str, language: Language) -> bool:
    hints = _hints(language)
    is_other = word in hints.others or word in hints.verbs or word.endswith(hints.endings)
    return is_other or vocabulary.means(word, language)


def _names_at(words: Sequence[str], at: int, most: int, language: Language, alone: bool) -> Name:
    """Return the words from a place on that may be a name: none that the language file knows, if `alone`."""
    hints, name = _hints(language), list[str]()
    given = hints.given | hints.given_words if words[at - 1] in hints.titles else hints.given
    for word in words[at : at + most]:
        if len(word) < SHORTEST or word in hints.others or word in hints.sites or not word.isalpha():
            break
        if language.has_capitals and not word[0].isupper():
            break
        if (word.endswith(hints.endings) or word in hints.verbs) and word not in given:
            break
        if alone and vocabulary.means(word, language) and word not in given:
            break
        name.append(word)
    return tuple(name)


class _Hints(NamedTuple):
    """The words of a language that a name is known by, those that are none, and how such others end («*ند»).

    The `given_words` are names before a surname alone («امید اکبری»).
    A surname may end in one of the `surname_endings`, or have one of the `surname_parts` behind a non-joiner; words
    with one of the `parts` there («‌سازی») are none, nor are the `verbs` of a past («کرده»).
    """

    given: frozenset[str]
    given_words: frozenset[str]
    titles: frozenset[str]
    sites: frozenset[str]
    others: frozenset[str]
    endings: tuple[str, ...]
    surnames: frozenset[str]
    surname_parts: frozenset[str]
    surname_endings: tuple[str, ...]
    parts: frozenset[str]
    verbs: frozenset[str]
    all: frozenset[str]


@lru_cache(maxsize=16)
def _hints(language: Language) -> _Hints:
    said = language.source
    given, given_words, titles, sites, others = (
        frozenset(map(fold, words))
        for words in (said.given_names, said.given_words, said.titles, said.sites, said.no_names)
    )
    others |= frozenset(map(fold, (*language.numbers.values, *language.numbers.ordinals)))
    endings = tuple(word[1:] for word in others if word.startswith("*") and " " not in word)
    parts = frozenset(word[2:] for word in others if word.startswith("* "))
    family = frozenset(map(fold, said.surnames))
    surname_parts = frozenset(word[2:] for word in family if word.startswith("* "))
    surname_endings = tuple(word[1:] for word in family if word.startswith("*") and " " not in word)
    verbs = frozenset(
        stem + ending
        for stem in map(fold, language.orthography.past)
        for ending in (*language.orthography.past_endings, "ه")
    )
    surnames = frozenset(word for word in family if "*" not in word)
    return _Hints(
        given,
        given_words,
        titles,
        sites,
        others,
        endings,
        surnames,
        surname_parts,
        surname_endings,
        parts,
        verbs,
        given | titles | sites | surnames | surname_parts,
    )
