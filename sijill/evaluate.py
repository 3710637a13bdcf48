"""How well readings agree with gold: the project's own figures, printed by a command and held by tests.

Ids of officials may differ between gold and readings, since new names get ids of their own: they are compared by how
they group mentions (B-cubed), and elsewhere by the majority of the mentions that they share.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sijill.gold import REQUIRED, Gold, Named, Related, Said
from sijill.model import Claim, Link, Reading, Statement
from sijill.settle import public_kind

__all__ = ["BODIES", "Evaluation", "Measure", "Pair", "evaluate", "table_lines"]

KINDS = ("round", "delegation", "official", "document")
QUALIFIERS: Mapping[str, tuple[str, ...]] = {
    "leads": ("round",),
    "member": ("round",),
    "meets": ("round",),
    "held": ("start", "end", "place"),
}
BODIES = ("arab-league", "european-union", "guarantor-states", "nato", "united-nations")
"""Organisations that gold must name by our ids, as it must states. Of other parties the id is not compared."""
MOSTLY = 0.5
"""Overlap of two spans that mean the same mention."""
IGNORED: Mapping[str, tuple[str, ...]] = {"official": ("person", "process"), "round": ("person", "process")}
"""Kinds of gold that a mention of this kind may touch without being false."""

Pair = tuple[Gold, Reading]
Span = tuple[int, int]


class Measure(NamedTuple):
    """Precision and recall of what was found; for a plain share of right answers the two are the same."""

    precision: float
    recall: float
    gold: int
    found: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Measures by name (`round`, `round identity`, `official role`, `statement`, `leads` …), and what went wrong."""

    measures: Mapping[str, Measure]
    errors: tuple[str, ...]
    """`article p3: missed round «…» (astana-11)`, by article and paragraph."""


def evaluate(pairs: Sequence[Pair], parties: Collection[str]) -> Evaluation:
    """All measures over these articles. `parties` are the ids that gold and readings share."""
    errors: list[_Error] = []
    names = _names_of(pairs)
    measures: dict[str, Measure] = {}
    for kind in KINDS:
        measures |= _mentions(kind, pairs, errors)
    measures |= _statements(pairs, names, parties, errors)
    for kind in REQUIRED:
        measures |= _relations(kind, pairs, names, parties, errors)
    return Evaluation(measures, tuple(str(one) for one in sorted(errors)))


def table_lines(measures: Mapping[str, Measure]) -> Iterator[str]:
    """The measures as a table for the terminal, without those that nothing was asked for."""
    yield f"{'':24}{'gold':>6}{'found':>7}{'P':>8}{'R':>8}{'F1':>8}"
    for name, one in measures.items():
        if one.gold or one.found:
            yield f"{name:24}{one.gold:6}{one.found:7}{one.precision:8.3f}{one.recall:8.3f}{one.f1:8.3f}"


class _Error(NamedTuple):
    article: str
    paragraph: int
    what: str

    def __str__(self) -> str:
        return f"{self.article} p{self.paragraph}: {self.what}"


def _measure(hits: int, gold: int, found: int) -> Measure:
    return Measure(hits / found if found else 0.0, hits / gold if gold else 0.0, gold, found)


def _share(right: Sequence[bool]) -> Measure:
    return _measure(sum(right), len(right), len(right))


def _overlap(one: Span, other: Span) -> float:
    """Shared code points over those of the longer span."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / max(one[1] - one[0], other[1] - other[0])


# --- mentions ---------------------------------------------------------------------------------------------------------


def _mentions(kind: str, pairs: Sequence[Pair], errors: list[_Error]) -> dict[str, Measure]:
    exact = _matched(kind, pairs, 1.0, errors)
    loose = _matched(kind, pairs, MOSTLY, [])
    measures = {
        kind: _measure(len(exact.pairs), exact.gold, exact.found),
        f"{kind} overlapping": _measure(len(loose.pairs), loose.gold, loose.found),
        f"{kind} identity": _grouped(loose.pairs) if kind == "official" else _identified(kind, loose.pairs, errors),
    }
    if kind == "official":
        titled = [(one, link) for one, link in loose.pairs if one.role]
        right = [one.role.split() == link.mention.role.split() for one, link in titled]
        measures["official role"] = _share(right)
        for (one, link), fit in zip(titled, right, strict=True):
            if not fit:
                what = f"wrong role of «{one.text}»: «{one.role}», read as «{link.mention.role}»"
                errors.append(_Error(link.mention.article, one.paragraph, what))
    return measures


class _Matched(NamedTuple):
    pairs: list[tuple[Named, Link]]
    gold: int
    found: int


def _matched(kind: str, pairs: Sequence[Pair], least: float, errors: list[_Error]) -> _Matched:
    """Gold and found mentions of one kind in pairs, best overlap first; what is optional counts on neither side."""
    matched, total, found_total = list[tuple[Named, Link]](), 0, 0
    for gold, reading in pairs:
        scored = [one for one in gold.mentions if one.kind == kind and not one.optional and not one.nominal]
        rest = [
            one
            for one in gold.mentions
            if one.kind in IGNORED.get(kind, ()) or one.kind == kind and (one.optional or one.nominal)
        ]
        found = [one for one in reading.links if public_kind(one) == kind and one.mention.form != "nominal"]
        grid = sorted(
            (-_overlap((one.start, one.end), _span_of(link)), i, j)
            for i, one in enumerate(scored)
            for j, link in enumerate(found)
            if one.paragraph == link.mention.paragraph
        )
        taken: dict[int, int] = {}
        for less, i, j in grid:
            if -less >= least and i not in taken and j not in taken.values():
                taken[i] = j
        false = [
            link
            for j, link in enumerate(found)
            if j not in taken.values()
            and not any(
                one.paragraph == link.mention.paragraph and _overlap((one.start, one.end), _span_of(link)) > 0
                for one in rest
            )
        ]
        matched += [(scored[i], found[j]) for i, j in taken.items()]
        total += len(scored)
        found_total += len(taken) + len(false)
        for i, one in enumerate(scored):
            if i not in taken:
                errors.append(_Error(gold.article.id, one.paragraph, f"missed {kind} «{one.text}» ({one.entity})"))
        for link in false:
            what = f"false {kind} «{link.mention.text}» ({link.entity or '?'})"
            errors.append(_Error(gold.article.id, link.mention.paragraph, what))
    return _Matched(matched, total, found_total)


def _span_of(link: Link) -> Span:
    return link.mention.start, link.mention.end


def _identified(kind: str, pairs: Sequence[tuple[Named, Link]], errors: list[_Error]) -> Measure:
    """The share of mentions with the right entity, where a reader can tell it."""
    told = [(one, link) for one, link in pairs if not one.entity.endswith("?")]
    for one, link in told:
        if one.entity != link.entity:
            what = f"wrong {kind} «{one.text}»: {one.entity}, read as {link.entity or '?'}"
            errors.append(_Error(link.mention.article, one.paragraph, what))
    return _share([one.entity == link.entity for one, link in told])


def _grouped(pairs: Sequence[tuple[Named, Link]]) -> Measure:
    """B-cubed: how well mentions of one person stand together, and only they. One without an entity stands alone."""
    gold, found = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for number, (one, link) in enumerate(pairs):
        gold[one.entity].add(number)
        found[link.entity or f"?{number}"].add(number)
    precision = recall = 0.0
    for number, (one, link) in enumerate(pairs):
        theirs = found[link.entity or f"?{number}"]
        both = len(gold[one.entity] & theirs)
        precision += both / len(theirs)
        recall += both / len(gold[one.entity])
    count = len(pairs)
    return Measure(precision / count, recall / count, count, count) if count else _share([])


def _names_of(pairs: Sequence[Pair]) -> Callable[[str | None], str | None]:
    """Gold's id for an official of the readings: that of most mentions that they share."""
    votes = defaultdict[str, Counter[str]](Counter)
    for gold, reading in pairs:
        people = [one for one in gold.mentions if one.kind in ("official", "person")]
        for link in reading.links:
            if link.mention.kind == "official" and link.entity:
                for one in people:
                    same = one.paragraph == link.mention.paragraph
                    if same and _overlap((one.start, one.end), _span_of(link)) >= MOSTLY:
                        votes[link.entity][one.entity] += 1
    names = {entity: counted.most_common(1)[0][0] for entity, counted in votes.items()}
    return lambda entity: names.get(entity, entity) if entity is not None else None


# --- statements and relations -----------------------------------------------------------------------------------------


def _statements(
    pairs: Sequence[Pair], names: Callable[[str | None], str | None], parties: Collection[str], errors: list[_Error]
) -> dict[str, Measure]:
    people = {one.entity for gold, _ in pairs for one in gold.mentions if one.kind == "official"}
    hits, total, found, right = 0, 0, 0, list[bool]()
    for gold, reading in pairs:
        left = list(reading.statements)
        for said in sorted(gold.statements, key=lambda one: one.optional):
            total += not said.optional
            match = next((one for one in left if _same_verb(said, one)), None)
            if match is not None:
                left.remove(match)
            if said.optional:
                continue
            if match is None:
                errors.append(_Error(gold.article.id, said.paragraph, f"missed statement «{said.verb}»"))
                continue
            hits += 1
            if said.speaker in people or said.speaker in parties:
                right.append(names(match.speaker) == said.speaker)
                if not right[-1]:
                    what = f"wrong speaker of «{said.verb}»: {said.speaker}, read as {match.speaker or '?'}"
                    errors.append(_Error(gold.article.id, said.paragraph, what))
        found += len(left)
        for one in left:
            what = f"false statement «{one.verb.quote}» ({one.speaker or '?'})"
            errors.append(_Error(gold.article.id, one.verb.paragraph, what))
    return {"statement": _measure(hits, total, hits + found), "speaker": _share(right)}


def _same_verb(said: Said, one: Statement) -> bool:
    verb = one.verb
    return verb.paragraph == said.paragraph and _overlap((said.start, said.end), (verb.start, verb.end)) >= MOSTLY


def _relations(
    kind: str,
    pairs: Sequence[Pair],
    names: Callable[[str | None], str | None],
    parties: Collection[str],
    errors: list[_Error],
) -> dict[str, Measure]:
    hits, total, found_total, details = 0, 0, 0, list[bool]()
    for gold, reading in pairs:
        rows = [row for row in gold.relations if row.type == kind]
        loose = {_key(row.type, row.fields.get) for row in rows if _is_loose(row, parties)}
        wanted = {_key(kind, row.fields.get): row for row in reversed(rows) if not _is_loose(row, parties)}
        claims = [claim for claim in reading.claims if claim.prop == kind]
        found = {_key(kind, _named(claim, names)): claim for claim in reversed(claims)}
        known = {key[0] for key in loose} if kind == "affiliation" else set[str]()
        found = {
            key: claim for key, claim in found.items() if key not in loose and (key in wanted or key[0] not in known)
        }
        both = wanted.keys() & found.keys()
        hits, total, found_total = hits + len(both), total + len(wanted), found_total + len(found)
        for key in sorted(both):
            details += _details(gold.article.id, wanted[key], found[key], errors)
        for key in wanted.keys() - both:
            errors.append(_Error(gold.article.id, wanted[key].paragraph, f"missed {kind} {', '.join(key)}"))
        for key in found.keys() - both:
            evidence = found[key].evidence
            what = f"false {kind} {', '.join(key)}: «{evidence.quote}»"
            errors.append(_Error(gold.article.id, evidence.paragraph, what))
    measures = {kind: _measure(hits, total, found_total)}
    return measures | {f"{kind} details": _share(details)} if kind in QUALIFIERS else measures


def _key(kind: str, value: Callable[[str], str | None]) -> tuple[str, ...]:
    values = [str(value(name)) for name in REQUIRED[kind]]
    return tuple(sorted(values)) if kind == "meets" else tuple(values)


def _named(claim: Claim, names: Callable[[str | None], str | None]) -> Callable[[str], str | None]:
    """A claim's fields with gold's ids."""
    return lambda name: names(claim.get(name))


def _is_loose(row: Related, parties: Collection[str]) -> bool:
    """Neither rewarded nor punished: optional, of a round that nobody can tell, or of a party without a shared id."""
    unknown = any(row.fields[name].endswith("?") for name in REQUIRED[row.type])
    return row.optional or unknown or row.type == "affiliation" and row.fields["party"] not in parties


def _details(article: str, row: Related, claim: Claim, errors: list[_Error]) -> Iterator[bool]:
    """Whether each of gold's qualifying fields is as claimed."""
    for name in QUALIFIERS.get(row.type, ()):
        value = row.fields.get(name, "")
        if value and not value.endswith("?"):
            if claim.get(name) != value:
                what = f"wrong {name} of {row.type} {', '.join(_key(row.type, row.fields.get))}: {value}"
                errors.append(_Error(article, row.paragraph, f"{what}, read as {claim.get(name) or '?'}"))
            yield claim.get(name) == value
