"""What review asks of a content folder: its readings, from the cache of the last build where there is one, settled.

Apart from the build, which it must not wait for: nothing is made or written.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sijill.arabic.parties import party_names
from sijill.cache import CACHE, Cache
from sijill.config import load_config
from sijill.corrected import corrected
from sijill.corrections import load_corrections
from sijill.issues import has_errors, ordered
from sijill.model import Issue
from sijill.reading import Reader
from sijill.readings import Progress, from_cache, read_all
from sijill.registry import load_registry
from sijill.review import Item, items_of
from sijill.settle import settle
from sijill.sources import article_sources
from sijill.workers import Bounds

__all__ = ["Questions", "questions"]


class Questions(NamedTuple):
    """What there is to ask, and what is wrong with the files; nothing is asked where a record or a row has an error."""

    items: tuple[Item, ...]
    issues: tuple[Issue, ...]


def questions(content: Path, progress: Progress = lambda step, done, total: None) -> Questions:
    """The questions of this content folder. What the last build read is not read again, and its warnings on articles
    are not repeated.
    """
    parties = party_names()
    config, config_issues = load_config(content)
    registry, registry_issues = load_registry(content, parties, config.places or None)
    corrections, correction_issues = load_corrections(content)
    settings = (*config_issues, *registry_issues, *correction_issues)
    if has_errors(settings):
        return Questions((), ordered(settings))
    sources, source_issues = article_sources(content)
    cache = Cache(content.parent / CACHE / "readings")
    reader = Reader(registry, None, config.min_confidence)
    readings, missing = from_cache(sources, reader.version, cache)
    issues = [*settings, *source_issues]
    if missing:
        bounds = Bounds(config.article_seconds, config.article_megabytes)
        found = read_all(missing, reader, cache, 0, bounds, progress)
        readings = (*readings, *found.readings)
        issues += [issue for issue in found.issues if issue.level == "error"]
    judged, wrong = corrected(readings, corrections, registry, parties)
    archive = settle(judged, registry, parties)
    issues += [*wrong, *(issue for issue in archive.issues if issue.path.endswith(".toml"))]
    return Questions(items_of(archive, registry, corrections, parties), ordered(issues))
