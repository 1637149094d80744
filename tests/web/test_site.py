"""What people do on the page, without scripts: every link and form, and what becomes of the PO file."""

import fcntl
import gzip
import os
import re
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest

from pipeline.catalogue import origin
from pipeline.web import site
from tests.support import visits
from tests.support.statement import edit
from tests.web.conftest import PAGE

LONG, SECOND = "این متن بلندی است که با نقطه پایان می یابد.", "جمله دوم این است."
ENGLISH = "This is a long text that ends with a full stop."


def entry(po, source):
    """Return the entry of a sentence in a PO file."""
    return next(one for one in po.read_text("utf-8").split("\n\n") if f'msgid "{source}"' in one)


def test_documents_are_listed_with_their_progress(sara):
    answer = sara.ask("/")
    assert answer.status == 200
    assert f'href="{sara.root}{PAGE}"' in answer.text and "English" in answer.text
    assert re.search(r"translated\s*1", answer.text) and re.search(r"not translated\s*4", answer.text)


def test_what_is_saved_stands_in_the_po_file_and_is_told(sara, translated):
    name = sara.ask(PAGE).sentences[LONG]
    answer = sara.save(PAGE, name, ENGLISH)
    assert answer.said == "saved."
    assert f'msgstr "{ENGLISH}"' in entry(translated, LONG)
    assert "# translated: sara" in entry(translated, LONG) and "fuzzy" not in entry(translated, LONG)


def test_line_ends_of_browsers_do_not_reach_the_po_file(sara, translated):
    sara.save(PAGE, sara.ask(PAGE).sentences[LONG], "One.\r\nTwo.")
    assert '"One.\\n"\n"Two."' in entry(translated, LONG)


def test_saving_and_going_on_opens_the_next_sentence(sara):
    names = sara.ask(PAGE).sentences
    answer = sara.save(PAGE, names[LONG], ENGLISH, "next")
    assert answer.hidden("edit")["unit"] == names[SECOND]


def test_the_next_unfinished_one_is_behind_all_that_is_done(sara):
    names = sara.ask(PAGE).sentences
    answer = sara.ask(f"{PAGE}?unit={names['Our statement']}&go=unfinished")
    assert answer.hidden("edit")["unit"] == names[LONG]


def test_what_is_saved_as_unfinished_waits(sara, translated):
    sara.save(PAGE, sara.ask(PAGE).sentences[LONG], "This is", "later")
    assert "#, fuzzy" in entry(translated, LONG) and "# translated: sara" in entry(translated, LONG)


def test_nobody_approves_their_own_translation_and_a_second_person_does(sara, serving, translated):
    name = sara.ask(PAGE).sentences[LONG]
    sara.save(PAGE, name, ENGLISH)
    shown = sara.ask(f"{PAGE}?unit={name}")
    assert "somebody else needs to approve it" in shown.text and f"{PAGE}/approve" not in shown.text
    reza = serving.client()
    reza.ask("/me", reza.ask("/").hidden('class="interface"') | {"name": "reza"})
    form = reza.ask(f"{PAGE}?unit={name}").hidden("approve")
    refused = sara.ask(f"{PAGE}/approve", form | {"key": shown.hidden("edit")["key"]})
    assert refused.status == 409 and "your own translation" in refused.text
    assert reza.ask(f"{PAGE}/approve", form).said.startswith("approved")
    assert "You have approved this." in reza.ask(f"{PAGE}?unit={name}").text
    assert re.search(r"# read: reza \d{4}-\d\d-\d\d \[[0-9a-f]{16}\]", entry(translated, LONG))


def test_a_difference_is_shown_whole_and_nothing_is_overwritten(sara, translated):
    name = sara.ask(PAGE).sentences["Our statement"]
    shown = sara.ask(f"{PAGE}?unit={name}")
    edit(translated, "بیانیه ما", "Our declaration")  # in Poedit, meanwhile
    fields = shown.hidden("edit") | {"before": shown.field, "text": "A statement of ours", "do": "next"}
    answer = sara.ask(f"{PAGE}/save", fields)
    assert answer.said == "somebody else has changed this."
    assert 'msgstr "Our declaration"' in entry(translated, "بیانیه ما")
    for text in ("Our declaration", "Our statement", "A statement of ours"):  # theirs, the base, yours
        assert text in answer.text
    assert answer.field == "A statement of ours"


def test_after_a_difference_either_can_be_kept(sara, translated):
    name = sara.ask(PAGE).sentences["Our statement"]
    shown = sara.ask(f"{PAGE}?unit={name}")
    edit(translated, "بیانیه ما", "Our declaration")
    fields = shown.hidden("edit") | {"before": shown.field, "text": "A statement of ours", "do": "stay"}
    conflict = sara.ask(f"{PAGE}/save", fields)
    mine = sara.ask(f"{PAGE}/save", conflict.hidden("edit") | {"before": "", "text": conflict.field, "do": "stay"})
    assert mine.said == "saved." and 'msgstr "A statement of ours"' in entry(translated, "بیانیه ما")
    edit(translated, "بیانیه ما", "Our declaration")
    fields = mine.hidden("edit") | {"before": mine.field, "text": "Another one", "do": "stay"}
    conflict = sara.ask(f"{PAGE}/save", fields)
    theirs = sara.ask(f"{PAGE}/forget", conflict.hidden("/forget"))
    assert theirs.field == "Our declaration" and "Another one" not in theirs.text


def test_what_is_typed_and_not_saved_is_there_again_after_a_restart(workspace, translated):
    with visits.serving(workspace) as first:
        sara = first.client()
        name = sara.ask(PAGE).sentences[LONG]
        shown = sara.ask(f"{PAGE}?unit={name}")
        sara.ask(f"{PAGE}/typed", shown.hidden("edit") | {"before": "", "text": "This is a lo"})
    assert 'msgstr ""' in entry(translated, LONG)
    with visits.serving(workspace) as again:
        assert again.client().ask(f"{PAGE}?unit={name}").field == "This is a lo"


def test_what_was_typed_for_a_sentence_that_has_left_the_document_meanwhile_is_there_to_copy(
    sara, translated, workspace, pipeline
):
    name, source = sara.ask(PAGE).sentences[LONG], workspace / "seeds" / "statement.txt"
    shown = sara.ask(f"{PAGE}?unit={name}")
    source.write_text(source.read_text("utf-8").replace(LONG, "این جمله دیگری است."), "utf-8")
    pipeline("segment")
    typed = shown.hidden("edit") | {"before": "", "text": "Typed for long", "do": "next"}
    answer = sara.ask(f"{PAGE}/save", typed)
    assert answer.status == 409 and "has left the document" in answer.text and "Typed for long</" in answer.text
    answer = sara.ask(f"{PAGE}/note", typed | {"text": "", "note": "A remark"})
    assert answer.status == 409 and "A remark</" in answer.text


def test_what_was_typed_for_a_sentence_that_was_respelled_before_it_was_saved_is_there_to_copy(
    workspace, translated, pipeline
):
    source = workspace / "seeds" / "statement.txt"
    with visits.serving(workspace) as first:
        sara = first.client()
        shown = sara.ask(f"{PAGE}?unit={sara.ask(PAGE).sentences[LONG]}")
        sara.ask(f"{PAGE}/typed", shown.hidden("edit") | {"before": "", "text": "<b>An hour of work"})
        emptied = sara.ask(f"{PAGE}?unit={sara.ask(PAGE).sentences['Our statement']}")
        sara.ask(f"{PAGE}/typed", emptied.hidden("edit") | {"before": "Our statement", "text": ""})
    text = source.read_text("utf-8").replace("بیانیه ما", "بیانیه دیگری")
    source.write_text(text.replace(LONG, LONG.replace(" می یابد", " می‌یابد")), "utf-8")
    pipeline("segment")
    with visits.serving(workspace) as again:
        sara = again.client()
        page = sara.ask(PAGE)
        assert page.text.count("Discard it") == 1
        assert "&lt;b&gt;An hour of work</textarea>" in page.text
        assert "An hour of work" not in sara.ask(f"{PAGE}/forget", page.hidden("/forget")).text


def test_what_the_host_translated_before_they_said_who_they_are_is_not_approved_by_them(workspace, translated):
    with visits.serving(workspace, by="") as running:
        client = running.client()
        name = client.ask(PAGE).sentences["Our statement"]
        client.save(PAGE, name, "A statement of ours")
        client.ask("/me", client.ask(PAGE).hidden("/me") | {"name": "reza"})
        shown = client.ask(f"{PAGE}?unit={name}")
        assert "This is your own translation" in shown.text and "I have read it" not in shown.text
        assert name not in client.ask(f"{PAGE}?show=approve").sentences.values()
        fields = shown.hidden("edit") | {"base": origin.digest("A statement of ours")}
        assert "your own translation" in client.ask(f"{PAGE}/approve", fields).text
        assert "read: reza" not in translated.read_text("utf-8")
        client.ask("/me", shown.hidden("/me") | {"name": "sara"})  # who sits down at the same machine
        client.ask(f"{PAGE}/approve", client.ask(f"{PAGE}?unit={name}").hidden("approve"))
        assert "read: sara" in translated.read_text("utf-8")


def test_what_is_typed_while_the_file_cannot_be_read_is_there_when_it_can(sara, translated):
    """As while git asks somebody to merge it."""
    shown = sara.ask(f"{PAGE}?unit={sara.ask(PAGE).sentences[LONG]}")
    fields = shown.hidden("edit") | {"before": "", "text": "An hour of work"}
    good = translated.read_bytes()
    translated.write_bytes(good + b"<<<<<<< HEAD\n")
    assert sara.once(f"{PAGE}/typed", fields).status == 204
    assert sara.ask(f"{PAGE}/save", fields | {"text": "An hour of work, and more", "do": "next"}).status == 409
    translated.write_bytes(good)
    assert sara.ask(f"{PAGE}?unit={fields['unit']}").field == "An hour of work, and more"


def test_a_finding_is_accepted_with_a_reason(sara, translated):
    name = sara.ask(PAGE).sentences["Our statement"]
    shown = sara.save(PAGE, name, "Our statement of 1988")
    assert "1988 is not in the source" in shown.text
    form = shown.hidden("/accept") | {"check": "numbers"}
    assert sara.ask(f"{PAGE}/accept", form | {"why": " "}).status == 409
    assert sara.ask(f"{PAGE}/accept", form | {"check": "none", "why": "x"}).status == 409
    accepted = sara.ask(f"{PAGE}/accept", form | {"why": "the year is meant"})
    assert accepted.said == "accepted." and "1988 is not in the source" not in accepted.text
    assert re.search(r"# check: numbers ok — the year is meant \[[0-9a-f]{16}\]", entry(translated, "بیانیه ما"))


def test_a_comment_is_for_people_and_says_nothing_to_the_program(sara, translated):
    name = sara.ask(PAGE).sentences["Our statement"]
    shown = sara.ask(f"{PAGE}?unit={name}")
    sara.ask(f"{PAGE}/note", shown.hidden("/note") | {"note": "read: reza"})
    assert "# from outside: read: reza" in entry(translated, "بیانیه ما")
    assert "Read by" not in sara.ask(f"{PAGE}?unit={name}").text


def test_undo_goes_back_through_what_was_done(sara, translated):
    before = translated.read_bytes().partition(b"\n\n")[2]
    names = sara.ask(PAGE).sentences
    sara.save(PAGE, names[LONG], ENGLISH)
    answer = sara.save(PAGE, names["Our statement"], "Our declaration")
    for _ in range(2):
        answer = sara.ask("/undo", answer.hidden("undo"))
        assert answer.said == "undone."
    assert translated.read_bytes().partition(b"\n\n")[2] == before
    assert sara.ask("/undo", answer.hidden("undo")).said == "nothing to undo."


def test_undo_takes_back_one_change_however_long_a_command_writes(sara, translated, workspace, monkeypatch):
    monkeypatch.setattr(site, "PATIENCE", 0.4)
    name = sara.ask(PAGE).sentences["Our statement"]
    for text in ("First", "Second", "Third"):
        answer = sara.save(PAGE, name, text)
    held = os.open(workspace, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        busy = sara.ask("/undo", answer.hidden("undo")).text
        assert "another command is writing here" in busy and "pytest" not in busy
    finally:
        os.close(held)
    assert sara.ask("/undo", answer.hidden("undo")).said == "undone."
    assert 'msgstr "Second"' in entry(translated, "بیانیه ما")


@pytest.mark.parametrize("number", ["²", "٣", "0", "9", "-1", "1" * 5000])
def test_a_suggestion_that_there_is_not_is_not_used(sara, number):
    name = sara.ask(PAGE).sentences["Our statement"]
    assert sara.ask(f"{PAGE}?unit={name}&use={quote(number)}").field == "Our statement"


@pytest.mark.parametrize("document", ["nothing", "a%00b", "x" * 400, "..", "statement%00"])
def test_what_is_typed_is_kept_for_documents_alone(sara, workspace, document):
    fields = sara.ask("/").hidden('class="interface"') | {"unit": "0123456789ab", "text": "x"}
    assert sara.once(f"/document/{document}/en/typed", fields).status == 409
    assert not (workspace / ".pipeline" / "typed").exists()


def test_what_goes_wrong_is_said_without_the_place_of_the_workspace(sara, translated, workspace):
    """It may name its owner, and guests see it."""
    settings = workspace / "pipeline.toml"
    translated.write_bytes(b"")
    assert "translations/en/statement.po: the file is empty" in sara.ask(PAGE).text
    assert str(workspace) not in sara.ask(PAGE).text + sara.ask("/").text
    settings.unlink()
    assert str(workspace) not in sara.ask(PAGE).text
    settings.mkdir()
    answer = sara.ask(PAGE)
    assert answer.status == 500 and "Is a directory" in answer.text


def test_what_somebody_typed_before_they_said_who_they_are_is_there_afterwards(workspace, translated):
    with visits.serving(workspace, by="") as running:
        client = running.client()
        name = client.ask(PAGE).sentences["Our statement"]
        shown = client.ask(f"{PAGE}?unit={name}")
        client.once(f"{PAGE}/typed", shown.hidden("edit") | {"before": shown.field, "text": "Half a text"})
        client.ask("/me", shown.hidden("edit") | {"name": "sara"})
        shown = client.ask(f"{PAGE}?unit={name}")
        assert shown.field == "Half a text"
        client.ask(f"{PAGE}/forget", shown.hidden("kept-text"))
        assert client.ask(f"{PAGE}?unit={name}").field == "Our statement"


def test_undo_takes_nothing_from_others(sara, translated):
    answer = sara.save(PAGE, sara.ask(PAGE).sentences["Our statement"], "Our declaration")
    edit(translated, "بیانیه ما", "Theirs")
    assert sara.ask("/undo", answer.hidden("undo")).said == "somebody else has changed this."
    assert 'msgstr "Theirs"' in entry(translated, "بیانیه ما")


def test_words_are_replaced_after_a_look_at_them_and_undone_at_once(sara, translated):
    names = sara.ask(PAGE).sentences
    sara.save(PAGE, names[LONG], "The statement ends.")
    before = translated.read_bytes().partition(b"\n\n")[2]
    shown = sara.ask(f"{PAGE}/replace?words=statement&by=declaration")
    units = re.findall(r'name="units" value="([^"]*)"', shown.text)
    assert len(units) == 2
    answer = sara.ask(
        f"{PAGE}/replace", shown.hidden(f'method="post" action="{sara.root}{PAGE}/replace') | {"units": units}
    )
    assert answer.said == "replaced in 2 sentences."
    assert 'msgstr "Our declaration"' in entry(translated, "بیانیه ما")
    sara.ask("/undo", answer.hidden("undo"))
    assert translated.read_bytes().partition(b"\n\n")[2] == before


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("show=untranslated", {LONG, SECOND, "تلفن :"}),
        ("words=" + quote("statement"), {"Our statement"}),
        ("words=" + quote("متن بلند"), {LONG, SECOND}),  # its paragraph stays whole
        ("show=approve", set()),
    ],
)
def test_sentences_are_filtered_and_found(sara, query, words):
    if query == "show=approve":
        words = {"Our statement"}
    assert set(sara.ask(f"{PAGE}?{query}").sentences) - {"۵۱۴-۲۵۸-۸۱۸۶"} == words


def test_an_empty_translation_is_refused_and_nothing_is_lost(sara, translated):
    before = translated.read_bytes()
    answer = sara.save(PAGE, sara.ask(PAGE).sentences["Our statement"], "  ")
    assert answer.status == 409 and "empty translation" in answer.text
    assert translated.read_bytes() == before


def test_a_text_that_no_page_can_hold_is_refused_and_given_back(sara, translated):
    before = translated.read_bytes()
    answer = sara.save(PAGE, sara.ask(PAGE).sentences["Our statement"], "Our\x07statement")
    assert answer.status == 409 and "U+0007" in answer.text and "statement</textarea>" in answer.text
    assert translated.read_bytes() == before


def test_a_document_that_is_not_there_is_said(sara):
    assert sara.ask("/document/nothing/en").status == 409
    assert sara.ask("/document/statement/de").status == 409
    assert sara.ask("/nothing").status == 404


def test_the_page_speaks_the_language_of_the_browser_and_the_one_that_is_chosen(serving):
    sara = serving.client(Accept_Language="fa-IR,fa;q=0.9,en;q=0.8")
    page = sara.ask("/", Accept_Language="fa-IR")
    assert '<html lang="fa" dir="rtl"' in page.text and "سندهایی برای بازبینی" in page.text
    french = sara.ask("/me", page.hidden('class="interface"') | {"interface": "fr"})
    assert '<html lang="fr" dir="ltr"' in french.text and "Documents à relire" in french.text


def test_texts_of_all_kinds_are_text(workspace, pipeline, sara, translated):
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    name = sara.ask(PAGE).sentences["Our statement"]
    shown = sara.save(PAGE, name, hostile)
    sara.ask(f"{PAGE}/note", shown.hidden("/note") | {"note": hostile})
    for page in (
        f"{PAGE}?unit={name}",
        PAGE,
        f"{PAGE}?words={quote(hostile)}",
        f"{PAGE}/replace?words={quote('<')}&by=%3Cb%3E",
    ):
        text = sara.ask(page).text
        assert "<script>alert" not in text and "<img" not in text and "<b>" not in text


def test_a_way_leads_to_a_sentence_with_an_address_of_its_own_and_its_end_is_said(sara):
    page = sara.ask(PAGE)
    first, *_, last = page.sentences.values()
    gone = sara.once(f"{sara.root}{PAGE}?unit={first}&go=unfinished")
    assert gone.status == 303 and f"unit={page.sentences[LONG]}" in gone.headers["location"]
    assert sara.ask(f"{PAGE}?unit={last}&go=next").said == "this is the last sentence."
    assert sara.ask(f"{PAGE}?unit={first}&go=previous").said == "this is the first sentence."


def test_what_did_not_work_leads_back_to_its_sentence(sara):
    name = sara.ask(PAGE).sentences["Our statement"]
    fields = sara.ask(f"{PAGE}?unit={name}").hidden("edit") | {"text": "", "do": "stay"}
    refused = sara.ask(f"{PAGE}/save", fields)
    assert refused.status == 409 and f'href="{sara.root}{PAGE}?unit={name}#here"' in refused.text


def test_documents_are_listed_by_their_titles(sara):
    assert '<bdi class="title" lang="fa">بیانیه ما</bdi>' in sara.ask("/").text


def test_what_somebody_saved_is_a_version_before_somebody_else_saves_over_it(sara, serving, workspace):
    kept = workspace / ".pipeline/history/translations/en/statement.po"
    name = sara.ask(PAGE).sentences[LONG]
    sara.save(PAGE, name, "First.")
    for path in kept.glob("2*.gz"):  # two minutes pass
        hour = datetime.fromisoformat(f"{path.name[:15]}Z") - timedelta(minutes=2)
        path.rename(kept / f"{hour:%Y%m%dT%H%M%S}{path.name[15:]}")
    before = set(kept.glob("2*.gz"))
    sara.save(PAGE, name, "All that Sara did.")
    assert set(kept.glob("2*.gz")) == before
    reza = serving.client()
    reza.ask("/me", reza.ask("/").hidden('class="interface"') | {"name": "reza"})
    reza.save(PAGE, name, "Nothing of it.")
    (new,) = set(kept.glob("2*.gz")) - before
    assert "All that Sara did." in gzip.decompress(new.read_bytes()).decode()
    reza.save(PAGE, name, "Nothing at all.")
    assert set(kept.glob("2*.gz")) == {*before, new}


def test_no_service_of_a_browser_is_given_the_text_and_nothing_typed_is_remembered(sara):
    """A browser may translate pages by sending them away, suggest how to go on, and keep what fields once held."""
    name = sara.ask(PAGE).sentences[LONG]
    door = sara.once("/come-in?invitation=none")
    assert door.status == 403
    pages = [
        sara.ask(path) for path in ("/", "/keys", "/people", PAGE, f"{PAGE}?unit={name}", f"{PAGE}/replace", "/no")
    ]
    for page in pages:
        assert re.search(r'<html [^>]*translate="no"', page.text) and 'content="notranslate"' in page.text
        fields = re.findall(r"<(?:input|textarea)\b[^>]*>", page.text)
        typed = [one for one in fields if not re.search(r'type="(?:hidden|checkbox)"|readonly| hidden ', one)]
        assert all('autocomplete="off"' in one for one in typed), typed
    assert 'writingsuggestions="false"' in pages[4].text
