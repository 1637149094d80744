"""Catalogues, filled from the translation memory and then by the engine."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from pipeline.app import catalogues, checking, memory, postediting
from pipeline.app.catalogues import Current
from pipeline.app.session import Session
from pipeline.catalogue import leverage
from pipeline.catalogue.memory import Memory
from pipeline.errors import EngineError, EnvironmentMissing
from pipeline.model import Catalogue, Document, Draft, State
from pipeline.termbase import Termbase
from pipeline.text.orthography import fold
from pipeline.translate import drafting, models
from pipeline.translate.mt import ENGINES, EngineSettings
from pipeline.workspace import storage
from pipeline.workspace.config import Config

Drafter = Callable[[Catalogue], Catalogue]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the engine."""

    redo: bool = False
    fast: bool = False


ASKED = Asked()


def fill(session: Session, documents: Sequence[str] | None, asked: Asked = ASKED) -> tuple[int, int]:
    """Fill the catalogues; return how many files were written and how many units are still empty."""
    sources = list(catalogues.documents(session, documents))
    written = empty = 0
    for lang in session.config.languages:
        with memory.opened(session, lang) as translations:
            work: list[tuple[Current, Catalogue]] = []
            for document in sources:
                with session.guarded():
                    now = catalogues.current(session, document, lang)
                    work.append((now, leverage.fill(now.catalogue, translations)))
            draft = _drafter(session, lang, [(now.document, filled) for now, filled in work], asked)
            remake = partial(_filled, translations=translations, draft=draft)
            for now, filled in work:
                new = draft(filled)
                empty += len(leverage.undrafted(new))
                with session.guarded():
                    written += catalogues.save(session, now, new, remake)
    return written, empty


def _filled(catalogue: Catalogue, translations: Memory, draft: Drafter) -> Catalogue:
    return draft(leverage.fill(catalogue, translations))


def _drafter(session: Session, lang: str, work: list[tuple[Document, Catalogue]], asked: Asked) -> Drafter:
    """Return what puts machine translations into a catalogue, as far as there is an engine for them."""
    units = [unit for _, catalogue in work for unit in leverage.undrafted(catalogue, redo=asked.redo)]
    if not units:
        return lambda catalogue: catalogue
    sources = {unit.source: bool(unit.marks) for unit in units}
    try:
        made = _drafts(session, lang, sources, asked, [document for document, _ in work])
    except (EngineError, EnvironmentMissing) as error:
        session.say(f"{lang}: {len(sources)} sentences stay untranslated: {error}")
        return lambda catalogue: catalogue
    for problem, count in Counter(draft.problem for draft in made.values() if draft.problem).items():
        session.say(f"{lang}: {count} drafts were unusable and left out: {problem}")
    by_key = {unit.key: made[unit.source] for unit in units}
    return partial(leverage.draft, drafts=by_key, redo=asked.redo)


def _drafts(
    session: Session, lang: str, sources: Mapping[str, bool], asked: Asked, documents: list[Document]
) -> dict[str, Draft]:
    """Return a draft of every source; `sources` say whether they have signs for their marks."""
    config = session.config
    plugin = ENGINES.load(config.engine)
    settings = engine_settings(config, fast=asked.fast)
    way = drafting.route(plugin, config.source_language, lang, settings)
    for engine in way.engines:
        if remark := getattr(engine, "remark", ""):
            session.say_once(remark)
    session.say(f"{lang}: {len(sources)} sentences by {way.name}")
    if not session.dry_run:
        storage.private_folder(config)
    with closing(postediting.cache(session)) as cache:
        made = drafting.draft(
            sources,
            way,
            signed={source for source, is_signed in sources.items() if is_signed},
            cache=cache,
            terms=Termbase(checking.terms(config), config.language(config.source_language), config.language(lang)),
            pivots=translated(session, way.pairs[0][1]) if len(way.pairs) > 1 else {},
            around=drafting.contexts(documents),
            languages=config.all_languages,
            progress=session.progress,
        )
        postediting.keep(cache, made.values())
    return made


def engine_settings(config: Config, *, fast: bool = False) -> EngineSettings:
    """Return what the workspace says to its engine; raise EngineError when models.lock is damaged."""
    options = config.engines.get(config.engine, {})
    return EngineSettings(fast, options, models.read_lock(config.root), config.root, config.offline)


def translated(session: Session, lang: str) -> dict[str, str]:
    """Return what people translated into a language, by folded source; what is reviewed before what is not."""
    units = [unit for file in catalogues.all_files(session, lang).values() for unit in file.catalogue.units]
    return {
        fold(unit.source): unit.target
        for state in (State.TRANSLATED, State.REVIEWED)
        for unit in units
        if unit.state is state
    }
