"""A workspace has templates and a style sheet of its own; they see values, and never run for long."""

import pytest

from pipeline.errors import UsageError
from pipeline.publication.site import theme
from pipeline.publication.site.theme import SiteTheme
from tests.support import sections


def test_a_workspace_replaces_what_it_wants_and_keeps_the_rest():
    files = sections.made(
        sections.texts(),
        theme={"style.css": "p { color: red }", "front.html": "<!doctype html><p>{{ page.title }}</p>"},
    )
    assert files["assets/style.css"] == b"p { color: red }"
    assert files["index.html"] == b"<!doctype html><p>Workers&#39; Council</p>"
    assert files["en/index.html"] == sections.usual()["en/index.html"]


def test_a_template_may_extend_one_of_the_package():
    own = SiteTheme({"front.html": '{% extends "base.html" %}{% block main %}<h1>Ours</h1>{% endblock %}'})
    with pytest.raises(UsageError, match="'page' is undefined"):
        own.page("front.html")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("a\n{% for %}", "theme/a.html:2: "),
        ("{{ nobody.name }}", "'nobody' is undefined"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{% include 'none.html' %}", "none.html"),
        ("{% include 'a.html' %}", "theme/a.html: "),
        ("{{ [1].append(2) }}", "unsafe"),
        ("{% for a in [] %}" * 30 + "{% endfor %}" * 30, "theme/a.html: too many statically nested blocks"),
        ("{% if 1 %}" * 200 + "{% endif %}" * 200, "theme/a.html: too many levels of indentation"),
        ("{{ " + "[" * 300 + "]" * 300 + " }}", "theme/a.html: "),
    ],
)
def test_a_faulty_template_is_named_with_its_fault(template, said):
    with pytest.raises(UsageError, match="theme/") as raised:
        SiteTheme({"a.html": template}).page("a.html")
    assert said in str(raised.value)


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 'a' * 9999999999 }}",
        "{% set ns = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
        "{{ '%30000000d' % 1 }}",
    ],
)
def test_a_template_that_takes_too_much_is_ended(template, monkeypatch):
    monkeypatch.setattr(theme, "MOST_SECONDS", 1)
    monkeypatch.setattr(theme, "MOST_MEMORY", 3 << 29)
    monkeypatch.setattr(theme, "LONGEST", 2 << 20)
    with pytest.raises(UsageError, match=r"theme/a\.html: takes too much time or memory"):
        SiteTheme({"a.html": template}).page("a.html")


def test_a_template_that_takes_too_much_to_be_read_is_ended(monkeypatch):
    monkeypatch.setattr(theme, "MOST_SECONDS", 1)
    with pytest.raises(UsageError, match="theme: takes too much time or memory"):
        SiteTheme({"a.html": "{{ a }}{% set b = a %}" * 60_000})
