"""To which mailboxes an e-mail came."""

import pytest

from pipeline.inbox import digest, mailboxes


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"From: a@x.example\nTo: us@y.example\nCc: b@y.example\n", {"us@y.example", "b@y.example"}),
        (b"From: A <a@x.example>\nTo: A@x.example\nDelivered-To: us@y.example\n", {"us@y.example"}),
        (b"From: us@y.example\nTo: us@y.example\nDelivered-To: us@y.example\n", {"us@y.example"}),
        (b"From: us@y.example\nTo: us@y.example\n", {"us@y.example"}),
        (b"\xff\xfe", set()),
    ],
)
def test_the_mailboxes_that_an_email_came_to_are_not_those_of_who_sent_it_to_many(head, expected):
    """A union sends its statement to itself, and unseen to all others: where it can be reached is in its text."""
    assert digest.mailboxes(mailboxes.sent_to(head + b"\nText")) == expected
