"""Terms in sentences, and their renderings however they are inflected."""

import pytest

from pipeline.errors import PipelineError
from pipeline.languages import SHIPPED
from pipeline.termbase import Status, Term, Termbase, read, stands, times_rendered
from tests.support import growth


@pytest.mark.parametrize(
    ("lang", "target", "rendering", "times"),
    [
        ("en", "They play and they played.", "play", 2),
        ("en", "They acted.", "act", 1),
        ("en", "The big toe hurts.", "toy", 0),
        ("en", "A national day, and nationality.", "nation", 1),
        ("fr", "Les droits nationaux et le droit national.", "droit national", 2),
        ("fr", "Il est mûr.", "mûe", 0),
    ],
)
def test_a_word_is_found_in_its_other_forms_when_it_has_a_stem_of_three_letters(lang, target, rendering, times):
    assert times_rendered(target, rendering, SHIPPED[lang]) == times


def test_the_forms_are_those_of_the_language():
    assert times_rendered("nationaux", "national", SHIPPED["fr"]) == 1
    assert times_rendered("nationaux", "national", SHIPPED["en"]) == 0


@pytest.mark.parametrize(
    ("target", "is_there"),
    [
        ("The Political Prisoner was freed.", True),
        ("A prisoner, political or not", False),
        ("The political prisoners were freed.", False),
        ("An apolitical prisoner", False),
        ("", False),
    ],
)
def test_a_rendering_that_stands_as_it_is_stands_there_in_some_form(target, is_there):
    english = SHIPPED["en"]
    assert stands("the political prisoner", target, english) is is_there
    assert times_rendered(target, "the political prisoner", english, exactly=True) >= is_there
    assert not stands("the", target, english)


def test_a_term_of_a_page_is_refused_with_its_line():
    read(f"fa,en,status,note\nکار,{'x' * 1000},preferred,\n", "termbase.csv", "fa")
    with pytest.raises(PipelineError, match=r"termbase\.csv:3: a cell of more than 1,000 characters; shorten it"):
        read(f"fa,en,status,note\nکار,work,preferred,\nنان,{'x' * 1001},preferred,\n", "termbase.csv", "fa")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ('حزب,party,preferred,"see the list\nکار,work,preferred,\n', 2),
        ('کار,work,preferred,\nحزب,party,preferred,"see\nنان,bread,preferred,"of, all"\n', 3),
        ('حزب,"party",preferred,\nکار,"work" (n.),preferred,\n', 3),
    ],
)
def test_no_term_is_lost_behind_a_quotation_mark_that_is_not_closed(rows, line):
    with pytest.raises(PipelineError, match=rf"termbase\.csv:{line}: a quotation mark is not closed"):
        read(f"fa,en,status,note\n{rows}", "termbase.csv", "fa")


def test_quotation_marks_that_are_closed_are_read():
    terms = read('fa,en,status,note\nحزب,"party, the",preferred,"a ""list"" of\ntwo lines"\n', "termbase.csv", "fa")
    assert [(term.source, term.target) for term in terms] == [("حزب", "party, the")]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("fa,EN,status,note", "a column is called 'EN'; write en"),
        ("fa,en ,status,note", "a column is called 'en '; write en"),
        ("fa,en,status, Note", "a column is called ' Note'; write note$"),
        ("fa,en,status,ID", "a column is called 'ID'; write id, or a longer name if it is no language"),
        ("fa,en,en,status", "two columns are called 'en'"),
        ("fa,English,status", "a column is called 'English'; write en"),
        ("Persian,en,status,note", "a column is called 'Persian'; write fa"),
        ("fa,انگلیسی,status", "a column is called 'انگلیسی'; write en"),
        ("fa,Brazilian Portuguese,status", "a column is called 'Brazilian Portuguese'; write pt-BR"),
        ("domain,fa,en,status", ".*, or put it behind those with terms if it has none"),
        (
            "Farsi,en,status,note",
            "the first column with terms is called 'Farsi'; write the code of its language, as fa",
        ),
        (",fa,en,status", "the first column with terms is called ''"),
    ],
)
def test_a_column_that_would_be_passed_over_is_named(head, said):
    with pytest.raises(PipelineError, match=rf"termbase\.csv:1: {said}"):
        read(f"{head}\nحزب,party,preferred,x\n", "termbase.csv", "fa")
    assert read("fa,en,status,domain,,\nحزب,party,preferred,x,,\n", "termbase.csv", "fa")


def test_thousands_of_terms_that_begin_alike_take_no_more_time_in_a_sentence_than_one():
    def found(size):
        terms = [Term(f"حزب کار {number}", "x", "en", Status.PREFERRED) for number in range(size)]
        return Termbase([*terms, Term("حزب کار", "x", "en", Status.PREFERRED)], SHIPPED["fa"], SHIPPED["en"])

    sentence = "حزب کار " * 2_000
    assert found(2_000).occurring(sentence) == {"حزب کار": 2_000}
    few, many = found(500), found(16_000)
    assert growth.cpu(lambda: many._counted(f"{sentence}."), 3) < 5 * growth.cpu(
        lambda: few._counted(f"{sentence}."), 3
    )


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("وحزب کارگرها آمدند.", {"حزب کارگر": 1}),
        ("حزب کارگرها سیاسی ایران", {"حزب کارگر": 1}),
        ("حزب کارگر سیاسی ایران", {"حزب کارگر سیاسی": 1}),
        ("حزب و حزب کار", {"حزب": 2}),
    ],
)
def test_the_longest_term_is_found_the_last_word_of_which_may_be_a_plural(sentence, found):
    terms = [Term(one, "x", "en", Status.PREFERRED) for one in ("حزب", "حزب کارگر", "حزب کارگر سیاسی")]
    assert Termbase(terms, SHIPPED["fa"], SHIPPED["en"]).occurring(sentence) == found


def test_of_a_term_that_is_spelt_in_two_ways_all_rows_hold():
    """A row typed on an Arabic keyboard took the others away: what is forbidden was so no more."""
    rows = [
        Term("اعتصاب کارگری", "workers strike", "en", Status.PREFERRED),
        Term("اعتصاب کارگری", "labour walkout", "en", Status.FORBIDDEN),
        Term("اعتصاب كارگري", "strike action", "en", Status.ADMITTED),
    ]
    for order in (rows, rows[::-1]):
        terms = Termbase(order, SHIPPED["fa"], SHIPPED["en"])
        (name,) = terms.occurring("اعتصاب كارگری ادامه دارد.")
        agreed = terms.agreed(name)
        assert set(agreed.allowed) == {"workers strike", "strike action"} and agreed.forbidden == ("labour walkout",)
