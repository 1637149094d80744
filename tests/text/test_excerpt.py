from pipeline.text.excerpt import bounded, excerpt


def test_a_short_text_stays_on_one_line():
    assert excerpt("آزادی\n برای  همه", 20) == "آزادی برای همه"


def test_a_long_one_is_cut_behind_a_word_and_says_so():
    assert excerpt("one two three four", 9) == "one two …"
    assert excerpt("x" * 70) == f"{'x' * 60} …"


def test_what_just_fits_is_whole():
    assert excerpt("a" * 60) == "a" * 60


def test_a_message_that_quotes_too_much_keeps_its_place_and_its_remedy():
    message = f"a.po:3: {'x' * 70_000}; delete the line"
    assert len(bounded(message)) < 2100 and bounded(message).startswith("a.po:3: ")
    assert bounded(message).endswith("; delete the line") and bounded("x" * 2000) == "x" * 2000
