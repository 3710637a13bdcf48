"""What comes of the readings: the site that is shown, and its look.

Reading needs none of what this imports, and a build waits for its imports: whoever prepares a site imports this while
articles are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from sijill.arabic.parties import party_names
from sijill.assets import Assets, read_assets
from sijill.cards import can_draw
from sijill.config import Config
from sijill.corrected import corrected
from sijill.issues import has_errors
from sijill.model import Correction, Issue, Reading, Registry
from sijill.pages import Site, cards_of, root_of, site_of, styled
from sijill.render import Renderer
from sijill.settle import settle
from sijill.strings import Strings
from sijill.urls import collisions

__all__ = ["can_draw", "look_of", "site_from"]


def look_of(templates: Path, strings: Strings, config: Config) -> tuple[Assets, Renderer]:
    """Style sheet, fonts and pictures, and what puts pages into templates."""
    assets = read_assets(templates)
    return assets, Renderer(templates, styled(strings, config), assets.urls, root_of(config))


def site_from(
    readings: Iterable[Reading],
    registry: Registry,
    corrections: tuple[Correction, ...],
    config: Config,
    strings: Strings,
    weighed: Callable[[Iterable[Issue]], tuple[Issue, ...]],
) -> tuple[Site | None, tuple[Issue, ...]]:
    """The site of these readings, or None where an issue forbids it. `weighed`: what an issue counts for."""
    parties = party_names()
    judged, wrong = corrected(readings, corrections, registry, parties)
    archive = settle(judged, registry, parties)
    issues = weighed((*wrong, *archive.issues, *collisions(archive)))
    if has_errors(issues):
        return None, issues
    site = site_of(archive, config, strings, parties)
    return (replace(site, cards=cards_of(site)) if can_draw() else site), issues
