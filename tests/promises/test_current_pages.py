"""Whatever a page is made of changes, the page is what it would be if all were made for the first time."""

import re
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest

from pipeline import languages
from pipeline.app import inputs, publishing
from pipeline.app.session import Session
from pipeline.publication import Publisher, card, site
from pipeline.workspace.config import PublicationSettings
from tests.edition.render.pdf.test_faces import box
from tests.support import office
from tests.support.forked import Zygote

DAY = datetime(2026, 11, 28, tzinfo=UTC)
SETTINGS = """
[topics.labour]
title = "Labour"

[theme]
colour = "#1b3f7a"

[publication]
name = "International section"
address = "https://example.org/international/"
formats = ["pdf", "epub", "docx-both", "txt"]
theme = "theme"
longest_message = 4096
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """A published workspace with a theme of its own, which is that of the package."""
    with closing(Zygote()) as zygote:
        folder = office.workspace(zygote, tmp_path_factory.mktemp("current") / "workspace", ("statement",))
        (folder / "seeds/statement.toml").write_text('topics = ["labour"]\n')
        with (folder / "pipeline.toml").open("a", encoding="utf-8") as file:
            file.write(SETTINGS)
        (folder / "theme").mkdir()
        (folder / "theme/style.css").write_text("p { margin: 0 }\n")
        (folder / "languages").mkdir()
        publish(folder)
    assert "labour" in (folder / "output/site/en/statement/index.html").read_text("utf-8").casefold()
    return folder


def publish(folder: Path) -> publishing.PublishingOutcome:
    session = Session.open(folder, lambda: DAY)
    made = publishing.publish(session)
    assert not session.faults
    return made


def section(folder: Path) -> dict[str, bytes]:
    of = folder / "output/site"
    return {path.relative_to(of).as_posix(): path.read_bytes() for path in of.rglob("*") if path.is_file()}


def anew(folder: Path, target: Path) -> dict[str, bytes]:
    """The section of a workspace that never had one."""
    shutil.copytree(
        folder, target, ignore=shutil.ignore_patterns("site", "published", publishing.RECORD, "index.sqlite*")
    )
    publish(target)
    return section(target)


def setting(old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "pipeline.toml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def style(folder: Path) -> None:
    (folder / "theme/style.css").write_text("p { margin: 1px }\n")


def template(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (resources.files(site) / "templates" / name).read_text("utf-8")
        assert old in text
        (folder / "theme" / name).write_text(text.replace(old, new), "utf-8")

    return change


def label(lang: str, table: str, key: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (resources.files(languages) / f"{lang}.toml").read_text("utf-8")
        pattern = rf'(?ms)(^\[{table}\]$.*?^{key} = ")'
        assert re.search(pattern, text)
        (folder / "languages" / f"{lang}.toml").write_text(re.sub(pattern, r"\g<1>¤ ", text, count=1), "utf-8")

    return change


CHANGED = {
    "the name of the section": (setting('name = "International section"', 'name = "Voices"'), "name"),
    "its address": (setting("/international/", "/voices/"), "address"),
    "that it has none": (setting('address = "https://example.org/international/"\n', ""), "address"),
    "the formats": (setting('"docx-both", "txt"]', '"odt"]'), "formats"),
    "the length of messages": (setting("longest_message = 4096", "longest_message = 200"), "longest_message"),
    "no theme": (setting('theme = "theme"\n', ""), "theme"),
    "the style sheet": (style, "theme"),
    "a template of a page": (template("text.html", "<article", '<article data-own="1"'), "theme"),
    "a template that others are made of": (template("base.html", "</body>", "<p>¤</p></body>"), "theme"),
    "the colour": (setting("#1b3f7a", "#8a1c1c"), "colour"),
    "the title of a topic": (setting('title = "Labour"', 'title = "Work"'), "topics"),
    "a label of pages": (label("en", "publication", "search"), "languages"),
    "a label of the original's language": (label("fa", "publication", "newest"), "languages"),
    "a label of texts": (label("fr", "labels", "colophon"), "languages"),
    "the sender": (setting('name = "International section"\n', ""), "name"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_after_a_change_all_is_as_if_made_for_the_first_time(prepared, tmp_path, name):
    folder = office.copy(prepared, tmp_path / "workspace")
    before = section(folder)
    CHANGED[name][0](folder)
    publish(folder)
    now = section(folder)
    assert now != before, "nothing of it is to be seen"
    assert now == anew(folder, tmp_path / "anew")
    assert not publish(folder).written


def test_every_setting_is_changed_here():
    changed = {what for _, what in CHANGED.values()}
    assert {field.name for field in fields(PublicationSettings)} <= changed
    assert {field.name for field in fields(Publisher)} - {"keep", "fonts"} <= changed


def test_a_font_of_another_script_makes_cards_anew(prepared, tmp_path, monkeypatch):
    """No page here has such letters, so nothing differs: that they are drawn again is counted."""
    folder, drawn, draw = office.copy(prepared, tmp_path / "workspace"), [], card.made
    monkeypatch.setattr(card, "made", lambda *given, **named: drawn.append(1) or draw(*given, **named))
    publish(folder)
    assert not drawn
    for name in ("regular.ttf", "bold.ttf"):
        (folder / name).write_bytes(box(*"关于图书馆"))
    setting('colour = "#1b3f7a"', 'colour = "#1b3f7a"\nothers = ["regular.ttf", "bold.ttf"]')(folder)
    publish(folder)
    assert drawn


def test_another_version_of_the_program_makes_all_anew_and_writes_only_what_differs(prepared, tmp_path, monkeypatch):
    folder = office.copy(prepared, tmp_path / "workspace")
    monkeypatch.setattr(inputs, "program", lambda: b"another")
    monkeypatch.setattr(site, "NEWEST", 0)
    made = publish(folder)
    differs = {name for name, content in section(folder).items() if section(prepared).get(name) != content}
    assert differs == {"en/index.html", "fa/index.html", "fr/index.html"} and made.written == len(differs)
