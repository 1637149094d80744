"""HTML on standard input → PDF on standard output, in a process with limits and no outside.

It reads the package's fonts and stylesheet and nothing else: no other file, no network.
"""

import logging
import os
import resource
import sys
from importlib import resources

MEMORY_BYTES = 6 * 2**30
CPU_SECONDS = 300
NO_FONTS = b'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig></fontconfig>'
"""A fontconfig configuration without fonts: a system font can never slip in."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    html = sys.stdin.buffer.read().decode("utf-8")
    os.environ["FONTCONFIG_FILE"] = _memory_file(NO_FONTS)
    sys.stdout.buffer.write(_pdf(html))


def _memory_file(content: bytes) -> str:
    """Return the path of a file in memory, for a library that wants one; it ends with the process."""
    descriptor = os.memfd_create("pipeline")
    os.write(descriptor, content)
    return f"/proc/self/fd/{descriptor}"


def _pdf(html: str) -> bytes:
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    from pipeline.render.pdf import fonts

    files = fonts.load()

    class OwnFontsOnly(URLFetcher):
        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            name = url.removeprefix("font:")
            if name not in files:
                raise FatalURLFetchingError(f"a page may not fetch {url[:80]!r}")
            return URLFetcherResponse(url, files[name])

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fetcher, configuration = OwnFontsOnly(), weasyprint.text.fonts.FontConfiguration()
    css = resources.files("pipeline.render.pdf").joinpath("style.css").read_text("utf-8")
    style = weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=configuration)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return document.write_pdf(stylesheets=[style], font_config=configuration, pdf_tags=True)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:  # whatever went wrong, the parent says it in one line
        sys.exit(f"typesetting failed: {type(error).__name__}: {error}")
