"""A bundle is a valid, signed bag, the same bytes each time, with a letter that says what is in it."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import bagit
import pytest

from pipeline.catalogue import po
from pipeline.distribution import bundle, letter, signing
from pipeline.distribution.reasons import StatedReason
from pipeline.distribution.release import text_sha256
from pipeline.distribution.sender import Sender
from pipeline.edition import alignment
from pipeline.errors import BundleError, LetterError, SigningError
from pipeline.languages import SHIPPED
from pipeline.model import State
from pipeline.workspace import config, reading
from tests.conftest import ROOT
from tests.support.bundles import SENDER, release, unpack


def make(*found, lang="en", sender=SENDER, replaces=None, sign=None, **options) -> bundle.Bundle:
    return bundle.make(found, lang, sender, replaces=replaces or {}, sign=sign, **options)


def content(made: bundle.Bundle, path: str) -> bytes:
    return next(artifact.content for artifact in made.artifacts if artifact.path == path)


def test_it_is_a_bag_that_the_library_of_congress_finds_valid(tmp_path, signer):
    one, two = release(tmp_path), release(tmp_path, lang="fr")
    bag = bagit.Bag(str(unpack(make(one, two, sign=signer), tmp_path / "out")))
    assert bag.validate() and bag.version_info == (1, 0)
    assert bag.info["Contact-Email"] == "answers@sender.example"
    assert "Bagging-Date" not in bag.info
    assert {"data/2016-10-statement/2016-10-statement.fa-en.pdf", "data/letter.html"} <= set(bag.payload_entries())


def test_the_line_in_the_letter_checks_signature_and_every_file(tmp_path, signer):
    made = make(release(tmp_path), sign=signer)
    folder = unpack(made, tmp_path / "out")
    (line,) = (line for line in made.letter.text.splitlines() if line.startswith("ssh-keygen"))
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=True)
    assert f'Good "pipeline" signature for office@sender.example with ED25519 key {signer.fingerprint}' in done.stdout
    assert signer.fingerprint in made.letter.text and signer.fingerprint in made.letter.html
    pdf = next(folder.glob("data/*/*.pdf"))
    pdf.write_bytes(pdf.read_bytes() + b"x")
    assert subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True).returncode
    # Nor does it help to correct the sums: they are what is signed.
    sums = folder / "manifest-sha256.txt"
    sums.write_text(sums.read_text().replace("a", "b"))
    assert subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True).returncode


def test_the_manifest_says_what_each_document_is(tmp_path, signer):
    one = release(tmp_path, reviewed=9, engines=("argos fa→en 1.5",), is_draft=True)
    made = make(one, replaces={one.key: "cd" * 32}, sign=signer)
    table = json.loads(made.manifest)
    assert made.manifest == content(made, "data/manifest.json")
    (stated,) = table["documents"]
    assert (
        table["schema_version"] == 1 and table["signer"] == signer.fingerprint and table["tool"].startswith("pipeline ")
    )
    assert (stated["document"], stated["language"], stated["status"]) == ("2016-10-statement", "en", "draft")
    assert (stated["source_sha256"], stated["po_sha256"], stated["text_sha256"]) == ("aa" * 32, "bb" * 32, "5e" * 32)
    assert (stated["reviewed"], stated["sentences"], stated["share_reviewed"]) == (9, 12, 0.75)
    assert (stated["engines"], stated["replaces"]) == (["argos fa→en 1.5"], "cd" * 32)
    listed = {file["path"] for file in table["files"]}
    assert listed == {a.path for a in made.artifacts if a.path.startswith("data/")} - {"data/manifest.json"}


def test_a_draft_is_stamped_everywhere(tmp_path):
    made = make(release(tmp_path), release(tmp_path, lang="fr", is_draft=True, reviewed=3))
    assert ".draft." in made.name and json.loads(made.manifest)["draft"] is True
    assert made.letter.subject.startswith("DRAFT: ")
    assert "THIS MAILING CONTAINS DRAFT TEXT" in made.letter.text and "mailing contains draft text" in made.letter.html
    assert "draft, not released; 3 of the 12 sentences of the translation have been reviewed" in made.letter.text
    assert b"DRAFT, not released" in content(made, "bag-info.txt")
    final = make(release(tmp_path))
    assert "draft" not in (final.name + final.letter.text + final.letter.html).lower()


def test_metadata_are_linked_as_a_translation(tmp_path):
    made = make(release(tmp_path), release(tmp_path, lang="fr"))
    graph = {one["@id"]: one for one in json.loads(content(made, "data/metadata.json"))["@graph"]}
    english = graph["urn:sha256:" + "5e" * 32]
    assert english["translationOfWork"] == {"@id": "urn:sha256:" + "aa" * 32} and english["inLanguage"] == "en"
    assert len(graph["urn:sha256:" + "aa" * 32]["workTranslation"]) == 2
    assert english["encoding"][0]["contentUrl"] in {artifact.path for artifact in made.artifacts}
    records = ElementTree.fromstring(content(made, "data/metadata.xml"))
    dc = "{http://purl.org/dc/elements/1.1/}"
    assert [record.find(f"{dc}language").text for record in records] == ["en", "fr"]
    assert [title.text for title in records[0].findall(f"{dc}title")] == ["Statement", "بیانیه"]


PROGRAM = """
import sys, hashlib
from pathlib import Path
from pipeline.distribution import bundle, signing
from tests.support.bundles import SENDER, release
found = [release(Path(sys.argv[1]), lang=lang) for lang in sys.argv[3:]]
replaces = {("2016-10-statement", "fr"): "cd" * 32}
made = bundle.make(found, "fa", SENDER, replaces=replaces, sign=signing.open(Path(sys.argv[2])))
print(made.name, hashlib.sha256(bundle.zipped(made)).hexdigest())
"""


def test_the_same_inputs_give_the_same_bytes_for_another_user_elsewhere(tmp_path, signer):
    said = []
    for number, (zone, langs) in enumerate((("UTC", ("en", "fr")), ("Asia/Tehran", ("fr", "en")))):
        home = tmp_path / f"home{number}"
        home.mkdir()
        environment = os.environ | {"TZ": zone, "HOME": str(home), "USER": f"u{number}", "PYTHONHASHSEED": str(number)}
        words = [sys.executable, "-c", PROGRAM, home, signer.key, *langs]
        options = {"cwd": ROOT, "env": environment, "umask": 0o077 * number}
        said.append(subprocess.run(words, **options, capture_output=True, text=True, check=True).stdout)
    assert said[0] == said[1] != ""


def test_the_zip_has_sorted_entries_fixed_dates_and_modes(tmp_path):
    made = make(release(tmp_path), release(tmp_path, "2011-01-call", date="2011-01-05"))
    with zipfile.ZipFile(BytesIO(bundle.zipped(made))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.filename.split("/")[0] for entry in entries} == {made.name}
    assert {entry.date_time for entry in entries} == {(2016, 10, 30, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert not any(entry.extra or entry.comment for entry in entries)


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ("بیانیه ۱۳۹۵", "data/بیانیه-۱۳۹۵/بیانیه-۱۳۹۵.fa-en.pdf"),
        ("a'; rm -rf $HOME #", "data/a---rm--rf--HOME/a---rm--rf--HOME--.fa-en.pdf"),
        ("CON", "data/file-CON/CON.fa-en.pdf"),
        ("...", "data/document/fa-en.pdf"),
        ("x" * 200, f"data/{'x' * 88}/{'x' * 88}.pdf"),
    ],
)
def test_names_are_safe_on_every_system(document, path, tmp_path):
    made = make(release(tmp_path, document))
    pdf = next(artifact.path for artifact in made.artifacts if artifact.path.endswith(".pdf"))
    folder = pdf.split("/")[1]
    assert folder == path.split("/")[1] and not set(made.name + pdf) & set(" '\"$;|&<>:*?\\#`!")
    assert bagit.Bag(str(unpack(made, tmp_path / "out"))).validate()


def test_two_documents_whose_names_differ_in_capitals_do_not_share_a_file(tmp_path):
    made = make(release(tmp_path / "1", "Call"), release(tmp_path / "2", "cALL"))
    pdfs = [artifact.path.casefold() for artifact in made.artifacts if artifact.path.endswith(".pdf")]
    assert len(set(pdfs)) == 2


def test_unsigned_it_says_so(tmp_path):
    made = make(release(tmp_path))
    assert "This mailing is not signed" in made.letter.text and "is not signed" in made.letter.html
    assert "ssh-keygen" not in made.letter.text and json.loads(made.manifest)["signer"] is None
    assert not [artifact.path for artifact in made.artifacts if artifact.path.endswith((".sig", ".pub"))]


@pytest.mark.parametrize("lang", letter.languages())
@pytest.mark.parametrize("kind", letter.KINDS)
def test_letters_in_every_language_say_the_same_facts(kind, lang, tmp_path, signer):
    one = release(tmp_path, is_draft=kind == letter.LETTER, origin="project translation; by nobody in particular")
    made = make(
        one, lang=lang, replaces={one.key: "cd" * 32}, sign=signer, kind=kind, reason=StatedReason("A wrong name.")
    )
    for text in (made.letter.text, made.letter.html):
        assert signer.fingerprint in text and "5e" * 6 in text and "answers@sender.example" in text
        assert ("cd" * 6 in text) == ("project translation" in text) == (kind == letter.LETTER)
        assert ("A wrong name." in text) == (kind == letter.WITHDRAWAL)
    page = ElementTree.fromstring(
        made.letter.html.replace("<!DOCTYPE html>", "").replace('<meta charset="utf-8">', "").replace("<br>", "<br/>")
    )
    assert (page.get("lang"), page.get("dir")) == (lang, SHIPPED[lang].direction)
    assert {"fr": "Déclaration", "fa": "بیانیه"}.get(lang, "Statement") in made.letter.subject
    assert "\n" not in made.letter.subject and "{" not in made.letter.text + made.letter.html


def test_a_persian_letter_has_persian_digits_both_calendars_and_isolated_latin(tmp_path):
    text = make(release(tmp_path), lang="fa").letter.text
    assert "۹ آبان ۱۳۹۵ (۳۰ اکتبر ۲۰۱۶)" in text and "۱۲ جمله" in text
    assert "\u2066data/2016-10-statement/2016-10-statement.fa-en.pdf\u2069" in text
    assert (
        "\nsha256sum < /dev/null > /dev/null && sha256sum -c tagmanifest-sha256.txt manifest-sha256.txt > /dev/null 2>&1 && find "
        in text
    )  # to be copied, and so without marks


def test_a_withdrawal_holds_no_document_and_needs_no_more_than_the_key_of_a_release(tmp_path):
    known = release(tmp_path, source_sha256="", po_sha256="", titles={}, issuer={}, date="", files={}, source_lang="")
    made = make(known, lang="fr", kind=letter.WITHDRAWAL, reason=StatedReason("Une erreur."))
    assert ".withdrawal." in made.name and made.letter.subject.startswith("Retrait\u00a0: 2016-10-statement")
    assert json.loads(made.manifest)["documents"][0]["status"] == "withdrawn"
    assert not [artifact.path for artifact in made.artifacts if artifact.path.endswith(".pdf")]
    assert bagit.Bag(str(unpack(made, tmp_path / "out"))).validate()


def test_a_key_that_signs_otherwise_each_time_is_named(tmp_path):
    key = tmp_path / "ecdsa"
    subprocess.run(["ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-C", "", "-f", key], check=True)
    with pytest.raises(
        SigningError, match="of the kind ecdsa-sha2-nistp256 signs otherwise each time; use one of ed25519"
    ):
        signing.open(key)


def test_a_title_is_text_in_the_html(tmp_path):
    made = make(release(tmp_path, titles={"en": "<script>alert(1)</script>"}))
    assert "<script>" not in made.letter.html and "&lt;script&gt;" in made.letter.html


def test_a_letter_of_the_workspace_wins(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.en.txt").write_text(
        "Hello {{ documents[0].title }}\n\nRead {{ documents|length|number }}.\n", "utf-8"
    )
    made = make(release(tmp_path), templates=folder)
    assert (made.letter.subject, made.letter.text) == ("Hello Statement", "Read 1.\n")
    assert "Dear friends" in made.letter.html


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("Hi\n\n{% if %}\n", "letters/letter.en.txt:3: Expected an expression"),
        ("Hi\n\nx\n{{ nobody.name }}\n", "letters/letter.en.txt:4: 'nobody' is undefined"),
        ("Hi\n\n{{ documents.__class__.__mro__ }}\n", "letters/letter.en.txt:3: "),
        ("Hi\n\n{{ ''.__class__.__base__.__subclasses__() }}\n", "letters/letter.en.txt:3: "),
        ("Hi\n\n{{ 'x'|date }}\n", "letters/letter.en.txt:3: Invalid isoformat"),
        ("Hi\n\n{{ 'x'|shout }}\n", "letters/letter.en.txt:3: No filter named 'shout'"),
        ("Hi\n\n{% include 'gone.txt' %}\n", "letters/gone.txt: no such template"),
        ("Hi\n", "letters/letter.en.txt:1: write the subject in the first line"),
        (b"Hi\n\n\xff\n", "letters/letter.en.txt: not valid UTF-8"),
    ],
)
def test_a_fault_in_a_template_has_its_file_and_line(template, fault, tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.en.txt").write_bytes(template if isinstance(template, bytes) else template.encode())
    with pytest.raises(LetterError) as caught:
        make(release(tmp_path), templates=folder)
    assert str(caught.value).startswith(fault) and "\n" not in str(caught.value)


def test_a_language_has_letters_when_all_of_them_are_there(tmp_path):
    for name in ("letter.fa.txt", "letter.xx.txt", "letter.xx.html", "withdrawal.xx.txt", "withdrawal.xx.html"):
        (tmp_path / name).write_text("x")
    assert letter.languages(tmp_path) == letter.languages() == tuple(sorted(SHIPPED))


def test_keys_are_made_once_without_a_name_and_show_their_public_half(pipeline, workspace):
    assert "no key yet; make one: pipeline keys make" in pipeline("keys", "show").stderr
    assert pipeline("keys", "make", "--dry-run").returncode == 0 and not (workspace / "keys").exists()
    assert pipeline("keys", "make").returncode == 0
    key = workspace / "keys" / "pipeline"
    assert key.stat().st_mode & 0o777 == 0o600 and key.parent.stat().st_mode & 0o777 == 0o700
    before = key.read_bytes()
    again = pipeline("keys", "make")
    assert again.returncode == 1 and "is there already" in again.stderr and key.read_bytes() == before
    shown = pipeline("keys", "show").stdout
    public = key.with_suffix(".pub").read_text().split()
    assert public[:2] == shown.split("public key: ")[1].split()[:2] and len(public) == 2
    assert subprocess.run(["ssh-keygen", "-lf", key], capture_output=True, text=True).stdout.split()[1] in shown
    assert 'allowed signer: pipeline namespaces="pipeline" ssh-ed25519 ' in shown
    assert config.read(workspace).sender.key == key


def test_without_ssh_keygen_it_is_the_machine_that_lacks_something(pipeline, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    done = pipeline("keys", "make")
    assert done.returncode == 3 and "apt-get install openssh-client" in done.stderr


def test_a_key_that_others_can_read_is_not_used(tmp_path, signer):
    with pytest.raises(SigningError, match=r"no such key; make one"):
        signing.open(tmp_path / "gone")
    open_key = tmp_path / "open"
    open_key.write_bytes(signer.key.read_bytes())
    open_key.chmod(0o644)
    with pytest.raises(SigningError, match=r"too open.*type: chmod 600"):
        signing.open(open_key)


def test_the_hash_of_a_text_is_of_source_translation_and_status_alone():
    settings, name = config.read(ROOT), "seventh-congress-international-relations"
    document = reading.read(settings, settings.seeds / f"{name}.txt")
    catalogue = po.read(settings.translations / "en" / f"{name}.po", name, "fa", "en")
    first, *rest = catalogue.units

    def digest(unit=first, document=document, *, is_draft=False) -> str:
        made = alignment.build(document, {"en": replace(catalogue, units=(unit, *rest))})
        return text_sha256(made, "en", is_draft=is_draft)

    known = digest()
    assert digest(replace(first, notes=("a note",), origin="memory 87%: x [0123456789abcdef]")) == known
    assert digest(document=replace(document, sha256="00" * 32, meta=replace(document.meta, topics=("x",)))) == known
    changed = [
        digest(is_draft=True),
        digest(replace(first, target=f"{first.target}!")),
        digest(replace(first, state=State.DOUBT)),
        digest(document=replace(document, meta=replace(document.meta, date="2020-01-01"))),
        digest(document=replace(document, blocks=document.blocks[:-1])),
    ]
    assert len({known, *changed}) == 6


def test_the_withdrawal_of_a_draft_says_withdrawn(tmp_path):
    drafted = release(tmp_path, is_draft=True)
    for options, status in (
        ({}, "Draft"),
        ({"kind": letter.WITHDRAWAL, "reason": StatedReason("An error.")}, "Withdrawn"),
    ):
        records = json.loads(content(make(drafted, **options), "data/metadata.json"))["@graph"]
        assert [one["creativeWorkStatus"] for one in records if one["identifier"] == "2016-10-statement.en"] == [status]


def facts(tmp_path, *releases, template, lang="en", **options) -> str:
    """What a letter can say of a bundle, by a template of its own."""
    folder = tmp_path / "own"
    folder.mkdir(exist_ok=True)
    (folder / f"letter.{lang}.txt").write_text(f"T\n{template}\n", "utf-8")
    return make(*releases, lang=lang, templates=folder, **options).letter.text.strip()


def test_the_manifest_of_originals_and_withdrawals_says_so(tmp_path):
    original = json.loads(make(release(tmp_path, lang="fa")).manifest)
    assert (original["translated"], original["reason"], original["kind"], original["draft"]) == (
        False,
        None,
        "letter",
        False,
    )
    assert json.loads(make(release(tmp_path), release(tmp_path, lang="fa")).manifest)["translated"] is True
    gone = json.loads(
        make(release(tmp_path, is_draft=True), kind=letter.WITHDRAWAL, reason=StatedReason("A wrong name.")).manifest
    )
    assert (gone["reason"], gone["kind"], gone["draft"]) == ("A wrong name.", "withdrawal", False)
    (stated,) = gone["documents"]
    assert (stated["status"], stated["files"]) == ("withdrawn", [])


def test_what_is_not_known_of_a_text_is_null_in_the_manifest(tmp_path):
    bare = release(tmp_path, source_sha256="", po_sha256="", date="", source_lang="", units=0, reviewed=0)
    (stated,) = json.loads(make(bare).manifest)["documents"]
    keys = ("source_language", "source_sha256", "po_sha256", "share_reviewed", "origin", "date", "replaces")
    assert [stated[key] for key in keys] == [None] * len(keys)
    (full,) = json.loads(make(release(tmp_path, reviewed=5, origin="by hand")).manifest)["documents"]
    assert (full["share_reviewed"], full["origin"], full["date"]) == (0.4167, "by hand", "2016-10-30")


def test_every_file_has_its_media_type_size_and_place(tmp_path, signer):
    made = make(release(tmp_path), sign=signer)
    types = {artifact.path.rpartition("/")[2]: artifact.media_type for artifact in made.artifacts}
    assert types == {
        "2016-10-statement.fa-en.pdf": "application/pdf", "2016-10-statement.en.po": "text/x-gettext-translation",
        "letter.html": "text/html", "letter.txt": "text/plain", "manifest.json": "application/json",
        "metadata.json": "application/json", "metadata.xml": "application/xml", "allowed_signers": "text/plain",
        "bag-info.txt": "text/plain", "bagit.txt": "text/plain", "manifest-sha256.txt": "text/plain",
        "tagmanifest-sha256.txt": "text/plain", "signer.pub": "text/plain",
        "manifest.json.sig": "application/octet-stream", "tagmanifest-sha256.txt.sig": "application/octet-stream",
    }  # fmt: skip
    for file in json.loads(made.manifest)["files"]:
        assert file["bytes"] == len(content(made, file["path"]))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a b/c\\d:e", "a-b-c-d-e"), (".hidden.", "hidden"), ("--x--", "x"), ("", "document"), ("nul.txt", "file-nul.txt"),
        ("COM1", "file-COM1"), ("lpt9.x", "file-lpt9.x"), ("common", "common"), ("con-x", "con-x"), ("e\u0301", "é"),
        ("x" * 100, "x" * 100), ("x" * 101, "x" * 88), (f"{'x' * 100}.pdf", f"{'x' * 88}.pdf"), ("a_b.c", "a_b.c"),
    ],
)  # fmt: skip
def test_a_name_is_kept_as_far_as_it_is_safe(name, kept):
    assert bundle.safe(name) == kept


def test_a_third_document_of_the_same_name_has_a_path_of_its_own(tmp_path):
    made = make(
        *(
            release(tmp_path / name, name, files={"parallel": release(tmp_path / name, name).files["parallel"]})
            for name in ("A", "a")
        )
    )
    assert sorted(a.path for a in made.artifacts if a.path.endswith(".pdf")) == [
        "data/A/A.fa-en.pdf",
        "data/a-2/a.fa-en.pdf",
    ]


def test_the_name_of_a_bundle_says_how_many_documents_and_differs_with_the_content(tmp_path):
    one, two, three = (release(tmp_path, name) for name in ("a", "b", "c"))
    assert make(one).name.rpartition(".")[0] == "a" and make(one, two).name.startswith("a-and-1-more.")
    assert make(three, two, one, release(tmp_path, "a", "fr")).name.startswith("a-and-2-more.")
    assert make(release(tmp_path, "x" * 70)).name.startswith(f"{'x' * 60}.")
    names = {make(one).name, make(one, sender=Sender("Other", "b@x.example")).name, make(one, lang="fr").name}
    assert len(names) == 3 and all(len(name.rpartition(".")[2]) == 8 for name in names)


@pytest.mark.parametrize(
    ("date", "stamp"),
    [
        ("", (1980, 1, 1)),
        ("1920-05-01", (1980, 1, 1)),
        ("2200-01-02", (2107, 12, 31)),
        ("2016-10-30", (2016, 10, 30)),
        ("2016-10", (2016, 10, 1)),
        ("2016", (2016, 1, 1)),
    ],
)
def test_the_zip_is_dated_by_the_document_as_far_as_a_zip_can_be(date, stamp, tmp_path):
    with zipfile.ZipFile(BytesIO(bundle.zipped(make(release(tmp_path, date=date))))) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {stamp}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.create_system for entry in archive.infolist()} == {3}


def test_the_tags_of_the_bag_say_who_sent_what(tmp_path):
    one = release(tmp_path)
    info = content(make(one), "bag-info.txt").decode().splitlines()
    assert info[:3] == [
        "Source-Organization: شورای همکاری",
        "Contact-Email: answers@sender.example",
        "External-Description: Released documents",
    ]
    gone = content(
        make(one, kind=letter.WITHDRAWAL, reason=StatedReason("x"), sender=Sender()), "bag-info.txt"
    ).decode()
    assert gone.startswith("External-Description: Notice of withdrawal\nPayload-Oxum: ")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    one = release(tmp_path)
    one.files["parallel"].unlink()
    with pytest.raises(BundleError, match=r"fa-en\.pdf: No such file or directory; make the file readable"):
        make(one)


def test_one_file_for_two_formats_is_packed_once(tmp_path):
    one = release(tmp_path)
    made = make(replace(one, files={"parallel": one.files["parallel"], "single": one.files["parallel"]}))
    assert len([a for a in made.artifacts if a.path.endswith(".pdf")]) == 1
