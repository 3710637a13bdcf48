"""Promise 7: after any edits an incremental build gives the site of a clean one, and leaves no orphan.

Each case is a project that is edited and built a few times, at random: articles and records added, changed, renamed and
removed, judgements, corrections, settings, words and templates changed, edits taken back, files touched without change,
and now and then the cache or the old site damaged. After each build a clean one, in a folder of its own, must say and
make the same.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.sites import ROOT, make, options
from tests.soak.forked import result_of, tree_hash, warm

BUILDS = 3
"""Of each sequence, after the first."""
NAMES = ("خالد المصري", "سامر العلي", "ليلى حداد", "أيمن سوسان")
STEMS = ("first", "second", "third", "fourth", "fifth")
TITLES = ("عودة الوفد السوري", "تصريحات بعد المحادثات", "وصول الوفود إلى أستانا")
SENTENCES = (
    "قال بشار الجعفري إن الوفد السوري حضر الجولة {n} من محادثات أستانا.",
    "وصل الوفد الروسي برئاسة ألكسندر لافرنتييف إلى أستانا.",
    "وأكد وزير الخارجية {who} أن الوفد السوري عاد.",
    "والتقى بشار الجعفري الوفد الروسي في الجولة {n} من محادثات أستانا.",
    "ورحب القرار 2254 بالمحادثات.",
)
Edit = Callable[[Path, random.Random], None]


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` sequences of edits."""
    failures: list[str] = []
    warm()
    for number in range(count):
        with tempfile.TemporaryDirectory(prefix="sijill-edits-") as name:
            failures += _sequence(Path(name), random.Random(f"{seed} {number}"), number)
    return count, failures


def _sequence(folder: Path, chance: random.Random, number: int) -> list[str]:
    """The first difference of this sequence, with the edits that led to it."""
    project = make(folder / "project")
    shutil.copytree(ROOT / "templates", project / "templates", ignore=shutil.ignore_patterns("fonts"))
    fonts = project / "templates" / "assets" / "fonts"
    shutil.copytree(
        ROOT / "templates" / "assets" / "fonts", fonts, copy_function=os.link if _links(folder) else shutil.copy2
    )
    done: list[str] = []
    for turn in range(BUILDS + 1):
        changes: dict[str, Any] = {"strict": chance.random() < 0.1, "keep_going": chance.random() < 0.2}
        for _ in range(chance.randint(1, 3) if turn else 0):
            edit = chance.choice(EDITS)
            edit(project, chance)
            done.append(edit.__name__.strip("_"))
        before = tree_hash(project / "site")
        wanted = {"templates": project / "templates", "jobs": chance.choice((1, 2)), **changes}
        found = result_of(options(project, **wanted))
        clean = result_of(options(project, **{**wanted, "output": folder / "clean" / "site", "cache": False}))
        where = f"sequence {number}, build {turn}, after {', '.join(done) or 'nothing'}"
        if found.crash or clean.crash:
            return [f"{where}: {found.crash or clean.crash}"]
        if (found.published, found.lines) != (clean.published, clean.lines):
            return [f"{where}: {found} is not {clean}"]
        after = tree_hash(project / "site")
        if found.published and after != tree_hash(folder / "clean" / "site"):
            return [f"{where}: the sites differ ({'unchanged' if found.unchanged else 'built'})"]
        if not found.published and after != before:
            return [f"{where}: a refused build changed the site"]
        done.append("a build" if found.published else "a refusal")
        shutil.rmtree(folder / "clean", ignore_errors=True)
    return []


def _article(chance: random.Random) -> str:
    lines = (
        chance.choice(SENTENCES).format(n=chance.randrange(9, 13), who=chance.choice(NAMES))
        for _ in range(chance.randint(1, 4))
    )
    former = f"former: [{chance.choice(STEMS)}-old]\n" if chance.random() < 0.2 else ""
    draft = "draft: true\n" if chance.random() < 0.1 else ""
    date = f"date: 20{chance.randint(17, 20)}-0{chance.randint(1, 9)}-11\n" if chance.random() < 0.9 else ""
    return f"---\n{date}{former}{draft}---\n{chance.choice(TITLES)}\n" + "\n".join(lines) + "\n"


def _articles(project: Path) -> list[Path]:
    return sorted(path for path in (project / "content" / "articles").rglob("*") if path.is_file())


def _add_article(project: Path, chance: random.Random) -> None:
    path = project / "content" / "articles" / chance.choice(("2018", "2019", ".")) / f"{chance.choice(STEMS)}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_article(chance), "utf-8")


def _change_article(project: Path, chance: random.Random) -> None:
    path = chance.choice(_articles(project) or [project / "content" / "articles" / "first.txt"])
    path.write_text(_article(chance), "utf-8")


def _change_in_place(project: Path, chance: random.Random) -> None:
    """Neither the length nor the age of the file tells that it was changed."""
    for path in _articles(project)[:1]:
        found = path.stat()
        path.write_bytes(path.read_bytes().replace("السوري".encode(), "الروسي".encode()))  # it may be no text
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def _rename_article(project: Path, chance: random.Random) -> None:
    for path in _articles(project)[:1]:
        path.rename(path.with_name(f"{chance.choice(STEMS)}.txt"))


def _move_article(project: Path, chance: random.Random) -> None:
    for path in _articles(project)[-1:]:
        target = project / "content" / "articles" / f"{chance.randint(2017, 2020)}" / path.name
        target.parent.mkdir(exist_ok=True)
        path.rename(target)


def _remove_article(project: Path, chance: random.Random) -> None:
    found = _articles(project)
    if len(found) > 1:
        chance.choice(found).unlink()


def _spoil_article(project: Path, chance: random.Random) -> None:
    path = project / "content" / "articles" / f"{chance.choice(STEMS)}.txt"
    path.write_bytes(chance.choice((b"", b"\xff\xfe", b"---\ndate: x\n---\n", "عنوان".encode())))


def _add_record(project: Path, chance: random.Random) -> None:
    folder, extra = chance.choice((("documents", ""), ("delegations", ""), ("officials", "party: syria\n")))
    name = chance.choice(NAMES)
    alias = f"aliases: [former-{chance.randint(1, 3)}]\n" if chance.random() < 0.5 else ""
    path = project / "content" / folder / f"record-{chance.randint(1, 3)}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\nname: {name}\n{extra}{alias}---\nملاحظة.\n", "utf-8")


def _records(project: Path) -> list[Path]:
    return sorted((project / "content").glob("*/*.md"))


def _change_record(project: Path, chance: random.Random) -> None:
    path = chance.choice(_records(project))
    path.write_text(path.read_text("utf-8").replace("name: ", "name: السيد ", 1), "utf-8")


def _rename_record(project: Path, chance: random.Random) -> None:
    path = chance.choice(_records(project))
    path.rename(path.with_stem(f"{path.stem}-{chance.randint(1, 3)}"))


def _remove_record(project: Path, chance: random.Random) -> None:
    found = [path for path in _records(project) if path.parent.name in ("officials", "documents", "delegations")]
    if found:
        chance.choice(found).unlink()


def _judge(project: Path, chance: random.Random) -> None:
    path = project / "content" / "identity.toml"
    left, right = chance.sample(("record-1", "record-2", "record-3", "bashar-jaafari"), 2)
    same = chance.choice(("true", "false"))
    row = f'[[judgement]]\nleft = "{left}"\nright = "{right}"\nsame = {same}\nby = "التحرير"\non = 2026-01-31\n'
    path.write_text(row if chance.random() < 0.7 else "", "utf-8")


def _correct(project: Path, chance: random.Random) -> None:
    """Rows that apply, rows that do not, and rows that contradict each other."""
    rows = []
    for _ in range(chance.randint(0, 3)):
        where = chance.choice(("", f'article = "{chance.choice(STEMS)}"\n'))
        who = chance.choice(("bashar-jaafari", "khald-alsry", "samr-ally", "syria", "nobody"))
        right = chance.choice(("false", '"bashar-jaafari"', '"russia"', '"nobody-else"'))
        by = chance.choice(("التحرير", "ليلى"))
        rows.append(f'[[correction]]\n{where}read = "{who}"\nright = {right}\nby = "{by}"\non = 2026-01-31\n')
    if chance.random() < 0.3:
        rows.append(
            '[[correction]]\nclaim = "attends"\nfield = "who"\nread = "syria"\nright = "russia"\n'
            'by = "ليلى"\non = 2026-01-31\n'
        )
    if chance.random() < 0.1:
        rows.append("[[correction]]\n")
    (project / "content" / "corrections.toml").write_text("".join(rows), "utf-8")


def _change_settings(project: Path, chance: random.Random) -> None:
    path = project / "content" / "site.toml"
    extra = chance.choice(("", 'digits = "arabic-indic"\n', "hijri = true\n", "min_confidence = 0.9\n", "wrong = 1\n"))
    title = chance.choice(TITLES)
    base = chance.choice(("https://example.org", "https://example.net/archive"))
    path.write_text(f'title = "{title}"\nbase_url = "{base}"\nprocesses = ["astana"]\n{extra}', "utf-8")


def _change_words(project: Path, chance: random.Random) -> None:
    path = project / "content" / "strings" / "ar.toml"
    path.write_text(path.read_text("utf-8").replace(chance.choice(("المحادثات", "الجولات", "المسؤولون")), "الأخبار"))


def _change_template(project: Path, chance: random.Random) -> None:
    path = project / "templates" / chance.choice(("base.html", "404.html", "article.html", "assets/site.css"))
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" if path.suffix == ".html" else f"\n.n{chance.randint(1, 9)} {{ color: red }}\n")


def _break_template(project: Path, chance: random.Random) -> None:
    path = project / "templates" / "404.html"
    good = (ROOT / "templates" / "404.html").read_text("utf-8")
    path.write_text(chance.choice((good, good, f"{good}{{% if %}}")), "utf-8")


def _touch(project: Path, chance: random.Random) -> None:
    for path in _articles(project):
        os.utime(path, (1, chance.randint(1, 1_000_000_000)))


def _damage_site(project: Path, chance: random.Random) -> None:
    pages = sorted((project / "site").rglob("*.html"))
    if pages:
        path = chance.choice(pages)
        chance.choice((path.unlink, lambda: path.write_text("x"), lambda: (path.parent / "orphan.html").touch()))()


def _damage_cache(project: Path, chance: random.Random) -> None:
    entries = sorted(path for path in (project / ".cache").rglob("*") if path.is_file())
    if entries:
        path = chance.choice(entries)
        chance.choice((path.unlink, lambda: path.write_bytes(path.read_bytes()[:-1]), lambda: path.write_text("x")))()


def _links(folder: Path) -> bool:
    """Whether the fonts can be had without copying them."""
    return folder.stat().st_dev == (ROOT / "templates").stat().st_dev


EDITS: tuple[Edit, ...] = (
    *(_add_article, _change_article, _add_article, _change_article, _change_in_place, _rename_article, _move_article),
    *(_remove_article, _spoil_article, _add_record, _add_record, _change_record, _rename_record, _remove_record),
    *(_judge, _correct, _correct, _change_settings, _change_words, _change_template, _break_template, _touch),
    *(_damage_site, _damage_cache),
)
