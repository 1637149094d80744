"""The package and table of contents of a book."""

from xml.etree.ElementTree import Element, fromstring

from pipeline.languages import SHIPPED
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


def test_no_character_of_a_text_makes_a_file_that_programs_refuse():
    main = Element("main")
    main.text = "a\x00\x0b\ud800\uffff\u200cb"
    assert (
        "".join(fromstring(_package.document("t", main, SHIPPED["fa"], "bodymatter"))[1].itertext())
        == "a\ufffd\ufffd\ufffd\ufffd\u200cb"
    )
