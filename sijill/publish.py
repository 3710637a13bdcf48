"""The output folder: written beside its place, checked against a manifest, and put in its place in one step.

Whoever looks sees the old site or the new one, also when a build is killed; only where the output is a mount, its files
take their places one by one (see `sijill.piecewise`). The folder belongs to the build alone: one that holds no manifest
of ours was made by someone else, and is left as it is.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sijill.piecewise import OF_DISKS, PART, put_each
from sijill.workers import spread

__all__ = [
    "CHECKED",
    "MANIFEST",
    "PublishError",
    "Stage",
    "check_is_ours",
    "discard",
    "faults",
    "locked",
    "manifest_digest",
    "publish",
    "stage",
    "stands",
]

MANIFEST = ".sijill-manifest"
"""Lines of digest and path, as `sha256sum -c` reads them: what processors of today work out fastest."""
CHECKED = 100
"""Files that a worker checks at once."""
_NO_NAMES = frozenset({"", ".", ".."})
"""Parts of a path that name nothing within it: the first is also that before a leading slash."""
_PAUSE = 0.05


class PublishError(Exception):
    """The site cannot be put in place. Holds what is wrong and how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint


def _beside(output: Path, what: str) -> Path:
    return output.with_name(f".{output.name}-{what}")


# --- one build at a time ----------------------------------------------------------------------------------------------


@contextmanager
def locked(output: Path, patience: float) -> Iterator[None]:
    """Hold the output for one build; wait `patience` seconds for another build to end. `kill -9` frees the lock."""
    try:
        import fcntl
    except ImportError:  # not a Unix: the builds of one person are expected to follow each other
        yield
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    for what in ("lock", "new", "old"):
        if _beside(output, what).is_symlink():
            name = _beside(output, what).name
            raise PublishError(f"{name}, which a build needs, is a symbolic link", "remove it")
    path = _beside(output, "lock")
    deadline = time.monotonic() + patience
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(lock, path):
                break  # else its former holder has just removed it, and the next build would make another
            os.close(lock)
        except BlockingIOError:
            os.close(lock)
            if time.monotonic() > deadline:
                raise PublishError("another build is writing it", "wait for that build to end") from None
            time.sleep(_PAUSE)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


# --- staging ----------------------------------------------------------------------------------------------------------


class Stage:
    """The folder that the new site is written into. Forked workers may each hold one for the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: set[str] = set()

    def write(self, name: str, data: bytes) -> str:
        """Write a new file and give its line of the manifest. `name` is relative, with forward slashes."""
        if not _NO_NAMES.isdisjoint(name.split("/")) or "\n" in name or "\\" in name:
            raise ValueError(f"{name!r} is no place inside the site")
        parent, _, _ = name.rpartition("/")
        folder = f"{self.folder}/{parent}"
        if parent not in self.made:
            try:
                os.mkdir(folder)  # noqa: PTH102 - called for every page, and most need no more
            except FileExistsError:
                pass
            except FileNotFoundError:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self.made.add(parent)
        with open(f"{self.folder}/{name}", "xb", buffering=0) as file:  # noqa: PTH123
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]
        return f"{_digest(data)}  {name}"


def stage(output: Path) -> Stage:
    """A fresh stage. The lock must be held: whatever lies beside the output is then a killed build's."""
    check_is_ours(output)
    _recover(output)
    folder = _beside(output, "new")
    _remove(folder)
    folder.mkdir()
    return Stage(folder)


def discard(staged: Stage) -> None:
    """Remove the stage of a failed build."""
    shutil.rmtree(staged.folder, ignore_errors=True)


def check_is_ours(output: Path) -> None:
    """Raise unless the output may be replaced: absent, empty, or written by a build."""
    if output.is_symlink():
        raise PublishError("it is a symbolic link", "name the real folder")
    if not output.exists():
        return
    if not output.is_dir():
        raise PublishError("it is a file", "move it away, or name another folder with --output")
    if (manifest := output / MANIFEST).is_file() and not manifest.is_symlink():
        if (output / ".git").exists():
            raise PublishError("it holds a .git folder, which a build would remove", "move the repository elsewhere")
        return
    unfinished = (part := output / PART).is_dir() and not part.is_symlink()
    if not unfinished and any(path.name != OF_DISKS for path in output.iterdir()):
        raise PublishError("it was not written by a build", "move it away, or name another folder with --output")


def _recover(output: Path) -> None:
    """Finish what a killed build left: only where the platform needs two renames can the site itself be away."""
    old = _beside(output, "old")
    if old.exists():
        if output.exists():
            _remove(old)
        else:
            old.rename(output)


def _remove(path: Path) -> None:
    """What a killed build left, or whatever else took its name."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# --- the manifest -----------------------------------------------------------------------------------------------------


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _manifest(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.partition("  ")[2])).encode()


def manifest_digest(output: Path) -> str:
    """What tells one built site from another; empty where there is none."""
    try:
        return _digest((output / MANIFEST).read_bytes())
    except OSError:
        return ""


def stands(output: Path, workers: int = 1) -> bool:
    """Whether every file of the output is as its manifest says, and there is no other file."""
    try:
        lines = (output / MANIFEST).read_text("utf-8").splitlines()
        wanted = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
        return _differs(output, wanted, workers) is None
    except (OSError, UnicodeDecodeError):
        return False


def faults(output: Path) -> Iterator[tuple[str, str]]:
    """Every file of a published site that is not as its manifest says, and what became of it."""
    try:
        lines = (output / MANIFEST).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        yield MANIFEST, "cannot be read"
        return
    wanted = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = set()
    for here, folders, names in os.walk(output):
        for name in (*folders, *names):
            path = Path(here, name)
            inner = path.relative_to(output).as_posix()
            if path.is_symlink():
                yield inner, "is a link"
            elif name in names and inner != MANIFEST:
                found.add(inner)
                if inner not in wanted:
                    yield inner, "was not there when the site was built"
                elif _digest(path.read_bytes()) != wanted[inner]:
                    yield inner, "has been changed"
    yield from ((name, "is missing") for name in wanted.keys() - found)


def _differs(folder: Path, wanted: Mapping[str, str], workers: int = 1) -> str | None:
    """The first file that is not as wanted, or None."""
    found: list[str] = []
    root = f"{folder}/"
    for here, folders, names in os.walk(folder):
        folders.sort()
        prefix = here[len(root) :]
        for name in folders:
            if os.path.islink(f"{here}/{name}"):  # noqa: PTH114 - called for every folder
                return f"{prefix}/{name}" if prefix else name
        for name in sorted(names):
            inner = f"{prefix}/{name}" if prefix else name
            if inner == MANIFEST:
                continue
            if inner not in wanted or os.path.islink(f"{here}/{name}"):  # noqa: PTH114 - called for every page
                return inner
            found.append(inner)
    if len(found) != len(wanted):
        return "a file that is missing"

    def work(task: int) -> Iterator[bytes]:
        for name in found[task * CHECKED : (task + 1) * CHECKED]:
            with open(root + name, "rb", buffering=0) as file:  # noqa: PTH123
                if _digest(file.readall()) != wanted[name]:
                    yield os.fsencode(name)

    return min(map(os.fsdecode, spread(work, -(-len(found) // CHECKED), workers)), default=None)


# --- the swap ---------------------------------------------------------------------------------------------------------


def publish(staged: Stage, output: Path, lines: Iterable[str], workers: int = 1) -> None:
    """Check the stage against its manifest, make it last, and put it where the output is."""
    lines = tuple(lines)
    wanted = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    bad = _differs(staged.folder, wanted, workers)
    if bad is not None or len(wanted) != len(lines):
        raise PublishError(f"what was written is not what was meant: {bad}", "check the disk and build again")
    staged.write(MANIFEST, _manifest(lines))
    _sync(staged.folder)
    check_is_ours(output)
    try:
        _swap(staged.folder, output)
    except OSError as problem:
        if problem.errno not in (errno.EBUSY, errno.EXDEV):
            raise
        put_each(staged.folder, output, MANIFEST, _sync)
        shutil.rmtree(staged.folder, ignore_errors=True)
    _sync_folder(output.parent)


def _swap(folder: Path, output: Path) -> None:
    """In one step, or in two where the platform has no such step. A mount refuses, and nothing has changed."""
    if not output.exists():
        folder.rename(output)
    elif _exchange(folder, output):
        _sync_folder(output.parent)
        shutil.rmtree(folder, ignore_errors=True)
    else:
        _rename_twice(folder, output)


def _exchange(left: Path, right: Path) -> bool:
    """Let two folders take each other's place in one step; False where the platform or the file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of <linux/fs.h>
    if renameat2(here, os.fsencode(left), here, os.fsencode(right), exchange) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(right))


def _rename_twice(folder: Path, output: Path) -> None:
    """For a moment there is no site; `_recover` puts the old one back if a build is killed just then."""
    old = _beside(output, "old")
    output.rename(old)
    try:
        folder.rename(output)
    except OSError:
        old.rename(output)
        raise
    _sync_folder(output.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Have everything in the folder on the disk before the swap, so that a power cut cannot leave empty pages."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if sys.platform.startswith("linux") and ctypes.CDLL(None, use_errno=True).syncfs(descriptor) == 0:
            return  # one call for the file system is many times faster than one for each page
    except AttributeError:
        pass
    finally:
        os.close(descriptor)
    for here, _, names in os.walk(folder):
        for name in names:
            with Path(here, name).open("rb+") as file:
                os.fsync(file.fileno())
        _sync_folder(Path(here))


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
