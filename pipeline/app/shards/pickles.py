"""What Dask's programs may unpickle: names of its own that do nothing, and our one task. All else is refused.

Dask sends its messages as pickles, and a pickle may name any function for its reader to call: whoever may connect could
run what they like. Here each name is looked up in a list; a pickle that has another ends unread.
"""

import io
import pickle
import sys
from collections.abc import Callable, Iterable
from functools import partial
from types import SimpleNamespace
from typing import Any

NAMES = frozenset(
    {
        ("builtins", "bytes"),
        ("dask._expr", "Expr._reconstruct"),
        ("dask._expr", "LLGExpr"),
        ("dask._task_spec", "Task"),
        ("pipeline.app.shards.tasks", "draft"),
    }
)
"""Modules, and what may be had of each: what a task, what leads to it and its answer are made of."""

ENUMERATIONS = frozenset({("distributed.core", "Status")})
"""The same, of what is sent beside pickles."""

_ROOTS = ("dask", "distributed")


class RefusedPickleError(pickle.UnpicklingError, TypeError):
    """A pickle names what nothing of ours needs. Dask goes on after a TypeError."""


class ListedUnpickler(pickle.Unpickler):
    """Reads a pickle that names nothing but what is listed."""

    def find_class(self, module: str, name: str) -> Any:
        """Return what is listed under a name; raise RefusedPickleError for another, before it is looked for."""
        if (module, name) not in NAMES:
            raise RefusedPickleError(f"{module}.{name}: not what the machines of a cluster have to say to each other")
        return super().find_class(module, name)


def loads(content: Any, /, *, buffers: Iterable[Any] | None = None, **_: object) -> Any:
    """Return what a pickle says, as pickle.loads does; raise RefusedPickleError where it names what is not listed."""
    return ListedUnpickler(io.BytesIO(content), buffers=buffers).load()


def decoded(content: dict[Any, Any], plain: Callable[[Any], Any]) -> Any:
    """Return what a map in a message means, as Dask's `plain` does; raise RefusedPickleError for what is not listed.

    It may name a member of an enumeration: for Dask, anything that a module of its own holds, which is imported for it.
    """
    if "__Enum__" not in content:
        return plain(content)
    module, name = content.get("__module__"), content.get("__name__")
    if (module, name) not in ENUMERATIONS:
        raise RefusedPickleError(f"{module}.{name}: not what the machines of a cluster have to say to each other")
    return getattr(sys.modules[str(module)], str(name))[content.get("name")]


def guard() -> None:
    """Have Dask, as far as it is imported, read every pickle and message so, in this process from now on."""
    guarded = SimpleNamespace(**vars(pickle))
    guarded.loads = loads
    guarded.load = lambda file, **_: loads(file.read())
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] not in _ROOTS:
            continue
        if getattr(module, "pickle", None) is pickle:
            module.pickle = guarded  # type: ignore[attr-defined]
        if plain := getattr(module, "msgpack_decode_default", None):
            module.msgpack_decode_default = partial(decoded, plain=plain)  # type: ignore[attr-defined]
