"""What `check` knows of a workspace: the fonts of its pages."""

import io

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

THEME = '\n[theme]\nlatin = ["own.ttf", "own.ttf"]\n'


@pytest.fixture
def sign(workspace, pipeline):
    """A workspace with one translated sentence, and a sign in it that the fonts of the package do not have."""
    (workspace / "seeds" / "statement.txt").write_text("نان برای همه.", "utf-8")
    assert pipeline("segment").returncode == 0
    path = workspace / "translations" / "en" / "statement.po"
    text = path.read_text("utf-8").replace('همه."\nmsgstr ""', 'همه."\nmsgstr "Bread for everybody 🌎."')
    path.write_text(text.replace("#, fuzzy\n", ""), "utf-8")
    return workspace


def test_a_sign_is_missing_until_a_font_of_the_theme_has_it(sign, pipeline):
    assert "no font of the page can show “🌎”" in pipeline("check").stdout
    (sign / "own.ttf").write_bytes(font("🌎"))
    with (sign / "pipeline.toml").open("a", encoding="utf-8") as settings:
        settings.write(THEME)
    assert "no font" not in (done := pipeline("check")).stdout and "not translated" in done.stdout


@pytest.mark.parametrize("command", ["check", "build-pdf"])
def test_a_damaged_font_of_the_theme_is_one_line(command, sign, pipeline):
    (sign / "own.ttf").write_bytes(font("🌎")[:300])
    with (sign / "pipeline.toml").open("a", encoding="utf-8") as settings:
        settings.write(THEME)
    lines = [
        line for line in pipeline(command).stderr.splitlines() if "[theme] in pipeline.toml: a font is damaged" in line
    ]
    assert lines and all(line.endswith("put a sound file in its place") for line in lines)


def font(characters: str) -> bytes:
    """Return a font that has so many characters, all of them empty."""
    names = [f"glyph{number}" for number in range(len(characters))]
    made = FontBuilder(1000)
    made.setupGlyphOrder([".notdef", *names])
    made.setupCharacterMap(dict(zip(map(ord, characters), names, strict=True)))
    made.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", *names)})
    made.setupHorizontalMetrics(dict.fromkeys((".notdef", *names), (500, 0)))
    made.setupHorizontalHeader()
    made.setupOS2()
    made.setupPost()
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()
