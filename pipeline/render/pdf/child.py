"""A job on standard input → PDF on standard output, in a process with limits and no outside.

It reads the package's fonts and what the job carries, and nothing else: no other file, no network.
"""

import base64
import json
import logging
import os
import resource
import sys
from datetime import UTC, datetime
from typing import Any

MEMORY_BYTES = 6 * 2**30
CPU_SECONDS = 300
NO_FONTS = b'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig></fontconfig>'
"""A fontconfig configuration without fonts: a system font can never slip in."""

SMALLER = 0.89
"""Latin letters inside Persian, beside those of Latin text of the same size."""

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.startfile")
"""Audit events that end the process: nothing on a page needs them."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    job = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(pdf(job))


def pdf(job: dict[str, Any]) -> bytes:
    """Return the PDF of a job, as `pipeline.render.pdf` writes it."""
    document = lay_out(job)
    from weasyprint import Attachment

    from pipeline.render.pdf import patches

    patches.for_file(job["rdf"], job["languages"])
    date = datetime.fromisoformat(job["date"]).replace(tzinfo=UTC)
    attachments = [
        Attachment(
            string=base64.b64decode(one["content"]),
            name=one["name"],
            description=one["about"],
            relationship="Source",
            created=date,
            modified=date,
        )
        for one in job["attachments"]
    ]
    return document.write_pdf(
        zoom=job["zoom"],
        pdf_variant="pdf/a-3a",
        attachments=attachments,
        finisher=lambda _, made: _finish(made, job),
    )


def lay_out(job: dict[str, Any]):
    """Return the pages of a job, laid out; a function of its own so that tests can walk them."""
    os.environ["FONTCONFIG_FILE"] = _memory_file(NO_FONTS)
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    from pipeline.render.pdf import facing, fonts, patches

    patches.for_layout()
    sys.addaudithook(_refuse)
    assets = fonts.load() | {name: base64.b64decode(content) for name, content in job["assets"].items()}

    def asset(url: str) -> bytes | None:
        scheme, _, name = url.partition(":")
        is_smaller, name = name.startswith("smaller:"), name.removeprefix("smaller:")
        content = assets.get(name) if scheme == "asset" else None
        return fonts.smaller(content, SMALLER) if content and is_smaller else content

    class OwnAssetsOnly(URLFetcher):
        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            if (content := asset(url)) is None:
                raise FatalURLFetchingError(f"a page may not fetch {url[:80]!r}")
            return URLFetcherResponse(url, content)

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fetcher = OwnAssetsOnly()
    shared = {"font_config": weasyprint.text.fonts.FontConfiguration(), "counter_style": CounterStyle()}
    style = weasyprint.CSS(string=job["css"], url_fetcher=fetcher, **shared)
    page = weasyprint.HTML(string=job["html"], url_fetcher=fetcher)
    document = page.render(stylesheets=[style], pdf_variant="pdf/a-3a", **shared)
    return document.copy(facing.cut(document.pages)) if job["facing"] else document


def _memory_file(content: bytes) -> str:
    """Return the path of a file in memory, for a library that wants one; it ends with the process."""
    descriptor = os.memfd_create("pipeline")
    os.write(descriptor, content)
    return f"/proc/self/fd/{descriptor}"


def _refuse(event: str, _arguments: tuple) -> None:
    if event.startswith(FORBIDDEN):
        os._exit(70)


def _finish(made, job: dict[str, Any]) -> None:
    made.catalog["PageLayout"] = "/TwoPageLeft" if job["facing"] else "/OneColumn"


if __name__ == "__main__":
    try:
        main()
    except Exception as error:  # whatever went wrong, the parent says it in one line
        sys.exit(f"typesetting failed: {type(error).__name__}: {error}")
