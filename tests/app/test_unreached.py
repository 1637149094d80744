"""What a withdrawal does not reach is named: uploaded bundles, and pages of the section."""

from pipeline.app import deliveries, withdrawing
from tests.support.bundles import release
from tests.support.sending import GIVEN, TABLE, delivered, planned, prepare, send
from tests.support.sessions import begun, remarks


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
