"""An e-mail in HTML → its own words: without the signature below them and the message that it answers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.document.formats import _page
from pipeline.inbox import subjects
from pipeline.office.archive import OfficeError

if TYPE_CHECKING:
    from lxml.etree import _Element

SIGNATURE = "the signature below its text, which is in the message that is kept"
ANSWERED = "the message that it answers, below its text"
LONGEST_SIGNATURE, _LONGEST_MARKED = 600, 2_000
"""Characters; what is longer is a text. One that a program has marked may have a notice below it."""

FIELD = re.compile(r"[ \t>*]{0,6}[^\W\d_][^:：]{0,30}(?::\**(?=\s|\Z)|：)")
"""How a field of a head begins."""
RULE = re.compile(r"[-_*]{5}")
"""How a line begins that is drawn above what is answered."""
LONGEST_HEAD, _FEWEST_FIELDS = 12, 3
"""Lines of the head of a message, and fields in it."""
WROTE = re.compile(
    "from|fra|från|von|de|da|van|lähettäjä|od|от|від|از|فرستنده|من|kimden|gönderen|kimdən|ji|发件人|寄件者|差出人|"
    "보낸 사람|מאת|feladó|από|expéditeur|remitente|mittente|absender|avsändare|avsender|afzender|de la|寄件人|المرسل"
)
"""What the field is called that says who wrote, in the languages of programs."""
RULE_WITH_WORDS = re.compile(r"\s{0,9}[-_*=]{3,20} ?[^-_*=\s].{3,60}[-_*=]{3}")
"""«--- Forwarded message ---»."""
_BARE = re.compile(rf"\s{{0,9}}(?:{WROTE.pattern})\s[^<>\n]{{1,200}}<\s?[^<>\s]{{1,200}}@", re.IGNORECASE)
"""Who wrote, as eM Client writes it, without a colon."""

_SIGNATURES = {
    "moz-signature", "gmail_signature", "gmail_signature_prefix", "signature", "applemailsignature",
    "protonmail_signature_block", "tutanota_signature", "ms-outlook-mobile-signature", "composer_signature",
    "k9mail-signature", "_rc_sig", "messagesignaturesection",
}  # fmt: skip
"""Classes and ids that programs for e-mail give a signature."""
_QUOTES = {"gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "zmail_extra"}
_RULED = re.compile(r"border-top:\s{0,9}solid\s{1,9}(?:#e1e1e1|#b5c4df|windowtext)", re.IGNORECASE)
"""How Outlook draws a line above what is answered or passed on."""
_ATTRIBUTION = re.compile(r"[@\d](?s:.){0,300}(?:[:：]|-{3})[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*\Z")
"""How a line ends that says when somebody wrote, or who: «On 3 May, Kari wrote:»."""
_LONGEST_ATTRIBUTION, _MOST_PIECES, _MOST_QUOTES = 300, 40, 30
INLINE = {"a", "b", "strong", "span", "font", "em", "i", "u", "small", "big", "bdi", "bdo"}


def is_head(lines: Sequence[str], subject: str) -> bool:
    """Whether lines, up to an empty one, are fields of a message with this subject, in whatever language."""
    block = takewhile(str.strip, lines)
    values = [line[found.end() :] for line in block if (found := FIELD.match(line))]
    return subjects.is_among(values, subject) and len(values) >= _FEWEST_FIELDS


IN_ARROWS = re.compile(r"\s{0,9}>{3} [^\n]{1,300}\d[.:]\d\d[^\n]{0,20} >{3}\s{0,9}")
"""Whose a message is, and when it came, as GroupWise writes it above."""


def is_bare_head(rule: str, line: str) -> bool:
    """Whether a head begins with a line that has no colon, as eM Client writes it below a rule with words."""
    return _BARE.match(line) is not None and RULE_WITH_WORDS.match(rule) is not None


def own_words(page: str, answered: str) -> tuple[str, list[str]]:
    """Return a page without what is cut, and what that is; the page as it is when that is nothing.

    Outlook writes the same above what is answered and what is passed on: it is cut from an answer alone, whose subject
    is what was `answered`, empty for what is none.
    """
    from lxml import etree

    try:
        root = _page.parsed(_page.as_html(page))
    except OfficeError:
        return page, []
    body = _page.body(root)
    mail = Mail(body)
    quoted, below = mail.quoted(is_answer=bool(answered))
    if (head := mail.head(answered)) < quoted:
        quoted, below = head, len(mail.pieces)
    signed = mail.signed(quoted, below)
    told = [SIGNATURE] * (signed is not None) + [ANSWERED] * (quoted < len(mail.pieces))
    if not told:
        return page, []
    mail.cut(min(quoted, len(mail.pieces) if signed is None else signed))
    return etree.tostring(root, encoding="unicode", method="html"), told


class Mail:
    """The texts of an e-mail in their order, `pieces`: of each, the element it is in or, a tail, behind."""

    def __init__(self, body: "_Element") -> None:
        from lxml import etree

        self.pieces: list[tuple[_Element, bool, str]] = []
        self._spans: dict[_Element, list[int]] = {}
        unshown, shown = 0, [0]
        for event, one in etree.iterwalk(body, events=("start", "end")):
            step = 1 if event == "start" else -1
            unshown += step * _page.is_skipped(one)
            self._spans.setdefault(one, []).append(len(self.pieces))
            text = (one.text if step == 1 else one.tail if one is not body else "") or ""
            self.pieces.append((one, step < 0, "" if unshown else text))
            shown.append(shown[-1] + len("".join(self.pieces[-1][2].split())))
        marked = [spans for one, spans in self._spans.items() if _is_signature(one)]
        self._signatures = [(first, last) for first, last in marked if shown[last] - shown[first] <= _LONGEST_MARKED]
        self._letters = self._counted(shown)

    def _counted(self, shown: list[int]) -> list[int]:
        """Return how many letters show before each piece, but for those in signatures."""
        starts, ends = Counter(first for first, _ in self._signatures), Counter(last for _, last in self._signatures)
        signed, counts = 0, [0]
        for at in range(len(self.pieces)):
            signed += starts[at] - ends[at]
            counts.append(counts[-1] + (0 if signed else shown[at + 1] - shown[at]))
        return counts

    def _own(self, first: int, last: int) -> int:
        """Return how many letters show in pieces, but for signatures that are marked as such."""
        return self._letters[last] - self._letters[first]

    def quoted(self, *, is_answer: bool, above: int = 0) -> tuple[int, int]:
        """Return from which piece on, up to which, the message that it answers stands; twice the last for none.

        It stands below what is `above`.
        """
        left = _MOST_QUOTES
        for one, (first, last) in self._spans.items():
            if left and first >= above and (at := self._quote(one, first, last, is_answer=is_answer)) is not None:
                left -= 1
                if self._own(0, at):
                    return at, len(self.pieces) if is_ruled(one) else last
        return len(self.pieces), len(self.pieces)

    def _quote(self, one: "_Element", first: int, last: int, *, is_answer: bool) -> int | None:
        """Return the piece at which a message is quoted that nothing follows, as far as it is one."""
        if is_ruled(one):
            return first if is_answer else None
        is_marked = _is_quote(one)
        if not (is_marked or (is_answer and one.tag == "blockquote")) or self._own(last, len(self.pieces)):
            return None
        if _says_whose(self._line(range(first, last))[0], is_marked=is_marked):
            return first
        told, at = self._line(range(first - 1, -1, -1))
        return at if _says_whose(told, is_marked=is_marked) else None

    def _line(self, places: range) -> tuple[str, int]:
        """Return the first line with text in it, forwards or backwards, and where it ends."""
        found, at = list[str](), places.start
        for at in places:
            one, _, text = self.pieces[at]
            is_edge = one.tag not in INLINE
            if is_edge and places.step > 0 and any(found):
                break
            found.append(text.strip())
            if len(found) > _MOST_PIECES:
                return "", at
            if is_edge and places.step < 0 and any(found):
                break
        told = " ".join(filter(None, found[:: places.step]))
        return (told if len(told) <= _LONGEST_ATTRIBUTION else ""), at

    def head(self, subject: str) -> int:
        """Return from which piece on a message stands that begins with its fields; how many there are for none."""
        lines = list(self._lines()) if subject else []
        texts = [text for _, text in lines]
        for at, (place, text) in enumerate(lines):
            above = texts[at - 1] if at else ""
            if (
                is_bare_head(above, text)
                or IN_ARROWS.fullmatch(text)
                or (FIELD.match(text) and is_head(texts[at : at + LONGEST_HEAD], subject))
            ):
                first = lines[at - 1][0] if RULE.match(above) else place
                return first if self._own(0, first) else len(self.pieces)
        return len(self.pieces)

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Yield the lines with text in them, and the piece in which each begins."""
        first, found = 0, list[str]()
        for at, (one, _, text) in enumerate(self.pieces):
            if one.tag not in INLINE and found:
                yield first, " ".join(found)
                found = []
            if text.strip():
                first = first if found else at
                found.append(" ".join(text.split()))
        if found:
            yield first, " ".join(found)

    def signed(self, until: int, below: int) -> int | None:
        """Return the piece at which a signature begins, above what is quoted from `until`, or from `below` on."""
        firsts = [first for first, _ in self._signatures if first < until or first >= below]
        ends = [at for at in firsts if self._own(0, at) and (at >= below or not self._own(at, until))]
        dashes = [at for at, (*_, text) in enumerate(self.pieces[:until]) if text.strip() == "--"]
        ends += [at for at in dashes[-1:] if self._own(at, until) <= LONGEST_SIGNATURE and self._own(0, at)]
        return min(ends, default=None)

    def unsign(self) -> bool:
        """Take out the signatures that programs have marked, wherever they stand; return whether there were any."""
        for first, last in self._signatures:
            self.empty(first, last)
        return any(text.strip() for first, last in self._signatures for *_, text in self.pieces[first:last])

    def empty(self, first: int, end: int) -> None:
        """Take the words out of some pieces, and what links and pictures among them say beside these."""
        last = max((at for at in range(first, end) if self.pieces[at][2].strip()), default=first)
        for one, is_tail, _ in self.pieces[first : last + 1]:
            if is_tail:
                one.tail = None
                continue
            one.text = None
            if one.tag in INLINE or one.tag == "img":
                one.attrib.clear()

    def cut(self, at: int) -> None:
        """Take out everything from a piece on."""
        for one, is_tail, _ in self.pieces[at:]:
            if is_tail:
                one.tail = None
            else:
                one.text = None
        for one, (first, _) in self._spans.items():
            if first >= at and (above := one.getparent()) is not None:
                above.remove(one)


def _names(one: "_Element") -> Iterator[str]:
    said = f"{one.get('class', '')} {one.get('id', '')} {one.get('name', '')}".lower().split()
    return (name.removeprefix("x_") for name in said)  # as Outlook on the web calls them anew


def _is_signature(one: "_Element") -> bool:
    return any(name in _SIGNATURES or name.endswith("signature") for name in _names(one))


def _is_quote(one: "_Element") -> bool:
    is_cited = one.tag == "blockquote" and one.get("type", "").lower() == "cite"
    return is_cited or any(name in _QUOTES or name.endswith("yahoo_quoted") for name in _names(one))


def _says_whose(line: str, *, is_marked: bool) -> bool:
    """Whether a line says who wrote, or when; with an address, where no program marked what it stands above."""
    return _ATTRIBUTION.search(line) is not None and (is_marked or "@" in line)


def is_ruled(one: "_Element") -> bool:
    """Whether it is where Outlook sets the head of a message, below a line."""
    return "divrplyfwdmsg" in _names(one) or (one.tag == "div" and bool(_RULED.search(one.get("style", "")[:500])))
