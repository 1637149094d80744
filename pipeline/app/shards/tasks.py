"""The one function that Dask runs on a machine of ours."""

from pipeline.app.shards import remote, requests


def draft(request: bytes) -> bytes:
    """Have the process that this worker has beside it answer a request."""
    from distributed import get_worker

    worker = get_worker()
    answer = remote.patiently(worker.beside, request)
    if requests.is_unfit(answer):
        worker.leave(requests.answer(answer).fault)
    return answer
