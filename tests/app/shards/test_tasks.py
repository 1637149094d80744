"""The one task of a worker: it has what it is asked answered by its process, and leaves when it can answer nothing."""

from pipeline.app.shards import cluster, requests
from pipeline.app.shards.requests import ShardAnswer
from tests.support.sessions import begun, clock


def test_a_worker_answers_requests_by_its_process(archive, tmp_path):
    """Of whatever kind: here none that it knows."""
    config = begun(archive)[0].config
    with cluster.joined(config, cluster.LOCAL, tmp_path, clock) as crew:
        futures = [crew.asked(b"no request"), crew.asked(b"none either")]
        left = set(futures)
        while left:
            left -= set(crew.done(left))
        answers = [requests.answer(crew.answer(future)) for future in futures]
    assert [answer.outcome for answer in answers] == ["failed", "failed"]
    assert isinstance(answers[0], ShardAnswer) and "cannot be read" in answers[0].fault
