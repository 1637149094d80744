"""A document under a new name keeps its translations, their history, and those who have it."""

import json
import os
import shutil
import signal
import tomllib
from importlib import resources

import pytest

from pipeline.app import renaming, sketches
from tests.support import command
from tests.support.forked import Zygote

TEXT = "بیانیه ما\n\nاین متن بلندی است که با نقطه پایان می یابد. جمله دوم این است. جمله سوم هم هست.\n"
PARTNERS = '[partners.oslo]\nname = "Oslo"\nlanguages = ["en"]\ndelivery = "folder"\naddress = "oslo"\n'


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A workspace of which one document was translated, released and sent."""
    root = tmp_path_factory.mktemp("sent")
    command.run(root, "init", root)
    settings = root / "pipeline.toml"
    text = settings.read_text("utf-8").replace('["en", "fr"]', '["en"]').replace("readers = 1", "readers = 0")
    settings.write_text(text + '\n[sender]\nname = "ما"\naddress = "office@example.org"\n', "utf-8")
    (root / "seeds" / "call.txt").write_text(TEXT, "utf-8")
    (root / "seeds" / "call.toml").write_text('# of the council\nissuer = "شورا"  # theirs\n', "utf-8")
    command.run(root, "segment", "-q")
    po = root / "translations" / "en" / "call.po"
    head, *entries = po.read_text("utf-8").split("\n\n")
    targets = (
        "The Council",
        "Our statement",
        "This is a long text that ends with a stop.",
        "This is the second.",
        "There is a third too.",
    )
    assert len(entries) == len(targets)
    translated = (
        entry.replace('msgstr ""', f'msgstr "{target}"') for entry, target in zip(entries, targets, strict=True)
    )
    po.write_text("\n\n".join([head, *translated]), "utf-8")
    command.run(root, "approve", "call", "--as", "reza", "-q")
    (root / "partners.toml").write_text(PARTNERS, "utf-8")
    (root / "oslo").mkdir()
    done = command.run(root, "run", "--release")
    assert (root / "output" / "call.fa-en.pdf").exists(), done.stderr
    command.run(root, "export", "-q")
    done = command.run(root, "distribute", "--send", "--trust-ledger", "-q")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def root(sent, workspace, tmp_path, monkeypatch):
    """A copy of the workspace, with what its machine remembers: a test must not see what another sent from its copy."""
    state = shutil.copytree(os.environ["XDG_STATE_HOME"], tmp_path / "state")
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    shutil.rmtree(workspace)
    shutil.copytree(sent, workspace)
    return workspace


def test_a_document_may_state_a_language_of_its_workspace_when_it_is_sent_and_renamed(root):
    """What reads the TOML file for the names a document had knows the languages that the workspace adds."""
    (root / "languages").mkdir()
    shipped = resources.files("pipeline.languages").joinpath("en.toml").read_text("utf-8")
    (root / "languages" / "am.toml").write_text(shipped, "utf-8")
    (root / "seeds" / "other.txt").write_text("A B C.\n", "utf-8")
    (root / "seeds" / "other.toml").write_text('language = "am"\n', "utf-8")
    for typed in (("distribute",), ("rename", "other", "another")):
        done = command.run(root, *typed)
        assert done.returncode == 0 and "is unknown" not in done.stderr, done.stderr


def test_all_that_belongs_to_a_document_goes_with_it(root, pipeline):
    po = (root / "translations/en/call.po").read_bytes()
    versions = sorted(path.name for path in (root / ".pipeline/history/translations/en/call.po").iterdir())
    done = pipeline("rename", "call", "appeal")
    assert done.returncode == 0, done.stderr
    assert not [path for path in root.rglob("*call*") if ".pipeline" not in path.parts and "oslo" not in path.parts]
    assert (root / "translations/en/appeal.po").read_bytes() == po
    assert (root / "seeds/appeal.txt").read_text("utf-8") == TEXT
    assert sorted(path.name for path in (root / ".pipeline/history/translations/en/appeal.po").iterdir()) == versions
    said = (root / "seeds/appeal.toml").read_text("utf-8")
    assert tomllib.loads(said) == {"formerly": ["call"], "issuer": "شورا"} and "# theirs" in said


def test_what_is_typed_and_not_saved_goes_with_its_document(root, pipeline):
    typed = root / ".pipeline" / "typed"
    typed.mkdir(parents=True)
    (typed / "call.en.json").write_text("{}", "utf-8")
    pipeline("rename", "call", "2026/appeal")
    assert (typed / "2026" / "appeal.en.json").is_file()


def test_nobody_who_has_it_gets_it_anew_but_what_changes_is_a_correction(root, pipeline):
    pipeline("rename", "call", "appeal", "-q")
    assert pipeline("run", "--release", "-q").returncode == 0
    planned = json.loads(pipeline("distribute", "--json", "--private").stdout)
    assert planned["deliveries"] == []
    po = root / "translations/en/appeal.po"
    po.write_text(po.read_text("utf-8").replace("There is a third too.", "There is a third as well."), "utf-8")
    assert pipeline("run", "--release", "-q").returncode == 0
    planned = json.loads(pipeline("distribute", "--json", "--private").stdout)
    assert [(one["document"], one["change"]) for one in planned["deliveries"][0]["texts"]] == [("appeal", "correction")]
    assert pipeline("distribute", "--send", "-q").returncode == 0
    po.rename(po.with_stem("call"))  # as if the command had been killed before this
    assert pipeline("rename", "call", "appeal").returncode == 0 and po.exists()


def test_a_withdrawal_reaches_those_who_have_it_under_its_former_name(root, pipeline):
    pipeline("rename", "call", "appeal", "-q")
    pipeline("run", "--release", "-q")
    done = pipeline("withdraw", "appeal", "--reason", "wrong", "--send", "--json")
    assert done.returncode == 0, done.stderr
    assert [one["document"] for one in json.loads(done.stdout)["deliveries"][0]["texts"]] == ["call"]
    assert json.loads(pipeline("distribute", "--json").stdout)["deliveries"] == []


def test_a_withdrawal_reaches_those_who_have_it_as_it_was_called_before_files_were_renamed_by_hand(root, pipeline):
    for path in [*root.glob("seeds/call.*"), *root.glob("translations/*/call.po")]:
        path.rename(path.with_stem("appeal"))
    pipeline("run", "--release", "-q")
    for words in ((), ("--send",)):
        done = pipeline("withdraw", "appeal", "--reason", "wrong", "--json", *words)
        (delivery,) = json.loads(done.stdout)["deliveries"]
        assert [(one["document"], one["change"]) for one in delivery["texts"]] == [("call", "withdrawn")], done.stderr


def test_a_table_that_went_out_under_the_former_name_comes_back(root, pipeline, tmp_path):
    pipeline("export", "--format", "csv", "-q")
    table = tmp_path / "call.en.csv"
    text = (root / "output/exchange/call.en.csv").read_text("utf-8-sig")
    table.write_text(text.replace("This is the second.", "That is the second."), "utf-8")
    pipeline("rename", "call", "appeal", "-q")
    done = pipeline("import", table, "--json")
    assert [row["outcome"] for row in json.loads(done.stdout)["lines"]].count("taken") == 1, done.stderr
    assert "That is the second." in (root / "translations/en/appeal.po").read_text("utf-8")


def test_a_rename_is_undone_by_another(root, pipeline):
    before = {path: path.read_bytes() for path in root.glob("translations/**/*.po")}
    pipeline("rename", "call", "appeal", "-q")
    assert pipeline("rename", "appeal", "call", "-q").returncode == 0
    assert {path: path.read_bytes() for path in root.glob("translations/**/*.po")} == before
    assert tomllib.loads((root / "seeds/call.toml").read_text("utf-8"))["formerly"] == ["appeal"]
    assert pipeline("restore", "call").returncode == 0 and (root / "output/call.fa-en.pdf").exists()


@pytest.mark.parametrize("new", ["seeds/appeal.txt", "appeal.txt", "appeal"])
def test_the_new_name_may_be_that_of_the_file(root, pipeline, new):
    done = pipeline("rename", "seeds/call.txt", new)
    assert "pipeline rename appeal call" in done.stderr
    assert (root / "seeds/appeal.txt").exists() and (root / "translations/en/appeal.po").exists()


def test_a_file_renamed_by_hand_is_recognised_and_its_translations_follow(root, pipeline):
    (root / "seeds/call.txt").rename(root / "seeds/appeal.txt")
    (root / "seeds/call.toml").unlink()
    pipeline("run", "-q")
    assert (root / "translations/en/appeal.po").exists()
    shown = pipeline("status").stdout
    assert "pipeline rename call appeal" in shown and "translations/en/call.po" in shown
    assert "pipeline rename call appeal" in pipeline("clean", "--yes").stderr
    assert pipeline("rename", "call", "appeal").returncode == 0
    assert "This is the second." in (root / "translations/en/appeal.po").read_text("utf-8")
    assert "belongs to no document" not in pipeline("status").stdout


def test_translations_of_the_new_name_are_not_overwritten(root, pipeline):
    (root / "seeds/call.txt").rename(root / "seeds/appeal.txt")
    pipeline("segment", "-q")
    po = root / "translations/en/appeal.po"
    po.write_text(po.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "Somebody wrote this"\n\n', 1), "utf-8")
    done = pipeline("rename", "call", "appeal")
    assert done.returncode == 2 and "appeal.po" in done.stderr and (root / "translations/en/call.po").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("call", "call", "its id already"), ("call", "../appeal", "cannot be the id"), ("call", ".hidden", "cannot be"),
        ("call", "a\nb", "cannot be"), ("call", "", "cannot be"), ("call", "ب" * 101, "cannot be"),
        ("gone", "new", "unknown"), ("call", "other", "already"), ("call", "-x", "cannot be"),
        ("call", "readme", "cannot be"), ("call", "1988/Readme", "cannot be"),
    ],
)  # fmt: skip
def test_what_cannot_be_renamed_is_refused_and_nothing_moves(root, pipeline, old, new, said):
    (root / "seeds/other.txt").write_text(TEXT, "utf-8")
    before = sorted(root.rglob("*"))
    done = pipeline("rename", "--", old, new)
    assert (done.returncode, said in done.stderr, sorted(root.rglob("*"))) == (2, True, before), done.stderr


def test_a_document_does_not_take_the_id_of_another_that_partners_have(root, pipeline):
    """Its text would be sent once more, as a correction of the other."""
    for path in [*root.glob("seeds/call.*"), *root.glob("translations/*/call.po")]:
        path.unlink()
    (root / "seeds/other.txt").write_text("سخن دیگر\n\nاین متن دیگری است.\n", "utf-8")
    done = pipeline("rename", "other", "call")
    assert done.returncode == 2 and "partners were sent a document under this id" in done.stderr
    (root / "seeds/other.toml").write_text('formerly = ["call"]\n', "utf-8")
    assert pipeline("rename", "other", "call").returncode == 0


def test_a_file_is_not_added_under_an_id_that_partners_know(root, pipeline, tmp_path):
    (root / "seeds/call.txt").unlink()
    (tmp_path / "Call.txt").write_text("سخن دیگر\n\nاین متن دیگری است.\n", "utf-8")
    done = pipeline("add", tmp_path / "Call.txt")
    assert done.returncode == 1 and "partners were sent a document under the id call" in done.stderr
    assert pipeline("add", tmp_path / "Call.txt", "--id", "speech").returncode == 0
    pipeline("inbox", "add", tmp_path / "Call.txt")
    done = pipeline("inbox", "accept", 1, "--id", "call")
    assert done.returncode == 1 and "partners were sent a document under the id call" in done.stderr
    assert not (root / "seeds/call.txt").exists()


def test_a_document_does_not_take_the_id_that_another_had(root, pipeline):
    pipeline("rename", "call", "appeal", "-q")
    (root / "seeds/other.txt").write_text(TEXT, "utf-8")
    done = pipeline("rename", "other", "call")
    assert done.returncode == 2 and "call: the document appeal was called so" in done.stderr


def test_files_all_renamed_by_hand_are_known_by_the_ledger(root, pipeline):
    for path in [*root.glob("seeds/call.*"), *root.glob("translations/*/call.po")]:
        path.rename(path.with_stem("appeal"))
    for path in root.glob("output/**/call.*"):
        path.unlink()
    assert pipeline("rename", "call", "appeal").returncode == 0
    assert tomllib.loads((root / "seeds/appeal.toml").read_text("utf-8"))["formerly"] == ["call"]


def test_earlier_versions_go_through_no_link_out_of_the_workspace(root, pipeline, tmp_path):
    (tmp_path / "outside").mkdir()
    (root / ".pipeline/history/translations/en/appeal.po").symlink_to(tmp_path / "outside")
    done = pipeline("rename", "call", "appeal", "-C", root)
    assert done.returncode == 1 and "leads out of the workspace" in done.stderr
    assert (root / "seeds/call.txt").exists() and not list((tmp_path / "outside").iterdir())


def test_a_conflict_is_settled_first(root, pipeline):
    (root / "translations/en/call.po.1.conflict").write_text("x")
    done = pipeline("rename", "call", "appeal")
    assert done.returncode == 2 and "call.po.1.conflict" in done.stderr and (root / "seeds/call.txt").exists()


def test_a_dry_run_tells_and_moves_nothing(root, pipeline):
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    done = pipeline("rename", "call", "appeal", "--dry-run", "--json")
    assert {"from": "seeds/call.txt", "to": "seeds/appeal.txt"} in json.loads(done.stdout)["moved"]
    assert "output/call.fa-en.pdf" in json.loads(done.stdout)["removed"]
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def made_of(root):
    """Return what people see of a workspace, and which versions of its PO files are kept."""
    own = (path for path in root.rglob("*") if path.is_file() and ".pipeline" not in path.parts)
    kept = (root / ".pipeline/history/translations").rglob("*.gz")
    return {path.relative_to(root): path.read_bytes() for path in own}, {path.relative_to(root) for path in kept}


@pytest.mark.parametrize(("call", "is_stated"), [("rename", True), ("rename", False), ("unlink", True)])
def test_killed_at_any_moment_the_same_command_goes_on(sent, tmp_path, call, is_stated):
    whole = shutil.copytree(sent, tmp_path / "whole")
    if not is_stated:
        (whole / "seeds/call.toml").unlink()
    begun = [shutil.copytree(whole, tmp_path / f"{number}") for number in range(1, 12)]
    assert command.run(whole, "rename", "call", "appeal").returncode == 0
    zygote, kills = Zygote(), 0
    for kills, root in enumerate(begun):
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={kills + 1}"]
        status, said = zygote.run(["rename", "call", "appeal"], root, ["-o", "/dev/null", *inject])
        if status == 0:
            break
        assert status == -signal.SIGKILL, said
        done = command.run(root, "rename", "call", "appeal")
        assert done.returncode == 0 or "'call' is unknown" in done.stderr, (kills, done.stderr)
        assert made_of(root) == made_of(whole), kills
    zygote.close()
    assert status == 0 and kills >= 2


def test_what_it_removed_before_it_was_killed_is_brought_back(root, sent, pipeline):
    zygote, table = Zygote(), str(root / "output/exchange/call.en.docx")
    inject = ["-P", table, "-e", "trace=rename", "-e", "inject=rename:signal=SIGKILL"]
    status, said = zygote.run(["rename", "call", "appeal"], root, ["-o", "/dev/null", *inject])
    zygote.close()
    assert status == -signal.SIGKILL and not (root / "output/call.fa-en.pdf").exists(), said
    assert pipeline("restore", "call").returncode == 0
    assert (root / "output/call.fa-en.pdf").read_bytes() == (sent / "output/call.fa-en.pdf").read_bytes()


def test_a_former_id_that_is_a_document_again_is_a_fault(root, pipeline):
    pipeline("rename", "call", "appeal", "-q")
    (root / "seeds/call.txt").write_text("چیز دیگر\n", "utf-8")
    done = pipeline("distribute")
    assert done.returncode == 1 and "appeal.toml" in done.stderr and "call" in done.stderr


@pytest.mark.parametrize(
    ("before", "names", "after"),
    [
        ("", ["a"], 'formerly = ["a"]\n'),
        ('formerly = ["a"]\n[[block]]\n', ["a", "b"], 'formerly = ["a", "b"]\n[[block]]\n'),
        ('date = 2016-01-01\nformerly = [\n  "a",\n]\n', ["a"], 'formerly = ["a"]\ndate = 2016-01-01\n'),
        ("", ['quo"te\\'], 'formerly = ["quo\\"te\\\\"]\n'),
    ],
)
def test_the_names_of_old_are_written_into_what_stands_there(before, names, after):
    assert renaming._with_names(before, names, "x.toml") == after


def test_texts_are_compared_by_their_sentences():
    one = sketches.sketch(f"sentence {number}" for number in range(500))
    half = sketches.sketch(f"sentence {number}" for number in range(250, 750))
    other = sketches.sketch(f"phrase {number}" for number in range(500))
    assert sketches.likeness(one, one) == 1 and sketches.likeness(one, other) == 0 == sketches.likeness((), ())
    assert 0.1 < sketches.likeness(one, half) < 0.6


@pytest.mark.parametrize("old", ["/dev/zero", "/tmp/x/secret", "../pipeline", "../../x"])
@pytest.mark.parametrize(
    "words", [["rename", "OLD", "new"], ["history", "OLD"], ["restore", "OLD"], ["withdraw", "OLD", "--reason", "x"]]
)
def test_what_is_no_id_is_no_document_and_nothing_is_moved(pipeline, workspace, words, old):
    settings = (workspace / "pipeline.toml").read_bytes()
    done = pipeline(*(old if word == "OLD" else word for word in words))
    assert done.returncode == 2 and old in done.stderr and "Traceback" not in done.stderr
    assert (workspace / "pipeline.toml").read_bytes() == settings
