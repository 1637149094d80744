"""Texts are found by their words, within dates, issuers, languages and states; what is taken out leaves nothing."""

import json
import sqlite3
import zlib
from contextlib import closing

import pytest

from pipeline.catalogue import fulltext
from pipeline.catalogue.fulltext import SearchedDocument, SearchedText, TextSentence, Within
from pipeline.languages import SHIPPED
from pipeline.model import State
from pipeline.text import wordkeys, wordquery

pytestmark = pytest.mark.usefixtures("closed_databases")

ANYWHERE = Within()


def affixes(lang):
    return wordkeys.affixes(SHIPPED[lang])


def text(*sentences, lang="fa", title="", state=None):
    return SearchedText(lang, title, tuple(TextSentence(f"line {n}", one, state) for n, one in enumerate(sentences, 1)))


def document(name, *texts, **more):
    found = SearchedDocument(name, f"stamp {name}", f"digest {name}", "fa", texts=texts, **more)
    return fulltext.indexed(found, affixes)


@pytest.fixture
def index():
    opened = fulltext.open(None, "1", affixes)
    translated = SearchedText(
        "en", "On bread",
        (TextSentence("line 1", "Workers want bread.", State.REVIEWED), TextSentence("line 2", "A strike of miners.", State.MACHINE)),
    )  # fmt: skip
    opened.put(
        document(
            "bread", text("کارگران نان می خواهند.", "اعتصاب معدنچیان."), translated, date="1988-10", issuer="شورای كار"
        )
    )
    opened.put(
        document(
            "roses", text("گل سرخ و نان.", title="نان و گل سرخ"), date="2001-03-08", issuer="زنان", issuers=("Women",)
        )
    )
    opened.put(document("rain", text("باران می‌بارد. کارگران در خانه اند.")))
    return opened


def found(index, *typed, within=ANYWHERE, first=0, most=10):
    hits = index.find(wordquery.read(typed, [affixes("fa")]), within, first, most)
    return [f"{hit.document}.{hit.text.lang}" for hit in hits.shown]


def test_all_words_must_stand_in_a_text_but_not_in_one_sentence(index):
    assert set(found(index, "کارگران")) == {"bread.fa", "rain.fa"}
    assert found(index, "کارگران", "اعتصاب") == ["bread.fa"]
    assert found(index, "کارگران", "گل") == []
    assert found(index, "miner*", "WORKERS") == ["bread.en"]


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence(index):
    assert found(index, '"want bread"') == ["bread.en"]
    assert found(index, '"bread A"') == found(index, '"می خواهند اعتصاب"') == []
    assert found(index, "«می بارد»") == found(index, "میبارد") == ["rain.fa"]
    assert found(index, '"بارد کارگران"') == []


def test_a_word_in_the_title_weighs_more(index):
    assert found(index, "نان") == ["roses.fa", "bread.fa"]
    assert found(index, "bread") == ["bread.en"]


@pytest.mark.parametrize(
    ("within", "names"),
    [
        (Within(since="1988-11"), {"roses.fa"}), (Within(since="1988-10-15"), {"bread.fa", "roses.fa"}),
        (Within(since="1988"), {"bread.fa", "roses.fa"}), (Within(until="1988-12-31"), {"bread.fa"}),
        (Within(until="1988-09-30"), set()), (Within(since="2001-03-08", until="2001-03-08"), {"roses.fa"}),
        (Within(issuer="کار"), {"bread.fa"}), (Within(issuer="WOMEN"), {"roses.fa"}), (Within(issuer="%"), set()),
        (Within(documents=("roses", "rain")), {"roses.fa"}), (Within(languages=("en",)), set()),
        (Within(states=(State.REVIEWED,)), set()),
    ],
)  # fmt: skip
def test_it_is_looked_within_what_is_asked_for(index, within, names):
    assert set(found(index, "نان", within=within)) == names


def test_a_state_is_that_of_the_sentence_with_the_words(index):
    assert found(index, "bread", within=Within(states=(State.REVIEWED,))) == ["bread.en"]
    assert found(index, "strike", within=Within(states=(State.REVIEWED, State.TRANSLATED))) == []
    assert found(index, "strike", within=Within(states=(State.MACHINE,), languages=("en", "fr"))) == ["bread.en"]
    assert found(index, "strike", "bread", within=Within(states=(State.MACHINE,))) == []


def test_it_says_how_many_there_are_however_few_are_shown(index):
    terms = wordquery.read(["نان"], [])
    hits = index.find(terms, ANYWHERE, 1, 1)
    assert (hits.texts, hits.documents, [hit.document for hit in hits.shown]) == (2, 2, ["bread"])
    assert index.undated(wordquery.read(["کارگران"], []), Within(since="1900", issuer="")) == 1
    assert index.undated(terms, ANYWHERE) == 0


def test_what_is_put_anew_or_forgotten_leaves_nothing_behind(index):
    index.put(document("bread", text("چیز دیگر.")))
    assert found(index, "اعتصاب") == found(index, "strike") == [] and found(index, "دیگر") == ["bread.fa"]
    for name in ("bread", "roses", "rain", "never"):
        index.forget(name)
    assert index.known() == {} and found(index, "دیگر") == []
    index.put(document("roses", text("نان")))
    assert found(index, "نان") == ["roses.fa"]
    index._rows("INSERT INTO words (words) VALUES ('integrity-check')")


def test_a_sentence_is_kept_as_it_was(index):
    odd = "«كتاب» \x00 می‌شود"
    index.put(document("odd", text("واژهٔ نادر", odd, title=odd)))
    (hit,) = index.find(wordquery.read(["نادر"], []), ANYWHERE, 0, 10).shown
    assert [one.text for one in hit.text.sentences] == ["واژهٔ نادر", odd]


def test_steps_that_fail_change_nothing(index):
    with pytest.raises(ZeroDivisionError), index.changes():
        index.forget("bread")
        raise ZeroDivisionError
    assert found(index, "اعتصاب") == ["bread.fa"]


def test_documents_that_cannot_be_read_are_known_with_their_fault(index):
    index.put(document("broken", fault="broken.txt: not valid UTF-8"))
    assert index.faults() == ["broken.txt: not valid UTF-8"]
    index.restamp("broken", "another")
    assert index.known()["broken"] == ("another", "digest broken")


def test_it_is_kept_for_its_owner_alone_and_a_copy_leaves_it_alone(tmp_path):
    path = tmp_path / "texts.sqlite"
    first = fulltext.open(path, "1", affixes)
    first.put(document("rain", text("باران")))
    assert path.stat().st_mode & 0o777 == 0o600
    copy = fulltext.open(path, "1", affixes, copy=True)
    copy.forget("rain")
    assert found(copy, "باران") == []
    assert found(fulltext.open(path, "1", affixes), "باران") == ["rain.fa"]
    assert found(fulltext.open(tmp_path / "none", "1", affixes, copy=True), "باران") == []
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("content", [b"no database" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_or_older_index_is_told(tmp_path, content):
    path = tmp_path / "texts.sqlite"
    path.write_bytes(content)
    with pytest.raises(sqlite3.DatabaseError):
        fulltext.open(path, "1", affixes)
    path.unlink()
    fulltext.open(path, "1", affixes).close()
    with pytest.raises(sqlite3.DatabaseError, match="of an older version"):
        fulltext.open(path, "2", affixes)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(sqlite3.DatabaseError, match="of an older version"):
        fulltext.open(path, "1", affixes)


@pytest.mark.parametrize(
    "packed", [b"", b"no zlib", zlib.compress(b"[[1]]"), zlib.compress(b'[["", "a", "odd"]]'), 7, None]
)
def test_a_text_that_somebody_else_put_there_is_damage(index, packed):
    index._rows("UPDATE texts SET sentences = ?", (packed,))
    with pytest.raises(sqlite3.DatabaseError):
        found(index, "نان")
    with pytest.raises(sqlite3.DatabaseError):
        index.forget("bread")


def test_more_sentences_than_any_document_has_are_damage(index, monkeypatch):
    monkeypatch.setattr(fulltext, "MOST_BRACKETS", 10)
    index._rows("UPDATE texts SET sentences = ?", (zlib.compress(json.dumps([["", "نان", ""]] * 11).encode()),))
    with pytest.raises(sqlite3.DatabaseError, match="a text in it is none"):
        found(index, "نان")


def test_a_view_in_place_of_a_table_is_damage(tmp_path):
    path = tmp_path / "texts.sqlite"
    fulltext.open(path, "1", affixes).close()
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, x, x, x, x FROM n"
    with closing(sqlite3.connect(path)) as other:
        other.executescript(f"DROP TABLE texts; CREATE VIEW texts (id, document, lang, title, sentences) AS {endless}")
    with pytest.raises(sqlite3.DatabaseError, match="'texts' in it is not what this program makes"):
        fulltext.open(path, "1", affixes)
