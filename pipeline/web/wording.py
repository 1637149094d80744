"""The languages of the page itself: English in the templates, others in gettext PO files beside them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from babel.messages.pofile import read_po

from pipeline.languages import SHIPPED, name

ENGLISH = "en"


LONGEST_SAID = 500
"""Characters of what the program says that is looked for among texts with places."""

_PLACE = re.compile(r"\{(\w+)\}")


def _pattern(text: str) -> str:
    parts = _PLACE.split(text)
    return "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))


@dataclass(frozen=True)
class Interface:
    """A language of the page: its code, direction and name, and what its texts are by the English ones."""

    code: str
    texts: dict[str, str]

    @property
    def direction(self) -> str:
        return SHIPPED[self.code].direction

    @property
    def own_name(self) -> str:
        return name(self.code, self.code) or self.code

    def __call__(self, text: str, **values: object) -> str:
        """Return a text of the page, with values where it has names for them."""
        found = self.texts.get(text) or text
        said = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return found.format(**said) if said else found

    def said(self, text: str) -> str:
        """Return what the program says, such as a finding: in the language, where its English stands in the PO file.

        Words of the document stand where the English has places, isolated, as they may run the other way. What is in
        `said…` is said by the program too.
        """
        if text in self.texts or len(text) > LONGEST_SAID:
            return self.texts.get(text, text)
        for pattern, found in self._patterns:
            if match := pattern.fullmatch(text):
                words = {
                    name: self.said(value) if name.startswith("said") else f"\u2068{value}\u2069"
                    for name, value in match.groupdict().items()
                }
                return found.format(**words)
        return text

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        """What texts with places look like, those first that say most themselves."""
        with_places = [(text, found) for text, found in self.texts.items() if "{" in text]
        ordered = sorted(with_places, key=lambda one: -len(_PLACE.sub("", one[0])))
        return [(re.compile(_pattern(text), re.DOTALL), found) for text, found in ordered]

    def number(self, value: int) -> str:
        """Return a number in the digits of the language."""
        return self.digits(str(value))

    def digits(self, text: str) -> str:
        """Return a text with its digits as the language writes them."""
        return text.translate(str.maketrans("0123456789", SHIPPED[self.code].digits))


@cache
def wordings() -> dict[str, Interface]:
    """Return the languages of the page by their codes, English first."""
    found = {ENGLISH: Interface(ENGLISH, {})}
    for file in sorted(files(__package__).joinpath("locales").iterdir(), key=lambda one: one.name):
        code, _, suffix = file.name.partition(".")
        if suffix == "po":
            with file.open("rb") as content:
                catalog = read_po(content, locale=code)
            found[code] = Interface(code, {str(one.id): str(one.string) for one in catalog if one.id and not one.fuzzy})
    return found


def chosen(asked: Iterable[str]) -> Interface:
    """Return the first language of the page among some codes; English when none is."""
    known = wordings()
    return next((known[code] for code in asked if code in known), known[ENGLISH])


def accepted(header: str) -> list[str]:
    """Return the codes in an Accept-Language header, the most wanted first."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, weight = part.partition(";q=")
        wanted.append((-_weight(weight), place, tag.strip().lower().split("-")[0]))
    return [code for _, _, code in sorted(wanted)]


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
