"""What pages tell machines of themselves, in the words of schema.org (JSON-LD).

Separate because one rule holds for all of it: nothing stands here that an article or the registry does not state, so a
value that sources dispute is left out unless the registry gives it. Lists are bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from ..exports import LICENCE
from ..model import Claim, Entity, Fact, Reading
from ..urls import article_url
from .site import Site, held

__all__ = ["breadcrumbs", "claims_of", "dataset", "event", "news_article", "organization", "person", "thing"]

Data = dict[str, object]

MOST = 40
MOST_CLAIMS = 20
"""Also of names in an article. The data files have the rest."""
MOST_NAMES = 8
MOST_ROLES = 12

_TYPES = {"official": "Person", "delegation": "Organization", "round": "Event", "process": "EventSeries"}


def thing(site: Site, entity: Entity) -> Data:
    """What holds for all kinds: type, name, address, name in Latin letters."""
    data = _named(site, entity)
    data["url"] = data["@id"]
    if entity.latin:
        data["alternateName"] = entity.latin
    return data


def event(site: Site, round: Entity, process: Entity | None) -> Data:
    """A round: when and where it was held, in which process, and who came."""
    data = thing(site, round)
    when, where = held(round, "start"), held(round, "place")
    if when is not None and _undisputed(when):
        data["startDate"] = when.get("start")
        if when.get("end"):
            data["endDate"] = when.get("end")
    if where is not None and _undisputed(where):
        data["location"] = {"@type": "Place", "name": site.place(where.get("place") or "")}
    if process is not None:
        data["superEvent"] = _named(site, process)
    guests = dict.fromkeys(
        fact.get("who") or "" for fact in round.facts if fact.prop == "attends" and fact.get("round") == round.id
    )
    found = [_named(site, entity) for id in guests if (entity := site.archive.entities.get(id)) is not None]
    return data | ({"attendee": found[:MOST]} if found else {})


def organization(site: Site, delegation: Entity) -> Data:
    """A delegation and who led it, each time with the round's days."""
    data = thing(site, delegation)
    facts = [fact for fact in _headships(site, delegation) if fact.get("delegation") == delegation.id]
    heads = [_headship(site, fact, "member", fact.get("official") or "") for fact in facts]
    return data | ({"member": heads} if heads else {})


def person(site: Site, official: Entity, title: str, party: str) -> Data:
    """An official: names, offices with their dates, whose official it is, and the delegations led."""
    data = thing(site, official)
    names = dict.fromkeys((official.latin, *(text for text, _ in official.variants[:MOST_NAMES])))
    if found := [name for name in names if name and name != official.name]:
        data["alternateName"] = found
    dated = [fact for fact in official.facts if fact.prop == "role" and (fact.get("start") or fact.get("end"))]
    titles: list[object] = [_with_days("Role", fact, jobTitle=fact.get("title")) for fact in dated[:MOST_ROLES]]
    if title and title not in (fact.get("title") for fact in dated[:MOST_ROLES]):
        titles.insert(0, title)
    if titles:
        data["jobTitle"] = titles
    if party and (name := site.parties.get(party) or site.name(party)) != party:
        data["affiliation"] = {"@type": "Organization", "name": name}
    facts = [fact for fact in _headships(site, official) if fact.get("official") == official.id]
    roles = [_headship(site, fact, "memberOf", fact.get("delegation") or "") for fact in facts]
    return data | ({"memberOf": roles} if roles else {})


def news_article(site: Site, reading: Reading, day: str, language: str) -> Data:
    """An article in `language`. `day` is empty where only its own words give the day."""
    address = site.absolute(article_url(reading.article))
    data: Data = {"@type": "NewsArticle", "@id": address, "headline": reading.title, "url": address}
    data["inLanguage"] = language
    data["isPartOf"] = {"@type": "Dataset", "@id": site.absolute("/"), "name": site.config.title}
    if day:
        data["datePublished"] = day
    if reading.source:
        data["publisher"] = {"@type": "Organization", "name": reading.source}
    if reading.author:
        data["author"] = {"@type": "Person", "name": reading.author}
    if reading.url:
        data["sameAs"] = reading.url
    entities = site.archive.entities
    named = dict.fromkeys(link.entity for link in reading.links if link.entity in entities)
    papers = [id for id in named if id is not None and entities[id].kind == "document"]
    if papers:
        data["citation"] = [_named(site, entities[id]) for id in papers[:MOST_CLAIMS]]
    mentioned = [_named(site, entities[id]) for id in islice(named, MOST_CLAIMS) if id is not None]
    return data | ({"mentions": mentioned} if mentioned else {})


def claims_of(site: Site, reading: Reading) -> list[Data]:
    """What an article says, each with the sentence that says so and whose word it is."""
    address = site.absolute(article_url(reading.article))
    return [_claim(site, reading, address, claim) for claim in reading.claims[:MOST_CLAIMS]]


def dataset(site: Site, url: str, files: Sequence[Mapping[str, object]], version: str = "") -> Data:
    """The archive as data. `files` have `path` and `media_type`, and may have `bytes` and `sha256`."""
    downloads = []
    for file in files:
        one: Data = {"@type": "DataDownload", "contentUrl": site.absolute(f"/data/{file['path']}")}
        one["encodingFormat"] = file["media_type"]
        if "bytes" in file:
            one |= {"contentSize": f"{file['bytes']} B", "sha256": file["sha256"]}
        downloads.append(one)
    data: Data = {
        "@type": "Dataset",
        "@id": site.absolute("/"),
        "name": site.config.title,
        "url": site.absolute(url),
        "inLanguage": site.config.language,
        "license": f"https://spdx.org/licenses/{LICENCE}.html",
        "isAccessibleForFree": True,
        "distribution": downloads,
    }
    if site.config.tagline:
        data["description"] = site.config.tagline
    return data | ({"version": version} if version else {})


def breadcrumbs(site: Site, trail: Iterable[tuple[str, str]]) -> Data:
    """The way from the home page to a page, itself included."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": {"@id": site.absolute(address)}}
        for number, (name, address) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _named(site: Site, entity: Entity) -> Data:
    kind = _TYPES.get(entity.kind, "CreativeWork")
    return {"@type": kind, "@id": site.addresses[entity.id], "name": entity.name}


def _undisputed(fact: Fact) -> bool:
    return bool(fact.records) or not fact.against


def _headships(site: Site, entity: Entity) -> list[Fact]:
    """Who led which delegation in which round, in the order of the rounds; only where both have pages."""
    known = site.archive.entities
    facts = [
        fact
        for fact in entity.facts
        if fact.prop == "leads"
        and fact.get("official") in known
        and fact.get("delegation") in known
        and fact.get("round") in known
        and _undisputed(fact)
    ]
    facts.sort(key=lambda fact: site.order.get(fact.get("round") or "", -1))
    return facts[-MOST_ROLES:]


def _headship(site: Site, fact: Fact, name: str, other: str) -> Data:
    entities = site.archive.entities
    role: Data = {"@type": "OrganizationRole", "roleName": site.strings("prop.leads.delegation")}
    role[name] = _named(site, entities[other])
    when = held(entities[fact.get("round") or ""], "start")
    if when is not None and _undisputed(when):
        role["startDate"] = when.get("start")
        role["endDate"] = when.get("end") or when.get("start")
    return role


def _with_days(kind: str, fact: Fact, **values: object) -> Data:
    days = {name: day for name, key in (("startDate", "start"), ("endDate", "end")) if (day := fact.get(key))}
    return {"@type": kind, **values, **days}


def _claim(site: Site, reading: Reading, address: str, claim: Claim) -> Data:
    quote = claim.evidence
    appearance = {"@type": "CreativeWork", "url": f"{address}#{quote.sentence.anchor}"}
    data: Data = {"@type": "Claim", "text": quote.quote, "appearance": appearance}
    addresses = site.addresses
    if about := [{"@id": addresses[value]} for _, value in claim.fields if value in addresses]:
        data["about"] = about
    if not claim.said_by:
        if reading.source:
            data["author"] = {"@type": "Organization", "name": reading.source}
        return data
    party, entity = site.parties.get(claim.said_by), site.archive.entities.get(claim.said_by)
    if party is not None:
        data["author"] = {"@type": "Organization", "name": party}
    elif entity is not None:
        data["author"] = _named(site, entity)
    return data
