"""A bundle as it is handed to the ways of delivery, and what a way tells while it delivers."""

from datetime import UTC, datetime
from pathlib import Path

from pipeline.distribution.bundle import Bundle
from pipeline.distribution.deliver import Parcel, Settings
from pipeline.distribution.letter import Letter
from pipeline.distribution.sender import Sender
from pipeline.model import Artifact

HOME = Path("/nonexistent")
NOW = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
SUBJECT = "بیانیهٔ شورای همکاری"
MANIFEST = b'{"schema_version": 1}'
ARTIFACTS = (
    Artifact("bagit.txt", "text/plain", b"BagIt-Version: 1.0\n"),
    Artifact("data/manifest.json", "application/json", MANIFEST),
    Artifact("data/statement/statement.fa-en.pdf", "application/pdf", b"%PDF-1.7 \xff"),
)
LETTER = Letter(SUBJECT, "دوستان گرامی،\n.\nشما را درود.\n", f"<html><body><p>{SUBJECT}</p></body></html>")
PARCEL = Parcel("1f2e3d4c5b6a", Bundle("statement.3f2a9c1b", ARTIFACTS, MANIFEST, LETTER), b"PK zip\r\n.\r\n" * 50)
SENDER = Sender("شورای همکاری", "office@example.org", "answers@example.org")


class Commit:
    """Counts how often a way committed; `then` is done at that moment."""

    def __init__(self, then=lambda: None):
        self.count, self.then = 0, then

    def __call__(self):
        self.count += 1
        self.then()


def put(target, address, commit=None, settings=None):
    return target.deliver(PARCEL, str(address), settings or Settings(HOME, SENDER, None, NOW), commit or Commit())


def files(place):
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}
