"""Work spread over processes gives what one process gives, and fails as one process fails."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from sijill.workers import WorkerError, spread


def squares(part: int, parts: int) -> Iterator[bytes]:
    for number in range(part, 100, parts):
        yield str(number * number).encode() * (1 + number * 20)


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_any_number_of_workers_gives_the_same_results(parts: int) -> None:
    assert sorted(spread(squares, parts)) == sorted(squares(0, 1))


def test_results_larger_than_a_pipe_come_whole() -> None:
    def work(part: int, parts: int) -> Iterator[bytes]:
        yield bytes([part]) * 3_000_000

    assert sorted(spread(work, 2)) == [b"\0" * 3_000_000, b"\1" * 3_000_000]


def test_an_exception_in_a_worker_is_raised_here_with_its_place() -> None:
    def work(part: int, parts: int) -> Iterator[bytes]:
        yield b"x"
        if part == 1:
            raise FileExistsError(17, "exists", "page.html")

    with pytest.raises(FileExistsError, match=r"page\.html") as caught:
        list(spread(work, 2))
    assert "test_workers.py" in caught.value.__notes__[0]


def test_a_killed_worker_is_noticed() -> None:
    def work(part: int, parts: int) -> Iterator[bytes]:
        yield b"x"
        if part == 1:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(WorkerError):
        list(spread(work, 2))


def test_workers_end_when_nobody_waits_for_them_any_more() -> None:
    def work(part: int, parts: int) -> Iterator[bytes]:
        yield str(os.getpid()).encode()
        signal.pause()

    results = spread(work, 2)
    child = int(next(results))
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
