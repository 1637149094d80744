"""What the ledger notes of a text that was sent."""

from dataclasses import replace

import pytest

from pipeline.distribution import details, planning
from pipeline.distribution.ledger.decisions import Withdrawn
from pipeline.distribution.ledger.delivery import DeliveryKind, DeliveryState
from pipeline.errors import DeliveryError
from tests.distribution.test_planning import had, plan, text

KEY = "SHA256:" + "a" * 43


@pytest.mark.parametrize("written", ["", "null", "[]", "{", "1", '{"files": {"parallel": "/etc/passwd"}}', "[" * 9999])
def test_what_is_no_record_of_a_text_is_refused(written):
    (entry,) = had(*plan([text("a")]).deliveries)
    entry = replace(entry, contents=(replace(entry.contents[0], details=written),))
    with pytest.raises(DeliveryError, match="what was sent cannot be read"):
        plan([], [entry], [Withdrawn("a", "en", "a", "")])


def test_a_release_is_read_as_it_was_written():
    (content,) = plan([text("a")]).deliveries[0].contents
    found = details.read(content)
    assert (found.document_id, found.lang, found.date, found.titles) == ("a", "en", "2026-11-27", text("a").titles)
    assert not found.files


def test_the_key_of_the_last_text_that_may_have_arrived_is_known():
    (delivery,) = plan([text("a")]).deliveries
    signed = planning.signed(delivery, KEY)
    assert details.read(signed.contents[0]) == details.read(delivery.contents[0])
    assert details.last_signer(had(signed)) == KEY
    assert details.last_signer(had(signed, state=DeliveryState.REFUSED)) == details.last_signer(had(delivery)) == ""
    notice = replace(signed, kind=DeliveryKind.WITHDRAWAL)
    assert planning.signed(notice, KEY) == notice
