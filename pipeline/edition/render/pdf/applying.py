"""Which rules of a style sheet can apply to a page: WeasyPrint takes no others apart, which is most of them."""

import re

USUAL = frozenset((
    *("html", "head", "meta", "title", "body", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "img"),
    *("span", "a", "br", "code", "em", "strong", "sub", "sup", "ins", "del", "ol", "ul", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
))  # fmt: skip
"""The elements of pages; what browsers know of others is read when a page has them."""

_RULE_OF_CSS = re.compile(r"(?<![^}])([^{}]*+)(\{(?:[^{}]++|\{[^{}]*+\})*+\})")
_ARGUMENTS, _OF_ATTRIBUTES = re.compile(r"\([^()]*+\)"), re.compile(r"\[[^\[\]]*+\]")
_NAME_IN_CSS = re.compile(r"(?<![\w:.-])[a-z][\w-]*|\.[\w-]+")
_COUNTER_STYLE = re.compile(r"\s*@counter-style\s+([\w-]+)")
_TAG_NAME, _CLASS_NAMES = re.compile(r"<([a-z][a-z0-9]*+)"), re.compile(r"""\bclass=["']([^"'<>]*+)""")


def names(html: str) -> frozenset[str]:
    """Return the elements and the classes of a page, these behind a full stop, as a style sheet names them."""
    classes = {name for found in set(_CLASS_NAMES.findall(html)) for name in found.split()}
    return frozenset(_TAG_NAME.findall(html)) | {f".{name}" for name in classes}


def is_usual(known: frozenset[str]) -> bool:
    """Whether the elements of a page are among the usual ones."""
    return all(name in USUAL or name.startswith(".") for name in known)


def rules(css: str, known: frozenset[str]) -> str:
    """Return the rules of a style sheet that name no element or class beside those known, nor define idle counters."""
    found = []
    for prelude, block in _RULE_OF_CSS.findall(_uncommented(css)):
        if counter := _COUNTER_STYLE.match(prelude):
            selectors = [prelude] if css.count(counter[1]) > 1 else []
        else:
            selectors = [prelude] if prelude.lstrip().startswith("@") else _applying(prelude, known)
        if selectors:
            found.append(",".join(selectors) + block)
    return "".join(found)


def _uncommented(css: str) -> str:
    begin, *others = css.split("/*")
    return begin + "".join(other.partition("*/")[2] for other in others)


def _applying(prelude: str, known: frozenset[str]) -> list[str]:
    """Return the selectors of a rule that can apply; where some have lists of others inside, all of them or none."""
    plain = prelude
    while (inner := _ARGUMENTS.sub("", plain)) != plain:
        plain = inner
    plain = _OF_ATTRIBUTES.sub("", plain)
    selectors = [prelude] if plain.count(",") != prelude.count(",") else prelude.split(",")
    kept = [_NAME_IN_CSS.findall(one) for one in plain.split(",")]
    if len(selectors) == 1:
        return selectors if any(known.issuperset(one) for one in kept) else []
    return [selector for selector, one in zip(selectors, kept, strict=True) if known.issuperset(one)]
