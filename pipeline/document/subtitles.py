"""Subtitles, SubRip (.srt) and WebVTT (W3C): cues → running text by sentences, and cues as they are written.

A speaker's cues are joined until a pause, so that a sentence over several of them is one. `Joined` knows which
characters come from which cue: by that a translation finds its way back.
"""

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.errors import DocumentError
from pipeline.languages.capitals import is_small
from pipeline.limits import MOST_IN_A_PARAGRAPH
from pipeline.model import Block, Kind, Mark, MarkKind
from pipeline.text import stops

PAUSE, LONG_PAUSE = 2_000, 4_000
"""Milliseconds behind a finished sentence, or in one, after which a new paragraph begins."""

LONG, LONGEST = 600, 1_500
"""Characters after which a paragraph ends with a sentence, or at once: speech without full stops has no other end."""

_TIME = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{2})[.,]([0-9]{1,3})"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t]+(\S.*))?[ \t]*")
_LIKE_TIMES = re.compile(r"[ \t]*[0-9][0-9:., ]*-->|[ \t]*-->[ \t]*[0-9]")
_LINES = re.compile(r"\r\n|\r|\n")
_NUMBER = re.compile("[0-9]{1,9}")
_TAG = re.compile(
    r"<(/?)(b|i|u|s|font|c|v|lang|ruby|rt)((?:[.\s][^<>]{0,300})?)>|<[0-9:.]{5,20}>|\{\\(an?[0-9]{1,2})?[^{}]{0,100}\}",
    re.IGNORECASE,
)
_STYLES = {"b": MarkKind.STRONG, "i": MarkKind.EMPHASIS}
_EDGES = " \t\u00a0\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DASH = re.compile(r"[-–—‐][ \t]?\S")
_VOICE = re.compile(r"<v[.\s]", re.IGNORECASE)
_FINISHED = re.compile(rf"""[{stops.ENDS}…]["'»”’」』）)\]♪]{{0,3}}\Z""")
_ENDS_OF_LINES = re.compile("[\n\r\t\f\v\x1c-\x1f\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says in a cue; `line` is the first of its lines in the file, `last` the last."""

    text: str
    marks: tuple[Mark, ...]
    voice: str
    line: int
    last: int


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from `start` to `end` (milliseconds); `settings` and `position` say where, as in the file."""

    start: int
    end: int
    utterances: tuple[Utterance, ...]
    settings: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The characters of a text that a cue has: from `start` up to `end`, in the cue of that `number`."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Joined:
    """A paragraph of what a voice says, and which cue has which part of it."""

    block: Block
    pieces: tuple[Spoken, ...]
    voice: str


@dataclass(frozen=True, slots=True)
class Subtitles:
    """The cues of a file in the order of their times; `styles` are blocks of a WebVTT file on its looks."""

    cues: tuple[Cue, ...]
    styles: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def parse(text: str, name: str, *, is_vtt: bool) -> Subtitles:
    """Return the cues of a file; raise DocumentError with the line of a time that is none, or when it has no cue."""
    lines = _LINES.split(text.removeprefix("\ufeff"))
    if is_vtt and not re.match(r"WEBVTT(?:[ \t]|\Z)", lines[0]):
        raise DocumentError(f"{name}:1: not the first line of a WebVTT file; write: WEBVTT")
    starts = list(_starts(lines, name))
    if not starts:
        raise DocumentError(
            f"{name}: no subtitles; a cue has a line such as: {_time(1000, '.' if is_vtt else ',')} --> …"
        )
    bounds = [at for at, *_ in starts] + [len(lines)]
    cues, others, order = [], list[tuple[int, list[str]]](), [start for _, start, *_ in starts]
    others += _others(lines, 1 if is_vtt else 0, bounds[0])
    numbers = set() if is_vtt else _numbers(lines, bounds[:-1])
    for (at, start, end, settings), until in zip(starts, bounds[1:], strict=True):
        body_end = _body_end(lines, at + 1, until, numbers, is_vtt=is_vtt)
        others += _others(lines, body_end, until) if is_vtt else []
        cues.append(_cue(lines, at + 1, body_end, (start, end, settings), is_vtt=is_vtt))
    remarks = (
        [f"{name}: the cues are not in the order of their times; they are read in it"] if order != sorted(order) else []
    )
    styles, told = _sorted_out(others, name, is_vtt=is_vtt)
    ordered = sorted((cue for cue in cues if cue.utterances), key=lambda cue: cue.start)
    return _nameless(Subtitles(tuple(ordered), styles, (*remarks, *told)))


def _starts(lines: Sequence[str], name: str) -> Iterator[tuple[int, int, int, str]]:
    for at, line in enumerate(lines):
        if "-->" not in line:
            continue
        if not (form := _TIMES.fullmatch(line)):
            if _LIKE_TIMES.match(line):
                raise DocumentError(f"{name}:{at + 1}: not the times of a cue; write: 00:01:02.500 --> 00:01:04.000")
            continue
        start, end = _milliseconds(form.groups()[:4]), _milliseconds(form.groups()[4:8])
        if end <= start:
            raise DocumentError(f"{name}:{at + 1}: a cue that ends before it begins; correct its times")
        yield at, start, end, " ".join(filter(_SETTING.fullmatch, (form[9] or "").split()))


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, rest = parts
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000 + int(
        (rest or "0").ljust(3, "0")
    )


def _numbers(lines: Sequence[str], places: Sequence[int]) -> set[int]:
    """Return the lines that are numbers of cues of SubRip: those directly above their times, if most cues have one.

    Where all lines have a blank one between, as a wrong end of lines makes them, those that count on.
    """
    found = [_line_above(lines, at) for at in places]
    figures = [at for at in found if at >= 0 and _NUMBER.fullmatch(lines[at].strip())]
    times = set(places)
    near = {at for at in figures if at + 1 in times}
    if 2 * len(near) > len(places):
        return near
    counted = sum(int(lines[two].strip()) == int(lines[one].strip()) + 1 for one, two in pairwise(figures))
    is_begun = bool(figures) and figures[0] < places[0]  # else those that count on are words of the cues above
    return set(figures) if is_begun and 2 * counted >= len(places) else set()


def _line_above(lines: Sequence[str], at: int) -> int:
    """Return the first line with words above another one, at most three above; -1 where there is none."""
    return next((above for above in range(at - 1, max(at - 4, -1), -1) if lines[above].strip()), -1)


def _body_end(lines: Sequence[str], first: int, until: int, numbers: set[int], *, is_vtt: bool) -> int:
    """Return the line behind the text of a cue: in WebVTT a blank one; in SubRip the number of the next, or blank."""
    if is_vtt:
        return next((at for at in range(first, until) if not lines[at].strip()), until)
    number = _line_above(lines, until) if until < len(lines) else -1
    if number >= first and number in numbers:
        until = number
    while until > first and not lines[until - 1].strip():
        until -= 1
    return until


def _others(lines: Sequence[str], first: int, until: int) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands between cues, by blocks, but for the name of a cue, which stands directly above its times."""
    block: list[str] = []
    for at in range(first, until):
        if lines[at].strip():
            block.append(lines[at])
        elif block:
            yield at - len(block), block
            block = []
    if block and until == len(lines):
        yield until - len(block), block
    elif len(block) > 1:
        yield until - len(block), block[:-1]


def _sorted_out(
    others: Sequence[tuple[int, list[str]]], name: str, *, is_vtt: bool
) -> tuple[tuple[str, ...], list[str]]:
    """Return what says how a file looks, and what there is to say of the rest, which is not read."""
    stated = [_look(block) for _, block in others if re.match(r"(STYLE|REGION)\s*\Z", block[0])]
    looks = tuple(filter(None, stated))
    notes = sum(bool(re.match(r"NOTE(\s|\Z)", block[0])) for _, block in others)
    rest = [at for at, block in others if not re.match(r"(STYLE|REGION|NOTE)(\s|\Z)", block[0])]
    if is_vtt and rest and rest[0] == 1:
        rest = rest[1:]  # the fields below the first line
    told = (
        [f"{name}: {notes} note{'s' * (notes > 1)} in it, which {'are' if notes > 1 else 'is'} left out"]
        if notes
        else []
    )
    if "" in stated:
        told.append(f"{name}: a style sheet that could fetch something over the network, or is none; it is left out")
    told += [f"{name}:{at + 1}: lines outside a cue, which are not read" for at in rest[:_MOST_TOLD]]
    if more := rest[_MOST_TOLD:]:
        places = ", ".join(str(at + 1) for at in more[:_MOST_PLACES]) + ", …" * (len(more) > _MOST_PLACES)
        told.append(f"{name}: lines outside a cue, which are not read, at {len(more)} more places: {places}")
    return looks, told


def _look(block: Sequence[str]) -> str:
    """Return a block on how subtitles look, without comments, which name who wrote it; empty if it fetches anything."""
    kind, *lines = block
    if kind.startswith("REGION"):
        return "\n".join([kind, *(line for line in lines if all(map(_REGION.fullmatch, line.split())))])
    sheet = "\n".join(filter(str.strip, _ASIDE_IN_A_SHEET.sub("", "\n".join(lines)).split("\n")))
    return f"{kind}\n{sheet}" if sheet and not _FETCHES.search(sheet) else ""


_MOST_TOLD, _MOST_PLACES = 3, 100
"""Of what stands outside of cues: remarks, and lines that one more names."""


def _nameless(found: Subtitles) -> Subtitles:
    """Return subtitles whose regions have numbers, and whose sheets speak only of what is written again.

    Names of cues and classes are not, so that what a sheet says of these shows nothing but how they are called.
    """
    ids = dict.fromkeys(id for look in found.styles if look.startswith("REGION") for id in _REGION_ID.findall(look))
    named = {id: f"r{number}" for number, id in enumerate(ids, 1)}
    voices = {said.voice for cue in found.cues for said in cue.utterances if said.voice}
    looks = (_nameless_look(look, named, voices) for look in found.styles)
    cues = (replace(cue, settings=_nameless_settings(cue.settings, named)) for cue in found.cues)
    return replace(found, styles=tuple(filter(None, looks)), cues=tuple(cues))


def _nameless_look(look: str, named: Mapping[str, str], voices: Collection[str]) -> str:
    if look.startswith("REGION"):
        return _REGION_ID.sub(lambda id: f"id:{named[id[1]]}", look)
    rules = []
    for rule in look.partition("\n")[2].split("}")[:-1]:
        selectors, _, looks = rule.partition("{")
        said = _CUE_SELECTOR.finditer(selectors)
        if kept := [one[0] for one in said if not one[1] or html.unescape(one[1]) in voices]:
            rules.append(f"{', '.join(kept)} {{{looks}}}")
    return "\n".join(["STYLE", *rules]) if rules else ""


def _nameless_settings(settings: str, named: Mapping[str, str]) -> str:
    parts = ((part, part.removeprefix("region:")) for part in settings.split())
    plain = (part if part == id else f"region:{named[id]}" if id in named else "" for part, id in parts)
    return " ".join(filter(None, plain))


_REGION_ID = re.compile(r"(?<!\S)id:(\S+)")
_CUE_SELECTOR = re.compile(
    r"""::cue(?:-region)?(?![\w(-])|::cue\(\s*(?:[bi]|v(?:\[\s*voice\s*=\s*["']([^"'()\[\]]+)["']\s*\])?)\s*\)"""
)
"""Of all that WebVTT may show otherwise: every cue, what is bold or italic, and what a voice says."""
_ASIDE_IN_A_SHEET = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_FETCHES = re.compile(r"url|src|@|image|\\", re.IGNORECASE)
"""What in CSS names something elsewhere; a backslash may hide any of these."""
_REGION = re.compile(r"(?:id|width|lines|regionanchor|viewportanchor|scroll):[^\s:]{1,40}")
_SETTING = re.compile(r"(?:(?:vertical|line|position|size|align|region)|[XY][12]):[^\s:]{1,40}")


def _cue(lines: Sequence[str], first: int, until: int, times: tuple[int, int, str], *, is_vtt: bool) -> Cue:
    groups: list[list[int]] = []
    speaks = sum(bool(_DASH.match(lines[at].strip(_EDGES))) for at in range(first, until)) > 1
    for at in range(first, until):
        line = lines[at].strip(_EDGES)
        is_new = (speaks and _DASH.match(line)) or (is_vtt and _VOICE.match(line))
        if not groups or is_new:
            groups.append([])
        groups[-1].append(at)
    positions = [found[4] for at in range(first, until) for found in _TAG.finditer(lines[at]) if found[4]]
    said = (_utterance([lines[at] for at in group], group[0] + 1, is_vtt=is_vtt) for group in groups)
    start, end, settings = times
    return Cue(start, end, tuple(one for one in said if one.text), settings, positions[0] if positions else "")


def _utterance(lines: Sequence[str], number: int, *, is_vtt: bool) -> Utterance:
    raw = " ".join(stripped for line in lines if (stripped := line.strip(_EDGES)))
    pieces, length, at, voice, opened, marks = [""], 0, 0, "", dict[MarkKind, int](), list[Mark]()
    for tag in (*_TAG.finditer(raw), None):
        if piece := _piece(pieces[-1], raw[at : tag.start() if tag else None], is_vtt=is_vtt):
            pieces.append(piece)
            length += len(piece)
        if not tag:
            break
        at, name = tag.end(), (tag[2] or "").lower()
        voice = voice or (_voice(tag[3]) if name == "v" else "")
        if kind := _STYLES.get(name):
            start = opened.pop(kind, None)
            if tag[1] and start is not None and start < length:
                marks.append(Mark(start, length, kind))
            elif not tag[1]:
                opened[kind] = length if start is None else start
    text = "".join(pieces)
    marks += [Mark(start, len(text), kind) for kind, start in opened.items() if start < len(text)]
    whole = text.rstrip(_EDGES)
    kept = tuple(replace(mark, end=min(mark.end, len(whole))) for mark in marks if mark.start < len(whole))
    return Utterance(whole, kept, voice, number, number + len(lines) - 1)


def _piece(before: str, more: str, *, is_vtt: bool) -> str:
    """Return the text between two tags, without a second space behind what comes before it, if anything does."""
    more = _ENTITY.sub(_character, more) if is_vtt else more
    more = _SPACES.sub(" ", more)
    return more.lstrip(" ") if not before or before.endswith(" ") else more


def _character(entity: re.Match[str]) -> str:
    """Return what a name or number of a character stands for; lines end in the file alone."""
    return _ENDS_OF_LINES.sub(" ", html.unescape(entity[0]))


def _voice(stated: str) -> str:
    """Return whom a voice tag names, behind its classes: «.loud Sara»."""
    return html.unescape(stated.partition(" ")[2] if stated.startswith(".") else stated).strip()


def joined(cues: Sequence[Cue]) -> list[Joined]:
    """Return what is said, by paragraphs: a new one begins with another voice or place, and after a pause."""
    found: list[Joined] = []
    opened: dict[tuple[str, str, str], int] = {}
    for number, cue in enumerate(cues):
        for index, said in enumerate(cue.utterances):
            stream = said.voice, cue.settings, cue.position
            at = -1 if index else opened.get(stream, -1)
            if at < 0 and not index and found and _goes_on(found[-1], cues, number):
                at = len(found) - 1
            if at >= 0 and not _is_over(found[at], cues, cue, is_last=at == len(found) - 1):
                found[at] = _longer(found[at], said, number)
            else:
                found.append(_longer(None, said, number))
                at = len(found) - 1
            opened[stream] = at
        if len(cue.utterances) > 1:  # who answers in the same cue does not go on in the next
            opened.clear()
    return found


def _goes_on(last: Joined, cues: Sequence[Cue], number: int) -> bool:
    """Whether a sentence goes on in the next cue, where only the place of either is stated: with a small letter."""
    cue, before = cues[number], cues[last.pieces[-1].number]
    said = cue.utterances[0]
    has_one_voice = len(before.utterances) == len(cue.utterances) == 1 and said.voice == last.voice
    is_next = last.pieces[-1].number == number - 1 and has_one_voice
    shown = [cue, *(cues[piece.number] for piece in last.pieces)]
    stated = ({one.settings for one in shown} - {""}, {one.position for one in shown} - {""})
    is_one_place = all(len(places) <= 1 for places in stated)
    return is_next and is_one_place and is_small(said.text[:1]) and not _FINISHED.search(last.block.text[-5:])


def _is_over(last: Joined, cues: Sequence[Cue], cue: Cue, *, is_last: bool) -> bool:
    """Whether a paragraph does not go on in a cue; a sign that was shown meanwhile ends no sentence."""
    text, pause = last.block.text, cue.start - cues[last.pieces[-1].number].end
    if _FINISHED.search(text[-5:]):
        return pause >= PAUSE or len(text) > LONG or not is_last
    return pause >= LONG_PAUSE or len(text) > LONGEST


def _longer(last: Joined | None, said: Utterance, number: int) -> Joined:
    if last is None:
        block = Block(Kind.PARAGRAPH, said.text, said.line, said.last, marks=said.marks)
        return Joined(block, (Spoken(0, len(said.text), number),), said.voice)
    at = len(last.block.text) + 1
    moved = tuple(replace(mark, start=mark.start + at, end=mark.end + at) for mark in said.marks)
    first, end = min(last.block.first, said.line), max(last.block.last, said.last)
    text = f"{last.block.text} {said.text}"
    block = replace(last.block, text=text, first=first, last=end, marks=last.block.marks + moved)
    return Joined(block, (*last.pieces, Spoken(at, len(text), number)), last.voice)


def require_short(found: Sequence[Joined], name: str) -> None:
    """Raise DocumentError for a cue that nobody could read."""
    for one in found:
        if len(one.block.text) > MOST_IN_A_PARAGRAPH:
            raise DocumentError(
                f"{name}:{one.block.first}: a cue of more than {MOST_IN_A_PARAGRAPH:,} characters; divide it"
            )


@dataclass(frozen=True, slots=True)
class CueText:
    """A cue as it is written: its lines have tags already. It has the place of the cue it comes from."""

    start: int
    end: int
    lines: tuple[str, ...]
    settings: str = ""
    position: str = ""


def srt(cues: Sequence[CueText]) -> str:
    """Return a SubRip file; lines end as in DOS, which is how players know it."""
    return "".join(_srt(number, cue) for number, cue in enumerate(cues, 1)).replace("\n", "\r\n")


def _srt(number: int, cue: CueText) -> str:
    place = f"{{\\{cue.position}}}" if cue.position else ""
    settings = f" {cue.settings}" if cue.settings else ""
    times = f"{_time(cue.start, ',')} --> {_time(cue.end, ',')}{settings}"
    return f"{number}\n{times}\n{place}" + "\n".join(cue.lines) + "\n\n"


def vtt(cues: Sequence[CueText], styles: Sequence[str] = (), note: str = "") -> str:
    """Return a WebVTT file, with a note at its beginning."""
    head = ["WEBVTT", *([f"NOTE {note}"] if note else []), *styles]
    return "\n\n".join([*head, *map(_vtt, cues)]) + "\n"


def _vtt(cue: CueText) -> str:
    settings = f" {cue.settings}" if cue.settings else ""
    return f"{_time(cue.start, '.')} --> {_time(cue.end, '.')}{settings}\n" + "\n".join(cue.lines)


def _time(milliseconds: int, mark: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{rest:03}"


def shown_time(milliseconds: int) -> str:
    """Return a time as it is shown in a message."""
    return _time(milliseconds, ".")
