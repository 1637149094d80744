"""Of what PO files say, only that counts which is said otherwise elsewhere."""

import pytest

from pipeline.app import pairs
from pipeline.model import Catalogue, State, Unit


def said(*texts: tuple[str, str], state: State = State.TRANSLATED) -> bytes:
    units = tuple(Unit(f"b{n}.s1", source, target, state=state) for n, (source, target) in enumerate(texts))
    return pairs.packed(Catalogue("d", "fa", "en", units))


def test_sentences_without_a_translation_and_copies_say_nothing():
    assert said(("a", "")) == said(("a", "a"), state=State.COPIED) == b""


@pytest.mark.parametrize("most", [1, 500_000])
def test_what_is_said_in_several_ways_is_found_with_a_file_for_each(monkeypatch, most):
    monkeypatch.setattr(pairs, "MOST_AT_ONCE", most)
    files = {"one": said(("a", "A"), ("b", "B")), "two": said(("a", "A"), ("b", "C")), "three": said(("c", "A"))}
    found = pairs.said_otherwise(files, None)
    assert sorted(found.values()) == [("one", "three"), ("one", "two")]
    of_b = pairs.changed(said(("b", "B")), None)
    assert list(pairs.said_otherwise(files, of_b).values()) == [("one", "two")]


def test_a_change_is_what_one_of_two_alone_says_and_damage_says_nothing():
    before, now = said(("a", "A"), ("b", "B")), said(("b", "B"), ("a", "C"))
    assert len(pairs.changed(before, now)) == 3 and pairs.changed(before, before) == set()
    assert pairs.changed(None, b"damaged") == set()
