"""Whole sites from one string: the files of a content folder, each after a line `-- path --`."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sijill.build import Options, Outcome, build
from sijill.issues import line_text

ROOT = Path(__file__).resolve().parents[1]

SMALL = """
-- site.toml --
title = "سجلّ صغير"
base_url = "https://example.org"
processes = ["astana"]
-- processes/astana.md --
---
name: مسار أستانا
cities: [أستانا]
---
-- rounds/astana-11.md --
---
name: أستانا 11
process: astana
number: 11
---
-- delegations/syria.md --
---
name: وفد الحكومة السورية
variants: [الوفد السوري]
---
-- officials/bashar-jaafari.md --
---
name: بشار الجعفري
party: syria
---
-- articles/2018/first.txt --
---
date: 2018-11-28
---
الوفد السوري يصل إلى أستانا
وصل الوفد السوري برئاسة الدكتور بشار الجعفري إلى أستانا للمشاركة في الجولة 11 من محادثات أستانا.
"""
"""A whole content folder without strings, which every site takes from the project."""

HELD_ROUND = """
-- rounds/astana-11.md --
---
name: أستانا 11
process: astana
number: 11
sources: ["بيان"]
facts:
  - held: {start: 2018-11-28, end: 2018-11-29}
---
"""
"""A file to add: the round of `SMALL`, with the days on which it was held."""

_FILE = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


@dataclass(frozen=True)
class Site:
    """A project in a folder, and what its last build came to."""

    folder: Path
    outcome: Outcome

    @property
    def output(self) -> Path:
        return self.folder / "site"

    @property
    def lines(self) -> list[str]:
        """The issues as they are printed."""
        return [line_text(issue) for issue in self.outcome.issues]

    def page(self, url: str) -> str:
        return (self.output / url.strip("/") / "index.html").read_text("utf-8")

    def tree(self) -> dict[str, bytes]:
        return tree(self.output)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; nothing where there is no folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write(folder: Path, text: str) -> None:
    """Write the files of a string into `folder/content`; a file that says only `remove` is removed."""
    parts = _FILE.split(text)
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if body.strip() == "remove":
            path.unlink()
        else:
            path.write_text(body, "utf-8")


def make(folder: Path, text: str = "", small: str = SMALL) -> Path:
    """A project of the small content, changed by `text`; its folder."""
    shutil.copytree(ROOT / "content" / "strings", folder / "content" / "strings", dirs_exist_ok=True)
    write(folder, small)
    write(folder, text)
    return folder


def options(folder: Path, **changes: Any) -> Options:
    values: dict[str, Any] = {
        "content": folder / "content",
        "output": folder / "site",
        "templates": ROOT / "templates",
        "jobs": 1,
    }
    return Options(**{**values, **changes})


def built(folder: Path, text: str = "", **changes: Any) -> Site:
    """The site of the small content changed by `text`."""
    return again(make(folder, text), **changes)


def again(folder: Path, text: str = "", **changes: Any) -> Site:
    """Change the project in `folder` and build it again."""
    write(folder, text)
    return Site(folder, build(options(folder, **changes)))
