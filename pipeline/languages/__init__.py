"""What typesetting and PO files need to know of a language: one TOML file each, named by its code.

A language is added by adding its file; every file has the same keys.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pipeline.errors import UsageError


@dataclass(frozen=True, slots=True)
class Language:
    """What one file says.

    `direction` is "rtl" or "ltr"; `digits` are the ten numerals from zero; `words` the
    labels on a page; `names` what the languages are called in this one, by code;
    `origins` how statements of origin in PO headers read in this language.
    """

    code: str
    name: str
    direction: str
    digits: str
    plural_forms: str
    words: dict[str, str]
    names: dict[str, str]
    origins: dict[str, str]

    def number(self, value: int) -> str:
        """Return a number in the numerals of the language."""
        return str(value).translate(str.maketrans("0123456789", self.digits))


def codes() -> list[str]:
    files = resources.files(__name__).iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


@cache
def load(code: str) -> Language:
    """Return the language; raise UsageError when its code has no file here."""
    if code not in codes():
        raise UsageError(f"language {code!r} is unknown; known are: {', '.join(codes())}")
    table = tomllib.loads(resources.files(__name__).joinpath(f"{code}.toml").read_text("utf-8"))
    return Language(code=code, **table)
