"""A language model that the user runs, behind an OpenAI-compatible address (llama.cpp, Ollama, vLLM).

    [engines.openai]
    address = "http://127.0.0.1:11434/v1"
    model = "aya-expanse:8b"

Texts go to this machine alone, unless `allow_remote = true` stands there too, and `offline = true` nowhere.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Annotated
from urllib.error import HTTPError
from urllib.parse import SplitResult, urlsplit

import msgspec
from msgspec import Meta

from pipeline import tables
from pipeline.errors import EngineError
from pipeline.languages import name
from pipeline.loopback import is_loopback
from pipeline.tables import Line, Rule
from pipeline.translate.mt import REFUSED, TRUNCATED, EngineSettings, Surroundings, Translation

_MOST_BYTES = 2**20

_REFUSALS = frozenset({400, 403, 413, 422})
"""What servers say of one sentence that they will not have, as filters of content do; some say it of every one."""

_FILTERED = "content_filter"
"""How an answer ends that a filter has left out, or cut off wherever it was."""

_HARMLESS = "1"
"""A sentence that no filter refuses: where it is refused too, the fault is none of the sentences."""

PROMPT = (
    "You translate from {source} into {target}. Answer with the translation of the sentence and nothing else: "
    "no explanation, no quotation marks around it. Leave marks such as X0X exactly as they are."
)


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address; None when it is none."""
    try:
        parts = urlsplit(address if address.isascii() and address.isprintable() else "")
        is_one = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and " " not in parts.geturl()
        return parts if is_one else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Served:
    """[engines.openai]: the address of a server and its model; without both there is no server."""

    address: Annotated[
        str,
        Rule(
            "the address of a server", '"http://127.0.0.1:8080/v1"', lambda text: not text or _split(text) is not None
        ),
    ] = ""
    model: Annotated[Line, Rule("its name in quotes", '"aya-expanse:8b"')] = ""
    allow_remote: bool = False
    timeout_seconds: Annotated[float, Rule("a number of seconds", "300"), Meta(gt=0, lt=10**6)] = 300


OPTIONS = Served

ASKS_A_SERVER = True


class ServedEngine:
    """One model behind an address."""

    name = "openai"

    parameters = "temperature 0"

    window = 1  # each answer took seconds, or was paid for: it is kept before the next is asked for

    def __init__(self, source_lang: str, target_lang: str, options: Served) -> None:
        self.model = f"{options.model} {source_lang}→{target_lang}"
        self._options = options
        source, target = (name(lang, "en") or lang for lang in (source_lang, target_lang))
        self._prompt = PROMPT.format(source=source, target=target)
        self.contexts: dict[str, Surroundings] = {}
        self.fingerprint = f"openai {options.address} {options.model} {self._prompt}"
        self._has_answered = False

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """Return one result per sentence; raise EngineError when the server fails."""
        return [self._translated(sentence) for sentence in sentences]

    def _translated(self, sentence: str) -> Translation:
        try:
            translation, self._has_answered = self._asked(sentence), True
        except _RefusalError:
            if not self._has_answered:
                self._asked(_HARMLESS)
            self._has_answered = False  # where the next is refused too, it may be that all are from now on
            return Translation("", flags=frozenset({REFUSED}))
        return translation

    def _asked(self, sentence: str) -> Translation:
        asked = {
            "model": self._options.model,
            "temperature": 0,
            "max_tokens": 4 * len(sentence) + 64,
            "messages": [
                {"role": "system", "content": self._prompt + _around(self.contexts.get(sentence, Surroundings()))},
                {"role": "user", "content": sentence},
            ],
        }
        answer = _answer(self._options, asked)
        try:
            choice = msgspec.json.decode(answer, type=_Completion).choices[0]
        except (ValueError, LookupError, RecursionError) as error:
            raise EngineError(
                f"{self._options.address}: this is not how an OpenAI-compatible server replies ({error}); "
                "check the address"
            ) from None
        if choice.message.content is None or choice.finish_reason == _FILTERED:
            return Translation("", flags=frozenset({REFUSED}))
        flags = {TRUNCATED} if choice.finish_reason == "length" else set()
        return Translation(choice.message.content.strip(), flags=frozenset(flags))


class _RefusalError(EngineError):
    """A server will not have what it was asked."""


@dataclass(frozen=True, slots=True)
class _Message:
    content: str | None


@dataclass(frozen=True, slots=True)
class _CompletionChoice:
    message: _Message
    finish_reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Completion:
    """What is read of a server's answer."""

    choices: tuple[_CompletionChoice, ...]


def _around(context: Surroundings) -> str:
    """Return what the prompt says of a sentence's neighbours, not to be translated, and of its marks."""
    said = [f"\nX{number}X stands for: {value}" for number, value in enumerate(context.marks)]
    said += [f"\nIt continues this sentence, for context only: {context.introduction}"] * bool(context.introduction)
    said += [f"\nThe sentence before it, for context only: {context.before}"] * bool(context.before)
    said += [f"\nThe sentence after it, for context only: {context.after}"] * bool(context.after)
    return "".join(said)


def _answer(options: Served, asked: dict[str, object]) -> bytes:
    """Return what the server says; raise EngineError when it says nothing, or far too much."""
    from pipeline.translate import servers

    address, content = f"{options.address.rstrip('/')}/chat/completions", json.dumps(asked).encode()
    try:
        answer = servers.post(address, content, options.timeout_seconds, _MOST_BYTES + 1)
    except (OSError, ValueError, HTTPException) as error:
        is_refusal = isinstance(error, HTTPError) and error.code in _REFUSALS
        raise (_RefusalError if is_refusal else EngineError)(
            f"{options.address}: {str(error) or type(error).__name__}; start the server, or choose another engine"
        ) from None
    if len(answer) > _MOST_BYTES:
        raise EngineError(f"{options.address}: answered with more than {_MOST_BYTES:,} bytes")
    return answer


def plan(source_lang: str, target_lang: str, settings: EngineSettings) -> list[tuple[str, str]]:
    """Return the pair itself; raise EngineError when no address is configured, or one that is not allowed."""
    options, where = _options(settings), "pipeline.toml: engines.openai"
    address = _split(options.address)
    if not address or not options.model:
        raise EngineError(f"{where}: no server; write its address and model there")
    if is_loopback(address.hostname or ""):
        return [(source_lang, target_lang)]
    if not options.allow_remote:
        raise EngineError(
            f"{where}.address: {address.hostname} is another machine, and the texts would go there; "
            f"if you want that, write allow_remote = true"
        )
    if settings.offline:
        raise EngineError(
            f"{where}.address: {address.hostname} is another machine, and pipeline.toml has offline = true; "
            f"remove that line, or use a server on this machine"
        )
    if address.scheme != "https":
        raise EngineError(f"{where}.address: texts go to another machine over https only")
    return [(source_lang, target_lang)]


def open(source_lang: str, target_lang: str, settings: EngineSettings) -> ServedEngine:
    """Return the engine of a pair that `plan` allowed."""
    return ServedEngine(source_lang, target_lang, _options(settings))


def _options(settings: EngineSettings) -> Served:
    return tables.converted(Served, settings.options, "pipeline.toml: engines.openai", EngineError)
