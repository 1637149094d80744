"""What is read of a document for its review, and what helps with a sentence."""

import random

import pytest

from pipeline.app import catalogues, reviewing, saving
from pipeline.app.session import Session
from pipeline.errors import UsageError
from tests.support.desks import typed, unit
from tests.support.visits import clock


def test_a_document_is_not_opened_in_a_language_it_is_not_translated_into(session, desk):
    with pytest.raises(UsageError, match="not translated into 'de'"):
        reviewing.open_desk(session, desk.document, "de")


def test_the_memory_and_the_termbase_help(session, workspace, desk):
    (workspace / "seeds" / "letter.txt").write_text("نامه\n\nجمله دوم آن است.\n", "utf-8")
    (letter,) = catalogues.documents(session, ["letter"])
    other = reviewing.open_desk(session, letter, "en")
    found = reviewing.suggestions(session, other, other.units[1])
    assert [one.match.entry.target for one in found] == ["This is the second sentence."]
    assert "".join(text for text, _ in found[0].pieces) == "جمله دوم این است."
    (workspace / "translations" / "termbase.csv").write_text(
        "fa,en,status\nنامه,letter,preferred\nنامه,mail,forbidden\n", "utf-8"
    )
    terms = reviewing.terms(reviewing.context(session, other).termbase, other.units[0])
    assert [(one.term, one.renderings, one.forbidden) for one in terms] == [("نامه", ("letter",), ("mail",))]


def test_earlier_translations_are_found_the_newest_first(workspace, session, desk):
    for text in ("First", "Second", "Third"):
        session = Session.open(workspace, clock)
        desk = reviewing.open_desk(session, desk.document, "en")
        saving.save(session, desk, typed(desk, text))
    read: reviewing.EarlierTargets = {}
    wanted = ["Second", "First", "Our statement"]
    assert [one.text for one in reviewing.earlier(session, desk, unit(session, desk), read)] == wanted
    before = dict(read)
    assert [one.text for one in reviewing.earlier(session, desk, unit(session, desk), read)] == wanted
    assert len(read) >= 3 and all(read[digest] is targets for digest, targets in before.items())


def test_a_desk_that_is_renewed_is_one_that_is_opened_anew(session, desk, workspace, reviewed):
    """Whatever an editor did to the file: what is not read again says what it said."""
    chance = random.Random(1)
    for number in range(30):
        entries = reviewed.read_text("utf-8").split("\n\n")
        place = chance.choice([place for place, one in enumerate(entries) if place and "#~" not in one])
        match number % 5:
            case 0:
                entries[place] = f"# a comment {number}\n{entries[place]}"
            case 1:
                entries[place] = entries[place].replace('msgstr "', f'msgstr "{number} ', 1)
            case 2:
                entries[place] = entries[place].replace("#, fuzzy\n", "").replace("msgctxt", "#, fuzzy\nmsgctxt", 1)
            case 3:
                entries[1:] = chance.sample(entries[1:], len(entries) - 1)
            case 4:
                entries.append(f'#~ msgctxt "paragraph"\n#~ msgid "gone {number}"\n#~ msgstr "x"\n')
        reviewed.write_text("\n\n".join(entries), "utf-8")
        desk = reviewing.renewed(session, desk)
        fresh = reviewing.open_desk(session, desk.document, "en")
        assert desk.catalogue == fresh.catalogue and [unit.line for unit in desk.units] == [u.line for u in fresh.units]
        assert desk.edition == fresh.edition and desk.current.file == fresh.current.file
