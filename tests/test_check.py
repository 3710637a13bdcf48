"""`check` finds what a build does not look for, in whole projects that are wrong in one way, and publishes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sijill.check import Report, check
from sijill.issues import line_text
from sijill.links import check_links
from tests.sites import ROOT, built, make, options, tree


def lines(report: Report) -> list[str]:
    return [line_text(issue) for issue in report.issues]


def checked(folder: Path, text: str = "") -> list[str]:
    return lines(check(options(make(folder, text))))


def with_templates(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the templates with a change in one."""
    copy = shutil.copytree(ROOT / "templates", folder / "templates")
    path = copy / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return copy


def test_a_good_project_has_no_issue_and_is_not_published(tmp_path: Path) -> None:
    report = check(options(make(tmp_path)))
    assert lines(report) == []
    assert report.articles == 1
    assert report.links > 100
    assert not (tmp_path / "site").exists()
    assert check(options(tmp_path)) == report


def test_the_site_that_the_project_comes_with_is_in_order(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    assert [line for line in lines(check(options(tmp_path))) if " for the same " not in line] == []


def test_a_refused_article_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    report = check(options(make(tmp_path, "-- articles/bad.txt --\n---\ndate: x\n---\nعنوان\nنص\n")))
    assert lines(report) == ['content/articles/bad.txt:2: error: date "x" is not a date (write YYYY-MM-DD)']
    assert report.links > 100


def test_every_mistake_of_the_registry_is_told_and_what_is_published_is_checked_all_the_same(tmp_path: Path) -> None:
    site = built(tmp_path)
    (site.output / "index.html").write_text("x", "utf-8")
    wrong = (
        "-- officials/nobody.md --\n---\nname: اسم\nparty: nowhere-land\n---\n"
        "-- documents/paper.md --\n---\nname: ورقة\naliases: [syria]\n---\n"
        + held(3, "2017-02-15", "2017-02-16", "2017-03-15", "2017-03-16")
        + '-- identity.toml --\n[[judgement]]\nleft = "bashar-jaafari"\n'
    )
    found = checked(tmp_path, wrong)
    assert list(dict.fromkeys(line.partition(": ")[0] for line in found)) == [
        "content/documents/paper.md:3",
        "content/identity.toml:1",
        "content/officials/nobody.md:3",
        "content/rounds/astana-3.md:6",
        "site/index.html:1",
    ], found


def test_an_address_of_no_host_leads_to_nothing_of_the_site(tmp_path: Path) -> None:
    templates = with_templates(tmp_path, "404.html", "<h1", '<a href="https://[x/">x</a><h1')
    assert lines(check(options(make(tmp_path), templates=templates))) == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/nowhere/", "to no file of the site"),
        ("/articles/first", "to no file of the site"),
        ("../../../../etc/passwd", "to no file of the site"),
        ("https://example.org/nowhere/", "to no file of the site"),
        ("#nowhere", 'to a page without an anchor "nowhere"'),
        ("/rounds/#nowhere", 'to a page without an anchor "nowhere"'),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error_with_its_page_and_line(tmp_path: Path, address: str, why: str) -> None:
    templates = with_templates(tmp_path, "404.html", "<h1", f'<a href="{address}">x</a><h1')
    found = lines(check(options(make(tmp_path), templates=templates)))
    hint = "correct the template or the text that makes it"
    assert len(found) == 1
    place, _, said = found[0].partition(": error: ")
    assert said == f'the link "{address}" leads {why} ({hint})'
    name, _, line = place.rpartition(":")
    assert f'href="{address}"' in (tmp_path / name).read_text("utf-8").splitlines()[int(line) - 1]


@pytest.mark.parametrize(
    "address", ["/rounds/", "/rounds/?q=1", "https://example.org/rounds/", "https://elsewhere.org/x"]
)
def test_links_that_lead_somewhere_or_out_are_let_be(tmp_path: Path, address: str) -> None:
    templates = with_templates(tmp_path, "404.html", "<h1", f'<a href="{address}">x</a><h1')
    assert lines(check(options(make(tmp_path), templates=templates))) == []


def test_a_site_below_a_path_is_followed_there(tmp_path: Path) -> None:
    site = 'title = "سجلّ"\nbase_url = "https://example.org/archive"\nprocesses = ["astana"]\n'
    assert checked(tmp_path, f"-- site.toml --\n{site}") == []


def test_words_that_look_like_a_link_are_none(tmp_path: Path) -> None:
    assert checked(tmp_path, '-- articles/a.txt --\nعنوان\nكتب <a href="/nowhere/"> في النص.\n') == []


ROUND = (
    "-- rounds/astana-{number}.md --\n---\nname: أستانا {number}\nprocess: astana\nnumber: {n}\nfacts:\n{facts}---\n"
)
FACT = "  - held: {{start: {start}, end: {end}}}\n    sources: [كتاب]\n"


def held(number: int, *days: str, n: int = 0) -> str:
    facts = "".join(FACT.format(start=one, end=other) for one, other in zip(days[::2], days[1::2], strict=True))
    return ROUND.format(number=number, n=n or number, facts=facts)


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        (
            held(3, "2017-02-15", "2017-02-16") + held(4, "2017-01-03", "2017-01-04"),
            "content/rounds/astana-4.md:6",
            "it starts on 2017-01-03, before astana-3 is over on 2017-02-16",
        ),
        (
            held(3, "2017-02-15", "2017-02-16", "2017-03-15", "2017-03-16"),
            "content/rounds/astana-3.md:6",
            "its facts give 2017-02-15 and 2017-03-15 for the same start",
        ),
        (
            held(3, "2017-02-15", "2017-02-16") + held(33, "2017-02-15", "2017-02-16", n=3),
            "content/rounds/astana-33.md:1",
            "astana has another round with the number 3: content/rounds/astana-3.md",
        ),
    ],
)
def test_records_that_contradict_each_other_are_told(tmp_path: Path, text: str, path: str, said: str) -> None:
    found = checked(tmp_path, text)
    assert [line for line in found if line.startswith(f"{path}: warning: {said}")], found


def test_a_note_says_why_two_facts_differ(tmp_path: Path) -> None:
    text = held(3, "2017-02-15", "2017-02-16", "2017-02-15", "2017-02-17")
    assert len([line for line in checked(tmp_path, text) if "for the same end" in line]) == 1
    text = text.replace("    sources: [كتاب]\n---", "    sources: [كتاب]\n    note: يعدّ يوم السفر\n---")
    assert [line for line in checked(tmp_path, text) if "for the same end" in line] == []


def test_days_that_are_cut_short_or_follow_each_other_do_not_contradict(tmp_path: Path) -> None:
    text = held(3, "2017-02", "2017-02") + held(4, "2017-02-15", "2017-02-16") + held(5, "2017-02-16", "2017-02-17")
    assert [line for line in checked(tmp_path, text) if "before" in line or "facts" in line] == []


def test_a_published_site_that_somebody_changed_is_told_file_by_file(tmp_path: Path) -> None:
    site = built(tmp_path)
    assert lines(check(options(tmp_path))) == []
    (site.output / "index.html").write_text("x", "utf-8")
    (site.output / "new.html").write_text("x", "utf-8")
    (site.output / "robots.txt").unlink()
    (site.output / "link").symlink_to("/")
    before = {name: data for name, data in tree(site.output).items() if not name.startswith("link")}
    assert [line.partition(" (")[0] for line in lines(check(options(tmp_path)))] == [
        "site/index.html:1: error: the file has been changed",
        "site/link:1: error: the file is a link",
        "site/new.html:1: error: the file was not there when the site was built",
        "site/robots.txt:1: error: the file is missing",
    ]
    assert {name: data for name, data in tree(site.output).items() if not name.startswith("link")} == before


def test_a_manifest_that_was_changed_with_its_page_is_told(tmp_path: Path) -> None:
    manifest = built(tmp_path).output / ".sijill-manifest"
    kept = [line for line in manifest.read_text("utf-8").splitlines(True) if not line.endswith("  robots.txt\n")]
    manifest.write_text("".join(kept), "utf-8")
    (tmp_path / "site" / "robots.txt").unlink()
    assert [line.partition(" (")[0] for line in lines(check(options(tmp_path)))] == [
        "site/.sijill-manifest:1: error: the manifest is not the one that the last build wrote"
    ]


def test_a_page_that_no_page_leads_to_is_told_and_a_former_address_is_not(tmp_path: Path) -> None:
    pages = {
        "index.html": '<a href="/a/">x</a>',
        "a/index.html": '<a href="../">x</a>',
        "alone/index.html": '<a href="/alone/more/">x</a>',
        "alone/more/index.html": '<a href="/alone/">x</a>',
        "former/index.html": '<meta http-equiv="refresh" content="0; url=/a/">',
        "lost/index.html": '<meta http-equiv="refresh" content="0; url=/gone/">',
        "sitemap.xml": "<loc>https://example.org/alone/</loc>",
    }
    for name, text in pages.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    found = check_links(tmp_path / "site", "site", "https://example.org", 1)
    assert [line_text(issue).partition(" (")[0] for issue in found.issues] == [
        'site/lost/index.html:1: error: the link "/gone/" leads to no file of the site',
        "site/alone/index.html:1: warning: no page leads here",
        "site/alone/more/index.html:1: warning: no page leads here",
    ]
