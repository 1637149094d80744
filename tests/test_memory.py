import random
import sqlite3

import pytest

from pipeline import memory
from pipeline.memory import Entry
from pipeline.orthography import fold
from pipeline.similarity import similarity

LONG = "رقابت در بین قدرت های بزرگ سرمایه داری و بی ثباتی در نظام مناسبات بین المللی، جنگ را دامن می زند."
OTHER = "نیروهای چپ و دمکرات امریکای شمالی برای همکاری و حمایت از مبارزات مردم گرد هم آمدند."


def entries(*pairs, origin="one"):
    return lambda: [Entry(source, target, "paragraph", origin) for source, target in pairs]


@pytest.fixture
def known():
    opened = memory.open(None)
    opened.feed("one", "1", entries((LONG, "Rivalry."), (OTHER, "The left."), ("كار ۳۷", "Work 37")))
    return opened


def test_a_sentence_is_found_in_any_spelling(known):
    assert [entry.target for entry in known.exact("کار  37")] == ["Work 37"]
    assert known.exact("کار 38") == []


def test_a_sentence_like_it_is_found_with_its_score(known):
    (match,) = known.similar(LONG.replace("بزرگ", "کوچک"))
    assert (match.entry.target, match.entry.origin) == ("Rivalry.", "one") and 90 < match.score < 100
    assert known.similar("سخنی دیگر که به آن‌ها نمی‌ماند، در بین مردم.") == []
    assert known.similar("") == known.similar("؟!") == []


def test_marks_of_the_query_language_are_words_like_others(known):
    known.feed("odd", "1", entries(('NOT "a" OR b* NEAR(c) _x_ a_b', "Odd"), origin="odd"))
    assert [match.entry.target for match in known.similar('NOT "a" OR b* NEAR(c) _x_ a_b')] == ["Odd"]


def test_what_is_fed_again_is_read_again_only_if_it_changed(known):
    assert not known.feed("one", "1", lambda: pytest.fail("read again"))
    assert known.feed("one", "2", entries((LONG, "New.")))
    assert known.origins() == [("one", 1)]
    assert known.similar(LONG)[0].entry.target == "New." and known.similar(OTHER) == []


def test_what_comes_from_one_origin_can_be_taken_away(known):
    known.feed("partner.tmx", "1", entries((LONG, "Theirs."), (OTHER, "Theirs too."), origin="partner.tmx"))
    assert [entry.target for entry in known.exact(LONG)] == ["Rivalry.", "Theirs."]
    known.keep_only({"one"})
    assert [entry.target for entry in known.exact(LONG)] == ["Rivalry."]
    assert [match.entry.target for match in known.similar(OTHER)] == ["The left."]
    known.keep_only(())
    assert known.similar(OTHER) == [] and known._rows("SELECT * FROM words WHERE count > 0") == []


def test_a_feed_that_fails_changes_nothing(known):
    def broken():
        yield Entry(OTHER, "New", "paragraph", "one")
        raise ValueError

    with pytest.raises(ValueError):
        known.feed("one", "2", broken)
    assert [entry.target for entry in known.exact(OTHER)] == ["The left."]


def test_it_stays_on_disk_and_a_copy_leaves_it_alone(tmp_path):
    path = tmp_path / "memory.sqlite"
    first = memory.open(path)
    first.feed("one", "1", entries((LONG, "Rivalry.")))
    first.close()
    copy = memory.open(path, copy=True)
    copy.feed("two", "1", entries((OTHER, "The left."), origin="two"))
    assert len(copy.exact(LONG) + copy.exact(OTHER)) == 2
    copy.close()
    again = memory.open(path)
    assert again.origins() == [("one", 1)]


@pytest.mark.parametrize("content", [b"no database" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_or_older_index_says_so(tmp_path, content):
    path = tmp_path / "memory.sqlite"
    path.write_bytes(content)
    with pytest.raises(sqlite3.DatabaseError):
        memory.open(path)
    path.unlink()
    with sqlite3.connect(path) as older:
        older.execute("CREATE TABLE entries (a)")
    with pytest.raises(sqlite3.DatabaseError):
        memory.open(path)


def test_unlike_sentences_are_less_than_75_per_cent_alike():
    assert similarity(fold(LONG), fold(OTHER)) < 60
    assert similarity(fold(LONG), fold(LONG)) == 100
    assert similarity("", "") == 100 and similarity("الف", "") == 0


def test_of_many_sentences_the_index_finds_what_comparing_all_would_find():
    rng = random.Random(7)
    words = [f"واژه{number}" for number in range(400)]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    texts = list({" ".join(rng.choices(words, weights, k=rng.randint(5, 14))) for _ in range(3000)})
    opened = memory.open(None)
    opened.feed("many", "1", entries(*((text, text) for text in texts), origin="many"))
    found = wanted = 0
    for text in rng.sample(texts, 60):
        changed = text.split()
        changed[rng.randrange(len(changed))] = rng.choice(words)
        query = " ".join(changed)
        best = {other for other in texts if similarity(fold(other), fold(query), 75)}
        got = {match.entry.source for match in opened.similar(query, 75, limit=1000)}
        assert got <= best
        wanted, found = wanted + len(best), found + len(got)
    assert found / wanted > 0.9
