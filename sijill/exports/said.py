"""Rows of what articles say, a function for each JSON Lines file. The fields of a row are listed here alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sijill.exports.written import Row
from sijill.facts import FIELDS
from sijill.model import Reading
from sijill.settle import public_kind
from sijill.urls import article_url

__all__ = ["ROWS"]


def mention_rows(reading: Reading) -> Iterator[Row]:
    """Every mention, also those of which the article does not say whose they are (`entity` null)."""
    page = article_url(reading.article)
    for link in reading.links:
        mention = link.mention
        anchor = mention.sentence.anchor
        yield {
            "article": mention.article,
            "paragraph": mention.paragraph,
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "kind": public_kind(link),
            "entity": link.entity,
            "role": mention.role,
            "form": mention.form,
            "origin": mention.origin,
            "why": link.why,
            "score": mention.score,
            "sentence": anchor,
            "url": f"{page}#{anchor}",
        }


def statement_rows(reading: Reading) -> Iterator[Row]:
    """Every act of saying; `text` is the verb."""
    page = article_url(reading.article)
    for statement in reading.statements:
        verb = statement.verb
        yield {
            "article": verb.article,
            "paragraph": verb.paragraph,
            "start": verb.start,
            "end": verb.end,
            "text": verb.quote,
            "speaker": statement.speaker,
            "speaker_text": statement.speaker_text,
            "direct": statement.direct,
            "origin": verb.origin,
            "sentence": verb.sentence.anchor,
            "url": f"{page}#{verb.sentence.anchor}",
        }


def claim_rows(reading: Reading) -> Iterator[Row]:
    """Every claim. `start` and `end` are a round's dates; where the quote stands is `quote_start` and `quote_end`."""
    page = article_url(reading.article)
    for claim in reading.claims:
        quote = claim.evidence
        yield {
            "article": quote.article,
            "paragraph": quote.paragraph,
            "type": claim.prop,
            **dict.fromkeys(FIELDS[claim.prop]),
            **dict(claim.fields),
            "quote": quote.quote,
            "quote_start": quote.start,
            "quote_end": quote.end,
            "why": claim.why,
            "said_by": claim.said_by,
            "origin": quote.origin,
            "sentence": quote.sentence.anchor,
            "url": f"{page}#{quote.sentence.anchor}",
        }


def correction_rows(reading: Reading) -> Iterator[Row]:
    """Every reading that an editor corrected or confirmed, as it was read; what is right is in force elsewhere."""
    page = article_url(reading.article)
    for one in reading.overruled:
        row, place = one.correction, one.place
        yield {
            "article": reading.article,
            "paragraph": place.paragraph,
            "start": place.start,
            "end": place.end,
            "text": one.words,
            "claim": row.claim or "",
            "field": row.field,
            "read": one.read,
            "right": row.right,
            "by": row.by,
            "on": row.on,
            "note": row.note,
            "origin": place.origin,
            "sentence": place.sentence.anchor,
            "url": f"{page}#{place.sentence.anchor}",
        }


def sentence_rows(reading: Reading) -> Iterator[Row]:
    """Every sentence that a row of this article rests on, once, in the order of the text."""
    page = article_url(reading.article)
    resting = {link.mention.sentence.anchor: link.mention.sentence for link in reading.links}
    resting |= {claim.evidence.sentence.anchor: claim.evidence.sentence for claim in reading.claims}
    resting |= {one.verb.sentence.anchor: one.verb.sentence for one in reading.statements}
    resting |= {one.place.sentence.anchor: one.place.sentence for one in reading.overruled}
    for sentence in sorted(resting.values(), key=lambda one: (one.paragraph, one.start)):
        yield {
            "article": reading.article,
            "paragraph": sentence.paragraph,
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
            "sentence": sentence.anchor,
            "url": f"{page}#{sentence.anchor}",
        }


ROWS: Mapping[str, Callable[[Reading], Iterator[Row]]] = {
    "mentions": mention_rows,
    "statements": statement_rows,
    "claims": claim_rows,
    "corrections": correction_rows,
    "sentences": sentence_rows,
}
