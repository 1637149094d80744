"""Which small faults in a room no test sees.

    python -m benchmarks.mutation [ROOM or FILE …] [--sample N] [--seed S] [--seconds T]

Every mutant is one change in one module: a comparison, a boundary, a condition, a constant, a returned value, a
statement left out, arguments swapped. pytest and the libraries are loaded once; a fork for each mutant imports the
changed module and runs the tests of its name, of its folder, and of its room. A mutant that no test fails with has survived.
"""

import argparse
import ast
import contextlib
import copy
import importlib
import importlib.machinery
import importlib.util
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parents[1]
PACKAGE, TESTS = ROOT / "pipeline", ROOT / "tests"
ROOMS = ("text", "catalogue", "qa", "distribution")
LIBRARIES = ("pytest", "hypothesis.strategies", "lxml.etree", "polib", "jinja2.sandbox", "rapidfuzz", "rich.table", "typer",
             "msgspec", "babel", "openpyxl", "docx", "jdatetime", "num2words", "aiosmtpd.controller", "bagit", "trustme")  # fmt: skip

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Mod: ast.Add,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change: what stood in a line, what stands there now, and the code."""

    path: Path
    line: int
    before: str
    after: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.before}  →  {self.after}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    tree = ast.parse(path.read_text("utf-8"))
    number = 0
    for parent in _executed(tree):
        for field, value in ast.iter_fields(parent):
            for index, node in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(node, ast.AST):
                    continue
                for new in _changes(node, parent, field):
                    number += 1
                    _put(parent, field, index, new)
                    changed = ast.fix_missing_locations(copy.deepcopy(tree))
                    _put(parent, field, index, node)
                    line = getattr(node, "lineno", 0)
                    with contextlib.suppress(SyntaxError, ValueError):
                        code = compile(changed, str(path), "exec")
                        yield Mutant(path, line, _short(node), _short(new), code)


def _put(parent: ast.AST, field: str, index: int, node: ast.AST) -> None:
    value = getattr(parent, field)
    if isinstance(value, list):
        value[index] = node
    else:
        setattr(parent, field, node)


def _executed(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that decide what the code does: no annotations, docstrings, decorators or text of messages."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        for name in ("annotation", "returns", "decorator_list"):
            value = getattr(node, name, None)
            for part in value if isinstance(value, list) else [value]:
                skipped |= {id(inner) for inner in ast.walk(part)} if isinstance(part, ast.AST) else set()
        if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom | ast.Assert):
            skipped |= {id(inner) for inner in ast.walk(node)}
    yield from (node for node in ast.walk(tree) if id(node) not in skipped)


def _changes(node: ast.AST, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    """Yield what could stand in place of a node by a slip."""
    if field in ("annotation", "returns", "decorator_list", "format_spec"):
        return
    if field == "test" or (field == "ifs" and isinstance(node, ast.expr)):
        yield ast.UnaryOp(ast.Not(), node)
    match node:
        case ast.Compare(left, operators, comparators):
            for place, operator in enumerate(operators):
                new = COMPARISONS[type(operator)]()
                yield ast.Compare(left, [*operators[:place], new, *operators[place + 1 :]], comparators)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
            for place in range(len(values)):
                rest = [*values[:place], *values[place + 1 :]]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(operator, rest)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.BinOp(left, operator, right) if type(operator) in OPERATORS and not isinstance(left, ast.Constant):
            yield ast.BinOp(left, OPERATORS[type(operator)](), right)
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(str(value)) if 0 < len(value) < 12 and " " not in value and not isinstance(parent, ast.Expr):
            yield ast.Constant("")
        case ast.Return(value) if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break():
            yield ast.Pass()
        case ast.Call(function, arguments, keywords):
            is_symmetric = isinstance(function, ast.Name) and function.id in ("max", "min")
            if (
                len(arguments) > 1
                and not is_symmetric
                and not any(isinstance(part, ast.Starred) for part in arguments[:2])
            ):
                first, second, *rest = arguments
                yield ast.Call(function, [second, first, *rest], keywords)
            for place, keyword in enumerate(keywords):
                if keyword.arg in ("key", "reverse", "default"):
                    yield ast.Call(function, arguments, [*keywords[:place], *keywords[place + 1 :]])


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())[:70]


class Finder:
    """Imports a module as its mutant."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant, self.name = mutant, module_name(mutant.path)

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        loader = Loader(name, str(self.mutant.path))
        loader.mutant = self.mutant
        return importlib.util.spec_from_file_location(name, self.mutant.path, loader=loader)


class Loader(importlib.machinery.SourceFileLoader):
    mutant: Mutant

    def get_code(self, fullname: str) -> CodeType:
        return self.mutant.code


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def tests_of(path: Path, *, near: bool = False) -> list[list[str]]:
    """Return the tests of a module, then the others of its folder, then the rest of its room unless `near`."""
    inside = path.relative_to(PACKAGE)
    inside = inside.parent.with_suffix(".py") if inside.name == "__init__.py" else inside
    own = TESTS / inside.with_name(f"test_{inside.name}")
    folder = {place for place in own.parent.glob("test_*.py") if place != own}
    room = set((TESTS / inside.parts[0]).rglob("test_*.py")) - folder - {own}
    groups = [[own] if own.exists() else [], folder, set() if near else room]
    return [[str(place) for place in sorted(group)] for group in groups if group]


def status(mutant: Mutant | None, tests: Sequence[str], seconds: float) -> int | None:
    """Return the exit status of pytest with a mutant in place, or None when it does not end in time."""
    child = os.fork()
    if not child:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        import pytest

        if mutant:
            sys.meta_path.insert(0, Finder(mutant))  # type: ignore[arg-type]
        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-W", "ignore", "--tb=no", *tests])))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, code = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(code)
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def survives(mutant: Mutant, seconds: float, *, near: bool) -> bool:
    return all(status(mutant, tests, seconds) == 0 for tests in tests_of(mutant.path, near=near))


def modules(names: Sequence[str]) -> list[Path]:
    """Return the modules of rooms or files."""
    found: list[Path] = []
    for name in names or ROOMS:
        place = PACKAGE / name if (PACKAGE / name).exists() else ROOT / name
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="ROOM or FILE", help=f"default: {' '.join(ROOMS)}")
    parser.add_argument("--sample", type=int, help="try only so many, taken at random")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--seconds", type=float, default=120, help="for the tests of one mutant; one that takes longer is killed"
    )
    parser.add_argument("--near", action="store_true", help="run the tests of the module's own folder only: quicker")
    options = parser.parse_args()
    for library in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(library)
    every = [mutant for path in modules(options.names) for mutant in mutants(path)]
    chosen = random.Random(options.seed).sample(every, min(options.sample or len(every), len(every)))
    needed = {test for mutant in chosen for tests in tests_of(mutant.path, near=options.near) for test in tests}
    if (code := status(None, sorted(needed), 600)) != 0:
        sys.exit(f"{' '.join(sorted(needed))}: not green without any mutant (exit status {code})")
    tried, killed = Counter[str](), Counter[str]()
    with contextlib.suppress(KeyboardInterrupt):  # they come in no order, so that a part of them is a sample too
        for mutant in chosen:
            killed_one = not survives(mutant, options.seconds, near=options.near)
            room = mutant.path.relative_to(PACKAGE).parts[0]
            tried[room] += 1
            killed[room] += killed_one
            if not killed_one:
                print(f"survived  {mutant}", flush=True)
    for room, number in sorted(tried.items()):
        share = f"{killed[room]} of {number} killed ({killed[room] / number:.0%})"
        print(f"{room}: {share}; seed {options.seed}, {len(every)} in all")


if __name__ == "__main__":
    main()
