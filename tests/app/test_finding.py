"""What people look for in an archive is found, in sources and in translations, and said as it may be shown."""

import json

import pytest

from pipeline.cli.commands.find import marked
from tests.support import tiny_argos
from tests.support.statement import edit


def answer(pipeline, *words):
    done = pipeline("find", *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def texts(pipeline, *words):
    return [(one["document"], one["language"]) for one in answer(pipeline, *words)["texts"]]


def test_sources_and_translations_are_found(pipeline, five):
    both = texts(pipeline, "مونترال") + texts(pipeline, "montréal", "--languages", "fr")
    assert ("2011-08-montreal-meeting-call", "fa") in both and ("2011-08-montreal-meeting-call", "fr") in both
    found = answer(pipeline, '"working class"', "imper*", "--since", "2016-10", "--issuer", "شورای همکاری")
    (one,) = found["texts"]
    assert (one["document"], one["language"], one["date"]) == (
        "2016-10-cooperation-council-statement",
        "en",
        "2016-10-30",
    )
    shown = [sentence["text"][start:end].lower() for sentence in one["sentences"] for start, end in sentence["marks"]]
    assert "working class" in shown and any(word.startswith("imper") for word in shown)
    assert all(sentence["state"] == "reviewed" and sentence["place"] for sentence in one["sentences"])
    assert texts(pipeline, "workers", "--until", "2010", "--issuer", "LEFT and democratic") == [
        ("2010-08-washington-resolution", "en")
    ]
    assert texts(pipeline, "workers", "--document", "seeds/2010-08-washington-resolution.txt") == [
        ("2010-08-washington-resolution", "en")
    ]


def test_states_tell_whom_a_translation_is_by(pipeline, workspace, reviewed):
    edit(reviewed, "جمله دوم این است.", "This is the last sentence.")
    assert texts(pipeline, "sentence", "--state", "reviewed") == []
    assert texts(pipeline, "sentence", "--state", "translated,reviewed") == [("statement", "en")]
    assert texts(pipeline, "sentence") == [("statement", "en")] and texts(pipeline, "متن", "--state", "reviewed") == []
    done = pipeline("find", "sentence", "--state", "untranslated")
    assert done.returncode == 2 and "known are: copied, reviewed, translated" in done.stderr


def test_more_are_told_of_and_shown_by_their_number(pipeline, five):
    first = answer(pipeline, "workers", "--limit", "2")
    assert (first["from"], len(first["texts"])) == (1, 2) and first["more"] == first["texts_found"] - 2 > 0
    rest = answer(pipeline, "workers", "--limit", "100", "--from", "3")
    assert rest["more"] == 0 and len(rest["texts"]) == first["more"]
    names = [(one["document"], one["language"]) for one in (*first["texts"], *rest["texts"])]
    assert len(set(names)) == first["texts_found"] and first["documents_found"] == len({name for name, _ in names})
    shown = pipeline("find", "workers", "--limit", "2").stdout
    assert f"1 to 2 of {first['texts_found']} texts" in shown and "for the next: --from 3" in shown
    assert "is behind the last" in pipeline("find", "workers", "--from", "1000").stdout


def test_documents_without_a_date_are_told_of_where_a_date_is_asked_for(pipeline, five):
    done = pipeline("find", "کارگران", "--since", "2010")
    assert "1 other document with these words states no date" in done.stderr and "seventh" not in done.stdout
    assert "states no date" not in pipeline("find", "کارگران").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["؟!"], "no word in it"), (["a", "--since", "1395"], "--since '1395': no date of the Gregorian calendar"),
        (["a", "--until", "2016-13"], "--until '2016-13'"), (["a", "--since", "yesterday"], "no date"),
        (["a", "--languages", "xx"], "language 'xx' is unknown"), (["a", "--document", "none"], "document 'none' is unknown"),
        (["a", "--gist", "xx"], "language 'xx' is unknown"), ([f"w{n}" for n in range(33)], "33 words; look for at most 32"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_says_why(pipeline, statement, words, said):
    done = pipeline("find", *words)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_a_gist_is_marked_as_a_machines_and_stands_in_no_po_file(pipeline, workspace, statement, tmp_path):
    told = pipeline("find", "متن", "--gist", "en")
    assert (
        told.returncode == 0
        and "pipeline models install fa-en" in told.stderr
        and "machine translation" not in told.stdout
    )
    assert pipeline("models", "install", tiny_argos.package(tmp_path, "fa", "en", tiny_argos.FA_EN)).returncode == 0
    (one,) = answer(pipeline, "متن", "--gist", "en")["texts"]
    gist = one["sentences"][0]["gist"]
    assert gist["by"] == "machine" and gist["text"].startswith("ayn mtn") and "argos" in gist["engine"]
    assert "machine translation, nobody has read it (argos" in pipeline("find", "متن", "--gist", "en").stdout
    assert not list((workspace / "translations").rglob("*.po"))
    assert answer(pipeline, "متن", "--gist", "fa")["texts"][0]["sentences"][0]["gist"] is None


def test_nothing_in_a_document_controls_the_terminal(pipeline, workspace):
    (workspace / "seeds" / "evil.txt").write_text("\u202eعنوان\n\nمتن بلند \u2066کار\u2069 است.\n", "utf-8")
    shown = pipeline("find", "کار")
    assert shown.returncode == 0 and not {"\u2066", "\u2069", "\u202e"} & set(shown.stdout)
    assert "\\u2066*کار*\\u2069" in shown.stdout


def test_as_few_sentences_are_shown_as_have_all_words(pipeline, workspace):
    lines = ["نان هست.", "گل هست.", "باران هست.", "نان و گل هست.", "برف هست."]
    (workspace / "seeds" / "a.txt").write_text("عنوان\n\n" + "\n\n".join(lines) + "\n", "utf-8")
    (one,) = answer(pipeline, "نان", "گل", "باران")["texts"]
    assert [sentence["text"] for sentence in one["sentences"]] == ["باران هست.", "نان و گل هست."]
    assert one["more_sentences"] == 2
    assert "and 2 more sentences in it" in pipeline("find", "نان", "گل", "باران").stdout


def test_of_a_long_sentence_what_stands_around_the_word_is_shown():
    text = f"{'before ' * 100}\nhere  it is, {'behind ' * 100}"
    place = text.index("here")
    shown = marked(text, [(place, place + 4)])
    assert shown.startswith("… before ") and shown.endswith(" behind …") and "before *here* it is" in shown
    assert len(shown) < 600
    assert marked("a b c", [(0, 1), (4, 5)]) == "*a* b *c*"
    assert marked("x" * 5000, [(0, 5000)]) == f"*{'x' * 5000}*"
