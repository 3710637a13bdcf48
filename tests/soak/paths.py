"""Promise 8: nothing is read or written outside the project.

Each case is a project in which something leads out: a link, a name, a line of an article. Outside lies a folder with a
secret. After the build the secret may stand nowhere in the project, and outside nothing may have changed.
"""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sijill.build import Options
from tests.sites import ROOT, make, options, write
from tests.soak.forked import Result, result_of, tree_hash, warm

SECRET = "كلام سري لا يخرج"
OUTSIDE = {
    "secret.txt": f"عنوان سري\n{SECRET}\n",
    "secret.md": f"---\nname: {SECRET}\n---\n",
    "secret.toml": f'title = "{SECRET}"\nbase_url = "https://example.org"\nprocesses = ["astana"]\n',
    "folder/secret.txt": f"عنوان سري\n{SECRET}\n",
    "folder/secret.md": f"---\nname: {SECRET}\n---\n",
    "aa/0123": SECRET,
    "secret.html": f"<p>{SECRET}</p>",
}


class Place(NamedTuple):
    """The folders of one case."""

    project: Path
    outside: Path


class Case(NamedTuple):
    what: str
    prepare: Callable[[Place], dict[str, Any] | None]
    """Changes the project; gives changes to the build's options."""
    refused: bool = True
    """Whether the build must end with an error; else it must publish."""


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` of the cases, or all there are; there is no chance in them."""
    every = list(_cases())
    cases = [every[at * len(every) // min(count, len(every))] for at in range(min(count, len(every)))]
    failures: list[str] = []
    warm()
    for case in cases:
        with tempfile.TemporaryDirectory(prefix="sijill-paths-") as name:
            failures += (f"{case.what}: {found}" for found in _tried(case, Path(name)))
    return len(cases), failures


def _tried(case: Case, folder: Path) -> Iterator[str]:
    place = Place(make(folder / "project"), folder / "outside")
    for name, text in OUTSIDE.items():
        path = place.outside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    changes = case.prepare(place) or {}
    before, around = tree_hash(place.outside), sorted(folder.iterdir())
    wanted: Options = options(place.project, **{"jobs": 1, **changes})
    for turn in ("first", "second"):  # the second finds what the first left
        result: Result = result_of(wanted)
        if result.crash:
            yield f"{turn} build: {result.crash}"
        if result.published == case.refused:
            yield f"{turn} build: {'published' if result.published else f'refused: {result.lines}'}"
        if case.refused and not any(" error: " in line for line in result.lines):
            yield f"{turn} build: no error says why: {result.lines}"
        if tree_hash(place.outside) != before or sorted(folder.iterdir()) != around:
            yield f"{turn} build: something outside was changed"
    for made in (place.project / "site", place.project / ".cache"):
        for path in made.rglob("*") if not made.is_symlink() else ():
            if path.is_file() and not path.is_symlink() and SECRET.encode() in path.read_bytes():
                yield f"the secret stands in {path.relative_to(place.project)}"


def _cases() -> Iterator[Case]:
    yield from _links_among_inputs()
    yield from _no_files()
    yield from _links_among_outputs()
    yield from _places()
    yield from _names()
    yield from _texts()


def _link(where: str, to: str, remove: bool = False) -> Callable[[Place], None]:
    """A link in the project to something outside."""

    def prepare(place: Place) -> None:
        path = place.project / where
        path.parent.mkdir(parents=True, exist_ok=True)
        if remove:
            path.rename(place.project / "moved")
        path.symlink_to(place.outside / to)

    return prepare


def _links_among_inputs() -> Iterator[Case]:
    links = (
        ("content/articles/link.txt", "secret.txt"),
        ("content/articles/2018/link.md", "secret.md"),
        ("content/articles/link", "folder"),
        ("content/officials/link.md", "secret.md"),
        ("content/rounds/link.md", "secret.md"),
        ("content/documents", "folder"),
        ("content/documents/deep", "folder"),
        ("content/identity.toml", "secret.toml"),
        ("content/places.toml", "secret.toml"),
        ("content/unknown", "folder"),
        ("content/articles/nowhere.txt", "missing.txt"),
        ("content/officials/nowhere.md", "missing.md"),
    )
    for where, to in links:
        yield Case(f"{where} is a link out", _link(where, to))
    for where, to in (
        ("content/articles", "folder"),
        ("content/officials", "folder"),
        ("content/site.toml", "secret.toml"),
        ("content/strings", "folder"),
        ("content/strings/ar.toml", "secret.toml"),
    ):
        yield Case(f"{where} is a link out in place of what was there", _link(where, to, remove=True))

    def chained(place: Place) -> None:
        (place.project / "content" / "articles" / "b.txt").symlink_to("a.txt")
        (place.project / "content" / "articles" / "a.txt").symlink_to(place.outside / "secret.txt")

    def relative(place: Place) -> None:
        (place.project / "content" / "articles" / "a.txt").symlink_to("../../../outside/secret.txt")

    def upward(place: Place) -> None:
        (place.project / "content" / "articles" / "up").symlink_to("..")

    def itself(place: Place) -> None:
        (place.project / "content" / "articles" / "loop.txt").symlink_to("loop.txt")

    def inside(place: Place) -> None:
        (place.project / "content" / "articles" / "other-name.txt").symlink_to("2018/first.txt")

    def hidden(place: Place) -> None:
        (place.project / "content" / ".hidden").symlink_to(place.outside)
        (place.project / "content" / "articles" / ".secret.txt").symlink_to(place.outside / "secret.txt")

    yield Case("a link to a link out", chained)
    yield Case("a relative link out", relative)
    yield Case("a link to the folder above", upward)
    yield Case("a link to itself", itself)
    yield Case("a link within the content is followed", inside, refused=False)
    yield Case("hidden links are not followed", hidden, refused=False)


def _no_files() -> Iterator[Case]:
    def pipe(where: str) -> Callable[[Place], None]:
        def prepare(place: Place) -> None:
            path = place.project / where
            path.unlink(missing_ok=True)
            os.mkfifo(path)

        return prepare

    for where in ("content/articles/a.txt", "content/officials/a.md", "content/site.toml", "content/strings/ar.toml"):
        yield Case(f"{where} is a pipe", pipe(where))

    def listening(place: Place) -> None:
        here = Path.cwd()
        os.chdir(place.project / "content" / "articles")  # the names of sockets are short
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("a.txt")
        os.chdir(here)

    def device(place: Place) -> None:
        (place.project / "content" / "articles" / "zero.txt").symlink_to("/dev/zero")

    yield Case("an article that is a socket", listening)
    yield Case("an article that is a device", device)


def _links_among_outputs() -> Iterator[Case]:
    yield Case("the site is a link out", _link("site", "folder"))
    yield Case("the site is a link to nowhere", _link("site", "missing"))
    yield Case("the stage is a link out", _link(".site-new", "folder"))
    yield Case("the stage is a link to nowhere", _link(".site-new", "missing"))
    yield Case("the old site is a link out", _link(".site-old", "folder"))
    yield Case("the lock is a link out", _link(".site-lock", "secret.txt"))
    yield Case("the lock is a link to nowhere", _link(".site-lock", "missing"))
    yield Case("the cache is a link out", _link(".cache", "folder"))
    yield Case("the cache of readings is a link out", _link(".cache/readings", "."))
    yield Case("the memory of builds is a link out", _link(".cache/builds", "folder"))

    def shelves(place: Place) -> None:
        for number in range(256):
            path = place.project / ".cache" / "readings" / f"{number:02x}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(place.outside / "folder")

    def remembered(place: Place) -> None:
        result_of(options(place.project))
        (entry,) = (place.project / ".cache" / "builds").iterdir()
        entry.unlink()
        entry.symlink_to(place.outside / "secret.txt")

    def within(place: Place) -> None:
        result_of(options(place.project))
        (place.project / "site" / "out").symlink_to(place.outside)
        (place.project / "site" / "page.html").symlink_to(place.outside / "secret.html")

    def manifest(place: Place) -> None:
        (place.project / "site").mkdir()
        (place.project / "site" / ".sijill-manifest").symlink_to(place.outside / "secret.txt")

    yield Case("shelves of the cache are links out", shelves, refused=False)
    yield Case("what is remembered of a build is a link out", remembered, refused=False)
    yield Case("the old site holds links out", within, refused=False)
    yield Case("the manifest of the site is a link out", manifest)


def _places() -> Iterator[Case]:
    def output(where: str) -> Callable[[Place], dict[str, Any]]:
        return lambda place: {"output": place.project / where}

    def templates(changes: Callable[[Place, Path], None]) -> Callable[[Place], dict[str, Any]]:
        def prepare(place: Place) -> dict[str, Any]:
            folder = place.project / "templates"
            for path in sorted((ROOT / "templates").rglob("*")):
                copy = folder / path.relative_to(ROOT / "templates")
                if path.is_file():
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    copy.write_bytes(path.read_bytes())
            changes(place, folder)
            return {"templates": folder}

        return prepare

    def asset(place: Place, folder: Path) -> None:
        (folder / "assets" / "link.txt").symlink_to(place.outside / "secret.txt")

    def page(place: Place, folder: Path) -> None:
        (folder / "404.html").unlink()
        (folder / "404.html").symlink_to(place.outside / "secret.html")

    def including(name: str) -> Callable[[Place, Path], None]:
        def change(place: Place, folder: Path) -> None:
            path = name.format(outside=place.outside)
            (folder / "404.html").write_text(f'{{% include "{path}" %}}')

        return change

    for where in ("content", "content/site", ".", "content/articles/2018"):
        yield Case(f"the output is {where}", output(where))
    yield Case("the output is above the project", lambda place: {"output": place.project.parent})
    yield Case("an asset is a link out", templates(asset))
    yield Case("a template is a link out", templates(page))
    yield Case("a template includes a path above", templates(including("../../outside/secret.html")))
    yield Case("a template includes a path", templates(including("{outside}/secret.html")))


WIDE = "．．／．．／outside"
"""Under NFKC this is `../../outside`."""


def _names() -> Iterator[Case]:
    def files(text: str) -> Callable[[Place], None]:
        return lambda place: write(place.project, text)

    body = "---\nعنوان\nنص الخبر.\n"
    for name in ("../../outside/new", "/tmp/new", WIDE, "..", "a/b", "%2e%2e%2fnew", "a\\\\b", "new\\0"):
        yield Case(
            f"an article's former name is {name}", files(f'-- articles/a.txt --\n---\nformer: ["{name}"]\n{body}')
        )
        record = f'-- documents/a.md --\n---\nname: وثيقة\naliases: ["{name}"]\n---\n'
        yield Case(f"a record's former id is {name}", files(record))
    for key in ("process", "number"):
        value = "../../outside/secret"
        yield Case(f"the {key} of a round is a path", files(f"-- rounds/b.md --\n---\nname: ج\n{key}: {value}\n---\n"))
    yield Case(
        "a process to show is a path",
        files('-- site.toml --\ntitle = "س"\nbase_url = "https://example.org"\nprocesses = ["../../outside/secret"]\n'),
    )
    yield Case("an article's encoding is a path", files(f"-- articles/a.txt --\n---\nencoding: ../../secret\n{body}"))
    for name in (f"{WIDE}.txt", "．．.txt", "‏...txt", "a\\..\\b.txt", "%2e%2e.txt"):
        yield Case(f"an article's file is {name}", files(f"-- articles/{name} --\nعنوان\nنص الخبر.\n"))
    yield Case(f"a record's file is {WIDE}", files(f"-- documents/{WIDE}.md --\n---\nname: وثيقة\n---\n"))
    yield Case(
        "a former name is too long for a disk", files(f"-- articles/a.txt --\n---\nformer: [{'a' * 300}]\n{body}")
    )
    someone = " ".join(["محمد" + "حسن" * 60] * 4)
    long = f"-- articles/a.txt --\nعنوان\nقال وزير الخارجية {someone} إن الوفد السوري وصل.\n"
    yield Case("a name in an article is too long for a disk", files(long), refused=False)


def _texts() -> Iterator[Case]:
    lines = {
        "a picture": "![صورة](../../../outside/secret.txt)",
        "a frame": '<iframe src="file:///{outside}/secret.html"></iframe>',
        "an object": '<object data="{outside}/secret.html"></object>',
        "an entity of XML": '<!DOCTYPE a [<!ENTITY x SYSTEM "file://{outside}/secret.txt">]><p>نص &x;</p>',
        "an inclusion of XML": '<xi:include href="{outside}/secret.txt" parse="text"/> نص',
        "a statement of templates": 'نص {{% include "{outside}/secret.html" %}}',
        "an expression of templates": "نص {{{{ ''.__class__.__mro__[1].__subclasses__() }}}}",
        "a snippet": '--8<-- "{outside}/secret.txt"\n\nنص',
        "an inclusion of servers": '<!--#include file="{outside}/secret.txt" --> نص',
    }

    def article(line: str, suffix: str) -> Callable[[Place], None]:
        def prepare(place: Place) -> None:
            head = "<h1>عنوان</h1>\n<p>نص</p>" if suffix == "html" else "# عنوان\n"
            text = f"{head}\n{line.format(outside=place.outside)}\n\nنص الخبر.\n"
            (place.project / "content" / "articles" / f"text.{suffix}").write_text(text, "utf-8")

        return prepare

    for what, line in lines.items():
        for suffix in ("md", "html"):
            yield Case(f"{what} in a .{suffix} file", article(line, suffix), refused=False)
    tag = "-- articles/a.md --\n---\nsource: !!python/object/apply:os.system ['touch {outside}/new']\n---\n# ع\n\nنص\n"

    def tagged(place: Place) -> None:
        write(place.project, tag.format(outside=place.outside))

    yield Case("a Python object in front matter", tagged)
