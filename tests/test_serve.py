"""The preview: it shows what is saved, tells what went wrong, outlives what happens behind it, and answers to this
machine only."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from sijill import prepare
from sijill.build import build
from sijill.inputs import PACKAGE
from sijill.issues import error
from sijill.model import Reading
from sijill.publish import MANIFEST
from sijill.serve.browser import OWN_FILES, WORDS, previewed
from sijill.serve.orders import Answer, Order
from sijill.serve.warm import Warm
from sijill.serve.watching import changes
from tests.preview import PATIENCE, Preview
from tests.showcase import Showcase
from tests.sites import ROOT, make, options, tree, write

PAGE = "/articles/first/"


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    running = Preview(make(tmp_path))
    yield running
    assert running.end() == 0


def test_a_page_has_its_style_sheets_also_while_the_next_site_is_prepared(preview: Preview) -> None:
    page = preview.wait(PAGE, lambda status, body: status == 200)
    [sheet] = re.findall(r'href="(/assets/site\.)[0-9a-f]{10}\.css"', page)
    asked = 0
    for turn in range(20):  # a machine that is busy with other work may have the next site ready before we ask once
        shown = preview.shown
        record = f"name: أستانا 12\nlatin: Astana 12, {turn}\nprocess: astana\nnumber: 12\n"
        write(preview.folder, f"-- rounds/astana-12.md --\n---\n{record}---\n")
        while preview.shown == shown:
            asked += 1  # another name each time, as of a page that is older or newer than what is shown
            status, body, kinds = preview.get(f"{sheet}{asked:010x}.css")
            assert (status, kinds["Content-Type"].partition(";")[0]) == (200, "text/css"), body[:200]
        if asked:
            break
    assert asked


def test_a_change_is_shown_and_what_is_wrong_is_told_while_the_old_page_stays(preview: Preview) -> None:
    page = preview.wait(PAGE, lambda status, body: status == 200)
    assert "برئاسة الدكتور" in page
    assert f'<script src="/livereload.js?port={preview.port}"></script></head>' in page

    write(preview.folder, "-- articles/2018/first.txt --\nعنوان آخر\nكلام جديد عن الوفد السوري.\n")
    preview.wait(PAGE, lambda status, body: "كلام جديد" in body)

    write(preview.folder, "-- articles/2018/first.txt --\n---\ndate: <b>x</b>\n---\nعنوان\nكلام ثالث.\n")
    state = preview.wait_for(lambda state: state["failed"])
    assert state["issues"] == [
        {
            "level": "error",
            "place": "content/articles/2018/first.txt:2",
            "what": 'date "<b>x</b>" is not a date',
            "fix": "write YYYY-MM-DD",
        }
    ]
    assert "كلام جديد" in preview.get(PAGE)[1]
    assert "nothing published: 1 error" in preview.said.read_text("utf-8")

    write(preview.folder, "-- articles/2018/first.txt --\nعنوان\nكلام رابع.\n")
    preview.wait_for(lambda state: not state["failed"] and not state["issues"])
    assert "كلام رابع" in preview.get(PAGE)[1]


def test_the_whole_site_is_built_behind_what_is_shown(preview: Preview) -> None:
    preview.wait(PAGE, lambda status, body: status == 200)
    write(preview.folder, "-- articles/2018/first.txt --\nعنوان\nكلام جديد عن الوفد السوري.\n")
    preview.wait(PAGE, lambda status, body: "كلام جديد" in body)
    file = preview.folder / "site" / "articles" / "first" / "index.html"
    preview.wait(PAGE, lambda status, body: file.exists() and "كلام جديد" in file.read_text("utf-8"))


def test_what_only_the_whole_build_finds_is_told_too(tmp_path: Path) -> None:
    templates = Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))
    preview = Preview(make(tmp_path), templates)
    try:
        preview.wait(PAGE, lambda status, body: status == 200)
        before = preview.wait("/method/", lambda status, body: preview.builds == 1)
        (templates / "method.html").write_text("{{ nothing.at.all }}", "utf-8")
        state = preview.wait_for(lambda state: state["failed"])
        assert [each["place"] for each in state["issues"]] == ["templates/method.html:1"]
        # Nobody has looked at the page yet: the build has told. The page itself stays as it was.
        after = preview.get("/method/")[1]
        assert after.partition("<body")[2] == before.partition("<body")[2]
    finally:
        assert preview.end() == 0


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGKILL, -9), (signal.SIGUSR1, 7)], ids=("killed", "SystemExit"))
def test_a_process_that_ends_is_told_of_and_started_again(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    leaving = "import signal, sys\nsignal.signal(signal.SIGUSR1, lambda *_: sys.exit(7))\n"
    (tmp_path / "leaving").mkdir()
    (tmp_path / "leaving" / "sitecustomize.py").write_text(leaving)
    preview = Preview(make(tmp_path), PYTHONPATH=str(tmp_path / "leaving"))
    try:
        page = preview.wait(PAGE, lambda status, body: status == 200 and preview.builds == 1)
        former = preview.maker
        os.kill(former, sent)
        _, other, _ = preview.get("/rounds/")  # nobody has asked for it before, so its end is found out
        assert "أستانا 11" in other
        state = preview.state
        assert not state["failed"] or f"ended with code {code}" in state["issues"][0]["what"]
        assert preview.get(PAGE)[1] == page
        preview.wait_for(lambda state: not state["failed"] and preview.maker not in (0, former))
        write(preview.folder, "-- articles/2018/first.txt --\nعنوان\nكلام آخر.\n")
        preview.wait(PAGE, lambda status, body: "كلام آخر" in body)
    finally:
        assert preview.end() == 0


def test_other_code_makes_another_process(preview: Preview) -> None:
    preview.wait(PAGE, lambda status, body: status == 200)
    former = preview.maker
    module = PACKAGE / "settle.py"
    module.chmod(module.stat().st_mode)  # no change but that of the inode's time
    preview.wait(PAGE, lambda status, body: status == 200 and preview.maker not in (0, former))
    assert not preview.state["failed"]


def test_only_this_machines_own_pages_may_look_and_listen(preview: Preview) -> None:
    preview.wait("/", lambda status, body: status == 200 and preview.builds == 1)
    for path in ("/", "/preview.json", "/preview.js", "/livereload.js"):
        assert preview.get(path, host=f"evil.example:{preview.port}")[0] == 403, path
    assert preview.get("/", host="evil.example")[0] == 403
    assert preview.get("/", host=f"localhost:{preview.port}")[0] == 200
    for path in (
        "/../content/site.toml",
        "/%2e%2e/content/site.toml",
        "/..%2fcontent/site.toml",
        "/%00",
        "//etc/passwd",
    ):
        assert preview.get(path)[0] == 404
    assert preview.get("/forcereload")[0] == 404
    (preview.folder / "site" / "leak").symlink_to(preview.folder / "content" / "site.toml")
    assert preview.get("/leak")[0] == 404
    assert preview.get("/articles/first")[2]["Location"] == PAGE
    for path in ("/", "/preview.json"):
        assert preview.get(path)[2]["Cache-Control"] == "no-store"
        assert preview.get(path)[2]["Cross-Origin-Resource-Policy"] == "same-origin"
    [font] = (preview.folder / "site" / "assets" / "fonts").glob("naskh.*.woff2")
    assert "immutable" in preview.get(f"/assets/fonts/{font.name}")[2]["Cache-Control"]

    async def connects(origin: str) -> bool:
        request = HTTPRequest(f"ws://127.0.0.1:{preview.port}/livereload", headers={"Origin": origin})
        try:
            channel = await websocket_connect(request)
        except HTTPClientError:
            return False
        channel.close()
        await channel.read_message()  # until it is closed
        return True

    assert asyncio.run(connects(f"http://127.0.0.1:{preview.port}"))
    assert not asyncio.run(connects("http://evil.example"))
    assert not asyncio.run(connects(f"http://evil.example:{preview.port}"))


def test_a_site_under_a_path_is_shown_under_it(tmp_path: Path) -> None:
    project = make(tmp_path)
    settings = project / "content" / "site.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("https://example.org", "https://example.org/archive"), "utf-8"
    )
    preview = Preview(project)
    try:
        preview.wait(f"/archive{PAGE}", lambda status, body: status == 200)
        assert preview.get("/")[2]["Location"] == "/archive/"
        assert preview.get(PAGE)[0] == 404
    finally:
        assert preview.end() == 0


def test_a_script_reads_one_object_a_line(tmp_path: Path) -> None:
    project = make(tmp_path)
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--json", "--port", "0"]
    command += ["--content", str(project / "content")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["serving"].startswith("http://127.0.0.1:")
        assert json.loads(process.stdout.readline())["published"] is True
        write(project, "-- articles/2018/bad.txt --\n---\ndate: x\n---\nعنوان\nنص\n")
        issue = json.loads(process.stderr.readline())
        assert (issue["path"], issue["line"]) == ("content/articles/2018/bad.txt", 2)
        assert json.loads(process.stdout.readline())["published"] is False
        process.send_signal(signal.SIGINT)
        assert (process.wait(PATIENCE), process.stdout.read()) == (0, "")
    finally:
        process.kill()
        process.communicate()


def test_a_port_in_use_is_said(preview: Preview) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", str(preview.folder / "content")]
    done = subprocess.run(
        [*command, "--port", str(preview.port)], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 2
    assert f"port {preview.port} cannot be used" in done.stderr


def test_the_policy_is_opened_for_the_preview_and_for_nothing_else() -> None:
    page = (
        b"<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; "
        b"script-src 'none'\"></head><body class=a>x</body>"
    )
    shown = previewed(page, "127.0.0.1", 8000, "s-1").decode()
    assert (
        "content=\"default-src 'none'; style-src 'self'; script-src 'self'; "
        "connect-src 'self' ws://127.0.0.1:8000 ws://localhost:8000\""
    ) in shown
    assert shown.count("<script") == 2
    assert shown.endswith("</head><body class=a>x</body>")


def test_the_words_in_the_browser_are_those_that_it_is_given() -> None:
    script = OWN_FILES["preview.js"].decode()
    assert {*re.findall(r"words\.(\w+)", script), "waiting", "waiting_more"} == set(WORDS)


# --- what is shown is what would be published -------------------------------------------------------------------------


def test_every_file_of_every_kind_is_as_a_build_publishes_it(shown: Showcase) -> None:
    warm = Warm(options(shown.output.parent, output=shown.output))
    assert warm.answer(Order()).done
    published = tree(shown.output)
    del published[MANIFEST]
    made = {name: warm.answer(Order(name)) for name in published}
    assert {name: answer.issues for name, answer in made.items() if answer.issues} == {}
    assert [name for name, answer in made.items() if answer.body != published[name]] == []
    for name in ("articles", "officials/bashar-jaafari", "data"):
        assert warm.answer(Order(name)).folder
    for name in ("nothing", "", "articles/", "../content/site.toml", MANIFEST):
        assert warm.answer(Order(name)) == Answer(), name


EDITS = (
    "-- articles/2018/second.txt --\n---\ndate: 2018-12-01\n---\nخبر\nقال بشار الجعفري إن الوفد عاد من أستانا.\n",
    "-- articles/2018/first.txt --\nعنوان آخر\nكلام جديد عن الوفد السوري في أستانا.\n",
    "-- officials/bashar-jaafari.md --\n---\nname: بشار الجعفري\nparty: syria\nvariants: [الجعفري]\n---\nملاحظة.\n",
    "-- articles/2018/second.txt --\nremove\n",
    '-- site.toml --\ntitle = "اسم آخر"\nbase_url = "https://example.org"\nprocesses = ["astana"]\n'
    'digits = "arabic-indic"\n',
    "-- articles/2018/first.txt --\n---\nformer: [older]\n---\nعنوان ثالث\nوصل الوفد السوري إلى أستانا.\n",
)


def test_what_is_in_memory_never_grows_old(tmp_path: Path) -> None:
    project = make(tmp_path)
    warm = Warm(options(project))
    assert warm.answer(Order()).done
    for number, edit in enumerate(EDITS):
        write(project, edit)
        assert warm.answer(Order(looked_at=())).done, number
        assert warm.answer(Order()).done, number
        clean = options(project, output=project / f"clean-{number}", cache=False)
        assert build(clean).published
        for name, data in tree(clean.output).items():
            if name != MANIFEST:
                assert warm.answer(Order(name)).body == data, (number, name)


ENVOY = "-- officials/envoy.md --\n---\nname: ألكسندر لافرنتييف\nparty: russia\n---\n"
ENVOYS = """
-- articles/2018/second.txt --
خبر
قال المبعوث الروسي ألكسندر لافرنتيف إن الوفد السوري وصل.
-- articles/2018/third.txt --
خبر آخر
قال المبعوث الروسي ألكسندر لافرنتييف إن الوفد السوري وصل.
"""
"""The second has the record's name by its consonants only, which no search for its letters finds."""


def _names_envoy(warm: Warm, stem: str) -> bool:
    return b'href="/officials/envoy/' in warm.answer(Order(f"articles/{stem}/index.html")).body


@pytest.mark.parametrize(("looked_at", "soon"), [((), [False, True]), (("second",), [True, True])])
def test_a_record_is_shown_before_all_articles_are_read_again(
    tmp_path: Path, looked_at: tuple[str, ...], soon: list[bool]
) -> None:
    project = make(tmp_path, ENVOYS)
    warm = Warm(options(project))
    assert not warm.answer(Order(looked_at=looked_at)).old, "nothing was read before"
    write(project, ENVOY)
    answer = warm.answer(Order(looked_at=looked_at))
    assert answer.done
    assert answer.old
    assert "لافرنتييف" in warm.answer(Order("officials/envoy/index.html")).body.decode()
    assert [_names_envoy(warm, stem) for stem in ("second", "third")] == soon
    write(project, "-- articles/2018/second.txt --\nخبر\nالمبعوث الروسي ألكسندر لافرنتيف وصل.\n")
    assert warm.answer(Order(looked_at=())).old, "the first one is still to be read"
    assert _names_envoy(warm, "second"), "whatever changes is read by what the records say now"
    assert not warm.answer(Order()).old
    assert [_names_envoy(warm, stem) for stem in ("second", "third")] == [True, True]


def test_what_only_former_records_make_wrong_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make(tmp_path, ENVOYS)
    warm = Warm(options(project))
    assert warm.answer(Order()).done
    write(project, ENVOY)
    site = prepare._site

    def wrong(readings: Iterable[Reading], *rest: Any) -> object:
        stale = warm.memory.old
        return (None, (error("content", 0, "old", "wait"),)) if stale else site(readings, *rest)

    monkeypatch.setattr(prepare, "_site", wrong)
    answer = warm.answer(Order(looked_at=()))
    assert (answer.done, answer.old, answer.issues) == (True, False, ())
    assert _names_envoy(warm, "second")


def test_what_a_record_says_beside_names_has_nothing_read_again(tmp_path: Path) -> None:
    project = make(tmp_path, ENVOY + ENVOYS)
    warm = Warm(options(project, cache=False))
    assert warm.answer(Order()).done
    keys = warm.memory.known.readings.keys()
    write(project, ENVOY.replace("---\n", "---\nfacts:\n  - role: {title: مبعوث}\nsources: [بيان]\n", 1))
    assert not warm.answer(Order(looked_at=())).old
    assert warm.memory.known.readings.keys() == keys
    assert "مبعوث" in warm.answer(Order("officials/envoy/index.html")).body.decode()


def test_the_build_behind_has_everything_shown_as_the_records_say(tmp_path: Path) -> None:
    preview = Preview(make(tmp_path, ENVOYS))
    try:
        preview.wait(PAGE, lambda status, body: preview.builds == 1)
        shown = preview.shown
        write(preview.folder, ENVOY)
        preview.wait_for(lambda state: state["old"])
        assert preview.get("/officials/envoy/")[0] == 200
        assert 'href="/officials/envoy/' not in preview.get("/articles/second/")[1]
        state = preview.wait_for(lambda state: not state["old"])
        assert 'href="/officials/envoy/' in preview.get("/articles/second/")[1]
        assert not state["failed"]
        assert (preview.shown, preview.builds) == (shown + 2, 2)
    finally:
        assert preview.end() == 0


def test_a_build_that_fails_is_still_told_of_once_everything_is_shown(tmp_path: Path) -> None:
    templates = Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))
    preview = Preview(make(tmp_path, ENVOYS), templates)
    try:
        preview.wait(PAGE, lambda status, body: status == 200)
        (templates / "method.html").write_text("{{ nothing.at.all }}", "utf-8")
        write(preview.folder, ENVOY)
        preview.wait_for(lambda state: state["old"])
        state = preview.wait_for(lambda state: not state["old"])
        assert 'href="/officials/envoy/' in preview.get("/articles/second/")[1]
        assert state["failed"]
        assert [each["place"] for each in state["issues"]] == ["templates/method.html:1"]
    finally:
        assert preview.end() == 0


def test_a_site_that_cannot_be_prepared_leaves_the_former_one(tmp_path: Path) -> None:
    project = make(tmp_path)
    warm = Warm(options(project))
    warm.answer(Order())
    name = "articles/first/index.html"
    former = warm.answer(Order(name)).body
    for broken in ("-- articles/2018/first.txt --\n\n", '-- site.toml --\ntitle = "س\n', "-- strings/ar.toml --\nx\n"):
        path = project / "content" / broken.split()[1]
        kept = path.read_bytes()
        write(project, broken)
        answer = warm.answer(Order())
        assert not answer.done
        assert answer.issues == build(replace(warm.options, output=project / "other")).issues
        assert warm.answer(Order(name)).body == former
        path.write_bytes(kept)
    assert warm.answer(Order()).done


# --- what counts as a change ------------------------------------------------------------------------------------------


def test_a_burst_of_saves_is_one_change(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("x")

    async def told() -> list[frozenset[str]]:
        found = changes([tmp_path])
        assert await anext(found) == {str(kept)}
        first = asyncio.ensure_future(anext(found))
        await asyncio.sleep(0.5)
        for number in range(8):
            (tmp_path / f"{number}.txt").write_text("x")
            await asyncio.sleep(0.02)
        kept.unlink()
        (tmp_path / ".hidden").write_text("x")
        (tmp_path / "backup.txt~").write_text("x")
        told = [await asyncio.wait_for(first, PATIENCE)]
        second = asyncio.ensure_future(anext(found))
        await asyncio.sleep(0.5)
        (tmp_path / "0.txt").write_text("y")
        return [*told, await asyncio.wait_for(second, PATIENCE)]

    first, second = asyncio.run(told())
    assert {Path(name).name for name in first} == {"kept.txt", *(f"{number}.txt" for number in range(8))}
    assert {Path(name).name for name in second} == {"0.txt"}
