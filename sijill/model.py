"""The values that travel along the straight line: read, recognise, link, claims, settle, pages.

Everything here is frozen and names other things by id. This module imports only the standard library, so that
each stage can be read, tested and replaced by knowing these types alone. What there are millions of is a named tuple:
it is made and packed several times faster than a frozen dataclass.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

__all__ = [
    "CLAIM_FIELDS",
    "EDITOR",
    "KINDS",
    "Archive",
    "Article",
    "Block",
    "Claim",
    "Correction",
    "Entity",
    "EntityId",
    "Evidence",
    "Fact",
    "Fields",
    "Form",
    "Inline",
    "Issue",
    "Judgement",
    "Kind",
    "Link",
    "Mention",
    "Overruled",
    "Page",
    "Prop",
    "Reading",
    "Record",
    "RecordFact",
    "Registry",
    "Sentence",
    "Statement",
    "made",
]

EntityId: TypeAlias = str
"""`astana-11`, `syria`, `sergey-lavrov`, `unscr-2254`: lower-case ASCII, permanent, and the last part of the page's
URL."""

Kind: TypeAlias = Literal["process", "round", "delegation", "official", "document"]
KINDS: tuple[Kind, ...] = ("process", "round", "delegation", "official", "document")

Form: TypeAlias = Literal["full", "short", "nominal"]

Fields: TypeAlias = tuple[tuple[str, str], ...]
"""Named values in a fixed order, for example `(("official", "bashar-jaafari"), ("delegation", "syria"))`."""

made = tuple.__new__
"""Makes a named tuple of all its fields in a third of the time that its own constructor takes: `made(Link, (…))`."""


# --- read -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem in the user's files. It is a value that results carry to the edge, never a log line."""

    level: Literal["error", "warning"]
    path: str
    """Relative to the project, with forward slashes."""
    line: int
    """From 1; 0 when the whole file is meant."""
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Inline:
    """Emphasis or a link inside a block's text; offsets are code points."""

    start: int
    end: int
    tag: Literal["strong", "em", "a"]
    href: str = ""
    """Only for `a`; already checked to be http, https or mailto."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like piece of an article: the unit that `paragraph` numbers count."""

    kind: Literal["title", "p", "h2", "h3", "li", "quote"]
    text: str
    inlines: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article as published: its words are never changed after reading (NFC, and the ends of blocks stripped)."""

    id: str
    """The file's stem."""
    path: str
    """Relative to the project, with forward slashes."""
    lang: str
    date: dt.date | None
    """Publication date from the front matter."""
    source: str
    url: str
    author: str
    blocks: tuple[Block, ...]
    """`blocks[0]` is the title."""
    former: tuple[str, ...] = ()
    """Stems that the file had before, oldest first: their addresses must keep working."""

    @property
    def title(self) -> str:
        return self.blocks[0].text


# --- recognise and link -----------------------------------------------------------------------------------------------


class Sentence(NamedTuple):
    """A sentence of one article, with the anchor that its page gives it."""

    paragraph: int
    start: int
    end: int
    text: str
    """`paragraph_text[start:end]`."""
    anchor: str
    """`s-` and eight hexadecimal digits from the sentence's own words, so that it survives edits elsewhere."""


class Mention(NamedTuple):
    """A span that looks like a reference to an entity; not yet whose."""

    article: str
    paragraph: int
    start: int
    end: int
    text: str
    """`paragraph_text[start:end]`."""
    kind: Kind
    key: str
    """What it looks like: `astana 11`, `syria`, a folded name. The linker reads it; nobody else."""
    sentence: Sentence
    origin: str
    """What found it, for example `rule:round`."""
    role: str = ""
    """The title phrase that stands with a person's name, verbatim."""
    form: Form = "full"
    """`short`: a surname or an anaphor; `nominal`: a title alone."""
    score: float = 1.0


class Link(NamedTuple):
    """Who a mention is. `entity` is None where the article does not let us say: never a guess."""

    mention: Mention
    entity: EntityId | None
    why: str
    """A reason code from `content/strings/ar.toml` [why], for example `registry-name`."""


# --- claims -----------------------------------------------------------------------------------------------------------


class Evidence(NamedTuple):
    """The words that a claim rests on: `paragraph_text[start:end] == quote`, inside `sentence`."""

    article: str
    paragraph: int
    start: int
    end: int
    quote: str
    sentence: Sentence
    origin: str
    """What found it: `rule:leads`, `model:…`, or `editor:correction` where an editor changed what was read."""


EDITOR = "editor:correction"
"""The origin of what an editor changed."""

Prop: TypeAlias = Literal["leads", "member", "meets", "attends", "held", "affiliation", "role"]
"""
leads        official, delegation, round?
member       official, delegation, round?
meets        a, b, round?, date?         date is ISO
attends      who, round
held         round, start?, end?, place? ISO dates; place is a city's slug
affiliation  official, party
role         official, title             the title phrase, verbatim
"""


CLAIM_FIELDS: Mapping[Prop, tuple[str, ...]] = MappingProxyType(
    {
        "held": ("round", "start", "end", "place"),
        "leads": ("official", "delegation", "round"),
        "member": ("official", "delegation", "round"),
        "attends": ("who", "round"),
        "meets": ("a", "b", "round", "date"),
        "affiliation": ("official", "party"),
        "role": ("official", "title"),
    }
)
"""The fields of each property in the order of the data files."""


class Claim(NamedTuple):
    """One article says one thing. Never merged with another and never edited."""

    prop: Prop
    fields: Fields
    evidence: Evidence
    why: str = ""
    """A reason code where a value was worked out (`date-from-publication`); empty where the words say it outright."""
    said_by: EntityId | None = None
    """Whom the article itself names as the source of this sentence."""

    def get(self, name: str) -> str | None:
        """The field's value, or None."""
        return next((value for key, value in self.fields if key == name), None)


class Statement(NamedTuple):
    """Someone says something: the verb is the evidence, the rest of the sentence is what was said."""

    speaker: EntityId | None
    """An official, a delegation, or a free slug for an organisation or agency."""
    speaker_text: str
    """The speaker as this sentence names it; empty where the verb's subject is a pronoun."""
    verb: Evidence
    direct: bool
    """True where the sentence puts the words in quotation marks."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of `content/corrections.toml`: an editor says what words mean, over what was read in them. Of rows on one
    thing the last holds. A row whose `right` is its `read` confirms the reading."""

    read: str | None
    """What was read: the id of a mention, or the value of a claim's field; None where that was nothing."""
    right: str | None
    """What it should be; None: the words name nobody, or do not say so."""
    by: str
    on: str
    note: str = ""
    article: str = ""
    """Where: the article's id, a sentence's anchor, the words. Each narrows; empty means wherever it is read."""
    sentence: str = ""
    words: str = ""
    """Those of a mention, or some of those that a claim rests on."""
    claim: Prop | None = None
    """None where a mention is corrected."""
    field: str = ""
    """Of the claim."""
    line: int = 0
    """In the file."""


class Overruled(NamedTuple):
    """What was read, kept beside what an editor made of it: a mention or a claim, and the row that speaks of it."""

    correction: Correction
    was: Link | Claim

    @property
    def place(self) -> Mention | Evidence:
        """Where the words stand."""
        return self.was.mention if isinstance(self.was, Link) else self.was.evidence

    @property
    def words(self) -> str:
        return self.was.mention.text if isinstance(self.was, Link) else self.was.evidence.quote

    @property
    def read(self) -> str | None:
        """The value that was read."""
        return self.was.entity if isinstance(self.was, Link) else self.was.get(self.correction.field)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one article taught us, without its full text: the only thing that crosses into the whole-site stages."""

    article: str
    path: str
    title: str
    date: dt.date | None
    source: str
    url: str
    author: str
    words: int
    links: tuple[Link, ...]
    """In the order of the text."""
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    issues: tuple[Issue, ...] = ()
    date_why: str = ""
    """Why we think it was published on `date`: a reason code where the words gave the day, empty where the front
    matter did."""
    former: tuple[str, ...] = ()
    """As in `Article`."""
    overruled: tuple[Overruled, ...] = ()
    """What editors corrected or confirmed, in the order of the text; empty as long as no correction was applied."""


# --- registry ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecordFact:
    """A fact that an editor put into the registry, with where it was read."""

    prop: str
    """As in `Claim.prop`, or `outcome` (text), `issued` (date), `issuer` (text), `symbol` (text), `capacity` (text),
    `announced` (date: a day for which a round was announced before it was put off). `absent` (who, round) too: no
    article is read for it."""
    fields: Fields
    """Dates are ISO, whole or cut short (`2017-01`)."""
    sources: tuple[str, ...]
    """Addresses, or a description where there is no full address. Never empty."""
    note: str = ""

    def get(self, name: str) -> str | None:
        """The field's value, or None."""
        return next((value for key, value in self.fields if key == name), None)


@dataclass(frozen=True, slots=True)
class Record:
    """One file under `content/{processes,rounds,delegations,officials,documents}/`."""

    id: EntityId
    kind: Kind
    name: str
    """The neutral Arabic name used in headings."""
    latin: str
    path: str
    variants: tuple[str, ...] = ()
    """Other Arabic forms by which articles name it; the recogniser reads them too."""
    aliases: tuple[str, ...] = ()
    """Former ids, whose URLs must keep working."""
    process: EntityId = ""
    """Rounds: the process."""
    number: int | None = None
    """Rounds: the number in its process."""
    cities: tuple[str, ...] = ()
    """Processes: Arabic spellings of the city that gives the process its name (أستانا، أستانة …)."""
    party: str = ""
    """Officials: slug of the state or body. Delegations: `party` is their own id."""
    capacity: str = ""
    """Delegations: guarantor, party, observer, host, mediator, guest."""
    facts: tuple[RecordFact, ...] = ()
    note: str = ""
    """The record's body: an editor's note in Markdown."""
    sessions: tuple[tuple[str, str], ...] = ()
    """Rounds: first and last days of sessions after its own days, on which articles mean this round too."""
    sources: tuple[str, ...] = ()
    """Where `party` was read, and each fact that names no sources of its own."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A row of `content/identity.toml`: an editor says that two ids are, or are not, the same. Later rows undo
    earlier ones."""

    left: EntityId
    right: EntityId
    same: bool
    by: str
    on: str
    note: str = ""
    line: int = field(default=0, compare=False)
    """In the file."""


@dataclass(frozen=True, slots=True)
class Registry:
    """All records, in the order of their ids."""

    records: Mapping[EntityId, Record] = field(default_factory=lambda: MappingProxyType({}))
    judgements: tuple[Judgement, ...] = ()

    def of(self, kind: Kind) -> tuple[Record, ...]:
        """The records of one kind, in the order of their ids."""
        return tuple(record for record in self.records.values() if record.kind == kind)


# --- settle and pages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """A settled value with everything for it and against it."""

    prop: str
    fields: Fields
    claims: tuple[Claim, ...]
    """Articles that say so."""
    records: tuple[RecordFact, ...]
    """Registry facts that say so. A fact has at least one claim or one record."""
    against: tuple[Fields, ...] = ()
    """Other values of the same thing, each a fact of its own beside this one."""

    def get(self, name: str) -> str | None:
        """The field's value, or None."""
        return next((value for key, value in self.fields if key == name), None)


@dataclass(frozen=True, slots=True)
class Entity:
    """Everything the archive knows of one process, round, delegation, official or document."""

    id: EntityId
    kind: Kind
    name: str
    latin: str
    record: Record | None
    """None for a provisional entity: a name found in articles that the registry does not hold."""
    links: tuple[Link, ...]
    """Newest article first, then in the order of its text."""
    facts: tuple[Fact, ...]
    statements: tuple[Statement, ...]
    """Those it spoke."""
    variants: tuple[tuple[str, int], ...]
    """Forms seen in articles with their counts, most frequent first."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The whole archive, settled."""

    entities: Mapping[EntityId, Entity]
    """In the order of their ids; every registered entity and every provisional one."""
    readings: tuple[Reading, ...]
    """Newest first; undated last; then by id."""
    aliases: Mapping[str, EntityId]
    """Former id to present id."""
    issues: tuple[Issue, ...] = ()
    judgements: Mapping[EntityId, tuple[Judgement, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Of each entity the editors' judgements on it that hold, with the ids as the editors wrote them."""

    def of(self, kind: Kind) -> tuple[Entity, ...]:
        """The entities of one kind, in the order of their ids."""
        return tuple(entity for entity in self.entities.values() if entity.kind == kind)


@dataclass(frozen=True, slots=True)
class Page:
    """A page to write: plain data for one template, complete and testable without Jinja."""

    url: str
    """Site-relative, `/rounds/astana-11/`; a file where it does not end in a slash."""
    template: str
    view: Mapping[str, object]
