"""Links, anchors and orphans of a built site, read from its files alone: what is checked is what readers get.

The pages are our own, with every quotation mark and angle bracket of a text written out, so tags are found by pattern.
"""

from __future__ import annotations

import pickle
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from sijill.issues import error, quoted, warning
from sijill.model import Issue
from sijill.workers import spread

__all__ = ["Checked", "check_links"]

HOME = "index.html"
BATCH = 50
"""Files that a worker reads at once."""
_KINDS = (".html", ".xml", ".css")
_NO_ORPHANS = frozenset({HOME, "404.html"})
_TAG = re.compile(r"<[a-z][^<>]*>|<loc>[^<]*|url\([^()]*\)")
_LINK = re.compile(r"""\s(?:href|src|action)="([^"]*)"|<loc>([^<]*)|url\(["']?([^"')]*)["']?\)|;\s*url=([^"]*)""")
_ID = re.compile(r'\sid="([^"]*)"')


class Checked(NamedTuple):
    links: int
    """Those that stay in the site."""
    issues: tuple[Issue, ...]


class _File(NamedTuple):
    name: str
    ids: frozenset[str]
    links: tuple[tuple[str, int], ...]
    """Addresses as written, and their lines."""
    leads_on: bool
    """A page that stands where something was before, and that nothing needs to lead to."""


def check_links(folder: Path, name: str, base_url: str, workers: int) -> Checked:
    """Follow every link of the site in `folder`, which issues call `name`, as if it stood at `base_url`."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    read = [each for each in names if each.endswith(_KINDS)]
    batches = range(0, len(read), BATCH)

    def work(task: int) -> Iterator[bytes]:
        for each in read[batches[task] : batches[task] + BATCH]:
            yield pickle.dumps(_read(folder, each))

    files = {file.name: file for file in map(pickle.loads, spread(work, len(batches), workers))}
    known = frozenset(names)
    inner: dict[str, set[str]] = {}
    issues: list[Issue] = []
    count = 0
    for each in read:
        inner[each] = set()
        for address, line in files[each].links:
            found = _target(address, each, base_url)
            if found is None:
                continue
            count += 1
            target, anchor = found
            inner[each].add(target)
            if why := _broken(target, anchor, known, files):
                hint = "correct the template or the text that makes it"
                issues.append(error(f"{name}/{each}", line, f"the link {quoted(address)} leads {why}", hint))
    issues += (
        warning(f"{name}/{each}", 0, "no page leads here", "link to it from a page that readers find")
        for each in _orphans(inner, files)
    )
    return Checked(count, tuple(issues))


def _read(folder: Path, name: str) -> _File:
    text = (folder / name).read_text("utf-8")
    ids: set[str] = set()
    links = []
    leads_on = False
    for tag in _TAG.finditer(text):
        ids.update(map(unescape, _ID.findall(tag[0])))
        leads_on = leads_on or 'http-equiv="refresh"' in tag[0]
        for parts in _LINK.findall(tag[0]):
            links.append((unescape("".join(parts)), text.count("\n", 0, tag.start()) + 1))
    return _File(name, frozenset(ids), tuple(dict(reversed(links)).items()), leads_on)


def _target(address: str, where: str, base_url: str) -> tuple[str, str] | None:
    """The file and the anchor that an address means; None where it leads out of the site."""
    if address.startswith(f"{base_url}/"):
        address = address[len(base_url) - len(urlsplit(base_url).path) :]
    try:
        parts = urlsplit(address)
    except ValueError:
        return None  # a host that is none: nothing of this site
    if parts.scheme or parts.netloc:
        return None
    anchor = unquote(parts.fragment.partition(":~:")[0])
    root = urlsplit(base_url).path
    if not parts.path:
        return where, anchor
    path = posixpath.join(f"{root}/{posixpath.dirname(where)}", unquote(parts.path))
    last = "/" if path.endswith("/") else ""
    path = posixpath.normpath(path).rstrip("/") + last
    inside = path.removeprefix(f"{root}/") if path.startswith(f"{root}/") else f"..{path}"
    return (f"{inside}{HOME}" if not inside or inside.endswith("/") else inside), anchor


def _broken(target: str, anchor: str, known: frozenset[str], files: Mapping[str, _File]) -> str:
    """Where a link leads instead of where it should; empty where all is well."""
    if target not in known:
        return "to no file of the site"
    if anchor and target in files and target.endswith(".html") and anchor not in files[target].ids:
        return f"to a page without an anchor {quoted(anchor)}"
    return ""


def _orphans(inner: Mapping[str, set[str]], files: Mapping[str, _File]) -> Sequence[str]:
    """Pages that nobody reaches who starts at the first one. A map of the site does not count as a way."""
    reached = {HOME}
    waiting = [HOME]
    while waiting:
        for target in inner.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                if target.endswith(".html"):
                    waiting.append(target)
    pages = (file for file in files.values() if file.name.endswith(HOME) and not file.leads_on)
    return sorted(page.name for page in pages if page.name not in reached | _NO_ORPHANS)
