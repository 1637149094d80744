"""What a partner is told of how far a translation was reviewed."""

import pytest

from pipeline.edition.render.pdf import colophon
from pipeline.model import State


@pytest.mark.parametrize("state", State)
def test_a_partner_is_told_that_a_text_waits_for_review_but_not_why(state):
    offered = {State.CHANGED: State.DOUBT, State.MEMORY: State.DOUBT, State.COPIED: State.REVIEWED}
    assert colophon.shown(state) is offered.get(state, state)
