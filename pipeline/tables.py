"""Tables that people write in TOML or JSON, each declared as a dataclass and read with all its faults at once.

    @dataclass(frozen=True, slots=True)
    class Paper:
        size: Annotated[str, Choice(lambda: ("a4", "a5"))] = "a4"
        copies: Annotated[int, Rule("a whole number from 1 to 9", "2"), Meta(ge=1, le=9)] = 1

    paper = tables.read(Paper, content, "paper.toml", UsageError)

A fault names file, line, key, what is wrong and what to write: `paper.toml:1: size: "a9" is none of: a4, a5`.
Keys without a default must be there; tables nest as dataclasses, `dict[str, …]` and `tuple[…, ...]`. The types of
values are checked by msgspec, so that its `Meta` (bounds, patterns) may stand beside a `Rule`. A class may have a
`REFUSED: ClassVar[Mapping[str, str]]`: what to say of unknown keys that deserve a remedy of their own.
"""

import dataclasses
import datetime
import json
import math
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from pipeline import keylines, misspelt
from pipeline.errors import PipelineError
from pipeline.keylines import MOST_LEVELS, Place

MAX_BYTES = 1_000_000
"""Of a file; nobody writes one so large by hand."""

MOST_FAULTS = 50
"""How many are reported at once."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """What a value must be, in words, and one as it is written; beyond its type it `holds` for right values only."""

    what: str
    example: str
    holds: Callable[[T], bool] = lambda value: True


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that is one of several texts, which are asked for when a file is read."""

    names: Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class TableFault:
    """What is wrong, and the remedy. `places` are the keys concerned; it stands at the first.

    A fault is left out when another one was found at any of them.
    """

    text: str
    places: tuple[Place, ...]

    @classmethod
    def at(cls, text: str, *keys: str) -> "TableFault":
        """Return a fault at keys written with dots: «smtp.port»."""
        return cls(text, tuple(tuple(key.split(".")) for key in keys))


def is_line(text: str) -> bool:
    """Whether a text is one line of printable characters; Persian words may have joiners in them."""
    return text.replace("\u200c", "").replace("\u200d", "").isprintable()


def is_one_line(text: str) -> bool:
    """Whether a text is one line that says something."""
    return bool(text.strip()) and is_line(text)


def are_different(names: tuple[str, ...]) -> bool:
    """Whether names say something, and each is there once."""
    return len({name.strip() for name in names} - {""}) == len(names)


Line = Annotated[str, Rule("one line of text in quotes", '"…"', is_one_line)]


def as_toml(value: object) -> str:
    """Return a text, a list of texts, or whether something is so as TOML writes it, which is nearly as JSON does."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode().replace("\x7f", "\\u007f")


def meant(name: str, names: Iterable[str]) -> str:
    """Return which of several names is meant, in capitals or not, with blanks around it or none; another stays."""
    names = tuple(names)
    if name in names:
        return name
    fitting = [one for one in names if one.casefold() == name.strip().casefold()]
    return fitting[0] if len(fitting) == 1 else name


def read(
    kind: type[T],
    content: bytes,
    name: str,
    error: type[PipelineError],
    check: Callable[[T], Iterable[TableFault]] = lambda table: (),
    *,
    is_private: bool = False,
) -> T:
    """Return the TOML file `name` as a `kind`; raise `error` with every fault, in the order of lines.

    `check` finds what is wrong between keys; it is asked even when single keys are wrong, which then have their
    defaults, or are empty. Of a private file no value is quoted.
    """
    text = decoded(content, name, error)
    table = _parsed(text, name, error)
    return _made(kind, table, name, error, check, lambda: keylines.of_toml(text), is_private=is_private)


def faults_within(kind: object, value: object, place: Place) -> list[TableFault]:
    """Return what keeps a part of a file, read already, from being a `kind`: a part that somebody else declares."""
    reader = _Reader()
    reader.value(kind, value, place)
    return reader.faults


def converted(kind: type[T], values: object, name: str, error: type[PipelineError]) -> T:
    """Return a table that was read already as a `kind`; raise `error` with every fault, without lines."""
    return _made(kind, values, name, error, lambda table: (), dict)


def decoded(content: bytes, name: str, error: type[PipelineError]) -> str:
    """Return the text of a file; raise `error` when it is too large, or not UTF-8."""
    if len(content) > MAX_BYTES:
        raise error(f"{name}: larger than {MAX_BYTES:,} bytes; take out what does not belong into it")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise error(f"{name}:{line}: not valid UTF-8; save the file as UTF-8") from None


def _parsed(text: str, name: str, error: type[PipelineError]) -> dict[str, Any]:
    try:
        # Where a key has many parts, tomllib would be at it for minutes.
        is_deep = any(line.count(".") > MOST_LEVELS for line in text.split("\n")) and keylines.deepest(text)
        if not is_deep:
            return tomllib.loads(text)
        raise RecursionError
    except RecursionError:
        raise error(f"{name}:{keylines.deepest(text)}: nested too deeply; write at most {MOST_LEVELS} levels") from None
    except tomllib.TOMLDecodeError as fault:
        line, what = misspelt.said(fault, text)
        raise error(f"{name}:{line}: {what}") from None
    except ValueError:  # an integer of thousands of digits
        digits = re.compile(r"(?<![\d_])[\d_]{4300}")
        line = next(number for number, line in enumerate(text.split("\n"), 1) if digits.search(line))
        raise error(f"{name}:{line}: a number is too large; correct the line") from None


def _made(
    kind: type[T],
    value: object,
    name: str,
    error: type[PipelineError],
    check: Callable[[T], Iterable[TableFault]],
    lines: Callable[[], dict[Place, int]],
    *,
    is_private: bool = False,
) -> T:
    reader = _Reader(is_private=is_private)
    table = reader.value(kind, value, ())
    faults = reader.faults
    if table is not _ABSENT:
        sound = cast(T, table)
        wrong = {place for fault in faults for place in fault.places}
        faults += [fault for fault in check(sound) if not wrong.intersection(fault.places)]
        if not faults:
            return sound
    raise error(*_told(faults, name, lines()))


def _told(faults: Iterable[TableFault], name: str, lines: Mapping[Place, int]) -> Iterator[str]:
    """Yield the faults as they are shown, in the order of lines."""
    ordered = sorted(((_line(fault.places[0], lines), fault) for fault in faults), key=lambda pair: pair[0])
    for line, fault in ordered[:MOST_FAULTS]:
        keys = ".".join(_shown_key(key) for key in fault.places[0] if isinstance(key, str))
        yield ": ".join(filter(None, (f"{name}:{line}" if lines else name, keys, fault.text)))
    if len(ordered) > MOST_FAULTS:
        yield f"{name}: and {len(ordered) - MOST_FAULTS} more"


def _line(place: Place, lines: Mapping[Place, int]) -> int:
    """Return the line of a value, or of the table that it is missing from."""
    return next((lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in lines), 1)


def _shown_key(key: str) -> str:
    """Return a key, if it is written without quotation marks: any other may be somebody's name."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", key) else '"…"'


class _Absent:
    """What stands for a value that is wrong."""


_ABSENT = _Absent()


class _Reader:
    """Makes values of the declared types, and notes what is wrong."""

    def __init__(self, *, is_private: bool = False) -> None:
        self.faults: list[TableFault] = []
        self.shown = _hidden if is_private else shown

    def fault(self, place: Place, text: str) -> _Absent:
        self.faults.append(TableFault(text, (place,)))
        return _ABSENT

    def value(self, hint: object, value: object, place: Place) -> object:
        """Return what a value is read as, or that it is wrong."""
        kind, rule, choice = _declared(hint)
        if kind is object:
            return value if rule is None or rule.holds(value) else self.wrong(rule, value, place)
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            return self.table(kind, value, place)
        if get_origin(kind) is dict:
            return self.tables(kind, value, place)
        if get_origin(kind) is tuple:
            return self.listed(kind, rule, value, place)
        return self.single(hint, kind, rule, choice, value, place)

    def table(self, kind: type, value: object, place: Place) -> object:
        if not isinstance(value, dict):
            return self.fault(place, f"write a table{_header(place)}")
        hints = _hints(kind)
        fields = dataclasses.fields(kind)
        refused: Mapping[str, str] = getattr(kind, "REFUSED", {})
        for key in (key for key in value if key not in hints):
            self.fault((*place, key), refused.get(key) or f"unknown key; known are: {', '.join(hints) or 'none'}")
        values = {f.name: self.value(hints[f.name], value[f.name], (*place, f.name)) for f in fields if f.name in value}
        for field in fields:
            if field.name not in value and _is_required(field):
                what, example = _in_words(hints[field.name])
                self.fault((*place, field.name), f"missing; write {what}: {field.name} = {example}")
        sound = {key: made for key, made in values.items() if made is not _ABSENT}
        for field in fields:
            if _is_required(field) and field.name not in sound:
                sound[field.name] = _blank(hints[field.name])
        return _ABSENT if _ABSENT in sound.values() else kind(**sound)

    def tables(self, kind: object, value: object, place: Place) -> object:
        key_hint, hint = get_args(kind)
        if not isinstance(value, dict):
            return self.fault(place, f"write a table{_header(place)}")
        _, rule, _ = _declared(key_hint)
        for key in value:
            if rule and not rule.holds(key):
                self.fault((*place, key), f"not {rule.what}; write: {rule.example}")
        made = {key: self.value(hint, item, (*place, key)) for key, item in value.items()}
        return {key: item for key, item in made.items() if item is not _ABSENT}

    def listed(self, kind: object, rule: Rule[Any] | None, value: object, place: Place) -> object:
        hint = get_args(kind)[0]
        tables = dataclasses.is_dataclass(_declared(hint)[0])
        if not isinstance(value, list):
            if tables:
                return self.fault(place, f"write a table for each, with two brackets: [[{_dotted(place)}]]")
            return self.wrong(rule or _list_rule(hint), value, place)
        made = [self.value(hint, item, (*place, index) if tables else place) for index, item in enumerate(value)]
        sound = tuple(item for item in made if item is not _ABSENT)
        if len(sound) < len(made):
            return sound if tables else _ABSENT
        return sound if rule is None or rule.holds(sound) else self.wrong(rule, value, place)

    def single(
        self, hint: object, kind: object, rule: Rule[Any] | None, choice: Choice | None, value: object, place: Place
    ) -> object:
        names = list(choice.names()) if choice else _names(kind)
        value = meant(value, names) if isinstance(value, str) else value
        if names and not (isinstance(value, str) and value in names):
            return self.fault(place, f"{self.shown(value)} is none of: {', '.join(names)}")
        try:
            made: object = msgspec.convert(value, type=hint)
        except (msgspec.ValidationError, OverflowError):
            return self.wrong(rule or _rule(kind), value, place)
        if rule and not rule.holds(made):
            return self.wrong(rule, value, place)
        return made

    def wrong(self, rule: Rule[Any], value: object, place: Place) -> _Absent:
        key = next((key for key in reversed(place) if isinstance(key, str)), "")
        return self.fault(place, f"{self.shown(value)} is not {rule.what}; write: {key} = {rule.example}")


def _declared(hint: object) -> tuple[object, Rule[Any] | None, Choice | None]:
    """Return the type of a hint, and what stands beside it."""
    beside = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    kind = get_args(hint)[0] if beside else hint
    if get_origin(kind) in (Union, UnionType) and NoneType in get_args(kind) and len(get_args(kind)) == 2:
        inner = next(member for member in get_args(kind) if member is not NoneType)
        return _declared(inner)
    rules: list[Rule[Any]] = [rule for rule in beside if isinstance(rule, Rule)]
    rule = rules[-1] if rules else None
    if len(rules) > 1:  # a narrower rule for a type that has one: its words, and what both demand
        rule = dataclasses.replace(rules[-1], holds=lambda value: all(rule.holds(value) for rule in rules))
    return kind, rule, next((choice for choice in beside if isinstance(choice, Choice)), None)


@cache
def _hints(kind: type) -> dict[str, object]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _blank(hint: object) -> object:
    """Return what stands for a required value that is wrong, so that what is right beside it is checked too."""
    kind, _, _ = _declared(hint)
    return "" if kind is str else () if get_origin(kind) is tuple else _ABSENT


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _names(kind: object) -> list[str]:
    """Return the texts that a type allows, if it is a Literal or an Enum."""
    if get_origin(kind) is Literal:
        return [str(name) for name in get_args(kind)]
    if isinstance(kind, type) and hasattr(kind, "__members__"):
        return [str(member.value) for member in kind.__members__.values()]
    return []


def _in_words(hint: object) -> tuple[str, str]:
    """Return what is to be written, and an example of it."""
    kind, rule, choice = _declared(hint)
    if names := list(choice.names()) if choice else _names(kind):
        return f"one of {', '.join(names)}", f'"{names[0]}"'
    if get_origin(kind) is tuple:
        rule = rule or _list_rule(get_args(kind)[0])
    elif get_origin(kind) is dict or dataclasses.is_dataclass(kind):
        return "a table", "{ … }"
    rule = rule or _rule(kind)
    return rule.what, rule.example


def _rule(kind: object) -> Rule[Any]:
    rules: dict[object, Rule[Any]] = {
        str: Rule("text in quotes", '"…"'),
        bool: Rule("true or false, without quotes", "true"),
        int: Rule("a whole number", "1"),
        datetime.date: Rule("a day", "2016-10-30"),
    }
    return rules.get(kind, Rule("a number", "1"))


def _list_rule(hint: object) -> Rule[Any]:
    what, example = _in_words(hint)
    return Rule(f"a list, each {what}", f"[{example}]")


def _header(place: Place) -> str:
    return f": [{_dotted(place)}]" if place else ""


def _dotted(place: Place) -> str:
    return ".".join(_shown_key(key) for key in place if isinstance(key, str))


def shown(value: object) -> str:
    """Return a value as TOML writes it, in one short line."""
    if isinstance(value, str):
        text = value if len(value) <= 40 else f"{value[:40]}…"
        return json.dumps("".join(c if c.isprintable() else " " for c in text), ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "so large a number"
    if isinstance(value, float):
        return str(value) if math.isfinite(value) else "no number"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return "this list" if isinstance(value, list) else "this table" if isinstance(value, dict) else "nothing"


def _hidden(value: object) -> str:
    return "this"
