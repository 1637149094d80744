"""Of a picture nothing is printed that its author cut off, covered or made invisible."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import html
from pipeline.languages import SHIPPED

CROPPED = '<span style="overflow: hidden; display: inline-block; width: {}px; height: {}px"><img alt="کارگران" src="data:image/png;base64,iVBORw0KGgo=" style="{}"></span>'
"""As Google's editor crops."""


@pytest.mark.parametrize(
    ("shown", "is_printed"),
    [
        (CROPPED.format(300, 200, "width: 300px; height: 200px; margin-left: 0px; transform: rotate(0rad) translateZ(0px)"), True),
        (CROPPED.format(300, 200, "width: 600px; height: 200px"), False),
        (CROPPED.format(300, 200, "width: 300px; height: 400px"), False),
        (CROPPED.format(300, 200, "width: 300px; height: 200px; margin-left: -90px"), False),
        (CROPPED.format(300, 200, "width: 300px; height: 200px; transform: translateX(90px)"), False),
        (CROPPED.format(300, 200, ""), False),
        ('<img alt="کارگران" src="data:image/png;base64,iVBORw0KGgo=" style="filter: blur(20px)">', False),
        ('<img alt="کارگران" src="data:image/png;base64,iVBORw0KGgo=" style="object-fit: cover">', False),
        ('<div style="clip-path: inset(20%)"><img alt="کارگران" src="data:image/png;base64,iVBORw0KGgo="></div>', False),
        ('<div style="overflow: hidden"><img width="90" alt="کارگران" src="data:image/png;base64,iVBORw0KGgo="></div>', True),
    ],
)  # fmt: skip
def test_a_picture_of_a_page_that_is_cut_off_or_blurred_is_not_printed(shown, is_printed):
    document = html.read(f"<p>متن آن این است.</p>{shown}".encode(), "d", SHIPPED["fa"], Corrections())
    assert bool(document.pictures) is is_printed
    assert "کارگران" in [block.text for block in document.blocks]
