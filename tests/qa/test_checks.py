"""Every check on its cases: tests/cases/qa/<check>/<language>.toml."""

import tomllib
from dataclasses import replace

import pytest

from pipeline.edition.render.pdf import faces
from pipeline.languages import SHIPPED
from pipeline.languages.sections import Numbers, Punctuation
from pipeline.model import Catalogue, Kind, Severity, State, Unit
from pipeline.qa import checks
from pipeline.qa.checks import CHECKS, _directions
from pipeline.termbase import Status, Term
from pipeline.text.days import Rendering
from pipeline.text.sounds import Naming
from tests.conftest import CASES

FOLDER = CASES / "qa"

TERMS = [
    Term("طبقه کارگر", "working class", "en", Status.PREFERRED),
    Term("طبقه کارگر", "proles", "en", Status.FORBIDDEN),
    Term("تمامیت", "integrity", "en", Status.FORBIDDEN),
    Term("جنبش طبقه کارگر", "labour movement", "en", Status.PREFERRED),
    Term("اتحاد عمل", "unity of action", "en", Status.PREFERRED),
    Term("اتحاد عمل", "joint action", "en", Status.ADMITTED),
    Term("تشکل ها", "organisation", "en", Status.PREFERRED),
    Term("تشکل ها", "organisation", "fr", Status.PREFERRED),
    Term("کارزار", "campaign", "en", Status.PREFERRED),
    Term("همکاری", "cooperation", "en", Status.PREFERRED),
    Term("همکاری", "coopération", "fr", Status.PREFERRED),
    Term("بدیل", "alternative", "en", Status.PREFERRED),
    Term("طبقه کارگر", "classe ouvrière", "fr", Status.PREFERRED),
    Term("ایران", "Iran", "en", Status.PREFERRED),
    Term("ایران", "Iran", "fr", Status.PREFERRED),
    Term("شاهرخ زمانی", "Shahrokh Zamani", "en", Status.PREFERRED),
]
SHOWN = faces.shown()
ELSEWHERE = [
    Unit("paragraph", "کار", "Labour", State.REVIEWED),
    Unit("paragraph", "زمین", "Land", State.REVIEWED),
    Unit("paragraph", "مسکن برای همه", "Land", State.REVIEWED),
    Unit("paragraph", "کار و زندگی", "Work and life", State.REVIEWED),
]


def context(pair, **changes):
    """Return the context of a pair such as «en-fa»; a language alone is one that Persian is translated into."""
    source, lang = pair.split("-") if "-" in pair else ("fa", pair)
    elsewhere = [Catalogue("other", source, lang, tuple(ELSEWHERE))]
    siblings = changes.pop("siblings", {})
    known = checks.context(SHIPPED[source], SHIPPED[lang], TERMS, elsewhere, shown=SHOWN, **changes)
    return replace(known, siblings=siblings)


def said(unit, text, state=State.TRANSLATED):
    """The catalogue of a language in which a unit is translated so."""
    return Catalogue("x", "fa", "", (replace(unit, target=text, state=state),))


EXAMPLES = [
    pytest.param(file.parent.name, file.stem, case, id=f"{file.parent.name}-{file.stem}-{case['title']}")
    for file in sorted(FOLDER.glob("*/*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
]


@pytest.mark.parametrize(("check", "lang", "case"), EXAMPLES)
def test_a_check_finds_this_and_nothing_else(check, lang, case):
    unit = Unit("paragraph", case["source"], case["target"], State.REVIEWED)
    unit = replace(unit, notes=tuple(case.get("notes", ())), marks=tuple(case.get("marks", ())))
    changes = {"rendering": Rendering(case["dates"])} if "dates" in case else {}
    changes |= {"naming": Naming(case["names"])} if "names" in case else {}
    others = ((context(code), said(unit, text)) for code, text in case.get("siblings", {}).items())
    findings = list(CHECKS.load(check).check(unit, context(lang, siblings=checks.siblings(others), **changes)))
    suggested = case.get("suggestions")
    assert suggested is None or [finding.suggestion for finding in findings] == suggested
    assert [finding.message for finding in findings] == case["findings"]
    assert all(finding.check == check for finding in findings)


@pytest.mark.parametrize("check", CHECKS.names())
def test_every_check_has_cases_in_two_languages_or_more(check):
    cases = {file.stem: tomllib.loads(file.read_text("utf-8"))["case"] for file in (FOLDER / check).glob("*.toml")}
    assert len(cases) > 1
    assert all(cases.values())
    outcomes = {bool(case["findings"]) for found in cases.values() for case in found}
    assert outcomes == {True, False}, "cases with a finding and cases without"


def test_a_check_without_the_words_it_needs_says_which_file_lacks_which_key():
    bare = replace(SHIPPED["en"], target=replace(SHIPPED["en"].target, negations=()))
    assert list(checks.unable(SHIPPED["fa"], SHIPPED["en"])) == []
    (told,) = checks.unable(SHIPPED["fa"], bare)
    assert told == "negation is not checked from fa into en: languages/en.toml has no target.negations"
    other = replace(SHIPPED["fa"], source=replace(SHIPPED["fa"].source, negations=()))
    (told,) = checks.unable(other, SHIPPED["en"])
    assert told == "negation is not checked from fa into en: languages/fa.toml has no source.negations"


def test_a_check_that_cannot_run_stops_no_other():
    bare = replace(SHIPPED["en"], target=replace(SHIPPED["en"].target, negations=()))
    able = checks.context(SHIPPED["fa"], bare, [], [])
    unit = Unit("paragraph", "ما و خانواده‌های زندانیان در ۳۷ نمی رویم", "We go in 38", State.REVIEWED)
    assert {finding.check for finding in checks.examine([unit], able)} == {"length", "meaning", "numbers"}
    assert "negation" in {finding.check for finding in checks.examine([unit], context("en"))}


@pytest.mark.parametrize("target", ["", "   ", "\u00a0", "\u2028"])
def test_an_empty_target_has_one_fault(target):
    (fault,) = checks.examine([Unit("paragraph", "سال ۳۷ نبود.", target)], context("en"))
    assert fault.check == "untranslated"


def findings(check, source, target, lang="en", **changes):
    unit = replace(Unit("paragraph", source, target, State.REVIEWED), **changes)
    return [(one.severity.value, one.place, one.suggestion) for one in CHECKS.load(check).check(unit, context(lang))]


@pytest.mark.parametrize(
    ("check", "source", "target", "weight", "place", "suggestion"),
    [
        ("addresses", "a@example.org", "b", "error", "a@example.org", "a@example.org"),
        ("addresses", "کار", "a@example.org", "error", "a@example.org", ""),
        ("meaning", "اتوبوس رسید", "It came", "hint", "اتوبوس", ""),
        ("meaning", "فعالان آمدند", "They came", "note", "فعالان", ""),
        ("meaning", "فعالان آمدند", "The police came", "warning", "فعالان", ""),
        ("consistency", "کار و زندگی", "Work and lives", "warning", "", "Work and life"),
        ("dates", "28 اکتبر 2016", "28 May 2016", "error", "28 May 2016", "28 October 2016"),
        ("dates", "۱۵ اوت ۲۰۱۱ برابر با ۲۵ مرداد ۱۳۹۰", "15 August 2011, 25 Mordad 1390", "warning", "", ""),
        ("invisible", "می رود", "He \u202egoes\u202c", "error", "\u202e", "He goes"),
        ("invisible", "می \u200bرود", "He goes", "note", "\u200b", "می رود"),
        ("invisible", "x\u200cy", "He goes", "note", "", ""),
        ("invisible", "می رود", "x\u200cy", "error", "", ""),
        ("invisible", "a@example.org", "а@example.org", "error", "а@example.org", "a@example.org"),
        ("length", "کار" * 40, "x", "warning", "", ""),
        ("names", "شاهرخ زمانی", "somebody", "error", "شاهرخ زمانی", "Shahrokh Zamani"),
        ("terms", "طبقه کارگر", "proles", "error", "proles", "working class"),
        ("terms", "طبقه کارگر", "people", "error", "طبقه کارگر", "working class"),
        ("terms", "بدیل بدیل", "alternative", "hint", "بدیل", "alternative"),
        ("places", "حمله به کوی دانشگاه", "the attack on Tehran University", "warning", "Tehran", ""),
        ("numbers", "۳۷", "x", "error", "۳۷", ""),
        ("numbers", "۳۷", "36", "error", "36", ""),
        ("numbers", "کار", "37", "warning", "37", ""),
        ("punctuation", "نه", "(no", "warning", "(", ""),
        ("punctuation", "نه", "no no", "warning", "no no", "no"),
        ("punctuation", "نه", "no   sir", "warning", "", "no sir"),
        ("punctuation", "نه", 'no"', "hint", '"', ""),
        ("punctuation", "نه.", "no", "warning", "", ""),
        ("repetition", "نه", "no no no", "error", "no", ""),
        ("repetition", "نه", "a b c d x a b c d y a b c d", "error", "a b c d", ""),
        ("residue", "نه", "no نه", "error", "نه", ""),
        ("residue", "PPF", "PPF", "error", "", ""),
        ("untranslated", "نه", " ", "error", "", ""),
    ],
)  # fmt: skip
def test_a_finding_says_how_much_it_weighs_where_it_is_and_what_would_be_better(
    check, source, target, weight, place, suggestion
):
    found = findings(check, source, target)
    assert (weight, place, suggestion) in found, found


@pytest.mark.parametrize("check", ["consistency", "length", "punctuation", "residue"])
def test_what_was_copied_from_the_source_has_no_wording_to_be_wrong(check):
    source, target = {"length": ("کار" * 40, "x")}.get(check, ("کار و زندگی", "کار و زندگی ("))
    if check == "consistency":
        target = "Land"
    if check == "residue":
        source = target = "PPF"
    assert findings(check, source, target)
    assert not findings(check, source, target, state=State.COPIED)


def test_what_was_copied_is_no_translation_that_others_must_agree_with():
    units = (
        Unit("paragraph", "PPF", "PPF", State.COPIED),
        Unit("paragraph", "کار", ""),
        Unit("paragraph", "كار", "Work"),
    )
    able = checks.context(SHIPPED["fa"], SHIPPED["en"], [], [Catalogue("x", "fa", "en", units)])
    assert (able.targets, able.sources) == ({"کار": {"Work"}}, {"Work": {"کار"}})


@pytest.mark.parametrize("kind", [Kind.SLOGAN, Kind.TITLE, Kind.HEADING])
def test_slogans_and_headings_end_as_their_language_ends_them(kind):
    assert findings("punctuation", "آزادی", "Freedom!")
    assert not findings("punctuation", "آزادی", "Freedom!", context=kind)


def test_a_long_translation_is_quoted_up_to_a_word():
    for words, said in ((16, " ".join(["work"] * 16)), (17, " ".join(["work"] * 16) + " …")):
        other = Unit("paragraph", "کار", " ".join(["work"] * words), State.REVIEWED)
        able = checks.context(SHIPPED["fa"], SHIPPED["en"], [], [Catalogue("x", "fa", "en", (other,))])
        (finding,) = CHECKS.load("consistency").check(Unit("paragraph", "کار", "Labour"), able)
        assert finding.message == f"the same sentence is also translated “{said}”"


def test_nothing_is_left_over_in_a_language_of_the_same_script():
    same = checks.context(SHIPPED["en"], SHIPPED["fa"], [], [])
    assert not list(CHECKS.load("residue").check(Unit("paragraph", "Labour", "کار"), same))


@pytest.mark.parametrize(
    ("rendering", "target", "suggestion"),
    [
        ("kept", "12 Khordad 1404", None), ("kept", "2 June 2025", "12 Khordad 1404"), ("converted", "2 June 2025", None),
        ("converted", "12 Khordad 1404", "2 June 2025"), ("either", "2 June 2025", None), ("either", "12 Khordad 1404", None),
    ],
)  # fmt: skip
def test_dates_are_kept_or_converted_as_the_settings_say(rendering, target, suggestion):
    able = checks.context(SHIPPED["fa"], SHIPPED["en"], [], [], Rendering(rendering))
    found = list(CHECKS.load("dates").check(Unit("paragraph", "۱۲ خرداد ۱۴۰۴", target), able))
    assert [one.suggestion for one in found] == ([suggestion] if suggestion else [])


@pytest.mark.parametrize(("rendering", "found"), [("kept", 1), ("converted", 0), ("either", 0)])
def test_a_year_is_kept_or_converted_with_the_dates(rendering, found):
    able = checks.context(SHIPPED["fa"], SHIPPED["en"], [], [], Rendering(rendering))
    unit = Unit("paragraph", "انقلاب ۱۳۵۷", "the revolution of 1979")
    assert len(list(CHECKS.load("numbers").check(unit, able))) == found


@pytest.mark.parametrize(
    ("target", "weight"),
    [("We call for solidarity", "warning"), ("We work together", "note"), ("We want cooperation", None)],
)
def test_a_term_said_in_other_words_is_a_note_and_one_of_one_word_not_said_a_warning(target, weight):
    found = findings("terms", "همکاری می‌خواهیم", target)
    assert [one[0] for one in found] == ([weight] if weight else [])


def test_a_term_of_several_words_of_which_one_is_said_in_some_form_keeps_nothing_from_release():
    able = checks.context(
        SHIPPED["fa"], SHIPPED["en"], [Term("نظام سرمایه‌داری", "capitalist system", "en", Status.PREFERRED)], []
    )
    check = CHECKS.load("terms").check
    weights = {
        target: [one.severity.value for one in check(Unit("paragraph", "سرنگون باد نظام سرمایه‌داری!", target), able)]
        for target in ("Down with the capitalist system!", "Down with capitalism!", "Down with the monarchy!")
    }
    assert list(weights.values()) == [[], ["warning"], ["error"]]


def test_a_region_named_without_its_other_half_is_a_place_of_its_own():
    assert not findings("places", "روستاهای سیستان", "the villages of Sistan")
    assert not findings("places", "سیستان و بلوچستان", "Sistan and Baluchestan")
    assert findings("places", "روستاهای سیستان", "the villages of Khuzestan")


def test_a_term_of_several_words_that_is_not_said_is_an_error():
    assert [one[0] for one in findings("terms", "اتحاد عمل می‌خواهیم", "We want peace")] == ["error"]


def weights(term, allowed, forbidden, source, target):
    """Return how heavy the findings are where one rendering of a term is agreed and another is forbidden."""
    terms = [Term(term, allowed, "en", Status.PREFERRED), Term(term, forbidden, "en", Status.FORBIDDEN)]
    agreed = checks.context(SHIPPED["fa"], SHIPPED["en"], terms, [])
    return [one.severity for one in CHECKS.load("terms").check(Unit("paragraph", source, target), agreed)]


def test_a_forbidden_word_renders_another_one_where_the_term_is_said_as_agreed():
    uprising = ("خیزش", "uprising", "riot", "خیزش مردم اغتشاش نبود.")
    assert weights(*uprising, "The people’s uprising was no riot.") == [Severity.NOTE]
    assert weights(*uprising, "The people’s riot was no unrest.") == [Severity.ERROR]


def test_a_forbidden_word_renders_another_one_of_the_source():
    lifted = ("لغو", "abolition", "suspension")
    assert weights(*lifted, "تا لغو احکام تعلیق", "until the suspensions are lifted") == [Severity.NOTE]
    assert weights(*lifted, "تا لغو احکام", "until the suspensions are lifted") == [Severity.ERROR]


@pytest.mark.parametrize(
    ("source", "target", "wrong"),
    [
        ("در خیابان هفت تیر جمع شدند.", "They gathered on Haft-e Tir Street.", False),
        ("در هفت تیر جمع شدند.", "They gathered on 8 March.", True),
        ("در خیابان ۱۷ شهریور ۱۳۵۷ کشته شدند.", "They were killed in the street on 8 March 1978.", True),
    ],
)
def test_a_street_called_after_a_day_is_no_date(source, target, wrong):
    assert bool([one for one in findings("dates", source, target) if one[0] == "error"]) is wrong


def test_a_year_behind_a_season_is_of_its_century():
    assert not findings("numbers", "کشتار تابستان ۶۷", "the massacre of the summer of 1988")
    assert findings("numbers", "کشتار تابستان ۶۷", "the massacre of the summer of 1978")


@pytest.mark.parametrize(
    ("source", "target", "weights"),
    [
        ("پس از نشست", "before the meeting", ["warning"]),  # the opposite
        ("در خارج شهر", "in the town", ["hint"]),  # one that is said of everything
        (
            "پس از نشست به خانه رفتیم و نان خوردیم",
            "We went home and ate bread the meeting preceded",
            ["hint"],
        ),  # far off
        ("اتوبوس رسید", "It came", ["hint"]),  # a plain word is not said
        ("اتوبوس رسید", "The prison came", ["warning", "hint"]),  # and another stands there
    ],
)
def test_one_sign_of_another_word_is_a_hint_and_two_are_a_warning(source, target, weights):
    assert [one[0] for one in findings("meaning", source, target)] == weights


def test_a_negation_of_a_sentence_translated_freely_is_a_hint():
    source = "از بامداد امروز بازاریان شهر مغازه‌های خود را باز نکردند و مالیات ندادند"
    free = (
        "Traders in the city have had their shutters down all through this day, and none of them gave up what was asked"
    )
    (freely,) = findings("negation", source, free)
    (denied,) = findings("negation", source, "Since early today traders opened their shops, and none paid taxes")
    (neither,) = findings(
        "negation", source, "Traders in the city have had their shutters down all day, and gave up what was asked"
    )
    assert (freely[0], denied[0], neither[0]) == ("hint", "warning", "warning")


def test_a_term_that_is_a_date_may_be_said_as_one():
    named = checks.context(
        SHIPPED["fa"], SHIPPED["en"], [Term("اول ماه مه", "May Day", "en", Status.PREFERRED),
                                       Term("آبان", "Aban", "en", Status.PREFERRED)], []
    )  # fmt: skip
    for source, target, weight in (
        ("اول ماه مه آمدیم", "We came on 1 May", "note"),
        ("اول ماه مه آمدیم", "We came on Monday", "error"),
        ("مادران آبان", "the mothers of November", "note"),
        ("مادران آبان", "the mothers", "error"),
    ):
        (found,) = CHECKS.load("names").check(Unit("paragraph", source, target), named)
        assert found.severity.value == weight


def test_a_quotation_may_go_on_in_the_next_sentence_on_both_sides():
    french = context("fr")
    for source, target, wrong in (
        ("او گفت: «نان نیست.", "Il a dit : « Il n’y a pas de pain.", False),
        ("کار هم نیست.»", "Et pas de travail. »", False),
        ("او گفت: «نان نیست.»", "Il a dit : « Il n’y a pas de pain.", True),
        ("او گفت: «نان نیست.", "Il a dit : Il n’y a pas de pain. »", True),
    ):
        found = list(CHECKS.load("punctuation").check(Unit("paragraph", source, target), french))
        assert any("not paired" in one.message for one in found) is wrong


def test_a_month_written_onto_the_word_for_month_is_a_date():
    assert not findings("dates", "تهران – مهرماه ۱۴۰۱", "Tehran, Mehr 1401")
    assert not findings("dates", "۵ مهرماه ۱۴۰۱", "27 September 2022")
    assert findings("dates", "تهران – مهرماه ۱۴۰۱", "Tehran, Aban 1401")


def test_a_year_that_explains_a_month_is_no_number_of_its_own():
    assert not findings("numbers", "تهران – مهر ۱۴۰۱", "Tehran, Mehr 1401 (autumn 2022)")
    assert findings("numbers", "تهران – مهر ۱۴۰۱", "Tehran, Mehr 1401 (autumn 2024)")


def test_in_french_each_pas_without_a_ne_is_a_negation():
    source = "آب نیست و برق نیست."
    assert not findings("negation", source, "Pas d’eau, pas de courant.", "fr")
    assert findings("negation", source, "Pas d’eau, du courant.", "fr")


def test_a_month_that_is_part_of_a_date_need_not_read_as_in_the_termbase():
    able = checks.context(SHIPPED["fa"], SHIPPED["en"], [Term("آبان", "Aban", "en", Status.PREFERRED)], [])
    check = CHECKS.load("names").check
    assert not list(check(Unit("paragraph", "در آبان ۱۳۹۸", "in November 2019"), able))
    assert list(check(Unit("paragraph", "آبان خونین", "bloody autumn"), able))


def test_a_suggestion_is_never_what_stands_there_already():
    units = [Unit("paragraph", "کار", "two\u00a0\u00a0spaces  and one", State.REVIEWED)]
    found = [one for one in checks.examine(units, context("en")) if one.suggestion]
    assert [one.suggestion for one in found if one.check == "punctuation"] == ["two\u00a0spaces and one"]
    name = Unit("paragraph", "شاهرخ زمانی", "Shahrokh Zamani", State.REVIEWED)
    assert all(one.suggestion not in (name.target, one.place) for one in checks.examine([name], context("en")))


def test_no_other_check_sees_signs_and_a_finding_keeps_the_unit_it_is_about():
    marks = ("**…**: strong", "{1}: a link to https://example.org", "{2}: note ۱")
    unit = Unit("paragraph", "[**۳۷** سال]{1}.{2}", "[**37** years]{1}.{2}", State.REVIEWED, marks=marks)
    assert list(checks.examine([unit], context("en"))) == []
    (found,) = checks.examine([replace(unit, target="[**38** years]{1}.{2}")], context("en"))
    assert (found.check, found.place, found.unit.target) == ("numbers", "38", "[**38** years]{1}.{2}")
    (lost,) = checks.examine([replace(unit, target="[**37** years]{1}.")], context("en"))
    assert (lost.check, lost.place, lost.unit.marks) == ("markup", "{2}", marks)


def test_of_a_text_full_of_numbers_so_many_are_held_against_each_other():
    numbers = range(1000, 1020 + _directions.MOST)
    source, target = (" ".join(f"{words} {n}" for n in numbers) for words in ("کارگران بیش از", "workers less than"))
    unit = Unit("paragraph", source, target, State.REVIEWED)
    assert len(list(_directions.faults(unit, context("fa-en")))) == _directions.MOST


WORD, MISSED = "سه نفر از کارگران هنوز در زندان هستند.", "Three of the workers are still at home."


@pytest.mark.parametrize(
    ("state", "severity"),
    [
        (State.TRANSLATED, Severity.WARNING),
        (State.REVIEWED, Severity.WARNING),
        (State.MACHINE, Severity.HINT),
        (State.DOUBT, Severity.HINT),
    ],
)
def test_only_what_a_person_has_translated_into_another_language_tells_of_a_missing_word(state, severity):
    unit = Unit("paragraph", WORD, MISSED, State.TRANSLATED)
    french = said(unit, "Trois des travailleurs sont toujours en prison.", state)
    (finding,) = checks.examine([unit], context("en", siblings=checks.siblings([(context("fr"), french)])))
    assert (finding.check, finding.severity) == ("meaning", severity)


def test_of_thousands_of_sentences_that_differ_in_marks_alone_few_translations_are_held_against_each():
    words = [f"کار{number}" for number in range(40)]
    marked = [
        Unit("paragraph", " ".join([*words[:at], f"**{words[at]}**", *words[at + 1 :]]), marks=("1",))
        for at in range(40)
    ]
    french = Catalogue(
        "x",
        "fa",
        "",
        tuple(replace(one, target=f"Travail {at}", state=State.TRANSLATED) for at, one in enumerate(marked)),
    )
    ((_, found),) = checks.siblings([(context("fr"), french)]).items()
    assert [one.target for one in found] == ["Travail 0", "Travail 1", "Travail 2"]


def test_a_sibling_that_leaves_the_word_out_too_changes_nothing():
    unit = Unit("paragraph", WORD, MISSED, State.TRANSLATED)
    french = said(unit, "Trois des travailleurs sont toujours chez eux.")
    alone = list(checks.examine([unit], context("en")))
    assert list(checks.examine([unit], context("en", siblings=checks.siblings([(context("fr"), french)])))) == alone


@pytest.mark.parametrize(
    ("french", "severity"),
    [
        ("Notre coopération avec les syndicats continue.", Severity.WARNING),
        ("Nos liens avec les syndicats se poursuivent.", Severity.HINT),
    ],
)
def test_a_term_that_another_language_says_was_hardly_paraphrased(french, severity):
    unit = Unit(
        "paragraph", "همکاری ما با اتحادیه‌ها ادامه دارد.", "Our talking with the unions goes on.", State.TRANSLATED
    )
    known = context("en", siblings=checks.siblings([(context("fr"), said(unit, french))]))
    (finding,) = CHECKS.load("terms").check(unit, known)
    assert finding.severity == severity


HELD, LET_GO = "ما از این طرح خبر نداشتیم.", "This plan came as a surprise."


@pytest.mark.parametrize(
    ("french", "severity"),
    [
        ("Nous ne savions rien de ce projet.", Severity.WARNING),
        ("Ce projet nous a surpris.", Severity.HINT),
    ],
)
def test_what_two_translations_say_as_freely_is_a_hint(french, severity):
    unit = Unit("paragraph", HELD, LET_GO, State.TRANSLATED)
    known = context("en", siblings=checks.siblings([(context("fr"), said(unit, french))]))
    assert {one.severity for one in checks.examine([unit], known) if one.check == "negation"} == {severity}
    assert {one.severity for one in checks.examine([unit], context("en")) if one.check == "negation"} == {
        Severity.WARNING
    }


def test_an_opposite_of_what_another_language_says_is_a_warning():
    source = "هیئت تحریریهٔ نشریهٔ «بامداد» از خوانندگان خواسته بود نقدهای خود را پیش از ۱۵ اسفند به نشانی نشریه بفرستند."
    target = "The editors of Bamdad had asked their readers to send in any criticism after 15 Esfand (6 March)."
    unit = Unit("paragraph", source, target, State.TRANSLATED)
    french = said(unit, "La rédaction de Bamdad avait prié ses lecteurs d’envoyer leurs critiques avant le 15 esfand.")
    told = "the target has “after” where the source says «پیش از»"
    for siblings, severity in ({}, Severity.HINT), (checks.siblings([(context("fr"), french)]), Severity.WARNING):
        found = CHECKS.load("meaning").check(unit, context("en", siblings=siblings))
        assert [one.severity for one in found if one.message == told] == [severity]


@pytest.mark.parametrize(
    ("source", "target", "weights"),
    [
        ("این دو جوان رفتند", "These young men left", ["warning"]),
        ("چهار تن آزاد شدند و یک نفر زندانی شد", "Four were freed and a fifth was jailed", ["hint"]),
        ("چهار تن آزاد شدند و یک نفر زندانی شد", "Four were freed and five were jailed", ["warning"]),
        ("شش ماه نخست سال، ۶ نفر", "the first half of the year, six people", []),
        ("شش ماه نخست سال، ۶ نفر", "the first half of the year, people", ["error"]),
        ("ساعت پنج و نیم بعدازظهر", "half past five in the afternoon", []),
        ("ساعت پنج و نیم بعدازظهر", "half past six in the afternoon", ["warning"]),
        ("دهه شصت شمسی", "the 1980s (the 1360s of the Iranian calendar)", []),
        ("دهه شصت شمسی", "the 1970s (the 1360s of the Iranian calendar)", ["warning"]),
    ],
)
def test_a_number_may_be_said_in_halves_or_counted_on(source, target, weights):
    assert [one[0] for one in findings("numbers", source, target)] == weights


def test_a_shout_for_a_full_stop_is_a_matter_of_tone_and_a_question_is_none():
    assert [one[0] for one in findings("punctuation", "کار.", "Work!")] == ["hint"]
    assert [one[0] for one in findings("punctuation", "کار!", "Work.")] == ["hint"]
    assert [one[0] for one in findings("punctuation", "کار.", "Work?")] == ["warning"]


@pytest.mark.parametrize(
    ("target", "weights"),
    [
        ("au Mazandéran", []),
        ("au Khorassan", ["warning", "error"]),
        ("ici", ["warning"]),
        ("au mazandéran", ["warning"]),
    ],
)
def test_a_place_may_be_spelt_in_another_way(target, weights):
    assert [one[0] for one in findings("places", "در مازندران", target, "fr")] == weights


def meant(source, target, lang, sibling=""):
    """The words of a source that meaning.py warns of, with a translation into another language or without one."""
    unit = Unit("paragraph", source, target, State.TRANSLATED)
    other = "en" if lang == "fr" else "fr"
    catalogue = Catalogue("x", "fa", other, (replace(unit, target=sibling),))
    siblings = checks.siblings([(context(other), catalogue)]) if sibling else {}
    found = CHECKS.load("meaning").check(unit, context(lang, siblings=siblings))
    return {one.place for one in found if one.severity is Severity.WARNING}


def test_what_only_may_be_the_opposite_of_a_word_is_a_hint_though_another_language_says_the_word():
    source = "برای ۱۷ تن حکم تعلیق صادر شده و پروندهٔ بقیه همچنان باز است."
    french = "17 font l’objet d’une exclusion temporaire ; pour les autres, le dossier n’est toujours pas clos."
    assert not meant(source, french, "fr", "Seventeen have been suspended, while the cases of the rest are still open.")


@pytest.mark.parametrize(
    ("target", "french", "words"),
    [
        ("The government was in favour from the start.", "", {"مخالف"}),
        ("The government was in favour from the start.", "Le gouvernement était contre dès le début.", {"مخالف"}),
        ("The government was in favour from the start.", "Le gouvernement s’en méfiait dès le début.", set()),
    ],
)
def test_an_opposite_of_what_no_other_language_says_is_a_hint(target, french, words):
    assert meant("دولت از آغاز مخالف بود.", target, "en", french) == words


def test_of_a_number_it_is_a_fault_whatever_another_language_says():
    source, english = "بیش از صد نفر بازداشت شدند.", "Less than a hundred people were arrested."
    assert meant(source, english, "en", "Une bonne centaine de personnes ont été arrêtées.") == {"بیش از"}


def test_a_noun_that_no_dictionary_explains_tells_of_a_word_where_no_other_language_can():
    source = "پدر و مادر سه دختر دانش‌آموز مسموم‌شده، از ترس تهدید نهادهای امنیتی، حاضر به مصاحبه نشدند."
    english = (
        "Fearing threats from the security services, the parents of three schoolgirls "
        "who had been poisoned declined to be interviewed."
    )
    french = (
        "Par crainte de menaces des services de sécurité, les parents des trois écolières ont refusé tout entretien."
    )
    assert meant(source, english, "en")
    assert not meant(source, english, "en", french)


def test_a_place_for_another_is_an_error():
    context = checks.context(SHIPPED["fa"], SHIPPED["en"], [], [])
    found = checks.examine([Unit("paragraph", "حمله در شیراز", "the attack in Tehran", State.REVIEWED)], context)
    assert {(one.check, str(one.severity)) for one in found if one.message.startswith("“")} == {("places", "error")}


def test_numbers_in_words_are_not_asked_of_a_language_whose_file_knows_none():
    plain = replace(SHIPPED["en"], code="hi", numbers=Numbers())
    known = checks.context(plain, SHIPPED["en"], TERMS, [], shown=SHOWN)
    unit = Unit("paragraph", "दो वर्षों से ६ बजे", "For two years, at 6", State.REVIEWED)
    assert list(CHECKS.load("numbers").check(unit, known)) == []
    back = checks.context(SHIPPED["en"], plain, TERMS, [], shown=SHOWN)
    unit = Unit("paragraph", "For two years, at 6 and 7", "दो वर्षों से ६", State.REVIEWED)
    assert [one.message for one in CHECKS.load("numbers").check(unit, back)] == ["7 is missing from the target"]


def test_a_stop_may_stand_inside_the_marks_of_a_quotation_in_japanese():
    wide = replace(SHIPPED["de"], punctuation=Punctuation(sentence="。？！：；", quotation_marks="「」"))
    unit = Unit("paragraph", "او گفت: «می‌مانم».", "彼は「残ります。」", State.REVIEWED)
    known = checks.context(SHIPPED["fa"], wide, TERMS, [], shown=SHOWN)
    assert list(CHECKS.load("punctuation").check(unit, known)) == []
