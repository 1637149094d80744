"""What stands for the sentences of documents is known without reading them again."""

from pipeline.app import sketches
from pipeline.app.session import Session
from pipeline.workspace import sources
from tests.support.sessions import clock


def test_documents_are_read_once(workspace):
    path = workspace / "seeds" / "statement.txt"
    path.write_text("عنوان\n\nجمله نخست. جمله دوم.\n", "utf-8")
    (workspace / "seeds" / "broken.docx").write_bytes(b"PK\3\4")
    session = Session.open(workspace, clock)
    documents = sources.documents(session.config)
    first = sketches.of_documents(session, documents)
    assert {name: len(found) for name, found in first.items()} == {"statement": 3}
    assert sketches.of_documents(Session.open(workspace, clock), documents) == first
    path.write_text("عنوان\n\nجمله سوم.\n", "utf-8")
    assert sketches.of_documents(Session.open(workspace, clock), documents) != first
