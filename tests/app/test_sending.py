"""Each is sent once and noted at once; whatever happens to one partner, the others get theirs, and what failed is told."""

import os
from dataclasses import replace

import pytest

from pipeline.app import deliveries, sending
from pipeline.app.events import Fault
from pipeline.distribution.ledger.delivery import DeliveryKind, DeliveryState, Try
from tests.support.bundles import release
from tests.support.sending import GIVEN, delivered, planned, prepare
from tests.support.sessions import told


def test_one_partner_who_cannot_be_reached_stops_no_other_and_is_told_of(workspace, tmp_path):
    prepare(workspace, "oslo", "paris")
    (workspace / "oslo").rmdir()
    with (workspace / "pipeline.toml").open("a") as file:
        file.write('[smtp]\nhost = "127.0.0.1"\npauses = []\n')
    with planned(workspace, release(tmp_path / "files"), consent=GIVEN) as (
        session,
        events,
        book,
        plan,
    ):
        due = deliveries.ready(session, book, plan.deliveries)
        results = sending.send(session, book, due, deliveries.settings(session), private=False)
    states = {one.delivery.partner.id: results.states[one.parcel.id] for one in due}
    assert states == {"oslo": DeliveryState.FAILED, "paris": DeliveryState.ACCEPTED}
    (fault,) = told(events, Fault)
    assert str(fault.error).startswith("oslo: ") and "tries again" in str(fault.error)
    assert len(delivered(workspace, "paris")) == 1


def test_what_was_never_begun_is_a_failure_and_no_doubt(workspace, tmp_path):
    """A place that somebody shut before anything was sent there: nobody has to be asked whether it arrived."""
    prepare(workspace, "oslo", "paris")
    with (workspace / "pipeline.toml").open("a") as file:
        file.write('[smtp]\nhost = "127.0.0.1"\npauses = []\n')
    with planned(workspace, release(tmp_path / "files"), consent=GIVEN) as (session, _, book, plan):
        due = deliveries.ready(session, book, plan.deliveries)
        place = workspace / "oslo" / due[0].parcel.bundle.name / due[0].parcel.bundle.artifacts[0].path
        place.parent.mkdir(parents=True)
        place.symlink_to(place)
        sending.send(session, book, due, deliveries.settings(session), private=False)
        states = {one.partner: one.state for one in book.entries()}
    assert states == {"oslo": DeliveryState.FAILED, "paris": DeliveryState.ACCEPTED}


COPIES = """#!/bin/sh
case $1 in
  config) echo '{}';;
  lsjson) [ -e $0.copied ] && printf no-program > $0; exit 1;;
  copyto) touch $0.copied;;
esac
"""
"""It copies, and is no program any more when the copy is to get its name."""


def test_what_one_partner_has_already_stops_no_other(workspace, tmp_path):
    prepare(workspace, "oslo", "paris")
    one = release(tmp_path / "files")
    with planned(workspace, one, consent=GIVEN) as (session, events, book, plan):
        due = deliveries.ready(session, book, plan.deliveries)
        known = due[0].delivery.contents[0]
        behind = book.plan("oslo", DeliveryKind.LETTER, [replace(known, after="another")], Try("folder", "", "", ""))
        book.commit(behind)
        book.record(behind, DeliveryState.ACCEPTED, "")
        results = sending.send(session, book, due, deliveries.settings(session), private=False)
    assert [results.states[one.parcel.id] for one in due] == [DeliveryState.FAILED, DeliveryState.ACCEPTED]
    assert delivered(workspace, "oslo") == [] and len(delivered(workspace, "paris")) == 1
    assert "was sent before" in str(told(events, Fault)[0].error)


@pytest.mark.parametrize(
    ("program", "state"), [("no-program", DeliveryState.FAILED), (COPIES, DeliveryState.DOUBT)], ids=["at once", "late"]
)
def test_an_error_of_the_system_ends_one_delivery_and_names_no_address(
    workspace, tmp_path, monkeypatch, program, state
):
    prepare(workspace, "oslo", "paris")
    path = workspace / "partners.toml"
    text = path.read_text("utf-8").replace('"folder"\naddress = "oslo"', '"rclone"\naddress = "secret:place"', 1)
    path.write_text(text, "utf-8")
    with (workspace / "pipeline.toml").open("a") as file:
        file.write('[smtp]\nhost = "127.0.0.1"\npauses = []\n')
    (tmp_path / "rclone").write_text(program)
    (tmp_path / "rclone").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with planned(workspace, release(tmp_path / "files"), consent=GIVEN) as (session, events, book, plan):
        due = deliveries.ready(session, book, plan.deliveries)
        results = sending.send(session, book, due, deliveries.settings(session), private=False)
    states = {one.delivery.partner.id: results.states[one.parcel.id] for one in due}
    assert states == {"oslo": state, "paris": DeliveryState.ACCEPTED}
    (fault,) = told(events, Fault)
    assert "Exec format error" in str(fault.error) and "secret" not in str(fault.error)
