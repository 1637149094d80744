"""A pickle of somebody else names nothing that is called here: it is refused before it is looked up."""

import ast
import os
import pickle
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline.app.shards import cluster, pickles, tasks


class Evil:
    def __init__(self, function, *words):
        self.made = function, words

    def __reduce__(self):
        return self.made


@pytest.mark.parametrize(
    "evil",
    [
        Evil(os.system, "touch pickled"),
        Evil(eval, "open('pickled', 'w')"),
        Evil(getattr, os, "system"),
        partial(os.system, "touch pickled"),
        os.system,
        [tasks.draft, Evil(exec, "open('pickled', 'w')")],
        ValueError("an error of somebody else"),
    ],
)
def test_what_a_stranger_would_have_run_is_refused(evil, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        try:
            content = pickle.dumps(evil, protocol)
        except TypeError:
            continue
        with pytest.raises(pickles.RefusedPickleError):
            pickles.loads(content)
    assert not (tmp_path / "pickled").exists()


@pytest.mark.parametrize("name", ["draft.__globals__", "draft.__globals__.clear", "remote", "remote.answered"])
def test_what_is_listed_leads_to_nothing_else(name):
    content = b"\x80\x04" + _text("pipeline.app.shards.tasks") + _text(name) + b"\x93."
    with pytest.raises(pickles.RefusedPickleError):
        pickles.loads(content)


def _text(words: str) -> bytes:
    return b"\x8c" + bytes([len(words)]) + words.encode()


def test_what_the_machines_say_to_each_other_is_read():
    from dask._task_spec import Task

    assert pickles.loads(pickle.dumps(b"text")) == b"text"
    task = pickles.loads(pickle.dumps(Task("a name", tasks.draft, b"asked")))
    assert task.func is tasks.draft and task.args == (b"asked",)


def test_every_place_where_dask_reads_pickles_is_guarded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cluster.require_dask()
    from distributed import protocol

    content = pickle.dumps(Evil(os.system, "touch pickled"))
    for read in (protocol.pickle.loads, protocol.deserialize):
        with pytest.raises(pickles.RefusedPickleError):
            read(content) if read is protocol.pickle.loads else read(
                {"serializer": "pickle", "writeable": ()}, [content]
            )
    raw = [
        name
        for name, module in sys.modules.items()
        if name.partition(".")[0] in ("dask", "distributed") and getattr(module, "pickle", None) is pickle
    ]
    assert raw == [] and not (tmp_path / "pickled").exists()


@pytest.mark.parametrize(
    ("module", "name", "member"),
    [
        ("distributed.utils", "os", "system"),
        ("dask.multiprocessing", "cloudpickle", "loads"),
        ("dask.utils_test", "x", "y"),
    ],
)
def test_a_message_cannot_name_what_stands_in_a_module(module, name, member):
    cluster.require_dask()
    import msgpack
    from distributed import protocol

    named = {"__Enum__": True, "__module__": module, "__name__": name, "name": member}
    inner = msgpack.dumps({"serializer": "msgpack", "num-sub-frames": 0, "what": named})
    for frames in ([msgpack.dumps({"op": named})], [msgpack.dumps({"a": {"__Serialized__": 1}}), inner]):
        with pytest.raises(pickles.RefusedPickleError):
            protocol.loads(frames)
    assert module in sys.modules or module == "dask.utils_test"
    assert "dask.utils_test" not in sys.modules


def test_a_message_names_how_a_worker_is():
    cluster.require_dask()
    from distributed import Status, protocol

    assert protocol.loads(protocol.dumps({"status": Status.running})) == {"status": Status.running}
    with pytest.raises(KeyError):
        pickles.decoded(
            {"__Enum__": True, "__module__": "distributed.core", "__name__": "Status", "name": "__class__"}, plain=dict
        )


def test_dask_reads_pickles_where_it_did_when_this_was_written():
    """A new version that reads them elsewhere, too, needs a look."""
    places = set()
    root = Path(str(find_spec("distributed").origin)).parent
    for path in root.rglob("*.py"):
        if "tests" not in path.parts:
            tree = ast.parse(path.read_text("utf-8"))
            named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
            if named & {"pickle", "cloudpickle", "marshal", "shelve", "dill"}:
                places.add(path.relative_to(root).as_posix())
    assert places == {"client.py", "scheduler.py", "protocol/pickle.py", "shuffle/_core.py", "shuffle/_pickle.py"}
