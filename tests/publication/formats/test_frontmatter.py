"""What stands before a text, for content management systems."""

import json
from dataclasses import replace

import pytest

from pipeline.model import Provenance
from pipeline.publication.formats import _frontmatter
from tests.support.published import PUBLISHER, published


def read(lines):
    first, *values, last = lines.splitlines()
    assert first == last == "---"
    return {name: json.loads(value) for name, _, value in (line.partition(": ") for line in values)}


def test_it_says_what_is_known_of_a_text():
    one = replace(published("fa"), provenance=Provenance("https://example.org/first"))
    said = read(_frontmatter.lines(one, PUBLISHER))
    assert said["title"] == "گزارش سال" and said["dir"] == "rtl" and said["standing"] == "current"
    assert said["topics"] == ["labour"] and said["first_published_at"] == "https://example.org/first"
    assert "replaces" not in said


@pytest.mark.parametrize("title", ['a: b\n---\nevil: "x"', "#no", "\u2028---\u0085", "yes", "\x00\u202e<b>", "{{ x }}"])
def test_no_title_ends_it_or_is_anything_but_a_title(title):
    one = published("en")
    said = _frontmatter.lines(replace(one, text=replace(one.text, title=title)), PUBLISHER)
    assert list(read(said)) == list(read(_frontmatter.lines(one, PUBLISHER)))
