"""What programs, lists and servers put before a subject tells what an e-mail is, and hides no head of a message."""

import pytest

from pipeline.inbox import subjects
from pipeline.inbox.mail import read

ANSWERS = [
    "Re: ", "[EXTERNAL] RE: ", "[solidarity] Re: ", "(external) Re: ", "EXTERNAL: RE: ", "Re[2]: ", "Re^2: ", "Antwort: ",
    "НА: ", "ΑΠ: ", "תשובה: ", "답장: ", "Atb.: ", "\u200fپاسخ: ", "Réf. : ", "R: ", "RE: [EXT] RE: ",
]  # fmt: skip
PASSED_ON = [
    "Fwd: ", "[EXTERNAL] FW: ", "[solidarity] Fwd: ", "ENC: ", "VB: ", "VS: ", "VL: ", "PD: ", "ΠΡΘ: ", "ПЕР: ", "转发：",
    "הועבר: ", "إعادة توجيه: ", "\u202bFwd: ", "*** SPAM *** Fwd: ", "FW: [External] ",
]  # fmt: skip
SUBJECT = "Bread for all"
HEAD = ("From: Kari", "Sent: Monday, 30 November 2026 10:21", "To: Ola", f"Subject: {SUBJECT}")
PLAIN = "\n".join(HEAD)
OUTLOOK = f"<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p>{'<br>'.join(HEAD)}</p></div>"


def taken(subject: str, kind: str, text: str) -> tuple[str, list[str]]:
    head = f"From: a@x.example\nSubject: {subject}\nContent-Type: text/{kind}; charset=utf-8\n\n"
    found = read(f"{head}{text}".encode(), lambda name: False)
    return found.documents[0].content.decode(), found.left_out


@pytest.mark.parametrize("before", ANSWERS)
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("plain", f"We demand bread.\n\n{PLAIN}\n\nAsk Nils.\n"),
        ("html", f"<p>We demand bread.</p>{OUTLOOK}<p>Ask Nils.</p>"),
    ],
)
def test_what_an_answer_answers_is_left_out_whatever_stands_before_its_subject(before, kind, text):
    own, told = taken(before + SUBJECT, kind, text)
    assert subjects.is_answer(before + SUBJECT) and not subjects.is_passed_on(before + SUBJECT)
    assert "We demand bread." in own and "Kari" not in own and "Nils" not in own and told


@pytest.mark.parametrize("before", PASSED_ON)
@pytest.mark.parametrize(
    ("kind", "text"),
    [("plain", f"See.\n\n{PLAIN}\n\nWe demand bread.\n"), ("html", f"<p>See.</p>{OUTLOOK}<p>We demand bread.</p>")],
)
def test_the_head_of_what_is_passed_on_is_left_out_whatever_stands_before_its_subject(before, kind, text):
    own, told = taken(before + SUBJECT, kind, text)
    assert subjects.is_passed_on(before + SUBJECT) and not subjects.is_answer(before + SUBJECT)
    assert "We demand bread." in own and "Kari" not in own and "Ola" not in own and told


@pytest.mark.parametrize("subject", [f"Xyz: {SUBJECT}", "Reworded"])
def test_a_head_that_outlook_draws_is_one_below_any_subject(subject):
    own, told = taken(subject, "html", f"<p>See.</p>{OUTLOOK}<p>We demand bread.</p>")
    assert "We demand bread." in own and "Kari" not in own and told


@pytest.mark.parametrize(
    "subject", ["Report: bread", "Reform", "Renewal: a plan", "Visit", "Trade (1)", "[Oslo] Bread", "Pd"]
)
def test_what_is_no_such_word_stays_in_a_subject(subject):
    assert subjects.own(subject) == subject and not subjects.is_answer(subject) and not subjects.is_passed_on(subject)
