"""The command line: one short file per command, and the only place where stages are composed."""

import typer

from pipeline.cli import (
    build_pdf,
    check,
    doctor,
    export,
    history,
    import_,
    init,
    keys,
    memory,
    models,
    partners,
    run,
    segment,
    status,
    translate,
    verify,
)

app = typer.Typer(
    name="pipeline",
    help="Translate an organisation's statements offline and typeset them beside the original.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
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
app.command()(doctor.doctor)
app.command()(init.init)
app.command()(verify.verify)
app.add_typer(partners.app, name="partners")
app.add_typer(keys.app, name="keys")
app.add_typer(memory.app, name="memory")
app.add_typer(models.app, name="models")
