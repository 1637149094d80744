"""Styles of elements, found once for all that are alike: with the same name and attributes, below alike parents, and
behind siblings that look the same.

WeasyPrint tries the rules with each element, and keeps what applies to each until it has been through all: a third of
the memory of a long document. `data-` attributes decide nothing, and two elements with an `id` are never alike.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import weasyprint.css
from weasyprint.css import StyleFor

_Look = tuple[str, tuple[tuple[str, str], ...]]


def for_layout() -> None:
    """Have WeasyPrint compute the styles of one element for all that are like it."""
    compute, attributes = StyleFor.__init__, weasyprint.css.find_style_attributes
    StyleFor.set_computed_styles = _sharing(StyleFor.set_computed_styles)

    def initialise(styles: Any, html: Any, *rest: Any) -> None:
        firsts = alike(html.etree_element)
        distinct = SimpleNamespace(iter=lambda: (element for element, first in firsts.items() if element is first))
        weasyprint.css.find_style_attributes = lambda tree, *more: attributes(distinct, *more)
        compute(styles, _Distinct(html, styles, firsts), *rest)
        _share_around(styles.get_computed_styles(), firsts)

    StyleFor.__init__ = initialise


def alike(root: Element) -> dict[Element, Element]:
    """Return the elements of a tree, each with the first one of its kind: which no rule can tell from it."""
    firsts, known = {root: root}, dict[object, Element]()
    for parent in root.iter():
        before: tuple[_Look | None, _Look | None] = (None, None)
        for number, child in enumerate(parent, 1):
            look = _look(child)
            key = (firsts[parent], look, before, number == len(parent))
            firsts[child] = child if "id" in child.attrib else known.setdefault(key, child)
            before = (before[1], look)
    return firsts


def _look(element: Element) -> _Look:
    return element.tag, tuple(pair for pair in element.attrib.items() if not pair[0].startswith("data-"))


class _Distinct:
    """A document of which WeasyPrint sees the first of alike elements; others get their styles as it passes them."""

    def __init__(self, html: Any, styles: Any, firsts: dict[Element, Element]) -> None:
        self.etree_element, self.base_url, self.wrapper_element = html.etree_element, html.base_url, self
        self._html, self._styles, self._firsts = html, styles, firsts

    def iter_subtree(self) -> Iterator[Any]:
        computed = self._styles.get_computed_styles()
        for wrapper in self._html.wrapper_element.iter_subtree():
            element = wrapper.etree_element
            if (first := self._firsts[element]) is element:
                yield wrapper
            else:
                computed[element, None] = computed[first, None]


def _share_around(computed: dict[Any, Any], firsts: dict[Element, Element]) -> None:
    """Give elements the styles of what stands before and after the first that is like them."""
    around = defaultdict(list)
    for (element, pseudo_type), style in computed.items():
        if pseudo_type:
            around[element].append((pseudo_type, style))
    for element, first in firsts.items():
        if first is not element:
            computed.update({(element, pseudo_type): style for pseudo_type, style in around.get(first, ())})


def _sharing(compute: Callable[..., None]) -> Callable[..., None]:
    """Return a `set_computed_styles` with which the same rules make one style below a parent."""

    def set_computed_styles(
        styles: Any, element: Any, parent: Any, root: Any = None, pseudo_type: str | None = None, **named: Any
    ) -> None:
        computed = styles.get_computed_styles()
        cascaded = styles.get_cascaded_styles().get((element, pseudo_type), {})
        # Pages, whose styles are changed later, have no tag; an anchor has to be collected.
        if parent is None or not hasattr(element, "tag") or "anchor" in cascaded:
            compute(styles, element, parent, root, pseudo_type, **named)
            return
        known = vars(computed[parent, None]).setdefault("shared", {})
        # A rule's value is one object for all; that of an attribute, such as lang, is made for each.
        key = (pseudo_type, *((n, repr(v) if n == "lang" else id(v), repr(w)) for n, (v, w) in cascaded.items()))
        if key not in known:
            compute(styles, element, parent, root, pseudo_type, **named)
            known[key] = computed[element, pseudo_type]
        computed[element, pseudo_type] = known[key]

    return set_computed_styles
