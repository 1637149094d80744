"""What stands above every engine: protection, verification, a second try, a cache, the way through English."""

import re
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import SHIPPED
from pipeline.model import Block, Document, Kind, Mark, MarkKind, Meta
from pipeline.termbase import Status, Term, Termbase
from pipeline.text import quantities
from pipeline.translate import drafting
from pipeline.translate.cache import DraftCache
from pipeline.translate.drafting import Route
from pipeline.translate.mt import REPEATED, TRUNCATED, Translation

TERMS = Termbase(
    [
        Term("شورای همکاری", "Cooperation Council", "en", Status.PREFERRED),
        Term("شورا", "council", "en", Status.PREFERRED),
    ],
    SHIPPED["fa"],
    SHIPPED["en"],
)


class Engine:
    """An engine as somebody else would write it: it turns every Persian letter into another, or does what it is told."""

    name = "own"

    def __init__(self, model="fa→en 1", does=None) -> None:
        self.model, self.fingerprint, self.asked = model, f"own {model}", []
        self.does = does or (lambda text: re.sub("[آ-ی]", "a", text))

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        self.asked += sentences
        made = [self.does(sentence) for sentence in sentences]
        return [one if isinstance(one, Translation) else Translation(one) for one in made]


def drafts(*sources, engines=None, pairs=(("fa", "en"), ("en", "fr")), cache=None, **options):
    engines = engines or [Engine()]
    return drafting.draft(
        sources, Route(pairs[: len(engines)], tuple(engines)), cache=cache or DraftCache(None), **options
    )


def test_values_are_put_back_and_digits_are_western():
    found = drafts("سلام ۳۷ بار به a@b.org", terms=TERMS)
    assert found["سلام ۳۷ بار به a@b.org"].text == "aaaa 37 aaa aa a@b.org"


def test_a_lost_mark_is_tried_again_around_it():
    engine = Engine(does=lambda text: re.sub("[آ-ی]", "a", text) if "X" not in text else "it is gone")
    (draft,) = drafts("در سال ۲۰۱۰ آمد", engines=[engine]).values()
    assert (draft.text, draft.problem) == ("aa aaa 2010 aaa", "")


@pytest.mark.parametrize("said", ["♪", "_", "…"])
def test_a_sign_in_place_of_a_part_of_a_sentence_makes_no_draft(said):
    engine = Engine(does=lambda text: said if text == "آمد" else re.sub("[آ-یX]", "a", text))
    (draft,) = drafts("در سال ۲۰۱۰ آمد", engines=[engine]).values()
    assert draft.text == "" and draft.problem


@pytest.mark.parametrize("source", ["۲۰۱۰، اب (۵) ابپ «۷»؟", "۲۰۱۰ ، اب ( ۵ ) ابپ «۷» ؟"])
def test_a_second_try_has_western_marks_and_no_space_before_them(source):
    engine = Engine(does=lambda text: re.sub("[آ-ی]", "a", text) if "X" not in text else "it is gone")
    (draft,) = drafts(source, engines=[engine]).values()
    assert (draft.text, draft.problem) == ("2010, aa (5) aaa «7»?", "")


@pytest.mark.parametrize(
    ("source", "english", "french"),
    [
        ("۷٫۵ درصد", "7.5 aaaa", "7,5 aaaa"),
        ("۱٬۲۳۴٬۰۰۰ نفر", "1,234,000 aaa", "1\u202f234\u202f000 aaa"),
        ("١٬٠٠٠٫٥ و 22,000 نفر", "1,000.5 a 22,000 aaa", "1\u202f000,5 a 22\u202f000 aaa"),
        ("در ۱.۲.۲۰۱۱ ساعت ۱۰.۳۰", "aa 1.2.2011 aaaa 10.30", "aa 1.2.2011 aaaa 10.30"),
    ],
)
def test_numbers_have_the_separators_of_the_language_and_the_checks_agree(source, english, french):
    for text, pairs in ((english, [("fa", "en")]), (french, [("fa", "fr")]), (french, [("fa", "en"), ("en", "fr")])):
        (draft,) = drafts(source, engines=[Engine(), Engine("en→fr", does=str)][: len(pairs)], pairs=pairs).values()
        assert draft.text == text
        found, wanted = quantities.read(draft.text, SHIPPED[pairs[-1][1]]), quantities.read(source, SHIPPED["fa"])
        assert all(one.may_be(other.values) for one, other in zip(found, wanted, strict=True))


def test_reviewed_english_gives_french_numbers():
    engines = [Engine(), Engine("en→fr 1", does=lambda text: text.replace("of", "de"))]
    (draft,) = drafts("درصد", engines=engines, pivots={"درصد": "7.5 of 1,000"}).values()
    assert draft.text == "7,5 de 1\u202f000"


@pytest.mark.parametrize(
    ("does", "problem"),
    [
        (lambda text: "", "it came back empty"),
        (lambda text: text, "it came back untranslated"),
        (lambda text: f"the {text[:3]}", "words of the source are left in it"),
        (lambda text: Translation("a a a a", flags=frozenset({REPEATED})), "it repeats itself over and over"),
        (lambda text: Translation("a cut", flags=frozenset({TRUNCATED})), "it is cut off"),
        (lambda text: "no", "it is far too long or too short for its source"),
    ],
)
def test_what_is_unfit_to_be_read_stays_empty_with_the_reason(does, problem):
    (draft,) = drafts("این جمله‌ی بلندی است که هیچ ویرگولی ندارد.", engines=[Engine(does=does)]).values()
    assert (draft.text, draft.problem) == ("", problem)


@pytest.mark.parametrize(
    ("source", "does", "pair", "problem"),
    [
        ("Iran Labor Report", str, ("fa", "en"), ""),
        ("The Iran Labor Report of the International Alliance", str, ("fa", "en"), ""),
        ("Conclusion", str, ("en", "fr"), ""),
        ("They went home again", str, ("en", "fr"), "it came back untranslated"),
        ("UNICEF", str, ("en", "fa"), ""),
        ("Conclusion", str, ("en", "fa"), "it came back untranslated"),
        ("ببینید: https://example.org/فارسی", lambda text: text.replace("ببینید", "see"), ("fa", "en"), ""),
        ("https://example.org/فارسی", str, ("fa", "en"), ""),
        ("They went to the ILO", lambda text: "آنها به ILO رفتند", ("en", "fa"), ""),
        (
            "They went to the ILO",
            lambda text: "آنها به the ILO رفتند",
            ("en", "fa"),
            "words of the source are left in it",
        ),
        ("They met at a@example.org", lambda text: text.replace("They met at", "دیدار در"), ("en", "fa"), ""),
    ],
)
def test_words_of_the_source_are_looked_for_where_they_would_be_wrong(source, does, pair, problem):
    (draft,) = drafts(source, engines=[Engine(does=does)], pairs=[pair]).values()
    assert draft.problem == problem and bool(draft.text) == (not problem)


def test_a_sentence_that_fails_as_a_whole_is_tried_in_its_parts():
    def does(text):
        return "" if len(text) > 25 else re.sub("[آ-ی]", "a", text)

    (draft,) = drafts("این جمله‌ی بلندی است، که ویرگولی دارد.", engines=[Engine(does=does)]).values()
    assert (draft.text, draft.problem) == ("aaa aaaa a aaaaa aaa, aa aaaaaaa aaaa.", "")


def test_nothing_is_asked_twice(tmp_path):
    first, second = Engine(), Engine()
    cache = DraftCache(tmp_path / "drafts.sqlite")
    one = drafts("سلام", "سلام ", "خوب است", engines=[first], cache=cache)
    assert sorted(first.asked) == ["خوب است", "سلام"]
    other = DraftCache(tmp_path / "drafts.sqlite")  # another process
    assert drafts("سلام", "سلام ", "خوب است", engines=[second], cache=other) == one and second.asked == []
    assert drafts("سلام", engines=[Engine("fa→en 2")], cache=other) and Engine("fa→en 2").asked == []


def test_a_dry_run_reads_the_cache_and_leaves_it_as_it_is(tmp_path):
    path = tmp_path / "drafts.sqlite"
    drafts("سلام", cache=DraftCache(path, keeps=False))
    assert list(tmp_path.iterdir()) == []
    kept = DraftCache(path)
    drafts("سلام", cache=kept)
    kept.close()
    before, engine = path.read_bytes(), Engine()
    assert drafts("سلام", "نو", engines=[engine], cache=DraftCache(path, keeps=False))["نو"].text == "aa"
    assert engine.asked == ["نو"] and path.read_bytes() == before


def test_another_model_does_not_get_the_drafts_of_the_first(tmp_path):
    cache = DraftCache(tmp_path / "drafts.sqlite")
    drafts("سلام", cache=cache)
    newer = Engine("fa→en 2", does=lambda text: "hello")
    assert [draft.text for draft in drafts("سلام", engines=[newer], cache=cache).values()] == ["hello"]


@pytest.mark.parametrize("content", [b"no database" * 99, b""])
def test_a_damaged_cache_disturbs_nobody(tmp_path, content):
    (tmp_path / "drafts.sqlite").write_bytes(content)
    assert [draft.text for draft in drafts("سلام", cache=DraftCache(tmp_path / "drafts.sqlite")).values()] == ["aaaa"]
    assert [draft.text for draft in drafts("سلام", cache=DraftCache(tmp_path / "no" / "folder")).values()] == ["aaaa"]


def test_a_damaged_cache_is_begun_again(tmp_path):
    """Whether its beginning is damaged, or what comes behind it, which shows when it is asked."""
    path, texts = tmp_path / "drafts.sqlite", [f"متن {number}" for number in range(2000)]
    for damage in (b"no database" * 99, None):
        if damage:
            path.write_bytes(damage)
        else:
            content = path.read_bytes()
            path.write_bytes(content[:4096] + bytes(len(content) - 4096))
        for asked in (True, False):
            engine, cache = Engine(), DraftCache(path)
            drafts(*texts, engines=[engine], cache=cache)
            cache.close()
            assert bool(engine.asked) == asked


def test_the_way_through_english_uses_the_english_that_is_there_already():
    to_english, to_french = Engine(), Engine("en→fr 1", does=lambda text: text.replace("a", "é").replace("H", "B"))
    cache = DraftCache(None)
    drafts("سلام", "خوب", engines=[to_english], cache=cache)
    found = drafts("سلام", "خوب", "نو", engines=[to_english, to_french], cache=cache, pivots={"خوب": "Hale 5"})
    assert {source: draft.text for source, draft in found.items()} == {"سلام": "éééé", "خوب": "Béle 5", "نو": "éé"}
    assert to_english.asked == ["خوب", "سلام", "نو"]  # not again, and not what people have translated
    assert found["خوب"].engine == "own en→fr 1 from a person's en" and found["نو"].engine == "own fa→en 1, en→fr 1"


@pytest.mark.parametrize(
    ("kind", "text", "opening"),
    [
        (Kind.PARAGRAPH, "سلام. ما می‌خواهیم:", "ما می‌خواهیم:"),
        (Kind.PARAGRAPH, "سلام. ما می‌خواهیم", "ما می‌خواهیم"),
        (Kind.PARAGRAPH, "سلام. ما می‌خواهیم.", ""),
        (Kind.PARAGRAPH, "آیا می‌خواهیم؟", ""),
        (Kind.HEADING, "خواست‌ها", ""),
        (Kind.HEADING, "خواست‌ها:", "خواست‌ها:"),
    ],
)
def test_items_go_on_from_an_unfinished_sentence_alone(kind, text, opening):
    blocks = [
        (kind, text),
        (Kind.LIST_ITEM, "یک"),
        (Kind.LIST_ITEM, "دو. سه"),
        (Kind.PARAGRAPH, "پایان"),
        (Kind.PARAGRAPH, "و"),
    ]
    document = Document("a", SHIPPED["fa"], Meta(), tuple(Block(*block, 1, 1) for block in blocks), "")
    found = drafting.contexts([document])
    assert [found[item].introduction for item in ("یک", "دو.", "سه", "پایان", "و")] == [opening] * 3 + [""] * 2
    assert (found["دو."].before, found["دو."].after) == ("یک", "سه")


@given(st.lists(st.text("ابپت ۱۲,،.X0", max_size=20), max_size=30))
def test_there_is_a_draft_for_every_source(sources):
    assert set(drafts(*sources)) == set(sources)


def test_the_cache_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.translate.cache.MOST", 10)
    cache = DraftCache(tmp_path / "drafts.sqlite")
    texts = [f"text {number}" for number in range(30)]
    for text in texts:
        cache.keep("model", [text], [Translation(text)])
    assert list(cache.known("model", texts)) == texts[-10:]


def test_several_processes_share_a_cache(tmp_path):
    script = (
        "import sys; from pathlib import Path; from pipeline.translate.cache import DraftCache; from pipeline.translate.mt import Translation\n"
        "cache = DraftCache(Path(sys.argv[1]))\n"
        "for number in range(200): cache.keep('model', [f'{sys.argv[2]} {number}'], [Translation('x')])"
    )
    path = tmp_path / "drafts.sqlite"
    running = [subprocess.Popen([sys.executable, "-c", script, path, name]) for name in "abc"]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert len(DraftCache(path).known("model", [f"{name} {number}" for name in "abc" for number in range(200)])) == 600


WORDS = {"کار": "work", "ما": "our", "سلام": "hello", "است": "is"}


def told(text):
    return " ".join(WORDS.get(word, word) for word in re.sub(r"([.،])", r" \1", text).split())


def test_no_engine_sees_a_sign_and_places_and_pairs_come_back():
    engine = Engine(does=told)
    source = "سلام{1} **ما** [کار]{2} است \\* ۳۷.{3}"
    (draft,) = drafts(source, engines=[engine], signed=[source]).values()
    assert (draft.text, draft.left_out) == (r"hello{1} **our** [work]{2} is \* 37 .{3}", ())
    assert not [text for text in engine.asked if "[" in text or "{" in text or "**" in text]


def test_a_place_that_an_engine_loses_is_put_back_where_it_stood():
    engine = Engine(does=lambda text: told(re.sub(r"X\d+X", "", text)))
    (draft,) = drafts("سلام{1} ما است.", engines=[engine], signed=["سلام{1} ما است."]).values()
    assert draft.text == "hello{1} our is ."


def test_a_pair_whose_words_are_not_found_is_left_out_and_said_to_be():
    engine = Engine(does=lambda text: told(text).replace("our work", "labour"))
    (draft,) = drafts("[ما]{1} کار", engines=[engine], signed=["[ما]{1} کار"]).values()
    assert (draft.text, draft.left_out) == ("labour", ("{1}",))


def test_signs_come_through_a_persons_translation_into_the_language_between():
    engines = [Engine(does=told), Engine("en→fr 1", does=lambda text: text.replace("Work", "Travail"))]
    source = "**کار** ما{1}"
    (draft,) = drafts(source, engines=engines, signed=[source], pivots={source: "**Work** here{1}"}).values()
    assert draft.text == "**Travail** here{1}" and "from a person's en" in draft.engine


def test_what_stands_around_a_sentence_has_no_signs():
    marks = (Mark(0, 4, MarkKind.NOTE, "1"), Mark(5, 8, MarkKind.STRONG))
    block = Block(Kind.PARAGRAPH, "One. Two is. Three.", 1, 1, marks=marks)
    around = drafting.contexts([Document("d", SHIPPED["en"], Meta(), (block,), "")])
    assert around["Three."].before == "Two is."
