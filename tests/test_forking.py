"""What a fork does has an answer, whatever becomes of it."""

import os
import resource
import signal

import pytest

from pipeline import forking
from pipeline.errors import PipelineError


def test_what_it_returns_arrives_whole_with_its_status():
    assert forking.apart(lambda: (0, b"x" * 1_000_000)) == (0, b"x" * 1_000_000)
    assert forking.apart(lambda: (7, b"why")) == (7, b"why")


@pytest.mark.parametrize(
    ("work", "status"),
    [
        (lambda: 1 / 0, forking.BROKEN),
        (lambda: os._exit(0), forking.BROKEN),
        (lambda: os._exit(3), 3),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), -signal.SIGKILL),
    ],
)
def test_what_ends_without_an_answer_is_never_taken_for_one(work, status):
    assert forking.apart(work) == (status, b"")


def test_its_limits_are_its_own():
    def work():
        forking.limit(resource.RLIMIT_CPU, 1)
        return resource.getrlimit(resource.RLIMIT_CPU)[0], str(resource.getrlimit(resource.RLIMIT_CORE)[0]).encode()

    before = resource.getrlimit(resource.RLIMIT_CPU)
    assert forking.apart(work) == (1, b"0")
    assert resource.getrlimit(resource.RLIMIT_CPU) == before


def test_a_lower_limit_of_the_machine_stays():
    def work():
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
        forking.limit(resource.RLIMIT_CPU, 9)
        return resource.getrlimit(resource.RLIMIT_CPU)[0], b""

    assert forking.apart(work)[0] == 5


@pytest.mark.parametrize("count", [2, 30])
def test_what_forks_return_comes_in_the_order_of_what_they_were_given(count):
    assert list(forking.each(lambda one: one * 2, range(count), 3)) == [one * 2 for one in range(count)]


@pytest.mark.skipif(os.cpu_count() == 1, reason="this machine has one core")
def test_a_fork_that_is_ended_is_said():
    with pytest.raises(PipelineError, match="run the command again"):
        list(forking.each(lambda one: os.kill(os.getpid(), signal.SIGKILL), range(30), 3))
