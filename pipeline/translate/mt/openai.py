"""A language model that the user runs, behind an OpenAI-compatible address (llama.cpp, Ollama, vLLM).

    [engines.openai]
    address = "http://127.0.0.1:11434/v1"
    model = "aya-expanse:8b"

Texts go to this machine alone, unless `allow_remote = true` stands there too, and `offline = true` nowhere.
"""

import json
from collections.abc import Sequence
from http.client import HTTPException
from typing import Any
from urllib.parse import SplitResult, urlsplit

from pipeline.errors import EngineError
from pipeline.languages import name
from pipeline.translate.mt import TRUNCATED, Context, Result, Settings

_KEYS = {"address", "model", "allow_remote", "timeout_seconds"}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_MOST_BYTES = 2**20

PROMPT = (
    "You translate from {source} into {target}. Answer with the translation of the sentence and nothing else: "
    "no explanation, no quotation marks around it. Leave marks such as X0X exactly as they are."
)


class ServedEngine:
    """One model behind an address."""

    name = "openai"

    def __init__(self, source_lang: str, target_lang: str, options: dict[str, Any]) -> None:
        self.model = f"{options['model']} {source_lang}→{target_lang}"
        self._options = options
        source, target = (name(lang, "en") or lang for lang in (source_lang, target_lang))
        self._prompt = PROMPT.format(source=source, target=target)
        self.parameters = "temperature 0"
        self.contexts: dict[str, Context] = {}
        self.fingerprint = f"openai {options['address']} {options['model']} {self._prompt}"

    def translate(self, sentences: Sequence[str]) -> list[Result]:
        """Return one result per sentence; raise EngineError when the server fails."""
        return [self._translated(sentence) for sentence in sentences]

    def _translated(self, sentence: str) -> Result:
        asked = {
            "model": self._options["model"],
            "temperature": 0,
            "max_tokens": 4 * len(sentence) + 64,
            "messages": [
                {"role": "system", "content": self._prompt + _around(self.contexts.get(sentence, Context()))},
                {"role": "user", "content": sentence},
            ],
        }
        try:
            choice = _asked(self._options, asked)["choices"][0]
            text = choice["message"]["content"]
            if not isinstance(text, str):
                raise TypeError("no text")
            text.encode()  # half of a surrogate pair is no text either
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise EngineError(f"{self._options['address']}: not the answer of such a server ({error})") from None
        flags = {TRUNCATED} if choice.get("finish_reason") == "length" else set()
        return Result(" ".join(text.split()), flags=frozenset(flags))


def _around(context: Context) -> str:
    """Return what the prompt says of a sentence's neighbours, not to be translated, and of its marks."""
    said = [f"\nX{number}X stands for: {value}" for number, value in enumerate(context.marks)]
    said += [f"\nIt goes on from this, for the context alone: {context.introduction}"] * bool(context.introduction)
    said += [f"\nBefore it stands, for the context alone: {context.before}"] * bool(context.before)
    said += [f"\nBehind it stands, for the context alone: {context.after}"] * bool(context.after)
    return "".join(said)


def _asked(options: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    from urllib.request import ProxyHandler, Request, build_opener

    request = Request(
        f"{options['address'].rstrip('/')}/chat/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    # Without a proxy: what is meant for this machine must not leave it because of a setting.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(request, timeout=options.get("timeout_seconds", 300)) as response:
            content = response.read(_MOST_BYTES + 1)
    except (OSError, ValueError, HTTPException) as error:
        raise EngineError(
            f"{options['address']}: {str(error) or type(error).__name__}; start the server, or choose another engine"
        ) from None
    if len(content) > _MOST_BYTES:
        raise EngineError(f"{options['address']}: answered with more than {_MOST_BYTES:,} bytes")
    return json.loads(content)


def _split(address: object) -> SplitResult | None:
    """Return the parts of an address; None when it is none."""
    try:
        parts = urlsplit(address if isinstance(address, str) and address.isascii() and address.isprintable() else "")
        return None if parts.port == 0 or " " in parts.geturl() else parts
    except ValueError:
        return None


def plan(source_lang: str, target_lang: str, settings: Settings) -> list[tuple[str, str]]:
    """Return the pair itself; raise EngineError when no address is configured, or one that is not allowed."""
    options, where = settings.options, "pipeline.toml: engines.openai"
    if not options.get("address") or not options.get("model"):
        raise EngineError(f"{where}: no server; write its address and model there")
    if unknown := sorted(set(options) - _KEYS):
        raise EngineError(f"{where}: unknown key {unknown[0]!r}; known are: {', '.join(sorted(_KEYS))}")
    if not isinstance(options["model"], str):
        raise EngineError(f'{where}.model: write its name in quotes: model = "aya-expanse:8b"')
    seconds = options.get("timeout_seconds", 300)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < 10**6:
        raise EngineError(f"{where}.timeout_seconds: write a number of seconds: timeout_seconds = 300")
    address = _split(options["address"])
    if not address or address.scheme not in ("http", "https") or not address.hostname:
        raise EngineError(f"{where}.address: write it as http://127.0.0.1:8080/v1")
    if address.hostname not in _LOOPBACK and options.get("allow_remote") is not True:
        raise EngineError(
            f"{where}.address: {address.hostname} is another machine, and the texts would go there; "
            f"if you want that, write allow_remote = true"
        )
    if address.hostname not in _LOOPBACK and settings.offline:
        raise EngineError(
            f"{where}.address: {address.hostname} is another machine, and offline = true stands in pipeline.toml; "
            f"take it out, or use a server on this machine"
        )
    if address.hostname not in _LOOPBACK and address.scheme != "https":
        raise EngineError(f"{where}.address: texts go to another machine over https only")
    return [(source_lang, target_lang)]


def open(source_lang: str, target_lang: str, settings: Settings) -> ServedEngine:
    """Return the engine of a pair that `plan` allowed."""
    return ServedEngine(source_lang, target_lang, dict(settings.options))
