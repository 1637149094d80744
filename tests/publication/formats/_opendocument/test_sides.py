"""The original and its translation in one file do not mix their notes and names."""

from pipeline.publication import formats
from tests.publication.formats.test_office import whole
from tests.support.opendocumentparts import found, part
from tests.support.published import PUBLISHER


def test_notes_of_the_original_are_endnotes_beside_footnotes_and_each_side_runs_its_way():
    content = part(formats.load("odt_both").made(whole("en"), PUBLISHER), "content.xml")
    assert set(found(content, "//text:note/@text:note-class")) == {"endnote", "footnote"}
    ids = found(content, "//text:note/@text:id")
    assert len(ids) == len(set(ids)) > 1
    modes = found(content, "//style:paragraph-properties/@style:writing-mode")
    assert set(modes) == {"rl-tb", "lr-tb"}
