"""What a book says of itself, by the names of Dublin Core and schema.org.

EPUB 3.3 (https://www.w3.org/TR/epub-33/#sec-metadata-elem) and EPUB Accessibility 1.1. Conformance is not claimed: that
is for people to say who have read a book with assistive technology.
"""

from collections.abc import Iterator, Sequence

from pipeline.languages import Language
from pipeline.model import first_day
from pipeline.publication import Published, Publisher

Statement = tuple[str, str]
"""A name, as `dc:title` or `schema:accessMode`, and a value."""

_NO_DAY = "1980-01-01"
"""A book must say when it was last changed: of a text of which no day is known, as the ZIP archive has it."""

_FEATURES = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "unlocked")


def of(
    published: Published, publisher: Publisher, identifier: str, title: str, langs: Sequence[str]
) -> Iterator[Statement]:
    """Yield what is said of the book of a text in languages, its identifier first: nothing that is not known."""
    language, text = publisher.language(published.lang), urn(published.text_sha256)
    yield "dc:identifier", identifier
    if text != identifier:
        yield "dc:identifier", text
    yield "dc:title", title
    yield from (("dc:language", lang) for lang in langs)
    day = published.published or published.date
    stated = {"creator": published.issuer, "publisher": publisher.name, "date": day}
    yield from ((f"dc:{name}", value) for name, value in stated.items() if value)
    yield from (("dc:subject", publisher.topics.get(topic, topic)) for topic in published.topics)
    yield from _origin(published, language)
    yield "dcterms:modified", f"{first_day(day or _NO_DAY)}T00:00:00Z"


def urn(sha256: str) -> str:
    return f"urn:sha256:{sha256}"


def _origin(published: Published, language: Language) -> Iterator[Statement]:
    """Yield of what it was made, since when that is, and whether it may be published again."""
    if not published.is_original:
        yield "dc:source", urn(published.source_sha256)
    if published.provenance and published.provenance.address:
        yield "dc:source", published.provenance.address
    if published.provenance and published.provenance.is_permitted and language.labels.permitted:
        yield "dc:rights", language.labels.permitted
    if published.date:
        yield "dcterms:created", published.date


def accessibility(language: Language, alternatives: Sequence[str]) -> Iterator[Statement]:
    """Yield by which senses a book can be read, with these words for the pictures in it."""
    yield "schema:accessMode", "textual"
    if alternatives:
        yield "schema:accessMode", "visual"
        yield "schema:accessModeSufficient", "textual,visual"
    if all(alternatives):
        yield "schema:accessModeSufficient", "textual"
    features = [*_FEATURES, *(["alternativeText"] if alternatives and all(alternatives) else [])]
    yield from (("schema:accessibilityFeature", feature) for feature in features)
    yield "schema:accessibilityHazard", "none"
    yield "schema:accessibilitySummary", language.publication.accessible
