"""Of an answer its own words are kept, however a program sets the message below them, and whoever wrote that."""

from email.message import EmailMessage

import pytest

from pipeline.inbox import answered, mail, replies
from tests.support import growth

OWN = "We demand bread.\n\nAll are with us.\n"
UNQUOTED = [
    "    On Saturday, May 3, 2026 at 10:00:00 AM GMT+2, Kari <kari@x.example> wrote:  \n \n Dear Ola,\nask Nils.\n",
    "---- On Sat, 03 May 2026 10:00:00 +0200 Kari <kari@x.example> wrote ---\n\nAsk Nils.\n",
    ">>> Kari Nordmann <kari@x.example> 03.05.2026 10:00 >>>\nAsk Nils.\n",
    ">>> Kari Nordmann 5/3/2026 10:00 AM >>>\nAsk Nils.\n",
    ('------ Original Message ------\nFrom "Kari" <kari@x.example>\nTo "Ola" <o@x.example>\nDate 03/05/2026 10:00:00\n'
    "Subject Bread\n\nAsk Nils.\n"),
]  # fmt: skip
BELOW = [
    "On Sat, May 3, 2026 at 10:00 AM Kari Nordmann-Hansen <\nkari@x.example> wrote:\n\n> Ask Nils.\n>\n",
    "On Sat, May 3, 2026 at 10:00 AM Kari of the very long Name Nordmann-Hansen and Company\n<kari@x.example>\nwrote:\n\n> Ask Nils.\n",
    "\u202bدر شنبه ۳ مهٔ ۲۰۲۶ در ۱۰:۰۰ \u202aKari\u202c\u200f <\u202akari@x.example\u202c\u200f> نوشت:\u202c\n\n> \u202bNils\u202c\n",
    "\u202bفي السبت، 3 مايو \u202aKari\u202c\u200f\n<\u202akari@x.example\u202c\u200f>:\u202c\n\n> Nils\n>\n",
    "Kari <kari@x.example> 于2026年5月3日周六 10:00写道：\n\n> Nils\n",
    "> On 3 May 2026, at 10:00, Kari <kari@x.example> wrote:\n> \n> Ask Nils.\n",
    " \n>Суббота, 3 мая 2026, 10:00 +03:00 от Kari <kari@x.example>:\n> \n>Nils\n",
]


def read(text, subject="Re: Bread", subtype="plain"):
    made = EmailMessage()
    made["Subject"] = subject
    made.set_content(text, subtype=subtype, cte="8bit")
    return mail.read(made.as_bytes(), lambda name: False)


@pytest.mark.parametrize("told", BELOW + UNQUOTED)
def test_no_name_and_no_word_of_the_message_below_is_in_the_text(told):
    letter = read(f"{OWN}\n{told}")
    assert letter.documents[0].content.decode() == OWN and letter.left_out == [replies.ANSWERED]


@pytest.mark.parametrize("told", BELOW)
def test_it_need_not_say_that_it_answers(told):
    assert b"Nils" not in read(f"{OWN}\n{told}", "Bread").documents[0].content


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("They met.\n\n> In 2026 they said:\n> no\n", "Bread"),
        ("The minister said:\n\nNo bread before 10:00 for Kari <kari@x.example>\n", "Re: Bread"),
        (UNQUOTED[0], "Bread"),
        (BELOW[0], "Re: Bread"),
        ("On 3 May at 10:00 Kari <kari@x.example> wrote:\n> Why?\n\nBecause.\n", "Re: Bread"),
        ("They met.\n\nBread is 20 now.\n---\n> Bread for all!\n", "Re: Bread"),
    ],
)
def test_what_a_text_quotes_itself_stays(text, subject):
    letter = read(text, subject)
    assert letter.documents[0].content.decode().strip() == text.strip() and not letter.left_out


def test_a_line_that_only_stands_above_who_wrote_stays():
    text = "We demand bread for all, and we demand it now, in every town and every village.\nOn 3 May Kari wrote:\n> Nils?\n"
    assert read(text).documents[0].content.decode() == text.partition("On 3")[0]


def test_quoted_lines_that_stay_are_told():
    (told,) = read("On 3 May Kari wrote:\n> Ask Nils.\n\nWe demand bread.\n").guessed
    assert "quoted lines" in told
    assert "quoted" not in str(read(OWN).guessed) and not read(f"For you:\n\n> {OWN}", "Fwd: Bread").guessed


def test_an_answer_within_another_message_is_one_too():
    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"], outer["Subject"] = "RE: Bread", "Material"
    inner.set_content(
        f"{OWN}\n-----Original Message-----\nFrom: Kari\nSent: 3 May\nTo: Ola\nSubject: Bread\n\nAsk Nils.\n"
    )
    outer.set_content("For you.\n")
    outer.add_attachment(inner)
    content = b"".join(one.content for one in mail.read(outer.as_bytes(), lambda name: False).documents)
    assert b"All are with us." in content and b"Nils" not in content


@pytest.mark.parametrize(
    "below",
    [
        '3 May 2026, 10:00 by kari@x.example:<br><blockquote class="tutanota_quote">Ask Nils.</blockquote>',
        "<blockquote style='margin:10px'>3 мая 2026, 10:00 от Kari &lt;kari@x.example&gt;:<br><p>Nils</p></blockquote>",
        '<div>03.05.2026, 10:00, "Kari" &lt;kari@x.example&gt;:</div><blockquote><div>Nils</div></blockquote>',
        '<div class="ydp1yahoo_quoted"><div>On 3 May, Kari &lt;kari@x.example&gt; wrote:</div><div>Nils</div></div>',
    ],
)
def test_of_a_page_too(below):
    letter = read(f"<div>We demand bread.</div>{below}", subtype="html")
    content = letter.documents[0].content
    assert b"We demand bread." in content and b"Nils" not in content and b"Kari" not in content
    assert letter.left_out == [replies.ANSWERED]


@pytest.mark.parametrize(
    "named", ['class="protonmail_signature_block"', 'class="tutanota_signature"', 'id="composer_signature"']
)
def test_signatures_are_those_that_programs_mark(named):
    letter = read(f"<div>We demand bread.</div><div {named}>Kari, +47 123</div>", "Bread", "html")
    assert b"Kari" not in letter.documents[0].content and letter.left_out == [replies.SIGNATURE]


@pytest.mark.parametrize("piece", ["a:\n", "<a@b 1:11:\n", "> a:\n", "x,\n", "\n> \n", "1:11 <"])
def test_many_lines_take_time_that_grows_with_their_length(piece):
    assert not growth.is_steep(
        lambda text: answered.begin(text.splitlines(), is_answer=True), lambda size: piece * (size // len(piece))
    )
