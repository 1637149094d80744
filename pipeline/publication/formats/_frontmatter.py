"""What a content management system is told of a text, before the text: YAML between two lines of dashes.

Every value is written as JSON, which YAML includes: no text of others can end it, or be read as something else, by a
browser neither.
"""

import json

from pipeline.publication import Published, Publisher, addresses
from pipeline.text.printable import plain

_LINE = "---\n"


def lines(published: Published, publisher: Publisher) -> str:
    """Return the front matter of a text, with its line ends."""
    language = publisher.language(published.lang)
    known = {
        "title": plain(published.text.title) or published.document_id,
        "title_is_editorial": published.text.title_is_editorial,
        "id": published.document_id,
        "lang": published.lang,
        "dir": str(language.direction),
        "source_lang": published.source_lang,
        "issuer": plain(published.issuer),
        "date": published.date,
        "topics": [plain(topic) for topic in published.topics],
        "published": published.published,
        "replaces": published.replaces,
        "standing": str(published.standing),
        "first_published_at": published.provenance.address if published.provenance else "",
        "address": addresses.on_the_web(addresses.page(published), publisher),
        "text_sha256": published.text_sha256,
    }
    return "".join([_LINE, *(f"{name}: {_value(value)}\n" for name, value in known.items() if value != ""), _LINE])


def _value(value: object) -> str:
    """Return a value as JSON without the signs that YAML has no place for, nor that with which a tag of HTML begins.

    A browser that opens a fragment as it is runs what stands in a tag, before the text as in it.
    """
    written = json.dumps(value, ensure_ascii=False)
    return "".join(f"\\u{ord(sign):04x}" if sign in "<\x7f\x85\u2028\u2029\ufeff" else sign for sign in written)
