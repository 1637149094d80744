"""What no PO file of a document may have: what would be lost, or stand for another language."""

import re
from collections.abc import Collection, Sequence

from pipeline.catalogue.po.syntax import Entry, Parsed
from pipeline.errors import CatalogueError
from pipeline.limits import MOST_IN_A_TEXT

_CHARSET = re.compile(r"charset=([^\s;]+)", re.IGNORECASE)
_IN_CONFLICT = re.compile(r"^#-#-#-#-#  .*  #-#-#-#-#$", re.MULTILINE)
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,4})[ \t]*$", re.MULTILINE)


def require_sound(entries: Sequence[Entry], name: str, before: Parsed) -> None:
    """Raise CatalogueError for what no file may have; in those that stood there `before`, for the same entry twice."""
    _require_one_of_each(entries, name)
    known = {entry.raw for entry in before.entries}
    for entry in entries:
        if entry.raw in known:
            continue
        if entry.plural is not None:
            raise CatalogueError(
                f"{name}:{entry.line}: a plural entry, which documents do not have; remove msgid_plural"
            )
        if any(
            len(text) > MOST_IN_A_TEXT for text in (entry.source, *entry.targets, entry.context or "", entry.previous)
        ):
            raise CatalogueError(f"{name}:{entry.line}: a text of more than {MOST_IN_A_TEXT:,} characters; shorten it")
        if _IN_CONFLICT.search("\n".join(entry.targets)) and not entry.is_header:
            raise CatalogueError(f"{name}:{entry.line}: a merge conflict, as msgcat marks it; keep one of the versions")
        charset = _CHARSET.search(entry.targets[0]) if entry.is_header else None
        if charset and charset[1].lower() not in ("utf-8", "utf8", "charset"):
            raise CatalogueError(f"{name}:{entry.line}: its charset is {charset[1]}; save the file as UTF-8")


def require_language(entries: Sequence[Entry], name: str, lang: str, langs: Collection[str]) -> None:
    """Raise CatalogueError for the file of another language: a document has files of one name in all of them."""
    header = next((entry for entry in entries if entry.is_header), None)
    field = _LANGUAGE.search(header.targets[0]) if header else None
    if header is None or field is None:
        return
    stated, own = (code.replace("_", "-").lower() for code in (field[1], lang))
    others = {one.lower() for one in langs} - {own}
    is_other = _primary(stated) != _primary(own) and _primary(stated) in map(_primary, others)
    if is_other or stated in others:
        raise CatalogueError(
            f"{name}:{header.line}: its header says that it is in another language (Language: {field[1]}); move it to "
            f"the folder of that, or write Language: {lang} if it is right here (earlier versions: pipeline history)"
        )


def _primary(code: str) -> str:
    return code.partition("-")[0]


def _require_one_of_each(entries: Sequence[Entry], name: str) -> None:
    keys = [(entry.context or "", entry.source) for entry in entries if not entry.obsolete]
    if len(set(keys)) == len(keys):
        return
    seen: dict[tuple[str, str], int] = {}
    for key, entry in zip(keys, (entry for entry in entries if not entry.obsolete), strict=True):
        if (first := seen.setdefault(key, entry.line)) != entry.line:
            raise CatalogueError(
                f"{name}:{entry.line}: the same entry is already on line {first}; delete one of the two"
            )
