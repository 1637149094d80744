"""Of an e-mail in HTML its own words are kept, as programs for e-mail mark what is quoted and signed."""

import pytest

from pipeline.inbox import replies
from tests.support import growth

GMAIL = (
    '<div dir="ltr">We demand bread.<div><br></div><span class="gmail_signature_prefix">-- </span><br>'
    '<div class="gmail_signature">Ola<br>+47 123</div></div><br><div class="gmail_quote gmail_quote_container">'
    '<div dir="ltr" class="gmail_attr">On Sat, 3 May 2026 at 10:00, Kari &lt;<a href="mailto:k@p.example">k@p.example</a>'
    '&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0"><div>Are you there?</div></blockquote></div>'
)
THUNDERBIRD = (
    '<html><body><p>We demand bread.</p><div class="moz-signature">-- <br>Ola</div><div class="moz-cite-prefix">'
    'Den 03.05.2026 10:00, skrev Kari:<br></div><blockquote type="cite" cite="mid:1@p.example"><p>Are you there?</p>'
    "</blockquote></body></html>"
)
APPLE = (
    '<body>We demand bread.<br><div><br><blockquote type="cite"><div>On 3 May 2026, at 10:00, Kari &lt;<a>k@p.example</a>'
    "&gt; wrote:</div><br><div>Are you there?</div></blockquote></div></body>"
)
OUTLOOK = (
    '<div class="WordSection1"><p class="MsoNormal">We demand bread.</p><div><div style="border:none;border-top:solid '
    '#E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>From:</b> Kari &lt;k@p.example&gt;<br><b>Sent:</b> 3 May</p></div>'
    "</div><p>Are you there?</p></div>"
)
OUTLOOK_WEB = (
    '<div>We demand bread.</div><div id="Signature"><p>Ola</p></div><div id="appendonsend"></div><hr>'
    '<div id="divRplyFwdMsg"><b>From:</b> Kari<br><b>Subject:</b> Bread</div><div>Are you there?</div>'
)
BOTH, QUOTE, SIGNED = [replies.SIGNATURE, replies.ANSWERED], [replies.ANSWERED], [replies.SIGNATURE]


BELOW = (
    '<p>We demand bread.</p><p>On 3 May, Kari wrote:</p><blockquote type="cite">Are you there?</blockquote>'
    '<div class="moz-signature">Ola</div>'
)
ARABIC = (
    '<p>We demand bread.</p><div class="gmail_quote"><div class="gmail_attr">\u202bفي ٣ مايو كتب \u202aKari\u202c:\u202c'
    "</div>Are you there?</div>"
)
PASSED_ON = (
    '<p>For you.</p><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: '
    "Kari &lt;k@p.example&gt;<br>Date: 3 May<br></div>Our statement</div>"
)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (GMAIL, BOTH), (THUNDERBIRD, BOTH), (APPLE, QUOTE), (OUTLOOK, QUOTE), (OUTLOOK_WEB, BOTH),
        ("<p>We demand bread.</p><p>--&nbsp;<br>Ola<br>+47 123</p>", SIGNED),
        (BELOW, BOTH), (ARABIC, QUOTE),
    ],
)  # fmt: skip
def test_what_is_answered_and_the_signature_are_cut_and_named(page, told):
    own, left_out = replies.own_words(page, "Re: Bread")
    assert "We demand bread." in own and left_out == told
    assert not any(word in own for word in ("Ola", "Kari", "Are you there?", "From:"))


@pytest.mark.parametrize(
    "page",
    [
        "<p>We demand bread.</p>",
        '<p>Hello.</p><p>On 3 May, Kari wrote:</p><blockquote type="cite">No?</blockquote><p>Yes.</p>',
        '<p>Kari wrote on 3 May:</p><blockquote type="cite">No?</blockquote>',
        "<p>They wrote on 3 May:</p><blockquote>No bread.</blockquote>",
        PASSED_ON,
        '<p>For you.</p><blockquote type="cite"><div>Begin forwarded message:</div><div>From: 3</div>Text</blockquote>',
        "<p>a</p><p>--<br>" + "long " * 300 + "</p>",
        '<div class="gmail_signature">Only this.</div>',
        '<p>a</p><div class="gmail_signature">' + "long " * 600 + "</div>",
        "", "<", "\x00",
    ],
)  # fmt: skip
def test_what_is_quoted_in_a_text_or_passed_on_stays_in_it(page):
    assert replies.own_words(page, "Re: Bread") == (page, [])


FIELDS = "<b>Von:</b> Kari<br><b>Gesendet:</b> 3. Mai 2026<br><b>An:</b> Ola<br><b>Betreff:</b> AW: Bread"


@pytest.mark.parametrize(
    "head",
    [
        f"<hr><div>{FIELDS}</div>",
        f'<div name="quote" style="border-left:2px solid"><div>{FIELDS}</div></div>',
        f"<p><font size=2>-----Ursprüngliche Nachricht-----<br>{FIELDS}<br></font></p>",
        f'<hr id="zwchr"><div data-marker="__HEADERS__">{FIELDS.replace("<br>", "</div><div>")}</div>',
    ],
)
def test_a_message_that_nothing_marks_is_known_by_its_fields_with_the_same_subject(head):
    page = f"<p>We demand bread.</p>{head}<p>Are you there?</p>"
    own, left_out = replies.own_words(page, "Re: Bread")
    assert "We demand bread." in own and left_out == QUOTE
    assert not any(word in own for word in ("Kari", "Ola", "Are you there?", "Nachricht"))
    for other in ("Re: Roses", ""):
        assert replies.own_words(page, other) == (page, [])
    assert replies.own_words(f"{head}<p>This is all.</p>", "Re: Bread")[1] == []


def test_what_outlook_heads_stays_where_it_is_no_answer():
    assert replies.own_words(OUTLOOK, "") == (OUTLOOK, [])


@pytest.mark.parametrize(
    "piece",
    [
        '<blockquote type="cite">a</blockquote>',
        "<p>--</p>",
        '<i class="moz-signature">a</i>',
        "<b>1:</b>",
        "<p>From: a</p>",
        "<p>-----</p>",
    ],
)
def test_many_quotes_and_signatures_take_time_that_grows_with_the_length(piece):
    assert not growth.is_steep(
        lambda page: replies.own_words(page, "Re: Bread"), lambda size: "<p>a</p>" + piece * (size // 40), 40_000
    )


def test_a_message_that_is_answered_is_left_out_of_xhtml_too():
    for head in ("<title/>", "<title>a</title><style type='text/css'/>"):
        page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head>{head}</head><body>{GMAIL}</body></html>'
        own, left_out = replies.own_words(page, "Re: Bread")
        assert "We demand bread." in own and "Kari" not in own and left_out == BOTH


@pytest.mark.parametrize("strokes", ["---", "----"])
def test_what_zoho_quotes_is_cut(strokes):
    page = (
        "<div>We demand bread.</div><div class='zmail_extra'><div>---- On Mon, 30 Nov 2026 10:21:33 +0100 "
        f"<b>Kari &lt;k@p.example&gt;</b> wrote {strokes}<br></div><blockquote>Are you there?</blockquote></div>"
    )
    own, told = replies.own_words(page, "Re: Bread")
    assert "We demand bread." in own and "Kari" not in own and "there?" not in own and told == QUOTE


def test_what_em_client_quotes_is_cut():
    page = (
        '<div>We demand bread.</div><div><br></div><div>------ Original Message ------</div><div><div>From "Kari" '
        '&lt;<a href="mailto:k@p.example">k@p.example</a>&gt;</div><div>To "Ola" &lt;o@x.example&gt;</div><div>Date '
        '30/11/2026 10:21:33</div><div>Subject Bread</div></div><blockquote cite="x" type="cite" class="cite2">'
        "<p>Are you there?</p></blockquote>"
    )
    own, told = replies.own_words(page, "Re: Bread")
    assert "We demand bread." in own and "Kari" not in own and "there?" not in own and told == QUOTE
    assert "Original" not in own and replies.own_words(page, "") == (page, [])


def test_what_groupwise_quotes_is_cut():
    page = "<p>We demand bread.</p><br>&gt;&gt;&gt; Kari &lt;k@p.example&gt; 5/3/2026 10:00 AM &gt;&gt;&gt;<br>Are you there?"
    own, told = replies.own_words(page, "Re: Bread")
    assert "We demand bread." in own and "Kari" not in own and "there?" not in own and told == QUOTE
