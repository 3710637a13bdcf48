"""What the pages of all five kinds share: head, summary, facts, sentences, names, and what stands together with it.

Each kind has its own module that adds its lede, its summary and what only it shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ..model import KINDS, Entity, Fact, Mention, Page, Statement
from ..safe import Html, Span, element, escape, isolated, join, latin, ltr, marked, prose
from ..urls import STATEMENTS, listing_url, url_of
from .cite import Cited, citation
from .corrections import judged
from .dates import Dates
from .facts import Notes, fact_groups, number_facts, value_of
from .feeds import FED, feed_of
from .frame import fill, page
from .quotes import PER_PAGE, entity_pager, quote_groups, source_line
from .site import Site, sort_key

__all__ = [
    "MOST_STATEMENTS",
    "Box",
    "Parts",
    "cited",
    "entity_page",
    "fact_value",
    "facts_of",
    "first",
    "kicker",
    "linked_list",
    "others",
    "people_of",
    "rounds_list",
    "statement_row",
]

MOST_VARIANTS = 40
MOST_OUTLETS = 3
MOST_STATEMENTS = 20
MOST_TOGETHER = 12
MOST_NAMED = 60
MOST_ROUNDS = 3

Box = list[tuple[str, Html]]
"""Rows of the summary: label and value with its citations."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a kind's module adds. The functions are called in the order of the page: dates explain themselves once."""

    template: str
    kicker: Html
    lede: Callable[[Notes], Html]
    box: Callable[[Notes], Box]
    description: str
    data: Mapping[str, object]
    more: Callable[[Notes], Mapping[str, object]] = lambda notes: {}
    """Values that only this kind's template prints."""


def entity_page(site: Site, entity: Entity, parts: Parts) -> Page:
    """The page of an entity."""
    strings = site.strings
    notes = Notes(site, Dates(strings))
    number_facts(entity, notes)
    quotes = site.quotes[entity.id]
    record = entity.record
    head = {"kicker": parts.kicker, "lede": parts.lede(notes)}
    box = parts.box(notes)
    box.extend(_number_rows(site, entity, notes.dates))
    more = parts.more(notes)
    groups = fact_groups(entity, notes)
    statements = [statement_row(site, each, notes.dates) for each in entity.statements[:MOST_STATEMENTS]]
    view: dict[str, object] = {
        "entity": entity.id,
        "kind": entity.kind,
        "latin": latin(entity.latin) if entity.latin else "",
        "provisional": record is None,
        "note": [prose(text) for text in record.note.split("\n\n")]
        if record is not None and record.note.strip()
        else [],
        "box": box,
        "groups": groups,
        "statements": statements,
        "statements_more": _more_statements(site, entity),
        "statements_count": strings.count("count.statement", len(entity.statements)) if statements else "",
        "quotes": quote_groups(site, quotes[:PER_PAGE], notes.dates),
        "quotes_count": _quotes_count(site, entity),
        "mentioned_label": strings(f"mentioned.{entity.kind}"),
        "pager": entity_pager(site, entity, 1),
        "variants": _variants(site, entity),
        "together": _together(site, entity),
        "reviewed": judged(site, entity.id, notes.dates),
        "sources": notes.listed(),
        "contents": [],
        **head,
        **more,
    }
    view["contents"] = _contents(site, entity, view)
    return page(
        site,
        url_of(entity.kind, entity.id),
        parts.template,
        view,
        title=entity.name,
        description=parts.description,
        section=entity.kind,
        crumbs=[(strings(f"kind.{entity.kind}.many"), listing_url(entity.kind))],
        data=parts.data,
        kind="profile" if entity.kind == "official" else "website",
        feed=feed_of(site, entity),
        citation=citation(site, Cited(url_of(entity.kind, entity.id), entity.name)) if entity.kind in FED else None,
    )


def facts_of(entity: Entity, prop: str, **fields: str) -> list[Fact]:
    """The facts of one property whose fields have these values."""
    return [
        fact
        for fact in entity.facts
        if fact.prop == prop and all(fact.get(name) == value for name, value in fields.items())
    ]


def first(entity: Entity, prop: str) -> Fact | None:
    return next((fact for fact in entity.facts if fact.prop == prop), None)


def others(facts: Sequence[Fact], name: str) -> dict[str, list[Fact]]:
    """The values of one field, in the order of the facts, with the facts that hold them."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        value = fact.get(name)
        if value is not None:
            found.setdefault(value, []).append(fact)
    return found


def cited(notes: Notes, value: str, *facts: Fact) -> Html:
    """A value and the raised numbers of its facts."""
    return join([value, *(notes.cite(fact) for fact in facts[:4])])


def fact_value(notes: Notes, fact: Fact, me: str) -> Html:
    return value_of(notes.site, fact.prop, fact.fields, me, notes.dates)


def linked_list(notes: Notes, found: Mapping[str, Sequence[Fact]], most: int = 6, citing: bool = True) -> Html:
    """Names with their citations; how many more there are is said."""
    site = notes.site
    ids = list(found)[:most]
    linked = [cited(notes, site.link(id), *(found[id][:1] if citing else ())) for id in ids]
    names = join(linked, site.strings("fact.and"))
    if len(found) <= most:
        return names
    return join([names, site.strings.count("count.others", len(found) - most)], site.strings("fact.comma"))


def rounds_list(notes: Notes, found: Mapping[str, Sequence[Fact]]) -> Html:
    """Rounds in their order; of many how many they are, the first and the last. One citation for all."""
    site = notes.site
    ids = sorted(found, key=lambda id: site.order.get(id, -1))
    if len(ids) > MOST_ROUNDS:
        count = site.strings.count("count.round", len(ids))
        rounds = fill(site, "box.rounds", count=count, first=site.link(ids[0]), last=site.link(ids[-1]))
    else:
        rounds = join([site.link(id) for id in ids], site.strings("fact.and"))
    return join([rounds, notes.cite_all([fact for id in ids for fact in found[id]])])


def _number_rows(site: Site, entity: Entity, dates: Dates) -> Box:
    """The last rows of every summary: how often the archive names it, since when, and its id."""
    strings = site.strings
    quotes = site.quotes[entity.id]
    rows: Box = []
    if quotes:
        in_articles = strings.count("count.in_articles", site.articles[entity.id])
        value = strings("box.seen_value", sentences=strings.count("count.sentence", len(quotes)), articles=in_articles)
        rows.append((strings("box.seen"), escape(value)))
        days = [day for quote in quotes if (day := site.readings[quote.article].date) is not None]
        if days:
            rows.append((strings("box.first_seen"), dates.of(min(days))))
            if min(days) != max(days):
                rows.append((strings("box.last_seen"), dates.of(max(days))))
    else:
        rows.append((strings("box.seen"), escape(strings("box.never_seen"))))
    rows.append((strings("box.id"), ltr(entity.id)))
    return rows


def _quotes_count(site: Site, entity: Entity) -> str:
    """How many, as it stands behind «ورد ذكره في»."""
    strings = site.strings
    quotes = site.quotes[entity.id]
    if not quotes:
        return ""
    in_articles = strings.count("count.in_articles", site.articles[entity.id])
    return strings("box.seen_value", sentences=strings.count("count.sentence_of", len(quotes)), articles=in_articles)


def statement_row(site: Site, statement: Statement, dates: Dates) -> dict[str, object]:
    """A sentence that someone is quoted in, with the verb marked and its source."""
    verb = statement.verb
    sentence = verb.sentence
    span = Span(verb.start - sentence.start, verb.end - sentence.start, '<em class="verb">', "</em>")
    return {
        "href": site.sentence_href(verb.article, sentence.anchor),
        "quote": marked(sentence.text, ((span,),)),
        "title": site.readings[verb.article].title,
        "source": source_line(site, verb.article, dates),
    }


def _more_statements(site: Site, entity: Entity) -> Html:
    """The way to the statements for which the page has no room."""
    rest = len(entity.statements) - MOST_STATEMENTS
    href = f"{site.href(STATEMENTS)}?speaker={entity.id}"
    return element("a", site.strings.count("count.more_statements", rest), href=href) if rest > 0 else Html("")


def _variants(site: Site, entity: Entity) -> list[tuple[Html, str]]:
    """Forms seen in articles with their counts, then those that only the registry holds."""
    strings = site.strings
    known = {text for text, _ in entity.variants}
    first = _first_seen(entity) if entity.kind in ("delegation", "official") else {}
    seen = []
    for text, times in entity.variants[:MOST_VARIANTS]:
        count = strings.count("count.times", times)
        if text in first:
            mention, readings = first[text]
            href = site.sentence_href(mention.article, mention.sentence.anchor)
            count = element("a", count, href=href)
            outlets = sorted({name for each in readings if (name := site.readings[each].source)})
            count = join([count, *(isolated(name) for name in outlets)], strings("fact.comma"))
        seen.append((isolated(text), count))
    listed = entity.record.variants if entity.record is not None else ()
    rest = [(isolated(text), strings("variants.unseen")) for text in listed if text not in known]
    return seen + rest[: max(0, MOST_VARIANTS - len(seen))]


def _first_seen(entity: Entity) -> dict[str, tuple[Mention, set[str]]]:
    """Of each form where the newest article uses it, and some of the articles that do."""
    found: dict[str, tuple[Mention, set[str]]] = {}
    for link in entity.links:
        mention = link.mention
        place = found.setdefault(mention.text, (mention, set()))[1]
        if len(place) < MOST_OUTLETS:
            place.add(mention.article)
    return found


def _together(site: Site, entity: Entity) -> list[dict[str, object]]:
    """Entities that share sentences with this one, by kind, most often first."""
    strings = site.strings
    together = site.together
    counts = Counter(chain.from_iterable(together[one.article, one.sentence.anchor] for one in site.quotes[entity.id]))
    counts.pop(entity.id, None)
    groups: list[dict[str, object]] = []
    for kind in KINDS:
        found = [(id, times) for id, times in counts.items() if site.archive.entities[id].kind == kind]
        found.sort(key=lambda each: (-each[1], each[0]))
        if found:
            groups.append(
                {
                    "label": strings(f"kind.{kind}.many"),
                    "rows": [
                        (site.link(id), strings.count("count.sentence", times)) for id, times in found[:MOST_TOGETHER]
                    ],
                }
            )
    return groups


def _contents(site: Site, entity: Entity, view: Mapping[str, object]) -> list[tuple[str, str]]:
    """Links to the sections that the page has."""
    strings = site.strings
    wanted = (
        ("rounds", "section.rounds"),
        ("delegations", "section.delegations"),
        ("course", "section.course"),
        ("issued", "section.issued"),
        ("disputed", "section.disputed"),
        ("said", "section.said"),
        ("groups", "section.facts"),
        ("statements" if view["statements"] else "statements_more", "section.statements"),
        ("quotes", f"mentioned.{entity.kind}"),
        ("ego", "section.ties"),
        ("together", f"together.{entity.kind}"),
        ("members", "section.members"),
        ("variants", "section.variants"),
        ("reviewed", "correction.title"),
        ("sources", "section.sources"),
    )
    return [(f"#{name.removesuffix('_more')}", strings(key)) for name, key in wanted if view.get(name)]


def people_of(site: Site, entity: Entity) -> list[Html]:
    """Officials whom the registry counts to this party, by name."""
    found = [each for each in site.archive.of("official") if each.record is not None and each.record.party == entity.id]
    found.sort(key=lambda each: (sort_key(site.strings, each.name), each.id))
    return [site.link(each.id) for each in found[:MOST_NAMED]]


def kicker(site: Site, entity: Entity, rest: Html | None = None) -> Html:
    """The kind, and what it belongs to."""
    kind = escape(site.strings(f"kind.{entity.kind}.one"))
    return fill(site, "frame.kicker", kind=kind, rest=rest) if rest else kind
