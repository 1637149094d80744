"""One command at a time writes in a workspace, and others hear which."""

import os
import subprocess
import sys

import pytest

from pipeline.workspace import config, locking


def test_a_second_command_is_refused_with_who_is_writing_until_the_first_is_done(workspace):
    settings = config.read(workspace)
    who = rf"\(process {os.getpid()}\) is writing here; wait"
    with locking.locked(settings), pytest.raises(locking.WorkspaceBusyError, match=who), locking.locked(settings):
        pass
    with locking.locked(settings):
        pass


def test_who_waits_hears_for_whom_and_goes_on_when_the_other_is_killed(workspace):
    settings, said = config.read(workspace), list[str]()
    hold = (
        "import sys, pathlib; from pipeline.workspace import config, locking\n"
        "with locking.locked(config.read(pathlib.Path(sys.argv[1]))): print('held', flush=True); sys.stdin.read()"
    )
    words = [sys.executable, "-c", hold, str(workspace)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"

        def hear(text):
            said.append(text)
            other.kill()

        with locking.locked(settings, wait=True, say=hear):
            assert said == [
                f"{workspace}: another pipeline command (process {other.pid}) is writing here; waiting for it"
            ]
