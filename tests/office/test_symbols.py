from pipeline.office.symbols import Signs, character


def test_signs_of_fonts_are_characters_wherever_their_codes_stand():
    assert character("Symbol", 0xF0B3) == character("symbol", 0xB3) == "≥"


def test_a_sign_that_nobody_knows_is_named():
    signs = Signs()
    assert signs.replaced("a\uf041b", "Unknown") == "ab"
    assert signs.unread == ["Unknown F041"]
