"""What pandoc writes as .odt, it and this reader read alike: every word, in its order."""

import json
import re
import shutil
import subprocess

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import odt as form
from pipeline.languages import SHIPPED
from pipeline.model import Kind

pytestmark = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc judges; it is not installed")

TEXT = """---
title: بیانیهٔ شورا
subtitle: ویراست دوم
---

# سرآغاز

می‌دانیم که **هیچ‌کس** *تنها* نیست[^1] و [این صفحه](https://example.org/?a=1) را خوانده است.

1. بند یک
2. بند دو
    - ریز

> سخن دیگری که نقل می‌شود.

| نام | سال |
|-----|-----|
| سارا | ۱۳۹۵ |

H~2~O و ۱۰^۹^ و `کد`.

[^1]: یادداشت *نخست*.
"""


@pytest.fixture(scope="module")
def content():
    return subprocess.run(
        ["pandoc", "-f", "markdown", "-t", "odt"], input=TEXT.encode(), capture_output=True, check=True
    ).stdout


@pytest.fixture(scope="module")
def document(content):
    return form.read(content, "d", SHIPPED["fa"], Corrections())


def words_of_pandoc(content: bytes) -> list[str]:
    read = subprocess.run(["pandoc", "-f", "odt", "-t", "json"], input=content, capture_output=True, check=True).stdout
    tree = json.loads(read)
    words: list[str] = []

    def walk(node) -> None:
        if isinstance(node, dict):
            if node.get("t") == "Str":
                words.append(node["c"])
            elif node.get("t") == "Code":
                words.append(node["c"][1])
            else:
                walk(node.get("c"))
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(tree["blocks"])
    return words


def test_no_word_that_pandoc_reads_is_missing(content, document):
    ours = "".join(re.sub(r"\s", "", block.text) for block in document.blocks)
    for word in words_of_pandoc(content):
        assert word in ours
    assert ours.count("\u200c") >= TEXT.count("\u200c")


def test_every_block_is_what_its_author_made_it(document):
    kinds = [block.kind for block in document.blocks]
    assert kinds == [
        Kind.TITLE, Kind.SUBTITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.LIST_ITEM, Kind.LIST_ITEM,
        Kind.QUOTATION, Kind.TABLE, Kind.PARAGRAPH, Kind.NOTE,
    ]  # fmt: skip
    assert [block.depth for block in document.blocks if block.depth] == [1, 1, 2]
    assert [block.header_rows for block in document.blocks if block.kind is Kind.TABLE] == [1]


def test_every_mark_is_there(document):
    found = {
        (mark.kind.value, block.text[mark.start : mark.end] or mark.value)
        for block in document.blocks
        for mark in block.marks
    }
    assert found == {
        ("strong", "هیچ‌کس"), ("emphasis", "تنها"), ("note", "1"), ("link", "این صفحه"), ("subscript", "2"),
        ("superscript", "۹"), ("code", "کد"), ("emphasis", "نخست"),
    }  # fmt: skip
