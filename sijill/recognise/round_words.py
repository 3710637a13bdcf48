"""The words of rounds as `data/rounds.toml` and the registry give them, for the lexicon; no grammar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sijill.arabic.lexicon import plain
from sijill.arabic.parties import ARTICLE
from sijill.arabic.signs import CLOSING
from sijill.arabic.text import fold, language_data
from sijill.model import Record, Registry

__all__ = ["EventVerb", "Head", "process_phrases", "round_phrases"]

FOR_THE = "لل"
SHORT_NAME_SPACES = 2
"""A name cut short to fewer words than three is anybody's."""


class Head(NamedTuple):
    """A noun that a phrase of a round or a process can begin with."""

    kind: str
    """round, meeting, congress, numbered, talks or process; the data file says what each means."""
    several: bool
    definite: bool
    own: bool = False
    """With a pronoun for the talks whose round it is («جولتها»)."""


class EventVerb(NamedTuple):
    """A word that says that something begins, is held, goes on, ends or is put off."""

    phase: str
    time: str
    """ahead, behind, both or open."""


def round_phrases() -> Iterator[tuple[str, str, Any]]:
    """(category, form, value) for the lexicon."""
    rounds = language_data("rounds")
    for head in rounds["head"]:
        for noun in head["forms"]:
            for form in _with_article(noun):
                definite = form is not noun or bool(head.get("definite"))
                yield "round_head", form, Head(head["kind"], bool(head.get("several")), definite, bool(head.get("own")))
            if head.get("own"):
                yield "round_own", noun, None
    frames = set(rounds["process"]["frames"])
    for noun in rounds["process"]["nouns"]:
        for form in _with_article(noun):
            yield "round_head", form, Head("process", False, form is not noun)
            if noun in frames:
                yield "process_frame", form, None
            if noun in rounds["process"]["numbered"]:
                yield "process_numbered", form, None
    for verb in rounds["verb"]:
        for form in verb["forms"]:
            yield "event_verb", form, EventVerb(verb["phase"], verb["time"])
    for meaning, forms in rounds["modifiers"].items():
        if meaning == "timed":
            for form in forms:
                yield "round_timed", form, None
        elif meaning != "before":
            for form in forms:
                yield "round_modifier", form, meaning
    for meaning, forms in rounds["modifiers"]["before"].items():
        for form in forms:
            yield "round_modifier_before", form, meaning
    words = rounds["words"]
    for adjective in words["adjectives"]:
        for stem in (adjective, adjective + "ة"):
            for form in _with_article(stem):
                yield "round_filler", form, None
    yield from plain(
        words,
        (
            ("round_filler", "fillers"),
            ("round_link", "links"),
            ("round_peace", "peace"),
            ("round_few", "few"),
            ("round_under", "under"),
            ("round_sponsor", "sponsors"),
            ("locative", "locatives"),
            ("round_sponsored", "sponsored"),
            ("round_soon", "soon"),
            ("in", "in"),
            ("of", "of"),
            ("to", "to"),
            ("between", "between"),
            ("relative", "relative"),
            ("that", "that"),
            ("other_body", "bodies"),
            ("committee", "committees"),
            ("this", "this"),
            ("counted", "counted"),
            ("uncounted", "uncounted"),
            ("before_ordinal", "before_ordinal"),
            ("behind_name", "behind_name"),
            ("behind_ordinal", "behind_ordinal"),
        ),
    )
    for name in ("between", "both", "links"):
        for form in rounds["sides"][name]:
            yield f"sides.{name}", form, None
    for category, name in (("since", "since"), ("adverbials", "adverbials"), ("round_press", "press")):
        for form in rounds[name]["forms"]:
            yield category, form, None
    for form in rounds["clause"]["breaks"]:
        yield "clause_break", form, None
    for forms in language_data("numerals")["cardinals"].values():
        for form in forms:
            yield "cardinal", form, None
    for number, forms in language_data("numerals")["names"].items():
        for form in forms:
            yield "number_name", form, int(number)
    for name, forms in rounds["event"].items():
        for form in forms:
            yield f"event_{name}", form, None


def process_phrases(registry: Registry) -> Iterator[tuple[str, str, Any]]:
    """The cities that name processes, those where rounds were held, and the names of rounds without a number."""
    rounds = registry.of("round")
    numbered = {record.process for record in rounds if record.number is not None}
    places = language_data("places")
    for process in registry.of("process"):
        # A process that does not number its rounds has no city here: «الاجتماع العاشر في سوتشي» is one of Astana's.
        if process.id in numbered:
            for city in (*process.cities, *_names_of_places(process, places)):
                yield "city", city, process.id
            for host in language_data("rounds")["hosts"].get(process.id, ()):
                yield "host", host, process.id
            for words in language_data("rounds")["mediated"].get(process.id, ()):
                yield "mediated", words, process.id
    yield from _held_places(registry, places)
    for record in rounds:
        for written in record.variants if record.number is not None else ():
            for form in _under_other_heads(written):
                yield "round_name", form, (record.id, record.process)
        if record.number is None:
            forms = tuple(_otherwise_spelt(record.name, *record.variants))
            for form in forms:
                yield "round_name", form, (record.id, record.process)
                noun, _, rest = form.partition(" ")
                if rest.startswith(FOR_THE):  # «تستضيف سوتشي مؤتمرا للحوار الوطني السوري»
                    yield "round_name", f"{noun}ا {rest}", (record.id, record.process)
                if " " in rest:
                    for opening in CLOSING:
                        yield "round_name", f"{noun} {opening}{rest}", (record.id, record.process)
            # «مؤتمر الحوار الوطني», «مؤتمر وطني للحوار»: a name without its last word, whose it was.
            whose = record.name.rpartition(" ")[2]
            for form in forms:
                short, _, last = form.rpartition(" ")
                if short.count(" ") >= SHORT_NAME_SPACES and last == whose:
                    yield "round_short_name", short, (record.id, record.process)


def _under_other_heads(name: str) -> Iterator[str]:
    """«لقاء مجموعة العمل من أجل سوريا», «مؤتمر …» too, for «اجتماع مجموعة العمل من أجل سورية»."""
    heads = language_data("rounds")["names"]["heads"]
    noun, _, rest = name.partition(" ")
    yield from _otherwise_spelt(*((f"{head} {rest}" for head in heads) if noun in heads else (name,)))


def _otherwise_spelt(*names: str) -> Iterator[str]:
    """Each name, in every spelling of its last word."""
    for name in names:
        before, _, last = name.rpartition(" ")
        spellings = next((each for each in language_data("rounds")["names"]["spellings"] if last in each), (last,))
        yield from (f"{before} {one}".strip() for one in spellings)


def _held_places(registry: Registry, places: dict[str, list[str]]) -> Iterator[tuple[str, str, Any]]:
    """The names of cities where rounds were held that name no process («محادثات سوتشي»)."""
    rounds = registry.of("round")
    numbered = {record.process for record in rounds if record.number is not None}
    own = {fold(city) for process in registry.of("process") if process.id in numbered for city in process.cities}
    facts = [fact for record in rounds for fact in record.facts if fact.prop == "held"]
    for place in sorted({fact.get("place") or "" for fact in facts}):
        forms = places.get(place, [])
        if not any(fold(form) in own for form in forms):
            for form in forms:
                yield "held_place", form, place


def _names_of_places(process: Record, places: dict[str, list[str]]) -> Iterator[str]:
    """Other names of a process's city («العاصمة الكازاخية»), from the list of places."""
    known = {fold(city) for city in process.cities}
    for forms in places.values():
        if any(fold(form) in known for form in forms):
            yield from forms


def _with_article(noun: str) -> tuple[str, str]:
    return noun, ARTICLE + noun
