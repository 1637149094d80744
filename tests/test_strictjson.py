"""JSON of others is a value or a ValueError: whatever it is, nothing else."""

import json

import pytest

from pipeline import strictjson


def test_what_is_written_is_read_with_or_without_a_byte_order_mark():
    value = {"الف": [1, 2.5, None, {"a": {"b": True}}], "‌": ""}
    content = json.dumps(value).encode()
    assert strictjson.read(content) == strictjson.read(b"\xef\xbb\xbf" + content) == value


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "Expecting value"),
        (b"{} {}", "Extra data"),
        (b'{"a": "\xff"}', "byte 7: not valid UTF-8"),
        (b"[" * 100_000, "a nesting is too deep"),
        (b'{"a":' * 100_000, "a nesting is too deep"),
        (b"[-" + b"9" * 1001 + b"]", "a number is too large"),
        (b"[1e999]", "a number is too large"),
        (b"[NaN]", "NaN is not a number"),
        (b"-Infinity", "-Infinity is not a number"),
        (b'[{"a": 1, "b": 2, "\\u0061": 3}]', "a key is there twice"),
        (b" " * 1_000_000 + b"1", "larger than 1,000,000 bytes"),
    ],
    ids=range(11),
)
def test_what_is_not_strictly_json_is_named(content, fault):
    with pytest.raises(ValueError, match=fault):
        strictjson.read(content)


@pytest.mark.parametrize("value", [b'{"a": 1}', b'"aa"', b"[]", b"1"])
def test_more_values_than_anybody_needs_are_refused_before_they_take_memory(value):
    many = b"[" + b",".join([value] * (strictjson.MOST_VALUES + 1)) + b"]"
    with pytest.raises(ValueError, match="more than 1,000,000 values"):
        strictjson.read(many, len(many))


def test_marks_in_a_text_are_no_values():
    text = ',:[{"\\' * 300_000
    assert strictjson.read(json.dumps([text]).encode(), 10**7) == [text]
