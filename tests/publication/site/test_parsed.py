"""A page is read as browsers read it, up to a depth."""

import pytest

from pipeline.publication.site import parsed


def test_a_page_has_a_tree_and_what_is_wrong_in_it():
    root, wrong = parsed.parsed("<!doctype html><p>a<table><td>b</p>")
    assert "".join(root.itertext()) == "ab"
    assert wrong


def test_a_page_may_be_as_deep_as_any_that_people_make_and_no_deeper():
    root, _ = parsed.parsed("<!doctype html>" + "<div>" * 400 + "x")
    assert len(list(root.iter("div"))) == 400
    with pytest.raises(parsed.TooDeepError):
        parsed.parsed("<!doctype html>" + "<div>" * 600)
