"""The line of every key of TOML, however it is written."""

from pipeline import keylines

TOML = '''# a comment = with a sign
title = """
size = 3
"""
"quoted key".inner = [ # one
  { x = 1 },
]
[a."b.c"]
key = 'x # no comment'
[[list]]
[[list]]
name = 1
[list.below]
deep = 2
'''


def test_every_key_of_toml_has_its_line():
    assert keylines.of_toml(TOML) == {
        ("title",): 2,
        ("quoted key",): 5,
        ("quoted key", "inner"): 5,
        ("a",): 8,
        ("a", "b.c"): 8,
        ("a", "b.c", "key"): 9,
        ("list",): 10,
        ("list", 0): 10,
        ("list", 1): 11,
        ("list", 1, "name"): 12,
        ("list", 1, "below"): 13,
        ("list", 1, "below", "deep"): 14,
    }


def test_what_is_nested_too_deeply_is_found_and_what_only_looks_so_is_not():
    brackets, dots = "[" * 101, ".".join("a" * 102)
    assert keylines.deepest(f"a = 1\nb = {brackets}") == 2
    assert keylines.deepest(f"a = 1\n\n{dots} = 1") == 3
    assert keylines.deepest(f'# {brackets}\nb = \'{dots}\'\nc = """\n{brackets}"""\nd = [{"[]," * 200}]') == 0
