"""Names that articles use and no record holds, each with the record that could be written; those of parties that are
named only in loaded words are asked for by themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from sijill.arabic.text import fold, language_data, words_of
from sijill.model import Archive, Claim, Correction, Entity, EntityId, Fact, Link, Reading, Registry
from sijill.review.item import Decision, Item, NewRecord, Words, best_of, words_of_claim, words_of_mention
from sijill.review.latin import id_of, latin_of, latin_parts
from sijill.slugs import taken

__all__ = ["most_said", "nameless"]

MOST_VARIANTS = 12
ARTICLE = "ال"


def nameless(
    archive: Archive, registry: Registry, corrections: Sequence[Correction], parties: Mapping[str, str]
) -> Iterator[Item]:
    """A question for each provisional entity but those that an editor keeps as they are, and for loaded parties."""
    readings = {reading.article: reading for reading in archive.readings}
    kept = {archive.aliases.get(row.read, row.read) for row in corrections if row.read and _stays(row)}
    loaded = _loaded(archive, kept)
    free = _Free(archive, latin_parts(registry.of("official")))
    for entity in archive.entities.values():
        if entity.record is None and entity.id not in kept and entity.id not in loaded:
            yield _name(entity, readings, free, parties)
    for party, said in sorted(loaded.items()):
        yield _loaded_item(party, said, archive.entities.get(party), readings, parties)


def _stays(row: Correction) -> bool:
    """Whether an editor leaves an id as it is, wherever it is read."""
    return row.read == row.right and not row.article and not row.words


def most_said(facts: Iterable[Fact], prop: str, field: str) -> tuple[str, Claim | None]:
    """The value of a field that most claims state, with one of them; empty where none does."""
    found = [fact for fact in facts if fact.prop == prop and fact.claims and fact.get(field)]
    best = min(found, key=lambda fact: (-len(fact.claims), fact.fields), default=None)
    return ("", None) if best is None else (best.get(field) or "", best.claims[0])


def _name(entity: Entity, readings: Mapping[str, Reading], free: _Free, parties: Mapping[str, str]) -> Item:
    mention = best_of(entity.links)
    articles = len({link.mention.article for link in entity.links})
    record = _record(entity, readings, free, parties)
    return Item(
        kind="name",
        subject=(entity.id,),
        shown=(entity.name,),
        why=f"{entity.kind} that {_counted(articles, 'article')} name{'s' * (articles == 1)} and no record holds",
        score=max((link.mention.score for link in entity.links), default=0.0),
        gain=len(entity.links),
        evidence=() if mention is None else (words_of_mention(mention, readings),),
        accept=Decision("write the record", record),
        reject=Decision(f"this is no {entity.kind}", rows=(_row(entity.id, None),)),
        keep=Decision("it stays without a record", rows=(_row(entity.id, entity.id),)),
    )


def _row(read: str, right: str | None) -> Correction:
    return Correction(read, right, by="", on="")


def _record(entity: Entity, readings: Mapping[str, Reading], free: _Free, parties: Mapping[str, str]) -> NewRecord:
    forms = Counter(link.mention.text for link in entity.links if link.mention.form == "full")
    variants = [text for text, _ in forms.most_common() if len(text.split()) > 1 and text != entity.name]
    if entity.kind != "official":
        name = _delegation(entity.id, entity.name, parties) if entity.kind == "delegation" else entity.name
        return NewRecord(entity.kind, entity.id, name, variants=_but(variants, name))
    latin = latin_of(entity.name, free.parts)
    id = free.of(id_of(latin), entity.id)
    role, claim = most_said(entity.facts, "role", "title")
    return NewRecord(
        "official",
        id,
        entity.name,
        latin,
        party=most_said(entity.facts, "affiliation", "party")[0],
        variants=_but(variants, entity.name),
        aliases=(entity.id,) if id != entity.id else (),
        role=role,
        source=_source(readings[claim.evidence.article]) if claim is not None else "",
    )


def _but(variants: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in variants if text != name))[:MOST_VARIANTS]


def _delegation(id: EntityId, name: str, parties: Mapping[str, str]) -> str:
    """What a delegation is called in its record: by its party, where that is known by name."""
    form: str = language_data("review")["delegation"]
    return form.format(party=parties[id]) if id in parties else name


def _source(reading: Reading) -> str:
    """Where an article can be found: its address, else who published it and when."""
    told = (reading.source or f"«{reading.title}»", reading.date.isoformat() if reading.date else "")
    return reading.url or "، ".join(part for part in told if part)


class _Free:
    """Ids that can be had, and how the registry writes names."""

    def __init__(self, archive: Archive, parts: Mapping[str, str]) -> None:
        self.used = {*archive.entities, *archive.aliases}
        self.parts = parts

    def of(self, wanted: str, id: EntityId) -> EntityId:
        """The wanted id, if nothing has it; else the provisional one."""
        return wanted if wanted and wanted not in self.used and not taken(wanted) else id


# --- loaded names -----------------------------------------------------------------------------------------------------


class _Said:
    """How a party without a record is named in loaded words."""

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()
        self.links: list[Link] = []
        self.claims: list[Claim] = []


def _loaded(archive: Archive, kept: Collection[str | None]) -> dict[EntityId, _Said]:
    """By party: delegations named in loaded words, and offices whose words name their party so."""
    found: defaultdict[EntityId, _Said] = defaultdict(_Said)
    for entity in archive.of("delegation"):
        if entity.record is None:
            for link in entity.links:
                if is_loaded(link.mention.text):
                    found[entity.id].forms[link.mention.text] += 1
                    found[entity.id].links.append(link)
    for reading in archive.readings:
        for claim in reading.claims:
            party = claim.get("party") if claim.prop == "affiliation" else None
            named = archive.entities.get(party or "")
            held = named is not None and named.record is not None
            if party and not held and is_loaded(claim.evidence.quote):
                found[party].forms[claim.evidence.quote] += 1
                found[party].claims.append(claim)
    return {party: said for party, said in found.items() if party not in kept}


def _loaded_item(
    party: EntityId,
    said: _Said,
    entity: Entity | None,
    readings: Mapping[str, Reading],
    parties: Mapping[str, str],
) -> Item:
    evidence: tuple[Words, ...]
    if said.links:
        evidence = (words_of_mention(said.links[0].mention, readings),)
    else:
        evidence = (words_of_claim(said.claims[0], readings),)
    neutral = _delegation(party, entity.name if entity is not None else party, parties)
    forms = [text for text, _ in said.forms.most_common() if text in {link.mention.text for link in said.links}]
    stays = _row(party, party) if entity is not None else Correction(
        party, party, by="", on="", claim="affiliation", field="party"
    )  # fmt: skip
    return Item(
        kind="loaded",
        subject=(party,),
        shown=tuple(said.forms)[:3],
        why=f"{_counted(sum(said.forms.values()), 'place')} with loaded words for a party that no record names",
        score=0.9,
        gain=sum(said.forms.values()),
        evidence=evidence,
        accept=Decision("write the record", NewRecord("delegation", party, neutral, variants=_but(forms, neutral))),
        reject=Decision("it stays as it is", rows=(stays,)),
    )


def is_loaded(text: str) -> bool:
    """Whether the text takes a side."""
    words = words_of(text).words
    return not _loaded_words().isdisjoint((*words, *(word.removeprefix(ARTICLE) for word in words)))


@cache
def _loaded_words() -> frozenset[str]:
    return frozenset(fold(word) for word in language_data("review")["loaded"])


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
