"""Calls the command line; a PipelineError becomes lines on stderr and an exit status."""

import contextlib
import gc
import io
import os
import sys
import traceback

from pipeline.errors import PipelineError


def main() -> None:
    # An empty or relative folder in PATH is the one a command is typed in: a workspace, which may be somebody else's.
    os.environ["PATH"] = os.pathsep.join(filter(os.path.isabs, os.get_exec_path())) or os.defpath
    _open_closed()
    gc.disable()  # a command ends soon, and large catalogues are many objects without cycles
    for stream in (sys.stdout, sys.stderr):  # a terminal of another encoding shows escapes for what it lacks
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    from pipeline.cli import app, console

    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # here, where it can be said what went wrong
    except PipelineError as error:
        console.say_error(error)
        sys.exit(error.exit_status)
    except OSError as error:
        if error.filename is None:  # of a file of ours it is known
            _say_unprinted(error)
        else:
            console.say(f"error: {error.filename}: {error.strerror}; check that it can be read and written")
        sys.exit(1)
    except Exception:  # a fault of ours; the text that it quotes may be anybody's
        for line in traceback.format_exc().splitlines():
            console.say(line)
        sys.exit(1)
    finally:
        _forget_unwritten()


def _open_closed() -> None:
    """Let what is closed lead to nothing, as when a timer starts a command: a file of ours would take its number."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
            os.set_inheritable(descriptor, True)  # programs that are called have it, too
            setattr(sys, name, os.fdopen(descriptor, "r" if name == "stdin" else "w", encoding="utf-8"))


def _say_unprinted(error: OSError) -> None:
    """Say that what was asked for could not be printed; nobody who has stopped reading needs to know."""
    from pipeline.cli import console

    if not isinstance(error, BrokenPipeError):
        remedy = "free some disk space, or print to another place, and run the command again"
        console.say(f"error: the output could not be written: {error.strerror}; {remedy}")


def _forget_unwritten() -> None:
    """Let nothing wait to be written once more when Python ends, which would then end with a status of its own."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
