"""The subject of an e-mail → what programs put before it: whether it answers a message, or passes one on."""

import re
from collections.abc import Iterable

from pipeline.inbox.answered import UNSEEN

_TAG = r"(?:\[[^\]\n]{0,60}\]|\([^)\n]{0,40}\)|\{[^}\n]{0,40}\}|\*{2,3}[^*\n]{1,40}\*{2,3}|ext(?:ern(?:al|e|o)?)?\s?:)"
"""What lists and servers put there: «[External]»."""
_ANSWERS = (
    "re?|res|rif|aw|antw|antwort|sv|ynt|odp|odg|vá|bls|atb|ats|réf|rép|απ|σχετ|на|отв|відп|回复|答复|回覆|返信|답장|"
    "پاسخ|رد|תשובה|השב"
)
_PASSES_ON = (
    "fwd?|fw|wg|tr|vb|vs|vl|rv|enc|pd|i|ilt|i̇lt|doorst|πρθ|пер|转发|轉寄|轉發|転送|전달|ارسال|إعادة توجيه|הועבר"
)
"""«VS» is Norwegian; in Finnish it answers, which is cut too little and told."""
_END = r"\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s?\.?\s{0,3}[:：]"
_BEGINS = rf"\s*+(?:{_TAG}\s*+)*+"
_ANSWER = re.compile(rf"{_BEGINS}(?:{_ANSWERS}){_END}", re.IGNORECASE)
_PASSED_ON = re.compile(rf"{_BEGINS}(?:{_PASSES_ON}){_END}", re.IGNORECASE)
_PUT_BEFORE = re.compile(rf"(?:{_BEGINS}(?:{_ANSWERS}|{_PASSES_ON}){_END})++\s*+", re.IGNORECASE)
_TAGS = re.compile(_BEGINS, re.IGNORECASE)
_ENOUGH, _LONGEST = 20, 60
"""Letters of a subject that goes on in the next line; and of what programs that are not known here put before one."""


def is_answer(subject: str) -> bool:
    return _ANSWER.match(subject.translate(UNSEEN)) is not None


def is_passed_on(subject: str) -> bool:
    return _PASSED_ON.match(subject.translate(UNSEEN)) is not None


def own(subject: str) -> str:
    """Return a subject without what programs write before it: Re:, Fwd:."""
    found = _PUT_BEFORE.match(plain := subject.translate(UNSEEN))
    return plain[found.end() :] if found else subject


def is_among(values: Iterable[str], subject: str) -> bool:
    """Whether one of the fields of a message has this subject, or begins it, whatever stands before either."""
    wanted = _folded(subject)
    return bool(wanted) and any(_is_same(_folded(one), wanted) for one in values)


def _is_same(one: str, wanted: str) -> bool:
    before = wanted.removesuffix(one).rstrip() if one else wanted
    is_behind = wanted != before and len(before) <= _LONGEST and not before[-1:].isalnum()
    return one == wanted or is_behind or (len(one) >= _ENOUGH and wanted.startswith(one))


def _folded(subject: str) -> str:
    plain = own(subject.strip("* \t"))
    while (shorter := own(_TAGS.sub("", plain, count=1))) != plain:
        plain = shorter
    return " ".join(plain.split()).casefold()
