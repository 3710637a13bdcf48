"""Promise 9: two things that would stand at one address are an error that names both files.

Pairs of files whose names a disk, a server or an eye may take for one; and names that are somebody else's already.
"""

from __future__ import annotations

import random
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.sites import again, make

ARTICLE = "---\ndate: 2019-03-01\n---\nعنوان الخبر\nوصل الوفد السوري إلى أستانا.\n"
STEMS = ("talks", "talks-7", "kazakh-minister", "a1", "caf\u00e9", "محادثات", "كلمة-الوفد", "file-1", "ﬁne")
HIDDEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u0640"
FOLDERS = ("rounds", "officials", "documents", "delegations")
TAKEN = "con prn aux nul com1 com9 lpt1 lpt9 index data assets page mentions feed preview".split()


def _record(path: str, number: int = 1, extra: str = "") -> str:
    """A record that is right by itself."""
    party = "party: syria\n" if path.startswith("officials/") else ""
    return f"---\nname: اسم {number}\n{party}{extra}---\n"


class Case(NamedTuple):
    what: str
    files: dict[str, str]
    """Below `content`."""
    named: tuple[str, ...]
    """What an error has to name."""


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` pairs; each is tried in a content that is fine without it."""
    chance = random.Random(seed)
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="sijill-collisions-") as name:
        project = make(Path(name))
        fine = again(project, output=project / "fine")
        if not fine.outcome.published:
            return 0, [f"the content is not fine without collisions: {fine.lines}"]
        for number in range(count):
            case = KINDS[number % len(KINDS)](chance)
            failures += (f"case {number}, {case.what}: {found}" for found in _tried(project, case))
    return count, failures


def _tried(project: Path, case: Case) -> list[str]:
    paths = [project / "content" / name for name in case.files]
    folders = [path.parent for path in paths if not path.parent.exists()]
    for path, text in zip(paths, case.files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            return []  # this disk takes the two names for one, so there is no second file
        path.write_text(text, "utf-8")
    try:
        site = again(project, cache=False)
    finally:
        for path in paths:
            path.unlink()
        for folder in dict.fromkeys(folders):
            folder.rmdir()
    if site.outcome.published:
        return ["it was published"]
    shown = [_shown(name) for name in case.named]
    if not any(" error: " in line and all(name in line for name in shown) for line in site.lines):
        return [f"no error names {' and '.join(shown)}: {site.lines}"]
    return []


def _shown(name: str) -> str:
    """A name as messages print it."""
    return "".join(f"\\u{ord(char):04x}" if unicodedata.category(char) == "Cf" else char for char in name)


def _alike(stem: str, chance: random.Random) -> tuple[str, str]:
    """What was done to a name, and a name that may be taken for it."""
    ways: list[tuple[str, str]] = [
        ("the same", stem),
        ("letter case", stem.upper()),
        ("letter case", stem.title()),
        ("composition", unicodedata.normalize("NFD", stem)),
        ("compatibility", unicodedata.normalize("NFKC", stem)),
        ("width", "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in stem)),
    ]
    at = chance.randrange(1, len(stem))
    sign = chance.choice(HIDDEN)
    ways += [(f"U+{ord(sign):04X} within", stem[:at] + sign + stem[at:])] * 4
    return chance.choice([way for way in ways if way[0] == "the same" or way[1] != stem])


def _articles(chance: random.Random) -> Case:
    stem = chance.choice(STEMS)
    what, other = _alike(stem, chance)
    first, second = f"articles/{stem}.txt", f"articles/2019/{other}.{chance.choice(('txt', 'md', 'html'))}"
    return Case(f"two articles, {what}", {first: ARTICLE, second: ARTICLE}, (f"content/{first}", f"content/{second}"))


def _records(chance: random.Random) -> Case:
    stem = chance.choice(STEMS)
    what, other = _alike(stem, chance)
    kinds = chance.sample(("officials", "documents", "delegations"), 2)
    if what != "the same" and chance.random() < 0.5:
        kinds[1] = kinds[0]
    first, second = (f"{kind}/{name}.md" for kind, name in zip(kinds, (stem, other), strict=True))
    texts = {path: _record(path, n) for n, path in enumerate((first, second))}
    return Case(f"two records, {what}", texts, (f"content/{first}", f"content/{second}"))


def _alias_of_another(chance: random.Random) -> Case:
    kind, other = chance.choice(FOLDERS[1:]), chance.choice(("bashar-jaafari", "syria", "astana-11"))
    path = f"{kind}/someone.md"
    named = next(f"content/{folder}/{other}.md" for folder in FOLDERS if (folder, other) in _OWN)
    text = _record(path, extra=f"aliases: [{other}]\n")
    return Case("a former id that is another's id", {path: text}, (f"content/{path}", named))


_OWN = {("officials", "bashar-jaafari"), ("delegations", "syria"), ("rounds", "astana-11")}


def _aliases_of_two(chance: random.Random) -> Case:
    first, second = f"{chance.choice(FOLDERS[1:])}/one.md", f"{chance.choice(FOLDERS[1:])}/two.md"
    texts = {path: _record(path, n, "aliases: [former]\n") for n, path in enumerate((first, second))}
    return Case("two with one former id", texts, (f"content/{first}", f"content/{second}"))


def _former_articles(chance: random.Random) -> Case:
    stem = chance.choice(("first", "former"))
    text = ARTICLE.replace("---\n", f"---\nformer: [{stem}]\n", 1)
    if stem == "first":
        named = ("content/articles/one.txt", "content/articles/2018/first.txt")
        return Case("a former name that another article has", {"articles/one.txt": text}, named)
    files = {"articles/one.txt": text, "articles/2019/two.txt": text}
    return Case(
        "two articles with one former name", files, ("content/articles/one.txt", "content/articles/2019/two.txt")
    )


def _taken(chance: random.Random) -> Case:
    name = chance.choice(TAKEN)
    kind = chance.choice(FOLDERS[1:])
    cases = {
        f"articles/{name}.txt": ARTICLE,
        f"{kind}/{name}.md": _record(f"{kind}/{name}.md"),
        f"{kind}/someone.md": _record(f"{kind}/", extra=f"aliases: [{name}]\n"),
        "articles/someone.txt": ARTICLE.replace("---\n", f"---\nformer: [{name}]\n", 1),
    }
    path = chance.choice(list(cases))
    return Case(f"the reserved name {name}", {path: cases[path]}, (f"content/{path}", name))


KINDS: tuple[Callable[[random.Random], Case], ...] = (
    *(_articles, _records, _articles, _records, _taken),
    *(_alias_of_another, _aliases_of_two, _former_articles),
)
