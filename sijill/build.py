"""The straight line, and its end: what was prepared is written and published. Nothing else publishes.

Articles are read, and pages written, by forked workers; everything between is one process. Nothing is published when
anything is wrong.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from sijill import inputs
from sijill.cache import CACHE
from sijill.issues import error
from sijill.model import Issue
from sijill.prepare import Memory, Options, Prepared, prepare, told
from sijill.publish import CHECKED, PublishError, Stage, discard, locked, manifest_digest, publish, stage, stands
from sijill.readings import Progress
from sijill.sources import ARTICLES
from sijill.strays import strays
from sijill.workers import spread, workers_for

if TYPE_CHECKING:
    from sijill.files import Files, Made

__all__ = ["CACHE", "Options", "Outcome", "Progress", "build", "check_places"]

_Task: TypeAlias = "Callable[[], Made]"
_T = TypeVar("_T")

BATCH = 20
"""Pages that a worker takes at once."""
CARDS = 100
"""Pictures drawn at once: the first takes as long as ten others, since what draws must be loaded."""
_FULL_OR_FORBIDDEN = frozenset(
    getattr(errno, name, 0)
    for name in (
        *("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "EIO", "EBUSY"),
        *("EMFILE", "ENFILE", "EAGAIN", "ENOMEM", "ENAMETOOLONG", "ENOTDIR", "ELOOP"),
    )
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it."""

    articles: int
    pages: int
    entities: int
    issues: tuple[Issue, ...]
    seconds: float
    published: bool
    """False where an error kept the old site."""
    unchanged: bool = False
    """True where the site already was what would have been built."""
    kept: object = field(default=None, repr=False, compare=False)
    """What was in memory. A command that ends with its build has no need to take a million objects apart."""


def build(options: Options, progress: Progress = lambda step, done, total: None) -> Outcome:
    """Build the site, or say why not. A failed build leaves the output as it was."""
    start = time.perf_counter()
    try:
        check_places(options)
        with locked(options.output, options.patience):
            outcome = _build(options, progress)
    except OSError as problem:
        if problem.errno not in _FULL_OR_FORBIDDEN:
            raise
        message = f"the site cannot be written: {problem.strerror}"
        outcome = _refused(error(options.output.name, 0, message, "free some space, or check the folder's rights"))
    except Exception as problem:
        issue = told(problem, options)
        if issue is None:
            raise
        outcome = _refused(issue)
    return replace(outcome, seconds=time.perf_counter() - start)


def _build(options: Options, progress: Progress) -> Outcome:
    """The build itself, with the output locked."""
    progress("check", 0, 0)
    wrong = (*strays(options.content, (ARTICLES,)), *strays(options.templates))
    if wrong:
        return _refused(*wrong)
    memory = Memory()
    second = memory.second(options)
    settings_of_run = f"{options.strict=} {options.keep_going=} {second and second.version}"
    state = inputs.digest_of((options.content, options.templates), (settings_of_run,))
    builds = options.kept and options.kept / "builds"
    last = inputs.last_build(builds, options.output)
    if (
        last is not None
        and (last.inputs, last.manifest) == (state, manifest_digest(options.output))
        and stands(options.output, workers_for(last.pages, CHECKED, options.jobs))
    ):
        return Outcome(last.articles, last.pages, last.entities, last.issues, 0.0, True, unchanged=True)

    prepared = prepare(options, memory, progress)
    if not isinstance(prepared, Prepared):
        return _refused(*prepared)
    from sijill.files import Files  # imported while articles were read, which need none of it

    files = Files(prepared, options)
    for _ in prepared.renderer.compiling():
        pass  # what is not compiled by now, each worker would compile for itself
    staged = stage(options.output)
    try:
        lines = _write(staged, _tasks(files), options, progress)
        for name, data in files.sitemaps(line.partition("  ")[2] for line in lines):
            lines.append(staged.write(name, data))
        files.forget_pictures()
        progress("publish", 0, 0)
        publish(staged, options.output, lines, workers_for(len(lines), CHECKED, options.jobs))
    except BaseException:
        discard(staged)
        raise
    archive = prepared.site.archive
    outcome = Outcome(
        articles=len(archive.readings),
        pages=sum(line.endswith(".html") for line in lines),
        entities=len(archive.entities),
        issues=prepared.issues,
        seconds=0.0,
        published=True,
        kept=(memory, files),
    )
    counts = (outcome.articles, outcome.pages, outcome.entities, outcome.issues)
    inputs.remember(builds, options.output, inputs.LastBuild(state, manifest_digest(options.output), *counts))
    return outcome


def _tasks(files: Files) -> tuple[_Task, ...]:
    """Everything to write but the sitemap, cut into tasks, the longest first: no worker is left alone at the end."""
    return (
        files.search,
        files.data,
        *(partial(files.pictures, some) for some in _batches(files.cards, CARDS)),
        *(partial(files.pages, some) for some in _batches(files.plans())),
        lambda: iter(files.assets),
    )


def _batches(planned: Sequence[_T], size: int = BATCH) -> Iterator[Sequence[_T]]:
    for first in range(0, len(planned), size):
        yield planned[first : first + size]


def _write(staged: Stage, tasks: tuple[_Task, ...], options: Options, progress: Progress) -> list[str]:
    """Write all files into the stage; the lines of its manifest."""

    def work(task: int) -> Iterator[bytes]:
        for name, data in tasks[task]():
            yield staged.write(name, data).encode()

    lines = []
    for done, line in enumerate(spread(work, len(tasks), workers_for(len(tasks), 1, options.jobs)), 1):
        lines.append(line.decode())
        progress("write", done, 0)
    return sorted(lines)


def _refused(*issues: Issue) -> Outcome:
    return Outcome(0, 0, 0, issues, 0.0, published=False)


def check_places(options: Options) -> None:
    """The output is replaced as a whole, so it may hold nothing that is read, and lie in nothing that is read.

    What is kept between builds is kept beside the content, not where a link leads.
    """
    kept = options.content.parent / CACHE
    for folder in (kept, kept / "readings", kept / "builds") if options.cache else ():
        if folder.is_symlink():
            raise PublishError(f"{folder.relative_to(kept.parent)} is a symbolic link", "remove it")
    output = options.output.resolve()
    for read in (options.content, options.templates, inputs.PACKAGE):
        place = read.resolve()
        if place.is_relative_to(output) or output.is_relative_to(place):
            raise PublishError(f"it holds {read.name}/ or lies in it", "name another folder with --output")
