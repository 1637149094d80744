"""In which order reasons to keep rows together give way."""

from pipeline.edition.render.pdf.keeps import Keep


def test_a_signature_gives_way_before_slogans_and_these_before_a_date_and_a_single_line():
    assert Keep.NOT < Keep.SIGNED < Keep.TOGETHER < Keep.ANNOUNCED < Keep.BELONGING < Keep.ALONE < Keep.ALWAYS
