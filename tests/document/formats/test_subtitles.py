"""Subtitles as documents: their encodings, and what is refused."""

import codecs

import pytest

from pipeline.document import formats
from pipeline.document.corrections import Corrections, parse
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED

CUE = "1\r\n00:00:01,000 --> 00:00:03,500\r\nکارگران بندر از دوشنبه\r\nدر اعتصاب‌اند.\r\n"
SAID = "کارگران بندر از دوشنبه در اعتصاب‌اند."


def read(content, name="talk.srt", stated=None):
    return formats.read(content, name, SHIPPED["fa"], stated or Corrections())


def test_every_encoding_in_which_subtitles_are_sent():
    old = CUE.replace("ی", "ي").replace("ک", "ك")
    for content in (CUE.encode(), CUE.encode("utf-8-sig"), codecs.BOM_UTF16_LE + CUE.encode("utf-16-le")):
        assert [block.text for block in read(content).blocks] == [SAID]
    document = read(old.encode("windows-1256"))
    assert document.remarks == ("talk.srt: read as windows-1256",) and document.blocks[0].text.endswith("اعتصاب‌اند.")


def test_a_webvtt_file_is_told_by_its_first_line():
    assert read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{SAID}\n".encode(), "talk.vtt").blocks[0].text == SAID
    with pytest.raises(DocumentError, match=r"talk.vtt:1: not the first line"):
        read(CUE.encode(), "talk.vtt")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "talk.srt: the document is empty"),
        (CUE.replace("کارگران", "\x07").encode(), "talk.srt:3: control character U\\+0007"),
        (b"1\n00:00:01,000 --> 00:00:03,500\n" + b"x " * 30_000, "talk.srt:3: a cue of more than 50,000"),
        (b"\xff\x80\x00\x01" * 9, "talk.srt: "),
        (b"x\n" * 200_002, "talk.srt: more than 200,000 lines"),
        (b"1\n00:00:01,000 --> 00:00:03,500\n\n", "talk.srt: the document is empty"),
    ],
)
def test_what_is_refused(content, message):
    with pytest.raises(DocumentError, match=message):
        read(content)


def test_blocks_that_an_editor_states_are_refused():
    stated = parse(b'[[block]]\nkind = "heading"\nlines = [3, 3]\n', "talk.toml", ())
    with pytest.raises(DocumentError, match="take out"):
        read(CUE.encode(), stated=stated)
