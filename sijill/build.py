"""The straight line, and the only place that knows it: read, settle, pages, render, publish.

Articles are read, and pages written, by forked workers; everything between is one process. Nothing is published when
anything is wrong.
"""

from __future__ import annotations

import errno
import os
import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

import orjson

from sijill import inputs
from sijill.anchors import sentence_table
from sijill.arabic.parties import party_names
from sijill.assets import Assets, read_assets
from sijill.cache import Cache, key_of
from sijill.cards import Card, address_of, can_draw, draw
from sijill.config import Config, load_config
from sijill.exports import exports
from sijill.issues import error, has_errors, ordered, strict
from sijill.model import Article, Issue, Page, Reading
from sijill.pages import (
    Plan,
    Site,
    article_page,
    cards_of,
    data_page,
    document_of,
    named_of,
    plans,
    root_of,
    search_words,
    site_of,
    sitemap_pages,
    styled,
)
from sijill.publish import CHECKED, PublishError, Stage, discard, locked, manifest_digest, publish, stage, stands
from sijill.read import article_of
from sijill.reading import Reader, pack, unpack
from sijill.recognise.second import Labeller, ModelError
from sijill.registry import load_registry
from sijill.render import Renderer, TemplateError
from sijill.search import Document, search_files
from sijill.settle import settle
from sijill.sources import ARTICLES, Source, article_sources, read_bytes
from sijill.strays import strays
from sijill.strings import MissingWordsError, load_strings
from sijill.urls import collisions
from sijill.workers import Bounds, Lost, WorkerError, guarded, spread

__all__ = ["Options", "Outcome", "Progress", "build"]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done, and how much there is (0 where that is not known)."""
_Files: TypeAlias = Iterable[tuple[str, bytes]]
"""Names within the site, and bytes."""
_Task: TypeAlias = Callable[[], _Files]
_T = TypeVar("_T")

CACHE = ".cache"
"""The folder's name, beside the content."""
BATCH = 20
"""Pages that a worker takes at once."""
CARDS = 100
"""Pictures drawn at once: the first takes as long as ten others, since what draws must be loaded."""
PAYS = 8
"""Articles that a worker must have to be worth its fork."""
_FULL_OR_FORBIDDEN = frozenset(
    getattr(errno, name, 0)
    for name in (
        *("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "EIO", "EBUSY"),
        *("EMFILE", "ENFILE", "EAGAIN", "ENOMEM", "ENAMETOOLONG", "ENOTDIR", "ELOOP"),
    )
)


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked to do."""

    content: Path
    output: Path
    templates: Path
    strict: bool = False
    """Warnings are errors."""
    keep_going: bool = False
    """Articles with errors are left out, and the others published."""
    jobs: int = 0
    """Processes to use; 0 means one for each processor that we may run on."""
    cache: bool = True
    ner_model: Path | None = None
    """The folder of a neural model, which reads beside the rules."""
    patience: float = 60.0
    """Seconds to wait for another build of the same output."""


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
        _check_places(options)
        with locked(options.output, options.patience):
            outcome = _build(options, progress)
    except PublishError as problem:
        outcome = _refused(error(options.output.name, 0, problem.message, problem.hint))
    except ModelError as problem:
        outcome = _refused(error(str(options.ner_model), 0, problem.message, problem.hint))
    except TemplateError as problem:
        outcome = _refused(
            error(f"{options.templates.name}/{problem.name}", problem.line, problem.message, "correct it")
        )
    except MissingWordsError as problem:
        name = f"{options.content.name}/strings/ar.toml"
        outcome = _refused(error(name, 0, f"the words of {problem.key} are missing", "add them"))
    except (WorkerError, MemoryError):
        message = "a part of the build was killed, or memory ran out"
        outcome = _refused(error(options.output.name, 0, message, "free some memory, or build with --jobs 1"))
    except OSError as problem:
        if problem.errno not in _FULL_OR_FORBIDDEN:
            raise
        message = f"the site cannot be written: {problem.strerror}"
        outcome = _refused(error(options.output.name, 0, message, "free some space, or check the folder's rights"))
    return replace(outcome, seconds=time.perf_counter() - start)


def _build(options: Options, progress: Progress) -> Outcome:
    """The build itself, with the output locked."""
    progress("check", 0, 0)
    wrong = (*strays(options.content, (ARTICLES,)), *strays(options.templates))
    if wrong:
        return _refused(*wrong)
    kept = options.content.parent / CACHE if options.cache else None
    second = _second(options)
    settings_of_run = f"{options.strict=} {options.keep_going=} {second and second.version}"
    state = inputs.digest_of((options.content, options.templates), (settings_of_run,))
    last = inputs.last_build(kept and kept / "builds", options.output)
    if (
        last is not None
        and (last.inputs, last.manifest) == (state, manifest_digest(options.output))
        and stands(options.output, _workers(last.pages, CHECKED, options))
    ):
        return Outcome(last.articles, last.pages, last.entities, last.issues, 0.0, True, unchanged=True)

    parties = party_names()
    config, config_issues = load_config(options.content)
    registry, registry_issues = load_registry(options.content, parties, config.places or None)
    strings, string_issues = load_strings(options.content)
    sources, source_issues = article_sources(options.content)
    if config.most_articles and len(sources) > config.most_articles:
        message = f"there are {len(sources)} articles, more than {config.most_articles}"
        return _refused(error(f"{options.content.name}/{ARTICLES}", 0, message, "raise most_articles in site.toml"))
    reader = Reader(registry, second, config.min_confidence)
    assets = read_assets(options.templates)
    renderer = Renderer(options.templates, styled(strings, config), assets.urls, root_of(config))
    found = _read(sources, reader, kept and kept / "readings", options, config, progress, _preparing(renderer))
    settings = (*registry_issues, *config_issues, *string_issues)
    issues = (*settings, *source_issues, *found.issues)
    readings = found.readings
    if options.strict and options.keep_going:
        readings = tuple(reading for reading in readings if not reading.issues)
    spared = options.keep_going and readings
    if has_errors(_weighed(settings if spared else issues, options)):
        return _refused(*_weighed(issues, options))

    progress("settle", 0, 0)
    archive = settle(readings, registry, parties)
    archive_issues = _weighed((*archive.issues, *collisions(archive)), options)
    issues = _weighed((*issues, *archive_issues), options)
    if has_errors(archive_issues):
        return _refused(*issues)

    staged = stage(options.output)
    try:
        site = site_of(archive, config, strings, parties)
        if can_draw():
            site = replace(site, cards=cards_of(site))
        pictures = Cache(kept and kept / "cards")
        tasks = _tasks(site, sources, assets, renderer, pictures, options)
        lines = _write(staged, tasks, options, progress)
        for page in sitemap_pages(site, map(_url_of, lines)):
            lines.append(staged.write(_file_of(page.url), renderer.render(page)))
        pictures.keep_only({Path(address_of(card)).stem for card in site.cards.values()})
        progress("publish", 0, 0)
        publish(staged, options.output, lines, _workers(len(lines), CHECKED, options))
    except BaseException:
        discard(staged)
        raise
    outcome = Outcome(
        articles=len(archive.readings),
        pages=sum(line.endswith(".html") for line in lines),
        entities=len(archive.entities),
        issues=issues,
        seconds=0.0,
        published=True,
        kept=(found, site),
    )
    counts = (outcome.articles, outcome.pages, outcome.entities, issues)
    inputs.remember(
        kept and kept / "builds", options.output, inputs.LastBuild(state, manifest_digest(options.output), *counts)
    )
    return outcome


# --- reading ----------------------------------------------------------------------------------------------------------


class _Found(NamedTuple):
    readings: tuple[Reading, ...]
    issues: tuple[Issue, ...]


def _read(
    sources: tuple[Source, ...],
    reader: Reader,
    kept: Path | None,
    options: Options,
    config: Config,
    progress: Progress,
    meanwhile: Iterator[None],
) -> _Found:
    """The readings of all articles that can be read, drafts left out, and the issues of the others. `meanwhile` goes on
    by a step with each."""
    cache = Cache(kept)

    def work(task: int) -> Iterator[bytes]:
        yield pickle.dumps((task, *_reading_of(sources[task], reader, cache)))

    readings: dict[int, Reading] = {}
    issues: list[Issue] = []
    keys: set[str] = set()
    # A neural model takes what it takes: whoever names one has asked for it.
    bounds = Bounds(config.article_seconds, config.article_megabytes) if options.ner_model is None else Bounds(0, 0)
    for done, result in enumerate(guarded(work, len(sources), _workers(len(sources), PAYS, options), bounds), 1):
        next(meanwhile, None)
        if isinstance(result, Lost):
            issues.append(_given_up(sources[result.task], result.why, bounds))
            continue
        task, key, packed, wrong = pickle.loads(result)  # noqa: S301 - our own worker wrote it
        keys.add(key)
        issues += wrong
        if packed is not None:
            readings[task] = unpack(packed)
            issues += readings[task].issues
        progress("read", done, len(sources))
    cache.keep_only(keys)
    return _Found(tuple(readings[task] for task in sorted(readings)), tuple(issues))


def _given_up(source: Source, why: str, bounds: Bounds) -> Issue:
    """What is said of an article whose reading was ended."""
    if why == "SIGKILL":  # nothing of ours does that, so the article may be innocent
        raise WorkerError("a worker process was killed")
    if why == "time":
        message, key = f"reading it takes more than {bounds.seconds:g} s of the processor", "article_seconds"
    elif why == "memory":
        message, key = f"reading it takes more than {bounds.megabytes} MB of memory", "article_megabytes"
    else:
        return error(source.name, 0, f"reading it ended with {why}", "take the file out, and report it to us")
    return error(source.name, 0, message, f"make it simpler or split it, or raise {key} in site.toml")


def _reading_of(source: Source, reader: Reader, cache: Cache) -> tuple[str, bytes | None, tuple[Issue, ...]]:
    """The cache's key, the packed reading if there is one, and what is wrong with the article."""
    data = read_bytes(source)
    if not isinstance(data, bytes):
        return "", None, data
    key = key_of(data, source.name, reader.version)
    packed = cache.get(key)
    if packed is None:
        article = article_of(source, data)
        if article is None or isinstance(article, tuple):
            return key, None, article or ()
        packed = pack(reader.read(article))
        cache.put(key, packed)
    return key, packed, ()


# --- writing ----------------------------------------------------------------------------------------------------------


def _preparing(renderer: Renderer) -> Iterator[None]:
    """What this process can do, bit by bit, while others read."""
    can_draw()
    yield
    yield from renderer.compiling()


def _tasks(
    site: Site, sources: tuple[Source, ...], assets: Assets, renderer: Renderer, pictures: Cache, options: Options
) -> tuple[_Task, ...]:
    """Everything to write but the sitemap, cut into tasks, the longest first: no worker is left alone at the end."""
    at = {source.stem: source for source in sources}

    def made(some: Sequence[Plan]) -> _Files:
        for plan in some:
            page = plan()
            yield _file_of(page.url), renderer.render(page)

    def data() -> _Files:
        index = b""
        for name, index in exports(site.archive, site.config):
            yield name, index
        page = data_page(site, orjson.loads(index))
        yield _file_of(page.url), renderer.render(page)

    def text(reading: Reading) -> Article:
        source = at[reading.article]
        data = read_bytes(source)
        found = article_of(source, data) if isinstance(data, bytes) else None
        if not isinstance(found, Article):
            raise PublishError(f"{source.name} changed during the build", "build again")
        return found

    def article(reading: Reading) -> Page:
        return article_page(site, text(reading), reading)

    def documents() -> Iterator[Document]:
        for reading in site.archive.readings:
            found = text(reading)
            rows = ((row.anchor, row.text) for block in sentence_table(found) for row in block)
            yield document_of(site, found, reading, rows)

    def drawn(some: Sequence[Card]) -> _Files:
        for card in some:
            address = address_of(card)
            key = Path(address).stem
            picture = pictures.get(key)
            if picture is None:
                picture = draw(card, options.templates / "assets" / "fonts")
                pictures.put(key, picture)
            yield address.removeprefix("/"), picture

    cards = tuple({address_of(card): card for card in site.cards.values()}.values())
    planned: tuple[Plan, ...] = (*plans(site), *(partial(article, reading) for reading in site.archive.readings))
    return (
        lambda: search_files(documents(), named_of(site), search_words(site)),
        data,
        *(partial(drawn, some) for some in _batches(cards, CARDS)),
        *(partial(made, some) for some in _batches(planned)),
        lambda: assets.files,
    )


def _file_of(url: str) -> str:
    """Where a page's file stands in the site."""
    return f"{url}index.html".removeprefix("/") if url.endswith("/") else url.removeprefix("/")


def _url_of(line: str) -> str:
    """The address of a file by its line of the manifest."""
    return f"/{line.partition('  ')[2]}".removesuffix("index.html")


def _batches(planned: Sequence[_T], size: int = BATCH) -> Iterator[Sequence[_T]]:
    for first in range(0, len(planned), size):
        yield planned[first : first + size]


def _write(staged: Stage, tasks: tuple[_Task, ...], options: Options, progress: Progress) -> list[str]:
    """Write all files into the stage; the lines of its manifest."""

    def work(task: int) -> Iterator[bytes]:
        for name, data in tasks[task]():
            yield staged.write(name, data).encode()

    lines = []
    for done, line in enumerate(spread(work, len(tasks), _workers(len(tasks), 1, options)), 1):
        lines.append(line.decode())
        progress("write", done, 0)
    return sorted(lines)


# --- small judgements -------------------------------------------------------------------------------------------------


def _workers(pieces: int, pays: int, options: Options) -> int:
    """How many processes to use where each needs `pays` pieces of work to be worth its fork."""
    most = options.jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    return max(1, min(most, pieces // pays))


def _second(options: Options) -> Labeller | None:
    """The second recogniser, imported only where one is wanted."""
    if options.ner_model is None:
        return None
    from sijill.neural import NeuralLabels

    return NeuralLabels(options.ner_model)


def _weighed(issues: Iterable[Issue], options: Options) -> tuple[Issue, ...]:
    return ordered(strict(issues) if options.strict else issues)


def _refused(*issues: Issue) -> Outcome:
    return Outcome(0, 0, 0, issues, 0.0, published=False)


def _check_places(options: Options) -> None:
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
