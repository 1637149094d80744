"""Calls the app; a PipelineError becomes "error: …" on stderr and an exit status."""

import gc
import sys

from pipeline.errors import PipelineError


def main() -> None:
    gc.disable()  # a command ends soon, and large catalogues are many objects without cycles
    from pipeline.cli import app

    try:
        app()
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
    except OSError as error:
        print(f"error: {error.filename}: {error.strerror}; see that it may be read and written", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
