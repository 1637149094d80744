"""A text as a piece of HTML that another page takes in, with front matter: for content management systems.

Braces are written as their codes: for many of these programs, two of them begin code of their own.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.publication import Published, Publisher, Standing, elements
from pipeline.publication.formats import _frontmatter

SUFFIX = ".fragment.html"
MEDIA_TYPE = "text/html"


def made(published: Published, publisher: Publisher) -> bytes:
    """Return the fragment; its pictures are said in words, as it has no files beside it."""
    language = publisher.language(published.lang)
    article = Element("article", elements.language_of(language))
    if published.standing is Standing.STALE:
        SubElement(SubElement(article, "p", {"class": "notice"}), "strong").text = language.publication.stale
    elements.Flow([published.text], publisher.languages, lambda _: "").add_all(article)
    if published.text.colophon:
        footer = SubElement(article, "footer")
        for statement in published.text.colophon:
            SubElement(footer, "p").text = statement
    html = tostring(article, "unicode", method="html").replace("{", "&#123;").replace("}", "&#125;")
    return f"{_frontmatter.lines(published, publisher)}\n{html}\n".encode("utf-8", "replace")
