"""What names.py and terms.py share: the termbase held against a unit."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context, how_often
from pipeline.qa.checks._literal import spans
from pipeline.qa.checks._nouns import foreign_nouns
from pipeline.qa.checks._siblings import SiblingSayings
from pipeline.termbase import stands, times_rendered
from pipeline.text import days, plainwords, vocabulary
from pipeline.text.expressions import WordTable
from pipeline.text.orthography import fold
from pipeline.text.words import LEAST_AKIN, are_akin

Wanted = dict[str, tuple[tuple[str, ...], int]]
"""The terms of a source with the renderings they may have, the preferred one first, and how often they stand there."""


def faults(unit: Unit, context: Context, check: str, *, names: bool) -> Iterator[Finding]:
    """Yield what is wrong with the names, or with the other terms, of a unit.

    A term is a name when its preferred rendering is written with a capital letter. A name, or a term of several
    words, that is not rendered at all is an error; a term of one word may be said otherwise, and one rendered less
    often than it stands in the source may have become a pronoun: these are hints, or warnings at most.
    """
    termbase, target = context.termbase, unit.target
    wanted: Wanted = {}
    for source, times, agreed in termbase.agreements(unit.source, names=names):
        if _is_dated(source, unit, context):
            continue
        forbidden = [one for one in agreed.forbidden if times_rendered(target, one, context.target, exactly=True)]
        if forbidden and _is_part_of_another(source, unit, context):
            continue
        for rendering in forbidden:
            message = f"“{rendering}” must not be used for «{source}»"
            # Where the term is said as agreed, as often as it stands there, the word renders another one.
            said = sum(times_rendered(target, one, context.target, exactly=names) for one in agreed.allowed)
            is_another = said >= times or _renders_another(rendering, source, unit, context)
            severity = Severity.NOTE if is_another else Severity.ERROR
            yield Finding(check, severity, unit, message, rendering, agreed.allowed[0] if agreed.allowed else "")
        if agreed.allowed and not forbidden:
            wanted[source] = agreed.allowed, times
    yield from _missing(unit, wanted, check, context, exactly=names)


def _renders_another(rendering: str, term: str, unit: Unit, context: Context) -> bool:
    """Whether a word alone says another word of a source than a term: “suspension”, «تعلیق» and not «لغو»."""
    first, *more = plainwords.target_words(rendering, context.target.letters)
    source, its = vocabulary.source(unit.source, context.source), vocabulary.source(term, context.source)
    meant = {
        one.meaning
        for one in source.of(WordTable.LEXICON)
        if one.is_exact and source.words[one.first : one.last] != its.words
    }
    said = vocabulary.meanings(first, context.target) & meant if not more else frozenset()
    others = (
        word for word in plainwords.target_words(unit.target, context.target.letters) if not are_akin(word, first)
    )
    return bool(said.difference(*(vocabulary.meanings(word, context.target) for word in others)))


def _is_part_of_another(term: str, unit: Unit, context: Context) -> bool:
    """Whether a term stands in a longer expression that the target says: «تمامیت ارضی», “territorial integrity”."""
    source, said = vocabulary.source(unit.source, context.source), _said(unit.target, context.target)
    longer = (source.text(one) for one in source.of(WordTable.LEXICON) if one.meaning in said)
    return any(f" {fold(term)} " in f" {text} " and text != fold(term) for text in longer)


def _is_dated(term: str, unit: Unit, context: Context) -> bool:
    """Whether a term is a date, or a month of one, which may be converted."""
    dates = context.source.dates
    is_home = context.termbase.agreed(term).is_home
    if not is_home and any(map(str.isdigit, term)) and days.read(term, context.source)[0]:
        return True
    if term not in dates.jalali and term not in dates.gregorian:
        return False
    return bool(days.read(unit.source, context.source)[0])


def _missing(unit: Unit, wanted: Wanted, check: str, context: Context, *, exactly: bool) -> Iterator[Finding]:
    """Terms with one rendering are counted together: «بدیل» and «آلترناتیو» are both “alternative”."""
    if not wanted:
        return
    together: dict[str, int] = defaultdict(int)
    for renderings, times in wanted.values():
        together[renderings[0]] += times
    last = {renderings[0]: (source, renderings) for source, (renderings, _) in wanted.items()}
    for source, renderings in last.values():
        needed, times = together[renderings[0]], 0
        if needed == 1 and stands(renderings[0], unit.target, context.target):
            continue
        for rendering in renderings:
            times += times_rendered(unit.target, rendering, context.target, exactly=exactly)
            if times >= needed:
                break
        if not times:
            message = f"«{source}» should be translated as “{renderings[0]}”"
            weight = _weight(source, renderings, unit, context, exactly=exactly)
            yield Finding(check, weight, unit, message, source, renderings[0])
        elif times < needed:
            message = f"“{renderings[0]}” is there {how_often(times)}; the source has the term {how_often(needed)}"
            yield Finding(check, Severity.HINT, unit, message, source, renderings[0])


def _weight(term: str, renderings: Sequence[str], unit: Unit, context: Context, *, exactly: bool) -> Severity:
    """What a target says in other words than agreed is a note, what it says in part a hint, all else an error.

    Where a word of several is said in some form, it is a warning.

    A term of one word that is no name, or an everyday word, too («دولت», «État»), may have been left out, or
    paraphrased: it is a warning if it is a plain word, if the target has a word that the source has not for certain, by
    list or dictionary, or may have one and a translation into another language says the term; a hint if it only may
    have one.
    """
    if _is_said_as_date(term, unit, context):
        return Severity.NOTE
    sentence = vocabulary.source(term, context.source)
    places = [one for one in sentence.places if one.meaning and one.is_exact]
    meanings, words = {one.meaning for one in places}, {at for one in places for at in range(one.first, one.last)}
    if meanings and meanings <= _said(unit.target, context.target):
        return Severity.NOTE if len(words) == len(sentence.words) else Severity.HINT
    if not exactly and _is_said_in_other_forms(renderings, unit.target, context.target, all):
        return Severity.NOTE
    if len(term.split()) > 1 and not exactly and _is_said_in_other_forms(renderings, unit.target, context.target, any):
        return Severity.WARNING  # «نظام سرمایه‌داری», “capitalism”
    if len(term.split()) > 1 or (exactly and not any(one.table is WordTable.LEXICON for one in places)):
        return Severity.ERROR
    whole = vocabulary.source(unit.source, context.source)
    strange = vocabulary.said(unit.target, context.target, whole.meanings).strange
    is_plain = not meanings.isdisjoint(context.source.source.plain)
    if is_plain or any(one.exact for one in strange) or foreign_nouns(unit, context):
        return Severity.WARNING
    if strange and any(SiblingSayings(unit, context).say(span) for span in spans(sentence)):
        return Severity.WARNING
    return Severity.HINT if strange else Severity.NOTE


def _is_said_as_date(term: str, unit: Unit, context: Context) -> bool:
    """Whether a target has the date, or a month, that a term names: «اول ماه مه», “1 May”; «آبان», “November”."""
    dates = context.source.dates
    if term in dates.jalali or term in dates.gregorian:
        return days.has_month(unit.target, context.target)
    here = days.read(term, context.source)[0]
    there = days.read(unit.target, context.target)[0] if here else ()
    return any(one.calendar is here[0].calendar and one.parts[1:] == here[0].parts[1:] for one in there)


def _is_said_in_other_forms(
    renderings: Sequence[str], target: str, language: Language, enough: Callable[[Iterable[bool]], bool]
) -> bool:
    """Whether enough words of a rendering stand in a target in some form: all (“freed unconditionally”), or one."""
    words = plainwords.target_words(target, language.letters)
    return any(
        enough(
            any(are_akin(word, other) for other in words)
            for word in plainwords.target_words(text, language.letters)
            if enough is all or len(word) >= LEAST_AKIN
        )
        for text in renderings
    )


def _said(target: str, language: Language) -> set[str]:
    tables = (vocabulary.target(target, language, table) for table in (WordTable.LEXICON, WordTable.POLARITY))
    return {place.meaning for sentence in (*tables, vocabulary.places(target, language)) for place in sentence.places}
