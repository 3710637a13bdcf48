"""What is answered, and to whom: files of the site and livereload's channel, to pages of this server alone.

It listens on this machine only, and answers only to this machine's names, so that no web page elsewhere can read a
draft or trigger a reload.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.web import Application, RequestHandler

from sijill.model import Issue
from sijill.prepare import Options
from sijill.serve.browser import OWN_FILES, previewed, state_of, waiting_page
from sijill.serve.orders import Answer

__all__ = ["ADDRESS", "Shows", "application"]

ADDRESS = "127.0.0.1"
MISSING = "404.html"


class Shows(Protocol):
    """What requests are answered from."""

    options: Options
    port: int
    words: Mapping[str, str]
    root: str
    issues: tuple[Issue, ...]
    failed: bool
    old: bool

    @property
    def showing(self) -> str: ...

    async def file(self, name: str) -> Answer | None: ...


# A font's name holds its digest and it shows no draft; with `font-display: optional`, one that had to be fetched again
# for a swapped style sheet would come too late and leave the page in another.
FOREVER = "private, max-age=31536000, immutable"


def application(preview: Shows) -> Application:
    """The whole server."""
    given = {"preview": preview}
    return Application(
        [
            ("/livereload", _Socket, given),
            (r"/livereload\.js", _Script, given),
            (r"/preview\.json", _State, given),
            (r"/(preview\.(?:js|css))", _Own, given),
            ("/(.*)", _Pages, given),
        ]
    )


class _Guarded(RequestHandler):
    """Refuses what no page of this server asks for, and keeps what it sends from the pages of others."""

    def initialize(self, preview: Shows) -> None:
        self.preview = preview

    def set_default_headers(self) -> None:
        """No page of another site may show a draft, load it as a picture or a script, or find it in a cache."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")

    def prepare(self) -> None:
        _only_own(self, self.preview)

    def give(self, name: str, body: bytes) -> None:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if name.endswith(".woff2"):
            self.set_header("Cache-Control", FOREVER)
        if kind == "text/html":
            body = previewed(body, ADDRESS, self.preview.port, self.preview.showing)
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.finish(body)


class _Socket(LiveReloadHandler):  # type: ignore[misc]
    """livereload's channel, open to the pages of this server only (livereload itself lets any origin in)."""

    def initialize(self, preview: Shows) -> None:
        self.preview = preview

    def prepare(self) -> None:
        _only_own(self, self.preview)

    def check_origin(self, origin: str) -> bool:
        return True  # `prepare` has seen it


class _Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's script."""


class _State(_Guarded):
    """What there is to say of what is shown, for the script of the preview."""

    def get(self) -> None:
        preview = self.preview
        self.give("preview.json", state_of(preview.showing, preview.failed, preview.old, preview.issues, preview.words))


class _Own(_Guarded):
    """The preview's own script and style sheet."""

    def get(self, name: str) -> None:
        self.give(name, OWN_FILES[name])


class _Pages(_Guarded):
    """Files of the site."""

    async def get(self, name: str) -> None:
        root = self.preview.root.strip("/")
        if root and not name:
            self.redirect(f"/{root}/")
            return
        if root and name != root and not name.startswith(f"{root}/"):
            await self._missing()
            return
        name = name.removeprefix(root).lstrip("/") if root else name
        found = await self._found(f"{name}index.html" if name.endswith("/") or not name else name)
        if isinstance(found, bytes):
            self.give(name if name and not name.endswith("/") else "index.html", found)
        elif found:
            self.redirect(f"/{self.request.path.strip('/')}/")
        else:
            await self._missing()

    async def _missing(self) -> None:
        body = await self._found(MISSING)
        self.set_status(404 if isinstance(body, bytes) else 503)
        self.give(MISSING, body if isinstance(body, bytes) else waiting_page(self.preview.words))

    async def _found(self, name: str) -> bytes | bool:
        """A file's bytes, or whether there is a folder of that name: of what is shown, or of the last whole build."""
        answer = await self.preview.file(name)
        if answer is not None:
            return answer.body if answer.done else answer.folder
        root = self.preview.options.output.resolve()
        path = _within(root, name)
        if path is None:
            return False
        return path.read_bytes() if path.is_file() else _within(root, f"{name}/index.html") is not None


def _only_own(handler: RequestHandler, preview: Shows) -> None:
    """Tornado's own check lets in what it takes for no browser."""
    hosts = [f"{name}:{preview.port}" for name in (ADDRESS, "localhost")]
    origin = handler.request.headers.get("Origin", f"http://{ADDRESS}:{preview.port}")
    if handler.request.host not in hosts or origin.removeprefix("http://") not in hosts:
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
