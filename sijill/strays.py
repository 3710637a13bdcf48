"""What stands among the inputs and leads out of them, or is no file at all. Found by looking at names, before a build
opens anything, so that no link makes a page of somebody's private files and no pipe stalls a build.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator
from pathlib import Path

from sijill.issues import error
from sijill.model import Issue

__all__ = ["stray", "strays", "walk"]


def stray(entry: os.DirEntry[str], name: str, root: Path, folder: str) -> Issue | None:
    """Why this entry, which is no folder, cannot be a file of `folder`, whose real path is `root`."""
    if entry.is_symlink():
        target = Path(os.path.realpath(entry.path))  # unlike resolve() it lets a link that leads to itself pass
        if not target.is_relative_to(root):
            return error(name, 0, f"this link leads out of the {folder} folder", "put a copy of the file here")
        if target.is_dir():
            return error(name, 0, "this is a link to a folder", "put the folder itself here")
    if not entry.is_file():
        return error(name, 0, "this is not a regular file", "remove it, or put the file itself here")
    return None


def strays(folder: Path, besides: Container[str] = ()) -> tuple[Issue, ...]:
    """All of them below a folder, but for its direct entries of the names `besides`. Hidden files are no input."""
    root = folder.resolve()
    issues: list[Issue] = []

    def is_left_out(entry: os.DirEntry[str], inside: str) -> bool:
        return entry.name.startswith(".") or (inside == folder.name and entry.name in besides)

    for entry, name in walk(folder, folder.name, issues, is_left_out):
        if issue := stray(entry, name, root, folder.name):
            issues.append(issue)
    return tuple(issues)


def walk(
    folder: Path, name: str, issues: list[Issue], is_left_out: Callable[[os.DirEntry[str], str], bool]
) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Each entry below a folder that is no folder itself, with its name from `name` on. Links are entries, never
    followed. What is left out is asked by the entry and the name of the folder that it is in; a folder that cannot be
    read is added to `issues`."""
    waiting = [(os.fspath(folder), name)]
    while waiting:
        here, inside = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as problem:
            issues.append(error(inside, 0, f"the folder cannot be read: {problem.strerror}", "check its rights"))
            continue
        for entry in entries:
            if is_left_out(entry, inside):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{inside}/{entry.name}"))
            else:
                yield entry, f"{inside}/{entry.name}"
