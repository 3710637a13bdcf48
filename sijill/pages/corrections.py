"""What editors made of readings and of identities, beside what was read: nothing that was overruled is lost."""

from __future__ import annotations

import datetime as dt

from ..corrected import changed
from ..model import Claim, Correction, EntityId, Fields, Judgement, Link, Overruled, Reading
from ..safe import Html, escape, isolated, join, ltr, prose
from .dates import Dates
from .facts import value_of
from .frame import fill
from .site import Site

__all__ = ["judged", "reviewed"]

MOST = 200


def reviewed(site: Site, reading: Reading, dates: Dates) -> list[dict[str, object]]:
    """A row for each reading that was corrected or confirmed; the same words and value once."""
    rows: dict[object, Overruled] = {}
    for one in reading.overruled:
        rows.setdefault((one.correction, one.words, one.was.fields if isinstance(one.was, Claim) else one.read), one)
    return [_row(site, one, dates) for one in list(rows.values())[:MOST]]


def judged(site: Site, entity: EntityId, dates: Dates) -> list[dict[str, object]]:
    """A row for each judgement on who this is, and who not."""
    found = site.archive.judgements.get(entity, ())
    return [_judgement(site, one, entity, dates) for one in found[:MOST]]


def _judgement(site: Site, one: Judgement, entity: EntityId, dates: Dates) -> dict[str, object]:
    """Ids that are one, which were read as two; or whom this is not, which was read so too."""
    strings = site.strings
    if one.same:
        right = fill(site, "judgement.same", left=ltr(one.left), right=ltr(one.right))
    else:
        ids = (site.archive.aliases.get(id, id) for id in (one.left, one.right))
        right = fill(site, "judgement.apart", other=site.link(next(id for id in ids if id != entity)))
    return {
        "right": right,
        "read": strings("judgement.two") if one.same else "",
        "tag": strings("correction.corrected" if one.same else "correction.confirmed"),
        **_signature(site, one, dates),
    }


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
        **_signature(site, row, dates),
    }


def _signature(site: Site, row: Correction | Judgement, dates: Dates) -> dict[str, object]:
    """Who decided, when, and why."""
    signed = join([isolated(row.by), _day(row.on, dates)], site.strings("fact.comma"))
    return {"note": prose(row.note), "signed": signed}


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
