"""Who may use the review page: people who came with an address that holds once, and what each may do."""

import hmac
import secrets
from collections import deque
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from pipeline.app.saving import Savings
from pipeline.catalogue import readings

VALID = timedelta(hours=12)
"""For so long somebody is let in, and an invitation waits for its guest."""

WAITS = timedelta(days=30)
"""For so long the host's next address waits in their terminal: a laptop may be shut for a night."""

MOST_UNDONE, MOST_UNITS_UNDONE = 200, 20_000
"""Changes of a person that can be taken back, and the units in all of them."""

MOST_PEOPLE = 200


class Role(StrEnum):
    """What somebody may do; who may do something may do all that stands before it."""

    READ = "read"
    TRANSLATE = "translate"
    APPROVE = "approve"

    def allows(self, role: "Role") -> bool:
        order = list(Role)
        return order.index(role) <= order.index(self)


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did in a document: the units they saved, by their names, as they were before and after."""

    document_id: str
    lang: str
    savings: Savings


@dataclass(slots=True)
class Person:
    """Somebody at the page. `by` is their pseudonym, `form_key` what stands in every form of theirs.

    `answer_key` goes with every answer to them and is never sent back: by it the script of the page tells this server
    from whoever takes its port afterwards. Whoever started the server `is_host`. `interface` is the language they chose
    for the page, `said` what the next page tells them.
    """

    role: Role
    by: str
    ends: datetime
    is_host: bool = False
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    answer_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    done: deque[Done] = field(default_factory=deque)
    interface: str = ""
    said: list[str] = field(default_factory=list)
    _unsigned: set[str] = field(default_factory=set)
    _first_called: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What they were called while they typed: the host perhaps not yet."""
        return ("", self.by) if self.is_host and self.by else (self.by,)

    @property
    def own(self) -> Set[str]:
        """The digests of what they translated before they said who they are: no comment of the text says it is theirs.

        Who takes another name later may be somebody else at the same machine.
        """
        return self._unsigned if not self.by or readings.is_by(self.by, self._first_called) else frozenset()

    def is_called(self, name: str) -> None:
        """Take what they want to be called."""
        self._first_called = self._first_called or name
        self.by = name

    def has_written(self, savings: Savings) -> None:
        """Remember what they translated without having said who they are."""
        for one in savings.values():
            if not self.by and one.before and one.after and one.before.target != one.after.target:
                self._unsigned.add(readings.digest(one.after))

    def has_done(self, done: Done) -> None:
        """Remember what they did, in place of the oldest where that is too much."""
        self.done.append(done)
        while len(self.done) > MOST_UNDONE or (
            len(self.done) > 1 and sum(len(one.savings) for one in self.done) > MOST_UNITS_UNDONE
        ):
            self.done.popleft()

    def may(self, role: Role) -> bool:
        return self.role.allows(role)

    def sent(self, key: str) -> bool:
        """Whether a form is one of theirs."""
        return hmac.compare_digest(key.encode(), self.form_key.encode())


@dataclass(frozen=True, slots=True)
class Invitation:
    """An address for one person, which holds once. `form_key` names it where it is taken back, and opens nothing."""

    role: Role
    by: str
    ends: datetime
    is_host: bool = False
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class People:
    """Everybody who is in, by the secret in their cookie, and who is invited, by that in their address.

    `used` is called with every invitation that has been used.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._in: dict[str, Person] = {}
        self._invited: dict[str, Invitation] = {}
        self.used: Callable[[Invitation], None] = lambda invitation: None

    def invite(self, role: Role, by: str = "", *, is_host: bool = False) -> str:
        """Return the secret of a new invitation."""
        secret = secrets.token_urlsafe(32)
        self._invited[secret] = Invitation(role, by, self._clock() + (WAITS if is_host else VALID), is_host)
        return secret

    def invited(self, secret: str) -> Invitation | None:
        """Return the invitation with a secret, if it still holds."""
        found = self._invited.get(secret)
        return found if found and found.ends > self._clock() else None

    def let_in(self, secret: str) -> str:
        """Return a secret for the cookie of whoever is invited by another, which holds no more; empty for nobody."""
        invitation = self.invited(secret)
        if invitation is None or len(self.all()) >= MOST_PEOPLE:
            return ""
        del self._invited[secret]
        cookie = secrets.token_urlsafe(32)
        # By its own key: who takes an invitation back does not know that it has just been used.
        ends, key = self._clock() + VALID, invitation.form_key
        self._in[cookie] = Person(invitation.role, invitation.by, ends, invitation.is_host, key)
        self.used(invitation)
        return cookie

    def find(self, cookie: str) -> Person | None:
        """Return who has a cookie, while they are let in."""
        person = self._in.get(cookie)
        if person and person.ends <= self._clock():
            del self._in[cookie]
            return None
        return person

    def end(self, form_key: str) -> None:
        """Let somebody in no more, or take back their invitation, by this key; nobody can end the host."""
        self._in = {key: one for key, one in self._in.items() if one.is_host or not one.sent(form_key)}
        self._invited = {
            secret: one for secret, one in self._invited.items() if one.is_host or one.form_key != form_key
        }

    def has(self, person: Person) -> bool:
        """Whether somebody is still let in."""
        return any(one is person for one in self.all())

    def is_guest(self, name: str) -> bool:
        """Whether a guest who is in, or invited, is called so."""
        everybody: tuple[Person | Invitation, ...] = (*self._in.values(), *self._invited.values())
        return any(readings.is_by(one.by, name) for one in everybody if not one.is_host)

    def awaited(self) -> list[Invitation]:
        """Return the invitations of guests who have not come yet, and still may."""
        everybody = list(self._invited.values())
        return [one for one in everybody if not one.is_host and one.ends > self._clock()]

    def all(self) -> list[Person]:
        """Return everybody who is in."""
        return [person for person in list(self._in.values()) if person.ends > self._clock()]
