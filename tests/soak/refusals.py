"""Promise 2: every file becomes a page or a named refusal, and no good page is lost.

As many good files as hostile ones lie in one content folder. A build must publish nothing and name each hostile file;
with `keep_going` each good one must have its page, and no other.
"""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

from tests.sites import again, make
from tests.soak import encodings

GOOD = (
    (".txt", "عنوان الخبر {n}\nوصل الوفد السوري إلى أستانا في اليوم {n}.\n"),
    (".md", "# عنوان الخبر {n}\n\nوصل **الوفد** السوري <b>إلى أستانا.\n"),
    (".html", "<h1>عنوان الخبر {n}</h1><script>x()</script><p>وصل الوفد السوري.<p>وغادر &amp; عاد.\n"),
    (".txt", "---\ndate: 2018-11-28\nsource: وكالة\n---\nعنوان {n}\nقال < بشار الجعفري > إن & الجولة انتهت.\n"),
)
BAD = (
    (".txt", ""),
    (".md", " \n\n"),
    (".txt", "عنوان بلا نص\n"),
    (".md", "نص بلا عنوان\n"),
    (".html", "<p>نص بلا عنوان</p>\n"),
    (".html", "<h1>عنوان</h1><script>x()</script>\n"),
    (".txt", "---\ndate: 2018-11-28\nعنوان\nنص\n"),
    (".txt", "---\ndate: 2018-02-30\n---\nعنوان\nنص\n"),
    (".txt", "---\ndate: 28-11-2018\n---\nعنوان\nنص\n"),
    (".txt", "---\ndate: [2018]\n---\nعنوان\nنص\n"),
    (".txt", "---\nsource: &a x\nauthor: *a\n---\nعنوان\nنص\n"),
    (".txt", "---\nsource: !!python/object:os.system x\n---\nعنوان\nنص\n"),
    (".txt", "---\nsource: x\nsource: y\n---\nعنوان\nنص\n"),
    (".txt", "---\nsource: {a: b: c}\n---\nعنوان\nنص\n"),
    (".txt", "---\nsource: " + "[" * 500 + "\n---\nعنوان\nنص\n"),
    (".txt", "---\n- x\n---\nعنوان\nنص\n"),
    (".txt", "---\nurl: javascript:x\n---\nعنوان\nنص\n"),
    (".txt", "---\nlang: <b>\n---\nعنوان\nنص\n"),
    (".txt", "---\nunknown: x\n---\nعنوان\nنص\n"),
    (".txt", "عنوان\nنص \u202eمقلوب\u202c\n"),
    (".txt", "عنوان\nنص \u2067مفتوح\n"),
    (".txt", "عنوان\nنص\x07\n"),
    (".html", "<h1>عنوان</h1>" + "<div>" * 200 + "نص\n"),
    (".html", "<h1>عنوان</h1>" + "<b><p>" * 200 + "نص\n"),
    (".html", "<h1>عنوان</h1>" + "<p>نص</p>" * 10_001),
    (".md", "# عنوان\n\n" + ">" * 3000 + " نص\n"),
    (".pdf", "%PDF-1.7\n"),
    (".docx", "PK\x03\x04"),
    ("", "عنوان\nنص\n"),
    (" 1.txt", "عنوان\nنص\n"),
    ("-Big.txt", "عنوان\nنص\n"),
    ("_.md", "# عنوان\n\nنص\n"),
)
TOLD = re.compile(r"content/articles/.+:[1-9][0-9]*: error: [^\n]+ \([^\n]+\)")
"""A refusal."""


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` good files and as many hostile ones."""
    chance = random.Random(seed)
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="sijill-refusals-") as name:
        project = make(Path(name))
        folder = project / "content" / "articles"
        for number in range(count):
            suffix, text = chance.choice(GOOD)
            (folder / f"good-{number}{suffix}").write_text(text.replace("{n}", str(number)), "utf-8")
        bad = {_hostile(folder, number, chance) for number in range(count)}
        whole = again(project, jobs=2)
        if whole.outcome.published or whole.output.exists():
            failures.append("something was published")
        named = {issue.path for issue in whole.outcome.issues if issue.level == "error" and issue.hint}
        failures += (f"not as it should be told: {line}" for line in whole.lines if not TOLD.fullmatch(line))
        failures += (f"{path} is not refused" for path in sorted(bad - named))
        failures += (f"{path} is refused" for path in sorted(named - bad))
        some = again(project, keep_going=True, jobs=2)
        pages = {path.name for path in (some.output / "articles").glob("*") if (path / "index.html").is_file()}
        wanted = {"first", *(f"good-{number}" for number in range(count))}
        failures += (f"the page of {stem} is lost" for stem in sorted(wanted - pages))
        failures += (f"{stem} has a page" for stem in sorted(pages - wanted) if stem.startswith("bad"))
        if {issue.path for issue in some.outcome.issues if issue.level == "error"} != named:
            failures.append("a build that keeps going names other files")
    return count, failures


def _hostile(folder: Path, number: int, chance: random.Random) -> str:
    """Write a file that cannot be an article; its name within the project."""
    way = chance.randrange(len(BAD) + 8)
    suffix, data = ".txt", b"\xff" + chance.randbytes(chance.randrange(1, 4000))
    if way < len(BAD):
        suffix, text = BAD[way]
        data = text.encode()
    elif way == len(BAD) and number % 10 == 0:
        data = ("عنوان\n" + "كلمة " * 120_000).encode()
    elif way < len(BAD) + 6:
        data = encodings.refused(chance).data
    (folder / f"bad-{number}{suffix}").write_bytes(data)
    return f"content/articles/bad-{number}{suffix}"
