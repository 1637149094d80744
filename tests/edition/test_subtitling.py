"""A translation is split over the time of its sentence: nothing lost, in order, times valid, lines short."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import subtitles
from pipeline.document.corrections import Corrections
from pipeline.document.formats import srt, vtt
from pipeline.edition import alignment, subtitling
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Kind, State, Unit
from pipeline.text.segment import split

MARKS = re.compile("[\u202b\u202c\u200f\u200e\u2060]|</?[biv][^>]*>")
TALK = """1
00:00:01,000 --> 00:00:03,500
<i>The dockers of three ports</i> have been

2
00:00:03,600 --> 00:00:06,000
on strike since Monday, and they ask.

3
00:00:06,100 --> 00:00:08,000
- Who pays?
- Nobody.
"""


def made(text, targets, lang="fa", state=State.TRANSLATED, *, is_vtt=False):
    """Return subtitles in which every sentence has the translation that `targets` gives of it."""
    document = (vtt if is_vtt else srt).read(text.encode(), "talk", SHIPPED["en"], Corrections())
    cues = subtitles.parse(text, "talk", is_vtt=is_vtt).cues
    sources = [p.source for row in alignment.build(document, {}).rows for p in row.passages]
    units = tuple(
        Unit("paragraph", one, targets(one), state if targets(one) else State.UNTRANSLATED) for one in sources
    )
    edition = alignment.build(document, {lang: Catalogue("talk", "en", lang, units)})
    joined = subtitles.joined(cues)
    found = subtitling.subtitled(cues, joined, edition.rows, SHIPPED["en"], SHIPPED[lang], is_vtt=is_vtt)
    return cues, found


def said(found):
    return " ".join(MARKS.sub("", line) for cue in found.cues for line in cue.lines)


def test_a_sentence_is_broken_behind_its_clause_and_each_voice_has_its_line():
    persian = {
        "*The dockers of three ports* have been on strike since Monday, and they ask.": "*باراندازان سه بندر* از دوشنبه در اعتصاب‌اند، و می‌پرسند.",
        "- Who pays?": "- چه کسی می‌پردازد؟",
        "- Nobody.": "- هیچ‌کس.",
    }
    _, found = made(TALK, persian.get)
    assert [MARKS.sub("", line) for cue in found.cues for line in cue.lines] == [
        "باراندازان سه بندر از دوشنبه",
        "در اعتصاب‌اند، و می‌پرسند.",
        "- چه کسی می‌پردازد؟",
        "- هیچ‌کس.",
    ]
    assert found.cues[0].lines[0] == "\u202b<i>باراندازان سه بندر</i> از دوشنبه\u202c" and not found.fast


def test_drafts_are_marked_and_what_has_no_translation_is_left_out():
    _, found = made(TALK, lambda source: "مسودّه" if "Who" in source else "", state=State.MACHINE)
    assert (found.missing, found.drafts) == (2, 1)
    assert [MARKS.sub("", line) for cue in found.cues for line in cue.lines] == ["[ترجمۀ\u00a0ماشینی] مسودّه"]


def test_what_is_too_fast_or_too_long_is_said_and_a_cue_takes_the_time_that_is_free():
    text = "1\n00:00:01,000 --> 00:00:02,000\nYes.\n\n2\n00:00:09,000 --> 00:00:10,000\nNo.\n"
    _, found = made(text, lambda source: "ab " * 30)
    assert found.cues[-1].end > 10_000 and not found.fast
    _, found = made(text.replace("00:00:09", "00:00:02"), lambda source: "ab " * 30)
    assert [start for start, _ in found.fast] == [1000] and "ab" in said(found)
    _, found = made(text, lambda source: "x" * 50)
    assert found.long == (1000, 9000)


@pytest.mark.parametrize("is_vtt", [False, True])
def test_a_translation_is_text_whatever_stands_in_it(is_vtt):
    text = "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\nYes.\n"
    text = text if is_vtt else text.replace("WEBVTT\n\n", "1\n")
    hostile = "<b>bold</b> {\\an8} 2\n\n00:00:05,000 --> 00:00:06,000 &lt;"
    _, found = made(text, lambda source: hostile, "fr", is_vtt=is_vtt)
    written = subtitles.vtt(found.cues) if is_vtt else subtitles.srt(found.cues)
    again = subtitles.parse(written, "a", is_vtt=is_vtt)
    read = " ".join(one.text.replace("\u2060", "") for cue in again.cues for one in cue.utterances)
    assert read == " ".join(hostile.split()) and not again.cues[0].utterances[0].marks


WORDS = st.lists(st.text("abc,.۱۲A ", min_size=1, max_size=50).filter(str.split), min_size=1, max_size=60)


@given(WORDS, st.lists(st.integers(1, 4000), min_size=1, max_size=12), st.sampled_from(["fa", "fr"]))
def test_nothing_is_lost_and_times_stay_in_order_for_any_text(words, times, lang):
    at, text = 1000, ""
    for number, time in enumerate(times, 1):
        start, end = (f"00:{t // 60000:02}:{t // 1000 % 60:02},{t % 1000:03}" for t in (at, at + time))
        text += f"{number}\n{start} --> {end}\nword{number}\n\n"
        at += time
    target = " ".join(words)
    cues, found = made(text, lambda source: target, lang)
    sentences = [
        part for one in subtitles.joined(cues) for part in split(one.block.text, SHIPPED["en"], Kind.PARAGRAPH)
    ]
    assert said(found).split() == target.split() * len(sentences)
    assert all(cue.start < cue.end for cue in found.cues)
    assert all(a.end <= b.start for a, b in pairwise(found.cues))
    for cue in found.cues:
        for line in cue.lines:
            plain = MARKS.sub("", line)
            assert plain and (len(plain) <= 42 or " " not in plain)


@pytest.mark.parametrize("lang", ["fa", "fr"])
def test_webvtt_keeps_voices_and_turns_lines_by_their_first_letter(lang):
    text = "WEBVTT\n\n00:01.000 --> 00:05.000 align:start\n<v Sara>Yes & no.\n"
    _, found = made(text, lambda source: "NATO & x", lang, is_vtt=True)
    assert found.cues[0].lines == (("\u200f" if lang == "fa" else "") + "<v Sara>NATO &amp; x</v>",)
    assert found.cues[0].settings == "align:start"
