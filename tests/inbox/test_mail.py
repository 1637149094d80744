"""An e-mail is its text and the documents attached, however odd; what is left out is named."""

import resource
import time
from email.message import EmailMessage, Message

import pytest

from pipeline.document import formats
from pipeline.document.corrections import Corrections
from pipeline.errors import InboxError
from pipeline.inbox import forwards, mail, replies
from pipeline.languages import SHIPPED
from tests.support import growth


def read(content):
    return mail.read(content, lambda name: formats.suffix(name) in formats.suffixes())


def message(text="Our statement.\n", **fields):
    made = EmailMessage()
    for name, value in {"Subject": "Statement", "From": "Kari <kari@partner.example>"}.items():
        made[name] = value
    made["Date"] = "Sat, 28 Nov 2026 09:00:00 +0100"
    made.set_content(text, **fields)
    return made


def test_its_text_with_title_day_and_sender():
    (one,) = read(message().as_bytes()).documents
    assert (one.file, one.content, one.title) == ("Statement.txt", b"Our statement.\n", "Statement")
    assert (one.date, one.address) == ("2026-11-28", "kari@partner.example")


@pytest.mark.parametrize("subject", ["Re: AW: Statement", "Fwd: Statement", "RE:Statement", "پاسخ: Statement"])
def test_what_programs_put_before_a_subject_is_no_title(subject):
    made = message()
    del made["Subject"]
    made["Subject"] = subject
    assert read(made.as_bytes()).documents[0].title == "Statement"


def test_documents_attached_come_too_and_the_rest_is_named():
    made = message()
    made.add_attachment("بیانیه".encode(), maintype="text", subtype="plain", filename="bayanie.txt")
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="../../flyer.pdf")
    letter = read(made.as_bytes())
    assert [(one.file, one.content) for one in letter.documents[1:]] == [("bayanie.txt", "بیانیه".encode())]
    assert letter.left_out == ["flyer.pdf: not in a format that is read"]


def test_a_page_is_taken_where_the_plain_text_is_a_stub():
    made = message("See the page.\n")
    made.add_alternative("<h1>Statement</h1><p>" + "We demand bread. " * 20 + "</p>", subtype="html")
    (one,) = read(made.as_bytes()).documents
    assert one.file == "Statement.html" and b"We demand bread." in one.content


@pytest.mark.parametrize("as_alternative", [True, False])
@pytest.mark.parametrize(
    ("text", "page", "is_said"),
    [
        ("Dear friends, here is our statement.", "<p>We demand bread, peace and freedom today.</p>", True),
        ("We demand bread and freedom for all who work. ", "<p>We demand bread and freedom for all who work.</p><p>They must leave prison today!</p>", True),
        ("Caf\u00e9 and bread: https://a.example/x", "<p><b>Caf&eacute;</b> and <a href=x>bread</a></p><style>p{colour:none;margin:none}</style>", False),
        (" ".join(f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(40)), "<p>" + "We demand bread. " * 60, True),
    ],
)  # fmt: skip
def test_of_a_text_and_a_page_that_say_different_things_the_one_left_out_is_told(text, page, is_said, as_alternative):
    made = message(text)
    if as_alternative:
        made.add_alternative(page, subtype="html")
    else:
        made.make_mixed()
        part = EmailMessage()
        part.set_content(page, subtype="html")
        made.attach(part)
    letter = read(made.as_bytes())
    assert len(letter.documents) == 1
    assert any("something else" in one for one in letter.left_out) is is_said


def test_nothing_is_told_of_a_text_that_only_says_to_look_at_the_page():
    made = message("Your program shows no pages; look at this letter in your browser.")
    made.add_alternative("<p>" + "We demand bread. " * 20, subtype="html")
    assert read(made.as_bytes()).left_out == []


def test_a_text_below_a_page_and_what_is_attached_to_it_is_told():
    made = alternatives(LONG)
    made.get_payload()[0].set_content("See the page.")
    made.make_mixed()
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="flyer.pdf")
    made.attach(message("P.S. Sara was arrested, and the meeting is cancelled."))
    letter = read(made.as_bytes())
    assert letter.documents[0].file == "Statement.html" and any("something else" in one for one in letter.left_out)


def test_a_sentence_that_the_page_alone_has_is_told_however_long_the_rest():
    made = message(LONG)
    made.add_alternative(
        f"<p>{LONG}</p><p>Sara was arrested yesterday; she must be freed immediately.</p>", subtype="html"
    )
    assert any("something else" in one for one in read(made.as_bytes()).left_out)


def test_pages_above_and_below_what_is_attached_are_read_whole():
    made = EmailMessage()
    made["Subject"] = "Statement"
    made.set_content("<html><body><p>We demand bread for all.</p></body></html>", subtype="html")
    made.make_mixed()
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="flyer.pdf")
    made.attach(as_page("Sara was arrested.</p></body></html>"))
    (one,) = read(made.as_bytes()).documents
    document = formats.read(one.content, one.file, SHIPPED["en"], Corrections())
    assert [block.text for block in document.blocks] == ["We demand bread for all.", "Sara was arrested."]


def test_the_plain_text_is_taken_where_it_says_the_same():
    made = message("We demand bread. " * 20)
    made.add_alternative("<style>p{color:red}</style><p>" + "We demand bread. " * 20 + "</p>", subtype="html")
    assert read(made.as_bytes()).documents[0].file == "Statement.txt"


@pytest.mark.parametrize(
    ("stated", "content"),
    [("us-ascii", "آزادی".encode()), ("utf-8", "آزادي".encode("windows-1256")), ("x-nonsense", "آزادی".encode())],
)
def test_a_charset_that_lies_does_no_harm(stated, content):
    head = f'Subject: x\nContent-Type: text/plain; charset="{stated}"\nContent-Transfer-Encoding: 8bit\n\n'.encode()
    assert read(head + content).documents[0].content.decode() in ("آزادی", "آزادي")


@pytest.mark.parametrize(
    ("stated", "content", "text"),
    [
        ("iso-8859-1", "«L’usine – 5 €»".encode("cp1252", "replace"), "«L’usine – 5 €»"),
        ("iso-8859-1", "Déclaration de l’usine".encode(), "Déclaration de l’usine"),
        ("iso-8859-9", "“İşçiler”".encode("cp1254"), "“İşçiler”"),
        ("gb2312", "朱镕基说".encode("gbk"), "朱镕基说"),
        ("iso-8859-8-i", "שלום לכולם".encode("iso-8859-8"), "שלום לכולם"),
        ("x-mac-cyrillic", "Заявление".encode("mac-cyrillic"), "Заявление"),
        ("utf-7", b"Gr+APwA3w-e", "Grüße"),
        ("iso-2022-jp", "声明".encode("iso-2022-jp"), "声明"),
    ],
)
def test_an_encoding_is_what_programs_mean_by_its_name(stated, content, text):
    head = f'Subject: x\nContent-Type: text/plain; charset="{stated}"\nContent-Transfer-Encoding: 8bit\n\n'.encode()
    found = read(head + content)
    assert found.documents[0].content.decode() == text and found.guessed == []


def test_an_encoding_that_had_to_be_guessed_is_told():
    head = b"Subject: x\nContent-Transfer-Encoding: 8bit\n\n"
    found = read(head + "Größe für alle Völker".encode("cp1252"))
    assert found.documents[0].content.decode() == "Größe für alle Völker"
    assert found.guessed == ["its text is read as windows-1252, which it does not say; compare its letters"]
    assert read(b"Subject: x\nContent-Type: text/plain; charset=x-none\n\nText\n").guessed == []


@pytest.mark.parametrize(
    ("more", "lines", "text"),
    [
        ("; delsp=yes", "on strike as of  \nMonday: https://a.example/ \nb", "on strike as of Monday: https://a.example/b"),
        ("", "One paragraph ends. \n\nAnother \nbegins.", "One paragraph ends. \n\nAnother begins."),
        ("", "It began, and \n From Monday on \nnobody works.\n > 5 of us.", "It began, and From Monday on nobody works.\n> 5 of us."),
    ],
)  # fmt: skip
def test_lines_are_joined_as_they_were_broken(more, lines, text):
    head = f"Subject: x\nContent-Type: text/plain; charset=utf-8; format=flowed{more}\n\n"
    assert read((head + lines).encode()).documents[0].content.decode() == text


def test_lines_broken_on_the_way_are_joined():
    head = b"Subject: x\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    assert read(head + b"We demand \nbread.\n> quoted \n-- \nKari\n").documents[0].content == (
        b"We demand bread.\n> quoted\n"
    )


def test_a_message_within_a_message_is_read():
    outer = EmailMessage()
    outer["Subject"] = "Fwd: Statement"
    outer.set_content("For you.\n")
    outer.add_attachment(message("The inner text.\n"))
    assert b"The inner text." in read(outer.as_bytes()).documents[0].content


def alternatives(text):
    made = message(text)
    made.add_alternative(f"<p>{text}</p>", subtype="html")
    return made


def as_page(text):
    made = message()
    made.set_content(f"<p>{text}</p>", subtype="html")
    return made


LONG = " ".join(f"Word{chr(97 + n // 26)}{chr(97 + n % 26)} stands here." for n in range(300))


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        (alternatives(LONG), as_page("The demonstration begins at five.")),
        (as_page(LONG), message("The demonstration begins at five.")),
        (alternatives(LONG), alternatives("The demonstration begins at five.")),
    ],
)
def test_no_message_that_is_passed_on_is_lost_beside_a_longer_one(outer, inner):
    outer.make_mixed()
    outer.attach(EmailMessage())
    outer.get_payload()[-1].set_content(inner)
    found = read(outer.as_bytes())
    texts = b"".join(one.content for one in found.documents)
    assert texts.count(b"The demonstration begins at five.") == 1 and texts.count(b"Wordaa") == 1
    assert found.left_out == []


def test_a_second_text_that_a_page_does_not_say_is_told_though_the_first_says_the_same():
    made = alternatives(LONG)
    made.make_mixed()
    made.attach(as_page("The demonstration begins at five on the square; bring your banners and drums."))
    assert any("something else" in one for one in read(made.as_bytes()).left_out)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n", b"Subject: =?utf-8?b?///?=\n\nText", b"Date: 99 Foo 0000 99:99\nFrom: <<>>\n\nText",
        b"Content-Type: multipart/mixed; boundary=\n\n--\n", b"Content-Type: multipart/mixed\n\nText",
        b"Content-Transfer-Encoding: base64\n\n!!!", b"Content-Type: ;;;\n\nText", b"Subject: \xff\xfe\n\n\xff",
        b"Content-Type: message/rfc822\n\n",
    ],
)  # fmt: skip
def test_whatever_comes_is_read_or_is_nothing(content):
    for one in read(content).documents:
        assert one.title.isprintable() and one.address.isprintable() and len(one.date) in (0, 10)


@pytest.mark.parametrize("levels", [15, 3000])
def test_parts_in_parts_without_end_are_refused(levels):
    lines = [f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(levels)]
    with pytest.raises(InboxError, match="parts"):
        read("".join(lines).encode() + b"Content-Type: text/plain\n\nText\n")


@pytest.mark.parametrize(
    "field",
    [
        "Date: Mon, 20 Nov 1995 19:12:08 +" + "9" * 30, "Date: Mon, 20 Nov " + "9" * 30 + " 19:12:08 +0000",
        "Content-Disposition: attachment; filename*=punycode''a-b",
    ],
)  # fmt: skip
def test_fields_that_are_none_do_not_cost_the_text(field):
    found = read(f"X-A: b\n{field}\n\nWe demand bread.\n".encode())
    assert [one.content for one in found.documents] == [b"We demand bread.\n"] or "filename" in field


@pytest.mark.parametrize(
    ("field", "piece"),
    [
        ("From: ", "("), ("Subject: ", "=?x?q?a?= "), ("From: ", "=?utf-8?q?a?= "), ("Content-Type: text/plain", ";"),
        ("Content-Type: text/plain; name=", '"'), ("Content-Transfer-Encoding: ", "(a "),
    ],
)  # fmt: skip
def test_a_long_field_costs_neither_the_text_nor_more_time_than_it_is_long(field, piece):
    def content(size):
        return f"X-A: b\n{field}{piece * (size // len(piece))}\n\nWe demand bread.\n".encode()

    assert [one.content for one in read(content(100_000)).documents] == [b"We demand bread.\n"]
    assert not growth.is_steep(read, content, 8000)


def test_a_subject_that_ends_in_a_slash_names_a_text():
    assert read(b"Subject: Statement 1/11/\n\nText\n").documents[0].file == "Statement 1 11.txt"


@pytest.mark.parametrize("encoding", ["punycode", "PunyCode", "idna", "unicode-escape", "raw_unicode_escape"])
def test_what_no_text_is_encoded_in_is_no_encoding(encoding):
    text = "xn--a-" + "b" * 500_000 + r"\u0641"
    made = f"Subject: x\nContent-Type: text/plain; charset={encoding}\n\n{text}"
    assert read(made.encode()).documents[0].content == text.encode()


def test_a_text_of_joined_lines_takes_time_that_grows_with_its_length():
    def content(size):
        return b"Subject: x\nContent-Type: text/plain; format=flowed\n\n" + b"a \n" * (size // 3)

    assert read(content(30_000)).documents[0].content == b"a " * 10_000
    assert not growth.is_steep(read, content, 800_000)


def test_many_lines_in_many_parts_within_each_other_are_refused_before_they_are_compared():
    heads = (f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n" for number in range(190))
    content = "".join(heads).encode() + b"\n" + b"-\n" * 900_000
    start = time.process_time()
    with pytest.raises(InboxError, match="too many lines"):
        read(content)
    assert time.process_time() - start < 2


def test_too_many_parts_are_refused():
    part = b"--b\nContent-Type: text/plain\n\nText\n"
    with pytest.raises(InboxError, match="more than 200 parts"):
        read(b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 300 + b"--b--\n")


def test_a_subject_cannot_break_a_line_or_a_terminal():
    made = b"Subject: =?utf-8?q?One=0ATwo=1B[31m=E2=80=AEx?=\n\nText\n"
    assert read(made).documents[0].title == "One Two [31m x"


def test_parts_are_counted_before_they_are_all_read(monkeypatch):
    made = []
    begin = Message.__init__
    monkeypatch.setattr(Message, "__init__", lambda self, *given: (made.append(self), begin(self, *given))[1])
    part = b"--b\nContent-Type: multipart/mixed; boundary=c\n\n--c--\n"
    with pytest.raises(InboxError, match="more than 200 parts"):
        read(b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 3000)
    assert 200 <= len(made) < 210


@pytest.mark.parametrize(
    "told", ["On 3 May 2026, Kari <kari@partner.example> wrote:", "On 3 May 2026 at 10:00,\nKari wrote:"]
)
def test_the_message_that_it_answers_and_the_signature_are_left_out_and_named(told):
    text = f"We demand bread.\n\n{told}\n> Are you there?\n>\n> Kari\n\n-- \nOla\n+47 123\n"
    letter = read(message(text).as_bytes())
    assert letter.documents[0].content == b"We demand bread.\n"
    assert letter.left_out == [
        "the signature below its text, which is in the message that is kept",
        "the message that it answers, below its text",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "> They said no.\nWe say yes.\n",
        "They said:\n> no\n",
        "On 3 May 2026 they wrote:\n> no\n",
        "a\n-- \n" + "b\n" * 20,
    ],
)
def test_what_is_quoted_in_a_text_stays_in_it(text):
    letter = read(message(text).as_bytes())
    assert letter.documents[0].content.decode() == text and not letter.left_out


HEADS = [
    "-----Original Message-----\nFrom: Kari\nSent: 3 May 2026\nTo: Ola\nSubject: Bread and roses",
    "________________________________\nVon: Kari <kari@x.example>\nGesendet: 3. Mai\nAn: Ola\nBetreff: AW: Bread and roses",
    "De : Kari\nEnvoyé : 3 mai 2026 10:00\nÀ : Ola; Per;\n  Anna; Nils\nObjet : Re: Bread and roses",
    "*From:* Kari\n*Sent:* 3 May 2026\n*To:* Ola\n*Subject:* Bread and roses",
    "از: کاری\nتاریخ: ۳ مه ۲۰۲۶\nبه: اولا\nموضوع: Bread and roses",
]


@pytest.mark.parametrize("head", HEADS)
def test_a_message_that_is_answered_unquoted_is_left_out_of_an_answer_alone(head):
    """Outlook quotes nothing: the names of those who wrote before would be in the text."""
    text = f"We demand bread.\n\n{head}\n\nAsk Nils.\nKari\n"
    for subject, kept in (("SV: Bread and roses", False), ("Fwd: Bread and roses", True), ("Re: Tea", True)):
        made = message(text)
        made.replace_header("Subject", subject)
        letter = read(made.as_bytes())
        content = letter.documents[0].content.decode()
        assert content.startswith("We demand bread.\n") and ("Ask Nils.\nKari\n" in content) is kept
        assert bool(letter.left_out) is not kept or letter.left_out == [forwards.HEAD]


@pytest.mark.parametrize(
    "quoted",
    ["On 3 May 2026, Kari wrote:\n" + "> no\n" * 40, HEADS[0] + "\n\n" + "no\n" * 40],
    ids=["quoted", "unquoted"],
)
def test_a_signature_above_what_is_answered_and_that_of_a_list_below_are_left_out(quoted):
    made = message(
        f"We demand bread.\n\n-- \nOla\n+47 123\n\n{quoted}\n{'_' * 47}\nlist@x.example\nhttps://x.example\n"
    )
    made.replace_header("Subject", "Re: Bread and roses")
    letter = read(made.as_bytes())
    assert letter.documents[0].content == b"We demand bread.\n" and len(letter.left_out) == 2


def test_what_looks_like_fields_stays_in_an_answer():
    text = "We meet.\n\nTime: 3 May\nPlace: the square\nSubject: bread\n\nCome all.\n"
    made = message(text)
    made.replace_header("Subject", "Re: Bread and roses")
    assert read(made.as_bytes()).documents[0].content.decode() == text


ANSWER = (
    "<p>We demand bread.</p><div class='gmail_quote'><div class='gmail_attr'>On 3 May 2026, Kari wrote:</div>"
    "<blockquote class='gmail_quote'>Are you there?</blockquote></div>"
)


@pytest.mark.parametrize(
    ("subject", "left_out"), [("Re: Bread", ["the message that it answers, below its text"]), ("FW: Bread", [])]
)
def test_of_a_page_the_message_that_it_answers_is_left_out_and_what_it_passes_on_is_kept(subject, left_out):
    made = message(ANSWER, subtype="html")
    made.replace_header("Subject", subject)
    letter = read(made.as_bytes())
    (one,) = letter.documents
    assert letter.left_out == left_out and one.file == "Bread.html"
    assert b"We demand bread." in one.content and (b"Are you there?" in one.content) is (not left_out)


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_too_many_lines_are_refused(end):
    with pytest.raises(InboxError, match="more than 1,000,000 lines"):
        read(b"Subject: x\n\n" + end * 1_000_001)


def test_a_page_made_to_take_all_memory_takes_none_from_this_program():
    """What is bold in a hundred ways begins anew in each paragraph: half a million elements of twenty kilobytes."""
    page = "<p>" + "".join(f"<b a{n}>" for n in range(95)) + "<p>x" * 4_800
    message = EmailMessage()
    message["Subject"], message["From"] = "Re: Statement", "kari@partner.example"
    message.set_content(page, subtype="html")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert mail.read(message.as_bytes(), lambda name: False).documents
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_a_signature_that_is_too_long_for_one_is_told_of():
    told = read(message("We demand bread.\n\n-- \nOla\n" + "Confidential.\n" * 15).as_bytes()).guessed
    assert told == ["what stands below «-- » stays in its text, as no signature is so long; it may name who wrote it"]
    assert not read(message("We demand bread.\n\n-- \nOla\n").as_bytes()).guessed


@pytest.mark.parametrize(
    "footer", ["-- \nYou get this as you are in a group.", "_" * 47 + "\nlist@x.example\nhttps://x.example"]
)
def test_a_signature_above_the_footer_of_a_list_is_left_out_too(footer):
    letter = read(message(f"We demand bread.\n\n-- \nOla, +47 123\n\n{footer}\n").as_bytes())
    assert letter.documents[0].content == b"We demand bread.\n" and not letter.guessed


HEAD = "From: Ola <ola@x.example>\nTo: a@x.example\nMIME-Version: 1.0\nSubject: "
WHOSE = "On 2 May 2026, at 10:00, Kari <kari@x.example> wrote:"


def read_text(content):
    return mail.read(content.encode(), lambda name: name.endswith((".txt", ".htm")))


def said(letter):
    return "\n".join(one.content.decode() for one in letter.documents)


@pytest.mark.parametrize("name", ["ATT00001.txt", "note.txt"])
def test_what_has_the_name_of_a_file_keeps_neither_signature_nor_the_message_that_it_answers(name):
    """Exchange makes files of what Apple's programs write below what is attached."""
    below = f"With love\n\n-- \nOla, +47 123\n\n{WHOSE}\n> Nobody knows where I am.\n"
    letter = read_text(
        f"{HEAD}Re: Bread\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nWe demand bread.\n--b\n"
        f"Content-Type: text/plain; name={name}\nContent-Disposition: attachment; filename={name}\n\n{below}--b--\n"
    )
    assert "We demand bread." in said(letter) and "With love" in said(letter)
    assert not any(word in said(letter) for word in ("123", "Kari", "Nobody"))
    assert f"{name}: {replies.SIGNATURE}" in letter.left_out


def test_nor_does_a_page_that_has_one():
    below = (
        f"<p>With love</p><blockquote type='cite'><p>{WHOSE.replace('<', '&lt;')}</p><p>Nobody knows.</p></blockquote>"
    )
    letter = read_text(
        f"{HEAD}Re: Bread\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nWe demand bread.\n--b\n"
        f"Content-Type: text/html; name=ATT00001.htm\nContent-Disposition: attachment\n\n<html>{below}</html>\n--b--\n"
    )
    assert (
        "With love" in said(letter)
        and "Nobody" not in said(letter)
        and f"ATT00001.htm: {replies.ANSWERED}" in letter.left_out
    )


def test_of_an_e_mail_that_was_saved_as_text_and_attached_the_head_goes():
    saved = "From: Kari <kari@x.example>\nTo: Per\nSubject: Bread\nDate: Mon, 2 Nov 2026 09:12:00 +0100\n\nWe demand bread.\n"
    letter = read_text(
        f"{HEAD}Fwd: Bread\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee.\n--b\n"
        f"Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\n{saved}--b--\n"
    )
    assert letter.documents[1].content == b"We demand bread.\n" and f"a.txt: {forwards.HEAD}" in letter.left_out


QUOTED = "> From: Kari <kari@x.example>\n> Date: 2 May 2026 at 10:00\n> To: Per\n> Subject: Re: Bread\n> \n"


def test_of_an_answer_that_a_telephone_passes_on_quoted_its_own_words_alone_are_left():
    text = f"See.\n\nBegin forwarded message:\n\n{QUOTED}> We demand bread.\n> \n>> {WHOSE}\n>> \n>> Nobody knows where I am.\n"
    letter = read_text(f"{HEAD}Fwd: Bread\n\n{text}")
    assert "See." in said(letter) and "\nWe demand bread.\n" in said(letter)
    assert not any(word in said(letter) for word in ("Kari", "Per", "Nobody"))
    assert replies.ANSWERED in letter.left_out
