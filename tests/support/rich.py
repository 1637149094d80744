"""A document with every kind of block and mark, and its editions."""

from dataclasses import replace

from pipeline.catalogue import leverage
from pipeline.edition import alignment
from pipeline.languages import SHIPPED
from pipeline.model import LINE_BREAK, Block, Catalogue, Document, Edition, Kind, Mark, MarkKind, Meta, State


def block(kind: Kind, text: str, *marks: tuple[str, MarkKind, str], **fields) -> Block:
    """Return a block whose marks are given by the words they lie over, or behind which they stand."""
    found = []
    for words, mark, value in marks:
        start = text.index(words)
        end = start + len(words)
        place = end if mark in (MarkKind.NOTE, MarkKind.IMAGE) else start
        found.append(Mark(place, place if mark in (MarkKind.NOTE, MarkKind.IMAGE) else end, mark, value))
    return Block(kind, text, 1, 1, marks=tuple(found), **fields)


BLOCKS = (
    block(Kind.TITLE, "گزارش سال", level=1),
    block(Kind.HEADING, "ماده ۱ کارگران", level=2),
    block(Kind.HEADING, "بخش دوم", level=3),
    block(
        Kind.PARAGRAPH,
        "این متن مهم و نو در نشانی ما است. آب H2O و مساحت ۱۰m2 و کد run() هست.",
        ("مهم", MarkKind.STRONG, ""), ("نو", MarkKind.EMPHASIS, ""), ("نشانی ما", MarkKind.LINK, "https://example.org/a"),
        ("است.", MarkKind.NOTE, "۱"), ("2O", MarkKind.SUBSCRIPT, ""), ("2 ", MarkKind.SUPERSCRIPT, ""), ("run()", MarkKind.CODE, ""),
    ),
    block(Kind.PARAGRAPH, f"خیابان یک{LINE_BREAK}شهر دو", (LINE_BREAK, MarkKind.BREAK, "")),
    block(Kind.LIST_ITEM, "مورد نخست", marker="۱-", ordinal=1, depth=1),
    block(Kind.LIST_ITEM, "مورد درونی", ("درونی", MarkKind.STRONG, ""), marker="•", depth=2),
    block(Kind.LIST_ITEM, "مورد درونی‌تر", marker="•", depth=3),
    block(Kind.LIST_ITEM, "مورد دوم", marker="۲-", ordinal=2, depth=1),
    block(Kind.CAPTION, "جدول ۱: شهرها"),
    block(
        Kind.TABLE, "شهر\tشمار کارگران\tیادداشت\nتهران\t۱۲\t\nاهواز\t۳۴\tاین یادداشت بلندتر از دیگران است",
        ("یادداشت", MarkKind.NOTE, "۲"), header_rows=1,
    ),
    block(Kind.VERSE, "مصراع نخست این است\tمصراع دوم این است\nمصراع سوم این است\tمصراع چهارم این است"),
    block(Kind.IMAGE, "عکس یک راه‌پیمایی"),
    block(Kind.SIGNATURES, "رضا احمدی\tمریم کریمی\nدبیر\tخزانه‌دار"),
    block(Kind.NOTE, "یادداشت نخست با نشانی.", ("نشانی", MarkKind.LINK, "https://example.org/b"), marker="۱"),
    block(Kind.NOTE, "یادداشت دوم.", marker="۲"),
)  # fmt: skip

LATIN = str.maketrans(
    dict(zip("آابپتجچخدذرزسشصضعفقکگلمنوهیءئطظثحژ", "aabptjckdzrzscszefqkglmnvhieeIzshj", strict=False))
)


def document(*blocks: Block) -> Document:
    return Document("report", SHIPPED["fa"], Meta(issuer="شورا"), blocks or BLOCKS, "ab" * 32, counted="paragraph")


def edition(*langs: str, blocks: tuple[Block, ...] = (), state: State = State.REVIEWED) -> Edition:
    """Return an edition whose translations are the sources in Latin letters, with the same signs."""
    made = document(*blocks)
    units = tuple(replace(unit, target=unit.source.translate(LATIN), state=state) for unit in leverage.extract(made))
    return alignment.build(made, {lang: Catalogue("report", "fa", lang, units) for lang in langs or ("en",)})
