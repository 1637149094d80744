"""Calls the command line; a PipelineError becomes lines on stderr and an exit status."""

import gc
import io
import sys
import traceback

from pipeline.errors import PipelineError


def main() -> None:
    gc.disable()  # a command ends soon, and large catalogues are many objects without cycles
    for stream in (sys.stdout, sys.stderr):  # a terminal of another encoding shows escapes for what it lacks
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    from pipeline.cli import app, console

    try:
        app()
    except PipelineError as error:
        console.say_error(error)
        sys.exit(error.exit_status)
    except OSError as error:
        console.say(f"error: {error.filename}: {error.strerror}; check that it can be read and written")
        sys.exit(1)
    except Exception:  # a fault of ours; the text that it quotes may be anybody's
        for line in traceback.format_exc().splitlines():
            console.say(line)
        sys.exit(1)


if __name__ == "__main__":
    main()
