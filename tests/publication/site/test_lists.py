"""Lists of texts."""

from dataclasses import replace

import pytest

from pipeline.publication.site import lists
from tests.support.published import PUBLISHER, published


def test_a_text_is_listed_by_year_topics_and_issuer():
    its = [
        replace(published("fa"), topics=("labour", "labour law")),
        replace(published("fa"), document_id="b", date=""),
    ]
    found = list(lists.listings(lists.newest_first(its), PUBLISHER))
    assert [one.title for one in lists.ordered(found, "year")] == ["۲۰۱۶", "بی‌تاریخ"]
    assert [one.title for one in lists.ordered(found, "topic")] == ["Labour", "labour law"]
    assert [(one.title, len(one.texts)) for one in lists.ordered(found, "issuer")] == [("شورا", 2)]


def test_issuers_whose_names_are_spelt_otherwise_are_one():
    its = [replace(published("fa"), issuer=issuer) for issuer in ("کمیته", "كميته")]
    assert len(lists.ordered(list(lists.listings(its, PUBLISHER)), "issuer")) == 1


@pytest.mark.parametrize("name", ["../../x", "a.2", "ا", "A", "x" * 41, "", "a/b", "\ud800"])
def test_only_plain_names_are_parts_of_paths(name):
    assert lists.slug(name).isascii() and lists.slug(name).isalnum() and lists.slug(name) != lists.slug(f"{name}x")


def test_the_newest_come_first_and_those_of_one_day_by_name():
    its = [
        replace(published("en"), document_id=name, date=date)
        for name, date in (("b", "2016"), ("c", "2017"), ("a", "2016"))
    ]
    assert [one.document_id for one in lists.newest_first(its)] == ["c", "a", "b"]
