"""Templates → the letter that comes with a bundle.

A template is pipeline/distribution/letters/<name>.<lang>.txt or .html, or a file of that name in the workspace's
own letters/, which wins. The first line of a text is the subject. What a template may use stands in
docs/distribution.md. It runs in a sandbox, and sees text and numbers alone. Those of a workspace may come from somebody
else: they are filled in by a process of their own, with limits on computing and memory.
"""

import json
import os
import re
import traceback
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from pipeline import disk, forking
from pipeline.errors import LetterError
from pipeline.languages import SHIPPED, Language
from pipeline.languages.sections import Direction
from pipeline.text import dates, merges

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

LETTER, WITHDRAWAL = KINDS = ("letter", "withdrawal")
FOLDER = "letters"

MOST_CHARACTERS = 1_000_000
"""Of a letter, and of its template."""
CPU_SECONDS = 5
"""In which a template of the workspace must be filled in; ours need a hundredth of a second."""
MORE_BYTES = 2**29
"""Of memory that it may take for that."""

_OWN = Path(__file__).parent / FOLDER
_SHARED = re.compile(r"(?<=^newsletter)\.[^.]+(?=\.)")
"""What names the language of a letter that is one template for all: its words are in the language files."""
_ISOLATES = {Direction.LTR: "\u2066", Direction.RTL: "\u2067"}
_END = "\u2069"
_SILENT = {" ", "\u00a0", "\u202f", "\u200c", "\u200d", *_ISOLATES.values(), _END}
"""What a subject may hold beside what is printed."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in one language: its subject is one line, its text and its HTML say the same."""

    subject: str
    text: str
    html: str


def languages(folder: Path | None = None, codes: Collection[str] = SHIPPED) -> tuple[str, ...]:
    """Return those of the codes of languages that have all letters, in a folder of templates or in the package."""
    folders = [_OWN, *([folder] if folder and folder.is_dir() else [])]
    files = {path.name for place in folders for path in place.iterdir()}
    forms = [(kind, form) for kind in KINDS for form in ("txt", "html")]
    return tuple(sorted(lang for lang in codes if all(f"{kind}.{lang}.{form}" in files for kind, form in forms)))


def compose(
    kind: str,
    lang: str,
    facts: Mapping[str, Any],
    folder: Path | None = None,
    languages: Mapping[str, Language] = SHIPPED,
) -> Letter:
    """Return the letter of a kind in a language that says these facts.

    Raises LetterError with the template's file and line when it cannot be filled in.
    """
    import jinja2.sandbox  # noqa: F401  # here, and not in each process of its own

    names = [f"{kind}.{lang}.{form}" for form in ("txt", "html")]
    if folder is None or not any(os.path.lexists(folder / name) for name in names):
        return _composed(kind, lang, facts, folder, languages)
    status, content = forking.apart(lambda: _tried(kind, lang, facts, folder, languages))
    if status not in (0, _FAULT):
        limits = f"{CPU_SECONDS} seconds of computing or {MORE_BYTES:,} bytes of memory"
        raise LetterError(f"{FOLDER}/{kind}.{lang}: takes more than {limits}; take out what goes on for ever")
    if status:
        raise LetterError(content.decode())
    return Letter(**json.loads(content))


_FAULT = 1
"""The exit status of a process that found a fault in a template."""


def _tried(*letter: Any) -> tuple[int, bytes]:
    """Return status 0 and a letter in JSON, or that of a fault and what it is."""
    forking.limit_work(CPU_SECONDS, MORE_BYTES)
    try:
        return 0, json.dumps(asdict(_composed(*letter))).encode()
    except LetterError as error:
        return _FAULT, str(error).encode("utf-8", "replace")
    except OSError as error:
        return _FAULT, f"{error.filename}: {error.strerror}; put a template there that can be read".encode()


def _composed(
    kind: str, lang: str, facts: Mapping[str, Any], folder: Path | None, languages: Mapping[str, Language]
) -> Letter:
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    language = languages[lang]
    environment = SandboxedEnvironment(
        loader=FunctionLoader(lambda name: _template([folder, _OWN] if folder else [_OWN], name)),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.clear()  # `range` and its like, of which no letter has need, can go on for ever
    environment.filters |= {
        "number": language.number,
        "date": lambda iso: dates.in_words(iso, language),
        "language": lambda code: language.name_of(languages[code]) if code in languages else code,
        "origin": lambda text: language.origins.get(text) or isolated(text, Direction.LTR, language.direction),
        "ltr": lambda text: isolated(text, Direction.LTR, language.direction),
        "of": lambda text, code: isolated(text, languages[code or lang].direction, language.direction),
        "direction": lambda code: languages[code].direction,
    }
    said = {**facts, "lang": lang, "direction": language.direction}
    text = _filled(environment, f"{kind}.{lang}.txt", said)
    subject, _, body = text.partition("\n")
    printed = "".join(letter for letter in subject if letter.isprintable() or letter in _SILENT)
    subject = re.sub(" +", " ", printed).strip()  # no-break spaces stay: French has one before a colon
    if not subject or not body.strip():
        raise LetterError(f"{FOLDER}/{kind}.{lang}.txt:1: write the subject in the first line, and the letter below it")
    html = _filled(environment, f"{kind}.{lang}.html", said | {"subject": subject})
    return Letter(subject, body.strip("\n") + "\n", html)


def _template(folders: Sequence[Path], name: str) -> tuple[str, str, None] | None:
    """Return the text of a template and where it lies, None when there is none; raise LetterError, or OSError."""
    if PurePath(name).name != name:
        return None
    path = next((folder / name for folder in folders if (folder / name).exists()), None)
    path = path or next((place for place in [_OWN / _SHARED.sub("", name)] if place.exists()), None)
    if path is None:
        return None
    if path.resolve() != path.parent.parent.resolve() / path.parent.name / path.name or path.name not in (
        name,
        _SHARED.sub("", name),
    ):
        raise LetterError(f"{FOLDER}/{name}: a link, which may lead to any file; put the template itself there")
    content = disk.read(path, MOST_CHARACTERS + 1)
    if len(content) > MOST_CHARACTERS:
        raise LetterError(f"{FOLDER}/{name}: larger than {MOST_CHARACTERS:,} bytes; shorten it")
    text = content.decode("utf-8-sig")
    if conflict := merges.conflict(text.splitlines()):
        raise LetterError(f"{FOLDER}/{name}:{conflict}: a merge conflict; keep one of the two versions")
    return text, str(path), None


def isolated(text: str, direction: Direction, around: Direction) -> str:
    """Return a text so marked that what stands around it, in another direction, stays in order."""
    return f"{_ISOLATES[direction]}{text}{_END}" if text and direction != around else text


def _filled(environment: "SandboxedEnvironment", name: str, facts: Mapping[str, Any]) -> str:
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        parts, count = [], 0
        for part in environment.get_template(name).generate(facts):
            parts.append(part)
            count += len(part)
            if count > MOST_CHARACTERS:
                raise LetterError(f"{FOLDER}/{name}: a letter of more than {MOST_CHARACTERS:,} characters; shorten it")
        return "".join(parts)
    except TemplateNotFound as error:
        raise LetterError(f"{FOLDER}/{error.name}: no such template; write one, or choose another language") from None
    except TemplateSyntaxError as error:
        file = Path(error.filename or name).name
        raise LetterError(f"{FOLDER}/{file}:{error.lineno}: {error.message}; see docs/distribution.md") from None
    except UnicodeDecodeError:
        raise LetterError(f"{FOLDER}/{name}: not valid UTF-8; save the file as UTF-8") from None
    except (
        TemplateError, SyntaxError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError,
        MemoryError,
    ) as error:  # fmt: skip
        place = next(_places(error), name)
        raise LetterError(f"{FOLDER}/{place}: {str(error) or 'too large'}; see docs/distribution.md") from None


def _places(error: BaseException) -> Iterator[str]:
    """Yield where in a template an error came up, the innermost place first."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith((".txt", ".html")):
            yield f"{Path(frame.filename).name}:{frame.lineno}"
