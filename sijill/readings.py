"""The readings of many articles: from the cache where they are there, else read by workers within bounds.

Apart from reading one article, which knows no disk and no other process.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sijill.cache import Cache, key_of
from sijill.issues import error
from sijill.model import Issue, Reading
from sijill.packed import pack, unpack
from sijill.read import article_of
from sijill.reading import Reader
from sijill.sources import Held, Source, read_bytes
from sijill.workers import Bounds, Lost, WorkerError, guarded, uncounted, workers_for

__all__ = ["Found", "Progress", "Remembered", "from_cache", "read_all"]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done, and how much there is (0 where that is not known)."""
PAYS = 8
"""Articles that a worker must have to be worth its fork."""


class Found(NamedTuple):
    """Readings in the order of their sources, drafts left out, and the issues of all."""

    readings: tuple[Reading, ...]
    keys: tuple[str, ...]
    """Those that the readings have in the cache."""
    issues: tuple[Issue, ...]
    old: bool
    """Whether some are by an older version of the reader."""


class Remembered(NamedTuple):
    """What a process that stays has in memory."""

    readings: Mapping[str, Reading]
    """By their keys."""
    versions: tuple[str, ...]
    """Of the readers that they are by, the newest first."""
    held: Held
    """What files held."""


def read_all(
    sources: Sequence[Source],
    reader: Reader,
    cache: Cache,
    jobs: int,
    bounds: Bounds,
    progress: Progress,
    meanwhile: Iterable[None] = (),
    known: Remembered | None = None,
    only: Container[Source] | None = None,
) -> Found:
    """The readings of all articles that can be read, and the issues of the others; `meanwhile` goes on in this process
    while workers read. `known` is not read again. With `only` that, and what an older version of the reader has not
    read as it is now, is read at all: of the rest the older reading does."""
    readings = dict(_remembered(sources, reader.version, known, only)) if known is not None and known.readings else {}
    unread = [number for number in range(len(sources)) if number not in readings]

    def work(task: int) -> Iterator[bytes]:
        yield pickle.dumps((task, *_reading_of(sources[unread[task]], reader, cache)))

    issues: list[Issue] = []
    workers = workers_for(len(unread), PAYS, jobs)
    for done, result in enumerate(guarded(work, len(unread), workers, bounds, meanwhile), 1):
        if isinstance(result, Lost):
            issues.append(_given_up(sources[unread[result.task]], result.why, bounds))
            continue
        task, key, packed, wrong = pickle.loads(result)  # noqa: S301 - our own worker wrote it
        issues += wrong
        if packed is not None:
            readings[unread[task]] = (key, unpack(packed), False)
        progress("read", done, len(unread))
    in_order = [readings[number] for number in sorted(readings)]
    issues += (issue for _, reading, _ in in_order for issue in reading.issues)
    readings_found, keys = tuple(reading for _, reading, _ in in_order), tuple(key for key, _, _ in in_order)
    return Found(readings_found, keys, tuple(issues), any(old for _, _, old in in_order))


def from_cache(sources: Sequence[Source], version: str, cache: Cache) -> tuple[tuple[Reading, ...], tuple[Source, ...]]:
    """The readings that the cache has for a version of the reader, and the sources of which it has none."""
    readings: list[Reading] = []
    missing: list[Source] = []
    for source in sources:
        data = read_bytes(source)
        packed = cache.get(key_of(data, source.name, version)) if isinstance(data, bytes) else None
        if packed is None:
            missing.append(source)
        else:
            readings.append(unpack(packed))
    return tuple(readings), tuple(missing)


def _remembered(
    sources: Sequence[Source], version: str, known: Remembered, only: Container[Source] | None
) -> Iterator[tuple[int, tuple[str, Reading, bool]]]:
    """By the number of their source, the readings of articles that are as they were, each with its key, and whether it
    is by an older version."""
    older = tuple(each for each in known.versions if each != version)
    for number, source in enumerate(sources):
        data = known.held.read(source)
        if isinstance(data, bytes):
            for each in (version, *older) if only is not None and source not in only else (version,):
                key = key_of(data, source.name, each)
                if key in known.readings:
                    yield number, (key, known.readings[key], each != version)
                    break


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
        uncounted(reader.get_ready)
        packed = pack(reader.read(article))
        cache.put(key, packed)
    return key, packed, ()
