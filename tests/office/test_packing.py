import zipfile
from io import BytesIO

from pipeline.office.packing import packed

PARTS = [("mimetype", b"application/epub+zip"), ("a.xml", b"<a/>" * 100)]


def test_parts_are_packed_in_their_order_without_a_trace_of_when_and_where():
    made = packed(PARTS, stored="mimetype")
    with zipfile.ZipFile(BytesIO(made)) as archive:
        infos = archive.infolist()
        assert [(info.filename, archive.read(info)) for info in infos] == PARTS
    assert [info.compress_type for info in infos] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]
    assert {(info.date_time, info.create_system) for info in infos} == {((1980, 1, 1, 0, 0, 0), 3)}
    assert made == packed(iter(PARTS), stored="mimetype")
