"""Jobs on standard input → PDFs on standard output, each in a process with limits and no outside.

This process loads the libraries once and forks for every job. The fork reads the package's fonts and
what the job carries, and nothing else: no other file, no network.

A job is its length in eight bytes and JSON; an answer is a status in four, a length in eight, and content:
a PDF with status 0, one line that says what went wrong with status 1, and with status 3 which character no font has.
Any other status is how the process ended, negative for a signal; what it wrote until then is worth nothing.
"""

import base64
import ctypes.util
import gc
import io
import json
import logging
import os
import resource
import signal
import struct
import sys
import tempfile
from contextlib import redirect_stdout, suppress
from datetime import UTC, datetime
from importlib import import_module, resources
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import Any, BinaryIO
from xml.etree.ElementTree import fromstring

from pipeline import forking, scratch
from pipeline.edition.render.pdf import applying
from pipeline.edition.render.pdf.missing import UnshownError
from pipeline.errors import RenderError

MEMORY_BYTES = 6 * 2**30
CPU_SECONDS = 300
SECONDS = 400
"""After this long a document that is still being typeset is given up."""

JOB, ANSWER = struct.Struct(">Q"), struct.Struct(">iQ")

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.startfile")
"""Audit events that end the process: nothing on a page needs them."""

UNSHOWN = 3
"""The status of an answer that names what no font has."""

REFUSED = 70
"""The exit status after one of them."""


def main(jobs: BinaryIO, answers: BinaryIO) -> None:
    gc.disable()  # Libraries, like pages, live to the end: looking for dead objects takes a tenth of the time.
    with suppress(Exception):  # the first job says it
        _load_weasyprint()
        from pipeline.edition.render.pdf import faces, facing, patches, repeats  # noqa: F401

        faces.faces("aا")  # what every job needs
        repeats.know_types()
    gc.freeze()
    while header := jobs.read(JOB.size):
        status, content = _apart(jobs.read(JOB.unpack(header)[0]))
        answers.write(ANSWER.pack(status, len(content)) + content)
        answers.flush()


def _load_weasyprint() -> None:
    """Import WeasyPrint, by the names that its libraries have here, with the styles of those elements that pages have.

    It tries other names first, for each of which Python has compiler, linker and loader look: half the time of a start.
    They are asked after all where a library has another name.
    """
    if "weasyprint" in sys.modules:
        return
    import tinycss2  # type: ignore[import-untyped]

    _put_off("fontTools.subset")
    _put_off_function("fontTools.varLib.instancer", "instantiateVariableFont")
    search, parse = ctypes.util.find_library, tinycss2.parse_stylesheet
    tinycss2.parse_stylesheet = lambda css: parse(applying.rules(css, applying.USUAL))
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        with redirect_stdout(io.StringIO()):  # where it says what it lacks, answers are written
            import_module("weasyprint")
    except OSError:
        ctypes.util.find_library = search
        import_module("weasyprint")
    finally:
        ctypes.util.find_library, tinycss2.parse_stylesheet = search, parse


def _put_off(name: str) -> None:
    """Have a module read when it is first used: WeasyPrint imports it for what HarfBuzz does in its place."""
    spec = find_spec(name)
    if spec and spec.loader:
        loader = spec.loader = LazyLoader(spec.loader)
        sys.modules[name] = module = module_from_spec(spec)
        loader.exec_module(module)
        package, _, own = name.rpartition(".")
        setattr(import_module(package), own, module)  # or «from package import own» would have it read


def _put_off_function(name: str, function: str) -> None:
    """Have a module read when a function is called that is imported out of it: few fonts are variable."""

    def call(*arguments: Any, **named: Any) -> Any:
        if sys.modules.get(name) is module:
            del sys.modules[name]
        return getattr(import_module(name), function)(*arguments, **named)

    module = ModuleType(name)
    setattr(module, function, call)
    sys.modules.setdefault(name, module)


def _apart(job: bytes) -> tuple[int, bytes]:
    """Return the exit status of a process that typesets a job, and what it wrote; its temporary files go with it."""
    try:
        with scratch.folder() as folder:
            return forking.apart(lambda: _tried(job, str(folder)))
    except OSError as error:
        return 1, f"typesetting could not begin: {error.strerror}; free some memory and disk space".encode()


def _tried(job: bytes, folder: str) -> tuple[int, bytes]:
    try:
        tempfile.tempdir = folder
        forking.limit(resource.RLIMIT_AS, MEMORY_BYTES)
        forking.limit(resource.RLIMIT_CPU, CPU_SECONDS)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        return 0, pdf(json.loads(job))
    except UnshownError as error:
        return UNSHOWN, str(error).encode()
    except RenderError as error:
        return 1, str(error).encode()
    except MemoryError:
        return 1, b"typesetting needs more memory than there is; free some, or divide the document"
    except BaseException as error:  # whatever went wrong, the parent says it in one line
        return 1, f"typesetting failed: {type(error).__name__}: {error}".encode("utf-8", "replace")


def pdf(job: dict[str, Any]) -> bytes:
    """Return the PDF of a job, as `pipeline.edition.render.pdf` writes it."""
    document = lay_out(job)
    from weasyprint import Attachment

    from pipeline.edition.render.pdf import outline, patches

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
        for one in sorted(job["attachments"], key=lambda one: one["name"])  # as readers look them up
    ]
    document.make_bookmark_tree = lambda scale=1, **_: outline.tree(document, job["outline"], scale)
    content: bytes = document.write_pdf(
        zoom=job["zoom"],
        pdf_variant="pdf/a-3a",
        attachments=attachments,
        finisher=lambda _, made: _finish(made, job),
    )
    if job["booklet"]:
        from pipeline.edition.render.pdf import imposition

        return imposition.booklet(content, **job["booklet"])
    return content


def lay_out(job: dict[str, Any]) -> Any:
    """Return the pages of a job, laid out; a function of its own so that tests can walk them."""
    # Without fonts: a system font can never slip in.
    os.environ["FONTCONFIG_FILE"] = str(resources.files(__package__) / "fonts" / "none.conf")
    _load_weasyprint()
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    from pipeline.edition.render.pdf import bars, faces, facing, fonts, linewords, missing, patches, pictures, rules

    patches.for_layout(linewords.read(job["linewords"]), job["widths"], job["height"])
    sys.addaudithook(_refuse)
    own, images = (
        {name: base64.b64decode(content) for name, content in job[kind].items()} for kind in ("assets", "pictures")
    )
    images |= {name: own.pop(name) for name in [*own] if name == "logo"}
    own = {name: fonts.unsigned(content) for name, content in own.items()}
    shown = faces.shown(own)
    page_html = missing.boxed(job["html"], shown) if job.get("boxes") else job["html"]
    missing.refuse(page_html, shown)
    needed = faces.faces(page_html, own)
    assets = {face.name: face.content for face in needed}
    assets |= {name: pictures.printable(content, name) for name, content in images.items()}

    class OwnAssetsOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if (content := assets.get(url.removeprefix("asset:"))) is None:
                raise FatalURLFetchingError(f"a page may not fetch {url[:80]!r}")
            return URLFetcherResponse(url, content)

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fetcher = OwnAssetsOnly()
    shared = {"font_config": weasyprint.text.fonts.FontConfiguration(), "counter_style": CounterStyle()}
    named = applying.names(page_html)
    css = "\n".join([*(face.rule for face in needed), applying.rules(job["css"], named)])
    style = weasyprint.CSS(string=css, url_fetcher=fetcher, **shared)
    if not applying.is_usual(named):
        weasyprint.UA_STYLESHEET = weasyprint.CSS(string=weasyprint.html.UA, counter_style=weasyprint.UA_COUNTER_STYLE)
    page = _page(page_html, fetcher)
    document = page.render(stylesheets=[style], pdf_variant="pdf/a-3a", **shared)
    bars.join(document.pages, page.etree_element)
    rules.clear(document.pages)
    return document.copy(facing.cut(document.pages)) if job["facing"] else document


def _page(html: str, fetcher: Any) -> Any:
    """Return a page description as WeasyPrint has it; its own parser of HTML takes twenty times as long."""
    import weasyprint

    page = weasyprint.HTML(string="", url_fetcher=fetcher)
    tree = fromstring(html)  # noqa: S314  # our own
    page.wrapper_element = type(page.wrapper_element).from_html_root(tree, content_language=None)
    page.etree_element = page.wrapper_element.etree_element
    return page


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(FORBIDDEN):
        os._exit(REFUSED)


def _finish(made: Any, job: dict[str, Any]) -> None:
    made.catalog["PageLayout"] = "/TwoPageLeft" if job["facing"] else "/OneColumn"


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
