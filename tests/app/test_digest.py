"""The digest of a workspace: made the same way from the same inbox, private, and of any size."""

import json
import shutil
import stat
from datetime import UTC, datetime

import pypdfium2
import pytest

from pipeline.app import digest
from pipeline.app.digest import Digests
from pipeline.errors import UsageError
from pipeline.inbox import digest as content
from pipeline.inbox import record
from pipeline.inbox.record import InboxItem
from tests.support import readers, tiny_argos
from tests.support.sessions import begun, remarks
from tests.text.test_identification import TEXTS

ENGLISH = (
    "Dockers on strike\n\nThe dockers of three ports have been on strike since Monday, and their union calls for "
    "solidarity.\n"
)
TOPICS = '\n[topics.labour]\ntitle = "کار"\nwords = ["strike*", "كارگر*"]\n'


@pytest.fixture
def received(pipeline, workspace):
    """A workspace with an English, a Persian and an Arabic text in its inbox, and a topic."""
    with (workspace / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(TOPICS)
    for name, text in (("en", ENGLISH), ("fa", TEXTS["fa"]), ("ar", TEXTS["ar"])):
        (workspace / f"{name}.txt").write_text(text, "utf-8")
    pipeline("inbox", "add", workspace / "en.txt", "--partner", "oslo", "--permitted")
    pipeline("inbox", "add", workspace / "fa.txt", workspace / "ar.txt")
    return workspace


def latest(workspace, suffix="html"):
    return max((workspace / "output" / "digest").glob(f"*.{suffix}"), key=lambda path: path.name)


def listed(pipeline, *words):
    done = pipeline("digest", "--json", "--private", *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def install(pipeline, folder):
    """Install a model from English into Persian, which maps letter to letter."""
    table = {letter: tiny_argos.FA[place % 32] for place, letter in enumerate(tiny_argos.LATIN) if letter.isalpha()}
    assert pipeline("models", "install", tiny_argos.package(folder, "en", "fa", table)).returncode == 0


def test_it_has_all_that_came_by_partner_and_topic_and_no_machine_where_there_is_none(pipeline, received):
    assert "oslo" not in pipeline("digest", "--json").stdout, "without --private a pseudonym stands for a partner"
    made = listed(pipeline)
    found = [(text["number"], text["partner"], text["topic"], text["machine"]) for text in made["texts"]]
    assert min(found) == (1, "oslo", "labour", False) and len(found) == 3 and made["left"] == 0
    page = latest(received).read_text("utf-8")
    assert "ترجمه‌نشده · متن اصلی به زبان انگلیسی" in page and "Dockers on strike" in page and "کار\u2069</h3>" in page
    assert "بازنشر مجاز است" in page and "ماشینی · " not in page


def test_a_machines_drafts_are_marked_on_the_page_and_in_the_pdf(pipeline, received, tmp_path):
    install(pipeline, tmp_path)
    (text,) = [text for text in listed(pipeline)["texts"] if text["language"] == "en"]
    assert text["machine"] and text["machine_title"] and text["title"] == "Dockers on strike"
    page = latest(received).read_text("utf-8")
    assert text["machine_title"] in page and "ترجمۀ ماشینیِ بازبینی‌نشده · متن اصلی به زبان انگلیسی" in page
    printed = "".join(readers.poppler(latest(received, "pdf")).split())
    assert "ماشین" in printed and "Dockersonstrike" in printed


def test_it_is_its_owners_alone_and_not_committed(pipeline, received):
    folder = received / "output" / "digest"
    folder.mkdir(mode=0o777, parents=True)
    folder.chmod(0o777)
    pipeline("digest")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "/output/" in (received / ".gitignore").read_text("utf-8")


def test_a_link_out_of_the_workspace_is_not_written_through(pipeline, received, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (received / "output").mkdir(exist_ok=True)
    (received / "output" / "digest").symlink_to(tmp_path / "elsewhere")
    done = pipeline("digest")
    assert done.returncode != 0 and "leads out of the workspace" in done.stderr
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_rehearsal_writes_nothing(pipeline, received):
    before = {path: path.read_bytes() for path in received.rglob("*") if path.is_file()}
    assert "would write output/digest/" in pipeline("digest", "--dry-run").stderr
    after = {path: path.read_bytes() for path in received.rglob("*") if path.is_file()}
    assert {path for path in before.keys() ^ after.keys() if ".pipeline" not in path.parts} == set()


def test_nothing_came_in_is_said(pipeline, workspace):
    done = pipeline("digest")
    assert done.returncode == 0 and "nothing came in" in done.stderr
    assert "چیزی نرسیده است." in latest(workspace).read_text("utf-8") and latest(workspace, "pdf").stat().st_size > 1000
    assert not (workspace / "inbox" / "digests.json").exists()


def test_what_was_dropped_is_not_in_it_and_an_accepted_text_says_where_it_is(pipeline, received):
    pipeline("inbox", "drop", 2)
    pipeline("inbox", "accept", 1, "--id", "dockers")
    made = listed(pipeline)
    assert {text["number"]: text["document"] for text in made["texts"]} == {1: "dockers", 3: ""}


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "1405-09-07x", "۲۰۲۶-۱۱-۲۸x", "2026-11-28T10:00"])
def test_a_day_that_is_none_is_named(day):
    with pytest.raises(UsageError, match=r"is no day; write one like 2026-11-28"):
        digest.day(day)
    assert digest.day("2026-11-28") == "2026-11-28"


def test_a_topic_is_one_of_the_workspace(pipeline, received):
    assert pipeline("inbox", "topic", 3, "--topic", "Labour").returncode == 0
    assert {text["number"]: text["topic"] for text in listed(pipeline)["texts"]}[3] == "labour"
    assert pipeline("inbox", "topic", 3).returncode == 0
    assert {text["number"]: text["topic"] for text in listed(pipeline)["texts"]}[3] == ""
    done = pipeline("inbox", "topic", 3, "--topic", "war")
    assert done.returncode == 2 and "topic 'war' is unknown; known are: labour" in done.stderr


def filled(workspace, count, **stated):
    """Fill an inbox with texts, as if they had come."""
    items = []
    for number in range(1, count + 1):
        (workspace / "inbox" / str(number)).mkdir(parents=True)
        (workspace / "inbox" / str(number) / "a.txt").write_text(f"Text {number}\n\nThe text of it, {number}.\n")
        items.append(InboxItem(number, "a.txt", "", "", f"Text {number}", "en", "2026-11-20", **stated))
    (workspace / "inbox" / "inbox.json").write_bytes(record.written(tuple(items)))


def test_there_is_an_end_to_it_and_what_is_left_is_said(workspace, monkeypatch):
    filled(workspace, 12)
    monkeypatch.setattr(content, "MOST_TEXTS", 10)
    monkeypatch.setattr(content, "MOST_CHARACTERS", 100)
    session, _ = begun(workspace)
    with session.locked():
        made = digest.make(session, Digests(session))
    assert [entry.item.number for entry in made.digest.entries] == list(range(1, 11)) and made.digest.more == 2
    lengths = [sum(len(words.text) for one in entry.paragraphs for words in one) for entry in made.digest.entries]
    assert 0 < sum(lengths) <= 100 and lengths[-1] == 0 and not made.digest.entries[-1].is_whole


def test_a_text_that_is_gone_or_in_no_known_language_leaves_its_title(workspace):
    filled(workspace, 3)
    (workspace / "inbox" / "2" / "a.txt").unlink()
    path = workspace / "inbox" / "inbox.json"
    path.write_text(path.read_text("utf-8").replace('"lang": "en"', '"lang": "zz"', 1), "utf-8")
    session, events = begun(workspace)
    with session.locked():
        made = digest.make(session, Digests(session))
    assert [(entry.title.lang, bool(entry.paragraphs)) for entry in made.digest.entries] == [
        ("zz", True), ("en", False), ("en", True),
    ]  # fmt: skip
    assert any("number 2: " in remark and "its title alone is in the digest" in remark for remark in remarks(events))
    assert pypdfium2.PdfDocument(workspace / "output" / "digest" / "2026-11-28.pdf")


def test_what_no_font_has_is_a_box_in_the_pdf_and_is_named(workspace):
    filled(workspace, 1)
    (workspace / "inbox" / "1" / "a.txt").write_text("Text\n\nThe word for it is 漢字, they say.\n", "utf-8")
    session, events = begun(workspace)
    with session.locked():
        made = digest.make(session, Digests(session))
    assert "漢字" in made.files[0].read_text("utf-8") and "is □, they say" in readers.poppler(made.files[1])
    assert any("no font can show: “字”" in remark for remark in remarks(events))


def test_a_pdf_that_cannot_be_made_keeps_no_page_from_being_made(pipeline, received):
    for name in ("regular.ttf", "bold.ttf"):
        (received / name).write_bytes(b"\x00\x01\x00\x00" + b"x" * 100)
    with (received / "pipeline.toml").open("a") as file:
        file.write('[theme]\nlatin = ["regular.ttf", "bold.ttf"]\n')
    done = pipeline("digest")
    assert done.returncode == 1 and "error: " in done.stderr and "Traceback" not in done.stderr
    assert "Dockers on strike" in latest(received).read_text("utf-8")


def test_what_could_not_be_written_is_in_the_next_digest_too(pipeline, received):
    assert pipeline("digest", "--dry-run").returncode == 0
    for suffix in ("html", "pdf"):
        (received / f"output/digest/{datetime.now(UTC):%Y-%m-%d}.{suffix}/full").mkdir(parents=True)
    done = pipeline("digest")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert not (received / "inbox" / digest.RECORD).exists()


def test_the_same_inbox_gives_the_same_digest_whatever_was_drafted_before(pipeline, received, tmp_path):
    install(pipeline, tmp_path)
    made = []
    for _ in range(2):
        assert pipeline("digest", "--since", "2020-01-01").returncode == 0
        files = [received / "output" / "digest" / f"since-2020-01-01.{kind}" for kind in ("html", "pdf")]
        made.append([path.read_bytes() for path in files])
        shutil.rmtree(received / ".pipeline")
        shutil.rmtree(received / "output")
    assert made[0] == made[1] and not (received / "inbox" / "digests.json").exists()


def test_a_newsletters_footer_goes_to_nobody_with_our_mailbox_or_our_key(pipeline, workspace):
    text = (
        "The dockers of three ports are on strike. Write to press@union.example.\n\n"
        "This message was sent to Sara@mail.example.\n\n"
        "Unsubscribe: https://news.union.example/u/a8f7c3d2e1b4\n\nRead https://union.example/strike/today\n"
    )
    head = "From: press@union.example\nTo: Sara <sara@mail.example>\nSubject: Strike\nDate: Tue, 1 Dec 2026 08:00:00 +0000\n"
    (workspace / "news.eml").write_text(f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}", "utf-8")
    assert pipeline("inbox", "add", workspace / "news.eml").returncode == 0
    assert pipeline("digest", "--full").returncode == 0
    page = latest(workspace).read_text("utf-8")
    assert "sara@mail" not in page.lower()
    assert "a8f7c3d2e1b4" not in page
    assert "news.union.example/…" in page
    assert "press@union.example" in page
    assert "union.example/strike/today" in page


HEAD = "From: Kari <kari@work.example>\nDate: Tue, 1 Dec 2026 08:00:00 +0000\nMIME-Version: 1.0\n"
INNER = "From: News <news@union.example>\nTo: Kari <list@work.example>\nSubject: Strike\n\n"


@pytest.mark.parametrize(
    ("head", "footer"),
    [
        ("To: a@x.example\nSubject: Fwd: Strike\n\n", "Sent to kari@work.example."),
        (f"To: a@x.example\nSubject: See\nContent-Type: message/rfc822\n\n{INNER}", "Sent to list@work.example."),
        ("To: undisclosed:;\nReceived: by mx for <list@work.example>; today\nSubject: Strike\n\n", "Sent to list@work.example."),
        ("To: list+news@work.example\nSubject: Strike\n\n", "Sent to list@work.example."),
        ("To: list@work.example\nSubject: Strike\n\n", "Leave: news-leave-list=work.example@x.example"),
        ("To: list@work.example\nSubject: Strike\n\n", "Go to https://x.example/options/list--at--work.example"),
        ("To: list@work.example\nSubject: Sent to list@work.example\n\n", "Bread."),
    ],
)  # fmt: skip
def test_no_digest_tells_to_whom_a_newsletter_came_however_it_came_here(pipeline, workspace, head, footer):
    (workspace / "news.eml").write_text(f"{HEAD}{head}The dockers of three ports are on strike.\n\n{footer}\n", "utf-8")
    assert pipeline("inbox", "add", workspace / "news.eml").returncode == 0
    assert pipeline("digest", "--full").returncode == 0
    page = latest(workspace).read_text("utf-8")
    assert "dockers" in page
    assert "work.example" not in page


def test_nor_what_is_attached_to_it(pipeline, workspace):
    body = (
        "To: list@work.example\nSubject: Strike\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee.\n--b\n"
        "Content-Type: text/html; name=a.html\nContent-Disposition: attachment; filename=a.html\n\n"
        "<p>The dockers of three ports are on strike.</p><p>Sent to list@work.example.</p>\n--b--\n"
    )
    (workspace / "news.eml").write_text(f"{HEAD}{body}", "utf-8")
    assert pipeline("inbox", "add", workspace / "news.eml").returncode == 0
    assert pipeline("digest", "--full").returncode == 0
    page = latest(workspace).read_text("utf-8")
    assert "dockers" in page
    assert "work.example" not in page


PASSED_ON = (
    "---------- Forwarded message ---------\nFrom: {}\nDate: Mon, 30 Nov 2026 at 10:11\nSubject: {}\nTo: {}\n\n\n"
)


@pytest.mark.parametrize(
    ("subject", "heads", "page"),
    [
        ("Fwd: Fwd: Strike", [("Per <per@work.example>", "Fwd: Strike", "kari@office.example"), ("News <news@union.example>", "Strike", "list@elsewhere.example")], False),
        ("News from the docks", [("News <news@union.example>", "Strike", "Per <per@work.example>")], False),
        ("News from the docks", [("News <news@union.example>", "Strike", "Per <per@work.example>")], True),
    ],
)  # fmt: skip
def test_nor_to_whom_it_came_before_it_was_passed_on(pipeline, workspace, subject, heads, page):
    text = "".join(PASSED_ON.format(*head) for head in heads)
    text += "The dockers of three ports are on strike. Write to news@union.example.\n\nSent to per@work.example.\n"
    if page:
        text = "".join(f"<div>{line.replace('<', '&lt;')}<br></div>" for line in text.splitlines())
    kind = f"Content-Type: text/{'html' if page else 'plain'}; charset=utf-8\n\n"
    (workspace / "news.eml").write_text(f"{HEAD}To: a@x.example\nSubject: {subject}\n{kind}{text}", "utf-8")
    assert pipeline("inbox", "add", workspace / "news.eml").returncode == 0
    assert pipeline("digest", "--full").returncode == 0
    page = latest(workspace).read_text("utf-8").replace("\u200c", "")
    assert "dockers" in page and "news@union.example" in page
    assert "work.example" not in page
