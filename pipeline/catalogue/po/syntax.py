"""PO text → entries, without losing a character: the text of a file is the sum of its entries.

The grammar is that of GNU gettext (manual, «The Format of PO Files»; gettext-tools/src/po-lex.c
and po-gram-gen.y). What gettext reads is read; what would lose text is refused with its line.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, NoReturn

from pipeline.errors import CatalogueError
from pipeline.limits import MOST_ENTRIES


class Entry(NamedTuple):
    """One entry as it stands in a file.

    `gap` is the white space before it and `raw` its text, both to the character; `line`
    counts from 1. `notes` and `extracted` are the texts of the comments `# ` and `#.`.
    `previous` is the former msgid. A msgid_plural has its `targets` one after another. One that `is_plain` was read at
    once: the same text at another place, with an entry or nothing behind it, is the same entry.
    """

    gap: str
    raw: str
    line: int
    notes: tuple[str, ...]
    extracted: tuple[str, ...]
    flags: tuple[str, ...]
    previous: str
    context: str | None
    source: str
    plural: str | None
    targets: tuple[str, ...]
    obsolete: bool
    is_plain: bool = False

    @property
    def is_header(self) -> bool:
        return not self.source and self.context is None and not self.obsolete


class Parsed(NamedTuple):
    """A PO file's entries, and what follows the last of them (white space, loose comments)."""

    entries: tuple[Entry, ...]
    tail: str


NOTHING = Parsed((), "")


_QUOTED = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
_PLAIN_ENTRY = re.compile(
    rf"""(?P<gap>\n*+)(?P<raw>
    (?P<notes>(?:\#(?:[ ][^\n\r]*+)?\n)*+)
    (?P<extracted>(?:\#\.[^\n\r]*+\n)*+)
    (?:\#:[^\n\r]*+\n)*+
    (?P<flags>(?:\#,[^\n\r]*+\n)*+)
    (?:\#\|[ ]msgctxt[ ]{_QUOTED}\n)?+
    (?:\#\|[ ]msgid[ ](?P<previous>{_QUOTED}(?:\n\#\|[ ]{_QUOTED})*+)\n)?+
    (?:msgctxt[ ](?P<context>{_QUOTED}(?:\n{_QUOTED})*+)\n)?+
    msgid[ ](?P<source>{_QUOTED}(?:\n{_QUOTED})*+)\n
    msgstr[ ](?P<target>{_QUOTED}(?:\n{_QUOTED})*+)\n
    )(?=\n*+(?:[\#m]|\Z))""",
    re.VERBOSE,
)
"""An entry as gettext and the PO editors write it; all else is read line by line."""


_FOLLOWED = re.compile(r"\n*+(?:[\#m]|\Z)")
"""What stands behind a plain entry."""


def parse(text: str, name: str, before: Parsed | None = None) -> Parsed:
    """Return the entries of a PO file's text.

    What stands in it as it did `before` is not read again. Raises CatalogueError with `name`, line, fault and remedy
    for what gettext would refuse.
    """
    entries: list[Entry] = []
    known = _EarlierEntries(before.entries if before else ())
    position, line = 0, 1
    while position < len(text):
        entry = known.next(text, position, line)
        if entry is None and (match := _PLAIN_ENTRY.match(text, position)):
            entry = known.moved(match, line) or _plain(match, line + len(match["gap"]), name)
        if entry:
            position += len(entry.gap) + len(entry.raw)
            line = entry.line + entry.raw.count("\n")
        else:
            reader = _LineReader(text, position, line, name)
            entry = reader.entry()
            if entry is None:
                break
            position, line = reader.position, reader.line
        entries.append(entry)
        if len(entries) > MOST_ENTRIES:
            raise CatalogueError(f"{name}:{line}: more than {MOST_ENTRIES:,} entries; remove obsolete ones (#~)")
    return Parsed(tuple(entries), text[position:])


class _EarlierEntries:
    """The plain entries of an earlier text, of which most stand in the same order in the new one."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries, self.expected = entries, 0
        self.places: dict[str, int] | None = None

    def next(self, text: str, position: int, line: int) -> Entry | None:
        """Return the entry that is expected at a place, if it stands there."""
        if self.expected >= len(self.entries):
            return None
        entry = self.entries[self.expected]
        start = position + len(entry.gap)
        if not (entry.is_plain and text.startswith(entry.gap, position) and text.startswith(entry.raw, start)):
            return None
        if not _FOLLOWED.match(text, start + len(entry.raw)):
            return None
        self.expected += 1
        line += len(entry.gap)
        return entry if entry.line == line else entry._replace(line=line)

    def moved(self, match: re.Match[str], line: int) -> Entry | None:
        """Return the entry with the text of a match, wherever it stood; the one behind it is expected next."""
        if self.places is None:
            self.places = {entry.raw: place for place, entry in enumerate(self.entries) if entry.is_plain}
        place = self.places.get(match["raw"])
        self.expected = (self.expected if place is None else place) + 1
        if place is None:
            return None
        return self.entries[place]._replace(gap=match["gap"], line=line + len(match["gap"]))


def _plain(match: re.Match[str], line: int, name: str) -> Entry:
    gap, raw, notes, extracted, flags, previous, context, source, target = match.groups()
    return Entry(
        gap=gap,
        raw=raw,
        line=line,
        notes=tuple([note[2:] for note in notes.split("\n")[:-1]]),
        extracted=tuple([part[2:].removeprefix(" ") for part in extracted.split("\n")[:-1]]),
        flags=flags_of(flags) if flags else (),
        previous=_value(previous.replace("\n#| ", "\n"), name, line) if previous else "",
        context=None if context is None else _value(context, name, line),
        source=_value(source, name, line),
        plural=None,
        targets=(_value(target, name, line),),
        obsolete=False,
        is_plain=True,
    )


def flags_of(lines: str) -> tuple[str, ...]:
    """Return the flags of lines that begin with «#,» or «#=», each once."""
    listed = (flag.strip() for line in lines.split("\n") for flag in line[2:].split(","))
    return tuple(dict.fromkeys(flag for flag in listed if flag))


_ESCAPE = re.compile(r"\\(?:([abfnrtv\\\"])|([0-7]{1,3})|x([0-9a-fA-F]+)|(.?))", re.DOTALL)
_CONTROLS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"'}


def _value(quoted: str, name: str, line: int) -> str:
    """Return the text of strings in quotation marks, one a line."""
    text = quoted[1:-1].replace('"\n"', "")
    return _unescaped(text, name, line) if "\\" in text else text


def _unescaped(text: str, name: str, line: int) -> str:
    def character(match: re.Match[str]) -> str:
        control, octal, hexadecimal, wrong = match.groups()
        if control:
            return _CONTROLS[control]
        if wrong is not None:
            raise CatalogueError(
                f"{name}:{line}: \\{wrong} means nothing in a PO file; write \\\\ for a backslash itself"
            )
        # A byte of the file's encoding, as in C; surrogateescape carries it to the decoding below.
        byte = (int(octal, 8) if octal else int(hexadecimal, 16)) & 0xFF
        return bytes([byte]).decode("ascii", "surrogateescape")

    text = _ESCAPE.sub(character, text)
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8") if not text.isascii() else text
    except UnicodeDecodeError:
        raise CatalogueError(f"{name}:{line}: bytes written as \\… are not UTF-8; write the character itself") from None


STATEMENT = re.compile(
    rf"""[ \t\r\f\v]*+(?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[(?P<index>\d{{1,4}})\])?|domain)(?![\w\[])
    |(?P<quoted>{_QUOTED})|(?P<rest>[^ \t\r\f\v]|\Z))""",
    re.VERBOSE,
)
_NEXT = {
    None: ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[0]",),
    "msgstr": (),
}
_WORD = re.compile(r"\S")
_BEFORE_A_LINE = " \t\r\f\v\ufeff"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class _LineReader:
    """Reads one entry line by line, from a place in a text; `position` and `line` are then behind it."""

    def __init__(self, text: str, position: int, line: int, name: str) -> None:
        self.text, self.position, self.line, self.name = text, position, line, name
        self.comments: dict[str, list[str]] = {"": [], ".": [], ",": []}
        self.previous: dict[str, list[str]] = {}
        self.values: dict[str, list[str]] = {}
        self.keyword: str | None = None
        self.was: str | None = None
        self.obsolete = False
        self.first = self.resumes = 0

    def entry(self) -> Entry | None:
        """Return the entry, None when only white space and comments are left."""
        start = self.position
        for text, end in self._lines():
            if not text.strip():
                if self._is_complete and not self._goes_on_after(end):
                    break
            elif self._ends_before(text):
                break
            else:
                self.first = self.first or self.line
                self._read(text)
            self.position, self.line = end, self.line + 1
        if not self.values:
            self.position = start
            return None
        if not self._is_complete:
            self._fail("the entry is cut off: it has no msgstr; restore the file from a copy")
        return self._made(self.text[start : self.position])

    @property
    def _is_complete(self) -> bool:
        return bool(self.keyword and self.keyword.startswith("msgstr") and self.values[self.keyword])

    def _goes_on_after(self, position: int) -> bool:
        """Whether what follows an empty line is more text of the same entry."""
        if position >= self.resumes:
            word = _WORD.search(self.text, position)
            self.resumes = word.start() if word else len(self.text)
        bare, obsolete, previous = unmarked(self.text[self.resumes : self.resumes + 9])
        return bool(bare and bare.startswith('"') and obsolete == self.obsolete and not previous)

    def _lines(self) -> Iterator[tuple[str, int]]:
        position = self.position
        while position < len(self.text):
            end = self.text.find("\n", position) + 1 or len(self.text)
            yield self.text[position:end].removesuffix("\n").removesuffix("\r"), end
            position = end

    def _ends_before(self, text: str) -> bool:
        """Whether a line belongs to the next entry: a comment, a statement that begins one."""
        if not self._is_complete:
            return False
        bare, obsolete, previous = unmarked(text)
        if bare is None or previous:
            return True
        statement = STATEMENT.match(bare)
        return bool(statement and statement["keyword"] in ("msgid", "msgctxt", "domain")) or (
            obsolete != self.obsolete and not bare.startswith('"')
        )

    def _read(self, text: str) -> None:
        if text.startswith(_CONFLICT):
            self._fail("a merge conflict; keep one of the two versions")
        bare, obsolete, previous = unmarked(text)
        if bare is None:
            self._comment(text.lstrip(_BEFORE_A_LINE))
        elif previous:
            self._previous(bare)
        else:
            if self.values and obsolete != self.obsolete:
                self._fail("an obsolete entry (#~) and another run into each other; put an empty line between them")
            self.obsolete = obsolete
            self._statements(bare)

    def _comment(self, text: str) -> None:
        if self.values:
            self._fail("a comment inside an entry; move it above the entry")
        kind = text[1:2]
        if kind in (",", "="):
            self.comments[","].append(text)
        elif kind == ".":
            self.comments["."].append(text[2:].removeprefix(" "))
        elif kind not in (":", "|", "~"):
            self.comments[""].append(text[1:].removeprefix(" "))

    def _previous(self, bare: str) -> None:
        for keyword, quoted in self._tokens(bare):
            self.was = keyword or self.was
            if self.was is None:
                self._fail("text without msgid before it; write msgid")
            self.previous.setdefault(self.was, []).extend([quoted] if quoted else [])

    def _statements(self, bare: str) -> None:
        for keyword, quoted in self._tokens(bare):
            if keyword:
                self._expect(keyword)
                self.keyword = keyword
                self.values[keyword] = []
            elif self.keyword is None:
                self._fail("text without msgid before it; write msgid")
            else:
                self.values[self.keyword].append(quoted)

    def _expect(self, keyword: str) -> None:
        if keyword == "domain":
            self._fail("a domain statement; one file holds one document: remove it")
        if self.keyword and self.keyword != "msgid" and not self.values[self.keyword]:
            self._fail(f'{self.keyword} without text; write {self.keyword} ""')
        if self.keyword == "msgid" and not self.values["msgid"]:
            self._fail('msgid without text; write msgid ""')
        if self.keyword and self.keyword.startswith("msgstr["):
            expected: tuple[str, ...] = (f"msgstr[{int(self.keyword[7:-1]) + 1}]",)
        else:
            expected = _NEXT[self.keyword]
        if keyword not in expected:
            wanted = " or ".join(expected) or "an empty line and a new entry"
            self._fail(f"{keyword} where {wanted} should be; restore what is missing before it")

    def _tokens(self, bare: str) -> Iterator[tuple[str | None, str]]:
        """Yield the keywords and the texts of a line."""
        position, end = 0, len(bare.rstrip())
        while position < end:
            match = STATEMENT.match(bare, position)
            if not match or match["rest"]:
                self._fail(f"not a PO line; look for a missing quotation mark: {bare.strip()[:60]}")
            if match["quoted"]:
                yield None, _value(match["quoted"], self.name, self.line)
            else:
                yield match["keyword"], ""
            position = match.end()

    def _fail(self, what: str) -> NoReturn:
        raise CatalogueError(f"{self.name}:{self.line}: {what}")

    def _made(self, text: str) -> Entry:
        # Blank lines between comments and their statements belong to the entry; those before it do not.
        raw = text.lstrip("\ufeff \t\r\n\f\v")
        plural = self.values.pop("msgid_plural", None)
        context = self.values.pop("msgctxt", None)
        source = "".join(self.values.pop("msgid"))
        return Entry(
            gap=text[: len(text) - len(raw)],
            raw=raw,
            line=self.first,
            notes=tuple(self.comments[""]),
            extracted=tuple(self.comments["."]),
            flags=flags_of("\n".join(self.comments[","])),
            previous="".join(self.previous.get("msgid", ())),
            context=None if context is None else "".join(context),
            source=source,
            plural=None if plural is None else "".join(plural),
            targets=tuple("".join(target) for target in self.values.values()),
            obsolete=self.obsolete,
        )


def unmarked(text: str) -> tuple[str | None, bool, bool]:
    """Return a line without the marks «#~», «#|» or «#~|» before its statement, and which these were.

    The text is None for a comment, which has no statement.
    """
    text = text.lstrip(_BEFORE_A_LINE)
    if not text.startswith("#"):
        return text, False, False
    if text.startswith("#~"):
        rest = text[2:].lstrip(" \t")
        return (rest[1:], True, True) if rest.startswith("|") else (rest, True, False)
    return (text[2:], False, True) if text.startswith("#|") else (None, False, False)
