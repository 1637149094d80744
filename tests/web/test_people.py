"""Who is let in, for how long, and what they may do."""

from datetime import UTC, datetime, timedelta

from pipeline.web import people as people_module
from pipeline.web.people import VALID, Done, People, Role


class Clock:
    now = datetime(2026, 1, 2, tzinfo=UTC)

    def __call__(self):
        return self.now


def test_an_invitation_lets_one_person_in_once():
    people = People(Clock())
    secret = people.invite(Role.TRANSLATE, "sara")
    cookie = people.let_in(secret)
    assert people.find(cookie).by == "sara"
    assert people.let_in(secret) == "" and people.let_in("") == "" and people.find("") is None


def test_invitations_and_visits_end():
    clock = Clock()
    people = People(clock)
    late, early = people.invite(Role.READ), people.invite(Role.READ)
    cookie = people.let_in(early)
    clock.now += VALID + timedelta(seconds=1)
    assert people.let_in(late) == "" and people.find(cookie) is None and people.all() == []


def test_a_guest_is_let_in_no_more_when_the_host_says_so_and_the_host_always():
    people = People(Clock())
    host = people.let_in(people.invite(Role.APPROVE, "reza", is_host=True))
    guest = people.let_in(people.invite(Role.TRANSLATE, "sara"))
    for cookie in (host, guest):
        people.end(people.find(cookie).form_key)
    assert people.find(host) and people.find(guest) is None


def test_an_invitation_that_nobody_has_used_is_taken_back_and_that_of_the_host_is_not():
    people = People(Clock())
    host, guest = people.invite(Role.APPROVE, is_host=True), people.invite(Role.TRANSLATE, "sara")
    (waiting,) = people.awaited()
    assert waiting.by == "sara" and waiting.form_key not in guest
    for one in (waiting, people.invited(host)):
        people.end(one.form_key)
    assert people.awaited() == [] and people.let_in(guest) == "" and people.let_in(host)


def test_an_invitation_that_is_taken_back_when_it_has_just_been_used_lets_nobody_stay():
    people = People(Clock())
    secret = people.invite(Role.TRANSLATE, "sara")
    (waiting,) = people.awaited()
    cookie = people.let_in(secret)
    people.end(waiting.form_key)
    assert people.find(cookie) is None


def test_the_next_address_of_the_host_waits_for_longer_than_their_visit():
    """A laptop is shut for a night, and the program still runs in its terminal."""
    clock = Clock()
    people = People(clock)
    clock.now -= timedelta(hours=1)
    waiting = people.invite(Role.APPROVE, is_host=True)
    clock.now += VALID + timedelta(hours=10)
    assert people.find(people.let_in(waiting)).is_host


def test_of_very_many_changes_the_last_can_be_undone(monkeypatch):
    monkeypatch.setattr(people_module, "MOST_UNITS_UNDONE", 5)
    people = People(Clock())
    person = people.find(people.let_in(people.invite(Role.TRANSLATE)))
    for count in (3, 3, 2, 9):
        person.has_done(Done("statement", "en", {f"{one}": None for one in range(count)}))
        assert sum(len(one.savings) for one in person.done) <= 5 or len(person.done) == 1
    assert [len(one.savings) for one in person.done] == [9]


def test_roles_build_on_each_other():
    assert Role.APPROVE.allows(Role.TRANSLATE) and Role.TRANSLATE.allows(Role.READ)
    assert not Role.READ.allows(Role.TRANSLATE) and not Role.TRANSLATE.allows(Role.APPROVE)


def test_no_two_secrets_are_alike():
    people = People(Clock())
    assert len({people.invite(Role.READ) for _ in range(100)}) == 100
