"""Who holds a certificate can have shards drafted by the machines of a cluster, and nothing else."""

import asyncio
import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from pipeline.app.shards import cluster
from tests.support.clusters import until

ATTACKS = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from distributed import Client, Security, Worker, WorkerPlugin, rpc

    address, folder, place = sys.argv[1:]
    roles = ("client", "scheduler", "worker")
    files = {f"tls_{role}_{kind}": f"{folder}/{kind}.pem" for role in roles for kind in ("cert", "key")}
    security = Security(require_encryption=True, tls_ca_file=f"{folder}/ca.pem", **files)

    class Plugin(WorkerPlugin):
        def setup(self, worker):
            evil("plugin")

    class Evil:
        def __init__(self, name):
            self.name = name
        def __reduce__(self):
            return os.system, (f"touch {place}/{self.name}-$PPID",)

    def evil(name):
        os.system(f"touch {place}/{name}-$PPID")

    Path("program.py").write_text(f"import os; os.mkdir('{place}/program')")

    async def asked(where, **words):
        async with rpc(where, connection_args=security.get_connection_args("client")) as one:
            name = words.pop("op")
            return await getattr(one, name)(**words)

    def tried(what, *words, **more):
        try:
            what(*words, **more)
        except BaseException as error:
            print(type(error).__name__)

    print("attacker", os.getpid())
    with Client(address, security=security, timeout=60) as client:
        (worker,) = client.nthreads()
        tried(lambda: client.submit(os.system, f"touch {place}/submitted").result(timeout=5))
        tried(lambda: client.submit(evil, "function").result(timeout=5))
        tried(lambda: client.submit(len, Evil("argument")).result(timeout=5))
        tried(lambda: client.submit(evil, "actor", actor=True).result(timeout=5))
        for attack in (
            lambda: client.run(evil, "run"),
            lambda: client.run_on_scheduler(evil, "scheduler"),
            lambda: client.register_plugin(Plugin()),
            lambda: client.upload_file("program.py"),
            lambda: client.scatter([Evil("scattered")], broadcast=True, timeout=5),
            lambda: client.sync(asked, worker, op="upload_file", filename="program.py", data=Path("program.py").read_bytes()),
            lambda: client.sync(asked, worker, op="run", function=b"x", args=(), kwargs={}),
            lambda: client.sync(asked, address, op="dump_cluster_state_to_url", url=f"{place}/dump", exclude=[], format="yaml"),
            lambda: client.log_event("warn", {"message": b"x"}),
        ):
            tried(attack)
    """
)


def test_nothing_that_a_client_with_a_certificate_sends_is_run(letters, machines, tmp_path):
    machines.scheduler()
    machines.worker(letters)
    spoils, attacker = tmp_path / "spoils", tmp_path / "attacker"
    spoils.mkdir()
    attacker.mkdir()
    line = [sys.executable, "-c", ATTACKS, machines.address, machines.certificates, spoils]
    done = subprocess.run(line, cwd=attacker, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    itself = done.stdout.split()[1]  # it may well fall for its own
    assert [path.name for path in spoils.iterdir() if not path.name.endswith(f"-{itself}")] == []
    done = machines.command(letters, "translate")  # and they do their work as before
    assert done.returncode == 0, done.stderr


def test_a_cluster_listens_for_its_own_alone(letters, machines):
    """No pages are served, and what is not of the cluster gets no answer."""
    scheduler, worker = machines.scheduler(), machines.worker(letters)
    assert [len(ports(one.pid)) for one in (scheduler, worker)] == [1, 1]
    for one in (scheduler, worker):
        (port,) = ports(one.pid)
        said = subprocess.run(
            ["curl", "-sS", "--max-time", "5", "-k", f"https://127.0.0.1:{port}/"], capture_output=True, text=True
        )
        assert said.returncode != 0 and said.stdout == ""


@pytest.fixture
def taken(tmp_path) -> Path:
    """A folder for temporary files where somebody else made first what Dask would make, with links to a file of ours."""
    folder, ours = tmp_path / "tmp", tmp_path / "ours"
    ours.write_text("precious")
    theirs = folder / "dask-scratch-space"
    theirs.mkdir(parents=True)
    for name in ("global.lock", "purge.lock"):
        (theirs / name).symlink_to(ours)
    return folder


def test_nothing_is_opened_in_a_folder_that_somebody_else_may_have_made(letters, machines, taken, tmp_path):
    """By such a link a file was emptied; and modules were looked for there."""
    machines.env["TMPDIR"] = str(taken)
    line = [sys.executable, "-m", "pipeline", "translate", "--scheduler", "local"]
    done = subprocess.run(line, cwd=letters, env=machines.env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    machines.scheduler()
    machines.worker(letters)
    assert (tmp_path / "ours").read_text() == "precious"
    assert {path.name for path in (taken / "dask-scratch-space").iterdir()} == {"global.lock", "purge.lock"}


def test_a_scheduler_looks_for_no_modules_where_it_keeps_files(tmp_path):
    cluster.require_dask()
    from pipeline.app.shards.nodes import ShardScheduler

    async def found():
        async with ShardScheduler(str(tmp_path), protocol="inproc") as scheduler:
            return scheduler.local_directory, list(sys.path)

    folder, looked = finished(found)
    assert folder.startswith(str(tmp_path)) and folder not in looked


def test_a_scheduler_and_a_worker_end_when_they_are_told_to(letters, machines):
    scheduler, worker = machines.scheduler(), machines.worker(letters)
    for one in (worker, scheduler):
        one.terminate()
        assert one.wait(60) == 0
    assert "Traceback" not in machines.said(0) + machines.said(1)
    until(lambda: not ports(worker.pid))


def ports(process: int) -> set[int]:
    """Return the ports at which a process listens."""
    own = set()
    for name in os.listdir(f"/proc/{process}/fd") if os.path.exists(f"/proc/{process}/fd") else ():
        try:
            own.add(os.readlink(f"/proc/{process}/fd/{name}"))
        except OSError:
            continue
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in own:
                found.add(int(fields[1].rpartition(":")[2], 16))
    return found


def finished(work):
    """Return what a coroutine does, in a thread of its own: a browser that other tests have open runs a loop in this one."""
    done = []
    thread = threading.Thread(target=lambda: done.append(asyncio.run(work())), daemon=True)
    thread.start()
    thread.join(120)
    (answer,) = done
    return answer


def test_a_scheduler_does_not_print_at_the_terminal_of_whoever_asks(capfd, tmp_path):
    cluster.require_dask()
    from distributed import Client

    from pipeline.app.shards.nodes import ShardScheduler

    async def told():
        async with (
            ShardScheduler(str(tmp_path), protocol="inproc") as scheduler,
            Client(scheduler.address, asynchronous=True, set_as_default=False) as client,
        ):
            last = asyncio.Event()
            client._event_handlers["last"] = lambda _: last.set()
            (comm,) = scheduler.client_comms.values()
            for topic in ("print", "warn", "last"):
                comm.send({"op": "event", "topic": topic, "event": (0, "\x1b[2Jcleared")})
            await asyncio.wait_for(last.wait(), 60)

    finished(told)
    assert "cleared" not in "".join(capfd.readouterr())


def test_a_worker_takes_no_plug_in_from_its_scheduler():
    cluster.require_dask()
    from distributed import WorkerPlugin

    from pipeline.app.shards.nodes import ShardWorker

    worker = object.__new__(ShardWorker)
    worker.plugins = {}
    assert finished(lambda: worker.plugin_add(plugin=WorkerPlugin(), name="theirs")) == {"status": "OK"}
    assert worker.plugins == {}
