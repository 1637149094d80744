"""What people at the review page are promised: nothing lost and nothing silently overwritten, whoever else is at work."""

import fcntl
import os
import random
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from http.client import HTTPException
from urllib.parse import urlsplit

import pytest

from pipeline.catalogue import po
from tests.promises.test_saves import sentences
from tests.support import visits
from tests.support.forked import Zygote

PAGE = "/document/statement/en"
SAVES = 200
"""Of each of two people."""

KILLS = 8


@pytest.fixture
def statement(workspace, pipeline):
    settings = workspace / "pipeline.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en", "fr"]', '["en"]'), "utf-8")
    (workspace / "seeds" / "statement.txt").write_text("بیانیه\n\n" + " ".join(sentences(6)) + "\n", "utf-8")
    assert pipeline("segment").returncode == 0
    return workspace / "translations" / "en" / "statement.po"


class AtThePage(threading.Thread):
    """Somebody who opens sentences at random and saves them, or decides where others were quicker."""

    def __init__(self, client, names, number):
        super().__init__()
        self.client, self.names, self.number, self.random = client, names, number, random.Random(number)
        self.saved, self.kept, self.conflicts = [], {}, 0

    def run(self):
        for save in range(SAVES):
            name, text = self.random.choice(self.names), f"Person {self.number}, save {save}."
            shown = self.client.ask(f"{PAGE}?unit={name}")
            if self.random.random() < 0.3:
                time.sleep(self.random.random() / 20)
            before = re.search(r'<textarea name="before".*?>\n(.*?)</textarea>', shown.text, re.DOTALL)[1]
            answer = self.client.ask(
                f"{PAGE}/save", shown.hidden("edit") | {"before": before, "text": text, "do": "stay"}
            )
            while answer.status == 409 and "is writing here" in answer.text:  # `pipeline run` has the workspace
                time.sleep(0.02)
                answer = self.client.ask(
                    f"{PAGE}/save", shown.hidden("edit") | {"before": before, "text": text, "do": "stay"}
                )
            assert answer.status == 200, answer.text
            if answer.said == "saved.":
                self.saved.append((name, before, text))
                self.kept.pop(name, None)
            else:
                assert answer.said == "somebody else has changed this." and answer.field == text
                self.conflicts += 1
                self.kept[name] = text


class InAnEditor(threading.Thread):
    """Poedit: it reads the whole file, edits the title, and saves over what it has read, by renaming."""

    def __init__(self, path, folder, over):
        super().__init__()
        self.path, self.folder, self.over, self.saves = path, folder, over, 0

    def run(self):
        while not self.over.is_set():
            read = self.path.read_text("utf-8")
            text = re.sub(r'(msgctxt "title"\nmsgid "بیانیه"\nmsgstr )"[^\n]*"', rf'\g<1>"Title {self.saves}"', read)
            beside = self.path.with_suffix(".editor")
            beside.write_text(text, "utf-8")
            descriptor = os.open(self.folder, os.O_RDONLY)
            try:  # it asks before it saves over what it has not read; that takes no time here
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                if self.path.read_text("utf-8") == read:
                    os.replace(beside, self.path)
                    self.saves += 1
            finally:
                os.close(descriptor)
            time.sleep(0.03)


def test_over_400_saves_of_two_people_an_editor_and_commands_nothing_is_lost(workspace, statement):
    over = threading.Event()
    with visits.serving(workspace) as running:
        people = [AtThePage(running.client(), [], number) for number in range(2)]
        for one in people:
            one.client.ask("/me", one.client.ask("/").hidden('class="interface"') | {"name": f"person-{one.number}"})
            one.names = list(one.client.ask(PAGE).sentences.values())[1:5]
        editor = InAnEditor(statement, workspace, over)
        for thread in (*people, editor):
            thread.start()
        zygote, runs = Zygote(), 0
        while any(one.is_alive() for one in people):
            _, said = zygote.run(["segment"], workspace)
            assert "Traceback" not in said, said
            runs += 1
            time.sleep(0.1)
        over.set()
        zygote.close()
        for thread in (*people, editor):
            thread.join()
        final = statement.read_text("utf-8")
        saved = [save for one in people for save in one.saved]
        seen = {before for _, before, _ in saved}
        silently = [text for _, _, text in saved if text not in seen and f'msgstr "{text}"' not in final]
        assert silently == []
        assert sum(one.conflicts for one in people) > 10 and len(saved) > 100 and editor.saves > 5 and runs > 2
        for one in people:  # what was not saved is there, as it was typed
            for name, text in one.kept.items():
                assert one.client.ask(f"{PAGE}?unit={name}").field == text


@contextmanager
def process(workspace):
    """Give the process of a server, and somebody who has come in."""
    words = [sys.executable, "-m", "pipeline", "review", "--no-browser", "--as", "sara", "-C", str(workspace)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
        try:
            address = next(line.strip() for line in server.stderr if line.startswith("http"))
            yield server, visits.Client(int(urlsplit(address).port)).come_in(address)
        finally:
            server.kill()


def test_killed_while_it_saves_nothing_is_half_and_what_was_saved_is_there(workspace, statement, pipeline):
    chance, saved, count = random.Random(21), {}, 0
    for _ in range(KILLS):
        with process(workspace) as (server, client):
            names = list(client.ask(PAGE).sentences.values())[1:5]
            killing = threading.Timer(chance.uniform(0.02, 0.5), server.kill)
            killing.start()
            with suppress(OSError, HTTPException):
                while True:
                    count += 1
                    name, text = chance.choice(names), f"Save {count}."
                    assert client.save(PAGE, name, text).said == "saved."
                    saved[name] = text
            killing.join()
        targets = {unit.target for unit in po.read(statement, "statement", "fa", "en").units}
        assert set(saved.values()) - {saved.get(name)} <= targets
        if text in targets:
            saved[name] = text  # it was written, and the answer was not
        assert saved.get(name, text) in targets or name not in saved
    assert count > KILLS
    assert pipeline("segment").returncode == 0
    assert [path.name for path in statement.parent.iterdir()] == ["statement.po"]
