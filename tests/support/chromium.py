"""Debian's Chromium, driven through Playwright; every complaint of a page is a failure."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

PROGRAM = "/usr/bin/chromium"


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield started
        finally:
            started.close()


@contextmanager
def page(browser: Browser, **options) -> Iterator[tuple[Page, list[str]]]:
    """Give a page of a new visitor, and what it complained of and asked of other servers."""
    said: list[str] = []
    context = browser.new_context(**({"locale": "en-GB", "viewport": {"width": 1280, "height": 900}} | options))
    found = context.new_page()
    found.set_default_timeout(15_000)
    found.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    found.on("pageerror", lambda error: said.append(str(error)))
    found.on(
        "request",
        lambda request: (
            None if "://127.0.0.1:" in request.url or request.url.startswith("data:") else said.append(request.url)
        ),
    )
    try:
        yield found, said
    finally:
        context.close()


def faults(page: Page) -> list[str]:
    """Return what axe-core finds on a page, of every severity, with the elements."""
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found.response["violations"]]
