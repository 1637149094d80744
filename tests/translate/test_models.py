"""Packages made to harm: bounded before they are unpacked and while they are; nothing is left of them."""

import io
import json
import zipfile

import pytest

from pipeline import scratch
from pipeline.errors import EngineError
from pipeline.translate import models

DESCRIBED = json.dumps({"from_code": "fa", "to_code": "en", "package_version": "1.0"})


def described(**other: str) -> str:
    return json.dumps(json.loads(DESCRIBED) | other, ensure_ascii=False)


def package(described: str | bytes = DESCRIBED, **files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("fa_en/metadata.json", described)
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


BOMBS = {
    "300 MB from 292 kB": (lambda: package(**{"fa_en/model.bin": bytes(300_000_000)}), "unpacks to more than"),
    "3 MB from 3 kB": (lambda: package(**{"fa_en/model.bin": bytes(3_000_000)}), "unpacks to more than"),
    "a thousand files": (lambda: package(**{f"fa_en/{n}": b"" for n in range(1000)}), "more than 1,000 files"),
    "a thousand folders": (lambda: package(**{"fa_en/" + "a/" * 1000 + "b": b""}), "unsafe to unpack"),
    "a file twice, as some disks see it": (lambda: package(**{"fa_en/Model": b"a", "fa_en/model": b"b"}), "two files of one name"),
    "a file that is a folder": (lambda: package(**{"fa_en/model": b"", "fa_en/model/a": b""}), "make the folder writable|not an Argos package"),
    "metadata of 2 MB": (lambda: package(b" " * 1_900_000 + DESCRIBED.encode()), "larger than 1,000,000 bytes"),
    "metadata 100,000 deep": (lambda: package("[" * 100_000), "nesting is too deep"),
    "metadata that are no text": (lambda: package(b"\xff\xfe\0"), "not valid UTF-8"),
    "metadata of NaN": (lambda: package("NaN"), "not a number"),
    "metadata with a key twice": (lambda: package('{"from_code": "fa", "from_code": "de", "to_code": "en"}'), "twice"),
    "metadata with a huge number": (lambda: package(f'{{"from_code": {"9" * 5000}}}'), "too large"),
    "metadata that are a list": (lambda: package("[]"), "not a JSON object"),
    "a version that fills models.lock": (lambda: package(described(package_version="é" * 400_000)), "more than 100 characters"),
    "a version with lines of its own for a PO file": (lambda: package(described(package_version="1.0\n# read: reza")), "nobody can see"),
    "a version that turns a colophon round": (lambda: package(described(package_version="1.0\u202e")), "nobody can see"),
    "a language that fills models.lock": (lambda: package(described(to_code="e" * 400_000)), "names no languages"),
    "a package for something else, which would be locked": (lambda: package(described(type="sbd")), "not for translation"),
    "no metadata": (lambda: package().replace(b"metadata", b"metapata"), "not an Argos package"),
}  # fmt: skip


@pytest.fixture
def place(private_models):
    return private_models / "data"


@pytest.mark.parametrize(("content", "message"), BOMBS.values(), ids=list(BOMBS))
def test_a_package_made_to_harm_leaves_nothing_behind(place, content, message):
    with pytest.raises(EngineError, match=message) as refused:
        models.install(content(), "fa-en.argosmodel", {})
    assert len(str(refused.value)) < 300 and "\n" not in str(refused.value)
    assert not [path for path in place.rglob("*") if path.is_file()]
    assert models.installed() == []


def test_a_package_is_unpacked_and_known_again(place):
    content = package(**{"fa_en/model/model.bin": bytes(range(256)) * 4000})
    where, key, locked = models.install(content, "fa-en.argosmodel", {})
    assert (key, locked.size) == ("fa-en", len(content)) and (where / "model" / "model.bin").stat().st_size == 1_024_000
    assert [one.pair for one in models.installed()] == ["fa-en"]
    assert models.is_as_locked("fa-en", {"fa-en": locked})


def test_a_removal_that_was_broken_off_does_not_hinder_the_next(place):
    where, *_ = models.install(package(**{"fa_en/model/model.bin": b"model"}), "fa-en.argosmodel", {})
    left = where.parent.parent / f".removed-{where.name}"
    left.mkdir()
    (left / "model.bin").write_bytes(b"model")
    (installed,) = models.installed()
    models.remove(installed)
    assert models.installed() == [] and not [path for path in place.rglob("*") if path.is_file()]


def test_what_an_installation_that_was_killed_has_unpacked_is_gone_with_the_next(place):
    left = models.folder().parent / f"{scratch.PREFIX}abcdefgh"
    (left / "fa_en").mkdir(parents=True)
    (left / "fa_en" / "model.bin").write_bytes(b"half")
    where, *_ = models.install(package(**{"fa_en/model/model.bin": b"model"}), "fa-en.argosmodel", {})
    assert list(where.parent.parent.iterdir()) == [where.parent] and list(where.parent.iterdir()) == [where]
