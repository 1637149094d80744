"""How work grows with the text it is given, and the texts that make a pattern work hardest.

Times are CPU times of this process, compared within one run only: the best of several, over doublings.
"""

import ast
import math
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from itertools import islice, pairwise, product
from re import _constants as sre
from re import _parser as parser
from types import ModuleType

import pipeline
from pipeline.text.words import Remembered

Text = Callable[[int], str]
"""A text of about so many characters."""

SIZE = 2000

FLOOR = 0.002
"""CPU seconds under which nothing is measured: to match SIZE characters takes a tenth of it when each is read once."""

GIVEN_UP = 20.0
"""CPU seconds after which work is stopped that would go on for hours; a hundred times what any work here takes."""

STEEP = 2.7
"""How many times as long twice the text takes: 2 is linear, 4 quadratic."""


class _TooLongError(Exception):
    pass


@contextmanager
def _stopped(most: float) -> Iterator[None]:
    """Stop what takes more CPU seconds; a match of `re` looks for signals."""
    start = time.process_time()

    def look(number, frame):
        if time.process_time() - start > most:
            raise _TooLongError

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)  # one of CPU time would make the clocks of CPU time coarse
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def cpu(work: Callable[[], object], times: int = 1, most: float = GIVEN_UP) -> float:
    """Return the CPU seconds of some work, the best of several times; infinite if it had to be stopped.

    What the package keeps of earlier work is forgotten before.
    """
    best = math.inf
    for _ in range(times):
        for forget in _caches():
            forget()
        try:
            with _stopped(most):
                start = time.process_time()
                work()
                best = min(best, time.process_time() - start)
        except _TooLongError:
            return math.inf
    return best


@lru_cache
def _caches() -> list[Callable[[], None]]:
    """Return what makes the package forget what it keeps by text; what it keeps by language stays."""
    found = [value for name, _ in modules() for value in vars(import_module(name)).values()]
    kept = [value for value in found if hasattr(value, "cache_parameters")]
    by_text = [value.cache_clear for value in kept if (value.cache_parameters()["maxsize"] or 0) >= 64]
    return by_text + [value.clear for value in found if isinstance(value, Remembered)]


def is_steep(work: Callable[[str], object], text: Text, size: int = SIZE, most: float = GIVEN_UP) -> bool:
    """Whether work grows with more than its size: clearly, over several doublings, and each time it is measured."""
    piece, whole = text(size // 4), text(size)
    taken = cpu(lambda: work(whole), most=most)
    if taken == math.inf:
        return True
    if taken < FLOOR or taken < 7 * cpu(lambda: work(piece)):
        return False
    return all(_doubles_steeply(work, text, size) for _ in range(3))


def _doubles_steeply(work: Callable[[str], object], text: Text, size: int) -> bool:
    """Whether twice a text takes clearly more than twice the time, and that twice as well."""
    pieces = [text(size >> part) for part in (2, 1, 0)]
    taken = [cpu(lambda piece=piece: work(piece), 3) for piece in pieces]
    return taken[-1] > FLOOR and all(long > STEEP * short for short, long in pairwise(taken))


# --- patterns ------------------------------------------------------------------------

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
_ANYWHERE = {*METHODS} - {"match", "fullmatch"}


def modules() -> Iterator[tuple[str, str]]:
    """Yield the modules of the package: name and source."""
    for found in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        spec = found.module_finder.find_spec(found.name)
        yield found.name, spec.loader.get_source(found.name)


def compiled() -> Iterator[tuple[str, re.Pattern, set[str]]]:
    """Yield the patterns of the package that are written in its source: name, pattern, and how they are used."""
    sources = dict(modules())
    for name, source in sources.items():
        tree = ast.parse(source)
        for key, value in _assigned(import_module(name), tree):
            if isinstance(value, re.Pattern):
                yield f"{name}.{key}", value, uses(key, sources.values())
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
        within = {call for function in functions for call in ast.walk(function)}
        for call in filter(_method_of_re, within):
            made, method = _constant(call.args[0]), _method_of_re(call)
            if made is not None:
                flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(call) else 0
                yield f"{name}:{call.lineno}", re.compile(made, flags), {"search" if method == "compile" else method}


def _assigned(module: ModuleType, tree: ast.Module) -> Iterator[tuple[str, object]]:
    """Yield what a module gives names to itself, also two on one line."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
            yield from ((name, getattr(module, name)) for name in names if hasattr(module, name))


def dynamic() -> Iterator[str]:
    """Yield the functions that make a pattern of what they are given."""
    for name, source in modules():
        for function in ast.walk(ast.parse(source)):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if _method_of_re(call) and _constant(call.args[0]) is None:
                        yield f"{name}.{function.name}"


def _method_of_re(node: ast.AST) -> str:
    """Return «sub» of a call of re.sub; empty for all else."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return ""
    is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
    return node.func.attr if is_re and node.func.attr in (*METHODS, "compile") else ""


def _constant(node: ast.AST) -> str | bytes | None:
    return node.value if isinstance(node, ast.Constant) else None


def uses(name: str, sources) -> set[str]:
    """Return the methods that are called of what has a name."""
    call = re.compile(rf"\b{name}(?:\([^\n]*?\))?\.({'|'.join(METHODS)})\(")
    return {found for source in sources for found in call.findall(source)} or {"search"}


def tried(pattern: re.Pattern, methods: set[str]) -> Iterator[Callable[[str], object]]:
    """Yield what is done with a pattern, for each way it is used."""
    if methods & _ANYWHERE:
        yield lambda text: sum(1 for _ in pattern.finditer(text))
    for method in methods - _ANYWHERE:
        yield getattr(pattern, method)


_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


# --- texts ---------------------------------------------------------------------------

ALPHABET = "a1 .،\u200c([\"'«-/@:\u0301\u0628ا,_*+#!=\n\t\\"
"""A character of every kind that patterns tell apart."""

OTHER = "\x01"
"""What hardly any pattern has: behind a text it makes the match fail."""


def hard(pattern: re.Pattern, most: int = 80) -> Iterator[Text]:
    """Yield texts that make a pattern work: what its loops are made of, again and again, and then a failure."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    characters = _representatives(tree)
    loops = list(_loops(tree, ""))
    texts = dict.fromkeys(islice(_pieces(loops, characters), most))
    for before, body, after in texts:

        def text(size: int, before: str = before, body: str = body, after: str = after) -> str | bytes:
            made = before + body * max(1, size // len(body)) + after
            return made.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else made

        text.shown = f"{before!r} + {body!r} * n + {after!r}"
        yield text


def _pieces(loops, characters: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what stands before, what is repeated, and what stands behind."""
    for before, body in loops:
        for after in ("", OTHER):
            for part in dict.fromkeys(filter(None, (body, before + body, f"{body} ", *characters))):
                yield before, part, after
    words = list(dict.fromkeys(filter(None, (*characters, *(before + body for before, body in loops[:6])))))
    for one in words:
        yield "", one, OTHER
    for one, other in product(words, words):
        if one != other:
            yield "", one + other, OTHER
            yield one, other * 3 + one, OTHER
            yield "", one + other, one


def _representatives(tree) -> list[str]:
    """Return one character for each way of fitting into the classes of a pattern."""
    sets = [node for node in _nodes(tree) if node[0] in (sre.IN, sre.NOT_LITERAL)]
    literals = [chr(node[1]) for node in _nodes(tree) if node[0] is sre.LITERAL]
    ends = [chr(end) for node in sets if node[0] is sre.IN for op, av in node[1] if op is sre.RANGE for end in av]
    alone = [chr(av) for node in sets if node[0] is sre.IN for op, av in node[1] if op is sre.LITERAL]
    by_kind: dict[tuple, str] = {}
    for character in (*ALPHABET, *alone, *ends, *literals[:12]):
        kind = (*(_fits(character, node) for node in sets), character if character in literals[:12] else "")
        by_kind.setdefault(kind, character)
    return list(by_kind.values())[:14]


def _nodes(tree) -> Iterator[tuple]:
    for op, av in tree:
        yield op, av
        for inner in _inner(op, av):
            yield from _nodes(inner)


def _inner(op, av) -> list:
    if op in _REPEATS:
        return [av[2]]
    if op is sre.SUBPATTERN:
        return [av[3]]
    if op is sre.BRANCH:
        return list(av[1])
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [av[1]]
    if op is sre.ATOMIC_GROUP:
        return [av]
    return []


def _fits(character: str, node) -> bool:
    op, av = node
    if op is sre.NOT_LITERAL:
        return ord(character) != av
    found = any(_is_in(character, *item) for item in av if item[0] is not sre.NEGATE)
    return found != (av[0][0] is sre.NEGATE)


def _is_in(character: str, op, av) -> bool:
    if op is sre.LITERAL:
        return ord(character) == av
    if op is sre.RANGE:
        return av[0] <= ord(character) <= av[1]
    is_in = {
        sre.CATEGORY_DIGIT: str.isdecimal, sre.CATEGORY_SPACE: str.isspace,
        sre.CATEGORY_WORD: lambda one: one.isalnum() or one == "_",
    }  # fmt: skip
    return is_in[av](character) if av in is_in else not is_in[_OPPOSITE[av]](character)


_OPPOSITE = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}


def _loops(tree, before: str) -> Iterator[tuple[str, str]]:
    """Yield every loop without a small end: what fits before it, and what fits into it once."""
    for op, av in tree:
        for inner in _inner(op, av):
            yield from _loops(inner, before)
        if op in _REPEATS and av[1] > 8:
            yield before, _sample(av[2]) or "a"
        before += _sample([(op, av)])


def _sample(tree) -> str:
    """Return a short text that fits, but for what stands around it."""
    parts = []
    for op, av in tree:
        if op is sre.LITERAL:
            parts.append(chr(av))
        elif op is sre.ANY:
            parts.append("a")
        elif op in (sre.IN, sre.NOT_LITERAL):
            ends = [chr(end) for one, end in (av if op is sre.IN else ()) if one is sre.LITERAL]
            parts.append(next((one for one in (*ALPHABET, *ends, "\u0621", "\u4e00") if _fits(one, (op, av))), "a"))
        elif op in _REPEATS:
            parts.append(_sample(av[2]) * min(av[0], 30))
        elif op is not sre.ASSERT_NOT and op is not sre.ASSERT and (inner := _inner(op, av)):
            parts.append(_sample(inner[0]))
    return "".join(parts)
