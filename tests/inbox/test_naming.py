"""What is taken of an e-mail and may still name somebody is told, however a program set it."""

from email.message import EmailMessage

import pytest

from pipeline.inbox import mail, naming

_TEXT = "We demand bread and roses for everybody who works here, today and tomorrow."
_KARI = ("Kari Nordmann", "kari@partner.example")


def message(text: str, sender: str = "Kari Nordmann <kari@partner.example>", **fields: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {"Subject": "Bread", "From": sender, **fields}.items():
        made[name] = value
    made.set_content(text)
    return made


@pytest.mark.parametrize(
    "below",
    [
        "Kari Nordmann, Oslo", "NORDMANN, Kari", "Kari", "Write to kari@partner.example",
        ">>> Ola 30.11.2026 10:21 >>> o@partner.example", "Am 30.11.2026 um 10:21 schrieb Ola Hansen:",
        "[30/11/2026, 10:21:33] Ola Hansen: Here it is", "Lähettäjä: Ola\nLähetetty: ma 10:21\nVastaanottaja: Eva",
    ],
)  # fmt: skip
def test_a_line_that_may_name_somebody_is_found(below):
    assert naming.left_in(f"{_TEXT}\n\n{below}\n\n{_TEXT}\n", _KARI) == below.splitlines()[0]


@pytest.mark.parametrize(
    "text",
    ["Nobody is named here.", "We meet on 30.11.2026 at 10:30.", "Karin came.", "Where: Oslo\nWhen: soon\nWhat: bread"],
)
def test_what_names_nobody_is_not_told_of(text):
    assert naming.left_in(f"{_TEXT}\n\n{text}\n", _KARI) == ""


def test_a_newsletter_is_written_by_its_union():
    fields = {"List-Id": "<news.union.example>"}
    assert naming.writers(message(_TEXT, "The Union <news@union.example>", **fields)) == []


def test_who_wrote_is_said_by_several_fields_and_once():
    fields = {"Sender": "Ola <ola@partner.example>", "Reply-To": "kari@partner.example"}
    assert naming.writers(message("x", **fields)) == [*_KARI, "ola@partner.example"]


@pytest.mark.parametrize(
    ("subject", "page"),
    [
        ("Re: Bread", f"<p>{_TEXT}</p><div>Are you there?</div>"),
        ("Bread", f"<p>{_TEXT}</p><blockquote type=cite>Are you there?</blockquote><p>{_TEXT}</p>"),
    ],
)
def test_words_of_a_message_that_is_answered_may_stay_and_that_is_told(subject, page):
    made = message("x")
    made.set_content(page, subtype="html")
    made.replace_header("Subject", subject)
    (said,) = mail.read(made.as_bytes(), lambda name: False).guessed
    assert said.startswith("it answers another message, whose words may stand in its text")
