"""What a host sends with each file is as strict as what the pages say, and browser figures hold under it."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.showcase import Showcase, sent_with
from tests.sites import built, tree

WIDE = 2000
"""Letters of a line that Cloudflare Pages reads at most."""


def policy_of(page: str) -> str:
    return page.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]


def test_the_policy_of_the_host_is_that_of_the_pages_and_forbids_frames(tmp_path: Path) -> None:
    site = built(tmp_path)
    rules = (site.output / "_headers").read_text("utf-8")
    headers = sent_with(rules, "/rounds/astana-11/")
    assert headers["Content-Security-Policy"] == f"{policy_of(site.page('/'))}; frame-ancestors 'none'"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert max(map(len, rules.splitlines())) < WIDE


def test_only_what_is_named_by_its_content_is_kept_for_ever_and_only_data_is_open_to_other_sites(
    tmp_path: Path,
) -> None:
    site = built(tmp_path)
    rules = (site.output / "_headers").read_text("utf-8")
    for name in tree(site.output):
        headers = sent_with(rules, f"/{name}")
        assert ("immutable" in headers.get("Cache-Control", "")) == name.startswith("assets/"), name
        assert ("Access-Control-Allow-Origin" in headers) == name.startswith("data/"), name


@pytest.mark.parametrize(
    ("address", "start", "secure"),
    [("https://example.org/archive", "/archive/*", True), ("http://localhost:8000", "/*", False)],
)
def test_rules_follow_the_address_of_the_site(tmp_path: Path, address: str, start: str, secure: bool) -> None:
    settings = f'-- site.toml --\ntitle = "س"\nbase_url = "{address}"\nprocesses = ["astana"]\n'
    rules = (built(tmp_path, settings).output / "_headers").read_text("utf-8")
    assert rules.splitlines()[0] == start
    assert ("Strict-Transport-Security" in rules) == secure


def test_the_pages_that_browsers_judge_are_sent_with_these_headers(shown: Showcase) -> None:
    with urlopen(f"http://127.0.0.1:{shown.port}/") as answer:
        headers = answer.headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
