"""Cues are read as they are found, and joined to what is said; what is written is read again as the same."""

import pytest

from pipeline.document import subtitles
from pipeline.document.subtitles import CueText
from pipeline.errors import DocumentError

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>The dockers of three ports</i> have been
on strike since

2
00:00:03,600 --> 00:00:06,000
Monday. They ask

3
00:00:06,000 --> 00:00:07,000 X1:1 X2:2
{\\an8}LONDON, 1926

4
00:00:06,100 --> 00:00:08,000
for help.

5
00:00:20,000 --> 00:00:22,000
- Who pays?
- Nobody.
"""


def texts(text, *, is_vtt=False):
    return [one.block.text for one in subtitles.joined(subtitles.parse(text, "a", is_vtt=is_vtt).cues)]


def test_a_sentence_goes_on_from_cue_to_cue_and_past_a_sign():
    said = ["The dockers of three ports have been on strike since Monday. They ask for help.", "LONDON, 1926"]
    assert texts(SRT) == [*said, "- Who pays?", "- Nobody."]
    for ends in ("\r\n", "\r"):
        assert texts("\ufeff" + SRT.replace("\n", ends)) == texts(SRT)
    first = subtitles.joined(subtitles.parse(SRT, "a", is_vtt=False).cues)[0]
    assert [first.block.text[one.start : one.end] for one in first.pieces][1:] == ["Monday. They ask", "for help."]
    assert (first.block.first, first.block.last, first.block.marks[0].end) == (3, 16, 26)


@pytest.mark.parametrize(
    ("first", "second", "more", "is_joined"),
    [
        ("", " line:0", "have been on strike.", True),
        (" line:0", "", "have been on strike.", True),
        (" line:0", " line:90%", "have been on strike.", False),
        ("", " line:0", "LONDON", False),
    ],
)
def test_a_sentence_goes_on_in_a_cue_of_which_alone_the_place_is_stated(first, second, more, is_joined):
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000{first}\nThe dockers\n\n00:02.000 --> 00:03.000{second}\n{more}\n"
    said = ["The dockers", more]
    assert texts(text, is_vtt=True) == ([" ".join(said)] if is_joined else said)
    assert [cue.settings for cue in subtitles.parse(text, "a", is_vtt=True).cues] == [first.strip(), second.strip()]


def test_a_sentence_does_not_go_on_at_another_place_past_a_cue_without_any():
    times = ["00:01.000 --> 00:02.000 line:0", "00:02.000 --> 00:03.000", "00:03.000 --> 00:04.000 line:90%"]
    text = "WEBVTT\n\n" + "\n\n".join(f"{time}\nthe dockers" for time in times)
    assert texts(text, is_vtt=True) == ["the dockers the dockers", "the dockers"]


def test_notes_styles_voices_names_of_cues_and_entities_of_webvtt():
    text = "WEBVTT - x\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE secret --\n\nid1\n00:01.000 --> 00:02.000 line:0\n"
    text += "<v.loud Sara M>Hello &amp; <c.x>good</c> day,\n<v Bob>No.\n\n00:03.000 --> 00:04.000\nnext\n\nrest\n"
    found = subtitles.parse(text, "a.vtt", is_vtt=True)
    assert found.styles == ("STYLE\n::cue { color: red }",) and found.cues[0].settings == "line:0"
    assert [(one.voice, one.text) for one in found.cues[0].utterances] == [
        ("Sara M", "Hello & good day,"),
        ("Bob", "No."),
    ]
    assert found.remarks == (
        "a.vtt: 1 note in it, which is left out",
        "a.vtt:17: lines outside a cue, which are not read",
    )


def test_any_name_or_number_of_a_character_in_webvtt_is_that_character():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nDon&#39;t say &quot;no&quot;&hellip; AT&T&#10;here\n"
    assert texts(text, is_vtt=True) == ['Don\'t say "no"… AT&T here']


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\n00:00:05,000 --> 00:00:04,000\nx\n", "a:2: a cue that ends before it begins"),
        ("1\n00:00:01,000 --> 00:00:04\nx\n", "a:2: not the times of a cue"),
        ("1\nhello\n", "a: no subtitles; a cue has a line such as"),
    ],
)
def test_a_fault_is_named_with_its_line(text, message):
    with pytest.raises(DocumentError, match=message):
        subtitles.parse(text, "a", is_vtt=False)


def test_cues_out_of_order_are_sorted_with_a_remark_and_empty_ones_are_none():
    text = "2\n0:0:05,0 --> 0:0:06,0\nb.\n\n1\n00:00:01.5 --> 00:00:02.5\na.\n\n\n3\n00:00:07,000 --> 00:00:08,000\n\n"
    text = text.replace("0:0:05,0 --> 0:0:06,0", "0:00:05,0 --> 0:00:06,0")
    found = subtitles.parse(text, "a", is_vtt=False)
    assert [cue.start for cue in found.cues] == [1500, 5000] and "not in the order" in found.remarks[0]


@pytest.mark.parametrize("is_vtt", [False, True])
def test_what_is_written_is_read_again_as_the_same(is_vtt):
    cues = [
        CueText(1000, 2500, ("a &lt; b" if is_vtt else "a < b", "c")),
        CueText(3_600_000, 3_700_001, ("2026",), "line:0"),
    ]
    text = subtitles.vtt(cues, ("STYLE\nx",), "draft") if is_vtt else subtitles.srt(cues)
    found = subtitles.parse(text, "a", is_vtt=is_vtt)
    assert [(cue.start, cue.end, cue.settings) for cue in found.cues] == [
        (1000, 2500, ""),
        (3_600_000, 3_700_001, "line:0"),
    ]
    assert [cue.utterances[0].text for cue in found.cues] == ["a < b c", "2026"]


def test_speech_without_full_stops_does_not_become_one_paragraph():
    text = "".join(
        f"{n}\n00:{n // 60:02}:{n % 60:02},000 --> 00:{n // 60:02}:{n % 60:02},900\nword word word\n\n"
        for n in range(600)
    )
    assert max(map(len, texts(text))) < 2_000


@pytest.mark.parametrize(
    "style",
    [
        "::cue { background: url(https://elsewhere.example/x) }", "@import 'https://elsewhere.example/x';", "::cue { x: \\75rl(//elsewhere) }",
        "::cue { background: u/**/rl(//elsewhere) }", "::cue { background: IMAGE-SET('//elsewhere' 1x) }", "/* all by elsewhere",
    ],
)  # fmt: skip
def test_a_style_sheet_that_fetches_or_is_none_is_left_out(style):
    found = subtitles.parse(f"WEBVTT\n\nSTYLE\n{style}\n\n00:01.000 --> 00:02.000\nA.\n", "x", is_vtt=True)
    assert found.styles == () and "left out" in found.remarks[0]


def test_nobody_is_named_by_what_stands_beside_the_words():
    found = subtitles.parse(
        "WEBVTT\n\nSTYLE\n/* by Reza */\n::cue { color: red /* of\nReza */ }\n\nREGION\nid:r width:40%\nmade by Reza\n\n"
        "00:01.000 --> 00:02.000 line:0 by Reza region:r\nA.\n",
        "x",
        is_vtt=True,
    )
    assert found.styles == ("STYLE\n::cue { color: red  }", "REGION\nid:r1 width:40%")
    assert found.cues[0].settings == "line:0 region:r1"
    sheet = (
        '::cue(#by-reza), ::cue(v[voice="Reza"]), ::cue(.reza) { color: red }\n'
        "::cue(v[voice='Sara']), ::cue( b ), ::cue(v[voice='Reza, R.']) { color: blue }\n::cue-region(#reza) { color: red }\n"
    )
    text = f"WEBVTT\n\nSTYLE\n{sheet}\n00:01.000 --> 00:02.000 region:reza\n<v Sara>A.\n"
    named = subtitles.parse(text, "x", is_vtt=True)
    assert named.styles == ("STYLE\n::cue(v[voice='Sara']), ::cue( b ) { color: blue }",)
    assert named.cues[0].settings == ""
    srt = subtitles.parse("1\n00:00:01,000 --> 00:00:02,000 X1:1 X2:2 by Reza\nA.\n", "x", is_vtt=False)
    assert srt.cues[0].settings == "X1:1 X2:2"


def test_of_cues_without_numbers_a_last_line_of_figures_is_text():
    text = "00:01.000 --> 00:02.000\nIt began in\n1979\n00:03.000 --> 00:04.000\nand ended.\n00:05.000 --> 00:06.000\nNo.\n"
    assert texts(text) == ["It began in 1979 and ended. No."]
    numbered = text.replace("00:03", "2\n00:03").replace("00:05", "3\n00:05")
    assert texts("1\n" + numbered) == texts(text)


def test_numbers_are_no_text_where_a_wrong_end_of_lines_puts_blank_lines_between():
    assert texts(SRT.replace("\n", "\r\r\n")) == texts(SRT)
    two = "1\n00:01.000 --> 00:02.000\nIt began\n\n2\n00:03.000 --> 00:04.000\nand ended.\n"
    assert texts(two.replace("\n", "\n\n")) == texts(two) == ["It began and ended."]


def test_words_that_count_on_are_no_numbers_where_the_first_has_none():
    rows = (f"00:0{n}.000 --> 00:0{n}.500\n{n}\n\n" for n in range(1, 6))
    assert texts("".join(rows)) == ["1 2 3 4 5"]


def test_all_lines_outside_of_cues_are_named():
    text = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n}.500\nnext\n\nrest\n\n" for n in range(6))
    said = subtitles.parse(text, "a.vtt", is_vtt=True).remarks
    assert said[2:] == (
        "a.vtt:16: lines outside a cue, which are not read",
        "a.vtt: lines outside a cue, which are not read, at 3 more places: 21, 26, 31",
    )
