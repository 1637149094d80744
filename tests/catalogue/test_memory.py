import random
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import pairwise
from multiprocessing import get_context

import pytest

from pipeline import schema
from pipeline.catalogue import memory
from pipeline.catalogue.memory import MemoryEntry
from pipeline.errors import PipelineError
from pipeline.text.orthography import fold
from pipeline.text.similarity import similarity

pytestmark = pytest.mark.usefixtures("closed_databases")

LONG = "رقابت در بین قدرت های بزرگ سرمایه داری و بی ثباتی در نظام مناسبات بین المللی، جنگ را دامن می زند."
OTHER = "نیروهای چپ و دمکرات امریکای شمالی برای همکاری و حمایت از مبارزات مردم گرد هم آمدند."


def entries(*pairs, origin="one"):
    return lambda: [MemoryEntry(source, target, "paragraph", origin) for source, target in pairs]


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
        yield MemoryEntry(OTHER, "New", "paragraph", "one")
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


def test_the_rarest_words_find_a_sentence_among_many_that_share_the_frequent_ones(monkeypatch):
    monkeypatch.setattr(memory, "MOST_MEASURED", 20)
    frequent = "و در به از که این را با"
    opened = memory.open(None)
    texts = [f"{frequent} سخن{number} دیگر{number} باز{number} هیچ{number}" for number in range(300)]
    wanted = f"{frequent} آزادی برابری نان کار"
    opened.feed("many", "1", entries(*((text, text) for text in [*texts, wanted]), origin="many"))
    assert [match.entry.source for match in opened.similar(f"{wanted} ما")] == [wanted]


def test_a_question_to_a_damaged_index_says_what_to_delete(tmp_path):
    path = tmp_path / "memory.sqlite"
    opened = memory.open(path)
    with closing(sqlite3.connect(path)) as other:
        other.executescript("DROP TABLE words; DROP TABLE entries")
    for ask in (opened.exact, opened.similar):
        with pytest.raises(PipelineError, match=r"is damaged .*; delete \.pipeline/memory"):
            ask(LONG)
    opened.close()


def test_an_index_of_an_older_version_is_told_from_a_damaged_one(tmp_path):
    with closing(sqlite3.connect(tmp_path / "memory.sqlite")) as older:
        older.execute("CREATE TABLE entries (a)")
    with pytest.raises(sqlite3.DatabaseError, match="of an older version"):
        memory.open(tmp_path / "memory.sqlite")


def test_a_copy_of_an_index_that_is_not_there_makes_none(tmp_path):
    opened = memory.open(tmp_path / "memory.sqlite", copy=True)
    assert opened.exact(LONG) == [] and list(tmp_path.iterdir()) == []
    opened.close()


def test_the_best_come_first_and_no_more_than_asked_for():
    index = memory.open(None)
    words = ["یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده"]
    index.feed("one", "1", entries(*((" ".join(words[:size]), str(size)) for size in range(6, 11))))
    matches = index.similar(" ".join(words), 60)
    assert [match.entry.target for match in matches] == ["10", "9", "8", "7", "6"][: len(matches)] and len(matches) > 2
    assert matches[0].score == 100 and all(one.score > other.score for one, other in pairwise(matches))
    assert [match.entry.target for match in index.similar(" ".join(words), 60, limit=1)] == ["10"]
    assert [match.entry.target for match in index.similar(" ".join(words), 99)] == ["10"]
    assert {match.entry.target for match in index.similar(" ".join(words))} == {
        match.entry.target for match in index.similar(" ".join(words), 75)
    }


def test_an_origin_fed_anew_has_its_new_entries_alone_and_its_words_count_once():
    index = memory.open(None)
    for digest, word in (("1", "کار"), ("2", "نان"), ("1", "کار")):
        assert index.feed("one", digest, entries((f"{word} ما است", word)))
        assert index.origins() == [("one", 1)]
        assert [match.entry.target for match in index.similar(f"{word} ما است")] == [word]
    assert index.exact("نان ما است") == []
    assert index.similar("نان ما است", 95) == []


def test_origins_are_told_by_name_with_how_many_sentences_each_has():
    index = memory.open(None)
    for name, size in (("two", 2), ("one", 0), ("three.tmx", 3)):
        index.feed(name, "x", entries(*((f"{name} {n}", "t") for n in range(size)), origin=name))
    assert index.origins() == [("one", 0), ("three.tmx", 3), ("two", 2)]
    index.keep_only(["two"])
    assert index.origins() == [("two", 2)] and index.exact("three.tmx 1") == []


def test_what_somebody_else_translated_counts_as_not_reviewed_here():
    (ours, theirs) = (*entries(("a", "b"), origin="statement")(), *entries(("a", "b"), origin="others.tmx")())
    assert ours.is_ours and not theirs.is_ours


def test_of_a_sentence_translated_twice_the_one_fed_first_comes_first():
    index = memory.open(None)
    for name in ("b", "a"):
        index.feed(name, "x", entries(("کار", name), origin=name))
    assert [(entry.target, entry.origin) for entry in index.exact("كار")] == [("b", "b"), ("a", "a")]


@pytest.mark.parametrize("copy", [False, True])
def test_a_view_that_never_ends_in_place_of_a_table_is_damage(tmp_path, copy):
    path = tmp_path / "memory.sqlite"
    memory.open(path).close()
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, x, x, x FROM n"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"DROP TABLE origins; CREATE VIEW origins (id, name, digest, count) AS {endless}")
    with pytest.raises(sqlite3.DatabaseError, match="'origins' in it is not what this program makes"):
        memory.open(path, copy=copy)


def stored(index):
    return [index._rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("entries", "uses", "sentences")]


def use(origin, readings=(), context="paragraph", target="Rivalry."):
    return lambda: [MemoryEntry(LONG, target, context, origin, readings)]


def test_a_translation_in_many_documents_is_kept_once_with_all_of_them(known):
    known.feed("two", "1", use("two", ("read: anna 2026-01-01 [a]",)))
    known.feed("three", "1", use("three", ("read: anna 2026-01-01 [a]", "read: sara 2026-02-02 [b]")))
    assert stored(known) == [3, 5, 3]
    (entry,) = known.exact(LONG)
    assert (entry.origin, entry.documents) == ("one", 3)
    assert entry.readings == ("read: anna 2026-01-01 [a]", "read: sara 2026-02-02 [b]")
    (match,) = known.similar(LONG.replace("بزرگ", "کوچک"))
    assert match.entry == entry
    assert known.origins() == [("one", 3), ("three", 1), ("two", 1)]


def test_what_differs_in_anything_but_its_document_is_kept_apart(known):
    known.feed("other", "1", use("other", target="Another."))
    known.feed("kind", "1", use("kind", context="heading"))
    known.feed("theirs.tmx", "1", use("theirs.tmx"))
    known.feed("signs", "1", lambda: [MemoryEntry(LONG, "Rivalry.", "paragraph", "signs", (), ("{1} is strong",))])
    found = known.exact(LONG)
    assert [entry.origin for entry in found] == ["one", "other", "kind", "theirs.tmx", "signs"]
    assert [entry.is_ours for entry in found] == [True, True, True, False, True]


def test_a_translation_goes_with_the_last_document_that_has_it(known):
    known.feed("two", "1", use("two"))
    known.keep_only({"two"})
    assert [(entry.origin, entry.documents) for entry in known.exact(LONG)] == [("two", 1)]
    assert stored(known) == [1, 1, 1] and known.similar(OTHER) == []
    assert known._rows("SELECT count FROM words WHERE word = 'بزرگ'") == [(1,)]
    known.feed("two", "2", use("two", target="New."))
    assert [entry.target for entry in known.exact(LONG)] == ["New."] and stored(known) == [1, 1, 1]
    known.keep_only(())
    assert stored(known) == [0, 0, 0] and known._rows("SELECT * FROM words WHERE count > 0") == []


def test_what_stands_twice_in_a_document_counts_once(known):
    known.feed("twice", "1", lambda: [*use("twice")(), *use("twice", ("read: anna",))(), *entries((OTHER, "O"))()])
    assert dict(known.origins())["twice"] == 2 and known.exact(LONG)[0].documents == 2


def test_the_one_fed_first_is_told_as_its_origin_and_one_fed_anew_comes_last(known):
    known.feed("two", "1", use("two"))
    known.feed("three", "1", use("three", target="Third."))
    known.feed("one", "2", use("one"))
    assert [(entry.target, entry.origin) for entry in known.exact(LONG)] == [("Rivalry.", "two"), ("Third.", "three")]
    known.feed("two", "2", use("two", target="Second."))
    assert [entry.target for entry in known.exact(LONG)] == ["Third.", "Rivalry.", "Second."]


def test_of_several_that_are_fed_together_one_that_fails_is_left_out(tmp_path):
    path = tmp_path / "memory.sqlite"
    index = memory.open(path)

    def broken():
        yield MemoryEntry("هرگز", "Never", "paragraph", "broken")
        raise ValueError

    with index.feeding():
        index.feed("one", "1", use("one"))
        with pytest.raises(ValueError):
            index.feed("broken", "1", broken)
        index.feed("two", "1", entries((OTHER, "The left."), origin="two"))
        assert memory.open(path).origins() == []  # not written yet
    again = memory.open(path)
    assert again.origins() == [("one", 1), ("two", 1)] and again.exact("هرگز") == [] == again.similar("هرگز")
    assert again._rows("SELECT count FROM words WHERE word = 'هرگز'") == []
    assert [match.entry.target for match in again.similar(OTHER)] == ["The left."]


def test_what_is_fed_together_is_written_in_steps(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "_STEP", 1)
    path = tmp_path / "memory.sqlite"
    index = memory.open(path)
    with index.feeding():
        index.feed("one", "1", entries((LONG, "a"), (OTHER, "b")))
        assert memory.open(path).origins() == [("one", 2)]
        assert [match.entry.target for match in index.similar(OTHER)] == ["b"]


def test_an_entry_of_no_document_is_damage(known):
    known._rows("DELETE FROM uses")
    for ask in (known.exact, known.similar):
        with pytest.raises(PipelineError, match=r"is damaged .*; delete \.pipeline/memory"):
            ask(LONG)


@pytest.mark.parametrize("column", ["source", "target", "context", "marks"])
@pytest.mark.parametrize("value", [None, b"\xff"])
def test_an_entry_with_a_value_that_is_no_text_is_damage(known, column, value):
    known._rows(f"UPDATE entries SET {column} = ?", (value,))
    for ask in (known.exact, known.similar):
        with pytest.raises(PipelineError, match=r"is damaged .*; delete \.pipeline/memory"):
            ask(LONG)


@pytest.mark.parametrize("value", ["many", b"12", 1.5, None])
def test_a_word_that_was_not_counted_is_not_looked_up(known, value):
    known._rows("UPDATE words SET count = ?", (value,))
    assert known.similar(LONG) == []


def test_stamps_are_kept_with_what_was_fed(known):
    assert known.stamps() == {"one": ""}
    assert not known.feed("one", "1", lambda: pytest.fail("read again"), "stamp")
    assert known.feed("two", "1", use("two"), "other")
    assert known.stamps() == {"one": "stamp", "two": "other"}


def test_many_translations_of_one_sentence_are_taken_in_as_quickly_as_any():
    """Of a memory of others, which may have been made to be slow."""
    index = memory.open(None)
    index.feed("a.tmx", "1", lambda: (MemoryEntry(LONG, f"{number}", "", "a.tmx") for number in range(3000)))
    plan = " ".join(
        str(row) for row in index._rows("EXPLAIN QUERY PLAN SELECT id FROM entries WHERE wording = 1 AND rest = 2")
    )
    assert "by_wording (wording=? AND rest=?)" in plan
    assert len(index.exact(LONG)) == memory.MOST_EXACT


@pytest.mark.parametrize("ask", ["exact", "similar"])
def test_another_command_that_writes_while_it_is_asked_makes_no_damage(tmp_path, monkeypatch, ask):
    path, by_id = tmp_path / "memory.sqlite", memory.Memory._by_id
    with closing(memory.open(path)) as ours, closing(memory.open(path)) as theirs:
        ours.feed("one", "1", entries((LONG, "Rivalry.")))

        def interrupted(self, number):
            theirs.keep_only(())
            return by_id(self, number)

        monkeypatch.setattr(memory.Memory, "_by_id", interrupted)
        assert len(getattr(ours, ask)(LONG)) == 1
        assert getattr(ours, ask)(LONG) == []


def made_and_fed(path, number):
    with closing(memory.open(path)) as made:
        return made.feed(f"d{number}", "1", entries((LONG, f"Rivalry {number}."), origin=f"d{number}"))


def test_several_commands_may_make_it_at_once(tmp_path):
    path = tmp_path / "memory.sqlite"
    with ProcessPoolExecutor(4, get_context("fork")) as pool:
        for _ in range(30):
            assert all(pool.map(made_and_fed, [path] * 4, range(4)))
            with closing(memory.open(path)) as made:
                assert len(made.exact(LONG)) == 4
            schema.remove(path)
