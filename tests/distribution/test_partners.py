"""partners.toml is read with all its faults at once, and never tells a name or an address unasked."""

import json
import re
import stat
from pathlib import Path

import pytest

from pipeline.distribution import partners
from pipeline.errors import PartnersError, UsageError
from pipeline.workspace import config

OSLO = """\
[partners.oslo]
name = "Kari Nordmann"
languages = ["fr", "en"]
delivery = "smtp"
address = "kari@partner.example"
"""
SECRETS = ("Kari", "Nordmann", "kari@", "partner.example")


def read(text: str) -> tuple[partners.Partner, ...]:
    return partners.read(text.encode(), "partners.toml", ("fa", "en", "fr"))


def settings(folder: Path, tables: str) -> Path:
    (folder / "pipeline.toml").write_text(f"{config.TEMPLATE}\n{tables}\n", "utf-8")
    return folder


def faults(text: str) -> list[str]:
    with pytest.raises(PartnersError) as caught:
        read(text)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return [fault.removeprefix("partners.toml:") for fault in caught.value.faults]


def test_what_is_left_out_has_its_usual_value():
    (found,) = read(OSLO)
    assert (found.id, found.languages, found.every_language) == ("oslo", ("fr", "en"), False)
    assert (found.formats, found.contact_language, found.active, found.topics) == (("parallel",), "fr", True, ())


def test_everything_can_be_stated():
    (found,) = read(
        OSLO + 'every_language = true\nformats = ["po", "facing"]\ncontact_language = "fa"\nactive = false\n'
        'topics = ["labour", "labour", " women "]\n'
    )
    assert found.every_language and not found.active
    assert (found.formats, found.contact_language, found.topics) == (("po", "facing"), "fa", ("labour", "women"))


@pytest.mark.parametrize(
    ("wrong", "right", "fault"),
    [
        ('["fr", "en"]', '["fr", "de"]', '3: partners.oslo.languages: "de" is none of: en, fa, fr'),
        ('["fr", "en"]', '["fr", "fr"]', "3: partners.oslo.languages: this is not a list of different languages"),
        ('["fr", "en"]', '"fr"', "3: partners.oslo.languages: this is not a list of different languages; write: languages = ["),
        ('languages = ["fr", "en"]', "", "1: partners.oslo.languages: missing; write a list of different languages: languages = ["),
        ('name = "Kari Nordmann"', "", "1: partners.oslo.name: missing; write one line of text in quotes: name = "),
        ('"Kari Nordmann"', '"Kari\\nBcc: x"', "2: partners.oslo.name: this is not one line of text"),
        ('"smtp"', '"fax"', "4: partners.oslo.delivery: this is none of: folder, rclone, smtp"),
        ('"kari@partner.example"', '"Kari <kari@partner.example>"', "5: partners.oslo.address: no e-mail address alone"),
        ('"kari@partner.example"', '"kari@partner.example\\r\\nBcc: x@y"', "5: partners.oslo.address: this is not one line"),
        ('"kari@partner.example"', '"a@b,c@d"', "5: partners.oslo.address: no e-mail address"),
        ("[partners.oslo]", "[partners.Oslo_1]", "1: partners.Oslo_1: not an id of small letters, digits and hyphens"),
        ("[partners.oslo]", "[partner.oslo]", "1: partner: unknown key; known are: partners"),
        ('delivery = "smtp"', 'delivery = "smtp"\nfoo = 1', "5: partners.oslo.foo: unknown key; known are: name,"),
        ('delivery = "smtp"', 'delivery = "rclone"', "5: partners.oslo.address: no remote of rclone"),
        ('delivery = "smtp"', 'delivery = "smtp"\nformats = ["pdf"]', "5: partners.oslo.formats: this is none of: parallel,"),
        ('delivery = "smtp"', 'delivery = "smtp"\nactive = "yes"', "5: partners.oslo.active: this is not true or false, without quotes; write: active = true"),
        ('delivery = "smtp"', 'delivery = "smtp"\ntopics = "x"', "5: partners.oslo.topics: this is not a list of words"),
        ('delivery = "smtp"', 'delivery = "smtp"\ncontact_language = ["de"]', "5: partners.oslo.contact_language: this is not text"),
        ('"Kari Nordmann"', '"Kari Nordmann', "2: a text does not end in its line"),
    ],
)  # fmt: skip
def test_a_fault_has_its_line_and_no_name_or_address(wrong, right, fault):
    assert wrong in OSLO
    found = faults(OSLO.replace(wrong, right))
    assert found[0].startswith(fault)
    assert not [secret for secret in SECRETS if secret in "".join(found)]


@pytest.mark.parametrize(
    ("way", "address"),
    [("folder", "/media/{}stick"), ("rclone", "office:in{}coming"), ("smtp", "of{}fice@example.org")],
)
@pytest.mark.parametrize("hidden", ["\\u202e", "\\u200b", "\\u00ad", "\\u200c"])
def test_a_character_that_nobody_sees_in_an_address_is_told(way, address, hidden):
    text = OSLO.replace("smtp", way).replace("kari@partner.example", address.format(hidden))
    if hidden == "\\u200c" and way != "smtp":  # Persian folders have them
        assert read(text)
    else:
        (fault,) = faults(text)
        assert (
            f"invisible character (U+{hidden[2:].upper()}); type it anew" in fault
            and address.format(hidden) not in fault
        )


def test_all_faults_are_told_in_the_order_of_lines():
    text = (
        OSLO.replace('"fr", "en"', '"de"')
        + '\n[partners.kabul]\nname = """\nlanguages = 3\n"""\nlanguages = [\n  "xx",\n]\n'
    )
    assert [fault.split(":")[0] for fault in faults(text)] == ["3", "7", "7", "8", "11"]


def test_a_file_that_is_no_utf8_has_the_line_of_the_byte():
    with pytest.raises(PartnersError, match=r"partners.toml:2: not valid UTF-8"):
        partners.read(b'[partners.a]\nname = "\xff"\n', "partners.toml", ("fa",))


def test_two_active_partners_do_not_share_an_address():
    second = OSLO.replace("oslo", "bergen").replace("kari@partner", "KARI@partner")
    assert faults(OSLO + second) == [
        "10: partners.bergen.address: the address of oslo too; make one partner of them, or set active = false in one"
    ]
    assert len(read(OSLO + second + "active = false\n")) == 2


def test_a_pseudonym_needs_the_salt():
    assert partners.pseudonym(b"a", "oslo") == partners.pseudonym(b"a", "oslo") != partners.pseudonym(b"b", "oslo")
    assert "oslo" not in partners.pseudonym(b"a", "oslo")


def test_a_key_that_git_might_commit_is_told(pipeline, workspace):
    (workspace / ".git").mkdir()
    with (workspace / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write('\n[sender]\nname = "A"\naddress = "office@example.org"\nkey = "office key"\n')
    assert "/office key: git might commit it" in pipeline("partners", "check").stderr


def test_a_folder_of_a_partner_that_git_might_commit_is_told_without_its_place(pipeline, workspace):
    (workspace / ".git").mkdir()
    (workspace / "partners.toml").write_text(
        OSLO.replace('"smtp"', '"folder"').replace("kari@partner.example", "./given/kari"), "utf-8"
    )
    said = pipeline("partners", "check").stderr
    assert "oslo: its folder is in the workspace, and git might commit" in said and "kari" not in said
    for line in ("/given/", "given/kari"):
        (workspace / ".gitignore").write_text(f"/.pipeline\n{line}\n")
        assert "its folder is in the workspace" not in pipeline("partners", "check").stderr


@pytest.mark.parametrize("place", ["{}", "{}/", "{}/./"])
def test_a_folder_of_a_partner_that_is_the_workspace_is_told(pipeline, workspace, place):
    (workspace / ".git").mkdir()
    (workspace / "partners.toml").write_text(
        OSLO.replace('"smtp"', '"folder"').replace("kari@partner.example", place.format(workspace)), "utf-8"
    )
    assert "oslo: its folder is the workspace, and git might commit" in pipeline("partners", "check").stderr


def test_the_commands_show_names_and_addresses_with_private_alone(pipeline, workspace):
    assert "0 partners" in pipeline("partners", "check").stdout
    (workspace / "partners.toml").unlink()
    missing = pipeline("partners", "check")
    assert missing.returncode == 1 and "no partners yet; write a table" in missing.stderr
    (workspace / "partners.toml").write_text(OSLO, "utf-8")
    (workspace / "partners.toml").chmod(0o644)
    (workspace / ".git").mkdir()
    (workspace / ".gitignore").write_text("/.*\n/output/\n/*partners*.toml*\n/keys*\n/inbox*\n")
    checked = pipeline("partners", "check")
    assert checked.returncode == 0
    assert "partners.toml: others on this machine could read this; now only you can" in checked.stderr
    assert stat.S_IMODE((workspace / "partners.toml").stat().st_mode) == 0o600
    assert (
        checked.stderr.count("add a line to .gitignore")
        == checked.stderr.count("/*ledger*.sqlite*: git might commit it")
        == 1
    )
    told = checked.stdout + checked.stderr
    (workspace / "partners.toml").write_text(OSLO.replace('"en"', '"fa"'), "utf-8")
    assert "oslo: the originals alone are printed with layouts" in pipeline("partners", "check").stderr
    (workspace / "partners.toml").write_text(OSLO, "utf-8")
    for words in (("list",), ("show", "oslo"), ("list", "--json"), ("show", "oslo", "--json")):
        done = pipeline("partners", *words)
        assert done.returncode == 0, done.stderr
        told += done.stdout + done.stderr
    assert not [secret for secret in SECRETS if secret in told]
    (row,) = json.loads(pipeline("partners", "list", "--json").stdout)["partners"]
    assert row["partner"] == json.loads(pipeline("partners", "show", "oslo", "--json").stdout)["partners"][0]["partner"]
    assert row["partner"].startswith("partner-") and "oslo" not in json.dumps(row)
    assert stat.S_IMODE((workspace / ".pipeline").stat().st_mode) == 0o700
    (row,) = json.loads(pipeline("partners", "list", "--json", "--private").stdout)["partners"]
    assert (row["partner"], row["name"], row["address"]) == ("oslo", "Kari Nordmann", "kari@partner.example")
    assert "kari@partner.example" in pipeline("partners", "show", "oslo", "--private").stdout
    assert pipeline("partners", "show", "nobody").returncode == 2


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ('[sender]\naddress = "not an address"', 'sender.address: "not an address" is not an e-mail address'),
        ('[sender]\nname = "a\\nb"', 'sender.name: "a b" is not one line of text'),
        ('[sender]\nlink = "http://example.org"', 'sender.link: "http://example.org" is not where partners fetch from'),
        ("[sender]\nphone = 1", "sender.phone: unknown key; known are: name"),
        (
            '[smtp]\nhost = "mail.example.org"\npassword = "x"',
            "smtp.password: a password does not belong into a file",
        ),
        (
            '[smtp]\nhost = "mail.example.org"\nsecurity = "none"',
            'smtp.security: "none" is for a server on this machine alone',
        ),
        (
            '[smtp]\nhost = "mail.example.org"\nport = 0',
            "smtp.port: 0 is not a whole number from 1 to 65535; write: port = 587",
        ),
        ('[smtp]\nhost = "192.0.2.1"\nsecurity = "none"', "is for a server on this machine alone"),
        ('[smtp]\nhost = "::2"\nsecurity = "none"', "is for a server on this machine alone"),
        ('[sender]\nkey = "~nobody-of-this-name/key"', "sender.key: names the folder of somebody who is not known"),
        ('[smtp]\nhost = "a b"', 'smtp.host: "a b" is not the name of a server'),
        ('[smtp]\nhost = "localhost"\npauses = [-1]', "smtp.pauses: -1 is not a number of seconds"),
        ('[smtp]\nhost = "localhost"\ngreeting = "my host"', 'smtp.greeting: "my host" is not a domain'),
    ],
)
def test_a_fault_in_the_settings_of_sender_and_server_is_a_fault_of_usage(table, fault, tmp_path):
    root = settings(tmp_path, table)
    with pytest.raises(UsageError) as caught:
        config.read(root)
    told = re.match(r"pipeline\.toml:(\d+): [a-z]+\.?([a-z]*)", str(caught.value))
    assert told and fault in str(caught.value)
    assert (told[2] or "[") in (root / "pipeline.toml").read_text("utf-8").split("\n")[int(told[1]) - 1]


def test_the_server_greets_with_the_domain_of_the_sender(tmp_path):
    tables = '[sender]\naddress = "büro@bücher.example"\n[smtp]\nhost = "::1"\nsecurity = "none"'
    found = config.read(settings(tmp_path, tables))
    assert (found.server.greeting, found.server.port, found.server.is_local) == ("xn--bcher-kva.example", 25, True)
    assert found.sender.answers == "büro@bücher.example"


def test_persian_names_have_their_non_joiners(workspace):
    name = "دفتر بین\u200cالمللی هم\u200cپیمانان"
    file = f'[partners.one]\nname = "{name}"\nlanguages = ["en"]\ndelivery = "smtp"\naddress = "a@b.example"\n'
    (one,) = partners.read(file.encode(), "partners.toml", ("fa", "en"))
    with (workspace / "pipeline.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[sender]\nname = "{name}"\n')
    assert one.name == config.read(workspace).sender.name == name
