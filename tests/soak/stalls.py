"""Promise 3: one file cannot stall a build.

Articles made to hurt parsers and rules lie among good ones. A build that keeps going must end, within its seconds
of the processor for each hostile file. Each good one must have a page; each hostile one has a page or is refused.
"""

from __future__ import annotations

import random
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.sites import again, make
from tests.soak.forked import finished, start

GOOD = 4
SECONDS = 2.0
"""Of the processor, for reading one file: as `content/site.toml` has it."""
SLACK = 0.5
"""For its page, where it has one, and for the worker that takes the place of one that was ended."""
BASE = 15.0
"""For all else that a build does."""
LARGEST = 900_000
SIZES = (3_000, 18_000, 100_000, LARGEST)
PATTERNS = (
    "<![CDATA[",
    "<!--",
    "<!",
    "<?",
    "<",
    "</",
    "<p>",
    "<b>",
    "<div>",
    "<b><p>",
    "<a href=",
    "&",
    "&#",
    "&amp",
    "[",
    "![",
    "[a](",
    "[a][",
    "](",
    "`",
    "``a`",
    "*",
    "*a ",
    "_a_",
    "**a",
    "~~",
    "\\",
    "> ",
    ">",
    "- ",
    "1. ",
    "# ",
    "a\n: b\n    ",
    "    - a\n",
    "|",
    "|-|\n",
    "a|b\n-|-\n",
    "\n\n>",
    "\t",
    "\r",
    " ",
    "\u00a0",
    "\n",
    "ا",
    "اا ",
    "ا\u064b",
    "\u064b",
    "\u0640",
    "\u200c",
    "\u200f",
    "ﷺ",
    "«",
    "»",
    "«ا»",
    "(",
    ")",
    "()",
    '"',
    "،",
    "؛",
    ".",
    "؟",
    "!",
    "1",
    "١",
    "1 ",
    "28-11-2018 ",
    "2018 ",
    "تشرين الثاني ",
    "28 تشرين الثاني 2018 ",
    "اليوم ",
    "الأربعاء ",
    "قال ",
    "وقال إن ",
    "قال: «",
    "و",
    "وال",
    "الوفد ",
    "الوفد السوري ",
    "وفد ",
    "وفد حكومة جمهورية ",
    "رئيس ",
    "رئيس وفد ",
    "الدكتور ",
    "بشار ",
    "بشار الجعفري ",
    "بشار الجعفري و",
    "برئاسة بشار الجعفري ",
    "نائب وزير خارجية ",
    "روسيا وإيران وتركيا ",
    "الجولة ",
    "الجولة الحادية عشرة ",
    "الجولة 11 من محادثات أستانا ",
    "الجولة الحادية عشرة من ",
    "أستانا ",
    "جولتي ",
    "القرار 2254 ",
    "الجولتين العاشرة والحادية عشرة ",
    "التقى الوفد السوري الوفد الروسي ",
    "وصل الوفد السوري إلى أستانا. ",
    "أحد عشر ",
    "مئة وألف ",
)
FRONTS = (
    lambda size, number: "---\nsource: " + "[" * size + "\n---\n",
    lambda size, number: "---\n" + "".join(f"k{each}: x\n" for each in range(size // 9)) + "---\n",
    lambda size, number: "---\nsource: " + "x " * (size // 2) + "\n---\n",
    lambda size, number: "---\nformer: [" + ", ".join(f"a{number}-{each}" for each in range(size // 9)) + "]\n---\n",
    lambda size, number: "---\nauthor: " + "'" * size + "\n---\n",
)
TITLES = {".txt": "عنوان\n", ".md": "# عنوان\n\n", ".html": "<h1>عنوان</h1>"}


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` hostile files in one build."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="sijill-stalls-") as name:
        project = make(Path(name))
        folder = project / "content" / "articles"
        for number in range(GOOD):
            text = f"عنوان {number}\nوصل الوفد السوري إلى أستانا في اليوم {number}.\n"
            (folder / f"good-{number}.txt").write_text(text, "utf-8")
        stems = {_hostile(folder, number, chance) for number in range(count)}
        found = finished(start(_timed(project)))
        if not isinstance(found, tuple):
            return count, [f"the build did not end as it should: {found}"]
        seconds, lines = found
        refused = {Path(path).stem for path in lines}
        pages = {path.parent.name for path in (project / "site" / "articles").glob("*/index.html")}
        failures = [f"{path} is refused too: {said}" for path, said in lines.items() if "/bad-" not in path]
        failures += [f"the page of good-{each} is lost" for each in range(GOOD) if f"good-{each}" not in pages]
        failures += (f"{stem} has neither a page nor a refusal" for stem in sorted(stems - pages - refused))
        most = BASE + count * (SECONDS + SLACK)
        if seconds > most:
            failures.append(f"the build took {seconds:.0f} s of the processor, more than {most:.0f}")
    return count, failures


def _timed(project: Path) -> Callable[[], tuple[float, dict[str, str]]]:
    """A build that tells its processor time, with that of its workers, and the files that it refused with why."""

    def work() -> tuple[float, dict[str, str]]:
        site = again(project, keep_going=True, jobs=2)
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        wrong = {issue.path: issue.message for issue in site.outcome.issues if issue.level == "error" and issue.hint}
        if not site.outcome.published:
            wrong["site"] = f"nothing was published: {site.lines[-1]}"
        return sum(each.ru_utime + each.ru_stime for each in used), wrong

    return work


def _hostile(folder: Path, number: int, chance: random.Random) -> str:
    """Write one file; its stem."""
    stem, size = f"bad-{number}", chance.choice(SIZES)
    suffix = chance.choice(tuple(TITLES))
    if chance.random() < 0.1:
        text = chance.choice(FRONTS)(size, number) + TITLES[suffix] + "نص\n"
    else:
        pieces = chance.sample(PATTERNS, chance.choice((1, 1, 1, 2, 3)))
        whole = "".join(pieces)
        body = whole * max(1, size // len(whole.encode()))
        if chance.random() < 0.3:
            body = "".join(piece * max(1, size // len(pieces) // len(piece.encode())) for piece in pieces)
        text = TITLES[suffix] + body + chance.choice(("", "\nنص\n"))
    (folder / f"{stem}{suffix}").write_bytes(text.encode())
    return stem
