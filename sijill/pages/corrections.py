"""What editors made of one article's readings, beside what was read: nothing that was overruled is lost."""

from __future__ import annotations

import datetime as dt

from ..corrected import changed
from ..model import Claim, Fields, Link, Overruled, Reading
from ..safe import Html, escape, isolated, join, ltr, prose
from .dates import Dates
from .facts import value_of
from .site import Site

__all__ = ["reviewed"]

MOST = 200


def reviewed(site: Site, reading: Reading, dates: Dates) -> list[dict[str, object]]:
    """A row for each reading that was corrected or confirmed; the same words and value once."""
    rows: dict[object, Overruled] = {}
    for one in reading.overruled:
        rows.setdefault((one.correction, one.words, one.was.fields if isinstance(one.was, Claim) else one.read), one)
    return [_row(site, one, dates) for one in list(rows.values())[:MOST]]


def _row(site: Site, one: Overruled, dates: Dates) -> dict[str, object]:
    strings = site.strings
    row, was = one
    if isinstance(was, Link):
        label = strings(f"kind.{was.mention.kind}.one")
        read, right = _entity(site, one.read), _entity(site, row.right, "correction.nobody")
    else:
        label = strings.find(f"prop.{was.prop}.any") or strings("prop.other")
        now = changed(was.prop, was.fields, {row.field: row.right})
        read = _said(site, was, was.fields, dates)
        right = _said(site, was, now, dates) if now else escape(strings("correction.unsaid"))
    confirmed = one.read == row.right
    return {
        "label": label,
        "words": one.words,
        "href": f"#{one.place.sentence.anchor}",
        "tag": strings("correction.confirmed" if confirmed else "correction.corrected"),
        "read": read,
        "right": "" if confirmed else right,
        "note": prose(row.note),
        "signed": join([isolated(row.by), _day(row.on, dates)], strings("fact.comma")),
    }


def _entity(site: Site, id: str | None, nothing: str = "correction.nothing") -> Html:
    """Whom words name; an id that has no page any more is shown as it is."""
    return escape(site.strings(nothing)) if id is None else site.link(id)


def _said(site: Site, claim: Claim, fields: Fields, dates: Dates) -> Html:
    """A claim's whole value, its subject first."""
    return value_of(site, claim.prop, fields, "", dates)


def _day(on: str, dates: Dates) -> Html:
    """The day of the decision; an editor may have written it in another way."""
    try:
        return dates.one(dt.date.fromisoformat(on).isoformat())
    except ValueError:
        return ltr(on) if on.isascii() else escape(on)
