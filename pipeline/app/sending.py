"""What is due is sent: each once, noted in the ledger before and after; what failed is tried again after a pause."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.app.deliveries import NOT_TRIED, Ready, Results, some, write_uploads
from pipeline.app.session import Session
from pipeline.distribution import sender
from pipeline.distribution.deliver import Answer, Closed, Outcome, Settings, is_local
from pipeline.distribution.ledger import Ledger, MustStayError
from pipeline.distribution.ledger.delivery import FETCHED, DeliveryKind, DeliveryState, Try
from pipeline.errors import DeliveryError, LedgerError
from pipeline.workspace import storage

OFFLINE = "pipeline.toml has offline = true; remove that line to send over a network"

_STATES = {
    Outcome.ACCEPTED: DeliveryState.ACCEPTED,
    Outcome.REFUSED: DeliveryState.REFUSED,
    Outcome.FAILED: DeliveryState.FAILED,
    Outcome.UNKNOWN: DeliveryState.DOUBT,
}


def send(session: Session, book: Ledger, due: Sequence[Ready], settings: Settings, *, private: bool) -> Results:
    """Send what is due, and once more after each pause what failed; return what became of it.

    Whatever happens to one partner, the others get theirs. With `private`, what the other side answered is included.
    """
    run = _DeliveryRun(session, book, settings, private)
    for ready in due:
        run.results.note(ready, NOT_TRIED, "an earlier delivery to this partner was refused")
    book.texts.keep({text.text_sha256: text.text for ready in due for text in ready.delivery.releases if text.text})
    waiting = run.round(due)
    for pause in session.config.server.pauses if session.config.server else sender.PAUSES:
        if waiting:
            session.say(f"{len(waiting)} could not be sent; trying again in {pause} s")
            time.sleep(pause)
            waiting = run.round(waiting)
    for ready in due:
        run.tell(ready)
    run.tell_of_untried(due)
    return run.results


@dataclass
class _DeliveryRun:
    """One sending: what became of each delivery, and what need not be tried."""

    session: Session
    book: Ledger
    settings: Settings
    private: bool
    results: Results = field(default_factory=Results)
    closed: dict[str, Closed] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    unsaid: set[str] = field(default_factory=set)
    fetched: dict[tuple[str, str], bool] = field(default_factory=dict)

    def round(self, due: Sequence[Ready]) -> list[Ready]:
        """Try each delivery once; return those to be tried again."""
        self.closed.clear()
        return [ready for ready in self.session.progress(due, "Sending", len(due)) if self.tried(ready)]

    def tried(self, ready: Ready) -> bool:
        """Try a delivery, if its way is open; return whether to try it again."""
        partner = ready.delivery.partner
        if partner.id in self.refused:
            return False
        if self.session.config.offline and not is_local(partner.delivery):
            self.results.note(ready, NOT_TRIED, OFFLINE)
            return False
        if shut := self.closed.get(partner.delivery):
            self.results.note(ready, self.results.states[ready.parcel.id], str(shut))
            return shut.is_passing
        bag = ready.parcel.bundle
        tried = Try(partner.delivery, partner.address, bag.name, storage.sha256(bag.manifest))
        self.book.plan(partner.id, ready.delivery.kind, ready.delivery.contents, tried)
        try:
            answer = self.answer(ready)
            is_passing = answer.outcome is Outcome.FAILED and answer.is_passing
        except MustStayError as error:  # the ledger is in order, and the others get theirs
            answer, is_passing = Answer(Outcome.FAILED, str(error)), False
        except LedgerError:
            raise
        except DeliveryError as error:
            answer, is_passing = Answer(Outcome.FAILED, str(error)), False
            if isinstance(error, Closed):
                self.closed[partner.delivery], is_passing = error, error.is_passing
        self.note(ready, answer)
        return is_passing

    def answer(self, ready: Ready) -> Answer:
        partner = ready.delivery.partner
        if (seen := (partner.delivery, ready.parcel.bundle.name)) not in self.fetched:
            write_uploads(self.session, draft := ready.way.drafts(ready.parcel, partner.address, self.settings))
            self.fetched[seen] = bool(draft.uploads)
        is_committed = False

        def commit() -> None:
            nonlocal is_committed
            self.book.commit(ready.parcel.id, FETCHED if self.fetched[seen] else "")
            is_committed = True

        try:
            answer = ready.way.deliver(ready.parcel, partner.address, self.settings, commit)
        except OSError as error:  # whose text names the address; it ends this delivery, and no other
            answer = Answer(Outcome.UNKNOWN, error.strerror or type(error).__name__)
        has_failed = answer.outcome is Outcome.UNKNOWN and not is_committed
        return replace(answer, outcome=Outcome.FAILED) if has_failed else answer

    def note(self, ready: Ready, answer: Answer) -> None:
        """Put into the ledger what became of a delivery, at once."""
        state = _STATES[answer.outcome]
        self.book.record(ready.parcel.id, state, answer.reason, answer.said)
        said = f" ({answer.said})" if self.private and answer.said else ""
        self.unsaid.discard(ready.parcel.id)
        if answer.said and not said:
            self.unsaid.add(ready.parcel.id)
        self.results.note(ready, state, f"{answer.reason}{said}")
        if state is DeliveryState.REFUSED:
            self.refused.add(ready.delivery.partner.id)
        if state is DeliveryState.ACCEPTED:
            self.session.say(f"sent to {ready.delivery.partner.id}: {ready.parcel.bundle.name}")

    def tell(self, ready: Ready) -> None:
        """Say what did not go well, and what to do about it."""
        partner, name = ready.delivery.partner.id, ready.parcel.id
        state, reason = self.results.states[name], self.results.reasons[name]
        settle, (who, command) = f"pipeline ledger settle {partner} {name}", _told(ready)
        remedies: dict[str, str] = {
            DeliveryState.REFUSED: f"correct the address in partners.toml, or type: {settle} --lost",
            DeliveryState.DOUBT: f"ask the {who}, then type: {settle} --arrived (or --lost)",
            DeliveryState.FAILED: f"the next {command} --send tries again",
        }
        if state in remedies:
            words = " (what was said: pipeline ledger --private)" if name in self.unsaid else ""
            text = f"{partner}: {ready.parcel.bundle.name}: {state}: {reason}{words}; {remedies[state]}"
            self.session.fault(DeliveryError(text))

    def tell_of_untried(self, due: Sequence[Ready]) -> None:
        same: dict[tuple[str, str], list[str]] = {}
        for ready in due:
            if self.results.states[ready.parcel.id] == NOT_TRIED:
                key = self.results.reasons[ready.parcel.id], _told(ready)[1]
                same.setdefault(key, []).append(ready.delivery.partner.id)
        for (reason, command), names in same.items():
            text = f"{some(names)}: {NOT_TRIED}: {reason}; the next {command} --send tries it"
            self.session.fault(DeliveryError(text))


def _told(ready: Ready) -> tuple[str, str]:
    """Return what somebody who receives a delivery is called, and the command that sends it."""
    if ready.delivery.kind is DeliveryKind.DIGEST:
        return "reader", "pipeline digest"
    is_news = ready.delivery.kind is DeliveryKind.NEWSLETTER
    return "partner", "pipeline newsletter" if is_news else "pipeline distribute"
