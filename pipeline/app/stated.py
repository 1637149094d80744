"""What stands beside the sentences of a translation, and nobody reads with them: its stated origin, and its engines.

Whoever may change a PO file may write anything there: in its header, and behind «machine:». What of it leaves for the
first time is quoted.
"""

from collections.abc import Iterable

from pipeline.app.session import Session
from pipeline.catalogue.origin import engine
from pipeline.model import Edition
from pipeline.workspace.config import Config


def of(edition: Edition, langs: Iterable[str]) -> tuple[str, ...]:
    """Return what is stated of the translations of an edition in some languages."""
    units = (passage.units[lang] for lang in langs for passage in edition.passages if lang in passage.units)
    engines = {engine(unit.origin) for unit in units}
    return tuple(filter(None, dict.fromkeys((*(edition.origins.get(lang, "") for lang in langs), *sorted(engines)))))


def usual(config: Config) -> set[str]:
    """Return the origins that the languages have words for."""
    return {origin for language in config.all_languages.values() for origin in language.origins}


def tell(session: Session, name: str, where: str, stated: Iterable[str], known: set[str]) -> None:
    """Quote what is stated of a translation and not known yet; it is known then."""
    for new in (one for one in stated if one not in known):
        session.say_once(
            f"{name}: its {where} of the translation: «{new}»; nobody has read that with the sentences, see that it is "
            "right"
        )
    known.update(stated)
