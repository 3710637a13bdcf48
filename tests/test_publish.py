"""The output is the old site or the new one, and never anyone else's folder."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from sijill import publish as publishing
from sijill.piecewise import PART, _put
from sijill.publish import MANIFEST, PublishError, Stage, discard, locked, publish, stage, stands
from tests.soak.forked import tree_hash

ROOT = Path(__file__).resolve().parents[1]


def put(output: Path, files: dict[str, str]) -> None:
    staged = stage(output)
    publish(staged, output, [staged.write(name, text.encode()) for name, text in files.items()])


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def beside(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir())


def test_a_first_site_and_its_successor_are_put_in_place_and_nothing_else_stays(tmp_path: Path) -> None:
    output = tmp_path / "site"
    put(output, {"index.html": "1", "a/b/index.html": "2"})
    assert tree(output) == {"index.html": "1", "a/b/index.html": "2"}
    put(output, {"index.html": "3"})
    assert tree(output) == {"index.html": "3"}
    assert beside(output) == ["site"]


def test_the_manifest_can_be_checked_with_sha256sum(tmp_path: Path) -> None:
    put(tmp_path / "site", {"index.html": "1", "a/index.html": "2"})
    command = ["sha256sum", "-c", "--strict", MANIFEST]
    checked = subprocess.run(command, cwd=tmp_path / "site", capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout.splitlines()) == (0, ["a/index.html: OK", "index.html: OK"])


def test_without_an_atomic_swap_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.publish._exchange", lambda left, right: False)
    output = tmp_path / "site"
    put(output, {"index.html": "1"})
    put(output, {"index.html": "2"})
    assert tree(output) == {"index.html": "2"}
    assert beside(output) == ["site"]


def test_a_build_killed_between_two_renames_leaves_a_site_that_the_next_one_finds(tmp_path: Path) -> None:
    output = tmp_path / "site"
    put(output, {"index.html": "1"})
    output.rename(tmp_path / ".site-old")
    (tmp_path / ".site-new").mkdir()
    discard(stage(output))
    assert tree(output) == {"index.html": "1"}
    assert beside(output) == ["site"]


OLD = {"index.html": "old", "kept/index.html": "same", "gone/index.html": "old", "b/index.html": "old", "a.css": "old"}
NEW = {"index.html": "new", "kept/index.html": "same", "b/index.html": "new", "a.css": "new", "c/d/index.html": "new"}


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the kernel answers where one of the two folders is a mount."""

    def exchange(left: Path, right: Path) -> bool:
        raise OSError(errno.EBUSY, "Device or resource busy", str(right))

    monkeypatch.setattr("sijill.publish._exchange", exchange)


@pytest.mark.usefixtures("mounted")
def test_where_the_output_is_a_mount_it_gets_its_files_one_by_one_and_keeps_no_other(tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    (output / "lost+found").mkdir(parents=True)
    put(output, OLD)
    assert tree(output) == OLD
    elsewhere.mkdir()
    (elsewhere / "index.html").write_text("new")
    (output / "c").symlink_to(elsewhere)
    (output / "link").symlink_to(elsewhere)
    (output / "b" / "index.html").unlink()
    (output / "b").rmdir()
    (output / "b").write_text("a file in the place of a folder")
    (output / "a.css").unlink()
    (output / "a.css" / "folder").mkdir(parents=True)
    kept = (output / "kept" / "index.html").stat().st_ino
    put(output, NEW)
    assert tree(output) == NEW
    assert stands(output)
    assert (output / "kept" / "index.html").stat().st_ino == kept
    assert tree(elsewhere) == {"index.html": "new"}
    assert sorted(path.name for path in output.iterdir()) == [
        *(MANIFEST, "a.css", "b", "c", "index.html", "kept", "lost+found"),
    ]
    assert beside(output) == ["elsewhere", "site"]


@pytest.mark.usefixtures("mounted")
@pytest.mark.parametrize("kind", ["link", "file", "folder"])
def test_what_has_the_name_of_what_is_to_take_its_place_is_removed_and_never_followed(
    tmp_path: Path, kind: str
) -> None:
    output, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    put(output, OLD)
    elsewhere.mkdir()
    (elsewhere / "index.html").write_text("not ours")
    if kind == "link":
        (output / PART).symlink_to(elsewhere)
    elif kind == "file":
        (output / PART).write_text("x")
    else:
        (output / PART).mkdir()
        (output / PART / "a.css").symlink_to(elsewhere / "index.html")
    put(output, NEW)
    assert tree(output) == NEW
    assert not (output / PART).exists()
    assert tree(elsewhere) == {"index.html": "not ours"}


def test_a_link_with_the_name_of_what_a_killed_build_leaves_makes_no_folder_ours(tmp_path: Path) -> None:
    output = tmp_path / "site"
    output.mkdir()
    (output / "mine.txt").write_text("mine")
    (output / PART).symlink_to(tmp_path)
    with pytest.raises(PublishError, match="not written by a build"):
        put(output, NEW)
    assert (output / "mine.txt").read_text() == "mine"


@pytest.mark.usefixtures("mounted")
def test_a_mount_that_is_too_small_for_the_new_site_keeps_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    put(output, OLD)
    before = tree_hash(output)
    copy = shutil.copyfile
    for room in range(5):  # four files of the new site differ, and the manifest does
        left = [None] * room

        def copied(new: Path, place: Path, left: list[None] = left) -> None:
            if not left:
                raise OSError(errno.ENOSPC, "No space left on device", str(place))
            left.pop()
            copy(new, place)

        with monkeypatch.context() as patch:
            patch.setattr("sijill.piecewise.shutil.copyfile", copied)
            staged = stage(output)
            lines = [staged.write(name, text.encode()) for name, text in NEW.items()]
            with pytest.raises(OSError, match="No space"):
                publish(staged, output, lines)
            discard(staged)
        assert tree_hash(output) == before


@pytest.mark.usefixtures("mounted")
@pytest.mark.parametrize("first", [{}, OLD], ids=("empty", "old"))
def test_a_build_killed_between_the_files_of_a_mount_leaves_whole_pages_and_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: dict[str, str]
) -> None:
    for done in range(6):
        output = tmp_path / str(done) / "site"
        output.mkdir(parents=True)
        if first:
            put(output, first)
        left = [None] * done

        def putting(new: Path, output: Path, name: str, left: list[None] = left) -> None:
            if not left:
                raise KeyboardInterrupt
            left.pop()
            _put(new, output, name)

        with monkeypatch.context() as patch:
            patch.setattr("sijill.piecewise._put", putting)
            staged = stage(output)
            lines = [staged.write(name, text.encode()) for name, text in NEW.items()]
            if done < 5:
                with pytest.raises(KeyboardInterrupt):
                    publish(staged, output, lines)
            else:
                with contextlib.suppress(KeyboardInterrupt):
                    publish(staged, output, lines)
        found = {name: text for name, text in tree(output).items() if not name.startswith(PART)}
        assert all(text in (first.get(name), NEW.get(name)) for name, text in found.items())
        if done < 5:
            assert first.keys() <= found.keys(), "a page that others lead to has gone"
        if found.get("index.html") == "new":
            assert found["c/d/index.html"] == "new", "a page leads to one that is not there yet"
        put(output, NEW)
        assert tree(output) == NEW
        assert stands(output)
        assert sorted(path.name for path in output.iterdir()) == [
            *(MANIFEST, "a.css", "b", "c", "index.html", "kept"),
        ]
        assert beside(output) == ["site"]


def test_everything_is_on_the_disk_before_it_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut cannot be tried: what is tried is that the kernel is asked, by one call or file by file."""
    output = tmp_path / "site"
    put(output, OLD)
    told: list[str] = []
    fsync, exchange = os.fsync, publishing._exchange

    def synced(descriptor: int) -> int:
        told.append(str(Path(f"/proc/self/fd/{descriptor}").readlink().relative_to(tmp_path)))
        fsync(descriptor)
        return 0

    def exchanged(left: Path, right: Path) -> bool:
        told.append("exchange")
        return exchange(left, right)

    monkeypatch.setattr("sijill.publish._exchange", exchanged)
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr("sijill.publish.ctypes.CDLL", lambda *_, **__: SimpleNamespace(syncfs=synced))
    put(output, NEW)
    assert told == [".site-new", "exchange", ".", "."]
    told.clear()
    monkeypatch.setattr("sijill.publish.ctypes.CDLL", lambda *_, **__: SimpleNamespace(syncfs=lambda _: -1))
    put(output, OLD)
    wanted = {f".site-new/{name}" for name in (*OLD, MANIFEST)} | {".site-new", ".site-new/kept", ".site-new/gone"}
    assert set(told[: told.index("exchange")]) == wanted | {".site-new/b"}


def test_leftovers_of_killed_builds_are_cleaned(tmp_path: Path) -> None:
    output = tmp_path / "site"
    put(output, {"index.html": "1"})
    for name in (".site-new", ".site-old"):
        (tmp_path / name / "a").mkdir(parents=True)
        (tmp_path / name / "a" / "index.html").write_text("half")
    put(output, {"index.html": "2"})
    assert tree(output) == {"index.html": "2"}
    assert beside(output) == ["site"]


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    put(tmp_path / "site", {"index.html": "1"})
    assert tree(tmp_path / "site") == {"index.html": "1"}


def test_what_a_build_did_not_write_is_left_as_it_is(tmp_path: Path) -> None:
    output = tmp_path / "site"
    output.mkdir()
    (output / "thesis.txt").write_text("years of work")
    with pytest.raises(PublishError, match="not written by a build"):
        stage(output)
    assert tree(output) == {"thesis.txt": "years of work"}
    (tmp_path / "file").write_text("x")
    with pytest.raises(PublishError, match="is a file"):
        stage(tmp_path / "file")
    (tmp_path / "link").symlink_to(output)
    with pytest.raises(PublishError, match="symbolic link"):
        stage(tmp_path / "link")
    put(tmp_path / "ours", {"index.html": "1"})
    (tmp_path / "ours" / ".git").mkdir()
    with pytest.raises(PublishError, match=r"\.git"):
        stage(tmp_path / "ours")


def test_a_stage_that_differs_from_its_manifest_is_not_published(tmp_path: Path) -> None:
    output = tmp_path / "site"
    put(output, {"index.html": "1"})
    for damage in ("change", "remove", "add"):
        staged = stage(output)
        lines = [staged.write("index.html", b"2"), staged.write("a.html", b"3")]
        if damage == "change":
            (staged.folder / "a.html").write_text("4")
        elif damage == "remove":
            (staged.folder / "a.html").unlink()
        else:
            (staged.folder / "b.html").write_text("5")
        with pytest.raises(PublishError, match="not what was meant"):
            publish(staged, output, lines)
        discard(staged)
    assert tree(output) == {"index.html": "1"}
    assert beside(output) == ["site"]


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "", "a\nb", "a\\b"])
def test_no_page_is_written_outside_the_stage(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no place inside"):
        Stage(tmp_path).write(name, b"")


def test_two_pages_cannot_have_one_place(tmp_path: Path) -> None:
    staged = stage(tmp_path / "site")
    staged.write("a/index.html", b"1")
    with pytest.raises(FileExistsError):
        Stage(staged.folder).write("a/index.html", b"2")


def test_a_site_stands_until_a_file_is_changed_added_or_removed(tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert not stands(output)
    put(output, {"index.html": "1", "a/index.html": "2"})
    assert stands(output)
    page = output / "a" / "index.html"
    page.write_text("3")
    assert not stands(output)
    page.write_text("2")
    assert stands(output)
    (output / "extra").write_text("")
    assert not stands(output)
    (output / "extra").unlink()
    page.unlink()
    assert not stands(output)


def test_a_second_build_waits_and_then_says_busy(tmp_path: Path) -> None:
    output = tmp_path / "site"
    with locked(output, 0), pytest.raises(PublishError, match="another build"), locked(output, 0.1):
        pass
    assert beside(output) == []
    order = []
    inside = threading.Event()

    def first() -> None:
        with locked(output, 0):
            inside.set()
            time.sleep(0.2)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait()
    with locked(output, 30):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_a_lock_that_its_holder_removed_while_it_was_opened_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening the file and locking it: its holder ended, and another build has made another file."""
    flock, others = fcntl.flock, list[int]()

    def late(descriptor: int, how: int) -> None:
        if not others:
            path = tmp_path / ".site-lock"
            path.unlink()
            others.append(os.open(path, os.O_RDWR | os.O_CREAT))
            flock(others[0], how)
        flock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with pytest.raises(PublishError, match="another build"), locked(tmp_path / "site", 0.1):
        pass
    os.close(others[0])
    with locked(tmp_path / "site", 0):
        pass
    assert beside(tmp_path / "site") == []


BUILDS = """
import sys, pathlib
sys.path.insert(0, {root!r})
from sijill.publish import stage, publish, locked
output = pathlib.Path({output!r})
print("ready", flush=True)
turn = 0
while True:
    turn += 1
    with locked(output, 30):
        staged = stage(output)
        publish(staged, output, [staged.write(f"{{n}}/index.html", str(turn).encode()) for n in range(20)])
"""


def test_a_killed_build_leaves_one_whole_site_and_frees_the_lock(tmp_path: Path) -> None:
    output = tmp_path / "site"
    put(output, {f"{n}/index.html": "0" for n in range(20)})
    for number in range(12):
        script = BUILDS.format(root=str(ROOT), output=str(output))
        builder = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert builder.stdout is not None
        builder.stdout.readline()
        time.sleep(0.003 * number)
        os.kill(builder.pid, signal.SIGKILL)
        builder.wait()
        builder.stdout.close()
        assert stands(output)
        assert len(set(tree(output).values())) == 1, "pages of two builds are mixed"
    with locked(output, 0):
        put(output, {"index.html": "last"})
    assert tree(output) == {"index.html": "last"}
    assert beside(output) == ["site"]


def test_readers_never_find_the_site_away_or_mixed(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("needs an exchange of two folders in one step")
    output = tmp_path / "site"
    put(output, {"index.html": "0"})
    done = threading.Event()
    seen: list[str] = []

    def read() -> None:
        while not done.is_set():
            seen.append((output / "index.html").read_text())

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(1, 30):
        put(output, {"index.html": str(turn)})
    done.set()
    reader.join()
    assert seen == sorted(seen, key=int)
    assert len(seen) > 30


def test_at_no_moment_of_a_swap_is_the_site_away_or_mixed(tmp_path: Path) -> None:
    """Where a kill at random would hardly ever hit: looked at between any two calls that Python makes."""
    if not sys.platform.startswith("linux"):
        pytest.skip("needs an exchange of two folders in one step")
    output = tmp_path / "site"
    put(output, {"a.html": "old", "b.html": "old"})
    seen: dict[tuple[str, ...], None] = {}

    def look(*_: object) -> None:
        pages = (output / name for name in ("a.html", "b.html"))
        seen[tuple(page.read_text() if page.exists() else "away" for page in pages)] = None

    staged = stage(output)
    lines = [staged.write(name, b"new") for name in ("a.html", "b.html")]
    sys.setprofile(look)
    try:
        publish(staged, output, lines)
    finally:
        sys.setprofile(None)
    assert list(seen) == [("old", "old"), ("new", "new")]
