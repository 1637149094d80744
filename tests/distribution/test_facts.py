"""A letter says of its texts what is so, in a language that its reader reads."""

import pytest

from pipeline.distribution import bundle
from pipeline.distribution.sender import Sender
from tests.support.bundles import SENDER, release


def make(*found, lang="en", sender=SENDER, replaces=None, sign=None, **options) -> bundle.Bundle:
    return bundle.make(found, lang, sender, replaces=replaces or {}, sign=sign, **options)


def facts(tmp_path, *releases, template, lang="en", **options) -> str:
    """What a letter can say of a bundle, by a template of its own."""
    folder = tmp_path / "own"
    folder.mkdir(exist_ok=True)
    (folder / f"letter.{lang}.txt").write_text(f"T\n{template}\n", "utf-8")
    return make(*releases, lang=lang, templates=folder, **options).letter.text.strip()


def test_a_letter_names_documents_once_with_their_texts_in_order(tmp_path):
    template = "{% for d in documents %}{{ d.id }}:{% for t in d.texts %} {{ t.lang }}{% endfor %};{% endfor %}"
    texts = [release(tmp_path, "b"), release(tmp_path, "a", "fr"), release(tmp_path, "a")]
    assert facts(tmp_path, *texts, template=template) == "a: en fr;b: en;"


def test_a_title_is_in_a_language_the_partner_reads_then_of_the_document_then_in_any_then_its_id(tmp_path):
    template = "{{ documents[0].title }}/{{ documents[0].title_lang }}"
    for lang, titles, said in (
        ("fr", {"fa": "بیانیه", "en": "Statement", "fr": "Déclaration"}, "Déclaration/fr"),
        ("fr", {"en": "Statement", "fa": "بیانیه"}, "Statement/en"),
        ("fr", {"fr": "", "fa": "بیانیه"}, "بیانیه/fa"),
        ("fa", {"fr": "Déclaration"}, "Déclaration/fr"),
        ("fr", {}, "2016-10-statement/en"),
    ):
        assert facts(tmp_path, release(tmp_path, titles=titles), template=template, lang=lang) == said


def test_a_letter_knows_whether_it_corrects_translates_and_drafts(tmp_path):
    template = "{{ correction }} {{ translated }} {{ draft }} {{ documents[0].texts[0].is_source }}"
    one = release(tmp_path)
    assert facts(tmp_path, one, template=template) == "False True False False"
    assert facts(tmp_path, one, template=template, replaces={one.key: "cd" * 32}) == "True True False False"
    assert facts(tmp_path, one, template=template, replaces={("other", "en"): "cd" * 32}).startswith("False")
    assert facts(tmp_path, release(tmp_path, lang="fa", is_draft=True), template=template) == "False False True True"


@pytest.mark.parametrize(
    ("name", "lang", "written"),
    [("شورای همکاری", "en", "fa"), ("The Council", "en", "en"), ("The Council", "fr", "fr"), ("12 شورا", "fa", "fa"),
     ("۱۲", "fr", "fr"), ("Council شورا", "fa", "en"), ("ועד", "fa", "fa")],
)  # fmt: skip
def test_the_name_of_the_sender_is_written_in_the_direction_of_its_first_letter(name, lang, written, tmp_path):
    said = facts(
        tmp_path, release(tmp_path), template="{{ sender.lang }}", lang=lang, sender=Sender(name, "a@x.example")
    )
    assert said == written
