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
    ("name", "below"),
    [
        ("Kari Nordmann", "Best, Kari"),
        ("Kari Nordmann", "Sent from Kari's iPhone"),
        ("Kari Anne Nordmann", "Kari Nordmann"),
        ("NORDMANN Kari", "Kari Nordmann"),
        ("NORDMANN Kari", "Mvh Kari"),
        ("Dr. Kari Nordmann", "Kari Nordmann, Oslo"),
        ("'Kari Nordmann' via Board", "Greetings from Kari Nordmann"),
        ("kari.nordmann@partner.example", "Kari Nordmann"),
        ("علي رضايي", "علی رضایی"),
        ("kari@partner.example", "mailto:kari@partner.example"),
        ("Kari Nordmann", "Statement_Kari_Nordmann"),
    ],
)
def test_a_name_is_found_however_it_is_written(name, below):
    assert naming.left_in(f"{_TEXT}\n{below}\n{_TEXT}\n", [name]) == below


@pytest.mark.parametrize("name", ["Bread and Roses Union", "The Demand", "press.office@union.example"])
def test_everyday_words_that_are_in_a_name_name_nobody(name):
    assert naming.left_in(f"{_TEXT}\nThe office of the press is where people demand bread, today.\n", [name]) == ""


@pytest.mark.parametrize(
    "text",
    ["Nobody is named here.", "We meet on 30.11.2026 at 10:30.", "Karin came.", "Where: Oslo\nWhen: soon\nWhat: bread"],
)
def test_what_names_nobody_is_not_told_of(text):
    assert naming.left_in(f"{_TEXT}\n\n{text}\n", _KARI) == ""


def test_a_newsletter_is_written_by_its_union():
    fields = {"List-Id": "<news.union.example>"}
    assert naming.writers(message(_TEXT, "The Union <news@union.example>", **fields)) == []


def test_a_list_that_people_write_to_is_written_by_persons():
    fields = {"List-Id": "<board.partner.example>", "List-Post": "<mailto:board@partner.example>"}
    fields |= {"Reply-To": "Board <board@partner.example>", "X-Original-From": "Ola <ola@partner.example>"}
    assert naming.writers(message("x", **fields)) == [*_KARI, "ola@partner.example"]


def test_who_wrote_is_said_by_several_fields_and_once():
    fields = {"Sender": "Ola <ola@partner.example>", "Reply-To": "kari@partner.example"}
    assert naming.writers(message("x", **fields)) == [*_KARI, "ola@partner.example"]


_PASSED_ON = (
    "---------- Forwarded message ---------\nFrom: Ola Hansen <ola@partner.example>\nDate: Mon, 30 Nov 2026 at 10:11\n"
    f"Subject: Bread\nTo: Kari <kari@partner.example>\n\n{_TEXT}\nOla Hansen\n"
)


@pytest.mark.parametrize("is_page", [False, True])
def test_who_wrote_what_is_passed_on_is_known_by_the_head_that_is_cut(is_page):
    made = message(_PASSED_ON)
    if is_page:
        made.set_content(_PASSED_ON.replace("<", "&lt;").replace("\n", "<br>\n"), subtype="html")
    made.replace_header("Subject", "Fwd: Bread")
    (document,) = mail.read(made.as_bytes(), lambda name: False).documents
    assert b"Subject:" not in document.content
    assert document.writers == (*_KARI, "Ola Hansen", "ola@partner.example")


def test_what_is_attached_is_by_who_wrote_the_message():
    made = message(_TEXT)
    made.add_attachment("Kari Nordmann, Oslo", filename="ATT00001.txt")
    assert [one.writers for one in mail.read(made.as_bytes(), lambda name: True).documents] == [_KARI, _KARI]


def test_an_answer_whose_subject_was_changed_is_told_of():
    told = mail.read(message(_TEXT, **{"In-Reply-To": "<1@partner.example>"}).as_bytes(), lambda name: False).guessed
    assert told[0].startswith("it answers another message")


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
