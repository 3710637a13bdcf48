"""The straight line as far as a site that can be shown: what is read, settled and named, before a file of it is made.

A build goes on from here and writes everything; the preview makes the page that is looked at. What outlives one run
is kept by the content that it came from, so a run that kept nothing gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sijill import inputs
from sijill.arabic.parties import party_names
from sijill.cache import CACHE, Cache
from sijill.config import Config, load_config
from sijill.corrections import load_corrections
from sijill.gazetteer import Gazetteer, forms_apart
from sijill.issues import error, has_errors, ordered, strict
from sijill.model import Correction, Issue, Reading, Registry
from sijill.publish import PublishError
from sijill.reading import Reader
from sijill.readings import Found, Progress, Remembered, read_all
from sijill.recognise.second import Labeller, ModelError
from sijill.registry import load_registry
from sijill.sources import ARTICLES, Held, Source, article_sources
from sijill.strings import MissingWordsError, Strings, load_strings
from sijill.touched import touched
from sijill.workers import Bounds, WorkerError

if TYPE_CHECKING:
    from sijill.assets import Assets
    from sijill.pages import Site
    from sijill.render import Renderer

__all__ = ["Memory", "Options", "Prepared", "prepare", "told"]

_T = TypeVar("_T")


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
    old: bool = False
    """Whether some articles are still as they were read by what the records said before."""


class Memory:
    """What a process keeps from one run to the next."""

    def __init__(self, stays: bool = False) -> None:
        """`stays`: there will be many runs, so what their workers need is made once, before they start. In a single
        run they make it themselves, while this process does other things."""
        self.stays = stays
        self.known = Remembered({}, (), Held())
        """The readings of the last run."""
        self.gazetteer: Gazetteer | None = None
        """That of the last run which read everything."""
        self._last: dict[str, tuple[Hashable, object]] = {}

    @property
    def old(self) -> bool:
        """Whether the last run left some readings as they were by former records."""
        return len(self.known.versions) > 1

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
    options: Options,
    memory: Memory,
    progress: Progress = lambda step, done, total: None,
    looked_at: Collection[str] | None = None,
) -> Prepared | tuple[Issue, ...]:
    """The site of the content as it is now, or everything that is wrong with it.

    Where it is said which articles (their stems) are `looked_at`, and all were read before, only these and some others
    are read again for what the records say now: see `Prepared.old`.
    """
    content, templates = options.content, options.templates
    settings_key = inputs.files_digest(content, (ARTICLES,))
    settings = memory.same("settings", settings_key, lambda: _settings(options, memory))
    sources, source_issues = article_sources(content)
    config = settings.config
    if config.most_articles and len(sources) > config.most_articles:
        message = f"there are {len(sources)} articles, more than {config.most_articles}"
        return (error(f"{content.name}/{ARTICLES}", 0, message, "raise most_articles in site.toml"),)
    look_key = (settings_key, inputs.files_digest(templates))

    def look() -> tuple[Assets, Renderer]:
        from sijill.shown import look_of

        return memory.same("look", look_key, lambda: look_of(templates, settings.strings, config))

    found = _read(sources, settings, memory, options, progress, _preparing(look), looked_at)
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
    return issues if site is None else Prepared(site, sources, *look(), issues, found.old)


def told(problem: Exception, options: Options) -> Issue | None:
    """What is said of a problem that is the user's to mend; None where it is a bug of ours."""
    from sijill.render import TemplateError

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


# --- what all articles share ------------------------------------------------------------------------------------------


class _Settings(NamedTuple):
    config: Config
    registry: Registry
    corrections: tuple[Correction, ...]
    strings: Strings
    reader: Reader
    issues: tuple[Issue, ...]


def _settings(options: Options, memory: Memory) -> _Settings:
    config, config_issues = load_config(options.content)
    registry, registry_issues = load_registry(options.content, party_names(), config.places or None)
    corrections, correction_issues = load_corrections(options.content)
    strings, string_issues = load_strings(options.content)
    anew = Reader(registry, memory.second(options), config.min_confidence)
    reader = memory.same("reader", anew.version, lambda: anew)
    if memory.stays:
        reader.get_ready()
    issues = (*registry_issues, *correction_issues, *config_issues, *string_issues)
    return _Settings(config, registry, corrections, strings, reader, issues)


def _second(model: Path | None) -> Labeller | None:
    if model is None:
        return None
    from sijill.neural import NeuralLabels

    return NeuralLabels(model)


def _preparing(look: Callable[[], tuple[Assets, Renderer]]) -> Iterator[None]:
    """What this process can do, bit by bit, while others read; reading needs nothing of what is imported here."""
    from sijill.shown import can_draw

    yield
    import sijill.files  # noqa: F401

    yield
    can_draw()
    yield
    yield from look()[1].compiling()


def _site(readings: Iterable[Reading], settings: _Settings, options: Options) -> tuple[Site | None, tuple[Issue, ...]]:
    from sijill.shown import site_from

    config, registry, corrections, strings, *_ = settings
    return site_from(readings, registry, corrections, config, strings, lambda issues: _weighed(issues, options))


def _read(
    sources: tuple[Source, ...],
    settings: _Settings,
    memory: Memory,
    options: Options,
    progress: Progress,
    meanwhile: Iterator[None],
    looked_at: Collection[str] | None,
) -> Found:
    """The readings of all articles, kept for the next run."""
    cache = Cache(options.kept and options.kept / "readings")
    # A neural model takes what it takes: whoever names one has asked for it.
    config, reader, known = settings.config, settings.reader, memory.known
    bounds = Bounds(config.article_seconds, config.article_megabytes) if options.ner_model is None else Bounds(0, 0)
    known.held.keep_only(sources)
    only = None
    if looked_at is not None and memory.gazetteer is not None:
        only = touched(sources, known.held, forms_apart(memory.gazetteer, reader.gazetteer), looked_at)
    found = read_all(sources, reader, cache, options.jobs, bounds, progress, meanwhile, known, only)
    versions = known.versions if found.old else ()
    if not found.old:
        cache.keep_only(frozenset(found.keys))
        memory.gazetteer = reader.gazetteer
    readings = dict(zip(found.keys, found.readings, strict=True))
    memory.known = Remembered(readings, tuple(dict.fromkeys((reader.version, *versions))), known.held)
    return found


def _weighed(issues: Iterable[Issue], options: Options) -> tuple[Issue, ...]:
    return ordered(strict(issues) if options.strict else issues)
