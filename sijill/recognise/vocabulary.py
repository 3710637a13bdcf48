"""The lexicon that recognition reads with: the language data, and the names that the registry's records add."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from typing import Any

from sijill.arabic.dates import date_phrases
from sijill.arabic.lexicon import Lexicon, plain
from sijill.arabic.numerals import forms_before_digits, ordinal_forms
from sijill.arabic.parties import ARTICLE, PartyForm, party_forms, party_names, weak_names
from sijill.arabic.signs import QUOTE
from sijill.arabic.speech import speech_phrases
from sijill.arabic.text import fold, folded_all, language_data, words_of
from sijill.arabic.titles import COUNTERPART
from sijill.model import EntityId, Registry
from sijill.recognise.round_words import process_phrases, round_phrases
from sijill.recognise.subjects import sought_of_subjects, subject_phrases

ABROAD = frozenset({"إلى", "لدى", "بشأن", "حول"})
"""Links of a title behind which stands where somebody is sent, not whose official he is."""


SOUGHT = frozenset(
    (
        *("title_head", "counterpart", "title_former", "titles.its_own", "honorific", "verb", "party", "relative_day"),
        *("title_private_body", "quote", "name", "given", "given_ambiguous", "binds_given", "place"),
        *("delegation_head", "delegation_name", "delegation_own", "delegation.own", "delegation_united"),
        *("delegation_person", "document_head", "document_name", "document_symbol"),
        *("round_head", "round_name", "round_short_name"),
        *("city", "host", "cardinal", "event_verb", "mediated", "rounds.anaphors"),
        *("speech.openers", "speech.anonymous", "speech.received", "speech.topics"),
        *("member.among", "member.notables", "member.row", "member.side", "member.verbs", "member.with"),
        *("leads.under", "leads.verbs", "leads.with_pronoun", "leads.at_head", "leads.as_head", "leads.is"),
        *("attends.among", "attends.behind", "attends.denials", "attends.leaves", "attends.own"),
        *("attends.presence", "attends.sent", "attends.verbs", "attends.verbs_it", "attends.comes"),
        *("attends.arrival", "attends.joins", "attends.own_part", "attends.represents", "attends.purpose"),
        *("attends.participants", "attends.arrives", "attends.within"),
        *("meets.nouns", "meets.own", "meets.own_with", "meets.own_several", "meets.with_preposition"),
        *("meets.direct", "meets.direct_it", "meets.summits", "meets.denials", "meets.calls"),
        *("meets.announced", "meets.bilateral"),
        *("speech.reporters", "title_by_name"),
        *("this", "duration", "before_ordinal", "event_before", "event_results", "document_example", "attends.besides"),
    )
)
"""What rules seek in every paragraph: where phrases of these may start is noted while it is read. All else that a word
can be is asked at a word that a rule has come to, or looked for where it is needed."""


def lexicon_of(more: Iterable[tuple[str, str, Any]]) -> Lexicon:
    """Everything that a text can be searched for: the language's phrases, and those that `phrases_of` a registry."""
    language = _of_language()
    return Lexicon(_by_category(more), language.sought, language.loosely, language)


@cache
def _of_language() -> Lexicon:
    """Apart, since a process that stays makes many lexicons and most of each is this."""
    subjects = sought_of_subjects()
    return Lexicon(_by_category(_language()), SOUGHT | subjects, subjects | {"delegation_head"})


def _by_category(phrases: Iterable[tuple[str, str, Any]]) -> Mapping[str, list[tuple[str, Any]]]:
    found: dict[str, list[tuple[str, Any]]] = {}
    for category, form, value in phrases:
        found.setdefault(category, []).append((form, value))
    return found


def adjective_forms(masculine: str) -> tuple[str, ...]:
    """The forms of an adjective given in the masculine singular: both genders, both numbers' oblique forms, with
    and without the article.

    An adjective of several words is taken as it is.
    """
    if " " in masculine:
        return (masculine,)
    stems = (masculine, masculine + "ة", masculine + "ا", masculine + "ين", masculine + "ون", masculine + "تين")
    return stems + tuple(ARTICLE + stem for stem in stems)


def with_article(form: str) -> tuple[str, str]:
    """A noun with and without the article."""
    bare = form.removeprefix(ARTICLE)
    return bare, ARTICLE + bare


def _language() -> Iterator[tuple[str, str, Any]]:
    for form, party in party_forms():
        yield "party", form, party
    for form, agency in weak_names():
        yield "agency_weak", form, agency
    for form, number in ordinal_forms():
        yield "ordinal", form, number
    for form in forms_before_digits():
        yield "before_digits", form, None
    yield from date_phrases()
    yield from speech_phrases()
    yield "quote", QUOTE, None
    for slug, forms in language_data("places").items():
        for form in forms:
            yield "place", form, slug
    yield from _titles()
    yield from round_phrases()
    yield from subject_phrases()
    names = language_data("names")
    yield from plain(
        names,
        (
            ("given", "given"),
            ("given_ambiguous", "given_ambiguous"),
            ("binds_next", "binds_next"),
            ("binds_inside", "binds_inside"),
            ("binds_previous", "binds_previous"),
            ("binds_given", "binds_given"),
            ("binds_sons", "binds_sons"),
            ("closes_name", "closes_name"),
            ("stop", "not_names"),
        ),
    )
    for form in language_data("words")["words"]:
        yield "stop", form, None
    for form in language_data("surnames")["family"]:
        yield "family", form, None
    figures = language_data("figures")
    for form in (*figures["names"], *figures["surnames"]):
        yield "name", form, "free"
    for form in figures["rulers"]:
        yield "ruler_name", form, None
    for form in (*figures["rulers"], *figures["spoken_for"]):
        yield "spoken_for", form, None
    yield from _delegations_and_documents()
    for group, table in language_data("relations").items():
        for name, forms in table.items():
            for form in forms:
                yield f"{group}.{name}", form, None


def _delegations_and_documents() -> Iterator[tuple[str, str, Any]]:
    delegations = language_data("delegations")
    for head in delegations["head"]:
        for form in with_article(head["form"]):
            yield "delegation_head", form, _sort_of_head(head)
    for adjective in delegations["adjectives"]:
        for form in adjective_forms(adjective):
            yield "delegation_adjective", form, None
    for category in ("implied", "united"):
        for party, forms in delegations[category].items():
            for form in forms:
                yield f"delegation_{category}", form, party
    kinds = {form.party: form.kind for _, form in party_forms()}
    for party, forms in delegations["behind_head"].items():
        for form in forms:
            yield "delegation_party", form, PartyForm(party, "own", kinds.get(party, "group"))
    for party, forms in delegations["short"].items():
        for form in forms:
            yield "delegation_short", form, party
    yield from plain(
        delegations,
        (
            ("delegation_each", "each"),
            ("delegation_people", "people"),
            ("delegation_so_called", "so_called"),
            ("delegation_person", "persons"),
            ("delegation_own", "own"),
            ("delegation_own_masculine", "own_masculine"),
            ("delegation_own_of_any", "own_of_any"),
            ("delegation_sent", "sent"),
            ("delegation_sends", "sends"),
            ("delegation_presence", "presence"),
            ("delegation_link", "links"),
            ("delegation_link_indefinite", "links_indefinite"),
            ("mission_seat", "mission_seat"),
            ("mission_posted", "mission_posted"),
            ("delegation_not", "not_after"),
        ),
    )
    documents = language_data("documents")
    for number, forms in documents["heads"].items():
        for form in forms:
            yield "document_head", form, number
    for form in (*documents["bodies"], *documents["adjectives"]):
        yield "document_body", form, None
    yield from plain(
        documents,
        (
            ("document_number", "number_words"),
            ("document_about", "about"),
            ("document_issued", "issued"),
            ("document_year", "year_words"),
            ("document_example", "examples"),
            ("document_symbol", "symbols"),
        ),
    )


def _sort_of_head(head: Mapping[str, Any]) -> str:
    """What counts of a delegation's head: its number, or that it is an indefinite accusative, or a states' mission."""
    sorts = ("indefinite", "mission", "linked")
    keys = ("indefinite", "states_only", "linked_only")
    return next((sort for sort, key in zip(sorts, keys, strict=True) if head.get(key)), str(head["number"]))


PRONOUN = "ها"
"""Of «مندوبها»; a form with «ه» is, folded, the feminine of its head."""


def _titles() -> Iterator[tuple[str, str, Any]]:
    titles = language_data("titles")
    for head in titles["head"]:
        lemma = fold(head["m"][0])
        doubtful = next((flag for flag in ("needs_complement", "ambiguous") if head.get(flag)), "")
        for gender, number in (("m", "one"), ("f", "one"), ("dual", "two"), ("plural", "many")):
            for form in head.get(gender, ()):
                for variant in with_article(form):
                    yield "title_head", variant, (lemma, number, doubtful, bool(head.get("ruler")))
    for form in (form for form in titles["possessives"] if form.endswith(PRONOUN)):
        yield "title_head", form, (fold(form.split()[0]).removesuffix(PRONOUN), "one", "", False)
    for form in titles["fields"]:
        yield "title_field", form, None
    for body in titles["bodies"]:
        for form in with_article(body):
            yield "title_body", form, None
    yield from plain(
        titles,
        (("title_theirs", "their_fields"), ("title_rank", "ranks"), ("title_one_of", "one_of"), ("title_then", "then")),
    )
    for head in titles["head"]:
        for form in head["m"] if head.get("military") else ():
            yield "title_rank", with_article(form)[1], None
    yield from plain(titles, (("title_desk", "desks"), ("title_desk_of_nations", "desks_of_nations")))
    for adjective in titles["adjectives"]:
        for form in adjective_forms(adjective):
            yield "title_adjective", form, None
    for form in titles["honorifics"]:
        yield "honorific", form.rstrip("."), None
    for form in titles["counterparts"]:
        yield (
            "counterpart",
            form,
            (COUNTERPART, "two" if form.startswith(("نظيري", "نظيرا", "نظرا")) else "one", "", False),
        )
    yield from plain(
        titles,
        (
            ("title_takes_with", "takes_with"),
            ("title_by_name", "by_name"),
            ("title_former", "former"),
            ("title_any_state", "any_state"),
            ("title_private_body", "private_bodies"),
            ("title_people", "peoples"),
        ),
    )
    for form in titles["links"]:
        if len(form) > 1:
            yield "title_link", form, "abroad" if form in ABROAD else "inside"


def phrases_of(registry: Registry, names: Iterable[tuple[str, EntityId, str]]) -> Iterator[tuple[str, str, Any]]:
    """Category, form and value of every phrase that records add; `names` are those of `official_names`."""
    yield from process_phrases(registry)
    for record in registry.of("document"):
        if not record.id.startswith("unscr-"):
            for form in (record.name, *record.variants):
                if len(form.split()) > 1:
                    yield "document_name", form, record.id
    for record in registry.of("delegation"):
        if record.id not in party_names():  # what the language calls the parties that it knows is found already
            for form in (record.name, *record.variants):
                if len(form.split()) > 1:
                    yield "delegation_name", form, record.id
    for name, _, sort in names:
        yield "name", name, sort


def official_names(registry: Registry) -> Iterator[tuple[str, EntityId, str]]:
    """(folded form, record id, sort) for every form of every official's name, surnames drawn from full names included.

    A `free` form names its owner wherever it stands. A `guarded` one, a given name or the surname of several officials,
    names nobody by itself, and a `worded` one, which is also an ordinary word, only where just a person can stand.
    """
    data = language_data("names")
    given = folded_all(data["given"])
    words = folded_all((*data["not_names"], *language_data("surnames")["guarded"]))
    binds = folded_all(data["binds_next"])
    honorifics = {fold(form).rstrip(".") for form in language_data("titles")["honorifics"]}
    forms: dict[tuple[str, EntityId], None] = {}
    for record in registry.of("official"):
        for written in (record.name, *record.variants):
            parts = [word for word in words_of(fold(written)).words if word.isalpha()]
            while parts and parts[0] in honorifics:
                parts = parts[1:]
            if not parts:
                continue
            forms[" ".join(parts), record.id] = None
            rest = surname(tuple(parts), given, binds)
            if rest and (len(rest) == 1 or "".join(rest) not in given):  # «عبد الرحمن» alone is anybody's name
                forms[" ".join(rest), record.id] = None
    owners = Counter(form for form, _ in forms)
    for form, owner in forms:
        guarded = " " not in form and owners[form] > 1 or form in given
        yield form, owner, "guarded" if guarded else "worded" if " " not in form and form in words else "free"


@cache
def _joined() -> frozenset[str]:
    """Words that make one name with the one before them («نصر الله», «عز الدين»); not «أوغلو», a name alone too."""
    names = language_data("names")
    return folded_all(names["binds_previous"]) - folded_all(names["closes_name"])


@cache
def _ordinals() -> frozenset[str]:
    return folded_all(form for form, _ in ordinal_forms())


def surname(parts: tuple[str, ...], given: Set[str], binds: Set[str]) -> tuple[str, ...]:
    """What follows the given names of a full name; its particles stay with it («دي ميستورا»).

    >>> surname(("رجب", "طيب", "اردوغان"), {"رجب", "طيب"}, set())
    ('اردوغان',)
    """
    if len(parts) < 2 or len(parts) == 2 and parts[0] in binds or parts[-1] in _ordinals():
        return ()  # «عبد الله الثاني»: «الثاني» is nobody
    at = 2 if parts[0] in binds and len(parts) > 2 else 1
    while at < len(parts) - 1 and parts[at] in given and parts[at] not in binds:
        at += 1
    if parts[at] in _joined():  # «حسن نصر الله» is «نصر الله», and «نصر الله» alone nobody's surname
        return parts[at - 1 :] if at > 1 else ()
    if parts[at - 1] in binds:
        at -= 1
    return parts[at:]


__all__ = ["lexicon_of", "official_names", "phrases_of", "surname"]
