"""The password of the mail server comes from the environment or a keyring, and stays with this process."""

import os
import subprocess
import sys

import pytest

from pipeline.cli.password import VARIABLE, password, service
from pipeline.distribution.sender import Security, Server

OFFICE = Server("mail.example.org", 587, Security.STARTTLS, "office")

BACKEND = """
import json
from pathlib import Path
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

STORE = Path(__file__).with_name("store.json")


class Chain(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        if STORE.with_suffix(".locked").exists():
            raise KeyringLocked("locked")
        return json.loads(STORE.read_text()).get(f"{service}/{username}")

    def set_password(self, service, username, password):
        raise NotImplementedError
"""


@pytest.fixture
def keyring(tmp_path, monkeypatch):
    """A keyring of one file, as the package keyring finds it by its own variable."""
    (tmp_path / "chain.py").write_text(BACKEND)
    (tmp_path / "store.json").write_text(f'{{"{service(OFFICE.host)}/office": "from the keyring"}}')
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "chain.Chain")
    monkeypatch.delenv(VARIABLE, raising=False)
    return tmp_path


ASK = f"""
import os
from pipeline.cli.password import password
from pipeline.distribution.sender import Security, Server
print(repr(password(Server(HOST, 587, Security.STARTTLS, USER))), "{VARIABLE}" in os.environ)
"""


def asked(user="office", host=OFFICE.host, **environment):
    script = ASK.replace("USER", repr(user)).replace("HOST", repr(host))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )
    assert not done.returncode and "Traceback" not in done.stderr, done.stderr
    return f"{done.stdout}{done.stderr}".strip()


def test_the_keyring_knows_it_by_the_server_and_the_user(keyring):
    assert asked() == "'from the keyring' False"
    assert asked("somebody else") == "'' False"


def test_a_server_that_somebody_else_wrote_into_the_settings_is_not_given_the_password_of_ours(keyring):
    assert asked(host="mail.elsewhere.example") == "'' False"


def test_the_environment_wins_and_is_emptied(keyring):
    assert asked(**{VARIABLE: "from the environment"}) == "'from the environment' False"


UNASKED = "'' False\nthe keyring cannot be asked for the password: "


def test_a_locked_keyring_gives_none_and_says_so(keyring):
    (keyring / "store.locked").touch()
    assert asked() == f"{UNASKED}locked"


@pytest.mark.parametrize(
    "backend",
    [
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "gone.Keyring",
        "chain.Gone",
        "-",
    ],
)
def test_a_keyring_that_is_not_to_be_had_gives_none_as_from_a_timer_that_has_no_desktop(keyring, backend):
    settings = {"PYTHON_KEYRING_BACKEND": backend, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    assert asked(**settings).startswith(UNASKED)


def test_settings_of_the_keyring_that_cannot_be_read_give_none(keyring):
    (keyring / "python_keyring").mkdir()
    (keyring / "python_keyring" / "keyringrc.cfg").write_text("no settings")
    assert asked(PYTHON_KEYRING_BACKEND="", XDG_CONFIG_HOME=str(keyring)).startswith(UNASKED)


def test_a_server_without_a_user_is_given_none(monkeypatch):
    monkeypatch.setenv(VARIABLE, "unused")
    assert password(Server("mail.example.org", 587, Security.STARTTLS)) == ""
    assert password(OFFICE) == "unused"
