"""Every file of the site by its name, made when it is wanted: all of them by a build, one of them by the preview."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

import orjson

from sijill.anchors import sentence_table
from sijill.cache import Cache
from sijill.cards import Card, address_of, draw
from sijill.exports import exports
from sijill.model import Article, Page, Reading
from sijill.pages import (
    Plan,
    article_page,
    data_page,
    document_of,
    named_of,
    plans,
    search_words,
    sitemap_pages,
)
from sijill.prepare import Options, Prepared
from sijill.publish import PublishError
from sijill.read import article_of
from sijill.search import Document, search_files
from sijill.sources import Data, Source, read_bytes
from sijill.urls import article_url

__all__ = ["Files", "Made", "file_of"]

Made: TypeAlias = Iterator[tuple[str, bytes]]
"""Names within the site, and bytes."""


def file_of(url: str) -> str:
    """Where the file of an address stands in the site."""
    return f"{url}index.html".removeprefix("/") if url.endswith("/") else url.removeprefix("/")


class Files:
    """The files of one site."""

    def __init__(self, prepared: Prepared, options: Options, read: Callable[[Source], Data] = read_bytes) -> None:
        """`read` gives what an article's file held when the site was prepared."""
        self._site = prepared.site
        self._renderer = prepared.renderer
        self._read = read
        self._at = {source.stem: source for source in prepared.sources}
        self._pictures = Cache(options.kept and options.kept / "cards")
        self._fonts = options.templates / "assets" / "fonts"
        self.assets = prepared.assets.files
        self.cards = tuple({address_of(card): card for card in self._site.cards.values()}.values())

    def plans(self) -> tuple[Plan, ...]:
        """Every page but the data page and the sitemap, which tell of what was made."""
        readings = self._site.archive.readings
        articles = (Plan(article_url(reading.article), partial(self._article, reading)) for reading in readings)
        return (*plans(self._site), *articles)

    def pages(self, some: Iterable[Plan]) -> Made:
        for plan in some:
            yield self._page(plan.make())

    def data(self) -> Made:
        """The archive as data, and the page about it."""
        index = b""
        for name, index in exports(self._site.archive, self._site.config):
            yield name, index
        yield self._page(data_page(self._site, orjson.loads(index)))

    def search(self) -> Made:
        return search_files(self._documents(), named_of(self._site), search_words(self._site))

    def pictures(self, some: Sequence[Card]) -> Made:
        for card in some:
            address = address_of(card)
            key = Path(address).stem
            picture = self._pictures.get(key)
            if picture is None:
                picture = draw(card, self._fonts)
                self._pictures.put(key, picture)
            yield file_of(address), picture

    def forget_pictures(self) -> None:
        """Keep no picture that this site has not."""
        self._pictures.keep_only({Path(address_of(card)).stem for card in self.cards})

    def sitemaps(self, names: Iterable[str]) -> Made:
        """`names` are those of all other files."""
        for page in sitemap_pages(self._site, (f"/{name}".removesuffix("index.html") for name in names)):
            yield self._page(page)

    def _page(self, page: Page) -> tuple[str, bytes]:
        return file_of(page.url), self._renderer.render(page)

    def _article(self, reading: Reading) -> Page:
        return article_page(self._site, self._text(reading), reading)

    def _documents(self) -> Iterator[Document]:
        for reading in self._site.archive.readings:
            article = self._text(reading)
            rows = ((row.anchor, row.text) for block in sentence_table(article) for row in block)
            yield document_of(self._site, article, reading, rows)

    def _text(self, reading: Reading) -> Article:
        source = self._at[reading.article]
        data = self._read(source)
        found = article_of(source, data) if isinstance(data, bytes) else None
        if not isinstance(found, Article):
            raise PublishError(f"{source.name} changed during the build", "build again")
        return found
