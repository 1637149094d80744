"""Finds the plug-ins of a folder, and those that other packages offer as entry points.

A plug-in is a module or package in a folder of this package; its file name is its name. A file whose
name begins with an underscore is shared by the plug-ins beside it. A plug-in of another package is an
entry point of the group "pipeline.<folder>", such as "pipeline.translate.mt". What the plug-ins of a
folder offer is a Protocol beside them.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

P = TypeVar("P", covariant=True)


class Plugins(Generic[P]):
    """The plug-ins of one folder, each of which offers what the Protocol P says."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def names(self) -> tuple[str, ...]:
        """Return the names of all plug-ins, sorted; none of them is imported."""
        return _names(self.folder)

    def load(self, name: str) -> P:
        """Return a plug-in; raise UsageError when there is none of that name."""
        if name not in self.names():
            raise UsageError(f"{self.folder}: {name!r} is unknown; choose one of: {', '.join(self.names())}")
        return cast(P, _loaded(self.folder, name))

    def __iter__(self) -> Iterator[P]:
        return map(self.load, self.names())


@cache
def _names(folder: str) -> tuple[str, ...]:
    package = importlib.import_module(f"pipeline.{folder}")
    own = {module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_")}
    return tuple(sorted(own | {outside.name for outside in _outside(folder)}))


@cache
def _loaded(folder: str, name: str) -> object:
    for outside in _outside(folder):
        if outside.name == name:
            return outside.load()
    return importlib.import_module(f"pipeline.{folder}.{name}")


@cache
def _outside(folder: str) -> "tuple[EntryPoint, ...]":
    return tuple(_entry_points().select(group=f"pipeline.{folder}"))


@cache
def _entry_points() -> "EntryPoints":
    """Return what all packages offer, for which the folder of each is looked into."""
    from importlib.metadata import entry_points  # it reads e-mail, and not every process asks

    return cast("EntryPoints", entry_points())  # Python 3.11 has another class for all of them, which selects alike
