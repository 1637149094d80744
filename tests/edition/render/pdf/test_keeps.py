"""In which order reasons to keep rows together give way."""

from pipeline.edition.render.pdf.keeps import Keep


def test_a_signature_gives_way_before_slogans_and_these_before_a_date_and_a_single_line():
    weak, strong = (Keep.SIGNED, Keep.UNDIVIDED, Keep.ADDRESSED, Keep.TOGETHER), (Keep.ALONE, Keep.ALWAYS)
    reasons = [Keep.NOT, *weak, Keep.ANNOUNCED, Keep.BELONGING, *strong]
    assert reasons == sorted(Keep)
