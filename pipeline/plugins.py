"""Finds the plug-ins of a folder, and those that other packages offer as entry points.

A plug-in is a module or package in a folder, written as "translate.mt"; its file name is its name.
A file whose name begins with an underscore is shared by the plug-ins beside it. One from
outside the project is an entry point of the group "pipeline.<folder>", as "pipeline.translate.mt".
"""

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points
from types import ModuleType

from pipeline.errors import UsageError


@cache
def names(folder: str) -> tuple[str, ...]:
    """Return the names of all plug-ins of a folder, sorted; none of them is imported."""
    package = importlib.import_module(f"pipeline.{folder}")
    own = {module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_")}
    return tuple(sorted(own | set(entry_points(group=f"pipeline.{folder}").names)))


@cache
def load(folder: str, name: str) -> ModuleType:
    """Return the plug-in; raise UsageError when there is none of that name."""
    known = names(folder)
    if name not in known:
        raise UsageError(f"{folder}: {name!r} is unknown; choose one of: {', '.join(known)}")
    outside = entry_points(group=f"pipeline.{folder}", name=name)
    return next(iter(outside)).load() if outside else importlib.import_module(f"pipeline.{folder}.{name}")
