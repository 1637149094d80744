"""Templates → the letter that comes with a bundle.

A template is pipeline/distribution/letters/<name>.<lang>.txt or .html, or a file of that name in the workspace's
own letters/, which wins. The first line of a text is the subject. What a template may use stands in
docs/distribution.md. It runs in a sandbox, and sees text and numbers alone.
"""

import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import languages
from pipeline.errors import LetterError
from pipeline.text.months import GREGORIAN, JALALI, NAMES

LANGUAGES = ("en", "fa", "fr")
"""Those that the tool brings letters in."""

LETTER, WITHDRAWAL = KINDS = ("letter", "withdrawal")
FOLDER = "letters"

_OWN = Path(__file__).parent / FOLDER
_ISOLATES = {"ltr": "\u2066", "rtl": "\u2067"}
_END = "\u2069"
_SILENT = {" ", "\u200c", "\u200d", *_ISOLATES.values(), _END}
"""What a subject may hold beside what is printed."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in one language: its subject is one line, its text and its HTML say the same."""

    subject: str
    text: str
    html: str


def known(folder: Path | None) -> tuple[str, ...]:
    """Return the languages there are letters in, with those of a folder of templates."""
    files = {path.name for path in folder.iterdir()} if folder and folder.is_dir() else set()
    own = {name.split(".")[1] for name in files if name.count(".") == 2}
    forms = [(kind, form) for kind in KINDS for form in ("txt", "html")]
    complete = {lang for lang in own if all(f"{kind}.{lang}.{form}" in files for kind, form in forms)}
    return tuple(sorted({*LANGUAGES, *(complete & set(languages.codes()))}))


def compose(kind: str, lang: str, facts: Mapping[str, Any], folder: Path | None = None) -> Letter:
    """Return the letter of a kind in a language that says these facts.

    Raises LetterError with the template's file and line when it cannot be filled in.
    """
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    language = languages.load(lang)
    environment = SandboxedEnvironment(
        loader=FileSystemLoader([folder, _OWN] if folder else [_OWN]),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "number": language.number,
        "date": lambda iso: dated(iso, language),
        "language": lambda code: language.names.get(code, code),
        "origin": lambda text: language.origins.get(text) or isolated(text, "ltr", language.direction),
        "ltr": lambda text: isolated(text, "ltr", language.direction),
        "of": lambda text, code: isolated(text, languages.load(code).direction, language.direction),
        "direction": lambda code: languages.load(code).direction,
    }
    known_to_all = {**facts, "lang": lang, "direction": language.direction}
    text, html = (_filled(environment, f"{kind}.{lang}.{form}", known_to_all) for form in ("txt", "html"))
    subject, _, body = text.partition("\n")
    subject = " ".join("".join(one for one in subject if one.isprintable() or one in _SILENT).split())
    if not subject or not body.strip():
        raise LetterError(f"{FOLDER}/{kind}.{lang}.txt:1: write the subject in the first line, and the letter below it")
    return Letter(subject, body.strip("\n") + "\n", html)


def dated(iso: str, language: languages.Language) -> str:
    """Return a date in words; in Persian in both calendars. Empty when there is none."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    if language.code == "fa":
        import jdatetime

        own = jdatetime.date.fromgregorian(date=day)
        both = ((own, JALALI), (day, GREGORIAN))
        first, second = (
            f"{language.number(one.day)} {_month(names, one.month)} {language.number(one.year)}" for one, names in both
        )
        return f"{first} ({second})"
    if language.code in NAMES:
        number = "1er" if language.code == "fr" and day.day == 1 else language.number(day.day)
        return f"{number} {NAMES[language.code][day.month - 1]} {language.number(day.year)}"
    return iso


def _month(names: Mapping[str, int], number: int) -> str:
    return next(name for name, known in names.items() if known == number)


def isolated(text: str, direction: str, around: str) -> str:
    """Return a text so marked that what stands around it, in another direction, stays in order."""
    return f"{_ISOLATES[direction]}{text}{_END}" if text and direction != around else text


def _filled(environment: Any, name: str, facts: Mapping[str, Any]) -> str:
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        return environment.get_template(name).render(facts)
    except TemplateNotFound as error:
        raise LetterError(f"{FOLDER}/{error.name}: no such template; write one, or choose another language") from None
    except TemplateSyntaxError as error:
        file = Path(error.filename or name).name
        raise LetterError(f"{FOLDER}/{file}:{error.lineno}: {error.message}; see docs/distribution.md") from None
    except UnicodeDecodeError:
        raise LetterError(f"{FOLDER}/{name}: not valid UTF-8; save the file as UTF-8") from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        place = next(_places(error), name)
        raise LetterError(f"{FOLDER}/{place}: {error}; see docs/distribution.md") from None


def _places(error: BaseException) -> Iterator[str]:
    """Yield where in a template an error came up, the innermost place first."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith((".txt", ".html")):
            yield f"{Path(frame.filename).name}:{frame.lineno}"
