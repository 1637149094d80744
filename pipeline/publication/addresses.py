"""Where everything of a published text is: below the folder of the section, and on the web.

A page is «en/report/index.html», and its address «en/report/»: no id of a document can be in the way of another page,
and its files are beside it. The one id that would be, «index.html», has a stroke behind it, as have those that look so.
Of «1988/call» the page is «en/1988/call/index.html», below that of «1988» if there is one: what is called like a file
there, with a full stop, has a stroke behind it too.
"""

import re
from urllib.parse import quote

from pipeline.publication import Published, Publisher

INDEX = "index.html"

_LIKE_INDEX = re.compile(r"index\.html_*", re.IGNORECASE)


def folder(published: Published) -> str:
    """Return the folder of a text, which ends with a slash; it and the page in it have the same address."""
    above, _, name = published.document_id.rpartition("/")
    is_like_a_file = "." in name if above else _LIKE_INDEX.fullmatch(name)
    return f"{published.lang}/{published.document_id}{'_' if is_like_a_file else ''}/"


def page(published: Published) -> str:
    """Return the path of the page of a text."""
    return folder(published) + INDEX


def beside(published: Published) -> str:
    """Return the path of the page on which a translation stands beside its original."""
    return folder(published) + f"with-{published.source_lang}.html"


def home(lang: str) -> str:
    """Return the path of the page at which a language begins."""
    return f"{lang}/{INDEX}"


def file(published: Published, name: str) -> str:
    """Return the path of a file beside a page: a PDF, a picture."""
    return folder(published) + name


def on_the_web(path: str, publisher: Publisher) -> str:
    """Return the address of a path of the section; nothing where nobody knows where the section stands."""
    if not publisher.address:
        return ""
    return publisher.address + quote(path.removesuffix(INDEX) if f"/{path}".endswith(f"/{INDEX}") else path)
