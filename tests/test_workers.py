"""Work spread over processes gives what one process gives, and fails as one process fails."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sijill.workers import Bounds, Lost, WorkerError, guarded, spread, uncounted


def square(number: int) -> Iterator[bytes]:
    yield str(number * number).encode() * (1 + number * 20)
    yield b"and"


@pytest.mark.parametrize("tasks", [0, 1, 2, 100, 10_001])
@pytest.mark.parametrize("workers", [1, 2, 5])
def test_any_number_of_workers_gives_the_same_results(tasks: int, workers: int) -> None:
    def work(number: int) -> Iterator[bytes]:
        yield from square(number % 200)

    assert sorted(spread(work, tasks, workers)) == sorted(result for task in range(tasks) for result in work(task))


def test_more_than_one_worker_takes_part() -> None:
    def work(number: int) -> Iterator[bytes]:
        time.sleep(0.01)
        yield str(os.getpid()).encode()

    assert len(set(spread(work, 20, 2))) == 2


def test_results_larger_than_a_pipe_come_whole() -> None:
    def work(number: int) -> Iterator[bytes]:
        yield bytes([number]) * 3_000_000

    assert sorted(spread(work, 2, 2)) == [b"\0" * 3_000_000, b"\1" * 3_000_000]


def test_an_exception_in_a_worker_is_raised_here_with_its_place() -> None:
    def work(number: int) -> Iterator[bytes]:
        yield b"x"
        if number == 1:
            raise FileExistsError(17, "exists", "page.html")

    with pytest.raises(FileExistsError, match=r"page\.html") as caught:
        list(spread(work, 2, 2))
    assert "test_workers.py" in caught.value.__notes__[0]


def test_a_killed_worker_is_noticed() -> None:
    def work(number: int) -> Iterator[bytes]:
        yield b"x"
        if number == 1:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(WorkerError):
        list(spread(work, 2, 2))


def test_workers_end_when_nobody_waits_for_them_any_more() -> None:
    def work(number: int) -> Iterator[bytes]:
        yield str(os.getpid()).encode()
        signal.pause()

    results = spread(work, 2, 2)
    child = int(next(results))
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


FREE = Bounds(0, 0)


def test_this_process_goes_on_while_others_work(tmp_path: Path) -> None:
    sign, here = tmp_path / "sign", os.getpid()

    def work(task: int) -> Iterator[bytes]:
        end = time.monotonic() + 30
        while not sign.exists() and time.monotonic() < end:
            time.sleep(0.01)
        yield b"in time" if sign.exists() else b"late"

    def meanwhile() -> Iterator[None]:
        for _ in range(3):
            assert os.getpid() == here
            yield
        sign.touch()

    assert list(guarded(work, 2, 1, FREE, meanwhile())) == [b"in time"] * 2


@pytest.mark.parametrize("tasks", [0, 1, 2, 100, 10_001])
@pytest.mark.parametrize("workers", [1, 2, 5])
def test_guarded_work_gives_the_same_results(tasks: int, workers: int) -> None:
    def work(number: int) -> Iterator[bytes]:
        yield from square(number % 200)

    wanted = sorted(result for task in range(tasks) for result in work(task))
    found = [result for result in guarded(work, tasks, workers, Bounds(5, 500)) if isinstance(result, bytes)]
    assert sorted(found) == wanted


def endless() -> None:
    while True:
        pass


def hog() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 22))


def of_c() -> None:
    re.match(r"(a*)*b", "a" * 64)  # never looks whether a signal came


def dead() -> None:
    os.kill(os.getpid(), signal.SIGUSR2)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("wrong", "bounds", "why"),
    [
        (endless, Bounds(0.2, 0), "time"),
        (of_c, Bounds(0.2, 0), "time"),
        (signal.pause, Bounds(0.01, 0), "time"),
        (hog, Bounds(0, 64), "memory"),
        (dead, FREE, "SIGUSR2"),
    ],
)
@pytest.mark.parametrize("tasks", [7, 9000])
def test_a_task_that_breaks_its_bounds_is_lost_and_no_other(
    workers: int, wrong: Callable[[], object], bounds: Bounds, why: str, tasks: int
) -> None:
    def work(number: int) -> Iterator[bytes]:
        if number in (0, 5, tasks - 1):
            wrong()
        yield str(number).encode()

    found = list(guarded(work, tasks, workers, bounds))
    lost = sorted(each for each in found if isinstance(each, Lost))
    assert lost == [Lost(0, why), Lost(5, why), Lost(tasks - 1, why)]
    kept = sorted(int(each) for each in found if isinstance(each, bytes))
    assert kept == sorted(set(range(tasks)) - {0, 5, tasks - 1})


@pytest.mark.parametrize(("wrong", "why"), [(endless, "time"), (hog, "memory")])
def test_what_all_tasks_need_is_on_no_tasks_account(wrong: Callable[[], object], why: str) -> None:
    shared: list[bytearray] = []

    def get_ready() -> None:
        if not shared:
            shared.append(bytearray(200 << 20))
            end = time.process_time() + 1.5
            while time.process_time() < end:
                pass

    def work(number: int) -> Iterator[bytes]:
        uncounted(get_ready)
        if number == 2:
            wrong()
        yield str(number).encode()

    found = list(guarded(work, 3, 1, Bounds(0.5, 64)))
    assert found == [b"0", b"1", Lost(2, why)]
