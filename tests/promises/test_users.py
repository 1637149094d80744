"""Whoever uses it: not root, without HOME, from an installation that may be read and not written."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOW = """
import sys
from pathlib import Path
from tests.support import command, office

folder, key = Path(sys.argv[1]), sys.argv[2] == "known"

def run(*words, status=0):
    done = command.run(folder if folder.exists() else folder.parent, *words)
    said = done.stdout + done.stderr
    assert done.returncode == status and "Traceback" not in said, (words, said)
    return said

run("init", folder)
with (folder / "pipeline.toml").open("a", encoding="utf-8") as file:
    file.write(office.SENDER)
(folder / "seeds" / "statement.txt").write_text(office.TEXTS["statement"], "utf-8")
run("segment")
for lang in ("en", "fr"):
    office.translate(folder, "statement", lang)
run("build-pdf", "--release", "--languages", "en")
run("export", "--languages", "en")
run("memory", "list")
if key:
    run("keys", "make")
    run("doctor")
else:
    assert "no home folder; set HOME, or XDG_DATA_HOME" in run("models", "list", status=3)
    assert "no home folder; set HOME, or XDG_DATA_HOME" in run("doctor")
    assert "No user exists" in run("keys", "make", status=1)
(folder / "paris").mkdir(mode=0o755)
(folder / "paris").chmod(0o755)
office.partners(folder, paris={"delivery": "folder", "address": "paris"})
said = run("distribute", "--send", "--trust-ledger")
assert said.count("set XDG_STATE_HOME to a folder of yours outside the workspace") == 1
(bag,) = (folder / "paris").iterdir()
if key:
    assert "intact: " in run("verify", bag, "--signer", folder / "keys" / "pipeline.pub")
    run("verify", bag, status=1)
else:
    assert "not signed: anybody may have made it" in run("verify", bag, status=1)
assert {path.stat().st_mode & 0o777 for path in bag.rglob("*")} == {0o755, 0o644}
private = [folder / name for name in (".pipeline", "partners.toml", "ledger.sqlite", *["keys"] * key)]
assert not any(path.stat().st_mode & 0o077 for path in private)
"""


SOMEBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"]
UNKNOWN = [word.replace("65534", "59999") for word in SOMEBODY]
STARTS = "import subprocess, sys; subprocess.run([sys.executable, '-c', ''], check=True)"


def everybodys_python() -> str:
    """Return a Python of this version that another user can start; that of the tests may lie in root's home."""
    for program in (sys.executable, f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"):
        if not subprocess.run([*SOMEBODY, program, "-c", STARTS], capture_output=True).returncode:
            return program
    pytest.skip("another user cannot run this Python")


@pytest.fixture
def place():
    """A folder that every user can enter; those of pytest are its user's alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can become somebody else")
@pytest.mark.parametrize(("user", "umask", "kind"), [(SOMEBODY, 0o022, "known"), (UNKNOWN, 0o077, "unknown")])
def test_a_user_without_rights_or_a_home_gets_from_a_text_to_a_delivered_bundle(place, user, umask, kind):
    number = int(user[1].partition("=")[2])
    own = place / "own"
    own.mkdir()
    os.chown(own, number, number)
    packages = sysconfig.get_path("purelib")
    command = [
        *user,
        everybodys_python(),
        "-I",
        "-B",
        "-c",
        f"import sys; sys.path[:0] = {[str(ROOT), packages]}\n{FLOW}",
    ]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{packages}"}
    done = subprocess.run(
        [*command, own / "workspace", kind], cwd=own, env=environment, capture_output=True, text=True, umask=umask
    )
    assert done.returncode == 0, done.stderr
    assert {path.stat().st_uid for path in own.rglob("*")} == {number}
