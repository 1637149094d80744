"""What a letter may say of a bundle: its documents and texts, what changed, who sends it, and how to check it."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.distribution.changes import ChangedSentence, Changes
from pipeline.distribution.contents import Contents, Replacement, checks, command
from pipeline.distribution.release import Release
from pipeline.distribution.signing import NAMESPACE
from pipeline.languages import Language
from pipeline.languages.sections import Direction

MARK = 12
"""So many digits of a text's hash stand for it in a letter."""

_MOST_QUOTED = 100_000
"""Characters of changed sentences in a letter; what goes beyond them is counted."""


def facts(contents: Contents, languages: Mapping[str, Language]) -> dict[str, Any]:
    """Return what a letter may say."""
    by_document: dict[str, list[Release]] = {}
    for release in contents.releases:
        by_document.setdefault(release.document_id, []).append(release)
    quoted = _Quoted()
    sender = contents.sender
    theirs = (release.source_lang for release in contents.releases if release.source_lang)
    written = script(sender.name, languages, (contents.lang, *theirs))
    return {
        "documents": [_document(contents, texts, quoted, languages) for texts in by_document.values()],
        "draft": contents.is_draft,
        "translated": any(release.lang != release.source_lang for release in contents.releases),
        "correction": any(release.key in contents.replaces for release in contents.releases),
        "whole": _whole(contents, by_document.values()),
        "counts": {
            "texts": len(contents.releases),
            "translations": sum(release.lang != release.source_lang for release in contents.releases),
        },
        "sender": {"name": sender.name, "answers": sender.answers, "lang": written},
        "command": command(sender, contents.files) if contents.public else "",
        "sums": checks(contents.files),
        "fingerprint": contents.fingerprint,
        "namespace": NAMESPACE,
        "reason": contents.reason.words,
        "reason_lang": contents.reason.lang if contents.reason.lang in languages else "",
    }


def _whole(contents: Contents, documents: Iterable[Sequence[Release]]) -> str:
    """Return what can be said of each of the documents: "draft", "correction" or nothing."""
    if contents.is_draft:
        return "draft" if all(any(text.is_draft for text in texts) for texts in documents) else ""
    corrected = all(any(text.key in contents.replaces for text in texts) for texts in documents)
    return "correction" if corrected else ""


class _Quoted:
    """The changed sentences that a letter quotes, as far as they have room in it."""

    def __init__(self) -> None:
        self.room = _MOST_QUOTED

    def said(self, changes: Changes | None) -> dict[str, Any] | None:
        """Return what a letter may say of the changes in a text; None when nobody knows them."""
        if changes is None:
            return None
        is_throughout = bool(changes.sentences) and not changes.kept
        quoted = [] if is_throughout else list(self._fitting(changes))
        return {
            "count": len(changes.sentences),
            "throughout": is_throughout,
            "sentences": [{"before": one.before, "now": one.now} for one in quoted],
            "left": len(changes.sentences) - len(quoted),
            "beside": changes.beside and not is_throughout,
        }

    def _fitting(self, changes: Changes) -> Iterator[ChangedSentence]:
        for one in changes.sentences:
            self.room -= len(one.before) + len(one.now)
            if self.room < 0:
                return
            yield one


def _document(
    contents: Contents, texts: Sequence[Release], quoted: _Quoted, languages: Collection[str]
) -> dict[str, Any]:
    first = texts[0]
    read = (contents.lang, *(text.lang for text in texts), first.source_lang)
    title_lang, title = _in(_joined(text.titles for text in texts), *read)
    issuer_lang, issuer = _in(_joined(text.issuer for text in texts), *read)
    return {
        "id": first.document_id,
        "title": title or first.document_id,
        "title_lang": title_lang,
        "issuer": issuer,
        "issuer_lang": issuer_lang,
        "date": first.date,
        "texts": [
            {
                "lang": release.lang,
                "mark": release.text_sha256[:MARK],
                "is_source": release.lang == release.source_lang,
                "is_draft": release.is_draft,
                "reviewed": release.reviewed,
                "translated": release.translated,
                "units": release.units,
                "engines": list(release.engines),
                "origin": release.origin,
                "replaces": contents.replaces.get(release.key, "")[:MARK],
                "more": release.key in contents.added,
                "files": [file["path"] for file in contents.described[release.key]],
                **_corrected(contents.corrections.get(release.key, Replacement()), quoted, languages),
            }
            for release in texts
        ],
    }


def _corrected(correction: Replacement, quoted: _Quoted, languages: Collection[str]) -> dict[str, Any]:
    words, lang = correction.reason
    known = lang if lang in languages else ""
    return {"reason": words, "reason_lang": known, "changes": quoted.said(correction.changes)}


def _joined(texts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return all that is known by language; what is known first stands."""
    return {lang: text for one in reversed(list(texts)) for lang, text in one.items()}


def _in(texts: Mapping[str, str], *preferred: str) -> tuple[str, str]:
    """Return a text in the first language there is, and that language."""
    return next(((lang, texts[lang]) for lang in (*preferred, *texts) if texts.get(lang)), ("en", ""))


def script(text: str, languages: Mapping[str, Language], preferred: Sequence[str]) -> str:
    """Return a language written in the direction of a text's first letter, the first of the preferred that is."""
    letters = (unicodedata.bidirectional(character) for character in text)
    first = next((letter for letter in letters if letter in ("L", "R", "AL")), "L")
    direction = Direction.LTR if first == "L" else Direction.RTL
    return next(
        (lang for lang in (*preferred, "en", *languages) if languages[lang].direction is direction), preferred[0]
    )
