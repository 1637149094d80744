"""The package and table of contents of a book."""

from xml.etree.ElementTree import Element

from pipeline.publication.formats import _package
from pipeline.publication.formats._package import Outlined


def outlined(*levels: int) -> Element:
    held = Element("nav")
    _package._outline(held, [Outlined(level, "#", str(place)) for place, level in enumerate(levels)])
    return held


def test_lines_of_the_contents_stand_in_lists_of_lists():
    held = outlined(1, 2, 2, 1, 3, 2)
    assert [len(held.findall(path)) for path in ("ol", "ol/li", "ol/li/ol/li", "ol/li/ol/li/ol")] == [1, 2, 4, 0]


def test_contents_may_begin_at_any_level():
    assert len(outlined(3, 1, 2).findall("ol/li")) == 2
