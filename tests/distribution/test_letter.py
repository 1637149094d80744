"""What a letter says of dates, languages and mixed directions, and what a template may rely on."""

import pytest

from pipeline.distribution import letter
from pipeline.errors import LetterError
from pipeline.languages import SHIPPED
from pipeline.languages.sections import Direction

LTR, RTL, END = "\u2066", "\u2067", "\u2069"


@pytest.fixture
def write(tmp_path):
    """Write a letter's text and HTML, and return it composed in a language."""

    def composed(text: str, lang: str = "en", html: str = "<p>x</p>\n", **facts) -> letter.Letter:
        (tmp_path / f"letter.{lang}.txt").write_text(text, "utf-8")
        (tmp_path / f"letter.{lang}.html").write_text(html, "utf-8")
        return letter.compose("letter", lang, facts, tmp_path)

    return composed


@pytest.mark.parametrize(
    ("text", "own", "around", "marked"),
    [
        ("یک", Direction.RTL, Direction.LTR, f"{RTL}یک{END}"),
        ("one", Direction.LTR, Direction.RTL, f"{LTR}one{END}"),
        ("one", Direction.LTR, Direction.LTR, "one"),
        ("", Direction.LTR, Direction.RTL, ""),
    ],
)
def test_only_text_of_the_other_direction_is_isolated(text, own, around, marked):
    assert letter.isolated(text, own, around) == marked


def test_the_filters_of_templates_speak_the_language_of_the_letter(write):
    text = "T\n{{ 1234|number }}; {{ 'fr'|language }}; {{ 'xx'|language }}; {{ 'x.pdf'|ltr }}; {{ 'Oslo'|of('en') }}; {{ 'fa'|direction }} in {{ lang }} {{ direction }}\n"
    assert write(text, "fa").text == f"۱۲۳۴; فرانسوی; xx; {LTR}x.pdf{END}; {LTR}Oslo{END}; rtl in fa rtl\n".replace(
        "۱۲۳۴", SHIPPED["fa"].number(1234)
    )
    assert "French; xx; x.pdf; Oslo; rtl in en ltr" in write(text, "en").text


def test_an_origin_reads_in_the_language_of_the_letter_or_as_it_was_stated(write):
    stated, said = next(iter(SHIPPED["fa"].origins.items()))
    assert write("T\n{{ origin|origin }}\n", "fa", origin=stated).text == f"{said}\n"
    assert write("T\n{{ origin|origin }}\n", "fa", origin="by hand").text == f"{LTR}by hand{END}\n"


def test_what_is_said_is_text_in_the_html_and_as_it_is_in_the_text(write):
    written = write("T\n{{ name }}\n", html="<p>{{ name }}</p>", name="A & <b>")
    assert (written.text, written.html) == ("A & <b>\n", "<p>A &amp; &lt;b&gt;</p>")


def test_a_subject_is_one_line_of_what_can_be_seen(write):
    written = write("{{ name }}   of\tall\n\n\nx\n\n", name="A\r\x07\u202eB")
    assert (written.subject, written.text) == ("AB ofall", "x\n")
    assert write("{{ name }}\nx\n", "fa", name="می\u200cشود").subject == "می\u200cشود"
    assert write("{{ name|of('en') }}\nx\n", "fa", name="Oslo").subject == f"{LTR}Oslo{END}"


@pytest.mark.parametrize("text", ["\nx\n", "\x07\nx\n", "Subject\n", "Subject\n \n\n", ""])
def test_a_letter_has_a_subject_and_a_text(text, write):
    with pytest.raises(LetterError, match=r"letters/letter\.en\.txt:1: write the subject in the first line"):
        write(text)


def test_a_merge_conflict_is_not_sent(write):
    with pytest.raises(LetterError, match=r"^letters/letter\.en\.txt:2: a merge conflict"):
        write("Subject\n<<<<<<< HEAD\nour words\n=======\ntheir words\n>>>>>>> branch\n")


def test_lines_of_commands_leave_no_blank_lines(write):
    assert write("T\n{% if true %}\n  {% set x = 1 %}\none\n{% endif %}\ntwo\n").text == "one\ntwo\n"


def test_a_fault_inside_an_included_template_is_told_where_it_is(write, tmp_path):
    (tmp_path / "closing.txt").write_text("yours\n\n{{ nobody.name }}\n", "utf-8")
    with pytest.raises(
        LetterError, match=r"^letters/closing\.txt:3: 'nobody' is undefined; see docs/distribution\.md$"
    ):
        write("T\nx\n{% include 'closing.txt' %}\n")
    (tmp_path / "closing.txt").write_text("yours\n{% if %}\n", "utf-8")
    with pytest.raises(LetterError, match=r"^letters/closing\.txt:2: "):
        write("T\nx\n{% include 'closing.txt' %}\n")


ENDLESS = {
    "a macro that calls itself twice": "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
    "loops that print nothing": "{% for i in 'a' * 99999 %}{% for j in 'a' * 99999 %}{% endfor %}{% endfor %}",
    "a filter": "{{ [1]|slice(10 ** 9)|list|length }}",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_template_that_goes_on_for_ever_is_given_up(name, write, monkeypatch):
    monkeypatch.setattr(letter, "CPU_SECONDS", 1)
    with pytest.raises(
        LetterError, match=r"^letters/letter\.en: takes more than 1 seconds of computing or .* bytes of mem"
    ):
        write(f"T\nx{ENDLESS[name]}\n")


@pytest.mark.parametrize(
    "text", ["{% set a = 'a' * 99 %}" + "{% set a = a ~ a %}" * 40 + "{{ a|length }}", "{{ 'a' * 10 ** 11 }}"]
)
def test_a_template_that_fills_the_memory_is_given_up(text, write):
    with pytest.raises(LetterError, match=r"^letters/letter\.en.*(too large|bytes of memory)"):
        write(f"T\nx{text}\n")


def test_a_template_nested_deeper_than_python_can_is_a_fault_in_it(write):
    with pytest.raises(LetterError, match=r"^letters/letter\.en\.txt.*too many statically nested blocks"):
        write("T\nx" + "{% for a in 'b' %}" * 30 + "{% endfor %}" * 30 + "\n")


@pytest.mark.parametrize("name", ["closing.txt", "letter.en.html"])
def test_no_file_of_the_user_gets_into_a_letter_by_a_link(name, write, tmp_path, tmp_path_factory):
    """git keeps links: one may come with the templates of somebody else."""
    secret = tmp_path_factory.mktemp("home") / "secret.txt"
    secret.write_text("the secret")
    (tmp_path / "letter.en.html").write_text("x")
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).symlink_to(secret)
    (tmp_path / "letter.en.txt").write_text("T\nx\n{% include 'closing.txt' ignore missing %}\n", "utf-8")
    with pytest.raises(LetterError, match=rf"^letters/{name}: a link, which may lead to any file"):
        letter.compose("letter", "en", {}, tmp_path)


def test_the_folder_of_templates_is_no_link_either(tmp_path):
    """Else `letters -> .` would let a template include partners.toml."""
    (tmp_path / "partners.toml").write_text("the secret")
    (tmp_path / "letters").symlink_to(".")
    (tmp_path / "letter.en.txt").write_text("T\n{% include 'partners.toml' %}\n", "utf-8")
    with pytest.raises(LetterError, match=r"^letters/letter\.en\.txt: a link"):
        letter.compose("letter", "en", {}, tmp_path / "letters")


def test_a_template_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "letter.en.txt").mkdir()
    with pytest.raises(LetterError, match=r"letter\.en\.txt: Is a directory; put a template there"):
        letter.compose("letter", "en", {}, tmp_path)


def test_letters_of_a_language_that_is_not_shipped_count_when_it_is_known(tmp_path):
    names = [f"{kind}.xx.{form}" for kind in letter.KINDS for form in ("txt", "html")]
    for name in names:
        (tmp_path / name).write_text("x")
    assert letter.languages(tmp_path, ("xx", "en")) == ("en", "xx")
    assert letter.languages(None, ("xx", "en")) == letter.languages(tmp_path / "gone", ("xx", "en")) == ("en",)
    for name in names:
        (tmp_path / name).rename(tmp_path / "aside")
        assert "xx" not in letter.languages(tmp_path, ("xx",)), name
        (tmp_path / "aside").rename(tmp_path / name)
