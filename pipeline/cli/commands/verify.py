"""pipeline verify: whether a bundle is whole, and who signed it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console
from pipeline.cli.options import Json, Panel
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.app.verifying import Verification

PANEL = Panel.PARTNERS

Bundle = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip, or the folder it was unpacked to.")]
Signer = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A public key, or a file of allowed signers.",
        show_default="the senders of pipeline keys trust",
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("verify", rich_help_panel=PANEL)(verify)


def verify(bundle: Bundle, signer: Signer = None, as_json: Json = False) -> None:
    """Check that a bundle is all and only what a sender whom you trust has signed; otherwise exit with status 1.

    Nothing is unpacked. A bundle that could do harm when unpacked is refused. What has been received is remembered,
    so that an older bundle, or a text withdrawn since, is noticed.
    """
    from pipeline.app import verifying

    verification = verifying.verify(bundle, signer, console.clock())
    if as_json:
        console.show_json(**_values(verification))
    else:
        for line in _lines(verification):
            console.out(line)
    if fault := _fault(verification):
        raise PipelineError(f"{bundle.absolute().name}: {fault}")


def _fault(verification: "Verification") -> str:
    """Return why a bundle is not to be used; empty when it may be."""
    report = verification.report
    if report.problems:
        return f"not as it was sent: what does not match: {len(report.problems)}; do not use it"
    if not report.fingerprint:
        return "not signed: anybody may have made it; ask the sender for a signed one"
    if not verification.signer:
        return (
            f"signed by nobody whom you trust; compare {report.fingerprint} with what the sender gave you by telephone"
        )
    if verification.outdated:
        return "as it was sent, but out of date; do not use it"
    return ""


def _values(verification: "Verification") -> dict[str, Any]:
    report = verification.report
    return {
        "matches": not report.problems,
        "trusted": verification.is_sound,
        "problems": list(report.problems),
        "outdated": list(verification.outdated),
        "remarks": list(verification.remarks),
        "files": report.files,
        "bytes": report.size,
        "fingerprint": report.fingerprint or None,
        "signer": verification.signer or None,
        "manifest": report.manifest or None,
    }


def _lines(verification: "Verification") -> list[str]:
    report = verification.report
    lines = [f"does not match: {_shown(problem)}" for problem in report.problems]
    if not report.problems:
        by = "by the sender" if verification.signer else "in it"
        lines.append(f"intact: {report.files} files, {report.size:,} bytes, all as listed {by}")
    if verification.signer:
        signer = _shown(verification.signer)
        lines.append(f"signed by {signer}, whose key in {verification.source} is {report.fingerprint}")
    elif report.fingerprint:
        lines.append(f"signed with the key {report.fingerprint}, which you have not trusted so far")
        lines.append(
            "a bundle cannot prove whose key this is: ask the sender for the fingerprint, by telephone for instance"
        )
        if not report.problems:  # what was altered may have another key in signer.pub
            lines.append(
                "if it is the same, type: pipeline keys trust FILE (the sender's key, or signer.pub from the bundle)"
            )
    elif not report.problems:
        lines.append("not signed: nothing in it proves who made it")
    lines += [f"out of date: {_shown(text)}" for text in verification.outdated]
    lines += [f"note: {_shown(remark)}" for remark in verification.remarks]
    return lines + [f"in it: {_shown(_told(document))}" for document in report.manifest.get("documents", ())]


def _told(document: dict[str, Any]) -> str:
    """Return a line about a document of the manifest, which anybody may have written."""
    values = {key: document.get(key) for key in ("document", "language", "status", "sentences", "reviewed")}
    line = "{document} ({language}): {status}".format(**values)
    if values["sentences"]:
        line += ", {reviewed} of {sentences} sentences reviewed".format(**values)
    line += f", text {str(document.get('text_sha256'))[:12]}"
    return f"{line}, replaces {str(document['replaces'])[:12]}" if document.get("replaces") else line


def _shown(text: str) -> str:
    """Return the beginning of a text from a bundle, which may be of any length, and have blanks up to the next line."""
    return " ".join(text.split())[:500]
