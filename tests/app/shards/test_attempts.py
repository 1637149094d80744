"""What workers note while they are at a shard: of those that were killed it stays, of all others it goes."""

from pipeline.app.shards import attempts
from tests.support.sessions import begun

NAME = "0" * 32
ROW = ("متن", "text", "engine", "", ())


def test_the_note_of_a_worker_that_lives_is_no_death(workspace):
    config = begun(workspace)[0].config
    with attempts.begun(attempts.place(config, NAME)) as first:
        first.at("a document")
        with attempts.begun(attempts.place(config, NAME)) as second:
            assert second.deaths("a document") == 0
    with attempts.begun(attempts.place(config, NAME)) as third:
        assert third.deaths("a document") == 0


def test_drafts_are_kept_for_the_next_and_damaged_ones_are_made_again(workspace):
    config = begun(workspace)[0].config
    with attempts.begun(attempts.place(config, NAME)) as attempt:
        assert attempt.made("portion") is None
        attempt.keep("portion", [ROW])
    with attempts.begun(attempts.place(config, NAME)) as attempt:
        assert attempt.made("portion") == [ROW]
    for path in (workspace / ".pipeline" / "shards").rglob("portion*"):
        path.write_bytes(b"half")
    with attempts.begun(attempts.place(config, NAME)) as attempt:
        assert attempt.made("portion") is None
    attempts.clear(attempts.place(config, NAME))
    assert not list((workspace / ".pipeline" / "shards").iterdir())
