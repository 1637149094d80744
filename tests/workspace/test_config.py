"""pipeline.toml is read with all its faults at once; whatever is written there, no file and no command breaks."""

import random
import re
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.workspace import config


def faults(folder: Path, text: str | bytes) -> list[str]:
    (folder / "pipeline.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageError) as caught:
        config.read(folder)
    return [fault.removeprefix("pipeline.toml:") for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("paths", "fault"),
    [
        ('seeds = "."', "2: paths.seeds: is not a folder inside the workspace"),
        ('seeds = "seeds/.."', "2: paths.seeds: is not a folder inside the workspace"),
        ('output = "/etc"', "2: paths.output: is not a folder inside the workspace"),
        ('output = "../elsewhere"', "2: paths.output: is not a folder inside the workspace"),
        ('output = "circle/x"', "2: paths.output: is not a folder inside the workspace"),
        ('output = "a\\u0000b"', '2: paths.output: "a b" is not one line of text'),
        ('seeds = "output/seeds"', "1: paths.output: lies in the same place as seeds"),
        ('translations = "seeds"', "2: paths.translations: lies in the same place as seeds"),
        ('output = "translations/./x/.."', "2: paths.output: lies in the same place as translations"),
        ("seeds = []", "2: paths.seeds: this list is not one line of text"),
    ],
)
def test_folders_lie_inside_the_workspace_and_apart(tmp_path, paths, fault):
    (tmp_path / "circle").symlink_to("circle")
    assert faults(tmp_path, f"[paths]\n{paths}\n")[0].startswith(fault)


def test_all_faults_are_told_at_once(tmp_path):
    text = (
        'title = 3\npaper = "a9"\neditions = ["fa,de"]\n[engines.openai]\nkey = 1\n[engines.babel]\n'
        '[theme]\nlogo = "none.png"\n[smtp]\nport = 0\npassword = "x"\n'
    )
    assert [fault.partition(": ")[0] for fault in faults(tmp_path, text)] == [
        "1",
        "2",
        "3",
        "5",
        "6",
        "8",
        "9",
        "10",
        "11",
    ]


SETTINGS = re.sub(r"(?m)^# (?=\[|title|name|address|languages)", "", config.TEMPLATE)
PARTNERS = """[partners.oslo]
name = "Kari Nordmann"
languages = ["fr", "en"]
delivery = "smtp"
address = "kari@partner.example"
topics = ["labour"]
"""
CORRECTIONS = (
    'title = "x"\ndate = 2016-10-30\ntopics = ["labour"]\n[[block]]\nlines = [1, 1]\nkind = "title"\nlevel = 0\n'
)
VALUES = (
    *("3", "-1", "true", "nan", "inf", '""', '" "', '"a\\u0000b"', '"~nobody-of-this-name"', '"../.."', '"/"', "[]"),
    *("[[]]", "[{}]", "{}", '["", ""]', "{a = {b = 1}}", "1979-05-27", "07:32:00", "0x" + "f" * 5000, "9" * 5000),
    *('"' + "x" * 5000 + '"', "[" * 2000, "{a=" * 2000, "[1, 1]", "[2, 1]", "[0, 0]", '"\\ud800"', "'", '"""'),
)
MARKS = (b"\x00", b"\xff", b"\xef\xbb\xbf", b"[", b"]", b"[[", b"=", b'"', b"'", b"\n", b"\r", b".", b"#", b",", b"{")


def variants(text: str, count: int) -> list[bytes]:
    """Return a file with another value, with a table of another kind, with a mark too many, cut off or doubled."""
    chance, made = random.Random(text), []
    for _ in range(count):
        lines = text.splitlines()
        at = chance.choice([n for n, line in enumerate(lines) if line.strip()])
        match chance.randrange(5):
            case 0 | 1:
                lines[at] = re.sub(r"=.*", lambda _: f"= {chance.choice(VALUES)}", lines[at])
            case 2:
                lines[at] = chance.choice(
                    [
                        "[partners]",
                        "partners = []",
                        "[[partners]]",
                        "block = [1]",
                        "paths = 3",
                        "a" + ".a" * 2000 + " = 1",
                    ]
                )
            case 3:
                lines.insert(at, lines[at])
            case _:
                lines[at] = lines[at].replace("[", "[[").replace("]", "]]")
        content = "\n".join(lines).encode("utf-8", "replace")
        if chance.random() < 0.4:
            place = chance.randrange(len(content))
            content = content[:place] + chance.choice(MARKS) + content[place:]
        made.append(content)
    return made


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("pipeline.toml", SETTINGS, ("status",)),
        ("partners.toml", PARTNERS, ("partners", "check")),
        ("seeds/statement.toml", CORRECTIONS, ("segment", "--dry-run")),
    ],
)
def test_whatever_is_written_is_read_or_refused_in_lines(pipeline, workspace, file, text, words):
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n", "utf-8")
    (workspace / file).write_text(text, "utf-8")
    assert pipeline(*words).returncode == 0, pipeline(*words).stderr
    refused = 0
    for content in variants(text, 150):
        (workspace / file).write_bytes(content)
        done = pipeline(*words)
        assert done.returncode in (0, 1, 2) and "Traceback" not in done.stderr, (content[:500], done.stderr[-2000:])
        if done.returncode:
            refused += 1
            assert "error: " in done.stderr and Path(file).name in done.stderr, (content[:500], done.stderr)
        assert not re.search("Kari|Nordmann|kari@|partner.example", done.stderr + done.stdout)
    assert refused > 50


def test_documents_in_other_languages_and_of_topics_have_targets_of_their_own(tmp_path):
    (tmp_path / "pipeline.toml").write_text(
        'editions = ["en,fa,fr"]\n[sources.EN]\nlanguages = ["FA", "fr"]\n[topics.labour]\nlanguages = ["de", "en"]\n'
    )
    settings = config.read(tmp_path)
    assert settings.targets == ("en", "fr", "fa", "de")
    assert settings.pairs == (("fa", "en"), ("fa", "fr"), ("en", "fa"), ("en", "fr"))
    assert [settings.targets_from(lang) for lang in ("fa", "en", "ar")] == [("en", "fr"), ("fa", "fr"), ("fa",)]
    assert settings.editions == (("en", "fa", "fr"),)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[sources.xx]\nlanguages = ["fa"]', '1: sources.xx: language "xx" is unknown; known are: ar, '),
        ('[sources.en]\nlanguages = ["xx"]', '2: sources.en.languages: language "xx" is unknown'),
        ('[sources.en]\nlanguages = ["fa", "en"]', '2: sources.en.languages: "en" is what these documents are'),
        ("[sources.en]\nlanguages = []", "2: sources.en.languages: this list is not a list of different names"),
        ('[sources.fa]\nlanguages = ["en"]', '1: sources.fa: "fa" is the source language; write its targets as'),
        (
            '[topics.labour]\nwords = ["*"]',
            '2: topics.labour.words: this list is not a list of words; write: words = ["strike*"]',
        ),
        ('archives = ["../other"]', "1: archives: this list is not a list of folders in seeds/; write: archives ="),
        ('archives = ["a", "a"]', "1: archives: this list is not a list of folders in seeds/"),
        ('[topics.labour]\nlanguages = ["xx"]', '2: topics.labour.languages: language "xx" is unknown'),
        ('editions = ["en,fr"]\n[sources.en]\nlanguages = ["fa"]', '1: editions: "en,fr" is not an edition; write en,'),
    ],
)
def test_faults_of_other_languages_are_told_with_their_lines(tmp_path, text, fault):
    assert faults(tmp_path, text)[0].startswith(fault)


def test_a_topic_says_what_it_is_called_and_by_which_words_it_is_known(tmp_path):
    (tmp_path / "pipeline.toml").write_text(
        '[topics.labour]\ntitle = "کار"\nwords = ["strike*"]\n[topics.war]\n', "utf-8"
    )
    topics = config.read(tmp_path).topics
    assert topics == {"labour": config.Topic(title="کار", words=("strike*",)), "war": config.Topic()}
    assert config.read(tmp_path).targets == ("en", "fr", "fa")


def test_a_wider_line_of_gitignore_covers_what_must_be_ignored():
    lines = "/.*/\n/.nfs*\n/keys*/\n/my ledger.sqlite\n"
    assert config.not_ignored("*\n", lines) == []
    assert config.not_ignored("/.*\n/k*\n*.sqlite\n", lines) == []
    assert config.not_ignored("# /.*\n!/.*\n/.*/\n/keys*\n/*.sqlite/\n", lines) == ["/.nfs*", "/my ledger.sqlite"]
