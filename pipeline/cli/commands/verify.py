"""pipeline verify: whether a bundle is whole, and who signed it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Json, Panel, Workspace
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.distribution.verification import Report

PANEL = Panel.PARTNERS

Bundle = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip, or the folder it was unpacked to.")]
Signer = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="A public key, or a file of allowed signers.", show_default="signers in the workspace"
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("verify", rich_help_panel=PANEL)(verify)


def verify(bundle: Bundle, signer: Signer = None, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """Check every file of a bundle against its signed manifest; exit with status 1 if something does not match.

    Nothing is unpacked. A bundle that may do harm when it is unpacked is refused.
    """
    from pipeline.app import verifying

    verification = verifying.verify(bundle, signer, workspace_folder)
    report = verification.report
    if as_json:
        console.show_json(**_values(report))
    else:
        for line in _lines(report, str(verification.signers)):
            console.out(line)
    if report.problems:
        raise PipelineError(
            f"{bundle.absolute().name}: not as it was sent: what does not match: {len(report.problems)}; do not use it"
        )


def _values(report: "Report") -> dict[str, Any]:
    return {
        "matches": not report.problems,
        "problems": list(report.problems),
        "files": report.files,
        "bytes": report.size,
        "fingerprint": report.fingerprint or None,
        "signer": report.signer or None,
        "manifest": report.manifest or None,
    }


def _lines(report: "Report", signers: str) -> list[str]:
    lines = [f"does not match: {_shown(problem)}" for problem in report.problems]
    if not report.problems:
        lines.append(f"intact: {report.files} files, {report.size:,} bytes, all as listed by the sender")
    if report.signer:
        lines.append(f"signed by {_shown(report.signer)}, whose key in {signers} is {report.fingerprint}")
    elif report.fingerprint:
        lines.append(f"signed with the key {report.fingerprint}")
        lines.append("a bundle cannot prove whose key this is; compare it with what the sender told you otherwise")
    elif not report.problems:
        lines.append("not signed: nothing in it proves who made it")
    return lines + [_shown(_told(document)) for document in report.manifest.get("documents", ())]


def _told(document: dict[str, Any]) -> str:
    """Return a line about a document of the manifest, which anybody may have written."""
    values = {key: document.get(key) for key in ("document", "language", "status", "sentences", "reviewed")}
    line = "{document} ({language}): {status}".format(**values)
    if values["sentences"]:
        line += ", {reviewed} of {sentences} sentences reviewed".format(**values)
    line += f", text {str(document.get('text_sha256'))[:12]}"
    return f"{line}, replaces {str(document['replaces'])[:12]}" if document.get("replaces") else line


def _shown(text: str) -> str:
    """Return the beginning of a text from a bundle, which may be of any length."""
    return text[:500]
