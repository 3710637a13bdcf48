"""Everything that a build depends on, as one digest, and what the last build made of it.

It lets a build that would change nothing end at once. Whether to trust it is for `build` to decide: the digest speaks
of the inputs only, and the site must still be as it was written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Container, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from sijill.model import Issue

__all__ = ["PACKAGE", "LastBuild", "digest_of", "files_digest", "last_build", "remember"]

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What a build that was published had read and written."""

    inputs: str
    manifest: str
    articles: int
    pages: int
    entities: int
    issues: tuple[Issue, ...]


def digest_of(folders: Iterable[Path], options: Iterable[str]) -> str:
    """One digest of every file in the folders and in this package, of the options, and of Python and its packages."""
    return _digest((text.encode() for text in (sys.version, *options, *_installed())), (*folders, PACKAGE))


def files_digest(folder: Path, besides: Container[str] = ()) -> str:
    """One digest of every file in the folder, but for what lies in its own folders of the names `besides`."""
    return _digest((), (folder,), besides)


def _digest(parts: Iterable[bytes], folders: Iterable[Path], besides: Container[str] = ()) -> str:
    digest = hashlib.blake2b(digest_size=20)

    def add(part: bytes) -> None:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)

    for part in parts:
        add(part)
    for folder in folders:
        for name, path in _files(folder, besides):
            add(os.fsencode(name))
            try:
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - called for every article
                    add(file.readall())
            except OSError as problem:
                add(str(problem.errno).encode())
    return digest.hexdigest()


def _files(folder: Path, besides: Container[str]) -> Iterator[tuple[str, str]]:
    """Name within the folder, and path, of every regular file, in a fixed order. Hidden folders hold no input."""
    root = os.fspath(folder)
    for here, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        if here == root:
            folders[:] = (name for name in folders if name not in besides)
        for name in sorted(names):
            path = f"{here}/{name}"
            if os.path.isfile(path) and not _leads_out(path, root):  # noqa: PTH113 - called for every article
                yield path[len(root) :], path


def _leads_out(path: str, root: str) -> bool:
    """Whether the file is a link to somewhere else, which no build reads."""
    return os.path.islink(path) and not Path(path).resolve().is_relative_to(Path(root).resolve())  # noqa: PTH114


def _installed() -> list[str]:
    """The packages that Python finds, with their versions: `jinja2-3.1.6.dist-info`. Asking importlib takes longer
    than all else that an unchanged build does."""
    found: set[str] = set()
    for folder in sys.path:
        with contextlib.suppress(OSError):
            found.update(name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))  # noqa: PTH208
    return sorted(found)


def last_build(folder: Path | None, output: Path) -> LastBuild | None:
    """What was remembered of the last build into this output, or None."""
    if folder is None:
        return None
    try:
        found = json.loads(_path(folder, output).read_text("utf-8"))
        return LastBuild(**{**found, "issues": tuple(Issue(**issue) for issue in found["issues"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def remember(folder: Path | None, output: Path, build: LastBuild) -> None:
    """Keep it for the next build; where that cannot be done the next build only takes longer."""
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _path(folder, output)
        path.unlink(missing_ok=True)  # if it is a link, what it leads to is not ours
        with path.open("x", encoding="utf-8") as file:
            json.dump(asdict(build), file, ensure_ascii=False)
    except OSError:
        return


def _path(folder: Path, output: Path) -> Path:
    return folder / f"{hashlib.blake2b(os.fsencode(output), digest_size=8).hexdigest()}.json"
