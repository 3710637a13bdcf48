"""How what is said opens behind a verb of saying: «أن», a colon, a quotation mark, the verb's own preposition.

Apart from statements, which ask who speaks: here only the words behind the verb are looked at.
"""

from __future__ import annotations

from functools import cache

from sijill.arabic.lexicon import Passage
from sijill.arabic.names import ARTICLE
from sijill.arabic.signs import COMMAS
from sijill.arabic.speech import Verb
from sijill.arabic.text import language_data

__all__ = ["ACCUSATIVE", "SKIPPED_AT_MOST", "between", "complement", "opens", "opens_soon"]

NEEDS_OPENER_WITHIN = 3
FEMININE_OPENER_WITHIN = 12
"""Further for a feminine past form («عبرت الهيئة … عن أملها»): it is no homograph of a preposition."""
SOMEBODY = ("party", "name", "given", "title_head")
SOMEBODY_WITHIN = 2
"""Words, the first of which is somebody, or an aside before him."""
OBJECT_WITHIN = 7
"""Words behind a verb or its speaker among which the object stands that makes it one of saying."""
AND, ACCUSATIVE = "و", "ين"
"""How a plural of people ends that is no subject."""
SAYING_ONLY = frozenset({"قال", "أضاف", "ذكر", "نقل", "تابع", "أفاد", "صرح", "كشف"})
"""Verbs whose bare noun is a subject, not an object: «وقال ناشط» is not «وأكد ضرورة»."""
SKIPPED_AT_MOST = 7
"""Words of occasion («، أمس، خلال مؤتمر صحفي») that may stand between a verb and its speaker."""


def between(passage: Passage, index: int) -> bool:
    """Whether the verb's letters are those of «بين» without «و»: a quotation mark behind makes it no verb."""
    return passage.starts("between", index, bare=True)


def complement(passage: Passage, index: int, verb: Verb, far: bool = False, that: bool = False) -> bool:
    """Whether what was said opens soon: «أن», the verb's own preposition, and unless `that` alone counts a colon or a
    quotation mark."""
    if verb.objects:
        return _lays_on_somebody(passage, index, verb)
    within = FEMININE_OPENER_WITHIN if far else NEEDS_OPENER_WITHIN
    for at in range(index, min(passage.size, index + within + 1)):
        word = passage.word(at)
        begins = not verb.preposition_too and (passage.starts("speech.openers", at) or not that and word in ('"', ":"))
        if begins or takes(word, verb):
            return True
    return False


def _lays_on_somebody(passage: Passage, index: int, verb: Verb, within: int = SOMEBODY_WITHIN) -> bool:
    """«… الحكومة المسؤولية»: whether somebody stands among the `within` words from `index` on, and soon behind him the
    verb's object; where nobody does, whoever stood before is he."""
    for at in range(index, index + OBJECT_WITHIN):
        if passage.word(at) in verb.objects:
            return any(
                passage.word(before).startswith(ARTICLE) or passage.starts_one(SOMEBODY, before)
                for before in range(index, min(at, index + within))
            )
    return False


def takes(word: str, verb: Verb) -> bool:
    """Whether the word is the verb's preposition or carries it: «رحب بالمبادرة», «دعا لممرات»."""
    if not verb.preposition:
        return False
    letter = verb.preposition if len(verb.preposition) == 1 else "ل" if verb.preposition == "الي" else ""
    return word == verb.preposition or (bool(letter) and word.startswith(letter) and len(word) > 2)


def opens(passage: Passage, index: int, verb: Verb) -> bool:
    """Whether the verb's subject is a pronoun: its complement, or an occasion, stands right behind it."""
    while (adverb := passage.hit("speech.adverbs", index, bare=True)) is not None:
        index = adverb.end
    told = next((hit for hit in passage.hits("party", index) if hit.cut and hit.value.kind == "agency"), None)
    index = index if told is None else told.end  # «وأكد لوكالة فرانس برس أن»
    word = passage.word(index)
    if passage.starts("speech.openers", index) or word in ('"', ":") or takes(word, verb):
        return True
    if passage.starts("speech.participles", index, bare=True):
        return True  # «وتابع مؤكدا أن»
    if verb.objects:
        return _lays_on_somebody(passage, index, verb, 1)
    if verb.judges or verb.repeats and passage.starts("speech.repeated", index, bare=True):
        return True  # «واعتبرها خطوة إيجابية», «وجدد دعوته»
    if verb.lemma in SAYING_ONLY and word in COMMAS and passage.word(index - 1).startswith(AND):
        return True  # «وأضاف، في الوقت الذي …، أن»
    if verb.lemma in SAYING_ONLY and passage.starts("speech.begins", index, bare=True):
        return True  # «وأضاف لن نذهب»: said without quotation marks
    if verb.ambiguous:
        occasion = passage.hit("speech.occasions", index, bare=True)  # «وكشفت في هذا السياق أن»
        return occasion is not None and passage.starts("speech.openers", occasion.end, bare=True)
    if (
        passage.starts("speech.occasions", index)
        or passage.starts("relative_day", index)
        or word in ("في", "خلال", "على", "عن", "عقب")
    ):
        return True
    verbal = verb.feminine or verb.lemma not in _like_nouns()
    if verb.addresses and verbal and word.startswith(ARTICLE) and word.endswith(ACCUSATIVE):
        return not passage.starts_one(("party", "title_head", "name"), index)  # «ودعت اللاعبين الدوليين إلى الحوار»
    return verb.lemma not in SAYING_ONLY and passage.starts("speech.objects", index)


@cache
def _like_nouns() -> frozenset[str]:
    return frozenset(language_data("speech")["addresses_like_nouns"])


def opens_soon(passage: Passage, behind: int, verb_end: int) -> bool:
    """Whether what is said opens with «أن» right behind the verb and its speaker."""
    start = max(behind, verb_end)
    return passage.any("speech.openers", start, start + SKIPPED_AT_MOST)
