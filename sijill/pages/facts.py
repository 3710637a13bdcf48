"""Settled facts as rows: the value, every sentence and registry source behind it, and what else is said of it.

A row is seen from one entity's page, so the value names the others. Lists are bounded; what is left out is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ..addresses import is_web_address, written_out
from ..corrected import WHY
from ..model import Claim, Entity, Fact, Fields, Kind, RecordFact
from ..safe import Html, element, escape, isolated, join, latin, ltr, prose
from ..urls import METHOD, article_url
from .dates import Dates
from .frame import fill
from .quotes import source_line
from .site import Site

__all__ = [
    "Notes",
    "fact_groups",
    "found_claim",
    "number_facts",
    "period_of",
    "reason_tag",
    "source_view",
    "value_of",
    "with_dissent",
]

MOST_MARKS = 3
MOST_ROWS = 40
"""Of one property on one page."""
MOST_CLAIMS = 5
MOST_AGAINST = 3

ORDER: Mapping[Kind, tuple[str, ...]] = {
    "process": ("held", "attends"),
    "round": ("held", "announced", "outcome", "leads", "member", "attends", "absent", "meets"),
    "delegation": ("capacity", "leads", "member", "affiliation", "attends", "absent", "meets"),
    "official": ("role", "affiliation", "leads", "member", "attends", "absent", "meets"),
    "document": ("issued", "issuer", "symbol"),
}
"""The order in which a page shows properties; others follow in the order of the archive."""

_NOT_TEXT = frozenset({"official", "start", "end"})
_DATED = frozenset({"start", "end", "date"})
_SUBJECTS = frozenset({"official", "who", "a", "round"})
_LINKED = ("official", "delegation", "who", "party", "a", "b", "round")


@dataclass(slots=True)
class Notes:
    """What one page numbers as it goes: its facts, and the registry's sources that they rest on."""

    site: Site
    dates: Dates
    rows: dict[int, int] = field(default_factory=dict)
    """By the identity of a fact, its number on this page."""
    sources: dict[str, int] = field(default_factory=dict)

    def number(self, fact: Fact) -> int:
        return self.rows.setdefault(id(fact), len(self.rows) + 1)

    def cite(self, fact: Fact) -> Html:
        """The raised number that leads to a fact's row."""
        number = self.rows.get(id(fact))
        if number is None:
            return Html("")
        label = self.site.strings("fact.cite", number=self.site.strings.figure(number))
        link = element("a", self.site.strings.figure(number), href=f"#f{number}", aria_label=label)
        return Html(f'<sup class="cite">{link}</sup>')

    def cite_all(self, facts: Sequence[Fact]) -> Html:
        """The raised numbers of many rows, the first few: three and more that follow each other are one mark."""
        runs: list[list[Fact]] = []
        numbered = {number: fact for fact in facts if (number := self.rows.get(id(fact))) is not None}
        for number, fact in sorted(numbered.items()):
            if number - 1 in numbered:
                runs[-1].append(fact)
            else:
                runs.append([fact])
        marks: list[Html] = []
        for run in runs:
            marks += [self._cite_run(run[0], run[-1])] if len(run) > 2 else [self.cite(fact) for fact in run]
        return join(marks[:MOST_MARKS])

    def _cite_run(self, first: Fact, last: Fact) -> Html:
        start, end = (self.site.strings.figure(self.rows[id(each)]) for each in (first, last))
        label = self.site.strings("fact.cite_all", first=start, last=end)
        link = element("a", ltr(f"{start}–{end}"), href=f"#f{self.rows[id(first)]}", aria_label=label)
        return Html(f'<sup class="cite">{link}</sup>')

    def source(self, text: str) -> dict[str, object]:
        """A registry source: its number, and its address or description."""
        number = self.sources.setdefault(text, len(self.sources) + 1)
        return source_view(self.site, text, number)

    def from_registry(self, sources: Sequence[str]) -> Html:
        """The mark of what only the registry says, with the numbers of its sources."""
        marks = [element("span", self.site.strings("fact.from_registry"), class_="tag")]
        for text in sources:
            view = self.source(text)
            number = self.sources[text]
            away = {"rel": "nofollow noopener", "title": str(view["host"])} if view["href"] else {}
            address = str(view["href"]) or f"#r{number}"
            figure = self.site.strings.figure(number)
            marks.append(element("a", figure, class_="no", href=address, aria_label=str(view["label"]), **away))
        return join(marks, " ")

    def listed(self) -> list[dict[str, object]]:
        """All sources that the page has named."""
        return [source_view(self.site, text, number) for text, number in self.sources.items()]


def source_view(site: Site, text: str, number: int) -> dict[str, object]:
    address = written_out(text) if is_web_address(text) else ""
    host = (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
    return {
        "number": number,
        "href": address,
        "host": host,
        "text": ltr(text.partition("://")[2].removeprefix("www.").removesuffix("/")) if address else isolated(text),
        "label": site.strings("fact.source_label", number=site.strings.figure(number), name=host or text),
    }


def shown_facts(site: Site, entity: Entity) -> list[tuple[str, list[Fact]]]:
    """The facts of an entity by property, in the order of its page; those of rounds in the order of the rounds."""
    found: dict[str, list[Fact]] = {}
    for fact in entity.facts:
        found.setdefault(fact.prop, []).append(fact)
    if entity.kind != "round":
        for facts in found.values():
            facts.sort(key=lambda fact: site.order.get(fact.get("round") or "", -1))
    order = [prop for prop in ORDER[entity.kind] if prop in found]
    return [(prop, found[prop]) for prop in [*order, *(prop for prop in found if prop not in order)]]


def number_facts(entity: Entity, notes: Notes) -> None:
    """Give every fact that the page will show its number, so that what stands above the list can cite it."""
    for _, facts in shown_facts(notes.site, entity):
        for fact in facts[:MOST_ROWS]:
            notes.number(fact)


def fact_groups(entity: Entity, notes: Notes) -> list[dict[str, object]]:
    """A group for each property. `number_facts` must have been called."""
    site = notes.site
    groups: list[dict[str, object]] = []
    for prop, facts in shown_facts(notes.site, entity):
        label = site.strings.find(f"prop.{prop}.{entity.kind}") or site.strings.find(f"prop.{prop}.any")
        groups.append(
            {
                "label": label or site.strings("prop.other"),
                "rows": [_row(fact, entity.id, notes) for fact in facts[:MOST_ROWS]],
                "more": site.strings.count("count.more_facts", len(facts) - MOST_ROWS)
                if len(facts) > MOST_ROWS
                else "",
            }
        )
    return groups


def _row(fact: Fact, me: str, notes: Notes) -> dict[str, object]:
    site = notes.site
    rest = len(fact.claims) - MOST_CLAIMS
    forms = len(fact.against) - MOST_AGAINST
    return {
        "number": notes.number(fact),
        "value": value_of(site, fact.prop, fact.fields, me, notes.dates),
        "claims": [_claim(site, claim, fact, notes.dates) for claim in fact.claims[:MOST_CLAIMS]],
        "more": site.strings.count("count.more_claims", rest) if rest > 0 else "",
        "records": [_record(entry, notes) for entry in _distinct(fact.records)],
        "against": [value_of(site, fact.prop, fields, me, notes.dates) for fields in fact.against[:MOST_AGAINST]],
        "more_forms": site.strings.count("count.more_forms", forms) if forms > 0 else "",
    }


def _claim(site: Site, claim: Claim, fact: Fact, dates: Dates) -> dict[str, object]:
    evidence = claim.evidence
    dated = fact.prop != "held" or fact.get("start") is not None or fact.get("end") is not None
    reason = claim.why if dated else ""  # where a round was held is told outright even if its date is worked out
    return {
        "href": site.sentence_href(evidence.article, evidence.sentence.anchor),
        "title": site.readings[evidence.article].title,
        "source": source_line(site, evidence.article, dates),
        "said_by": _said_by(site, claim.said_by) if claim.said_by else "",
        "reason": reason_tag(site, reason, evidence.article) if reason else "",
    }


def _said_by(site: Site, id: str) -> Html:
    """Whose word a claim is, behind it."""
    words = site.kept.get(("said by", id))
    if words is None:
        site.kept["said by", id] = words = fill(site, "fact.said_by", name=site.source(id))
    return words


def reason_tag(site: Site, why: str, article: str = "") -> Html:
    """A visible word for how a value was worked out, linked to its explanation; for what an editor corrected in an
    article to what was read there, who decided and why."""
    if article and why == WHY:
        href = f"{site.root}{article_url(article)}#reviewed"
        return element("a", site.strings(f"why.{why}.tag"), class_="tag inf", href=href)
    tag = site.kept.get(("reason", why))
    if tag is None:
        known = site.strings.find(f"why.{why}.tag")
        text = known if known is not None else site.strings("why.other.tag")
        href = site.href(f"{METHOD}#why-{why if known is not None else 'other'}")
        site.kept["reason", why] = tag = element("a", text, class_="tag inf", href=href)
    return tag


def _record(entry: RecordFact, notes: Notes) -> dict[str, object]:
    return {"sources": [notes.source(text) for text in entry.sources], "note": prose(entry.note)}


def _distinct(entries: Iterable[RecordFact]) -> list[RecordFact]:
    """Registry facts, those with the same sources and note once."""
    return list({(entry.sources, entry.note): entry for entry in entries}.values())


def value_of(site: Site, prop: str, fields: Fields, me: str, dates: Dates) -> Html:
    """A value as the page of `me` words it: everything but `me` itself. Pages repeat those without a day."""
    key = (prop, fields, me)
    value = site.kept.get(key)
    if value is None:
        value = _worded(site, prop, fields, me, dates)
        if prop != "issued" and _DATED.isdisjoint(name for name, _ in fields):
            site.kept[key] = value
    return value


def _worded(site: Site, prop: str, fields: Fields, me: str, dates: Dates) -> Html:
    values = dict(fields)
    start, end = values.get("start", ""), values.get("end", "")
    if prop == "held":
        parts = []
        if start or end:
            parts.append(dates.span(start or end, end))
        if "place" in values:
            parts.append(site.place(values["place"]))
        if values.get("round") not in (me, None):
            parts.insert(0, site.link(values["round"]))
        return _listed(site, parts)
    if prop in _PLAIN:
        text = next((value for name, value in fields if name not in _NOT_TEXT), "")
        value = _PLAIN[prop](site, text, dates)
        return _with_period(site, value, start, end, dates)
    parts = []
    for name in _LINKED:
        if name in values and values[name] != me:
            parts.append(site.party(values[name]) if name == "party" else site.link(values[name]))
    if prop == "meets" and len(parts) > 1 and me not in (values.get("a"), values.get("b")):
        parts[:2] = [fill(site, "fact.both", first=parts[0], second=parts[1])]
    if values.get("date"):
        parts.append(dates.one(values["date"]))
    if prop not in _KNOWN:
        parts.extend(escape(value) for name, value in fields if name not in (*_LINKED, "start", "end", "date"))
    return _with_period(site, _listed(site, parts), start, end, dates)


def _listed(site: Site, parts: Sequence[Html]) -> Html:
    return join(parts, site.strings("fact.comma"))


def with_dissent(site: Site, value: Html, fact: Fact) -> Html:
    """A value as it stands where there is room for one: it says so where others are told."""
    return join([value, element("span", site.strings("fact.disputed"), class_="tag")], " ") if fact.against else value


def period_of(fact: Fact) -> tuple[str, str]:
    return fact.get("start") or "", fact.get("end") or ""


def _with_period(site: Site, value: Html, start: str, end: str, dates: Dates) -> Html:
    if not start and not end:
        return value
    return fill(site, "fact.with_period", value=value, period=dates.period(start, end))


def _text(site: Site, text: str, dates: Dates) -> Html:
    return prose(text)


def _date(site: Site, text: str, dates: Dates) -> Html:
    return dates.one(text)


def _symbol(site: Site, text: str, dates: Dates) -> Html:
    return latin(text) if text.isascii() else isolated(text)


def _capacity(site: Site, text: str, dates: Dates) -> Html:
    known = site.strings.find(f"capacity.{text}")
    return escape(known) if known is not None else escape(text)


_PLAIN = {
    "role": _text,
    "outcome": _text,
    "issuer": _text,
    "issued": _date,
    "announced": _date,
    "symbol": _symbol,
    "capacity": _capacity,
}
_KNOWN = frozenset({"leads", "member", "attends", "absent", "meets", "affiliation"})


def found_claim(site: Site, claim: Claim, dates: Dates) -> tuple[str, ...]:
    """A claim on its own article's page: label, subject, value, the sentence's address, the words, who said it, why."""
    prop, fields, evidence, why, said_by = claim
    subject = next((value for name, value in fields if name in _SUBJECTS), "")
    return (
        site.strings.find(f"prop.{prop}.any") or site.strings("prop.other"),
        site.link(subject) if subject else "",
        value_of(site, prop, fields, subject, dates),
        f"#{evidence.sentence.anchor}",
        evidence.quote,
        _said_by(site, said_by) if said_by else "",
        reason_tag(site, why) if why else "",
    )
