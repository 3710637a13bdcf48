"""All that a build does short of publishing, and then what a build does not look for: `python build.py check`.

The site is built into the cache and read there. The published one is only compared with its manifest.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sijill.arabic.parties import party_names
from sijill.build import CACHE, Options, Progress, build
from sijill.config import Config, load_config
from sijill.contradictions import contradictions
from sijill.inputs import last_build
from sijill.issues import error, ordered, strict
from sijill.links import check_links
from sijill.model import Issue
from sijill.publish import MANIFEST, faults, manifest_digest
from sijill.registry import load_registry

__all__ = ["Report", "check"]

NAME = "check"
"""The site's folder within the cache; it stays, so that a check of what has not changed takes a moment."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, and what is wrong."""

    articles: int
    pages: int
    links: int
    issues: tuple[Issue, ...]


def check(options: Options, progress: Progress = lambda step, done, total: None) -> Report:
    """Check the content as if it were to be published at `options.output`, and what is published there.

    Articles with errors are left out, so that the pages of the others are looked at too.
    """
    place = options.content.parent / CACHE / NAME
    outcome = build(replace(options, output=place, strict=False, keep_going=True, cache=True), progress)
    config, _ = load_config(options.content)
    issues = [*outcome.issues, *_dates(options.content, config), *_changes(options)]
    links = 0
    if outcome.published:
        links, wrong = check_links(place, f"{CACHE}/{NAME}", config.base_url, options.jobs or os.cpu_count() or 1)
        issues += wrong
    return Report(outcome.articles, outcome.pages, links, ordered(strict(issues) if options.strict else issues))


def _dates(content: Path, config: Config) -> Iterator[Issue]:
    """The contradictions of the registry, each at the line that holds the day it names first."""
    registry, _ = load_registry(content, party_names(), config.places or None)
    for issue in contradictions(registry.records.values()):
        lines = (content.parent / issue.path).read_text("utf-8").splitlines()
        words = issue.message.replace(",", " ").split()
        at = (number for word in words for number, line in enumerate(lines, 1) if word[:4].isdigit() and word in line)
        yield replace(issue, line=next(at, 0))


def _changes(options: Options) -> Iterator[Issue]:
    """What became of the published site since it was built."""
    output = options.output
    if not (output / MANIFEST).exists():
        return
    hint = "build it again, and ask who writes there"
    for name, what in faults(output):
        yield error(f"{output.name}/{name}", 0, f"the file {what}", hint)
    last = last_build(options.content.parent / CACHE / "builds", output)
    if last is not None and last.manifest != manifest_digest(output):
        yield error(f"{output.name}/{MANIFEST}", 0, "the manifest is not the one that the last build wrote", hint)
