"""Feeds, as feed readers read them."""

import json
from dataclasses import replace

import feedparser

from pipeline.publication import Standing, site
from tests.support import sections
from tests.support.published import PUBLISHER, published


def test_a_feed_reader_reads_texts_and_notices():
    feed = feedparser.parse(sections.usual()["feeds/en.xml"])
    assert not feed.bozo and feed.feed.title == "Workers' Council (English)" and feed.feed.updated
    gone, report = feed.entries
    assert report.link == "https://example.org/international/en/report/" and report.id.startswith("urn:uuid:")
    assert "<strong>mhm</strong>" in report.content[0].value and report.tags[0].label == "Labour"
    assert "withdrawn" in gone.content[0].value and "mhm" not in gone.content[0].value


def test_the_json_feed_says_the_same():
    atom, other = feedparser.parse(sections.usual()["feeds/fr.xml"]), json.loads(sections.usual()["feeds/fr.json"])
    assert other["version"] == "https://jsonfeed.org/version/1.1" and other["language"] == "fr"
    assert [(one["id"], one["title"], one["url"]) for one in other["items"]] == [
        (one.id, one.title, one.link) for one in atom.entries
    ]


def test_a_feed_has_the_newest_and_a_change_keeps_the_identity():
    its = [
        replace(published("en"), document_id=f"d{n}", published=f"2026-01-{n:02}", stamp=str(n)) for n in range(1, 31)
    ]
    entries = feedparser.parse(made(its)).entries
    assert [entry.link.split("/")[-2] for entry in entries] == [f"d{n}" for n in range(30, 10, -1)]
    its[-1] = replace(its[-1], standing=Standing.WITHDRAWN, text_sha256="ef" * 32)
    assert feedparser.parse(made(its)).entries[0].id == entries[0].id


def made(its):
    return next(file.make() for file in site.pages(its, PUBLISHER) if file.path == "feeds/en.xml")
