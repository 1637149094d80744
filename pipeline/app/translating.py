"""Catalogues, filled from the translation memory and then by the engine."""

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial

from pipeline.app import borrowed, catalogues, checking, memory, postediting
from pipeline.app.catalogues import Current
from pipeline.app.session import Session
from pipeline.catalogue import leverage
from pipeline.catalogue.memory import Memory
from pipeline.document import seminar
from pipeline.errors import EngineError, EnvironmentMissing
from pipeline.model import Catalogue, Document, Draft, State
from pipeline.termbase import Termbase
from pipeline.text import markup
from pipeline.text.excerpt import excerpt
from pipeline.text.orthography import fold, wording_hash
from pipeline.translate import drafting, models
from pipeline.translate.cache import DraftCache
from pipeline.translate.drafting import Route
from pipeline.translate.mt import ENGINES, EngineSettings, Surroundings
from pipeline.workspace import privacy
from pipeline.workspace.config import Config

Drafter = Callable[[Catalogue], Catalogue]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the engine: `threads` are the processors it may use, 0 all that this process has.

    Texts that are `private` are shown to no other machine, whatever the workspace allows for its own.
    """

    redo: bool = False
    fast: bool = False
    threads: int = 0
    private: bool = False


ASKED = Asked()


@dataclass(slots=True)
class LeftUntranslated:
    """Sentences of a pair of languages that no engine could translate, by the hash of their wording, and why.

    They are kept packed, for an archive has millions.
    """

    reason: str = ""
    sentences: "array[int]" = field(default_factory=partial(array, "q"))

    def count(self) -> int:
        """Return how many different ones there are; some are looked at at a time."""
        return sum(len({one for one in self.sentences if one % _PARTS == part}) for part in range(_PARTS))


_PARTS = 8


Pair = tuple[str, str]
"""Source and target language."""

Left = dict[Pair, LeftUntranslated]


def translate(
    session: Session, documents: Sequence[str] | None, asked: Asked = ASKED, spared: Collection[str] = ()
) -> tuple[int, int]:
    """Fill the catalogues; return how many files were written and how many units are still empty.

    What stays untranslated is said. No engine is asked for documents `spared`.
    """
    left: Left = {}
    found = fill(session, documents, asked, left, spared)
    say(session, left)
    return found


def fill(
    session: Session, documents: Sequence[str] | None, asked: Asked, left: Left, spared: Collection[str] = ()
) -> tuple[int, int]:
    """Do the same, and add what stays untranslated to what is `left`; no engine is asked for documents `spared`."""
    read = session.each(partial(catalogues.document_at, session), catalogues.files(session, documents))
    sources = list(filter(None, read))
    written = empty = 0
    for pair, its in by_pair(session.config, sources).items():
        with memory.opened(session, *pair) as translations:
            drafter = partial(_drafter, session, pair, asked=asked, left=left, spared=spared)
            done = fill_from(session, pair[1], its, translations, drafter)
            written, empty = written + done[0], empty + done[1]
    return written, empty


def say(session: Session, left: Left) -> None:
    """Say what is left untranslated."""
    for pair, its in left.items():
        session.say(f"{_way(session, pair)}: {_stay(its.count())} untranslated: {its.reason}")


def _stay(count: int) -> str:
    return "1 sentence stays" if count == 1 else f"{count} sentences stay"


Work = list[tuple[Document, Catalogue]]
"""Documents, each with its catalogue in one language, filled from the memory."""


def by_pair(config: Config, documents: Sequence[Document]) -> dict[Pair, list[Document]]:
    """Return the documents of each pair of languages, in the order of the targets."""
    pairs: dict[Pair, list[Document]] = {}
    into = [(document, config.targets_of(document)) for document in documents]
    for lang in dict.fromkeys((*config.targets, *(code for _, targets in into for code in targets))):
        for document, targets in into:
            if lang in targets:
                pairs.setdefault((document.lang, lang), []).append(document)
    return pairs


def fill_from(
    session: Session,
    lang: str,
    documents: Sequence[Document],
    translations: Memory,
    drafter: Callable[[Work], Drafter],
) -> tuple[int, int]:
    """Fill the catalogues of documents in a language; return how many files were written and units are still empty.

    The `drafter` makes what puts in drafts, of all that the memory has left empty.
    """
    remember = partial(_from_memory, session, lang, translations)
    work = list(filter(None, session.each(remember, documents)))
    draft = drafter([(now.document, filled) for now, filled in work])
    remake = partial(_filled, session, translations=translations, draft=draft)
    written = empty = 0
    for now, filled in work:
        new = draft(filled)
        empty += len(leverage.undrafted(new))
        with session.guarded():
            written += catalogues.save(session, now, new, remake)
    return written, empty


def _from_memory(session: Session, lang: str, translations: Memory, document: Document) -> tuple[Current, Catalogue]:
    now = catalogues.current(session, document, lang)
    return now, _remembered(session, now.catalogue, translations.here())


def _filled(session: Session, catalogue: Catalogue, translations: Memory, draft: Drafter) -> Catalogue:
    return draft(_remembered(session, catalogue, translations))


def _remembered(session: Session, catalogue: Catalogue, translations: Memory) -> Catalogue:
    """Return a catalogue with what the memory knows; it may know a document as it was before the last change."""
    return borrowed.returned(session, leverage.fill(catalogue, translations))


def _drafter(session: Session, pair: Pair, work: Work, asked: Asked, left: Left, spared: Collection[str]) -> Drafter:
    """Return what puts machine translations into a catalogue, as far as there is an engine for them."""
    work = [(document, catalogue) for document, catalogue in work if document.id not in spared]
    work = _shown_there(session, pair, work, asked)
    units = [unit for _, catalogue in work for unit in leverage.undrafted(catalogue, redo=asked.redo)]
    if not units:
        return lambda catalogue: catalogue
    way = _way(session, pair)
    wanted = WantedDrafts({unit.source: bool(unit.marks) for unit in units})
    try:
        made = _drafts(session, pair, wanted, asked, [document for document, _ in work])
    except (EngineError, EnvironmentMissing) as error:
        found = left.setdefault(pair, LeftUntranslated(str(error)))
        found.sentences.extend(wording_hash(markup.unsigned(unit).source) for unit in units)
        return lambda catalogue: catalogue
    _tell_of_problems(session, way, made)
    by_key = {unit.key: made[unit.source] for unit in units}
    return partial(leverage.draft, drafts=by_key, redo=asked.redo)


def _tell_of_problems(session: Session, way: str, made: Mapping[str, Draft]) -> None:
    unfit: dict[str, list[str]] = {}
    for source, draft in made.items():
        if draft.problem:
            unfit.setdefault(draft.problem, []).append(source)
    for problem, sources in unfit.items():
        were, first = ("s were", "the first: ") if len(sources) > 1 else (" was", "")
        named = f"({first}{excerpt(markup.plain(sources[0]))})"
        session.say(f"{way}: {len(sources)} draft{were} unusable and left out: {problem} {named}")


def obstacle(session: Session, pair: Pair) -> str:
    """Return why nothing can be translated from a language into another; empty when an engine can."""
    try:
        route(session.config, pair)
    except (EngineError, EnvironmentMissing) as error:
        return str(error)
    return ""


def _way(session: Session, pair: Pair) -> str:
    """Return how a pair is called: the target alone, where documents are in the language of the workspace."""
    source_lang, lang = pair
    return lang if source_lang == session.config.source_language else f"{source_lang}→{lang}"


@dataclass(frozen=True, slots=True)
class WantedDrafts:
    """What an engine is to draft: `sources` say whether they have signs for their marks.

    `pivots` are people's translations into the language between, by folded source; `around` is what stands around a
    source in its document.
    """

    sources: Mapping[str, bool]
    pivots: Mapping[str, str] = field(default_factory=dict)
    around: Mapping[str, Surroundings] = field(default_factory=dict)


def _drafts(
    session: Session, pair: Pair, wanted: WantedDrafts, asked: Asked, documents: list[Document]
) -> dict[str, Draft]:
    """Return a draft of every source."""
    if session.dry_run and is_elsewhere(session, pair, asked):
        raise EngineError(rehearsed(session))
    way = route(session.config, pair, asked)
    for engine in way.engines:
        if remark := getattr(engine, "remark", ""):
            session.say_once(remark)
    session.say(f"{_way(session, pair)}: {len(wanted.sources)} sentences by {way.name}")
    if not session.dry_run:
        privacy.private_folder(session.config)
    wanted = replace(wanted, pivots=pivots(session, way), around=drafting.contexts(documents))
    with closing(postediting.cache(session)) as cache:
        made = drafts(session.config, way, wanted, cache, session.progress)
        postediting.keep(cache, made.values())
    return made


def route(config: Config, pair: Pair, asked: Asked = ASKED) -> Route:
    """Return the way of the workspace's engine from a language to another; raise EngineError when there is none."""
    return drafting.route(ENGINES.load(config.engine), *pair, engine_settings(config, asked))


def pivots(session: Session, way: Route) -> dict[str, str]:
    """Return people's translations into the language between, if a way has one, by folded source."""
    return translated(session, *way.pairs[0]) if len(way.pairs) > 1 else {}


def drafts(
    config: Config, way: Route, wanted: WantedDrafts, cache: DraftCache, progress: drafting.Progress
) -> dict[str, Draft]:
    """Return a draft of every source; raise EngineError when an engine fails as a whole."""
    source_lang, lang = way.pairs[0][0], way.pairs[-1][1]
    return drafting.draft(
        wanted.sources,
        way,
        signed={source for source, is_signed in wanted.sources.items() if is_signed},
        cache=cache,
        terms=Termbase(checking.terms(config, source_lang), config.language(source_lang), config.language(lang)),
        pivots=wanted.pivots,
        around=wanted.around,
        languages=config.all_languages,
        progress=progress,
    )


def titles(session: Session, pair: Pair, texts: Sequence[str]) -> dict[str, str]:
    """Return a translation of each text of others that a machine here can make; none without an engine."""
    if is_elsewhere(session, pair, ASKED):
        session.say_once(f"what came in is not shown to {server(session)}; accept a text to have it translated there")
    try:
        return {source: draft.text for source, draft in gists(session, pair, texts, Asked(private=True)).items()}
    except (EngineError, EnvironmentMissing):
        return {}


def _shown_there(session: Session, pair: Pair, work: Work, asked: Asked) -> Work:
    """Return the documents that the engine may be shown: who comes to a seminar is told to no other machine."""
    of_people = [document for document, _ in work if seminar.is_one(document.file)]
    if not of_people or not is_elsewhere(session, pair, asked):
        return work
    for document in of_people:
        session.say_once(f"{document.id}: a seminar is not shown to {server(session)}; translate it here")
    return [(document, catalogue) for document, catalogue in work if document not in of_people]


def server(session: Session) -> str:
    """Return what the engine's server on another machine is called in messages."""
    return f"the server of the engine {session.config.engine}, which is another machine"


def rehearsed(session: Session) -> str:
    """Return why an engine is asked nothing in a dry run."""
    return f"a dry run shows nothing to {server(session)}; without --dry-run, sentences go there"


def is_elsewhere(session: Session, pair: Pair, asked: Asked = ASKED) -> bool:
    """Whether the engine asks another machine, as the workspace allows for its own documents."""
    return _has_way(session, pair, asked) and not _has_way(session, pair, replace(asked, private=True))


def _has_way(session: Session, pair: Pair, asked: Asked) -> bool:
    try:
        return bool(route(session.config, pair, asked).pairs)
    except (EngineError, EnvironmentMissing):
        return False


def gists(session: Session, pair: Pair, texts: Sequence[str], asked: Asked = ASKED) -> dict[str, Draft]:
    """Return a machine's translation of each text that it can be had for, which stands in no PO file.

    Raises EngineError or EnvironmentMissing without an engine.
    """
    made = _drafts(session, pair, WantedDrafts(dict.fromkeys(texts, False)), asked, []) if texts else {}
    return {source: draft for source, draft in made.items() if draft.text}


def engine_settings(config: Config, asked: Asked = ASKED) -> EngineSettings:
    """Return what the workspace says to its engine; raise EngineError when models.lock is damaged."""
    options = config.engines.get(config.engine, {})
    locked = models.read_lock(config.root)
    return EngineSettings(asked.fast, options, locked, config.root, config.offline or asked.private, asked.threads)


def translated(session: Session, source_lang: str, lang: str) -> dict[str, str]:
    """Return what people translated from one language into another, by folded source; the reviewed before the rest."""
    every = (file.catalogue for file in catalogues.all_files(session, lang).values())
    units = [unit for catalogue in every if catalogue.source_lang == source_lang for unit in catalogue.units]
    return {
        fold(unit.source): unit.target
        for state in (State.TRANSLATED, State.REVIEWED)
        for unit in units
        if unit.state is state
    }
