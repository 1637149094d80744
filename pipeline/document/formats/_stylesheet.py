"""What the style sheets in a page say of how its text looks, written into the elements themselves (CSS 2.2).

Programs that save documents as pages or books give every look a class: bold words have one, headings another. Selectors
of one class are read, with or without the name of an element; others concern the page around the text. What hides
elements is read of selectors of names, classes and ids, also within one another.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST = 2_000_000
"""Characters of all style sheets of a page."""
LOOKS = {
    "font-weight", "font-style", "font-size", "text-align", "vertical-align", "white-space", "color", "background",
    "background-color", "text-decoration", "text-decoration-line", "filter",
}  # fmt: skip
_FAR = re.compile(r"-(?:(?:[5-9]\d\d|\d{4,9})(?:\.\d{0,9})?(?:px|pt)|\d{3,9}(?:\.\d{0,9})?r?em)")
_NOTHING = re.compile(r"[01]?(?:\.\d{0,9})?(?:px|pt)|0(?:\.0{0,9})?(?:em|rem|%)?")
_HIDDEN = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "mso-hide": re.compile("all"),
    "content-visibility": re.compile("hidden"),
    "opacity": re.compile(r"0?(?:\.0\d{0,9})?%?"),
    "font-size": re.compile(r"0?(?:\.0{0,9})?(?:px|pt|r?em|%)?"),
    "clip": re.compile(r"rect\((?:[01](?:px)?[, ]{0,3}){4}\)"),
    "clip-path": re.compile(r"inset\((?:[5-9]\d|100)%[^()]{0,99}\)|circle\(0(?:px|%)?[ )].*"),
    "transform": re.compile(r"scale\(0\)"),
    "filter": re.compile(r"opacity\(0%?\)"),
    "-webkit-text-security": re.compile("disc|circle|square"),
    **dict.fromkeys(("text-indent", "left", "top", "right", "bottom", "margin-left", "margin-right"), _FAR),
}
"""Properties with the values by which nobody sees an element."""
_BLURRING = re.compile(r"blur\((?:(?:[3-9]|[1-9]\d{1,9})(?:\.\d{0,9})?px|(?:0?\.[2-9]|[1-9])[\d.]{0,9}r?em)\)")
"""So that nobody can read it."""
_CUT = ("height", "max-height", "width", "max-width")
HIDING = {*_HIDDEN, *_CUT, "overflow"} - LOOKS
"""What a program in a page may change again, and nothing can in a book."""
_SELECTOR = re.compile(r"([A-Za-z0-9]*)\.([\w-]+)")

Rules = Mapping[tuple[str, str], Mapping[str, str]]
"""Properties and their values by the name of an element, or nothing, and a class."""


_LONGEST_VALUE = 200
"""Characters of what is said of a property; that of a rule is said of every element of its class."""


def declared(style: str) -> dict[str, str]:
    """Return the properties in a `style` attribute, in small letters; the last of a name counts."""
    parts = (part.partition(":") for part in style.lower().split(";"))
    values = ((name.strip(), value.replace("!important", "").strip()) for name, _, value in parts)
    return {name: value[:_LONGEST_VALUE] for name, value in values if value}


def hides(said: Mapping[str, str]) -> bool:
    """Whether nobody sees an element of which this is said."""
    is_hidden = any(_does_hide(name, value) for name, value in said.items())
    is_cut = said.get("overflow") in ("hidden", "clip") and any(
        _NOTHING.fullmatch(said.get(name, "-")) for name in _CUT
    )
    return is_hidden or is_cut


def _does_hide(name: str, value: str) -> bool:
    return name in _HIDDEN and _HIDDEN[name].fullmatch(value) is not None


def is_on_screens(media: str) -> bool:
    """Whether rules for such media hold on a wide window: for all, screens, or windows from a width on."""
    return any(map(_ON_SCREENS.fullmatch, media.split(",")))


def blurs(said: Mapping[str, str]) -> bool:
    """Whether nobody can read the words of an element of which this is said."""
    return _BLURRING.search(said.get("filter", "")) is not None


def rules(sheets: Iterable[str], read: Collection[str] = LOOKS) -> Rules:
    """Return what style sheets say of classes, in properties that are read, the later ones before the earlier."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    left = MOST
    for sheet in sheets:
        for block in _without_comments(sheet[:left]).split("}"):
            selectors, _, inside = block.rpartition("{")
            said = {name: value for name, value in declared(inside).items() if name in read}
            if read is LOOKS:  # what hides is none of them
                said = {name: value for name, value in said.items() if not _does_hide(name, value)}
            for selector in selectors.rpartition("{")[2].split(",") if said else ():
                if matched := _SELECTOR.fullmatch(selector.strip()):
                    name = matched[1].lower(), matched[2]
                    found[name] = found.get(name, {}) | said
        left -= min(len(sheet), left)
    return found


_AROUND = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
"""What pages write around a style sheet for browsers that know none, and XHTML around one that is no XML."""


def _without_comments(sheet: str) -> str:
    first, *others = _AROUND.sub(" ", sheet).split("/*")
    return " ".join([first, *(part.partition("*/")[2] for part in others)])


def write(root: "_Element", rules: Rules) -> None:
    """Add to the `style` of every element what rules say of its classes; what it says itself goes before."""
    for element in root.iter() if rules else ():
        if found := said(element, rules):
            found |= declared(element.get("style", ""))
            element.set("style", ";".join(f"{name}:{value}" for name, value in found.items()))


def said(element: "_Element", rules: Rules) -> dict[str, str]:
    """Return what rules say of the classes of an element."""
    found: dict[str, str] = {}
    names = element.get("class", "").split() if rules else []
    for tag in ("", str(element.tag)) if names else ():
        for name in names:
            found |= rules.get((tag, name), {})
    return found


# --- what is said of elements by their names, classes and ids ------------------------

MOST_STEPS = 500_000
"""Elements that are looked at, all together, to find for which of them a rule is."""
_LONGEST_PATH = 9
"""Of a selector, and the names in each of its parts."""
_SIMPLE = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+")
_MEDIA = re.compile(r"@media\b", re.IGNORECASE)
_EVERYWHERE = re.compile(r"@layer\b|@supports\s*+(?!not\b)", re.IGNORECASE)
"""What stands around rules that browsers of today keep to; one that asks for what they lack does no harm."""
_MOST_AROUND = 4
_ON_SCREENS = re.compile(
    r"\s*(?:(?:only\s+)?(?:all|screen)\s*(?:\band\b\s*)?)?"
    r"(?:\(\s*min-(?:device-)?width\s*:\s*(?:(?:1[01]\d\d|\d{1,3})(?:\.\d{0,9})?px|[1-7]?\d(?:\.\d{0,9})?r?em)\s*\)\s*)?",
    re.IGNORECASE,
)

_Path = tuple[tuple[str, frozenset[str]], ...]
"""The elements that a selector names, from the outermost: the tag, if any, and classes and ids."""


@dataclass(frozen=True, slots=True)
class _StyleRule:
    path: _Path
    said: Mapping[str, str]
    weight: tuple[int, int, int, int]


class Cascade:
    """What style sheets say of elements in the properties that are `read`, as far as MOST_STEPS go for all pages."""

    def __init__(self, sheets: Iterable[str], read: Collection[str]) -> None:
        self._rules: dict[str, list[_StyleRule]] = defaultdict(list)
        for rule in _rules_of(sheets, read):
            tag, names = rule.path[-1]
            self._rules[min(names, default=tag or "*")].append(rule)
        self._names: dict[_Element, set[str]] = {}
        self._left = MOST_STEPS

    @property
    def is_spent(self) -> bool:
        """Whether not all elements could be looked at."""
        return self._left == 0

    def said(self, root: "_Element") -> "Iterator[tuple[_Element, dict[str, str]]]":
        """Yield every element of a page with what is said of it: by itself too, where a rule says something."""
        self._names = {one: _names(one) for one in root.iterancestors()}
        for element in root.iter():
            names = self._names[element] = _names(element)
            candidates = (rule for name in ("*", *names) for rule in self._rules.get(name, ()))
            matching = [rule for rule in islice(candidates, self._left) if self._fits(rule.path, element)]
            yield element, _cascaded(matching, element) if matching else {}

    def _fits(self, path: _Path, element: "_Element") -> bool:
        *outer, own = path
        self._left = max(self._left - 1, 0)
        if not _is_named(own, element, self._names):
            return False
        for one in element.iterancestors() if outer else ():
            self._left = max(self._left - 1, 0)
            if _is_named(outer[-1], one, self._names):
                outer.pop()
            if not outer:
                break
        return not outer


_A_SIZE = re.compile(r"(?=[\d.]*[1-9])\d{0,4}(?:\.\d{0,9})?(?:px|pt|rem)")
"""Of letters, that does not depend on the size around it."""
_NEXT_TO_NONE = ".1px"
"""A size that nobody sees, and that hides nothing which has one of its own."""


def let_sizes_show(said: "Mapping[_Element, Mapping[str, str]]") -> None:
    """Let elements of no size be none that are hidden, where something in them states a size of its own.

    So programs for newsletters set nearly all of one (MJML): what stands between cells is to take no room.
    """
    around: set[_Element] = set()
    for element, its in said.items():
        for one in element.iterancestors() if _A_SIZE.fullmatch(its.get("font-size", "")) else ():
            if one in around:
                break
            around.add(one)
    inside: set[_Element] = set()
    for element, its in said.items():
        size = its.get("font-size", "")
        if size and element in around and _does_hide("font-size", size):
            inside.add(element)
            element.set("style", f"{element.get('style', '')};font-size:{_NEXT_TO_NONE}")
        elif inside and _A_SIZE.fullmatch(size) and not inside.isdisjoint(element.iterancestors()):
            element.set("style", f"{element.get('style', '')};font-size:{size}")


class Veils(Cascade):
    """What style sheets say of whether elements show."""

    def __init__(self, sheets: Iterable[str]) -> None:
        super().__init__(sheets, HIDING | _HIDDEN.keys())
        self._is_needed = any(hides(rule.said) for rules in self._rules.values() for rule in rules)

    def over(self, root: "_Element") -> "set[_Element]":
        """Return the elements of a page that are hidden, and all in them."""
        found: set[_Element] = set()
        every = dict(self.said(root)) if self._is_needed else {}
        let_sizes_show({one: said or declared(one.get("style", "")) for one, said in every.items()})
        for element, said in every.items():
            if element.getparent() in found or hides(said | declared(element.get("style", ""))):
                found.add(element)
        return found


def hide(elements: "Iterable[_Element]") -> None:
    """Let elements say themselves that they are hidden."""
    for element in elements:
        element.set("hidden", "")


def _is_named(named: tuple[str, frozenset[str]], element: "_Element", names: "Mapping[_Element, set[str]]") -> bool:
    return named[0] in ("", element.tag) and named[1] <= names.get(element, set())


def _names(element: "_Element") -> set[str]:
    classes = (f".{name}" for name in element.get("class", "").split())
    return {str(element.tag), f"#{element.get('id', '')}", *classes}


def _cascaded(rules: Sequence[_StyleRule], element: "_Element") -> dict[str, str]:
    said: dict[str, str] = {}
    for rule in sorted(rules, key=lambda rule: rule.weight):
        said |= rule.said
    return said | declared(element.get("style", ""))


def _rules_of(sheets: Iterable[str], read: Collection[str]) -> Iterator[_StyleRule]:
    """Yield the rules that say something in the properties that are read."""
    left = MOST
    for sheet in sheets:
        for selectors, inside in _always(_without_comments(sheet[:left])):
            said = {name: value for name, value in declared(inside).items() if name in read}
            for path in map(_path, selectors.split(",") if said else ()):
                if path:
                    yield _StyleRule(path, said, ("!important" in inside.lower(), *_weight(path)))
        left -= min(len(sheet), left)


def _weight(path: _Path) -> tuple[int, int, int]:
    """Return how much goes before what others say (Selectors 3, 9): its ids, its classes, its tags."""
    names = [name for _, names in path for name in names]
    ids = sum(name.startswith("#") for name in names)
    return ids, len(names) - ids, sum(bool(tag) for tag, _ in path)


def _always(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and what is said of them, without those that hold for some readers only."""
    around: list[str] = []
    parts = re.split("([{}])", sheet)
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            around.append(text.rpartition(";")[2].strip())
        elif around:
            selectors = around.pop()
            is_for_all = len(around) <= _MOST_AROUND and all(map(_holds_on_screens, around))
            if is_for_all and not selectors.startswith("@"):
                yield selectors, text


def _holds_on_screens(around: str) -> bool:
    """Whether rules hold on a wide window that stand within another, such as of a kind of reader."""
    return _EVERYWHERE.match(around) is not None or (_MEDIA.match(around) is not None and is_on_screens(around[6:]))


def _path(selector: str) -> _Path:
    """Return what a selector names; nothing for one of another kind, or a very long one."""
    parts = [_SIMPLE.fullmatch(part) for part in selector.replace(">", " ").split()]
    found = tuple(((part[1] or "").lower().strip("*"), frozenset(_NAME.findall(part[2]))) for part in parts if part)
    is_short = len(parts) <= _LONGEST_PATH and all(len(names) <= _LONGEST_PATH for _, names in found)
    return found if is_short and len(found) == len(parts) else ()
