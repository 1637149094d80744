"""What the ledger notes of a text that was sent, beside its hash: the release, the formats, the key."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, asdict, fields, replace
from datetime import date
from typing import get_type_hints

import msgspec

from pipeline import strictjson
from pipeline.distribution.ledger.delivery import Content, LedgerEntry
from pipeline.distribution.release import Release
from pipeline.errors import DeliveryError
from pipeline.model import first_day


def written(release: Release) -> str:
    """Return what is known of a release, without its files, its text and its wording, as the ledger keeps it."""
    details = asdict(replace(release, files={}))
    for name in _UNTOLD:
        del details[name]
    return json.dumps(details, ensure_ascii=False, sort_keys=True)


def with_formats(details: str, formats: Iterable[str]) -> str:
    """Return details with the formats that the partner wanted the text in."""
    return f'{details[:-1]}, "formats": {json.dumps(sorted(set(formats)))}}}'


def signed(details: str, fingerprint: str) -> str:
    """Return details with the key that the text was signed with."""
    return f'{details[:-1]}, "signer": {json.dumps(fingerprint)}}}' if details else details


def last_signer(entries: Sequence[LedgerEntry]) -> str:
    """Return the fingerprint of the key with which a text was signed last; empty when none is known to have been."""
    details = (one.details for entry in reversed(entries) if entry.state.may_have_arrived for one in entry.contents)
    return next((found[1] for one in details if (found := _SIGNED_BY.search(one))), "")


_SIGNED_BY = re.compile(r'"signer": "(SHA256:[A-Za-z0-9+/]{43})"\}\Z')
"""At the end of what is known of a text that was signed."""


def read(content: Content) -> Release:
    """Return a release as it was when it was sent."""
    try:
        known = msgspec.convert(strictjson.read(content.details.encode("utf-8", "replace")), _DETAILS)
        release = Release(**msgspec.structs.asdict(known), files={})
        day = first_day(release.date or "0001")
        if not day.startswith(release.date) or not date.fromisoformat(day):
            raise ValueError("a date is none")
    except ValueError as error:  # msgspec’s own, too
        raise DeliveryError(f"ledger: what was sent cannot be read ({error}); put it back from a backup") from None
    return release


_UNTOLD = ("files", "text", "wording_sha256", "original_sha256", "original_text_sha256")
"""What the ledger does not say of a release."""

_DETAILS = msgspec.defstruct(
    "_Details",
    [
        (one.name, get_type_hints(Release)[one.name], *([] if one.default is MISSING else [one.default]))
        for one in fields(Release)
        if one.name not in _UNTOLD
    ],
)
"""What it says, each value of the kind that a release has: a ledger of somebody else may hold anything."""
