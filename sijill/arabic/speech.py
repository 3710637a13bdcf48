"""Verbs of saying, as `data/speech.toml` describes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sijill.arabic.lexicon import Passage
from sijill.arabic.text import fold, language_data

__all__ = ["Verb", "says", "speech_phrases"]

CONJUNCTIONS = "وف"


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb of saying."""

    lemma: str
    preposition: str
    """Folded; empty where the verb takes «أن», a quotation or an object."""
    ambiguous: bool
    """Often another word: counts only with a speaker right behind it, or what is said soon behind it."""
    strict: bool
    """Needs the words that are said even behind a named speaker."""
    feminine: bool
    preposition_too: bool = False
    """The same letters are a preposition («عقب»): counts only with the preposition that it takes."""
    addresses: bool = False
    """Its object may be a person, and none of its forms in question has a pronoun for one."""
    of_people: bool = False
    """Of others it is another act («هاجم الحوثيون المدينة»)."""
    noun_too: bool = False
    """The same letters are a noun («رد الوفد»), which the words before tell."""
    quotes: bool = False
    """Its subject passes on what somebody else says, who stands behind its preposition."""
    with_object: bool = False
    """The form has a pronoun for its object: behind «ما» it is what is said («وهو ما نفته»), and no denial."""
    judges: bool = False
    """It has a pronoun for whom or what it holds to be what follows («واعتبرها خطوة»)."""
    repeats: bool = False
    """It says what was said before («وجدد دعوته»)."""
    several: bool = False
    """The form is that of two or more («يعربان», «تعهدوا»)."""
    objects: frozenset[str] = frozenset()
    """Folded: without one of these soon behind it, it is another verb («حمل المعارضة المسؤولية»)."""


OF_SEVERAL = ("وا", "ون", "ان", "تا")
"""How a verb ends whose subjects are two or more, beside the dual of the past («أكدا»)."""


def says(passage: Passage, index: int) -> bool:
    """Whether a verb of saying stands at a word: «بين» is one too seldom, and «بعد» is not «ب» and «عد»."""
    hit = passage.hit("verb", index) if "verb" in passage.forms[index] else None
    if hit is None or hit.cut and passage.word(index)[0] not in CONJUNCTIONS:
        return False
    return not passage.starts("between", index)


def _stem(form: str, verb: dict[str, Any]) -> str:
    """A form less the pronoun that is its object («نقلته»)."""
    with_object = form in verb.get("with_object", ())
    pronoun = next(
        (end for end in language_data("speech")["object_pronouns"] if with_object and form.endswith(end)), ""
    )
    return form.removesuffix(pronoun)


def speech_phrases() -> Iterator[tuple[str, str, Any]]:
    """(category, form, value) for the lexicon."""
    speech = language_data("speech")
    for verb in speech["verb"]:
        doubtful = {fold(form) for form in verb.get("ambiguous_forms", ())}
        present = {form[1:] for form in verb["finite"] if form.startswith("ي")}
        for form in (*verb["finite"], *verb.get("with_object", ())):
            stem = _stem(form, verb)
            feminine = stem.endswith("ت") and stem != verb["lemma"] or form.startswith("ت") and form[1:] in present
            ambiguous = bool(verb.get("ambiguous")) or fold(form) in doubtful
            yield (
                "verb",
                form,
                Verb(
                    verb["lemma"],
                    fold(verb.get("preposition", "")),
                    ambiguous,
                    bool(verb.get("strict")),
                    feminine,
                    bool(verb.get("preposition_too")),
                    verb["lemma"] in speech["addresses"] and form in verb["finite"],
                    bool(verb.get("of_people")),
                    bool(verb.get("noun_too")),
                    bool(verb.get("quotes")),
                    form in verb.get("with_object", ()),
                    bool(verb.get("judges")) and form in verb["with_object"],
                    bool(verb.get("repeats")),
                    stem != verb["lemma"] and stem.endswith(OF_SEVERAL) or stem == verb["lemma"] + "ا",
                    frozenset(map(fold, verb.get("objects", ()))),
                ),
            )
        for form in verb.get("participles", ()):
            yield "speech.participles", form, None
    for name in ("openers", "auxiliaries", "negations", "impersonal"):
        for form in speech[name]:
            yield f"speech.{name}", form, None
    for name in ("asides", "occasions", "anonymous", "before_nouns", "received"):
        for form in speech["nouns"][name]:
            yield f"speech.{name}", form, None
