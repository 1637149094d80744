"""The way of a translator in Firefox, with scripts and without any, as in Tor Browser at its safest level."""

import time

import pytest

from pipeline.inbox import digestpage
from pipeline.languages import SHIPPED
from pipeline.web import folder
from tests.inbox.test_digestpage import entry, made
from tests.support import firefox
from tests.web.conftest import PAGE

pytestmark = pytest.mark.filterwarnings("ignore")  # of Mozilla's own packages


@pytest.mark.parametrize("scripts", [True, False])
def test_a_sentence_is_opened_saved_and_undone(serving, translated, scripts):
    with firefox.window(scripts=scripts) as window:
        window.go(serving.told[-1].address)
        window.find("ul.documents")
        window.go(f"http://127.0.0.1:{serving.port}{serving.root}{PAGE}")
        window.find("a.sentence.translated").click()
        window.find("#field").clear()
        window.find("#field").send_keys("Our declaration")
        window.find('.edit [value="stay"]').click()
        window.await_text(".said", "saved")
        assert 'msgstr "Our declaration"' in translated.read_text("utf-8")
        window.find('[form="undo"]').click()
        window.await_text(".said", "undone")
        assert 'msgstr "Our statement"' in translated.read_text("utf-8")


def test_nobody_is_asked_where_the_servers_are_that_a_private_page_links_to(tmp_path, monkeypatch):
    """Firefox looks up the name of each, as soon as a page is open, where nothing forbids it."""
    monkeypatch.setenv("MOZ_LOG", "nsHostResolver:5")
    monkeypatch.setenv("MOZ_LOG_FILE", str(tmp_path / "log"))
    digest, usual = tmp_path / "digest.html", tmp_path / "usual.html"
    digest.write_text(
        digestpage.html(made(entry(address="https://partner.example/a")), SHIPPED["fa"], SHIPPED), "utf-8"
    )
    section = tmp_path / "section"
    section.mkdir()
    (section / "index.html").write_text('<a href="https://section.example/">x</a>')
    usual.write_text('<a href="https://usual.example/">x</a>')
    with firefox.window() as window, folder.serving(section) as address:
        for page in (digest.as_uri(), address, usual.as_uri()):
            window.go(page)
            window.find("a[href^=https]")
        for _ in range(100):
            looked_up = "".join(log.read_text("utf-8", "replace") for log in tmp_path.glob("log*"))
            if "usual.example" in looked_up:
                break
            time.sleep(0.2)
    assert "usual.example" in looked_up
    assert "partner.example" not in looked_up and "section.example" not in looked_up
