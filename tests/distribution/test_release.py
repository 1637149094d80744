"""What is known of a text when it leaves, from the edition it is printed from."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalogue import po
from pipeline.distribution.release import original, release, text, text_sha256
from pipeline.edition import alignment
from pipeline.model import Catalogue, Edition, Permission, Provenance, State
from pipeline.workspace import config, reading
from tests.conftest import ROOT

NAME = "seventh-congress-international-relations"


@pytest.fixture(scope="module")
def shipped():
    """A document with its reviewed English translation."""
    settings = config.read(ROOT)
    document = reading.read(settings, settings.seeds / f"{NAME}.txt")
    catalogue = po.read(settings.translations / "en" / f"{NAME}.po", NAME, "fa", "en")
    units = tuple(replace(unit, state=State.REVIEWED, origin="") for unit in catalogue.units)
    return document, replace(catalogue, units=units)


def edition(shipped, *units, issuer=None, topics=()) -> Edition:
    """The edition with some units in the place of the first ones."""
    document, catalogue = shipped
    meta = document.meta if issuer is None else replace(document.meta, issuer=issuer)
    changed: Catalogue = replace(catalogue, units=(*units, *catalogue.units[len(units) :]))
    return alignment.build(replace(document, meta=replace(meta, topics=topics)), {"en": changed})


def made(edition, lang="en", po=b"po", files=None, *, is_draft=False):
    return release(edition, lang, po, files or {}, is_draft=is_draft)


def test_sentences_are_counted_once_and_those_reviewed_among_them(shipped):
    one, two, three, *_ = shipped[1].units
    whole = made(edition(shipped))
    assert whole.units == whole.reviewed > 3
    some = made(edition(shipped, replace(one, state=State.DOUBT), replace(two, state=State.MACHINE), three))
    assert (some.units, some.reviewed) == (whole.units, whole.units - 2)
    assert (made(edition(shipped), "fa").units, made(edition(shipped), "fa").engines) == (0, ())


def test_engines_that_had_a_part_are_named_once_each_in_order(shipped):
    one, two, three, *_ = shipped[1].units
    origins = ("machine: opus 2 [0123456789abcdef]", "machine: argos 1", "machine: opus 2")
    changed = [replace(unit, origin=origin) for unit, origin in zip((one, two, three), origins, strict=True)]
    assert made(edition(shipped, *changed)).engines == ("argos 1", "opus 2")
    assert made(edition(shipped)).engines == ()


def test_a_title_is_told_in_the_languages_in_which_it_is_reviewed(shipped):
    title = edition(shipped).title
    assert made(edition(shipped)).titles == {"fa": " ".join(title.source.split()), "en": title.units["en"].target}
    doubtful = [replace(unit, state=State.DOUBT) for unit in shipped[1].units]
    assert made(edition(shipped, *doubtful)).titles == {"fa": " ".join(title.source.split())}


def test_an_issuer_is_told_only_where_there_is_one(shipped):
    assert made(edition(shipped, issuer="")).issuer == {}
    assert made(edition(shipped, issuer="شورای\n همکاری")).issuer["fa"] == "شورای همکاری"


def test_it_carries_what_the_document_says_of_itself(shipped):
    document, _ = shipped
    files = {"po": Path("x.po"), "parallel": Path("x.pdf")}
    leaving = made(edition(shipped, topics=("labour",)), files=files, is_draft=True)
    assert leaving.key == (NAME, "en") and leaving.source_lang == "fa" and leaving.is_draft
    assert (leaving.source_sha256, leaving.date, leaving.topics) == (document.sha256, document.meta.date, ("labour",))
    assert leaving.po_sha256 == hashlib.sha256(b"po").hexdigest() and list(leaving.files) == ["parallel", "po"]
    assert made(edition(shipped), "fa", b"").po_sha256 == ""
    assert (
        leaving.text_sha256 == text_sha256(edition(shipped), "en", is_draft=True) != made(edition(shipped)).text_sha256
    )


def test_another_picture_is_another_text_and_no_picture_changes_nothing(shipped):
    """Otherwise nobody would get the one with a face made unrecognisable."""
    document, catalogue = shipped

    def told(picture: str) -> str:
        first, *others = document.blocks
        blocks = (replace(first, picture=picture), *others)
        return text_sha256(alignment.build(replace(document, blocks=blocks), {"en": catalogue}), "en", is_draft=False)

    assert told("") == text_sha256(edition(shipped), "en", is_draft=False)
    assert len({told(""), told("aa" * 32), told("bb" * 32)}) == 3


def test_another_printed_note_is_another_text_and_a_comment_is_not(shipped):
    """Otherwise nobody who has a note that names somebody would get the text without it."""
    one = shipped[1].units[0]

    def told(*notes: str) -> str:
        return text_sha256(edition(shipped, replace(one, notes=notes)), "en", is_draft=False)

    assert told("read: sara", "Reza told me") == told()
    assert len({told(), told("note: Reza told us."), told("note: It is said.")}) == 3


def test_where_a_text_comes_from_is_part_of_it_as_far_as_it_is_printed(shipped):
    """Otherwise nobody who has an address or an origin that names somebody would get the text without it."""
    one = edition(shipped, shipped[1].units[0])

    def told(address: str = "", **origins: str) -> str:
        meta = replace(one.document.meta, provenance=Provenance(address, Permission.GRANTED))
        return text_sha256(
            replace(one, document=replace(one.document, meta=meta), origins=origins), "en", is_draft=False
        )

    assert told() == text_sha256(replace(one, origins={}), "en", is_draft=False) == told(fr="Reza")
    assert len({told(), told("https://a.example/1"), told("https://a.example/2"), told(en="Reza")}) == 4


def test_an_original_is_told_from_its_translation_whatever_origin_that_states(shipped):
    one = edition(shipped, shipped[1].units[0])

    def stated(lang: str, *, place: str = "", **origins: str) -> str:
        document = replace(one.document, meta=replace(one.document.meta, place=place))
        return text(replace(one, document=document, origins=origins), lang, is_draft=False)

    assert original(stated("en"), "fa", "") == stated("fa")
    assert original(stated("en", place="Tehran", en="Reza"), "fa", "Reza") == stated("fa", place="Tehran")
    assert original(stated("en", place="Reza"), "fa", "") == stated("fa", place="Reza")
