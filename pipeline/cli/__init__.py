"""The command line: one short file per command, and the only place where stages are composed."""

from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli import (
    build_pdf,
    check,
    distribute,
    doctor,
    export,
    history,
    import_,
    init,
    keys,
    ledger,
    memory,
    models,
    partners,
    run,
    segment,
    status,
    translate,
    verify,
    withdraw,
)

app = typer.Typer(
    name="pipeline",
    help="Translate an organisation's statements offline and typeset them beside the original.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"pipeline {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options that need no command."""


app.command()(run.run)
app.command()(segment.segment)
app.command()(translate.translate)
app.command()(build_pdf.build_pdf)
app.command()(check.check)
app.command()(status.status)
app.command()(export.export)
app.command("import")(import_.import_)
app.command("history")(history.list_versions)
app.command()(history.restore)
app.command()(distribute.distribute)
app.command()(withdraw.withdraw)
app.command()(verify.verify)
app.command()(doctor.doctor)
app.command()(init.init)
app.add_typer(ledger.app, name="ledger")
app.add_typer(partners.app, name="partners")
app.add_typer(keys.app, name="keys")
app.add_typer(memory.app, name="memory")
app.add_typer(models.app, name="models")
