"""Bundles are made once, looked at before they leave, and nothing is planned without the ledger."""

import json
import os

import pytest

from pipeline.app import deliveries
from pipeline.distribution import seen, signing
from pipeline.distribution.deliver import Preview
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState, Try
from pipeline.distribution.release import digest
from pipeline.distribution.sender import Server
from pipeline.errors import DocumentError, LedgerError
from pipeline.model import Artifact
from tests.support.bundles import release
from tests.support.sending import GIVEN, delivered, planned, prepare, send
from tests.support.sessions import begun, remarks


def test_partners_who_receive_the_same_get_one_bundle_each_under_an_id_of_their_own(workspace, tmp_path):
    prepare(workspace, "oslo", "paris")
    with planned(workspace, release(tmp_path / "files")) as (session, _, book, plan):
        oslo, paris = deliveries.ready(session, book, plan.deliveries)
    assert oslo.parcel.bundle is paris.parcel.bundle and oslo.parcel.zipped is paris.parcel.zipped
    assert oslo.parcel.id != paris.parcel.id


def test_another_document_under_an_id_that_partners_know_is_no_correction_without_a_word(workspace, tmp_path):
    prepare(workspace, "oslo")
    texts = [f'["en", false, "", "", "", [], [["{source}", "{source}.", true]]]' for source in ("One", "Two")]
    first, other = (release(tmp_path / "files", text=text, text_sha256=digest(text)) for text in texts)
    send(workspace, first)
    with planned(workspace, other) as (session, events, book, plan):
        deliveries.ready(session, book, plan.deliveries)
    assert any("if it is another document" in remark for remark in remarks(events))


def test_another_key_than_signed_the_last_bundles_is_told_once(workspace, tmp_path):
    prepare(workspace, "oslo")
    key, texts = workspace / "keys" / "pipeline", [text * 32 for text in ("5e", "6f", "7a")]
    key.parent.mkdir()
    said = []
    for number, text in enumerate(texts):
        if number < 2:
            key.unlink(missing_ok=True), key.with_suffix(".pub").unlink(missing_ok=True)
            signing.make(key)
        one = release(tmp_path / "files", text_sha256=text)
        with planned(workspace, one) as (session, events, book, plan):
            deliveries.ready(session, book, plan.deliveries)
        said.append([remark for remark in remarks(events) if "signed with another key" in remark])
        send(workspace, one)
    assert [len(remarks) for remarks in said] == [0, 1, 0]


def test_previews_take_the_place_of_earlier_ones_and_are_gone_once_they_are_sent(workspace, tmp_path):
    prepare(workspace, "oslo", "paris")
    text = release(tmp_path / "files")
    killed = workspace / "output" / "outbox" / f".{deliveries.PREVIEWS}.part" / "rome"  # while it wrote them
    killed.mkdir(parents=True)
    for names in (("oslo", "paris"), ("paris",)):
        with planned(workspace, text) as (session, _, book, plan):
            due = deliveries.ready(session, book, [one for one in plan.deliveries if one.partner.id in names])
            results = deliveries.write_previews(session, due, deliveries.settings(session))
        previews = workspace / "output" / "outbox" / deliveries.PREVIEWS
        assert sorted(path.name for path in previews.iterdir()) == list(names)
        assert set(results.states.values()) == {deliveries.PREVIEW}
    assert not delivered(workspace, "paris")
    send(workspace, text)
    assert not previews.exists()


@pytest.mark.parametrize("name", [deliveries.PREVIEWS, f".{deliveries.PREVIEWS}.part"])
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_link_or_pipe_in_place_of_the_previews_gives_way_and_is_not_followed(workspace, tmp_path, name, kind):
    prepare(workspace, "oslo")
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "letter").write_text("precious")
    (workspace / "output" / "outbox").mkdir(parents=True)
    place = workspace / "output" / "outbox" / name
    place.symlink_to(theirs) if kind == "link" else os.mkfifo(place)
    with planned(workspace, release(tmp_path / "files")) as (session, _, book, plan):
        due = deliveries.ready(session, book, plan.deliveries)
        deliveries.write_previews(session, due, deliveries.settings(session))
    previews = workspace / "output" / "outbox" / deliveries.PREVIEWS
    assert [path.name for path in previews.iterdir()] == ["oslo"] and not previews.is_symlink()
    assert [path.name for path in theirs.iterdir()] == ["letter"]


def test_what_is_to_be_uploaded_is_not_written_through_a_link(workspace, tmp_path):
    prepare(workspace, "oslo")
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (workspace / "output" / "outbox").mkdir(parents=True)
    (workspace / "output" / "outbox" / deliveries.UPLOADS).symlink_to(theirs)
    session, _ = begun(workspace)
    with pytest.raises(DocumentError, match=r"upload.*leads out of the workspace"):
        deliveries.write_uploads(session, Preview((), (Artifact("letter.zip", "application/zip", b"PK"),)))
    assert not list(theirs.iterdir())


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_is_no_ledger(workspace, tmp_path, is_there):
    """What it leads to may be the ledger of another workspace, or lie on a disk that is not attached."""
    prepare(workspace, "oslo")
    send(workspace, release(tmp_path / "files"))
    kept = tmp_path / "kept.sqlite"
    (workspace / "ledger.sqlite").rename(kept)
    (workspace / "ledger.sqlite").symlink_to(kept)
    before = kept.read_bytes()
    if not is_there:
        kept.unlink()
    with pytest.raises(LedgerError, match=r"ledger\.sqlite: a link; put the ledger itself there"):
        send(workspace, release(tmp_path / "files"))
    assert kept.exists() == is_there and (not is_there or kept.read_bytes() == before)


def test_no_preview_waits_for_the_disk(workspace, tmp_path, monkeypatch):
    """What is made anew each time need not outlast a loss of power; for thousands of partners that took minutes."""
    flushed, flush = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (flushed.append(file), flush(file)))
    prepare(workspace, *(f"house-{number}" for number in range(20)))
    with planned(workspace, release(tmp_path / "files")) as (session, _, book, plan):
        due = deliveries.ready(session, book, plan.deliveries)
        flushed.clear()
        deliveries.write_previews(session, due, deliveries.settings(session))
    assert len(list((workspace / "output" / "outbox" / deliveries.PREVIEWS).iterdir())) == 20
    assert not flushed


@pytest.mark.parametrize("is_there", [True, False], ids=["there", "a disk taken away"])
def test_what_a_killed_command_left_at_a_partners_is_removed_or_told_whatever_is_sent_next(
    workspace, tmp_path, is_there
):
    """Its text may be withdrawn before it is sent again, and who can look there is told nothing."""
    folder = tmp_path / "oslo"
    left = folder / ".statement.3f2a9c1b.abcdefgh.part" / "data"
    session, events = begun(workspace)
    with session.locked(), deliveries.opened(session, GIVEN) as book:
        content = Content("statement", "en", "a" * 64)
        book.plan("oslo", DeliveryKind.LETTER, [content], Try("folder", str(folder), "statement.3f2a9c1b", ""))
    if is_there:
        left.mkdir(parents=True)
        (left / "letter.txt").write_text("a name")
    with session.locked(), deliveries.opened(session) as book:
        deliveries.resolve(session, book, deliveries.settings(session))
        assert [entry.state for entry in book.entries()] == [DeliveryState.FAILED]
    assert not left.parent.exists()
    assert any("a part of statement.3f2a9c1b may be left" in said for said in remarks(events)) is not is_there


def test_a_lost_ledger_is_no_new_one(workspace, tmp_path):
    prepare(workspace, "oslo")
    session, _ = begun(workspace)
    assert not deliveries.exists(session)
    send(workspace, release(tmp_path / "files"))
    assert deliveries.exists(session)
    for path in workspace.glob("ledger.sqlite*"):
        path.unlink()
    with pytest.raises(LedgerError, match=r"the ledger is missing.*restore it from a backup"):
        deliveries.exists(session)


def test_the_password_is_asked_for_only_where_there_is_a_server_that_may_be_used(workspace):
    def password(server: Server) -> str:
        return f"for {server.host}"

    def known() -> str:
        return deliveries.settings(begun(workspace)[0], password).password

    prepare(workspace)
    assert known() == ""
    path = workspace / "pipeline.toml"
    path.write_text(path.read_text("utf-8") + '[smtp]\nhost = "127.0.0.1"\nuser = "office"\n', "utf-8")
    assert known() == "for 127.0.0.1" and deliveries.settings(begun(workspace)[0]).password == ""
    path.write_text("offline = true\n" + path.read_text("utf-8"), "utf-8")
    assert known() == ""


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_what_gave_way_to_a_text_that_never_arrived_is_out_of_date_under_its_old_name(
    is_withdrawn, workspace, tmp_path
):
    """Whoever keeps one correction from arriving would bring back what it corrected, if the document was renamed."""
    prepare(workspace, "oslo")
    texts = [(document, text * 32) for document, text in (("call", "5e"), ("appeal", "6f"), ("appeal", "7a"))]
    releases = [release(tmp_path / "files", document, text_sha256=text) for document, text in texts]
    former = {"former": {"call": "appeal"}}
    sent = [send(workspace, releases[0]), send(workspace, releases[1], **former)]
    if is_withdrawn:
        with planned(workspace, consent=GIVEN) as (_, _, book, _):
            for document, text in texts[:2]:
                book.decisions.withdraw(document, "en", text, "wrong")
        sent.append(send(workspace, **former))
    else:
        sent.append(send(workspace, releases[2], **former))
    first, _, last = (seen.statement(json.loads(one.due[0].parcel.bundle.manifest)) for one in sent)
    assert first and last and not list(seen.outdated(seen.noted(seen.Seen(), first, "2026-11-30"), last, "2026-11-30"))
    for order in ([first, last], [last]):
        memory = seen.Seen()
        for one in order:
            memory = seen.noted(memory, one, "2026-11-30")
        (fault,) = seen.outdated(memory, first, "2026-11-30")
        assert fault.endswith("withdrawn on 2026-11-28" if is_withdrawn else "which you have received")


def test_a_translation_that_was_looked_at_before_the_notice_of_its_original_leaves_as_later_than_that(
    workspace, tmp_path
):
    """With the number of the preview, whoever had the notice was told not to use what they were sent on purpose."""
    prepare(workspace, "oslo")
    original = "0f" * 32
    serials = []
    for _ in range(2):
        with planned(workspace, release(tmp_path / "files", original_text_sha256=original)) as (session, _, book, plan):
            (ready,) = deliveries.ready(session, book, plan.deliveries)
            serials.append(json.loads(ready.parcel.bundle.manifest)["serial"])
            (notice,) = book.numbers.of([(DeliveryKind.WITHDRAWAL, "2016-10-statement", "fa", original)]).values()
    assert serials[0] < notice.serial < serials[1]


def test_of_many_the_first_are_named():
    assert deliveries.some("abc") == "a, b, c" and deliveries.some("abcde") == "a, b, c and 2 more"
