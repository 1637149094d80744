"""Nothing that leaves tells of the person, the machine, the place or the hour it was made at."""

import csv
import email
import email.policy
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from pipeline.app import building, exporting, importing, releases
from pipeline.app.session import Session
from pipeline.distribution import bundle, letter, partners, signing
from pipeline.distribution.reasons import StatedReason
from pipeline.exchange.formats import FORMATS
from tests.conftest import ROOT

DOCUMENT = "seventh-congress-international-relations"
USER, PLACE, ZONE, PHONE = "zehrayaqubi", "qwfpath", "Asia/Kathmandu", "900 45 678"
NOTE = "a note for everybody"
PARTNERS = """\
[partners.qwfhandle]
name = "Qwfname Partner"
languages = ["en"]
delivery = "smtp"
address = "qwfmailbox@qwfdomain.example"
topics = ["solidarity"]
"""


def in_poedit(content: bytes) -> bytes:
    """A PO file as Poedit saves it for somebody in Nepal, who has written into every field there is."""
    said = f"{USER} <{USER}@qwfhost.example>, {PHONE}"
    above = f"# {said}\n# read: {USER} 2026-11-28 [0123456789abcdef]\n# translated: {USER}\n# note: {NOTE}\n#. {said}\n#. place: line 3, under «{said}»\n"
    below = f'#: /home/{USER}/x.po:3\n#, qwfhost-format\n#= qwfhost-flag\n#| msgctxt "{said}"\n#| msgid "{said}"\n'
    content = re.sub(rb"(?m)^(?=#\. place)", above.encode(), content, count=3)
    content = re.sub(rb"(?m)^(?=msgctxt)", below.encode(), content, count=3)
    entry = f'# {said}\n%smsgid "{said} %d"\n%smsgstr "{said}"\n'
    gone = (entry % ("", 1, "") + "\n" + entry % ("#~ ", 2, "#~ ")).encode()
    content = f"# {said}\n#. {said}\n".encode() + content + b"\n" + gone + f"\n# {said}\n".encode()
    header = (
        f'"PO-Revision-Date: 2026-11-23 06:21+0545\\n"\n"Last-Translator: {USER} <{USER}@qwfhost.example>\\n"\n'
        f'"Report-Msgid-Bugs-To: {said}\\n"\n"X-Generator: {said}\\n"\n'
        f'"X-Poedit-Basepath: /home/{USER}/translations\\n"\n"X-Poedit-SearchPath-0: {PLACE}\\n"\n'
    )
    content = re.sub(rb'"(PO-Revision-Date|Last-Translator):.*\n', b"", content)
    return content.replace(b'"Language-Team: ', header.encode() + b'"Language-Team: ', 1)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A workspace in a folder with a telling name, where PDFs were built and a key made by a user with a name."""
    root = tmp_path_factory.mktemp(PLACE)
    home = root / "home" / USER
    folder = home / "workspace"
    folder.mkdir(parents=True)
    environment = os.environ | {"HOME": str(home), "USER": USER, "LOGNAME": USER, "TZ": ZONE, "LANG": "ne_NP.UTF-8"}
    environment |= {"EMAIL": f"{USER}@qwfhost.example", "HOSTNAME": "qwfhost", "TMPDIR": str(home)}

    def command(*words: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "pipeline", *words], cwd=folder, env=environment, check=True, capture_output=True
        )

    command("init", ".")
    (folder / "seeds" / f"{DOCUMENT}.txt").write_bytes((ROOT / f"seeds/{DOCUMENT}.txt").read_bytes())
    stated = (ROOT / f"seeds/{DOCUMENT}.toml").read_text("utf-8")
    (folder / "seeds" / f"{DOCUMENT}.toml").write_text(stated + 'topics = ["solidarity"]\n', "utf-8")
    command("segment")
    for lang in ("en", "fr"):
        po = folder / "translations" / lang / f"{DOCUMENT}.po"
        assert not list(leaks(po.read_bytes())), "a new PO file tells of its maker"
        po.write_bytes(in_poedit((ROOT / f"translations/{lang}/{DOCUMENT}.po").read_bytes()))
    with (folder / "pipeline.toml").open("a") as file:
        file.write('\n[sender]\nname = "The Office"\naddress = "office@sender.example"\n')
    (folder / "partners.toml").write_text(PARTNERS)
    command("approve", DOCUMENT, "--as", f"{USER}2")  # the notes that are printed, too
    for po in (folder / "translations").rglob("*.po"):
        po.write_bytes(re.sub(rb"(?<=PO-Revision-Date: )[^\\]*", b"2026-11-23 06:21+0545", po.read_bytes()))
    command("build-pdf", "--release")
    command("keys", "make")
    return folder


def leaks(content: bytes) -> Iterator[str]:
    """Yield what in a file tells more than it should, in what is packed inside it too."""
    host = socket.gethostname()
    told = {
        USER,
        PHONE,
        PLACE,
        "/home/",
        "/tmp/",
        "qwfhost",
        "qwfhandle",
        "qwfname",
        "qwfmailbox",
        ZONE,
        "Kathmandu",
        "+0545",
        "+05:45",
        "ne_NP",
    }
    told |= {host} if len(host) > 4 else set()
    for text in _layers(content):
        for secret in told:
            for encoded in (
                secret.encode(),
                secret.encode("utf-16-be"),
                secret.encode("utf-16-le"),
                secret.encode().hex().encode(),
                secret.encode("utf-16-be").hex().encode(),
            ):
                if encoded.lower() in text.lower():
                    yield f"{secret!r} in {text[:60]!r}"
        yield from (f"a time with a zone: {match[0]!r}" for match in re.finditer(rb"D:\d{14}[+-]\d\d'", text))


def _layers(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for info in archive.infolist():
                yield repr(info).encode() + info.comment + info.extra
                yield from _layers(archive.read(info))
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            yield zlib.decompressobj().decompress(match[1])
        except zlib.error:
            continue


@pytest.mark.parametrize("lang", letter.languages())
def test_no_file_of_a_bundle_tells_of_who_made_it_or_for_whom(lang, place):
    session = Session.open(place, lambda: datetime.now(UTC))
    found, missing = releases.found(session)
    assert len(found) == 2 and not missing
    (partner,) = partners.read(PARTNERS.encode(), "partners.toml", ("fa", "en", "fr"))
    sign = signing.open(session.config.sender.key)
    for kind in letter.KINDS:
        made = bundle.make(
            found, lang, session.config.sender, replaces={}, kind=kind, sign=sign, reason=StatedReason("x")
        )
        packed = bundle.zipped(made)
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        assert len(files) > 10 and b"office@sender.example" in packed
        if kind == letter.LETTER:
            (po,) = (content for name, content in files.items() if name.endswith(f"{DOCUMENT}.en.po"))
            assert b"PO-Revision-Date: 2026-11-23 00:00+0000" in po
        for name, content in {"the zip": packed, **files}.items():
            assert not list(leaks(content)), name
            for secret in (partner.id, partner.name, partner.address):
                assert secret.encode() not in content, name


def test_no_table_for_volunteers_tells_of_those_who_translated(place):
    session = Session.open(place, lambda: datetime.now(UTC))
    for name in FORMATS.names():
        assert exporting.export(session, None, None, name) == 2
    paths = sorted((place / "output" / "exchange").iterdir())
    assert len(paths) == 2 * len(FORMATS.names())
    for path in paths:
        content = path.read_bytes()
        assert not list(leaks(content)), path.name
        assert any(NOTE.encode() in layer for layer in _layers(content)), path.name


def test_a_table_that_comes_back_takes_no_comment_away(place):
    """They do not go out, and are not missed when the table comes back with new translations and notes."""
    po = place / "translations" / "en" / f"{DOCUMENT}.po"
    before, words = po.read_bytes(), "Another translation that came back"
    session = Session.open(place, lambda: datetime.now(UTC))
    exporting.export(session, None, ["en"], "csv", place / "tables")
    table = place / "tables" / f"{DOCUMENT}.en.csv"
    rows = list(csv.reader(StringIO(table.read_bytes().decode("utf-8-sig"), newline="")))
    rows[1][2:4] = words, f"{rows[1][3]}\nof the volunteer"
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    table.write_text(out.getvalue(), "utf-8")
    try:
        importing.import_tables(session, [table], ["en"])
        after = po.read_bytes()
    finally:
        po.write_bytes(before)
    assert words.encode() in after and b"# of the volunteer\n" in after
    comments = Counter(line for line in before.splitlines() if line.startswith(b"# "))
    assert comments.total() > 5 and not comments - Counter(after.splitlines())


def test_the_report_of_checks_tells_of_nobody(place):
    environment = os.environ | {"HOME": str(place.parent), "USER": USER, "TZ": ZONE}
    command = [sys.executable, "-m", "pipeline", "check", "--html", "report.html"]
    po = place / "translations" / "en" / f"{DOCUMENT}.po"
    before = po.read_bytes()
    # Comments that a check takes up, for it does not understand them.
    po.write_bytes(
        before.replace(b"\n#. place", f"\n# read: {USER} and {PHONE}\n# check: {USER} ok\n#. place".encode(), 1)
    )
    try:
        done = subprocess.run(command, cwd=place, env=environment, check=False, capture_output=True)
    finally:
        po.write_bytes(before)
    assert USER.encode() in done.stdout + done.stderr
    content = (place / "report.html").read_bytes()
    assert DOCUMENT.encode() in content and not list(leaks(content))


def test_a_leak_would_be_found():
    packed = b"stream\n" + zlib.compress(f"/{USER}/".encode()) + b"\nendstream"
    assert (
        list(leaks(packed))
        and list(leaks(b"(D:20161030000000+05'45')"))
        and list(leaks(USER.upper().encode("utf-16-be")))
    )
    assert not list(leaks(b"nothing"))


AUTHOR = "Qwfauthor Yaqubi"
WRITTEN = f'<!DOCTYPE html><meta charset="utf-8"><meta name="author" content="{AUTHOR}"><h1>فراخوان</h1><p>اعتصاب ادامه دارد.</p>'


def test_no_digest_tells_whether_a_guess_at_a_name_in_the_file_of_a_document_is_right(place, tmp_path):
    folder = shutil.copytree(place, tmp_path / "workspace")
    (folder / "seeds/appeal.html").write_text(WRITTEN, "utf-8")
    session = Session.open(folder, lambda: datetime.now(UTC))
    assert building.build(session, ["appeal"]) == 2 and not session.faults
    found, _ = releases.found(session, ["appeal"], allow_drafts=True)
    sent = bundle.zipped(bundle.make(found, "en", session.config.sender, replaces={}, sign=None))
    printed = (folder / "output/appeal.fa-en.pdf").read_bytes()
    (text,) = (layer for layer in _layers(printed) if layer.startswith("فراخوان\n\n".encode()))
    guessed, stated = (hashlib.sha256(content).hexdigest().encode() for content in (WRITTEN.encode(), text))
    for content in (printed, sent):
        layers = [*_layers(content), *(inner for layer in _layers(content) for inner in _layers(layer))]
        assert not any(guessed in layer or AUTHOR.encode() in layer for layer in layers)
        assert any(stated in layer for layer in layers)


def test_a_key_and_its_public_half_name_nobody(place):
    for path in sorted((place / "keys").iterdir()):
        content = path.read_bytes()
        assert not list(leaks(content))
        if path.name == "pipeline":
            import base64

            body = b"".join(line for line in content.splitlines() if not line.startswith(b"-----"))
            assert not list(leaks(base64.b64decode(body)))


def test_an_email_tells_of_its_recipient_alone(place):
    environment = os.environ | {
        "HOME": str(place.parent),
        "USER": USER,
        "LOGNAME": USER,
        "TZ": ZONE,
        "HOSTNAME": "qwfhost",
    }
    command = [sys.executable, "-m", "pipeline", "distribute"]
    subprocess.run(command, cwd=place, env=environment, check=True, capture_output=True)
    (draft,) = (place / "output" / "outbox" / "previews").rglob("*.eml")
    raw = draft.read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["To"] == "qwfmailbox@qwfdomain.example" and message["Date"].endswith("+0000")
    del message["To"]
    assert set(message.keys()) == {
        "From",
        "Subject",
        "Date",
        "Message-ID",
        "List-Unsubscribe",
        "MIME-Version",
        "Content-Type",
    }
    headers = re.findall(rb"(?m)^(?!To:)[A-Z][\w-]*: .*(?:\r\n[ \t].*)*", raw)
    assert len(headers) > 12 and not list(leaks(b"\n".join(headers)))
    parts = [part for part in message.walk() if not part.is_multipart()]
    assert len(parts) == 3
    for part in parts:
        assert not list(leaks(part.get_payload(decode=True))), part.get_content_type()
