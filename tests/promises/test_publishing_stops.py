"""Wherever `publish` is killed, or a disk is full, no page is half written; typed again, it ends what it had begun.

Every system call that changes the workspace fails in its turn, or is the last that the process makes.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.app import publishing
from tests.conftest import THOROUGH
from tests.promises.test_faults import Call, calls
from tests.support import office
from tests.support.forked import Zygote

FAULTS = ("signal=SIGKILL", "signal=SIGKILL", "error=ENOSPC", "error=EIO")
POINTS = 5
SETTINGS = """
[publication]
formats = ["pdf", "epub", "docx-both"]
"""

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is missing; make test installs it")


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with closing(Zygote()) as made:
        yield made


@pytest.fixture(scope="module")
def released(zygote, tmp_path_factory) -> Path:
    """A workspace of two documents, in which nothing is published yet."""
    folder = office.workspace(zygote, tmp_path_factory.mktemp("stops") / "workspace")
    with (folder / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    return folder


@pytest.fixture(scope="module")
def changed(zygote, released, tmp_path_factory) -> Path:
    """A published workspace in which one document is gone since, and a text of the other is corrected."""
    folder = office.copy(released, tmp_path_factory.mktemp("stops") / "workspace")
    office.run(zygote, folder, "publish")
    office.reword(zygote, folder, "statement", "en", "We call on", "We ask")
    (folder / "seeds/letter.txt").unlink()
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """What a web server would show, and all that lies in the output folder besides, but for the record of it."""
    output = folder / "output"
    found = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if name != publishing.RECORD}


def chosen(every: list[Call]) -> list[Call]:
    step = max(1, len(every) // POINTS)
    return every if THOROUGH else [every[place] for place in range(step // 2, len(every), step)]


@pytest.mark.parametrize("name", ["released", "changed"])
def test_nothing_is_half_written_and_the_next_time_all_is_done(zygote, request, tmp_path, name):
    prepared = request.getfixturevalue(name)
    first = office.copy(prepared, tmp_path / "first")
    every = calls(zygote, ["publish"], first)
    before, after = files(prepared), files(first)
    assert len(every) > 100 and before != after
    for place, call in enumerate(chosen(every)):
        folder = office.copy(prepared, tmp_path / "stopped")
        inject = f"inject={call.name}:{FAULTS[place % len(FAULTS)]}:when={call.number}"
        status, said = zygote.run(["publish"], folder, ["-o", "/dev/null", "-e", f"trace={call.name}", "-e", inject])
        assert "Traceback" not in said and status in (-9, 0, 1), f"{inject}\n{call.text}\n{said}"
        for path, content in files(folder).items():
            is_part = re.fullmatch(r"\..+\.part", path.rpartition("/")[2])
            assert is_part or content in (before.get(path), after.get(path)), f"{inject}: {path} is half written"
            assert not (is_part and path.startswith("site/")), f"{inject}: {path} would be copied to a server"
        office.run(zygote, folder, "publish")
        assert files(folder) == after, f"{inject}\n{call.text}"
        assert "nothing to do" in office.run(zygote, folder, "publish")
        assert not [path for path in (folder / ".pipeline").rglob("*") if path.name.endswith(".part")]
        shutil.rmtree(folder)
