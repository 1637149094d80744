"""What a person finds out about a delivery is recorded, whether its partner is named or stands under a pseudonym."""

import pytest

from pipeline.app import ledger, partners
from pipeline.distribution.ledger.delivery import DeliveryState
from pipeline.errors import PipelineError
from tests.support.bundles import release
from tests.support.sending import GIVEN, prepare, send
from tests.support.sessions import begun


def test_an_empty_ledger_is_not_made_by_looking_into_it(workspace):
    assert ledger.entries(begun(workspace)[0]) == [] and not list(workspace.glob("ledger*"))


def test_a_delivery_that_was_lost_is_settled_under_its_pseudonym_and_its_steps_stay(workspace, tmp_path):
    prepare(workspace, "oslo")
    send(workspace, release(tmp_path / "files"))
    session, _ = begun(workspace)
    (entry,) = ledger.entries(session)
    name = partners.handle(session, "oslo", private=False)
    assert name.startswith("partner-")
    with pytest.raises(PipelineError, match="no delivery"):
        ledger.settle(session, "rome", entry.delivery, arrived=False, consent=GIVEN)
    assert ledger.settle(session, name, entry.delivery, arrived=False, consent=GIVEN) == "oslo"
    (now,) = ledger.entries(session)
    assert (entry.state, now.state) == (DeliveryState.ACCEPTED, DeliveryState.FAILED)
    assert len(ledger.entries(session, steps=True)) > 2
