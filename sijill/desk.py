"""What an editor asks of the reader without building a site: why an article was read so, and how well gold is read.

Separate from the build because nothing is settled or written; it sets up the same reader from the same content.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sijill.arabic.parties import party_forms, party_names
from sijill.config import load_config
from sijill.corrected import corrected
from sijill.corrections import load_corrections
from sijill.evaluate import BODIES, evaluate, table_lines
from sijill.explain import Style, explained
from sijill.gold import load_golds
from sijill.identity import identities
from sijill.issues import error, has_errors
from sijill.model import Article, Issue, Registry
from sijill.read import article_of
from sijill.reading import Reader
from sijill.readings import Progress
from sijill.recognise.second import Labeller, ModelError
from sijill.registry import load_registry
from sijill.sources import ARTICLES, Source, article_sources, read_bytes

__all__ = ["Answer", "UnknownArticleError", "evaluation_lines", "explanation_lines", "shared_parties"]


class Answer(NamedTuple):
    """Lines to print, and what is wrong with the files that were read; no lines where an error is among them."""

    lines: tuple[str, ...]
    issues: tuple[Issue, ...]


class UnknownArticleError(Exception):
    """There is no such article; the text says what would be one."""


def explanation_lines(content: Path, named: str, style: Style, model: Path | None = None) -> Answer:
    """The explanation of one article, given by its path or by its stem. Raises UnknownArticleError."""
    source = _source(content, named)
    data = read_bytes(source)
    article = article_of(source, data) if isinstance(data, bytes) else data
    if article is None:
        article = (error(source.name, 0, "the article is a draft", "remove `draft: true` to have it read"),)
    if not isinstance(article, Article):
        return Answer((), article)
    registry, reader, issues = _reader(content, model)
    if reader is None:
        return Answer((), issues)
    reading, everything = reader.read(article), reader.read(article, everything=True)
    published = set(reading.links)
    held = tuple(one for one in everything.links if one not in published)
    corrections, wrong = load_corrections(content)
    (judged,), _ = corrected((reading,), corrections, registry)
    kinds = {link.entity: link.mention.kind for link in reading.links if link.entity is not None}
    present, _ = identities(registry, kinds)
    return Answer(tuple(explained(article, reading, held, judged.overruled, present, style)), (*issues, *wrong))


def evaluation_lines(
    content: Path,
    folder: Path,
    errors: bool,
    model: Path | None = None,
    progress: Progress = lambda step, done, total: None,
) -> Answer:
    """A table of measures over the gold of a folder; with `errors` also everything missed and false."""
    articles = {source.stem: source.path for source in article_sources(content)[0]}
    golds, wrong = load_golds(folder, articles)
    if has_errors(wrong):
        return Answer((), wrong)
    _, reader, issues = _reader(content, model)
    if reader is None:
        return Answer((), issues)
    pairs = []
    for done, gold in enumerate(golds):
        progress("read", done, len(golds))
        pairs.append((gold, reader.read(gold.article)))
    result = evaluate(pairs, shared_parties())
    lines = tuple(table_lines(result.measures))
    return Answer((*lines, "", *result.errors) if errors and result.errors else lines, issues)


def shared_parties() -> frozenset[str]:
    """The ids of parties that gold and readings have in common: states, oppositions, and bodies of states."""
    return frozenset({form.party for _, form in party_forms() if form.kind in ("state", "opposition")} | set(BODIES))


def _reader(content: Path, model: Path | None) -> tuple[Registry, Reader | None, tuple[Issue, ...]]:
    """The registry, and the reader that a build of this content would use; no reader where records, settings or model
    have errors."""
    config, config_issues = load_config(content)
    registry, registry_issues = load_registry(content, party_names(), config.places or None)
    issues = (*registry_issues, *config_issues)
    if has_errors(issues):
        return registry, None, issues
    try:
        return registry, Reader(registry, _second(model), config.min_confidence), issues
    except ModelError as problem:
        return registry, None, (*issues, error(str(model), 0, problem.message, problem.hint))


def _second(model: Path | None) -> Labeller | None:
    """The second recogniser, imported only where one is wanted."""
    if model is None:
        return None
    from sijill.neural import NeuralLabels

    labels = NeuralLabels(model)
    labels.labels([["."]])  # loads it here, so that what is wrong with it is said here
    return labels


def _source(content: Path, named: str) -> Source:
    path = Path(named)
    if path.is_file():
        place = path.resolve()
        root = content.resolve().parent
        inside = place.is_relative_to(root)
        return Source(path.stem, place, (place.relative_to(root) if inside else path).as_posix())
    sources = {source.stem: source for source in article_sources(content)[0]}
    if named in sources:
        return sources[named]
    raise UnknownArticleError(f"{named} is no article ({''.join(_advice(named, sources, content))})")


def _advice(named: str, sources: dict[str, Source], content: Path) -> Iterator[str]:
    close = difflib.get_close_matches(Path(named).stem, sources, n=1)
    yield f"did you mean {close[0]}?" if close else f"name its file, or its stem below {content.name}/{ARTICLES}"
