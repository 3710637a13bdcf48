"""Promise 5: a build that fails changes no byte of the site, and says in a line what is wrong.

Nothing in the product is made to fail: articles, records, settings, words and templates are broken, files change while
the build is at work, workers are killed, and the disk, file sizes, open files and rights run out, at random points.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sijill.build import Options
from tests.sites import ROOT, make, options
from tests.soak.forked import Result, built, finished, start, tree_hash, warm

MORE = "".join(
    f"-- articles/2019/more-{number}.txt --\n---\ndate: 2019-02-0{number}\n---\nخبر رقم {number}\n"
    "قال بشار الجعفري إن الوفد السوري عاد من أستانا.\n"
    for number in range(1, 9)
)


class Case(NamedTuple):
    what: str
    build: Callable[[], Result]
    sure: bool = True
    """Whether it must fail; else it may also have gone well."""


Kind = Callable[[Path, random.Random], Case]


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` builds that fail, each over a site that is whole."""
    chance = random.Random(seed)
    failures: list[str] = []
    warm()
    with tempfile.TemporaryDirectory(prefix="sijill-failures-") as name:
        folder = Path(name)
        fine = make(folder / "fine", MORE)
        shutil.copytree(ROOT / "templates", fine / "templates")
        first = finished(start(partial(built, _wanted(fine, 1))))
        if not first.published:
            return 0, [f"the clean build failed: {first}"]
        kinds = [kind for kind in KINDS if kind is not _full_disk or _can_mount()]
        for number in range(count):
            project = folder / f"case-{number}"
            shutil.copytree(fine, project, symlinks=True)
            # The title is changed, so that a build that went well would change every page.
            settings = project / "content" / "site.toml"
            settings.write_text(settings.read_text("utf-8").replace("سجلّ صغير", f"سجلّ {number}"), "utf-8")
            case = kinds[number % len(kinds)](project, chance)
            failures += (f"case {number}, {case.what}: {found}" for found in _tried(case, project))
            shutil.rmtree(project)
    return count, failures


def _wanted(project: Path, jobs: int) -> Options:
    return options(project, templates=project / "templates", jobs=jobs)


def _tried(case: Case, project: Path) -> list[str]:
    output = project / "site"
    before = tree_hash(output)
    around = {path.name for path in project.iterdir()} | {".cache"}
    result = case.build()
    for path in (project, output):
        path.chmod(0o755)
    if result.published and not case.sure:
        return [] if tree_hash(output) != before else ["it published the former site"]
    wrong = []
    if result.published:
        wrong.append("it was published")
    if tree_hash(output) != before:
        wrong.append("the site was changed")
    if result.crash:
        wrong.append(result.crash)
    elif not any(" error: " in line for line in result.lines):
        wrong.append(f"no error says why: {result.lines}")
    left = {path.name for path in project.iterdir()} - around
    return [*wrong, f"beside the site lies {sorted(left)}"] if left else wrong


# --- broken inputs ----------------------------------------------------------------------------------------------------

BROKEN: tuple[tuple[str, bytes], ...] = (
    ("articles/bad.txt", b""),
    ("articles/bad.txt", b"\xff\xfe\x00"),
    ("articles/bad.md", b"---\ndate: 2019-13-45\n---\n# x\n\ny\n"),
    ("articles/bad.html", b"<p>"),
    ("articles/bad.doc", b"x"),
    ("articles/2019/first.txt", "عنوان\nنص\n".encode()),
    ("officials/bad.md", b"---\nname: x\nparty: nowhere-land\n---\n"),
    ("officials/bad.md", b"---\n: [\n---\n"),
    ("rounds/bad.md", b"---\nname: x\nprocess: nothing\nnumber: 3\n---\n"),
    ("identity.toml", b"[[judgement]]\nleft = 1\n"),
    ("places.toml", b"geneva = 1\n"),
    ("site.toml", b"title = \n"),
    ("site.toml", b""),
    ("strings/ar.toml", b"[nav]\nhome = 1\n"),
    ("strings/ar.toml", b"broken"),
    ("strings/ar.toml", b'[nav]\nhome = "x"\n'),
    ("../templates/base.html", b"{% if %}"),
    ("../templates/home.html", b"{{ nothing.at.all }}"),
    ("../templates/article.html", b'{% extends "nowhere.html" %}'),
    ("../templates/entity.html", b'{{ "no.such.words" | t }}'),
    ("../templates/404.html", b"\xff"),
    ("../templates/404.html", b'{{ "no/such/asset.css" | asset }}'),
    ("../templates/feed.xml", b"{{ title | nofilter }}"),
)


def _broken(project: Path, chance: random.Random) -> Case:
    name, data = chance.choice(BROKEN)
    path = project / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Case(f"{name} is {data!r}", partial(_forked, partial(built, _wanted(project, chance.choice((1, 2))))))


def _missing(project: Path, chance: random.Random) -> Case:
    name = chance.choice(
        (
            *("site.toml", "strings/ar.toml", "processes/astana.md", "articles"),
            *("../templates", "../templates/base.html", "../templates/sitemap.xml", "../templates/assets/site.css"),
        )
    )
    path = project / "content" / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    return Case(f"{name} is missing", partial(_forked, partial(built, _wanted(project, chance.choice((1, 2))))))


def _forked(work: Callable[[], Result]) -> Result:
    found = finished(start(work))
    return found if isinstance(found, Result) else Result(False, False, (), "it ended without a word")


# --- what happens while a build is at work ----------------------------------------------------------------------------


def _meanwhile(project: Path, chance: random.Random) -> Case:
    """The progress that a build reports tells when to do it."""
    article = project / "content" / "articles" / "2019" / "more-3.txt"
    stage = project / ".site-new"
    deeds: dict[str, tuple[str, Callable[[], object]]] = {
        "an article is emptied": ("settle", lambda: article.write_text("")),
        "an article is removed": ("settle", article.unlink),
        "the stage is removed": ("publish", lambda: shutil.rmtree(stage)),
        "a staged page is changed": ("publish", lambda: (stage / "index.html").write_text("x")),
        "a staged page is removed": ("publish", (stage / "404.html").unlink),
        "a page is added to the stage": ("publish", lambda: (stage / "x.html").write_text("x")),
    }
    what = chance.choice(list(deeds))
    step, deed = deeds[what]

    def work() -> Result:
        waiting = [deed]

        def progress(now: str, done: int, total: int) -> None:
            if now == step and waiting:
                waiting.pop()()

        return built(_wanted(project, 1), progress)

    return Case(what, partial(_forked, work))


def _worker_killed(project: Path, chance: random.Random) -> Case:
    step = chance.choice(("read", "write"))

    def work() -> Result:
        def progress(now: str, done: int, total: int) -> None:
            if now == step and done == 1:
                children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
                for child in children[:1]:
                    os.kill(int(child), signal.SIGKILL)

        return built(_wanted(project, 3), progress)

    return Case(f"a worker is killed at {step}", partial(_forked, work), sure=False)


# --- what runs out ----------------------------------------------------------------------------------------------------


def _limited(project: Path, chance: random.Random) -> Case:
    """Files may grow to so many bytes only; or only so many may be open."""
    kind, most, what = chance.choice(
        [(resource.RLIMIT_FSIZE, 200_000, "bytes a file"), (resource.RLIMIT_NOFILE, 20, "open files")]
    )
    limit = chance.randrange(0 if kind == resource.RLIMIT_FSIZE else 6, most)

    def work() -> Result:
        soft, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (min(limit, hard), hard))
        try:
            return built(_wanted(project, chance.choice((1, 2))))
        finally:
            resource.setrlimit(kind, (soft, hard))

    return Case(f"{limit} {what}", partial(_forked, work), sure=False)


def _forbidden(project: Path, chance: random.Random) -> Case:
    """Root may write everywhere, so it gives up that right first."""
    where = project if chance.random() < 0.5 else project / "site"
    where.chmod(0o555)
    drop = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    what = f"{where.name if where != project else 'the folder above'} is read-only"
    return Case(what, partial(_command, [*drop, *_build_command(project)]), sure=where == project)


FULL = """
mkdir -p "$3" && mount -t tmpfs -o "size=$1" none "$3" && mkdir -p "$2/site" && cp -a "$4/." "$2/site" || exit 9
kept=$2 old=$4; shift 4; "$@"; code=$?
rm -rf "$old" && cp -a "$kept/site" "$old" && ls -A "$kept" > "$kept.left"
exit $code
"""
"""Builds over a copy of the site on a disk of its own, which ends with the build, and brings back what came of it. The
disk is mounted above the site, or as the site."""


def _full_disk(project: Path, chance: random.Random) -> Case:
    more = 1_000 * chance.randrange(1, 700)
    disk, left = project.with_name("disk"), project.with_name("disk.left")
    where, what = chance.choice(((disk, "above the site"), (disk / "site", "that is the site")))
    shutil.rmtree(disk, ignore_errors=True)
    disk.mkdir()
    pages = (path.stat().st_size for path in (project / "site").rglob("*"))
    spare = 4096 if where == disk else 0  # a site that is a mount needs room for what has changed alone
    size = sum(-(-page // 4096) * 4096 + spare for page in pages) + more
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", FULL, "sh", str(size), str(disk), str(where)]
    command += [str(project / "site"), *_build_command(project, disk / "site")]

    def build() -> Result:
        result = _command(command)
        found = left.read_text().split()
        return result if found == ["site"] else result._replace(crash=f"on the full disk lies {found}")

    return Case(f"a disk {what} with {more} bytes left", build, sure=False)


def _build_command(project: Path, output: Path | None = None) -> list[str]:
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(project / "content")]
    command += ["--output", str(output or project / "site"), "--templates", str(project / "templates"), "--jobs", "2"]
    return command


def _command(command: list[str]) -> Result:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = tuple(done.stderr.splitlines())
    crash = done.stderr if "Traceback" in done.stderr or done.returncode not in (0, 1) else ""
    return Result(done.returncode == 0, False, lines, crash)


def _can_mount() -> bool:
    """Whether this machine lets its users mount disks of their own."""
    probe = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return (
        shutil.which("unshare") is not None and subprocess.run(probe, capture_output=True, check=False).returncode == 0
    )


KINDS: tuple[Kind, ...] = (_broken, _missing, _meanwhile, _limited, _broken, _worker_killed, _forbidden, _full_disk)
