"""Partners are tried without a delivery, and added below what stands in their file."""

import json
import os
import shutil
import stat

import pytest

from tests.support.mailbox import PASSWORD, Mailbox, serve

FOLDER = '[partners.{0}]\nname = "{0}"\nlanguages = ["en"]\ndelivery = "folder"\naddress = "{1}"\n'
MAIL = '[partners.{0}]\nname = "{0}"\nlanguages = ["en"]\ndelivery = "smtp"\naddress = "{1}"\n'


@pytest.fixture
def partners(workspace):
    """Write partners.toml; return its path."""
    path = workspace / "partners.toml"

    def write(*tables):
        path.write_text("".join(tables), "utf-8")
        return path

    return write


def connections(pipeline, *words):
    done = pipeline("partners", "check", "--connect", "--json", "--private", *words)
    return {row["partner"]: (row["outcome"], row["reason"]) for row in json.loads(done.stdout)["connections"]}, done


def test_a_folder_is_there_and_writable_and_nothing_is_left_in_it(workspace, pipeline, partners):
    partners(FOLDER.format("oslo", "oslo"), FOLDER.format("rome", "gone"), FOLDER.format("null", "/proc/self"))
    (workspace / "oslo").mkdir()
    before = (workspace / "oslo").stat().st_mtime_ns
    found, done = connections(pipeline)
    assert found["oslo"] == ("reached", "") and not list((workspace / "oslo").iterdir())
    assert (workspace / "oslo").stat().st_mtime_ns == before
    assert found["rome"][0] == "not reached" and "no such folder" in found["rome"][1]
    assert found["null"][0] == "not reached" and "nothing can be written" in found["null"][1]
    assert done.returncode == 1 and "rome: not reached by folder" in done.stderr and "gone" not in done.stderr


@pytest.fixture
def server(workspace, tmp_path_factory, monkeypatch):
    """A mail server that the workspace uses."""
    mailbox = Mailbox()
    with serve(mailbox, tmp_path_factory.mktemp("served"), login=True) as (port, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with (workspace / "pipeline.toml").open("a") as file:
            file.write(f'\n[sender]\nname = "ما"\naddress = "office@sender.example"\n[smtp]\nhost = "127.0.0.1"\nport = {port}\n'
                       'user = "office"\ntimeout_seconds = 2\n')  # fmt: skip
        yield mailbox


def test_a_server_is_tried_once_up_to_the_login_and_no_mail_is_begun(server, pipeline, partners, monkeypatch):
    partners(MAIL.format("oslo", "oslo@x.example"), MAIL.format("rome", "rome@x.example"))
    monkeypatch.setenv("PIPELINE_SMTP_PASSWORD", PASSWORD)
    found, _ = connections(pipeline)
    assert found == {"oslo": ("reached", ""), "rome": ("reached", "")}
    assert len(server.logins) == 1 and not server.senders and not server.asked and not server.kept
    monkeypatch.setenv("PIPELINE_SMTP_PASSWORD", "wrong")
    found, done = connections(pipeline)
    assert "does not accept user and password" in found["oslo"][1] and done.returncode == 1


@pytest.mark.skipif(shutil.which("rclone") is None, reason="rclone is not installed")
def test_what_a_remote_said_is_shown_with_private_alone(workspace, pipeline, partners, monkeypatch):
    config = workspace / "rclone.conf"
    config.write_text("[there]\ntype = webdav\nurl = http://127.0.0.1:9\nvendor = other\n")
    monkeypatch.setenv("RCLONE_CONFIG", str(config))
    partners(FOLDER.format("oslo", "there:oslo").replace('"folder"', '"rclone"'))
    [row] = json.loads(pipeline("partners", "check", "--connect", "--json", "--private").stdout)["connections"]
    assert "refused" in row["said"]
    done = pipeline("partners", "check", "--connect")
    assert "to see what was said, add --private" in done.stderr and "refused" not in done.stdout + done.stderr


def test_a_server_that_is_not_there_is_told(workspace, pipeline, partners):
    partners(MAIL.format("oslo", "oslo@x.example"))
    found, _ = connections(pipeline)
    assert found["oslo"][0] == "not reached" and "no [smtp]" in found["oslo"][1]


def test_offline_only_what_needs_no_network_is_tried(workspace, pipeline, partners):
    partners(FOLDER.format("oslo", "oslo"), MAIL.format("rome", "rome@x.example"))
    (workspace / "oslo").mkdir()
    settings = workspace / "pipeline.toml"
    settings.write_text("offline = true\n" + settings.read_text("utf-8"), "utf-8")
    found, done = connections(pipeline)
    assert (found["oslo"][0], found["rome"][0], done.returncode) == ("reached", "not tried", 0)


def test_no_name_and_no_address_is_shown_unasked(workspace, pipeline, partners):
    partners(FOLDER.format("oslo", "a-secret-place"))
    for words in ((), ("--json",)):
        done = pipeline("partners", "check", "--connect", *words)
        assert "secret" not in done.stdout + done.stderr
    assert "oslo" not in done.stdout


ADD = ("partners", "add", "rome")
GIVEN = ("--name", 'Ro"me', "--languages", "FR, en", "--delivery", "folder", "--address", "~/rome")


def test_a_partner_is_added_below_what_stands_there(workspace, pipeline, partners):
    path = partners("# ours\n" + FOLDER.format("oslo", "oslo") + "active = false   # until spring")
    done = pipeline(*ADD, *GIVEN, "--topics", "labour", "--every-language", "--formats", "parallel,po")
    assert done.returncode == 0, done.stderr
    text = path.read_text("utf-8")
    assert text.startswith(
        "# ours\n" + FOLDER.format("oslo", "oslo") + "active = false   # until spring\n\n[partners.rome]\n"
    )
    (rome,) = json.loads(pipeline("partners", "show", "rome", "--json", "--private").stdout)["partners"]
    assert (rome["name"], rome["languages"], rome["address"], rome["topics"]) == (
        'Ro"me',
        ["fr", "en"],
        "~/rome",
        ["labour"],
    )
    assert rome["every_language"] is True and rome["formats"] == ["parallel", "po"]
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_what_was_not_given_is_asked_for(pipeline, monkeypatch):
    import io

    answers = "Rome\nfr\nsmtp\nrome@x.example\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(answers.encode())))
    assert pipeline(*ADD).returncode == 0
    assert json.loads(pipeline("partners", "show", "rome", "--json").stdout)["partners"][0]["languages"] == ["fr"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("partners", "add", "oslo", *GIVEN), "is there already"),
        (("partners", "add", "The Office", *GIVEN), "an id of small letters"),
        ((*ADD, *GIVEN, "--languages", "de"), "is none of"),
        ((*ADD, *GIVEN, "--delivery", "pigeon"), "is none of"),
        ((*ADD, *GIVEN, "--address", "oslo"), "the address of oslo too"),
        ((*ADD, *GIVEN, "--formats", "cdr"), "is none of"),
        ((*ADD, *GIVEN, "--name", "two\nlines"), "one line of text"),
        (ADD, "give it as an option: --name"),
    ],
)
def test_what_cannot_be_a_partner_is_refused_and_nothing_is_written(pipeline, partners, monkeypatch, words, said):
    import io

    before = (path := partners(FOLDER.format("oslo", "oslo"))).read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    done = pipeline(*words)
    assert done.returncode in (1, 2) and said in done.stderr and path.read_bytes() == before, done.stderr


def test_a_new_workspace_has_a_file_of_partners_that_explains_itself(workspace, pipeline):
    path = workspace / "partners.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and "/*partners*.toml*" in (workspace / ".gitignore").read_text()
    assert pipeline("partners", "check").returncode == 0
    lines = [line.removeprefix("# ") for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(lines[lines.index("[partners.oslo]") :]), "utf-8")
    done = pipeline("partners", "check")
    assert done.returncode == 0 and "1 partner, 1 of them active" in done.stdout
