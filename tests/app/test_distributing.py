"""What is planned is sent once; what is not sent is told with its reason."""

import pytest

from pipeline.app import distributing
from pipeline.app.events import Fault
from pipeline.app.releases import NotReady
from pipeline.distribution.planning import PAUSED, Kept
from pipeline.errors import UsageError
from tests.support.bundles import release
from tests.support.sending import GIVEN, delivered, prepare, send
from tests.support.sessions import begun, remarks, told


def test_what_was_sent_is_not_sent_again_and_a_new_text_is_a_correction(workspace, tmp_path):
    prepare(workspace, "oslo")
    text = release(tmp_path / "files")
    first, second = send(workspace, text), send(workspace, text)
    assert len(first.due) == 1 and not second.due and len(delivered(workspace, "oslo")) == 1
    (ready,) = send(workspace, release(tmp_path / "files", text_sha256="ab" * 32)).due
    assert [distributing.change(ready.delivery, content) for content in ready.delivery.contents] == ["correction"]
    (ready,) = first.due
    assert [distributing.change(ready.delivery, content) for content in ready.delivery.contents] == ["new"]


def test_a_partner_or_a_document_that_is_not_there_is_named_and_nothing_is_sent(workspace, statement):
    prepare(workspace, "oslo")
    session, _ = begun(workspace)
    for words, message in (
        ((["rome"],), "partner 'rome' is unknown; known are: oslo"),
        ((None, ["x"]), "document 'x'"),
    ):
        with pytest.raises(UsageError, match=message):
            distributing.distribute(session, *words, send=True, consent=GIVEN)
    assert not delivered(workspace, "oslo")


def test_where_nothing_is_released_it_says_so_and_what_to_type(workspace, statement):
    prepare(workspace, "oslo")
    session, events = begun(workspace)
    distributing.report(session, distributing.distribute(session))
    told_of = remarks(events)
    assert any("statement (en): " in line and "pipeline build-pdf --release" in line for line in told_of)
    assert told_of[-1] == "nothing to do: no text is ready to be sent"


def unready(*names: str, reason: str = "not released", command: str = "pipeline run") -> tuple[NotReady, ...]:
    return tuple(NotReady(name, "en", reason, command) for name in names)


def of_missing(workspace, *missing: NotReady, each: bool = False) -> list[str]:
    session, events = begun(workspace)
    made = distributing.Distribution((), distributing.Results(), (), missing, is_sent=False, idle="idle")
    distributing.report(session, made, each=each)
    return remarks(events)[:-1]


def test_many_texts_that_are_not_ready_for_one_reason_have_one_line(workspace):
    few, many = ("a", "b", "c"), [f"call-{number}" for number in range(10_000)]
    lines = [f"not sent: {name} (en): not released; type: pipeline run {name}" for name in few]
    assert of_missing(workspace, *unready(*few)) == lines
    others = unready("x", reason="withdrawn", command="")
    first = "call-0 (en), call-1 (en), call-2 (en) and 9997 more"
    assert of_missing(workspace, *unready(*many), *others) == [
        f"not sent: {first}: not released; type: pipeline run (all of them: --verbose)",
        "not sent: x (en): withdrawn",
    ]


def test_each_text_that_is_not_ready_has_a_line_when_that_is_asked_for(workspace):
    lines = of_missing(workspace, *unready("a", "b", "c", "d", "e"), each=True)
    assert lines == [f"not sent: {name} (en): not released; type: pipeline run {name}" for name in "abcde"]


def test_one_reason_is_said_once_and_what_needs_a_person_is_a_fault(workspace):
    session, events = begun(workspace)
    kept = [Kept(name, "call", "en", "not among its topics", is_urgent=False) for name in ("a", "b", "c", "d")]
    kept += [Kept("oslo", "call", "en", "has the withdrawn text", is_urgent=True)]
    none = distributing.Results()
    distributing.report(session, distributing.Distribution((), none, tuple(kept), (), is_sent=True, idle="idle"))
    assert remarks(events) == ["not sent to a, b, c and 1 more: call (en): not among its topics", "nothing else to do"]
    (fault,) = told(events, Fault)
    assert str(fault.error) == "oslo: call (en): has the withdrawn text"
    session, events = begun(workspace)
    paused = (Kept("oslo", "", "", PAUSED, is_urgent=False),)
    distributing.report(session, distributing.Distribution((), none, paused, (), is_sent=True, idle="idle"))
    assert remarks(events) == [f"not sent to oslo: {PAUSED}", "nothing else to do"]
