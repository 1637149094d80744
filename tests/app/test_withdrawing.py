"""Whoever has a text learns once that it is not to be used any more."""

import pytest

from pipeline.app import deliveries, ledger, withdrawing
from pipeline.distribution.ledger.delivery import DeliveryKind
from pipeline.errors import UsageError
from tests.support.bundles import release
from tests.support.sending import GIVEN, TABLE, delivered, planned, prepare, send
from tests.support.sessions import begun, remarks


def withdraw(workspace, name, **options):
    return withdrawing.withdraw(begun(workspace)[0], name, [" A date \n is wrong. "], **options)


def test_a_notice_reaches_everybody_who_has_the_text_once_and_nobody_else(workspace, tmp_path):
    prepare(workspace, "oslo", "paris")
    send(workspace, release(tmp_path / "files"))
    partners = workspace / "partners.toml"
    partners.write_text(
        partners.read_text("utf-8")
        + partners.read_text("utf-8").partition("\n\n")[0].replace("oslo", "rome").replace("paris", "bern"),
        "utf-8",
    )
    drafted = withdraw(workspace, "2016-10-statement")
    assert {one.delivery.partner.id for one in drafted.due} == {"oslo", "paris"} and not drafted.is_sent
    assert len(delivered(workspace, "oslo")) == 1
    sent = withdraw(workspace, "2016-10-statement", send=True, consent=GIVEN)
    assert {(one.delivery.partner.id, one.delivery.reason.words) for one in sent.due} == {
        ("oslo", "A date is wrong."),
        ("paris", "A date is wrong."),
    }
    assert len(delivered(workspace, "oslo")) == len(delivered(workspace, "paris")) == 2
    again = withdraw(workspace, "2016-10-statement", send=True, consent=GIVEN)
    assert not again.due and again.idle == withdrawing.NOBODY
    kinds = [entry.kind for entry in ledger.entries(begun(workspace)[0])]
    assert kinds.count(DeliveryKind.WITHDRAWAL) == 2
    assert not send(workspace, release(tmp_path / "files")).due


def test_what_partners_were_to_fetch_is_named_once_it_is_withdrawn(workspace, tmp_path):
    prepare(workspace, "oslo")
    send(workspace, release(tmp_path / "files"))
    (name,) = delivered(workspace, "oslo")
    uploads = workspace / "output" / "outbox" / "upload"
    uploads.mkdir(parents=True)
    for each in (name, "another.3f2a9c1b"):
        (uploads / f"{each}.zip").write_bytes(b"PK")
    session, events = begun(workspace)
    withdrawing.withdraw(session, "2016-10-statement", ["A date is wrong."])
    (told,) = [text for text in remarks(events) if "upload" in text]
    assert told.startswith(f"output/outbox/upload/{name}.zip has a withdrawn text")


def test_what_was_uploaded_before_anybody_was_sent_it_is_named_too(workspace, tmp_path):
    """A bundle that is too large is uploaded after the preview: a mistake that is noticed then is on the web already."""
    prepare(workspace, "oslo")
    send(workspace, release(tmp_path / "files"))
    (workspace / "partners.toml").write_text(TABLE.format("paris"), "utf-8")
    (workspace / "paris").mkdir()
    offered = (release(tmp_path / "files"), release(tmp_path / "files", "letter", text_sha256="1e" * 32))
    with planned(workspace, *offered) as (session, _, book, plan):
        (mixed,) = deliveries.ready(session, book, plan.deliveries)
    with planned(workspace, offered[1]) as (session, _, book, plan):
        (another,) = deliveries.ready(session, book, plan.deliveries)
    uploads = workspace / "output" / "outbox" / "upload"
    uploads.mkdir(parents=True)
    for one in (mixed, another):
        (uploads / one.parcel.file.path).write_bytes(one.parcel.zipped)
    session, events = begun(workspace)
    withdrawing.withdraw(session, "2016-10-statement", ["A date is wrong."])
    (told,) = [text for text in remarks(events) if "upload" in text]
    assert told.startswith(f"output/outbox/upload/{mixed.parcel.file.path} has a withdrawn text")


def test_only_the_languages_asked_for_are_withdrawn_and_what_nobody_has_cannot_be(workspace, tmp_path):
    prepare(workspace, "oslo")
    send(workspace, release(tmp_path / "files"))
    with pytest.raises(UsageError, match=r"neither sent nor released in these languages; see pipeline ledger$"):
        withdraw(workspace, "2016-10-statement", languages=["fr"])
    with pytest.raises(
        UsageError, match=r"neither sent nor released; see pipeline ledger; known are: 2016-10-statement$"
    ):
        withdraw(workspace, "another")
    assert len(withdraw(workspace, "2016-10-statement", languages=["EN"]).due) == 1
