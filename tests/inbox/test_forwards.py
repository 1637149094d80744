"""What an e-mail passes on is read without the head that names who wrote it, to whom and when."""

import pytest

from pipeline.inbox import forwards, replies
from tests.support import growth

SUBJECT = "Fwd: Bread for all"
TEXT = "The dock workers are on strike.\n\nThey demand bread.\n"
NAMES = ("Kari", "Ola", "x.example", "10")
HEADS = [
    "---------- Forwarded message ---------\nFrom: Kari <kari@x.example>\nDate: Sat, 28 Nov at 10:22\nSubject: Bread\nTo: Ola",
    "---------- پیام فوروارد شده ---------\n\u202bاز: \u202aKari\u202c <kari@x.example>\nتاریخ: ساعت 10\nموضوع: Bread\nبه: Ola",
    "From: Kari\nSent: 10 May 2026\nTo: Ola;\n  Ola Two <ola@x.example>\nSubject: Bread for all",
    "Anfang der weitergeleiteten Nachricht:\n\nVon: Kari <kari@x.example>\nBetreff: Bread for all\nDatum: 10. Mai\nAn: Ola",
    "-------- Videresendt melding --------\nEmne: \tBread\nDato: \tSat, 28 Nov 10:22\nFra: \tKari <kari@x.example>\nTil: \tOla",
    "De : Kari\nEnvoyé : 3 mai 10:22\nÀ : Ola\nObjet : Bread for all",
    f"---------- Forwarded message ---------\nFrom: Kari <kari@x.example>\nSubject: {'Bread ' * 11}\nand for all\nTo: Ola",
    "From: Kari <kari@x.example>\nDate: 10 May\nSubject: Another\nTo: Ola",
    "De la: Kari <kari@x.example>\nTrimis: 10 mai\nSubiect: Altceva\nCatre: Ola",
    "   ----- Forwarded Message ----- From: Kari <kari@x.example>To: OlaSent: Saturday at 10:22 AMSubject: Bread",
]


@pytest.mark.parametrize("is_passed_on", [True, False])
@pytest.mark.parametrize(
    "head",
    [
        "-------- Пересылаемое сообщение --------\nОт кого: Kari <kari@x.example>\nКому: Ola\nТема: Another",
        "---------- Forwarded message ---------\n发件人：Kari <kari@x.example>\n日期：10\n主题：Another\n收件人：Ola",
    ],
)
def test_a_head_below_a_rule_with_words_is_one_whatever_its_fields_are_called(head, is_passed_on):
    own = forwards.without_heads(f"{head}\n\n{TEXT}", "Another day", is_passed_on=is_passed_on)
    assert own == TEXT


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("above", ["", "Please read.\n\n"])
def test_the_head_of_what_is_passed_on_is_no_text(head, above):
    own = forwards.without_heads(f"{above}{head}\n\n{TEXT}", SUBJECT, is_passed_on=True)
    assert own.endswith(TEXT) and not any(name in own for name in NAMES) and ("Please" in own) is bool(above)


FIELDS = (
    "From: <b>Kari</b> &lt;<a href='mailto:kari@x.example'>kari@x.example</a>&gt;<br>Date: at 10:22<br>"
    "Subject: Bread for all<br>To: Ola &lt;<a href='mailto:ola@x.example'>ola@x.example</a>&gt;<br>"
)
APPLE = (
    "<div><b>From: </b>Kari &lt;<a href='mailto:kari@x.example'>kari@x.example</a>&gt;<br></div>"
    "<div><b>Subject: </b>Another<br></div><div><b>Date: </b>10 May<br></div><div><b>To: </b>Ola<br></div><br>"
)
TABLE = (
    "<table><tr><th>Betreff: </th><td>Bread for all</td></tr><tr><th>Datum: </th><td>10</td></tr>"
    "<tr><th>Von: </th><td>Kari &lt;<a href='mailto:kari@x.example'>kari@x.example</a>&gt;</td></tr></table>"
)


@pytest.mark.parametrize(
    "head", [f"<div>---------- Forwarded message ---------<br>{FIELDS}</div>", FIELDS, APPLE, TABLE]
)
def test_of_a_page_the_addresses_in_its_links_go_too(head):
    own, _ = forwards.own_page(f"<p>Please read.</p>{head}<p>They demand bread.</p>", SUBJECT, is_passed_on=True)
    assert "Please read." in own and "They demand bread." in own and not any(name in own for name in NAMES)


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (f"<div>{FIELDS}</div><br>", "<ol start='3' id='n'><li>Oslo: They demand bread.</li></ol>"),
        (f"<p>{FIELDS}</p>", "<p>Oslo: They demand bread.</p>"),
        (f"<div dir='rtl'>{FIELDS}<br>", "Oslo: They demand bread.<img src='a' alt='b'></div>"),
        ("".join(f"<p>{line}</p>" for line in FIELDS.split("<br>")[:-1]), "<br><p>Oslo: They demand bread.</p>"),
    ],
)
def test_what_stands_below_the_head_in_a_page_stays_as_it_is(head, text):
    own, _ = forwards.own_page(head + text, SUBJECT, is_passed_on=True)
    assert (
        text.replace("'", '"') in own and ("rtl" in own) is ("rtl" in head) and not any(name in own for name in NAMES)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Press release\n\nFrom: The Union <press@x.example>\nDate: 3 May\nContact: Kari <kari@x.example>\n\nWe demand bread.\n",
        "*** Programme ***\nFrom: 10:00\nTo: 12:00\nPlace: Oslo\n\nWe demand bread.\n",
        "---\nVon: 10:00\nBis: 12:00\nOrt: Oslo\n\nWe demand bread.\n",
        "***\nمن: سلام\nاو: سلام\nمن: نان داری؟\n",
        "-----\nFrom: Oslo\nTo: Bergen\nPrice: 30\n\nWe demand bread.\n",
        "Title: Bread for all\nDate: Monday, 10:30\nPlace: Main Square\nContact: kari@x.example\n",
        "Kari: Where do you come from?\nOla: From the north.\nKari: Since 10:30?\n",
        "From: the dock workers\nTo: the minister\nSubject: wages\n\nWe demand bread.\n",
        "Open letter\n\nFrom: the dock workers\nTo: the minister\nSubject: Bread for all\n\nWe demand bread.\n",
        TEXT, "", "\n\n",
    ],
)  # fmt: skip
def test_what_a_text_itself_says_stays(text):
    assert forwards.without_heads(text, "Bread for all", is_passed_on=False) == text
    page = f"<p>{text}</p>"
    assert forwards.own_page(page, "Bread for all", is_passed_on=False) == (page, [])


@pytest.mark.parametrize(
    "piece", ["From: a\n", "----- a -----  From: ", f"A: {'b' * 60}\nc\n", "a: b,\n", "\n", "---\nFrom: a\n\n"]
)
def test_many_heads_take_time_that_grows_with_their_length(piece):
    for own in (forwards.without_heads, forwards.own_page):
        made = lambda text, own=own: own(text, SUBJECT, is_passed_on=True)  # noqa: E731
        assert not growth.is_steep(made, lambda size: piece * (size // len(piece)), 40_000)


def test_what_is_written_directly_above_a_head_stays():
    text = f"Please read this:\n{HEADS[2]}\n\n{TEXT}"
    assert forwards.without_heads(text, SUBJECT, is_passed_on=True) == f"Please read this:\n\n{TEXT}"


SIGNED = "<div class='gmail_signature'>Ola, +47 123</div>"
ANSWER = (
    "<div class='gmail_quote'><div class='gmail_attr'>On 3 May 2026, Nils &lt;n@x.example&gt; wrote:</div>"
    "<blockquote>Private words</blockquote></div>"
)


def test_signatures_and_the_message_that_was_answered_are_left_out_of_what_is_passed_on():
    page = f"<p>See.</p>{SIGNED}<div class='gmail_quote'>---- Forwarded message ----<br>{FIELDS}<p>Bread.</p>{SIGNED}{ANSWER}</div>"
    own, told = forwards.own_page(page, SUBJECT, is_passed_on=True)
    assert "See." in own and "Bread." in own
    assert not any(name in own for name in (*NAMES, "123", "Nils", "Private"))
    assert told == [replies.SIGNATURE, forwards.HEAD, replies.ANSWERED]


def test_a_head_without_colons_is_one():
    head = '------ Forwarded Message ------\nFrom "Kari" <kari@x.example>\nTo "Ola"\nDate 30/11/2026 10:21:33\nSubject Bread'
    assert forwards.without_heads(f"See.\n\n{head}\n\n{TEXT}", SUBJECT, is_passed_on=True) == f"See.\n\n\n{TEXT}"


def test_the_signature_of_who_passes_a_text_on_is_left_out_above_its_head():
    text = f"Please read.\n\n-- \nOla\n+47 123\n\n{HEADS[0]}\n\n{TEXT}"
    assert forwards.without_heads(text, SUBJECT, is_passed_on=True) == f"Please read.\n\n\n{TEXT}"
