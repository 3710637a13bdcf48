"""What one article was read as, laid out for an editor in a terminal: every mention, statement and claim, with why.

Separate from the pages, which show what the archive knows: this shows one reading, also what it left open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sijill.model import Article, Claim, Kind, Link, Overruled, Reading, Statement

__all__ = ["PLAIN", "Style", "explained"]

COLOURS: Mapping[str, str] = {
    "process": "36",
    "round": "34",
    "delegation": "32",
    "official": "35",
    "document": "33",
    "open": "31",
    "label": "2",
    "title": "1",
}
"""Codes of a terminal's colours."""
INDENT = " " * 5


class Style(NamedTuple):
    """How words are marked where they are shown."""

    colour: bool
    isolate: bool
    """Arabic within a line of Latin words stands between FSI and PDI, so that a terminal keeps the order of the rest.
    Never in a pipe: what is searched for there must be what was written."""

    def paint(self, text: str, what: str) -> str:
        """The text in the colour of what it is."""
        return f"\x1b[{COLOURS[what]}m{text}\x1b[0m" if self.colour and text else text

    def quoted(self, text: str) -> str:
        """Words of the article within a line."""
        return self.isolated(f"«{text}»")

    def isolated(self, text: str) -> str:
        """Words that keep their own direction; those of ASCII have the line's own."""
        return f"\u2068{text}\u2069" if self.isolate and not text.isascii() else text


PLAIN = Style(colour=False, isolate=False)


def explained(
    article: Article,
    reading: Reading,
    held: tuple[Link, ...],
    overruled: tuple[Overruled, ...],
    present: Mapping[str, str],
    style: Style,
) -> Iterator[str]:
    """The lines: the article's text with its mentions in brackets, and under each paragraph what was read in it.
    `held` are the mentions that are not sure enough to be published, `overruled` what editors say of the reading, and
    `present` whom they say an id to be."""
    links, rows = defaultdict[int, list[Link]](list), defaultdict[int, list[str]](list)
    for label, some in (("mention", reading.links), ("held back", held)):
        for link in some:
            links[link.mention.paragraph].append(link)
            rows[link.mention.paragraph].append(_mention(label, link, present, style))
    for statement in reading.statements:
        rows[statement.verb.paragraph].append(_statement(statement, style))
    for claim in reading.claims:
        rows[claim.evidence.paragraph].append(_claim(claim, style))
    for one in overruled:
        rows[one.place.paragraph].append(_overruled(one, style))
    yield _head(article, reading, len(held))
    for number, block in enumerate(article.blocks):
        yield ""
        text = _marked(block.text, links[number], style)
        yield f"{number:3}  {style.isolated(style.paint(text, 'title') if block.kind == 'title' else text)}"
        yield from rows[number]
    yield from _open(reading.links, style)


def _head(article: Article, reading: Reading, held: int) -> str:
    day = reading.date.isoformat() if reading.date else "no date"
    worked_out = f" (why {reading.date_why})" if reading.date_why else ""
    counts = f"{len(reading.links)} mentions, {len(reading.statements)} statements, {len(reading.claims)} claims"
    back = f", {held} held back" if held else ""
    return f"{article.path}: {day}{worked_out}, {reading.words} words, {counts}{back}"


def _marked(text: str, links: Iterable[Link], style: Style) -> str:
    parts, at = [], 0
    for link in sorted(links, key=lambda one: one.mention.start):
        mention = link.mention
        parts += [text[at : mention.start], style.paint(f"[{mention.text}]", _colour(link))]
        at = mention.end
    return "".join([*parts, text[at:]])


def _colour(link: Link) -> str:
    return link.mention.kind if link.entity is not None else "open"


def _mention(label: str, link: Link, present: Mapping[str, str], style: Style) -> str:
    mention = link.mention
    role = [f"role {style.quoted(mention.role)}"] if mention.role else []
    reason = [f"why {link.why}"] if link.why else []
    what = style.paint(f"{mention.kind} {link.entity or '?'}", _colour(link))
    if link.entity is not None and link.entity in present:
        what += f" (by an editor: {present[link.entity]})"
    found = f"{mention.origin} {mention.score:.2f}"
    return _row(label, (what, style.quoted(mention.text), mention.form, *role, found, *reason), style)


def _statement(statement: Statement, style: Style) -> str:
    who = style.paint(statement.speaker or "?", "official" if statement.speaker else "open")
    named = [f"named {style.quoted(statement.speaker_text)}"] if statement.speaker_text else []
    how = "direct" if statement.direct else "indirect"
    return _row("statement", (who, style.quoted(statement.verb.quote), how, *named, statement.verb.origin), style)


def _claim(claim: Claim, style: Style) -> str:
    values = " ".join(f"{name}={style.isolated(value)}" for name, value in claim.fields if value)
    reason = [f"why {claim.why}"] if claim.why else []
    source = [f"said by {claim.said_by}"] if claim.said_by else []
    evidence = claim.evidence
    return _row(
        "claim", (f"{claim.prop} {values}", style.quoted(evidence.quote), *source, evidence.origin, *reason), style
    )


def _overruled(one: Overruled, style: Style) -> str:
    row = one.correction
    what = f"{row.claim} {row.field}" if row.claim is not None else "mention"
    read, right = (style.isolated(value) if value is not None else "nothing" for value in (one.read, row.right))
    verdict = f"{what} {read}" if one.read == row.right else f"{what} {read} -> {right}"
    why = [style.quoted(row.note)] if row.note else []
    label = "confirmed" if one.read == row.right else "corrected"
    return _row(label, (verdict, style.quoted(one.words), f"by {style.isolated(row.by)} on {row.on}", *why), style)


def _row(label: str, parts: Iterable[str], style: Style) -> str:
    return f"{INDENT}{style.paint(f'{label:10}', 'label')}{' · '.join(parts)}"


def _open(links: Iterable[Link], style: Style) -> Iterator[str]:
    """What could not be told, all in one place."""
    waiting = [link for link in links if link.entity is None]
    if waiting:
        yield ""
        yield f"left open: {_counted(waiting)}"
    for link in waiting:
        what = style.paint(f"{link.mention.kind} ?", "open")
        where = f"paragraph {link.mention.paragraph}"
        yield _row("open", (what, style.quoted(link.mention.text), where, f"why {link.why or 'not told'}"), style)


def _counted(links: Iterable[Link]) -> str:
    counts = defaultdict[Kind, int](int)
    for link in links:
        counts[link.mention.kind] += 1
    return ", ".join(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in counts.items())
