"""The letters and labels that the tool brings, held to the typography of their languages."""

import re
from dataclasses import asdict
from html import unescape

import pytest

from pipeline.distribution import bundle, contents, letter
from pipeline.distribution.changes import ChangedSentence, Changes
from pipeline.distribution.reasons import StatedReason
from pipeline.languages import SHIPPED
from tests.support.bundles import SENDER, release

TEMPLATES = sorted(path for path in letter._OWN.iterdir() if path.name.count(".") == 2)
LANGUAGES = sorted({path.name.split(".")[1] for path in TEMPLATES})
FAULTS = {
    "en": r"[«»]|\s[;:!?]",
    "fr": "«(?!\u00a0)|(?<!\u00a0)»|(?<!\u202f)[;!?]|(?<!\u00a0):(?!//)|'",
    "fa": r"[\u0654يك'?;]|\s[،؛؟:!]",
    "ar": r"[یک'?;,]|\s[،؛؟:!]",
    "ckb": r"[يك'?;,]|\s[،؛؟:!]",
    "de": r"[«»“]\w|'|\s[;:!?]",
    "es": r"[“”']|\s[;:!?]",
    "it": r"[“”']|\s[;:!?]",
    "sv": r"[«»“']|\s[;:!?]",
    "az": r"[„']|\s[;:!?]",
    **dict.fromkeys(("ku", "tr"), r"[«»„']|\s[;:!?]"),
}
"""French: U+00A0 inside « » and before a colon, U+202F before ; ! ?. Persian: ۀ as one letter, for a reader
of PDF tears the two of هٔ apart; no Arabic ي and ك."""


def printed(template: str) -> str:
    """What a template says itself: without its tags, and without what it is filled in with."""
    return re.sub(r"{%.*?%}", "", re.sub(r"{{.*?}}", "x", re.sub(r"<[^>]*>", "", template)))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_keeps_to_the_typography_of_its_language(path):
    assert re.findall(f".*(?:{FAULTS[path.name.split('.')[1]]}).*", printed(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if ".fr." in path.name], ids=lambda path: path.name)
def test_a_french_list_is_joined_with_narrow_spaces(path):
    assert re.findall(r'join\("(?!\u202f; ").*?"\)', path.read_text("utf-8")) == []


def test_every_language_that_is_shipped_has_its_letters():
    assert set(LANGUAGES) == set(SHIPPED)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_a_template_of_every_kind_in_every_form(lang):
    names = {f"{kind}.{lang}.{form}" for kind in letter.KINDS for form in ("txt", "html")}
    assert names <= {path.name for path in TEMPLATES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_label_keeps_to_the_typography_of_its_language(lang):
    language = SHIPPED[lang]
    labels = [*asdict(language.labels).values(), *language.origins.values()]
    assert [label for label in labels if re.search(FAULTS[lang], re.sub("{.*?}", "x", label))] == []


def test_a_subject_keeps_its_no_break_spaces_and_is_one_line(tmp_path):
    (tmp_path / "letter.fr.txt").write_text("Correction\u00a0:   deux \tmots\nBonjour\n", "utf-8")
    (tmp_path / "letter.fr.html").write_text("<p>Bonjour</p>", "utf-8")
    assert letter.compose("letter", "fr", {}, tmp_path).subject == "Correction\u00a0: deux mots"


LONG = "x" * 60_000
IN_ENGLISH = StatedReason("A date was wrong.", "en")
CHANGED = {
    "one": Changes((ChangedSentence("On 3 May.", "On 5 May."),), 4),
    "many": Changes(
        (
            ChangedSentence("", "New."),
            ChangedSentence("Old.", ""),
            ChangedSentence(LONG, LONG),
            ChangedSentence("a", "b"),
        ),
        4,
    ),
    "too long": Changes((ChangedSentence(LONG, LONG),), 1),
    "none": Changes((), 5),
    "beside": Changes((ChangedSentence("On 3 May.", ""),), 5, beside=True),
    "order": Changes((), 5, beside=True),
    "all": Changes((ChangedSentence("On 3 May.", "On 5 May."),), 0),
}
ONE, TWO = ("2016-10-statement", "en"), ("2016-10-statement", "fr")
MAILINGS = {
    "one text": ([{}], {}),
    "a correction": ([{"units": 1, "reviewed": 1}], {ONE: "e" * 64}),
    "a correction among others": ([{}, {"lang": "fr"}, {"document": "2011-call", "date": "2011-08"}], {TWO: "e" * 64}),
    "two corrections": ([{}, {"document": "2011-call"}], {ONE: "e" * 64, ("2011-call", "en"): "d" * 64}),
    "a draft of a correction": ([{"is_draft": True, "reviewed": 3}, {"document": "2011-call"}], {ONE: "e" * 64}),
    "drafts": ([{"is_draft": True, "reviewed": 0}, {"document": "2011-call", "is_draft": True}], {}),
    "an original": ([{"lang": "fa", "is_draft": True}], {}),
    "a translation by machine": ([{"engines": ("argos", "openai"), "origin": "by hand", "date": "2016"}], {}),
}


def composed(lang, kind, found, replaces, folder, signer=None):
    releases = [release(folder, **facts) for facts in found]
    return bundle.make(
        releases, lang, SENDER, replaces=replaces, kind=kind, reason=StatedReason("it was"), sign=signer
    ).letter


def corrected(lang, folder, changes, reason=IN_ENGLISH):
    """The letter that brings a correction of an English text."""
    one = release(folder)
    corrections = {one.key: contents.Replacement(reason, changes)}
    return bundle.make([one], lang, SENDER, replaces={one.key: "e" * 64}, sign=None, corrections=corrections).letter


@pytest.mark.parametrize("changes", [None, *CHANGED])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_and_html_say_the_same_of_a_correction(lang, changes, tmp_path):
    made = corrected(lang, tmp_path, CHANGED.get(changes))
    assert words(unescape(re.sub("<[^>]*>", " ", made.html))) == words(f"{made.subject}\n{made.text}")
    assert "\n\n\n" not in made.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("one", ["Changes to the text (1):", "Modifications du texte (1)\u00a0:", "تغییرات متن (۱ مورد):"]),
        ("many", ["… and 2 more, not", "… et 2 autres, non", "… و ۲ مورد دیگر"]),
        ("too long", ["text: 1, too many", "texte\u00a0: 1, trop", "متن: ۱ مورد، که"]),
        ("none", ["No sentence of the text has", "Aucune phrase du texte n’a", "هیچ‌یک از جمله‌های متن"]),
        ("beside", ["such as the order of the sentences", "par exemple l’ordre", "مانند ترتیب جمله‌ها"]),
        ("order", ["such as the order of the sentences", "par exemple l’ordre", "مانند ترتیب جمله‌ها"]),
        ("all", ["revised throughout", "entièrement remanié", "سراسر بازنگری شده"]),
    ],
)
def test_a_correction_says_what_changed(changes, said, tmp_path):
    for lang, part in zip(("en", "fr", "fa"), said, strict=True):
        text = corrected(lang, tmp_path, CHANGED[changes]).text
        assert part in text and ("On 3 May." in text) == (changes in ("one", "beside"))
        assert ("On 5 May." in text) == (changes == "one")
        assert ("\u2066On 5 May.\u2069" in text) == (changes == "one" and lang == "fa")


def test_a_reason_in_another_language_than_the_letter_is_called_so(tmp_path):
    for lang, said in (("en", "correction: A date"), ("fr", "(en anglais)\u00a0: A"), ("fa", "(به زبان انگلیسی): ")):
        assert said in corrected(lang, tmp_path, None).text
        assert "(" not in corrected(lang, tmp_path, None, StatedReason("A date.")).text.partition("A date.")[0][-30:]
        notice = bundle.make([release(tmp_path)], lang, SENDER, replaces={}, kind=letter.WITHDRAWAL, sign=None,
                             reason=StatedReason("A date.", "en")).letter  # fmt: skip
        assert (said.split(":")[0].strip("\u00a0") in notice.text) == (
            lang != "en"
        ) and 'lang="en">A date.' in notice.html


def words(text):
    return re.findall(r"\w+", text.casefold())


@pytest.mark.parametrize("mailing", MAILINGS)
@pytest.mark.parametrize("kind", letter.KINDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_and_html_say_the_same(lang, kind, mailing, tmp_path, signer):
    for sign in (signer, None):
        made = composed(lang, kind, *MAILINGS[mailing], tmp_path, sign)
        assert words(unescape(re.sub("<[^>]*>", " ", made.html))) == words(f"{made.subject}\n{made.text}")
        assert "\n\n\n" not in made.text


@pytest.mark.parametrize(
    ("mailing", "subjects"),
    [
        ("one text", ["Statement", "Déclaration", "بیانیه"]),
        ("a correction", ["Correction: Statement", "Correction\u00a0: Déclaration", "نسخۀ اصلاح‌شده: بیانیه"]),
        (
            "a correction among others",
            [
                "2 documents, including corrected text",
                "2 documents, dont au moins une correction",
                "۲ سند، از جمله نسخۀ اصلاح‌شده",
            ],
        ),
        ("two corrections", ["Correction: 2 documents", "Correction\u00a0: 2 documents", "نسخۀ اصلاح‌شده: ۲ سند"]),
        (
            "a draft of a correction",
            [
                "2 documents, including draft text",
                "2 documents, dont au moins un texte provisoire",
                "۲ سند، از جمله متن پیش‌نویس",
            ],
        ),
        ("drafts", ["DRAFT: 2 documents", "Version provisoire\u00a0: 2 documents", "پیش‌نویس: ۲ سند"]),
    ],
)
def test_a_subject_says_of_each_document_or_of_some_what_they_are(mailing, subjects, tmp_path):
    found = [composed(lang, letter.LETTER, *MAILINGS[mailing], tmp_path).subject for lang in ("en", "fr", "fa")]
    assert [subject.partition(" – ")[0] for subject in found] == subjects


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"units": 1, "reviewed": 1}, ["a single sentence, has been", "relue (1 phrase)", "بازبینی شده است (۱ جمله)"]),
        ({}, ["every sentence of the translation (12 in all)", "relue (12 phrases)", "بازبینی شده است (۱۲ جمله)"]),
        (
            {"reviewed": 1, "is_draft": True},
            ["1 of the 12 sentences of the translation has", "relues\u00a0: 1 sur 12", "از ۱۲ جمله، ۱ جمله"],
        ),
        (
            {"reviewed": 1},
            [
                "throughout; a second person has read 1 of the 12",
                "par une autre personne\u00a0: 1 sur 12",
                "۱ جمله را نفر دومی",
            ],
        ),
        (
            {"reviewed": 0},
            ["no second person has read it yet", "pas encore été relue par", "هنوز نفر دومی آن را نخوانده"],
        ),
        (
            {"reviewed": 0, "is_draft": True},
            [
                "no sentence of the translation has been",
                "pas encore relue (12 phrases)",
                "هنوز هیچ جمله‌ای بازبینی نشده",
            ],
        ),
    ],
)
def test_a_letter_counts_as_its_language_does(facts, said, tmp_path):
    for lang, words in zip(("en", "fr", "fa"), said, strict=True):
        assert words in composed(lang, letter.LETTER, [facts], {}, tmp_path).text


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([{}], ["text listed below. Please stop using it", "le texte indiqué", "ابطال متن ارسالی"]),
        ([{}, {"lang": "fr"}], ["texts listed below. Please stop using them", "les textes indiqués", "ابطال متن‌های"]),
    ],
)
def test_a_withdrawal_counts_its_texts(found, said, tmp_path):
    for lang, words in zip(("en", "fr", "fa"), said, strict=True):
        made = composed(lang, letter.WITHDRAWAL, found, {}, tmp_path)
        assert words in made.subject + made.text
