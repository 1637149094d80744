"""Debian's Firefox, driven over Marionette, its own protocol: another engine than Chromium's, and that of Tor Browser."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Mozilla's packages are older than the Python that reads them
    from marionette_driver import Wait
    from marionette_driver.by import By
    from marionette_driver.marionette import Marionette

PROGRAM = "/usr/bin/firefox-esr"


class Firefox:
    """A window, and what is done in it."""

    def __init__(self, window: Marionette) -> None:
        self.window = window

    def go(self, address: str) -> None:
        self.window.navigate(address)

    def find(self, selector: str):
        """Return the first element of a selector, waited for."""
        return Wait(self.window, timeout=20).until(lambda window: window.find_elements(By.CSS_SELECTOR, selector))[0]

    def await_text(self, selector: str, text: str) -> None:
        Wait(self.window, timeout=20, ignored_exceptions=(Exception,)).until(lambda _: text in self.find(selector).text)


@contextmanager
def window(*, scripts: bool = True) -> Iterator[Firefox]:
    """Give a window of a Firefox without a head; without `scripts`, pages run none."""
    prefs = {"javascript.enabled": scripts, "intl.accept_languages": "en-GB"}
    with tempfile.TemporaryDirectory() as folder:
        started = Marionette(bin=PROGRAM, headless=True, prefs=prefs, gecko_log=folder)
        started.start_session()
        try:
            yield Firefox(started)
        finally:
            with suppress(Exception):  # a browser that is gone has ended
                started.quit()
            started.cleanup()
