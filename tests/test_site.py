"""The real archive, built once: every link leads somewhere, every page is valid, nothing is asked of other servers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from sijill.build import Options, Outcome, build
from sijill.config import load_config
from sijill.issues import line_text
from tests.showcase import attributes, broken_links, parsed
from tests.sites import ROOT, tree

FETCHED = {"link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src", "object": "data"}
"""What a browser loads without being asked, where it stands in the element."""
QUIET_LINKS = {"canonical", "alternate", "license", "author", "prev", "next", "help"}
"""Kinds of <link> that load nothing."""


@dataclass(frozen=True)
class Built:
    """The site in a folder, every page parsed."""

    output: Path
    outcome: Outcome
    base_url: str
    pages: dict[str, Element]
    """By address."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "content", folder / "content")
    outcome = build(Options(folder / "content", folder / "site", ROOT / "templates"))
    assert outcome.published, [line_text(issue) for issue in outcome.issues]
    config, _ = load_config(folder / "content")
    output = folder / "site"
    return Built(output, outcome, config.base_url, parsed(output))


def inner(site: Built, page: str, address: str) -> str | None:
    """An address as one within the site, with its fragment; None where it leads elsewhere."""
    absolute = urljoin(f"{site.base_url}{page}", address)
    return absolute.removeprefix(site.base_url) if absolute.startswith(f"{site.base_url}/") else None


def test_the_real_archive_is_built_without_errors(site: Built) -> None:
    assert site.outcome.articles >= 1
    assert site.outcome.pages == len(site.pages) > 140
    assert not [line_text(issue) for issue in site.outcome.issues if issue.level == "error"]


def test_every_internal_link_and_anchor_leads_somewhere(site: Built) -> None:
    checked, broken = broken_links(site.output, site.pages, site.base_url)
    assert not broken, "\n".join(broken[:20])
    assert checked > 1000


def test_every_page_can_be_reached_from_the_first(site: Built) -> None:
    seen = {"/"}
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        for element, value in attributes(site.pages[address], "href"):
            target = (inner(site, address, value) or "").partition("#")[0]
            if element.tag == "a" and target in site.pages and target not in seen:
                seen.add(target)
                waiting.append(target)
    refreshed = {
        address
        for address, page in site.pages.items()
        if any(element.get("http-equiv", "").lower() == "refresh" for element in page.iter("meta"))
    }
    assert site.pages.keys() - seen - refreshed - {"/404.html"} == set()


def test_the_sitemap_lists_every_page_that_may_be_found_and_no_other(site: Built) -> None:
    wanted = {
        f"{site.base_url}{address}"
        for address, page in site.pages.items()
        if not any(element.get("name") == "robots" for element in page.iter("meta"))
    }
    sitemap = ElementTree.parse(site.output / "sitemap.xml").getroot()  # noqa: S314 - ours
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    rows = {each.findtext(f"{space}loc"): each.findtext(f"{space}lastmod") for each in sitemap}
    assert rows.keys() == wanted
    assert rows[f"{site.base_url}/articles/astana-11/"] == "2018-11-28"
    for address, page in site.pages.items():
        canonical = [each.get("href") for each in page.iter("link") if each.get("rel") == "canonical"]
        assert canonical in ([f"{site.base_url}{address}"], []) or canonical[0] in wanted, address


def test_no_id_stands_twice_on_a_page(site: Built) -> None:
    for address, page in site.pages.items():
        ids = [value for _, value in attributes(page, "id")]
        assert len(ids) == len(set(ids)), address


def test_nothing_is_loaded_from_other_servers_and_scripts_wait(site: Built) -> None:
    for address, page in site.pages.items():
        for element in page.iter():
            place = FETCHED.get(element.tag) if isinstance(element.tag, str) else None
            value = element.get(place, "") if place else ""
            if value and not (element.tag == "link" and set(element.get("rel", "").split()) & QUIET_LINKS):
                assert inner(site, address, value) is not None, f"{address} loads {value}"
            if element.tag == "script" and element.get("src"):
                assert element.get("defer") is not None, address
            elif element.tag == "script":
                assert element.get("type") == "application/ld+json", address
        assert not [name for element in page.iter() for name in element.attrib if str(name).startswith("on")], address


def test_every_page_is_arabic_from_right_to_left_and_says_what_it_may_load(site: Built) -> None:
    for address, page in site.pages.items():
        assert (page.get("lang"), page.get("dir")) == ("ar", "rtl"), address
        policies = [
            element.get("content", "")
            for element in page.iter("meta")
            if element.get("http-equiv", "").lower() == "content-security-policy"
        ]
        assert len(policies) == 1, address
        assert "default-src" in policies[0], address


def test_every_page_is_valid_html(site: Built, nu_checker: tuple[str, ...]) -> None:
    command = [*nu_checker, "--skip-non-html", "--format", "gnu", str(site.output)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr[:5000]


def test_another_seed_and_number_of_processes_give_the_same_bytes(site: Built, tmp_path: Path) -> None:
    content = site.output.parent / "content"
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--output", str(tmp_path / "site")]
    environment = {**os.environ, "PYTHONHASHSEED": "4321", "TZ": "Asia/Damascus"}
    subprocess.run([*command, "--no-cache", "--jobs", "3"], env=environment, check=True, capture_output=True)
    assert tree(tmp_path / "site") == tree(site.output)
