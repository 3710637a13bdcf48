"""Promise 12: the preview answers this machine's own pages only, shows only the site, and outlives failing builds.

Most cases are a request that must be refused, as bytes, since clients tidy what they send. After each the server must
still serve the site. The others are what an editor's day brings: broken files, bursts of saves, builds that are killed.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from sijill.serve.watching import REST
from tests.preview import PATIENCE, Preview
from tests.sites import make, write

SECRET = "secret-of-a-draft"
PAGE = "/articles/first/"
OFTEN = 20
"""One case in so many is an editor's, and each of those has its turn."""
QUICK = 0.1
"""Seconds within which a page comes while a build is at work."""
MOST_OF = 20
"""All but one of so many pages, and one more, come within them: machines are shared."""
ATTEMPTS = 5
"""At a burst of saves."""
UPS = ("..", "%2e%2e", ".%2e", "%2E.", "%252e%252e", "..%00", "%ef%bc%8e%ef%bc%8e", "..;", "%c0%ae%c0%ae")
SLASHES = ("/", "%2f", "//", "\\", "%5c", "/./", "%252f", "%ef%bc%8f")
STARTS = ("/", "//", "/articles/", "/articles/first/", "/assets/", "/livereload/", "/link/")
TARGETS = (
    "content/site.toml",
    "content/articles/2018/first.txt",
    "secret.txt",
    ".cache/secret.txt",
    "site/../secret.txt",
)
DRAFT = f"-- articles/2018/draft.txt --\n---\ndraft: true\n---\nعنوان\nنص {SECRET}.\n"
ARTICLE = "-- articles/2018/first.txt --\n---\ndate: 2018-11-28\n---\nعنوان\nوصل الوفد السوري. {mark}\n"
BROKEN = (
    "-- articles/2018/first.txt --\n---\ndate: x\n---\nعنوان\nنص.\n",
    '-- site.toml --\ntitle = "س\n',
    "-- officials/bashar-jaafari.md --\n---\nname: [\n---\n",
    "-- articles/2018/first.txt --\n\n",
)


class Request(NamedTuple):
    what: str
    sent: bytes


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` cases: those of an editor's day, and requests to a server that has the site in memory and to one that has
    nothing but the last site on the disk, for a mistake in the files."""
    chance = random.Random(seed)
    failures: list[str] = []
    days = max(len(DAYS), count // OFTEN)
    from_disk = (count - days) // 2
    with tempfile.TemporaryDirectory(prefix="sijill-server-") as name:
        folder = Path(name)
        project = _project(folder)
        with _served(project, failures) as preview:
            preview.wait(PAGE, lambda status, body: status == 200 and preview.builds > 0)
            asked = _ask(preview, chance, count - days - from_disk, failures)
            for number in range(days):
                day = DAYS[number % len(DAYS)]
                failures += (f"{day.__name__.strip('_')}: {found}" for found in day(preview, chance, number))
        write(project, BROKEN[0])
        with _served(project, failures) as preview:
            preview.wait_for(lambda state: bool(state["failed"]))
            asked += _ask(preview, chance, from_disk, failures)
    return asked + days, failures


@contextlib.contextmanager
def _served(project: Path, failures: list[str]) -> Iterator[Preview]:
    preview = Preview(project)
    try:
        yield preview
    finally:
        if preview.end() != 0:
            failures.append("the server did not end in good order")


def _ask(preview: Preview, chance: random.Random, count: int, failures: list[str]) -> int:
    """How many requests were made."""
    for name, target in (("link", preview.folder), ("circle", Path("circle"))):
        (preview.folder / "site" / name).symlink_to(target)
    requests = list(_requests(preview.port, chance, count))
    failures += (f"{each.what}: {found}" for each in requests for found in _refused(preview, each))
    return len(requests)


def _project(folder: Path) -> Path:
    project = make(folder / "project", DRAFT + ARTICLE.format(mark="0"))
    for path in (folder / "secret.txt", project / "secret.txt", project / ".cache" / "secret.txt"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(SECRET, "utf-8")
    settings = project / "content" / "site.toml"
    settings.write_text(f"# {SECRET}\n{settings.read_text('utf-8')}", "utf-8")
    return project


# --- requests that must be refused ------------------------------------------------------------------------------------


def _refused(preview: Preview, request: Request) -> Iterator[str]:
    answer = preview.answer(request.sent)
    status = answer[9:12].decode("latin-1") if answer else "closed"
    if status not in ("400", "403", "404", "405", "413", "431", "closed"):
        yield f"answered with {status}"
    if SECRET.encode() in answer:
        yield "the secret was told"
    if preview.get(PAGE)[0] != 200:
        yield "the server serves no more"


def _requests(port: int, chance: random.Random, count: int) -> Iterator[Request]:
    """Every single one that there is, as far as `count` goes, and then ways out of the folder, made by chance."""
    named = list(_named(port))
    chance.shuffle(named)
    yield from named[: count // 2]
    for _ in range(count - min(len(named), count // 2)):
        steps = [chance.choice(UPS) for _ in range(chance.randint(1, 8))]
        path = chance.choice(STARTS) + "".join(step + chance.choice(SLASHES) for step in steps)
        path += chance.choice(TARGETS)
        yield Request(f"GET {path}", _request("GET", path, f"127.0.0.1:{port}"))


def _request(method: str, path: str, host: str, *lines: str) -> bytes:
    head = (f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *lines)
    return "\r\n".join([*head, "", ""]).encode()


def _named(port: int) -> Iterator[Request]:
    own = f"127.0.0.1:{port}"
    hosts = ("evil.example", f"evil.example:{port}", "127.0.0.1", "localhost", "127.0.0.1:1", f"{own}.evil.example", "")
    odd = (f"{own}@evil.example", f"0.0.0.0:{port}", f"[::1]:{port}", f"localhost.:{port}", f"{own}, evil.example")
    for host in (*hosts, *odd):
        yield Request(f"Host: {host}", _request("GET", PAGE, host))
        yield Request(f"socket, Host: {host}", _handshake(host, f"http://{own}"))
        yield Request(f"what is wrong, Host: {host}", _request("GET", "/preview.json", host))
    yield Request("two hosts", _request("GET", PAGE, own, "Host: evil.example"))
    yield Request("no host", f"GET {PAGE} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
    origins = (
        "http://evil.example",
        f"http://evil.example:{port}",
        f"https://{own}",
        "null",
        f"http://{own}.evil.example",
    )
    for origin in (*origins, f"http://{own}/", "file://", f"http://localhost:{port + 1}", "*"):
        yield Request(f"Origin: {origin}", _request("GET", PAGE, own, f"Origin: {origin}"))
        yield Request(f"socket, Origin: {origin}", _handshake(own, origin))
        yield Request(f"what is wrong, Origin: {origin}", _request("GET", "/preview.json", own, f"Origin: {origin}"))
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"):
        yield Request(method, _request(method, PAGE, own, "Content-Length: 0"))
    paths = ("/forcereload", "//etc/passwd", "/proc/self/environ", "/%00", "/a%00.html", "/link/secret.txt", "/link")
    more = (
        "/circle",
        "/circle/x",
        "/%ff%fe",
        f"/{'a' * 5000}",
        f"/{'a/' * 3000}",
        "/content/",
        "/.cache/",
        "/C:%5csecret",
    )
    own_paths = ("/preview.json/", "/preview.js/../browser.css", "/browser.js", "/preview.css%00", "/preview.html")
    for path in (*paths, *more, *own_paths, "/said.txt", "/assets/", "/data/entities/", "/.git/config", "/..", "*"):
        yield Request(f"GET {path[:40]}", _request("GET", path, own))
    yield Request("a line of 100 KB", _request("GET", f"/{'a' * 100_000}", own))
    yield Request("headers of 100 KB", _request("GET", PAGE, own, *(f"X-{each}: {'a' * 90}" for each in range(1000))))
    yield Request("a body of no length", _request("GET", PAGE, own, "Content-Length: -1"))
    yield Request("two lengths", _request("GET", PAGE, own, "Content-Length: 1", "Content-Length: 2"))
    yield Request("a header that is none", _request("GET", PAGE, own, "no header"))
    yield Request("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200))
    yield Request("nothing", b"")


def _handshake(host: str, origin: str) -> bytes:
    lines = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
    request = _request("GET", "/livereload", host, f"Origin: {origin}", *lines)
    return request.replace(b"Connection: close", b"Connection: Upgrade")


# --- an editor's day --------------------------------------------------------------------------------------------------


def _save(preview: Preview, mark: str) -> None:
    write(preview.folder, ARTICLE.format(mark=mark))


def _broken_file(preview: Preview, chance: random.Random, number: int) -> Iterator[str]:
    """A file that cannot be published is told above the old page, until it is mended."""
    mark = f"m{number}"
    _save(preview, mark)
    preview.wait(PAGE, lambda status, body: mark in body)
    before = {path: path.read_bytes() for path in (preview.folder / "content").rglob("*") if path.is_file()}
    write(preview.folder, chance.choice(BROKEN))
    state = preview.wait_for(lambda state: bool(state["failed"]))
    if mark not in preview.get(PAGE)[1]:
        yield "the old page does not stay"
    if not all(each["level"] == "error" and each["place"].startswith("content/") for each in state["issues"]):
        yield f"the reason is not told: {state['issues']}"
    for path, data in before.items():
        if path.read_bytes() != data:
            path.write_bytes(data)
    preview.wait_for(lambda state: not state["failed"])


def _burst(preview: Preview, chance: random.Random, number: int) -> Iterator[str]:
    """Many saves are shown as one, and built as one. A machine that lets us wait between two saves makes two bursts of
    them, so that is tried again."""
    saves = chance.randint(3, 12)
    for attempt in range(ATTEMPTS):
        mark = f"{number}-{attempt}"
        _save(preview, f"calm{mark}.")
        _shows(preview, f"calm{mark}.")
        _built(preview, f"calm{mark}.")
        shown, builds = preview.shown, preview.builds
        at = [time.monotonic()]
        for save in range(saves):
            _save(preview, f"burst{mark}-{save}.")
            time.sleep(0.02)
            at.append(time.monotonic())
        last = f"burst{mark}-{saves - 1}."
        _shows(preview, last)
        _built(preview, last)
        if (preview.shown, preview.builds) == (shown + 1, builds + 1):
            return
        if max(later - earlier for earlier, later in pairwise(at)) < REST / 2:
            break
    yield f"{saves} saves at once, shown {preview.shown - shown} times and built {preview.builds - builds} times"


def _shows(preview: Preview, mark: str) -> None:
    preview.wait(PAGE, lambda status, body: mark in body)


def _built(preview: Preview, mark: str) -> None:
    """Wait until the whole site is built behind what is shown, and its end is told."""
    file = preview.folder / "site" / PAGE.strip("/") / "index.html"
    preview.wait(PAGE, lambda status, body: mark in file.read_text("utf-8") if file.exists() else False)
    preview.wait(PAGE, lambda status, body: not preview.child("build.py"))
    time.sleep(1)


def _slow_build(preview: Preview, chance: random.Random, number: int) -> Iterator[str]:
    """Pages come while a change is read and while the whole site is built behind what is shown."""
    _save(preview, f"slow{number}")
    file = preview.folder / "site" / PAGE.strip("/") / "index.html"
    for what in ("is read", "is built"):
        took: list[float] = []
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            start = time.perf_counter()
            _, body, _ = preview.get(PAGE)
            took.append(time.perf_counter() - start)
            if f"slow{number}" in (body if what == "is read" else file.read_text("utf-8") if file.exists() else ""):
                break
        else:
            yield f"in {PATIENCE} s no change {what}"
        late = sum(each > QUICK for each in took)
        if late > 1 + len(took) // MOST_OF:
            yield f"while a change {what} {late} of {len(took)} pages took longer than {QUICK} s, one {max(took):.3f} s"


def _killed_process(preview: Preview, chance: random.Random, number: int) -> Iterator[str]:
    """Whatever is killed behind the server, what makes pages or a build, is told of, and the next save is as any."""
    pid = preview.process.pid
    _save(preview, f"killed{number}")
    time.sleep(chance.uniform(0, 3))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for child in chance.sample(children, min(1, len(children))):
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            os.kill(int(child), signal.SIGKILL)
    state = preview.state
    if state["failed"] and "ended with code -9" not in state["issues"][0]["what"]:
        yield f"what happened is not told: {state['issues']}"
    if preview.get(PAGE)[0] != 200:
        yield "the page has gone"
    _save(preview, f"alive{number}")
    preview.wait(PAGE, lambda status, body: f"alive{number}" in body)
    preview.wait_for(lambda state: not state["failed"])


def _other_addresses(preview: Preview, chance: random.Random, number: int) -> Iterator[str]:
    """Nobody listens on any address but this machine's own."""
    found = {str(row[4][0]) for row in socket.getaddrinfo(socket.gethostname(), None)}
    for address in sorted({*found, "::1"} - {"127.0.0.1"}):
        if address.startswith("127."):
            continue
        try:
            socket.create_connection((address, preview.port), 2).close()
            yield f"{address} is served"
        except OSError:
            pass


DAYS: tuple[Callable[[Preview, random.Random, int], Iterator[str]], ...] = (
    _broken_file,
    _burst,
    _slow_build,
    _killed_process,
    _other_addresses,
)
