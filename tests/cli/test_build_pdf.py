"""pipeline build-pdf as somebody types it: layouts, papers, the theme, changes, what is inside."""

import io
import re
import shutil
import subprocess

import pypdfium2
import pytest
from PIL import Image

from tests.conftest import ROOT
from tests.support import readers

NAME = "seventh-congress-international-relations"


@pytest.fixture
def congress(workspace):
    """One of the five documents with its translations."""
    for name in (f"{NAME}.txt", f"{NAME}.toml"):
        shutil.copy(ROOT / "seeds" / name, workspace / "seeds")
    for lang in ("en", "fr"):
        (workspace / "translations" / lang).mkdir()
        shutil.copy(ROOT / "translations" / lang / f"{NAME}.po", workspace / "translations" / lang)
    return workspace


def made(workspace):
    return sorted(path.name.removeprefix(NAME) for path in (workspace / "output").glob("*.pdf"))


def configure(workspace, **values):
    path = workspace / "pipeline.toml"
    text = path.read_text("utf-8")
    for key, value in values.items():
        text = re.sub(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")


def size(path):
    """Width and height of the last page in millimetres."""
    document = pypdfium2.PdfDocument(path)
    return tuple(round(points * 25.4 / 72) for points in document[len(document) - 1].get_size())


@pytest.mark.parametrize(
    ("words", "files", "paper"),
    [
        (["--languages", "en"], [".fa-en.pdf"], (210, 297)),
        (["--languages", "fa,en,fr"], [".fa-en-fr.pdf"], (297, 210)),
        (["--languages", "fr", "--layout", "facing", "--paper", "a5"], [".fa-fr.facing.a5.pdf"], (148, 210)),
        (["--layout", "single"], [".en.pdf", ".fa.pdf", ".fr.pdf"], (210, 297)),
        (["--layout", "single", "--languages", "fa", "--paper", "letter"], [".fa.letter.pdf"], (216, 279)),
        (["--languages", "en", "--print", "large"], [".fa-en.large.pdf"], (297, 210)),
        (["--languages", "en", "--booklet"], [".fa-en.booklet.pdf"], (296, 210)),
    ],
)
def test_options_choose_languages_layout_paper_and_print(congress, pipeline, words, files, paper):
    done = pipeline("build-pdf", *words)
    assert done.returncode == 0, done.stderr
    assert made(congress) == files
    assert size(congress / "output" / f"{NAME}{files[0]}") == paper
    assert "nothing to do" in pipeline("build-pdf", *words).stderr


def test_the_settings_choose_them_for_run(congress, pipeline):
    configure(congress, layouts='["parallel", "facing"]', editions='["fa,en,fr"]', paper='"a5"')
    assert pipeline("run").returncode == 0
    both = [f"{langs}{layout}.a5.pdf" for langs in (".fa-en", ".fa-fr") for layout in ("", ".facing")]
    assert made(congress) == sorted([*both, ".fa-en-fr.a5.pdf"])
    assert "nothing to do" in pipeline("run").stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--booklet", "--paper", "a4"], "a booklet has pages of A5, not of a4; leave out --paper"),
        (
            ["--booklet", "--languages", "fa,en,fr"],
            "pages that stand upright: no more than two languages, in normal print",
        ),
        (["--booklet", "--print", "large"], "pages that stand upright: no more than two languages, in normal print"),
        (["--layout", "round"], "layout 'round' is unknown; known are: parallel, facing, single, changes"),
        (["--paper", "a3"], "paper 'a3' is unknown"),
        (["--print", "tiny"], "print 'tiny' is unknown"),
        (["--languages", "nl"], "language 'nl' is unknown"),
        (["--languages", "fa,de"], "language 'de' is unknown"),
        (["--layout", "facing", "--languages", "fa,en,fr"], "facing cannot show fa,en,fr"),
        (["--since", "0123456789abcdef"], "no version 0123456789abcdef is kept"),
        (["--since", "2026-13-45"], "not a date; write it as"),
        (["--since", "2026-01-01", "--layout", "single"], "--since goes with --layout changes"),
    ],
)
def test_what_cannot_be_printed_is_named(congress, pipeline, words, message):
    done = pipeline("build-pdf", *words)
    assert done.returncode in (1, 2) and message in done.stderr and "Traceback" not in done.stderr
    assert made(congress) == []


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('layouts = ["round"]', 'layouts: "round" is none of'),
        ('paper = "a3"', 'paper: "a3" is none of: a4, a5, letter'),
        ('editions = ["en,fr"]', '"en,fr" is not an edition; write fa'),
        ('theme = {colour = "red; } body { display: none"}', "is not six hexadecimal digits; write: colour = "),
        ('theme = {logo = "../../etc/passwd"}', "is not a file inside the workspace"),
        ('theme = {logo = "pipeline.toml"}', "is none of: PNG, JPEG"),
        ('theme = {arabic = ["pipeline.toml"]}', 'is not two files; write: arabic = ["regular.ttf", "bold.ttf"]'),
        ('theme = {latin = ["a.ttf", "b.ttf", "c.ttf"]}', "is not two files, or four with italics; write: latin = ["),
        ('theme = {font = "x"}', "theme.font: unknown key; known are: colour"),
    ],
)
def test_a_fault_in_the_settings_is_named(congress, pipeline, setting, message):
    path = congress / "pipeline.toml"
    key = setting.split(" = ")[0]
    path.write_text(f"{setting}\n" + re.sub(rf"^{key} = .*$", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    done = pipeline("build-pdf")
    assert done.returncode == 2 and message in done.stderr


def test_a_theme_has_a_logo_a_colour_and_fonts_of_its_own(congress, pipeline):
    logo = io.BytesIO()
    Image.new("RGB", (60, 20), (10, 200, 30)).save(logo, "PNG")
    (congress / "logo.png").write_bytes(logo.getvalue())
    fonts = ROOT / "pipeline" / "edition" / "render" / "pdf" / "fonts"
    for name in ("NotoSerif-Bold.ttf", "NotoSerif-Regular.ttf"):
        shutil.copy(fonts / name, congress)
    theme = 'logo = "logo.png"\nlogo_text = "Emblem of ours"\ncolour = "#c01090"\nlatin = ["NotoSerif-Bold.ttf", "NotoSerif-Regular.ttf"]'
    path = congress / "pipeline.toml"
    path.write_text(f"{path.read_text('utf-8')}\n[theme]\n{theme}\n", "utf-8")
    assert pipeline("build-pdf", "--languages", "en").returncode == 0
    file = congress / "output" / f"{NAME}.fa-en.pdf"
    colours = {colour for _, colour in pypdfium2.PdfDocument(file)[0].render(scale=4).to_pil().getcolors(1 << 20)}
    assert {(10, 200, 30), (192, 16, 144)} <= colours
    known = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", file, "-"], capture_output=True).stdout
    assert b"(Emblem of ours)" in known or "Emblem of ours".encode("utf-16-be") in known


def test_changes_since_an_earlier_version_are_shown_and_nothing_when_there_is_none(congress, pipeline):
    first = pipeline("build-pdf", "--layout", "changes", "--languages", "en")
    assert first.returncode == 0 and "no earlier version is kept" in first.stderr and made(congress) == []
    seed = congress / "seeds" / f"{NAME}.txt"
    seed.write_text(seed.read_text("utf-8").replace("سمینارهای مشترکی", "کنفرانس های مشترکی"), "utf-8")
    assert pipeline("segment").returncode == 0
    done = pipeline("build-pdf", "--layout", "changes", "--languages", "en")
    assert done.returncode == 0 and made(congress) == [".fa-en.changes.pdf"], done.stderr
    text = readers.poppler(congress / "output" / f"{NAME}.fa-en.changes.pdf")
    assert "سمینارهای" in text and "کنفرانس" in text and "since the version of" in text


def test_the_po_file_is_inside_without_a_word_beside_the_translations(congress, pipeline):
    pipeline("build-pdf", "--languages", "en")
    file, po = congress / "output" / f"{NAME}.fa-en.pdf", congress / "translations" / "en" / f"{NAME}.po"
    shown = ["qpdf", f"--show-attachment={NAME}.en.po", file]
    inside = subprocess.run(shown, capture_output=True, check=True).stdout
    assert inside.count(b"msgid") == po.read_bytes().count(b"msgid") > 2
    source = subprocess.run(["qpdf", f"--show-attachment={NAME}.txt", file], capture_output=True, check=True).stdout
    assert source == (congress / "seeds" / f"{NAME}.txt").read_bytes()
    before = file.read_bytes()
    named = po.read_text("utf-8").replace('msgid ""\n', '# Translated by Some Body, 2016\nmsgid ""\n', 1)
    named = named.replace(
        '"Last-Translator: ', '"Report-Msgid-Bugs-To: somebody@example.org\\nLast-Translator: somebody '
    )
    po.write_text(named.replace("\nmsgctxt", "\n# seen by somebody@example.org\nmsgctxt", 1), "utf-8")
    assert pipeline("build-pdf", "--languages", "en").returncode == 0
    assert file.read_bytes() == before  # nothing that leaves has changed
    po.write_text(po.read_text("utf-8").replace("\n# seen", "\n# note: for everybody\n# seen", 1), "utf-8")
    pipeline("build-pdf", "--languages", "en")
    plain = subprocess.run([shown[0], "--qdf", file, "-"], capture_output=True).stdout
    assert b"somebody" not in plain.lower() and b"some body" not in plain.lower()
    assert b"# note: for everybody" in subprocess.run(shown, capture_output=True).stdout
