"""A document that is open for review, as tests of what is read and saved of it need it."""

from pipeline.app import reviewing
from pipeline.app.reviewing import Desk
from pipeline.app.saving import TypedText
from pipeline.app.session import Session
from pipeline.catalogue import origin
from pipeline.model import Unit

TITLE = "بیانیه ما"


def typed(desk: Desk, text: str, source: str = TITLE, **more: object) -> TypedText:
    """Return a translation of a sentence, made from what stands on the desk."""
    place = next(place for place, unit in enumerate(desk.units) if unit.source == source)
    return TypedText(desk.names[place], origin.digest(desk.units[place].target), text, **more)  # type: ignore[arg-type]


def unit(session: Session, desk: Desk, source: str = TITLE) -> Unit:
    """Return a sentence as it stands on the disk."""
    again = reviewing.open_desk(session, desk.document, "en")
    return next(unit for unit in again.units if unit.source == source)
