"""The whole way of a translator, an approver, a conflict, a phone, no scripts, a Persian page: in a real browser."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.web import rendering, wording
from tests.support import chromium, visits
from tests.support.statement import edit
from tests.web.conftest import PAGE

STATIC = Path(rendering.__file__).parent / "static"
ENGLISH = "This is a long text that ends with a full stop."


@pytest.fixture
def at(browser, serving):
    """Give a page of somebody who came in: at(page=PAGE, **options of the browser)."""
    opened = []

    def come(path=PAGE, **options):
        address = serving.told[-1].address
        manager = chromium.page(browser, **options)
        page, said = manager.__enter__()
        opened.append(manager)
        page.goto(address)
        page.wait_for_url(f"http://127.0.0.1:{serving.port}{serving.root}/")
        page.goto(f"http://127.0.0.1:{serving.port}{serving.root}{path}")
        page.said = said
        return page

    yield come
    for manager in opened:
        manager.__exit__(None, None, None)


def told(page, text):
    page.wait_for_function("text => document.querySelector('.said').textContent.includes(text)", arg=text)


def open_sentence(page, words):
    page.get_by_role("link", name=words).first.click()
    page.wait_for_selector("#field")


def test_a_translator_goes_from_sentence_to_sentence_by_keys_alone(at, translated):
    page = at()
    loads = []
    page.on("load", lambda _: loads.append(page.url))
    open_sentence(page, "این متن بلندی")
    assert page.evaluate("document.activeElement.id") == "field"
    page.keyboard.type(ENGLISH)
    page.keyboard.press("Control+Enter")
    told(page, "saved")
    assert page.evaluate("document.activeElement.id") == "field" and page.input_value("#field") == ""
    page.keyboard.type("This is the second sentence.")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.wait_for_function(
        "text => document.getElementById('field').defaultValue === text", arg="This is the second sentence."
    )
    told(page, "saved")
    text = translated.read_text("utf-8")
    assert ENGLISH in text and "This is the second sentence." in text
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    told(page, "undone")
    assert "This is the second sentence." not in translated.read_text("utf-8")
    assert loads == [] and page.said == []


def test_an_approver_reads_and_approves_by_keys(at, translated):
    page = at()
    page.locator(".me summary").click()
    page.get_by_label("Your pseudonym").fill("reza")
    page.get_by_role("button", name="Use it").click()
    page.wait_for_selector("summary:has-text('reza')")
    open_sentence(page, "Our statement")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    told(page, "approved")
    assert "# read: reza" in translated.read_text("utf-8") and page.said == []


def test_a_difference_is_shown_and_both_texts_are_there(at, translated):
    page = at()
    open_sentence(page, "Our statement")
    page.fill("#field", "A statement of ours")
    edit(translated, "بیانیه ما", "Our declaration")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".conflict")
    shown = page.inner_text(".conflict")
    assert "Our declaration" in shown and "Our statement" in shown
    assert page.input_value("#field") == "A statement of ours"
    assert chromium.faults(page) == []


def test_what_others_save_appears_without_being_asked_for(at, translated):
    page = at()
    edit(translated, "بیانیه ما", "Our declaration")
    page.wait_for_selector("a.sentence:has-text('Our declaration')")


def test_what_others_save_takes_nothing_from_what_is_being_typed(at, translated):
    page = at()
    open_sentence(page, "Our statement")
    page.locator("summary", has_text="Add a comment").click()
    page.get_by_label("Comment for other translators").fill("Ask Paris")
    edit(translated, "بیانیه ما", "Our declaration")
    told(page, "Somebody else has changed this document")
    assert page.get_by_label("Comment for other translators").input_value() == "Ask Paris"


def test_after_the_program_was_started_anew_the_page_says_so_and_keeps_what_was_typed(at, serving):
    page = at()
    open_sentence(page, "Our statement")
    page.fill("#field", "Typed")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).click()
    told(page, "open the address")
    assert page.input_value("#field") == "Typed"


def test_what_the_server_refuses_stays_in_its_field(at, translated):
    page = at()
    open_sentence(page, "Our statement")
    page.evaluate("document.getElementById('field').value = 'x'.repeat(1100000)")
    page.get_by_role("button", name="Save", exact=True).click()
    told(page, "More than 1,000,000 bytes")
    assert len(page.input_value("#field")) == 1_100_000


def test_a_long_text_is_kept_while_it_is_typed(at, translated):
    page = at()
    open_sentence(page, "Our statement")
    with page.expect_response(lambda answer: answer.url.endswith("/typed")) as answer:
        page.fill("#field", "متن بلند " * 4000)
    assert answer.value.status == 204


def test_what_is_typed_survives_a_closed_browser(at, translated):
    page = at()
    open_sentence(page, "Our statement")
    with page.expect_response(lambda answer: answer.url.endswith("/typed")):
        page.fill("#field", "Half a sent")
    page.context.close()
    again = at()
    again.get_by_role("link", name="Our statement").first.click()
    again.wait_for_selector("#field")
    assert again.input_value("#field") == "Half a sent"


def test_a_tab_that_lay_in_the_background_tells_nothing_when_it_is_closed(at, translated):
    """The program may have ended meanwhile, and another one may have its port."""
    page = at()
    open_sentence(page, "این متن بلندی")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    part = "text => { field.value = text; window.dispatchEvent(new Event('pagehide')); }"
    with page.expect_request(lambda request: request.url.endswith("/typed")):
        page.evaluate(part, "A secret")
    before = len(sent)
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=1))
    page.evaluate(part, "A secret that nobody else is to read")
    page.wait_for_timeout(1000)
    assert len(sent) == before


def kept(page):
    """Return a list of what this page will have sent to be kept, as it goes on."""
    sent = []
    page.on("request", lambda request: sent.append(request.post_data) if request.url.endswith("/typed") else None)
    return sent


def test_who_types_on_without_a_pause_is_not_waited_for(at, translated):
    page = at()
    open_sentence(page, "این متن بلندی")
    sent = kept(page)
    page.locator("#field").press_sequentially("No pause in here", delay=300)
    assert sent


def hide(page, is_hidden):
    page.evaluate(f"Object.defineProperty(document, 'hidden', {{ configurable: true, get: () => {int(is_hidden)} }})")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def untimed(page):
    """Let nothing be sent because some time went by, from now on."""
    page.evaluate("window.setTimeout = () => 1")
    return kept(page)


def test_what_is_typed_is_kept_as_soon_as_the_tab_is_left(at, translated):
    page = at()
    open_sentence(page, "این متن بلندی")
    untimed(page)
    page.fill("#field", "Two words")
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=1))
    with page.expect_response(lambda answer: answer.url.endswith("/typed")) as answer:
        hide(page, is_hidden=True)
    assert answer.value.status == 204


def test_but_not_when_another_program_answers_there(at, translated):
    page = at()
    open_sentence(page, "این متن بلندی")
    sent = untimed(page)
    page.fill("#field", "A secret that nobody else is to read")
    page.route("**/here", lambda route: route.fulfill(status=200, body="what do you want?"))
    with page.expect_response("**/here"):
        hide(page, is_hidden=True)
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    page.wait_for_timeout(1000)
    assert sent == []


def test_where_too_many_are_at_the_page_it_says_so(at, translated):
    page = at()
    open_sentence(page, "Our statement")
    page.fill("#field", "Typed")
    page.route("**/here", lambda route: route.fulfill(status=503, body="Service Unavailable"))
    page.get_by_role("button", name="Save", exact=True).click()
    told(page, "Too many people")
    assert page.input_value("#field") == "Typed"


def test_who_comes_back_to_a_tab_types_two_words_and_closes_it_loses_nothing(at, translated):
    page = at()
    page.add_init_script("window.setInterval = () => 1")
    page.reload()
    open_sentence(page, "این متن بلندی")
    sent = untimed(page)
    hide(page, is_hidden=True)
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=1))
    with page.expect_response("**/version"):
        hide(page, is_hidden=False)
    page.wait_for_timeout(100)
    page.fill("#field", "Two words")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    page.wait_for_timeout(1000)
    assert len(sent) == 1


def test_what_cannot_be_kept_is_told_and_nobody_leaves_it_unasked(at, translated, workspace):
    """As on a full disk: here, a file stands where the folder would be."""
    (workspace / ".pipeline").mkdir(exist_ok=True)
    (workspace / ".pipeline" / "typed").write_text("", "utf-8")
    page = at()
    open_sentence(page, "این متن بلندی")
    page.keyboard.type(ENGLISH)
    told(page, "cannot be kept")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click('[data-go="next"]')
    page.wait_for_timeout(1000)
    assert "lost if you go on" in asked[0] and page.input_value("#field") == ENGLISH
    (workspace / ".pipeline" / "typed").unlink()
    page.click('[data-go="next"]')
    page.wait_for_function("text => document.getElementById('field').value !== text", arg=ENGLISH)
    page.click('[data-go="previous"]')
    page.wait_for_function("text => document.getElementById('field').value === text", arg=ENGLISH)


def test_a_tab_with_what_cannot_be_kept_is_not_closed_unasked(at, translated):
    page = at()
    open_sentence(page, "این متن بلندی")
    page.fill("#field", "word " * 21_000)
    told(page, "cannot be kept")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()


def slowly(page, what):
    """Let what is asked for by an address with these words take a moment; give up to two seconds until it is asked."""
    page.evaluate(
        """what => { const ask = window.fetch; window.asked = 0; window.fetch = async (address, options) => {
        if (String(address).includes(what)) { window.asked += 1; await new Promise((go) => setTimeout(go, 1000)); }
        return ask(address, options); } }""",
        what,
    )


def test_who_begins_to_type_while_the_page_is_renewed_loses_nothing(at, translated):
    page = at()
    open_sentence(page, "این متن بلندی")
    slowly(page, "unit=")
    edit(translated, "بیانیه ما", "Our declaration")
    page.wait_for_function("() => window.asked > 0")
    page.keyboard.type("Just begun")
    told(page, "Somebody else has changed this document")
    assert page.input_value("#field") == "Just begun"


def test_nothing_is_typed_into_a_sentence_that_is_just_being_saved(at, translated):
    """It would go with the page that the answer takes the place of."""
    page = at()
    open_sentence(page, "این متن بلندی")
    slowly(page, "/save")
    page.keyboard.type("Half")
    page.get_by_role("button", name="Save", exact=True).click()
    page.focus("#field")
    page.keyboard.type(" a sentence")
    assert page.input_value("#field") == "Half"
    told(page, "saved")
    page.keyboard.type(" a sentence")
    assert page.input_value("#field") == "Half a sentence"


def test_what_is_typed_is_kept_by_who_goes_back(at, translated):
    page = at()
    open_sentence(page, "این متن بلندی")
    untimed(page)
    page.keyboard.type("Two words")
    with page.expect_response(lambda answer: answer.url.endswith("/typed")) as answer:
        page.go_back()
    assert answer.value.status == 204


def test_a_comment_that_was_not_added_is_not_left_behind_unasked(at, translated):
    page = at()
    open_sentence(page, "این متن بلندی")
    page.fill("#field", ENGLISH)
    page.locator("summary", has_text="Add a comment").click()
    page.get_by_label("Comment for other translators").fill("Ask Paris")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Save and go on").click()
    assert "has not been added" in asked[0]
    assert page.get_by_label("Comment for other translators").input_value() == "Ask Paris"
    address = page.url
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    with page.expect_event("dialog"):
        page.evaluate("() => { history.back(); }")
    page.wait_for_function("address => location.href === address", arg=address)
    page.get_by_role("button", name="Add", exact=True).click()
    told(page, "saved")
    assert "# Ask Paris" in translated.read_text("utf-8")
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_function("text => document.getElementById('field').value !== text", arg=ENGLISH)
    assert ENGLISH in translated.read_text("utf-8") and len(asked) == 2


def test_what_is_typed_is_kept_though_its_sentence_is_saved_in_another_tab(at, translated):
    page = at()
    open_sentence(page, "این متن بلندی")
    with page.expect_response(lambda answer: answer.url.endswith("/typed")):
        page.fill("#field", "An hour of work")
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("#field", "Another text")
    other.get_by_role("button", name="Save", exact=True).click()
    told(other, "saved")
    sent = kept(page)
    told(page, "Somebody else has changed this document")
    page.wait_for_timeout(500)
    assert sent
    other.reload()
    assert other.input_value("#field") == "An hour of work" and "Another text" in other.inner_text(".conflict")


def test_without_scripts_everything_is_done_by_links_and_forms(at, translated):
    page = at(java_script_enabled=False)
    page.get_by_role("link", name="این متن بلندی").first.click()
    page.locator("#field").fill(ENGLISH)
    page.get_by_role("button", name="Save and go on").click()
    assert "saved" in page.text_content(".said")
    assert ENGLISH in translated.read_text("utf-8")
    page.get_by_role("button", name="Undo").click()
    assert ENGLISH not in translated.read_text("utf-8")


def test_signs_and_terms_are_inserted_where_the_cursor_stands(at, workspace):
    (workspace / "translations" / "termbase.csv").write_text("fa,en,status\nبیانیه,statement,preferred\n", "utf-8")
    page = at()
    open_sentence(page, "Our statement")
    page.fill("#field", "AB")
    page.evaluate("document.getElementById('field').setSelectionRange(1, 1)")
    page.get_by_role("button", name="no-break space").click()
    assert page.input_value("#field") == "A\u00a0B"
    page.get_by_role("button", name="Show invisible characters").click()
    assert "NBSP" in page.inner_text(".invisible")
    page.locator(".terms button", has_text="statement").click()
    assert "statement" in page.input_value("#field")


LOOKED_AT = {("en-GB", 1280), ("fa-IR", 390), ("fr-FR", 768)}
"""By axe-core, whose look at a page takes a second: each language and each width once."""


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("locale", ["en-GB", "fa-IR", "fr-FR"])
def test_no_view_goes_beyond_its_width_and_axe_finds_nothing(at, translated, width, locale):
    edit(translated, "بیانیه ما", "Our statement of 1988")
    page = at("/", locale=locale, viewport={"width": width, "height": 900})
    name = visits.Answer(200, {}, page.request.get(page.url.rstrip("/") + PAGE).text()).sentences[
        "Our statement of 1988"
    ]
    start = page.url.rstrip("/")
    for path in ("/", PAGE, f"{PAGE}?unit={name}", f"{PAGE}/replace?words=statement&by=text", "/keys", "/people"):
        page.goto(start + path)
        assert (locale, width) not in LOOKED_AT or chromium.faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_zoomed_to_200_per_cent_nothing_is_cut(at):
    page = at(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    open_sentence(page, "Our statement")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize(
    "options", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}]
)
def test_dark_high_contrast_and_still_pages_have_no_faults(at, options):
    page = at(**options)
    open_sentence(page, "Our statement")
    assert chromium.faults(page) == []


def test_the_next_unfinished_sentence_is_one_key_away_from_everywhere(at):
    page = at()
    page.keyboard.press("n")
    page.wait_for_selector("#field")
    assert page.evaluate("document.activeElement.id") == "field"
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_selector("#field", state="detached")
    page.keyboard.press("j")
    page.wait_for_selector("#field")
    page.locator("a.sentence").last.click()
    page.wait_for_selector(".what:has-text('5 of 5')")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    told(page, "this is the last sentence")


def test_a_sentence_of_the_source_opens_its_translation(at):
    page = at()
    page.locator(".source .sentence", has_text="بیانیه ما").click()
    page.wait_for_selector("#field")
    assert page.input_value("#field") == "Our statement"


def test_all_keys_are_shown_over_the_sentence_and_it_stays_open(at):
    page = at()
    open_sentence(page, "Our statement")
    page.fill("#field", "Typed")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] kbd")
    assert chromium.faults(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.input_value("#field") == "Typed" and page.said == []


def test_marks_are_put_around_what_is_selected_and_terms_stand_apart(at, workspace, pipeline):
    (workspace / "seeds" / "marked.md").write_text("# عنوان\n\nمتن **مهم** اتحاد است.\n", "utf-8")
    (workspace / "translations" / "termbase.csv").write_text("fa,en,status\nاتحاد,unity,preferred\n", "utf-8")
    pipeline("segment", "--quiet")
    page = at("/document/marked/en")
    open_sentence(page, "مهم")
    page.fill("#field", "important")
    page.evaluate("document.getElementById('field').select()")
    page.locator(".marks button").click()
    assert page.input_value("#field") == "**important**"
    page.keyboard.press("End")
    page.keyboard.type("text")
    page.locator(".terms button").click()
    assert page.input_value("#field") == "**important**text unity"


def test_a_suggestion_for_the_whole_sentence_takes_its_place(at, workspace, pipeline):
    (workspace / "seeds" / "other.txt").write_text("بیانیه ما\n\nاین متن دیگری است.\n", "utf-8")
    pipeline("segment", "--quiet")
    edit(workspace / "translations" / "en" / "other.po", "بیانیه ما", "Our declaration")
    page = at()
    open_sentence(page, "Our statement")
    page.locator(".findings button.insert", has_text="Our declaration").click()
    assert page.input_value("#field") == "Our declaration"


def test_the_door_of_a_shared_page_fits_a_phone(browser, serving):
    words = wording.wordings()["fa"]
    fingerprint = ":".join(["AB"] * 32)
    door = rendering.filled(
        "door.html", {"_": words, "wording": words, "root": "", "here": "/", "fingerprint": fingerprint}
    )
    style = (STATIC / "review.css").read_text("utf-8")
    with chromium.page(browser, viewport={"width": 320, "height": 700}) as (page, _):
        page.set_content(door)
        page.add_style_tag(content=style)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.get_by_role("button", name="ورود").click(trial=True)
        assert chromium.faults(page) == []
