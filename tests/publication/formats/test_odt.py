from pipeline.text.orthography import western_digits

SHOWN = ("gzarc sal", "1. mvrd nkst", "2. mvrd dvm", "iaddact nkst ba ncani", "+98 (0)21 5550 4321", "Page 1 sur")


def test_libreoffice_shows_a_translation(seen_in_libreoffice):
    shown = " ".join(western_digits(seen_in_libreoffice["odt"]).split())
    assert [words for words in SHOWN if words not in shown] == []
