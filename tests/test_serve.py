"""The preview: it serves, rebuilds, shows what went wrong, outlives failed builds, and answers to this machine only."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from sijill.serve import previewed
from tests.preview import PATIENCE, Preview
from tests.sites import ROOT, make, write


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    running = Preview(make(tmp_path))
    yield running
    assert running.end() == 0


def test_a_change_is_built_and_a_failed_build_is_shown_above_the_old_page(preview: Preview) -> None:
    page = preview.wait("/articles/first/", lambda status, body: status == 200)
    assert "برئاسة الدكتور" in page
    assert f'<script src="/livereload.js?port={preview.port}"></script></head>' in page

    write(preview.folder, "-- articles/2018/first.txt --\nعنوان آخر\nكلام جديد عن الوفد السوري.\n")
    preview.wait("/articles/first/", lambda status, body: "كلام جديد" in body)

    write(preview.folder, "-- articles/2018/first.txt --\n---\ndate: <b>x</b>\n---\nعنوان\nكلام ثالث.\n")
    page = preview.wait("/articles/first/", lambda status, body: "is not a date" in body)
    assert "كلام جديد" in page
    assert "content/articles/2018/first.txt:2: error: date &quot;&lt;b&gt;x&lt;/b&gt;&quot;" in page

    write(preview.folder, "-- articles/2018/first.txt --\nعنوان\nكلام رابع.\n")
    page = preview.wait("/articles/first/", lambda status, body: 'role="alert"' not in body)
    assert "كلام رابع" in page


def test_only_this_machines_own_pages_may_look_and_listen(preview: Preview) -> None:
    preview.wait("/", lambda status, body: status == 200)
    assert preview.get("/", host="evil.example")[0] == 403
    assert preview.get("/", host=f"evil.example:{preview.port}")[0] == 403
    assert preview.get("/", host=f"localhost:{preview.port}")[0] == 200
    for path in (
        "/../content/site.toml",
        "/%2e%2e/content/site.toml",
        "/..%2fcontent/site.toml",
        "/%00",
        "//etc/passwd",
    ):
        assert preview.get(path)[0] == 404
    assert preview.get("/forcereload")[0] == 404
    (preview.folder / "site" / "leak").symlink_to(preview.folder / "content" / "site.toml")
    assert preview.get("/leak")[0] == 404
    assert preview.get("/articles/first")[2]["Location"] == "/articles/first/"
    assert preview.get("/")[2]["Cache-Control"] == "no-store"
    assert preview.get("/")[2]["Cross-Origin-Resource-Policy"] == "same-origin"

    async def connects(origin: str) -> bool:
        request = HTTPRequest(f"ws://127.0.0.1:{preview.port}/livereload", headers={"Origin": origin})
        try:
            (await websocket_connect(request)).close()
        except HTTPClientError:
            return False
        return True

    assert asyncio.run(connects(f"http://127.0.0.1:{preview.port}"))
    assert not asyncio.run(connects("http://evil.example"))
    assert not asyncio.run(connects(f"http://evil.example:{preview.port}"))


def test_a_port_in_use_is_said(preview: Preview) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", str(preview.folder / "content")]
    done = subprocess.run(
        [*command, "--port", str(preview.port)], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 2
    assert f"port {preview.port} cannot be used" in done.stderr


def test_the_policy_is_opened_for_the_preview_and_for_nothing_else() -> None:
    page = (
        b"<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; "
        b"script-src 'none'\"></head><body class=a>x</body>"
    )
    shown = previewed(page, 8000, "").decode()
    assert (
        "content=\"default-src 'none'; style-src 'self'; script-src 'self'; "
        "connect-src 'self' ws://127.0.0.1:8000 ws://localhost:8000\""
    ) in shown
    assert shown.count("<script") == 1
    assert '<body class=a><pre dir="ltr" role="alert">a &lt; b</pre>x' in previewed(page, 8000, "a < b").decode()
