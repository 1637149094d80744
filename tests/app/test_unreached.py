"""What a withdrawal does not reach is named: uploaded bundles, and pages of the section."""

import json
from contextlib import closing

import pytest

from pipeline.app import deliveries, unreached, withdrawing
from pipeline.app.releases import PresentTexts
from pipeline.distribution import ledger
from pipeline.distribution.ledger.decisions import Withdrawn
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState, Try
from pipeline.distribution.release import digest
from tests.support.bundles import release
from tests.support.sending import GIVEN, TABLE, delivered, planned, prepare, send
from tests.support.sessions import begun, clock, remarks


def withdraw(workspace, name, **options):
    return withdrawing.withdraw(begun(workspace)[0], name, [" A date \n is wrong. "], **options)


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
    strange = another.parcel.zipped.replace(b'"language": "en"', b'"language": [23]')
    (uploads / "somebody's.zip").write_bytes(strange)
    session, events = begun(workspace)
    withdrawing.withdraw(session, "2016-10-statement", ["A date is wrong."])
    (told,) = [text for text in remarks(events) if "upload" in text]
    assert told.startswith(f"output/outbox/upload/{mixed.parcel.file.path} has a withdrawn text")


def test_what_stands_in_the_section_is_named_though_the_hidden_folders_are_lost(workspace, tmp_path):
    prepare(workspace, "oslo")
    send(workspace, release(tmp_path / "files"))
    (workspace / "output" / "site" / "en" / "2016-10-statement").mkdir(parents=True)
    session, events = begun(workspace)
    withdrawing.withdraw(session, "2016-10-statement", ["A date is wrong."], send=True, consent=GIVEN)
    assert any("(en): it stands in the section of the website" in text for text in remarks(events))


def told(workspace, label: str, text_sha256: str) -> None:
    """Oslo was told something of a text in a newsletter."""
    with closing(ledger.open(workspace / ledger.FILE_NAME, clock)) as book:
        content = Content(f"{label}2016-10-statement", "en", text_sha256)
        name = book.plan("oslo", DeliveryKind.NEWSLETTER, (content,), Try("smtp", "oslo@partner.example", "n", "m"))
        book.commit(name)
        book.record(name, DeliveryState.ACCEPTED, "")


@pytest.mark.parametrize("is_wished", [True, False])
def test_who_knows_a_text_from_a_newsletter_alone_is_named_once_it_is_withdrawn(workspace, is_wished):
    """Nobody was sent it, so no notice is due; but somebody knows it, and is not to be forgotten."""
    prepare(workspace)
    mail = (
        TABLE.format("oslo")
        .replace('"folder"', '"smtp"')
        .replace('address = "oslo"', 'address = "oslo@partner.example"')
    )
    (workspace / "partners.toml").write_text(f"{mail}newsletter = {str(is_wished).lower()}\n", "utf-8")
    send(workspace)
    told(workspace, "newsletter: ", "cd" * 32)
    session, events = begun(workspace)
    done = withdrawing.withdraw(session, "2016-10-statement", ["A date is wrong."], send=True, consent=GIVEN)
    assert done.idle == withdrawing.NO_NOTICE
    (said,) = [text for text in remarks(events) if "told of it in a newsletter" in text]
    assert said.startswith("oslo: ") and ("type: pipeline newsletter --send" in said) is is_wished
    told(workspace, "newsletter, withdrawn: ", "cd" * 32)
    session, events = begun(workspace)
    again = withdrawing.withdraw(session, "2016-10-statement", ["A date is wrong."], send=True, consent=GIVEN)
    assert again.idle == withdrawing.NOBODY
    assert not [text for text in remarks(events) if "newsletter" in text]


def test_who_has_a_document_as_it_was_called_before_it_was_renamed_and_removed_gets_the_notice(workspace, tmp_path):
    """Its TOML file told what it was called, and is gone with it; the ledger knows what followed what."""
    prepare(workspace, "oslo", "paris")
    files = tmp_path / "files"
    send(workspace, release(files, "call"))
    (workspace / "partners.toml").write_text(TABLE.format("oslo"), "utf-8")
    send(workspace, release(files, "letter", text_sha256="1e" * 32), former={"call": "letter"})
    (workspace / "partners.toml").write_text(TABLE.format("oslo") + TABLE.format("paris"), "utf-8")
    for name in ("letter", "call"):
        told = withdraw(workspace, name)
        assert {one.delivery.partner.id for one in told.due} == {"oslo", "paris"}


def test_who_has_a_document_as_it_was_called_before_its_files_were_moved_by_hand_gets_the_notice(workspace, tmp_path):
    """Its TOML file tells the name of before alone; what went out under that in between would go on being used."""
    prepare(workspace, "oslo")
    files = tmp_path / "files"
    send(workspace, release(files, "call"))
    latest = release(files, "appeal", text_sha256="1e" * 32)
    send(workspace, latest, former={"call": "appeal"})
    (workspace / "seeds/letter.txt").write_text("نامه\n\nاین جمله تازه است.\n", "utf-8")
    (workspace / "seeds/letter.toml").write_text('formerly = ["call"]\n', "utf-8")
    for name in ("letter", "appeal", "call"):
        (told,) = withdraw(workspace, name).due
        assert latest.text_sha256 in [one.text_sha256 for one in told.delivery.contents]
    withdraw(workspace, "letter", send=True, consent=GIVEN)
    (known,) = withdrawing.recalls(begun(workspace)[0])
    assert (known.document, known.holders, known.notified) == ("letter", 1, 1)
    assert not withdraw(workspace, "letter").due


def test_who_has_a_document_that_was_renamed_by_hand_in_another_language_is_named(workspace, tmp_path):
    """That language is being corrected, so that nothing here is complete in it."""
    prepare(workspace, "oslo")
    (workspace / "partners.toml").write_text(TABLE.format("oslo").replace('["en"]', '["fr"]'), "utf-8")
    units = [["جمله", "Une phrase", True]]
    french = json.dumps(["fr", False, "", "", "", [["", "جمله"]], units])
    send(workspace, release(tmp_path / "files", "call", "fr", text=french, text_sha256=digest(french)))
    english = french.replace("Une phrase", "A sentence").replace('"fr"', '"en"')
    here = release(tmp_path / "files", "letter", text=english, text_sha256=digest(english))
    session, _ = begun(workspace)
    with deliveries.opened(session) as book:
        for languages, faults in ((["en"], 0), (None, 1)):
            gone = [Withdrawn("letter", "en", here.text_sha256, "")]
            unreached.of_renamed(session, book, "letter", PresentTexts((here,)), {}, languages, gone)
            assert len(session.faults) == faults
