"""Drafts and releases: what is stamped, what stays, and what gives way."""

import json
import subprocess

import pytest

from tests.support import documents, readers
from tests.support.statement import edit


def test_a_draft_is_stamped_on_every_page_and_a_release_is_not(pipeline, workspace, reviewed):
    path = workspace / "output" / "statement.fa-en.pdf"
    pipeline("build-pdf")
    assert "Draft, not released" in readers.poppler(path)
    assert pipeline("build-pdf", "--release").returncode == 0
    assert "Draft" not in readers.poppler(path)
    assert "nothing to do" in pipeline("run").stderr
    edit(reviewed, "تلفن :", "Phone:")
    pipeline("run")
    assert "Draft, not released" in readers.poppler(path)


def test_a_draft_has_a_box_for_what_no_font_can_show_and_a_release_is_not_made(pipeline, workspace, reviewed):
    path = workspace / "output" / "statement.fa-en.pdf"
    edit(reviewed, "تلفن :", "Phone 中 <中>:")
    built = pipeline("build-pdf")
    assert built.returncode == 0 and "no font can show “中” (U+4E2D" in built.stderr
    assert "the draft has boxes in its place" in built.stderr
    assert "Phone □ <□>:" in readers.poppler(path) and "Draft, not released" in readers.poppler(path)
    assert "nothing to do" in pipeline("build-pdf").stderr
    assert pipeline("build-pdf", "--release").returncode == 1 and "Draft, not released" in readers.poppler(path)


REPORT = documents.docx(documents.p(documents.r("گزارش")) + documents.p(documents.r("متن گزارش این است.")))
PAGE = "<!-- a@example.org --><nav>a</nav><h1>گزارش</h1><p>متن گزارش این است."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.docx", REPORT),
        ("report.txt", REPORT),
        ("report.html", PAGE.encode()),
        ("report.md", "---\nauthor: a\n---\n# گزارش\n\nمتن گزارش این است.".encode()),
        ("report.epub", documents.epub({"a.xhtml": PAGE})),
    ],
)
def test_a_pdf_carries_the_text_of_a_document_with_styles_and_nothing_else_of_it(pipeline, workspace, name, content):
    """The file may name who wrote it; a Word document stays one under another name."""
    (workspace / "seeds" / name).write_bytes(content)
    assert pipeline("run", "report").returncode == 0
    path = workspace / "output" / "report.fa-en.pdf"

    def qpdf(option: str) -> str:
        return subprocess.run(["qpdf", option, str(path)], capture_output=True, check=True).stdout.decode()

    assert qpdf("--show-attachment=report.txt") == "گزارش\n\nمتن گزارش این است.\n\n"
    assert {line.split()[0] for line in qpdf("--list-attachments").splitlines()} == {"report.txt", "report.en.po"}


def test_a_release_stays_while_the_reader_would_see_no_difference(pipeline, workspace, statement, reviewed):
    path = workspace / "output" / "statement.fa-en.pdf"
    assert pipeline("build-pdf", "--release").returncode == 0
    was = path.read_bytes()
    reviewed.write_text(
        reviewed.read_text("utf-8").replace('msgctxt "title"', '# my own note\nmsgctxt "title"'), "utf-8"
    )
    topics = workspace / "seeds" / "statement.toml"
    topics.write_text('topics = ["labour"]\n', "utf-8")
    assert "draft" not in pipeline("run").stderr
    assert path.read_bytes() == was
    assert json.loads(pipeline("status", "--json").stdout)["documents"][0]["released"]


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        (
            "translations/en/statement.po",
            "Our statement",
            "Our own statement",
            "its text has changed, or something in it is not translated any more",
        ),
        (
            "translations/en/statement.po",
            "# read: ",
            "# was read by ",
            "its layout, its settings or the number of sentences that others have read has changed",
        ),
        (
            "pipeline.toml",
            "[paths]",
            '[theme]\ncolour = "#7a1b3f"\n\n[paths]',
            "its layout, its settings or the number of sentences that others have read has changed",
        ),
    ],
)
def test_a_release_that_gives_way_to_a_draft_says_why(pipeline, workspace, reviewed, file, old, new, reason):
    pipeline("build-pdf", "--release")
    text = (workspace / file).read_text("utf-8")
    (workspace / file).write_text(text.replace(old, new), "utf-8")
    said = pipeline("run").stderr
    assert f"is replaced by a draft, because {reason}; release it again: pipeline build-pdf --release statement" in said
    assert "Draft, not released" in readers.poppler(workspace / "output" / "statement.fa-en.pdf")


def test_what_is_not_ready_is_listed_and_not_released(pipeline, workspace, reviewed):
    text = reviewed.read_text("utf-8")
    reviewed.write_text(text.replace('msgctxt "title"', '#, fuzzy\nmsgctxt "title"'), "utf-8")
    edit(reviewed, "۵۱۴-۲۵۸-۸۱۸۶", "514-258-8188")
    done = pipeline("build-pdf", "--release")
    assert done.returncode == 1
    assert "1 of 5 sentences not reviewed (doubt)" in done.stderr
    assert "addresses: 514-258-8186 is missing or altered" in done.stderr
    assert not (workspace / "output" / "statement.fa-en.pdf").exists()
    assert "stays a draft" in pipeline("run", "--release").stderr
    assert "Draft, not released" in readers.poppler(workspace / "output" / "statement.fa-en.pdf")
