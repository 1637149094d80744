"""What was taken out of a document leaves with no other, whose drafts say it."""

import pytest

A = "بیانیه‌ی نخست\n\nکارگر زندانی سپیده قلیان روز گذشته در زندان اوین دست به اعتصاب غذا زد و خواستار آزادی خود شد.\n"
B = "بیانیه‌ی دوم\n\nکارگر زندانی رضا قلیان روز گذشته در زندان اوین دست به اعتصاب غذا زد و خواستار آزادی خود شد.\n"
NAMED = "The imprisoned worker Sepideh Gholian went on hunger strike in Evin yesterday."
WITHOUT = "بیانیه‌ی نخست\n\nیک کارگر اعتصاب کرد.\n"


@pytest.fixture
def lent(pipeline, workspace):
    """Two documents of which one is translated; a sentence of it is the draft of one in the other."""
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('languages = ["en", "fr"]', 'languages = ["en"]'), "utf-8")
    (workspace / "seeds/a.txt").write_text(A, "utf-8")
    pipeline("segment")
    po = workspace / "translations/en/a.po"
    before, found, after = po.read_text("utf-8").rpartition('msgstr ""')
    po.write_text(f'{before}msgstr "{NAMED}"{after}', "utf-8")
    assert found
    (workspace / "seeds/b.txt").write_text(B, "utf-8")
    return workspace


def draft(workspace):
    return (workspace / "translations/en/b.po").read_text("utf-8")


def test_a_draft_goes_when_what_it_says_is_taken_out_of_the_document_it_comes_from(pipeline, lent):
    for _ in range(2):
        pipeline("run")
    assert NAMED in draft(lent) and "%: a " in draft(lent)
    (lent / "seeds/a.txt").write_text(WITHOUT, "utf-8")
    pipeline("run")
    assert NAMED not in draft(lent)
    pipeline("export", "-f", "csv", "b")
    assert NAMED not in (lent / "output/exchange/b.en.csv").read_text("utf-8")


def test_a_table_is_made_without_it_before_anything_is_run(pipeline, lent):
    pipeline("translate")
    assert NAMED in draft(lent)
    (lent / "seeds/a.txt").write_text(WITHOUT, "utf-8")
    pipeline("export", "-f", "csv", "b")
    assert NAMED not in (lent / "output/exchange/b.en.csv").read_text("utf-8")


def test_what_the_po_file_still_has_of_a_document_that_changed_is_no_draft(pipeline, lent):
    pipeline("memory", "list")
    (lent / "seeds/a.txt").write_text(WITHOUT, "utf-8")
    pipeline("translate", "b")
    assert NAMED not in draft(lent)


def test_it_goes_with_a_document_that_is_deleted(pipeline, lent):
    for _ in range(2):
        pipeline("run")
    (lent / "seeds/a.txt").unlink()
    pipeline("run")
    assert NAMED not in draft(lent)


def test_it_goes_with_what_was_renamed_since(pipeline, lent):
    for _ in range(2):
        pipeline("run")
    pipeline("rename", "a", "z")
    for _ in range(2):
        pipeline("run")
    assert NAMED in draft(lent)
    (lent / "seeds/z.txt").write_text(WITHOUT, "utf-8")
    pipeline("run")
    assert NAMED not in draft(lent)


def test_what_somebody_took_over_stays_and_so_does_what_still_stands(pipeline, lent):
    pipeline("translate")
    pipeline("translate")
    assert NAMED in draft(lent)
    po = lent / "translations/en/b.po"
    po.write_text(draft(lent).replace(NAMED, f"{NAMED} Now free."), "utf-8")
    (lent / "seeds/a.txt").write_text(WITHOUT, "utf-8")
    pipeline("translate")
    assert f"{NAMED} Now free." in draft(lent)
