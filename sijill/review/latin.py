"""A name in Latin letters, to be corrected: by how the registry writes its parts, else letter by letter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from sijill.arabic.names import slug
from sijill.arabic.text import fold, language_data
from sijill.model import Record
from sijill.slugs import SLUG

__all__ = ["id_of", "latin_of", "latin_parts"]

ARTICLE = "ال"


def latin_parts(records: Iterable[Record]) -> Mapping[str, str]:
    """Folded words of names to how the registry writes them most often, from names with as many words in both."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        words, latin = fold(record.name).split(), record.latin.split()
        if len(words) == len(latin):
            for word, written in zip(words, latin, strict=True):
                counts[word][written] += 1
    return {word: min(found, key=lambda one: (-found[one], one)) for word, found in counts.items()}


def latin_of(name: str, parts: Mapping[str, str]) -> str:
    """The name in Latin letters, as far as one can tell without its vowels."""
    return " ".join(parts.get(word) or _spelt(word) for word in fold(name).split())


def id_of(latin: str) -> str:
    """An id for a name in Latin letters; empty where it has none."""
    words = [word.lower().removeprefix("al-").replace("'", "") for word in latin.split()]
    found = "-".join(word for word in words if word)
    return found if SLUG.fullmatch(found) else ""


def _spelt(word: str) -> str:
    bare = word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 1 else word
    data = language_data("review")
    letters = ""
    for at, letter in enumerate(bare):
        tables = [data["latin"], *([data["vowels"]] if at else []), *([data["endings"]] if at == len(bare) - 1 else [])]
        letters += next((table[letter] for table in reversed(tables) if letter in table), slug(letter))
    return ("al-" if bare != word else "") + letters[:1].upper() + letters[1:]
