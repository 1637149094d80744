import pytest

from pipeline.document.formats import _fields
from pipeline.languages import SHIPPED
from pipeline.model import Block, Document, Kind, Meta


def completed(fields: dict[str, str], meta: Meta = Meta(), kind: Kind = Kind.PARAGRAPH) -> Meta:  # noqa: B008
    blocks = (Block(kind, "متن", 1, 1),)
    return _fields.completed(Document("d", SHIPPED["fa"], meta, blocks, ""), fields).meta


def test_what_a_document_says_of_itself_is_its_metadata():
    fields = {"title": "بیانیه", "issuer": "شورا", "date": "2022-08-03"}
    assert completed(fields) == Meta("بیانیه", "شورا", "2022-08-03")


def test_what_the_editor_states_goes_before_it():
    stated = Meta("عنوان ویراستار", "صادرکننده", "2011")
    assert completed({"title": "x", "issuer": "y", "date": "2022-08-03"}, stated) == stated


def test_a_document_with_a_title_of_its_own_gets_no_other():
    assert completed({"title": "بیانیه"}, kind=Kind.TITLE).editorial_title == ""


def test_a_person_is_not_printed_for_being_named_in_a_field_and_that_is_said():
    """Programs write the name of their user there."""
    for name in ("author", "authors", "creator"):
        document = Document("d", SHIPPED["fa"], Meta(), (Block(Kind.PARAGRAPH, "متن", 1, 1),), "")
        named = _fields.completed(document, {name: "رضا احمدی"})
        (said,) = named.remarks
        assert named.meta == Meta() and "«رضا احمدی», is not printed" in said
    assert completed({"author": "نویسنده", "organisation": "کانون"}).issuer == "کانون"


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2022-08-03T10:00:00Z", "2022-08-03"),
        ("2022/8/3", "2022-08-03"),
        ("2022-08", "2022-08"),
        ("2022", "2022"),
        ("1401-05-12", "2022-08-03"),
        ("۱۴۰۱/۵/۱۲", "2022-08-03"),
        ("1401", ""),
        ("2022-13-40", ""),
        ("1401-13-40", ""),
        ("20220803", ""),
        ("3 August 2022", ""),
        ("", ""),
    ],
)
def test_a_date_in_figures_is_read_in_either_calendar(stated, date):
    assert completed({"date": stated}).date == date
