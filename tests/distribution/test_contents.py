"""The line in a letter checks what it should, whoever sends it."""

import subprocess

import pytest

from pipeline.distribution import bundle, contents, signing
from pipeline.distribution.sender import Sender
from tests.support.bundles import SENDER, release, unpack


def test_a_sender_is_quoted_for_the_shell():
    assert "-I office@sender.example " in contents.command(SENDER, 9)
    assert "-I pipeline " in contents.command(Sender(address="a';id;'b@sender.example"), 9)


@pytest.mark.parametrize("address", ["", "nobody", "é@x.example", "a b@x.example", "a@x.example;id", "a@x_y.example"])
def test_a_sender_whom_a_shell_would_misread_is_known_as_pipeline(address):
    assert contents.principal(Sender(address=address)) == "pipeline"
    assert contents.principal(Sender(address="a.b+c_d-e@x-y.example")) == "a.b+c_d-e@x-y.example"


def test_the_line_of_the_letter_sees_what_lies_behind_a_link(tmp_path):
    signing.make(tmp_path / "key")
    made = bundle.make([release(tmp_path / "files")], "en", SENDER, replaces={}, sign=signing.open(tmp_path / "key"))
    folder = unpack(made, tmp_path)
    line = contents.command(SENDER, len(made.artifacts))

    def status() -> int:
        return subprocess.run(line, shell=True, cwd=folder, capture_output=True, check=False).returncode

    assert status() == 0
    inside, outside = folder / "data" / "2016-10-statement", tmp_path / "outside"
    inside.rename(outside)
    inside.symlink_to(outside)
    freed = len(list(outside.iterdir())) - 1
    (outside / "read this first.pdf").touch()
    for number in range(freed):
        (folder / f"README-{number}").touch()
    assert status() != 0
