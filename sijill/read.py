"""One article's file to an `Article`, or to the reasons why not. Nothing here raises for what a user wrote.

Front matter is checked value by value, so that one run tells everything that is wrong with a file.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from pathlib import Path

from sijill import frontmatter, markup
from sijill.addresses import is_safe_address, is_web_address, written_out
from sijill.decode import decoded, forbidden, unbalanced
from sijill.issues import error, ordered, quoted
from sijill.model import Article, Block, Issue
from sijill.slugs import SLUG
from sijill.sources import Source, read_bytes

__all__ = ["article_of", "read_article"]

KEYS = ("title", "date", "source", "url", "author", "encoding", "draft", "lang", "former")
LANGUAGE = "ar"

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def read_article(path: Path, name: str) -> Article | tuple[Issue, ...] | None:
    """Read one file. `name` is its path relative to the project; None is a draft."""
    source = Source(path.stem, path, name)
    data = read_bytes(source)
    return article_of(source, data) if isinstance(data, bytes) else data


def article_of(source: Source, data: bytes) -> Article | tuple[Issue, ...] | None:
    """The article in these bytes; None where it is a draft; the issues where it cannot be published."""
    name = source.name
    text = decoded(data, name, may_name=True)
    if isinstance(text, Issue):
        return (text,)
    if not text.strip():
        return (error(name, 1, "the file is empty", "write a title line and the text, or delete it"),)
    parts = frontmatter.split(text, name)
    if isinstance(parts, Issue):
        return (parts,)
    table = frontmatter.load(parts.front, parts.front_line, name) if parts.front else _NO_FRONT_MATTER
    if not isinstance(table, frontmatter.Table):
        return table
    values = _Values(table, name)
    values.check()
    refused = forbidden(text, name)
    if values.draft:
        return None if not values.issues else ordered(values.issues)
    if refused or values.issues:
        return ordered([*values.issues, *refused])
    try:
        blocks = _blocks(source.path.suffix, values.title, parts.body)
    except markup.MarkupError as problem:
        return (error(name, parts.body_line, problem.message, problem.hint),)
    if not blocks or not blocks[0].text:
        return (error(name, parts.body_line, "there is no title", _TITLE_HINT[source.path.suffix]),)
    if len(blocks) == 1:
        hint = "write the text under the title, or delete the file"
        return (error(name, parts.body_line, "there is no text after the title", hint),)
    described = (Block("p", values.source), Block("p", values.author))  # YAML can escape what the file does not show
    turning = tuple(unbalanced((*blocks, *described), text, name))
    if turning:
        return turning
    return Article(
        id=source.stem,
        path=name,
        lang=values.lang,
        date=values.date,
        source=values.source,
        url=values.url,
        author=values.author,
        blocks=blocks,
        former=values.former,
    )


_NO_FRONT_MATTER = frontmatter.Table({}, {}, 1)
_TITLE_HINT = {
    ".txt": "write it on the first line",
    ".md": "start with a line `# …`, or write `title: …` in the front matter",
    ".html": "write <h1>…</h1>, or `title: …` in the front matter",
}


class _Values:
    """Front matter, checked value by value."""

    def __init__(self, table: frontmatter.Table, name: str) -> None:
        self.table = table
        self.name = name
        self.issues: list[Issue] = []
        self.title = self.source = self.url = self.author = ""
        self.date: dt.date | None = None
        self.former: tuple[str, ...] = ()
        self.draft = False
        self.lang = LANGUAGE

    def check(self) -> None:
        for key in self.table.values:
            if key not in KEYS:
                self._wrong(key, f"key {quoted(key)} is not known", _key_hint(key))
        self.title, self.source, self.author = self._text("title"), self._text("source"), self._text("author")
        self.url = self._text("url")
        if self.url and not (is_safe_address(self.url) and is_web_address(self.url)):
            self._wrong("url", f"url {quoted(self.url)} is not a web address", "write https://…")
        self.url = written_out(self.url)
        self.date = self._date()
        self.former = self._former()
        draft = self._text("draft").lower()
        if draft not in ("", "true", "false"):
            self._wrong("draft", f"draft {quoted(draft)} is neither true nor false", "write true or false")
        self.draft = draft == "true"
        self.lang = self._text("lang") or LANGUAGE
        if _LANGUAGE.fullmatch(self.lang) is None:
            self._wrong("lang", f"lang {quoted(self.lang)} is not a language code", "write ar, en, fr …")

    def _text(self, key: str) -> str:
        value = self.table.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, frontmatter.Text):
            self._wrong(key, f"{key} is a list or a table", f"write one value, as in `{key}: …`")
            return ""
        return " ".join(value.text.split())

    def _former(self) -> tuple[str, ...]:
        value = self.table.values.get("former")
        listed = value.items if isinstance(value, frontmatter.Items) else () if value is None else (value,)
        names = [each.text if isinstance(each, frontmatter.Text) else "" for each in listed]
        for name in names:
            if SLUG.fullmatch(name) is None:
                hint = "write the names that the file had before, without their endings, as in `former: [old-name]`"
                self._wrong("former", f"former name {quoted(name)} cannot be part of an address", hint)
        return tuple(dict.fromkeys(names))

    def _date(self) -> dt.date | None:
        written = self._text("date")
        try:
            if not written:
                return None
            if _DATE.fullmatch(written):
                return dt.date.fromisoformat(written)
        except ValueError:
            pass
        self._wrong("date", f"date {quoted(written)} is not a date", "write YYYY-MM-DD")
        return None

    def _wrong(self, key: str, message: str, hint: str) -> None:
        self.issues.append(error(self.name, self.table.lines[key], message, hint))


def _key_hint(key: str) -> str:
    close = difflib.get_close_matches(key.lower(), KEYS, n=1)
    return f"did you mean {close[0]}?" if close else f"the keys are {', '.join(KEYS)}"


def _blocks(suffix: str, title: str, body: str) -> tuple[Block, ...]:
    """The title's block and the text's; nothing where there is no title."""
    if suffix == ".txt":
        lines = [line.strip() for line in body.splitlines()]
        found = [Block("p", line) for line in lines if line]
        heading = 0 if found else None
    elif suffix == ".md":
        blocks, heading = markup.blocks_of_markdown(body)
        found = list(blocks)
    else:
        blocks, heading = markup.blocks_of_html(body)
        found = list(blocks)
        title = title or ("" if heading is not None else markup.title_of_html(body))
    if heading is not None and title in ("", found[heading].text):
        block = found.pop(heading)
        return (Block("title", block.text, block.inlines), *found)
    return (Block("title", title), *found) if title else ()
