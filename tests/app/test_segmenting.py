"""Documents become PO files, once."""

from pipeline.app import catalogues, segmenting
from pipeline.app.events import Written
from tests.support.sessions import begun, told


def test_every_language_gets_a_po_file_and_a_second_time_nothing_is_written(workspace, statement):
    session, events = begun(workspace)
    assert segmenting.update(session, None) == 2
    assert [event.name for event in told(events, Written)] == [
        "translations/en/statement.po",
        "translations/fr/statement.po",
    ]
    assert segmenting.update(session, ["statement"]) == 0 and len(told(events, Written)) == 2


def test_sentences_stand_in_their_blocks(workspace, statement):
    session, _ = begun(workspace)
    (document,) = catalogues.documents(session, None)
    found = segmenting.sentences(document)
    assert [len(sentences) for _, sentences in found] == [1, 2, 2]
    assert all("".join(sentences).replace(" ", "") == block.text.replace(" ", "") for block, sentences in found)
