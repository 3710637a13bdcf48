"""One golden tree: the data of a small archive, byte for byte, since other programs read it. `--update` renews it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import HELD_ROUND, built, tree

GOLDEN = Path(__file__).parent / "golden"
NOT_HELD = ("index.html", "index.json")
"""A page, and the sizes and hashes of the other files: these say that something changed, never what."""

MORE = """
-- processes/astana.md --
---
name: مسار أستانا
variants: [محادثات أستانا]
cities: [أستانا, أستانة]
---
-- officials/bashar-jaafari.md --
---
name: بشار الجعفري
latin: Bashar Jaafari
party: syria
sources: ["https://example.org/a"]
facts:
  - role: {title: المندوب الدائم لدى الأمم المتحدة, start: 2006}
---
-- documents/unscr-2254.md --
---
name: قرار مجلس الأمن 2254
sources: ["https://example.org/b"]
facts:
  - issued: 2015-12-18
  - symbol: S/RES/2254 (2015)
---
-- articles/2018/second.md --
---
title: وفدان في قاعة واحدة
date: 2018-11-29
source: صحيفة
url: https://example.org/c
---
انتهت أمس الجولة 11 من محادثات أستانا. والتقى الوفد السوري برئاسة **بشار الجعفري** الوفد الإيراني برئاسة كريم رستمي.

وقال الجعفري: «نتمسك بالقرار 2254». وأضاف مدير المركز السلوفيني ماركو هورفات أن "اللقاء كان قصيراً".
-- corrections.toml --
[[correction]]
article = "second"
words = "ماركو هورفات"
read = "markw-awrfat"
right = false
by = "محرر"
on = 2018-12-01
note = "ليس مسؤولًا"
"""


def test_the_data_of_a_small_archive_are_what_they_were(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    site = built(tmp_path, HELD_ROUND + MORE)
    assert [line.partition(": ")[2][:8] for line in site.lines] == ["warning:"], "the article and the record disagree"
    made = {name: body for name, body in tree(site.output / "data").items() if name not in NOT_HELD}
    if pytestconfig.getoption("--update"):
        for name in tree(GOLDEN):
            (GOLDEN / name).unlink()
        for name, body in made.items():
            (GOLDEN / name).write_bytes(body)
    golden = tree(GOLDEN)
    differing = sorted(name for name in made.keys() | golden.keys() if made.get(name) != golden.get(name))
    assert differing == [], "look at them in the site, then run this test with --update and look at the difference"
