"""The way of a translator in Firefox, with scripts and without any, as in Tor Browser at its safest level."""

import pytest

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
