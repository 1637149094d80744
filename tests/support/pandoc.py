"""What pandoc writes in an office format, and what it reads there itself: a judge of our readers."""

import json
import shutil
import subprocess

import pytest

from pipeline.model import Document, Kind

needed = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc judges; make test installs it")

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


def written(form: str, *options: str) -> bytes:
    """Return the text as pandoc writes it in a format."""
    done = subprocess.run(
        ["pandoc", "-f", "markdown", "-t", form, *options], input=TEXT.encode(), capture_output=True, check=True
    )
    return done.stdout


def words(content: bytes, form: str) -> list[str]:
    """Return the words that pandoc reads in a file, those of notes at the end."""
    done = subprocess.run(["pandoc", "-f", form, "-t", "json"], input=content, capture_output=True, check=True)
    found: list[str] = []
    notes: list[object] = []

    def walk(node: object) -> None:
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict) and node.get("t") == "Note":
            notes.append(node["c"])
        elif isinstance(node, dict) and node.get("t") in ("Str", "Code"):
            found.append(node["c"] if node["t"] == "Str" else node["c"][1])
        elif isinstance(node, dict):
            walk(node.get("c"))

    walk(json.loads(done.stdout)["blocks"])
    while notes:
        walk(notes.pop(0))
    return found


def shape(document: Document) -> tuple[list[Kind], list[int], list[int]]:
    """Return the kinds of its blocks, the depths of its items, the heads of its tables."""
    blocks = document.blocks
    return (
        [block.kind for block in blocks],
        [block.depth for block in blocks if block.depth],
        [block.header_rows for block in blocks if block.kind is Kind.TABLE],
    )


SHAPE = (
    [
        Kind.TITLE, Kind.SUBTITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.LIST_ITEM, Kind.LIST_ITEM,
        Kind.QUOTATION, Kind.TABLE, Kind.PARAGRAPH, Kind.NOTE,
    ],
    [1, 1, 2],
    [1],
)  # fmt: skip


def marks(document: Document) -> set[tuple[str, str]]:
    """Return the marks of a document: their kind, and their words or what stands there."""
    return {
        (mark.kind.value, block.text[mark.start : mark.end] or mark.value)
        for block in document.blocks
        for mark in block.marks
    }


MARKS = {
    ("strong", "هیچ‌کس"), ("emphasis", "تنها"), ("note", "1"), ("link", "این صفحه"), ("subscript", "2"),
    ("superscript", "۹"), ("code", "کد"), ("emphasis", "نخست"),
}  # fmt: skip
