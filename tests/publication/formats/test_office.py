"""What both programs are given alike: read back, a file holds what was published."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

from pipeline.model import LINE_BREAK, Kind, MarkKind
from pipeline.publication import Standing, formats
from pipeline.publication.formats import _office as office
from tests.support import rich
from tests.support.officefiles import faults, known, read_back, told
from tests.support.published import PUBLISHER, published, write

LONG = "این جمله‌ای است که متن سند را چنان دراز می‌کند که اندازهٔ حروفش همان اندازهٔ بیشتر سطرهاست. " * 3

BLOCKS = (
    *rich.BLOCKS[:4],
    rich.block(Kind.PARAGRAPH, LONG.strip()),
    rich.block(Kind.PARAGRAPH, LONG.strip(), ("اندازهٔ", MarkKind.STRONG, "")),
    rich.block(Kind.HEADING, "بخش سوم", marker="۱-", ordinal=1, level=2),
    *rich.BLOCKS[4:11],
    rich.block(Kind.LIST_ITEM, "الف", marker="a)", ordinal=1, depth=1),
    rich.block(Kind.LIST_ITEM, "ب", marker="b)", ordinal=2, depth=1),
    rich.block(Kind.SEPARATOR, "* * *"),
    rich.block(Kind.QUOTATION, "این گفتهٔ دیگران است.", ("دیگران", MarkKind.STRONG, "")),
    rich.block(Kind.VERSE, "مصراع نخست این است\tمصراع دوم این است"),
    *rich.BLOCKS[12:13],
    rich.block(Kind.CONTACT, "تلفن: +98 (0)21 5550 4321"),
    rich.block(Kind.SLOGAN, "زنده باد همبستگی!"),
    rich.block(Kind.SIGNATURE, f"شورا{LINE_BREAK}تهران", (LINE_BREAK, MarkKind.BREAK, "")),
    rich.block(Kind.DATE, "۱۲ آبان ۱۳۹۵"),
    *rich.BLOCKS[13:],
)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "green").save(out, "JPEG", comment=b"taken by Reza")
    return out.getvalue()


def with_picture(text):
    blocks = (replace(block, picture="p1") if block.kind is Kind.IMAGE else block for block in text.blocks)
    return replace(text, blocks=tuple(blocks))


def whole(lang: str = "en"):
    """Return a text with every kind of block, and a picture."""
    made = published(lang, rich.edition(*([lang] if lang != "fa" else []), blocks=BLOCKS))
    pictures = {"p1": picture()}
    return replace(made, text=with_picture(made.text), original=with_picture(made.original), pictures=pictures)


ALL = ("docx", "docx_both", "odt", "odt_both")


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("name", ["docx", "odt"])
def test_read_back_a_file_holds_the_same_blocks(name, lang):
    text = whole(lang)
    made = formats.load(name).made(text, PUBLISHER)
    found = [known(block) for block in read_back(made, f".{name}", lang)]
    expected = [told(block) for block in text.text.blocks]
    notes = [block for block in found if block[0] is Kind.NOTE]
    first = next(at for at, block in enumerate(found) if block[0] is Kind.TITLE)
    body = [block for block in expected if block[0] is not Kind.NOTE]
    assert found[first : first + len(body)] == [
        (*one[:1], "* * *", *one[2:]) if one[0] is Kind.SEPARATOR else one for one in body
    ]
    assert notes == [block for block in expected if block[0] is Kind.NOTE]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_schemas_find_nothing(tmp_path, name, lang):
    made = formats.load(name)
    path = write(tmp_path, f"whole{made.SUFFIX}", made.made(whole(lang), PUBLISHER))
    assert faults(path) == []


HOSTILE = '<w:p/> ]]> & " {=1} %1 &#x202e; \u202e\u2066abc\x00 ../../x'


@pytest.mark.parametrize("name", ALL)
def test_hostile_texts_are_text(tmp_path, name):
    blocks = (
        rich.block(Kind.TITLE, HOSTILE, level=1),
        rich.block(Kind.LIST_ITEM, HOSTILE, marker=HOSTILE, depth=1),
        rich.block(Kind.TABLE, f"{HOSTILE}\t{HOSTILE}\n{HOSTILE}\t{HOSTILE}"),
        rich.block(Kind.IMAGE, HOSTILE, picture="../../p1"),
    )
    text = published("en", rich.edition("en", blocks=blocks), pictures={"../../p1": picture()})
    made = formats.load(name)
    path = write(tmp_path, f"hostile{made.SUFFIX}", made.made(text, PUBLISHER))
    assert faults(path) == []
    with zipfile.ZipFile(path) as archive:
        assert not [one for one in archive.namelist() if ".." in one or one.startswith("/")]
        main = archive.read("word/document.xml" if "docx" in name else "content.xml").decode()
    assert "&lt;w:p/&gt;" in main and not re.search("[\u202e\u202d]", main)


@pytest.mark.parametrize("name", ALL)
def test_nothing_tells_who_made_it_when_and_with_what(name):
    made = formats.load(name).made(whole(), replace(PUBLISHER, name="Reza’s laptop"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        said = b"".join(archive.read(one) for one in archive.namelist()).lower()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for trace in (b"rsid", b"generator", b"creator", b"creation-date", b"lastmodified", b"application>", b"reza"):
        assert trace not in said, trace


@pytest.mark.parametrize("name", ALL)
def test_a_stale_text_says_so(name):
    suffix = formats.load(name).SUFFIX.rpartition(".")[2]
    for standing in (Standing.STALE, Standing.CURRENT):
        made = formats.load(name).made(published("en", standing=standing), PUBLISHER)
        text = "\n".join(block.text for block in read_back(made, f".{suffix}", "en"))
        assert ("The original of this text has changed since" in text) is (standing is Standing.STALE)


def test_only_what_signs_would_tear_apart_is_set_apart():
    [contact] = [part for part in office.column(whole("fa"), PUBLISHER, ()).parts if _is(part, "Contact")]
    runs = list(office.runs(contact.words, PUBLISHER.language("fa"), ("<", "«", ">")))
    assert "".join(run.text for run, _ in runs) == "تلفن: <+98 (0)21 5550 4321>"
    assert [way for run, way in runs if "98" in run.text] == ["ltr"]
    assert not [
        run
        for run, _ in office.runs(
            office.words("H2O", PUBLISHER.language("en")), PUBLISHER.language("en"), ("<", "«", ">")
        )
        if run.text in "<«>"
    ]


def _is(part, style):
    return isinstance(part, office.StyledParagraph) and part.style == style


def test_a_title_of_the_editor_is_in_brackets_and_the_dateline_stands_below_it():
    text = published("en")
    text = replace(text, text=replace(text.text, title="Report", title_is_editorial=True, dateline="[Tehran, 2016]"))
    column = office.column(text, PUBLISHER, ())
    shown = [
        (part.style, office._text(part.words)) for part in column.above if isinstance(part, office.StyledParagraph)
    ]
    assert ("Title", "[Report]") in shown
    [title, below, *_] = [part for parts in column.rows.values() for part in parts]
    assert (title.style, below.style) == ("Title", "Dateline")


def test_verse_without_room_has_its_halves_below_each_other():
    [verse, *_] = [
        part
        for part in office.column(whole("fa"), PUBLISHER, ()).parts
        if isinstance(part, office.CellGrid) and part.kind is Kind.VERSE
    ]
    assert [len(line) for line in verse.within(160).lines] == [2]
    assert [len(line) for line in verse.within(60).lines] == [1, 1]


def test_rows_meet_by_their_blocks():
    pair = office.pair(published("en"), PUBLISHER, ())
    assert all(len(original) == len(text) for original, text in pair.rows)
    assert len(pair.rows) == len({block.row for block in pair_text().blocks if block.kind is not Kind.NOTE}) + 2


def pair_text():
    return published("en").text
