"""One archive that has a page of every kind, built once, served as a host would, and the pages that stand for it.

Separate from the tests so that figures, Lighthouse and screenshots judge the same pages. Kinds are read off the built
site: a new template, or a new part of one, is tested without a word here.
"""

from __future__ import annotations

import gzip
import mimetypes
import shutil
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from sijill.build import Options, build
from sijill.issues import line_text
from tests.sites import ROOT, write

HOST = "http://sijill.localhost"
"""The address that pages say they have: the same on every machine, and one that browsers count as secure."""
FIRST = "/articles/astana-11/"
EXTRA = (
    """
-- articles/2019/many.txt --
---
date: 2019-12-10
---
رندا قسيس تتحدث عن اللجنة الدستورية
"""
    + "\n\n".join(f"قالت رندا قسيس في الفقرة رقم {number} إن الحوار مستمر." for number in range(1, 131))
    + """
-- articles/2019/new-name.txt --
---
date: 2019-12-11
---
وزير الخارجية الأردني سامر الدروبي يزور نور سلطان
أكد وزير الخارجية الأردني سامر الدروبي أن بلاده تتابع المحادثات.
-- documents/renamed.md --
---
name: ورقة عمل ذات اسم قديم
aliases: [former-name]
---
"""
)
"""What the project's own content lacks: an entity on several pages, a name without a record, a former address."""


@dataclass(frozen=True)
class Showcase:
    """A built site in a folder, and where it is served."""

    output: Path
    port: int

    @cached_property
    def pages(self) -> dict[str, Element]:
        """Every page, parsed, by its address."""
        return parsed(self.output)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Of each shape of address, the fewest pages that together show every element and class found under it."""
        shapes: dict[tuple[str, ...], dict[str, frozenset[str]]] = {}
        for address, page in self.pages.items():
            shapes.setdefault(_shape(address, is_redirect(page)), {})[address] = _parts(page)
        return tuple(address for shape in sorted(shapes) for address in _cover(shapes[shape]))

    @property
    def readable(self) -> tuple[str, ...]:
        """The kinds that stay on the screen: all but redirects."""
        return tuple(address for address in self.kinds if not is_redirect(self.pages[address]))

    @property
    def browser_arguments(self) -> list[str]:
        return [
            "--no-sandbox",
            "--font-render-hinting=none",
            f"--host-resolver-rules=MAP sijill.localhost:80 127.0.0.1:{self.port}",
        ]

    def file(self, address: str) -> Path:
        return file_of(self.output, address)

    def wire(self, address: str) -> int:
        """Bytes of a file's body as a host sends it."""
        return len(_body(self.file(address))[0])

    def entities_of_the_first_article(self) -> list[str]:
        links = {urljoin(FIRST, a.get("href", "")).partition("#")[0] for a in self.pages[FIRST].iter("a")}
        return sorted(link for link in links if link in self.pages and link.count("/") == 3 and link != FIRST)


def parsed(output: Path) -> dict[str, Element]:
    """Every page of a site, by its address."""
    return {
        f"/{path.relative_to(output).as_posix()}".removesuffix("index.html"): html5lib.parse(
            path.read_bytes(), transport_encoding="utf-8", namespaceHTMLElements=False
        )
        for path in sorted(output.rglob("*.html"))
    }


def attributes(page: Element, name: str) -> Iterator[tuple[Element, str]]:
    """The elements that have an attribute, with its value."""
    for element in page.iter():
        if isinstance(element.tag, str) and name in element.attrib:
            yield element, element.attrib[name]


def broken_links(output: Path, pages: Mapping[str, Element], base: str) -> tuple[int, list[str]]:
    """How many links and anchors lead into the site, and those that lead nowhere. `base`: where it says it stands."""
    ids = {address: {value for _, value in attributes(page, "id")} for address, page in pages.items()}
    checked, broken = 0, []
    for address, page in pages.items():
        for name in ("href", "src"):
            for _, value in attributes(page, name):
                target = urljoin(f"{base}{address}", value)
                if not target.startswith(f"{base}/"):
                    continue
                checked += 1
                place, _, fragment = target.removeprefix(base).partition("#")
                if not file_of(output, place).is_file():
                    broken.append(f"{address} links to {value}, which is no file")
                elif fragment and unquote(fragment) not in ids.get(unquote(place), set()):
                    broken.append(f"{address} links to {value}, which has no such anchor")
    return checked, broken


def file_of(output: Path, address: str) -> Path:
    """The file that a host sends for an address."""
    path = unquote(urlsplit(address).path).lstrip("/")
    return output / (f"{path}index.html" if not path or path.endswith("/") else path)


def is_redirect(page: Element) -> bool:
    return any(element.get("http-equiv", "").lower() == "refresh" for element in page.iter("meta"))


@contextmanager
def showcase(folder: Path) -> Iterator[Showcase]:
    """Build into `folder` and serve until the end."""
    shutil.copytree(ROOT / "content", folder / "content")
    write(folder, EXTRA)
    site_toml = folder / "content" / "site.toml"
    site_toml.write_text(site_toml.read_text("utf-8").replace("http://localhost:8000", HOST), "utf-8")
    outcome = build(Options(folder / "content", folder / "site", ROOT / "templates"))
    assert outcome.published, [line_text(issue) for issue in outcome.issues]
    with served(folder / "site") as shown:
        yield shown


@contextmanager
def served(output: Path, headers: bool = True) -> Iterator[Showcase]:
    """Serve a site until the end. `headers`: as a host that reads `_headers` would."""
    server = _Server(output, headers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Showcase(output, server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _shape(address: str, redirect: bool) -> tuple[str, ...]:
    """An address without its ids: `/officials/x/mentions/2/` and `/officials/y/mentions/3/` are of one shape."""
    steps = address.strip("/").split("/")
    return (*(step if place % 2 == 0 else "*" for place, step in enumerate(steps)), *["redirect"] * redirect)


def _parts(page: Element) -> frozenset[str]:
    found = set()
    for element in page.iter():
        if isinstance(element.tag, str):
            found.add(element.tag)
            found |= {f"{element.tag}.{name}" for name in element.get("class", "").split()}
    return frozenset(found)


def _cover(pages: dict[str, frozenset[str]]) -> Iterator[str]:
    missing = set().union(*pages.values())
    while missing:
        best = min(pages, key=lambda address: (-len(pages[address] & missing), address))
        yield best
        missing -= pages[best]


def sent_with(rules: str, path: str) -> dict[str, str]:
    """The headers that a host which reads `_headers` sends with the file at a path."""
    found: dict[str, str] = {}
    applies = False
    for line in rules.splitlines():
        if line[:1] == "/":
            applies = fnmatchcase(path, line)
        elif applies and line:
            name, _, value = line.strip().partition(": ")
            assert name not in found, "hosts differ in what they make of a header that two rules set"
            found[name] = value
    return found


def _body(path: Path) -> tuple[bytes, bool]:
    data = path.read_bytes()
    packed = path.suffix not in {".woff2", ".png"}
    return (gzip.compress(data, 9, mtime=0) if packed else data), packed


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, root: Path, headers: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Host)
        self.root = root
        self.rules = (root / "_headers").read_text("utf-8") if headers else ""

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away while it is answered is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Host(BaseHTTPRequestHandler):
    """Answers as a host does: packed, and with the headers that the site asks for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the name that http.server calls
        assert isinstance(self.server, _Server)
        file = file_of(self.server.root, self.path)
        status = 200 if file.is_file() else 404
        file = file if status == 200 else self.server.root / "404.html"
        data, packed = _body(file)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        for name, value in {
            "Cache-Control": "no-cache",
            **sent_with(self.server.rules, unquote(urlsplit(self.path).path)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
