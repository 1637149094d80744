"""Every plug-in keeps the contract of its folder, which is a Protocol there; a new one touches no existing file."""

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import tables
from pipeline.cli.commands import COMMANDS, Command
from pipeline.cli.options import Panel
from pipeline.distribution.deliver import WAYS, Way
from pipeline.document.corrections import Corrections
from pipeline.document.formats import FORMATS as INPUT_FORMATS
from pipeline.document.formats import InputFormat
from pipeline.edition.render import OUTPUTS, Output
from pipeline.errors import DocumentError, EngineError, ExchangeError, UsageError
from pipeline.exchange.formats import FORMATS as TABLE_FORMATS
from pipeline.exchange.formats import TableFormat
from pipeline.exchange.table import Table
from pipeline.languages import SHIPPED
from pipeline.qa.checks import CHECKS, Check
from pipeline.translate.mt import ENGINES, EnginePlugin, EngineSettings

CONTRACTS = (
    (COMMANDS, Command),
    (WAYS, Way),
    (INPUT_FORMATS, InputFormat),
    (OUTPUTS, Output),
    (TABLE_FORMATS, TableFormat),
    (CHECKS, Check),
    (ENGINES, EnginePlugin),
)
EACH = [
    pytest.param(plugins.load(name), protocol, id=f"{plugins.folder}.{name}")
    for plugins, protocol in CONTRACTS
    for name in plugins.names()
]


def parameters(function) -> list[tuple[str, object, object, object]]:
    found = inspect.signature(function).parameters.values()
    return [(one.name, one.kind, one.default, one.annotation) for one in found if one.name != "self"]


@pytest.mark.parametrize(("plugin", "protocol"), EACH)
def test_a_plug_in_offers_what_the_protocol_of_its_folder_says(plugin, protocol):
    members = {name: member for name, member in vars(protocol).items() if not name.startswith("_")}
    members |= dict.fromkeys(protocol.__annotations__)
    assert members
    for name, member in members.items():
        offered = getattr(plugin, name)
        if inspect.isfunction(member):
            assert parameters(offered) == parameters(member), name


def test_what_is_not_there_is_named_with_what_is():
    with pytest.raises(UsageError, match=r"'fax' is unknown; choose one of: folder, rclone, smtp"):
        WAYS.load("fax")


@pytest.mark.parametrize("name", COMMANDS.names())
def test_a_command_has_its_place_in_the_help(name):
    assert COMMANDS.load(name).PANEL in Panel


@pytest.mark.parametrize("name", WAYS.names())
def test_a_way_says_what_is_no_address_and_never_names_it(name):
    way = WAYS.load(name)
    assert not any(
        "kari" in fault for address in ("kari", "~kari/x", "kari\0", "kari:") for fault in way.faults(address)
    )
    assert all(list(way.faults(address)) for address in ("~nobody-of-this-name\0/x", ".", "/"))


@pytest.mark.parametrize("name", INPUT_FORMATS.names())
def test_a_format_of_documents_refuses_an_empty_file(name):
    form = INPUT_FORMATS.load(name)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in form.SUFFIXES)
    with pytest.raises(DocumentError):
        form.read(b"", "empty", SHIPPED["fa"], Corrections())


@pytest.mark.parametrize("name", TABLE_FORMATS.names())
def test_a_format_of_tables_refuses_what_is_none_and_writes_the_same_bytes_twice(name):
    form, table = TABLE_FORMATS.load(name), Table("statement", SHIPPED["fa"], SHIPPED["en"], ())
    assert form.write(table) == form.write(table)
    with pytest.raises(ExchangeError):
        form.read(b"\xff\x00 no table")


@pytest.mark.parametrize("name", ENGINES.names())
def test_an_engine_declares_its_table_and_says_when_it_serves_no_pair(name):
    engine = ENGINES.load(name)
    assert tables.faults_within(engine.OPTIONS, {"x": 1}, ("engines", name))
    assert not tables.faults_within(engine.OPTIONS, {}, ("engines", name))
    with pytest.raises(EngineError):
        engine.plan("xx", "yy", EngineSettings())


WAY = """
from pathlib import Path

from pipeline.distribution.deliver import Answer, Outcome, Preview
from pipeline.model import Artifact


def faults(address):
    if not address.startswith("loft-"):
        yield "no loft; write one: loft-7"


def identity(address):
    return address.lower()


def drafts(parcel, address, settings):
    return Preview((Artifact(f"{parcel.bundle.name}.pigeon", "application/zip", parcel.zipped),))


def deliver(parcel, address, settings, commit):
    commit()
    Path(settings.root, address).write_bytes(parcel.zipped)
    return Answer(Outcome.ACCEPTED)


def arrived(bundle, manifest_sha256, address, settings):
    return None
"""


@pytest.fixture
def pigeon(tmp_path, monkeypatch) -> Path:
    """A way of delivery in a package of its own, installed beside this one."""
    place = tmp_path / "installed"
    (place / "pigeon-1.0.dist-info").mkdir(parents=True)
    (place / "pigeon.py").write_text(WAY)
    (place / "pigeon-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: pigeon\nVersion: 1.0\n")
    (place / "pigeon-1.0.dist-info" / "entry_points.txt").write_text(
        "[pipeline.distribution.deliver]\npigeon = pigeon\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(place), os.environ.get("PYTHONPATH", "")]))
    return place


def test_a_new_way_of_delivery_is_one_file_that_knows_its_own_addresses(pigeon, five):
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "pipeline", *words], cwd=five, capture_output=True, text=True)

    def partners(*addresses: str) -> None:
        tables = (
            f'[partners.p{number}]\nname = "P"\nlanguages = ["en"]\ndelivery = "pigeon"\naddress = "{address}"\n'
            for number, address in enumerate(addresses)
        )
        (five / "partners.toml").write_text("".join(tables))

    partners("roof", "loft-7", "Loft-7", "loft-7 ")
    done = run("partners", "check")
    assert done.returncode == 1
    assert "partners.toml:5: partners.p0.address: no loft; write one: loft-7" in done.stderr
    assert "partners.toml:15: partners.p2.address: no loft" in done.stderr
    assert "partners.toml:20: partners.p3.address: the address of p1 too" in done.stderr
    partners("loft-7")
    with (five / "pipeline.toml").open("a") as file:
        file.write('\n[sender]\nname = "Office"\naddress = "office@example.org"\n')
    name = "seventh-congress-international-relations"
    assert run("build-pdf", "--release", name).returncode == 0
    done = run("distribute", "--document", name, "--send", "--trust-ledger")
    assert done.returncode == 0, done.stderr
    assert (five / "loft-7").read_bytes().startswith(b"PK")
