"""The process behind the preview: it has the archive in memory, and makes the page that is looked at.

A process of its own, so that nothing that happens in it can end the server, and so that it can be ended. It takes its
orders one after the other: to prepare the site of the files as they are now, or to give one file of the last site that
could be prepared. `python -m sijill.serve.warm` is started by `sijill/serve/maker.py` and by nobody else.
"""

from __future__ import annotations

import gc
import os
import pickle
import re
import signal
import sys
import traceback
from collections.abc import Callable, Collection, Mapping
from typing import Any, BinaryIO

from sijill.build import check_places
from sijill.cards import Card, address_of
from sijill.files import Files, Made, file_of
from sijill.issues import error
from sijill.model import Issue
from sijill.pages import Plan
from sijill.prepare import Memory, Options, prepare, told
from sijill.serve.orders import Answer, Order, read, write
from sijill.urls import DATA

__all__ = ["Shown", "Warm"]

_DIGEST = re.compile(r"\.[0-9a-f]{10}(?=\.\w+$)")


class Shown:
    """The files of one site, each made when it is first asked for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._plans: Mapping[str, Plan] = {file_of(plan.url): plan for plan in files.plans()}
        self._cards: Mapping[str, Card] = {file_of(address_of(card)): card for card in files.cards}
        self._assets: Mapping[str, bytes] = dict(files.assets)
        self._by_source = {_DIGEST.sub("", name): name for name in self._assets}
        pages = [*self._plans, file_of(DATA)]
        self._lots: Mapping[str, Callable[[], Made]] = {
            "data/": files.data,
            "search/": files.search,
            "sitemap": lambda: files.sitemaps(pages),
        }
        """By how their names begin, files that are made all at once."""
        self._made: dict[str, dict[str, bytes]] = {}

    def get(self, name: str) -> bytes | None:
        """The bytes of a file; None where the site has none of that name."""
        if name in self._plans:
            return _only(self._files.pages([self._plans[name]]))
        if name in self._cards:
            return _only(self._files.pictures([self._cards[name]]))
        if name.startswith("assets/"):  # a page may be older than what it asks for
            return self._assets.get(name) or self._assets.get(self._by_source.get(_DIGEST.sub("", name), ""))
        for start, make in self._lots.items():
            if name.startswith(start):
                if start not in self._made:
                    self._made[start] = dict(make())
                return self._made[start].get(name)
        return None


def _only(made: Made) -> bytes:
    return next(made)[1]


class Warm:
    """What this process remembers: all that is left of the last run, and the last site that could be prepared."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.memory = Memory(stays=True)
        self.shown: Shown | None = None
        self.root = ""

    def answer(self, order: Order) -> Answer:
        return self._prepared(order.looked_at) if order.name is None else self._file(order.name)

    def _prepared(self, looked_at: Collection[str] | None) -> Answer:
        """Prepare the site anew. Where that fails the former one is still shown."""
        try:
            check_places(self.options)
            found = prepare(self.options, self.memory, looked_at=looked_at)
            if isinstance(found, tuple) and self.memory.old:  # what is wrong may be so by old readings only
                found = prepare(self.options, self.memory)
            if isinstance(found, tuple):
                return Answer(issues=found)
            # What is written into the files from now on belongs to the next site, not to this one.
            held = {source: self.memory.known.held.read(source) for source in found.sources}
            shown = Shown(Files(found, self.options, held.__getitem__))
        except Exception as problem:
            return Answer(issues=(self._why(problem),))
        self.shown, self.root = shown, found.site.root
        return Answer(True, found.issues, root=self.root, old=found.old)

    def _file(self, name: str) -> Answer:
        """A file. A name without one that has an index below it is a folder."""
        if self.shown is None:
            return Answer()
        try:
            body = self.shown.get(name)
            if body is None and not name.endswith("index.html"):
                return Answer(folder=self.shown.get(f"{name}/index.html") is not None)
            return Answer(body is not None, body=body or b"")
        except Exception as problem:
            return Answer(issues=(self._why(problem),))

    def _why(self, problem: Exception) -> Issue:
        """What the build would say of it, or that it is a bug, which the terminal shows in full."""
        issue = told(problem, self.options)
        if issue is None:
            traceback.print_exception(problem)
            what = f"the preview failed: {type(problem).__name__}: {problem}"
            issue = error("build.py", 0, what, "report what the terminal shows to us")
        return issue


def main(orders: BinaryIO, answers: BinaryIO, options: Options) -> None:
    """Answer orders until there are no more."""
    gc.disable()  # nothing that stays is a circle, and looking for circles takes longer than settling
    warm = Warm(options)
    while (order := read(orders)) is not None:
        former = warm.shown
        write(answers, warm.answer(order))
        del former  # taking a site apart takes its time, so it is done behind the answer


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the server, not with what is typed to it
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints must not disturb the answers
    given: Any = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    main(sys.stdin.buffer, channel, given)
    os._exit(0)  # as in build.py: the memory need not be taken apart
