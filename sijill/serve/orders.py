"""What the server and the process behind it say to each other through pipes: values, each with its length before it."""

from __future__ import annotations

import asyncio
import pickle
from typing import BinaryIO, NamedTuple

from sijill.model import Issue

__all__ = ["Answer", "Order", "packed", "read", "received", "write"]

_HEAD = 8


class Order(NamedTuple):
    """To prepare the site, or, where it has a name, to give that file."""

    name: str | None = None
    looked_at: tuple[str, ...] | None = None
    """Of a site that is wanted soon, the articles that must be as the records say now; of the others some may not."""


class Answer(NamedTuple):
    """What became of it."""

    done: bool = False
    """The site was prepared; the file is there."""
    issues: tuple[Issue, ...] = ()
    body: bytes = b""
    folder: bool = False
    """There is no such file, but a folder of that name with a page in it."""
    root: str = ""
    """The path under which the site stands."""
    old: bool = False
    """Some articles are still as they were read by what the records said before."""


def packed(value: Order | Answer) -> bytes:
    data = pickle.dumps(value)
    return len(data).to_bytes(_HEAD, "big") + data


def read(orders: BinaryIO) -> Order | None:
    """The next order; None where there will be no more."""
    head = orders.read(_HEAD)
    if len(head) < _HEAD:
        return None
    order: Order = pickle.loads(orders.read(int.from_bytes(head, "big")))  # noqa: S301 - our own parent wrote it
    return order


def write(answers: BinaryIO, answer: Answer) -> None:
    answers.write(packed(answer))
    answers.flush()


async def received(answers: asyncio.StreamReader) -> Answer:
    """The next answer. Raises asyncio.IncompleteReadError where there will be none."""
    size = int.from_bytes(await answers.readexactly(_HEAD), "big")
    answer: Answer = pickle.loads(await answers.readexactly(size))  # noqa: S301 - our own child wrote it
    return answer
