"""What a line names, by its words and by a label before them."""

import pytest

from pipeline.document import names
from pipeline.document.lines import SourceLine, patterns, read
from pipeline.languages import SHIPPED


def line(text: str) -> SourceLine:
    (found,) = read([text], ())
    return found


@pytest.mark.parametrize(
    ("text", "lang", "is_name", "is_one_below_a_subtitle"),
    [
        ("By Parvaneh R. Amini", "en", True, True),
        ("Parvaneh R. Amini", "en", True, True),
        ("Bread Tomorrow", "en", False, True),
        ("Bread for the whole town tomorrow", "en", False, False),
        ("Minutes: the secretary", "en", False, True),
        ("Minutes: 14 March", "en", False, False),
        ("فرزانه ابراهیمی", "fa", True, True),
        ("تنظیم: دبیرخانهٔ کانون", "fa", True, True),
    ],
)
def test_a_person_is_known_by_a_first_name_an_initial_or_a_label(text, lang, is_name, is_one_below_a_subtitle):
    known = patterns(SHIPPED[lang])
    assert names.names_person(line(text), known) is is_name
    assert names.names_person(line(text), known, is_second=True) is is_one_below_a_subtitle


def test_a_label_tells_a_writer_from_an_organisation():
    known = patterns(SHIPPED["fa"])
    person, office = line("گفت‌وگو: پرستو آهنگر"), line("تنظیم: کانون نویسندگان ایران و هنرمندان آن شهر")
    assert names.names_writer(person) and not names.names_writer(office)
    assert names.names_organisation(office, known) and not names.names_organisation(person, known)
    assert names.labels_writer(office, known) and not names.labels_writer(line("کانون نویسندگان"), known)


def test_the_name_of_a_kind_of_document_stands_alone():
    known = patterns(SHIPPED["fa"])
    assert names.names_kind(line("گفت‌وگو"), known)
    assert not names.names_kind(line("گفت‌وگو با رانندگان شرکت"), known) and not names.names_kind(line("نان"), known)
