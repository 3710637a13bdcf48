"""The preview: livereload's browser side around builds that run in processes of their own.

Separate from the build so that nothing that a build does can end the server. It listens on this machine only, and
answers only to this machine's names, so that no web page elsewhere can read a draft or trigger a reload.
"""

from __future__ import annotations

import asyncio
import html
import mimetypes
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

__all__ = ["previewed", "serve"]

ADDRESS = "127.0.0.1"
PAUSE = 0.2
"""Seconds between two looks at the files; a burst of saves ends with a look that finds nothing new."""
_POLICY = re.compile(rb'(<meta http-equiv="?Content-Security-Policy"? content=")([^"]*)(")', re.IGNORECASE)
_NOTHING = b"<!doctype html><html><head><title>404</title></head><body></body></html>"
_SCRIPT = b'<script src="/livereload.js?port=%d"></script>'


def serve(command: Sequence[str], output: Path, watched: Sequence[Path], port: int) -> int:
    """Build with `command`, serve `output`, and build again whenever a file in `watched` changes; until interrupted."""
    try:
        sockets = bind_sockets(port, ADDRESS)
    except OSError as problem:
        print(
            f"build.py: error: port {port} cannot be used: {problem.strerror} (name another with --port)",
            file=sys.stderr,
        )
        return 2
    try:
        asyncio.run(_Preview(command, output, watched, sockets[0].getsockname()[1]).run(sockets))
    except KeyboardInterrupt:
        print("stopped")
    return 0


class _Preview:
    """The state of a running preview: what was last built, and what was wrong with it."""

    def __init__(self, command: Sequence[str], output: Path, watched: Sequence[Path], port: int) -> None:
        self.command = command
        self.output = output
        self.watched = watched
        self.port = port
        self.trouble = ""
        """What the last build printed if it failed: shown above every page until a build succeeds."""
        self.hosts = frozenset(f"{name}:{port}" for name in (ADDRESS, "localhost"))

    async def run(self, sockets: list[Any]) -> None:
        LiveReloadHandler.watcher = Watcher()  # only to be asked what changed: we look for changes ourselves
        handlers: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
            ("/livereload", _Socket, {"preview": self}),
            (r"/livereload\.js", LiveReloadJSHandler, {}),
            ("/(.*)", _Pages, {"preview": self}),
        ]
        HTTPServer(Application(handlers)).add_sockets(sockets)
        print(f"serving on http://{ADDRESS}:{self.port}/ (Ctrl-C ends it)", flush=True)
        seen: object = None
        while True:
            now = tuple(_state(self.watched))
            if now != seen:
                seen = await self._settled(now)
                await self.build()
                LiveReloadHandler.reload_waiters("*")
            await asyncio.sleep(PAUSE)

    async def _settled(self, now: object) -> object:
        """The state of the files once they rest, so that one build answers a burst of saves."""
        while True:
            await asyncio.sleep(PAUSE)
            later = tuple(_state(self.watched))
            if later == now:
                return now
            now = later

    async def build(self) -> None:
        process = await asyncio.create_subprocess_exec(*self.command, stderr=asyncio.subprocess.PIPE)
        try:
            _, said = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            raise
        text = said.decode(errors="replace")
        sys.stderr.write(text)
        self.trouble = "" if process.returncode == 0 else text or f"the build ended with code {process.returncode}"


def _state(folders: Sequence[Path]) -> Iterator[tuple[str, int, int]]:
    """What changes when a file does; the time of the last change of the inode cannot be set back, unlike mtime."""
    for folder in folders:
        for here, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if not name.startswith(".")]
            for name in names:
                path = f"{here}/{name}"
                try:
                    found = os.stat(path)  # noqa: PTH116 - called for every file, five times a second
                except OSError:
                    continue
                yield path, found.st_ctime_ns, found.st_size


class _Socket(LiveReloadHandler):  # type: ignore[misc]
    """livereload's channel, open to the pages of this server only (livereload itself lets any origin in)."""

    def initialize(self, preview: _Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        _only_own(self, self.preview)

    def check_origin(self, origin: str) -> bool:
        return True  # `prepare` has seen it


class _Pages(RequestHandler):
    """Files of the built site, pages with livereload's script."""

    def initialize(self, preview: _Preview) -> None:
        self.preview = preview

    def set_default_headers(self) -> None:
        """No page of another site may show a draft, load it as a picture or a script, or find it in a cache."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")

    def prepare(self) -> None:
        _only_own(self, self.preview)

    def get(self, name: str) -> None:
        root = self.preview.output.resolve()
        place = name.strip("/")
        path = _within(root, place)
        if path is not None and path.is_dir():
            if not self.request.path.endswith("/"):
                self.redirect(f"/{place}/")
                return
            path = _within(root, f"{place}/index.html")
        if path is None or not path.is_file():
            self.set_status(404)
            path = root / "404.html"
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        body = path.read_bytes() if path.is_file() else _NOTHING
        if kind == "text/html":
            body = previewed(body, self.preview.port, self.preview.trouble)
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.finish(body)


def _only_own(handler: RequestHandler, preview: _Preview) -> None:
    """Refuse what no page of this server asks for; tornado's own check lets in what it takes for no browser."""
    origin = handler.request.headers.get("Origin", f"http://{ADDRESS}:{preview.port}")
    if handler.request.host not in preview.hosts or origin.removeprefix("http://") not in preview.hosts:
        handler.set_status(403)
        handler.finish("this preview answers only to its own address")


def _within(root: Path, name: str) -> Path | None:
    """The file or folder of that name, or None where it leads out of the site or cannot be a name."""
    try:
        path = (root / name.lstrip("/")).resolve()
        path.lstat()
    except (OSError, RuntimeError, ValueError):  # absent, too long; links that lead in a circle; a zero byte
        return None
    return path if path.is_relative_to(root) else None


def previewed(page: bytes, port: int, trouble: str) -> bytes:
    """The page with livereload's script, which its own policy is made to allow, and above it what went wrong."""

    def allow(found: re.Match[bytes]) -> bytes:
        return found[1] + _with_preview(found[2].decode(), port).encode() + found[3]

    page = _POLICY.sub(allow, page, count=1)
    page = page.replace(b"</head>", _SCRIPT % port + b"</head>", 1)
    if trouble:
        note = f'<pre dir="ltr" role="alert">{html.escape(trouble)}</pre>'.encode()
        page = re.sub(rb"<body[^>]*>", lambda found: found[0] + note, page, count=1)
    return page


def _with_preview(policy: str, port: int) -> str:
    """A content security policy that also allows this server's script and its channel; nothing else is loosened."""
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        words = directive.split()
        if words:
            directives[words[0]] = words[1:]
    channels = [f"ws://{ADDRESS}:{port}", f"ws://localhost:{port}"]
    for name, extra in (("script-src", ["'self'"]), ("connect-src", ["'self'", *channels])):
        sources = [source for source in directives.get(name, []) if source != "'none'"]
        directives[name] = [*sources, *(source for source in extra if source not in sources)]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())
