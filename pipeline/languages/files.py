"""languages/<code>.toml → Language, with all faults of the file at once."""

import re
import string
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline.errors import LanguageError
from pipeline.languages import FOLDER, Language

MAX_BYTES = 1_000_000

LABELS: Mapping[str, frozenset[str]] = {
    "page": frozenset({"page", "pages"}),
    "page_alone": frozenset({"page"}),
    "untranslated": frozenset(),
    "machine": frozenset(),
    "doubt": frozenset(),
    "draft": frozenset(),
    "colophon": frozenset(),
    "document": frozenset({"id", "language"}),
    "units": frozenset({"language", "total", "reviewed", "machine", "doubt", "untranslated"}),
    "engine": frozenset({"engines"}),
    "no_engine": frozenset(),
    "origin": frozenset({"origin"}),
    "marks": frozenset(),
    "endorsement": frozenset(),
    "editorial_title": frozenset(),
    "note": frozenset(),
    "changes": frozenset({"since"}),
}
"""The labels every language has, with what is filled in between braces."""

_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PLURALS = re.compile(r"nplurals=[1-9]\d*; plural=[n0-9 ()<>=!&|?:%+*/-]+;")
_MONTHS = 12
_INVISIBLE = dict.fromkeys(map(ord, "\u200c\u200d\u00a0\u202f"))
"""What may stand in a text though it is not printed: joiners and no-break spaces."""


def read(file: Traversable | Path, code: str) -> Language:
    """Return the language in a file; raise LanguageError with all that is wrong with it."""
    place = f"{FOLDER}/{code}.toml"
    try:
        if isinstance(file, Path) and file.stat().st_size > MAX_BYTES:
            raise LanguageError(f"{place}: larger than {MAX_BYTES:,} bytes; shorten the file")
        return parse(file.read_bytes(), code)
    except OSError as error:
        raise LanguageError(f"{place}: {error.strerror}; make it a file that can be read") from None


@lru_cache(maxsize=64)
def parse(content: bytes, code: str) -> Language:
    """Return the language that the file of a code describes, the same one for the same bytes."""
    place = f"{FOLDER}/{code}.toml"
    if not _CODE.fullmatch(code):
        raise LanguageError(f"{place}: {code!r} is no code of a language; name the file like nl.toml or pt-BR.toml")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LanguageError(f"{place}:{line}: not valid UTF-8; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise LanguageError(f"{place}: {error}; correct the line") from None
    except RecursionError:
        raise LanguageError(f"{place}: brackets stand inside brackets without end; take them out") from None
    reader = _Reader(place, text)
    language = reader.language(table, code)
    if language is None or reader.faults:
        raise LanguageError(*reader.faults)
    return language


Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unfit:
    """In the place of a value that is wrong."""


UNFIT = _Unfit()


class _Reader:
    """One file, and the faults found in it so far."""

    def __init__(self, place: str, text: str) -> None:
        self.place = place
        self.lines = dict(_lines(text))
        self.faults: list[str] = []

    def fault(self, key: Key, what: str) -> _Unfit:
        """Note a fault with the line of its key, or of the nearest table around it."""
        around = (key[:length] for length in range(len(key), 0, -1))
        line = next((f":{self.lines[part]}" for part in around if part in self.lines), "")
        self.faults.append(f"{self.place}{line}: {'.'.join(key)}: {what}")
        return UNFIT

    def language(self, table: dict[str, object], code: str) -> Language | None:
        language = self.value(Language, table | {"code": code}, ())
        if not isinstance(language, Language):
            return None
        self.check(language)
        return language

    def value(self, kind: object, value: object, key: Key) -> object:
        """Return a value of a declared type, or UNFIT when it is none."""
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if isinstance(kind, type) and is_dataclass(kind):
            return self.record(kind, value, key)
        if origin is tuple:
            return self.words(arguments[0], value, key)
        if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
            return self.mapping(arguments[1], value, key)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            known = [str(member) for member in kind]
            return kind(value) if value in known else self.fault(key, f"{_shown(value)}: write one of {_quoted(known)}")
        if kind is float:
            fits = isinstance(value, int | float) and not isinstance(value, bool)
            return float(value) if fits else self.fault(key, f"{_shown(value)}: write a number")  # type: ignore[arg-type]
        if kind is int:
            return value if type(value) is int else self.fault(key, f"{_shown(value)}: write a whole number")
        return self.text(value, key)

    def text(self, value: object, key: Key) -> object:
        if isinstance(value, str) and value.translate(_INVISIBLE).isprintable():
            return value
        return self.fault(key, f'{_shown(value)}: write one line of text in quotes: {key[-1]} = "…"')

    def words(self, kind: object, value: object, key: Key) -> object:
        if not isinstance(value, list):
            return self.fault(key, f'{_shown(value)}: write a list: {key[-1]} = ["…", "…"]')
        parts = tuple(self.value(kind, part, key) for part in value)
        if any(not part.strip() for part in parts if isinstance(part, str)):
            return self.fault(key, "an empty text in the list; take it out")
        return parts

    def mapping(self, kind: object, value: object, key: Key) -> object:
        if not isinstance(value, dict):
            return self.fault(key, f"{_shown(value)}: write a table: [{'.'.join(key)}]")
        return types.MappingProxyType({name: self.value(kind, part, (*key, name)) for name, part in value.items()})

    def record(self, kind: type, value: object, key: Key) -> object:
        if not isinstance(value, dict):
            return self.fault(key, f"{_shown(value)}: write a table: [{'.'.join(key)}]")
        hints = typing.get_type_hints(kind)
        for name in value.keys() - hints.keys():
            self.fault((*key, name), f"unknown; known are {', '.join(sorted(hints.keys() - {'code'}))}")
        for field in fields(kind):
            if field.name not in value and field.default is MISSING and field.default_factory is MISSING:
                self.fault((*key, field.name), "missing; write it as languages/en.toml of the package has it")
        parts = {name: self.value(hints[name], value[name], (*key, name)) for name in value.keys() & hints.keys()}
        try:
            return kind(**{name: part for name, part in parts.items() if part is not UNFIT})
        except TypeError:
            return UNFIT  # a key is missing, which has been said

    # --- what fits its type and is wrong all the same --------------------------------

    def check(self, language: Language) -> None:
        self.check_labels(language)
        if len(set(language.digits)) != 10:
            self.fault(("digits",), f'{language.digits!r}: write ten different digits, from zero: "0123456789"')
        if not _PLURALS.fullmatch(language.plural_forms):
            self.fault(("plural_forms",), 'write it as gettext has it: "nplurals=2; plural=(n != 1);"')
        if len(language.punctuation.sentence) != 5:
            self.fault(("punctuation", "sentence"), 'write five marks, without spaces: ".?!:;"')
        if len(language.punctuation.space_inside) not in (0, 2):
            self.fault(("punctuation", "space_inside"), "write two marks, or none: «»")
        if language.dates.form and _braces(language.dates.form) != frozenset({"day", "month", "year"}):
            self.fault(("dates", "form"), 'write {day}, {month} and {year}: "{day} {month} {year}"')
        for name in ("gregorian", "jalali"):
            self.check_months(name, getattr(language.dates, name))
        for code, length in language.target.lengths.items():
            if isinstance(length, _Unfit) or length.constant <= 0 or length.per_letter < 0:
                self.fault(("target", "lengths", code), "constant must be more than 0, and per_letter not less than 0")

    def check_labels(self, language: Language) -> None:
        for name in sorted(language.labels.keys() | LABELS.keys()):
            label, key = language.labels.get(name), ("labels", name)
            if name not in LABELS:
                self.fault(key, f"unknown; known are {', '.join(LABELS)}")
            elif label is None:
                self.fault(key, "missing; write it as languages/en.toml of the package has it")
            elif isinstance(label, str) and _braces(label) != LABELS[name]:
                wanted = ", ".join(f"{{{part}}}" for part in sorted(LABELS[name])) or "nothing"
                self.fault(key, f"{_shown(label)}: between braces belongs {wanted}")

    def check_months(self, name: str, months: Mapping[str, int]) -> None:
        numbers = {number for number in months.values() if isinstance(number, int)}
        if months and numbers != set(range(1, _MONTHS + 1)):
            self.fault(("dates", name), "name all twelve months, with their numbers from 1 to 12")


def _braces(text: str) -> frozenset[str] | None:
    """Return what stands between braces in a text; None when they are not paired."""
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def _lines(text: str) -> Iterator[tuple[Key, int]]:
    """Yield every table and key of a file with its line."""
    table: Key = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = tuple(part.strip(" \"'") for part in header[1].split("."))
            yield table, number
        elif key := re.match(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*=""", line):
            yield (*table, *((key[1] or key[2],) if not key[3] else key[3].split("."))), number


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
