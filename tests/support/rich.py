"""A document with every kind of block and mark, and its editions."""

from dataclasses import replace

from pipeline.catalogue import leverage
from pipeline.document.corrections import Corrections
from pipeline.document.formats import md
from pipeline.edition import alignment
from pipeline.languages import SHIPPED
from pipeline.model import LINE_BREAK, Block, Catalogue, Document, Edition, Kind, Mark, MarkKind, Meta, State
from tests.conftest import CASES


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

ENDS = {
    "fa": (
        block(Kind.VERSE, "دست‌های ما که نان را می‌پزد\tخود به نان شب نیازش می‌رسد\nشهر را از سنگ ساختیم\tسهم ما یک سقف لرزان بود"),
        block(Kind.SLOGAN, "زنده باد همبستگی!"), block(Kind.CONTACT, "شورای هماهنگی"), block(Kind.CONTACT, "info@example.org"),
        block(Kind.SIGNATURES, "رضا احمدی\tمریم کریمی\nدبیر\tخزانه‌دار"), block(Kind.DATE, "۱۵ خرداد ۱۴۰۳"),
    ),
    "en": (
        block(Kind.VERSE, "Our hands which bake the bread\tare in need of bread at night\nWe built the city out of stone\tour share was a trembling roof"),
        block(Kind.SLOGAN, "Long live solidarity!"), block(Kind.CONTACT, "Coordinating Council"), block(Kind.CONTACT, "info@example.org"),
        block(Kind.SIGNATURES, "Reza Ahmadi\tMaryam Karimi\nSecretary\tTreasurer"), block(Kind.DATE, "4 June 2024"),
    ),
    "fr": (
        block(Kind.VERSE, "Nos mains qui font le pain\tmanquent de pain le soir\nNous avons bâti la ville\tnotre part fut un toit qui tremble"),
        block(Kind.SLOGAN, "Vive la solidarité !"), block(Kind.CONTACT, "Conseil de coordination"), block(Kind.CONTACT, "info@example.org"),
        block(Kind.SIGNATURES, "Reza Ahmadi\tMaryam Karimi\nSecrétaire\tTrésorière"), block(Kind.DATE, "4 juin 2024"),
    ),
}  # fmt: skip
"""What ends the report in tests/cases/pages, which Markdown has no signs for."""


def report(*langs: str) -> Edition:
    """Return an edition of some pages with every kind of block, translated as people would."""
    made, *others = (_report(lang) for lang in ("fa", *langs))
    units = leverage.extract(made)
    catalogues = {
        lang: Catalogue(
            made.id, "fa", lang,
            tuple(
                replace(unit, target=theirs.source, state=State.REVIEWED)
                for unit, theirs in zip(units, leverage.extract(other), strict=True)
            ),
        )
        for lang, other in zip(langs, others, strict=True)
    }  # fmt: skip
    return alignment.build(made, catalogues)


def _report(lang: str) -> Document:
    content = (CASES / "pages" / f"every-kind.{lang}.md").read_bytes()
    read = md.read(content, "report", SHIPPED[lang], Corrections())
    notes = [one for one in read.blocks if one.kind is Kind.NOTE]
    text = [one for one in read.blocks if one.kind is not Kind.NOTE]
    return replace(read, blocks=(*text, *ENDS[lang], *notes))


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
