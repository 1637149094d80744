"""What is written of an entry is what stood there, but for what is to be another."""

from pipeline.catalogue.po import syntax, writing
from tests.catalogue.po.test_syntax import ENTRY


def test_an_entry_that_becomes_obsolete_is_marked_in_every_line_of_its_statements():
    (entry,) = syntax.parse(ENTRY, "x.po").entries
    written = writing.write(entry._replace(obsolete=True), entry)
    assert [line for line in written.splitlines() if not line.startswith("#")] == []
    marked = [line for line in written.splitlines() if "msg" in line]
    assert [line.partition("msg")[0] for line in marked] == ["#~| ", "#~ ", "#~ ", "#~ "]
    (again,) = syntax.parse(written, "x.po").entries
    assert again._replace(raw=entry.raw, obsolete=False, is_plain=True) == entry
    assert writing.write(again._replace(obsolete=False), again) == writing.write(entry, entry)
