"""What happens when: a save is shown from memory at once, and the whole site is built behind it by another process.

Nothing that either of them does can end the server, and what is wrong is told in the browser until it is mended.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from sijill.build import Outcome
from sijill.inputs import PACKAGE
from sijill.issues import error
from sijill.model import Issue
from sijill.prepare import Options
from sijill.serve.maker import Maker, MakerDiedError
from sijill.serve.orders import Answer
from sijill.serve.requests import ADDRESS, application
from sijill.serve.watching import changes

__all__ = ["Preview", "serve"]

CALM = 1.0
"""Seconds without a save after which the whole site is built: looking at what was saved comes first."""
BEHIND = 5
"""How far the whole build stands back behind what is looked at (a nice value)."""
STYLE = "*.css"
"""What the browser is told where style sheets alone have changed: it fetches them again and keeps the page."""
STATE = "/preview.json"
"""What it is told where nothing of the page has changed, but what there is to say of it."""


def serve(
    options: Options,
    command: Sequence[str],
    port: int,
    words: Mapping[str, str],
    say: Callable[[Outcome], None],
    started: Callable[[str], None],
) -> int:
    """Show the site and build it with `command`, again whenever a file changes; until interrupted. `words` are those of
    what the browser shows besides the site; `say` tells the terminal what became of a build, `started` at which address
    the site is shown."""
    try:
        sockets = bind_sockets(port, ADDRESS)
    except OSError as problem:
        reason = f"port {port} cannot be used: {problem.strerror} (name another with --port)"
        print(f"build.py: error: {reason}", file=sys.stderr)
        return 2
    port = sockets[0].getsockname()[1]
    preview = Preview(options, command, port, words, say)

    async def run() -> None:
        LiveReloadHandler.watcher = Watcher()  # only to be asked what changed: we look for changes ourselves
        HTTPServer(application(preview)).add_sockets(sockets)
        started(f"http://{ADDRESS}:{port}/")
        await preview.run()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run())
    return 0


class Preview:
    """The state of a running preview: what it shows, and what is wrong."""

    def __init__(
        self,
        options: Options,
        command: Sequence[str],
        port: int,
        words: Mapping[str, str],
        say: Callable[[Outcome], None],
    ) -> None:
        self.options = options
        self.port = port
        self.words = words
        self.root = ""
        """The path under which the site stands, as far as it is known."""
        self.issues: tuple[Issue, ...] = ()
        self.failed = False
        """Whether what is shown is not what the files say, because of the issues."""
        self.old = False
        """Whether some articles are shown as they were read by what the records said before."""
        self.number = 0
        """How often something new was shown."""
        self._command = command
        self._say = say
        self._maker = Maker(options)
        self._pages: dict[str, Answer] = {}
        """The files that were asked for since something new was shown."""
        self._behind: asyncio.Task[None] | None = None
        """The whole build."""
        self._mending: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._run = secrets.token_hex(4)

    @property
    def showing(self) -> str:
        """Which of all sites that were ever shown this is: a page that holds another is old."""
        return f"{self._run}-{self.number}"

    async def run(self) -> None:
        """Show the site as it is, and again after each change; without end."""
        options = self.options
        try:
            async for changed in changes((options.content, options.templates, PACKAGE)):
                if any(Path(name).is_relative_to(PACKAGE) for name in changed):
                    self._maker.end()  # what it has in memory are the old rules
                await self._refresh(styles_only=all(self._is_style(name) for name in changed))
        finally:
            self._maker.end()
            await self._stop_behind()

    async def file(self, name: str) -> Answer | None:
        """A file of the site that is shown, if it can be had without waiting for another site to be prepared; None
        where only the last whole build may have it. Style sheets are waited for, since no page does without its own and
        that build may have them under other names."""
        found = self._pages.get(name)
        if found is not None:
            return found
        if not self._maker.ready or (self._maker.preparing and not name.startswith("assets/")):
            return None
        number = self.number
        try:
            answer = await self._maker.file(name)
        except MakerDiedError as problem:
            if not problem.wanted:
                self._tell((_death(problem),), failed=True)
                self._mending = asyncio.create_task(self._refresh())
            return None
        if answer.issues:
            if not set(answer.issues) <= set(self.issues):
                self._tell((*self.issues, *answer.issues), failed=True)
            return None
        if number == self.number:
            self._pages[name] = answer
        return answer

    def _is_style(self, name: str) -> bool:
        return name.endswith(".css") and Path(name).is_relative_to(self.options.templates / "assets")

    async def _refresh(self, styles_only: bool = False, soon: bool = True) -> None:
        """Prepare the site as the files are now, show it, and have it built.

        `soon`: not all articles need to be as the records say now. Once the build behind has read them all, they are
        shown so too.
        """
        async with self._turn:
            if soon:
                await self._stop_behind()
            start = time.perf_counter()
            looked_at = (
                tuple(name.split("/")[1] for name in self._pages if name.startswith("articles/")) if soon else None
            )
            try:
                answer = await self._prepared(looked_at)
            except MakerDiedError as problem:
                answer = Answer(issues=(_death(problem),))
            if not answer.done:
                self._say(Outcome(0, 0, 0, answer.issues, time.perf_counter() - start, published=False))
                self._tell(answer.issues, failed=True)
                return
            self._pages.clear()
            self.root = answer.root
            self.number += 1
            self.old = answer.old
            if soon:
                self._tell(answer.issues, failed=False, how=STYLE if styles_only else "*")
                self._behind = asyncio.create_task(self._build())
            else:  # the build has told what is wrong, and knows more of it
                self._tell(self.issues, self.failed, how="*")

    async def _prepared(self, looked_at: tuple[str, ...] | None) -> Answer:
        """If the process dies, it is tried once more: what ended it may have had nothing to do with the files."""
        try:
            return await self._maker.prepare(looked_at)
        except MakerDiedError as problem:
            if not problem.wanted:
                self._tell((_death(problem),), failed=True)
            return await self._maker.prepare()

    def _tell(self, issues: tuple[Issue, ...], failed: bool, how: str = STATE) -> None:
        """What there is to say, to every page that is open."""
        news = (issues, failed) != (self.issues, self.failed)
        self.issues, self.failed = issues, failed
        if how != STATE:
            LiveReloadHandler.reload_waiters(how)
        if news and how != "*":  # a page that loads again asks by itself
            LiveReloadHandler.reload_waiters(STATE)

    # --- the whole build ----------------------------------------------------------------------------------------------

    async def _build(self) -> None:
        """Build and publish the whole site once it is calm, standing back behind what is looked at."""
        await asyncio.sleep(CALM)
        process = await asyncio.create_subprocess_exec(*self._command, stdout=PIPE, stderr=PIPE)
        with contextlib.suppress(AttributeError, OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, BEHIND)
        try:
            out, err = await process.communicate()
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)  # a build can be ended at any moment
            await process.wait()
            raise
        outcome = _outcome_of(out, err, process.returncode or 0)
        self._say(outcome)
        self._tell(outcome.issues, failed=not outcome.published)
        if self.old:
            self._mending = asyncio.create_task(self._refresh(soon=False))

    async def _stop_behind(self) -> None:
        if self._behind is not None:
            self._behind.cancel()
            await asyncio.wait([self._behind])


def _death(problem: MakerDiedError) -> Issue:
    what = f"the process that makes the pages ended with code {problem.code}"
    return error("build.py", 0, what, "it starts again by itself; the terminal says more")


def _outcome_of(out: bytes, err: bytes, code: int) -> Outcome:
    """What a build with `--json` said; what it did not say as JSON is passed on to the terminal."""
    issues = []
    for line in err.decode(errors="replace").splitlines():
        try:
            issues.append(Issue(**json.loads(line)))
        except (ValueError, TypeError):
            print(line, file=sys.stderr)
    try:
        told = json.loads(out)
        names = ("articles", "pages", "entities", "seconds", "published", "unchanged")
        return Outcome(issues=tuple(issues), **{name: told[name] for name in names})
    except (ValueError, KeyError, TypeError):
        what = f"the build ended with code {code}"
        issues.append(error("build.py", 0, what, "the terminal says more; save a file to build again"))
        return Outcome(0, 0, 0, tuple(issues), 0.0, published=False)
