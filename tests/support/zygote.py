"""Runs commands of the tool in forked children, which is some hundred times as fast as starting Python.

Read line by line from stdin: a JSON object with `words`, `folder`, `output`. The child stops
itself before the command begins, so that a tracer can be attached; its number is printed,
and its exit status (negative: the signal that ended it) once it is gone.
"""

import gc
import importlib
import json
import os
import signal
import sys
from contextlib import suppress

# What commands import only when they need it, so that no child does it again.
import jinja2.sandbox  # noqa: F401
import rich.console
import rich.table  # noqa: F401

from pipeline import __main__, cli  # noqa: F401
from pipeline.distribution.deliver import WAYS, smtp  # noqa: F401
from pipeline.exchange.formats import FORMATS, tmx  # noqa: F401
from pipeline.qa.checks import CHECKS
from pipeline.translate.mt import ENGINES

with suppress(ImportError):  # typer's own, for the types of options
    importlib.import_module("typer._adapters")


def command(words: list[str], folder: str, output: str) -> None:
    os.chdir(folder)
    log = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.argv = ["pipeline", *words]
    os.kill(os.getpid(), signal.SIGSTOP)
    __main__.main()


def main() -> None:
    gc.disable()
    for plugins in (CHECKS, ENGINES, FORMATS, WAYS):
        plugins.names()  # looks through all installed packages, and remembers
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            status = 1
            try:
                command(**asked)
            except SystemExit as done:
                status = done.code or 0
            except BaseException:
                import traceback

                traceback.print_exc()
            finally:
                os._exit(status)
        os.waitpid(child, os.WUNTRACED)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
