"""The straight line as far as a site that can be shown: what is read, settled and named, before a file of it is made.

A build goes on from here and writes everything; the preview makes the page that is looked at. What outlives one run
is kept by the content that it came from, so a run that kept nothing gives the same.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

from sijill import inputs
from sijill.arabic.parties import party_names
from sijill.assets import Assets, read_assets
from sijill.cache import Cache, key_of
from sijill.cards import can_draw
from sijill.config import Config, load_config
from sijill.issues import error, has_errors, ordered, strict
from sijill.model import Issue, Reading, Registry
from sijill.pages import Site, cards_of, root_of, site_of, styled
from sijill.publish import PublishError
from sijill.read import article_of
from sijill.reading import Reader, pack, unpack
from sijill.recognise.second import Labeller, ModelError
from sijill.registry import load_registry
from sijill.render import Renderer, TemplateError
from sijill.settle import settle
from sijill.sources import ARTICLES, Source, article_sources, read_bytes
from sijill.strings import MissingWordsError, Strings, load_strings
from sijill.urls import collisions
from sijill.workers import Bounds, Lost, WorkerError, guarded

__all__ = ["CACHE", "Memory", "Options", "Prepared", "Progress", "prepare", "told", "workers_for"]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done, and how much there is (0 where that is not known)."""
_T = TypeVar("_T")

CACHE = ".cache"
"""The folder's name, beside the content."""
PAYS = 8
"""Articles that a worker must have to be worth its fork."""


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

    @property
    def kept(self) -> Path | None:
        """The folder of what is kept between builds."""
        return self.content.parent / CACHE if self.cache else None


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that the files of a site are made of."""

    site: Site
    sources: tuple[Source, ...]
    assets: Assets
    renderer: Renderer
    issues: tuple[Issue, ...]


class Memory:
    """What a process keeps from one run to the next."""

    def __init__(self) -> None:
        self.readings: dict[str, Reading] = {}
        """Of the last run, by the key that they have in the cache."""
        self._last: dict[str, tuple[Hashable, object]] = {}

    def same(self, what: str, key: Hashable, make: Callable[[], _T]) -> _T:
        """What was made of this key the last time, or else made now."""
        last = self._last.get(what)
        if last is not None and last[0] == key:
            return last[1]  # type: ignore[return-value] # one `what` is made in one place
        made = make()
        self._last[what] = (key, made)
        return made

    def second(self, options: Options) -> Labeller | None:
        """The second recogniser, imported only where one is wanted."""
        return self.same("second", options.ner_model, lambda: _second(options.ner_model))


def prepare(
    options: Options, memory: Memory, progress: Progress = lambda step, done, total: None
) -> Prepared | tuple[Issue, ...]:
    """The site of the content as it is now, or everything that is wrong with it."""
    content, templates = options.content, options.templates
    settings_key = inputs.files_digest(content, (ARTICLES,))
    settings = memory.same("settings", settings_key, lambda: _settings(options, memory))
    sources, source_issues = article_sources(content)
    config = settings.config
    if config.most_articles and len(sources) > config.most_articles:
        message = f"there are {len(sources)} articles, more than {config.most_articles}"
        return (error(f"{content.name}/{ARTICLES}", 0, message, "raise most_articles in site.toml"),)
    assets, renderer = memory.same(
        "look", (settings_key, inputs.files_digest(templates)), lambda: _look(templates, settings)
    )
    found = _read(sources, settings, memory, options, progress, _preparing(renderer))
    issues = (*settings.issues, *source_issues, *found.issues)
    readings = found.readings
    if options.strict and options.keep_going:
        readings = tuple(reading for reading in readings if not reading.issues)
    spared = options.keep_going and readings
    if has_errors(_weighed(settings.issues if spared else issues, options)):
        return _weighed(issues, options)

    progress("settle", 0, 0)
    site, wrong = memory.same("site", (settings_key, found.keys), lambda: _site(readings, settings, options))
    issues = _weighed((*issues, *wrong), options)
    return issues if site is None else Prepared(site, sources, assets, renderer, issues)


def told(problem: Exception, options: Options) -> Issue | None:
    """What is said of a problem that is the user's to mend; None where it is a bug of ours."""
    match problem:
        case PublishError():
            return error(options.output.name, 0, problem.message, problem.hint)
        case ModelError():
            return error(str(options.ner_model), 0, problem.message, problem.hint)
        case TemplateError():
            name = f"{options.templates.name}/{problem.name}"
            return error(name, problem.line, problem.message, "correct it")
        case MissingWordsError():
            name = f"{options.content.name}/strings/ar.toml"
            return error(name, 0, f"the words of {problem.key} are missing", "add them")
        case WorkerError() | MemoryError():
            message = "a part of the build was killed, or memory ran out"
            return error(options.output.name, 0, message, "free some memory, or build with --jobs 1")
    return None


def workers_for(pieces: int, pays: int, options: Options) -> int:
    """How many processes to use where each needs `pays` pieces of work to be worth its fork."""
    most = options.jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    return max(1, min(most, pieces // pays))


# --- what all articles share ------------------------------------------------------------------------------------------


class _Settings(NamedTuple):
    config: Config
    registry: Registry
    strings: Strings
    reader: Reader
    issues: tuple[Issue, ...]


def _settings(options: Options, memory: Memory) -> _Settings:
    config, config_issues = load_config(options.content)
    registry, registry_issues = load_registry(options.content, party_names(), config.places or None)
    strings, string_issues = load_strings(options.content)
    reader = Reader(registry, memory.second(options), config.min_confidence)
    return _Settings(config, registry, strings, reader, (*registry_issues, *config_issues, *string_issues))


def _second(model: Path | None) -> Labeller | None:
    if model is None:
        return None
    from sijill.neural import NeuralLabels

    return NeuralLabels(model)


def _look(templates: Path, settings: _Settings) -> tuple[Assets, Renderer]:
    assets = read_assets(templates)
    config = settings.config
    return assets, Renderer(templates, styled(settings.strings, config), assets.urls, root_of(config))


def _preparing(renderer: Renderer) -> Iterator[None]:
    """What this process can do, bit by bit, while others read."""
    can_draw()
    yield
    yield from renderer.compiling()


def _site(readings: Iterable[Reading], settings: _Settings, options: Options) -> tuple[Site | None, tuple[Issue, ...]]:
    """The site of these readings, or None where an issue forbids it."""
    parties = party_names()
    archive = settle(readings, settings.registry, parties)
    issues = _weighed((*archive.issues, *collisions(archive)), options)
    if has_errors(issues):
        return None, issues
    site = site_of(archive, settings.config, settings.strings, parties)
    return (replace(site, cards=cards_of(site)) if can_draw() else site), issues


# --- reading ----------------------------------------------------------------------------------------------------------


class _Found(NamedTuple):
    readings: tuple[Reading, ...]
    keys: tuple[str, ...]
    """Of the readings."""
    issues: tuple[Issue, ...]


def _read(
    sources: tuple[Source, ...],
    settings: _Settings,
    memory: Memory,
    options: Options,
    progress: Progress,
    meanwhile: Iterator[None],
) -> _Found:
    """The readings of all articles that can be read, drafts left out, and the issues of the others. `meanwhile` goes on
    by a step with each that is not in memory."""
    cache = Cache(options.kept and options.kept / "readings")
    reader = settings.reader
    readings = dict(_remembered(sources, reader, memory))
    keys = {key for key, _ in readings.values()}
    unread = [number for number in range(len(sources)) if number not in readings]

    def work(task: int) -> Iterator[bytes]:
        yield pickle.dumps((task, *_reading_of(sources[unread[task]], reader, cache)))

    issues: list[Issue] = []
    # A neural model takes what it takes: whoever names one has asked for it.
    config = settings.config
    bounds = Bounds(config.article_seconds, config.article_megabytes) if options.ner_model is None else Bounds(0, 0)
    for done, result in enumerate(guarded(work, len(unread), workers_for(len(unread), PAYS, options), bounds), 1):
        next(meanwhile, None)
        if isinstance(result, Lost):
            issues.append(_given_up(sources[unread[result.task]], result.why, bounds))
            continue
        task, key, packed, wrong = pickle.loads(result)  # noqa: S301 - our own worker wrote it
        keys.add(key)
        issues += wrong
        if packed is not None:
            readings[unread[task]] = (key, unpack(packed))
        progress("read", done, len(unread))
    cache.keep_only(keys)
    memory.readings = dict(readings.values())
    in_order = [readings[number] for number in sorted(readings)]
    issues += (issue for _, reading in in_order for issue in reading.issues)
    return _Found(tuple(reading for _, reading in in_order), tuple(key for key, _ in in_order), tuple(issues))


def _remembered(sources: Sequence[Source], reader: Reader, memory: Memory) -> Iterator[tuple[int, tuple[str, Reading]]]:
    """By the number of their source, the readings of articles that are as they were, each with its key."""
    for number, source in enumerate(sources) if memory.readings else ():
        data = read_bytes(source)
        if isinstance(data, bytes):
            key = key_of(data, source.name, reader.version)
            if key in memory.readings:
                yield number, (key, memory.readings[key])


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


def _weighed(issues: Iterable[Issue], options: Options) -> tuple[Issue, ...]:
    return ordered(strict(issues) if options.strict else issues)
