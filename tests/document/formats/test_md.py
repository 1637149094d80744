import pytest

from pipeline.document.corrections import parse
from pipeline.document.formats import md
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED
from pipeline.model import Kind, Meta
from tests.support import pandoc

PROSE = "این جمله‌ای است که به پایان می‌رسد."


def read(text: str | bytes, toml: str = ""):
    content = text if isinstance(text, bytes) else text.encode()
    return md.read(content, "d", SHIPPED["fa"], parse(toml.encode(), "d.toml", SHIPPED))


def test_what_pandoc_reads_is_read_alike():
    document = read(pandoc.TEXT)
    kinds, depths, heads = pandoc.SHAPE
    expected = [kind for kind in kinds if kind is not Kind.SUBTITLE]  # of the fields before the text, which says so
    expected.remove(Kind.HEADING)
    assert pandoc.shape(document) == (expected, depths, heads)
    assert pandoc.marks(document) == pandoc.MARKS


@pytest.mark.parametrize(
    ("front", "meta", "said"),
    [
        ("---\ntitle: بیانیه\norganisation: 'شورا'\ndate: 2022-08-03\n---\n", Meta("بیانیه", "شورا", "2022-08-03"), ""),
        ('---\r\ntitle: "بیانیه: یک"\r\ntags: [الف, ب]\r\nlayout: post\r\n...\r\n', Meta("بیانیه: یک"), "tags, layout"),
        ("---\nauthors: [سارا, رضا]\nlang: ar\n---\n", Meta(), "another language (ar)"),
        ('+++\ntitle = "بیانیه"\ndate = 2022-08-03\nx = [1]\n+++\n', Meta("بیانیه", "", "2022-08-03"), ""),
        ("---\n\n---\n", Meta(), ""),
        ("\ufeff---\ntitle: بیانیه\n---\n", Meta("بیانیه"), ""),
        ("---\ntitle: >-\n  بیانیهٔ\n  ما\nnote: |\n  یک\n---\n", Meta("بیانیهٔ ما"), "not read: note"),
        ("---\n# یک\ntags:\n- الف\n  - ب\nx: [\n]\n---\n", Meta(), "not read: tags, x"),
    ],
)  # fmt: skip
def test_the_fields_before_a_text_are_its_metadata(front, meta, said):
    document = read(f"{front}\n{PROSE}\n\n{PROSE}\n")
    assert document.meta == meta
    assert [block.text for block in document.blocks] == [PROSE, PROSE]
    assert said in " ".join(document.remarks)


def test_the_editor_goes_before_the_fields():
    assert read(f"---\ntitle: x\n---\n{PROSE}", 'title = "بیانیه"').meta.editorial_title == "بیانیه"


@pytest.mark.parametrize("text", [f"---\n{PROSE}", f"{PROSE}\n\n---\ntitle: x\n---\n{PROSE}"])
def test_a_rule_is_no_beginning_of_fields(text):
    document = read(text)
    assert document.meta == Meta() and document.blocks[-1].text == PROSE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# عنوان {#id .class}\n\nمتن", ["عنوان", "متن"]),
        ("یک <b>دو</b> <script>x</script>", ["یک دو"]),
        ("یک \\*دو\\* a_b_c", ["یک *دو* a_b_c"]),
        ("[متن]{dir=rtl} و {1} و [2]", ["متن و {1} و [2]"]),
        ("یک\\\nدو  \nسه", ["یک\u2028دو\u2028سه"]),
        ("یک ~~دو~~ سه", ["یک دو سه"]),
    ],
)
def test_signs_of_markdown_are_signs_and_others_are_text(text, shown):
    assert [block.text for block in read(text).blocks] == shown


def test_notes_stand_at_the_end_under_their_numbers():
    document = read(f"گفته[^الف] و^[درون متن] پایان.\n\n[^الف]: یادداشت.\n\n    بند دوم.\n\n{PROSE}")
    assert [(block.marker, block.text) for block in document.blocks[2:]] == [
        ("1", "یادداشت.\u2028بند دوم."),
        ("2", "درون متن"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "d.md: the document is empty"),
        (f"{PROSE}\n<<<<<<< HEAD\n{PROSE}\n=======\n>>>>>>> x\n", "d.md:2: a merge conflict"),
        (f"{PROSE}\n\n{'a' * 50_001}", "d.md:3: a line of more than 50,000 characters"),
        ("\n" * 200_001, "d.md: more than 200,000 lines"),
        (PROSE.encode()[:40] + b"\xff" + PROSE.encode()[40:], "d.md: byte 40: not valid UTF-8"),
        ("**a** b\n" * 150_001, "d.md: more than 300,000 elements; divide it"),
        (b" " * (md.MOST_BYTES + 1), "d.md: larger than 10,000,000 bytes"),
        ("|" + "a|" * 2000 + "\n|" + "-|" * 2000 + "\n|x|\n", "d.md: a table of 1 rows and 2,000 columns"),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_remedy(text, said):
    with pytest.raises(DocumentError, match=said):
        read(text)


def test_windows_1256_is_read_and_said():
    document = read("# بيانيه\n\nمعلمان زنداني را آزاد كنيد.".encode("windows-1256"))
    assert document.blocks[0].text == "بيانيه" and document.remarks == ("d.md: read as windows-1256",)


def test_what_is_deeply_nested_is_read_or_refused_never_left_out():
    def nested(depth: int) -> str:
        return "".join(f"{'  ' * level}- {PROSE}\n" for level in range(depth))

    assert sum(block.kind is Kind.LIST_ITEM for block in read(nested(25)).blocks) == 25
    assert PROSE in {block.text for block in read(f"{'>' * 50} {PROSE}").blocks}
    for text in (nested(200), f"{'>' * 2000} {PROSE}"):
        with pytest.raises(DocumentError, match="too deep"):
            read(text)


def test_brackets_by_the_thousand_in_one_paragraph_are_refused_and_in_many_they_are_read():
    with pytest.raises(DocumentError, match="brackets in one paragraph"):
        read("![" * 10_000)
    blocks = read("[۱] [۲] [۳]\n\n" * 4_000).blocks
    assert len(blocks) == 4_000


@pytest.mark.parametrize("quoted", ["> ---\nx\n", "> > ---\n> x\n", "- a\n  > ---\n  x\n"])
def test_quotations_that_begin_in_every_other_line_are_refused_and_a_long_one_is_read(quoted):
    with pytest.raises(DocumentError, match="quotations without an empty line"):
        read(quoted * 5_000)
    assert read(f"{PROSE}\n\n" + "> نان\n" * 3_000).blocks
    assert len(read(f"> {PROSE}\n\n{PROSE}\n\n" * 1_000).blocks) == 2_000


def test_letters_inside_an_item_are_items():
    blocks = read(f"{PROSE}\n\n1) نان\n2) کار:\n\n   الف) نوشتن؛\n\n   ب) گفتن.\n").blocks
    assert [block.marker for block in blocks if block.kind is Kind.LIST_ITEM] == ["1.", "2.", "الف)", "ب)"]


@pytest.mark.parametrize("rule", ["---", "+++"])
@pytest.mark.parametrize(
    "between",
    [
        PROSE,
        f"\n# بیانیه\n\n{PROSE}\n",
        f"Note: {PROSE}\n{PROSE}",
        f"تاریخ: ۱۲ مهر\n\n{PROSE}",
        f"title: x\n\n{PROSE}",
        "x = " + "1" * 5000 + f"\n{PROSE}",
    ],
)
def test_a_text_between_two_rules_at_the_beginning_is_read(rule, between):
    text = "\n".join(block.text for block in read(f"{rule}\n{between}\n{rule}\n\nپایان.\n").blocks)
    assert "پایان." in text
    assert all(word in text for word in between.replace("#", "").split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("یک[^1].\n\n[^1]: الف\n[^دو]: ب\n", ["notes that are not read, since nothing refers to them: دو"]),
        (
            "یک[^1] دو[^1].\n\n[^1]: الف\n\n> [^1]: ب\n",
            ["of notes with the same marker only the last is read; give each its own: 1"],
        ),
        ("یک[^1] دو[^2].\n\n[^1]: الف[^2]\n[^2]: ب\n", []),
        ("|یک|دو|\n|-|-|\n|۱|۲|سه|چهار|\n|۱|۲|\n", ["line 5: cells without a head, which are not read: «سه چهار»"]),
        ("> یک | دو\n> -|-\n> ۱ | ۲\n> ۱ \\| ۲ | ۳\n", []),
        ("> یک | دو\n> -|-\n> ۱ | ۲ | سه\n", ["line 5: cells without a head, which are not read: «سه»"]),
    ],
)
def test_what_markdown_leaves_out_is_said(text, said):
    assert [remark.removeprefix("d.md: ") for remark in read(f"{PROSE}\n\n{text}").remarks] == said


@pytest.mark.parametrize(
    "link",
    ["[گزارش](file:///home/reza/x.md)", "[گزارش][1]\n\n[1]: file:///C:/Users/reza/x.docx", "[گزارش](data:text/plain,reza)",
     "[گزارش](javascript:reza)", "![گزارش](file:///home/reza/x.png)"],
)  # fmt: skip
def test_a_link_to_a_file_of_somebodys_machine_is_its_words_alone(link):
    """Notes and word processors write such links, with the name of whose machine it is."""
    document = read(f"# عنوان\n\nاین {link}\n")
    told = " ".join(block.text for block in document.blocks)
    assert "reza" not in told and "گزارش" in told and "](" not in told and document.remarks


def test_turns_of_a_talk_that_markdown_takes_for_addresses_are_told_of_and_addresses_are_not():
    """«[Sara]: Yes» says where a link leads that is called «Sara»."""
    talk = "[Sara]: Salam\n[Reza]: Yes!\n[Sara]: Goodbye\n\n[//]: # (to myself)\n[a]: <> (to myself)\n[b]: https://a.example/\n[c]: c.html\n"
    document = read(f"# A talk\n\n{talk}\nThis is a sentence that [leads][d] somewhere else.\n\n[d]: there\n")
    (remark,) = (one for one in document.remarks if "no link leads there" in one)
    assert "«[Sara]: Salam [Reza]: Yes! [Sara]: Goodbye»" in remark
    assert not any("no link leads there" in one for one in read("# A\n\n\\[Sara]: Salam\n").remarks)
