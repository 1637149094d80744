"""What partners send waits in the inbox until an editor decides; what may not be published again is never released."""

import base64
import io
import itertools
import json
import stat
import tomllib
from email.message import EmailMessage

import pytest
from PIL import Image

from pipeline.app import inbox, sketches
from pipeline.errors import UsageError
from tests.promises.test_directions import ENGLISH, INTO_PERSIAN
from tests.support import growth
from tests.support.sessions import begun, remarks
from tests.support.statement import edit
from tests.text.test_identification import TEXTS


@pytest.fixture
def mail(tmp_path):
    made = EmailMessage()
    made["Subject"], made["From"] = "Fwd: Statement on the prisoners", "Kari Nordmann <kari@partner.example>"
    made["Date"] = "Sat, 28 Nov 2026 09:00:00 +0100"
    made.set_content(ENGLISH)
    path = tmp_path / "mail.eml"
    path.write_bytes(made.as_bytes())
    return path


def test_a_mailbox_of_thousands_with_one_footer_takes_time_in_proportion():
    def texts(size):
        known = inbox._KnownTexts({})
        for number in range(size // 10):
            sketch = sketches.sketch(["our footer", *(f"{number}: {line}" for line in range(3))])
            assert not known.like(sketch)
            known.put(str(number), sketch)

    assert not growth.is_steep(lambda text: texts(len(text)), lambda size: "x" * size, 8_000)


def test_a_text_is_known_by_most_of_its_sentences_though_all_share_a_footer():
    texts = {str(n): sketches.sketch(["our footer", *(f"{n}: {line}" for line in range(4))]) for n in range(500)}
    known = inbox._KnownTexts(texts)
    assert known.like(sketches.sketch(["our footer", *(f"321: {line}" for line in range(1, 4)), "new"])) == "321"
    assert not known.like(sketches.sketch(["our footer", "321: 0", "new", "newer"]))


def listed(pipeline, *words):
    return json.loads(pipeline("inbox", "list", "--json", *words).stdout)["items"]


def test_an_e_mail_waits_with_its_language_title_and_date(pipeline, mail):
    assert "1: Statement on the prisoners [en]: kept" in pipeline("inbox", "add", mail, "--partner", "oslo").stderr
    (row,) = listed(pipeline)
    assert (row["number"], row["language"], row["date"], row["partner"]) == (1, "en", "2026-11-28", row["partner"])
    assert (row["title"], row["permission"], row["like"]) == ("Statement on the prisoners", "unknown", "")


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_who_may_still_be_named_in_a_text_is_told_and_in_what_is_attached(pipeline, tmp_path, subtype):
    made = EmailMessage()
    made["Subject"], made["From"] = "Statement", "Kari Nordmann <kari@partner.example>"
    text = f"{ENGLISH}\n\nGreetings,\n\nKari\n"
    made.set_content(text if subtype == "plain" else text.replace("\n\n", "<p>"), subtype=subtype)
    made.add_attachment(
        f"From: Ola <ola@partner.example>\nSent: Monday 10:21\nTo: Eva\n\n{INTO_PERSIAN}".encode(),
        maintype="text", subtype="plain", filename="saved.md",
    )  # fmt: skip
    path = tmp_path / "mail.eml"
    path.write_bytes(made.as_bytes())
    said = pipeline("inbox", "add", path).stderr
    own, attached = (line for line in said.splitlines() if "its text may say who wrote it" in line)
    assert "(«Kari»)" in own and "saved.md" in attached and "«From: Ola" in attached


def test_a_name_in_a_link_or_in_that_of_a_file_is_told(pipeline, tmp_path):
    made = EmailMessage()
    made["Subject"], made["From"] = "Statement", "Kari Nordmann <kari@partner.example>"
    made.set_content(f'<p>{ENGLISH}<p>Write to <a href="mailto:kari@partner.example">us</a>.', subtype="html")
    made.add_attachment(
        f"{INTO_PERSIAN}".encode(), maintype="text", subtype="plain", filename="Kari Nordmann on Monday.md"
    )  # fmt: skip
    path = tmp_path / "mail.eml"
    path.write_bytes(made.as_bytes())
    own, attached = (line for line in pipeline("inbox", "add", path).stderr.splitlines() if "may say who wrote" in line)
    assert "(«mailto:kari@partner.example»)" in own and "(«Kari Nordmann on Monday»)" in attached


def test_the_message_is_kept_as_it_came_and_is_no_document(pipeline, workspace, mail):
    pipeline("inbox", "add", mail)
    assert (workspace / "inbox" / "1" / "original.eml").read_bytes() == mail.read_bytes()
    assert pipeline("inbox", "accept", "1").returncode == 0
    assert not list((workspace / "seeds").rglob("*.eml"))


def test_the_same_text_does_not_come_twice_and_one_like_it_is_said_to_be(pipeline, workspace, mail):
    long = ENGLISH + " ".join(f"We demand point {number} of our list." for number in range(20))
    (workspace / "a.txt").write_text(long, "utf-8")
    (workspace / "b.txt").write_text(long.replace("point 3 of", "point three of"), "utf-8")
    pipeline("inbox", "add", mail, mail)
    assert "here already" in pipeline("inbox", "add", mail).stderr
    assert "2: Statement on the prisoners [en]: kept" in pipeline("inbox", "add", workspace / "a.txt").stderr
    assert "kept, and like something that is here (number 2)" in pipeline("inbox", "add", workspace / "b.txt").stderr
    assert [row["like"] for row in listed(pipeline)] == ["", "", "number 2"]


def test_a_text_that_begins_like_an_e_mail_is_read_as_one_and_that_is_said(pipeline, workspace):
    (workspace / "letter.txt").write_text(
        "To: the minister\nFrom: council@example.org\nRef: 12\n\nWe ask you to pay.\n"
    )
    (workspace / "talk.txt").write_text("Anna: We stay.\nReza: We do.\n\nKari: So it is.\nDate: Monday, 10:30\n")
    said = pipeline("inbox", "add", workspace / "letter.txt", workspace / "talk.txt").stderr
    assert "letter.txt: read as an e-mail" in said and "talk.txt: read" not in said
    assert "Anna: We stay." in (workspace / "inbox" / "2" / "talk.txt").read_text()


def test_a_message_in_which_there_is_nothing_is_named(pipeline, workspace, mail):
    """As what stands behind a line that looks like the beginning of another message, in a mailbox that marks none."""
    mailbox = workspace / "box.mbox"
    begins = b"From kari@partner.example Sat Nov 28 09:00:00 2026\n"
    mailbox.write_bytes(begins + mail.read_bytes() + b"\n\nFrom May 2024\nDate: 3 May, 10:00\nDemand: bread\n")
    said = pipeline("inbox", "add", mailbox).stderr
    assert "box.mbox, message 2: there is no text in it, and nothing attached" in said and "1: Statement" in said


def test_texts_that_show_other_pictures_are_others(pipeline, workspace):
    """A poster has its words in its picture."""
    kinds = itertools.product(("", "<p>Come all, on the first of May!</p>"), ("red", "blue"))
    for number, (words, colour) in enumerate(kinds, 1):
        Image.new("RGB", (40, 40), colour).save(picture := io.BytesIO(), "png")
        image = base64.b64encode(picture.getvalue()).decode()
        page = workspace / f"{number}.html"
        page.write_text(f'{words}<p><img alt="Poster" src="data:image/png;base64,{image}"></p>', "utf-8")
        assert f"{number}: " in (said := pipeline("inbox", "add", page).stderr) and "kept" in said
        assert f"{number}: " in (said := pipeline("inbox", "add", page).stderr) and "here already" in said


def test_what_is_accepted_is_a_document_with_what_is_known_of_it(pipeline, workspace, mail):
    pipeline("inbox", "add", mail)
    assert pipeline("inbox", "accept", 1, "--issuer", "The Union").returncode == 0
    assert (workspace / "seeds" / "en" / "statement-on-the-prisoners.txt").read_text("utf-8") == ENGLISH
    stated = (workspace / "seeds" / "en" / "statement-on-the-prisoners.toml").read_text("utf-8")
    assert stated == (
        'issuer = "The Union"\ndate = "2026-11-28"\nlanguage = "en"\n\n[provenance]\npermission = "unknown"\n'
    )
    assert "kari" not in stated and listed(pipeline) == []
    assert [(row["fate"], row["document"]) for row in listed(pipeline, "--all")] == [
        ("accepted", "statement-on-the-prisoners")
    ]
    assert pipeline("run").returncode == 0
    assert (workspace / "translations" / "fa" / "statement-on-the-prisoners.po").is_file()
    again = pipeline("inbox", "accept", 1)
    assert again.returncode == 2 and "was accepted already" in again.stderr


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Oslo, 12 November 2016", "2016-11-12"),
        ("بيروت، 12 تشرين الثاني 2016", "2016-11-12"),
        ("تهران، ۹ آبان ۱۳۹۵", "2016-10-30"),
    ],
)
def test_a_text_is_of_the_day_that_it_says_itself_and_not_of_the_mail(pipeline, workspace, tmp_path, line, day):
    lang = {"O": "en", "ب": "ar", "ت": "fa"}[line[0]]
    made = EmailMessage()
    made["Subject"], made["Date"] = "x", "Sat, 28 Nov 2026 09:00:00 +0100"
    made.set_content(f"{TEXTS[lang][:40]}\n\n{TEXTS[lang]}\n\n{line}\n")
    (tmp_path / "dated.eml").write_bytes(made.as_bytes())
    assert pipeline("inbox", "add", tmp_path / "dated.eml").returncode == 0
    assert [(row["language"], row["date"]) for row in listed(pipeline)] == [(lang, day)]


def test_without_permission_nothing_is_released_nor_sent(pipeline, workspace, mail):
    pipeline("inbox", "add", mail)
    pipeline("inbox", "accept", 1, "--id", "call")
    pipeline("segment", "--quiet")
    for source, target in INTO_PERSIAN.items():
        if source in (workspace / "translations" / "fa" / "call.po").read_text("utf-8"):
            edit(workspace / "translations" / "fa" / "call.po", source, target)
    pipeline("approve", "call", "--languages", "fa", "--as", "reader")
    done = pipeline("build-pdf", "call", "--release")
    assert done.returncode == 1 and "nothing says that it may be published again" in done.stderr
    stated = workspace / "seeds" / "en" / "call.toml"
    stated.write_text(stated.read_text("utf-8").replace("unknown", "granted"), "utf-8")
    assert pipeline("build-pdf", "call", "--release").returncode == 0
    stated.write_text(stated.read_text("utf-8").replace("granted", "refused"), "utf-8")
    assert json.loads(pipeline("status", "--json").stdout)["documents"][0]["released"] is False


def test_json_names_who_wrote_with_private_alone(pipeline, mail):
    pipeline("inbox", "add", mail, "--partner", "oslo")
    assert "oslo" not in pipeline("inbox", "list", "--json").stdout
    assert listed(pipeline, "--private")[0]["partner"] == "oslo"


def test_what_was_dropped_does_not_come_again_and_can_still_be_accepted(pipeline, mail):
    pipeline("inbox", "add", mail)
    pipeline("inbox", "drop", 1)
    assert listed(pipeline) == [] and "here already" in pipeline("inbox", "add", mail).stderr
    assert listed(pipeline) == [] and pipeline("inbox", "accept", 1).returncode == 0
    assert "remove that instead" in pipeline("inbox", "drop", 1).stderr


def test_nobody_else_can_look_into_it(pipeline, workspace, mail):
    pipeline("inbox", "add", mail)
    folders = (workspace / "inbox", workspace / "inbox" / "1")
    assert [stat.S_IMODE(path.stat().st_mode) for path in folders] == [0o700, 0o700]
    assert "/inbox*/" in (workspace / ".gitignore").read_text("utf-8").splitlines()


def test_what_cannot_be_read_is_a_fault_and_the_rest_is_kept(pipeline, workspace, mail):
    (workspace / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    (workspace / "b.txt").write_bytes(b"")
    done = pipeline("inbox", "add", workspace / "a.pdf", workspace / "b.txt", workspace / "none", mail)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert all(name in done.stderr for name in ("a.pdf: ", "b.txt: ", "none: No such file"))
    assert [row["number"] for row in listed(pipeline)] == [1]


def test_a_dry_run_writes_nothing(pipeline, workspace, mail):
    pipeline("inbox", "add", "--dry-run", mail)
    assert not (workspace / "inbox").exists()
    pipeline("inbox", "add", mail)
    pipeline("inbox", "accept", "--dry-run", 1)
    assert listed(pipeline) and not (workspace / "seeds" / "en").exists()


def test_a_damaged_record_is_said(pipeline, workspace, mail):
    pipeline("inbox", "add", mail)
    (workspace / "inbox" / "inbox.json").write_text("[" * 100_000, "utf-8")
    done = pipeline("inbox", "list")
    assert done.returncode == 1 and "inbox/inbox.json: damaged" in done.stderr


def test_a_record_of_somebody_else_writes_nothing_outside_the_workspace(pipeline, workspace, mail):
    pipeline("inbox", "add", mail)
    path = workspace / "inbox" / "inbox.json"
    path.write_text(path.read_text("utf-8").replace('"lang": "en"', '"lang": "../../evil"'), "utf-8")
    done = pipeline("inbox", "accept", 1)
    assert done.returncode == 1 and "damaged" in done.stderr
    assert not (workspace.parent / "evil").exists()


def test_what_has_a_number_already_is_neither_followed_nor_in_the_way(pipeline, workspace, mail, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (workspace / "inbox").mkdir()
    (workspace / "inbox" / "1").symlink_to(tmp_path / "elsewhere")
    (workspace / "inbox" / "2").write_text("x")
    assert "3: Statement on the prisoners [en]: kept" in pipeline("inbox", "add", mail).stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_whatever_the_issuer_is_called_what_is_written_can_be_read(pipeline, workspace, mail):
    pipeline("inbox", "add", mail)
    issuer = 'A\x7fB\udcff"\\\n'
    assert pipeline("inbox", "accept", 1, "--issuer", issuer).returncode == 0
    (path,) = (workspace / "seeds" / "en").glob("*.toml")
    assert tomllib.loads(path.read_text("utf-8"))["issuer"] == 'A\x7fB?"\\\n'


def test_what_came_in_is_shown_to_no_server_on_another_machine(workspace):
    """Even where the workspace allows one for its own documents: nobody has said yes to these."""
    settings = workspace / "pipeline.toml"
    own = '[engines.openai]\naddress = "https://192.0.2.77/v1"\nmodel = "m"\nallow_remote = true\ntimeout_seconds = 1\n'
    settings.write_text(settings.read_text("utf-8").replace('"argos"', '"openai"') + own, "utf-8")
    (workspace / "a.txt").write_text("Erklärung der Gewerkschaften\n\n" + TEXTS["de"] + "\n", "utf-8")
    inbox.add(begun(workspace)[0], [workspace / "a.txt"])
    session, events = begun(workspace)
    assert inbox.rows(session)[0]["machine_title"] == ""
    (said,) = remarks(events)
    assert "not shown to the server of the engine openai, which is another machine" in said


def test_a_title_in_another_language_has_no_draft_without_an_engine(workspace):
    (workspace / "a.txt").write_text("Erklärung der Gewerkschaften\n\n" + TEXTS["de"] + "\n", "utf-8")
    session, events = begun(workspace)
    (one,) = inbox.add(session, [workspace / "a.txt"])
    assert (one.item.lang, remarks(events)) == ("de", [])
    assert inbox.rows(begun(workspace)[0])[0]["machine_title"] == ""
    with pytest.raises(UsageError, match="nothing has the number 7"):
        inbox.accept(begun(workspace)[0], 7)


def test_what_a_broken_off_acceptance_wrote_is_taken_up_and_what_is_anothers_is_not(pipeline, workspace, mail):
    pipeline("inbox", "add", mail)
    record = (workspace / "inbox" / "inbox.json").read_bytes()
    for _ in range(2):  # the second time as if it had been killed before it was noted
        assert pipeline("inbox", "accept", 1, "--id", "call").returncode == 0
        (workspace / "inbox" / "inbox.json").write_bytes(record)
    (workspace / "seeds" / "en" / "call.txt").unlink()
    (workspace / "seeds" / "en" / "call.toml").write_text('title = "Another"\n')
    done = pipeline("inbox", "accept", 1, "--id", "call")
    assert done.returncode == 2 and "seeds/en/call.toml is there already, of another document" in done.stderr
    (workspace / "seeds" / "Call.txt").write_text("A document.\n")
    done = pipeline("inbox", "accept", 1, "--id", "call")
    assert done.returncode == 2 and "seeds/Call.txt: there is a document of this id" in done.stderr


@pytest.mark.parametrize("second", ["See what is attached.\n", "\n"], ids=["known", "empty"])
def test_the_message_is_kept_though_its_text_is_here_already(pipeline, workspace, tmp_path, second):
    for number, text in enumerate(("See what is attached.\n", second)):
        made = EmailMessage()
        made["Subject"], made["From"] = "Newsletter", "Kari <kari@partner.example>"
        made.set_content(text)
        made.add_attachment(f"<p>The dockers of port {number} are on strike.</p>", subtype="html", filename="a.html")
        made.add_attachment(b"x", "image", "heic", filename="a.heic")
        (tmp_path / "a.eml").write_bytes(made.as_bytes())
        pipeline("inbox", "add", tmp_path / "a.eml")
    last = max(int(path.name) for path in (workspace / "inbox").iterdir() if path.name.isdigit())
    kept = [path for path in (workspace / "inbox").glob("*/original.eml") if b"port 1" in path.read_bytes()]
    assert [path.parent.name for path in kept] == [str(last)]
