"""Partners are told of what was published, in their language, and of each text once."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.app import newsletters, records
from pipeline.app.records import PublishedRecord
from pipeline.app.witnesses import Consent
from pipeline.distribution import ledger, letter
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState, Try
from pipeline.errors import LedgerError
from tests.support import published as texts
from tests.support.mailbox import Mailbox, serve
from tests.support.office import trusting
from tests.support.sending import SENDER
from tests.support.sessions import begun

PARTNERS = """
[partners.oslo]
name = "House of Oslo"
languages = ["en"]
contact_language = "fr"
delivery = "smtp"
address = "oslo@partner.example"
newsletter = true

[partners.rome]
name = "House of Rome"
languages = ["en"]
delivery = "smtp"
address = "rome@partner.example"
"""
PUBLICATION = '\n[publication]\naddress = "https://example.org/international/"\n'


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    mailbox = Mailbox()
    with serve(mailbox, tmp_path_factory.mktemp("mail"), security="none") as (port, _):
        yield mailbox, port


@pytest.fixture
def mailbox(server, workspace):
    mailbox, port = server
    mailbox.__init__()
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\npauses = []\n'
    with (workspace / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(PUBLICATION + SENDER + smtp)
    (workspace / "partners.toml").write_text(PARTNERS, "utf-8")
    return mailbox


def publish(workspace, **fields):
    one = replace(texts.published("en"), pictures={}, issuer="Council", **fields)
    path = workspace / ".pipeline" / records.FOLDER / one.lang / f"{one.document_id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(records.encoded(PublishedRecord(one), ()))
    (workspace / f"seeds/{one.document_id}.txt").write_text("گزارش سال\n", "utf-8")


def withdraw(workspace, text_sha256):
    with closing(ledger.open(workspace / ledger.FILE_NAME, lambda: datetime.now(UTC))) as book:
        book.decisions.withdraw("report", "en", text_sha256, "A name stood in it.")


def sent(pipeline, workspace, *words):
    done = pipeline(*trusting(workspace, "newsletter", "--send", *words))
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_who_wishes_it_is_told_once_and_of_what_is_corrected_and_withdrawn(pipeline, workspace, mailbox):
    publish(workspace)
    shown = pipeline("newsletter")
    assert "nothing was sent" in shown.stderr and not mailbox.senders
    (preview,) = (workspace / "output" / "outbox" / "previews").rglob("*.eml")
    assert preview.parent.name == "oslo"
    assert "accepted" in sent(pipeline, workspace)
    assert "every partner was told" in sent(pipeline, workspace)
    (message,) = mailbox.messages()
    assert message["To"] == "oslo@partner.example" and "Nouvelles publications" in message["Subject"]
    text = message.get_body(("plain",)).get_content()
    assert "gzarc sal" in text and "https://example.org/international/en/report/" in text
    assert 'href="https://example.org/international/en/report/"' in message.get_body(("html",)).get_content()
    assert not list(message.iter_attachments()) and "corrigé" not in text

    publish(workspace, text_sha256="ef" * 32)
    sent(pipeline, workspace)
    withdraw(workspace, "ef" * 32)
    assert "type: pipeline publish" in sent(pipeline, workspace)
    _, second, third = (one.get_body(("plain",)).get_content() for one in mailbox.messages())
    assert "Texte corrigé" in second
    assert "Texte retiré" in third and "A name stood in it." in third
    assert "every partner was told" in sent(pipeline, workspace)
    assert {one.split()[0] for one in pipeline("ledger").stdout.splitlines() if "oslo" in one}


@pytest.mark.parametrize("is_renamed", [True, False])
def test_who_was_told_of_a_text_learns_that_it_was_withdrawn_when_its_document_has_gone_too(
    pipeline, workspace, mailbox, is_renamed
):
    """Whoever withdraws a text deletes its file soon, or gives it another name; the section forgets it then."""
    publish(workspace)
    publish(workspace, document_id="letter", text_sha256="12" * 32)
    sent(pipeline, workspace)
    withdraw(workspace, "cd" * 32)
    seeds = workspace / "seeds"
    if is_renamed:
        (seeds / "report.txt").rename(seeds / "year.txt")
        (seeds / "year.toml").write_text('formerly = ["report"]\n', "utf-8")
    else:
        (seeds / "report.txt").unlink()
    (workspace / ".pipeline" / records.FOLDER / "en/report.json").unlink()  # as `publish` leaves it
    sent(pipeline, workspace)
    text = mailbox.messages()[-1].get_body(("plain",)).get_content()
    assert len(mailbox.messages()) == 2 and text.count("Texte retiré") == 1 and "A name stood in it." in text
    assert "gzarc sal" in text
    assert "every partner was told" in sent(pipeline, workspace)


def test_what_partners_were_told_of_can_be_withdrawn_when_its_document_has_gone(pipeline, workspace, mailbox):
    """Who takes a text away first, and withdraws it then: nothing but the newsletter knows of it any more."""
    publish(workspace)
    publish(workspace, document_id="letter", text_sha256="12" * 32)
    sent(pipeline, workspace)
    (workspace / "seeds/report.txt").unlink()
    (workspace / ".pipeline" / records.FOLDER / "en/report.json").unlink()  # as `publish` leaves it
    done = pipeline("withdraw", "report", "--reason", "A name stood in it.", "--send")
    assert done.returncode == 0 and "oslo: told of it in a newsletter" in done.stderr
    sent(pipeline, workspace)
    text = mailbox.messages()[-1].get_body(("plain",)).get_content()
    assert len(mailbox.messages()) == 2 and "Texte retiré" in text and "A name stood in it." in text


def test_where_nothing_is_known_to_be_published_nobody_is_said_to_be_told(pipeline, workspace, mailbox):
    """Before the first `publish`, or with hidden folders lost, a letter tells of nothing; a timer would never notice."""
    (workspace / "seeds/report.txt").write_text("گزارش سال\n", "utf-8")
    done = pipeline(*trusting(workspace, "newsletter", "--send"))
    assert done.returncode == 1 and "type: pipeline publish" in done.stderr
    assert "every partner was told" not in done.stdout + done.stderr and not mailbox.messages()


def test_what_fails_is_tried_again_and_what_is_lost_is_told_again(pipeline, workspace, mailbox):
    publish(workspace)
    settings = (workspace / "pipeline.toml").read_text("utf-8")
    (workspace / "pipeline.toml").write_text(settings.replace('host = "127.0.0.1"', 'host = "127.0.0.2"'), "utf-8")
    done = pipeline(*trusting(workspace, "newsletter", "--send"))
    assert done.returncode == 1 and "the next pipeline newsletter --send tries again" in done.stderr
    (workspace / "pipeline.toml").write_text(settings, "utf-8")
    sent(pipeline, workspace)
    assert len(mailbox.messages()) == 1


def test_a_day_that_is_empty_does_not_mean_all_that_was_ever_published(pipeline, workspace, mailbox):
    """A script whose variable is empty would tell partners of years."""
    publish(workspace)
    assert "no day" in pipeline("newsletter", "--since", "").stderr


def test_who_wishes_it_no_more_by_the_time_it_is_sent_gets_none(workspace, mailbox):
    publish(workspace)
    session, _ = begun(workspace)

    def ask(question):
        (workspace / "partners.toml").write_text(PARTNERS.replace("newsletter = true", ""), "utf-8")
        return True

    assert newsletters.newsletters(session, send=True, consent=Consent(ask=ask)) == [] and not mailbox.messages()


def test_hostile_titles_are_text(pipeline, workspace, mailbox):
    one = texts.published("en").text
    publish(workspace, text=replace(one, title="<script>{{ 7 * 7 }}</script>"))
    sent(pipeline, workspace)
    (message,) = mailbox.messages()
    assert "<script>" not in message.get_body(("html",)).get_content()
    assert "{{ 7 * 7 }}" in message.get_body(("plain",)).get_content()


def test_without_a_place_on_the_web_or_anybody_who_wishes_it_there_is_no_newsletter(pipeline, workspace):
    assert "write [publication] with address" in pipeline("newsletter").stderr
    with (workspace / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(PUBLICATION + SENDER)
    (workspace / "partners.toml").write_text(PARTNERS.replace("newsletter = true\n", ""), "utf-8")
    assert "nobody wishes it; write newsletter = true" in pipeline("newsletter").stderr
    folder = PARTNERS.replace('"smtp"\naddress = "oslo@partner.example"', '"folder"\naddress = "oslo"')
    (workspace / "partners.toml").write_text(folder, "utf-8")
    assert "goes by e-mail alone" in pipeline("newsletter").stderr


def test_what_was_withdrawn_since_it_was_published_is_not_told_as_new(pipeline, workspace, mailbox):
    publish(workspace, document_id="letter")
    sent(pipeline, workspace)
    publish(workspace)
    withdraw(workspace, "cd" * 32)
    sent(pipeline, workspace)
    (first, second) = (one.get_body(("plain",)).get_content() for one in mailbox.messages())
    assert "/en/letter/" in first and "/en/letter/" in second and "Texte retiré" in second
    assert "/en/report/" not in second


def test_a_withdrawal_that_a_newsletter_told_of_cannot_be_undone(pipeline, workspace, mailbox):
    publish(workspace)
    sent(pipeline, workspace)
    withdraw(workspace, "cd" * 32)
    sent(pipeline, workspace)
    with (
        closing(ledger.open(workspace / ledger.FILE_NAME, lambda: datetime.now(UTC))) as book,
        pytest.raises(LedgerError, match="oslo may have the notice"),
    ):
        book.decisions.undo(book.decisions.withdrawn())


def test_where_anything_was_refused_nobody_is_told_until_that_is_settled(pipeline, workspace, mailbox):
    publish(workspace)
    pipeline("newsletter")
    with closing(ledger.open(workspace / ledger.FILE_NAME, lambda: datetime.now(UTC))) as book:
        tried = Try("smtp", "oslo@partner.example", "b", "m")
        name = book.plan("oslo", DeliveryKind.LETTER, [Content("report", "en", "ab" * 32)], tried)
        book.record(name, DeliveryState.REFUSED, "the server answered 550")
    done = pipeline("newsletter", "--send")
    assert done.returncode == 1 and "oslo: letter was refused" in done.stderr and not mailbox.senders
    assert "nothing else to send" in done.stderr and "was told" not in done.stderr
    assert f"pipeline ledger settle oslo {name} --lost" in done.stderr
    pipeline("ledger", "settle", "oslo", name, "--lost")
    sent(pipeline, workspace)
    assert len(mailbox.messages("oslo@partner.example")) == 1


def test_a_letter_in_doubt_keeps_nothing_from_the_others(pipeline, workspace, mailbox):
    (workspace / "partners.toml").write_text(f"{PARTNERS}newsletter = true\n", "utf-8")
    publish(workspace)
    mailbox.behaviour["oslo@partner.example"] = "drop after"
    pipeline(*trusting(workspace, "newsletter", "--send"))
    mailbox.behaviour.clear()
    publish(workspace, text_sha256="ef" * 32)
    done = pipeline("newsletter", "--send")
    assert "oslo: newsletter may have arrived; ask the partner" in done.stderr
    assert [len(mailbox.messages(f"{name}@partner.example")) for name in ("oslo", "rome")] == [1, 2]


def test_a_partner_under_another_id_is_told_nothing_once_more(pipeline, workspace, mailbox):
    publish(workspace)
    sent(pipeline, workspace)
    (workspace / "partners.toml").write_text(PARTNERS.replace("partners.oslo", "partners.norway"), "utf-8")
    done = pipeline("newsletter", "--send")
    assert done.returncode == 1 and "norway: the ledger knows this address as that of oslo" in done.stderr
    assert len(mailbox.messages()) == 1


def test_nobody_is_told_of_what_was_forbidden_since_it_was_published(pipeline, workspace, mailbox):
    publish(workspace)
    (workspace / "seeds/report.txt").write_text("گزارش\n", "utf-8")
    (workspace / "seeds/report.toml").write_text('[provenance]\npermission = "refused"\n', "utf-8")
    assert "no partner is told" in sent(pipeline, workspace) and not mailbox.messages()


def test_nobody_is_told_of_a_document_that_was_removed_since_it_was_published(pipeline, workspace, mailbox):
    publish(workspace)
    (workspace / "seeds/report.txt").unlink()
    said = sent(pipeline, workspace)
    assert "type: pipeline publish" in said and "every partner was told" in said
    assert not mailbox.messages()


def test_partners_who_are_told_the_same_get_one_letter_that_is_written_once(pipeline, workspace, mailbox, monkeypatch):
    composed, compose = [], letter.compose
    monkeypatch.setattr(letter, "compose", lambda *words: composed.append(words[1]) or compose(*words))
    rome = PARTNERS[PARTNERS.index("[partners.rome]") :]
    more = "".join(f"{rome.replace('rome', f'house-{number}')}newsletter = true\n" for number in range(10))
    (workspace / "partners.toml").write_text(PARTNERS + more, "utf-8")
    publish(workspace)
    sent(pipeline, workspace)
    assert len(mailbox.kept) == 11 and sorted(composed) == ["en", "fr"]
