import re


def test_libreoffice_shows_the_original_on_the_right_of_its_translation(seen_in_libreoffice):
    shown = seen_in_libreoffice["docx_both"]
    assert re.search(r"^\W*English .*فارسی", shown, re.MULTILINE)
    assert re.search(r"^\W*gzarc sal .*گزارش سال", shown, re.MULTILINE)
    assert "Page 1 of" in shown
