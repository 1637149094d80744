from pipeline.text.excerpt import excerpt


def test_a_short_text_stays_on_one_line():
    assert excerpt("آزادی\n برای  همه", 20) == "آزادی برای همه"


def test_a_long_one_is_cut_behind_a_word_and_says_so():
    assert excerpt("one two three four", 9) == "one two …"
    assert excerpt("x" * 70) == f"{'x' * 60} …"


def test_what_just_fits_is_whole():
    assert excerpt("a" * 60) == "a" * 60
