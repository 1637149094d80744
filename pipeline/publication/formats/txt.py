"""Text for Telegram, Signal and e-mail, in numbered parts where it is longer than a message may be.

The parts are divided by a line with scissors, CUT.
"""

from collections.abc import Iterator

from pipeline.languages import Language
from pipeline.publication import Published, Publisher, Standing, addresses, parts, plaintext
from pipeline.publication.formats import PDF
from pipeline.publication.plaintext import PlainParagraph, led
from pipeline.text.excerpt import excerpt

SUFFIX = ".txt"
MEDIA_TYPE = "text/plain"

CUT = "✂ – – – – –"
"""Stands on a line of its own between two parts; it is no part of them."""

_LONGEST_TITLE = 60


def made(published: Published, publisher: Publisher) -> bytes:
    return f"\n\n{CUT}\n\n".join(messages(published, publisher)).encode() + b"\n"


def messages(published: Published, publisher: Publisher) -> list[str]:
    """Return the messages of a text, none longer than the publisher wants; of a withdrawn one, the notice."""
    language, most = publisher.language(published.lang), publisher.longest_message
    title = excerpt(published.text.title, min(_LONGEST_TITLE, most // 8))

    def mark(number: int, count: int) -> str:
        place = f"({language.number(number)}/{language.number(count)})"
        return led(place if number == 1 else f"{place} {title}".strip(), language)

    is_gone = published.standing is Standing.WITHDRAWN
    said = _notice(published, language) if is_gone else _text(published, language)
    return parts.numbered([*said, *_links(published, publisher, language)], most, language, mark)


def _notice(published: Published, language: Language) -> Iterator[PlainParagraph]:
    labels = language.publication
    yield PlainParagraph(led(published.text.title, language))
    yield PlainParagraph(led(labels.withdrawn, language))
    if published.reason:
        yield PlainParagraph(led(published.reason, language))


def _text(published: Published, language: Language) -> Iterator[PlainParagraph]:
    if published.standing is Standing.STALE:
        yield PlainParagraph(led(language.publication.stale, language))
    yield from plaintext.paragraphs(published.text, language)
    yield plaintext.RULE
    for place, line in enumerate(published.text.colophon):
        yield PlainParagraph(led(line, language), is_tight=place > 0)


def _links(published: Published, publisher: Publisher, language: Language) -> Iterator[PlainParagraph]:
    """Yield the addresses of the page and the PDF, each on a line of its own, for programs make a link of it."""
    page = addresses.on_the_web(addresses.page(published), publisher)
    pdf = addresses.on_the_web(addresses.file(published, published.formats.get(PDF, "")), publisher)
    if page:
        yield PlainParagraph(f"{led(language.publication.on_the_web, language)}\n{page}")
    if page and PDF in published.formats and published.standing is not Standing.WITHDRAWN:
        yield PlainParagraph(f"{led('PDF', language)}\n{pdf}")
