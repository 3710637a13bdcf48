"""A site put in place file by file, where the output is a mount: no step exchanges a mount for another folder.

Everything is brought onto the disk of the output first, so that one that is too small fails before anything changes.
Then each file takes its place in one step, and what the new site no longer has goes last: a reader may meet pages of
both sites, but no torn one and no link that leads nowhere. A build killed meanwhile is finished by the next.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path, PurePosixPath

__all__ = ["OF_DISKS", "PART", "put_each"]

PART = ".sijill-new"
"""Within the output: what is to take its place. A folder that holds it is a killed build's."""
OF_DISKS = "lost+found"
"""What a disk of its own may bring along."""


def put_each(staged: Path, output: Path, manifest: str, sync: Callable[[Path], None]) -> None:
    """Make `output` hold the files of `staged` and no other. `sync` has what is below a folder on the disk."""
    names = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    part = output / PART
    _clear(part)
    made: list[Path] = []
    try:
        changed = [name for name in names if not _same(staged / name, output, name)]
        for name in changed:
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(staged / name, part / name)
        for name in changed:
            for folder in _missing(output, name):
                folder.mkdir()
                made.append(folder)
        sync(output)
    except BaseException:
        for folder in reversed(made):
            folder.rmdir()
        shutil.rmtree(part, ignore_errors=True)
        raise
    # The manifest first: it is the sign that the folder is a build's. Then what is new, since old pages may lead there.
    changed.sort(key=lambda name: (name != manifest, (output / name).exists(), name.endswith(".html"), name))
    for name in changed:
        _put(part / name, output, name)
    shutil.rmtree(part, ignore_errors=True)
    _sweep(output, names)
    sync(output)


def _same(new: Path, output: Path, name: str) -> bool:
    old = output / name
    in_place = _in_the_way(output, name) is None and old.is_file() and not old.is_symlink()
    return in_place and filecmp.cmp(new, old, shallow=False)


def _parents(output: Path, name: str) -> Iterator[Path]:
    """The folders of a file below the output, the outermost first."""
    yield from (output / parent for parent in reversed(PurePosixPath(name).parents[:-1]))


def _in_the_way(output: Path, name: str) -> Path | None:
    """What stands where a folder of this file has to be: a file, or a link, which may lead out."""
    return next((path for path in _parents(output, name) if path.is_symlink() or path.is_file()), None)


def _missing(output: Path, name: str) -> list[Path]:
    """The folders to make for this file, where nothing stands in the way."""
    if _in_the_way(output, name) is not None:
        return []
    return [path for path in _parents(output, name) if not path.exists()]


def _put(new: Path, output: Path, name: str) -> None:
    blocking = _in_the_way(output, name)
    if blocking is not None:
        blocking.unlink()
    place = output / name
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        _clear(place)
    new.replace(place)


def _clear(path: Path) -> None:
    """Whatever has this name; of a link itself, since what it leads to is not ours."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sweep(output: Path, names: Collection[str]) -> None:
    """Remove every file and folder that the site does not have."""
    wanted = {output / name for name in names}
    folders = {parent for name in names for parent in _parents(output, name)} | {output / OF_DISKS}
    for here, inner, files in os.walk(output, topdown=False):
        for name in (*files, *inner):
            path = Path(here, name)
            if path.is_symlink() or name in files:
                if path not in wanted:
                    path.unlink()
            elif path not in folders and output / OF_DISKS not in path.parents:
                path.rmdir()
